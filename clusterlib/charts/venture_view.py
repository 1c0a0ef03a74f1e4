"""How venture money is drawn: shares as points of several shapes, amounts as bars with headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterlib import theme
from clusterlib.charts.labels import room

if TYPE_CHECKING:
    import altair

HEIGHT = 430
# One colour and one shape a count, in order of how many values it gives.
LOOKS = (("capital", "circle", "●"), ("ink", "diamond", "◆"), ("muted", "square", "■"))


def look(rank: int) -> tuple[str, str, str]:
    """Colour, shape and sign of the key of a count, by its rank."""
    return LOOKS[min(rank, len(LOOKS) - 1)]


def _titled(text: str) -> Any:
    alt = theme.altair()

    ink = theme.colour("ink")
    return alt.TitleParams(text, anchor="start", frame="bounds", fontSize=15, color=ink, offset=14)


def points(shares: list[dict[str, Any]], title: str) -> altair.LayerChart:
    """Each share at its date; `shares` are the rows that the view will get."""
    alt = theme.altair()

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
    layers = _marks(alt.Chart(alt.NamedData("shares")).encode(time, shown))
    return alt.layer(*layers).properties(width="container", height=HEIGHT, title=_titled(title))


def _marks(base: Any) -> list[Any]:
    alt = theme.altair()

    ranks = list(range(len(LOOKS)))
    shades, shapes, _ = zip(*LOOKS, strict=True)
    colours = alt.Scale(domain=ranks, range=[theme.colour(shade) for shade in shades])
    colour = alt.Color("rank:N", scale=colours, legend=None)
    shape = alt.Shape("rank:N", scale=alt.Scale(domain=ranks, range=list(shapes)), legend=None)
    points = base.mark_point(filled=True, size=130, opacity=1)
    values = base.mark_text(baseline="bottom", dy=-9, fontWeight=700)
    notes = base.mark_text(baseline="top", dy=10, fontSize=12, color=theme.colour("muted"))
    return [
        points.encode(color=colour, shape=shape, tooltip="tip:N"),
        values.encode(text="text:N", color=colour),
        notes.transform_filter("datum.note").encode(text="note:N"),
    ]


def bars(amounts: list[dict[str, Any]], title: str) -> altair.LayerChart:
    """Amounts line by line; `amounts` are the rows that the view will get."""
    alt = theme.altair()

    names = room((row["name"] for row in amounts if "name" in row), 10)
    values = room((row["text"] for row in amounts if row.get("value") is not None), 6)
    scale = alt.Scale(rangeMin=names, rangeMax=alt.ExprRef(f"width - {values}"), nice=False)
    lines = alt.Scale(domain=[amounts[-1]["slot"] + 0.6, -0.6], nice=False, zero=False)
    x, y = alt.X("shown:Q", scale=scale, axis=None), alt.Y("slot:Q", scale=lines, axis=None)
    base = alt.Chart(alt.NamedData("amounts")).encode(y)
    layers = [*_named(base, names), *_valued(base, x, names)]
    return alt.layer(*layers).properties(width="container", height=HEIGHT, title=_titled(title))


def _named(base: Any, names: int) -> list[Any]:
    alt = theme.altair()

    style = {"align": "left", "baseline": "middle"}
    quiet = {"color": theme.colour("muted"), "fontSize": 12}
    head, named = (base.transform_filter(f"isValid(datum.{it})") for it in ("title", "name"))
    none = base.transform_filter("isValid(datum.name) && !isValid(datum.shown)")
    return [
        head.mark_text(**style, **quiet).encode(text="title:N", x=alt.value(0)),
        named.mark_text(**style).encode(text="name:N", x=alt.value(0)),
        none.mark_text(**style, **quiet).encode(text="text:N", x=alt.value(names)),
    ]


def _valued(base: Any, x: Any, names: int) -> list[Any]:
    alt = theme.altair()

    shades = [theme.colour("capital"), theme.colour("rest")]
    scale = alt.Scale(domain=["capital", "rest"], range=shades)
    colour = alt.Color("side:N", scale=scale, legend=None)
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
