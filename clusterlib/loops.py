"""The canvases that are no chart: a circle to push, claims, a map to edit, a ledger to read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import traitlets

from clusterlib import live
from clusterlib.charts.figure import Content, Figure
from clusterlib.i18n import Words


class LoopFigure(live.Framed):
    """Boxes and signed arrows: select one to read its reason, push a box and follow the change.

    `values` holds, besides the controls, the push: `box`, `push` (1 or -1), `of` (the circle in
    which it was made) and `turn`, which makes the same push again a new one.
    """

    _esm = live.script("dom", "frame", "shape", "ring", "loop")
    words = traitlets.Dict().tag(sync=True)


class MapFigure(live.Framed):
    """A signed graph to edit: a picture, an outline of the same, and a panel of what is chosen.

    The browser sends what the learner asks for ({"edit": …}, {"undo": …}, {"look": …}) and draws
    the content that comes back. A map is large and an edit changes little of it, so that an answer
    carries only what changed.
    """

    _css = live.style("map")
    _esm = live.script(
        "dom", "frame", "picture", "shape", "net", "outline", "mapbar", "mappanel", "map"
    )
    words = traitlets.Dict().tag(sync=True)
    change: dict[str, Any] | None = None

    def answer(self, content: Content) -> None:
        """Show content to a page that has just asked for something, and so listens for changes."""
        whole = content.as_message()
        self.change = changed(self.content, whole)
        self.content = whole
        self.change = None

    def send_state(self, key: Any = None) -> None:
        """Send what ipywidgets asks for; of content that answers a wish, the change."""
        if key == "content" and self.change is not None:
            self.send({"change": self.change})
        else:
            super().send_state(key)


def changed(old: Any, new: Any) -> dict[str, Any]:
    """What makes a new value of an old one: {"is": value}, or {"in": changes by key or place}.

    >>> changed({"a": [1, 2], "b": 3}, {"a": [1, 4], "b": 3})
    {'in': {'a': {'in': {1: {'is': 4}}}}}
    """
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        parts = [(key, old[key], new[key]) for key in new]
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        parts = [(place, *pair) for place, pair in enumerate(zip(old, new, strict=True))]
    else:
        return {"is": new}
    return {"in": {key: changed(before, now) for key, before, now in parts if before != now}}


class ClaimsFigure(live.Framed):
    """Claims one below the other, each with its standing and the figures that speak to it."""

    _esm = live.script("dom", "frame", "claims")
    words = traitlets.Dict().tag(sync=True)


class MatrixFigure(live.Framed):
    """Lines and columns of words; cells may hold a list, a slider, a bar, a band or strips.

    `content.rows["grid"]` holds one table: columns (name, shade) and lines (head, cells); a cell
    has text, note, tag, bar, band, strips, link, buttons, lit and input. A line without cells is a
    heading. What an input says goes into `values` under its id; what a button or a typed text says
    is sent as a message.
    """

    _css = live.style("matrix")
    _esm = live.script("dom", "frame", "matrix", "sheet")


class WinnersFigure(MatrixFigure):
    """The same with a map of winners below it.

    `content.rows["winners"]` holds one map: axes (across and up, each an outcome with a list of
    others), points, cells (letter, shade, strength, said), here and words.
    """

    _css = live.style("matrix", "winners")
    _esm = live.script("dom", "frame", "matrix", "winners")


# An entry of a ledger before anything is said in it; it needs an id and a mark besides.
ENTRY = {"group": "", "title": "", "text": "", "tags": (), "lines": (), "asides": ()}


class LedgerFigure(live.Framed):
    """Entries under headings, each with the statistics or thoughts that speak to it."""

    _css = live.style("ledger")
    _esm = live.script("dom", "frame", "lines", "ledger")
    words = traitlets.Dict().tag(sync=True)


class WorkshopFigure(live.Framed):
    """Cards, a script, sheets of results and an empty record; a button prints them alone."""

    _css = live.style("workshop")
    _esm = live.script("dom", "frame", "workshop")
    words = traitlets.Dict().tag(sync=True)


def canvas(
    name: str,
    respond: Callable[[dict[str, Any]], Content],
    controls: Sequence[dict[str, Any]],
    sources: str,
    words: Words,
    evidence: str = "assumed",
    widget: Callable[..., live.Framed] = MatrixFigure,
    stem: str = "",
    **more: Any,
) -> live.Framed:
    """A figure that is no chart, under its id: `respond` fills the canvas as the controls say.

    `stem` is what the keys of the canvas's own words begin with; `more` goes to the `Figure`.
    """
    start = {control["id"]: control["value"] for control in controls}
    figure = Figure(name, None, respond(start), sources, evidence, respond=respond, **more)
    own = {"words": words.group(stem)} if stem else {}
    return live.explorer(figure, words, controls, widget, own)
