"""Why a region grew: with the nation, with its industries, or by itself."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real

import numpy as np
import pandas as pd

from clusterlib.errors import BadInput, UnknownName
from clusterlib.indicators import checks
from clusterlib.indicators.tables import long, ratio, sums

KINDS = ("classic", "esteban_marquillas")


def shift_share(start: pd.DataFrame, end: pd.DataFrame, kind: str = "classic") -> pd.DataFrame:
    """Split the change of each industry in each region into parts that add up to it exactly.

    national = e · G, mix = e · (G_i - G), regional = e · (g - G_i), with e the start, g the
    cell's growth, G_i the industry's in the nation and G that of all industries there at the start.

    Parameters
    ----------
    start, end : frames, regions by industries
        The same regions and industries, all that make up the nation, in one unit (money at the
        prices of one year). A cell unknown at either end is left out of the nation's growth.
    kind : str
        "classic", or "esteban_marquillas": regional is what the region would have gained by its
        own growth had it the nation's mix; the rest of it is allocation, being specialised in
        what it is good at. Where a region starts from 0 there is no growth rate: the whole
        stays regional.

    Returns
    -------
    frame by region and industry
        start, end, change, national, mix, regional, allocation (of that kind only) and born:
        the end of industries that the nation did not have at the start, in none of the others.
        change is the sum of the parts; regional (with allocation) adds up to 0 over the regions.

    Raises
    ------
    BadInput
        For a cell that is text, negative or infinite, a label that stands twice, or one that
        only one of the two tables has.
    UnknownName
        For another kind.

    Notes
    -----
    Dunn (1960), A statistical and analytical technique for regional analysis, Papers of the
    Regional Science Association 6; Esteban-Marquillas (1972), Regional and Urban Economics 2.
    The regional part is a remainder: it names what is left to explain and explains nothing.

    >>> start = pd.DataFrame({"bio": [10, 10], "other": [90, 90]}, index=["a", "b"])
    >>> end = pd.DataFrame({"bio": [30, 10], "other": [90, 90]}, index=["a", "b"])
    >>> shift_share(start, end).loc[("a", "bio"), ["national", "mix", "regional"]].round(9).tolist()
    [1.0, 9.0, 10.0]
    """
    if kind not in KINDS:
        raise UnknownName("unknown_kind", kind, KINDS)
    first, last = checks.matrix(start, "start"), checks.matrix(end, "end")
    last = checks.same_labels(first, last, ("start", "end"))
    before, after = _known_at_both(first.to_numpy(), last.to_numpy())
    parts = _parts(after - before, *_step(before, after))
    if kind == "esteban_marquillas":
        parts = _homothetic(before, parts)
    return _laid_out(first, last, parts)


def dynamic_shift_share(years: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    """Shift-share step by step, so that the mix and the nation may change on the way.

    Each part is the sum over the steps t of the classic part from t to the next one, every step
    with the start and the growth of its own.

    Parameters
    ----------
    years : mapping of year to frame
        At least two tables as for `shift_share`, evenly spaced in time.

    Returns
    -------
    frame by region and industry
        start (of the first year), end (of the last), change, national, mix, regional, born.
        A cell unknown in any year has unknown parts.

    Raises
    ------
    BadInput
        As for `shift_share`; for a missing year, which is named; for fewer than two; for years
        that are text.

    Notes
    -----
    Barff and Knight (1988), Dynamic shift-share analysis, Growth and Change 19. From 2010 to
    2020 there are ten steps, not eleven: the last year starts none.

    >>> tables = {year: pd.DataFrame({"bio": [size]}, index=["a"]) for year, size in
    ...           {2010: 10, 2015: 20, 2020: 40}.items()}
    >>> dynamic_shift_share(tables)["national"].tolist()
    [30.0]
    """
    order = _evenly_spaced(years)
    first = last = checks.matrix(years[order[0]], str(order[0]))
    steps = [np.zeros(first.shape) for _ in range(3)]
    for year in order[1:]:
        before, last = last, checks.matrix(years[year], str(year))
        last = checks.same_labels(first, last, (str(order[0]), str(year)))
        for sofar, step in zip(
            steps, _step(*_known_at_both(before.to_numpy(), last.to_numpy())), strict=True
        ):
            sofar += step
    return _laid_out(first, last, _parts(last.to_numpy() - first.to_numpy(), *steps))


def _known_at_both(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    unknown = np.isnan(before) | np.isnan(after)
    if not unknown.any():
        return before, after
    return np.where(unknown, np.nan, before), np.where(unknown, np.nan, after)


def _step(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What each cell had gained at the nation's rate, at its industry's rate, and by being born."""
    start, end = sums(before, axis=0), sums(after, axis=0)
    there = start > 0
    nation = np.nan_to_num(ratio(end[there].sum(), start.sum()) - 1)
    own = np.where(there, ratio(end, start) - 1, 0.0)
    born = np.zeros(1) if there.all() else np.where(there, 0.0, after - before)
    return before * nation, before * own, born


def _parts(
    change: np.ndarray, national: np.ndarray, grown: np.ndarray, born: np.ndarray
) -> dict[str, np.ndarray]:
    born = np.where(np.isnan(grown), np.nan, born)
    regional = change - grown - born
    return {"national": national, "mix": grown - national, "regional": regional, "born": born}


def _homothetic(before: np.ndarray, parts: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    region = sums(before, axis=1, keepdims=True)
    industry = sums(before, axis=0, keepdims=True)
    alike = region * ratio(industry, industry.sum())
    regional = parts["regional"]
    # Nothing at the start: no rate to apply to the nation's mix, so nothing is moved.
    scaled = np.where(before == 0, regional, regional * ratio(alike, before))
    return {**parts, "regional": scaled, "allocation": regional - scaled}


def _laid_out(first: pd.DataFrame, last: pd.DataFrame, parts: dict) -> pd.DataFrame:
    start, end = first.to_numpy(), last.to_numpy()
    born = parts.pop("born")
    ends = {"start": start, "end": end, "change": end - start}
    return long(first, {**ends, **parts, "born": born})


def _evenly_spaced(years: Mapping[int, pd.DataFrame]) -> list[int]:
    if not isinstance(years, Mapping) or not all(isinstance(year, Real) for year in years):
        raise BadInput("years_not_numbers", given=type(years).__name__)
    order = sorted(years)
    known = ", ".join(map(str, order))
    if len(order) < 2:
        raise BadInput("too_few_years", known=known)
    step = int(np.gcd.reduce(np.diff(order)))
    missing = [year for year in range(order[0], order[-1], step) if year not in years]
    if missing:
        raise BadInput("year_missing", missing=", ".join(map(str, missing)), known=known)
    return order
