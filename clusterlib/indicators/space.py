"""Whether neighbours are alike, and where the exceptional ones lie together.

esda and libpysal take seconds to import and 110 MB, more than a lesson's whole kernel may hold,
so the sums are done here in numpy over a table of neighbours; the tests hold them against esda.

Local Moran's I is left out on purpose: for the lesson's question, where high values lie together,
it labels by the same neighbourhoods as Gi*, and a second map of 229 tests of the same values would
double the tests for which one correction is made.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from clusterlib.errors import BadInput
from clusterlib.indicators import checks

SIDES = ("code", "neighbour")


class Links(NamedTuple):
    """Who is whose neighbour: positions in a list of known values, both directions of each pair."""

    labels: pd.Index
    values: np.ndarray
    source: np.ndarray
    target: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """How many neighbours each value has."""
        return np.bincount(self.source, minlength=len(self.values))


def moran(
    values: pd.Series, neighbours: pd.DataFrame, permutations: int = 999, seed: int = 0
) -> pd.Series:
    """Whether neighbours are more alike than regions that were shuffled over the map.

    I = (n / S0) · sum of w · (x_i - m) · (x_j - m) / sum of (x_i - m)², each region's
    neighbours sharing a weight of 1.

    Parameters
    ----------
    values : Series by region
        Any number of at least 0, a share or a quotient; NaN is left out, with its links.
    neighbours : frame
        code, neighbour: pairs that touch, each once or in both directions; labels as in values.
    permutations, seed : int
        Shuffles behind p, and where they start.

    Returns
    -------
    Series
        i, expected (-1 / (n - 1)), z (of the normal approximation under randomisation), p
        (two-sided, from the shuffles), regions (known), islands (known, without a neighbour).
        i, z and p are NaN for equal values or no links.

    Raises
    ------
    BadInput
        For text, negative or infinite values, a label that stands twice, a missing column, or
        labels of which none has a neighbour.

    Notes
    -----
    Moran (1950), Biometrika 37; Cliff and Ord (1981), Spatial Processes. One number for the whole
    map: it does not say where. It changes with the size of the regions and with who counts as
    a neighbour.

    >>> chain = pd.DataFrame({"code": list("abc"), "neighbour": list("bcd")})
    >>> moran(pd.Series([1.0, 2.0, 3.0, 4.0], list("abcd")), chain).round(3)["i"].item()
    0.4
    """
    links = _links(values, neighbours)
    checks.between(permutations, 0, 100_000, "permutations")
    n, islands = len(links.values), int((links.counts == 0).sum())
    found = {"i": np.nan, "expected": -1 / (n - 1) if n > 1 else np.nan, "z": np.nan, "p": np.nan}
    gaps = links.values - links.values.mean() if n else links.values
    if n > 3 and islands < n and not _level(links.values):
        found["i"] = float(_moran_of(gaps, links))
        found["z"] = (found["i"] - found["expected"]) / np.sqrt(_moran_variance(gaps, links))
        drawn = _shuffled(gaps, permutations, seed)
        found["p"] = _two_sided(_moran_of(drawn, links), found["i"])
    return pd.Series({**found, "regions": n, "islands": islands}, name="moran")


def hotspots(
    values: pd.Series,
    neighbours: pd.DataFrame,
    star: bool = True,
    permutations: int = 999,
    seed: int = 0,
    level: float = 0.05,
) -> pd.DataFrame:
    """Where high values, or low ones, lie together more than chance would put them.

    G*_i = sum of the values of i and its neighbours; z = (G* - W · m) / (s · sqrt((n · W - W²) /
    (n - 1))) with W the regions summed, m the mean and s the standard deviation (ddof 0). Without
    star, i itself is left out of the sum, of m, of s and of n.

    Parameters
    ----------
    values : Series by region
        Any number of at least 0; NaN is unknown and left out, with its links.
    neighbours : frame
        As for `moran`.
    star : bool
        Whether a region belongs to its own neighbourhood.
    permutations, seed : int
        Each region keeps its place while the others are shuffled.
    level : float
        The share of false discoveries among the labelled that is put up with.

    Returns
    -------
    frame by region, in the order of `values`
        value, z, p (twice the share of shuffles that are as far out on the side of z), q (p
        corrected for as many tests as there are regions), label: hot (q within the level and z
        above 0), cold (the same below 0), none, island (no neighbour; never tested), unknown.

    Raises
    ------
    BadInput
        As for `moran`; for a level out of range.

    Notes
    -----
    Getis and Ord (1992), Geographical Analysis 24; Ord and Getis (1995), the same 27; shuffles of
    Anselin (1995), the same 27; correction of Benjamini and Hochberg (1995). A hot spot is where
    high values meet, not where the highest value is. z alone, and p alone, would colour a map of
    noise: of 229 regions one in twenty is beyond 5 per cent by chance.

    >>> chain = pd.DataFrame({"code": list("abcde"), "neighbour": list("bcdef")})
    >>> hotspots(pd.Series([9.0, 8, 1, 1, 1, 1], list("abcdef")), chain)["z"].round(2).tolist()
    [2.23, 1.58, -0.11, -1.58, -1.58, -1.11]
    """
    checks.between(level, 0.0, 1.0, "level")
    checks.between(permutations, 99, 100_000, "permutations")
    links = _links(values, neighbours)
    frame = pd.DataFrame({"value": values.astype("float64"), "z": np.nan, "p": np.nan, "q": np.nan})
    label = pd.Series("unknown", values.index)
    linked = links.counts > 0
    label[links.labels] = np.where(linked, "none", "island")
    tested = links.labels[linked]
    if len(tested) and not _level(links.values):
        z = _getis(links, star)
        frame.loc[tested, "z"] = z[linked]
        frame.loc[tested, "p"] = _getis_p(links, z, permutations, seed)[linked]
        frame.loc[tested, "q"] = _false_discoveries(frame.loc[tested, "p"].to_numpy())
    found = frame["q"] <= level
    label = label.mask(found & (frame["z"] > 0), "hot").mask(found & (frame["z"] < 0), "cold")
    return frame.assign(label=label)


def _links(values: pd.Series, neighbours: pd.DataFrame) -> Links:
    checks.columns(neighbours, ["code", "neighbour"], "neighbours")
    table = checks.matrix(values, "values").iloc[:, 0]
    if len(table) and not any(neighbours[side].isin(table.index).any() for side in SIDES):
        first = neighbours["code"].iloc[0] if len(neighbours) else "-"
        pair = {"a": repr(table.index[0]), "b": repr(first)}
        raise BadInput("no_common_labels", first="values", second="neighbours", **pair)
    known = table.dropna()
    ends = [known.index.get_indexer(neighbours[side]) for side in SIDES]
    kept = (ends[0] >= 0) & (ends[1] >= 0) & (ends[0] != ends[1])
    one, other = ends[0][kept], ends[1][kept]
    both = np.concatenate([one, other]), np.concatenate([other, one])
    pairs = np.unique(np.stack(both), axis=1)
    return Links(known.index, known.to_numpy(), pairs[0], pairs[1])


def _level(values: np.ndarray) -> bool:
    """Whether values are all the same but for rounding."""
    return np.ptp(values) <= 1e-12 * np.abs(values).max()


def _shuffled(values: np.ndarray, permutations: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.permuted(np.broadcast_to(values, (permutations, len(values))), axis=1)


def _two_sided(drawn: np.ndarray, seen: float) -> float:
    """Twice the share of draws, the seen one among them, at least as far out on its side."""
    tail = min((drawn >= seen).sum(), (drawn <= seen).sum())
    return float(min(2 * (tail + 1) / (len(drawn) + 1), 1))


def _moran_of(gaps: np.ndarray, links: Links) -> np.ndarray:
    weights = 1 / links.counts[links.source]
    cross = (gaps[..., links.source] * gaps[..., links.target]) @ weights
    return gaps.shape[-1] / weights.sum() * cross / (gaps**2).sum(axis=-1)


def _moran_variance(gaps: np.ndarray, links: Links) -> float:
    n, counts = len(gaps), links.counts
    weights = 1 / counts[links.source]
    s0 = weights.sum()
    s1 = ((weights + 1 / counts[links.target]) ** 2).sum() / 2
    arriving = np.bincount(links.target, weights, n)
    s2 = ((np.minimum(counts, 1) + arriving) ** 2).sum()
    kurtosis = n * (gaps**4).sum() / (gaps**2).sum() ** 2
    free = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    tied = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
    return (free - tied) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - 1 / (n - 1) ** 2


def _getis(links: Links, star: bool) -> np.ndarray:
    x, n = links.values, len(links.values)
    around = np.bincount(links.source, x[links.target], n)
    if star:
        n, size, total, squares = float(n), links.counts + 1.0, x.sum(), (x**2).sum()
        around = around + x
    else:
        n, size = n - 1.0, links.counts.astype("float64")
        total, squares = x.sum() - x, (x**2).sum() - x**2
    mean = total / n
    spread = np.sqrt(np.maximum(squares / n - mean**2, 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (around - size * mean) / (spread * np.sqrt((n * size - size**2) / (n - 1)))
    return np.where(np.isfinite(z), z, np.nan)


@lru_cache(maxsize=2)
def _drawn(permutations: int, others: int, most: int, seed: int) -> np.ndarray:
    """Positions drawn among the others; as in esda, the same serve every region."""
    order = np.random.default_rng(seed).random((permutations, others)).argsort(axis=1)
    return order[:, :most].astype("int32")


def _getis_p(links: Links, z: np.ndarray, permutations: int, seed: int) -> np.ndarray:
    """Hold each region in its place and draw its neighbours from all the others.

    Its own value is the same in every draw, so with star and without p differs only in the side:
    a high value amid low ones has a high z with star, and its low neighbours must not make it hot.
    """
    n, counts = len(links.values), links.counts
    around = np.bincount(links.source, links.values[links.target], n)
    order = _drawn(permutations, n - 1, int(counts.max()), seed)
    p = np.full(n, np.nan)
    for place in np.flatnonzero(counts):
        others = np.delete(links.values, place)
        sums = others[order[:, : counts[place]]].sum(axis=1)
        # Sums of the same values in another order may differ in the last digit: that is a tie.
        sums[np.abs(sums - around[place]) <= 1e-12 * np.abs(around[place])] = around[place]
        far = sums >= around[place] if z[place] > 0 else sums <= around[place]
        p[place] = min(2 * (far.sum() + 1) / (permutations + 1), 1)
    return p


def _false_discoveries(p: np.ndarray) -> np.ndarray:
    order = np.argsort(p)
    stepped = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(stepped[::-1])[::-1], 1)
    return q
