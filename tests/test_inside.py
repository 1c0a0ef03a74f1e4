"""Lesson 4: what people said beside what was counted, and the walls between the two."""

from __future__ import annotations

import re
import string
from collections import Counter
from statistics import median
from time import process_time
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import catalog, datasets, exercises, live
from clusterlib.desk import Desk
from clusterlib.errors import BadInput, KitError
from clusterlib.explorers import Explore, inside_links
from clusterlib.i18n import LANGUAGES, Words
from clusterlib.indicators import transit_ratio
from clusterlib.progress import Store, new_learner

both = pytest.mark.parametrize("lang", LANGUAGES)
HANGUL = re.compile("[가-힣]")
GIVEN = {
    "interviews": lambda: (datasets.interviews(), datasets.evidence_links()),
    "strengths": lambda: (datasets.strengths_weaknesses(),),
    "findings": lambda: (datasets.findings(),),
    "travel_times": lambda: (datasets.travel_times(),),
    "institutions": lambda: (datasets.places(), datasets.travel_times()),
    "house_prices": lambda: (
        datasets.house_prices(),
        datasets.interview_numbers(),
        datasets.interviews(),
    ),
    "beliefs": lambda: (datasets.beliefs(),),
    "beliefs_again": lambda: (datasets.beliefs(), datasets.evidence_links()),
}


def view_of(verb: str, lang: str = "en", *frames: pd.DataFrame) -> Any:
    return getattr(Explore(Words(lang)), verb)(*(frames or GIVEN[verb]()))


def moved(view: live.Framed, **values: Any) -> dict[str, Any]:
    view.values = {**view.values, **values}
    return view.content


# The tables.


def test_nine_interviews_lie_within_the_days_on_which_interviews_were_held():
    dates = datasets.interviews()["date"]
    assert len(dates) == dates.nunique() == 9
    assert (dates.min(), dates.max()) == ("2022-04-18", "2022-09-06")


def test_a_time_said_in_an_interview_is_the_same_in_both_tables():
    said = datasets.interview_numbers().set_index(["interview", "item"])
    for row in datasets.travel_times().dropna(subset=["interview"]).itertuples():
        item = row.mode if row.mode in ("bus", "car", "transit") else "within"
        told = said.loc[(row.interview, item)]
        assert (told["value"], told["bound"]) == (row.minutes, row.bound)


def test_only_what_nobody_rides_yet_carries_a_year_of_opening():
    times = datasets.travel_times()
    assert set(times.loc[times["planned_for"].notna(), "mode"]) == {"ctx"}
    assert times.loc[times["mode"] == "ctx", "planned_for"].eq(2034).all()


def test_no_price_of_the_interview_stands_among_the_statistics():
    assert "brief" not in set(datasets.house_prices()["source"])
    assert set(datasets.interview_numbers()["source"]) == {"brief"}


def split(text: Any) -> list[str]:
    """What a cell lists, nothing for a blank one."""
    return text.split(" ; ") if isinstance(text, str) else []


@both
def test_every_blank_of_a_link_is_filled_from_the_tables(lang):
    for row in datasets.evidence_links().itertuples():
        text = {"ko": row.text_ko, "en": row.text_en}[lang]
        blanks = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert blanks == {pair.split("=", 1)[0].strip() for pair in split(row.facts)}, row.link
        known = row.facts if isinstance(row.facts, str) else None
        assert not re.search(r"[{}]|nan", inside_links.filled(text, known, Words(lang)))


def test_a_link_cites_a_source_when_there_is_one_and_says_what_it_would_take_when_not():
    known = set(datasets.sources()["source"])
    for row in datasets.evidence_links().itertuples():
        cited = (
            set(row.statistic_sources.split()) if isinstance(row.statistic_sources, str) else set()
        )
        assert cited <= known
        assert bool(cited) or row.relation == "silent"
        assert (row.kind == "none") == (row.relation == "silent")
        assert isinstance(row.interview, str) != isinstance(row.belief, str), row.link


def test_the_statistic_of_a_link_comes_from_the_source_that_it_cites():
    for row in datasets.evidence_links().dropna(subset=["facts"]).itertuples():
        used = set()
        for expression in row.facts.split(" ; "):
            for path in re.findall(r"[a-z_]+(?:/[\w.-]+)+", expression.split("=", 1)[1]):
                name, *keys, _ = path.split("/")
                frame = datasets.table(name)
                for key, value in zip(catalog.key(name), keys, strict=True):
                    frame = frame[frame[key].astype(str) == value]
                used |= set(frame["source"])
        assert used <= set(row.statistic_sources.split()), row.link


