"""Milestones into eras, lags and parallel tracks."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from clusterlib.errors import BadInput

# What begins a site, and what puts an institution there.
BEGINNINGS = ("plan", "designation")
INSTITUTIONS = ("arrival", "founding")


def eras(events: pd.DataFrame, starts: Sequence[int]) -> pd.DataFrame:
    """Put each event into its era; an era lasts until the next one starts, the last is open.

    Parameters
    ----------
    events : frame
        One event a row, with its year.
    starts : sequence of int
        The first year of each era, in order.

    Returns
    -------
    frame
        The rows of `events` with `era`, the first year of the era they fall into.

    Raises BadInput for an event before the first era.

    >>> eras(pd.DataFrame({"year": [1979, 1980, 2021]}), [1970, 1980, 2010])["era"].tolist()
    [1970, 1980, 2010]
    """
    early = events[events["year"] < starts[0]]
    if len(early):
        raise BadInput("before_first_era", year=int(early["year"].min()), first=starts[0])
    place = pd.Series(sorted(starts)).searchsorted(events["year"], side="right") - 1
    return events.assign(era=[sorted(starts)[each] for each in place])


def led(
    events: pd.DataFrame, starts: Sequence[int], actors: Sequence[str], open_as: str = ""
) -> pd.DataFrame:
    """Count the events of each region by era and actor, zeros among them.

    Parameters
    ----------
    events : frame
        region, year, actor.
    starts : sequence of int
        The first year of each era.
    actors : sequence of str
        Every actor that may occur, in the order wanted; the first that is "open" may be counted
        as another one.
    open_as : str
        The actor to which events of the actor "open" are added; empty keeps them apart.

    Returns
    -------
    frame
        region, era, actor, n: a row for every combination, regions in order of first appearance.

    >>> rows = pd.DataFrame({"region": ["a", "a"], "year": [1971, 1972], "actor": ["law", "open"]})
    >>> led(rows, [1970], ["law", "open"], open_as="law")["n"].tolist()
    [2, 0]
    """
    sorted_in = eras(events, starts)
    if open_as:
        sorted_in = sorted_in.assign(actor=sorted_in["actor"].replace("open", open_as))
    wanted = pd.MultiIndex.from_product(
        [events["region"].unique(), list(starts), list(actors)], names=["region", "era", "actor"]
    )
    counted = sorted_in.groupby(["region", "era", "actor"]).size()
    return counted.reindex(wanted, fill_value=0).rename("n").reset_index()


def lags(events: pd.DataFrame) -> pd.DataFrame:
    """Years from the beginning of each site to its completion and to its first institution.

    Parameters
    ----------
    events : frame
        region, year, site (blank for an event of no site), kind (plan, designation, completion,
        arrival, founding or another).

    Returns
    -------
    frame
        One row a site in order of its beginning: site, region, started (year of its first plan or
        designation), completed, arrived (year of its first institution), to_completion,
        to_arrival (years since the start), head_start (completed minus arrived: above zero where
        an institution was there first). What no event says is blank, never zero.

    >>> rows = pd.DataFrame({"region": "a", "site": "s", "year": [1990, 1995, 2000],
    ...                      "kind": ["plan", "arrival", "completion"]})
    >>> lags(rows)[["to_completion", "to_arrival", "head_start"]].iloc[0].tolist()
    [10, 5, 5]
    """
    own = events[events["site"].notna()]
    first = {
        "started": _first(own, BEGINNINGS),
        "completed": _first(own, ("completion",)),
        "arrived": _first(own, INSTITUTIONS),
    }
    region = own.groupby("site", sort=False)["region"].first()
    sites = pd.DataFrame({"region": region, **first}).convert_dtypes()
    sites = sites.assign(
        to_completion=sites["completed"] - sites["started"],
        to_arrival=sites["arrived"] - sites["started"],
        head_start=sites["completed"] - sites["arrived"],
    )
    return sites.sort_values("started", kind="stable").reset_index(names="site")


def _first(events: pd.DataFrame, kinds: Sequence[str]) -> pd.Series:
    """The first year of one of some kinds of event at each site, blank where there is none."""
    years = events[events["kind"].isin(kinds)].groupby("site")["year"].min()
    return years.reindex(events["site"].unique()).astype("Int64")
