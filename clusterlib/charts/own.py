"""Location quotients of a table that a learner brought: one industry at a time, in rank order."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import indicators
from clusterlib.charts import ranked
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.i18n import Words

WORDS = "lesson3.own."
TOP = 17


def quotients(matrix: pd.DataFrame, names: dict[str, str], words: Words) -> Figure:
    """The regions of the learner's own table by the quotient of the industry that is chosen.

    Parameters
    ----------
    matrix : frame
        Regions by industries, counts or money; the sum of its rows stands for the nation.
    names : mapping
        What to call each region.
    words : Words
        The reader's language.
    """
    found = indicators.location_quotient(matrix)

    def respond(values: dict[str, Any]) -> Content:
        known = found[values["industry"]].dropna().sort_values(ascending=False)
        rows = [
            {
                "name": names.get(place, str(place)),
                "lq": lq,
                "low": None,
                "high": None,
                "edge": lq,
                "side": "over" if lq > 1 else "under",
                "text": words.say(lq, "decimal2"),
                "tip": words.say(lq, "decimal2"),
            }
            for place, lq in known[known > 0].head(TOP).items()
        ]
        said = {"industry": values["industry"], "n": int((known > 1).sum()), "total": len(known)}
        columns = [Column("name", words("common.region")), Column("lq", "LQ", "decimal2")]
        return Content(
            rows={"ranked": rows, "cut": [{"at": 1}]},
            reading=words(WORDS + "reading"),
            **{part: words(WORDS + part, **said) for part in ("title", "subtitle", "alt")},
            **tabled(rows, columns, words),
        )

    return Figure(
        id="3.own",
        charts=lambda: [ranked.dots("LQ")],
        content=respond({"industry": matrix.columns[0]}),
        sources=words("lesson3.density.own"),
        respond=respond,
    )
