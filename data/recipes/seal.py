"""Seal the catalogue: python data/recipes/seal.py [--check].

Counts rows and bytes and takes the sha256 of each file named in datapackage.json;
everything else in the catalogue is written by hand and kept as it is.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from pathlib import Path

from common import DATA

WIDTH = 200


def count_rows(path: Path) -> int:
    """Count the records of a CSV, the features of a GeoJSON, the entries of other JSON."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.reader(file)) - 1
    content = json.loads(path.read_text(encoding="utf-8"))
    return len(content["features"] if path.suffix == ".geojson" else content)


def measure(path: Path) -> dict[str, int | str]:
    """Give the rows, the bytes and the hash of one data file."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"bytes": len(content), "hash": f"sha256:{digest}", "rows": count_rows(path)}


def complaints(package: dict, folder: Path) -> list[str]:
    """Say, one sentence each, which files differ from their records."""
    found = []
    for record in package["resources"]:
        path = folder / record["path"]
        if not path.is_file():
            found.append(f"{record['path']} is in the catalogue but not on disk; make it again.")
        elif any(record.get(key) != value for key, value in measure(path).items()):
            found.append(f"{record['path']} differs from its seal; if that is meant, seal again.")
        elif path.suffix == ".csv" and header(path) != field_names(record):
            found.append(f"{record['path']} has other columns than its schema names.")
    return found


def header(path: Path) -> list[str]:
    """Read the column names of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def field_names(record: dict) -> list[str]:
    """List the field names of a record's schema."""
    return [field["name"] for field in record["schema"]["fields"]]


def compact(value: object, indent: int = 0) -> str:
    """Write JSON with whatever fits a line on one line, so that a field is a line to edit."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or len(line) + indent <= WIDTH:
        return line
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        inner = [f"{json.dumps(key)}: {compact(item, indent + 1)}" for key, item in value.items()]
    else:
        inner = [compact(item, indent + 1) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{pad}" + f",\n{pad}".join(inner) + f"\n{' ' * indent}{closing}"


def main(arguments: list[str] | None = None) -> int:
    """Seal the catalogue, or with --check only say what does not match it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="verify only; exit 1 on a difference")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of datapackage.json")
    asked = parser.parse_args(arguments)
    catalogue = asked.data / "datapackage.json"
    package = json.loads(catalogue.read_text(encoding="utf-8"))
    if not asked.check:
        for record in package["resources"]:
            if (asked.data / record["path"]).is_file():
                record.update(measure(asked.data / record["path"]))
        catalogue.write_text(compact(package) + "\n", encoding="utf-8", newline="\n")
    found = complaints(package, asked.data)
    print("\n".join(found) or f"{len(package['resources'])} files match the catalogue.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
