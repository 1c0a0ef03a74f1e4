"""How unevenly something is spread: each column is one distribution over the rows.

A table of regions by industries answers where each industry is; transposed it answers how many
legs each region stands on.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from clusterlib.errors import BadInput, UnknownName
from clusterlib.indicators import checks
from clusterlib.indicators.tables import ratio, shares

KINDS = ("lorenz", "area", "quotients", "normalised")


def hhi(values: pd.DataFrame | pd.Series) -> pd.DataFrame | pd.Series:
    """How concentrated a distribution is: H = sum of squared shares.

    Parameters
    ----------
    values : frame or Series
        0 or more, any unit; each column is one distribution over the rows. Unknown cells (NaN)
        are left out and do not count as a row.

    Returns
    -------
    frame by column of `values`; a Series for a Series
        hhi (1/n to 1), normalised ((H - 1/n) / (1 - 1/n), 0 to 1, NaN for one row) and
        equivalent (1/H, the number of equal rows that would give the same H).

    Raises
    ------
    BadInput
        For a cell that is text, negative or infinite, or a label that stands twice.

    Notes
    -----
    Hirschman (1945), National Power and the Structure of Foreign Trade; Herfindahl (1950). Large
    shares rule it. Which regions they are, and whether they are neighbours, it does not know.

    >>> hhi(pd.Series([20, 50, 20, 10])).round(2).tolist()
    [0.34, 0.12, 2.94]
    """
    table = checks.matrix(values, "values")
    share = shares(table.to_numpy(), axis=0)
    rows = (~np.isnan(share)).sum(axis=0)
    found = np.where(rows > 0, np.nansum(share**2, axis=0), np.nan)
    even = ratio(1, rows)
    parts = {"hhi": found, "normalised": ratio(found - even, 1 - even), "equivalent": 1 / found}
    frame = pd.DataFrame(parts, table.columns)
    return frame.iloc[0].rename(None) if isinstance(values, pd.Series) else frame


def gini(
    values: pd.DataFrame | pd.Series, kind: str, base: pd.Series | None = None
) -> pd.Series | float:
    """How far a distribution is from an even one, by the Lorenz curve; say which of four forms.

    lorenz: 1 - sum of (P_k - P_(k-1)) · (S_k + S_(k-1)), with P and S the cumulative shares of
    base and values in the order of values/base. area: half of it. quotients: lorenz of the
    location quotients, every row the same weight. normalised: lorenz · n / (n - 1).

    Parameters
    ----------
    values : frame or Series
        0 or more; each column is one distribution over the rows; unknown cells are left out.
    kind : str
        "lorenz", "area", "quotients" or "normalised". Required: on one data set the first three
        give 0.373, 0.186 and 0.407.
    base : Series by row, optional
        What even would be (all employment, people, land); without it every row is the same.

    Returns
    -------
    Series by column; a number for a Series
        0 is even. The most is 1 - the base share of the smallest row for lorenz, half of that
        for area, 1 - 1/n for quotients and 1 for normalised.

    Raises
    ------
    BadInput
        As for `hhi`; for a row that the base lacks, or has as 0 where the value is not; for a
        base with normalised, which is made for equal rows.
    UnknownName
        For another kind.

    Notes
    -----
    Gini (1912); locational form Hoover (1936); area as in Krugman (1991), Geography and Trade;
    quotients as in Farhauer and Kroell (2014), Standorttheorien. Two distributions with one
    Gini can differ in who is at the top.

    >>> firms, jobs = pd.Series([5, 5, 10, 70, 10]), pd.Series([20, 15, 20, 40, 5])
    >>> [round(gini(firms, kind, jobs), 4) for kind in ("lorenz", "area", "quotients")]
    [0.3725, 0.1862, 0.4069]
    """
    if kind not in KINDS:
        raise UnknownName("unknown_kind", kind, KINDS)
    if kind == "normalised" and base is not None:
        raise BadInput("no_base_here", kind=kind)
    return _by_column(values, base, lambda value, even: _gini(value, even, kind), "gini")


def hoover(values: pd.DataFrame | pd.Series, base: pd.Series | None = None) -> pd.Series | float:
    """The share that would have to move for the distribution to be even.

    Hoover = 1/2 · sum of |share of values - share of base|.

    Parameters
    ----------
    values : frame or Series
        As for `gini`.
    base : Series by row, optional
        As for `gini`.

    Returns
    -------
    Series by column; a number for a Series
        0 (even) to 1 - the base share of the smallest row.

    Raises
    ------
    BadInput
        As for `gini`.

    Notes
    -----
    Hoover (1941), Interstate and Redistributional Shifts of Population, Journal of the American
    Statistical Association 36. A move between two rows that are both above the even share does
    not change it.

    >>> hoover(pd.Series([10, 30]))
    0.25
    """
    return _by_column(values, base, _hoover, "hoover")


def theil(
    values: pd.DataFrame | pd.Series,
    people: pd.Series | None = None,
    groups: pd.Series | None = None,
) -> pd.DataFrame | pd.Series:
    """Unevenness that can be split exactly into between groups and within them.

    T = sum of s · ln(s / p), L = sum of p · ln(p / s), with s the shares of the values and p
    those of people. Between: the same of the groups' sums. Within: the groups' own T weighted
    by their s, the groups' own L weighted by their p.

    Parameters
    ----------
    values : frame or Series
        0 or more, a row's total (its income, not income per head); each column one distribution.
    people : Series by row, optional
        What even would be; without it every row is the same.
    groups : Series by row, optional
        The group of each row, for example the province of a municipality.

    Returns
    -------
    frame by column; a Series for a Series
        T, L, and with groups T_between, T_within, L_between, L_within. A row with nothing adds
        0 to T; L does not exist then and is NaN.

    Raises
    ------
    BadInput
        As for `gini`; for a row that the groups lack.

    Notes
    -----
    Theil (1967), Economics and Information Theory; the split of Shorrocks (1980), Econometrica
    48. T heeds the top more, L the bottom. The split depends on how the groups are drawn.

    >>> theil(pd.Series([10, 10, 10, 20, 50])).round(4).to_dict()
    {'T': 0.2502, 'L': 0.2326}
    """
    table = checks.matrix(values, "values")
    even = _base(table, people, "people")
    member = _members(table, groups)
    rows = [
        _theil(table.iloc[:, place].to_numpy(), even, member) for place in range(table.shape[1])
    ]
    frame = pd.DataFrame(rows, table.columns)
    return frame.iloc[0].rename(None) if isinstance(values, pd.Series) else frame


def _by_column(
    values: pd.DataFrame | pd.Series,
    base: pd.Series | None,
    measure: Callable[[np.ndarray, np.ndarray], float],
    name: str,
) -> pd.Series | float:
    table = checks.matrix(values, "values")
    even = _base(table, base, "base")
    found = [
        _one(table.iloc[:, place].to_numpy(), even, measure) for place in range(table.shape[1])
    ]
    return found[0] if isinstance(values, pd.Series) else pd.Series(found, table.columns, name=name)


def _one(value: np.ndarray, even: np.ndarray, measure: Callable) -> float:
    known = ~(np.isnan(value) | np.isnan(even)) & (even > 0)
    value, even = value[known], even[known]
    return float(measure(value, even)) if value.sum() > 0 else np.nan


def _base(table: pd.DataFrame, base: pd.Series | None, what: str) -> np.ndarray:
    if base is None:
        return np.ones(len(table))
    even = checks.vector(base, table.index, what, "values")
    largest = table.max(axis=1).fillna(0).to_numpy()
    checks.within(np.where(even == 0, largest, 0.0), even, table.index, what)
    return even


def _gini(value: np.ndarray, even: np.ndarray, kind: str) -> float:
    if kind == "quotients":
        return _lorenz(value / even, np.ones(len(value)))
    found = _lorenz(value, even)
    if kind == "normalised":
        return found * len(value) / (len(value) - 1) if len(value) > 1 else np.nan
    return found / 2 if kind == "area" else found


def _lorenz(value: np.ndarray, even: np.ndarray) -> float:
    order = np.argsort(value / even, kind="stable")
    climbed = np.cumsum(value[order]) / value.sum()
    before = np.concatenate([[0.0], climbed[:-1]])
    return max(1 - np.sum(even[order] / even.sum() * (climbed + before)), 0.0)


def _hoover(value: np.ndarray, even: np.ndarray) -> float:
    return np.abs(value / value.sum() - even / even.sum()).sum() / 2


def _members(table: pd.DataFrame, groups: pd.Series | None) -> np.ndarray | None:
    if groups is None:
        return None
    codes = pd.Series(pd.factorize(groups)[0], groups.index)
    return checks.vector(codes.where(codes >= 0), table.index, "groups", "values")


def _theil(value: np.ndarray, even: np.ndarray, member: np.ndarray | None) -> dict[str, float]:
    known = ~(np.isnan(value) | np.isnan(even)) & (even > 0)
    if member is not None:
        known &= ~np.isnan(member)
    value, even = value[known], even[known]
    found = dict(zip("TL", _entropies(value, even), strict=True))
    return found if member is None else {**found, **_split(value, even, member[known])}


def _split(value: np.ndarray, even: np.ndarray, member: np.ndarray) -> dict[str, float]:
    labels, place = np.unique(member, return_inverse=True)
    sums = np.bincount(place, value, len(labels)), np.bincount(place, even, len(labels))
    between = _entropies(*sums)
    inside = [_entropies(value[place == n], even[place == n]) for n in range(len(labels))]
    found = {}
    for column, letter in enumerate("TL"):
        weight = sums[column]
        parts = [share * part[column] for share, part in zip(weight, inside, strict=True) if share]
        found[f"{letter}_between"] = between[column]
        found[f"{letter}_within"] = float(ratio(sum(parts), weight.sum()))
    return found


def _entropies(value: np.ndarray, even: np.ndarray) -> tuple[float, float]:
    if not value.sum() > 0:
        return np.nan, np.nan
    share, even = value / value.sum(), even / even.sum()
    some = share > 0
    top = np.sum(share[some] * np.log(share[some] / even[some]))
    bottom = np.sum(even * np.log(even / share)) if some.all() else np.nan
    return float(top), float(bottom)
