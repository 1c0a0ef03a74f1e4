"""Widgets of the learner's plans: they hear of every change, and answer when it concerns them."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from clusterlib import live, loops
from clusterlib.charts.figure import Content, Figure
from clusterlib.explorers.plan_shelf import NOTHING, STAND_INS, Controls, Entry, Shelf, Values
from clusterlib.explorers.policy_room import WORK
from clusterlib.policy.scenario import THEORIES

if TYPE_CHECKING:
    from clusterlib.i18n import Words

PAUSE = 0.15  # seconds between plans that are computed ahead


class Tied:
    """A widget that shows the learner's plans; `keep` and `restore` as the desk wants them."""

    piece = WORK
    minds = ("pinned", "weights")  # the keys of the work that concern it

    def begin(self, words: Words, draw: Callable, ask: Callable) -> None:
        """Take up how to draw (values, shelf) and what to ask (shelf)."""
        self.spoken, self.draw, self.ask = words, draw, ask
        self.keep: Callable[[dict], None] = lambda work: None
        self.work: dict[str, Any] = {}

    def restore(self, work: Mapping[str, Any]) -> None:
        """Show other work; what does not concern this widget is only carried along."""
        before = [self.work.get(key) for key in self.minds]
        self.work = dict(work)
        if before != [self.work.get(key) for key in self.minds]:
            self.again()

    def again(self) -> None:
        """Read the work anew: lists, values and content."""
        self.shelf = Shelf(self.spoken, self.work)
        controls = self.ask(self.shelf)
        start = {control["id"]: control["value"] for control in controls}
        values = {**start, **{k: v for k, v in self.values.items() if _offered(k, v, controls)}}
        self.start, self.controls = start, controls
        if values == self.values:
            self.show(self.draw(values, self.shelf))
        self.values = values

    def change(self, key: str, value: Any) -> None:
        """Keep one key of the work as it is now, the others as they were."""
        self.work = {**self.work, key: value}
        self.keep(self.work)
        self.again()


def _offered(key: str, value: Any, controls: Controls) -> bool:
    """Whether a control still offers what it says; what no control says belongs to the canvas."""
    own = [control for control in controls if control["id"] == key]
    if not own:
        return not key.startswith("slot.")
    return all(value in [each[0] for each in c["options"]] for c in own if "options" in c)


class TiedMatrix(Tied, loops.MatrixFigure):
    """A table of the learner's plans."""


class TiedChart(Tied, live.LiveFigure):
    """Charts of the learner's plans."""


def explorer(
    name: str,
    words: Words,
    draw: Callable[[Values, Shelf], Content],
    ask: Callable[[Shelf], Controls],
    sources: str,
    widget: type = TiedMatrix,
    charts: Callable | None = None,
) -> Any:
    """A figure of plans that answers to its controls and to the learner's work.

    Parameters
    ----------
    name : str
        The figure's id.
    words : Words
        The reader's language.
    draw : callable
        From the values of the controls and the shelf of plans to what the figure shows.
    ask : callable
        From the shelf to the controls.
    sources : str
        The citation.
    widget : type
        A `Tied` canvas.
    charts : callable, optional
        Builds the charts.
    """
    shelf = Shelf(words, {})
    controls = ask(shelf)
    start = {control["id"]: control["value"] for control in controls}
    figure = Figure(name, charts, draw(start, shelf), sources, "teaching")
    view = live.explorer(figure, words, controls, widget)
    view.begin(words, draw, ask)
    view.shelf = shelf
    warm(shelf, [shelf.entry(name) for name in (NOTHING, *STAND_INS)])
    view.observe(lambda change: view.show(view.draw(change["new"], view.shelf)), names="values")
    return view


def warm(shelf: Shelf, entries: Sequence[Entry]) -> None:
    """Compute plans under every belief while the kernel has nothing else to do, one at a time."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:  # nobody is waiting: whoever asks first computes
        return
    left = [(entry, theory) for entry in entries for theory in THEORIES]

    def next_one() -> None:
        if left:
            shelf.outcomes(*left.pop(0))
            loop.call_later(PAUSE, next_one)

    loop.call_later(PAUSE, next_one)


def warned(content: Content, shelf: Shelf) -> Content:
    """The content with what is wrong with pinned plans before its reading."""
    if not shelf.problems:
        return content
    return dataclasses.replace(content, reading=" ".join([*shelf.problems, content.reading]))
