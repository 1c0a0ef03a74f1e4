"""Lesson 5's jobs over time: nothing is drawn that was not fetched, and nothing is joined."""

from __future__ import annotations

import json
import re

import altair as alt
import jsonschema
import pytest

from clusterlib import theme
from clusterlib.explorers import Explore
from clusterlib.i18n import LANGUAGES, Words
from tests.test_refresh import Run, clock, counties, folder, nordic  # noqa: F401

both = pytest.mark.parametrize("lang", LANGUAGES)
COMMAND = "python start.py refresh us_county_jobs nordic_region_jobs"


def explorer(lang: str):
    return Explore(Words(lang)).jobs_abroad()


@pytest.fixture
def fetched(folder):  # noqa: F811
    def answer(request):
        return (counties if request.url.host == "data.bls.gov" else nordic)(request)

    assert Run(answer, "us_county_jobs", "nordic_region_jobs", environment={}).kept


@both
def test_before_anything_is_fetched_a_panel_says_how(folder, lang: str) -> None:  # noqa: F811
    about = explorer(lang).about
    assert about["kind"] == "note"
    assert about["words"]["command"] == COMMAND


@both
def test_each_table_and_industry_is_a_finding_of_its_own(fetched, lang: str) -> None:
    view = explorer(lang)
    titles = set()
    for value, _ in view.controls[0]["options"]:
        view.values = {"what": value}
        content = view.content
        assert len(content["title"].split()) <= 15
        assert content["alt"]
        assert content["reading"]
        assert content["table"]["rows"]
        titles.add(content["title"] + content["subtitle"])
        sources = {point["line"].split("/")[0] for point in content["rows"]["points"]}
        counties_only = sources == {"24031", "24033", "24021"}
        assert counties_only == value.startswith("us_county_jobs")  # the two are never mixed
    assert len(titles) == 4
    if lang == "en":
        assert not re.search("[가-힣]", json.dumps(view.content, ensure_ascii=False))


def test_a_suppressed_year_is_a_gap_and_is_counted(fetched) -> None:
    view = explorer("en")
    view.values = {"what": "us_county_jobs:5417"}
    points = view.content["rows"]["points"]
    hidden = [point for point in points if point["workers"] is None]
    assert len(hidden) == 12
    assert all(point["shown"] is None for point in hidden)
    assert "12 values are suppressed" in view.content["reading"]
    # All three end at the same height: the key tells them apart, no name covers another.
    assert view.content["rows"]["labels"] == []
    assert [mark["look"] for mark in view.content["key"]][:3] == ["●", "■", "▲"]


def test_two_series_of_one_region_are_two_lines_of_one_shape(fetched) -> None:
    view = explorer("ko")
    view.values = {"what": "nordic_region_jobs:C21"}
    points = view.content["rows"]["points"]
    assert len({point["line"] for point in points}) == 6
    assert {point["dashed"] for point in points if point["year"] <= 2020} == {True}
    assert len({(point["area"], point["shape"]) for point in points}) == 3


@both
def test_the_specification_is_valid_and_has_no_colour_of_its_own(fetched, lang: str) -> None:
    checker = jsonschema.Draft7Validator(alt.load_schema())
    for spec in explorer(lang).views:
        assert not list(checker.iter_errors(spec))
        written = json.dumps(spec)
        assert not re.search(r'"#[0-9a-f]{3,8}"', written)
        assert set(re.findall(r"kit:([a-z-]+)", written)) <= set(theme.tokens()["light"])
