"""The policy lab without a browser: what it says, its way back, links, files, bad input."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from clusterlib import datasets, i18n, open_kit, plans
from clusterlib.charts import policy as charts
from clusterlib.errors import BadInput
from clusterlib.explorers import Explore, plan_words, policy_lab_view, policy_words
from clusterlib.explorers.plan_shelf import Shelf
from clusterlib.explorers.policy_lab_work import Bench, ensemble
from clusterlib.explorers.policy_room import WORK, room
from clusterlib.i18n import Words
from clusterlib.policy.scenario import LEVERS, MODEL, Scenario, to_plan

both_languages = pytest.mark.parametrize("lang", ["ko", "en"])


def lab(lang: str = "en"):
    return Explore(Words(lang)).policy_lab()


def asked(view, **message):
    view._hear(None, message, [])
    return view.state


def phase(begin: int = 0, **spent) -> dict:
    """A phase that spends the same points in each region."""
    points = [spent.get(lever, 0) for lever in LEVERS]
    return {"from": begin, **dict.fromkeys(room().keys, points)}


# What is on the screen.


@both_languages
def test_the_lab_carries_what_every_figure_carries(lang) -> None:
    view = lab(lang)
    assert view.frame["id"] == "6.policy_lab"
    assert view.frame["evidence"] == "teaching"
    assert "916" in view.frame["sources"]
    for _ in (1, 2):
        content = view.content
        assert all(content[part] for part in ("title", "subtitle", "alt", "reading"))
        assert lang == "ko" or len(content["title"].split()) <= 15
        assert content["table"]["rows"]
        asked(view, preset="open")


@both_languages
def test_the_strip_counts_the_assumed_numbers_from_the_table(lang) -> None:
    table = datasets.policy_parameters()
    assumed = (table["standing"] == "assumption").sum()
    strip = lab(lang).board["strip"]
    assert str(assumed) in strip["count"]
    assert str(len(table)) in strip["count"]
    fewer = table.assign(standing=table["standing"].where(table.index > 9, "brief"))
    counted = policy_lab_view.strip(fewer, Words(lang))["count"]
    assert str((fewer["standing"] == "assumption").sum()) in counted


def test_every_instrument_of_the_brief_is_reached_from_a_lever() -> None:
    board = lab().board
    reached = {
        one["id"] for lever in board["levers"] + board["aims"] for one in lever["instruments"]
    }
    assert reached == set(datasets.instruments()["instrument"])
    assert board["instruments"] == len(reached) == 21
    for lever in board["levers"] + board["aims"]:
        for one in lever["instruments"]:
            assert all(one[part] for part in ("name", "level", "stated", "evidence", "section"))


def test_the_numbers_behind_a_lever_are_those_of_the_equations_that_use_it() -> None:
    """An equation of EQUATIONS speaks of the lever in the formula that the lesson shows."""
    named = {"special": "special", "openness": "target", "vc": "fund", "focus": "focus"}
    forms = i18n.catalogue("policy")
    for name, numbers in policy_lab_view.EQUATIONS.items():
        texts = [forms[f"eq_{number:02}_form"]["en"] for number in numbers]
        word = named.get(name, name)
        alone = {"transit": "ends", "retain": "retain", "attract": "effort"}.get(name, word)
        assert any(re.search(rf"\b({word}|{alone})", text) for text in texts), (name, texts)


def test_a_lever_wears_the_weakest_standing_behind_it() -> None:
    order = policy_lab_view.WEAKEST
    for lever in lab().board["levers"]:
        behind = [number["standing"] for number in lever["numbers"]]
        assert lever["standing"] == min(behind, key=order.index)


def test_presets_are_the_four_strategies_and_all_other_plans() -> None:
    board = lab().board
    shown = [name for name, _ in board["presets"] + board["more"]]
    assert [name for name, _ in board["presets"]] == list(policy_lab_view.STRATEGIES)
    assert sorted(shown) == sorted(datasets.policy_plans()["plan"].unique())


# What is said is what the model gave.


def test_bands_and_differences_are_those_of_the_runs() -> None:
    view = lab("en")
    asked(view, preset="settle")
    here = room()
    mine, base = here.run(here.ready["settle"]), here.run(Scenario())
    workers = mine.values["workers"].sum(axis=1)
    rows = view.content["rows"]["plan_workers"]
    assert [row["year"] for row in rows] == list(mine.years)
    told = np.array([[row["lo"], row["mid"], row["hi"]] for row in rows])
    assert np.allclose(told, np.percentile(workers, (10, 50, 90), axis=1).T / 1000, atol=0.001)
    more = workers[-1] - base.values["workers"][-1].sum(axis=0)
    head = view.content["heads"][0]["lines"][0]
    assert i18n.change(float(np.median(more)), "en") in head["diff"]
    assert str(policy_words.of_100((more > 0).mean())) in head["better"]


def test_each_region_adds_up_to_both_together_and_the_link_stays_one() -> None:
    run = room().run(room().ready["open"])
    apart, together = charts.seen(run, each=True), charts.seen(run)
    assert np.allclose(apart["workers"].sum(axis=1), together["workers"][:, 0])
    assert apart["link"].shape[1] == 1
    view = lab()
    asked(view, preset="open")
    asked(view, region=True)
    places = {row["place"] for row in view.content["rows"]["plan_hired"]}
    assert places == set(datasets.policy_regions()["region"])
    assert [len(head["lines"]) for head in view.content["heads"]] == [2, 2, 2, 1]


def test_fewer_firms_leaving_is_better_and_more_is_worse() -> None:
    view = lab()
    asked(view, preset="venture")
    good = {head["id"]: head["lines"][0]["good"] for head in view.content["heads"]}
    assert good["moved"] == 1
    asked(view, preset="open")
    assert view.content["heads"][2]["lines"][0]["good"] == -1


def test_doing_nothing_claims_no_difference() -> None:
    view = lab()
    assert view.content["rows"]["plan_workers"] == []
    assert all(not line["better"] for head in view.content["heads"] for line in head["lines"])
    asked(view, phases=[phase()])
    assert view.state["idle"]


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, 0), (0.001, 1), (0.5, 50), (0.999, 99), (1.0, 100)]
)
def test_none_and_all_worlds_are_said_only_where_it_is_so(share, said) -> None:
    assert policy_words.of_100(share) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(78432, "78,000"), (99.7, "100"), (9.96, "10"), (0.4637, "0.46"), (-4.63, "−4.6"), (0, "0")],
)
def test_results_have_two_significant_digits(value, said) -> None:
    assert i18n.two(value, "en") == said
    assert i18n.change(value, "en") == ("+" + said if value > 0 else said)


def test_axes_stand_still_in_steps() -> None:
    tops = [charts.round_up(x) for x in np.linspace(41, 49, 9)]
    assert set(tops) == {50.0}
    assert charts.round_up(50.01) == 64.0


# The way back.


def test_undo_and_redo_walk_through_every_plan_and_reset_is_a_step() -> None:
    view = lab()
    seen = [view.state["plan"]]
    for message in (
        {"preset": "open"},
        {"phases": [phase(settle=10)]},
        {"phases": [phase(settle=10), phase(5, vc=20)]},
        {"theory": "jobs"},
        {"reset": True},
    ):
        seen.append(asked(view, **message)["plan"])
    for plan in seen[-2::-1]:
        assert asked(view, undo=True)["plan"] == plan
    assert not view.state["undo"]
    for plan in seen[1:]:
        assert asked(view, redo=True)["plan"] == plan
    assert not view.state["redo"]


def test_a_lever_on_its_way_is_drawn_but_no_step_of_its_own() -> None:
    view = lab()
    for points in (1, 2, 3):
        asked(view, live=[phase(settle=points)], mark=points)
        assert view.content["mark"] == points
    assert not view.state["undo"]
    assert view.content["rows"]["plan_workers"]
    asked(view, phases=[phase(settle=3)])
    asked(view, undo=True)
    assert view.state["idle"]
    assert not view.state["undo"]


# Links and files.


@pytest.mark.parametrize("name", list(room().ready))
def test_a_link_restores_the_plan_whole(name) -> None:
    view = lab()
    asked(view, preset=name)
    asked(view, theory="people")
    state = view.state
    other = lab("ko")
    opened = asked(other, link=f"http://somewhere/ko/6_lab?s={state['link']}")
    assert opened["problem"] == ""
    drop = {"name", "lang", "ens"}
    assert {k: v for k, v in opened["plan"].items() if k not in drop} == {
        k: v for k, v in state["plan"].items() if k not in drop
    }
    assert other.content["rows"]["plan_link"] == view.content["rows"]["plan_link"]


def test_a_link_of_two_phases_stays_short() -> None:
    view = lab("ko")
    asked(view, phases=[phase(settle=12, vc=7, talent=5), phase(8, transit=31, infra=2)])
    assert len(view.state["link"]) < 400
    assert plans.unpacked(view.state["link"])["ens"] == ensemble()


def sealed(**changes) -> str:
    return plans.packed({"v": 1, "model": MODEL, "phases": [phase(settle=10)], **changes})


GOOD = sealed()
BAD_LINKS = [
    "", "?s=", "hello", GOOD[: len(GOOD) // 2], GOOD[:-1] + "!", "x" * 5000, "http://[",
    sealed(phases=[phase(settle=51)]),  # over the budget
    sealed(phases=[phase(settle=1e9)]), sealed(phases=[phase(settle=-1)]),
    sealed(phases=[]), sealed(phases=[phase(3), phase(1)]), sealed(phases=[phase()] * 9),
    sealed(theory="stars"), sealed(v=2), sealed(model="one"), sealed(more=1),
    sealed(p={"no_such_number": 1.0}), sealed(p={"eta_L": 1e6}),
]  # fmt: skip


@both_languages
@pytest.mark.parametrize("link", BAD_LINKS, ids=range(len(BAD_LINKS)))
def test_a_bad_link_says_what_is_wrong_and_leaves_the_plan_as_it_is(link, lang) -> None:
    view, kept = lab(lang), []
    asked(view, phases=[phase(vc=20)])
    mine = view.state["plan"]
    view.keep = kept.append
    state = asked(view, link=link)
    assert state["problem"].endswith(Words(lang)("lab.said.kept"))
    assert bool(re.search("[가-힣]", state["problem"])) == (lang == "ko")
    assert state["plan"] == mine
    assert not kept, "what was kept is not written over"
    assert asked(view, undo=True)["idle"], "no step was made of it"


@both_languages
def test_what_mail_and_sentences_add_to_a_link_does_no_harm(lang) -> None:
    half = len(GOOD) // 2
    whole = f"http://192.168.0.10:8866/ko/6_lab?s={GOOD}"
    for link in (f"{GOOD}.", f"<{whole}>,", f"  {whole}\n", GOOD[:half] + "\r\n " + GOOD[half:],
                 whole.replace(GOOD, GOOD[:half] + " " + GOOD[half:]) + ").",
                 whole.replace(GOOD, GOOD[:half] + "%20" + GOOD[half:] + "%20")):  # fmt: skip
        assert asked(lab(lang), link=link)["plan"]["phases"] == [phase(settle=10)]


@pytest.mark.parametrize("word", ["(이)", "이(가)", "은(는)", "을(를)", "과(와)", ".0점"])
def test_what_is_said_of_bad_plans_has_its_particles_and_whole_points(word) -> None:
    told = [asked(lab("ko"), link=link)["problem"] for link in BAD_LINKS]
    told.append(asked(lab("ko"), link=sealed(model="0.9.0"))["said"])
    assert not any(word in each for each in told)
    assert any("102점" in each for each in told)


BAD_FILES = ["", "{", "[]", "null", '{"v": 1}', "[" * 9000, "{" + " " * 20_000 + "}", "\udc00",
             json.dumps({"v": 1, "model": MODEL, "phases": [{"from": float("nan")}]})]  # fmt: skip


@pytest.mark.parametrize("text", BAD_FILES, ids=range(len(BAD_FILES)))
def test_a_bad_file_is_refused_likewise(text) -> None:
    view = lab()
    asked(view, preset="venture")
    mine = view.state["plan"]
    assert asked(view, file=text)["problem"]
    assert view.state["plan"] == mine


def test_a_saved_file_is_opened_again() -> None:
    view, sent = lab(), []
    view.send = lambda message, *_: sent.append(message)
    asked(view, phases=[phase(settle=10), phase(4, vc=15)])
    asked(view, save=True)
    assert sent[0]["name"].endswith(".json")
    other = lab("ko")
    assert asked(other, file=sent[0]["file"])["problem"] == ""
    assert other.state["plan"]["phases"] == view.state["plan"]["phases"]


@both_languages
def test_a_plan_of_another_version_opens_with_a_warning_and_both_results(lang) -> None:
    view = lab(lang)
    link = sealed(model="0.9.0", r={"workers": [51000, 61000, 71000], "unheard_of": [1, 2, 3]})
    state = asked(view, link=link)
    assert "0.9.0" in state["said"]
    assert MODEL in state["said"]
    assert state["plan"]["model"] == "0.9.0"
    (row,) = state["both"]["rows"]
    assert i18n.two(61000, lang) in row[1]
    now = view.content["table"]["rows"][2][3]
    assert row[2] == now
    changed = asked(view, phases=[phase(settle=11)])
    assert changed["plan"]["model"] == MODEL
    assert changed["both"] is None
    assert "r" not in changed["plan"]


def test_another_version_without_results_says_so() -> None:
    state = asked(lab(), link=sealed(model="0.9.0"))
    assert "0.9.0" in state["said"]
    assert state["both"] is None


@pytest.mark.parametrize(
    "message",
    [
        {}, {"burn": 1}, {"phases": None}, {"phases": [phase(settle=80)]}, {"theory": "stars"},
        {"preset": "no such"}, {"load": 7}, {"load": "x"}, {"unpin": None}, {"live": "x"},
        {"sketch": ["x"]},
    ],
    ids=str,
)  # fmt: skip
def test_what_makes_no_sense_changes_nothing(message) -> None:
    view = lab()
    asked(view, preset="open")
    before = view.state["plan"]
    asked(view, **message)
    assert view.state["plan"] == before


# The common work.


def test_plans_are_pinned_up_to_three_and_come_back() -> None:
    view = lab("ko")
    for name in ("focus", "open", "venture", "settle"):
        asked(view, preset=name)
        asked(view, pin=True)
    assert len(view.state["pinned"]) == 3
    assert view.state["said"] == Words("ko")("lab.said.full")
    asked(view, unpin=0)
    asked(view, pin=True)
    asked(view, pin=True)
    assert view.state["said"] == Words("ko")("lab.said.again")
    asked(view, load=0)
    assert view.state["plan"]["phases"] == to_plan(room().ready["open"], room().keys)["phases"]


def test_a_pinned_plan_that_nobody_can_read_is_not_lost() -> None:
    view, kept, own = lab(), [], {"v": 1, "model": "1.0.0", "phases": [{"from": 0}]}
    view.restore({"pinned": ["torn", own]})
    view.keep = kept.append
    asked(view, unpin=0)
    assert kept[-1]["pinned"] == ["torn"]
    asked(view, preset="open")
    asked(view, pin=True)
    assert kept[-1]["pinned"][0] == "torn"
    assert len(kept[-1]["pinned"]) == 2


def test_the_keys_of_other_widgets_stay_as_they_are() -> None:
    view, kept = lab(), []
    view.keep = kept.append
    view.restore({"weights": {"workers": 60}, "plan": to_plan(room().ready["open"], room().keys)})
    assert view.state["plan"]["phases"] == to_plan(room().ready["open"], room().keys)["phases"]
    asked(view, phases=[phase(settle=3)])
    asked(view, pin=True)
    asked(view, reveal=True)
    asked(view, sketch=[4, 5, 6, 7, 8])
    assert kept[-1]["weights"] == {"workers": 60}
    assert set(kept[-1]) == {"weights", "plan", "pinned", "opened", "sketch"}


def test_a_change_elsewhere_is_followed_and_can_be_undone() -> None:
    view = lab()
    asked(view, phases=[phase(settle=3)])
    work = view.bench.kept()
    view.restore({**work, "weights": {"workers": 1}})
    assert view.state["undo"], "a change of other keys leaves the way back alone"
    view.restore({**work, "plan": to_plan(room().ready["focus"], room().keys)})
    assert asked(view, undo=True)["plan"]["phases"] == [phase(settle=3)]


def test_a_link_goes_before_what_was_kept_and_leaves_it_kept() -> None:
    view, kept = lab(), []
    view.keep = kept.append
    own = to_plan(room().ready["venture"], room().keys)
    asked(view, link=GOOD)
    view.restore({"plan": own})
    assert view.state["plan"]["phases"] == [phase(settle=10)]
    assert kept == []
    assert asked(view, undo=True)["plan"] == own
    first = lab()
    first.restore({"plan": own})
    asked(first, link=GOOD)
    assert first.state["plan"]["phases"] == [phase(settle=10)]
    assert asked(first, undo=True)["plan"] == own


def test_the_link_of_ones_own_page_is_no_other_plan() -> None:
    """The address of the lab carries the plan; to load the page again opens nothing."""
    view = lab()
    asked(view, preset="open")
    work, link = view.bench.kept(), view.state["link"]
    again = lab()
    again.restore(work)
    state = asked(again, link=link)
    assert (state["said"], state["problem"], state["undo"]) == ("", "", False)
    asked(again, phases=[phase(settle=3)])
    assert asked(again, undo=True)["plan"]["phases"] == work["plan"]["phases"]
    first = lab("ko")  # the link may be heard before the work
    asked(first, link=link)
    first.restore(work)
    assert first.state["said"] == Words("ko")("lab.said.continued")
    assert not first.state["undo"]
    assert first.bench.kept()["plan"] == work["plan"]


def test_a_link_with_other_weights_is_another_plan() -> None:
    view = lab()
    view.restore({"weights": {"Q": 5}})
    asked(view, phases=[phase(settle=10)])
    own = view.state["link"]
    assert asked(view, link=own)["said"] == ""
    assert asked(view, link=sealed(w={"workers": 1}))["said"]


@pytest.mark.parametrize("plan", [{"v": 9}, "x", [1], {"v": 1, "model": MODEL, "phases": 3}])
def test_kept_work_that_no_longer_fits_is_said_and_left(plan) -> None:
    view, kept = lab(), []
    view.keep = kept.append
    view.restore({"plan": plan, "pinned": "x", "sketch": {"a": 1}})
    assert view.state["problem"].endswith(Words("en")("lab.said.default"))
    assert view.state["idle"]
    assert kept == []


def test_the_work_is_kept_with_the_learners(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    monkeypatch.delenv("KIT_SERVED", raising=False)
    kit = open_kit("en")
    view = kit.explore.policy_lab()
    asked(view, preset="open")
    assert kit.desk.work[WORK]["plan"]["phases"]
    again = open_kit("ko").explore.policy_lab()
    assert again.state["plan"]["phases"] == view.state["plan"]["phases"]
    kit.desk._do({"forget": True})
    assert view.state["idle"]


# The drawing, and the belief.


@both_languages
def test_the_curve_that_was_drawn_stays_in_the_chart_and_is_compared(lang) -> None:
    view = lab(lang)
    drawing = view.drawing
    assert view.state["sketch"] is None
    assert drawing["min"] <= drawing["start"] <= drawing["max"]
    state = asked(view, sketch=[drawing["max"]] * len(drawing["points"]))
    assert Words(lang)("lab.said.sketch.above") in state["said"]
    line = view.content["rows"]["sketch"]
    assert [point["year"] for point in line] == drawing["points"]
    assert line[-1]["mid"] == pytest.approx(drawing["max"])
    skipped = lab(lang)
    assert asked(skipped, sketch=[])["said"] == ""
    assert skipped.state["sketch"] == []


def test_the_belief_is_closed_until_it_is_opened_and_then_decides() -> None:
    view = lab()
    assert not view.state["opened"]
    asked(view, preset="settle")
    assert not view.state["opened"]
    assert asked(view, reveal=True)["opened"]
    shown = {}
    for theory in ("people", "jobs"):
        asked(view, theory=theory)
        shown[theory] = view.content["rows"]["plan_hired"][-1]["mid"]
        base = room().run(Scenario(theory=theory))
        nothing = np.median(charts.seen(base)["hired"][-1, 0])
        assert view.content["rows"]["base_hired"][-1]["mid"] == pytest.approx(nothing, abs=0.001)
    assert shown["people"] > shown["jobs"]


def test_a_plan_keeps_its_name_under_another_belief() -> None:
    view = lab()
    asked(view, preset="settle")
    name = view.state["plan"]["name"]
    for theory in ("people", "jobs", "both"):
        assert asked(view, theory=theory)["plan"]["name"] == name
    assert plans.unpacked(view.state["link"])["name"] == name
    assert "name" not in asked(view, phases=[phase(settle=1)])["plan"]


def test_names_that_the_kit_gave_are_said_in_the_readers_language() -> None:
    view = lab("ko")
    asked(view, preset="settle")
    asked(view, pin=True)
    asked(view, phases=[phase(settle=1)])
    asked(view, pin=True)
    other = lab("en")
    other.restore(view.bench.work)
    named = room().names["settle"]
    assert view.state["pinned"] == [named["name_ko"], "정책안 1"]
    assert other.state["pinned"] == [named["name_en"], "Plan 1"]
    asked(other, phases=[phase(settle=2)])
    asked(other, pin=True)
    assert other.state["pinned"][-1] == "Plan 2", "a name that is taken is not given again"
    kept = Shelf(Words("en"), view.bench.work)
    assert [entry.name for entry in kept.pinned] == [named["name_en"], "Plan 1"]


@both_languages
def test_changed_numbers_are_said_as_long_as_they_are_changed(lang) -> None:
    view, words = lab(lang), Words(lang)
    calm = view.content["subtitle"]
    assert view.state["changed"] == ""
    asked(view, link=sealed(p={"b_J": 0.1, "b_L": 3.5}, name="x"))
    label = plan_words.numbers(lang)["b_J"].label
    mark = words("lab.subtitle.changed", text=calm, n=2)
    for _ in range(2):
        assert label in view.state["changed"]
        assert words.say(3.5, "two") in view.state["changed"]
        assert view.content["subtitle"] == mark
        asked(view, phases=[phase(settle=20)])
    asked(view, unchange=True)
    assert view.state["changed"] == ""
    assert view.content["subtitle"] == calm
    assert view.state["plan"]["phases"] == [phase(settle=20)]
    assert label in asked(view, undo=True)["changed"]


def test_a_plan_under_one_belief_opens_the_switch() -> None:
    assert asked(lab(), link=sealed(theory="jobs"))["opened"]


def test_a_bench_refuses_what_is_over_the_budget() -> None:
    bench = Bench(room(), "en")
    with pytest.raises(BadInput) as caught:
        bench.phased([phase(settle=50.5)])
    assert caught.value.key == "plan_over_budget"


def test_the_charts_are_valid_and_fed_by_what_the_lab_sends() -> None:
    view = lab()
    asked(view, preset="open")
    sent = set(view.content["rows"]) | set(view.fixed["rows"])
    wanted = set(re.findall(r'"name": "(\w+)"', json.dumps(view.views)))
    assert len(view.views) == 4
    assert {name for name in wanted if "_" in name or name in ("sketch", "begins")} <= sent
