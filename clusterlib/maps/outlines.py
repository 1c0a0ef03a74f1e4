"""Outlines of the provinces: where their labels go, and lines that hatch them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from clusterlib import datasets

# A degree of longitude is this much shorter than one of latitude in the middle of Korea. Charts get
# plane coordinates: a browser that had to project 5,000 points anew at each move would stutter.
SQUEEZE = 0.8
# Distance of hatching lines: degrees of latitude on the map, shares of a side on a tile.
MAP_STEP, TILE_STEP = 0.075, 0.2
# Half of the gap between two tiles, as a share of a tile.
GAP = 0.015
Segment = dict[str, float]


@cache
def features() -> list[dict[str, Any]]:
    """The provinces as GeoJSON features in the plane, the region's key at the top for look-ups."""
    return [
        {
            "type": "Feature",
            "region": feature["properties"]["region"],
            "geometry": {"type": "MultiPolygon", "coordinates": _plane(feature["geometry"])},
        }
        for feature in datasets.shapes("provinces")["features"]
    ]


def _plane(shape: dict[str, Any]) -> list[list[list[list[float]]]]:
    return [
        [[[round(lon * SQUEEZE, 4), lat] for lon, lat in ring] for ring in part]
        for part in polygons(shape)
    ]


def polygons(shape: dict[str, Any]) -> list[Any]:
    """The parts of a GeoJSON geometry, of one part or of several."""
    many = shape["type"] == "MultiPolygon"
    return shape["coordinates"] if many else [shape["coordinates"]]


@cache
def mainlands() -> dict[str, np.ndarray]:
    """The longest ring of each province: where its label and its hatching go."""
    return {name: np.asarray(max((p[0] for p in parts), key=len)) for name, parts in _parts()}


@cache
def _corners() -> dict[str, np.ndarray]:
    """All corners of each province, its holes among them."""
    return {name: np.concatenate([ring for p in parts for ring in p]) for name, parts in _parts()}


def _parts() -> list[tuple[str, list[Any]]]:
    return [(feature["region"], feature["geometry"]["coordinates"]) for feature in features()]


@cache
def middle(region: str) -> tuple[float, float]:
    """A point of the plane well inside a province's largest part.

    Of a grid of points, the one that is farthest from every corner of the outline: a centroid
    would put the label of a province that surrounds another one into that other one.
    """
    ring, corners = mainlands()[region], _corners()[region]
    grid = np.stack(np.meshgrid(*(np.linspace(*_ends(axis), 24) for axis in ring.T)), -1)
    points = grid.reshape(-1, 2)[_inside(grid.reshape(-1, 2), ring)]
    away = ((points[:, None] - corners) ** 2).sum(-1).min(-1)
    x, y = points[np.argmax(away)]
    return float(x), float(y)


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


def hatching(ring: np.ndarray, step: float) -> list[Segment]:
    """Slanting line segments that fill a ring.

    Drawn as lines and not as a pattern, they survive in every download.

    Parameters
    ----------
    ring : array
        Points (x, y), the last equal to the first.
    step : float
        Height between two lines, in the units of the points.

    >>> square = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    >>> [round(v, 3) for v in hatching(square, 1.0)[0].values()]
    [0.0, 0.5, 0.5, 0.0]
    """
    x, y = ring.T.astype(float)
    height = x + y
    lines = []
    for level in np.arange(height.min() + step / 2, height.max(), step):
        crossed = np.flatnonzero((height[:-1] < level) != (height[1:] < level))
        share = (level - height[crossed]) / (height[crossed + 1] - height[crossed])
        across = np.sort(x[crossed] + share * (x[crossed + 1] - x[crossed]))
        for left, right in zip(across[::2], across[1::2], strict=False):
            ends = (left, level - left, right, level - right)
            lines.append(dict(zip(("x", "y", "x2", "y2"), map(float, ends), strict=True)))
    return lines


def map_hatching(region: str) -> list[Segment]:
    """Hatching of one province on the map."""
    return hatching(mainlands()[region], MAP_STEP)


def tile_hatching(column: int, row: int) -> list[Segment]:
    """Hatching of one tile, in columns and rows."""
    low, high = GAP, 1 - GAP
    square = np.array([[low, low], [high, low], [high, high], [low, high], [low, low]])
    return hatching(square + np.array([column, row]), TILE_STEP)
