"""Up to three plans side by side: what they set, what they bring, and who beats whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from clusterlib import datasets
from clusterlib.charts.figure import Content, Mark
from clusterlib.explorers import grids, plan_settings, plan_shelf, plan_tied
from clusterlib.explorers.plan_settings import LOOKS, Line, heading
from clusterlib.explorers.plan_shelf import LAST, LETTERS, SHADES, Entry, Shelf, Values
from clusterlib.explorers.plan_tied import TiedMatrix
from clusterlib.explorers.plan_words import (
    believed,
    duel,
    level,
    name_of,
    named,
    quoted,
    shown,
)
from clusterlib.explorers.policy_words import of_100, regions, spread
from clusterlib.policy import decision
from clusterlib.policy.model import CUTS, FIRST
from clusterlib.policy.scenario import LIMITS

if TYPE_CHECKING:
    from clusterlib.i18n import Words

WORDS = "choice.compare."
Found = list[dict[str, np.ndarray]]


def plan_compare(words: Words) -> PlanCompare:
    """The pinned plans side by side, ready-made ones in the place of those not pinned yet.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    sources = datasets.citation(datasets.policy_parameters(), words.lang)
    view = plan_tied.explorer("6.plan_compare", words, _drawn, _asked, sources, PlanCompare)
    view.on_msg(view.hear)
    return view


class PlanCompare(TiedMatrix):
    """The comparison; hears when a pinned plan gets another name or is put away."""

    minds = ("pinned",)

    def hear(self, _: object, message: dict[str, Any], __: object) -> None:
        """Rename or unpin; a place that is not there changes nothing."""
        pinned, place = self.work.get("pinned"), message.get("place")
        if not isinstance(pinned, list) or place not in range(len(pinned)):
            return
        if message.get("do") == "unpin":
            self.change("pinned", [plan for n, plan in enumerate(pinned) if n != place])
        elif message.get("do") == "rename" and isinstance(pinned[place], dict):
            name = str(message.get("text", "")).strip()[: LIMITS["name"]]
            renamed = {**pinned[place], "name": name}
            self.change("pinned", [renamed if n == place else p for n, p in enumerate(pinned)])


def _asked(shelf: Shelf) -> list[dict[str, Any]]:
    controls = [
        *shelf.slot_controls(),
        plan_shelf.outcome_control(shelf.words, shelf.room.anchors),
        plan_shelf.theory_control(shelf.words),
    ]
    return controls


def _drawn(values: Values, shelf: Shelf) -> Content:
    words, theory, outcome = shelf.words, values["theory"], values["outcome"]
    slots = shelf.slots(values)
    found = [shelf.outcomes(entry, theory) for entry in slots]
    still = [shelf.still(entry, theory) for entry in slots]
    many = len(slots) > 1
    columns = [
        {"name": f"{LETTERS[n]} · {e.name}", "shade": SHADES[n]} for n, e in enumerate(slots)
    ]
    over = [{"name": words(WORDS + "over")}] if many else []
    lines = [
        *plan_settings.settings(slots, shelf, many),
        *_outcomes(found, still, shelf, many),
        *(_pairs(slots, found, outcome, words) if many else []),
        *_broken(shelf, len(slots) + many),
    ]
    grid = grids.grid([*columns, *over], lines, tight=True)
    said = _said(slots, found, still, outcome, words) | {
        "theory": believed(theory, words),
        "worlds": shelf.room.worlds.draws,
    }
    state = "pinned" if shelf.pinned else "ready"
    content = grids.content(
        grid, words, WORDS, said, f"title.{said['finding']}", f"reading.{state}", key=_key(shelf)
    )
    return plan_tied.warned(content, shelf)


