"""What the recipes of measured tables share: value added by place and activity, and its sums."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache

from common import DATA, raw

Cells = dict[str, dict[str, int]]
STANDING = {"source": "kosis_mgrdp", "confidence": "derived"}


@cache
def value_added() -> tuple[dict[str, str], ...]:
    """Read the tidy municipal table; blanks and values below zero are left out."""
    with (DATA / "tidy" / "municipal_value_added.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(row for row in rows if row["value_added"] and int(row["value_added"]) >= 0)


def by(key: str, year: str) -> Cells:
    """Add value added up by place (key "code" or "region") and activity."""
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for row in value_added():
        if row["year"] == year:
            cells[row[key]][row["activity"]] += int(row["value_added"])
    return cells


def nation(cells: Cells) -> dict[str, int]:
    """Add all places up by activity."""
    sums: dict[str, int] = defaultdict(int)
    for activities in cells.values():
        for activity, value in activities.items():
            sums[activity] += value
    return sums


def provinces() -> list[str]:
    """List the provinces in the order of the table of regions."""
    return [row["region"] for row in raw("regions") if row["kind"] == "province"]
