"""Municipalities on a map: outlines that are light to send, shaded by what their rows say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks
from clusterlib.charts.looks import chart_of
from clusterlib.maps.outlines import SQUEEZE, polygons

HEIGHT = 470
MARKS = {"▲": "triangle-up", "▼": "triangle-down", "●": "circle"}
# Corners are moved to a grid of this many degrees of latitude, about a pixel on the page: shared
# borders stay shared, and 229 outlines weigh less than the 17 provinces do at full length.
STEP = 0.016
Ring = list[list[int]]


@cache
def features() -> list[dict[str, Any]]:
    """The municipalities as GeoJSON features in the plane, each with its code at the top.

    Districts of a city share its code: a measure of the city shades all of them.
    """
    known = datasets.code_crosswalk().query("level != 'province'").set_index("code")
    return [
        {"type": "Feature", "code": known.at[code, "municipality"], "geometry": _coarse(shape)}
        for code, shape in _shapes("municipalities", "code")
    ]


@cache
def borders() -> list[dict[str, Any]]:
    """The borders of the provinces on the same grid."""
    found = _shapes("provinces", "region")
    return [{"type": "Feature", "geometry": _coarse(shape)} for _, shape in found]


def _shapes(layer: str, key: str) -> list[tuple[str, dict[str, Any]]]:
    found = datasets.shapes(layer)["features"]
    return [(feature["properties"][key], feature["geometry"]) for feature in found]


def _coarse(shape: dict[str, Any]) -> dict[str, Any]:
    parts = polygons(shape)
    rings = [[_snapped(ring) for ring in part] for part in parts]
    kept = [[ring for ring in part if len(ring) > 3] for part in rings if len(part[0]) > 3]
    # An island city smaller than a cell of the grid is drawn as one cell rather than lost.
    return {"type": "MultiPolygon", "coordinates": kept or [[_cell(parts[0][0][0])]]}


def _snapped(ring: Sequence[Sequence[float]]) -> Ring:
    """The ring on the grid, without corners that coincide or lie on a straight line."""
    places = np.rint(np.asarray(ring) * [SQUEEZE / STEP, 1 / STEP]).astype(int)
    moved = places[np.append(True, (np.diff(places, axis=0) != 0).any(axis=1))]
    if len(moved) < 4:
        return moved.tolist()
    before, after = moved[1:-1] - moved[:-2], moved[2:] - moved[1:-1]
    bends = before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]
    return moved[np.concatenate([[True], bends, [True]])].tolist()


def _cell(corner: Sequence[float]) -> Ring:
    x, y = (int(v) for v in np.rint(np.asarray(corner) * [SQUEEZE / STEP, 1 / STEP]))
    return [[x, y], [x, y + 1], [x + 1, y + 1], [x + 1, y], [x, y]]


@cache
def spots() -> list[dict[str, Any]]:
    """One point a municipality, in the middle of its largest part, for a mark beside the shade."""
    largest: dict[str, np.ndarray] = {}
    for feature in features():
        for part in feature["geometry"]["coordinates"]:
            ring = np.asarray(part[0])
            old = largest.get(feature["code"])
            largest[feature["code"]] = ring if old is None or len(ring) > len(old) else old
    middles = {code: (ring.min(axis=0) + ring.max(axis=0)) / 2 for code, ring in largest.items()}
    return [{"code": code, "x": float(x), "y": float(y)} for code, (x, y) in middles.items()]


def fixed() -> dict[str, list[dict[str, Any]]]:
    """What `choropleth` is fed once."""
    return {"shapes": features(), "borders": borders(), "spots": spots()}


def choropleth(shades: Sequence[str]) -> alt.LayerChart:
    """The municipalities in the shade of their row, a dot on those that are marked.

    Fed once: `fixed`; at each move: "places" with code, shade, tip and mark.

    Parameters
    ----------
    shades : sequence of str
        Every shade that a row may name.
    """
    said = alt.LookupData(alt.NamedData("places"), "code", ["shade", "tip", "mark"])
    land = chart_of("shapes").transform_lookup("code", said)
    edges = chart_of("borders")
    marks = chart_of("spots").transform_lookup("code", said)
    marks = marks.transform_filter("datum.mark").encode(
        longitude="x:Q", latitude="y:Q", shape=looks.shape("mark", MARKS)
    )
    size = alt.value(alt.expr("width < 380 ? 14 : 26"))
    ink = {"fill": theme.colour("ink"), "stroke": theme.colour("paper"), "strokeWidth": 0.6}
    return (
        alt.layer(
            land.mark_geoshape(stroke=theme.colour("edge"), strokeWidth=0.25).encode(
                color=looks.colour("shade", shades), tooltip="tip:N"
            ),
            edges.mark_geoshape(fill=None, stroke=theme.colour("muted"), strokeWidth=0.8),
            marks.mark_point(opacity=1, **ink).encode(size=size, tooltip="tip:N"),
        )
        .project("identity", reflectY=True)
        .properties(height=HEIGHT, padding=1, usermeta={"aspect": 1.15})
    )
