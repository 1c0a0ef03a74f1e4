"""Coordinates: proved finite and in Korea, and the municipality that each point lies in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

from clusterlib import datasets
from clusterlib.errors import UploadRefused
from clusterlib.upload.places import Place

# Degrees west, south, east and north around Korea with its islands and the sea between them.
BOX = (123.5, 32.5, 132.5, 39.5)
# Metres in the systems that Korean portals use, as they appear in files by mistake.
METRES = {
    "EPSG:5179": (700_000, 1_300_000, 1_450_000, 2_200_000),
    "EPSG:5186": (0, 0, 600_000, 900_000),
}


def prove(file: str, line: int, lon: Any, lat: Any) -> None:
    """Raise UploadRefused unless a pair of degrees lies in or around Korea."""
    sound = all(
        isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v)
        for v in (lon, lat)
    )
    if not sound:
        raise UploadRefused("upload_not_coordinates", file, line)
    if _in(BOX, lon, lat):
        return
    shown = {"lon": float(lon), "lat": float(lat)}
    if _in(BOX, lat, lon):
        raise UploadRefused("upload_swapped", file, line, **shown)
    for system, box in METRES.items():
        if (abs(lon) > 1000 and _in(box, lon, lat)) or (abs(lat) > 1000 and _in(box, lat, lon)):
            raise UploadRefused("upload_projected", file, line, system=system, **shown)
    raise UploadRefused("upload_outside", file, line, **shown)


def _in(box: tuple[float, ...], x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


@cache
def _map() -> tuple[Any, list[Place]]:
    from shapely import STRtree
    from shapely.geometry import shape

    features = datasets.shapes("municipalities")["features"]
    places = [Place(f["properties"]["region"], f["properties"]["code"]) for f in features]
    return STRtree([shape(f["geometry"]) for f in features]), places


def locate(lons: Sequence[float], lats: Sequence[float]) -> list[Place | None]:
    """The municipality of each point; the nearest one within about 3 km of the coast."""
    import shapely

    tree, places = _map()
    points = shapely.points(lons, lats)
    found: list[Place | None] = [None] * len(points)
    for point, shape in tree.query(points, predicate="intersects").T:
        found[point] = found[point] or places[shape]
    lost = [at for at, place in enumerate(found) if place is None]
    if lost:
        pairs, _ = tree.query_nearest(points[lost], max_distance=0.03, return_distance=True)
        for at, shape in pairs.T:
            found[lost[at]] = places[shape]
    return found
