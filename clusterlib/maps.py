"""Provinces as a map and as a grid of tiles, two charts fed the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from clusterlib import datasets, theme

if TYPE_CHECKING:
    import altair

# Degrees of longitude are this much shorter than degrees of latitude in the middle of Korea.
SQUEEZE = 0.8
# Distance of hatching lines: degrees on the map, shares of a side on a tile.
MAP_STEP, TILE_STEP = 0.075, 0.2
# Half of the gap between two tiles, as a share of a tile.
GAP = 0.015
HEIGHT = 460
Segment = dict[str, float]


@cache
def outlines() -> list[dict[str, Any]]:
    """The provinces as GeoJSON features, the region's key at the top for look-ups."""
    return [
        {"type": "Feature", "region": f["properties"]["region"], "geometry": f["geometry"]}
        for f in datasets.shapes("provinces")["features"]
    ]


@cache
def _mainlands() -> dict[str, np.ndarray]:
    """The longest ring of each province: where its label and its hatching go."""
    found = {}
    for feature in outlines():
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        found[feature["region"]] = np.asarray(max((part[0] for part in parts), key=len))
    return found


@cache
def _corners() -> dict[str, np.ndarray]:
    """All corners of each province, its holes among them."""
    found = {}
    for feature in outlines():
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        found[feature["region"]] = np.concatenate([ring for part in parts for ring in part])
    return found


@cache
def middle(region: str) -> tuple[float, float]:
    """Longitude and latitude of a point well inside a province's largest part.

    Of a grid of points, the one that is farthest from every corner of the outline: a centroid
    would put the label of a province that surrounds another one into that other one.
    """
    ring, corners = _mainlands()[region], _corners()[region]
    grid = np.stack(np.meshgrid(*(np.linspace(*_ends(axis), 24) for axis in ring.T)), -1)
    points = grid.reshape(-1, 2)[_inside(grid.reshape(-1, 2), ring)]
    away = (points[:, None] - corners) * (SQUEEZE, 1)
    lon, lat = points[np.argmax((away**2).sum(-1).min(-1))]
    return float(lon), float(lat)


def _ends(axis: np.ndarray) -> tuple[float, float]:
    return axis.min(), axis.max()


def _inside(points: np.ndarray, ring: np.ndarray) -> np.ndarray:
    """Which points lie within a ring: those from which a ray crosses it an odd number of times."""
    (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
    x, y = points[:, :1], points[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = (y1 > y) != (y2 > y)
        left = x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return (crossing & left).sum(1) % 2 == 1


def hatching(ring: np.ndarray, step: float, squeeze: float = 1.0) -> list[Segment]:
    """Slanting line segments that fill a ring.

    Drawn as lines and not as a pattern, they survive in every download.

    Parameters
    ----------
    ring : array
        Points (x, y), the last equal to the first.
    step : float
        Distance between two lines, in units of y.
    squeeze : float
        How long one unit of x is in units of y.

    >>> square = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    >>> [round(v, 3) for v in hatching(square, 1.0)[0].values()]
    [0.0, 0.5, 0.5, 0.0]
    """
    x, y = ring.T.astype(float)
    height = x * squeeze + y
    lines = []
    for level in np.arange(height.min() + step / 2, height.max(), step):
        crossed = np.flatnonzero((height[:-1] < level) != (height[1:] < level))
        share = (level - height[crossed]) / (height[crossed + 1] - height[crossed])
        across = np.sort(x[crossed] + share * (x[crossed + 1] - x[crossed]))
        for left, right in zip(across[::2], across[1::2], strict=False):
            ends = (left, level - left * squeeze, right, level - right * squeeze)
            lines.append(dict(zip(("x", "y", "x2", "y2"), map(float, ends), strict=True)))
    return lines


def map_hatching(region: str) -> list[Segment]:
    """Hatching of one province on the map, in degrees."""
    return hatching(_mainlands()[region], MAP_STEP, SQUEEZE)


def tile_hatching(column: int, row: int) -> list[Segment]:
    """Hatching of one tile, in columns and rows."""
    low, high = GAP, 1 - GAP
    square = np.array([[low, low], [high, low], [high, high], [low, high], [low, low]])
    return hatching(square + np.array([column, row]), TILE_STEP)


def shades(names: Sequence[str]) -> altair.Color:
    """Rows name their own shade; this turns the names into the reader's colours."""
    return _named("shade:N", names)


def _letters(names: Sequence[str]) -> altair.Color:
    """Letters on a shade: paper on the strong ones, ink on the others."""
    return _named("letters:N", names)


def _named(field: str, names: Sequence[str]) -> altair.Color:
    import altair as alt

    # One scale for fills and letters: layers of one chart share theirs.
    known = [*names, "ink", "paper"]
    scale = alt.Scale(domain=known, range=[theme.colour(name) for name in known])
    return alt.Color(field, scale=scale, legend=None)


SAID = ["shade", "letters", "arrow", "value", "tip", "within"]


def _looked(name: str) -> altair.Chart:
    """A dataset that never changes, each row joined to what its province says now."""
    import altair as alt

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
    import altair as alt

    land = _looked("shapes").mark_geoshape(stroke=theme.colour("edge"), strokeWidth=0.7)
    lines = _hatched("map_lines", names).encode(
        longitude="x:Q", latitude="y:Q", longitude2="x2:Q", latitude2="y2:Q"
    )
    arrows = _looked("spots").mark_text(fontSize=13, baseline="middle")
    spot = {"longitude": "lon:Q", "latitude": "lat:Q", "color": _letters(names)}
    return _sized(
        alt.layer(
            land.encode(color=shades(names), tooltip="tip:N"),
            lines,
            arrows.encode(text="arrow:N", tooltip="tip:N", **spot),
        ).project("mercator")
    )


def tiles(names: Sequence[str], columns: int, rows: int) -> altair.LayerChart:
    """One square a province with name and value.

    Fed once: "spots", "tile_lines"; at each move: "places" (region and SAID).
    """
    import altair as alt

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
