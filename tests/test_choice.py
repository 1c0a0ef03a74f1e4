"""Plans compared, chosen, broken and doubted: every number of the figures counted again by hand."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import datasets, desk, plans, progress
from clusterlib.charts import policy_choice
from clusterlib.explorers import Explore, plan_choice, plan_shelf, plan_words
from clusterlib.explorers.policy_room import WORK, room
from clusterlib.i18n import Words
from clusterlib.policy import decision, model, parameters, putback, scenario
from clusterlib.policy.scenario import LEVERS, THEORIES

VERBS = ("plan_compare", "plan_choice", "break_it", "what_must_hold", "theory_debrief")
NAMES = list(decision.OUTCOMES)
ROOM = room()
both_languages = pytest.mark.parametrize("lang", ["ko", "en"])
every_verb = pytest.mark.parametrize("verb", VERBS)


def pinned(name: str) -> dict[str, Any]:
    """A ready-made plan as the lab pins it."""
    return {**scenario.to_plan(ROOM.ready[name], ROOM.keys), "name": f"my {name}"}


def made(verb: str, lang: str = "en", work: dict[str, Any] | None = None) -> Any:
    view = getattr(Explore(Words(lang)), verb)()
    if work is not None:
        view.restore(work)
    return view


def move(view: Any, **values: Any) -> dict[str, Any]:
    view.values = {**view.values, **{k.replace("__", "."): v for k, v in values.items()}}
    return view.content


def grid(view: Any) -> dict[str, Any]:
    return view.content["rows"]["grid"][0]


def line(view: Any, head: str) -> list[dict[str, Any]]:
    return next(row["cells"] for row in grid(view)["lines"] if row["head"]["text"] == head)


def ends(name: str, outcome: str, theory: str = "both") -> np.ndarray:
    return ROOM.outcomes(dataclasses.replace(ROOM.ready[name], theory=theory))[outcome]


def weighed(view: Any) -> list[dict[str, Any]]:
    """The lines of weights and values, outcome by outcome."""
    return grid(view)["lines"][-len(NAMES) - 1 : -1]


def of_100(text: str) -> int:
    return int(re.search(r"(\d+) of 100", text)[1])


def counted(first: np.ndarray, second: np.ndarray) -> float:
    """Better worlds of 100 by a plain loop; a tie is half a win."""
    won = 0.0
    for a, b in zip(first, second, strict=True):
        won += 1.0 if a > b else 0.5 if a == b else 0.0
    return 100 * won / len(first)


# What holds for every figure.


@both_languages
@every_verb
def test_a_figure_says_its_finding_its_standing_and_all_of_its_words(verb: str, lang: str) -> None:
    view = made(verb, lang)
    content = view.content
    assert view.frame["evidence"] == "teaching"
    assert view.frame["sources"]
    for part in ("title", "subtitle", "alt", "reading"):
        assert content[part].strip()
        assert not re.search(r"[{}]|None|nan", content[part]), content[part]
    assert len(content["title"].split()) <= 15
    assert content["table"]["rows"]
    assert {len(row) for row in content["table"]["rows"]} == {len(content["table"]["columns"])}
    json.dumps(content)


@every_verb
@pytest.mark.parametrize("n", range(5))
def test_any_number_of_pinned_plans_is_shown(verb: str, n: int) -> None:
    names = ("focus", "settle", "infra", "open", "venture")
    view = made(verb, work={"pinned": [pinned(name) for name in names[:n]]})
    assert view.content["title"]
    assert ("5 plans" in view.content["reading"]) is (n == 5)
    offered = json.dumps([view.controls, view.content["rows"]], ensure_ascii=False)
    assert all(f"my {name}" in offered for name in names[: min(n, 3)])


@both_languages
@every_verb
def test_a_plan_that_cannot_be_read_is_left_out_with_a_message_and_kept(verb, lang) -> None:
    broken = [
        {"v": 1},
        "no plan at all",
        {**pinned("settle"), "phases": [{"from": 0, "d": [1, 2]}]},
        {**pinned("settle"), "phases": [{"from": 0, "d": [100, 100, 0, 0, 0, 0, 0]}]},
        {**pinned("settle"), "p": {"no_such_number": 1.0}},
        {**pinned("settle"), "p": {"kap": 99.0}},
    ]
    work = {"pinned": [pinned("open"), *broken], "plan": {"any": "thing"}, "sketch": [1, 2]}
    before = json.dumps(work)
    view = made(verb, lang, work)
    assert json.dumps(view.work) == before
    for place in range(2, 2 + len(broken)):
        assert re.search(rf"(plan|정책안) {place}", view.content["reading"]), place
    assert "my open" in json.dumps([view.controls, view.content["rows"]])


@every_verb
@pytest.mark.parametrize(
    "bad",
    [
        {"pinned": 7},
        {"pinned": {"a": 1}},
        {"weights": [1]},
        {"weights": {"workers": "much", "Q": -4}},
        {"pinned": None},
    ],
)
def test_work_of_another_shape_changes_nothing(verb: str, bad: dict[str, Any]) -> None:
    assert made(verb, work=bad).content["title"] == made(verb).content["title"]


@every_verb
def test_moves_of_the_lab_that_do_not_concern_a_figure_leave_it_alone(verb: str) -> None:
    view = made(verb, work={"pinned": [pinned("open")]})
    heard = []
    view.observe(lambda change: heard.append(change), names="content")
    view.restore({"pinned": [pinned("open")], "plan": {"v": 1}, "sketch": [3]})
    assert not heard
    assert view.work["sketch"] == [3]


@every_verb
def test_a_plan_taken_out_elsewhere_leaves_the_lists(verb: str) -> None:
    view = made(verb, work={"pinned": [pinned("open"), pinned("infra")]})
    view.restore({"pinned": []})
    assert "my open" not in json.dumps([view.controls, view.content["rows"]])


def test_a_chosen_plan_stays_chosen_when_another_is_taken_out_or_it_is_renamed() -> None:
    view = made("break_it", work={"pinned": [pinned("open"), pinned("infra")]})
    keys = [key for key, _ in view.controls[0]["options"][:2]]
    move(view, plan=keys[1])
    view.restore({"pinned": [{**pinned("infra"), "name": "Halls"}]})
    assert view.values["plan"] == keys[1]
    assert "Halls" in view.content["title"]


def test_the_same_plan_pinned_twice_can_be_told_apart() -> None:
    view = made("what_must_hold", work={"pinned": [pinned("open"), pinned("open")]})
    keys = [key for key, _ in view.controls[0]["options"]]
    assert len(set(keys)) == len(keys)
    move(view, first=keys[0], second=keys[1])
    assert "the same" in view.content["reading"]


# Side by side.


def test_a_settings_line_holds_the_points_of_each_region_and_phase() -> None:
    phased = pinned("settle")
    phased["phases"] = [
        {"from": 0, "d": [10, 0, 0, 0, 0, 0, 0]},
        {"from": 5, "d": [30, 0, 0, 0, 0, 0, 0], "c": [20, 0, 0, 0, 0, 0, 0]},
    ]
    view = made("plan_compare", work={"pinned": [phased]})
    view.values = {**view.values, "slot.1": "", "slot.2": ""}
    first = line(view, Words("en")("lab.lever.settle"))[0]["strips"]
    assert [strip["said"] for strip in first] == ["10 → 30", "0 → 20"]
    assert [[a, b] for a, b, _ in first[0]["steps"]] == [[0, 0.25], [0.25, 1]]
    heights = [share for strip in first for _, _, share in strip["steps"]]
    assert heights == pytest.approx([1 / 3, 1, 2 / 3])
    total = line(view, "All together a year")[0]["text"]
    assert total == f"{Words('en').say((5 * 10 + 15 * 50) / 20, 'two')} points"


def test_min_mean_and_max_over_the_plans_are_those_of_their_yearly_points() -> None:
    view = made("plan_compare")
    head = Words("en")("lab.lever.settle")
    place = LEVERS.index("settle")
    own = [
        sum(region[place] for region in ROOM.ready[name].phases[0].spend)
        for name in plan_shelf.STAND_INS
    ]
    said = [Words("en").say(n, "two") for n in (min(own), sum(own) / 3, max(own))]
    assert line(view, head)[-1]["text"] == "min {}, mean {}, max {}".format(*said)


@pytest.mark.parametrize("theory", THEORIES)
def test_better_than_nothing_and_pairs_are_counted_world_by_world(theory: str) -> None:
    view = made("plan_compare")
    move(view, theory=theory, outcome="grads_hired_share")
    words = Words("en")
    for name in NAMES:
        cells = line(view, words(f"lab.outcome.{name}"))
        for cell, plan in zip(cells, plan_shelf.STAND_INS, strict=False):
            share = counted(ends(plan, name, theory), ends("nothing", name, theory))
            if np.allclose(ends(plan, name, theory), ends("nothing", name, theory)):
                assert "no difference" in cell["note"]
            else:
                assert of_100(cell["note"]) == pytest.approx(share, abs=1)
    rows = grid(view)["lines"][-3:]
    for n, row in enumerate(rows):
        for m, cell in enumerate(row["cells"][:3]):
            pair = [ends(plan_shelf.STAND_INS[k], "grads_hired_share", theory) for k in (n, m)]
            assert n == m or of_100(cell["text"]) == pytest.approx(counted(*pair), abs=1)


def test_a_band_stands_where_its_percentiles_are() -> None:
    view = made("plan_compare")
    cells = line(view, Words("en")("lab.outcome.workers"))[:3]
    cuts = [np.percentile(ends(name, "workers"), (10, 50, 90)) for name in plan_shelf.STAND_INS]
    still = np.median(ends("nothing", "workers"))
    low, high = min(still, *(c[0] for c in cuts)), max(still, *(c[2] for c in cuts))
    for cell, cut in zip(cells, cuts, strict=True):
        band = cell["band"]
        expected = [(x - low) / (high - low) for x in (*cut, still)]
        assert [band[k] for k in ("low", "mid", "high", "at")] == pytest.approx(expected)


def test_a_plan_that_changes_nothing_is_said_to_change_nothing() -> None:
    view = made("plan_compare")
    move(view, slot__1="", slot__2="", outcome="QO")
    assert "the same" in view.content["title"]
    broken = made("break_it")
    move(broken, plan="attract", outcome="grads_hired_share", worst="gain")
    assert "does not change" in broken.content["title"]


def test_a_link_opens_the_same_plan() -> None:
    view = made("plan_compare", work={"pinned": [pinned("open")]})
    link = line(view, "Plan")[0]["link"]
    opened = scenario.from_plan(plans.unpacked(link["query"]), ROOM.keys)
    assert (opened.phases, opened.name) == (ROOM.ready["open"].phases, "my open")


def tied(view: Any, tmp_path: Any) -> tuple[desk.Desk, Any]:
    made_desk = desk.Desk(Words("en"), progress.Store(tmp_path / "work.sqlite"))
    return made_desk, made_desk.tie(view, view.piece)


def test_renaming_and_taking_out_keep_all_else_of_the_work(tmp_path) -> None:
    owner, view = tied(made("plan_compare"), tmp_path)
    broken = {"v": 1, "odd": True}
    work = {"pinned": [pinned("open"), broken, pinned("infra")], "sketch": [1], "weights": {"Q": 5}}
    view.restore(work)
    view.hear(None, {"do": "rename", "place": 2, "text": "  Halls  "}, None)
    view.hear(None, {"do": "unpin", "place": 0}, None)
    kept = owner.work[WORK]
    assert kept["pinned"] == [broken, {**pinned("infra"), "name": "Halls"}]
    assert (kept["sketch"], kept["weights"]) == ([1], {"Q": 5})
    assert "Halls" in grid(view)["columns"][0]["name"]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"do": "unpin"},
        {"do": "unpin", "place": 9},
        {"do": "rename", "place": "0", "text": "x"},
        {"do": "unpin", "place": -1},
        {"do": "sell", "place": 0},
    ],
)
def test_an_odd_message_changes_nothing(message: dict[str, Any]) -> None:
    view = made("plan_compare", work={"pinned": [pinned("open")]})
    view.hear(None, message, None)
    assert view.work == {"pinned": [pinned("open")]}


# The choice.


def scored(weights: dict[str, float], theory: str = "both") -> np.ndarray:
    """Weighted sums of the three stand-ins, (plans, worlds), by plain loops."""
    table = datasets.policy_values()
    total = sum(weights.values())
    sums = []
    for plan in plan_shelf.STAND_INS:
        found = np.zeros(ROOM.worlds.draws)
        for row in table.itertuples():
            for world, value in enumerate(ends(plan, row.outcome, theory)):
                scaled = (value - row.worst) / (row.best - row.worst)
                found[world] += weights.get(row.outcome, 0) / total * scaled
        sums.append(found)
    return np.array(sums)


def firsts(score: np.ndarray) -> list[float]:
    """How many worlds of 100 each comes first in, ties shared, by a plain loop."""
    won = [0.0] * len(score)
    for world in score.T:
        best = [n for n, each in enumerate(world) if abs(each - max(world)) < 1e-12]
        for n in best:
            won[n] += 100 / len(best) / score.shape[1]
    return won


@pytest.mark.parametrize("theory", THEORIES)
def test_weighted_sum_firsts_and_regret_are_counted_world_by_world(theory: str) -> None:
    weights = {"workers": 30, "Q": 50, "link": 20}
    view = made("plan_choice", work={"weights": weights})
    move(view, theory=theory)
    score = scored(weights, theory)
    for n, cell in enumerate(grid(view)["lines"][0]["cells"][:3]):
        cut = np.percentile(score[n], (10, 50, 90))
        drawn = [min(max(end, 0), 1) for end in cut]
        assert [cell["band"][k] for k in ("low", "mid", "high")] == pytest.approx(drawn)
        assert cell.get("lit", False) == (n == int(np.median(score, axis=1).argmax()))
    first = line(view, "First with these weights")[:3]
    assert [100 * c["bar"]["share"] for c in first] == pytest.approx(firsts(score))
    for n, cell in enumerate(line(view, "Regret")[:3]):
        short = [max(world) - world[n] for world in score.T]
        said = [
            Words("en").say(float(x), "two") for x in (*np.percentile(short, (50, 90)), max(short))
        ]
        assert cell["text"] == "median {}, p90 {}, most {}".format(*said)


def test_shares_under_unknown_weights_agree_with_a_plain_loop() -> None:
    view = made("plan_choice")
    value = np.array(
        [decision.values(ROOM.outcomes(ROOM.ready[n]), ROOM.anchors) for n in plan_shelf.STAND_INS]
    )
    chance, won = np.random.default_rng(99), [0, 0, 0]
    for _ in range(4000):
        drawn = chance.exponential(size=len(NAMES))
        world = chance.integers(value.shape[2])
        sums = [(drawn * each[:, world]).sum() for each in value]
        won[sums.index(max(sums))] += 1
    shares = [c["bar"]["share"] for c in line(view, "First if nobody knows the weights")[:3]]
    assert shares == pytest.approx([n / 4000 for n in won], abs=0.04)
    assert sum(shares) == pytest.approx(1)


def test_a_bound_counts_the_worlds_that_reach_it() -> None:
    view = made("plan_choice")
    row = datasets.policy_values().set_index("outcome").loc["workers"]
    for place in (0, 7, 20):
        move(view, bound__workers=place)
        bound = row["worst"] + place / 20 * (row["best"] - row["worst"])
        cells = next(r for r in grid(view)["lines"] if r["head"]["text"].startswith("Bound"))[
            "cells"
        ]
        for cell, name in zip(cells, plan_shelf.STAND_INS, strict=False):
            reached = sum(1 for n in ends(name, "workers") if n >= bound)
            assert cell["bar"]["share"] == pytest.approx(reached / ROOM.worlds.draws)


def test_the_anchors_are_printed_and_do_not_depend_on_what_is_compared() -> None:
    said = []
    for slots in (("settle", "infra", "open"), ("nothing", "", "")):
        view = made("plan_choice")
        view.values = {**view.values, **{f"slot.{n}": name for n, name in enumerate(slots)}}
        said.append([row["cells"][-1]["text"] for row in weighed(view)])
    assert said[0] == said[1]
    row = datasets.policy_values().iloc[0]
    assert Words("en").say(float(row["worst"]), "two") in said[0][0]
    assert Words("en").say(float(row["best"]), "two") in said[0][0]


@pytest.mark.parametrize("role", datasets.roles()["role"])
def test_a_role_brings_its_weights(role: str) -> None:
    view = made("plan_choice")
    move(view, who=role)
    own = datasets.role_weights().query("role == @role").set_index("outcome")["weight"]
    for name, row in zip(NAMES, weighed(view), strict=True):
        assert row["head"]["input"]["value"] == pytest.approx(100 * own.get(name, 0))


def test_weights_moved_by_hand_are_kept_and_shown_again(tmp_path) -> None:
    owner, view = tied(made("plan_choice"), tmp_path)
    view.restore({"sketch": [4], "pinned": []})
    move(view, who="central")
    assert WORK not in owner.work, "to look at a role is no choice"
    view.values = {**view.values, "w.central.workers": 65}
    kept = owner.work[WORK]
    assert (kept["weights"]["workers"], kept["weights"]["Q"], kept["sketch"]) == (65, 30, [4])
    move(view, who="own")
    assert [plan_choice.weights(view.values, view.shelf)[n] for n in ("workers", "Q")] == [65, 30]
    again = made("plan_choice", work=kept)
    assert line(again, Words("en")("lab.outcome.workers")) is not None
    assert plan_choice.weights(again.values, again.shelf) == kept["weights"]


def test_weights_moved_by_hand_replace_those_that_a_link_brought(tmp_path) -> None:
    plan = {**pinned("open"), "w": {"link": 1}}
    owner, view = tied(made("plan_choice"), tmp_path)
    owner.keep(WORK, {"plan": plan})
    view.restore({"plan": plan})
    view.values = {**view.values, "w.own.workers": 65}
    assert owner.work[WORK]["weights"]["workers"] == 65
    assert owner.work[WORK]["plan"] == pinned("open")


def test_weights_changed_elsewhere_replace_those_of_this_figure() -> None:
    view = made("plan_choice", work={"weights": {"Q": 40}})
    view.values = {**view.values, "w.own.Q": 90}
    view.restore({"weights": {"Q": 10, "workers": 70}})
    assert plan_choice.weights(view.values, view.shelf)["Q"] == 10


# The map of winners.


def test_each_cell_names_the_plan_with_the_highest_median_and_its_share_of_worlds() -> None:
    view = made("plan_choice")
    board = view.content["rows"]["winners"][0]
    assert len(board["cells"]) == 11 * 11
    assert [axis["value"] for axis in board["axes"]] == ["workers", "Q"]
    for x, y in ((0, 0), (10, 0), (3, 8), (10, 10), (0, 10)):
        score = scored({**dict.fromkeys(NAMES, 10), "workers": 10 * x, "Q": 10 * y})
        middle = [float(np.median(each)) for each in score]
        best = middle.index(max(middle))
        cell = board["cells"][11 * y + x]
        assert cell["letter"] == "ABC"[best]
        assert of_100(cell["said"]) == pytest.approx(firsts(score)[best], abs=1)
    assert board["here"] == 11 * 1 + 1


def test_the_axes_never_show_one_outcome_twice_and_a_single_plan_has_no_map() -> None:
    view = made("plan_choice")
    board = move(view, across="Q", up="Q")["rows"]["winners"][0]
    assert len({axis["value"] for axis in board["axes"]}) == 2
    move(view, slot__1="", slot__2="")
    assert view.content["rows"]["winners"] == [None]


values = st.integers(0, 4).flatmap(
    lambda seed: st.tuples(st.integers(2, 4), st.integers(1, 4), st.integers(3, 9)).map(
        lambda shape: np.random.default_rng([seed, *shape]).random(shape)
    )
)


@settings(max_examples=30)
@given(value=values, data=st.data())
def test_an_added_plan_that_is_worse_everywhere_never_changes_a_winner(value, data) -> None:
    count = value.shape[1]
    names = [f"o{n}" for n in range(count)] + (["o1"] if count == 1 else [])
    if count == 1:
        value, names = np.repeat(value, 2, axis=1), ["o0", "o1"]
    behind = data.draw(st.integers(0, len(value) - 1))
    worse = value[behind] - data.draw(st.floats(0.01, 0.5))
    weights = dict.fromkeys(names, data.draw(st.floats(0, 5)))
    before = decision.winners(value, weights, names, names[:2], range(0, 5))
    after = decision.winners(
        np.concatenate([value, [worse]]), weights, names, names[:2], range(0, 5)
    )
    assert before["winner"].tolist() == after["winner"].tolist()
    np.testing.assert_allclose(before["share"], after["share"])


@settings(max_examples=30)
@given(value=values)
def test_all_weight_on_one_outcome_gives_that_outcome_its_winner(value) -> None:
    if value.shape[1] < 2:
        value = np.repeat(value, 2, axis=1)
    names = [f"o{n}" for n in range(value.shape[1])]
    found = decision.winners(value, {}, names, names[:2], (0, 7)).set_index(["across", "up"])
    for axis, at in ((0, (7, 0)), (1, (0, 7))):
        middle = np.median(value[:, axis], axis=1)
        assert found.loc[at, "winner"] == middle.argmax()


def test_a_plan_beside_its_copy_is_level_and_a_third_plan_keeps_its_share() -> None:
    value = np.random.default_rng(5).random((2, 3, 40))
    twice = np.concatenate([value, value[:1]])
    names = ["a", "b", "c"]
    one, two = (decision.winners(v, {"c": 1}, names, ("a", "b"), (0, 5)) for v in (value, twice))
    won = one["winner"] == 1
    assert (two["winner"][won] == 1).all()
    assert (two["winner"][~won] == -1).all()
    assert np.allclose(one["share"][won], two["share"][won])
    assert decision.first(twice.mean(axis=1))[[0, 2]].tolist() == pytest.approx(
        [decision.first(value.mean(axis=1))[0] / 2] * 2
    )


# The broken world.


@pytest.mark.parametrize("outcome", NAMES)
def test_the_course_of_an_outcome_ends_in_the_outcome(outcome: str) -> None:
    run = ROOM.run(ROOM.ready["open"])
    course = decision.course(run)[outcome]
    assert course.shape == (20, ROOM.worlds.draws)
    assert np.array_equal(course[-1], ends("open", outcome))


def test_the_hired_share_looks_back_five_years_and_no_further() -> None:
    run = ROOM.run(ROOM.ready["open"])
    hired, graduates = (run.values[n].sum(axis=1) for n in ("hired", "graduates"))
    course = decision.course(run)["grads_hired_share"]
    for year in (0, 3, 4, 11):
        begin = max(year - 4, 0)
        over = slice(begin, year + 1)
        assert np.allclose(course[year], hired[over].sum(0) / graduates[over].sum(0))


@pytest.mark.parametrize("theory", THEORIES)
@pytest.mark.parametrize("worst", ["end", "gain"])
def test_the_world_shown_is_the_worst_and_both_lines_are_of_it(theory: str, worst: str) -> None:
    view = made("break_it")
    rows = move(view, theory=theory, worst=worst, plan="infra")["rows"]
    with_it, without = ends("infra", "workers", theory), ends("nothing", "workers", theory)
    by = with_it if worst == "end" else with_it - without
    world = min(range(len(by)), key=lambda n: by[n])
    last = {r["kind"]: r["value"] for r in rows["lines"] if r["year"] == plan_shelf.LAST}
    scale = Words("en").scale
    assert last == pytest.approx({"plan": with_it[world] / scale, "still": without[world] / scale})
    assert rows["band"][-1]["p50"] == pytest.approx(np.median(with_it) / scale)
    assert rows["band"][0]["p10"] <= rows["band"][0]["p50"] <= rows["band"][0]["p90"]


def put_back(world: int, name: str, plan: str, outcome: str, theory: str) -> float:
    """What a plan ends at in one world with one number at its median, run by itself."""
    alone = {
        k: v if isinstance(v, float) else float(v[world]) for k, v in ROOM.worlds.values.items()
    }
    alone[name] = float(np.median(ROOM.worlds.values[name]))
    only = parameters.Worlds(ROOM.worlds.regions, alone, ROOM.worlds.beliefs)
    ready = dataclasses.replace(ROOM.ready[plan], theory=theory)
    return float(decision.outcomes(model.simulate(ready, only))[outcome][0])


@pytest.mark.parametrize("worst", ["end", "gain"])
@pytest.mark.parametrize("theory", ["both", "jobs"])
def test_the_numbers_shown_are_those_that_move_the_worst_world_most(theory, worst) -> None:
    view = made("break_it")
    move(view, theory=theory, worst=worst, plan="settle", outcome="workers")
    ways = [ends(plan, "workers", theory) for plan in ("settle", "nothing")]
    by = ways[0] if worst == "end" else ways[0] - ways[1]
    world = int(np.argmin(by))
    free = putback.drawn(ROOM.worlds.under(theory))
    moved = {}
    for name in free:
        now = [put_back(world, name, plan, "workers", theory) for plan in ("settle", "nothing")]
        moved[name] = (now[0] if worst == "end" else now[0] - now[1]) - by[world]
    names = plan_words.numbers("en")
    largest = sorted((n for n in free if abs(moved[n]) >= 50), key=lambda n: -abs(moved[n]))
    shown = view.content["rows"]["numbers"]
    assert [row["name"] for row in shown] == [names[n].label for n in largest[: len(shown)]]
    assert [row["effect"] for row in shown] == pytest.approx([moved[n] for n in largest[:8]])
    assert len(view.content["table"]["rows"]) == len(largest)
    assert f"and {len(largest)} of them move" in view.content["reading"]


def test_numbers_that_cannot_matter_are_not_blamed() -> None:
    """Nobody concentrates and nobody pays a fund: their numbers stay out of it."""
    view = made("break_it")
    labels = plan_words.numbers("en")
    said = str(move(view, plan="settle", outcome="workers", worst="end"))
    for name in ("envelope", "reinv", "tau_V", "V_half", "eta_T"):
        assert labels[name].label not in said
    said = str(move(view, plan="nothing", outcome="access", worst="end")["rows"]["numbers"])
    assert labels["T_pt0"].label not in said
    assert len(view.content["rows"]["numbers"]) == 2  # where access begins in each region


@both_languages
@pytest.mark.parametrize(
    ("plan", "outcome", "worst", "key"),
    [
        ("settle", "QO", "end", "end"),
        ("settle", "access", "gain", "none"),
        ("nothing", "workers", "gain", "none"),
        ("transit_one", "workers", "gain", "none"),
        ("attract", "grads_hired_share", "gain", "none"),
    ],
)
def test_where_all_worlds_are_alike_none_is_called_worst(lang, plan, outcome, worst, key) -> None:
    view = made("break_it", lang)
    content = move(view, plan=plan, outcome=outcome, worst=worst)
    assert content["rows"]["lines"] == []
    assert content["rows"]["numbers"] == []
    assert content["rows"]["band"]
    words = Words(lang)
    by = words(f"choice.break.worst.{worst}")
    assert content["reading"] == words("choice.break.reading.flat", asked=by)
    name = words(f"choice.name.{outcome}")
    assert name in content["title"]
    assert {"end": "100", "none": plan_words.quoted(ROOM.names[plan][f"name_{lang}"], words)}[
        key
    ] in content["title"]


@pytest.mark.parametrize("draw", [0, 17])
def test_a_number_put_back_leaves_the_others_as_they_are(draw: int) -> None:
    names = putback.drawn(ROOM.worlds)
    tried = putback.put_back(ROOM.worlds, draw, names)
    assert tried.draws == len(names) + 1
    for place, name in enumerate(names, start=1):
        each = tried.values[name]
        assert each[place] == np.median(ROOM.worlds.values[name])
        assert (np.delete(each, place) == ROOM.worlds.values[name][draw]).all()
    assert putback.effects(lambda w: np.ones(w.draws), ROOM.worlds, draw, names).empty


@both_languages
def test_a_number_is_named_with_region_unit_and_standing(lang: str) -> None:
    table = datasets.policy_parameters().set_index("id")
    known = plan_words.numbers(lang)
    assert set(known) == set(table.index)
    regions = datasets.policy_regions().set_index("region")[f"name_{lang}"]
    for name, number in known.items():
        assert table.at[name, f"label_{lang}"] in number.label
        if ":" in name:
            assert regions[name.split(":")[1]] in number.label
        assert number.standing_text == Words(lang)(f"policy.standing_{table.at[name, 'standing']}")


@pytest.mark.parametrize("verb", ["break_it", "theory_debrief"])
def test_each_chart_is_valid_and_takes_its_rows_from_the_figure(verb: str) -> None:
    words = Words("en")
    charts = {
        "break_it": [policy_choice.broken(range(2023, 2043)), policy_choice.movers()],
        "theory_debrief": [policy_choice.beliefs(["workers"], words)],
    }[verb]
    rows = made(verb).content["rows"]
    for chart in charts:
        spec = chart.to_dict(validate=True)
        fed = {layer["data"]["name"] for layer in spec["layer"] if "data" in layer}
        fed |= {spec["data"]["name"]} if "data" in spec else set()
        assert fed
        assert fed <= set(rows)
        assert not re.search("#[0-9a-fA-F]{3,6}", json.dumps(spec))


# What would have to hold.


def test_the_strongest_bounds_are_those_that_a_plain_search_finds() -> None:
    view = made("what_must_hold")
    wins = ends("venture", "workers") > ends("settle", "workers")
    best: dict[str, float] = {}
    for name, drawn in ROOM.worlds.values.items():
        if isinstance(drawn, float):
            continue
        for decile in np.arange(0.1, 0.95, 0.1):
            bound = np.quantile(drawn, decile)
            for inside in ([x >= bound for x in drawn], [x <= bound for x in drawn]):
                left = [w for w, i in zip(wins, inside, strict=True) if i]
                if len(left) >= 50:
                    says = (sum(left) / len(left) - wins.mean()) * len(left) ** 0.5
                    best[name] = max(best.get(name, 0), says)
    strongest = sorted(best, key=best.get, reverse=True)[:3]
    labels = [plan_words.numbers("en")[name].label for name in strongest]
    assert [row["head"]["text"] for row in grid(view)["lines"]] == labels
    assert labels[0] in view.content["reading"]


def test_a_bound_says_share_worlds_base_and_standing_as_they_are() -> None:
    view = made("what_must_hold")
    wins = ends("venture", "workers") > ends("settle", "workers")
    row = decision.rule(wins, ROOM.worlds).iloc[0]
    drawn = ROOM.worlds.values[row["id"]]
    inside = drawn >= row["bound"] if row["side"] == ">=" else drawn <= row["bound"]
    bound, share, standing = grid(view)["lines"][0]["cells"]
    assert Words("en").say(row["bound"], "two") in bound["text"]
    assert share["bar"]["share"] == pytest.approx(sum(wins[inside]) / sum(inside))
    assert f"{sum(inside)} such worlds" in share["note"]
    assert of_100(share["note"]) == pytest.approx(100 * wins.mean(), abs=1)
    assert standing["tag"]["text"] == plan_words.numbers("en")[row["id"]].standing_text


@pytest.mark.parametrize("base", [0.02, 0.1, 0.4, 0.8])
def test_wins_that_hang_on_nothing_give_no_condition(base: float) -> None:
    chance, found = np.random.default_rng(11), 0
    for _ in range(60):
        wins = chance.permutation(ROOM.worlds.draws) < base * ROOM.worlds.draws
        found += not decision.rule(wins, ROOM.worlds, sure=decision.SURE).empty
    assert found <= 60 * 0.12


@pytest.mark.parametrize(
    ("first", "second", "theory", "said"),
    [
        ("venture", "settle", "people", "none of the"),
        ("venture", "settle", "jobs", "in all"),
        ("settle", "settle", "both", "the same"),
    ],
)
def test_what_cannot_be_found_is_said(first: str, second: str, theory: str, said: str) -> None:
    view = made("what_must_hold")
    content = move(view, first=first, second=second, theory=theory)
    assert said in content["reading"]
    assert grid(view)["lines"][0]["head"]["text"] == "Nothing found"


def test_chance_wins_are_said_to_give_nothing(monkeypatch) -> None:
    empty = decision.rule(np.ones(ROOM.worlds.draws, bool), ROOM.worlds)
    monkeypatch.setattr(decision, "rule", lambda *args, **more: empty)
    view = made("what_must_hold")
    assert "Nothing was found" in view.content["reading"]


def test_the_weighted_sum_can_be_what_is_won() -> None:
    weights = {"workers": 60, "Q": 40}
    view = made("what_must_hold", work={"weights": weights})
    content = move(view, outcome="score", first="settle", second="open")
    score = scored(weights)
    base = f"in {round(counted(score[0], score[2]))}"
    assert f"{base} of 100 worlds" in content["reading"]


# The beliefs.


@pytest.mark.parametrize("pair", [("settle", "infra"), ("venture", "open")])
def test_each_duel_is_counted_under_each_belief(pair: tuple[str, str]) -> None:
    view = made("theory_debrief")
    rows = move(view, first=pair[0], second=pair[1])["rows"]["duels"]
    assert len(rows) == len(NAMES) * len(THEORIES)
    for row in rows:
        both = [ends(name, row["outcome"], row["belief"]) for name in pair]
        assert row["level"] == np.allclose(*both, atol=0, rtol=1e-9)
        assert row["level"] or row["n"] == pytest.approx(counted(*both), abs=1)


def test_the_title_says_when_the_belief_decides_and_when_it_does_not() -> None:
    view = made("theory_debrief")
    own = [counted(ends("settle", "workers", t), ends("infra", "workers", t)) for t in THEORIES[1:]]
    assert (own[0] - 50) * (own[1] - 50) < 0, "the ready-made pair no longer turns on workers"
    assert "by belief" in view.content["title"]
    assert "the same" in move(view, outcome="QO")["title"]
    assert "under either belief" in move(view, outcome="stay_rate")["title"]
