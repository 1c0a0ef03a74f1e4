"""Explorers of lesson 3 about places beside each other, and about where the quotient fails."""

from __future__ import annotations

import pandas as pd

from clusterlib import live
from clusterlib.charts import flips as flipped
from clusterlib.charts import tiny
from clusterlib.explorers.controls import named, slider
from clusterlib.explorers.measure import FIRST, WORDS, activity, choice, listed, shown
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.indicators.classes import SCHEMES
from clusterlib.maps import density as surface
from clusterlib.maps import hot
from clusterlib.maps import spread as spreading


def spread(words: Words, added: pd.DataFrame, people: pd.DataFrame) -> live.Framed:
    """How few places make most of an activity: classes on a map, a Lorenz curve, four measures.

    `people`: datasets.municipal_population().
    """
    checks.columns(people, ["code", "year", "population", "source"], "people")
    controls = [
        activity(added, words, FIRST),
        choice("scheme", SCHEMES, words),
        choice("even", ("output", "people", "places"), words),
    ]
    return shown(spreading.of_activity, words, controls, added, people)


def hot_spots(words: Words, added: pd.DataFrame, neighbours: pd.DataFrame) -> live.Framed:
    """Where high values lie together, with the correction for many tests on or off.

    `neighbours`: datasets.municipal_neighbours().
    """
    checks.columns(neighbours, ["code", "neighbour", "source"], "neighbours")
    controls = [
        activity(added, words, FIRST),
        choice("measure", ("quotient", "size"), words),
        choice("shuffles", ("999", "9999"), words),
        choice("correction", ("off", "on"), words),
        choice("level", ("0.05", "0.01"), words),
    ]
    return shown(hot.spots, words, controls, added, neighbours)


def density(words: Words, points: pd.DataFrame) -> live.Framed:
    """Kernel density of establishments, counted and weighted by size, at any bandwidth.

    `points`: datasets.synthetic_establishments(), or a file of one's own with lon, lat and workers.
    """
    checks.columns(points, ["lon", "lat", "workers"], "points")
    at = WORDS + "bandwidth"
    ends = surface.bandwidths(points)
    controls = [slider("bandwidth", words(at), ends, ends[0], step=1, says=words(at + ".says"))]
    if "sector" in points:
        every = ["all", words("lesson3.density.sector.all")]
        controls.append(listed("sector", [every, *named(points, "sector", words)], words, "all"))
    return shown(surface.surfaces, words, controls, points)


def flips(words: Words, added: pd.DataFrame) -> live.Framed:
    """Provinces with their municipalities on one line: the unit decides who is specialised."""
    controls = [
        activity(added, words, FIRST),
        choice("least", ("1", "1.25", "1.5", "2"), words, "1.25"),
    ]
    return shown(flipped.of_provinces, words, controls, added)


def tiny_base(words: Words, added: pd.DataFrame) -> live.Framed:
    """High quotients in small economies: leave the small ones out and see who is on top."""
    floors = ("0", "1000000", "3000000", "10000000")
    controls = [activity(added, words, "mining"), choice("floor", floors, words)]
    return shown(tiny.funnel, words, controls, added)
