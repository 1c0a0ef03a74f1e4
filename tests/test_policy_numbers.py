"""Every number of the policy model is a row, used by exactly the equations that the row names."""

from __future__ import annotations

import ast
import csv
import importlib
import inspect
import json
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clusterlib import catalog, datasets
from clusterlib.errors import BadInput, UnknownName
from clusterlib.policy import ensemble, equations, model, parameters

ROOT = Path(__file__).resolve().parent.parent
TABLE = datasets.policy_parameters()
KEPT = datasets.policy_ensemble()
ANCHORS = datasets.policy_anchors()
# What may stand bare in an equation: identities of arithmetic, not choices.
BARE = {0, 1}


def functions() -> dict[str, ast.FunctionDef]:
    tree = ast.parse(inspect.getsource(equations))
    return {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}


def used() -> dict[str, set[int]]:
    """Of each number, the equations that read it."""
    found: dict[str, set[int]] = {}
    for name, function in functions().items():
        number = int(re.match(r"eq(\d\d)_", name).group(1))
        for node in ast.walk(function):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "p":
                found.setdefault(node.attr, set()).add(number)
    return found


def test_each_number_is_used_by_exactly_the_equations_that_its_row_names() -> None:
    named = {
        row.name: set(map(int, str(row.equations).split()))
        for row in TABLE[["name", "equations"]].itertuples(index=False, name="Row")
    }
    assert named == used()


def test_no_choice_is_written_into_an_equation() -> None:
    for name, function in functions().items():
        bare = {n.value for n in ast.walk(function) if isinstance(n, ast.Constant)}
        assert {v for v in bare if isinstance(v, int | float)} <= BARE, name


def test_only_the_equations_read_numbers() -> None:
    read = {n.attr for n in ast.walk(ast.parse(inspect.getsource(model))) if hasattr(n, "attr")}
    assert not read & set(TABLE["name"])


def test_every_equation_has_its_words_in_both_languages_and_no_word_lacks_its_equation() -> None:
    words = json.loads((ROOT / "data/words/policy.json").read_text("utf-8"))
    said = {int(k.split("_")[1]) for k in words if k.startswith("eq_") and k.endswith("_form")}
    numbers = {int(name[2:4]) for name in functions()}
    assert said == numbers == set(range(32))
    for number in numbers:
        assert {f"eq_{number:02}_name", f"eq_{number:02}_form"} <= set(words)


def test_the_written_form_names_every_number_that_the_equation_uses() -> None:
    words = json.loads((ROOT / "data/words/policy.json").read_text("utf-8"))
    for name, equation_numbers in used().items():
        for number in equation_numbers:
            for lang in ("ko", "en"):
                form = words[f"eq_{number:02}_form"][lang]
                assert re.search(rf"(?<!\w){re.escape(name)}(?!\w)", form), (name, number, lang)


def test_the_written_form_names_nothing_that_does_not_exist() -> None:
    words = json.loads((ROOT / "data/words/policy.json").read_text("utf-8"))
    variables = {k.removeprefix("var_") for k in words if k.startswith("var_")}
    calls = {"exp", "ln", "min", "max", "sum", "product", "share"}
    known = variables | calls | set(TABLE["name"])
    for key, both in words.items():
        if key.startswith("eq_") and key.endswith("_form"):
            for lang in ("ko", "en"):
                unknown = set(re.findall(r"[A-Za-z]\w*", both[lang])) - known
                assert not unknown, (key, lang, unknown)


@pytest.mark.parametrize("row", list(TABLE.itertuples()), ids=lambda row: row.id)
def test_a_row_is_whole(row) -> None:
    assert row.low <= row.base <= row.high
    assert (row.low < row.high) == (row.distribution == "triangular")
    assert row.standing in {"brief", "literature", "assumption", "calibrated", "identity"}
    assert row.unit
    for text in (row.label_ko, row.label_en, row.reference_ko, row.reference_en):
        assert isinstance(text, str)
        assert text.strip()
    assert re.search("[가-힣]", row.label_ko)
    assert not re.search("[가-힣]", row.label_en + row.reference_en)


def test_ids_are_unique_and_every_region_has_the_same_numbers() -> None:
    assert TABLE["id"].is_unique
    regions = list(datasets.policy_regions()["region"])
    own = TABLE.dropna(subset=["region"]).groupby("region")["name"].apply(set)
    assert len(set(own.loc[regions].map(frozenset))) == 1
    assert parameters.worlds(TABLE).regions == tuple(regions)


def test_the_count_of_assumptions_comes_from_the_table() -> None:
    counted = parameters.standings(TABLE).set_index("standing")["numbers"]
    assert counted.sum() == len(TABLE)
    assert counted["assumption"] == (TABLE["standing"] == "assumption").sum()
    assert counted["assumption"] > len(TABLE) / 2


