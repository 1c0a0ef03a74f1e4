"""A learner's own rows beside the kit's tables: data/own, which no update of the kit touches.

A file there has the name of a table and some of its columns; `check` proves and seals the files,
`rows` gives them typed as the table is. The kit's own files and their seals stay as they are.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import re
from pathlib import Path
from typing import Any

from clusterlib import catalog
from clusterlib.errors import BadInput, DataChanged, UnknownName
from clusterlib.i18n import catalogue

FOLDER = catalog.ROOT / "own"
SEAL = "seal.json"
SOURCE = "own"  # what `source` and `confidence` say of such rows
KIND = "own"  # the kind of a region that a learner has added
STARTERS = ("population", "grdp_per_head", "net_migration")
KEY = re.compile(r"[a-z][a-z0-9_]{1,30}")
WHOLE = re.compile(r"-?\d{1,15}")
# Filled in by the kit: from the region's own row, or because the rows are the learner's.
GIVEN = {"source", "confidence", "name_ko", "name_en"}
TRUE, FALSE = {"true", "1"}, {"false", "0"}

Rows = list[dict[str, str]]


def start(key: str, name_ko: str, name_en: str) -> list[Path]:
    """Begin a region: its row in data/own/regions.csv, and files with only a header to fill.

    Files that are there already keep their rows. Raises BadInput for a key that is none or taken.
    """
    if not KEY.fullmatch(key):
        raise BadInput("own_bad_key", asked=key)
    known = [row["region"] for row in [*_kit_rows("regions"), *_read("regions")]]
    if key in known:
        raise BadInput("own_key_taken", asked=key)
    FOLDER.mkdir(exist_ok=True)
    added = {"region": key, "name_ko": name_ko, "name_en": name_en}
    made = [_write("regions", [*_read("regions"), added], list(added))]
    made += [_write(name, [], to_fill(name)) for name in STARTERS if not _path(name).exists()]
    return made


def to_fill(name: str) -> list[str]:
    """The columns of a table that its own file must have: keys and what is required."""
    fields = catalog.fields(name)
    required = [f for f, about in fields.items() if about.get("constraints", {}).get("required")]
    return [f for f in required if f not in GIVEN]


def check() -> dict[str, int]:
    """Prove every file of data/own and seal it; returns the rows of each.

    Raises
    ------
    UnknownName
        When a file is named like no table.
    BadInput
        With file and line, for a value that its table could not hold.
    """
    found = {}
    for path in sorted(FOLDER.glob("*.csv")):
        catalog.record(path.stem)  # raises with the nearest table's name
        found[path.stem] = len(_proved(path.stem))
    if not found:
        raise BadInput("own_nothing")
    seal = {name: _hash(name) for name in found}
    text = json.dumps(seal, indent=1) + "\n"
    (FOLDER / SEAL).write_text(text, encoding="utf-8")
    return found


def rows(name: str) -> Rows:
    """The sealed rows of a table, as text, every column filled; none when there is no file.

    Raises DataChanged when a file was changed after it was sealed.
    """
    if name == "sources":
        return _source() if FOLDER.is_dir() else []
    if not _path(name).is_file():
        return []
    sealed = FOLDER / SEAL
    known = json.loads(sealed.read_text(encoding="utf-8")) if sealed.is_file() else {}
    if known.get(name) != _hash(name):
        raise DataChanged("own_unsealed", path=f"data/own/{name}.csv")
    return _proved(name)


def _source() -> Rows:
    said = catalogue("upload")["own.source"]
    row = dict.fromkeys(catalog.fields("sources"), "")
    return [{**row, "source": SOURCE, "title": said["ko"], **_both("short", said)}]


def _both(stem: str, said: dict[str, str]) -> dict[str, str]:
    return {f"{stem}_{lang}": text for lang, text in said.items()}


def _path(name: str) -> Path:
    return FOLDER / f"{name}.csv"


def _hash(name: str) -> str:
    return hashlib.sha256(_path(name).read_bytes()).hexdigest()


def _write(name: str, rows: Rows, columns: list[str]) -> Path:
    # With a BOM, so that a spreadsheet on Windows shows Korean when the file is opened.
    with _path(name).open("w", encoding="utf-8-sig", newline="") as file:
        columns = list(dict.fromkeys([*columns, *(name for row in rows for name in row)]))
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return _path(name)


def _kit_rows(name: str) -> Rows:
    return list(csv.DictReader(io.StringIO(catalog.read(name).decode("utf-8"))))


def _read(name: str) -> Rows:
    """The rows of an own file as text; Excel's two ways of saving Korean are both read."""
    if not _path(name).is_file():
        return []
    content = _path(name).read_bytes()
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval=None)
        return [{**row, "_line": str(reader.line_num)} for row in reader if any(row.values())]
    raise BadInput("own_encoding", path=_said(name))


