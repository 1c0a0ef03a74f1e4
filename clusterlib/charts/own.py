"""Location quotients of a table that a learner brought: one industry at a time, in rank order."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import indicators
from clusterlib.charts import ranked
from clusterlib.charts.figure import Column, Content, Figure, Mark, tabled
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
        return _content(_ranked(known, names, case, words), said, words)

    return Figure(
        id="3.own",
        charts=lambda: [ranked.dots("LQ")],
        content=respond(start),
        sources=words("lesson3.density.own"),
        respond=respond,
    )


def _ranked(
    known: pd.DataFrame, names: dict[str, str], case: int, words: Words
) -> list[dict[str, Any]]:
    rows = []
    for place, lq, low, high in known[known["lq"] > 0].head(TOP).itertuples():
        ends = (low, high) if case else (None, None)
        name = names.get(place, str(place))
        said = words.say(lq, "decimal2")
        rows.append(
            {
                "name": name,
                "lq": lq,
                "low": ends[0],
                "high": ends[1],
                "edge": ends[1] or lq,
                "side": "over" if lq > 1 else "under",
                "text": said,
                "tip": f"{name}: LQ {said}",
            }
        )
    return rows


def _content(rows: list[dict[str, Any]], said: dict[str, Any], words: Words) -> Content:
    columns = [Column("name", words("common.region")), Column("lq", "LQ", "decimal2")]
    key, parts = [], ["reading"]
    if said["case"]:
        parts.append("reading.sure")
        key.append(Mark(words(WORDS + "key.range", **said), "assumed", "line"))
        ends = ("low", "high")
        columns += [
            Column(end, words(f"lesson3.quotients.column.{end}"), "decimal2") for end in ends
        ]
    return Content(
        rows={"ranked": rows, "cut": [{"at": 1}]},
        reading=" ".join(words(WORDS + part, **said) for part in parts),
        key=key,
        **{part: words(WORDS + part, **said) for part in ("title", "subtitle", "alt")},
        **tabled(rows, columns, words),
    )
