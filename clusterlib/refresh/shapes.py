"""Answers of the offices as tidy rows: a function for each shape that the registry names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from clusterlib import datasets
from clusterlib.errors import KitError

Row = dict[str, Any]
Answer = list[Row]
NATION = "korea"


def regions(spellings: Mapping[str, str]) -> dict[str, Row]:
    """Every way in which KOSIS writes a province or the nation, and the region meant."""
    known = {r["region"]: r for r in plain(datasets.regions()) if r["kind"] != "aggregate"}
    by_name = {row[name]: row for row in known.values() for name in ("full_ko", "name_ko")}
    return by_name | {spelling: known[key] for spelling, key in spellings.items()}


def plain(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as dictionaries, blanks as None."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def _named(region: Row) -> Row:
    return {key: region[key] for key in ("region", "name_ko", "name_en")}


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _cells(answer: Answer, known: Mapping[str, Row]) -> Iterable[tuple[Any, ...]]:
    """(year, region, row) of the rows whose region the kit knows; others are parts or sums."""
    for row in answer:
        found = known.get(str(row["c1_nm"]).strip())
        if found:
            yield int(str(row["prd_de"])[:4]), found, row


def series(answer: Answer, job: Row, known: Mapping[str, Row]) -> list[Row]:
    """One measure by province and year; blank cells leave no row."""
    return [
        {"year": year, **_named(region), job["measure"]: _whole(row["data_value"])}
        for year, region, row in _cells(answer, known)
        if row["data_value"] is not None and _stood(region, year) and region["region"] != NATION
    ]


def grdp(answer: Answer, job: Row, known: Mapping[str, Row]) -> list[Row]:
    """GRDP per head, with the nation, and the later provinces that a figure still contains."""
    still = datasets.table(job["table"]).set_index(["year", "region"])["includes"].dropna()
    return [
        {
            "year": year,
            **_named(region),
            job["measure"]: _whole(row["data_value"]),
            "includes": still.get((year, region["region"])),
        }
        for year, region, row in _cells(answer, known)
        if row["data_value"] is not None
    ]


def _stood(region: Row, year: int) -> bool:
    return (region["founded"] or 0) <= year


def _moves(answer: Answer, known: Mapping[str, Row]) -> dict[tuple[int, str, str], int]:
    """People by (year, from, to), between two different provinces that both stood."""
    moves = {}
    for year, start, row in _cells(answer, known):
        goal = known.get(str(row.get("c2_nm", "")).strip())
        if goal is None:
            continue
        ends = {start["region"], goal["region"]}
        if len(ends) == 2 and NATION not in ends and _stood(start, year) and _stood(goal, year):
            moves[year, start["region"], goal["region"]] = _whole(row["data_value"]) or 0
    if not moves:
        raise KitError("answer_shape", missing="c1_nm, c2_nm")
    return moves


def flows(answer: Answer, job: Row, known: Mapping[str, Row]) -> list[Row]:
    """In, out and balance of each province, and its balance with the capital region."""
    capital = {r["region"] for r in known.values() if r["capital_region"]}
    into, out, near = defaultdict(int), defaultdict(int), defaultdict(int)
    for (year, start, goal), people in _moves(answer, known).items():
        into[year, goal] += people
        out[year, start] += people
        near[year, goal] += people * (start in capital)
        near[year, start] -= people * (goal in capital)
    by_key = {region["region"]: region for region in known.values()}
    return [
        {
            "year": year,
            **_named(by_key[key]),
            "net_migration": into[year, key] - out[year, key],
            "net_with_capital": None if key in capital else near[year, key],
            "inflow": into[year, key],
            "outflow": out[year, key],
        }
        for year, key in sorted(into)
    ]


def capital_flows(answer: Answer, job: Row, known: Mapping[str, Row]) -> list[Row]:
    """The moves across the edge of the capital region."""
    capital = next(r for r in plain(datasets.regions()) if r["region"] == "capital")
    inside = {r["region"] for r in known.values() if r["capital_region"]}
    into, out = defaultdict(int), defaultdict(int)
    for (year, start, goal), people in _moves(answer, known).items():
        into[year] += people * (goal in inside and start not in inside)
        out[year] += people * (start in inside and goal not in inside)
    return [
        {
            "year": year,
            **_named(capital),
            "net_migration": into[year] - out[year],
            "inflow": into[year],
            "outflow": out[year],
        }
        for year in sorted(into)
    ]


def youth(answer: Answer, job: Row, known: Mapping[str, Row]) -> list[Row]:
    """Balance by province for the twenties, the thirties, both and all ages."""
    net: dict[tuple[int, str, str], int] = defaultdict(int)
    for year, region, row in _cells(answer, known):
        if region["region"] == NATION or not _stood(region, year):
            continue
        people = _whole(row["data_value"]) or 0
        sign = 1 if job["items"][row["itm_id"]] == "inflow" else -1
        for group in _age_groups(str(row.get("c3_nm", ""))):
            net[year, region["region"], group] += sign * people
    by_key = {region["region"]: region for region in known.values()}
    return [
        {"year": y, **_named(by_key[key]), "age_group": group, "net_migration": people}
        for (y, key, group), people in sorted(net.items())
    ]


def _age_groups(name: str) -> tuple[str, ...]:
    """The kit's groups that a five-year group belongs to; a name without digits is the total."""
    digits = re.search(r"\d+", name)
    if not digits:
        return ("all",)
    return {2: ("20s", "20-39"), 3: ("30s", "20-39")}.get(int(digits[0]) // 10, ())


def industries(answer: Answer, job: Row, known: Mapping[str, Row]) -> list[Row]:
    """Establishments and workers by province and industry, both in one row."""
    rows: dict[tuple[int, str, str], Row] = {}
    for year, region, row in _cells(answer, known):
        code, name = str(row.get("c2", "")), str(row.get("c2_nm", "")).strip()
        at = rows.setdefault(
            (year, region["region"], code),
            {
                "year": year,
                **_named(region),
                "industry": code,
                "industry_ko": name,
                "industry_en": str(row.get("c2_nm_eng") or name).strip(),
            },
        )
        at[job["items"][row["itm_id"]]] = _whole(row["data_value"])
    return [rows[key] for key in sorted(rows)]


def counties(answer: Answer, job: Row) -> list[Row]:
    """QCEW: a row a county, year, industry and ownership; what is suppressed is blank."""
    wanted = {(i["industry"], o["owner"]): {**i, **o} for i in job["industries"]
              for o in job["owners"]}  # fmt: skip
    rows = []
    for piece in answer:
        for row in piece["rows"]:
            about = wanted.get((row["industry_code"], row["own_code"]))
            if about:
                hidden = bool(row["disclosure_code"].strip())
                counts = {
                    "establishments": int(row["annual_avg_estabs"]),
                    "workers": None if hidden else int(row["annual_avg_emplvl"]),
                }
                rows.append(
                    {"year": piece["year"], **piece["area"], **about, **counts}
                    | {"suppressed": str(hidden).lower()}
                )
    return sorted(rows, key=lambda r: (r["year"], r["area"], r["industry"], r["owner"]))


def nuts(answer: Answer, job: Row) -> list[Row]:
    """Eurostat: a row a region, year, industry and series; blank where the office gives none."""
    areas = {area["area"]: area for area in job["areas"]}
    kinds = {each["industry"]: each for each in job["industries"]}
    rows: dict[tuple[str, str, str, str], Row] = {}
    for piece in answer:
        about = piece["series"]
        said = {key: about[key] for key in ("series", "series_ko", "series_en")}
        for (item, industry, area, year), value in piece["cells"].items():
            key = (year, area, industry, about["series"])
            at = rows.setdefault(key, {"year": int(year), **areas[area], **kinds[industry], **said})
            at[about["items"][item]] = _whole(value)
    return [row for _, row in sorted(rows.items()) if _counted(row)]


def _counted(row: Row) -> bool:
    return row.get("establishments") is not None or row.get("workers") is not None


SHAPES: dict[str, Callable[..., list[Row]]] = {
    shape.__name__: shape
    for shape in (series, grdp, flows, capital_flows, youth, industries, counties, nuts)
}
