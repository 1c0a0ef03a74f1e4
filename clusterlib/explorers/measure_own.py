"""The measures of lesson 3 on a file of the learner's own: points or regions by industries."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import live
from clusterlib.charts import own as charted
from clusterlib.errors import KitError
from clusterlib.explorers.measure import choice, listed, shown
from clusterlib.explorers.measure_space import density
from clusterlib.explorers.own import own_file
from clusterlib.i18n import Words, explain
from clusterlib.upload import Place, said_place


def own_measure(words: Words) -> Any:
    """A place to drop a file; once confirmed, its density or its quotients appear below it."""
    from ipywidgets import HTML, VBox

    own = own_file(words)
    below = VBox()

    def show(frame: pd.DataFrame) -> None:
        try:
            below.children = (measured(words, frame, own.upload),)
        except KitError as error:
            below.children = (HTML(explain(error, words.lang)),)

    own.on_frame(show)
    return VBox([own, below])


def measured(words: Words, frame: pd.DataFrame, upload: Any) -> live.Framed:
    """The figure that a frame allows: density where it has points, else quotients."""
    if {"lon", "lat"} <= set(frame):
        points = upload.points.rename(columns={"value": "workers"})
        return density(words, points.drop(columns=["source", "sector"], errors="ignore"))
    matrix = upload.matrix()
    key = matrix.index.name
    labels = named(frame, key, words.lang)
    options = [[name, str(name)] for name in matrix.columns]
    controls = [
        listed("industry", options, words, matrix.columns[0]),
        choice("case_own", ("0", "1", "10", "100"), words, "1"),
    ]
    return shown(charted.quotients, words, controls, matrix, labels)


def named(frame: pd.DataFrame, key: str, lang: str) -> dict[str, str]:
    """The names of places as a reader knows them: a file may write whole addresses."""
    about = frame.drop_duplicates(key)
    codes = about["municipality"] if key == "municipality" else [""] * len(about)
    places = map(Place, about["region"], codes)
    return {at: said_place(place, lang) for at, place in zip(about[key], places, strict=True)}
