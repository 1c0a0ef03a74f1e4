"""Explorers of lesson 1 on output, venture money, head offices and one plant."""

from __future__ import annotations

import pandas as pd

from clusterlib import datasets, live
from clusterlib.charts import headquarters as offices
from clusterlib.charts import output
from clusterlib.charts import plant as works
from clusterlib.charts import venture as money
from clusterlib.i18n import Words
from clusterlib.indicators import checks

WORDS = "lesson1."


def grdp_per_head(words: Words, relative: pd.DataFrame) -> live.Framed:
    """Output per head of every province against the nation; put one in front of the others.

    Parameters
    ----------
    words : Words
        The reader's language.
    relative : frame
        indicators.relative_to_nation(datasets.grdp_per_head()), nation = 100.
    """
    wanted = ["year", "region", f"name_{words.lang}", "includes", "relative", "source"]
    checks.columns(relative, wanted, "relative")
    regions = datasets.regions(own=True)
    figure = output.per_head(relative, regions, words)
    chosen = regions["region"].isin(relative["region"]) & regions["kind"].isin(["province", "own"])
    provinces = regions[chosen]
    pairs = zip(provinces["region"], provinces[f"name_{words.lang}"], strict=True)
    control = {
        "id": "province",
        "kind": "select",
        "label": words(WORDS + "grdp.control.province"),
        "value": output.highest(relative),
        "options": [list(pair) for pair in pairs],
    }
    return live.explorer(figure, words, [control])


def venture(words: Words, frame: pd.DataFrame) -> live.Framed:
    """Venture money: the capital region's share by every count, and the latest amounts.

    Parameters
    ----------
    words : Words
        The reader's language.
    frame : frame
        datasets.venture_investment(): shares in percent, amounts in 100 million won.
    """
    wanted = ["period", "group", "region", "indicator", "series", "value", "unit", "source"]
    checks.columns(frame, wanted, "frame")
    return live.explorer(money.shares_and_amounts(frame, datasets.regions(), words), words)


def headquarters(words: Words, frame: pd.DataFrame) -> live.Framed:
    """Head offices of the largest firms, a list at a time, since the lists cannot be joined.

    Parameters
    ----------
    words : Words
        The reader's language.
    frame : frame
        datasets.headquarters(), firms.
    """
    wanted = ["list", "year", "list_size", "group", "region", "is_capital", "headquarters"]
    checks.columns(frame, [*wanted, "source"], "frame")
    lists = offices.lists(frame, datasets.regions(), words)
    control = {
        "id": "list",
        "kind": "select",
        "label": words(WORDS + "offices.control.list"),
        "value": offices.first_whole(lists),
        "options": [[name, each["name"]] for name, each in lists.items()],
        "step": True,
        "words": words.group(WORDS + "offices.control."),
    }
    return live.explorer(offices.by_list(frame, lists, words), words, [control])


def plant(words: Words, frame: pd.DataFrame) -> live.Framed:
    """The last years of the Gunsan car plant; two of them known as a range only.

    Parameters
    ----------
    words : Words
        The reader's language.
    frame : frame
        datasets.gunsan_output(), thousand cars a year.
    """
    checks.columns(frame, ["year", "region", "cars_thousand", "low", "high", "source"], "frame")
    end = works.closing(frame, datasets.policy_events())
    return live.explorer(works.last_years(frame, end, words), words)
