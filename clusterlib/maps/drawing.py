"""Provinces as a map and as a grid of tiles, two charts fed the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusterlib import theme
from clusterlib.charts import alt, looks
from clusterlib.charts.axes import Plane
from clusterlib.charts.looks import chart_of

HEIGHT = 430
SAID = ["shade", "letters", "arrow", "value", "tip", "within"]


def _colour(field: str, names: Sequence[str], channel: str = "Color") -> Any:
    """The shade that a row names itself; letters are paper on the strong ones, else ink."""
    # One scale for fills and letters: layers of one chart share theirs.
    return looks.colour(field, [*names, "ink", "paper"], channel)


def _looked(name: str) -> alt.Chart:
    """A dataset that never changes, each row joined to what its province says now."""
    known = alt.LookupData(alt.NamedData("places"), "region", SAID)
    return chart_of(name).transform_lookup("region", known)


def _hatched(name: str, names: Sequence[str]) -> alt.Chart:
    """Hatching of the provinces that are drawn within another one."""
    shown = _looked(name).transform_filter("datum.within")
    return shown.mark_rule(strokeWidth=1, opacity=0.6).encode(color=_colour("letters", names))


def choropleth(names: Sequence[str]) -> alt.LayerChart:
    """The provinces filled by the shade of their row.

    Fed once: "shapes", "spots", "map_lines"; at each move: "places" (region and SAID).

    Parameters
    ----------
    names : sequence of str
        Every shade that a row may name.
    """
    land = _looked("shapes").mark_geoshape(stroke=theme.colour("edge"), strokeWidth=0.7)
    lines = _hatched("map_lines", names).encode(
        longitude="x:Q", latitude="y:Q", longitude2="x2:Q", latitude2="y2:Q"
    )
    arrows = _looked("spots").transform_filter("datum.arrow").mark_point(filled=True, opacity=1)
    spot = {
        "longitude": "lon:Q",
        "latitude": "lat:Q",
        "color": _colour("letters", names),
        "tooltip": "tip:N",
    }
    # The arrow is the second cue beside the colour; on a phone's map a small one.
    size = alt.value(alt.expr("width < 380 ? 34 : 80"))
    shape = looks.shape("arrow", {"▲": "triangle-up", "▼": "triangle-down"})
    return _sized(
        alt.layer(
            land.encode(color=_colour("shade", names), tooltip="tip:N"),
            lines,
            arrows.encode(shape=shape, size=size, **spot),
        ).project("identity", reflectY=True)
    )


def tiles(names: Sequence[str], columns: int, rows: int) -> alt.LayerChart:
    """One square a province with name and value.

    Fed once: "spots", "tile_lines"; at each move: "places" (region and SAID).
    """
    grid = Plane(
        across={"scale": alt.Scale(domain=[0, columns], nice=False), "axis": None},
        up={"scale": alt.Scale(domain=[rows, 0], nice=False), "axis": None},
    )
    spots = _looked("spots")
    squares = spots.mark_rect(stroke=theme.colour("edge"), strokeWidth=0.7)
    ends = {"x2": "right:Q", "y2": "bottom:Q"}
    layers = [
        squares.encode(
            color=_colour("shade", names), tooltip="tip:N", **grid.at("left", "top"), **ends
        ),
        _hatched("tile_lines", names).encode(x2="x2:Q", y2="y2:Q", **grid.at("x", "y")),
    ]
    # English names are long: smaller letters where the grid is narrow, never below 12 px.
    bold = {"fontWeight": 700, "fontSize": alt.expr("width < 380 ? 12 : 14")}
    plain = {"fontSize": alt.expr("width < 380 ? 12 : 13")}
    for field, line, style in (("name:N", "line_1", bold), ("value:N", "line_2", plain)):
        layers += _written(spots.encode(text=field, **grid.at("middle", line)), names, style)
    return _sized(alt.layer(*layers))


def _written(chart: alt.Chart, names: Sequence[str], style: dict[str, Any]) -> list[Any]:
    """Letters on a halo of their own shade, so that hatching does not cross them."""
    halo = chart.transform_filter("datum.within").mark_text(strokeWidth=5, **style)
    return [
        halo.encode(color=_colour("shade", names), stroke=_colour("shade", names, "Stroke")),
        chart.mark_text(**style).encode(color=_colour("letters", names)),
    ]


def _sized(chart: alt.LayerChart) -> alt.LayerChart:
    """As wide as its place, and no higher than wide."""
    meta = {"aspect": 1.02}
    return chart.properties(height=HEIGHT, padding=1, usermeta=meta)
