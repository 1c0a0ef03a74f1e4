"""The figures of the pantry: they add up, agree with each other and stay within their years."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (DATA / "tidy" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def features(name: str) -> list[dict]:
    collection = json.loads((DATA / "geo" / f"{name}.geojson").read_text(encoding="utf-8"))
    return collection["features"]


def places(name: str) -> list[dict[str, str]]:
    return [feature["properties"] for feature in features(name)]


def test_no_province_has_a_figure_before_it_was_founded():
    founded = {row["region"]: row["founded"] for row in rows("regions") if row["founded"]}
    first = defaultdict(lambda: "9999")
    for row in rows("net_migration"):
        first[row["region"]] = min(first[row["region"]], row["year"])
    assert {region: first[region] for region in founded} == founded
    assert {year for region, year in first.items() if region not in founded} == {"1970"}


def test_moves_between_provinces_add_to_zero_and_agree_with_the_capital_region():
    capital = {r["region"] for r in rows("regions") if r["capital_region"] == "true"}
    published = {row["year"]: int(row["net_migration"]) for row in rows("capital_migration")}
    nation, inner, outer = Counter(), Counter(), Counter()
    for row in rows("net_migration"):
        nation[row["year"]] += int(row["net_migration"])
        inner[row["year"]] += int(row["net_migration"]) * (row["region"] in capital)
        outer[row["year"]] += int(row["net_with_capital"] or 0)
        assert int(row["inflow"]) - int(row["outflow"]) == int(row["net_migration"])
        assert (row["net_with_capital"] == "") == (row["region"] in capital)
    assert set(nation.values()) == {0}
    assert all(inner[year] == published[year] == -outer[year] for year in nation)


def test_the_capital_region_gained_960657_people_from_2004_to_2024():
    years = {int(row["year"]): int(row["net_migration"]) for row in rows("capital_migration")}
    assert sorted(years) == list(range(1970, 2026))
    assert sum(years[year] for year in range(2004, 2025)) == 960_657


def test_the_capital_region_lost_people_in_five_years():
    lost = [r["year"] for r in rows("capital_migration") if r["net_migration"].startswith("-")]
    assert lost == ["2011", "2013", "2014", "2015", "2016"]


def test_twenties_and_thirties_add_up_and_each_age_group_moves_within_the_nation():
    by_region, by_group = defaultdict(dict), Counter()
    for row in rows("youth_net_migration"):
        by_region[row["region"]][row["age_group"]] = int(row["net_migration"])
        by_group[row["age_group"]] += int(row["net_migration"])
    assert len(by_region) == 17
    assert all(ages["20s"] + ages["30s"] == ages["20-39"] for ages in by_region.values())
    assert set(by_group.values()) == {0}


def test_registered_residents_give_the_population_share():
    capital = {r["region"] for r in rows("regions") if r["capital_region"] == "true"}
    inside, total = Counter(), Counter()
    for row in rows("population"):
        total[row["year"]] += int(row["population"])
        inside[row["year"]] += int(row["population"]) * (row["region"] in capital)
    for row in rows("capital_population_share"):
        if row["basis"] == "resident_registration":
            year = row["year"]
            assert int(row["population"]) == inside[year]
            assert int(row["national_population"]) == total[year]
            assert float(row["share_pct"]) == round(100 * inside[year] / total[year], 2)


def test_no_two_provinces_share_a_tile():
    tiles = [(r["tile_col"], r["tile_row"]) for r in rows("regions") if r["kind"] == "province"]
    assert len(tiles) == len(set(tiles)) == 17


def test_the_maps_hold_every_province_and_250_municipalities():
    provinces = {row["region"] for row in rows("regions") if row["kind"] == "province"}
    assert {row["region"] for row in places("provinces")} == provinces
    assert {row["region"] for row in places("municipalities")} == provinces
    assert len(places("municipalities")) == 250
    assert (DATA / "geo" / "provinces.geojson").stat().st_size <= 130_000


@pytest.mark.parametrize("name", ["provinces", "municipalities"])
def test_outer_rings_run_clockwise_so_that_the_map_is_not_filled_outside(name):
    for feature in features(name):
        for outer, *holes in feature["geometry"]["coordinates"]:
            assert signed_area(outer) < 0, feature["properties"]
            assert all(signed_area(hole) > 0 for hole in holes), feature["properties"]


def signed_area(ring: list[list[float]]) -> float:
    pairs = zip(ring, ring[1:], strict=False)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def test_codes_agree_with_the_boundaries():
    codes = {row["code_kostat"]: row["region"] for row in rows("regions") if row["code_kostat"]}
    moved = {
        row["code"] for row in places("municipalities") if codes[row["code"][:2]] != row["region"]
    }
    gunwi = {row["code"] for row in places("municipalities") if row["name_en"] == "Gunwi-gun"}
    assert moved == gunwi


def test_a_loop_closes_reinforces_and_leans_on_at_least_one_inference():
    signs, links, support = {}, defaultdict(dict), defaultdict(set)
    for row in rows("causal_edges"):
        links[row["circle"]][row["from"]] = row["to"]
        support[row["circle"]].add(row["support"])
        signs[row["circle"]] = signs.get(row["circle"], 1) * (1 if row["sign"] == "+" else -1)
    loops = [row["circle"] for row in rows("causal_circles") if row["type"] == "loop"]
    for circle in loops:
        assert set(links[circle]) == set(links[circle].values())
        assert signs[circle] == 1
        assert support[circle] == {"brief", "inference"}


def test_a_cause_names_tables_that_exist_or_says_why_there_are_none():
    for row in rows("causes"):
        assert set(row["tables"].split()) <= {path.stem for path in (DATA / "tidy").iterdir()}
        assert bool(row["tables"]) == (row["evidence_here"] != "none")
        if row["evidence_here"] != "data":
            assert row["why_ko"], row["cause"]
            assert row["why_en"], row["cause"]