def _said(
    slots: list[Entry], found: Found, still: Found, outcome: str, words: Words
) -> dict[str, Any]:
    ends = np.array([each[outcome] for each in found])
    best = int(np.median(ends, axis=1).argmax())
    alike = all(level(ends[0], each) for each in ends[1:])
    if len(slots) == 1:
        finding = "idle" if level(ends[0], still[0][outcome]) else "one"
    else:
        finding = "level" if alike else "lead"
    share = decision.better(ends[0], still[0][outcome]) if len(slots) == 1 else None
    share = decision.first(ends)[best] if share is None else share
    against = [
        words(WORDS + "against", letter=LETTERS[n], duel=duel(e[outcome], s[outcome], words))
        for n, (e, s) in enumerate(zip(found, still, strict=True))
    ]
    return {
        "finding": finding,
        "plan": quoted(slots[best].name, words),
        "outcome": name_of(outcome, words),
        "n": of_100(float(share)),
        "others": len(slots) - 1,
        "plans": ", ".join(f"{LETTERS[n]} {e.name}" for n, e in enumerate(slots)),
        "against": ", ".join(against),
        "begin": FIRST,
        "last": LAST,
        "places": " · ".join(regions(words.lang).values()),
    }


def _outcomes(found: Found, still: Found, shelf: Shelf, many: bool) -> list[Line]:
    words, names = shelf.words, list(shelf.ends)
    lines = [heading(words(WORDS + "outcomes", last=LAST), words(WORDS + "still"))]
    cut = np.array([_cuts(each, names) for each in found])  # plans, outcomes, p10 to p90
    base = np.median([still[0][name] for name in names], axis=1)
    for n, name in enumerate(names):
        ends = np.append(cut[:, n], base[n])
        axis = (float(ends.min()), float(ends.max()))
        notes = [duel(f[name], s[name], words) for f, s in zip(found, still, strict=True)]
        cells = [
            _outcome(name, [*cut[place, n], base[n]], axis, SHADES[place], note, words)
            for place, note in enumerate(notes)
        ]
        low, high = (words.say(shown(name, end), "two") for end in axis)
        scale = words(WORDS + "scale", low=low, high=high)
        head = grids.cell(named(name, words), note=scale)
        lines.append((head, [*cells, *[grids.cell("")] * many]))
    return lines


def _cuts(found: dict[str, np.ndarray], names: list[str]) -> np.ndarray:
    return np.percentile([found[name] for name in names], CUTS, axis=1).T


def _outcome(
    name: str,
    ends: list[float],
    axis: tuple[float, float],
    shade: str,
    note: str,
    words: Words,
) -> grids.Cell:
    """p10, median and p90 of a plan, and the median of doing nothing, on an axis of the line."""
    width = axis[1] - axis[0]
    low, mid, high, at = (float((end - axis[0]) / width) if width else 0.5 for end in ends)
    return grids.cell(
        spread([shown(name, end) for end in ends[:3]], words),
        note=words(WORDS + "than_nothing", duel=note),
        band={"low": low, "mid": mid, "high": high, "at": at, "shade": shade},
    )


def _pairs(slots: list[Entry], found: Found, outcome: str, words: Words) -> list[Line]:
    lines = [
        heading(
            words(WORDS + "pairs", outcome=name_of(outcome, words)), words(WORDS + "pairs.note")
        )
    ]
    for n, entry in enumerate(slots):
        cells = [
            grids.cell("–" if n == m else duel(found[n][outcome], other[outcome], words))
            for m, other in enumerate(found)
        ]
        head = words(WORDS + "pairs.row", letter=LETTERS[n], name=entry.name)
        lines.append((grids.cell(head), [*cells, grids.cell("")]))
    return lines


def _broken(shelf: Shelf, width: int) -> list[Line]:
    """A line for each pinned plan that cannot be read, to put it away if the learner wants to."""
    words = shelf.words
    lines = []
    for place in shelf.broken:
        say = {"do": "unpin", "place": place}
        name = words("choice.pin.unnamed", n=place + 1)
        button = {
            "text": words(WORDS + "unpin"),
            "label": words(WORDS + "unpin.label", name=name),
            "say": say,
        }
        cells = [grids.cell(words(WORDS + "broken"), buttons=[button])]
        lines.append((grids.cell(name), cells + [grids.cell("")] * (width - 1)))
    return lines


def _key(shelf: Shelf) -> list[Mark]:
    return [
        *(
            Mark(name, region, LOOKS[n % len(LOOKS)] or "fill")
            for n, (region, name) in enumerate(regions(shelf.words.lang).items())
        ),
        Mark(shelf.words(WORDS + "key.still"), "nothing", "dash"),
    ]
