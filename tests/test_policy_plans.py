"""Plans, files and links: what comes back is what was sent; what is broken is said and harmless."""

from __future__ import annotations

import base64
import contextlib
import json
import time
import zlib
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import datasets, plans
from clusterlib.errors import BadInput
from clusterlib.policy import decision
from clusterlib.policy.scenario import (
    LEVERS,
    MODEL,
    Phase,
    Scenario,
    from_plan,
    recorded,
    to_plan,
)

ROOT = Path(__file__).resolve().parent.parent
KEYS = tuple(datasets.policy_regions()["key"])
TWO = {
    "v": 1,
    "model": MODEL,
    "ens": "0123456789ab",
    "lang": "ko",
    "theory": "people",
    "phases": [
        {"from": 0, KEYS[0]: [20, 15, 10, 5, 0, 0, 0], KEYS[1]: [20, 15, 5, 5, 5, 0, 0], "O": 0.6},
        {"from": 8, KEYS[0]: [10, 0, 25, 15, 0, 0, 0], KEYS[1]: [12.5, 0, 20, 12.5, 5, 0, 0],
         "S": 0.7, "O": 0.8, "f": 0.25},
    ],
    "w": {"workers": 0.4, "QO": 0.6},
    "r": {"workers": [56000, 77000, 98000], "grads_hired_share": [0.34, 0.45, 0.56],
          "stay_rate": [0.94, 0.95, 0.97], "Q": [0.17, 0.3, 0.46], "link": [0.0006, 0.031, 0.57]},
}  # fmt: skip


def plan(**changed) -> dict:
    return {"v": 1, "model": MODEL, "phases": [{"from": 0}], **changed}


def test_a_plan_comes_back_from_a_link_and_from_a_file() -> None:
    scenario = from_plan(TWO, KEYS, 100)
    assert to_plan(scenario, KEYS) == TWO
    assert plans.unpacked(plans.packed(TWO)) == TWO
    assert plans.read(plans.written(TWO)) == TWO


def test_a_link_for_two_phases_is_short_and_leaves_the_reasons_at_home() -> None:
    told = {**TWO, "why": "우리 동네 사정 " * 50}
    assert tuple(told["r"]) == decision.RECORDED
    link = plans.link("http://localhost:8888/lab", told)
    assert len(link) < 400
    assert plans.unpacked(link) == TWO


numbers = st.integers(0, 28).map(lambda n: n / 4)
spend = st.lists(numbers, min_size=7, max_size=7)
share = st.none() | st.integers(0, 20).map(lambda n: n / 20)


@st.composite
def phases(draw, begin: int):
    said = {"from": begin}
    said |= {key: draw(spend) for key in KEYS}
    return said | {n: v for n in ("S", "O", "f") if (v := draw(share)) is not None}


@st.composite
def made(draw):
    begins = sorted(draw(st.sets(st.integers(0, 19), min_size=1, max_size=4)))
    return plan(phases=[draw(phases(begin)) for begin in begins])


@given(made())
def test_any_plan_survives_the_way_there_and_back(told) -> None:
    scenario = from_plan(plans.unpacked(plans.packed(told)), KEYS, 100)
    assert from_plan(to_plan(scenario, KEYS), KEYS, 100) == scenario


def test_a_plan_obeys_the_published_schema() -> None:
    schema = json.loads((ROOT / "docs/plan.schema.json").read_text("utf-8"))
    jsonschema.validate(TWO, schema)
    jsonschema.validate(to_plan(Scenario(), KEYS), schema)


BROKEN = [
    plan(v=2), plan(v=True), plan(model="1"), plan(model=1), plan(phases=[]), plan(phases={}),
    plan(phases=[{}]), plan(phases=[{"from": 20}]), plan(phases=[{"from": -1}]),
    plan(phases=[{"from": 0.5}]), plan(phases=[{"from": True}]), plan(phases=[3]),
    plan(phases=[{"from": 0}] * 5), plan(phases=[{"from": 3}, {"from": 3}]),
    plan(phases=[{"from": 3}, {"from": 1}]), plan(phases=[{"from": 0, "x": 1}]),
    plan(phases=[{"from": 0, KEYS[0]: [0] * 6}]), plan(phases=[{"from": 0, KEYS[0]: ["1"] * 7}]),
    plan(phases=[{"from": 0, KEYS[0]: [-1] + [0] * 6}]), plan(phases=[{"from": 0, "S": 1.5}]),
    plan(phases=[{"from": 0, "O": float("nan")}]), plan(phases=[{"from": 0, "f": "1"}]),
    plan(phases=[{"from": 0, KEYS[0]: [float("inf")] + [0] * 6}]), plan(theory="none"),
    plan(theory=[]), plan(lang="fr"), plan(name="x" * 81), plan(why=3), plan(w=[1]),
    plan(w={"a": "b"}), plan(r=[]), plan(r={"Q": 1}), plan(r={"Q": [1, 2]}),
    plan(r={"Q": [1, 3, 2]}), plan(r={"Q": [1, 2, "3"]}), plan(r={"Q": [1, 2, float("nan")]}),
    plan(r={"Q" * 41: [1, 2, 3]}), plan(r={str(n): [1, 2, 3] for n in range(6)}),
    plan(p={"kap": True}), plan(extra=1), {}, {"v": 1},
]  # fmt: skip


