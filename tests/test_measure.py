"""Lesson 3: its figures answer every control, and say what the indicators say."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import datasets, exercises, facts, indicators
from clusterlib.charts.municipal import Municipal, grouped
from clusterlib.charts.plants import altered
from clusterlib.errors import BadInput
from clusterlib.explorers import Explore
from clusterlib.i18n import Words
from clusterlib.maps import hot, municipal

ADDED = datasets.municipal_value_added()
NEIGHBOURS = datasets.municipal_neighbours()
INVENTED = datasets.synthetic_establishments()
FRAMES = {
    "quotients": (ADDED,),
    "cuts": (ADDED,),
    "mix": (ADDED,),
    "spread": (ADDED, datasets.municipal_population()),
    "shifts": (ADDED,),
    "stars": (ADDED,),
    "flips": (ADDED,),
    "tiny_base": (ADDED,),
    "hot_spots": (ADDED, NEIGHBOURS),
    "density": (INVENTED,),
    "plant_indices": (datasets.worked_plants(), INVENTED, datasets.municipal_population()),
}
TABLE = Municipal(ADDED, Words("en"))


def options(control: dict) -> list:
    if "options" in control:
        return [option[0] for option in control["options"]][:20]
    return [control["min"], control["max"]]


@pytest.mark.parametrize("verb", FRAMES)
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_position_of_every_control_has_a_finding_that_fits(verb: str, lang: str) -> None:
    view = getattr(Explore(Words(lang)), verb)(*FRAMES[verb])
    for control in view.controls:
        for value in options(control):
            view.values = {**view.start, control["id"]: value}
            said = view.content
            assert 0 < len(said["title"].split()) <= 15, said["title"]
            assert all(said[part] for part in ("subtitle", "alt", "reading")), control["id"]
            assert said["table"]["rows"]
            json.dumps(said, allow_nan=False)


@pytest.mark.parametrize("unit", ["municipality", "province"])
def test_the_table_of_quotients_and_the_indicator_agree(unit: str) -> None:
    told = datasets.municipal_quotients().query("unit == @unit")
    told = told.pivot(index="place", columns="activity", values="lq")
    found = indicators.location_quotient(TABLE.matrix(2020, unit)).reindex_like(told)
    pd.testing.assert_frame_equal(found, told, check_names=False, atol=1e-8, rtol=0)


def test_the_parts_of_provinces_and_the_indicators_agree() -> None:
    told = datasets.province_parts().set_index("region")
    before, after = TABLE.matrix(2015, "province"), TABLE.matrix(2020, "province")
    parts = indicators.shift_share(before, after).groupby(level=0).sum()
    for name in ("national", "mix", "regional"):
        np.testing.assert_allclose(parts[name].reindex(told.index), told[name], atol=0.01)
    mix = indicators.hhi(after.T)["hhi"].reindex(told.index)
    np.testing.assert_allclose(mix, told["hhi"], atol=1e-8)
    krugman = indicators.krugman(after).reindex(told.index)
    np.testing.assert_allclose(krugman, told["krugman"], atol=1e-8)


def test_coarse_classes_make_the_mix_narrower_and_more_alike() -> None:
    fine = TABLE.matrix(2020, "province")
    coarse = grouped(fine)
    assert coarse.shape[1] == 5
    np.testing.assert_allclose(coarse.sum(axis=1), fine.sum(axis=1))
    assert (indicators.hhi(coarse.T)["hhi"] >= indicators.hhi(fine.T)["hhi"] - 1e-12).all()
    assert (indicators.krugman(coarse) <= indicators.krugman(fine) + 1e-12).all()


cells = st.lists(st.lists(st.integers(1, 10**6), min_size=3, max_size=3), min_size=2, max_size=6)


@given(cells)
def test_against_the_rest_a_quotient_is_never_nearer_to_one(rows: list[list[int]]) -> None:
    matrix = pd.DataFrame(rows)
    rest = indicators.rest_quotient(matrix)
    nation = indicators.location_quotient(matrix).stack().to_numpy()
    assert (np.abs(np.log(rest["lq"])) >= np.abs(np.log(nation)) - 1e-9).all()
    assert (rest["low"] <= rest["lq"] * (1 + 1e-12)).all()
    assert (rest["lq"] <= rest["high"] * (1 + 1e-12)).all()


def test_the_rest_knows_blanks_nothing_and_nobody_else() -> None:
    jobs = pd.DataFrame({"bio": [5.0, 0.0], "ships": [3.0, np.nan], "other": [92.0, 100.0]})
    found = indicators.rest_quotient(jobs)["lq"].unstack()
    assert np.isnan(found.loc[0, "bio"])
    assert found.loc[1, "bio"] == 0
    assert np.isnan(found.loc[1, "ships"])
    with pytest.raises(BadInput):
        indicators.rest_quotient(-jobs)


def test_the_map_is_light_and_draws_every_municipality() -> None:
    drawn = {feature["code"] for feature in municipal.features()}
    known = set(TABLE.matrix(2020).index)
    assert known <= drawn
    assert {spot["code"] for spot in municipal.spots()} == drawn
    assert len(json.dumps(municipal.features())) < 300_000


def gathered(activity: str) -> pd.DataFrame:
    quotients = indicators.location_quotient(TABLE.matrix(2020))[activity]
    return indicators.hotspots(quotients, NEIGHBOURS)


def test_what_the_lesson_says_of_hot_spots() -> None:
    found = gathered("professional")
    assert not hot.labelled(found, 0.05, "on").isin(["hot", "cold"]).any()
    assert hot.labelled(found, 0.05, "off").isin(["hot", "cold"]).any()
    assert hot.labelled(found, 0.05, "on").equals(found["label"])
    islands = found.index[found["label"] == "island"]
    offered = {choice["id"] for choice in exercises.item("3.6")["answer"]["choices"]}
    assert sorted(offered & set(islands)) == exercises.right_ids(exercises.item("3.6"))


def test_what_the_lesson_says_of_the_large_plant() -> None:
    worked = datasets.worked_plants()
    totals = worked.drop_duplicates("place").set_index("place")["all_employment"]
    gammas = []
    for site in ("own", "largest"):
        plants = altered(worked[["place", "size"]], totals, {"times": 1, "site": site})
        plants = plants.rename(columns={"place": "region"}).assign(industry="one")
        measures = (indicators.ellison_glaeser, indicators.maurel_sedillot)
        gammas.append([float(measure(plants, totals)["gamma"].iloc[0]) for measure in measures])
    (glaeser, maurel), (glaeser_moved, maurel_moved) = gammas
    assert glaeser == pytest.approx(0.05990628, abs=1e-8)
    assert maurel < 0 < glaeser
    assert glaeser_moved < glaeser
    assert maurel_moved > maurel


def test_the_invented_peaks_are_where_exercise_3_7_has_them() -> None:
    view = Explore(Words("en")).density(INVENTED)
    peaks = {kind: view.content["rows"][f"{kind}_peak"][0]["name"] for kind in ("count", "size")}
    names = INVENTED.drop_duplicates("code").set_index("code")["municipality_en"]
    assert peaks["size"] == names[exercises.right_ids(exercises.item("3.7"))[0]]
    assert peaks["count"] != peaks["size"]
    assert view.frame["evidence"] == "teaching"


def test_a_file_of_ones_own_is_no_teaching_example() -> None:
    own = pd.DataFrame(
        {"lon": [127.3, 127.5], "lat": [36.3, 36.6], "workers": [5, 9], "place": "x"}
    )
    view = Explore(Words("ko")).density(own)
    assert view.frame["evidence"] == "estimated"
    with pytest.raises(BadInput):
        Explore(Words("ko")).density(own.drop(columns="workers"))


OWN_TABLE = "region,industry,workers\nDaejeon,bio,9\nDaejeon,x,1\nBusan,bio,1\nBusan,x,9\n"
OWN_POINTS = "region,lon,lat,workers\nDaejeon,127.3,36.4,9\nBusan,129.0,35.2,4\n"


@pytest.mark.parametrize(
    ("name", "text", "figure", "evidence"),
    [
        ("table.csv", OWN_TABLE, "3.own", "observed"),
        ("points.csv", OWN_POINTS, "3.density", "estimated"),
    ],
)
def test_a_confirmed_file_is_measured(name: str, text: str, figure: str, evidence: str) -> None:
    from clusterlib.explorers.measure_own import measured

    own = Explore(Words("en")).own_measure().children[0]
    own.take(name, text.encode())
    view = measured(Words("en"), own.upload.frame, own.upload)
    assert view.frame["id"] == figure
    assert view.frame["evidence"] == evidence
    assert view.content["table"]["rows"]


@pytest.mark.parametrize(("lang", "name"), [("ko", "대전 유성구"), ("en", "Yuseong-gu, Daejeon")])
def test_a_file_of_addresses_is_drawn_by_names_of_places(lang: str, name: str) -> None:
    from clusterlib import upload
    from clusterlib.explorers.measure_own import measured

    own = upload.read(*upload.example())
    rows = measured(Words(lang), own.frame, own).content["table"]["rows"]
    assert name in {str(cell) for row in rows for cell in row}
    assert not [cell for row in rows for cell in row if "예시로" in str(cell)]


def test_samcheoks_mining_is_the_highest_quotient() -> None:
    assert facts.value("argmax(municipal_quotients/municipality/*/mining/lq)") == "32070"


def test_a_whole_province_says_that_it_is_held_against_the_nation() -> None:
    view = Explore(Words("en")).mix(*FRAMES["mix"])
    nation = view.content["reading"]
    view.values = {**view.start, "against": "province"}
    assert view.content["reading"].startswith(nation)
    assert "held against the nation" in view.content["reading"].removeprefix(nation)


def test_the_spread_of_an_activity_is_what_the_indicators_say() -> None:
    view = Explore(Words("en")).spread(*FRAMES["spread"])
    view.values = {**view.start, "even": "places", "scheme": "equal_interval"}
    amounts = TABLE.matrix(2020)["manufacturing"]
    parts = indicators.theil(amounts, groups=pd.Series(TABLE.region))
    said = view.content["reading"]
    assert f"{indicators.gini(amounts, 'lorenz'):.2f} from the Lorenz curve" in said
    assert f"{100 * parts['T_within'] / parts['T']:.1f}%" in said
    few = int(re.search(r"from (\d+)", view.content["title"])[1])
    half = amounts.nlargest(few).sum() / amounts.sum()
    assert 0.5 <= half < 0.5 + amounts.max() / amounts.sum()
    curve = pd.DataFrame(view.content["rows"]["curve"])
    assert (curve["y"] <= curve["x"] + 0.01).all()
    assert curve.iloc[-1].tolist() == [100, 100]


def test_the_rows_of_the_ranking_are_placed_by_their_number_in_the_data() -> None:
    # An axis of names with "sort": null keeps the order of the first data when new rows arrive.
    specs = [
        json.dumps(spec) for spec in Explore(Words("en")).quotients(*FRAMES["quotients"]).views
    ]
    assert not [spec for spec in specs if '"sort": null' in spec]
    assert [spec for spec in specs if '"op": "row_number"' in spec]


def test_more_shuffles_find_what_fewer_cannot() -> None:
    view = Explore(Words("en")).hot_spots(*FRAMES["hot_spots"])
    asked = {**view.start, "activity": "professional", "correction": "on"}
    kept = {}
    for shuffles in ("999", "9999"):
        view.values = {**asked, "shuffles": shuffles}
        hot = [row[0] for row in view.content["table"]["rows"] if "Hot spot" in row]
        kept[shuffles] = {name.split(",")[0] for name in hot}
        assert f"{int(shuffles):,} shuffles" in view.content["subtitle"]
    assert not kept["999"]
    assert {name.split("-")[0] for name in kept["9999"]} == {"Yongsan", "Gwanak", "Gangnam"}


def test_the_title_of_a_split_counts_all_that_is_beyond_nation_and_mix() -> None:
    view = Explore(Words("en")).shifts(*FRAMES["shifts"])
    titles = set()
    for kind in ("classic", "esteban_marquillas"):
        view.values = {**view.start, "province": "sejong", "place": "all", "kind": kind}
        titles.add(view.content["title"])
    assert len(titles) == 1, "both forms leave the same to the place itself"
    assert "allocation" in view.content["alt"]


def test_by_province_the_map_marks_no_municipality() -> None:
    view = Explore(Words("en")).quotients(*FRAMES["quotients"])
    view.values = {**view.start, "unit": "province"}
    assert not any(row["mark"] for row in view.content["rows"]["places"])
    view.values = {**view.start, "unit": "province", "activity": "professional", "least": "2"}
    assert "municipalities" not in view.content["reading"]


def test_a_kernel_is_never_narrower_than_a_cell_of_its_map() -> None:
    for factor in (1, 8):
        wide = FRAMES["density"][0].assign(
            lon=lambda f, by=factor: 127.4 + by * (f["lon"] - 127.4) / 8
        )
        least = Explore(Words("en")).density(wide).controls[0]["min"]
        extent = indicators.projected(wide)[["x", "y"]].agg(["min", "max"])
        cell = (extent.loc["max"] - extent.loc["min"] + 18_000).max() / 34
        assert least * 1000 >= cell
