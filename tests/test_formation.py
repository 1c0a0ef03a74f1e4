"""Lesson 2: timelines and their lags, growth between two dates, a value lost and four readings."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import datasets, facts, timeline
from clusterlib.charts import formation, formation_led, lost_value, site_area
from clusterlib.errors import BadInput
from clusterlib.explorers import Explore
from clusterlib.i18n import LANGUAGES, Words, explain
from clusterlib.indicators import cagr, growth_decompose
from clusterlib.maps import rings

ACTORS = list(formation.SHAPES)
both = pytest.mark.parametrize("lang", LANGUAGES)
years = st.lists(st.integers(1900, 2100), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def events() -> pd.DataFrame:
    return datasets.formation_events()


@pytest.fixture(scope="module")
def grown() -> pd.DataFrame:
    return cagr(datasets.workers().query("sector == 'total'"))


# The tables.


def test_figure_1_has_32_entries_and_the_text_adds_two_completions(events):
    printed = Counter(zip(events["region"], events["printed"], strict=True))
    assert printed == {
        ("daejeon", "figure"): 16,
        ("chungbuk", "figure"): 16,
        ("chungbuk", "text"): 2,
    }
    assert events["event"].is_unique
    added = events[events["printed"] == "text"]
    assert dict(zip(added["event"], added["year"], strict=True)) == {
        "cb_ochang_done": 2002,
        "cb_osong_done": 2008,
    }
    assert set(added["kind"]) == {"completion"}


def test_one_foundation_is_founded_twice_and_says_so(events):
    twice = events[events["note"].eq("twice")]
    assert sorted(twice["year"]) == [2010, 2015]
    assert set(twice["kind"]) == {"founding"}
    assert set(events["note"].dropna()) == set(datasets.formation_notes()["note"])


def test_a_level_of_government_that_is_not_printed_is_left_open(events):
    assert (events["actor"].eq("open") == events["actor_basis"].eq("open")).all()
    assert not len(events.query("region == 'chungbuk' and actor == 'local'"))


def test_workers_are_known_in_total_for_two_years_and_blank_elsewhere():
    workers = datasets.workers()
    known = workers[workers["workers"].notna()]
    assert set(known["sector"]) == {"total"}
    assert set(known["year"]) == {2000, 2019}
    assert len(workers) == 2 * 3 * 5
    assert (workers["printed"].eq("drawn") == workers["workers"].isna()).all()


def test_the_lost_value_is_what_the_printed_ones_leave_over():
    counts = datasets.establishments()
    for _, own in counts.groupby("region"):
        parts = own[own["sector"] != "total"]["establishments"]
        assert parts.sum() == own[own["sector"] == "total"]["establishments"].item()
    assert counts.query("sector == 'lost'")["establishments"].item() == 151


def test_each_reading_uses_all_four_values_in_their_printed_order():
    counts = datasets.establishments()
    lost = counts.query("sector == 'lost'")["establishments"].item()
    printed = counts[counts["sector"].str.startswith("printed")]["establishments"].tolist()
    readings = datasets.establishment_readings()
    assert readings["reading"].nunique() == 4
    for reading, own in readings.groupby("reading"):
        assert own[own["is_lost"]]["sector"].tolist() == [reading]
        assert own[own["is_lost"]]["establishments"].tolist() == [lost]
        assert own[~own["is_lost"]]["establishments"].tolist() == printed


def test_classes_have_a_candidate_each_or_one_too_many_or_none_at_all():
    classes = datasets.industry_classes()
    counted = classes.groupby("sector")["classes_printed"].agg(["first", "size"])
    assert counted["first"].to_dict() == {"pharma": 5, "devices": 7, "cosmetics": 1, "services": 3}
    assert (counted["size"] - counted["first"]).to_dict() == {
        "pharma": 1,
        "devices": 0,
        "cosmetics": 0,
        "services": 0,
    }
    assert classes[classes["sector"] == "services"]["code"].isna().all()
    assert (classes["code"].isna() == classes["status"].eq("unknown")).all()


# Milestones.


def test_in_daedeok_institutions_came_before_completion_elsewhere_mostly_after(events):
    lags = timeline.lags(events).set_index("site")
    assert lags.loc["daedeok", ["started", "completed", "arrived"]].tolist() == [1973, 1992, 1977]
    assert lags["head_start"].dropna().to_dict() == {
        "daedeok": 15,
        "ochang": -3,
        "osong": -2,
        "medical": 3,
        "zone": -1,
    }
    assert lags.loc[["osong2", "cosmetics"], "to_completion"].isna().all()


def test_a_site_without_a_beginning_or_an_end_has_blanks_and_no_zero():
    rows = pd.DataFrame({"region": ["a"], "site": ["s"], "year": [2000], "kind": ["arrival"]})
    lag = timeline.lags(rows).iloc[0]
    assert lag["arrived"] == 2000
    assert pd.isna(lag["started"])
    assert pd.isna(lag["to_arrival"])


@given(years)
def test_every_event_lies_in_its_era(found):
    starts = [1900, 1950, 2000]
    eras = timeline.eras(pd.DataFrame({"year": found}), starts)
    ends = dict(zip(starts, [1950, 2000, 10_000], strict=True))
    assert all(era <= year < ends[era] for year, era in eras[["year", "era"]].to_numpy())


def test_an_event_before_the_first_era_is_refused_in_both_languages():
    with pytest.raises(BadInput) as refused:
        timeline.eras(pd.DataFrame({"year": [1969]}), [1970])
    assert all("1969" in explain(refused.value, lang) for lang in LANGUAGES)


@pytest.mark.parametrize("open_as", ["", "central", "local"])
def test_counting_the_unknown_level_elsewhere_loses_no_entry(events, open_as):
    counted = timeline.led(events, formation.ERAS, ACTORS, open_as)
    assert counted["n"].sum() == len(events)
    assert counted.groupby("region")["n"].sum().to_dict() == {"daejeon": 16, "chungbuk": 18}
    left = counted[counted["actor"] == "open"]["n"].sum()
    assert left == (0 if open_as else 10)


# Growth.


def test_daejeon_added_more_and_chungbuk_multiplied_faster(grown):
    rates = grown.set_index("region")
    assert rates["change"].to_dict() == {"daejeon": 15_022, "chungbuk": 12_699}
    assert rates["fold"].round(2).to_dict() == {"daejeon": 5.02, "chungbuk": 5.96}
    assert (100 * rates["cagr"]).round(2).to_dict() == {"daejeon": 8.86, "chungbuk": 9.85}
    assert set(rates["blanks"]) == {1}
    assert set(rates["years"]) == {19}


@given(st.floats(1, 1e6), st.floats(-0.5, 0.5), st.integers(1, 60))
def test_growing_at_the_rate_leads_from_the_first_value_to_the_last(first, rate, span):
    last = first * (1 + rate) ** span
    rows = pd.DataFrame({"region": "a", "year": [2000, 2000 + span], "workers": [first, last]})
    assert cagr(rows)["cagr"].item() == pytest.approx(rate, abs=1e-9)


@given(st.floats(0, 1e6))
def test_what_lies_between_two_dates_does_not_change_the_rate(middle):
    rows = pd.DataFrame({"region": "a", "year": [2000, 2010, 2019], "workers": [10, middle, 90]})
    assert cagr(rows)["cagr"].item() == pytest.approx(9 ** (1 / 19) - 1)


def test_a_single_year_and_a_start_from_nothing_have_no_rate():
    one = cagr(pd.DataFrame({"region": ["a"], "year": [2000], "workers": [5]}))
    zero = cagr(pd.DataFrame({"region": "a", "year": [2000, 2001], "workers": [0, 5]}))
    assert one["cagr"].isna().all()
    assert zero[["fold", "cagr"]].isna().all(axis=None)
    assert zero["change"].item() == 5


amounts = st.floats(0, 1e5)


@given(amounts, amounts, amounts, amounts)
def test_number_and_size_add_up_to_the_difference(n1, s1, n2, s2):
    rows = pd.DataFrame({"region": ["a", "b"], "n": [n1, n2], "s": [s1, s2]})
    split = growth_decompose(rows, "a", "b", "n", "s")
    assert split["change"] == pytest.approx(n2 * s2 - n1 * s1)
    both_effects = split["number_effect"] + split["size_effect"]
    assert both_effects == pytest.approx(split["change"], abs=1e-3)
    back = growth_decompose(rows, "b", "a", "n", "s")
    assert back["size_effect"] == pytest.approx(-split["size_effect"])


def test_the_larger_land_of_chungbuk_comes_from_size_alone():
    totals = datasets.establishments().query("sector == 'total'")
    split = growth_decompose(totals, "daejeon", "chungbuk", "establishments", "site_area_mean")
    assert split["start_total"] == 926 * 13_352
    assert split["end_total"] == 766 * 25_885
    assert split["number_effect"] < 0 < split["change"] < split["size_effect"]


ROWS = pd.DataFrame({"region": ["a", "a"], "year": [2000, 2001], "workers": [1, 2]})


@pytest.mark.parametrize(
    ("call", "key"),
    [
        (lambda: cagr(ROWS.drop(columns="year")), "missing_columns"),
        (lambda: cagr(ROWS.assign(workers=[1, -2])), "negative_values"),
        (lambda: cagr(pd.concat([ROWS, ROWS])), "duplicate_rows"),
        (lambda: growth_decompose(ROWS, "a", "b", "year", "workers"), "not_one_row"),
        (lambda: growth_decompose(ROWS, "a", "b", "year", "size"), "missing_columns"),
    ],
)
def test_a_frame_that_cannot_be_used_is_refused_in_both_languages(call, key):
    with pytest.raises(BadInput) as refused:
        call()
    assert refused.value.key == key
    assert all(explain(refused.value, lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("countis(formation_events/chungbuk/*/actor,open)", 10),
        ("countis(formation_events/daejeon/*/actor, law)", 2),
        ("round(cagr(100,121,2),6)", 10),
    ],
)
def test_facts_count_words_and_compound_growth(expression, expected):
    assert facts.value(expression) == expected


# Rings.


@given(st.floats(33, 39), st.floats(125, 131), st.integers(100, 5000))
def test_a_ring_is_as_wide_as_what_is_not_known(lat, lon, metres):
    place = {"lat": lat, "lon": lon, "precision_m": metres}
    left, low, right, high = rings.box([place], 0)
    assert (high - low) * rings.DEGREE == pytest.approx(2 * metres, rel=1e-6)
    xs = [x for x, _ in rings.ring(place)[0]]
    assert max(xs) - min(xs) == pytest.approx(right - left, abs=3e-5)


def test_a_ring_runs_clockwise_so_that_it_is_not_filled_outside():
    corners = rings.ring({"lat": 36.5, "lon": 127.3, "precision_m": 900})[0]
    pairs = zip(corners, corners[1:], strict=False)
    assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) < 0


def test_a_bar_of_scale_is_never_longer_than_its_map():
    for metres in (200, 900, 4000, 20_000):
        bounds = rings.box([{"lat": 36.5, "lon": 127.3, "precision_m": metres}])
        wide = (bounds[2] - bounds[0]) * rings.DEGREE / 1000
        assert rings.bar(bounds) <= max(1, rings.SHARE * wide)
        assert rings.bar(bounds) >= 1


# The figures.


def explorer(verb: str, lang: str) -> Any:
    given_to = {
        "formation_timeline": (datasets.formation_events, datasets.formation_notes),
        "formation_led": (datasets.formation_events,),
        "formation_lags": (datasets.formation_events, datasets.workers),
        "formation_map": (datasets.formation_events, datasets.places),
        "worker_growth": (datasets.workers, totals_grown),
        "growth_path": (datasets.workers, totals_grown),
        "lost_value": (datasets.establishments, datasets.establishment_readings),
        "site_area": (datasets.establishments,),
    }
    return getattr(Explore(Words(lang)), verb)(*(frame() for frame in given_to[verb]))


def totals_grown() -> pd.DataFrame:
    return cagr(datasets.workers().query("sector == 'total'"))


@both
def test_an_actor_dims_the_others_and_every_entry_stays_in_the_table(lang):
    view = explorer("formation_timeline", lang)
    view.values = {"actor": "private", "region": "all"}
    lit = [row for row in view.content["rows"]["events"] if not row["dim"]]
    assert len(lit) == 3
    assert {row["actor"] for row in lit} == {"private"}
    view.values = {"actor": "private", "region": "chungbuk"}
    assert all(row["dim"] for row in view.content["rows"]["events"])
    assert len(view.fixed["table"]["rows"]) == 34


def test_an_era_keeps_its_own_entries_and_works_with_the_other_filters():
    view = explorer("formation_timeline", "en")
    lit = {}
    for era in map(str, formation.ERAS):
        view.values = {**view.start, "era": era}
        lit[era] = [row["year"] for row in view.content["rows"]["events"] if not row["dim"]]
    assert sum(map(len, lit.values())) == 34
    assert all(int(era) <= min(years) for era, years in lit.items())
    assert max(lit["1990"]) < 2000 <= min(lit["2000"])
    view.values = {"actor": "private", "era": "1990", "region": "all"}
    assert view.content["title"] == "None of the 34 entries fits this choice"


@both
def test_names_on_one_side_never_touch(lang):
    rows = explorer("formation_timeline", lang).content["rows"]["events"]
    gap = formation.LINE / formation.YEAR - 1e-6
    for field, groups in (("wide", (True, False)), ("narrow", (None,))):
        for side in groups:
            at = sorted(r[field] for r in rows if side is None or r["left"] is side)
            assert all(b - a >= gap for a, b in zip(at, at[1:], strict=False))


def test_entries_of_one_region_and_year_do_not_hide_one_another():
    rows = explorer("formation_timeline", "en").content["rows"]["events"]
    assert len({(row["region"], row["year"], row["place"]) for row in rows}) == len(rows)


def test_the_reading_of_who_led_follows_where_the_unknown_is_counted():
    view = explorer("formation_led", "en")
    said = {}
    for reading in formation_led.READINGS:
        view.values = {"open": reading}
        said[reading] = view.content["reading"]
    assert "Of Chungbuk's 18 entries, 10 are acts of the state" in said["apart"]
    assert "12 entries of central and 0 of local" in said["central"]
    assert "10 entries of local and 2 of central" in said["local"]


def test_workers_stand_on_calendar_years_only_and_2010_is_hollow():
    view = explorer("formation_lags", "en")
    looks = Counter(mark["look"] for mark in view.content["rows"]["marks"])
    assert looks["workers"] == 4
    assert looks["unknown"] == 2
    view.values = {"axis": "since"}
    marks = view.content["rows"]["marks"]
    assert not {"workers", "unknown"} & {mark["look"] for mark in marks}
    assert all(mark["at"] == 0 for mark in marks if mark["look"] == "started")


def test_places_appear_in_their_year_and_are_never_drawn_as_points():
    view = explorer("formation_map", "en")
    seen = 0
    for year in range(1973, 2022):
        view.values = {"year": year}
        drawn = view.content["rows"]["rings"]
        assert len(drawn) >= seen
        assert {each["geometry"]["type"] for each in drawn} <= {"Polygon"}
        seen = len(drawn)
    assert seen == 12
    assert [each["sign"] for each in drawn if each["alone"]] == ["⑫"]
    assert "Entries so far: 34; not drawn" in view.content["reading"]
    assert view.content["reading"].endswith("none that we know: 14.")


@pytest.mark.parametrize("share", [0, 50, 100])
def test_the_assumed_year_changes_both_halves_and_never_the_whole(share):
    view = explorer("growth_path", "en")
    view.values = {"region": "daejeon", "share": share}
    rates = [row[-1] for row in view.content["table"]["rows"]]
    assert rates[-1] == "8.9"
    assert (rates[0] == "0.0") == (share == 0)
    assert (rates[1] == "0.0") == (share == 100)


def test_every_reading_keeps_the_total_and_marks_one_value_as_lost():
    view = explorer("lost_value", "en")
    for reading in [lost_value.PRINTED, "pharma", "devices", "cosmetics", "services"]:
        view.values = {"reading": reading}
        bars = [row for row in view.content["rows"]["lines"] if "n" in row]
        assert sum(bar["lost"] for bar in bars) == 1
        own = [bar["n"] for bar in bars if bar["region"] == "daejeon"]
        assert sum(own) == 926


@pytest.mark.parametrize("borrow", site_area.BORROWED)
def test_what_is_borrowed_is_drawn_beside_what_is(borrow):
    view = explorer("site_area", "en")
    view.values = {"borrow": borrow}
    assert len(view.content["rows"]["ghost"]) == (borrow != "none")
    first, second = view.content["rows"]["boxes"]
    assert (second["top"] == first["top"]) == (borrow == "size")


VERBS = ["formation_timeline", "formation_led", "formation_lags", "formation_map",
         "worker_growth", "growth_path", "lost_value", "site_area"]  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_python_s_part_of_a_move_takes_a_fraction_of_the_50_ms(verb):
    view = explorer(verb, "ko")
    control = view.controls[-1]
    options = [each[0] for each in control.get("options", [])] or [control["min"], control["max"]]
    taken = []
    for turn in range(12):
        values = {**view.start, control["id"]: options[turn % len(options)]}
        start = time.process_time()
        view.values = values
        taken.append(time.process_time() - start)
    assert statistics.median(taken) < 0.025
