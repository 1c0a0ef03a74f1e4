"""Explorers of lesson 4 on getting about: times on their own bases, and the places on a map."""

from __future__ import annotations

import pandas as pd

from clusterlib import live
from clusterlib.charts import travel
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.maps import institutions as mapped

WORDS = "lesson4.travel."
WANTED = ["trip", "from", "to", "mode", "minutes", "bound", "date", "basis", "planned_for"]


def travel_times(words: Words, times: pd.DataFrame) -> live.Framed:
    """Minutes between places of the two clusters, one basis at a time.

    Parameters
    ----------
    words : Words
        The reader's language.
    times : frame
        datasets.travel_times().
    """
    checks.columns(times, [*WANTED, "interview", "source"], "times")
    figure = travel.times(times, words)
    return live.explorer(figure, words, [_basis(times, words, figure.start["basis"])])


def institutions(words: Words, places: pd.DataFrame, times: pd.DataFrame) -> live.Framed:
    """The institutions at approximate places, with the times of one basis on straight lines.

    Parameters
    ----------
    words : Words
        The reader's language.
    places : frame
        datasets.places().
    times : frame
        datasets.travel_times().
    """
    checks.columns(places, ["place", "region", "lat", "lon", "precision_m", "source"], "places")
    checks.columns(times, [*WANTED, "interview", "source"], "times")
    figure = mapped.with_times(places, times, words)
    shown = times[times["basis"].isin(mapped.bases(places, times))]
    return live.explorer(figure, words, [_basis(shown, words, figure.start["basis"])])


def _basis(times: pd.DataFrame, words: Words, value: str) -> dict[str, object]:
    named = times.drop_duplicates("basis")
    return {
        "id": "basis",
        "kind": "select",
        "label": words(WORDS + "control.basis"),
        "value": value,
        "options": [
            list(p) for p in zip(named["basis"], named[f"basis_{words.lang}"], strict=True)
        ],
        "step": True,
        "words": words.group(WORDS + "control."),
    }
