"""Outlines of the provinces: where their labels go, and lines that hatch them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from clusterlib import datasets

# Degrees of longitude are this much shorter than degrees of latitude in the middle of Korea.
SQUEEZE = 0.8
# Distance of hatching lines: degrees on the map, shares of a side on a tile.
MAP_STEP, TILE_STEP = 0.075, 0.2
# Half of the gap between two tiles, as a share of a tile.
GAP = 0.015
Segment = dict[str, float]


@cache
def features() -> list[dict[str, Any]]:
    """The provinces as GeoJSON features, the region's key at the top for look-ups."""
    return [
        {"type": "Feature", "region": f["properties"]["region"], "geometry": f["geometry"]}
        for f in datasets.shapes("provinces")["features"]
    ]


@cache
def mainlands() -> dict[str, np.ndarray]:
    """The longest ring of each province: where its label and its hatching go."""
    found = {}
    for feature in features():
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        found[feature["region"]] = np.asarray(max((part[0] for part in parts), key=len))
    return found


@cache
def _corners() -> dict[str, np.ndarray]:
    """All corners of each province, its holes among them."""
    found = {}
    for feature in features():
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
    ring, corners = mainlands()[region], _corners()[region]
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
    return hatching(mainlands()[region], MAP_STEP, SQUEEZE)


def tile_hatching(column: int, row: int) -> list[Segment]:
    """Hatching of one tile, in columns and rows."""
    low, high = GAP, 1 - GAP
    square = np.array([[low, low], [high, low], [high, high], [low, high], [low, low]])
    return hatching(square + np.array([column, row]), TILE_STEP)
