"""The model page: complete, in step, and enough to write the model again with the same numbers."""

from __future__ import annotations

import ast
import csv
import hashlib
import json
import re
from pathlib import Path

import numpy as np
import pytest

from clusterlib import catalog, datasets
from clusterlib.i18n import LANGUAGES, Words, catalogue
from clusterlib.policy import decision, parameters, worked
from clusterlib.policy.model import history, simulate
from clusterlib.policy.scenario import LEVERS, Phase, Scenario, from_plan
from clusterlib.serve import model_page, pages, reference
from tests import model_by_the_page as page

ROOT = Path(__file__).resolve().parent.parent
TABLE = datasets.policy_parameters()
KEPT = datasets.policy_ensemble()
BASE = parameters.worlds(TABLE)
READY = decision.plans(datasets.policy_plans(), BASE.regions)
KEYS = tuple(datasets.policy_regions()["key"])
NEAR = 1e-9
TWO_PHASES = Scenario((
    Phase(2, ((10.0, 10.0, 5.0, 5.0, 5.0, 5.0, 10.0), (10.0, 15.0, 5.0, 10.0, 0.0, 5.0, 5.0)),
          0.7, 0.6, 0.5),
    Phase(11, ((0.0,) * 7, (25.0, 0.0, 25.0, 0.0, 10.0, 30.0, 10.0)), None, 0.1, 0.0),
))  # fmt: skip


def text(lang: str) -> str:
    return (reference.DOCS / f"model.{lang}.md").read_text("utf-8")


def phases(plan: Scenario) -> list[dict]:
    """A plan of the kit as the page's reader writes it."""
    return [
        {"from": p.begin, "S": p.special, "O": p.openness, "f": p.focus,
         "spend": [dict(zip(LEVERS, p.of(n), strict=True)) for n in range(len(KEYS))]}
        for p in plan.phases
    ]  # fmt: skip


def alone(draw: int) -> parameters.Worlds:
    return parameters.worlds(TABLE, KEPT.iloc[[draw]])


def agree(theirs: dict[str, list], run) -> None:
    for name, years in theirs.items():
        ours = run.values[name][..., 0]
        assert np.allclose(years, ours, rtol=NEAR, atol=0), name


def test_who_writes_the_model_from_the_page_never_saw_the_code() -> None:
    tree = ast.parse(Path(page.__file__).read_text("utf-8"))
    imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    imported |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert imported == {"__future__", "math", "pathlib", "re"}
    files = set(
        re.findall(r"[\w./]+\.(?:csv|json|py|md)\b", Path(page.__file__).read_text("utf-8"))
    )
    assert files == {"docs/model.en.md", "model.en.md"}


def test_the_page_gives_every_number_as_the_table_has_it() -> None:
    rows = TABLE.set_index("id")
    assert [row["id"] for row in page.ROWS] == list(rows.index)
    for row in page.ROWS:
        for name in ("low", "base", "high"):
            assert float(row[name]) == rows.loc[row["id"], name], (row["id"], name)
    written = page.ready()
    assert list(written) == list(READY)
    for name, plan in READY.items():
        assert [written[name]] == phases(plan), name


@pytest.mark.parametrize("theory", ["both", "people", "jobs"])
@pytest.mark.parametrize("name", READY)
def test_the_page_alone_gives_every_ready_made_plan_under_every_belief(name, theory) -> None:
    plan = Scenario(READY[name].phases, theory=theory)
    agree(page.run([page.ready()[name]], theory), simulate(plan, BASE))


@pytest.mark.parametrize("draw", [0, 1, 77, 400, 1350])
@pytest.mark.parametrize("theory", ["both", "people", "jobs"])
def test_the_page_alone_gives_every_world(draw: int, theory: str) -> None:
    with (ROOT / "data" / "policy" / "ensemble.csv").open(encoding="utf-8") as file:
        line = list(csv.DictReader(file))[draw]
    world = {name: float(value) for name, value in line.items()}
    plan = Scenario(TWO_PHASES.phases, theory=theory)
    agree(page.run(phases(TWO_PHASES), theory, world), simulate(plan, alone(draw)))


def test_the_page_alone_gives_numbers_changed_by_hand_and_finer_steps() -> None:
    changed = {"kap": 0.055, "R0:" + BASE.regions[0]: 1.2, "b_L": 3.0}
    for theory in ("both", "jobs"):
        plan = Scenario(TWO_PHASES.phases, theory=theory, changed=tuple(changed.items()))
        agree(page.run(phases(TWO_PHASES), theory, changed), simulate(plan, BASE))
    agree(page.run(phases(TWO_PHASES), parts=3), simulate(TWO_PHASES, BASE, parts=3))


