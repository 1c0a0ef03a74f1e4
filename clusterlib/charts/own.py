"""Location quotients of a table that a learner brought: one industry at a time, in rank order."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import indicators
from clusterlib.charts import ranked, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.i18n import Words

WORDS = "lesson3.own."
TOP = 17


def quotients(
    matrix: pd.DataFrame, names: dict[str, str], start: dict[str, Any], words: Words
) -> Figure:
    """The regions of the learner's own table by the quotient of the industry that is chosen.

    Parameters
    ----------
    matrix : frame
        Regions by industries, counts or money; the sum of its rows stands for the nation.
    names : mapping
        What to call each region.
    start : mapping
        industry, case_own (the value that makes one independent case; 0 draws no range) at the
        beginning.
    words : Words
        The reader's language.
    """

    def respond(values: dict[str, Any]) -> Content:
        industry, case = values["industry"], int(values["case_own"])
        found = indicators.lq_interval(matrix, per_case=case or 1)
        found = found[found.index.get_level_values(1) == industry].droplevel(1)
        known = found[found["lq"].notna()].sort_values("lq", ascending=False)
        said = {
            "industry": industry,
            "n": int((known["lq"] > 1).sum()),
            "sure": int((known["low"] > 1).sum()),
            "total": len(known),
            "case": case,
        }
        shown = known[known["lq"] > 0].head(TOP)
        rows = [
            ranked.row(names.get(place, str(place)), lq, ends if case else None, 1, words)
            for place, lq, *ends in shown.itertuples()
        ]
        return _content(rows, said, words)

    return Figure(
        id="3.own",
        charts=lambda: [ranked.dots("LQ")],
        content=respond(start),
        sources=words("lesson3.density.own"),
        respond=respond,
    )


def _content(rows: list[dict[str, Any]], said: dict[str, Any], words: Words) -> Content:
    columns = [Column("name", words("common.region")), Column("lq", "LQ", "decimal2")]
    if said["case"]:
        columns += texts.columns(words, "lesson3.quotients.", low="decimal2", high="decimal2")
    return Content(
        rows={"ranked": rows, "cut": [{"at": 1}]},
        key=texts.key(words, WORDS, said, range=("assumed", "line")) if said["case"] else (),
        **texts.sentences(words, WORDS, said, reading=["", "sure"] if said["case"] else ""),
        **tabled(rows, columns, words),
    )
