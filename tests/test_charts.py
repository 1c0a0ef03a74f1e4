"""Every figure of lesson 1, in both languages: valid, named, sourced, and quick to answer."""

from __future__ import annotations

import ast
import doctest
import importlib
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import jsonschema
import pandas as pd
import pytest

from clusterlib import datasets, indicators, live, theme
from clusterlib.errors import BadInput
from clusterlib.explorers import HOME, Explore
from clusterlib.i18n import LANGUAGES, Words
from clusterlib.maps import migration, outlines

PACKAGE = Path(live.__file__).parent
ROOMS = [PACKAGE / "charts", PACKAGE / "maps", PACKAGE / "explorers"]
BUILDERS = sorted(path for folder in ROOMS for path in folder.glob("*.py"))
HANGUL = re.compile("[가-힣]")
SENTENCE = re.compile(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", re.IGNORECASE)
BLANK = re.compile(r"\bnan\b|\bNaN\b|<NA>|^None$|\bNone[ ,.]*(people|%)|\{\w*\}")
LOOKS = {"fill", "hatch", "line", "dash", "step", "text"}


def rates() -> pd.DataFrame:
    return indicators.net_migration_rate(datasets.net_migration(), datasets.population())


def grown() -> pd.DataFrame:
    return indicators.cagr(datasets.workers().query("sector == 'total'"))


# What the notebooks hand to each verb.
GIVEN: dict[str, Callable[[], tuple[pd.DataFrame, ...]]] = {
    "first_look": lambda: (datasets.capital_migration(),),
    "capital_migration": lambda: (datasets.capital_migration(), datasets.policy_events()),
    "migration_map": lambda: (rates(),),
    "turn": lambda: (datasets.net_migration(),),
    "youth": lambda: (datasets.youth_net_migration(),),
    "extinction": lambda: (indicators.extinction_class(datasets.extinction_risk()),),
    "population_share": lambda: (datasets.capital_population_share(),),
    "grdp_per_head": lambda: (indicators.relative_to_nation(datasets.grdp_per_head()),),
    "venture": lambda: (datasets.venture_investment(),),
    "headquarters": lambda: (datasets.headquarters(),),
    "plant": lambda: (datasets.gunsan_output(),),
    "causes": lambda: (datasets.causes(),),
    "vicious_circle": lambda: (datasets.causal_nodes(), datasets.causal_edges()),
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
    "formation_timeline": lambda: (datasets.formation_events(), datasets.formation_notes()),
    "formation_led": lambda: (datasets.formation_events(),),
    "formation_lags": lambda: (datasets.formation_events(), datasets.workers()),
    "formation_map": lambda: (datasets.formation_events(), datasets.places()),
    "worker_growth": lambda: (datasets.workers(), grown()),
    "growth_path": lambda: (datasets.workers(), grown()),
    "lost_value": lambda: (datasets.establishments(), datasets.establishment_readings()),
    "site_area": lambda: (datasets.establishments(),),
    "abroad_profile": lambda: (datasets.abroad_profile(),),
    "maps_abroad": lambda: (datasets.abroad_clusters(), datasets.places_abroad()),
    "milestones_abroad": lambda: (
        datasets.abroad_milestones(),
        datasets.formation_events(),
        datasets.first_anchors(),
    ),
    "key_figures": lambda: (datasets.abroad_figures(),),
    "departures": lambda: (datasets.departures(),),
    "transfer": lambda: (datasets.transfer_lessons(),),
    "ranking": lambda: (datasets.case_criteria(), datasets.case_scores()),
    "strategies": lambda: (datasets.strategy_headings(), datasets.instruments()),
    "instruments": lambda: (datasets.instruments(), datasets.instrument_levers()),
    "workshop": lambda: (
        datasets.roles(),
        datasets.role_weights(),
        datasets.workshop(),
        datasets.workshop_rules(),
        datasets.policy_allocations(),
    ),
}
EVERY = [(verb, lang) for verb in GIVEN for lang in LANGUAGES]


@cache
def figure(verb: str, lang: str) -> live.Framed:
    return getattr(Explore(Words(lang)), verb)(*GIVEN[verb]())


def positions(view: live.Framed) -> list[dict[str, Any]]:
    """The first and the last position of every slider and each option of every choice."""
    found = [dict(view.start)]
    for control in view.controls:
        options = [option[0] for option in control.get("options", [])]
        for value in options or (control["min"], control["max"]):
            found.append({**view.start, control["id"]: value})
    return found


def contents(verb: str, lang: str) -> list[dict[str, Any]]:
    view = figure(verb, lang)
    said = []
    for values in positions(view):
        view.values = values
        said.append(view.content)
    view.values = view.start
    return said


def specs(verb: str, lang: str) -> list[dict[str, Any]]:
    view = figure(verb, lang)
    return list(view.views) if view.has_trait("views") else []


def texts(part: Any) -> list[str]:
    """Every text inside nested lists and dictionaries."""
    if isinstance(part, str):
        return [part]
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return [text for each in inner for text in texts(each)]


def test_every_verb_of_the_lesson_is_tried_here():
    panels = {"doors", "selftest", "glossary", "own_file", "tables", "beliefs", "beliefs_again"}
    fetched = {"jobs_abroad"}  # its data do not come with the kit: tests/test_refresh_figure.py
    edited = {"causal_map"}  # what an edit sends is tried in a file of its own
    measured = {verb for verb, home in HOME.items() if home.startswith("measure")}  # as are these
    model = {verb for verb, home in HOME.items() if home.startswith("model_")}  # and these, too
    plans = {verb for verb, home in HOME.items() if home.startswith("plan_")}  # and these
    lab = {"policy_lab", "policy_memo"}  # and the lab and its memo
    apart = panels | fetched | edited | measured | model | plans | lab
    assert set(HOME) - apart == set(GIVEN)


@pytest.mark.parametrize(("verb", "lang"), EVERY)
def test_the_specification_is_valid(verb, lang):
    schema = alt.load_schema()
    checker = jsonschema.Draft7Validator(schema)
    for spec in specs(verb, lang):
        assert not list(checker.iter_errors(spec))


@pytest.mark.parametrize(("verb", "lang"), EVERY)
def test_the_specification_holds_no_colour_of_its_own_and_no_data(verb, lang):
    for spec in specs(verb, lang):
        written = json.dumps(spec)
        assert not re.search(r'"#[0-9a-f]{3,8}"', written)
        assert set(re.findall(r"kit:([a-z-]+)", written)) <= set(theme.tokens()["light"])
        assert set(spec.get("datasets", {})) <= {"empty"}


@pytest.mark.parametrize(("verb", "lang"), EVERY)
def test_every_named_dataset_is_fed(verb, lang):
    view = figure(verb, lang)
    named = set(re.findall(r'"data": \{"name": "(\w+)"\}', json.dumps(specs(verb, lang))))
    fixed = view.fixed.get("rows", {})
    for content in contents(verb, lang):
        assert named <= {"empty"} | set(fixed) | set(content["rows"])


@pytest.mark.parametrize(("verb", "lang"), EVERY)
def test_the_finding_is_short_and_everything_around_it_is_there(verb, lang):
    view = figure(verb, lang)
    assert view.frame["lang"] == lang
    assert view.frame["evidence"] in theme.EVIDENCE
    assert view.frame["sources"]
    for place, content in enumerate(contents(verb, lang)):
        assert 0 < len(content["title"].split()) <= 15, content["title"]
        assert content["subtitle"]
        assert len(content["alt"]) > 40
        assert content["reading"] or not view.controls
        table = content["table"] or view.fixed["table"]
        # A choice may leave nothing over; the figure as it opens never does.
        assert table["rows"] or place > 0
        assert all(column["label"] for column in table["columns"])
        assert {len(row) for row in table["rows"]} <= {len(table["columns"])}


@pytest.mark.parametrize(("verb", "lang"), EVERY)
def test_the_figure_speaks_one_language(verb, lang):
    view = figure(verb, lang)
    for content in contents(verb, lang):
        for name in ("title", "subtitle", "alt", "reading"):
            assert bool(HANGUL.search(content[name] or "가")) == (lang == "ko" or not content[name])
    if lang == "en":
        shown = [contents(verb, lang), view.controls, view.frame, view.fixed]
        assert not [text for text in texts(shown) if HANGUL.search(text)]


@pytest.mark.parametrize(("verb", "lang"), EVERY)
def test_no_blank_is_spelled_out(verb, lang):
    for content in contents(verb, lang):
        said = texts([content[name] for name in ("title", "subtitle", "alt", "reading", "table")])
        assert not [text for text in said if BLANK.search(text)]


@pytest.mark.parametrize(("verb", "lang"), EVERY)
def test_the_key_uses_colours_and_looks_that_exist(verb, lang):
    for content in contents(verb, lang):
        for mark in content["key"]:
            assert mark["shade"] in theme.tokens()["light"]
            assert mark["look"] in LOOKS or len(mark["look"]) == 1


@pytest.mark.parametrize(("verb", "lang"), EVERY)
def test_what_a_move_sends_is_plain_and_small(verb, lang):
    for content in contents(verb, lang):
        assert len(json.dumps(content, allow_nan=False)) < 40_000


@pytest.mark.parametrize("path", BUILDERS, ids=lambda path: path.name)
def test_builders_hold_no_natural_language(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            assert not HANGUL.search(node.value), node.value
            assert not SENTENCE.search(node.value), node.value


@pytest.mark.parametrize("path", BUILDERS, ids=lambda path: path.name)
def test_the_examples_run(path):
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("scheme", theme.SCHEMES)
def test_every_scheme_knows_every_colour(scheme):
    assert set(theme.tokens()[scheme]) == set(theme.tokens()["light"])


# The long series with its events.


def told(flows: pd.DataFrame) -> str:
    return Explore(Words("en")).capital_migration(flows, datasets.policy_events()).content["title"]


def test_the_finding_follows_the_data():
    flows = datasets.capital_migration()
    never = told(flows.assign(net_migration=flows["net_migration"].abs()))
    still = told(flows.assign(net_migration=flows["net_migration"].where(flows["year"] < 2025, -1)))
    assert len({told(flows), never, still}) == 3


def test_an_event_is_read_with_the_years_around_it_and_no_cause():
    view = figure("capital_migration", "en")
    view.values = {"kind": "all", "event": "factory_ceiling_1994"}
    flows = datasets.capital_migration().set_index("year")["net_migration"]
    before, after = flows.loc[1991:1993].mean(), flows.loc[1995:1997].mean()
    assert f"{before:,.0f}" in view.content["reading"]
    assert f"{after:,.0f}" in view.content["reading"]
    assert "does not make it the cause" in view.content["reading"]
    view.values = view.start


def test_a_kind_of_event_leaves_the_others_dim_and_points_at_one_of_its_own():
    view = figure("capital_migration", "ko")
    view.values = {"kind": "closure", "event": "factory_ceiling_1994"}
    events = view.content["rows"]["events"]
    assert {event["kind"] for event in events if not event["dim"]} == {"closure"}
    assert [event["kind"] for event in events if event["picked"]] == ["closure"]
    view.values = view.start


def test_the_last_event_says_how_many_years_there_are_after_it():
    view = figure("capital_migration", "en")
    view.values = {"kind": "all", "event": "yongin_complex_2023"}
    assert {w["side"]: w["n"] for w in view.content["rows"]["windows"]} == {"before": 3, "after": 2}
    view.values = view.start


# The map.


def places(year: int, measure: str = "people", lang: str = "en") -> dict[str, dict[str, Any]]:
    view = figure("migration_map", lang)
    view.values = {"year": year, "measure": measure}
    found = {place["region"]: place for place in view.content["rows"]["places"]}
    view.values = view.start
    return found


def test_before_its_foundation_a_province_is_hatched_named_and_never_zero():
    regions = datasets.regions().set_index("region")
    for region, row in regions[regions["founded"].notna()].iterrows():
        before, after = places(row["founded"] - 1)[region], places(row["founded"])[region]
        assert before["within"]
        assert before["shade"] == places(row["founded"] - 1)[row["mother"]]["shade"]
        assert regions.loc[row["mother"], "name_en"] in before["value"]
        assert str(row["founded"]) in before["tip"]
        assert not before["arrow"]
        assert not after["within"]


def test_rates_are_blank_before_residents_were_counted():
    assert {place["shade"] for place in places(1991, "rate").values()} == {"empty"}
    assert "empty" not in {place["shade"] for place in places(1992, "rate").values()}


@pytest.mark.parametrize("measure", migration.BREAKS)
def test_the_classes_are_the_same_on_both_sides_of_nothing(measure):
    breaks = migration.BREAKS[measure]
    ramp = theme.diverging()
    for amount in (0, *breaks, *(b * 1.5 for b in breaks)):
        gain, loss = migration.shade(amount, breaks), migration.shade(-amount, breaks)
        assert ramp.index(gain) + ramp.index(loss) == len(ramp) - 1


def test_colour_is_not_the_only_cue():
    for place in places(2020).values():
        side = place["shade"].split("-")[0]
        assert side == "even" or place["arrow"] == {"gain": "▲", "loss": "▼"}[side]


def test_labels_stand_inside_their_own_province():
    for region, ring in outlines.mainlands().items():
        lon, lat = outlines.middle(region)
        assert ring[:, 0].min() < lon < ring[:, 0].max()
        assert ring[:, 1].min() < lat < ring[:, 1].max()
    assert len({outlines.middle(region) for region in outlines.mainlands()}) == 17


# The years of loss.


def test_what_the_provinces_received_is_what_the_capital_region_lost():
    view = figure("turn", "en")
    net = datasets.net_migration()
    for year in range(2011, 2021):
        view.values = {"year": year, "span": "year"}
        expected = -net.loc[net["year"] == year, "net_with_capital"].sum()
        capital = {row["year"]: row["shown"] * 1000 for row in view.content["rows"]["years"]}
        assert capital[year] == pytest.approx(expected)
    view.values = view.start


def test_the_first_year_alone_is_not_called_a_span():
    view = figure("turn", "en")
    view.values = {"year": 2011, "span": "sum"}
    assert view.content["title"].count("2011") == 1
    view.values = view.start


def test_a_province_not_yet_founded_has_no_number_in_its_row():
    view = figure("turn", "en")
    view.values = {"year": 2011, "span": "year"}
    unknown = [
        r["name"] for r in view.content["rows"]["provinces"] if not re.search(r"\d", r["text"])
    ]
    assert unknown == ["Sejong"]
    view.values = view.start


@pytest.mark.parametrize("verb", ["capital_migration", "migration_map", "turn"])
def test_a_frame_without_its_columns_is_refused(verb):
    bare = [pd.DataFrame({"year": [2020]}) for _ in GIVEN[verb]()]
    with pytest.raises(BadInput):
        getattr(Explore(Words("en")), verb)(*bare)
