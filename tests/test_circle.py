"""Signed circles: what they do to a push, and what the figure says about whose arrows they are."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import causal, datasets
from clusterlib.errors import BadInput, UnknownName
from clusterlib.explorers import circle, claims
from clusterlib.i18n import Words
from tests.lessons import cells, source, twin

signs = st.lists(st.sampled_from("+-"), min_size=2, max_size=7)
pushes = st.sampled_from([1, -1])
both_languages = pytest.mark.parametrize("lang", ["ko", "en"])
STORIES = ("youth", "island", "hiring")


def arrows(pairs: str, marks: list[str] | str) -> pd.DataFrame:
    """Arrows from pairs of letters, "ab bc", and their signs."""
    ends = pairs.split()
    return pd.DataFrame(
        {"from": [e[0] for e in ends], "to": [e[1] for e in ends], "sign": [*marks]}
    )


def ring(marks: list[str]) -> pd.DataFrame:
    names = "abcdefg"[: len(marks)]
    return arrows(" ".join(map("".join, zip(names, names[1:] + names[0], strict=True))), marks)


@st.composite
def maps(draw) -> pd.DataFrame:
    ends = st.tuples(*[st.sampled_from("abcde")] * 2)
    pairs = draw(st.lists(ends, min_size=1, max_size=12, unique=True))
    return arrows(" ".join(map("".join, pairs)), [draw(st.sampled_from("+-")) for _ in pairs])


# The reckoning.


@given(signs)
def test_an_even_number_of_minus_arrows_reinforces_and_an_odd_one_balances(marks) -> None:
    assert causal.circle_sign(ring(marks)) == (-1) ** marks.count("-")


@given(signs, st.randoms())
def test_the_sign_of_a_circle_does_not_depend_on_the_order_of_its_arrows(marks, chance) -> None:
    whole = ring(marks)
    rows = list(range(len(whole)))
    chance.shuffle(rows)
    assert causal.circle_sign(whole.iloc[rows]) == causal.circle_sign(whole)


@given(signs)
def test_a_circle_without_one_of_its_arrows_is_none(marks) -> None:
    whole = ring(marks)
    for n in range(len(whole)):
        rest = whole.drop(index=n)
        assert causal.circle(rest) == []
        assert causal.circle_sign(rest) == 0


@given(signs, pushes, st.integers(0, 6))
def test_a_push_comes_round_with_the_sign_of_the_circle(marks, push, place) -> None:
    whole = ring(marks)
    start = whole["from"].iloc[place % len(whole)]
    steps = causal.propagate(whole, start, push)
    assert len(steps) == len(whole)
    assert list(steps["returns"]) == [False] * (len(whole) - 1) + [True]
    assert steps["to"].iloc[-1] == start
    assert steps["change"].iloc[-1] == push * causal.circle_sign(whole)


@given(maps(), pushes)
def test_a_push_travels_each_arrow_at_most_once_and_mirrors_its_opposite(edges, push) -> None:
    start = edges["from"].iloc[0]
    steps = causal.propagate(edges, start, push)
    assert not steps.duplicated(["from", "to"]).any()
    assert set(steps["change"]) <= {1, -1}
    mirrored = causal.propagate(edges, start, -push)
    assert list(mirrored["change"]) == [-n for n in steps["change"]]


@given(maps())
def test_a_push_returns_only_where_a_circle_closes(edges) -> None:
    if not causal.circle(edges):
        for box in {*edges["from"], *edges["to"]}:
            assert not causal.propagate(edges, box, 1)["returns"].any()


@given(maps())
def test_a_circle_is_made_of_arrows_that_exist_and_visits_no_box_twice(edges) -> None:
    boxes = causal.circle(edges)
    pairs = {*zip(edges["from"], edges["to"], strict=True)}
    assert len(set(boxes)) == len(boxes)
    assert all(pair in pairs for pair in zip(boxes, boxes[1:] + boxes[:1], strict=True))


def test_two_ways_to_one_box_are_no_return() -> None:
    steps = causal.propagate(arrows("ab ac bd cd", "++-+"), "a", 1)
    assert not steps["returns"].any()


def test_a_box_that_no_arrow_touches_is_named() -> None:
    with pytest.raises(UnknownName, match="z"):
        causal.propagate(arrows("ab", "+"), "z", 1)


# The stories of lesson 1.


def story(name: str, support: str = "all") -> pd.DataFrame:
    edges = datasets.causal_edges().query("circle == @name")
    return edges if support == "all" else edges[edges["support"] == support]


def test_no_story_closes_with_the_arrows_of_the_brief_alone() -> None:
    assert {name: causal.circle_sign(story(name, "brief")) for name in STORIES} == dict.fromkeys(
        STORIES, 0
    )


def test_with_ours_two_stories_are_reinforcing_circles_and_one_stays_open() -> None:
    found = {name: causal.circle_sign(story(name)) for name in STORIES}
    assert found == {"youth": 1, "island": 1, "hiring": 0}


# The figure.


def figure(lang: str):
    return circle.vicious_circle(Words(lang), datasets.causal_nodes(), datasets.causal_edges())


def said(view, **values) -> dict:
    view.values = {**view.start, **values}
    return view.content


@both_languages
def test_the_figure_carries_what_every_figure_carries(lang) -> None:
    view = figure(lang)
    assert view.frame["id"] == "1.vicious_circle"
    assert view.frame["evidence"] == "teaching"
    assert "916" in view.frame["sources"]
    for name in STORIES:
        content = said(view, circle=name)
        assert all(content[part] for part in ("title", "subtitle", "alt", "reading"))
        assert len(content["table"]["rows"]) == len(story(name))


@both_languages
def test_the_title_counts_the_arrows_of_the_brief(lang) -> None:
    title = said(figure(lang), circle="youth")["title"]
    assert str(len(story("youth"))) in title
    assert str(len(story("youth", "brief"))) in title


@both_languages
def test_hiding_ours_leaves_the_arrows_of_the_brief_and_shows_the_gaps(lang) -> None:
    view = figure(lang)
    shown = said(view, circle="youth", ours="shown")
    hidden = said(view, circle="youth", ours="hidden")
    assert not shown["rows"]["gaps"]
    assert len(hidden["rows"]["gaps"]) == len(story("youth", "inference"))
    assert len(hidden["rows"]["arrows"]) == len(story("youth", "brief"))
    assert not any(arrow["ours"] for arrow in hidden["rows"]["arrows"])
    assert hidden["reading"] != shown["reading"]
    assert hidden["rows"]["boxes"] == shown["rows"]["boxes"], "boxes stay where they are"


@both_languages
@pytest.mark.parametrize("name", STORIES)
def test_each_arrow_says_sign_standing_and_reason(lang, name) -> None:
    for arrow, row in zip(
        said(figure(lang), circle=name)["rows"]["arrows"],
        story(name).sort_values("order").to_dict("records"),
        strict=True,
    ):
        assert arrow["reason"] == row[f"reason_{lang}"]
        assert arrow["ours"] == (row["support"] == "inference")
        assert arrow["sign"] == row["sign"].replace("-", "−")
        assert arrow["standing"] in arrow["label"]
        if row["support"] == "brief":
            assert row["section"] in arrow["standing"]


def test_open_chains_are_never_called_circles() -> None:
    content = said(figure("en"), circle="hiring")
    assert "not a circle" in content["title"]
    assert content["rows"]["about"][0]["centre"] == "Open chain"


@both_languages
@pytest.mark.parametrize("push", [1, -1])
def test_a_push_is_told_step_by_step_to_its_end(lang, push) -> None:
    view = figure(lang)
    put = {"circle": "youth", "of": "youth", "box": "good_jobs", "push": push, "turn": 1}
    steps = said(view, **put)["rows"]["steps"]
    assert [step["change"] for step in steps] == [push] * 5
    assert steps[-1]["box"] == "good_jobs"
    round_ = steps[-1]["end"]
    stopped = said(view, **put, ours="hidden")["rows"]["steps"]
    assert [step["box"] for step in stopped] == ["good_jobs", "young_people", "dynamism"]
    assert stopped[-1]["end"] != round_
    assert not any("end" in step for step in steps[:-1])


@both_languages
def test_a_push_where_no_arrow_is_left_moves_nothing(lang) -> None:
    put = {"circle": "youth", "of": "youth", "box": "investment", "push": 1, "ours": "hidden"}
    (only,) = said(figure(lang), **put)["rows"]["steps"]
    assert only["end"]


def test_a_push_belongs_to_its_story() -> None:
    content = said(figure("ko"), circle="hiring", of="youth", box="good_jobs", push=1)
    assert content["rows"]["steps"] == []


def test_a_frame_without_signs_is_refused() -> None:
    with pytest.raises(BadInput, match="sign"):
        circle.vicious_circle(
            Words("en"), datasets.causal_nodes(), datasets.causal_edges().drop(columns="sign")
        )


# The causes.


@both_languages
def test_each_claim_shows_whether_data_here_speak_to_it(lang) -> None:
    frame = datasets.causes()
    view = claims.causes(Words(lang), frame)
    shown = view.content["rows"]["claims"]
    assert [claim["text"] for claim in shown] == list(frame[f"text_{lang}"])
    assert [claim["status"] for claim in shown] == list(frame["evidence_here"])
    assert all(claim["standing"] for claim in shown)
    assert [claim["number"] for claim in shown[:4]] == [1, 2, 3, None]
    assert len(view.content["table"]["rows"]) == len(frame)


@both_languages
@pytest.mark.parametrize("status", ["data", "partial", "none"])
def test_the_filter_shows_the_claims_of_one_standing(lang, status) -> None:
    frame = datasets.causes()
    view = claims.causes(Words(lang), frame)
    view.values = {"status": status}
    shown = view.content["rows"]["claims"]
    assert len(shown) == (frame["evidence_here"] == status).sum()
    assert view.content["reading"]


@both_languages
def test_the_title_of_the_causes_follows_the_table(lang) -> None:
    frame = datasets.causes()
    partly = claims.causes(Words(lang), frame).content["title"]
    assert str(len(frame)) in partly
    assert str((frame["evidence_here"] == "partial").sum()) in partly
    for status in ("data", "none"):
        other = claims.causes(Words(lang), frame.assign(evidence_here=status)).content["title"]
        assert other != partly


def test_claims_point_to_figures_that_the_lesson_shows() -> None:
    code = "".join(source(cell) for cell in cells(twin("1_decline", "ko"), "code"))
    for name in {name for names in claims.SHOWN_IN.values() for name in names}:
        assert f"kit.explore.{name}(" in code, "a figure's id is its verb"


def test_every_table_of_a_claim_has_a_figure_or_a_title() -> None:
    view = claims.causes(Words("ko"), datasets.causes())
    for claim, tables in zip(
        view.content["rows"]["claims"], datasets.causes()["tables"].fillna(""), strict=True
    ):
        assert bool(tables) == bool(claim["figures"] or claim["tables"])
