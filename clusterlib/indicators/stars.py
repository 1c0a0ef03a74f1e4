"""The three stars of a cluster."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusterlib.indicators import checks
from clusterlib.indicators.tables import long, quotients_of, shares


def cluster_stars(matrix: pd.DataFrame, top: float = 0.1, least_lq: float = 2.0) -> pd.DataFrame:
    """Up to three stars for a cluster: large, specialised, and what its region lives on.

    One star each for: size among the top regions of the industry; LQ of at least `least_lq`;
    focus (the industry's share in its region) among the top regions of the industry.

    Parameters
    ----------
    matrix : frame, regions by industries
        As for `location_quotient`.
    top : float
        The share of regions that counts as the top, 0 to 1; at least one region, and all that
        tie with the last one.
    least_lq : float
        The quotient that earns the star, itself included.

    Returns
    -------
    frame by region and industry
        size, lq, focus, star_size, star_lq, star_focus (true or false), stars (0 to 3).

    Raises
    ------
    BadInput
        As for `location_quotient`; for a `top` out of range.

    Notes
    -----
    The rule of the European Cluster Observatory (2007 and later). The lines are conventions:
    there is always a top tenth, in an industry that has no cluster anywhere too.

    >>> jobs = pd.DataFrame({"bio": [500, 400, 90], "other": [9500, 3600, 1910]}, index=list("abc"))
    >>> cluster_stars(jobs, least_lq=1.5).xs("bio", level="industry")["stars"].tolist()
    [1, 2, 0]
    """
    checks.between(top, 0.0, 1.0, "top")
    table = checks.matrix(matrix)
    cells = table.to_numpy()
    quotients, focus = quotients_of(cells), shares(cells, axis=1)
    earned = {
        "star_size": _among_top(cells, top),
        "star_lq": quotients >= least_lq,
        "star_focus": _among_top(focus, top),
    }
    stars = sum(star.astype("int64") for star in earned.values())
    return long(table, {"size": cells, "lq": quotients, "focus": focus, **earned, "stars": stars})


def _among_top(values: np.ndarray, top: float) -> np.ndarray:
    known = (~np.isnan(values)).sum(axis=0)
    last = np.maximum(np.floor(known * top + checks.SLACK).astype("int64"), 1) - 1
    ordered = -np.sort(-np.nan_to_num(values, nan=-1.0), axis=0)
    if not len(ordered):
        return np.zeros(values.shape, dtype=bool)
    return (values >= np.take_along_axis(ordered, last[None, :], axis=0)) & (values > 0)
