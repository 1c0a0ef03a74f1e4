"""Explorers of lesson 2: how much grew between two dates, and what a printed row leaves open."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import live
from clusterlib.charts import growth
from clusterlib.charts import growth_path as path
from clusterlib.charts import lost_value as lost
from clusterlib.charts import site_area as area
from clusterlib.i18n import Words
from clusterlib.indicators import checks

COUNTED = ["region", "year", "sector", "workers", "printed", "source"]
GROWN = ["region", "first", "last", "first_value", "last_value", "years", "change", "fold", "cagr"]
PLACES = ["region", "sector", "labelled", "establishments", "site_area_mean", "source"]


def worker_growth(words: Words, workers: pd.DataFrame, grown: pd.DataFrame) -> live.Framed:
    """Workers at two dates, and their growth as people added, as a multiple or as a yearly rate.

    Parameters
    ----------
    words : Words
        The reader's language.
    workers : frame
        datasets.workers(), people.
    grown : frame
        indicators.cagr of the rows of all sectors together.
    """
    checks.columns(workers, COUNTED, "workers")
    checks.columns(grown, GROWN, "grown")
    return live.explorer(
        growth.between(workers, grown, words),
        words,
        [_choice("measure", list(growth.MEASURES), growth.WORDS, words)],
    )


def growth_path(words: Words, workers: pd.DataFrame, grown: pd.DataFrame) -> live.Framed:
    """A toy: assume a value for the year that is only drawn, and see which growth it changes.

    Parameters
    ----------
    words : Words
        The reader's language.
    workers : frame
        datasets.workers(), people.
    grown : frame
        indicators.cagr of the rows of all sectors together.
    """
    checks.columns(workers, COUNTED, "workers")
    checks.columns(grown, GROWN, "grown")
    names = dict(zip(workers["region"], workers[f"name_{words.lang}"], strict=True))
    controls = [
        {
            "id": "region",
            "label": words("common.region"),
            "value": grown["region"].iloc[0],
            "options": [[region, names[region]] for region in grown["region"]],
        },
        {
            "id": "share",
            "label": words("lesson2.path.control"),
            "value": 50,
            "min": 0,
            "max": 100,
            "step": 5,
            "says": words("lesson2.path.control.says"),
        },
    ]
    return live.explorer(path.through(workers, grown, words), words, controls)


def lost_value(words: Words, counts: pd.DataFrame, readings: pd.DataFrame) -> live.Framed:
    """Establishments by sector with one value lost: as printed, and in four readings.

    Parameters
    ----------
    words : Words
        The reader's language.
    counts : frame
        datasets.establishments().
    readings : frame
        datasets.establishment_readings().
    """
    checks.columns(counts, PLACES, "counts")
    wanted = ["reading", "region", "sector", "establishments", "is_lost", "source"]
    checks.columns(readings, wanted, "readings")
    options = lost.options(readings, words)
    control = {
        "id": "reading",
        "label": words("lesson2.lost.control"),
        "value": options[0][0],
        "options": options,
    }
    return live.explorer(lost.by_reading(counts, readings, words), words, [control])


def site_area(words: Words, counts: pd.DataFrame) -> live.Framed:
    """Number and mean size as the sides of two rectangles; borrow either side from the other.

    Parameters
    ----------
    words : Words
        The reader's language.
    counts : frame
        datasets.establishments(), with the mean site area in m2.
    """
    checks.columns(counts, PLACES, "counts")
    return live.explorer(
        area.rectangles(counts, words),
        words,
        [_choice("borrow", list(area.BORROWED), area.WORDS, words)],
    )


def _choice(name: str, values: list[str], group: str, words: Words) -> dict[str, Any]:
    return {
        "id": name,
        "label": words(f"{group}control"),
        "value": values[0],
        "options": [[value, words(f"{group}control.{value}")] for value in values],
    }
