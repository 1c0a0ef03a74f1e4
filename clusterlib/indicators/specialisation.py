"""What a region does more of than the nation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusterlib.indicators import checks
from clusterlib.indicators.tables import like, ratio, shares, sums

# Beyond this a standardised quotient is called a specialisation: 5 per cent of a normal curve.
CUT = 1.96


def location_quotient(
    matrix: pd.DataFrame,
    nation: pd.Series | None = None,
    region_total: pd.Series | None = None,
) -> pd.DataFrame:
    """How large an industry's share in a region is, measured by its share in the nation.

    LQ = (a / r) / (i / N), with a the cell, r the region, i the industry and N everything.

    Parameters
    ----------
    matrix : frame, regions by industries
        Workers, firms or money of one year, 0 or more, all in one unit. NaN is unknown: the cell
        stays NaN and is left out of the totals, which then are too small; hand in known totals.
    nation : Series by industry, optional
        Totals of the nation in the same unit, when the matrix holds only some of its regions. It
        may name more industries than the matrix; N is its sum.
    region_total : Series by region, optional
        Totals of the regions, when the matrix holds only some of their industries.

    Returns
    -------
    frame, regions by industries
        1 where the region is like the nation; NaN for an empty region or industry (0/0).

    Raises
    ------
    BadInput
        For a cell that is text, negative or infinite, a label that stands twice, a label that
        the totals lack, or a part larger than its total.

    Notes
    -----
    Florence (1939), Report on the Location of Industry; the form of Isard (1960), Methods of
    Regional Analysis. A ratio of shares: 3 workers of 30 and 30,000 of 300,000 look the same.

    >>> jobs = pd.DataFrame({"bio": [20, 10], "other": [80, 190]}, index=["a", "b"])
    >>> location_quotient(jobs)["bio"].tolist()
    [2.0, 0.5]
    """
    table = checks.matrix(matrix)
    cells = table.to_numpy()
    industry, total = _nation(table, nation)
    region = _regions(table, region_total)
    return like(table, ratio(ratio(cells, region[:, None]), ratio(industry, total)))


def standardised_lq(
    matrix: pd.DataFrame,
    log: bool = False,
    nation: pd.Series | None = None,
    region_total: pd.Series | None = None,
) -> pd.DataFrame:
    """How far a quotient stands out among the regions of its industry, in standard deviations.

    z = (LQ - mean) / sd, mean and sd (ddof 1) over the regions of the same industry.

    Parameters
    ----------
    matrix, nation, region_total
        As for `location_quotient`.
    log : bool
        Standardise ln LQ of the positive quotients instead, which are skewed to the right; a
        quotient of 0 has no logarithm and becomes NaN.

    Returns
    -------
    frame, regions by industries
        Above CUT (1.96) the quotient is called exceptional at 5 per cent. NaN where the quotient
        is, for a single region, and where all regions are equal.

    Raises
    ------
    BadInput
        As for `location_quotient`.

    Notes
    -----
    O'Donoghue and Gleave (2004), A note on methods for measuring industrial agglomeration,
    Regional Studies 38. The cut supposes a normal curve over the regions; it is a ranking with a
    conventional line, not a test of a region's own figures.

    >>> jobs = pd.DataFrame({"bio": [30, 10, 10], "other": [70, 90, 90]}, index=list("abc"))
    >>> standardised_lq(jobs)["bio"].round(3).tolist()
    [1.155, -0.577, -0.577]
    """
    quotients = location_quotient(matrix, nation, region_total)
    if log:
        quotients = np.log(quotients.where(quotients > 0))
    spread = quotients.std(ddof=1)
    # Equal quotients differ by rounding only: such a spread is none.
    spread = spread.where(spread > 1e-12 * quotients.abs().max())
    return (quotients - quotients.mean()) / spread


def krugman(matrix: pd.DataFrame, against: str | pd.Series | None = None) -> pd.Series:
    """How different a region's mix of industries is from another one: 0 the same, 2 nothing shared.

    K = sum over industries of |share in the region - share in the other|.

    Parameters
    ----------
    matrix : frame, regions by industries
        As for `location_quotient`; unknown cells are left out of the sums.
    against : None, a region of the matrix, or a Series by industry
        All regions together (the region itself among them), one region, or an outside whole.

    Returns
    -------
    Series by region
        0 to 2; NaN for a region with nothing in it.

    Raises
    ------
    BadInput
        As for `location_quotient`; for a region that the matrix lacks.

    Notes
    -----
    Krugman (1991), Geography and Trade. It says how much differs, not what: two regions may be
    equally far from the nation in opposite ways. The finer the industries, the higher it gets.

    >>> jobs = pd.DataFrame({"bio": [20, 10], "other": [80, 190]}, index=["a", "b"])
    >>> krugman(jobs, against="b").round(2).tolist()
    [0.3, 0.0]
    """
    table = checks.matrix(matrix)
    own = shares(table.to_numpy(), axis=1)
    gap = np.abs(own - shares(_other(table, against), axis=0))
    total = sums(gap, axis=1)
    return pd.Series(
        np.where(np.isnan(gap).all(axis=1), np.nan, total), table.index, name="krugman"
    )


def _nation(table: pd.DataFrame, nation: pd.Series | None) -> tuple[np.ndarray, float]:
    own = sums(table.to_numpy(), axis=0)
    if nation is None:
        return own, own.sum()
    whole = checks.vector(nation, table.columns, "nation", "matrix")
    checks.within(own, whole, table.columns, "nation")
    return whole, float(np.nansum(checks.matrix(nation, "nation").to_numpy()))


def _regions(table: pd.DataFrame, region_total: pd.Series | None) -> np.ndarray:
    own = sums(table.to_numpy(), axis=1)
    if region_total is None:
        return own
    whole = checks.vector(region_total, table.index, "region_total", "matrix")
    checks.within(own, whole, table.index, "region_total")
    return whole


def _other(table: pd.DataFrame, against: str | pd.Series | None) -> np.ndarray:
    if against is None:
        return sums(table.to_numpy(), axis=0)
    if isinstance(against, pd.Series):
        return checks.vector(against, table.columns, "against", "matrix")
    checks.vector(pd.Series(0.0, table.index), pd.Index([against]), "matrix", "against")
    return table.loc[against].to_numpy()
