"""Lesson 6: what the brief says is told apart from ours, and results come from the model."""

from __future__ import annotations

import sys
from pathlib import Path

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


def test_adding_up_levers_is_as_near_as_the_sheet_says() -> None:
    """Two mixed plans, from the printed cells alone, against the model."""
    numbers, draws = datasets.policy_parameters(), datasets.policy_ensemble()
    worlds = parameters.worlds(numbers, draws)
    begin = model.history(worlds).state
    sheet = datasets.policy_allocations()
    sheet = sheet[(sheet["outcome"] == "workers") & (sheet["theory"] == "jobs")].set_index("plan")
    bound = datasets.policy_findings().set_index("finding").at["sheet_jobs_p90", "value"]
    from clusterlib.policy.scenario import Phase, Scenario

    spent = {"settle": 25.0, "vc": 50.0, "talent": 25.0}
    half = tuple(spent.get(lever, 0.0) / 2 for lever in LEVERS)
    plan = Scenario((Phase(0, (half, half)),), theory="jobs")
    gave = decision.outcomes(model.simulate(plan, worlds, state=begin))["workers"]
    base = decision.outcomes(model.simulate(Scenario(theory="jobs"), worlds, state=begin))[
        "workers"
    ]
    added = sum(sheet.at[f"{lever}_{int(points)}", "change"] for lever, points in spent.items())
    whole = float(pd.Series(gave - base).median())
    assert abs(added - whole) / whole <= 2 * bound / 100


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
    assert len(sheets) == 6
    for sheet in sheets:
        widths = sum(width for _, width in sheet["groups"])
        assert widths == len(sheet["columns"])
        assert all(len(line) == widths + 1 and all(line) for line in sheet["lines"])
    for part in ("cards", "script", "sheet", "record"):
        view.values = {**view.values, "part": part}
        assert view.content["table"]["rows"]


def test_a_link_to_the_page_of_the_model_works_in_lab_and_on_the_served_page() -> None:
    from clusterlib.serve.prose import Writer

    text = "[page](../docs/model.en.md)"
    assert (ROOT / "notebooks" / "../docs/model.en.md").is_file()
    assert 'href="/kit/en/model"' in Writer("/kit/").html(text)
