"""What the policy lab says of a plan: its measure, its unit, what others pay, and no crumbs."""

from __future__ import annotations

import re

import numpy as np
import pytest

from clusterlib import datasets, i18n, plans
from clusterlib.explorers import policy_lab_view, policy_words
from clusterlib.explorers.policy_lab_table import gap
from clusterlib.explorers.policy_room import room
from clusterlib.i18n import Words
from clusterlib.policy.scenario import MODEL, Scenario
from tests.test_policy_lab import asked, both_languages, lab

READY = sorted(datasets.policy_plans()["plan"].unique())


def texts(content: dict) -> list[str]:
    """Every sentence of the lab about a plan."""
    lines = [line for head in content["heads"] for line in head["lines"]]
    said = [line[part] for line in lines for part in ("value", "diff", "better")]
    cells = [str(cell) for row in content["table"]["rows"] for cell in row]
    return [
        content["title"],
        content["reading"],
        content["alt"],
        content["elsewhere"],
        *said,
        *cells,
    ]


# The title names what it counts.


@both_languages
@pytest.mark.parametrize("plan", READY)
def test_no_plan_is_called_better_for_one_outcome(lang, plan) -> None:
    view = lab(lang)
    asked(view, preset=plan)
    for text in texts(view.content):
        assert not re.search(r"better|낫|나음|나은", text)
    if plan != "nothing":
        assert {"ko": "종사자", "en": "workers"}[lang] in view.content["title"].lower()


@both_languages
def test_a_plan_that_changes_no_worker_is_said_to_change_nothing(lang) -> None:
    view = lab(lang)
    asked(view, preset="transit_one")
    title = view.content["title"]
    assert title == Words(lang)("lab.title.same", year=2042)
    assert "100" not in title
    for head in view.content["heads"]:
        assert head["lines"][0]["diff"] == Words(lang)("lab.diff.same")
        assert not head["lines"][0]["better"]
        assert head["lines"][0]["good"] == 0


@both_languages
def test_a_plan_with_fewer_workers_says_in_how_many_worlds_there_are_fewer(lang) -> None:
    view = lab(lang)
    asked(view, theory="jobs")
    asked(view, preset="complete")
    here = room()
    plan, base = here.ready["complete"], Scenario(theory="jobs")
    ends = [
        here.run(each).values["workers"][-1].sum(axis=0)
        for each in (Scenario(phases=plan.phases, theory="jobs"), base)
    ]
    fewer = policy_words.of_100(float((ends[0] < ends[1]).mean()))
    assert view.content["title"].count(str(fewer)) >= 1
    assert {"ko": "적습니다", "en": "fewer"}[lang] in view.content["title"]


def test_worlds_that_disagree_about_the_side_are_not_said_to_be_the_same() -> None:
    base = np.zeros(100)
    divided = np.linspace(-3000, 3000, 100)
    assert gap("workers", divided, base).split
    assert not gap("workers", divided / 100, base).split
    assert not gap("workers", divided + 500, base).split
    assert gap("workers", base, base).same


# What the other regions lose.


@both_languages
@pytest.mark.parametrize("plan", ["focus", "concentrate"])
def test_what_others_lose_stands_with_the_charts_and_in_the_reading(lang, plan) -> None:
    view = lab(lang)
    asked(view, preset=plan)
    elsewhere = 100 * room().run(room().ready[plan]).values["others"][-1, 0]
    lost = i18n.change(float(np.median(elsewhere - 100)), lang)
    assert lost.startswith(i18n.MINUS)
    for text in (view.content["elsewhere"], view.content["reading"], view.content["alt"]):
        assert lost in text
    asked(view, live=view.state["plan"]["phases"])
    assert lost in view.content["elsewhere"]
    asked(view, preset="open")
    assert view.content["elsewhere"] == ""


# No digits that say nothing.


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [("workers", 49.9, "about 0"), ("workers", 50.0, "+50"), ("workers", -1234, "−1,200"),
     ("hired", 0.0499, "about 0"), ("hired", -0.05, "−0.050"), ("link", 0.0, "about 0")],
)  # fmt: skip
def test_a_difference_below_the_last_useful_digit_is_about_nothing(name, change, said) -> None:
    assert policy_words.difference(name, change, Words("en")) == said


