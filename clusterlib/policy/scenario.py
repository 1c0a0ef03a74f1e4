"""A plan: what is spent on what, where and from when; frozen, checked, independent of files.

`from_plan` and `to_plan` turn a plain dict, as docs/plan.schema.json describes it, into a
`Scenario` and back. Reading files and links is the business of `clusterlib.plans`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from clusterlib.errors import BadInput
from clusterlib.policy.arithmetic import Named

MODEL = "1.0.0"  # changes whenever an equation or a number changes
LEVERS = ("settle", "transit", "vc", "talent", "retain", "attract", "infra")
THEORIES = ("both", "people", "jobs")
YEARS = 20
MOST_PHASES, MOST_POINTS = 4, 100.0
POINTS = 100.0  # effects of levers are stated for 100 points
ANY, LONGEST_NAME = (-1e9, 1e9), 40
LIMITS = {"name": 80, "role": 40, "ens": 80, "why": 1200}
KNOWN = {"v", "model", "ens", "name", "lang", "role", "theory", "phases", "p", "w", "r", "why"}
MOST_RESULTS, DIGITS = 5, 2  # recorded outcomes, and the digits that are kept of them


@dataclass(frozen=True)
class Phase:
    """From a year on: points a year by region and lever, targets and focus.

    spend : one tuple a region, in the order of the model's regions, of points by `LEVERS`.
    special, openness : targets, 0 to 1; None leaves what there is today.
    focus : 0 (central money as today) to 1.
    """

    begin: int = 0
    spend: tuple[tuple[float, ...], ...] = ()
    special: float | None = None
    openness: float | None = None
    focus: float = 0.0

    def points(self) -> float:
        """Points a year over all regions and levers."""
        return sum(map(sum, self.spend))

    def of(self, region: int) -> tuple[float, ...]:
        """What one region spends a year, by lever."""
        return self.spend[region] if region < len(self.spend) else (0.0,) * len(LEVERS)

    @cached_property
    def _efforts(self) -> dict[int, tuple[Named, ...]]:
        return {}

    def efforts(self, regions: int) -> tuple[Named, ...]:
        """Of each region hundreds of points by lever, and by `rivals` what others pay to attract.

        A run asks every year; the answer is made once.
        """
        if regions not in self._efforts:
            shares = [[points / POINTS for points in self.of(place)] for place in range(regions)]
            made = [Named(**dict(zip(LEVERS, each, strict=True))) for each in shares]
            for one in made:
                one.rivals = sum(other.attract for other in made if other is not one)
            self._efforts[regions] = tuple(made)
        return self._efforts[regions]


NOTHING = Phase()


@dataclass(frozen=True)
class Scenario:
    """A whole plan. The default one does nothing.

    results : what the plan gave when it was written down, by outcome p10, p50 and p90 with two
    digits; shown beside today's when the plan comes from another version of the model.
    """

    phases: tuple[Phase, ...] = (NOTHING,)
    theory: str = "both"
    changed: tuple[tuple[str, float], ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    results: tuple[tuple[str, tuple[float, ...]], ...] = ()
    model: str = MODEL
    ensemble: str = ""
    name: str = ""
    lang: str = ""
    role: str = ""
    why: str = ""

    def at(self, year: int) -> Phase:
        """The phase that holds in a year (0 = the first policy year); nothing before the first."""
        return next((p for p in reversed(self.phases) if p.begin <= year), NOTHING)

    def points(self) -> float:
        """The most points that any phase spends in a year."""
        return max(phase.points() for phase in self.phases)

    @property
    def foreign(self) -> bool:
        """Whether the plan was made with another version of the model."""
        return self.model != MODEL


def from_plan(
    plan: Mapping[str, Any], keys: Sequence[str], budget: float | None = None
) -> Scenario:
    """Check a plan and make it a Scenario.

    Parameters
    ----------
    plan : mapping
        As docs/plan.schema.json has it.
    keys : sequence of str
        The short key of each region, in the order of the model ("d", "c").
    budget : float, optional
        Points a year that no phase may exceed.

    Raises
    ------
    BadInput
        plan_malformed with the place and what is expected there, or plan_over_budget.
    """
    _need(isinstance(plan, Mapping), "plan", "object")
    _need(set(plan) <= KNOWN, ", ".join(sorted(map(str, set(plan) - KNOWN)))[:60], "-")
    _need(plan.get("v") == 1 and not isinstance(plan.get("v"), bool), "v", "1")
    phases = plan.get("phases")
    _need(isinstance(phases, list) and 1 <= len(phases) <= MOST_PHASES, "phases", "1-4")
    made = tuple(_phase(phase, keys, place) for place, phase in enumerate(phases))
    begins = [phase.begin for phase in made]
    _need(all(a < b for a, b in zip(begins, begins[1:], strict=False)), "from", "0 < … < 19")
    theory = plan.get("theory", "both")
    _need(theory in THEORIES, "theory", " | ".join(THEORIES))
    lang = plan.get("lang", "")
    _need(lang in ("", "ko", "en"), "lang", "ko | en")
    texts = {name: _text(plan, name) for name in LIMITS}
    scenario = Scenario(
        made, theory, _pairs(plan, "p"), _pairs(plan, "w"), _results(plan), _version(plan),
        texts["ens"], texts["name"], lang, texts["role"], texts["why"],
    )  # fmt: skip
    _within(scenario, budget)
    return scenario


def to_plan(scenario: Scenario, keys: Sequence[str]) -> dict[str, Any]:
    """The plain dict of a Scenario, without what is empty; `from_plan` gives the same back."""
    plan: dict[str, Any] = {"v": 1, "model": scenario.model}
    texts = {"ens": scenario.ensemble, "name": scenario.name, "lang": scenario.lang,
             "role": scenario.role, "why": scenario.why}  # fmt: skip
    plan.update({name: text for name, text in texts.items() if text})
    if scenario.theory != "both":
        plan["theory"] = scenario.theory
    plan["phases"] = [_plain(phase, keys) for phase in scenario.phases]
    plan.update({n: dict(v) for n, v in (("p", scenario.changed), ("w", scenario.weights)) if v})
    if scenario.results:
        plan["r"] = {name: [_short(x) for x in band] for name, band in scenario.results}
    return plan


def recorded(scenario: Scenario, bands: Mapping[str, Sequence[float]]) -> Scenario:
    """The same plan with what it gave: by outcome p10, p50 and p90, kept with two digits.

    >>> recorded(Scenario(), {"workers": (56215.7, 61000.0, 70123.0)}).results
    (('workers', (56000.0, 61000.0, 70000.0)),)
    """
    kept = ((name, tuple(float(f"{x:.{DIGITS}g}") for x in band)) for name, band in bands.items())
    return replace(scenario, results=tuple(kept))


def _plain(phase: Phase, keys: Sequence[str]) -> dict[str, Any]:
    said: dict[str, Any] = {"from": phase.begin}
    for place, key in enumerate(keys):
        if any(phase.of(place)):
            said[key] = [_short(points) for points in phase.of(place)]
    targets = {"S": phase.special, "O": phase.openness, "f": phase.focus or None}
    return {**said, **{k: _short(v) for k, v in targets.items() if v is not None}}


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _phase(phase: Any, keys: Sequence[str], place: int) -> Phase:
    here = f"phases[{place}]"
    _need(isinstance(phase, Mapping), here, "object")
    unknown = set(phase) - {"from", "S", "O", "f", *keys}
    _need(not unknown, f"{here}.{min(map(str, unknown), default='')[:40]}", ", ".join(keys))
    begin = phase.get("from")
    whole = isinstance(begin, int) and not isinstance(begin, bool)
    _need(whole and 0 <= begin < YEARS, f"{here}.from", "0-19")
    spend = tuple(_spent(phase.get(key), f"{here}.{key}") for key in keys)
    targets = {name: phase.get(name) for name in ("S", "O", "f")}
    for name, value in targets.items():
        _need(value is None or _number(value, 0, 1), f"{here}.{name}", "0-1")
    special, openness = (None if targets[n] is None else float(targets[n]) for n in ("S", "O"))
    return Phase(begin, spend, special, openness, float(targets["f"] or 0.0))


def _spent(points: Any, here: str) -> tuple[float, ...]:
    if points is None:
        return (0.0,) * len(LEVERS)
    good = isinstance(points, list) and len(points) == len(LEVERS)
    _need(good and all(_number(x, 0, MOST_POINTS) for x in points), here, "7 × 0-100")
    return tuple(map(float, points))


def _pairs(plan: Mapping[str, Any], name: str) -> tuple[tuple[str, float], ...]:
    pairs = plan.get(name, {})
    good = isinstance(pairs, Mapping) and len(pairs) <= 100
    _need(good and all(_number(x, *ANY) for x in pairs.values()), name, "{…: 0.0}")
    return tuple(sorted((str(key)[:LONGEST_NAME], float(value)) for key, value in pairs.items()))


def _results(plan: Mapping[str, Any]) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Bands of outcomes; their names are free, another version may know other ones."""
    told = plan.get("r", {})
    expected = f"≤ {MOST_RESULTS} × {{…: [p10, p50, p90]}}"
    _need(isinstance(told, Mapping) and len(told) <= MOST_RESULTS, "r", expected)
    for name, band in told.items():
        numbers = isinstance(band, list) and len(band) == 3 and all(_number(x, *ANY) for x in band)
        _need(len(name) <= LONGEST_NAME and numbers and band == sorted(band), "r", expected)
    return tuple((name, tuple(map(float, band))) for name, band in told.items())


def _text(plan: Mapping[str, Any], name: str) -> str:
    text = plan.get(name, "")
    _need(isinstance(text, str) and len(text) <= LIMITS[name], name, f"≤ {LIMITS[name]}")
    return text


def _version(plan: Mapping[str, Any]) -> str:
    version = plan.get("model")
    parts = version.split(".") if isinstance(version, str) and len(version) <= 20 else []
    good = len(parts) == 3 and all(p.isascii() and p.isdigit() for p in parts)
    _need(good, "model", MODEL)
    return str(version)


def _number(value: Any, low: float, high: float) -> bool:
    kind = isinstance(value, int | float) and not isinstance(value, bool)
    return kind and low <= value <= high and math.isfinite(value)


def _need(good: bool, where: str, expected: str) -> None:
    if not good:
        raise BadInput("plan_malformed", where=where, expected=expected)


def _within(scenario: Scenario, budget: float | None) -> None:
    if budget is not None and scenario.points() > budget + 1e-9:
        raise BadInput("plan_over_budget", spent=_short(scenario.points()), budget=_short(budget))
