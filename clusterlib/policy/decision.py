"""Which plan, for whom, in how many worlds: values from 0 to 1, weights, regret.

An outcome becomes a value by two anchors, the worst and the best median over the ready-made plans,
frozen as data (data/policy/values.csv). Values are summed with weights; nothing is ranked by
distances from an ideal (TOPSIS and its kin), because those reverse when a plan is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from clusterlib.policy.arithmetic import ratio
from clusterlib.policy.model import Run, history, simulate
from clusterlib.policy.parameters import Worlds
from clusterlib.policy.scenario import LEVERS, THEORIES, Phase, Scenario

OUTCOMES = ("workers", "grads_hired_share", "stay_rate", "access", "Q", "QO", "link", "equity_DC")
RECORDED = ("workers", "grads_hired_share", "stay_rate", "Q", "link")  # what a plan's file keeps


def outcomes(run: Run) -> dict[str, np.ndarray]:
    """The outcomes that people weigh, at the end of a run, one value a draw.

    workers: all regions together. grads_hired_share: of the graduates of the last five years.
    stay_rate: firms that did not move away in the last year. access, Q: means over the regions.
    QO: capability of the other regions. link: nearness times agreements. equity_DC: workers of
    the smallest region for one of the largest.
    """
    v = run.values
    last = {name: values[-1] for name, values in v.items()}
    five = slice(-5, None)
    hired = ratio(v["hired"][five].sum((0, 1)), v["graduates"][five].sum((0, 1)))
    stay = 1.0 - ratio(last["moved"].sum(0), (last["firms"] + last["moved"]).sum(0))
    equity = ratio(last["workers"].min(0), last["workers"].max(0))
    found = (
        last["workers"].sum(0), hired, stay, last["access"].mean(0), last["capability"].mean(0),
        last["others"][0], last["link"][0], equity,
    )  # fmt: skip
    return dict(zip(OUTCOMES, found, strict=True))


def bands(
    found: Mapping[str, np.ndarray], names: Sequence[str] = RECORDED
) -> dict[str, list[float]]:
    """p10, p50 and p90 of outcomes over the worlds, as `scenario.recorded` takes them."""
    return {name: np.percentile(found[name], (10, 50, 90)).tolist() for name in names}


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
    """Outcomes as values, (outcomes, draws): 0 at the worst anchor, 1 at the best, held there."""
    scaled = []
    for row in table.itertuples():
        scaled.append((found[row.outcome] - row.worst) / (row.best - row.worst))
    return np.clip(np.array(scaled), 0.0, 1.0)


def scores(value: np.ndarray, weights: Mapping[str, float], names: Sequence[str]) -> np.ndarray:
    """The weighted sum of values; weights are made to sum to 1, equal ones if all are 0."""
    weight = np.array([max(float(weights.get(name, 0.0)), 0.0) for name in names])
    weight = weight if weight.sum() > 0 else np.ones(len(names))
    return np.tensordot(weight / weight.sum(), value, axes=(0, -2))


def acceptability(value: np.ndarray, samples: int = 2000, seed: int = 7) -> np.ndarray:
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
    won = np.einsum("so,pos->ps", weight, value[:, :, draw]).argmax(axis=0)
    return np.bincount(won, minlength=len(value)) / samples


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


def rule(wins: np.ndarray, worlds: Worlds, least_worlds: int = 50) -> pd.DataFrame:
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

    Returns
    -------
    frame
        id, side (">=" or "<="), bound, share (of wins within), worlds, base (share over all),
        best first; empty when no bound lifts the share.
    """
    found, base = [], float(np.mean(wins))
    for name, drawn in worlds.values.items():
        if isinstance(drawn, float):
            continue
        for bound in np.quantile(drawn, np.arange(0.1, 0.95, 0.1)):
            for side, inside in ((">=", drawn >= bound), ("<=", drawn <= bound)):
                if inside.sum() >= least_worlds:
                    found.append((name, side, bound, wins[inside].mean(), int(inside.sum())))
    frame = pd.DataFrame(found, columns=["id", "side", "bound", "share", "worlds"])
    frame = frame.assign(base=base, says=(frame["share"] - base) * np.sqrt(frame["worlds"]))
    lifted = frame[frame["says"] > 0].sort_values("says", ascending=False, kind="stable")
    return lifted.drop_duplicates("id").drop(columns="says").reset_index(drop=True)


def worst_world(score: np.ndarray) -> int:
    """The draw in which a plan does worst ("break it")."""
    return int(np.argmin(score))
