"""The tables and the picture of a memo: what is set, what comes of it, in which range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from clusterlib.explorers import plan_words
from clusterlib.explorers import policy_words as said
from clusterlib.explorers.policy_memo_found import Found
from clusterlib.explorers.policy_room import Room
from clusterlib.explorers.policy_words import of_100, regions
from clusterlib.i18n import Words
from clusterlib.memo import Picture, Table, picture
from clusterlib.policy import decision
from clusterlib.policy.model import CUTS, FIRST
from clusterlib.policy.scenario import LEVERS, YEARS

UNBROKEN = "\u00a0"  # a blank within a number: a narrow cell breaks before its range instead
HIGH = 33.0  # of the picture, millimetres
IN_PERCENT, LEAVING = "grads_hired_share", "stay_rate"
SAID_AS = {"workers": "workers", IN_PERCENT: "hired"}  # in sentences
WIDE1 = (0.115, 0.105, 0.066, 0.07, 0.06, 0.068, 0.068, 0.072, 0.1, 0.06, *[0.072] * 3)
WIDE2 = (0.305, 0.2, 0.2, 0.215, 0.08)


@dataclass(frozen=True)
class Tables:
    """Says what was found of a plan in tables.

    words : the learner's language.
    room : worlds, tables and names.
    told : what was found.
    """

    words: Words
    room: Room
    told: Found

    def say(self, key: str, **values: Any) -> str:
        """A sentence of the memo."""
        return self.words(f"memo.{key}", **values)

    def levers(self) -> Table:
        """Table 1: a row for each phase and region."""
        plan, say = self.told.plan, self.say
        names = [*regions(self.words.lang).values()]
        columns = (
            say("column.years"), say("column.region"), *(say(f"lever.{n}") for n in LEVERS),
            *(say(f"column.{n}") for n in ("sum", "S", "O", "f")),
        )  # fmt: skip
        ends = [phase.begin for phase in plan.phases[1:]] + [YEARS]
        rows = []
        for phase, end in zip(plan.phases, ends, strict=True):
            years = say("years", first=FIRST + phase.begin, last=FIRST + end - 1)
            aims = [say("as_is") if aim is None else plain(aim)
                    for aim in (phase.special, phase.openness)]  # fmt: skip
            for place, name in enumerate(names):
                spent = phase.of(place)
                figures = (*map(plain, spent), plain(sum(spent)), *aims, plain(phase.focus))
                rows.append((years, str(name), *figures))
        return Table(columns, tuple(rows), WIDE1, heads=2)

    def outcomes(self) -> Table:
        """Table 2: a row for each outcome that people weigh."""
        columns = tuple(self.say(f"column.{n}") for n in
                        ("outcome", "nothing", "plan", "gap", "better"))  # fmt: skip
        rows = []
        for name, (plan, idle) in self.told.outcomes.items():
            label, gap = self.say(f"outcome.{name}"), shown(name, plan) - shown(name, idle)
            if np.array_equal(plan, idle):
                rows.append((label, self.cell(name, idle), *[self.say("same")] * 3))
                continue
            difference = self.band(gap, partial(said.difference, name, words=self.words))
            counts = said.counts(name, float(np.median(gap)))
            better = str(of_100(decision.better(plan, idle))) if counts else "–"
            rows.append((label, self.cell(name, idle), self.cell(name, plan), difference, better))
        return Table(columns, tuple(rows), WIDE2)

    def cell(self, name: str, values: np.ndarray) -> str:
        """The median and the range of an outcome, in a cell."""
        return self.band(shown(name, values))

    def band(self, values: np.ndarray, say: Callable[[float], str] | None = None) -> str:
        """Median, p10 and p90 in two digits or as `say` has it; one where all are said alike."""
        cut = self.cut(values, say)
        whole = {name: text.replace(" ", UNBROKEN) for name, text in cut.items()}
        return cut["middle"] if cut["low"] == cut["high"] else self.words("lab.ranged", **whole)

    def counted(self, name: str, values: np.ndarray) -> str:
        """Workers, or graduates hired, with median, range and unit, in a sentence."""
        return self.say(f"ranged.{SAID_AS[name]}", **self.cut(shown(name, values)))

    def cut(self, values: np.ndarray, say: Callable[[float], str] | None = None) -> dict[str, str]:
        """The words of p10, median and p90."""
        say = say or (lambda x: self.words.say(x, "two"))
        told = (say(float(x)) for x in np.percentile(values, CUTS))
        return dict(zip(("low", "middle", "high"), told, strict=True))

    def bands(self) -> Picture:
        """Workers and graduates hired over the years, without and with the plan."""
        years, courses = self.told.years, self.told.courses
        scales = {"workers": 1.0 / self.words.scale, "hired": 100.0}
        panels = [
            picture.Panel(years, *(course * scale for course in courses[name]))
            for name, scale in scales.items()
        ]
        outcomes = self.told.outcomes
        ends = {
            key: self.counted(name, outcomes[name][place])
            for key, name, place in (("workers", "workers", 0), ("idle", "workers", 1),
                                     ("hired", IN_PERCENT, 0), ("idle_hired", IN_PERCENT, 1))
        }  # fmt: skip
        alt = self.say("picture.alt", first=years[0], last=years[-1], **ends)
        wide = HIGH * picture.SIZE[0] / picture.SIZE[1]
        return Picture(picture.bands(panels), wide, HIGH, alt)


def shown(name: str, values: np.ndarray) -> np.ndarray:
    """An outcome as the lab says it: of 100, and firms that leave instead of those that stay."""
    return plan_words.shown(name, 1.0 - values if name == LEAVING else values)


def plain(value: float) -> str:
    """A number that somebody set, as they set it."""
    return f"{value:.6g}"