def test_every_interview_and_every_belief_has_something_beside_it():
    links = datasets.evidence_links()
    assert set(links["interview"].dropna()) == set(datasets.interviews()["interview"])
    assert set(links["belief"].dropna()) == set(datasets.beliefs()["belief"])


def test_who_thought_of_the_other_side_of_a_strength_is_told():
    points = datasets.strengths_weaknesses()
    strong = points[points["kind"] == "strength"]
    assert strong[["other_kind", "other_ko", "other_en"]].notna().all().all()
    assert points.loc[points["kind"] == "weakness", "other_kind"].isna().all()
    known = set(datasets.interviews()["interview"])
    assert all(set(names.split()) <= known for names in points["interviews"].dropna())


# The ratio.


def trips(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["from", "to", "mode", "minutes", "bound", "basis"])


@pytest.mark.parametrize(
    ("public", "car", "bound", "ratio", "least"),
    [(120, 40, "exact", 3.0, False), (60, 30, "at_least", 2.0, True)],
)
def test_the_two_ratios_of_the_brief(public, car, bound, ratio, least):
    quoted = trips(("a", "b", "transit", public, bound, "q"), ("a", "b", "car", car, "about", "q"))
    found = transit_ratio(quoted).iloc[0]
    assert (found["ratio"], bool(found["at_least"])) == (ratio, least)


def test_the_table_gives_those_two_ratios_and_no_other():
    found = transit_ratio(datasets.travel_times()).set_index("from")["ratio"]
    assert found.to_dict() == {"gwanpyeong": 2.0, "daedeok": 3.0}


def test_times_with_other_ends_or_another_basis_are_never_divided():
    apart = trips(
        ("a", "b", "transit", 120, "exact", "quote"),
        ("a", "c", "car", 40, "about", "quote"),
        ("a", "b", "car", 40, "about", "city_plan"),
        ("b", "a", "car", 40, "about", "quote"),
    )
    assert transit_ratio(apart).empty


def test_a_car_that_takes_no_time_gives_a_blank_and_no_infinity():
    still = trips(("a", "b", "bus", 10, "exact", "q"), ("a", "b", "car", 0, "exact", "q"))
    assert transit_ratio(still)["ratio"].isna().all()


@given(st.integers(1, 600), st.integers(1, 600), st.integers(1, 5), st.sampled_from(["bus", "brt"]))
def test_a_ratio_knows_no_unit_of_time(public, car, scale, mode):
    minutes = trips(("a", "b", mode, public, "exact", "q"), ("a", "b", "car", car, "exact", "q"))
    scaled = minutes.assign(minutes=minutes["minutes"] * scale)
    one, other = (transit_ratio(frame)["ratio"].iloc[0] for frame in (minutes, scaled))
    assert one == pytest.approx(other) == pytest.approx(public / car)


@pytest.mark.parametrize(
    "bad",
    [
        trips(("a", "b", "bus", -1, "exact", "q")),
        trips(("a", "b", "bus", 5, "exact", "q"), ("a", "b", "bus", 6, "exact", "q")),
        trips(("a", "b", "car", 5, "exact", "q"), ("a", "b", "car", 6, "exact", "q")),
        trips(("a", "b", "bus", 5, "exact", "q")).drop(columns="bound"),
    ],
)
def test_times_that_cannot_be_are_refused(bad):
    with pytest.raises(BadInput):
        transit_ratio(bad)


# The interviews.


def test_filters_work_together_and_an_empty_choice_says_what_to_do():
    view = view_of("interviews")
    content = moved(view, theme="transport_between", group="all", role_kind="firm")
    assert [entry["id"] for entry in content["rows"]["entries"]] == ["Q7"]
    content = moved(view, theme="ties", role_kind="media")
    assert not content["rows"]["entries"]
    assert "All" in content["reading"]


def test_the_finding_counts_interviews_without_a_statistic_from_the_links():
    said, links = GIVEN["interviews"]()
    assert view_of("interviews").content["title"].startswith("5 of the 9")
    all_bare = links.assign(kind="none")
    assert view_of("interviews", "en", said, all_bare).content["title"].startswith("9 of the 9")


def test_the_exercise_on_uncounted_sayings_agrees_with_the_figure():
    entries = view_of("interviews").content["rows"]["entries"]
    bare = {e["id"] for e in entries if "observed" not in {line["kind"] for line in e["lines"]}}
    assert set(exercises.right_ids(exercises.item("4.2"))) == bare


