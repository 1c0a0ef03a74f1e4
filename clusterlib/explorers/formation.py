"""Explorers of lesson 2: how two clusters formed, by whom, in what order and where."""

from __future__ import annotations

import pandas as pd

from clusterlib import datasets, live
from clusterlib.charts import formation
from clusterlib.charts import formation_lags as lags
from clusterlib.charts import formation_led as led
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.maps import arrivals

ENTRY = ["event", "region", "year", "actor", "kind", "site", "place", "note", "source"]


def formation_timeline(words: Words, events: pd.DataFrame, notes: pd.DataFrame) -> live.Framed:
    """Every entry of both timelines on one axis, to filter by actor, era and region.

    Parameters
    ----------
    words : Words
        The reader's language.
    events : frame
        datasets.formation_events().
    notes : frame
        datasets.formation_notes(), what to know about single entries.
    """
    checks.columns(events, ENTRY, "events")
    checks.columns(notes, ["note", "source"], "notes")
    every = ["all", words("lesson2.timeline.control.all")]
    known = {"actor": formation.actors(events, words), "era": formation.eras(words)}
    controls = [
        *(
            {
                "id": by,
                "kind": "select",
                "label": words(f"lesson2.timeline.control.{by}"),
                "value": "all",
                "options": [every, *map(list, names.items())],
            }
            for by, names in known.items()
        ),
        {
            "id": "region",
            "label": words("common.region"),
            "value": "all",
            "options": [every, *map(list, formation.named(events, words).items())],
        },
    ]
    return live.explorer(formation.both(events, notes, words), words, controls)


def formation_led(words: Words, events: pd.DataFrame) -> live.Framed:
    """Entries counted by region, era and actor; where the unknown level of government is counted.

    Parameters
    ----------
    words : Words
        The reader's language.
    events : frame
        datasets.formation_events().
    """
    checks.columns(events, ENTRY, "events")
    options = [[name, words(f"lesson2.led.control.{name}")] for name in led.READINGS]
    control = {
        "id": "open",
        "label": words("lesson2.led.control"),
        "value": options[0][0],
        "options": options,
    }
    return live.explorer(led.by_era(events, words), words, [control])


def formation_lags(words: Words, events: pd.DataFrame, workers: pd.DataFrame) -> live.Framed:
    """From plan or designation to completion to the first institution, site by site.

    Parameters
    ----------
    words : Words
        The reader's language.
    events : frame
        datasets.formation_events().
    workers : frame
        datasets.workers(), people.
    """
    checks.columns(events, ENTRY, "events")
    checks.columns(workers, ["region", "year", "sector", "workers", "source"], "workers")
    options = [[axis, words(f"lesson2.lags.control.{axis}")] for axis in lags.STEPS]
    control = {
        "id": "axis",
        "label": words("lesson2.lags.control"),
        "value": options[0][0],
        "options": options,
    }
    return live.explorer(lags.by_site(events, workers, words), words, [control])


def formation_map(words: Words, events: pd.DataFrame, places: pd.DataFrame) -> live.Framed:
    """Where the institutions came, year by year, as rings of what is not known of their places.

    Parameters
    ----------
    words : Words
        The reader's language.
    events : frame
        datasets.formation_events().
    places : frame
        datasets.places(), degrees and metres.
    """
    checks.columns(events, ENTRY, "events")
    checks.columns(places, ["place", "lat", "lon", "precision_m", "source"], "places")
    first, last = arrivals.period(events)
    control = {
        "id": "year",
        "label": words("common.year"),
        "value": last,
        "min": first,
        "max": last,
        "says": words("lesson2.map.control.says"),
        "play": True,
    }
    return live.explorer(
        arrivals.by_year(events, places, datasets.regions(), words), words, [control]
    )
