"""The three stars of a cluster: who earns which, and who loses one when a line moves."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from clusterlib import datasets, indicators
from clusterlib.charts import alt, looks, ranked, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.municipal import Municipal, by_activity
from clusterlib.i18n import Words

WORDS = "lesson3.stars."
STARS = ("size", "lq", "focus")
NAMED = 6  # places with all stars that the reading names
ROWS = 15
STEP = 27


def earned(frame: pd.DataFrame, start: dict[str, Any], words: Words) -> Figure:
    """Places of one activity by their stars, under lines that the reader sets.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added.
    start : mapping
        activity, unit, top (the share of places that counts as the top), least (the quotient
        that earns a star) at the beginning.
    words : Words
        The reader's language.
    """
    table = Municipal(frame, words)
    year = max(table.years)

    @cache
    def found(unit: str, top: float, least: float) -> dict[str, pd.DataFrame]:
        return by_activity(indicators.cluster_stars(table.matrix(year, unit), top, least))

    def respond(values: dict[str, Any]) -> Content:
        every = found(values["unit"], float(values["top"]), float(values["least"]))
        return _content(table, every[values["activity"]], {**values, "year": year}, words)

    return Figure(
        id="3.stars",
        charts=lambda: [_chart(words)],
        content=respond(start),
        sources=datasets.citation(frame, words.lang),
        respond=respond,
    )


def _content(table: Municipal, own: pd.DataFrame, state: dict[str, Any], words: Words) -> Content:
    ordered = own.sort_values(["stars", "size"], ascending=False)
    counts = own["stars"].value_counts()
    best = ordered.iloc[0]
    said = {
        "year": state["year"],
        **table.said(state["activity"]),
        "unit": words(f"lesson3.unit.{state['unit']}"),
        "top": f"{100 * float(state['top']):g}",
        "least": words.say(float(state["least"]), "decimal2"),
        "n": int(own["lq"].notna().sum()),
        **{f"n{k}": int(counts.get(k, 0)) for k in range(4)},
        **{name: int(own[f"star_{name}"].sum()) for name in STARS},
        "first": table.name(ordered.index[0]),
        "first_stars": int(best["stars"]),
        "names": _named(table, ordered.index[ordered["stars"] == 3], words),
    }
    starred = ordered[ordered["stars"] > 0]
    per = int(words("lesson3.money.per"))
    rows = starred.assign(
        name=[table.name(p) for p in starred.index],
        money=lambda r: r["size"] / per,
        percent=lambda r: 100 * r["focus"],
    )
    end = "" if said["n3"] else "none"
    return Content(
        rows={"stars": _cells(table, starred.head(ROWS), per, words)},
        key=texts.key(words, WORDS, on=("warn", "★"), off=("edge", "☆")),
        **texts.sentences(words, WORDS, said, title=end, reading=end),
        **tabled(rows, _columns(words), words),
    )


def _named(table: Municipal, places: pd.Index, words: Words) -> str:
    """The first places by name, and how many more there are."""
    shown = ", ".join(table.name(place) for place in places[:NAMED])
    more = len(places) - NAMED
    return words(WORDS + "more", names=shown, n=more) if more > 0 else shown


def _cells(table: Municipal, shown: pd.DataFrame, per: int, words: Words) -> list[dict[str, Any]]:
    """One mark a place and criterion, with the value that earned the star or missed it."""
    cells = []
    for place, row in shown.to_dict("index").items():
        values = {
            "size": words(WORDS + "value.size", n=row["size"] / per),
            "lq": words.say(row["lq"], "decimal2"),
            "focus": words.say(100 * row["focus"], "percent"),
        }
        cells += [
            {
                "name": table.name(place),
                "criterion": words(WORDS + f"criterion.{star}"),
                "star": "★" if row[f"star_{star}"] else "☆",
                "on": bool(row[f"star_{star}"]),
                "text": values[star],
            }
            for star in STARS
        ]
    return cells


def _columns(words: Words) -> list[Column]:
    return [
        Column("name", words("common.region")),
        Column("stars", words(WORDS + "column.stars"), "count"),
        Column("money", words("lesson3.money.unit"), "count"),
        Column("lq", "LQ", "decimal2"),
        Column("percent", words(WORDS + "column.focus"), "decimal1"),
    ]


def _chart(words: Words) -> alt.LayerChart:
    heads = ranked.named(orient="top", labelAngle=0)
    order = [words(WORDS + f"criterion.{star}") for star in STARS]
    base = looks.rows_of("stars", axis=ranked.named())
    base = base.encode(x=alt.X("criterion:N", sort=order, axis=heads))
    shade = looks.colour("on", {True: "warn", False: "edge"})
    stars = base.mark_text(align="right", dx=-4, fontSize=18)
    # On a phone the stars stand alone: the values are in the table.
    room = alt.expr("width < 420 ? 0 : 1")
    values = base.mark_text(align="left", dx=3, fontSize=13, opacity=room)
    return alt.layer(
        stars.encode(text="star:N", color=shade), values.encode(text="text:N")
    ).properties(height=alt.Step(STEP))
