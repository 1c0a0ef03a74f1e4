"""The figures that show the model from outside: what they say is what the model and tables give."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import altair as alt
import jsonschema
import numpy as np
import pytest

from clusterlib import datasets, live
from clusterlib.explorers import Explore, model_behaviours, model_equations, policy_room
from clusterlib.i18n import LANGUAGES, Words
from clusterlib.policy import behaviour, ensemble, parameters

VERBS = ("model_behaviours", "model_equations", "model_learned", "model_sensitivity")
both = pytest.mark.parametrize("lang", LANGUAGES)
TABLE = datasets.policy_parameters()


@cache
def view(verb: str, lang: str) -> live.Framed:
    return getattr(Explore(Words(lang)), verb)()


def at(verb: str, lang: str, **values: Any) -> dict[str, Any]:
    shown = view(verb, lang)
    shown.values = {**shown.start, **values}
    content = shown.content
    shown.values = shown.start
    return content


@both
@pytest.mark.parametrize("verb", VERBS)
def test_every_figure_has_what_a_figure_must_have(verb: str, lang: str) -> None:
    shown = view(verb, lang)
    for name in ("title", "subtitle", "alt", "reading"):
        assert shown.content[name].strip()
        assert "{" not in shown.content[name]
    assert len(shown.content["title"].split()) <= 15
    table = shown.content["table"]
    assert len(table["rows"]) > 10
    assert shown.frame["evidence"] == "teaching"
    if shown.has_trait("views"):
        checker = jsonschema.Draft7Validator(alt.load_schema())
        assert shown.views
        for spec in shown.views:
            assert not list(checker.iter_errors(spec))


@both
def test_the_report_shows_every_statement_as_found(lang: str) -> None:
    room = policy_room.room()
    report = behaviour.report(room.ready, room.worlds)
    content = at("model_behaviours", lang)
    lines = content["rows"]["grid"][0]["lines"]
    assert len(lines) == len(report)
    for line, row in zip(lines, report.itertuples(), strict=True):
        bar, why = line["cells"]
        assert bar["bar"]["share"] == pytest.approx(row.of_100 / 100)
        agrees = {"says": row.of_100, "denies": 100 - row.of_100}.get(row.stance, 100)
        assert ("tag" in why) == (agrees < 50)
        for number in row.built_in.split():
            assert number in why["text"]
        if not row.built_in:
            assert str(round(row.of_100)) in why["text"]
    apart = behaviour.agreed(report) < 50
    said = [int(number) for number in re.findall(r"\d+", content["title"])]
    assert sorted(said) == sorted([apart.sum(), (report["stance"] != "ours").sum()])


def test_only_what_the_brief_says_or_denies_can_differ_from_it() -> None:
    report = behaviour.report(policy_room.room().ready, policy_room.room().worlds).set_index("key")
    agreed = behaviour.agreed(report)
    assert set(report.index[agreed.isna()]) == set(report.index[report["stance"] == "ours"])
    assert agreed["infra_workers"] == 100 - report.at["infra_workers", "of_100"]  # table 2, row 3
    ours = {"open_beats_complete_large", "infra_hired_hardly", "closed_worse"}
    ours |= {"settle_hired_jobs", "settle_workers_jobs", "concentrate_others_lose"}
    assert agreed[list(ours)].isna().all()


@both
def test_whose_a_statement_is_stands_beside_it(lang: str) -> None:
    report = behaviour.report(policy_room.room().ready, policy_room.room().worlds)
    lines = at("model_behaviours", lang)["rows"]["grid"][0]["lines"]
    for line, row in zip(lines, report.itertuples(), strict=True):
        said = Words(lang)(f"model.behaviours.stance.{row.stance}", n=row.thesis)
        assert line["head"]["note"] == said


def test_both_languages_count_the_same() -> None:
    def counted(lang: str) -> list[int]:
        content = at("model_behaviours", lang)
        return sorted(map(int, re.findall(r"\d+", content["title"] + " " + content["subtitle"])))

    assert counted("ko") == counted("en")


def test_the_closed_statement_hangs_on_the_assumed_support_and_the_figure_says_so() -> None:
    told = {}
    for times in ("1.0", "1.5", "2.0"):
        content = at("model_behaviours", "en", times=times)
        report = behaviour.report(
            policy_room.room().ready,
            model_behaviours.moved(policy_room.room().worlds, float(times)),
        ).set_index("key")
        told[times] = round(report.loc["closed_worse", "of_100"])
        assert f" {told[times]} of 100" in content["reading"]
    assert told["1.0"] < 50 < told["1.5"] < told["2.0"]


@both
def test_equations_are_found_by_part_by_standing_and_by_number(lang: str) -> None:
    everything = at("model_equations", lang)["rows"]["entries"]
    assert [int(e["mark"]) for e in everything] == [
        n for own in model_equations.PARTS.values() for n in own
    ]
    assert sorted(int(e["mark"]) for e in everything) == list(range(32))
    for name in ("kap", "b_L", "v_ref"):
        used = TABLE.loc[TABLE["name"] == name, "equations"].iloc[0]
        found = at("model_equations", lang, number=name)["rows"]["entries"]
        assert {e["mark"] for e in found} == set(str(used).split())
    brief = at("model_equations", lang, standing="brief")["rows"]["entries"]
    wanted = TABLE.loc[TABLE["standing"] == "brief", "equations"].astype(str).str.split().sum()
    assert {e["mark"] for e in brief} == set(wanted)
    assert at("model_equations", lang, part="start", number="kap")["rows"]["entries"] == []


def test_every_number_of_the_table_stands_at_an_equation() -> None:
    text = " ".join(
        aside["text"]
        for entry in at("model_equations", "en")["rows"]["entries"]
        for aside in entry["asides"]
    )
    assert all(f"{number} " in text for number in TABLE["id"])


@both
def test_bars_begin_at_the_threshold_of_chance(lang: str) -> None:
    rows = datasets.policy_sensitivity().query(
        "plan == 'settle' and theory == 'people' and outcome == 'workers'"
    )
    content = at("model_sensitivity", lang, pair="settle infra", theory="people")
    bars = content["rows"]["bars"]
    beyond = (rows["index"] - rows["threshold"]).clip(lower=0).sort_values(ascending=False)
    assert [bar["beyond"] for bar in bars] == pytest.approx(list(beyond.head(len(bars))))
    assert str((beyond > 0).sum()) in content["title"]
    assert any(bar["beyond"] == 0 for bar in bars)
    for bar in bars:
        assert (bar["side"] == "none") == (bar["beyond"] == 0)


@both
def test_drawn_numbers_are_not_all_called_assumptions(lang: str) -> None:
    drawn = parameters.uncertain(TABLE)
    assert set(drawn["standing"]) > {"assumption"}
    title = at("model_sensitivity", lang)["title"]
    assert str(len(drawn)) in title
    assert Words(lang)("policy.standing_assumption").lower() not in title.lower()


@both
def test_an_outcome_that_never_varies_says_so_and_breaks_nothing(lang: str) -> None:
    for outcome in ("QO", "Q"):
        content = at("model_sensitivity", lang, pair="nothing level", outcome=outcome)
        rows = datasets.policy_sensitivity().query(
            "plan == 'nothing' and theory == 'both' and outcome == @outcome"
        )
        assert bool(content["rows"]["bars"]) == (len(rows) > 0)
        assert content["title"]


@both
def test_what_history_taught_is_what_matching_moved(lang: str) -> None:
    kept = datasets.policy_ensemble()
    moved = ensemble.learned(TABLE, kept)
    content = at("model_learned", lang)
    sizes = sorted(100 * moved[["moved", "widened"]].abs().max(axis=1), reverse=True)
    shown = [max(abs(row["percent"]), abs(row["widened"])) for row in content["rows"]["moves"]]
    assert shown == pytest.approx(sizes[: len(shown)])
    assert f"{100 * abs(moved['moved']).max():.1f}%" in content["title"]
    for row in moved[moved["widened"] < -ensemble.NARROWED].to_dict("records"):
        assert Words(lang).say(100 * row["widened"], "decimal0") + "%" in content["reading"]
    assert len(content["table"]["rows"]) == len(moved)
    band = ensemble.band_of_history(parameters.worlds(TABLE, kept))
    for value in band["p50"]:
        said = Words(lang).say(float(value), "two")
        assert said in content["reading"]
    assert np.all(np.diff(shown) <= 0)
