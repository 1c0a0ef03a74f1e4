"""How much something grew, by what factor a year, and by number or by size."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from clusterlib.errors import BadInput
from clusterlib.indicators import checks


def cagr(
    frame: pd.DataFrame, value: str = "workers", by: Sequence[str] = ("region",), year: str = "year"
) -> pd.DataFrame:
    """Compound annual growth between the first and the last known year of each series.

    cagr = (last / first) ** (1 / years) - 1. It is the one constant yearly rate that leads from
    the first value to the last; what happened between them does not enter.

    Parameters
    ----------
    frame : frame
        The columns of `by`, `year`, and `value` (0 or more, any unit; blanks are unknown).
    value, by, year : str, sequence of str, str
        What grew, which columns name a series, and which one holds the year.

    Returns
    -------
    frame
        One row a series: `by`, first, last (years), first_value, last_value, years, blanks (years
        between them with a blank value), change (last minus first), fold (last over first), cagr
        (a fraction a year). fold and cagr are blank where the first value is 0, cagr also where
        only one year is known.

    Raises
    ------
    BadInput
        For a missing column, a negative value, or two rows for one series and year.

    Notes
    -----
    The geometric mean growth rate of any textbook of demography or regional analysis, e.g.
    Preston, Heuveline and Guillot (2001), Demography, chapter 1; Klosterman (1990), Community
    Analysis and Planning Techniques.

    >>> rows = pd.DataFrame({"region": ["a", "a"], "year": [2000, 2002], "workers": [100, 121]})
    >>> cagr(rows)["cagr"].round(4).tolist()
    [0.1]
    """
    keys = list(by)
    checks.columns(frame, [*keys, year, value], "frame")
    checks.one_row_each(frame, [*keys, year], "frame")
    checks.not_negative(frame, value, [*keys, year])
    ordered = frame.sort_values(year, kind="stable")
    known = ordered[ordered[value].notna()].groupby(keys, sort=False)
    first, last = known.first(), known.last()
    grown = pd.DataFrame({"first": first[year], "last": last[year]})
    grown = grown.assign(
        first_value=first[value].astype("float64"), last_value=last[value].astype("float64")
    )
    grown = _rates(grown)
    grown.insert(5, "blanks", _blanks(ordered, grown, value, keys, year))
    return grown.reset_index()


def _rates(grown: pd.DataFrame) -> pd.DataFrame:
    years = grown["last"] - grown["first"]
    fold = grown["last_value"] / grown["first_value"].where(grown["first_value"] > 0)
    span = years.astype("float64").where(years > 0)
    yearly = (fold ** (1 / span) - 1).where(span.notna())
    change = grown["last_value"] - grown["first_value"]
    return grown.assign(years=years, change=change, fold=fold, cagr=yearly)


def _blanks(
    frame: pd.DataFrame, grown: pd.DataFrame, value: str, keys: list[str], year: str
) -> pd.Series:
    """How many years between the first and the last known one have a row and no value."""
    joined = frame.merge(grown[["first", "last"]], left_on=keys, right_index=True)
    inside = joined[year].between(joined["first"], joined["last"]) & joined[value].isna()
    return inside.groupby([joined[key] for key in keys], sort=False).sum().reindex(grown.index)


def growth_decompose(
    frame: pd.DataFrame, start: str, end: str, number: str, size: str, by: str = "region"
) -> pd.Series:
    """Split a difference of two totals (number times mean size) into number and size, exactly.

    From `start` to `end`: number effect = (difference in number) times (mean of the two sizes),
    size effect = (difference in size) times (mean of the two numbers). The two add up to the
    difference of the totals with nothing left over.

    Parameters
    ----------
    frame : frame
        One row each for `start` and `end` in the column `by`: a year before and after, or two
        regions. `number` (a count) and `size` (a mean per unit), both 0 or more.
    start, end : str
        The two values of `by` that are compared.
    number, size, by : str
        The names of the columns.

    Returns
    -------
    series
        start_total, end_total, change, number_effect, size_effect, in the unit of the totals.

    Raises
    ------
    BadInput
        For a missing column, a negative value, or a `start` or `end` without exactly one row.

    Notes
    -----
    The symmetrical decomposition of a difference between two rates by Kitagawa (1955),
    Components of a Difference Between Two Rates, Journal of the American Statistical Association
    50(272), for one factor each.

    >>> rows = pd.DataFrame({"region": ["a", "b"], "firms": [10, 20], "area": [3.0, 5.0]})
    >>> growth_decompose(rows, "a", "b", "firms", "area").tolist()
    [30.0, 100.0, 70.0, 40.0, 30.0]
    """
    checks.columns(frame, [by, number, size], "frame")
    for column in (number, size):
        checks.not_negative(frame, column, [by])
    (n1, s1), (n2, s2) = (_pair(frame, by, name, [number, size]) for name in (start, end))
    return pd.Series(
        {
            "start_total": n1 * s1,
            "end_total": n2 * s2,
            "change": n2 * s2 - n1 * s1,
            "number_effect": (n2 - n1) * (s1 + s2) / 2,
            "size_effect": (s2 - s1) * (n1 + n2) / 2,
        }
    )


def _pair(frame: pd.DataFrame, by: str, name: str, columns: list[str]) -> tuple[float, float]:
    row = frame.loc[frame[by] == name, columns]
    if len(row) != 1 or row.isna().any(axis=None):
        known = ", ".join(map(str, frame[by].unique()))
        raise BadInput("not_one_row", what=by, asked=name, known=known)
    first, second = row.iloc[0].astype("float64")
    return first, second
