"""One run of the policy model: a plan and the worlds in, every year and region out.

Pure: no file, no clock, no chance; the same plan and worlds give the same numbers. Worlds are
computed side by side (arrays over draws), or one alone on floats by the same source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from clusterlib.policy import equations
from clusterlib.policy.arithmetic import Named, Number, ratio
from clusterlib.policy.parameters import Worlds
from clusterlib.policy.scenario import POINTS, YEARS, Phase, Scenario

HISTORY, FIRST = 2000, 2023
STOCKS = ("workers", "posts", "firms", "living", "support", "talent", "fund", "special")
FLOWS = ("hires", "left", "retired", "graduates", "hired", "unmatched", "unwilling", "born",
         "attracted", "closed", "moved")  # fmt: skip
VIEWS = ("capability", "access", "vacancy", "growth")
SHARED = ("minutes", "openness", "others", "link", "taken")
CUTS = (10, 50, 90)  # percentiles of a band: its ends and the median
PER_REGION = (*STOCKS, *FLOWS, *VIEWS)
EVERYTHING = (*PER_REGION, *SHARED)
Seen = tuple[tuple[Number, ...], tuple[Number, ...]]  # flows and views of one region
stocks_of, shared_of = attrgetter(*STOCKS), attrgetter(*SHARED[:4])


@dataclass(frozen=True)
class Run:
    """What a run gave.

    values : by name, an array (years, regions, draws); shared ones have one region.
    years : the years, the last day of which the stocks are of; flows are of the whole year.
    start : the stocks before the first year, as (regions, draws), to check the books with.
    state : the end, from which a run can go on.
    """

    regions: tuple[str, ...]
    years: tuple[int, ...]
    values: dict[str, np.ndarray]
    start: dict[str, np.ndarray]
    state: State

    def bands(self, name: str, cuts: Sequence[int] = CUTS) -> np.ndarray:
        """Percentiles over the draws, (cuts, years, regions)."""
        ordered = np.sort(self.values[name], axis=2)
        places = np.array(cuts) / 100.0 * (ordered.shape[2] - 1)
        below = places.astype(int)
        above = np.minimum(below + 1, ordered.shape[2] - 1)
        low, high = ordered[..., below], ordered[..., above]
        return np.moveaxis(low + (high - low) * (places - below), 2, 0)

    def frame(
        self, names: Sequence[str] = ("workers",), cuts: Sequence[int] = CUTS
    ) -> pd.DataFrame:
        """Percentiles over the draws as rows: year, region ("" if shared), name, p10, …"""
        parts, about = [], {"year": [], "region": [], "name": []}
        for name in names:
            band = self.bands(name, cuts)
            regions = ("",) if name in SHARED else self.regions
            parts.append(band.transpose(0, 2, 1).reshape(len(cuts), -1))
            about["year"] += list(self.years) * len(regions)
            about["region"] += [region for region in regions for _ in self.years]
            about["name"] += [name] * (len(regions) * len(self.years))
        told = np.concatenate(parts, axis=1)
        return pd.DataFrame({**about, **{f"p{c}": told[n] for n, c in enumerate(cuts)}})


class State:
    """The stocks between two steps: a namespace a region and what they share."""

    def __init__(self, here: list[Named], shared: Named) -> None:
        self.here, self.shared = here, shared

    def copy(self) -> State:
        """The same stocks, free to move on."""
        here = [Named(**vars(each)) for each in self.here]
        return State(here, Named(**vars(self.shared)))


def beginning(numbers: list[Named], eq: Any = equations) -> State:
    """The stocks of the first anchor year, from the rows of starting values."""
    here = [Named(**eq.eq00_start(p), paid=frozenset()) for p in numbers]
    shared = Named(**eq.eq00_shared(numbers[0]), paid=frozenset())
    state = State(here, shared)
    shared.nearness, shared.link = eq.eq01_link(numbers[0], shared.minutes, shared.openness)
    for place, start in enumerate(capabilities(numbers, state, eq)):
        here[place].capability0 = start
    return state


def capabilities(numbers: list[Named], state: State, eq: Any = equations) -> list[Number]:
    """Capability along the chain in each region, with what the link lends from the others."""
    parts = []
    for p, r in zip(numbers, state.here, strict=True):
        usable = eq.eq02_usable(p, r.support, r.talent)
        parts.append([usable * share for share in eq.eq03_shares(p, r.special)])
    return [
        eq.eq04_capability(p, state.shared.link, own, parts[:place] + parts[place + 1 :])
        for place, (p, own) in enumerate(zip(numbers, parts, strict=True))
    ]


def step(
    numbers: list[Named], state: State, plan: Phase, t: float, h: float, eq: Any = equations
) -> tuple[list[Seen], Number]:
    """Move the state on by `h` years; return what flowed in each region, and what was moved.

    `eq` are the equations; whoever wants to see each at work hands in others that tell.
    """
    shared, first, count = state.shared, numbers[0], len(numbers)
    efforts = plan.efforts(count)
    capability = capabilities(numbers, state, eq)
    taken = eq.eq27_focus(first, plan.focus)
    seen = []
    for p, r, effort, own in zip(numbers, state.here, efforts, capability, strict=True):
        seen.append(_region(eq, p, r, effort, own, shared.nearness, t, h))
        _levers(eq, p, r, effort, plan, taken / count, h)
    if _moves(shared, "others", plan.focus):
        shared.others = eq.eq28_others(first, shared.others, taken, h)
    transit = [effort.transit for effort in efforts]
    if all(transit):  # without all ends nothing changes, and nothing fades
        shared.minutes = eq.eq29_minutes(first, shared.minutes, transit, h)
    if plan.openness is not None:
        shared.openness = eq.eq30_orientation(first, shared.openness, plan.openness, h)
    shared.nearness, shared.link = eq.eq01_link(first, shared.minutes, shared.openness)
    return seen, taken * h


def _region(
    eq: Any, p: Named, r: Named, effort: Named, capability: Number, nearness: Number, t: float,
    h: float,
) -> Seen:  # fmt: skip
    """People, firms and posts of one region over a step; the stocks are moved on."""
    access = eq.eq05_access(p, r.fund)
    growth, for_births, for_attraction = eq.eq06_growth(
        p, capability / r.capability0, access, r.talent
    )
    gain = eq.eq07_living_gain(p, r.living, nearness)
    capital = eq.eq08_capital_pull(p, t)
    willing = eq.eq09_willing(p, gain, capital, growth)
    hold = eq.eq10_hold(p, gain, capital, growth)
    graduates = eq.eq11_graduates(p, t)
    left, retired = eq.eq12_leaving(p, r.workers, hold, h)
    attracted = eq.eq20_attracted(p, for_attraction, effort.attract, effort.rivals)
    supply = eq.eq13_supply(p, graduates * willing, r.workers, hold, attracted) * h
    openings = eq.eq14_openings(p, r.posts, r.workers, left + retired, h)
    hires = eq.eq15_hires(p, openings, supply)
    hired, unmatched, unwilling = eq.eq16_graduate_ways(graduates * h, willing, supply, hires)
    vacancy = eq.eq17_vacancy(r.posts, r.workers)
    moved = eq.eq18_moved(p, r.firms, vacancy, access, effort.retain, h)
    born = eq.eq19_births(p, r.workers, for_births) * h
    closed = eq.eq21_closed(p, r.firms, moved, h)
    flows = (born, attracted * h, closed, moved)
    size = ratio(r.posts, r.firms)
    r.posts = eq.eq22_posts(p, r.posts, growth, vacancy, size, flows, h)
    r.workers, r.firms = eq.eq31_stocks(r.workers, hires, left + retired, r.firms, flows)
    told = (hires, left, retired, graduates * h, hired, unmatched, unwilling, *flows)
    return told, (capability, access, vacancy, growth)  # in the order of FLOWS and VIEWS


def _levers(
    eq: Any, p: Named, r: Named, effort: Named, plan: Phase, central: Number, h: float,
) -> None:  # fmt: skip
    """What spending does to the conditions of one region over a step."""
    if _moves(r, "living", effort.settle):
        r.living = eq.eq23_living(p, r.living, effort.settle, h)
    if _moves(r, "talent", effort.talent):
        r.talent = eq.eq24_talent(p, r.talent, effort.talent, h)
    if _moves(r, "fund", effort.vc):
        r.fund = eq.eq25_fund(p, r.fund, effort.vc * POINTS, h)
    if _moves(r, "support", effort.infra + plan.focus):
        r.support = eq.eq26_support(p, r.support, effort.infra, central, h)
    if plan.special is not None:
        r.special = eq.eq30_orientation(p, r.special, plan.special, h)


def _moves(r: Named, name: str, spent: float) -> bool:
    """Whether a condition can change: what nobody ever paid for stays exactly where it was."""
    if spent and name not in r.paid:
        r.paid |= {name}
    return name in r.paid


def simulate(
    scenario: Scenario, worlds: Worlds, years: int = YEARS, state: State | None = None,
    parts: int = 1, keep: Sequence[str] = EVERYTHING,
) -> Run:  # fmt: skip
    """Run a plan through the policy years.

    Parameters
    ----------
    scenario : Scenario
        The plan; its theory and its changed numbers are applied to the worlds.
    worlds : Worlds
        The numbers, of one world or of many.
    years : int
        Policy years from 2023.
    state : State, optional
        Where to begin; by default at the end of the run through history (2001-2022).
    parts : int
        Steps a year; more only to check that it does not matter.
    keep : sequence of str
        What to hand back; fewer names, less to copy.

    Examples
    --------
    >>> simulate(Scenario(), base_worlds).values["workers"].shape  # doctest: +SKIP
    (20, 2, 1)
    """
    theirs = worlds.changed(dict(scenario.changed)).under(scenario.theory)
    begin = state or history(worlds.changed(dict(scenario.changed)), parts).state
    return _run(theirs, begin, scenario, FIRST, years, parts, keep)


def history(worlds: Worlds, parts: int = 1) -> Run:
    """The run from 2000 to 2022 on today's conditions, which the calibration fits."""
    begin = beginning(worlds.numbers)
    return _run(worlds, begin, Scenario(), HISTORY + 1, FIRST - 1 - HISTORY, parts)


