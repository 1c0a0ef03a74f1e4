"""Explorers of lesson 2: how two clusters formed, by whom and where, and how much they grew."""

from __future__ import annotations

import pandas as pd

from clusterlib import datasets, live
from clusterlib.charts import formation, growth
from clusterlib.charts import formation_lags as lags
from clusterlib.charts import formation_led as led
from clusterlib.charts import growth_path as path
from clusterlib.charts import lost_value as lost
from clusterlib.charts import site_area as area
from clusterlib.explorers.controls import choice, listed, slider, worded
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.maps import arrivals

WORDS = "lesson2."
ENTRY = ["event", "region", "year", "actor", "kind", "site", "place", "note", "source"]
COUNTED = ["region", "year", "sector", "workers", "printed", "source"]
GROWN = ["region", "first", "last", "first_value", "last_value", "years", "change", "fold", "cagr"]
PLACES = ["region", "sector", "labelled", "establishments", "site_area_mean", "source"]


def formation_timeline(words: Words, events: pd.DataFrame, notes: pd.DataFrame) -> live.Framed:
    """Every entry of both timelines on one axis, to filter by actor, era and region.

    `events`: datasets.formation_events().
    `notes`: datasets.formation_notes(), what to know about single entries.
    """
    checks.columns(events, ENTRY, "events")
    checks.columns(notes, ["note", "source"], "notes")
    at = WORDS + "timeline.control."
    every = ["all", words(at + "all")]
    actors, eras = formation.actors(events, words), formation.eras(words)
    regions = formation.named(events, words)
    controls = [
        listed("actor", words(at + "actor"), [every, *actors.items()]),
        listed("era", words(at + "era"), [every, *eras.items()]),
        choice("region", words("common.region"), [every, *regions.items()]),
    ]
    return live.explorer(formation.both(events, notes, words), words, controls)


def formation_led(words: Words, events: pd.DataFrame) -> live.Framed:
    """Entries counted by region, era and actor; where the unknown level of government is counted.

    `events`: datasets.formation_events().
    """
    checks.columns(events, ENTRY, "events")
    readings = worded(led.READINGS, words, WORDS + "led.control.")
    control = choice("open", words(WORDS + "led.control"), readings)
    return live.explorer(led.by_era(events, words), words, [control])


def formation_lags(words: Words, events: pd.DataFrame, workers: pd.DataFrame) -> live.Framed:
    """From plan or designation to completion to the first institution, site by site.

    `events`: datasets.formation_events(). `workers`: datasets.workers(), people.
    """
    checks.columns(events, ENTRY, "events")
    checks.columns(workers, ["region", "year", "sector", "workers", "source"], "workers")
    axes = worded(lags.STEPS, words, WORDS + "lags.control.")
    control = choice("axis", words(WORDS + "lags.control"), axes)
    return live.explorer(lags.by_site(events, workers, words), words, [control])


def formation_map(words: Words, events: pd.DataFrame, places: pd.DataFrame) -> live.Framed:
    """Where the institutions came, year by year, as rings of what is not known of their places.

    `events`: datasets.formation_events(). `places`: datasets.places(), degrees and metres.
    """
    checks.columns(events, ENTRY, "events")
    checks.columns(places, ["place", "lat", "lon", "precision_m", "source"], "places")
    ends, says = arrivals.period(events), words("lesson2.map.control.says")
    control = slider("year", words("common.year"), ends, ends[1], says=says, play=True)
    figure = arrivals.by_year(events, places, datasets.regions(), words)
    return live.explorer(figure, words, [control])


def worker_growth(words: Words, workers: pd.DataFrame, grown: pd.DataFrame) -> live.Framed:
    """Workers at two dates, and their growth as people added, as a multiple or as a yearly rate.

    `workers`: datasets.workers(), people.
    `grown`: indicators.cagr of the rows of all sectors together.
    """
    checks.columns(workers, COUNTED, "workers")
    checks.columns(grown, GROWN, "grown")
    measures = worded(growth.MEASURES, words, growth.WORDS + "control.")
    control = choice("measure", words(growth.WORDS + "control"), measures)
    return live.explorer(growth.between(workers, grown, words), words, [control])


def growth_path(words: Words, workers: pd.DataFrame, grown: pd.DataFrame) -> live.Framed:
    """A toy: assume a value for the year that is only drawn, and see which growth it changes.

    `workers`, `grown`: as for `worker_growth`.
    """
    checks.columns(workers, COUNTED, "workers")
    checks.columns(grown, GROWN, "grown")
    names = dict(zip(workers["region"], workers[f"name_{words.lang}"], strict=True))
    regions = [[region, names[region]] for region in grown["region"]]
    at = WORDS + "path.control"
    controls = [
        choice("region", words("common.region"), regions),
        slider("share", words(at), (0, 100), 50, says=words(at + ".says"), step=5),
    ]
    return live.explorer(path.through(workers, grown, words), words, controls)


def lost_value(words: Words, counts: pd.DataFrame, readings: pd.DataFrame) -> live.Framed:
    """Establishments by sector with one value lost: as printed, and in four readings.

    `counts`: datasets.establishments(). `readings`: datasets.establishment_readings().
    """
    checks.columns(counts, PLACES, "counts")
    wanted = ["reading", "region", "sector", "establishments", "is_lost", "source"]
    checks.columns(readings, wanted, "readings")
    control = choice("reading", words(WORDS + "lost.control"), lost.options(readings, words))
    return live.explorer(lost.by_reading(counts, readings, words), words, [control])


def site_area(words: Words, counts: pd.DataFrame) -> live.Framed:
    """Number and mean size as the sides of two rectangles; borrow either side from the other.

    `counts`: datasets.establishments(), with the mean site area in m2.
    """
    checks.columns(counts, PLACES, "counts")
    sides = worded(area.BORROWED, words, area.WORDS + "control.")
    control = choice("borrow", words(area.WORDS + "control"), sides)
    return live.explorer(area.rectangles(counts, words), words, [control])
