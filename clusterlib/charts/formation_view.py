"""How two timelines are drawn: marks at an axis down the page, names beside it, eras behind.

On a wide page the axis is in the middle and each region has its side; on a narrow one it is at the
left and all names stand to its right.
"""

from __future__ import annotations

from typing import Any

from clusterlib import theme
from clusterlib.charts import alt, looks
from clusterlib.charts.looks import chart_of

# One shape an actor, in the order of the key; the state of unknown level is a flat bar.
SHAPES = {
    "central": "square",
    "local": "diamond",
    "open": "M-1,-0.4H1V0.4H-1Z",
    "institute": "triangle-up",
    "university": "circle",
    "private": "cross",
    "law": "triangle-down",
}
# px a year, and the width below which all names stand on one side.
YEAR, NARROW = 18.5, 600


def chart(first: int, last: int, regions: list[str]) -> alt.LayerChart:
    """The timelines from a first to a last year; fed "eras" once and "events" at each move."""
    scale = alt.Scale(domain=[last, first - 1], nice=False, zero=False)
    layers = [*_bands(scale), *_names(), *_points(scale, regions)]
    return alt.layer(*layers).properties(height=round((last - first) * YEAR))


def _at(wide: str, narrow: str) -> Any:
    return alt.value(alt.expr(f"width < {NARROW} ? {narrow} : {wide}"))


# Entries of one region and year stand side by side.
MARK = (
    "width / 2 + (datum.left ? -1 : 1) * (11 + 14 * datum.place)",
    "(datum.left ? 40 : 61) + 10 * datum.place",
)
NAME = ("width / 2 + (datum.left ? -62 : 62)", "93")
SLOT = ("scale('y', datum.wide)", "scale('y', datum.narrow)")


def _bands(scale: Any) -> list[Any]:
    y = alt.Y("from:Q", scale=scale, axis=None)
    base = chart_of("eras").encode(y)
    band = base.transform_filter("datum.odd").mark_rect(color=theme.colour("panel"), opacity=1)
    text = base.mark_text(align="left", baseline="top", dy=3, color=theme.colour("muted"))
    said = alt.value(alt.expr(f"width < {NARROW} ? datum.short : datum.text"))
    return [
        band.encode(y2="to:Q", x=alt.value(0), x2=alt.value("width")),
        text.encode(x=alt.value(0), text=said),
    ]


def _faded(base: Any) -> Any:
    return base.encode(opacity=alt.condition("datum.dim", alt.value(0.13), alt.value(1)))


def _names() -> list[Any]:
    base = _faded(chart_of("events"))
    line = base.mark_rule(color=theme.colour("edge"), strokeWidth=0.8).encode(
        x=_at(*MARK),
        y=alt.value(alt.expr("scale('y', datum.year)")),
        x2=_at("width / 2 + (datum.left ? -58 : 58)", "90"),
        y2=_at(*SLOT),
    )
    size = {"fontSize": alt.expr(f"width < {NARROW} ? 12 : 13"), "baseline": "middle"}
    text = base.encode(x=_at(*NAME), y=_at(*SLOT), text="text:N", tooltip="tip:N")
    align = alt.expr(f"width >= {NARROW} && datum.left ? 'right' : 'left'")
    return [line, text.mark_text(align=align, **size)]


def _points(scale: Any, regions: list[str]) -> list[Any]:
    base = _faded(chart_of("events")).encode(alt.Y("year:Q", scale=scale, axis=None), x=_at(*MARK))
    return [
        base.mark_point(filled=True, size=alt.expr(f"width < {NARROW} ? 80 : 105")).encode(
            color=looks.colour("region", regions),
            shape=looks.shape("actor", SHAPES),
            tooltip="tip:N",
        )
    ]