def _run(
    worlds: Worlds, begin: State, scenario: Scenario, first: int, years: int, parts: int,
    keep: Sequence[str] = EVERYTHING,
) -> Run:  # fmt: skip
    numbers, state = worlds.numbers, begin.copy()
    start = {name: _wide([getattr(r, name) for r in state.here], worlds) for name in STOCKS}
    start |= {name: _wide([getattr(state.shared, name)], worlds) for name in SHARED[:3]}
    rows: list[list[Any]] = []
    for year in range(years):
        plan = scenario.at(year)
        told = [
            step(numbers, state, plan, first + year - FIRST + part / parts, 1.0 / parts)
            for part in range(parts)
        ]
        rows.append(_year(state, told))
    values = _gathered(worlds, rows, keep)
    return Run(worlds.regions, tuple(range(first, first + years)), values, start, state)


def _year(state: State, told: list[tuple[list[Seen], Number]]) -> list[Any]:
    """One year as a flat row: stocks at its end, flows summed over its steps, views of the last."""
    seen, taken = told[0] if len(told) == 1 else _summed(told)
    row: list[Any] = []
    for r, (flows, views) in zip(state.here, seen, strict=True):
        row += (*stocks_of(r), *flows, *views)
    row += (*shared_of(state.shared), taken)
    return row


