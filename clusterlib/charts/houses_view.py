"""How house prices are drawn: an account as dashed bars, levels as filled ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusterlib import theme
from clusterlib.charts import alt, looks
from clusterlib.charts.labels import heading, room
from clusterlib.charts.looks import chart_of

HEIGHT = 460


def home_shade(home: str) -> str:
    """The colour of the interviewee's own region, or the accent where it has none."""
    return home if home in theme.tokens()["light"] else "accent"


def account(told: list[dict[str, Any]], title: str) -> alt.LayerChart:
    """What one person said, a price a line, name over bar; fed "account"."""
    # Words stand behind their bar: only the longest bar needs its room kept free.
    values = room([max(told, key=lambda row: row["high"])["text"]], 14)
    scale = alt.Scale(rangeMin=0, rangeMax=alt.ExprRef(f"width - {values}"), nice=False)
    lines = alt.Scale(domain=[-0.8, told[-1]["slot"] + 0.8], nice=False, reverse=True)
    x = alt.X("high:Q", scale=scale, axis=None)
    base = chart_of("account").encode(alt.Y("slot:Q", scale=lines, axis=None), tooltip="tip:N")
    said = theme.colour("assumed")
    dashed = {"filled": False, "stroke": said, "strokeWidth": 1.8, "strokeDash": [5, 3]}
    return alt.layer(
        base.mark_bar(height=16, yOffset=12, **dashed).encode(x, x2=alt.datum(0)),
        base.mark_text(align="left", dx=6, dy=12, fontWeight=700, color=said).encode(
            x, text="text:N"
        ),
        base.mark_text(align="left", dy=-9).encode(x=alt.value(0), text="name:N"),
    ).properties(
        height=HEIGHT, title=heading(title, frame="bounds", offset=14), usermeta={"share": 2}
    )


def levels(series: Sequence[list[dict[str, Any]]], home: str, title: str) -> alt.LayerChart:
    """Price levels, a region a line, fed "levels"; `series` are all rows that may come."""
    every = [row for rows in series for row in rows]
    names, values = (room((row[it] for row in every), 12) for it in ("name", "text"))
    scale = alt.Scale(rangeMin=names, rangeMax=alt.ExprRef(f"width - {values}"), nice=False)
    lines = alt.Scale(padding=14, nice=False, zero=False, reverse=True)
    x = alt.X("value:Q", scale=scale, axis=None)
    base = chart_of("levels").encode(alt.Y("slot:Q", scale=lines, axis=None), tooltip="tip:N")
    sides = {"capital": "capital", "rest": "rest", "home": home_shade(home)}
    style = {"align": "left", "baseline": "middle"}
    return alt.layer(
        base.mark_bar(height=13).encode(x, x2=alt.datum(0), color=looks.colour("side", sides)),
        base.mark_text(dx=5, fontWeight=600, **style).encode(x, text="text:N"),
        base.mark_text(**style).encode(x=alt.value(0), text="name:N"),
    ).properties(
        height=HEIGHT, title=heading(title, frame="bounds", offset=14), usermeta={"share": 3}
    )