def test_the_reading_counts_the_lines_that_are_shown():
    view = view_of("interviews")
    content = moved(view, theme="settlement")
    lines = [line for entry in content["rows"]["entries"] for line in entry["lines"]]
    counted = Counter(line["relation"] for line in lines)
    numbers = [int(n) for n in re.findall(r"\d+", content["reading"])]
    assert numbers == [2, *(counted[name] for name in inside_links.RELATIONS)]


def test_a_link_to_a_fact_that_is_gone_is_not_passed_over():
    said, links = GIVEN["interviews"]()
    broken = links.assign(
        facts=links["facts"].str.replace("net_migration/2020", "net_migration/1066")
    )
    with pytest.raises(KitError, match="1066"):
        view_of("interviews", "en", said, broken)


# Strengths, findings.


def test_the_other_side_waits_until_it_is_asked_for():
    view = view_of("strengths")
    entries = view.content["rows"]["entries"]
    assert not any(entry["asides"] for entry in entries)
    shown = moved(view, other="shown")["rows"]["entries"]
    assert sum(bool(entry["asides"]) for entry in shown) == 5
    told = {cell for row in view_of("strengths").content["table"]["rows"] for cell in row}
    assert not told & set(datasets.strengths_weaknesses()["other_en"].dropna())


def test_findings_are_dated_by_the_writing_set_beside_them():
    found = datasets.findings()
    assert "1992" in view_of("findings").content["title"]
    later = found.assign(reference="Somebody 2001")
    assert "2001" in view_of("findings", "en", later).content["title"]


# Travel times and their map.


def test_one_basis_is_shown_at_a_time_and_never_another():
    times = datasets.travel_times()
    view = view_of("travel_times")
    for basis, own in times.groupby("basis"):
        bars = moved(view, basis=basis)["rows"]["bars"]
        assert {bar["trip"] for bar in bars if "trip" in bar} == set(own["trip"])
        heads = {(row["from"], row["to"]) for _, row in own.iterrows()}
        assert sum("head" in bar for bar in bars) == len(heads)


@both
def test_a_plan_says_so_on_its_bar_in_the_table_and_on_the_map(lang):
    word = {"ko": "계획", "en": "plan"}[lang]
    content = moved(view_of("travel_times", lang), basis="ministry")
    planned = [bar for bar in content["rows"]["bars"] if bar.get("kind") == "planned"]
    assert len(planned) == 4
    assert all(word in bar["said"] for bar in planned)
    assert sum(word in row[-1] for row in content["table"]["rows"]) == 4
    lines = moved(view_of("institutions", lang), basis="ministry")["rows"]["trips"]
    assert all(line["planned"] and word in line["text"] for line in lines)


def test_the_finding_of_the_interviews_follows_their_numbers():
    times = datasets.travel_times()
    slower = times.assign(
        minutes=times["minutes"].where(times["trip"] != "said_osong_transit", 200)
    )
    assert "about 3 times" in view_of("travel_times").content["title"]
    assert "about 5 times" in view_of("travel_times", "en", slower).content["title"]


def test_the_map_measures_no_distance_and_draws_only_places_it_knows():
    places, times = GIVEN["institutions"]()
    view = view_of("institutions")
    known = set(places.dropna(subset=["lat"])["place"])
    for option, _ in view.controls[0]["options"]:
        content = moved(view, basis=option)
        assert content["rows"]["trips"]
        assert all({line["from"], line["to"]} <= known for line in content["rows"]["trips"])
        assert not re.search(r"\d ?km\b", str(content))
        own = times[times["basis"] == option]
        drawn = {(line["from"], line["to"]) for line in content["rows"]["trips"]}
        lost = sum((row["from"], row["to"]) not in drawn for _, row in own.iterrows())
        assert (str(lost) in content["reading"]) or not lost


def test_every_ring_is_as_wide_as_the_position_may_be_off():
    rings = pd.DataFrame(view_of("institutions").fixed["rows"]["rings"])
    places = datasets.places().set_index("place")["precision_m"]
    for place, ring in rings.groupby("place"):
        across = (ring["y"].max() - ring["y"].min()) * 111_320
        assert across == pytest.approx(2 * places[place], rel=0.05)


# House prices.


