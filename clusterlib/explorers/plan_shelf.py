"""The plans that the explorers of a choice work with: those the learner pinned, and ready ones.

A pinned plan that cannot be used is left out with a message and stays in the learner's work as it
is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusterlib.errors import KitError
from clusterlib.explorers.plan_words import title_of
from clusterlib.explorers.policy_room import MOST_PINNED, room
from clusterlib.explorers.policy_written import DOES, mark
from clusterlib.policy import parameters, scenario
from clusterlib.policy.model import FIRST
from clusterlib.policy.scenario import THEORIES, Scenario

if TYPE_CHECKING:
    import numpy as np

    from clusterlib.i18n import Words

WORDS = "choice."
LAST = FIRST + scenario.YEARS - 1
NOTHING = "nothing"  # the ready-made plan that everything is held against
LETTERS = "ABC"
SHADES = ("plan-a", "plan-b", "plan-c")
# What stands in for a plan that is not pinned yet, slot by slot.
STAND_INS = ("settle", "infra", "open")
Values = dict[str, Any]
Controls = list[dict[str, Any]]


@dataclass(frozen=True)
class Entry:
    """A plan to choose: `place` is where it stands among the pinned ones, None if ready-made."""

    key: str
    name: str
    plan: Scenario
    place: int | None = None

    def under(self, theory: str) -> Scenario:
        """The plan under a belief, whatever belief it was made with."""
        return dataclasses.replace(self.plan, theory=theory)


class Shelf:
    """Every plan that can be chosen now, and what is wrong with those that cannot."""

    def __init__(self, words: Words, work: Mapping[str, Any]) -> None:
        self.words, self.room = words, room()
        self.problems: list[str] = []
        self.broken: list[int] = []
        self.pinned = self._read(work.get("pinned"))
        self.ready = [
            Entry(name, self.room.names[name][f"name_{words.lang}"], plan)
            for name, plan in self.room.ready.items()
        ]
        anchors = self.room.anchors.to_dict("records")
        self.ends = {row["outcome"]: (row["worst"], row["best"]) for row in anchors}
        self.weights = weights_of(work, list(self.ends))

    def _read(self, pinned: Any) -> list[Entry]:
        if pinned is None:
            return []
        if not isinstance(pinned, list):
            self.problems.append(self.words(WORDS + "pin.no_list"))
            return []
        read = [self._opened(plan, place) for place, plan in enumerate(pinned)]
        usable = [entry for entry in read if entry]
        keys = [entry.key for entry in usable]
        usable = [  # the same plan twice: two keys
            dataclasses.replace(entry, key=f"{entry.key}.{keys[:n].count(entry.key)}")
            for n, entry in enumerate(usable)
        ]
        if len(usable) > MOST_PINNED:
            self.problems.append(self.words(WORDS + "pin.many", n=len(usable), most=MOST_PINNED))
        return usable[:MOST_PINNED]

    def _opened(self, plan: Any, place: int) -> Entry | None:
        try:
            made = self.room.checked(plan)
        except KitError as wrong:
            where = str(wrong.values.get("where") or wrong.values.get("name") or "p")
            key = "over" if wrong.key == "plan_over_budget" else "malformed"
            self.problems.append(self.words(WORDS + f"pin.{key}", n=place + 1, where=where[:40]))
            self.broken.append(place)
            return None
        name = title_of(made.name.strip(), self.words.lang)
        name = name or self.words(WORDS + "pin.unnamed", n=place + 1)
        return Entry(f"pin.{mark(plan, (*DOES, 'theory'))}", name, made, place)

    def entries(self) -> list[Entry]:
        """Pinned plans first, then ready ones."""
        return [*self.pinned, *self.ready]

    def entry(self, key: Any, otherwise: str = NOTHING) -> Entry:
        """The plan of a key, or a ready-made one where there is none."""
        known = {entry.key: entry for entry in self.entries()}
        return known.get(key) or known[otherwise]

    def options(self) -> list[list[str]]:
        """Every plan for a list, pinned ones marked."""
        pinned = [[e.key, self.words(WORDS + "option.pinned", name=e.name)] for e in self.pinned]
        return [*pinned, *([e.key, e.name] for e in self.ready)]

    def slots(self, values: Values) -> list[Entry]:
        """Up to three plans side by side: the pinned ones, then what the lists say."""
        chosen = list(self.pinned)
        for place in range(len(chosen), MOST_PINNED):
            if key := values.get(f"slot.{place}"):
                chosen.append(self.entry(key, STAND_INS[place]))
        return chosen

    def slot_controls(self) -> Controls:
        """A list for every slot that no pinned plan fills."""
        none = [["", self.words(WORDS + "option.none")]]
        ready = [[e.key, e.name] for e in self.ready]
        return [
            {
                "id": f"slot.{place}",
                "kind": "select",
                "label": self.words(WORDS + "slot", letter=LETTERS[place]),
                "value": STAND_INS[place],
                "options": none + ready if place else ready,
            }
            for place in range(len(self.pinned), MOST_PINNED)
        ]

    def nothing(self, entry: Entry, theory: str) -> Scenario:
        """Doing nothing in the worlds of a plan, with the numbers that it changes."""
        still = self.entry(NOTHING).under(theory)
        return dataclasses.replace(still, changed=entry.plan.changed)

    def outcomes(self, entry: Entry, theory: str) -> dict[str, np.ndarray]:
        """What a plan brings at its end under a belief, by outcome one value a world."""
        return self.room.outcomes(entry.under(theory))

    def still(self, entry: Entry, theory: str) -> dict[str, np.ndarray]:
        """The same without the plan."""
        return self.room.outcomes(self.nothing(entry, theory))

    def worlds(self, entry: Entry, theory: str) -> parameters.Worlds:
        """The worlds that a plan runs in."""
        return self.room.worlds.changed(dict(entry.plan.changed)).under(theory)


def weights_of(work: Mapping[str, Any], names: Sequence[str]) -> dict[str, float]:
    """The learner's own weights where there are usable ones, else none."""
    given = work.get("weights")
    if not isinstance(given, Mapping):
        return {}
    good = {
        name: float(given[name])
        for name in names
        if isinstance(given.get(name), int | float) and 0 <= given[name] <= MOST_WEIGHT
    }
    return good if any(good.values()) else {}


MOST_WEIGHT = 100


def theory_control(words: Words) -> dict[str, Any]:
    """The switch of beliefs."""
    return {
        "id": "theory",
        "label": words(WORDS + "theory"),
        "value": THEORIES[0],
        "options": [[name, words(f"lab.ui.theory.{name}")] for name in THEORIES],
    }


def outcome_control(words: Words, anchors: Any, more: Sequence[str] = ()) -> dict[str, Any]:
    """A list of outcomes; `more` are keys of further ones."""
    names = [*anchors["outcome"], *more]
    return {
        "id": "outcome",
        "kind": "select",
        "label": words(WORDS + "outcome"),
        "value": names[0],
        "options": [[name, words(WORDS + f"name.{name}")] for name in names],
    }
