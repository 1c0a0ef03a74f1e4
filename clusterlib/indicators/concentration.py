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
from clusterlib.indicators.tables import ratio, shares, sums

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
    found = np.where(rows > 0, sums(share * share, axis=0), np.nan)
    even = ratio(1.0, rows)
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
    >>> [round(gini(firms, kind, jobs), 2) for kind in ("lorenz", "area", "quotients")]
    [0.37, 0.19, 0.41]
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
    value, even = _known(table.to_numpy(), even if member is None else even + 0 * member)
    parts = dict(zip("TL", _entropies(value, even), strict=True))
    if member is not None:
        parts |= _split(value, even, member)
    frame = pd.DataFrame(parts, table.columns)
    return frame.iloc[0].rename(None) if isinstance(values, pd.Series) else frame


Measure = Callable[[np.ndarray, np.ndarray], np.ndarray]


def _by_column(
    values: pd.DataFrame | pd.Series, base: pd.Series | None, measure: Measure, name: str
) -> pd.Series | float:
    table = checks.matrix(values, "values")
    found = measure(*_known(table.to_numpy(), _base(table, base, "base")))
    if isinstance(values, pd.Series):
        return float(found[0])
    return pd.Series(found, table.columns, name=name)


def _known(values: np.ndarray, even: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values and, for each column, the base: both 0 in rows that are left out of that column."""
    used = ~np.isnan(values) & (even > 0)[:, None]
    return np.where(used, values, 0.0), np.where(used, even[:, None], 0.0)


def _base(table: pd.DataFrame, base: pd.Series | None, what: str) -> np.ndarray:
    if base is None:
        return np.ones(len(table))
    even = checks.vector(base, table.index, what, "values")
    largest = table.max(axis=1).fillna(0).to_numpy()
    checks.within(np.where(even == 0, largest, 0.0), even, table.index, what)
    return even


def _gini(values: np.ndarray, even: np.ndarray, kind: str) -> np.ndarray:
    rows = (even > 0).sum(axis=0)
    if kind == "quotients":
        return _lorenz(_per(values, even), (even > 0).astype("float64"))
    found = _lorenz(values, even)
    if kind == "normalised":
        return found * ratio(rows, rows - 1)
    return found / 2 if kind == "area" else found


def _per(values: np.ndarray, even: np.ndarray) -> np.ndarray:
    return np.nan_to_num(ratio(values, even))


def _lorenz(values: np.ndarray, even: np.ndarray) -> np.ndarray:
    order = np.argsort(_per(values, even), axis=0, kind="stable")
    share = shares(np.take_along_axis(values, order, axis=0), axis=0)
    step = shares(np.take_along_axis(even, order, axis=0), axis=0)
    # The curve's height before and after each step: twice the sum up to it, less the step itself.
    heights = 2 * np.cumsum(share, axis=0) - share
    return np.maximum(1 - (step * heights).sum(axis=0), 0)


def _hoover(values: np.ndarray, even: np.ndarray) -> np.ndarray:
    return np.abs(shares(values, axis=0) - shares(even, axis=0)).sum(axis=0) / 2


def _members(table: pd.DataFrame, groups: pd.Series | None) -> np.ndarray | None:
    if groups is None:
        return None
    if not isinstance(groups, pd.Series):
        raise BadInput("not_a_matrix", what="groups", given=type(groups).__name__)
    codes = pd.Series(pd.factorize(groups)[0], groups.index)
    return checks.vector(codes.where(codes >= 0), table.index, "groups", "values")


def _split(values: np.ndarray, even: np.ndarray, member: np.ndarray) -> dict[str, np.ndarray]:
    rows = [member == label for label in np.unique(member[~np.isnan(member)])]
    groups = [np.stack([side[row].sum(axis=0) for row in rows]) for side in (values, even)]
    between = _entropies(*groups)
    inside = [_entropies(values[row], even[row]) for row in rows]
    found = {}
    for column, letter in enumerate("TL"):
        weight = shares(groups[column], axis=0)
        own = np.stack([part[column] for part in inside])
        # A group without people or without value has no unevenness of its own to add.
        parts = np.where(weight > 0, weight * np.where(weight > 0, own, 0), 0)
        found[f"{letter}_between"] = between[column]
        found[f"{letter}_within"] = np.where(
            np.isnan(weight).all(axis=0), np.nan, parts.sum(axis=0)
        )
    return found


def _entropies(values: np.ndarray, even: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    share, part = shares(values, axis=0), shares(even, axis=0)
    some, used = share > 0, part > 0
    gap = np.log(np.where(some, share, 1)) - np.log(np.where(used, part, 1))
    top = np.where(some, share * gap, 0.0).sum(axis=0)
    bottom = np.where(used & some, -part * gap, 0.0).sum(axis=0)
    nothing = ~some.any(axis=0)
    empty = nothing | (used & ~some).any(axis=0)
    return np.where(nothing, np.nan, top), np.where(empty, np.nan, bottom)
