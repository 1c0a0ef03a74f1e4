"""Concentration beyond what a few large plants would give by chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from clusterlib.indicators import checks
from clusterlib.indicators.tables import ratio


def ellison_glaeser(plants: pd.DataFrame, region_total: pd.Series) -> pd.DataFrame:
    """Whether plants of an industry sit closer together than darts thrown at a map.

    gamma = (g - H) / (1 - H), g = sum over regions of (s - x)² / (1 - X), X = sum of x²,
    H = sum over plants of z²; s the industry's share in a region, x that of all employment, z a
    plant's share in its industry.

    Parameters
    ----------
    plants : frame
        One row a plant: industry, region, size (workers, 0 or more). Plants of unknown size are
        left out.
    region_total : Series by region
        All employment of each region, those without a plant too.

    Returns
    -------
    frame by industry
        plants (their number), g, hhi, gamma. 0 is chance, above 0.05 is called strong. NaN
        for a single plant (H = 1) and for a nation of one region.

    Raises
    ------
    BadInput
        For a missing column, a negative or text size, or a region that the totals lack.

    Notes
    -----
    Ellison and Glaeser (1997), Geographic Concentration in U.S. Manufacturing Industries,
    Journal of Political Economy 105. It cannot tell natural advantage from firms that attract
    each other, and it knows no distance: neighbours across a border count as strangers.

    >>> plants = pd.DataFrame({"industry": "bio", "region": ["a", "a", "b"], "size": [10, 10, 10]})
    >>> ellison_glaeser(plants, pd.Series({"a": 80, "b": 20}))["gamma"].round(3).tolist()
    [-0.333]
    """
    return _plants(plants, region_total, lambda share, even: (share - even) ** 2)


def maurel_sedillot(plants: pd.DataFrame, region_total: pd.Series) -> pd.DataFrame:
    """The same question as Ellison and Glaeser's, asked of pairs of plants.

    gamma = (g - H) / (1 - H), g = sum over regions of (s² - x²) / (1 - X); letters as there.

    Parameters
    ----------
    plants, region_total
        As for `ellison_glaeser`.

    Returns
    -------
    frame by industry
        plants, g, hhi, gamma. Both estimate the same quantity and may differ in sign: here
        an industry in large regions counts as concentrated, there one away from where the
        others are.

    Raises
    ------
    BadInput
        As for `ellison_glaeser`.

    Notes
    -----
    Maurel and Sedillot (1999), A measure of the geographic concentration in French manufacturing
    industries, Regional Science and Urban Economics 29.

    >>> plants = pd.DataFrame({"industry": "bio", "region": ["a", "a", "b"], "size": [10, 10, 10]})
    >>> maurel_sedillot(plants, pd.Series({"a": 80, "b": 20}))["gamma"].round(3).tolist()
    [-1.083]
    """
    return _plants(plants, region_total, lambda share, even: share**2 - even**2)


Excess = Callable[[np.ndarray, np.ndarray], np.ndarray]


def _plants(plants: pd.DataFrame, region_total: pd.Series, excess: Excess) -> pd.DataFrame:
    checks.columns(plants, ["industry", "region", "size"], "plants")
    sizes = checks.matrix(plants["size"].reset_index(drop=True), "plants").to_numpy()[:, 0]
    totals = checks.matrix(region_total, "region_total").iloc[:, 0]
    checks.vector(region_total, pd.Index(plants["region"].unique()), "region_total", "plants")
    even = totals.to_numpy() / totals.to_numpy().sum()
    known = ~np.isnan(sizes)
    place, size = totals.index.get_indexer(plants["region"])[known], sizes[known]
    industry, names = pd.factorize(plants["industry"][known])
    found = [
        _industry(place[industry == n], size[industry == n], even, excess)
        for n in range(len(names))
    ]
    frame = pd.DataFrame(found, names, ["plants", "g", "hhi", "gamma"])
    return frame.rename_axis("industry").astype({"plants": "int64"})


def _industry(place: np.ndarray, size: np.ndarray, even: np.ndarray, excess: Excess) -> list[float]:
    share = np.bincount(place, size, len(even))
    share, size = ratio(share, share.sum()), ratio(size, size.sum())
    herfindahl = (size**2).sum()
    g = float(ratio(excess(share, even).sum(), 1 - (even**2).sum()))
    return [len(size), g, herfindahl, float(ratio(g - herfindahl, 1 - herfindahl))]
