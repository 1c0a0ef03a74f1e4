"""The numbers of the model: rows of a table in, draws of worlds out.

A `Worlds` holds one value (a float) or many (an array, one a draw) of every number: a namespace a
region, so that an equation reads `p.kap` wherever it runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from clusterlib.errors import BadInput, UnknownName
from clusterlib.policy.arithmetic import Named

TRIANGULAR = "triangular"


@dataclass(frozen=True)
class Worlds:
    """Every number of the model, for each region, in one world or in many.

    regions : keys of the regions, in order.
    values : by the id of a row ("kap", or "G:<region>" for a region's own): float or array.
    beliefs : by theory, the ids that it fixes and at what value.
    """

    regions: tuple[str, ...]
    values: Mapping[str, Any]
    beliefs: Mapping[str, Mapping[str, float]]

    @cached_property
    def draws(self) -> int:
        """How many worlds."""
        return max((len(v) for v in self.values.values() if not isinstance(v, float)), default=1)

    @cached_property
    def numbers(self) -> list[Named]:
        """One namespace a region: the shared numbers and its own."""
        shared = {k: v for k, v in self.values.items() if ":" not in k}
        return [Named(**shared, **self._own(region)) for region in self.regions]

    def _own(self, region: str) -> dict[str, Any]:
        end = f":{region}"
        return {k.removesuffix(end): v for k, v in self.values.items() if k.endswith(end)}

    def under(self, theory: str) -> Worlds:
        """The same worlds where people follow amenities ("people") or jobs ("jobs")."""
        if theory == "both":
            return self
        if theory not in self.beliefs:
            raise UnknownName("unknown_theory", theory, ["both", *self.beliefs])
        return Worlds(self.regions, {**self.values, **self.beliefs[theory]}, self.beliefs)

    def changed(self, values: Mapping[str, float]) -> Worlds:
        """The same worlds with some numbers fixed by hand; raises UnknownName."""
        if not values:
            return self
        for name in values:
            if name not in self.values:
                raise UnknownName("unknown_parameter", name, self.values)
        fixed = {name: float(value) for name, value in values.items()}
        return Worlds(self.regions, {**self.values, **fixed}, self.beliefs)

    def only(self, places: Any) -> Worlds:
        """The worlds at some places (a slice or indices)."""
        picked = {
            k: v if isinstance(v, float) else _alone(np.asarray(v)[places])
            for k, v in self.values.items()
        }
        return Worlds(self.regions, picked, self.beliefs)


def _alone(drawn: np.ndarray) -> Any:
    """Values of draws as an array, that of a single one as a float."""
    return float(np.ravel(drawn)[0]) if np.size(drawn) == 1 else drawn


def worlds(table: pd.DataFrame, draws: pd.DataFrame | None = None, column: str = "base") -> Worlds:
    """The world of the base values, or the worlds of an ensemble.

    Parameters
    ----------
    table : frame
        data/policy/parameters.csv: id, name, region, low, base, high, people, jobs, ...
    draws : frame, optional
        One draw a row, one uncertain number a column named by its id.
    column : str
        Which value the numbers take that `draws` does not hold: "base", "low" or "high".
    """
    ids = table["id"]
    held = {name: float(value) for name, value in zip(ids, table[column], strict=True)}
    drawn = (
        {} if draws is None else {c: _alone(draws[c].to_numpy(float)) for c in draws if c in held}
    )
    beliefs = {
        theory: {n: float(v) for n, v in zip(ids, table[theory], strict=True) if v == v}
        for theory in ("people", "jobs")
    }
    regions = tuple(table["region"].dropna().loc[lambda r: r != ""].unique())
    return Worlds(regions, {**held, **drawn}, beliefs)


def uncertain(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that are drawn."""
    return table[table["distribution"] == TRIANGULAR]


def standings(table: pd.DataFrame) -> pd.DataFrame:
    """How many numbers stand on the brief, on literature, on an assumption, on calibration."""
    counted = table.groupby("standing", sort=True).size().rename("numbers").reset_index()
    return counted.assign(total=len(table))


def within(table: pd.DataFrame, values: Mapping[str, float]) -> None:
    """Refuse changed numbers outside of the range in their row; raises BadInput, UnknownName."""
    rows = table.set_index("id")
    for name, value in values.items():
        if name not in rows.index:
            raise UnknownName("unknown_parameter", name, rows.index)
        low, high = rows.loc[name, ["low", "high"]]
        if not low <= value <= high:
            said = {"value": f"{value:g}", "low": f"{low:g}", "high": f"{high:g}"}
            raise BadInput("parameter_out_of_range", name=name, **said)
