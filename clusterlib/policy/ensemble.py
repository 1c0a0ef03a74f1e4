"""Calibration and the matched ensemble: which worlds agree with what was counted.

The calibration chooses a birth rate and a growth rate for each region so that two counted figures
come out. That fits exactly and validates nothing. The ensemble draws the uncertain numbers and
keeps the worlds that come near the same figures.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from clusterlib.policy.model import HISTORY, history
from clusterlib.policy.parameters import Worlds, uncertain, worlds

SEED, DRAWS = 20230206, 2_600
NEAR = {"workers": 0.15, "firms": 0.20}  # how far a kept world may be from an anchor
FITTED = {"workers": "g_J", "firms": "sigma"}  # which number answers to which anchor
ROUNDS = 200
NARROWED = 0.10  # part of a spread; one that shrinks by less in matching is not spoken of


def reached(world: Worlds, anchors: pd.DataFrame) -> pd.DataFrame:
    """The model at each anchor beside the counted value: one row an anchor, one column a draw."""
    run = history(world)
    targets = anchors[anchors["role"] == "target"]
    found = [
        run.values[a.measure][a.year - HISTORY - 1, world.regions.index(a.region)]
        for a in targets.itertuples()
    ]
    about = targets[["region", "year", "measure", "value"]].reset_index(drop=True)
    return pd.concat([about, pd.DataFrame(np.array(found))], axis=1)


def calibrate(table: pd.DataFrame, anchors: pd.DataFrame) -> dict[str, float]:
    """Birth and growth rates (by id) at which the base world passes through the anchors.

    Each rate moves with its own figure: more births, more firms; faster growth, more workers. It
    is scaled by how far the figure is off, until every figure is met to a millionth.
    """
    world = worlds(table)
    for _ in range(ROUNDS):
        now = reached(world, anchors)
        off = now["value"] / now[0]
        if abs(off - 1.0).max() < 1e-9:
            break
        moved = {
            (name := f"{FITTED[a.measure]}:{a.region}"): world.values[name] * off[a.Index]
            for a in now.itertuples()
        }
        world = world.changed(moved)
    names = [f"{FITTED[a.measure]}:{a.region}" for a in now.itertuples()]
    return {name: float(world.values[name]) for name in names}


def triangular(share: np.ndarray, low: float, mode: float, high: float) -> np.ndarray:
    """The value below which a share of a triangular distribution lies."""
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(share * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - share) * (high - low) * (high - mode))
    return np.where(share < turn, rising, falling)


def hypercube(table: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """A Latin hypercube: each number takes each of `draws` equal slices of its range once."""
    chance = np.random.default_rng(seed)
    columns = {}
    for row in uncertain(table).itertuples():
        slices = chance.permutation(draws) + chance.random(draws)
        columns[row.id] = triangular(slices / draws, row.low, row.base, row.high)
    return pd.DataFrame(columns)


def matched(
    table: pd.DataFrame, draws: pd.DataFrame, anchors: pd.DataFrame,
    near: Mapping[str, float] = NEAR,
) -> pd.DataFrame:  # fmt: skip
    """The draws whose history comes near every anchor."""
    now = reached(worlds(table, draws), anchors)
    off = abs(
        now.drop(columns=["region", "year", "measure", "value"]).div(now["value"], axis=0) - 1
    )
    kept = off.le(now["measure"].map(near), axis=0).all()
    return draws[kept.to_numpy()].reset_index(drop=True)


def learned(table: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """How much history says: mean and spread of each number before and after matching.

    Parameters
    ----------
    table : frame
        data/policy/parameters.csv.
    kept : frame
        The matched draws, one uncertain number a column.

    Returns
    -------
    frame
        id; before, after (means) and moved (in parts of the range); spread_before, spread_after
        (standard deviations) and widened (in parts of the spread before, below 0 if it narrowed).
    """
    rows = uncertain(table).set_index("id")
    ends = rows[["low", "base", "high"]].to_numpy(float)
    before, after = ends.mean(axis=1), kept.mean()[rows.index].to_numpy()
    # Of a triangular distribution: the spread of its three corners around their mean, halved.
    spread, left = ends.std(axis=1) / 2.0, kept.std(ddof=0)[rows.index].to_numpy()
    frame = {
        "before": before, "after": after, "moved": (after - before) / (ends[:, 2] - ends[:, 0]),
        "spread_before": spread, "spread_after": left, "widened": left / spread - 1.0,
    }  # fmt: skip
    return pd.DataFrame(frame, index=rows.index).rename_axis("id").reset_index()


def band_of_history(world: Worlds, year: int = 2010, measure: str = "workers") -> pd.DataFrame:
    """What the matched worlds say of a year that the calibration has not seen: p10, p50, p90."""
    frame = history(world).frame([measure])
    return frame[frame["year"] == year].reset_index(drop=True)
