"""Lesson 5: two figures on one axis, cases by weights, maps at one scale, time from an anchor."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import cells, comparison, datasets, exercises, progress
from clusterlib.desk import Desk
from clusterlib.errors import BadInput, UnknownName
from clusterlib.explorers import Explore
from clusterlib.i18n import LANGUAGES, Words
from clusterlib.maps import abroad as mapped

TABLES = {
    "abroad_profile": ["abroad_profile"],
    "transfer": ["transfer_lessons"],
    "departures": ["departures"],
    "maps_abroad": ["abroad_clusters", "places_abroad"],
    "milestones_abroad": ["abroad_milestones", "formation_events", "first_anchors"],
    "key_figures": ["abroad_figures"],
    "ranking": ["case_criteria", "case_scores"],
}
words = pytest.mark.parametrize("words", [Words(lang) for lang in LANGUAGES], ids=LANGUAGES)


def shown(verb: str, words: Words):
    return getattr(Explore(words), verb)(*[datasets.table(name) for name in TABLES[verb]])


def figures() -> pd.DataFrame:
    frame = datasets.abroad_figures()
    return frame.astype(object).where(frame.notna(), None)


# --- two figures on one axis


def test_no_two_clusters_share_an_axis_and_no_two_figures_are_said_to_count_the_same() -> None:
    pairs = comparison.pairs(figures())
    assert len(pairs) == math.comb(len(figures()), 2)
    assert set(pairs.loc[pairs["across"], "verdict"]) == {"no"}
    assert set(pairs["verdict"]) == {"no", "unstated"}
    open_ = pairs[pairs["verdict"] == "unstated"].set_index(["first", "second"])["barriers"]
    for name in ("jobs", "lab"):
        assert open_[f"bhcr_{name}_2022", f"bhcr_{name}_2023"] == "unstated year"
    assert ("bhcr_patents_2022", "bhcr_patents_2023") not in open_.index, "the method changed"


@words
def test_only_pairs_that_have_two_values_are_counted(words: Words) -> None:
    frame = figures().dropna(subset=["value"])
    own = frame["cluster"].value_counts()
    across = math.comb(len(frame), 2) - sum(math.comb(n, 2) for n in own)
    view = shown("key_figures", words)
    assert words.say(across, "count") in view.content["title"]


SAME = {"value": 1.0, "year": 2020, "bound": "exact", "unit": "u", "definition": "d", "area": "a"}
SAME |= {"stated": True}


@pytest.mark.parametrize(
    ("change", "found", "ruling"),
    [
        ({}, [], "same"),
        ({"year": 2021}, ["year"], "change"),
        ({"bound": "more"}, ["bound"], "careful"),
        ({"bound": "about", "year": 2021}, ["year", "bound"], "careful"),
        ({"year": None}, ["undated"], "undated"),
        ({"stated": False}, ["unstated"], "unstated"),
        ({"stated": False, "year": None}, ["unstated", "undated"], "unstated"),
        ({"stated": False, "definition": "e"}, ["definition"], "no"),
        ({"unit": "v"}, ["unit"], "no"),
        ({"definition": "e"}, ["definition"], "no"),
        ({"area": "b", "year": None}, ["area", "undated"], "no"),
        ({"value": None, "bound": "gap"}, ["gap"], "no"),
        ({"value": float("nan")}, ["gap"], "no"),
    ],
)
def test_each_difference_is_named_and_ruled_upon_either_way_round(change, found, ruling) -> None:
    other = {**SAME, **change}
    assert comparison.barriers(SAME, other) == comparison.barriers(other, SAME) == found
    assert comparison.verdict(found) == ruling


def test_billions_are_said_in_the_large_numbers_of_the_language() -> None:
    for lang, said in (("ko", "121억 6,000만 달러"), ("en", "12.16 billion US dollars")):
        options = dict(shown("key_figures", Words(lang)).controls[0]["options"])
        assert said in options["bhcr_vc_2023"]


# --- cases by weights

number = st.integers(min_value=0, max_value=3)
three = st.fixed_dictionaries(
    {c: st.fixed_dictionaries(dict.fromkeys("wxyz", number)) for c in "abc"}
)
weighed = st.fixed_dictionaries({n: st.integers(min_value=0, max_value=5) for n in "wxyz"})


@given(three, weighed)
def test_between_two_turns_nobody_else_leads_and_at_a_turn_both_are_level(scores, weights) -> None:
    for criterion in weights:
        turns = comparison.flips(scores, weights, criterion)
        edges = [0.0, *(turn["at"] for turn in turns), comparison.MOST]
        expected = [turns[0]["before"]] if turns else []
        expected += [turn["after"] for turn in turns]
        for low, high, lead in zip(edges, edges[1:], expected, strict=False):
            for share in (0.25, 0.75):
                tried = {**weights, criterion: low + share * (high - low)}
                if sum(tried.values()):
                    led = comparison.leaders(comparison.ranking(scores, tried), 1e-7)
                    assert sorted(led) == sorted(lead)
        for turn in turns:
            level = comparison.leaders(
                comparison.ranking(scores, {**weights, criterion: turn["at"]}), 1e-7
            )
            assert {*turn["before"], *turn["after"]} <= set(level)


@given(three, weighed, st.integers(min_value=1, max_value=9))
def test_only_the_proportions_of_weights_count(scores, weights, factor) -> None:
    once = comparison.ranking(scores, weights)
    again = comparison.ranking(scores, {name: factor * w for name, w in weights.items()})
    assert {c: round(v, 9) for c, v in once.items()} == {c: round(v, 9) for c, v in again.items()}


def test_a_missing_or_negative_score_or_weight_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match="“a”.*“y”"):
        comparison.ranking({"a": {"x": 1}}, {"x": 1, "y": 1})
    with pytest.raises(BadInput):
        comparison.ranking({"a": {"x": 1}}, {"x": -1})
    assert comparison.ranking({"a": {"x": 1}}, {"x": 0}) == {"a": 0.0}


@words
def test_what_the_lesson_says_of_the_rankings_is_so(words: Words) -> None:
    view = shown("ranking", words)

    def turns() -> int:
        lines = view.content["rows"]["grid"][0]["lines"][1:]
        none = words("lesson5.ranking.turns.none")
        return sum(line["cells"][-1]["text"] != none for line in lines)

    assert turns() == 0, "Chungbuk's pair is firm"
    view.values = {**view.values, "learner": "daejeon"}
    assert view.content["title"] == words(
        "lesson5.ranking.title.level",
        lead=", ".join(words.pick(n) for n in _names("bhcr", "medicon")),
    )
    view.values = {**view.values, "learner": "chungcheong"}
    assert turns() == 3
    medicon = words.pick(_names("medicon")[0])
    for criterion, at, beyond in (("gap", 3, 4), ("copy", 4, 5), ("known", 1, 0)):
        for weight in (at, beyond):
            view.values = {**view.start, "learner": "chungcheong", f"weight.{criterion}": weight}
            assert medicon in view.content["title"]


def _names(*clusters: str) -> list[dict[str, str]]:
    known = datasets.abroad_clusters().set_index("cluster")
    return [{lang: known.at[c, f"short_{lang}"] for lang in LANGUAGES} for c in clusters]


@words
def test_a_changed_score_changes_the_order_and_reset_brings_the_reading_back(words) -> None:
    view = shown("ranking", words)
    before = view.content
    view.values = {**view.values, **{f"chungbuk.cambridge.{c}": 3 for c in _criteria()}}
    assert view.content["title"] != before["title"]
    view.values = dict(view.start)
    assert view.content == before


def test_weights_and_scores_come_back_on_another_day_and_reset_is_kept_too(tmp_path) -> None:
    store, learner = progress.Store(tmp_path / "work.sqlite"), progress.new_learner()
    set_ = {"learner": "daejeon", "weight.seed": 5, "daejeon.cambridge.known": 3}

    def another_day():
        desk = Desk(Words("en"), store)
        view = Explore(Words("en"), desk.tie).ranking(
            datasets.case_criteria(), datasets.case_scores()
        )
        desk._sit(learner)
        return view

    view = another_day()
    fresh = view.content
    view.values = {**view.values, **set_}
    later = another_day()
    assert later.values == view.values
    assert later.content == view.content != fresh
    later.values = dict(later.start)
    assert another_day().content == fresh


@pytest.mark.parametrize(
    "work",
    [
        {"learner": "nowhere"},
        {"learner": ["daejeon"]},
        {"weight.seed": 6},
        {"weight.seed": True},
        {"weight.seed": None},
        {"weight.unknown": 1},
        {"daejeon.cambridge.known": 4},
        {"burn": {}},
    ],
)
def test_kept_weights_that_do_not_fit_are_left_out(work) -> None:
    view = shown("ranking", Words("en"))
    before = view.content
    view.restore({**work, "weight.border": 4})
    assert view.values == {**view.start, "weight.border": 4}
    assert view.content != before


def _criteria() -> list[str]:
    return list(datasets.case_criteria()["criterion"])


# --- what is read


@words
def test_the_brief_alone_leaves_its_lessons_and_the_columns_that_have_one(words: Words) -> None:
    view = shown("transfer", words)
    lessons = datasets.transfer_lessons()
    for whose in ("brief", "ours"):
        view.values = {"whose": whose}
        grid = view.content["rows"]["grid"][0]
        texts = [cell["text"] for line in grid["lines"] for cell in line["cells"]]
        own = lessons[lessons["standing"] == whose]
        assert sum(bool(text) for text in texts) == len(own)
        assert len(grid["columns"]) == own["learner"].nunique()


@words
def test_what_is_said_of_departures_counts_those_that_are_shown(words: Words) -> None:
    view = shown("departures", words)
    for place, count in datasets.departures()["cluster"].value_counts().items():
        view.values = {"place": place}
        assert len(view.content["rows"]["grid"][0]["lines"]) == count
        for part in ("alt", "reading"):
            assert str(count) in view.content[part]


# --- maps at one scale


def test_every_map_shows_the_same_kilometres_and_has_an_even_share_of_the_width() -> None:
    specs = [
        chart.to_dict(validate=False)
        for chart in mapped.same_scale(
            datasets.abroad_clusters(), datasets.places_abroad(), Words("en")
        ).charts()
    ]
    clusters = datasets.abroad_clusters().dropna(subset=["lon"])["cluster"]
    scales = [
        str(spec["projection"]["scale"]).replace(name, "")
        for spec, name in zip(specs, clusters, strict=True)
    ]
    assert len(set(scales)) == 1
    assert len({str(spec["usermeta"]) for spec in specs}) == 1
    assert "window" in str(specs[0]["projection"]["scale"])


def test_kilometres_agree_with_the_great_circle_within_a_hundred() -> None:
    for row in datasets.abroad_clusters().dropna(subset=["lon"]).to_dict("records"):
        lon, lat = row["lon"] + 0.4, row["lat"] + 0.3
        x, y = mapped.plane(lon, lat, (row["lon"], row["lat"]))
        a, b, c, d = map(math.radians, (row["lat"], lat, row["lon"], lon))
        hav = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin((d - c) / 2) ** 2
        assert math.hypot(x, y) == pytest.approx(2 * 6371 * math.asin(math.sqrt(hav)), rel=0.01)


def test_rings_of_the_boundaries_run_clockwise_and_stay_in_their_window() -> None:
    for feature in datasets.shapes("abroad_lands")["features"]:
        middle = (
            datasets.abroad_clusters().set_index("cluster").loc[feature["properties"]["cluster"]]
        )
        for part in feature["geometry"]["coordinates"]:
            ring = part[0]
            area = sum(
                (x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False)
            )
            assert area > 0, feature["properties"]["land"]
            points = [mapped.plane(*point, (middle["lon"], middle["lat"])) for point in ring]
            assert max(abs(v) for point in points for v in point) < 61


def test_what_is_placed_from_memory_is_said_to_be_approximate() -> None:
    places = datasets.places_abroad()
    assert (places["approximate"] == (places["confidence"] == "from-memory")).all()
    assert (places["precision_m"] >= 100).all()


@words
def test_names_on_a_map_cover_no_other_name(words: Words) -> None:
    view = shown("maps_abroad", words)
    for window in ("100", "30"):
        view.values = {"window": window}
        rows = view.content["rows"]
        for name in [key for key in rows if key.startswith("spots_")]:
            boxes = [_room(row, int(window)) for row in rows[name] if row["side"]]
            for place, one in enumerate(boxes):
                assert not any(mapped._meet(one, other) for other in boxes[:place])


def _room(row: dict, window: int) -> tuple:
    scale = mapped.WIDTH / window
    return mapped.space(row["lines"], row["side"], row["at_x"] * scale, -row["at_y"] * scale)


def test_only_cambridge_fits_into_the_narrow_window_as_exercise_5_2_says() -> None:
    view = shown("maps_abroad", Words("en"))
    view.values = {"window": "30"}
    assert view.content["title"] == Words("en")(
        "lesson5.maps.title.some", window=30, names="Cambridge"
    )
    assert exercises.right_ids(exercises.item("5.2")) == ["cambridge"]


# --- time from an anchor


def test_every_cluster_with_milestones_has_anchors_and_exactly_one_usual_one() -> None:
    anchors = datasets.first_anchors()
    assert set(datasets.abroad_milestones()["cluster"]) <= set(anchors["cluster"])
    assert (anchors[anchors["usual"].astype(bool)].groupby("cluster").size() == 1).all()
    assert set(anchors["cluster"]) == set(anchors[anchors["usual"].astype(bool)]["cluster"])


@words
def test_counted_from_its_anchor_each_lane_begins_at_zero(words: Words) -> None:
    view = shown("milestones_abroad", words)
    start = view.content["title"]
    for rule in ("usual", "first", "last"):
        view.values = {**view.values, "axis": "since", "rule": rule}
        assert {flag["at"] for flag in view.content["rows"]["flags"]} == {0}
    assert view.content["title"] != start
    years = {p["id"]: p["at"] for p in view.content["rows"]["points"]}
    view.values = {**view.values, "axis": "calendar"}
    moved = {p["id"]: p["at"] for p in view.content["rows"]["points"]}
    anchors = datasets.first_anchors().groupby("cluster")["year"].max()
    assert {moved[event] - years[event] for event in years} == set(anchors)


@words
def test_a_place_chosen_from_the_list_brings_its_first_event(words: Words) -> None:
    view = shown("milestones_abroad", words)
    view.values = {**view.values, "place": "medicon"}
    first = next(text for _, text, lane in view.controls[3]["options"] if lane == "medicon")
    year = first.split(" · ")[0]
    assert [row["id"].split(".")[0] for row in view.content["rows"]["cursor"]] == ["medicon"]
    assert view.content["reading"].startswith(year)


def test_each_milestone_has_a_page_with_an_address() -> None:
    pages = datasets.sources().set_index("source")["url"]
    for name in ("abroad_milestones", "first_anchors", "departures"):
        assert pages[datasets.table(name)["source"]].str.startswith("http").all(), name


# --- the table to fill


def test_a_filled_table_is_judged_cell_by_cell_and_a_strange_cell_is_refused() -> None:
    right = cells.right(exercises.item("5.4"))
    clusters, dimensions = 3, 7
    assert len(right) == clusters * dimensions
    some = dict(list(right.items())[:5])
    assert "5" in exercises.check("5.4", some, Words("en")).say
    for odd in ({"seed/atlantis": "state"}, {"seed/bhcr": "atlantis"}, {"x": "y"}):
        with pytest.raises(BadInput):
            exercises.check("5.4", odd, Words("ko"))
    assert exercises.check("5.4", [], Words("ko")).status == "wrong"


def test_the_readings_of_a_table_are_shown_only_when_earned() -> None:
    from clusterlib.cards import Card

    card = Card("5.4", Words("en"), lambda work: None)
    assert card.state["cells"] == {}
    right = cells.right(card.entry)
    for _ in range(exercises.TRIES_BEFORE_SOLUTION):
        card._hear(None, {"check": {"seed/bhcr": "firm"}}, None)
        assert card.state["cells"]["agree"] == {"seed/bhcr": False}
        assert card.state["cells"]["reasons"] == {}
    card._hear(None, {"solution": True}, None)
    assert set(card.state["cells"]["reasons"]) == set(right)


# --- all figures


@pytest.mark.parametrize("verb", TABLES)
@words
def test_every_position_of_every_control_has_a_finding_an_alt_and_a_table(verb, words) -> None:
    view = shown(verb, words)
    for control in view.controls:
        for value, *_ in control["options"][:6]:
            view.values = {**view.start, control["id"]: value}
            content = view.content
            assert 0 < len(content["title"].split()) <= 15
            assert content["alt"]
            assert content["reading"]
            assert content["table"]["rows"]
            assert "{" not in content["title"] + content["reading"] + content["alt"]


def test_a_frame_without_its_columns_is_refused_with_the_column_named() -> None:
    explore = Explore(Words("en"))
    for verb, names in TABLES.items():
        frames = [datasets.table(name) for name in names]
        frames[-1] = frames[-1].drop(columns="source")
        with pytest.raises((BadInput, UnknownName), match="source"):
            getattr(explore, verb)(*frames)
