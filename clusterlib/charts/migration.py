"""Charts of people moving between the capital region and the rest of the country."""

from __future__ import annotations

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words


def first_look(flows: pd.DataFrame, words: Words) -> Figure:
    """The balance of each year as a bar, the years of loss marked.

    Parameters
    ----------
    flows : frame
        The table capital_migration: year, net_migration (people).
    words : Words
        The reader's language.
    """
    return Figure(
        id="0.first_look",
        charts=lambda: [_bars(words)],
        content=_first_look(flows, words),
        sources=datasets.citation(flows, words.lang),
    )


def _first_look(flows: pd.DataFrame, words: Words) -> Content:
    lost = flows[flows["net_migration"] < 0]
    said = {
        "n": len(lost),
        "total": len(flows),
        "first": flows["year"].min(),
        "last": flows["year"].max(),
        "years": ", ".join(str(year) for year in lost["year"]),
        "peak": flows["net_migration"].max(),
        "peak_year": flows.loc[flows["net_migration"].idxmax(), "year"],
        "latest": flows["net_migration"].iloc[-1],
    }
    columns = [
        Column("year", words("common.year")),
        Column("net_migration", words("lesson0.first_look.column"), "count"),
    ]
    return Content(
        rows={"flows": _marked(flows, words)},
        **texts.sentences(words, "lesson0.first_look.", said),
        **tabled(flows, columns, words),
    )


def _marked(flows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The rows of the view: scaled values, the side they fall on, words for the pointer."""
    lost = flows["net_migration"] < 0
    return pd.DataFrame(
        {
            "year": flows["year"],
            "shown": flows["net_migration"] / words.scale,
            "side": lost.map({True: "lost", False: "gained"}),
            "label": flows["year"].astype(str).where(lost, ""),
            "tip": [
                words("lesson0.first_look.tip", year=year, n=n)
                for year, n in zip(flows["year"], flows["net_migration"], strict=True)
            ],
        }
    )


def _bars(words: Words) -> alt.LayerChart:
    base = chart_of("flows").encode(
        x=alt.X(
            "year:O", axis=alt.Axis(title=None, labelAngle=0, values=list(range(1970, 2030, 10)))
        ),
        y=alt.Y("shown:Q", axis=alt.Axis(title=words("common.axis.people"), tickCount=6)),
    )
    sides = looks.colour("side", {"gained": "capital", "lost": "rest"})
    bars = base.mark_bar().encode(color=sides, tooltip="tip:N")
    # The second cue for the years of loss: they hang below the line and carry their year.
    names = base.mark_text(baseline="top", dy=4, angle=270, align="right", dx=-4).encode(
        text="label:N", y=alt.Y("shown:Q")
    )
    zero = alt.Chart().mark_rule(color=theme.colour("edge")).encode(y=alt.datum(0))
    return alt.layer(bars, names, zero).properties(height=320)
