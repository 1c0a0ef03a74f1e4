"""The canvases that are no chart: a circle to push, claims, a map to edit, a ledger to read."""

from __future__ import annotations

import traitlets

from clusterlib import live


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
    the content that comes back.
    """

    _css = live.style("map")
    _esm = live.script(
        "dom", "frame", "picture", "shape", "net", "outline", "mapbar", "mappanel", "map"
    )
    words = traitlets.Dict().tag(sync=True)


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
