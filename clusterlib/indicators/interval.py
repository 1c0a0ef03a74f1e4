"""How sure one can be of a location quotient, held against the nation or against its rest."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd

from clusterlib.errors import UnknownName
from clusterlib.indicators import checks
from clusterlib.indicators.tables import long, quotients_of, ratio, sums

METHODS = ("delta", "bootstrap")


def lq_interval(
    matrix: pd.DataFrame,
    method: str = "delta",
    level: float = 0.95,
    per_case: float = 1.0,
    draws: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """The range of quotients that a count this small is compatible with.

    delta: LQ · exp(± z · sqrt(V)), V = Var ln LQ = 1/a - 1/r - 1/i + 2a/(r·i) - 1/N.
    bootstrap: percentiles of the quotients of `draws` tables drawn anew with the same shares.

    Parameters
    ----------
    matrix : frame, regions by industries
        Counts (workers, firms), the whole nation. Not money, unless `per_case` says how much of
        it is one independent case.
    method : str
        "delta" or "bootstrap".
    level : float
        Probability that the range is made for, 0.5 to 0.999.
    per_case : float
        How many units make one independent case: 50 when workers come in plants of 50.
    draws, seed : int
        Of the bootstrap; it holds draws times cells numbers of 8 bytes.

    Returns
    -------
    frame by region and industry
        lq, low, high. low and high are NaN where the cell is 0 or unknown.

    Raises
    ------
    BadInput
        As for `location_quotient`, or for a level, per_case or draws out of range.
    UnknownName
        For another method.

    Notes
    -----
    The variance follows from a multinomial table by the delta method, as for a relative risk
    (Katz et al. 1978, Biometrics 34; Agresti 2002, Categorical Data Analysis, section 3.1); the
    percentiles are those of Efron and Tibshirani (1993). A census has no sampling error: the
    range says what chance alone could do if cases chose their places independently.

    >>> jobs = pd.DataFrame({"bio": [20, 10], "other": [80, 190]}, index=["a", "b"])
    >>> lq_interval(jobs).loc[("a", "bio")].round(2).tolist()
    [2.0, 1.55, 2.58]
    """
    if method not in METHODS:
        raise UnknownName("unknown_kind", method, METHODS)
    checks.between(level, 0.5, 0.999, "level")
    checks.between(per_case, 1e-9, 1e15, "per_case")
    table = checks.matrix(matrix) / per_case
    cells = table.to_numpy()
    quotients = quotients_of(cells)
    if method == "delta":
        low, high = _ends(quotients, _variance(cells), level)
    else:
        checks.between(draws, 99, 100_000, "draws")
        low, high = _percentiles(cells, level, draws, seed)
    some = cells > 0
    low, high = np.where(some, low, np.nan), np.where(some, high, np.nan)
    return long(table, {"lq": quotients, "low": low, "high": high})


def rest_quotient(matrix: pd.DataFrame, per_case: float = 1.0, level: float = 0.95) -> pd.DataFrame:
    """How much larger an industry's share is here than everywhere else, with its range.

    LQ' = (a / r) / ((i - a) / (N - r)); range: LQ' · exp(± z · sqrt(V)),
    V = 1/a - 1/r + 1/(i - a) - 1/(N - r), each count in cases.

    Parameters
    ----------
    matrix : frame, regions by industries
        As for `location_quotient`, the whole nation; NaN is unknown, 0 is none.
    per_case : float
        How many units of the matrix make one independent case, as for `lq_interval`.
    level : float
        Probability that the range is made for, 0.5 to 0.999.

    Returns
    -------
    frame by region and industry
        lq, low, high. NaN where nobody else has the industry; low and high also where the
        region has none of it.

    Raises
    ------
    BadInput
        As for `location_quotient`, or for a level or per_case out of range.

    Notes
    -----
    A large region is part of the nation that it is held against, which pulls its quotient
    towards 1: against the rest it is never nearer to 1. The range is that of a ratio of two
    independent shares (Katz et al. 1978, Obtaining Confidence Intervals for the Risk Ratio in
    Cohort Studies, Biometrics 34).

    >>> jobs = pd.DataFrame({"bio": [30, 10], "other": [70, 190]}, index=["a", "b"])
    >>> rest_quotient(jobs)["lq"].round(2).tolist()[0::2]
    [6.0, 0.17]
    """
    checks.between(level, 0.5, 0.999, "level")
    checks.between(per_case, 1e-12, 1e15, "per_case")
    table = checks.matrix(matrix)
    cells = table.to_numpy()
    region = np.nansum(cells, axis=1, keepdims=True)
    others, rest = np.nansum(cells, axis=0) - cells, region.sum() - region
    quotient = ratio(ratio(cells, region), ratio(others, rest))
    spread = ratio(per_case, cells) - ratio(per_case, region)
    spread = spread + ratio(per_case, others) - ratio(per_case, rest)
    low, high = _ends(quotient, spread, level)
    return long(table, {"lq": quotient, "low": low, "high": high})


def _ends(quotients: np.ndarray, variance: np.ndarray, level: float) -> tuple:
    """The range of quotients whose logarithms have these variances."""
    half = NormalDist().inv_cdf(0.5 + level / 2) * np.sqrt(np.maximum(variance, 0))
    return quotients * np.exp(-half), quotients * np.exp(half)


def _variance(cells: np.ndarray) -> np.ndarray:
    region = sums(cells, axis=1, keepdims=True)
    industry = sums(cells, axis=0, keepdims=True)
    total = industry.sum()
    both = ratio(2 * cells, region * industry)
    return ratio(1, cells) - ratio(1, region) - ratio(1, industry) + both - ratio(1, total)


def _percentiles(cells: np.ndarray, level: float, draws: int, seed: int) -> tuple:
    known = np.nan_to_num(cells)
    total = known.sum()
    if round(total) < 1:
        return np.full(cells.shape, np.nan), np.full(cells.shape, np.nan)
    drawn = np.random.default_rng(seed).multinomial(
        round(total), (known / total).ravel(), size=draws
    )
    quotients = quotients_of(drawn.reshape(draws, *cells.shape).astype("float64"))
    # A drawn region or industry may be empty: that draw says nothing of the quotient.
    quantile = np.nanquantile if np.isnan(quotients[:, known > 0]).any() else np.quantile
    tails = [(1 - level) / 2, (1 + level) / 2]
    found = np.full((2, *cells.shape), np.nan)
    found[:, known > 0] = quantile(quotients[:, known > 0], tails, axis=0)
    return found[0], found[1]
