"""Which numbers make one world what it is: each put back to the middle, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from clusterlib.policy.parameters import Worlds

COLUMNS = ["id", "value", "middle", "below", "effect"]
NONE = pd.DataFrame(columns=COLUMNS)
NOTHING = 1e-9  # of the size of what is measured: a difference below this is rounding


def drawn(worlds: Worlds) -> list[str]:
    """The numbers that differ from world to world."""
    return [name for name, each in worlds.values.items() if not isinstance(each, float)]


def put_back(worlds: Worlds, draw: int, names: Sequence[str]) -> Worlds:
    """One world as it is, then once for each name with that number at its median over the worlds.

    Parameters
    ----------
    worlds : Worlds
        Many worlds.
    draw : int
        The place of the one.
    names : sequence of str
        Numbers that are drawn; the others stay as in that world.
    """
    values = {}
    for name, each in worlds.values.items():
        if isinstance(each, float):
            values[name] = each
            continue
        here = np.full(len(names) + 1, each[draw])
        if name in names:
            here[1 + list(names).index(name)] = np.median(each)
        values[name] = here
    return Worlds(worlds.regions, values, worlds.beliefs)


def effects(
    found: Callable[[Worlds], np.ndarray], worlds: Worlds, draw: int, names: Sequence[str]
) -> pd.DataFrame:
    """What each number does to one world: found(worlds) with it at its middle, less as it is.

    Parameters
    ----------
    found : callable
        From worlds to what is asked, one value a world.
    worlds, draw, names
        As in `put_back`.

    Returns
    -------
    frame
        id, value, middle, below (share of the worlds with a lower one, level ones half) and
        effect, the largest first; numbers without effect are left out.
    """
    reached = found(put_back(worlds, draw, names))
    rows = []
    for name, value in zip(names, reached[1:] - reached[0], strict=True):
        each = worlds.values[name]
        below = (each < each[draw]).mean() + 0.5 * (each == each[draw]).mean()
        rows.append((name, float(each[draw]), float(np.median(each)), float(below), float(value)))
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame = frame[frame["effect"].abs() > NOTHING * max(abs(float(reached[0])), NOTHING)]
    order = frame["effect"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)
