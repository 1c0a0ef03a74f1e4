"""synthetic_establishments: plants that nobody owns, drawn by chance for practice.

Sites, numbers and middle sizes are ours (raw/coding_synthetic_sites.csv). A plant falls around
its site until it lies within the site's shape of geo/municipalities.geojson; sizes are lognormal.
One seed, so everybody practises on the same plants.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from math import cos, log, radians
from random import Random

from common import DATA, Row, lookup, own, raw

SEED = 916
SPREAD_OF_SIZE = 0.9
KM_PER_DEGREE = 111.2
Ring = list[list[float]]


def rows() -> list[Row]:
    """Give one row an invented plant, in the order of the sites."""
    chance = Random(SEED)
    drawn = [
        plant(site, chance)
        for site in raw("coding_synthetic_sites")
        for _ in range(int(site["establishments"]))
    ]
    return [{"establishment": f"S{n:03}", **row} for n, row in enumerate(drawn, 1)]


def plant(site: Row, chance: Random) -> Row:
    """Draw one plant of a site: its place, then its workers."""
    lon, lat = near(site, chance)
    workers = chance.lognormvariate(log(float(site["workers_mid"])), SPREAD_OF_SIZE)
    sector = lookup("coding_synthetic_sectors", "sector")[site["sector"]]
    where = {"lon": f"{lon:.5f}", "lat": f"{lat:.5f}", "workers": str(max(1, round(workers)))}
    return {**place(site["shape"]), **sector, **where, **own()}


def near(site: Row, chance: Random) -> tuple[float, float]:
    """Draw points around a site until one lies within its shape."""
    spread = float(site["spread_km"]) / KM_PER_DEGREE
    lon, lat = float(site["lon"]), float(site["lat"])
    while True:
        at = chance.gauss(lon, spread / cos(radians(lat))), chance.gauss(lat, spread)
        if within(*at, site["shape"]):
            return at


def within(lon: float, lat: float, shape: str) -> bool:
    """Say whether a point lies in a shape: a ray from it crosses the rings at odd times."""
    crossed = 0
    for ring in rings()[shape]:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                crossed += 1
    return crossed % 2 == 1


@cache
def rings() -> dict[str, list[Ring]]:
    """Give every ring of each shape of the municipal layer."""
    layer = json.loads((DATA / "geo" / "municipalities.geojson").read_text(encoding="utf-8"))
    return {
        feature["properties"]["code"]: outlines(feature["geometry"])
        for feature in layer["features"]
    }


def outlines(geometry: dict) -> list[Ring]:
    """List the rings of a polygon or of several."""
    many = geometry["type"] == "MultiPolygon"
    return [
        r for part in (geometry["coordinates"] if many else [geometry["coordinates"]]) for r in part
    ]


@cache
def crosswalk() -> dict[str, Row]:
    """Index the tidy crosswalk by the codes of the map's shapes."""
    with (DATA / "tidy" / "code_crosswalk.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file) if row["level"] != "province"}


def place(shape: str) -> Row:
    """Give the code, the names and the province of the municipality that a shape is part of."""
    row = crosswalk()[shape]
    names = {name: row[name] for name in ("municipality_ko", "municipality_en", "region")}
    return {"code": row["municipality"], **names}