def test_a_theory_moves_a_belief_only_within_its_range() -> None:
    held = TABLE.dropna(subset=["people"])
    assert set(held["name"]) == {"b_L", "b_Lo", "b_J"}
    for column in ("people", "jobs"):
        assert held[column].between(held["low"], held["high"]).all()
    assert (held["people"] != held["jobs"]).all()


def test_the_calibrated_world_passes_through_every_anchor() -> None:
    now = ensemble.reached(parameters.worlds(TABLE), ANCHORS)
    assert np.allclose(now[0], now["value"], rtol=1e-6)


def test_the_anchors_are_the_starting_values_and_the_counted_figures() -> None:
    start = ANCHORS[ANCHORS["role"] == "start"].set_index("region")["value"]
    rows = TABLE[TABLE["name"] == "W_start"].set_index("region")["base"]
    assert rows.to_dict() == start.to_dict()
    for measure, table in (("workers", "workers"), ("firms", "establishments")):
        if table not in catalog.records():
            continue
        frame = datasets.table(table).query("sector == 'total'")
        counted = frame.set_index("region")[table]
        for row in ANCHORS[ANCHORS["measure"] == measure].itertuples():
            found = counted.loc[[row.region]]
            if "year" in frame:
                found = frame[(frame.region == row.region) & (frame.year == row.year)][table]
            assert list(found) == [row.value]


def test_calibration_finds_the_shipped_rates_from_elsewhere() -> None:
    far = TABLE.copy()
    moved = far["standing"] == "calibrated"
    far.loc[moved, ["low", "base", "high"]] *= 0.7
    found = ensemble.calibrate(far, ANCHORS)
    shipped = TABLE[moved].set_index("id")["base"]
    assert {k: pytest.approx(v, rel=1e-6) for k, v in found.items()} == shipped.to_dict()


def test_the_ensemble_holds_enough_worlds_and_each_is_near_every_anchor() -> None:
    assert len(KEPT) >= 1000
    again = ensemble.matched(TABLE, KEPT, ANCHORS)
    assert len(again) == len(KEPT)
    rows = parameters.uncertain(TABLE).set_index("id")
    assert list(KEPT) == list(rows.index)
    # a value is kept with four digits, so that it may step over the end by half of the last one
    assert (KEPT.min() >= rows["low"] * 0.9995 - 1e-9).all()
    assert (KEPT.max() <= rows["high"] * 1.0005 + 1e-9).all()


def test_a_hypercube_takes_each_slice_once_and_is_the_same_for_the_same_seed() -> None:
    one = ensemble.hypercube(TABLE, draws=50, seed=3)
    assert one.equals(ensemble.hypercube(TABLE, draws=50, seed=3))
    assert not one.equals(ensemble.hypercube(TABLE, draws=50, seed=4))
    row = TABLE.set_index("id").loc["kap"]
    edges = ensemble.triangular(np.arange(51) / 50, row.low, row.base, row.high)
    counts, _ = np.histogram(one["kap"], edges)
    assert (counts == 1).all()


def test_one_command_rebuilds_the_ensemble_and_all_that_hangs_on_it(tmp_path) -> None:
    sys.path.insert(0, str(ROOT / "data" / "recipes"))
    importlib.import_module("policy_ensemble").build(tmp_path)
    for name in ("parameters", "ensemble", "values"):
        made = pd.read_csv(tmp_path / "policy" / f"{name}.csv")
        shipped = pd.read_csv(ROOT / "data" / "policy" / f"{name}.csv")
        pd.testing.assert_frame_equal(made, shipped, rtol=1e-5)


def test_one_command_recomputes_the_sensitivities(tmp_path) -> None:
    """A slice of the table again: same indices, same threshold, and the pairs that it names."""
    pytest.importorskip("SALib")
    sys.path.insert(0, str(ROOT / "data" / "recipes"))
    recipe = importlib.import_module("policy_sensitivity")
    shipped = datasets.policy_sensitivity()
    pairs = shipped[["plan", "against"]].drop_duplicates().itertuples(index=False, name=None)
    assert list(pairs) == list(recipe.PAIRS)
    differences = recipe.differences("settle", "infra", "people")
    again = pd.DataFrame(recipe.indices(differences["workers"], "people"))
    rows = shipped.query(
        "plan == 'settle' and against == 'infra' and theory == 'people' and outcome == 'workers'"
    )
    assert list(again["id"]) == list(rows["id"])
    for column in ("index", "threshold", "direction"):
        assert np.allclose(again[column].astype(float), rows[column], atol=0.0015), column


def test_sensitivities_leave_out_what_a_belief_fixes_and_find_what_is_built_in() -> None:
    rows = datasets.policy_sensitivity()
    held = set(TABLE.dropna(subset=["people"])["id"])
    assert set(rows.query("theory == 'both'")["id"]) == set(KEPT)
    assert not held & set(rows.query("theory != 'both'")["id"])
    strong = rows[rows["index"] > rows["threshold"]]
    link = strong.query("plan == 'nothing' and outcome == 'link' and theory == 'both'")
    assert set(link["id"]) >= {"O0", "T_pt0"}  # the link at the start is made of nothing else
    first = link.sort_values("index", ascending=False).iloc[0]
    assert first["id"] == "O0"
    assert first["direction"] > 0.5


