"""Where fetched tables lie: data/own/refreshed, with a sealed catalogue of its own.

Nothing of the kit is overwritten. The new file gets a new name, then the catalogue is replaced in
one step: whoever reads meanwhile finds the old table whole or the new one whole.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from clusterlib import catalog
from clusterlib.errors import KitError

Row = dict[str, Any]


def put(record: Mapping[str, Any], rows: list[Row], at: datetime, folder: Path) -> dict[str, Any]:
    """Seal a table and make it the current one; returns its record.

    Raises KitError when the folder cannot be written to; then nothing has changed.
    """
    content = as_csv(rows, [field["name"] for field in record["schema"]["fields"]])
    digest = hashlib.sha256(content).hexdigest()
    years = [row["year"] for row in rows]
    sealed = {
        **record,
        "path": f"{record['name']}.{digest[:12]}.csv",
        "bytes": len(content),
        "hash": f"sha256:{digest}",
        "rows": len(rows),
        "retrieved": at.isoformat(timespec="seconds"),
        "coverage": {"from": min(years), "to": max(years)},
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _replace(folder / sealed["path"], content)
        others = [r for r in catalog.refreshed(folder).values() if r["name"] != record["name"]]
        package = {"name": "clusterlib-refreshed", "resources": [*others, sealed]}
        text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
        _replace(folder / "datapackage.json", text.encode())
    except OSError as problem:
        raise KitError("cannot_write", why=problem.strerror or str(problem)) from problem
    _sweep(folder, record["name"], sealed["path"])
    catalog.forget()
    return sealed


def as_csv(rows: list[Row], columns: list[str]) -> bytes:
    """Rows as UTF-8 CSV with LF line ends; None is a blank."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sweep(folder: Path, table: str, current: str) -> None:
    for path in folder.glob(f"{table}.*.csv"):
        if path.name != current:
            with suppress(OSError):  # somebody reads it: it goes the next time
                path.unlink()
