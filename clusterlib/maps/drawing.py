"""Provinces as a map and as a grid of tiles, two charts fed the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from clusterlib import theme

if TYPE_CHECKING:
    import altair

HEIGHT = 430


def shades(names: Sequence[str]) -> altair.Color:
    """Rows name their own shade; this turns the names into the reader's colours."""
    return _named("shade:N", names)


def _letters(names: Sequence[str]) -> altair.Color:
    """Letters on a shade: paper on the strong ones, ink on the others."""
    return _named("letters:N", names)


def _named(field: str, names: Sequence[str]) -> altair.Color:
    alt = theme.altair()

    # One scale for fills and letters: layers of one chart share theirs.
    known = [*names, "ink", "paper"]
    scale = alt.Scale(domain=known, range=[theme.colour(name) for name in known])
    return alt.Color(field, scale=scale, legend=None)


SAID = ["shade", "letters", "arrow", "value", "tip", "within"]


def _looked(name: str) -> altair.Chart:
    """A dataset that never changes, each row joined to what its province says now."""
    alt = theme.altair()

    known = alt.LookupData(alt.NamedData("places"), "region", SAID)
    return alt.Chart(alt.NamedData(name)).transform_lookup("region", known)


def _hatched(name: str, names: Sequence[str]) -> altair.Chart:
    """Hatching of the provinces that are drawn within another one."""
    shown = _looked(name).transform_filter("datum.within")
    return shown.mark_rule(strokeWidth=1, opacity=0.6).encode(color=_letters(names))


def choropleth(names: Sequence[str]) -> altair.LayerChart:
    """The provinces filled by the shade of their row.

    Fed once: "shapes", "spots", "map_lines"; at each move: "places" (region and SAID).

    Parameters
    ----------
    names : sequence of str
        Every shade that a row may name.
    """
    alt = theme.altair()

    land = _looked("shapes").mark_geoshape(stroke=theme.colour("edge"), strokeWidth=0.7)
    lines = _hatched("map_lines", names).encode(
        longitude="x:Q", latitude="y:Q", longitude2="x2:Q", latitude2="y2:Q"
    )
    arrows = _looked("spots").transform_filter("datum.arrow").mark_point(filled=True, opacity=1)
    turned = alt.Scale(domain=["▲", "▼"], range=["triangle-up", "triangle-down"])
    spot = {"longitude": "lon:Q", "latitude": "lat:Q", "color": _letters(names), "tooltip": "tip:N"}
    # The arrow is the second cue beside the colour; on a phone's map a small one.
    size = alt.value(alt.expr("width < 380 ? 34 : 80"))
    shape = alt.Shape("arrow:N", scale=turned, legend=None)
    return _sized(
        alt.layer(
            land.encode(color=shades(names), tooltip="tip:N"),
            lines,
            arrows.encode(shape=shape, size=size, **spot),
        ).project("identity", reflectY=True)
    )


def tiles(names: Sequence[str], columns: int, rows: int) -> altair.LayerChart:
    """One square a province with name and value.

    Fed once: "spots", "tile_lines"; at each move: "places" (region and SAID).
    """
    alt = theme.altair()

    across = alt.Scale(domain=[0, columns], nice=False)
    down = alt.Scale(domain=[rows, 0], nice=False)

    def at(x: str, y: str) -> dict[str, Any]:
        return {
            "x": alt.X(f"{x}:Q", scale=across, axis=None),
            "y": alt.Y(f"{y}:Q", scale=down, axis=None),
        }

    spots = _looked("spots")
    squares = spots.mark_rect(stroke=theme.colour("edge"), strokeWidth=0.7)
    ends = {"x2": "right:Q", "y2": "bottom:Q"}
    layers = [
        squares.encode(color=shades(names), tooltip="tip:N", **at("left", "top"), **ends),
        _hatched("tile_lines", names).encode(x2="x2:Q", y2="y2:Q", **at("x", "y")),
    ]
    # English names are long: smaller letters where the grid is narrow, never below 12 px.
    bold = {"fontWeight": 700, "fontSize": alt.expr("width < 380 ? 12 : 14")}
    plain = {"fontSize": alt.expr("width < 380 ? 12 : 13")}
    for field, line, style in (("name:N", "line_1", bold), ("value:N", "line_2", plain)):
        layers += _written(spots.encode(text=field, **at("middle", line)), names, style)
    return _sized(alt.layer(*layers))


def _written(chart: altair.Chart, names: Sequence[str], style: dict[str, Any]) -> list[Any]:
    """Letters on a halo of their own shade, so that hatching does not cross them."""
    halo = chart.transform_filter("datum.within").mark_text(strokeWidth=5, **style)
    stroke = shades(names).to_dict() | {"legend": None}
    return [
        halo.encode(color=shades(names), stroke=stroke),
        chart.mark_text(**style).encode(color=_letters(names)),
    ]


def _sized(chart: altair.LayerChart) -> altair.LayerChart:
    """As wide as its place, and no higher than wide."""
    meta = {"aspect": 1.02}
    return chart.properties(width="container", height=HEIGHT, padding=1, usermeta=meta)