def _said(name: str) -> str:
    return f"data/own/{name}.csv"


def _proved(name: str) -> Rows:
    """Every row with every column, each value one that the table could hold."""
    fields, keys = catalog.fields(name), catalog.key(name)
    found = _read(name)
    _prove_columns(name, found, fields)
    taken = {tuple(row[k] for k in keys): 0 for row in _kit_rows(name)}
    names = _names(name)
    whole = []
    for row in found:
        line = int(row.pop("_line"))
        filled = {f: (row.get(f) or "").strip() for f in fields}
        filled |= _given(filled, fields, names, name)
        _prove_region(name, line, filled, names)
        for field, about in fields.items():
            _prove(name, line, field, about, filled[field])
        key = tuple(filled[k] for k in keys)
        if key in taken:
            raise BadInput("own_row_taken", path=_said(name), line=line, row=" ".join(key))
        taken[key] = line
        whole.append(filled)
    return whole


def _prove_columns(name: str, found: Rows, fields: dict[str, Any]) -> None:
    for row in found:
        if "" in row or None in row.values():
            raise BadInput("own_width", path=_said(name), line=row["_line"])
        for column in row:
            if column not in fields and column != "_line":
                raise UnknownName("unknown_field", column, fields)


def _names(name: str) -> dict[str, dict[str, str]]:
    listed = [*_kit_rows("regions"), *(_read("regions") if name != "regions" else [])]
    return {row["region"]: row for row in listed}


def _given(
    row: dict[str, str], fields: dict[str, Any], names: dict[str, dict[str, str]], name: str
) -> dict[str, str]:
    """What the kit fills in where the learner left it out."""
    filled = {"source": SOURCE, "confidence": SOURCE}
    if name == "regions":
        filled |= {
            f"full_{lang}": row[f"full_{lang}"] or row[f"name_{lang}"] for lang in ("ko", "en")
        }
        filled |= {"kind": row["kind"] or KIND}
    elif row.get("region") in names:
        filled |= {f"name_{lang}": names[row["region"]][f"name_{lang}"] for lang in ("ko", "en")}
    return {field: value for field, value in filled.items() if field in fields}


def _prove(name: str, line: int, field: str, about: dict[str, Any], value: str) -> None:
    where = {"path": _said(name), "line": line, "column": field, "given": value}
    limits = about.get("constraints", {})
    if not value:
        if limits.get("required"):
            raise BadInput("own_blank", **where)
        return
    if not _fits(about["type"], value):
        raise BadInput("own_not_a_number", **where)
    least, most = limits.get("minimum", -math.inf), limits.get("maximum", math.inf)
    if (least, most) != (-math.inf, math.inf) and not least <= float(value) <= most:
        raise BadInput("own_out_of_range", **where)
    if "enum" in limits and value not in [*limits["enum"], SOURCE]:
        raise BadInput("own_not_listed", known=", ".join(map(str, limits["enum"])), **where)


def _fits(kind: str, value: str) -> bool:
    if kind in ("integer", "year"):
        return bool(WHOLE.fullmatch(value))
    if kind == "boolean":
        return value.casefold() in TRUE | FALSE
    if kind == "number":
        try:
            return math.isfinite(float(value)) and "_" not in value
        except ValueError:
            return False
    return True


def _prove_region(
    name: str, line: int, row: dict[str, str], names: dict[str, dict[str, str]]
) -> None:
    if name == "regions" and not KEY.fullmatch(row["region"]):
        raise BadInput("own_bad_key", asked=row["region"])
    if name != "regions" and row.get("region") and row["region"] not in names:
        raise BadInput(
            "own_no_region",
            path=_said(name),
            line=line,
            given=row["region"],
            known=", ".join(names),
        )
