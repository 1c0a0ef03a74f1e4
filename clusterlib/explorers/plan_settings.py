"""What plans set: points by lever, region and phase, directions, and what can be done to a plan."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from clusterlib import plans
from clusterlib.explorers import grids
from clusterlib.explorers.plan_shelf import Entry, Shelf
from clusterlib.explorers.policy_lab_view import PAGE
from clusterlib.explorers.policy_words import regions
from clusterlib.policy.scenario import LEVERS, LIMITS, YEARS, Scenario, to_plan

if TYPE_CHECKING:
    from clusterlib.i18n import Words

WORDS = "choice.compare."
TARGETS = ("special", "openness", "focus")
Line = tuple[grids.Cell, list[grids.Cell]]
# Looks of the regions in their order: the second cue beside their colour.
LOOKS = ("", "hatch")


def heading(text: str, note: str = "") -> Line:
    """A line that names the lines below it."""
    return grids.cell(text, note=note), []


def settings(slots: list[Entry], shelf: Shelf, many: bool) -> list[Line]:
    """Lines of what each plan sets, with a last column over all plans if there are several."""
    words = shelf.words
    rows = {lever: [points(e.plan, n) for e in slots] for n, lever in enumerate(LEVERS)}
    used = {lever: each for lever, each in rows.items() if any(p.any() for p in each)}
    most = max([10.0, *(p.max() for each in used.values() for p in each)])
    unused = [words(f"lab.lever.{lever}") for lever in LEVERS if lever not in used]
    note = words(WORDS + "unused", levers=", ".join(unused)) if unused else ""
    lines = [heading(words(WORDS + "settings"), note), _tools(slots, shelf, many)]
    lines += [
        _lever(words(f"lab.lever.{lever}"), each, most, shelf, many) for lever, each in used.items()
    ]
    totals = [sum(points(e.plan, n) for n in range(len(LEVERS))) for e in slots]
    return [*lines, _total(totals, words, many), *_targets(slots, words, many)]


def points(plan: Scenario, lever: int) -> np.ndarray:
    """Points a year for a lever: (regions, years)."""
    spent = [plan.at(year).spend for year in range(YEARS)]
    count = max([1, *(len(each) for each in spent)])
    return np.array(
        [[(each[r][lever] if r < len(each) else 0.0) for each in spent] for r in range(count)]
    )


def _tools(slots: list[Entry], shelf: Shelf, many: bool) -> Line:
    words = shelf.words
    cells = []
    for entry in slots:
        address = plans.link("", to_plan(entry.plan, shelf.room.keys))
        cell = grids.cell("", link={"page": PAGE, "query": address, "text": words(WORDS + "open")})
        notes = []
        if entry.plan.changed:
            notes.append(words(WORDS + "changed", n=len(entry.plan.changed)))
        if entry.plan.foreign:
            notes.append(words(WORDS + "foreign", model=entry.plan.model))
        cell |= {"note": " ".join(notes)} if notes else {}
        cells.append(cell | (_own_tools(entry, words) if entry.place is not None else {}))
        if entry.place is None:
            cells[-1]["text"] = words(WORDS + "ready")
    return grids.cell(words(WORDS + "plan")), [*cells, *([grids.cell("")] if many else [])]


def _own_tools(entry: Entry, words: Words) -> dict[str, Any]:
    rename = {
        "kind": "text",
        "value": entry.name,
        "most": LIMITS["name"],
        "label": words(WORDS + "rename", name=entry.name),
        "say": {"do": "rename", "place": entry.place},
    }
    unpin = {
        "text": words(WORDS + "unpin"),
        "label": words(WORDS + "unpin.label", name=entry.name),
        "say": {"do": "unpin", "place": entry.place},
    }
    return {"input": rename, "buttons": [unpin]}


def _lever(name: str, spent: list[np.ndarray], most: float, shelf: Shelf, many: bool) -> Line:
    cells = [
        grids.cell("", strips=_strips(each, most, shelf)) if each.any() else grids.cell("–")
        for each in spent
    ]
    means = [float(each.sum(axis=0).mean()) for each in spent]
    return grids.cell(name), [*cells, *([_over(means, shelf.words)] if many else [])]


def _strips(spent: np.ndarray, most: float, shelf: Shelf) -> list[dict[str, Any]]:
    strips = []
    for place, (region, name) in enumerate(regions(shelf.words.lang).items()):
        years = spent[place] if place < len(spent) else np.zeros(YEARS)
        steps = runs(years.tolist())
        strips.append(
            {
                "mark": name,
                "shade": region,
                "look": LOOKS[place % len(LOOKS)],
                "steps": [[a / YEARS, b / YEARS, value / most] for a, b, value in steps if value],
                "said": " → ".join(f"{value:g}" for _, _, value in steps),
            }
        )
    return strips


def runs(years: list[Any]) -> list[tuple[int, int, Any]]:
    """Years of the same value as stretches: begin, end, value."""
    stretches, begin = [], 0
    for value, group in groupby(years):
        end = begin + len(list(group))
        stretches.append((begin, end, value))
        begin = end
    return stretches


def _over(means: list[float], words: Words) -> grids.Cell:
    said = {"low": min(means), "mean": float(np.mean(means)), "high": max(means)}
    same = max(means) - min(means) < 1e-9
    return grids.cell(words(WORDS + ("over.same" if same else "over.range"), **said))


def _total(totals: list[np.ndarray], words: Words, many: bool) -> Line:
    said = [float(each.sum(axis=0).mean()) for each in totals]
    cells = [grids.cell(words(WORDS + "points", n=n), strong=True) for n in said]
    head = grids.cell(words(WORDS + "total"), note=words(WORDS + "total.note"))
    return head, [*cells, *([_over(said, words)] if many else [])]


def _targets(slots: list[Entry], words: Words, many: bool) -> list[Line]:
    lines = []
    for target in TARGETS:
        years = [[getattr(e.plan.at(year), target) for year in range(YEARS)] for e in slots]
        today = 0.0 if target == "focus" else None
        if all(value == today for each in years for value in each):
            continue
        cells = [
            grids.cell(" → ".join(_aim(value, words) for _, _, value in runs(each)))
            for each in years
        ]
        lines.append((grids.cell(words(f"lab.lever.{target}")), [*cells, *[grids.cell("")] * many]))
    return lines


def _aim(value: float | None, words: Words) -> str:
    return (
        words(WORDS + "as_today") if value is None else words("lab.ui.aim", n=f"{100 * value:.0f}")
    )
