"""Where to cut: one line for all activities beside one fitted to each, and what both pick."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from clusterlib import datasets, indicators, theme
from clusterlib.charts import alt, looks, ranked, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.labels import beside
from clusterlib.charts.looks import chart_of
from clusterlib.charts.municipal import Municipal
from clusterlib.i18n import Words

WORDS = "lesson3.cuts."
BINS = 28
STEP = 23


def plain_and_standardised(frame: pd.DataFrame, start: dict[str, Any], words: Words) -> Figure:
    """How many places each cut picks in every activity, and the spread of one of them.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added.
    start : mapping
        activity, unit, least (the plain cut), form ("plain" or "log") at the beginning.
    words : Words
        The reader's language.
    """
    table = Municipal(frame, words)
    year = max(table.years)

    @cache
    def measured(unit: str, form: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        matrix = table.matrix(year, unit)
        scores = indicators.standardised_lq(matrix, log=form == "log")
        return indicators.location_quotient(matrix), scores

    def respond(values: dict[str, Any]) -> Content:
        quotients, scores = measured(values["unit"], values["form"])
        return _content(table, quotients, scores, {**values, "year": year}, words)

    return Figure(
        id="3.cuts",
        charts=lambda: [_counts(words), _spread(words)],
        content=respond(start),
        sources=datasets.citation(frame, words.lang),
        respond=respond,
    )


def _content(
    table: Municipal,
    quotients: pd.DataFrame,
    scores: pd.DataFrame,
    state: dict[str, Any],
    words: Words,
) -> Content:
    picked = quotients > state["least"]
    fitted = scores > indicators.CUT
    rows = pd.DataFrame(
        {
            "activity": picked.columns,
            "name": [table.brief[a] for a in picked],
            "plain": picked.sum().to_numpy(),
            "fitted": fitted.sum().to_numpy(),
            "both": (picked & fitted).sum().to_numpy(),
            "at": [_fitted_cut(quotients[a], state["form"]) for a in picked],
        }
    ).sort_values("plain", ascending=False, ignore_index=True)
    rows["chosen"] = rows["activity"] == state["activity"]
    own = rows[rows["chosen"]].iloc[0]
    most, least = rows.iloc[0], rows.iloc[-1]
    extremes = (table.said(row["activity"])["of"] for row in (most, least))
    said = {
        "year": state["year"],
        "unit": words(f"lesson3.unit.{state['unit']}"),
        "cut": words.say(state["least"], "decimal2"),
        "z": words.say(indicators.CUT, "decimal2"),
        **table.said(state["activity"]),
        "plain": own["plain"],
        "fitted": own["fitted"],
        "both": own["both"],
        "at": own["at"],
        "total": int(quotients[state["activity"]].notna().sum()),
        **dict(zip(("most", "fewest"), extremes, strict=True)),
        "most_n": most["plain"],
        "fewest_n": least["plain"],
        "low": rows["fitted"].min(),
        "high": rows["fitted"].max(),
    }
    middle = quotients[state["activity"]].max() / 2
    ats = {"plain": state["least"], "fitted": own["at"]}
    lines = [
        {
            "at": at,
            "kind": kind,
            "text": words(WORDS + f"line.{kind}", **said),
            "flip": bool(at > middle),
        }
        for kind, at in ats.items()
    ]
    activity = Column("name", words("lesson3.activity"))
    counts = texts.columns(words, WORDS, plain="count", fitted="count", both="count", at="decimal2")
    return Content(
        rows={
            "cuts": rows,
            "bars": _bins(quotients[state["activity"]].dropna()),
            "lines": lines,
        },
        key=texts.key(words, WORDS, said, plain=("accent", "●"), fitted=("capital", "◆")),
        **texts.sentences(words, WORDS, said, subtitle=state["form"]),
        **tabled(rows, [activity, *counts], words),
    )


def _fitted_cut(quotients: pd.Series, form: str) -> float:
    """The quotient at which the standardised one passes its cut."""
    if form == "log":
        logs = np.log(quotients[quotients > 0])
        return float(np.exp(logs.mean() + indicators.CUT * logs.std()))
    return float(quotients.mean() + indicators.CUT * quotients.std())


def _bins(quotients: pd.Series) -> list[dict[str, Any]]:
    edges = np.linspace(0, quotients.max(), BINS + 1)
    counts, _ = np.histogram(quotients, edges)
    # The bar says its own foot: one drawn from 0 would be stacked by the axis' own default.
    return [
        {"from": float(low), "to": float(high), "n": int(n), "foot": 0}
        for low, high, n in zip(edges[:-1], edges[1:], counts, strict=True)
    ]


def _counts(words: Words) -> alt.LayerChart:
    base = looks.rows_of("cuts", axis=ranked.named())
    axis = alt.Axis(title=words(WORDS + "axis.places"), tickMinStep=1)
    band = base.transform_filter("datum.chosen").mark_bar(
        color=theme.colour("accent-soft"), height={"band": 1}
    )
    plain, fitted = alt.X("plain:Q", axis=axis), alt.X("fitted:Q", axis=axis)
    style = {"filled": True, "size": 110, "opacity": 1}
    return alt.layer(
        band.encode(x=alt.value(0), x2=alt.value("width")),
        base.mark_rule(color=theme.colour("edge")).encode(x=plain, x2="fitted:Q"),
        base.mark_point(shape="circle", color=theme.colour("accent"), **style).encode(x=plain),
        base.mark_point(shape="diamond", color=theme.colour("capital"), **style).encode(x=fitted),
    ).properties(height=alt.Step(STEP))


def _spread(words: Words) -> alt.LayerChart:
    places = alt.Axis(title=words(WORDS + "axis.places"), tickMinStep=1)
    across = alt.X("from:Q", axis=alt.Axis(title="LQ"), scale=alt.Scale(nice=False))
    shape = {"color": theme.colour("band"), "stroke": theme.colour("edge"), "strokeWidth": 0.8}
    bars = chart_of("bars").mark_bar(opacity=1, **shape)
    lines = chart_of("lines")
    colour = looks.colour("kind", {"plain": "accent", "fitted": "capital"})
    dash = looks.dash("kind", {"plain": [1, 0], "fitted": [6, 3]})
    height = alt.Y("kind:N", scale=alt.Scale(domain=["plain", "fitted"], range=[0, 46]), axis=None)
    said = lines.encode(x=alt.X("at:Q"), y=height, text="text:N", color=colour)
    return (
        alt.layer(
            bars.encode(x=across, x2="to:Q", y=alt.Y("n:Q", axis=places), y2="foot:Q"),
            lines.mark_rule(strokeWidth=2).encode(x=alt.X("at:Q"), color=colour, strokeDash=dash),
            *beside(said, 5, left="datum.flip", rim=4, fontWeight=600),
        )
        .resolve_scale(y="independent")
        .properties(height=300)
    )