def test_account_and_statistics_are_fed_apart_and_each_row_says_which_it_is():
    view = view_of("house_prices")
    account = view.fixed["rows"]["account"]
    assert len(account) == 4
    for series, _ in view.controls[0]["options"]:
        content = moved(view, series=series)
        names = {row["name"] for row in content["rows"]["levels"]}
        assert not names & {row["name"] for row in account}
        kinds = Counter(row[0] for row in content["table"]["rows"])
        assert kinds["One person's word"] == 4
        assert len(kinds) == 2


def test_two_series_are_never_in_one_picture():
    prices = datasets.house_prices()
    view = view_of("house_prices")
    for series, own in prices.groupby("series"):
        last = own[own["period"] == own["period"].max()]
        values = {row["value"] for row in moved(view, series=series)["rows"]["levels"]}
        assert values <= set(last["value"])


def test_rise_and_fall_are_told_as_such():
    prices, numbers, said = GIVEN["house_prices"]()
    assert "46.3% higher" in view_of("house_prices").content["reading"]
    early = (prices["period"] == "2017-11") & (prices["series"] == "reb_apartment")
    fallen = prices.assign(value=prices["value"].where(~early, 40_000))
    assert "lower" in view_of("house_prices", "en", fallen, numbers, said).content["reading"]


# The beliefs.


def test_the_first_card_shows_neither_critique_nor_evidence():
    card = view_of("beliefs")
    assert set(card.item["beliefs"][0]) == {"id", "name", "text"}
    assert not any(row in str(card.item) for row in datasets.beliefs()["critique_en"])


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Desk:
    monkeypatch.setenv("KIT_SERVED", "1")
    return Desk(Words("en"), Store(tmp_path / "work.sqlite"))


def two_cards(desk: Desk) -> tuple[Any, Any]:
    explore = Explore(Words("en"), desk.tie)
    return explore.beliefs(*GIVEN["beliefs"]()), explore.beliefs_again(*GIVEN["beliefs_again"]())


def test_a_choice_is_kept_and_stands_beside_the_second_answer(desk):
    first, second = two_cards(desk)
    learner = new_learner()
    desk._sit(learner)
    first._hear(first, {"belief": "T2_rail", "step": 0}, [])
    second._hear(second, {"belief": "T2_rail", "step": 4}, [])
    assert first.state == second.state == {"first": {"T2_rail": 0}, "second": {"T2_rail": 4}}
    assert desk.store.load(learner)["beliefs/table2"] == first.state


def test_choices_made_earlier_come_back_on_another_day(desk):
    first, _ = two_cards(desk)
    learner = new_learner()
    desk._sit(learner)
    first._hear(first, {"belief": "T2_talent", "step": 2}, [])
    later = Desk(Words("ko"), desk.store)
    cards = two_cards(later)
    assert cards[0].state["first"] == {}
    later._sit(learner)
    assert all(card.state["first"] == {"T2_talent": 2} for card in cards)


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"belief": "T2_rail"},
        {"belief": "nobody", "step": 1},
        {"belief": "T2_rail", "step": 5},
        {"belief": "T2_rail", "step": True},
        {"belief": ["T2_rail"], "step": 1},
        {"belief": "T2_rail", "step": "1"},
    ],
)
def test_a_choice_that_is_none_changes_nothing(message):
    card = view_of("beliefs")
    card._hear(card, message, [])
    assert card.state == {"first": {}, "second": {}}


@pytest.mark.parametrize("work", [{}, {"first": 3}, {"first": {"T2_rail": 9, "x": 1}}, {"y": None}])
def test_kept_work_that_does_not_fit_is_left_out(work):
    card = view_of("beliefs_again")
    card.restore(work)
    assert card.state == {"first": {}, "second": {}}


# All of them.


@both
@pytest.mark.parametrize("verb", [verb for verb in GIVEN if "beliefs" not in verb])
def test_a_move_is_answered_within_50_ms(verb, lang):
    view = view_of(verb, lang)
    moves = [{**view.start, c["id"]: o} for c in view.controls for o, _ in c["options"]] or [{}]
    taken = []
    for values in moves * 3:
        began = process_time()
        view.values = values
        taken.append(process_time() - began)
    assert median(taken) < 0.05


@pytest.mark.parametrize("verb", GIVEN)
def test_english_shows_no_hangul(verb):
    view = view_of(verb, "en")
    shown = view.content if "beliefs" not in verb else view.item
    assert not HANGUL.search(str(shown))


@pytest.mark.parametrize("verb", GIVEN)
def test_a_frame_without_its_columns_is_refused(verb):
    bare = [pd.DataFrame({"year": [2020]}) for _ in GIVEN[verb]()]
    with pytest.raises(BadInput):
        view_of(verb, "en", *bare)
