"""What data exist, proved whole: data/datapackage.json is the only catalogue."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from clusterlib.errors import DataChanged, DataMissing, KitError, UnknownName

ROOT = Path(__file__).resolve().parent.parent / "data"
# Tables that `python -m clusterlib refresh` fetched, with a catalogue of their own; not in git.
REFRESHED = ROOT / "own" / "refreshed"


@cache
def records(root: Path = ROOT) -> dict[str, dict[str, Any]]:
    """Every record of the catalogue by name.

    Raises DataMissing when the catalogue is not there and KitError when it is not readable.
    """
    path = root / "datapackage.json"
    if not path.is_file():
        raise DataMissing("data_missing", path="data/datapackage.json")
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        return {record["name"]: record for record in package["resources"]}
    except (json.JSONDecodeError, KeyError, TypeError) as broken:
        raise KitError("catalogue_broken", why=str(broken)) from broken


def record(name: str, root: Path = ROOT) -> dict[str, Any]:
    """One record: path, fields, sources, caveats; raises UnknownName with the nearest name."""
    known = records(root)
    if name not in known:
        raise UnknownName("unknown_table", name, known)
    return known[name]


@cache
def read(name: str, root: Path = ROOT) -> bytes:
    """The bytes of one data file, after proving that they are the ones the catalogue sealed.

    Raises
    ------
    DataMissing
        When the file is not there.
    DataChanged
        When its sha256 differs from the catalogue's.
    """
    entry = record(name, root)
    path = root / entry["path"]
    if not path.is_file():
        raise DataMissing("data_missing", path=f"data/{entry['path']}")
    content = path.read_bytes()
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != entry["hash"]:
        raise DataChanged("data_changed", path=f"data/{entry['path']}")
    return content


def verify(root: Path = ROOT) -> list[str]:
    """Read every record once and return their names; raises what `read` raises."""
    names = list(records(root))
    for name in names:
        read(name, root)
    return names


def problems(root: Path = ROOT) -> list[KitError]:
    """What is wrong with the files of a catalogue, all of it; an empty list when it is whole."""
    found = []
    for name in records(root):
        try:
            read(name, root)
        except KitError as problem:
            found.append(problem)
    return found


def refreshed(folder: Path | None = None) -> dict[str, dict[str, Any]]:
    """The records of the tables that this computer fetched; none is the rule.

    A catalogue that cannot be read counts as none: it can be fetched again, and `check` says so.
    """
    folder = folder or REFRESHED
    try:
        return records(folder) if (folder / "datapackage.json").is_file() else {}
    except KitError:
        return {}


def forget() -> None:
    """Read catalogues and files again from the disk: they have changed."""
    records.cache_clear()
    read.cache_clear()


def fields(name: str) -> dict[str, dict[str, Any]]:
    """The columns of a table by name: type, unit, title_ko, title_en."""
    return {field["name"]: field for field in record(name)["schema"]["fields"]}


def key(name: str) -> list[str]:
    """The columns that identify a row of a table."""
    declared = record(name)["schema"].get("primaryKey", [])
    return [declared] if isinstance(declared, str) else list(declared)
