"""A counter-case of the location quotient: a tiny base makes it large."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, indicators, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.charts.municipal import Municipal
from clusterlib.charts.ranked import quotient_axis
from clusterlib.i18n import Words

WORDS = "lesson3.tiny."
TOP = 10
SHOWN = ("lq", "economy", "kind", "label", "tip")


def funnel(frame: pd.DataFrame, start: dict[str, Any], words: Words) -> Figure:
    """Quotient against the size of the whole economy; places below a floor can be left out.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added.
    start : mapping
        activity, floor (the least size of a place's economy, million won) at the beginning.
    words : Words
        The reader's language.
    """
    table = Municipal(frame, words)
    year = max(table.years)
    matrix = table.matrix(year)
    economy, quotients = matrix.sum(axis=1), indicators.location_quotient(matrix)

    def respond(values: dict[str, Any]) -> Content:
        activity, floor = values["activity"], float(values["floor"])
        rows = _places(table, quotients[activity], matrix[activity], economy, floor, words)
        return _content(rows, table.said(activity), year, floor, words)

    return Figure(
        id="3.tiny",
        charts=lambda: [_funnel(words)],
        content=respond(start),
        sources=datasets.citation(frame, words.lang),
        respond=respond,
    )


def _places(
    table: Municipal,
    quotients: pd.Series,
    sizes: pd.Series,
    economy: pd.Series,
    floor: float,
    words: Words,
) -> list[dict[str, Any]]:
    """One row a place that has some of the activity, from the highest quotient down."""
    per, left = int(words("lesson3.money.per")), TOP
    known = quotients[quotients > 0].sort_values(ascending=False)
    own, every, whole = sizes.to_dict(), economy.to_dict(), sizes.sum()
    quarter = economy[known.index].quantile(0.25)
    rows = []
    for code, lq in known.items():
        kind = "out" if every[code] < floor else "first" if left else "other"
        left -= kind == "first"
        name = table.name(code)
        amounts = {"amount": own[code] / per, "economy": every[code] / per}
        said = {"own": amounts["amount"], "economy": amounts["economy"]}
        rows.append(
            {
                "name": name,
                "lq": lq,
                **amounts,
                "kind": kind,
                "share": 100 * own[code] / whole,
                "quarter": every[code] <= quarter,
                "label": name if kind == "first" else "",
                "tip": words(WORDS + "tip", name=name, lq=lq, **said),
            }
        )
    return rows


def _content(
    rows: list[dict[str, Any]], activity: dict[str, str], year: int, floor: float, words: Words
) -> Content:
    first = [row for row in rows if row["kind"] == "first"]
    best = first[0]
    said = {
        **activity,
        "year": year,
        "n": len(first),
        "small": sum(row["quarter"] for row in first),
        "share": sum(row["share"] for row in first),
        "out": sum(row["kind"] == "out" for row in rows),
        "under": words(f"lesson3.control.floor.{floor:.0f}"),
        "best": best["name"],
        "lq": best["lq"],
        "own": best["amount"],
        "economy": best["economy"],
        "one": best["share"],
    }
    columns = [
        Column("name", words("common.region")),
        Column("lq", "LQ", "decimal2"),
        *texts.columns(words, WORDS, amount="count", economy="count"),
    ]
    shown = [{name: row[name] for name in SHOWN} for row in rows]
    return Content(
        rows={"places": shown, "cut": [{"at": 1}]},
        key=texts.key(words, WORDS, first=("capital", "◆"), other=("edge", "●"), out=("line", "●")),
        **texts.sentences(words, WORDS, said, reading=["top", "floor"] if floor else "top"),
        **tabled(rows, columns, words),
    )


def _funnel(words: Words) -> alt.LayerChart:
    wide = alt.Scale(type="log", nice=False, padding=20)
    across = alt.X("economy:Q", scale=wide, axis=alt.Axis(title=words(WORDS + "axis"), tickCount=4))
    quotient = quotient_axis("LQ")
    up = alt.Y("lq:Q", **quotient)
    base = chart_of("places").encode(x=across, y=up)
    dots = base.mark_point(filled=True, size=60, opacity=0.9).encode(
        color=looks.colour("kind", {"out": "line", "other": "edge", "first": "capital"}),
        shape=looks.shape("kind", {"out": "circle", "other": "circle", "first": "diamond"}),
        tooltip="tip:N",
    )
    one = chart_of("cut").mark_rule(color=theme.colour("edge"))
    first = base.transform_window(
        place="row_number()", sort=[alt.SortField("lq", order="descending")], groupby=["kind"]
    ).transform_filter("datum.label && datum.place === 1")
    names = first.mark_text(align="left", dx=9, fontWeight=600)
    return alt.layer(
        one.encode(y=alt.Y("at:Q", **quotient)),
        dots,
        names.encode(text="label:N"),
    ).properties(height=400)
