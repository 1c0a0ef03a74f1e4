"""How sure one can be of a location quotient."""

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
        half = NormalDist().inv_cdf(0.5 + level / 2) * np.sqrt(_variance(cells))
        low, high = quotients * np.exp(-half), quotients * np.exp(half)
    else:
        checks.between(draws, 99, 100_000, "draws")
        low, high = _percentiles(cells, level, draws, seed)
    some = cells > 0
    low, high = np.where(some, low, np.nan), np.where(some, high, np.nan)
    return long(table, {"lq": quotients, "low": low, "high": high})


def _variance(cells: np.ndarray) -> np.ndarray:
    region = sums(cells, axis=1, keepdims=True)
    industry = sums(cells, axis=0, keepdims=True)
    total = industry.sum()
    both = ratio(2 * cells, region * industry)
    found = ratio(1, cells) - ratio(1, region) - ratio(1, industry) + both - ratio(1, total)
    return np.maximum(found, 0)


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