@pytest.mark.parametrize("told", BROKEN, ids=str)
def test_a_malformed_plan_is_refused_by_name(told) -> None:
    with pytest.raises(BadInput) as refused:
        from_plan(told, KEYS, 100)
    assert refused.value.key == "plan_malformed"
    assert str(refused.value)


def test_over_budget_is_said_with_both_numbers() -> None:
    told = plan(phases=[{"from": 0, KEYS[0]: [60] + [0] * 6, KEYS[1]: [41] + [0] * 6}])
    with pytest.raises(BadInput) as refused:
        from_plan(told, KEYS, 100)
    assert refused.value.key == "plan_over_budget"
    assert refused.value.values == {"spent": 101.0, "budget": 100}


def test_a_plan_from_another_model_opens_and_says_so() -> None:
    scenario = from_plan(plan(model="0.9.0"), KEYS, 100)
    assert scenario.foreign
    assert scenario.model == "0.9.0"
    assert not from_plan(plan(), KEYS).foreign


def test_results_are_kept_with_two_digits_and_open_beside_those_of_today() -> None:
    found = {name: np.linspace(0.1234, 56789.0, 101) for name in decision.OUTCOMES}
    told = to_plan(recorded(from_plan(plan(), KEYS), decision.bands(found)), KEYS)
    assert told["r"]["workers"] == [5700, 28000, 51000]
    assert tuple(told["r"]) == decision.RECORDED
    theirs = {n: band for n, band in told["r"].items() if n != "link"} | {"gone": [1, 2, 3]}
    foreign = {**told, "model": "0.9.0", "r": theirs}
    scenario = from_plan(plans.unpacked(plans.packed(foreign)), KEYS)
    assert scenario.foreign
    both = decision.then_and_now(scenario, found).set_index("outcome")
    assert set(both.index) == set(decision.RECORDED) - {"link"}
    assert both.loc["workers", ["then_p10", "then_p50"]].tolist() == [5700, 28000]
    assert both.loc["workers", "p50"] == pytest.approx(np.median(found["workers"]))


def test_a_plan_without_results_opens_without_any() -> None:
    assert from_plan(plan(), KEYS).results == ()
    assert "r" not in to_plan(Scenario(), KEYS)
    assert decision.then_and_now(Scenario(), {"Q": np.ones(3)}).empty


@pytest.mark.parametrize("length", range(1, len(plans.packed(TWO)), 7))
def test_a_link_cut_anywhere_is_refused(length: int) -> None:
    with pytest.raises(BadInput):
        plans.unpacked(plans.packed(TWO)[:length])


@pytest.mark.parametrize(
    "text", ["", "?s=", "http://[::1", "ㅎㅎ", "%%%", "AAAA", "?s=" + "A" * 5000]
)
def test_what_is_no_link_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        plans.unpacked(text)


def squeezed(content: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


@pytest.mark.parametrize(
    "content",
    [b"0" * 2_000_000, b"[" * 15_000, b'{"v":' * 3000, b'{"v":1e999}', b'{"v":NaN}',
     b'{"v":' + b"9" * 5000 + b"}", b"\xff\xfe", b"null", b"[]", b'"x"'],
    ids=["bomb", "list in list", "object in object", "huge", "nan", "digits", "bytes", "null",
         "list", "text"],
)  # fmt: skip
def test_a_bomb_and_its_kin_are_refused_at_once(content: bytes) -> None:
    link = squeezed(content)
    begun = time.process_time()
    with pytest.raises(BadInput):
        plans.unpacked(link)
    assert time.process_time() - begun < 0.1


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for read in (lambda: plans.read(content), lambda: plans.unpacked(content.decode("latin1"))):
        with contextlib.suppress(BadInput):
            assert isinstance(read(), dict)


def test_a_plan_is_frozen_and_phases_follow_the_years() -> None:
    scenario = from_plan(TWO, KEYS, 100)
    with pytest.raises(AttributeError):
        scenario.theory = "jobs"
    assert scenario.at(7) == scenario.phases[0]
    assert scenario.at(8) == scenario.phases[1]
    late = Scenario((Phase(5, ((1.0,) * len(LEVERS),)),))
    assert late.at(4) == Phase()
    assert hash(scenario) == hash(from_plan(TWO, KEYS, 100))
