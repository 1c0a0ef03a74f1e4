"""How venture money is drawn: shares as points of several shapes, amounts as bars with headings."""

from __future__ import annotations

from typing import Any

from clusterlib import theme
from clusterlib.charts import alt, looks
from clusterlib.charts.labels import heading, room
from clusterlib.charts.looks import chart_of

HEIGHT = 430
# One colour and one shape a count, in order of how many values it gives.
LOOKS = (("capital", "circle", "●"), ("ink", "diamond", "◆"), ("muted", "square", "■"))


def look(rank: int) -> tuple[str, str, str]:
    """Colour, shape and sign of the key of a count, by its rank."""
    return LOOKS[min(rank, len(LOOKS) - 1)]


def points(shares: list[dict[str, Any]], title: str) -> alt.LayerChart:
    """Each share at its date; `shares` are the rows that the view will get."""
    years = sorted({int(row["period"][:4]) for row in shares})
    quiet = {"domain": False, "ticks": False, "title": None}
    time = alt.X(
        "at:Q",
        scale=alt.Scale(domain=[years[0] + 0.1, years[-1] + 0.9], nice=False, zero=False),
        axis=alt.Axis(
            values=[year + 0.5 for year in years],
            labelExpr="floor(datum.value)",
            grid=False,
            **quiet,
        ),
    )
    low, high = (edge(row["shown"] for row in shares) for edge in (min, max))
    bounds = [10 * (low // 10 - 1), 10 * (high // 10 + 1)]
    percent = alt.Axis(tickCount=5, labelExpr="datum.value + '%'", **quiet)
    shown = alt.Y("shown:Q", scale=alt.Scale(domain=bounds, nice=False, zero=False), axis=percent)
    layers = _marks(chart_of("shares").encode(time, shown))
    return alt.layer(*layers).properties(
        height=HEIGHT, title=heading(title, frame="bounds", offset=14)
    )


def _marks(base: Any) -> list[Any]:
    shades, shapes, _ = (dict(enumerate(each)) for each in zip(*LOOKS, strict=True))
    colour, shape = looks.colour("rank", shades), looks.shape("rank", shapes)
    points = base.mark_point(filled=True, size=130, opacity=1)
    values = base.mark_text(baseline="bottom", dy=-9, fontWeight=700)
    notes = base.mark_text(baseline="top", dy=10, fontSize=12, color=theme.colour("muted"))
    return [
        points.encode(color=colour, shape=shape, tooltip="tip:N"),
        values.encode(text="text:N", color=colour),
        notes.transform_filter("datum.note").encode(text="note:N"),
    ]


def bars(amounts: list[dict[str, Any]], title: str) -> alt.LayerChart:
    """Amounts line by line; `amounts` are the rows that the view will get."""
    names = room((row["name"] for row in amounts if "name" in row), 10)
    values = room((row["text"] for row in amounts if row.get("value") is not None), 6)
    scale = alt.Scale(rangeMin=names, rangeMax=alt.ExprRef(f"width - {values}"), nice=False)
    lines = alt.Scale(domain=[amounts[-1]["slot"] + 0.6, -0.6], nice=False, zero=False)
    x, y = alt.X("shown:Q", scale=scale, axis=None), alt.Y("slot:Q", scale=lines, axis=None)
    base = chart_of("amounts").encode(y)
    layers = [*_named(base, names), *_valued(base, x, names)]
    return alt.layer(*layers).properties(
        height=HEIGHT, title=heading(title, frame="bounds", offset=14)
    )


def _named(base: Any, names: int) -> list[Any]:
    style = {"align": "left", "baseline": "middle"}
    quiet = {"color": theme.colour("muted"), "fontSize": 12}
    # The rows of a heading say it as well: what has no name is the heading itself.
    head, named = (base.transform_filter(f"{no}isValid(datum.name)") for no in ("!", ""))
    none = named.transform_filter("!isValid(datum.shown)")
    return [
        head.mark_text(**style, **quiet).encode(text="head:N", x=alt.value(0)),
        named.mark_text(**style).encode(text="name:N", x=alt.value(0)),
        none.mark_text(**style, **quiet).encode(text="text:N", x=alt.value(names)),
    ]


def _valued(base: Any, x: Any, names: int) -> list[Any]:
    colour = looks.colour("side", ("capital", "rest"))
    known = base.transform_filter("isValid(datum.shown)")
    ticks = known.mark_tick(orient="vertical", color=theme.colour("edge"), size=17, thickness=1.5)
    # A line at nought, so that a known 0 stands somewhere.
    return [
        known.mark_bar(height=13, opacity=1).encode(
            x, x2=alt.datum(0), color=colour, tooltip="tip:N"
        ),
        ticks.encode(x=alt.value(names)),
        known.mark_text(align="left", baseline="middle", dx=5, fontWeight=600).encode(
            x, text="text:N"
        ),
    ]
