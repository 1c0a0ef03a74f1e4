"""What the recipes share: reading raw tables, naming regions, writing tidy CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent

Row = dict[str, str]


def raw(name: str) -> list[Row]:
    """Read data/raw/<name>.csv as rows of text, so that no figure is ever reformatted."""
    with (DATA / "raw" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def lookup(name: str, key: str) -> dict[str, Row]:
    """Index a raw table by one of its columns."""
    return {row[key]: row for row in raw(name)}


@cache
def region_key(spelling: str) -> str:
    """Give the region key for an ISO code, an English name or a key.

    Raises:
        KeyError: no region is written that way.
    """
    text = spelling.casefold()
    for row in raw("regions"):
        if text in {row["region"], row["iso"].casefold(), row["name_en"].casefold()}:
            return row["region"]
    raise KeyError(f"no region is spelled {spelling!r} in data/raw/regions.csv")


def named(region: str) -> Row:
    """Give region, name_ko and name_en for a region key."""
    row = lookup("regions", "region")[region]
    return {name: row[name] for name in ("region", "name_ko", "name_en")}


def standing(row: Row) -> Row:
    """Give the source and the confidence of a raw row."""
    return {"source": row["source"], "confidence": row["confidence"]}


def in_order(rows: Iterable[Row], *keys: str) -> list[Row]:
    """Sort rows by the keys, regions in the order of the region table."""
    rank = {row["region"]: f"{place:03}" for place, row in enumerate(raw("regions"))}
    return sorted(rows, key=lambda row: [rank.get(row[k], row[k]) for k in keys])


def write_csv(path: Path, rows: list[Row]) -> None:
    """Write rows as UTF-8 CSV with LF line ends, columns in the order of the first row.

    Raises:
        ValueError: a row has other columns than the first.
    """
    fields = list(rows[0])
    for row in rows:
        if list(row) != fields:
            raise ValueError(f"{path.name}: columns {list(row)} differ from {fields}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def grouped(spelling: str) -> Row:
    """Give group, region, group_ko, group_en and is_capital of a region or a set of regions."""
    coded = lookup("coding_groups", "spelling").get(spelling)
    if coded:
        return {key: value for key, value in coded.items() if key != "spelling"}
    region = lookup("regions", "region")[region_key(spelling)]
    names = {"group_ko": region["name_ko"], "group_en": region["name_en"]}
    key = region["region"]
    return {"group": key, "region": key, **names, "is_capital": region["capital_region"]}


def own() -> Row:
    """Give the standing of what the kit itself worded or inferred."""
    return {"source": "kit", "confidence": "derived"}


def by_brief() -> Row:
    """Give the standing of what the policy brief says."""
    return {"source": "brief", "confidence": "seen-official"}
