"""The card of an exercise: shows it, hands the answer to the judge, keeps what was done."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from clusterlib import cells, datasets, exercises, facts
from clusterlib.errors import KitError
from clusterlib.i18n import Words, explain
from clusterlib.live import script, style

FRESH: dict[str, Any] = {"tries": 0, "hints": 0, "solution": False}


class Card(anywidget.AnyWidget):
    """One exercise on the page.

    Parameters
    ----------
    name : str
        The id of the exercise, "1.2".
    words : Words
        The learner's language.
    keep : callable
        Called with the work (what was given, tries, hints) whenever it changes.
    """

    _esm = script("dom", "sketch", "card")
    _css = style("matrix")
    item = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, name: str, words: Words, keep: Callable[[dict], None]) -> None:
        self.entry = exercises.item(name)
        self.words, self.keep = words, keep
        self.work = dict(FRESH)
        super().__init__(item=_item(self.entry, words), state=self._shown())
        self.on_msg(self._hear)

    def restore(self, work: dict[str, Any]) -> None:
        """Show work that was kept earlier; the verdict is said again in today's language."""
        self.work = {**FRESH, **work}
        self.state = self._shown()

    def _hear(self, _: object, message: dict[str, Any], __: object) -> None:
        if "check" in message:
            self.work |= {"given": message["check"], "tries": self.work["tries"] + 1}
        elif "draft" in message:
            self.work |= {"draft": message["draft"]}
        elif "hint" in message:
            self.work |= {"hints": min(self.work["hints"] + 1, len(self.entry.get("hints", [])))}
        elif "solution" in message:
            self.work |= {"solution": self._open()}
        self.keep(self.work)
        if "draft" not in message:
            self.state = self._shown()

    def _open(self) -> bool:
        verdict = self._verdict()
        right = verdict is not None and verdict.done
        return right or self.work["tries"] >= exercises.TRIES_BEFORE_SOLUTION

    def _verdict(self) -> exercises.Verdict | None:
        if "given" not in self.work:
            return None
        try:
            return exercises.check(self.entry["id"], self.work["given"], self.words)
        except KitError as problem:
            return exercises.Verdict("invalid", explain(problem, self.words.lang))

    def _shown(self) -> dict[str, Any]:
        """What the browser needs: never an answer that has not been earned."""
        verdict, text = self._verdict(), lambda both: exercises.plain(both, self.words)
        solved = self.work["solution"] and "solution" in self.entry
        return {
            "given": self.work.get("draft", self.work.get("given")),
            "tries": self.work["tries"],
            "status": verdict.status if verdict else "",
            "say": verdict.say if verdict else "",
            "hints": [text(h) for h in self.entry.get("hints", [])[: self.work["hints"]]],
            "solution": text(self.entry["solution"]) if solved else "",
            "solution_open": self._open(),
            "record": self._record(verdict),
            "checklist": self._checklist(verdict),
            "cells": self._cells(),
        }

    def _cells(self) -> dict[str, Any]:
        """Which cells of a matrix agree, once it was checked; the readings, once earned."""
        if self.entry["answer"]["type"] != "matrix" or "given" not in self.work:
            return {}
        right, given = cells.right(self.entry), self.work["given"]
        agree = {cell: given.get(cell) == option for cell, option in right.items()}
        solved = self.work["solution"]
        return {
            "agree": {cell: same for cell, same in agree.items() if cell in given},
            "reasons": cells.reasons(self.entry, self.words) if solved else {},
        }

    def _record(self, verdict: exercises.Verdict | None) -> list[tuple[int, float]] | None:
        drawn = self.entry["answer"]["type"] == "sketch" and verdict and verdict.done
        return exercises.record(self.entry) if drawn else None

    def _checklist(self, verdict: exercises.Verdict | None) -> list[str]:
        if not verdict or verdict.status != "kept":
            return []
        return [
            exercises.plain(each, self.words) for each in self.entry["answer"].get("checklist", [])
        ]


def _item(entry: dict[str, Any], words: Words) -> dict[str, Any]:
    answer = entry["answer"]
    said = words.group("common.card.")
    return {
        "id": entry["id"],
        "kind": entry["kind"],
        "type": answer["type"],
        "lang": words.lang,
        "title": exercises.plain(entry["title"], words),
        "prompt": exercises.plain(entry["prompt"], words),
        "minutes": words("common.card.minutes", n=entry["minutes"]),
        "answer": _answer(answer, words),
        "choices": exercises.choices(entry, words),
        "sketch": _sketch(answer, words) if answer["type"] == "sketch" else {},
        "matrix": cells.matrix(entry, words) if answer["type"] == "matrix" else {},
        "hints": len(entry.get("hints", [])),
        "solution": "solution" in entry,
        "words": said,
    }


def _answer(answer: dict[str, Any], words: Words) -> dict[str, Any]:
    shown = {
        name: answer[name]
        for name in ("min", "max", "step", "lines_min", "lines_max")
        if name in answer
    }
    if "lines_max" in shown:
        bounds = {"least": shown["lines_min"], "most": shown["lines_max"], "n": "{n}"}
        shown["counting"] = words("common.card.lines", **bounds)
    return {**shown, "unit": words.pick(answer["unit"]) if "unit" in answer else ""}


def _sketch(answer: dict[str, Any], words: Words) -> dict[str, Any]:
    low, high = answer["min"], answer["max"]
    start = facts.value(str(answer.get("start", max(low, min(0, high)))))
    return {
        "points": answer["points"],
        "min": low,
        "max": high,
        "step": answer["step"],
        "start": start,
        "unit": words.pick(answer["unit"]),
        "axis": [[mark, words.say(mark, "short")] for mark in marks(low, high)],
    }


def marks(low: float, high: float) -> list[float]:
    """Round numbers between two ends, four to eight of them.

    >>> marks(35, 60)
    [35, 40, 45, 50, 55, 60]
    """
    size = 10 ** math.floor(math.log10((high - low) / 4))
    step = next(size * n for n in (1, 2, 5, 10) if (high - low) / (size * n) <= 7)
    first = math.ceil(low / step)
    return [n * step for n in range(first, math.floor(high / step) + 1)]


def revealing(card: Card, explore: Any, verb: str) -> Any:
    """A card and, once it has been answered, the figure that answers it, in the same place."""
    import ipywidgets

    box = ipywidgets.VBox([card])

    def look(change: dict[str, Any]) -> None:
        if change["new"]["status"] and len(box.children) == 1:
            tables = [datasets.table(name) for name in card.entry["tables"]]
            box.children = (card, getattr(explore, verb)(*tables))

    card.observe(look, names="state")
    look({"new": card.state})
    return box
