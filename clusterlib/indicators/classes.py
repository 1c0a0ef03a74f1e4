"""Values sorted into the few classes that a map can show.

mapclassify takes seconds to import and 120 MB, as much as a lesson's whole kernel may hold; the
four schemes that the lessons use are few lines of numpy, and the tests hold them against it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from clusterlib.errors import UnknownName
from clusterlib.indicators import checks


def classify(values: pd.Series, scheme: str = "quantiles", k: int = 5) -> pd.DataFrame:
    """Sort values into classes of a map; another scheme makes another map of the same numbers.

    quantiles: as many regions in each. equal_interval: steps of (max - min) / k. std_mean: cuts
    1 and 2 standard deviations (ddof 1) below and above the mean, whatever k. fisher_jenks: the
    k classes with the least sum of squared distances to their own means.

    Parameters
    ----------
    values : Series by region
        0 or more; NaN is unknown and has no class.
    scheme : str
        "quantiles", "equal_interval", "std_mean" or "fisher_jenks".
    k : int
        Number of classes, 2 to 9. Fewer come out when values tie.

    Returns
    -------
    frame by region
        value, class (0 is the lowest; blank for unknown), low, high (bounds of the class; high
        belongs to it, low to the class below, but for the lowest).

    Raises
    ------
    BadInput
        For text, negative or infinite values, a label that stands twice, or k out of range.
    UnknownName
        For another scheme.

    Notes
    -----
    Fisher (1958), On grouping for maximum homogeneity, Journal of the American Statistical
    Association 53; Jenks (1977). A class hides how different its members are; quantiles give
    some region the darkest colour even where all are nearly the same.

    >>> classify(pd.Series([1, 2, 3, 10], list("abcd")), "equal_interval", 3)["class"].tolist()
    [0, 0, 0, 2]
    """
    if scheme not in SCHEMES:
        raise UnknownName("unknown_kind", scheme, SCHEMES)
    checks.between(k, 2, 9, "k")
    table = checks.matrix(values, "values").iloc[:, 0]
    known = np.sort(table.dropna().to_numpy())
    highs = np.unique(SCHEMES[scheme](known, k)) if len(known) else np.array([])
    lows = np.concatenate([known[:1], highs[:-1]]) if len(known) else highs
    place = np.searchsorted(highs, table.to_numpy()).clip(0, max(len(highs) - 1, 0))
    unknown = table.isna().to_numpy()
    bounds = {
        name: np.where(unknown, np.nan, side[place] if len(side) else np.nan)
        for name, side in (("low", lows), ("high", highs))
    }
    label = pd.array(np.where(unknown, 0, place), dtype="Int64")
    label[unknown] = pd.NA
    return pd.DataFrame({"value": table.to_numpy(), "class": label, **bounds}, values.index)


def _quantiles(values: np.ndarray, k: int) -> np.ndarray:
    return np.quantile(values, np.arange(1, k + 1) / k)


def _equal_interval(values: np.ndarray, k: int) -> np.ndarray:
    return np.append(np.linspace(values[0], values[-1], k + 1)[1:-1], values[-1])


def _std_mean(values: np.ndarray, k: int) -> np.ndarray:
    spread = values.std(ddof=1) if len(values) > 1 else 0.0
    cuts = values.mean() + spread * np.array([-2.0, -1.0, 1.0, 2.0])
    return np.append(cuts[(cuts > values[0]) & (cuts < values[-1])], values[-1])


def _fisher_jenks(values: np.ndarray, k: int) -> np.ndarray:
    """The best cuts of sorted values, found from the best cuts of their beginnings."""
    once, n = np.unique(values), len(values)
    if len(once) <= k:
        return once
    # About their mean, or the squares of large numbers would swallow the differences.
    gaps = values - values.mean()
    sums, squares = (np.concatenate([[0.0], np.cumsum(gaps**power)]) for power in (1, 2))
    ends, starts = np.arange(1, n + 1)[:, None], np.arange(n)
    size = np.maximum(ends - starts, 1)
    spread = squares[ends] - squares[starts] - (sums[ends] - sums[starts]) ** 2 / size
    spread = np.where(ends > starts, np.maximum(spread, 0), np.inf)
    best, cuts = spread[:, 0], []
    for _ in range(k - 1):
        costs = np.concatenate([[np.inf], best[:-1]]) + spread
        cuts.append(costs.argmin(axis=1))
        best = costs.min(axis=1)
    end, highs = n, [values[-1]]
    for starting in reversed(cuts):
        end = starting[end - 1]
        highs.append(values[end - 1])
    return np.array(highs[::-1])


SCHEMES: dict[str, Callable[[np.ndarray, int], np.ndarray]] = {
    "quantiles": _quantiles,
    "equal_interval": _equal_interval,
    "std_mean": _std_mean,
    "fisher_jenks": _fisher_jenks,
}
