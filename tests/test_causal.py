"""Loops of signed maps: every one found once, its sign, and what its parts hold up."""

from __future__ import annotations

import itertools
import random
import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import causal, datasets, mapwork
from clusterlib.errors import BadInput, UnknownName
from tests.test_circle import arrows, maps, ring, signs


def figure4(hidden: str = "") -> pd.DataFrame:
    edges = datasets.figure4_edges()
    return edges[edges["grade"] != hidden]


# Worked examples.


def test_the_loops_of_the_worked_example() -> None:
    """The documentation of networkx for simple_cycles, and its issue 2715."""
    edges = arrows("aa ab ac bc ca cb cc", "+" * 7)
    assert set(causal.loops(edges).ways) == {
        ("a",), ("a", "b", "c"), ("a", "c"), ("b", "c"), ("c",),
    }  # fmt: skip


def test_taxes_schools_and_skills_reinforce_each_other() -> None:
    """The example of the SUReNet causal loop analysis: three plus arrows in a ring."""
    edges = arrows("ts sl lt", "+++")
    (loop,) = causal.loops(edges).ways
    assert causal.loop_sign(edges, loop) == 1


# Figure 4.


def test_figure_4_closes_three_loops_and_all_reinforce() -> None:
    edges = figure4()
    found = causal.loops(edges)
    assert not found.truncated
    assert {frozenset(way) for way in found.ways} == {
        frozenset({"exit", "recover", "risk"}),
        frozenset({"anchor", "elsewhere", "supply", "tocap"}),
        frozenset({"anchor", "elsewhere", "supply", "firmout"}),
    }
    assert [causal.loop_sign(edges, way) for way in found.ways] == [1, 1, 1]


def test_no_loop_of_figure_4_closes_without_an_inference() -> None:
    assert len(causal.loops(figure4("inference"))) == 0
    assert not causal.loops(figure4("inference")).truncated


def test_the_table_of_hidden_grades_agrees_with_the_library() -> None:
    for row in datasets.figure4_grades().to_dict("records"):
        edges = figure4(row["hidden"])
        ways = causal.loops(edges).ways
        found = [causal.loop_sign(edges, way) for way in ways]
        assert row["arrows"] == len(edges)
        assert row["arrows"] + row["hidden_arrows"] == len(figure4())
        assert (row["loops"], row["reinforcing"], row["balancing"]) == (
            len(ways), found.count(1), found.count(-1),
        )  # fmt: skip


def test_one_quotation_coded_otherwise_closes_loops_without_an_inference() -> None:
    large = {"from": "supply", "to": "bigout", "sign": "+", "grade": "text"}
    for row in datasets.figure4_grades().to_dict("records"):
        edges = figure4(row["hidden"])
        if row["hidden"] != "text":
            edges = pd.concat([edges, pd.DataFrame([large])], ignore_index=True)
        assert row["loops_otherwise"] == len(causal.loops(edges).ways)
    assert datasets.figure4_grades().set_index("hidden").at["inference", "loops_otherwise"] > 0


def test_two_of_three_loops_of_figure_4_hang_on_the_lack_of_anchor_firms() -> None:
    top = causal.leverage(causal.loops(figure4())).iloc[0]
    assert (top["from"], top["to"], top["loops"]) == ("anchor", "", 2)


# Any map.


@given(maps())
def test_each_loop_is_made_of_arrows_that_exist_and_visits_no_box_twice(edges) -> None:
    drawn = {*zip(edges["from"], edges["to"], strict=True)}
    ways = causal.loops(edges).ways
    assert len({*map(tuple, ways)}) == len(ways)
    for way in ways:
        assert len({*way}) == len(way)
        assert {*causal.pairs(way)} <= drawn


@given(maps())
def test_the_search_finds_what_trying_every_order_finds(edges) -> None:
    drawn = {*zip(edges["from"], edges["to"], strict=True)}
    orders = (o for n in range(1, 6) for o in itertools.permutations("abcde", n))
    tried = {o for o in orders if o[0] == min(o) and {*causal.pairs(o)} <= drawn}
    assert set(causal.loops(edges).ways) == tried


@given(maps())
def test_a_loop_has_the_sign_of_its_minus_arrows_wherever_one_begins(edges) -> None:
    signs_of = dict(zip(zip(edges["from"], edges["to"], strict=True), edges["sign"], strict=True))
    for way in causal.loops(edges).ways:
        minus = sum(signs_of[pair] == "-" for pair in causal.pairs(way))
        turned = [way[n:] + way[:n] for n in range(len(way))]
        assert {causal.loop_sign(edges, each) for each in turned} == {(-1) ** minus}


@given(maps(), st.randoms())
def test_loops_do_not_depend_on_the_order_of_the_arrows(edges, chance) -> None:
    rows = list(range(len(edges)))
    chance.shuffle(rows)
    assert causal.loops(edges.iloc[rows]) == causal.loops(edges)


@given(maps())
def test_leverage_is_what_is_lost_when_the_part_is_taken_away(edges) -> None:
    found = causal.loops(edges)
    for part in causal.leverage(found).to_dict("records"):
        cause, effect = part["from"], part["to"]
        if effect:
            left = edges[(edges["from"] != cause) | (edges["to"] != effect)]
        else:
            left = edges[(edges["from"] != cause) & (edges["to"] != cause)]
        assert len(found) - len(causal.loops(left)) == part["loops"] > 0


@given(maps())
def test_a_map_has_a_loop_where_a_circle_closes(edges) -> None:
    assert bool(causal.circle(edges)) == bool(causal.loops(edges).ways)


@given(signs)
def test_turning_one_sign_turns_the_sign_of_the_loop(marks) -> None:
    (way,) = causal.loops(ring(marks)).ways
    turned = ["+" if marks[0] == "-" else "-", *marks[1:]]
    assert causal.loop_sign(ring(turned), way) == -causal.loop_sign(ring(marks), way)


# Bounds and bad maps.


def test_a_search_that_ends_early_says_so() -> None:
    every = arrows(" ".join(a + b for a in "abcde" for b in "abcde" if a != b), "+" * 20)
    whole = causal.loops(every)
    assert len(whole) == 84  # 10 of two boxes, 20 of three, 30 of four, 24 of five
    assert not whole.truncated
    cut = causal.loops(every, most=50)
    assert (len(cut), cut.truncated) == (50, True)
    short = causal.loops(every, longest=3)
    assert (len(short), short.truncated) == (30, True)
    assert not causal.loops(every, most=84).truncated


def test_a_map_as_dense_as_a_learner_may_make_it_stays_quick() -> None:
    names = [f"n{i}" for i in range(51)]
    ends = random.Random(4).sample([*itertools.permutations(names, 2)], 71 + mapwork.MOST_OWN)
    edges = pd.DataFrame(ends, columns=["from", "to"]).assign(sign="+")
    began = time.process_time()
    found = causal.loops(edges)
    spent = time.process_time() - began
    assert found.truncated
    assert 0 < len(found) <= causal.MOST
    assert spent < 2


def test_opposite_arrows_are_refused_and_named() -> None:
    with pytest.raises(BadInput, match="a.*b"):
        causal.loops(arrows("ab ba ab", "++-"))
    assert len(causal.loops(arrows("ab ba ab", "+++"))) == 1, "the same arrow twice is one"


def test_a_loop_that_the_map_does_not_hold_is_refused() -> None:
    with pytest.raises(UnknownName, match="b > a"):
        causal.loop_sign(arrows("ab", "+"), ["a", "b"])


def test_a_map_without_loops_has_no_leverage() -> None:
    assert causal.leverage(causal.loops(arrows("ab bc", "++"))).empty