@both_languages
@pytest.mark.parametrize("target", [{"S": 0.21}, {"O": 0.21}, {"S": 0.2}])
def test_a_step_of_a_direction_gives_no_crumbs_of_numbers(lang, target) -> None:
    view = lab(lang)
    asked(view, phases=[{"from": 0, **target}])
    for text in texts(view.content):
        assert not re.search(r"[+−]0\.0[0-4]", text), text
    workers = view.content["heads"][0]["lines"][0]
    about = Words(lang)("lab.about")
    if workers["diff"] == about:
        assert not workers["better"]
        assert workers["good"] == 0
        assert view.content["title"] == Words(lang)("lab.title.about", year=2042)


# Signs, units, and what is downloaded.


def test_good_and_bad_follow_what_is_wished_for_not_the_sign() -> None:
    view = lab()
    asked(view, preset="venture")
    heads = {head["id"]: head["lines"][0] for head in view.content["heads"]}
    assert heads["moved"]["diff"].startswith(i18n.MINUS)
    assert heads["moved"]["good"] == 1
    assert heads["moved"]["better"].startswith("fewer in")
    asked(view, preset="focus")
    moved = view.content["heads"][2]["lines"][0]
    assert moved["diff"].startswith("+")
    assert moved["good"] == -1
    assert moved["better"].startswith("more in")


@both_languages
def test_the_table_and_the_description_count_workers_in_people(lang) -> None:
    view = lab(lang)
    view.answer()
    words = Words(lang)
    shown, counted = words("lab.chart.workers"), words("lab.outcome.workers")
    assert shown not in view.content["alt"]
    assert counted in view.content["alt"]
    for part in ("table", "sheet"):
        names = {row[0] for row in view.content[part]["rows"]}
        assert counted in names
        assert shown not in names


@both_languages
def test_a_download_has_a_number_a_cell_the_model_and_the_plan(lang) -> None:
    view = lab(lang)
    asked(view, preset="open")
    sheet = view.content["sheet"]
    assert len({len(row) for row in sheet["rows"]} | {len(sheet["columns"])}) == 1
    for row in sheet["rows"]:
        assert MODEL in row[-2]
        assert plans.unpacked(row[-1])["phases"] == view.state["plan"]["phases"]
        numbers = [float(cell) for cell in row[2:11] if cell]
        assert numbers[1] <= numbers[2] <= numbers[3]
    ends = room().run(room().ready["open"]).values["workers"][-1].sum(axis=0)
    assert float(sheet["rows"][2][4]) == float(f"{np.median(ends):.2g}")


# The curve, and the instruments.


def test_the_curve_that_was_drawn_for_all_stands_over_all_only() -> None:
    view = lab()
    asked(view, sketch=[40.0, 45.0, 50.0, 55.0, 60.0])
    assert len(view.content["rows"]["sketch"]) == 5
    asked(view, region=True)
    assert view.content["rows"]["sketch"] == []
    assert "the curve you drew" not in [mark["text"] for mark in view.content["key"]]


@both_languages
def test_the_first_point_of_the_curve_is_the_model_s_and_not_fitted(lang) -> None:
    view = lab(lang)
    assert view.drawing["known"] == 1
    assert "맞춘" not in view.words["sketch_text"]


@both_languages
def test_an_instrument_without_a_place_in_the_model_is_said_to_have_none(lang) -> None:
    fits = datasets.instrument_levers().set_index("instrument")["fit"]
    board = lab(lang).board
    shown = [one for lever in board["levers"] + board["aims"] for one in lever["instruments"]]
    for one in shown:
        assert bool(one["unled"]) == (fits[one["id"]] == policy_lab_view.UNLED)
        assert one["fit"]
    assert {one["id"] for one in shown if one["unled"]} == set(fits.index[fits == "none"])


@both_languages
def test_the_lab_says_of_an_instrument_what_the_lesson_says(lang) -> None:
    told, words = datasets.instruments().set_index("instrument"), Words(lang)
    board = lab(lang).board
    for lever in board["levers"] + board["aims"]:
        for one in lever["instruments"]:
            row = told.loc[one["id"]]
            assert one["stated"] == words(f"lesson6.stated.{row['level_stated']}")
            assert one["said"] == words(f"lesson6.said.{row['said_as']}")


def test_what_the_brief_calls_a_need_is_not_put_down_as_a_question() -> None:
    told = datasets.instruments()
    asks = told["level_stated"] == "question"
    assert (told.loc[asks, "said_as"] == "question").all()