def test_outcomes_by_the_page_are_those_of_the_kit_and_those_that_it_prints() -> None:
    for row in page.table("Values to compare with"):
        told = page.outcomes(page.run([page.ready()[row["plan"]]], row["belief"]))
        plan = Scenario(READY[row["plan"]].phases, theory=row["belief"])
        found = decision.outcomes(simulate(plan, BASE))
        assert list(told) == list(decision.OUTCOMES)
        for name, value in told.items():
            assert value == pytest.approx(found[name][0], rel=NEAR), (row, name)
            assert value == pytest.approx(float(row[name]), rel=NEAR), (row, name)


def test_the_worked_years_are_those_of_the_model() -> None:
    scenario = from_plan(model_page.worked_plan(KEYS), KEYS, 100)
    run = simulate(scenario, BASE)
    for year, lines in enumerate(worked.years(scenario, BASE, 2)):
        assert {line.equation for line in lines} == set(range(1, 32))  # every equation works
        for place, region in enumerate(BASE.regions):
            told = {e: [x.results for x in lines if (x.equation, x.region) == (e, region)]
                    for e in range(1, 32)}  # fmt: skip
            at = {name: values[year, min(place, values.shape[1] - 1), 0]
                  for name, values in run.values.items()}  # fmt: skip
            assert told[31] == [(at["workers"], at["firms"])]
            assert told[22] == [(at["posts"],)]
            assert told[4] == [(at["capability"],)]
            assert told[30] == [(at["special"],)]
            assert told[16] == [(at["hired"], at["unmatched"], at["unwilling"])]
        shared = {x.equation: x.results for x in lines if not x.region}
        assert shared[29] == (run.values["minutes"][year, 0, 0],)
        assert shared[30] == (run.values["openness"][year, 0, 0],)
        assert shared[1][1] == run.values["link"][year, 0, 0]


def test_the_page_names_the_file_of_worlds_by_its_hash_and_the_base_history_by_its_end() -> None:
    content = (ROOT / "data" / "policy" / "ensemble.csv").read_bytes()
    begin = history(BASE).state
    for lang in LANGUAGES:
        assert hashlib.sha256(content).hexdigest() in text(lang)
        for here in begin.here:
            assert f"{here.workers:.10g}" in text(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_every_equation_and_leaves_no_blank_unfilled(lang: str) -> None:
    said = text(lang)
    words = Words(lang)
    for number in range(32):
        form = words.group(f"policy.eq_{number:02}_")["form"]
        assert form.replace("; ", "\n") in said, number
    assert "None" not in said
    assert "nan" not in re.findall(r"\w+", said)
    prose = re.sub(r"```.*?```", "", said, flags=re.DOTALL)
    assert not re.search(r"\{\w+\}", prose)
    used = {key.removeprefix("page.") for key in catalogue("model") if key.startswith("page.")}
    assert {"out", "cannot", "audit", "audit.answer"} <= used


def test_both_languages_have_the_same_figures_and_sections() -> None:
    for pattern in (r"^#+", r"```.*?```", r"\| *(-?\d[\d.e-]*) *(?=\|)", r"`([\w:]+)`(?= *\|)"):
        found = [re.findall(pattern, text(x), re.MULTILINE | re.DOTALL) for x in LANGUAGES]
        assert found[0] == found[1], pattern
        assert len(found[0]) > 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_served_page_holds_the_same_text_with_its_sections(lang: str, tmp_path: Path) -> None:
    html = reference.page("model", lang, pages.build(tmp_path))
    assert f'<html lang="{lang}"' in html
    contents = re.findall(r'<li><a href="#(s\d+)">', html)
    assert len(contents) == len(re.findall("^## ", text(lang), re.MULTILINE))
    assert all(f'id="{name}"' in html for name in contents)
    assert html.count("<table>") == html.count('class="kit-scroll"')
    assert json.dumps(catalog.record("policy_ensemble")["hash"].split(":")[1])[1:-1] in html


def test_the_false_claim_of_the_worksheet_is_false_and_the_others_hold() -> None:
    every = parameters.worlds(TABLE, KEPT)
    run = simulate(READY["open"], every).values
    assert (run["hires"] >= 0).all()
    gains = []
    for points in (45.0, 90.0):
        row = (points, *(0.0,) * 6)
        living = simulate(Scenario((Phase(0, (row,) * len(KEYS)),)), every).values["living"][0]
        gains.append(living - every.numbers[0].L0 if living.shape[0] == 1 else living)
    start = np.array([p.L0 for p in every.numbers])
    once, twice = (g - start for g in gains)
    assert (twice < 2 * once).all()
    assert (twice > once).all()