def _summed(told: list[tuple[list[Seen], Number]]) -> tuple[list[Seen], Number]:
    """Several steps as one: flows and what was moved add up, views are those of the last step."""
    seen = []
    for parts in zip(*(regions for regions, _ in told), strict=True):
        flows = tuple(map(sum, zip(*(flows for flows, _ in parts), strict=True)))
        seen.append((flows, parts[-1][1]))
    return seen, sum(taken for _, taken in told)


def _gathered(worlds: Worlds, rows: list[list[Any]], keep: Sequence[str]) -> dict[str, np.ndarray]:
    """The rows of all years as arrays (years, regions, draws) by name."""
    width, count, draws = len(PER_REGION), len(worlds.regions), worlds.draws
    if draws == 1:
        table = np.array(rows, dtype=float)[:, :, None]
        regional = table[:, : count * width].reshape(len(rows), count, width, 1)
        found = {name: regional[:, :, place] for place, name in enumerate(PER_REGION)}
        ends = enumerate(SHARED, start=count * width)
        found |= {name: table[:, place : place + 1] for place, name in ends}
        return {name: found[name] for name in keep}
    values = {}
    for name in keep:
        if name in SHARED:
            places = [count * width + SHARED.index(name)]
        else:
            places = [r * width + PER_REGION.index(name) for r in range(count)]
        values[name] = np.empty((len(rows), len(places), draws))
        for year, row in enumerate(rows):
            for region, place in enumerate(places):
                values[name][year, region] = row[place]
    return values


def _wide(values: list[Any], worlds: Worlds) -> np.ndarray:
    if worlds.draws == 1:
        return np.array(values, dtype=float).reshape(-1, 1)
    return np.array([np.broadcast_to(value, (worlds.draws,)) for value in values], dtype=float)
