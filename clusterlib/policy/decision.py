"""Which plan, for whom, in how many worlds: values, weights, regret.

An outcome becomes a value on the straight line through two anchors, 0 at the worst and 1 at the
best median over the ready-made plans, frozen as data (data/policy/values.csv). Values are summed
with weights; nothing is ranked by distances from an ideal (TOPSIS and its kin), because those
reverse when a plan is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from clusterlib.policy.arithmetic import ratio
from clusterlib.policy.model import CUTS, Run, history, simulate
from clusterlib.policy.parameters import Worlds
from clusterlib.policy.scenario import LEVERS, THEORIES, Phase, Scenario

OUTCOMES = ("workers", "grads_hired_share", "stay_rate", "access", "Q", "QO", "link", "equity_DC")
RECORDED = ("workers", "grads_hired_share", "stay_rate", "Q", "link")  # what a plan's file keeps
LEVEL = 1e-12  # scores nearer than this are level
SURE = 3.3
SAMPLES = 2000


def course(run: Run, years: slice = slice(None)) -> dict[str, np.ndarray]:
    """The outcomes that people weigh, year by year of a run: (years, draws).

    workers: all regions together. grads_hired_share: of the graduates of the last five years.
    stay_rate: firms that did not move away in the year. access, Q: means over the regions.
    QO: capability of the other regions. link: nearness times agreements. equity_DC: workers of
    the smallest region for one of the largest.
    """
    now = {name: values[years] for name, values in run.values.items()}
    hired, graduates = (_last_five(run.values[n])[years] for n in ("hired", "graduates"))
    stay = 1.0 - ratio(now["moved"].sum(1), (now["firms"] + now["moved"]).sum(1))
    equity = ratio(now["workers"].min(1), now["workers"].max(1))
    found = (
        now["workers"].sum(1), ratio(hired, graduates), stay, now["access"].mean(1),
        now["capability"].mean(1), now["others"][:, 0], now["link"][:, 0], equity,
    )  # fmt: skip
    return dict(zip(OUTCOMES, found, strict=True))


def _last_five(flow: np.ndarray) -> np.ndarray:
    """A flow over all regions, summed over a year and up to four before it."""
    yearly = flow.sum(1)
    return np.array([yearly[max(year - 4, 0) : year + 1].sum(0) for year in range(len(yearly))])


def outcomes(run: Run) -> dict[str, np.ndarray]:
    """The outcomes that people weigh, at the end of a run, one value a draw; see `course`."""
    return {name: values[0] for name, values in course(run, slice(-1, None)).items()}


def bands(
    found: Mapping[str, np.ndarray], names: Sequence[str] = RECORDED
) -> dict[str, list[float]]:
    """p10, p50 and p90 of outcomes over the worlds, as `scenario.recorded` takes them."""
    return {name: np.percentile(found[name], CUTS).tolist() for name in names}


def then_and_now(scenario: Scenario, found: Mapping[str, np.ndarray]) -> pd.DataFrame:
    """What a plan gave when it was written down beside what it gives today, in outcomes of both.

    Returns
    -------
    frame
        outcome, then_p10, then_p50, then_p90, p10, p50, p90; no row where nothing was recorded.
    """
    known = [(name, then) for name, then in scenario.results if name in found]
    today, columns = bands(found, [name for name, _ in known]), ["p10", "p50", "p90"]
    rows = [(name, *then, *today[name]) for name, then in known]
    return pd.DataFrame(rows, columns=["outcome", *(f"then_{c}" for c in columns), *columns])


def plans(table: pd.DataFrame, regions: Sequence[str], theory: str = "both") -> dict[str, Scenario]:
    """The ready-made plans by name, from rows of plan, begin, region, levers and targets."""
    made = {}
    for name, rows in table.groupby("plan", sort=False):
        phases = []
        for begin, phase in rows.groupby("begin"):
            here = phase.set_index("region").loc[list(regions)]
            spend = tuple(tuple(map(float, row)) for row in here[list(LEVERS)].to_numpy(float))
            aims = [here[aim].iloc[0] for aim in ("special", "openness")]
            targets = [None if pd.isna(aim) else float(aim) for aim in aims]
            phases.append(Phase(int(begin), spend, *targets, float(here["focus"].iloc[0])))
        made[str(name)] = Scenario(tuple(phases), theory=theory)
    return made


def anchors(table: pd.DataFrame, worlds: Worlds) -> pd.DataFrame:
    """Worst and best median of each outcome over the plans and the theories."""
    begin = history(worlds).state
    medians = [
        {name: np.median(found) for name, found in outcomes(run).items()}
        for theory in THEORIES
        for plan in plans(table, worlds.regions, theory).values()
        for run in [simulate(plan, worlds, state=begin)]
    ]
    frame = pd.DataFrame(medians)
    return pd.DataFrame({"outcome": list(frame), "worst": frame.min(), "best": frame.max()})


def values(found: Mapping[str, np.ndarray], table: pd.DataFrame) -> np.ndarray:
    """Outcomes as values, (outcomes, draws): 0 at the worst anchor, 1 at the best, a line through.

    A value may lie below 0 or above 1: the anchors are medians, so half of the worlds of the plan
    that is an anchor lie beyond it, and what a plan gains or loses there counts as anywhere.
    """
    ends = table.set_index("outcome")
    scaled = [(found[n] - worst) / (best - worst) for n, worst, best in ends.itertuples()]
    return np.array(scaled)


def scores(value: np.ndarray, weights: Mapping[str, float], names: Sequence[str]) -> np.ndarray:
    """The weighted sum of values; weights are made to sum to 1, equal ones if all are 0."""
    weight = np.array([max(float(weights.get(name, 0.0)), 0.0) for name in names])
    weight = weight if weight.sum() > 0 else np.ones(len(names))
    return np.tensordot(weight / weight.sum(), value, axes=(0, -2))


def acceptability(value: np.ndarray, samples: int = SAMPLES, seed: int = 7) -> np.ndarray:
    """How often each plan comes first when nobody knows the weights.

    Parameters
    ----------
    value : array (plans, outcomes, draws)
        From `values`, plan by plan.
    samples : int
        Pairs of random weights (uniform over all that sum to 1) and a random draw.
    seed : int
        Start of the chance numbers; the same one gives the same shares.
    """
    chance = np.random.default_rng(seed)
    weight = chance.dirichlet(np.ones(value.shape[1]), samples)
    draw = chance.integers(0, value.shape[2], samples)
    return first(np.einsum("so,pos->ps", weight, value[:, :, draw]))


def first(score: np.ndarray) -> np.ndarray:
    """Of scores (plans, worlds), the share of worlds in which each plan comes first.

    Plans that are level share a world.
    """
    level = score >= score.max(axis=0) - LEVEL
    return (level / level.sum(axis=0)).mean(axis=1)


def winners(
    value: np.ndarray, weights: Mapping[str, float], names: Sequence[str], axes: Sequence[str],
    points: Sequence[float],
) -> pd.DataFrame:  # fmt: skip
    """Which plan wins as two weights vary and the others stay: a map of winners.

    A plan wins where the median of its weighted sum is highest. A plan that is added therefore
    never changes the order of the others.

    Parameters
    ----------
    value : array (plans, outcomes, draws)
        From `values`, plan by plan.
    weights : mapping
        Points by outcome; those of the two axes are replaced.
    names : sequence of str
        The outcomes in the order of `value`.
    axes : two outcomes
        Across, then up.
    points : sequence of float
        The points that each of the two takes.

    Returns
    -------
    frame
        across, up (points), winner (place of the plan; -1 where several are level) and share (of
        worlds in which the winner comes first; blank where several are level).
    """
    across, up = (list(names).index(axis) for axis in axes)
    given = np.array([max(float(weights.get(name, 0.0)), 0.0) for name in names])
    at = np.array([(x, y) for y in points for x in points], dtype=float)
    weight = np.tile(given, (len(at), 1))
    weight[:, up], weight[:, across] = at[:, 1], at[:, 0]
    weight[weight.sum(axis=1) == 0] = 1.0
    score = np.einsum("co,pod->cpd", weight / weight.sum(axis=1, keepdims=True), value)
    middle = np.median(score, axis=2)
    lead = middle.argmax(axis=1)
    alone = (middle >= middle.max(axis=1, keepdims=True) - LEVEL).sum(axis=1) == 1
    level = score >= score.max(axis=1, keepdims=True) - LEVEL
    every = (level / level.sum(axis=1, keepdims=True)).mean(axis=2)
    shares = np.where(alone, every[np.arange(len(at)), lead], np.nan)
    found = {"across": at[:, 0], "up": at[:, 1], "winner": np.where(alone, lead, -1)}
    return pd.DataFrame({**found, "share": shares})


def regret(score: np.ndarray) -> np.ndarray:
    """What a plan falls short of the best plan of its world: scores (plans, draws) in and out."""
    return score.max(axis=0) - score


def satisficing(found: Mapping[str, np.ndarray], least: Mapping[str, float]) -> float:
    """Share of worlds in which an outcome reaches each bound that was set."""
    reached = [found[name] >= bound for name, bound in least.items()]
    return float(np.all(reached, axis=0).mean()) if reached else 1.0


def better(first: np.ndarray, second: np.ndarray) -> float:
    """Share of worlds in which the first is better; a tie is half a win."""
    return float((first > second).mean() + 0.5 * (first == second).mean())


def rule(
    wins: np.ndarray, worlds: Worlds, least_worlds: int = 50, sure: float = 0.0
) -> pd.DataFrame:
    """What would have to be true for a plan to win: the one bound on one number that says most.

    Every uncertain number is cut at its deciles, above and below; a bound counts by how far it
    lifts the share of wins, weighted by the root of the worlds that it leaves.

    Parameters
    ----------
    wins : boolean array, one a draw
        Whether the plan wins in that world.
    worlds : Worlds
        The worlds, in the order of `wins`.
    least_worlds : int
        A bound that leaves fewer worlds says nothing.
    sure : float
        How far beyond chance a lift must be (root of the likelihood ratio). With `SURE`, wins
        that have nothing to do with any number give a bound in about one case of twenty.

    Returns
    -------
    frame
        id, side (">=" or "<="), bound, share (of wins within), worlds, base (share over all),
        best first; empty when no bound lifts the share.
    """
    drawn = {name: each for name, each in worlds.values.items() if not isinstance(each, float)}
    table = np.array(list(drawn.values())).reshape(len(drawn), -1)
    bounds = np.quantile(table, np.arange(0.1, 0.95, 0.1), axis=1)
    parts = []
    for side, inside in ((">=", table >= bounds[..., None]), ("<=", table <= bounds[..., None])):
        left = inside.sum(axis=2)
        share = (inside & wins).sum(axis=2) / np.maximum(left, 1)
        columns = {"bound": bounds, "share": share, "worlds": left}
        flat = {name: each.ravel() for name, each in columns.items()}
        parts.append(pd.DataFrame({"id": list(drawn) * len(bounds), "side": side, **flat}))
    frame = pd.concat(parts, ignore_index=True).assign(base=float(np.mean(wins)))
    frame["says"] = (frame["share"] - frame["base"]) * np.sqrt(frame["worlds"])
    kept = (frame["worlds"] >= least_worlds) & (frame["says"] > 0) & (_beyond(frame) >= sure)
    ordered = frame[kept].sort_values("says", ascending=False, kind="stable")
    return ordered.drop_duplicates("id").drop(columns="says").reset_index(drop=True)


def _beyond(frame: pd.DataFrame) -> np.ndarray:
    """How far shares are from their base, as the root of a likelihood ratio."""
    share, base = frame["share"].to_numpy(), frame["base"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(p > 0, p * np.log(p / q), 0.0)
                 for p, q in ((share, base), (1.0 - share, 1.0 - base))]  # fmt: skip
    return np.sqrt(2.0 * frame["worlds"].to_numpy() * np.maximum(parts[0] + parts[1], 0.0))


def worst_world(score: np.ndarray) -> int:
    """The draw in which a plan does worst ("break it")."""
    return int(np.argmin(score))
