"""How much moving there is, for the number of people who live there."""

from __future__ import annotations

import pandas as pd

from clusterlib.indicators import checks

KEYS = ("year", "region")


def net_migration_rate(net: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Net migration per 1,000 residents: rate = 1000 · (in − out) / residents.

    Parameters
    ----------
    net : frame
        year, region, net_migration (people a year; below zero when more left than came).
    population : frame
        year, region, population (registered residents at the end of the same year, people).

    Returns
    -------
    frame
        The rows of `net` with `population` and `rate` (per 1,000 residents). Both are blank
        where no population is known; 0 residents give a blank too, never an infinity.

    Raises
    ------
    BadInput
        For a missing column, a negative population, or two rows for one year and region.

    Notes
    -----
    The crude rate of net migration of any textbook of demography (Preston, Heuveline and
    Guillot 2001, Demography, section 1.3), but over the residents at year end and not over the
    person-years lived: the kit holds year-end registers only. A province that grew by a tenth
    within a year has a rate about a twentieth too low.

    >>> net = pd.DataFrame({"year": [2020], "region": ["a"], "net_migration": [-50]})
    >>> people = pd.DataFrame({"year": [2020], "region": ["a"], "population": [10_000]})
    >>> net_migration_rate(net, people)["rate"].tolist()
    [-5.0]
    """
    checks.columns(net, [*KEYS, "net_migration"], "net")
    checks.columns(population, [*KEYS, "population"], "population")
    checks.one_row_each(net, KEYS, "net")
    checks.one_row_each(population, KEYS, "population")
    checks.not_negative(population, "population", KEYS)
    bare = net.drop(columns=["population", "rate"], errors="ignore")
    joined = bare.merge(population[[*KEYS, "population"]], on=list(KEYS), how="left")
    joined.index = net.index
    residents = joined["population"].astype("float64")
    moved = joined["net_migration"].astype("float64")
    return joined.assign(rate=1000 * moved / residents.where(residents > 0))
