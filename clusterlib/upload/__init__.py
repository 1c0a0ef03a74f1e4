r"""A learner's own CSV, XLSX or GeoJSON, treated as hostile: bytes and a name in, a table out.

>>> content = "region,2019,2020\nDaejeon,10,20\nChungbuk,5,X\n".encode()
>>> from clusterlib import upload
>>> own = upload.read("own.csv", content)
>>> own.frame[["region", "period", "value"]].values.tolist()[:2]
[['daejeon', 2019, 10.0], ['daejeon', 2020, 20.0]]
>>> own.report.gaps
{'suppressed': [3]}

Nothing here opens a file or an address: the caller hands over bytes, at most 8 MB.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from clusterlib import catalog
from clusterlib.errors import UploadRefused
from clusterlib.upload.cells import Cell, number
from clusterlib.upload.geojson import from_geojson
from clusterlib.upload.grid import Grid, from_csv
from clusterlib.upload.kinds import recognise
from clusterlib.upload.layout import Layout, columns_of_features, lay_out
from clusterlib.upload.matching import Matching, Unmatched, match
from clusterlib.upload.places import Place
from clusterlib.upload.points import locate, prove
from clusterlib.upload.report import Report, Upload, report_of, said_place
from clusterlib.upload.roles import assign
from clusterlib.upload.sheets import from_xlsx
from clusterlib.upload.tidy import tidy

__all__ = ["Place", "Report", "Unmatched", "Upload", "example", "read", "said_place"]
EXAMPLE = catalog.ROOT / "examples" / "establishments.csv"
SHOWN = 8  # rows of the preview


def read(
    name: str,
    content: bytes,
    *,
    places: Mapping[str, str | None] | None = None,
    codes: str | None = None,
    sheet: str | None = None,
) -> Upload:
    """Read a file as a checked table.

    Parameters
    ----------
    name : str
        The file's name, for messages only; it is never opened.
    content : bytes
        The file itself.
    places : mapping, optional
        Answers about names that did not match, as the report lists them: a region's key, a
        municipality's five digits, or None to leave the rows out.
    codes : str, optional
        "kostat" or "mois", where a column of codes could mean either.
    sheet : str, optional
        Which sheet of an .xlsx; by default the first that shows and holds something.

    Returns
    -------
    Upload
        With `frame`, `report`, `points`, `matrix()`, `aside`, `shapes`, `preview`.

    Raises
    ------
    UploadRefused
        For anything that cannot be used whole, naming file, line and remedy.
    """
    file = shown_name(name)
    if not isinstance(content, bytes | bytearray | memoryview):
        raise UploadRefused("upload_no_bytes", file)
    content = bytes(content)
    kind = recognise(file, content)
    features: list[dict[str, Any]] = []
    if kind == "geojson":
        grid, features = from_geojson(file, content)
    else:
        grid = from_csv(file, content) if kind == "csv" else from_xlsx(file, content, sheet)
    return _understood(file, kind, grid, features, places or {}, codes)


def example() -> tuple[str, bytes]:
    """The kit's example of a learner's file: made-up firms, each with address and industry."""
    return EXAMPLE.name, EXAMPLE.read_bytes()


def shown_name(name: str) -> str:
    """A file's name fit to be shown: no folders, no control characters, not too long."""
    last = re.split(r"[/\\\\]", str(name))[-1]
    clean = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable())
    return clean[:80] or "?"


def _understood(
    file: str,
    kind: str,
    grid: Grid,
    features: list[dict[str, Any]],
    places: Mapping[str, str | None],
    codes: str | None,
) -> Upload:
    layout = columns_of_features(grid) if kind == "geojson" else lay_out(file, grid)
    assign(file, layout)
    _prove_points(file, layout)
    found = match(file, layout, places, codes) or _by_coordinates(layout)
    if found is None and features:
        return _only_shapes(file, kind, layout, grid, features)
    if found is None or not any(place and place.region for place in found.places):
        example = next((cell for row in layout.rows for cell in row.cells if cell), "")
        raise UploadRefused("upload_no_places", file, layout.rows[0].line, example=example[:40])
    table = tidy(file, layout, found)
    report = report_of(kind, layout, found, table, grid.how)
    shapes = {"type": "FeatureCollection", "features": features} if features else None
    return Upload(file, report, _preview(grid), table.aside, shapes, table.frame)


def _points(layout: Layout) -> list[list[Cell]]:
    """Longitude and latitude of each row; nothing where the table does not have both."""
    at = {column.role: column.at for column in layout.columns}
    rows = layout.rows if {"lon", "lat"} <= set(at) else []
    return [[number(row.cells[at[axis]]) for axis in ("lon", "lat")] for row in rows]


def _prove_points(file: str, layout: Layout) -> None:
    for row, (lon, lat) in zip(layout.rows, _points(layout), strict=False):
        if not (lon.gap and lat.gap):
            prove(file, row.line, lon.value, lat.value)


def _by_coordinates(layout: Layout) -> Matching | None:
    pairs = [(lon.value, lat.value) for lon, lat in _points(layout)]
    if not pairs:
        return None
    known = [i for i, pair in enumerate(pairs) if None not in pair]
    found = locate([pairs[i][0] for i in known], [pairs[i][1] for i in known])
    places: list[Place | None] = [None] * len(pairs)
    for i, place in zip(known, found, strict=True):
        places[i] = place
    names = ["" if None in pair else f"{pair[0]:.5f}, {pair[1]:.5f}" for pair in pairs]
    matching = Matching(names, places, "municipality", listing=True)
    for name, place, row in zip(names, places, layout.rows, strict=True):
        if place is None:
            matching.unmatched.setdefault(name, Unmatched(name, [], [])).lines.append(row.line)
    return matching


def _only_shapes(
    file: str, kind: str, layout: Layout, grid: Grid, features: list[dict[str, Any]]
) -> Upload:
    """Areas or lines without names of regions: nothing to match, still something to draw."""
    report = Report(kind, rows=len(features), columns=layout.columns, how=grid.how)
    shapes = {"type": "FeatureCollection", "features": features}
    return Upload(file, report, _preview(grid), shapes=shapes)


def _preview(grid: Grid) -> list[list[str]]:
    return [[cell[:60] for cell in row.cells[:12]] for row in grid.rows[:SHOWN]]