def test_history_teaches_little_and_the_year_not_seen_has_a_band() -> None:
    moved = ensemble.learned(TABLE, KEPT)
    assert abs(moved["moved"]).max() < 0.1
    assert set(moved.loc[moved["widened"] < -ensemble.NARROWED, "id"]) == {"gJ_mult", "sig_mult"}
    band = ensemble.band_of_history(parameters.worlds(TABLE, KEPT))
    assert (band["year"] == 2010).all()
    assert (band["p10"] < band["p50"]).all()
    assert (band["p50"] < band["p90"]).all()


def test_the_spread_before_matching_is_that_of_the_draws() -> None:
    drawn = ensemble.hypercube(TABLE, 4000, seed=3)
    moved = ensemble.learned(TABLE, drawn)
    assert abs(moved["widened"]).max() < 0.01
    assert moved["spread_after"].to_numpy() == pytest.approx(
        [drawn[name].std(ddof=0) for name in moved["id"]]
    )


def test_the_page_says_where_the_calibration_begins() -> None:
    with (ROOT / "data/raw/coding_policy_parameters.csv").open(encoding="utf-8") as file:
        begun = {row["name"]: float(row["base"]) for row in csv.DictReader(file)}
    for lang in ("ko", "en"):
        page = (ROOT / f"docs/model.{lang}.md").read_text("utf-8")
        assert f"`sigma` = {begun['sigma']:g}" in page
        assert f"`g_J` = {begun['g_J']:g}" in page


def test_a_number_changed_by_hand_stays_within_its_row() -> None:
    parameters.within(TABLE, {"kap": 0.05})
    with pytest.raises(BadInput, match="kap"):
        parameters.within(TABLE, {"kap": 5.0})
    with pytest.raises(UnknownName, match="kap"):
        parameters.within(TABLE, {"kapp": 0.05})
    with pytest.raises(UnknownName):
        parameters.worlds(TABLE).changed({"nothing": 1.0})


SIGNS = {"·": "*", "−": "-", "^": "**"}
WORDS = json.loads((ROOT / "data/words/policy.json").read_text("utf-8"))


def read_form(number: int, known: dict[str, object]) -> list[object]:
    """Compute an equation from its written form alone: the values of its left sides, in order."""
    text = WORDS[f"eq_{number:02}_form"]["en"]
    for sign, python in SIGNS.items():
        text = text.replace(sign, python)
    known |= {"exp": np.exp, "ln": np.log, "sum": np.sum, "product": np.prod}
    known |= {"min": min, "max": max, "stages": 4}
    found = []
    for line in text.split("; "):
        left, right = line.split(" = ")
        known[left] = eval(right, {"__builtins__": {}}, known)  # noqa: S307 - our own words
        found.append(known[left])
    return found


def flat(result: object) -> list[float]:
    if isinstance(result, dict):
        return list(result.values())
    return list(result) if isinstance(result, tuple | list) else [result]


@pytest.mark.parametrize("name", functions())
@pytest.mark.parametrize("seed", range(5))
def test_the_written_form_gives_what_the_code_gives(name: str, seed: int) -> None:
    chance = np.random.default_rng(seed)
    world = parameters.worlds(TABLE, KEPT).only(slice(seed, seed + 1))
    numbers = world.numbers[0]
    plain = {k: float(np.ravel(v)[0]) for k, v in vars(numbers).items()}
    code = getattr(equations, name)
    given: dict[str, object] = {}
    known: dict[str, object] = dict(plain)
    for argument in inspect.signature(code).parameters:
        if argument == "p":
            given["p"] = type(numbers)(**plain)
        elif argument == "own":
            given["own"] = [float(x) for x in chance.random(4)]
            known["own"] = np.array(given["own"])
        elif argument == "others":
            given["others"] = [list(chance.random(4)), list(chance.random(4))]
            known["lent"] = np.sum(given["others"], axis=0)
            if name.startswith("eq28"):
                given["others"] = known["others"] = float(chance.random())
        elif argument == "transit":
            given["transit"] = [float(x) for x in chance.random(3)]
            known |= {"transit": np.array(given["transit"]), "regions": 3}
        elif argument == "flows":
            given["flows"] = tuple(float(x) for x in chance.random(4))
            names = ("born", "attracted", "closed", "moved")
            known |= dict(zip(names, given["flows"], strict=True))
        else:
            given[argument] = known[argument] = float(0.05 + 0.9 * chance.random())
    if name.startswith("eq00"):
        names = re.findall(r"(\w+) =", WORDS["eq_00_form"]["en"])
        told = dict(zip(names, read_form(0, known), strict=True))
        assert code(**given) == {k: pytest.approx(told[k]) for k in code(**given)}
        return
    result = flat(code(**given))
    form = read_form(int(name[2:4]), known)
    assert result == pytest.approx(form[-len(result) :])
