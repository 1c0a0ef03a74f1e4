"""Explorers of lesson 1: who moves, how old the regions are, where the nation's people live."""

from __future__ import annotations

import pandas as pd

from clusterlib import live
from clusterlib.charts import people, people_risk, people_share
from clusterlib.i18n import Words
from clusterlib.indicators import checks


def youth(words: Words, frame: pd.DataFrame) -> live.Framed:
    """Gains and losses of the provinces, for all ages or for the young.

    Parameters
    ----------
    words : Words
        The reader's language.
    frame : frame
        datasets.youth_net_migration(), people a year.
    """
    wanted = ["year", "region", "age_group", "net_migration", "source"]
    checks.columns(frame, wanted, "youth")
    checks.one_row_each(frame, wanted[:3], "youth")
    figure = people.youth(frame, words)
    control = {
        "id": "age",
        "label": words(people.WORDS + "control"),
        "value": figure.start["age"],
        "options": [[age, words(f"{people.WORDS}age.{age}")] for age in people.ages(frame)],
    }
    return live.explorer(figure, words, [control])


def extinction(words: Words, classes: pd.DataFrame) -> live.Framed:
    """The extinction-risk index of each province among its classes.

    Parameters
    ----------
    words : Words
        The reader's language.
    classes : frame
        indicators.extinction_class(datasets.extinction_risk()).
    """
    wanted = ["month", "region", "risk_index", "extinction_class", "source"]
    checks.columns(classes, wanted, "classes")
    return live.explorer(people_risk.extinction(classes, words), words)


def population_share(words: Words, frame: pd.DataFrame) -> live.Framed:
    """The capital region's share of the nation's people, by kind of source.

    Parameters
    ----------
    words : Words
        The reader's language.
    frame : frame
        datasets.capital_population_share(), %.
    """
    wanted = ["year", "basis", "share_pct", "source", "confidence"]
    checks.columns(frame, wanted, "frame")
    checks.one_row_each(frame, ["year", "basis"], "frame")
    return live.explorer(people_share.population_share(frame, words), words)
