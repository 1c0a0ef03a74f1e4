"""The location quotient against the rest of the country, without the region itself in its base."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd

from clusterlib.indicators import checks
from clusterlib.indicators.tables import long, ratio


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
    reach = NormalDist().inv_cdf((1 + level) / 2) * np.sqrt(np.maximum(spread, 0))
    ends = {"low": quotient * np.exp(-reach), "high": quotient * np.exp(reach)}
    return long(table, {"lq": quotient, **ends})
