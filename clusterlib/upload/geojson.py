"""GeoJSON, read by the kit's own checks: json.loads and nothing that could open another file."""

from __future__ import annotations

import json
import math
from typing import Any

from clusterlib.errors import UploadRefused
from clusterlib.upload import limits
from clusterlib.upload.grid import CONTROL, Grid, Row, decoded
from clusterlib.upload.points import prove

NESTING = {"Point": 0, "MultiPoint": 1, "LineString": 1, "Polygon": 2, "MultiPolygon": 3}
DEGREES = ("CRS84", "4326")


class _NotFinite(ValueError):
    pass


def from_geojson(file: str, content: bytes) -> tuple[Grid, list[dict[str, Any]]]:
    """The properties as a grid (a feature is a line) and the features, proved one by one.

    Raises UploadRefused with the number of the feature that is not sound.
    """
    text, encoding = decoded(file, content)
    features = _features(file, _parsed(file, text))
    budget = [limits.VERTICES]
    for number, feature in enumerate(features, start=1):
        _prove(file, number, feature, budget)
    return _grid(features, encoding), features


def _parsed(file: str, text: str) -> Any:
    _shallow(file, text)

    def refuse(name: str) -> None:
        raise _NotFinite(name)

    try:
        return json.loads(text, parse_constant=refuse)
    except _NotFinite as broken:
        raise UploadRefused("upload_not_finite", file, value=str(broken)) from broken
    except json.JSONDecodeError as broken:
        raise UploadRefused("upload_json", file, broken.lineno, column=broken.colno) from broken
    except (ValueError, RecursionError) as broken:  # a number of thousands of digits
        raise UploadRefused("upload_json", file, 1, column=1) from broken


def _shallow(file: str, text: str) -> None:
    """Count brackets before anything builds them; those inside strings only make it stricter."""
    depth = 0
    for sign in filter("[]{}".__contains__, text):
        depth += 1 if sign in "[{" else -1
        if depth > limits.DEPTH:
            raise UploadRefused("upload_too_deep", file, 1, limit=limits.DEPTH)


def _features(file: str, found: Any) -> list[dict[str, Any]]:
    kind = found.get("type") if isinstance(found, dict) else None
    if kind == "Feature":
        found, kind = {"features": [found]}, "FeatureCollection"
    if kind == "Topology":
        raise UploadRefused("upload_topojson", file, 1)
    features = found.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list):
        raise UploadRefused("upload_no_features", file, 1)
    _prove_system(file, found.get("crs"))
    if not features:
        raise UploadRefused("upload_no_rows", file, line=1)
    if len(features) > limits.ROWS:
        raise UploadRefused("upload_too_many_rows", file, limits.ROWS + 1, limit=limits.ROWS)
    return features


def _prove_system(file: str, system: Any) -> None:
    if system is None:
        return
    named = json.dumps(system)[:200]
    if not any(name in named for name in DEGREES):
        raise UploadRefused("upload_system", file, 1, system=named[:80])


def _prove(file: str, number: int, feature: Any, budget: list[int]) -> None:
    sound = isinstance(feature, dict) and feature.get("type") == "Feature"
    shape = feature.get("geometry") if sound else None
    if not sound or not isinstance(feature.get("properties") or {}, dict):
        raise UploadRefused("upload_bad_feature", file, number)
    if shape is None:
        return
    depth = NESTING.get(shape.get("type", "")) if _typed(shape) else None
    if depth is None:
        raise UploadRefused("upload_bad_geometry", file, number)
    _walk(file, number, shape.get("coordinates"), depth, budget)
    if depth >= 2:
        parts = shape["coordinates"] if depth == 3 else [shape["coordinates"]]
        _prove_rings(file, number, parts)


def _typed(shape: Any) -> bool:
    return isinstance(shape, dict) and isinstance(shape.get("type"), str)


def _walk(file: str, number: int, value: Any, depth: int, budget: list[int]) -> None:
    if not isinstance(value, list) or not value:
        raise UploadRefused("upload_bad_geometry", file, number)
    if depth:
        for inner in value:
            _walk(file, number, inner, depth - 1, budget)
        return
    budget[0] -= 1
    if budget[0] < 0:
        raise UploadRefused("upload_too_many_vertices", file, number, limit=limits.VERTICES)
    if not 2 <= len(value) <= 4:
        raise UploadRefused("upload_bad_geometry", file, number)
    prove(file, number, value[0], value[1])


def _prove_rings(file: str, number: int, parts: list[Any]) -> None:
    for rings in parts:
        for ring in rings:
            if len(ring) < 4 or ring[0] != ring[-1]:
                raise UploadRefused("upload_open_ring", file, number)


def _grid(features: list[dict[str, Any]], encoding: str) -> Grid:
    """Properties as a table, with the coordinates of points as two more columns."""
    names = list(dict.fromkeys(k for f in features for k in f.get("properties") or {}))
    names = names[: limits.COLUMNS]
    points = any((f.get("geometry") or {}).get("type") == "Point" for f in features)
    rows = [Row(0, [*names, *(["lon", "lat"] if points else [])])]
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") or {}
        cells = [_cell(properties.get(name)) for name in names]
        rows.append(Row(number, cells + (_lonlat(feature) if points else [])))
    return Grid(rows, {"encoding": encoding})


def _lonlat(feature: dict[str, Any]) -> list[str]:
    shape = feature.get("geometry") or {}
    return [repr(v) for v in shape["coordinates"][:2]] if shape.get("type") == "Point" else ["", ""]


def _cell(value: Any) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, float):
        return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)
    return CONTROL.sub(" ", str(value))[: limits.CELL].strip()
