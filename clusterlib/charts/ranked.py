"""Ranked dots with their ranges, on a scale on which twice and half are equally far from one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterlib import theme

if TYPE_CHECKING:
    import altair

STEP = 25
SIDES = {"over": "gain-strong", "under": "muted", "range": "assumed"}
TICKS = [0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]


def quotient_axis(title: str) -> dict[str, Any]:
    """Scale and axis of a location quotient: logarithmic, the marks written as one says them."""
    alt = theme.altair()

    axis = alt.Axis(title=title, values=TICKS, format="~g", grid=True)
    return {"scale": alt.Scale(type="log", nice=False, padding=16), "axis": axis}


def dots(title: str) -> altair.LayerChart:
    """Names down the side, a dot each, its range as a line; a line for 1 and one for the cut.

    Fed at each move: "ranked" with name, lq, low, high, side, text, tip; "cut" with at.
    """
    alt = theme.altair()

    base = alt.Chart(alt.NamedData("ranked"))
    quiet = {"title": None, "domain": False, "ticks": False, "labelLimit": 168}
    y = alt.Y("name:N", sort=None, axis=alt.Axis(labelColor=theme.colour("ink"), **quiet))
    across = quotient_axis(title)
    x = alt.X("lq:Q", **across)
    names = ["over", "under"]
    colour = alt.Color(
        "side:N",
        legend=None,
        scale=alt.Scale(domain=names, range=[theme.colour(SIDES[name]) for name in names]),
    )
    shape = alt.Shape(
        "side:N", legend=None, scale=alt.Scale(domain=names, range=["diamond", "circle"])
    )
    ranged = base.transform_filter("datum.low !== null")
    bars = ranged.mark_rule(strokeWidth=2, color=theme.colour(SIDES["range"]), opacity=0.75)
    marks = base.mark_point(filled=True, size=110, opacity=1)
    written = base.mark_text(align="left", dx=9, dy=-1, fontWeight=600)
    one = alt.Chart(alt.NamedData("cut")).transform_calculate(one="1")
    return alt.layer(
        one.mark_rule(color=theme.colour("edge")).encode(x=alt.X("one:Q", **across)),
        alt.Chart(alt.NamedData("cut"))
        .mark_rule(color=theme.colour("accent"), strokeDash=[5, 3], strokeWidth=1.6)
        .encode(x=alt.X("at:Q", **across)),
        bars.encode(y=y, x=alt.X("low:Q", **across), x2="high:Q"),
        marks.encode(y=y, x=x, color=colour, shape=shape, tooltip="tip:N"),
        written.encode(y=y, x=alt.X("edge:Q", **across), text="text:N"),
    ).properties(width="container", height=alt.Step(STEP))
