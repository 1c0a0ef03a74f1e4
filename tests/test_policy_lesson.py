"""Lesson 6: what the brief says is told apart from ours, and results come from the model."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clusterlib import Kit, datasets, exercises, facts
from clusterlib.i18n import Words
from clusterlib.policy import decision, model, parameters
from clusterlib.policy.scenario import LEVERS

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ko", "en")
language = pytest.mark.parametrize("lang", LANGUAGES)
HEADINGS, INSTRUMENTS = datasets.strategy_headings(), datasets.instruments()


@pytest.fixture(scope="module")
def recipe():
    """The recipe of the result tables, as make.py runs it."""
    sys.path.insert(0, str(ROOT / "data" / "recipes"))
    import policy_results

    return policy_results


@pytest.fixture(scope="module")
def table(recipe):
    return recipe.Table()


def test_behaviours_are_those_that_the_model_shows_today(recipe, table) -> None:
    made = pd.DataFrame(recipe.behaviours(table)).astype(str)
    kept = datasets.policy_behaviours().fillna("").astype(str)
    pd.testing.assert_frame_equal(made, kept, check_dtype=False)


@pytest.mark.parametrize("theory", ["people", "jobs"])
@pytest.mark.parametrize("plan", ["nothing", "settle", "open"])
def test_a_printed_plan_is_what_the_model_gives(recipe, table, plan: str, theory: str) -> None:
    kept = datasets.policy_allocations()
    kept = kept[(kept["plan"] == plan) & (kept["theory"] == theory)].set_index("outcome")
    for row in recipe.told(table, table.plans[theory][plan]):
        for cut in ("p10", "p50", "p90", "change"):
            assert float(row[cut]) == pytest.approx(kept.at[row["outcome"], cut], rel=1e-4)
        assert row["more_in"] == kept.at[row["outcome"], "more_in"]


def test_a_lever_on_the_sheet_is_paid_half_by_each_region(recipe, table) -> None:
    kept = datasets.policy_allocations()
    kept = kept[(kept["plan"] == "transit_50") & (kept["outcome"] == "workers")]
    own = kept.set_index("theory").loc["people"]
    plan = table.spread(recipe.alone(table, "transit", 50), "people")
    assert {phase.of(r)[LEVERS.index("transit")] for phase in plan.phases for r in (0, 1)} == {25.0}
    assert float(recipe.told(table, plan)[0]["change"]) == pytest.approx(own["change"], rel=1e-4)


def added_up(table, points, outcome: str, theory: str) -> float:
    """What a room without a network gets: printed cells, read between two where need be."""
    sheet = datasets.policy_allocations()
    sheet = sheet[(sheet["outcome"] == outcome) & (sheet["theory"] == theory)]
    sheet = sheet[sheet["lever"].notna() & sheet["payer"].isna()]
    total = 0.0
    for lever, paid in zip(table.levers, zip(*points, strict=True), strict=True):
        cells = sheet[sheet["lever"] == lever].sort_values("points")
        counted = 2 * min(paid) if lever == "transit" else sum(paid)
        total += np.interp(counted, [0, *cells["points"]], [0, *cells["change"]])
    return total


@pytest.mark.parametrize("theory", ["people", "jobs"])
@pytest.mark.parametrize("outcome", ["workers", "hired", "Q"])
def test_adding_up_levers_is_as_near_as_the_sheet_says(recipe, table, outcome, theory) -> None:
    """Allocations as the roles make them, from the printed cells alone, against the model."""
    chance = random.Random(41)
    said = datasets.policy_findings().set_index("finding")["value"]
    off = []
    for _ in range(12):
        points = recipe.split(table, chance)
        gave = table.change(table.paid(points, theory), outcome)
        off.append(abs(added_up(table, points, outcome, theory) - float(np.median(gave))))
    assert np.median(off) <= said[f"sheet_{outcome}_p90"]
    assert max(off) <= 1.2 * said[f"sheet_{outcome}_worst"]


def test_the_splits_that_the_sheet_is_tried_on_are_those_that_the_roles_can_make(recipe, table):
    roles = datasets.roles().set_index("role")
    chance = random.Random(recipe.SEED)
    tried = [recipe.split(table, chance) for _ in range(recipe.SPLITS)]
    for points in tried:
        assert sum(map(sum, points)) == pytest.approx(roles["points"].sum())
        for spent, region in zip(points, table.worlds.regions, strict=True):
            assert sum(spent) == pytest.approx(roles.at[region, "points"] + 20)
    place = table.levers.index("transit")
    paid = [[spent[place] > 0 for spent in points] for points in tried]
    assert any(sum(ends) == 1 for ends in paid)  # by one end alone
    assert any(all(ends) for ends in paid)


def test_transit_that_one_region_pays_alone_is_nothing_on_the_sheet_too(table) -> None:
    kept = datasets.policy_allocations().query("lever == 'transit' and payer.notna()")
    assert len(kept) == 3 * 2 * 2  # beliefs, payers, whose workers
    assert (kept["change"] == 0).all()


def test_attraction_is_a_dilemma_between_neighbours_with_a_way_out() -> None:
    found = datasets.policy_findings().set_index("finding")["value"]
    for own, other in (("daejeon", "chungbuk"), ("chungbuk", "daejeon")):
        alone, both = found[f"attract_{own}_{own}"], found[f"attract_both_{own}"]
        left = found[f"attract_{other}_{own}"]
        assert alone > 0 > left  # whatever the neighbour does, it is better to pay
        assert alone > both > left
        assert found["elsewhere_chungbuk"] > found["attract_chungbuk_chungbuk"]


def test_no_role_alone_reaches_the_capability_at_which_the_investor_matches(recipe, table) -> None:
    roles = datasets.roles().set_index("role")["points"]
    none = recipe.alone(table, "infra", 0)
    central = (recipe.alone(table, "infra", roles["central"] / 2),) * 2
    phase = table.scenario.Phase(0, central, focus=1.0)
    ways = [table.scenario.Scenario((phase,))]
    ways += [table.paid((recipe.alone(table, "infra", roles["daejeon"]), none), "both")]
    ways += [table.paid((none, recipe.alone(table, "infra", roles["chungbuk"])), "both")]
    for plan in ways:
        assert np.median(table.outcomes(plan)["Q"]) < 100 * recipe.REACHED


def test_equation_26_by_hand_is_what_the_model_does() -> None:
    entry = exercises.item("6.5")
    base = parameters.worlds(datasets.policy_parameters())
    plan = decision.plans(datasets.policy_plans(), base.regions)["infra"]
    first = model.simulate(plan, base, years=1).values["support"][0, 0, 0]
    assert facts.value(entry["answer"]["value"]) == pytest.approx(first)


def test_the_instruments_of_exercise_2_are_those_that_the_brief_gives_to_the_centre() -> None:
    entry = exercises.item("6.2")
    offered = INSTRUMENTS.set_index("instrument").loc[[c["id"] for c in entry["answer"]["choices"]]]
    central = offered[(offered["level"] == "central") & (offered["level_stated"] == "brief")]
    assert set(central.index) == set(entry["answer"]["right"])


def test_the_guess_of_exercise_1_ends_at_the_number_of_numbers() -> None:
    assert exercises.item("6.1")["answer"]["max"] == len(datasets.policy_parameters())


def test_the_number_that_overturns_is_the_one_that_splits_the_worlds_best() -> None:
    about = datasets.policy_findings().set_index("finding").at["rival_bound", "about"]
    assert exercises.item("6.8")["answer"]["right"] == [about.split()[0]]


def test_what_is_said_to_overturn_an_order_makes_the_other_plan_win() -> None:
    found = datasets.policy_findings().set_index("finding")["value"]
    assert found["rival_within"] < 50 < found["rival_base"]
    assert found["rival_hired_both"] == pytest.approx(found["rival_base"])
    ask = exercises.item("6.8")["solution"]["en"]
    assert "rival_within" in ask
    assert "rival_bound" in ask


def test_least_regret_is_the_plan_that_is_first_under_neither_belief() -> None:
    kept = datasets.policy_allocations().query("outcome == 'hired' and theory != 'both'")
    wide = kept.pivot(index="plan", columns="theory", values="p50")
    wide = wide.loc[["settle", "venture", "open", "focus"]]
    worst = (wide.max() - wide).max(axis=1)
    assert worst.idxmin() == "open"
    assert "open" not in set(wide.idxmax())
    assert facts.value(exercises.item("6.7")["answer"]["value"]) == pytest.approx(worst["open"])


@language
def test_strategies_hide_what_only_we_read_so(lang: str) -> None:
    view = Kit(lang).explore.strategies(HEADINGS, INSTRUMENTS)
    full = cells(view)
    view.values = {**view.values, "whose": "brief"}
    kept = cells(view)
    ours = HEADINGS[(HEADINGS["standing"] == "ours") & (HEADINGS["fits"] != "none")]
    assert sum("tag" in each for each in full) - sum("tag" in each for each in kept) == len(ours)
    bare = HEADINGS[(HEADINGS["strategy"] == "venture")][f"strategy_{lang}"].iloc[0]
    assert bare in view.content["title"]


def cells(view) -> list[dict]:
    return [cell for line in view.content["rows"]["grid"][0]["lines"] for cell in line["cells"]]


@language
def test_every_instrument_of_the_headings_is_one_of_the_brief_and_each_stands_somewhere(
    lang: str,
) -> None:
    placed = {each for text in HEADINGS["instruments"].dropna() for each in text.split()}
    assert placed == set(INSTRUMENTS["instrument"])


@language
def test_instruments_open_and_filters_narrow(lang: str) -> None:
    view = Kit(lang).explore.instruments(INSTRUMENTS, datasets.instrument_levers())
    entries = view.content["rows"]["entries"]
    assert len(entries) == len(INSTRUMENTS)
    assert all(len(entry["more"]) == 7 and entry["title"] for entry in entries)
    assert all(line["text"] for entry in entries for line in entry["more"])
    view.values = {**view.values, "level": "central"}
    central = INSTRUMENTS[INSTRUMENTS["level"] == "central"]
    assert {e["id"] for e in view.content["rows"]["entries"]} == set(central["instrument"])
    view.values = {**view.values, "level": "all", "lever": "none"}
    fits = datasets.instrument_levers()
    unled = set(fits.loc[fits["fit"] == "none", "instrument"])
    assert {e["id"] for e in view.content["rows"]["entries"]} == unled
    view.values = {**view.values, "level": "both"}
    assert view.content["rows"]["entries"] == []
    assert view.content["reading"]


@language
def test_the_workshop_says_points_powers_and_worries_as_the_tables_do(lang: str) -> None:
    roles, results = datasets.roles(), datasets.policy_allocations()
    tables = (datasets.role_weights(), datasets.workshop(), datasets.workshop_rules())
    view = Kit(lang).explore.workshop(roles, *tables, results)
    cards = {card["id"]: card for card in view.fixed["rows"]["cards"]}
    budget = tables[2].set_index("rule").at["budget_points_per_year", "value"]
    assert roles["points"].sum() == budget
    for role in roles.to_dict("records"):
        card = cards[role["role"]]
        texts = [line["text"] for line in card["lines"]]
        said = str(texts)
        shown = Words(lang)("lesson6.workshop.points", n=role["points"])
        assert (shown in texts) == (role["points"] > 0)
        for column, where in (("secret", card["secret"]), ("power", said)):
            text = role[f"{column}_{lang}"]
            assert pd.isna(text) or text in where
    sheets = view.fixed["rows"]["sheets"]
    for sheet in sheets:
        widths = sum(width for _, width in sheet["groups"])
        assert widths == len(sheet["columns"])
        assert all(len(line) == widths + 1 and all(line) for line in sheet["lines"])
    for part in ("cards", "script", "sheet", "record"):
        view.values = {**view.values, "part": part}
        assert view.content["table"]["rows"]


@language
def test_a_room_without_a_network_can_look_up_all_that_the_cards_weigh(lang: str) -> None:
    tables = (datasets.role_weights(), datasets.workshop(), datasets.workshop_rules())
    view = Kit(lang).explore.workshop(datasets.roles(), *tables, datasets.policy_allocations())
    words, rows = Words(lang), view.fixed["rows"]
    names = {"grads_hired_share": "hired", "stay_rate": "left"}
    weighed = {names.get(name, name) for name in tables[0]["outcome"]}
    assert weighed <= {sheet["outcome"] for sheet in rows["sheets"]}
    found = datasets.policy_findings().set_index("finding")["value"]
    for sheet in rows["sheets"]:
        of = sheet["outcome"]
        if f"sheet_{of}_p90" in found and sheet["title"].count("."):
            spec = "two" if of == "workers" else "decimal1"
            for cut in ("median", "p90", "worst"):
                assert words.say(found[f"sheet_{of}_{cut}"], spec) in sheet["title"]
    record, wall = rows["record"]
    match = words("lesson6.workshop.record.match")
    assert match in [line[0] for line in record["lines"]]
    rules = tables[2].set_index("rule")["value"]
    assert len(wall["columns"]) == rules["max_players"] // rules["min_players"]
    assert all(len(line) == len(wall["columns"]) + 1 for line in wall["lines"])
    view.values = {**view.values, "part": "sheet", "outcome": "equity_DC"}
    assert words("lesson6.workshop.off.none") in view.content["reading"]


def test_twice_the_fund_is_what_a_full_match_does() -> None:
    """Two printed cells differ by what the match adds: access moves with the fund alone."""
    kept = datasets.policy_allocations().query("outcome == 'access' and theory == 'people'")
    moved = kept.set_index("plan")["change"]
    assert moved["vc_25"] < moved["vc_50"] < moved["vc_100"]
    others = ("settle", "transit", "talent", "retain", "attract", "infra")
    assert all(moved[f"{lever}_100"] == 0 for lever in others)


def test_a_link_to_the_page_of_the_model_works_in_lab_and_on_the_served_page() -> None:
    from clusterlib.serve.prose import Writer

    text = "[page](../docs/model.en.md)"
    assert (ROOT / "notebooks" / "../docs/model.en.md").is_file()
    assert 'href="/kit/en/model"' in Writer("/kit/").html(text)
