"""Which assumptions decide an outcome: make.py policy_sensitivity (needs SALib, of the test extra).

PAWN (Pianosi and Wagener 2015) on the matched worlds: each uncertain number is cut into slices of
equal share; the index is the median distance (Kolmogorov-Smirnov) between the outcome within a
slice and over all worlds. Numbers of pure chance that the model never reads set the threshold: what
does not pass the strongest of them is called nothing found. `direction` is the rank correlation.

Writes policy/sensitivity.csv for the outcomes that people weigh, under each belief: for doing
nothing, and for the difference of two ready-made plans in the same worlds. Minutes, not seconds.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

from common import DATA, Row, write_csv

sys.path.insert(0, str(DATA.parent))

SLICES, DUMMIES, SEED = 10, 200, 916
LEVEL = "level"  # no second plan: the outcome itself
PAIRS = (("nothing", LEVEL), ("settle", "infra"), ("open", "focus"), ("venture", "attract"))
SAME = 1e-9  # an outcome that varies less than this does not vary


def build(into: Path) -> None:
    """Compute every row and write the table."""
    found = [row for plan, against in PAIRS for row in rows(plan, against)]
    write_csv(into / "policy" / "sensitivity.csv", found)
    print(f"{len(found)} rows; now run seal.py")


def rows(plan: str, against: str, theories: tuple[str, ...] = ()) -> list[Row]:
    """The rows of one pair of plans, under every belief or under some."""
    from clusterlib.policy.scenario import THEORIES

    return [
        {"plan": plan, "against": against, "theory": theory, "outcome": outcome, **row}
        for theory in theories or THEORIES
        for outcome, values in differences(plan, against, theory).items()
        if values.max() - values.min() > SAME * abs(values).max()
        for row in indices(values, theory)
    ]


def differences(plan: str, against: str, theory: str) -> dict:
    """Each outcome of a plan, less that of the other, one value a matched world."""
    from clusterlib import datasets
    from clusterlib.policy import decision, model, parameters

    worlds = parameters.worlds(datasets.policy_parameters(), datasets.policy_ensemble())
    ready = decision.plans(datasets.policy_plans(), worlds.regions)

    def ends(name: str) -> dict:
        chosen = dataclasses.replace(ready[name], theory=theory)
        return decision.outcomes(model.simulate(chosen, worlds))

    mine = ends(plan)
    if against == LEVEL:
        return mine
    theirs = ends(against)
    return {name: mine[name] - theirs[name] for name in mine}


def indices(values, theory: str) -> Iterator[Row]:
    """Index, threshold and direction of every number that is free under a belief."""
    import numpy as np
    from SALib.analyze import pawn

    from clusterlib import datasets

    drawn = free(datasets.policy_ensemble(), datasets.policy_parameters(), theory)
    chance = np.random.default_rng(SEED)
    dummies = chance.random((len(drawn), DUMMIES))
    names = [*drawn, *(f"dummy {n}" for n in range(DUMMIES))]
    problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    inputs = np.hstack([drawn.to_numpy(float), dummies])
    median = pawn.analyze(problem, inputs, np.asarray(values), S=SLICES, seed=SEED)["median"]
    threshold = max(median[len(drawn.columns) :])
    ranks = drawn.rank().corrwith(drawn.assign(y=np.asarray(values))["y"].rank())
    for name, index in zip(drawn, median, strict=False):
        yield {
            "id": name, "index": f"{index:.3f}", "threshold": f"{threshold:.3f}",
            "direction": f"{ranks[name]:.2f}",
        }  # fmt: skip


def free(draws, table, theory: str):
    """The drawn numbers that a belief does not fix."""
    if theory == "both":
        return draws
    return draws.drop(columns=table.loc[table[theory].notna(), "id"].tolist(), errors="ignore")
