"""Charts of a choice between plans: the world where one breaks, and who wins under each belief."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from clusterlib import theme
from clusterlib.charts import labels

if TYPE_CHECKING:
    import altair

    from clusterlib.i18n import Words

HEIGHT, ROW, LINE = 320, 46, 42
# A belief's colour and its shape, the second cue.
BELIEFS = {
    "both": ("nothing", "circle"),
    "people": ("accent", "triangle-up"),
    "jobs": ("warn", "square"),
}
# Lines of the broken world: what they show, their colour and dash.
LINES = {"plan": ("capital", [1, 0]), "still": ("nothing", [6, 4])}


def broken(years: Sequence[int]) -> altair.LayerChart:
    """A plan's band, its middle, and two lines of one world: with the plan and without.

    Fed: "band" with year, p10, p50, p90; "lines" with year, value, kind, text (at the end), above;
    "unit" with text.
    """
    alt = theme.altair()

    quiet = {"domain": False, "ticks": False}
    axis = alt.Axis(format="d", title=None, grid=False, tickCount=5, **quiet)
    time = alt.Scale(domain=[years[0], years[-1]], nice=False)
    x = alt.X("year:Q", scale=time, axis=axis)
    scale = alt.Scale(zero=False, nice=True, padding=18)
    y = {"scale": scale, "axis": alt.Axis(title=None, tickCount=5, **quiet)}
    band = alt.Chart(alt.NamedData("band")).encode(x=x)
    lines = alt.Chart(alt.NamedData("lines")).encode(x=x, y=alt.Y("value:Q", **y))
    kinds = list(LINES)
    shades = alt.Scale(domain=kinds, range=[theme.colour(LINES[k][0]) for k in kinds])
    dashes = alt.Scale(domain=kinds, range=[LINES[k][1] for k in kinds])
    colour = alt.Color("kind:N", scale=shades, legend=None)
    dash = alt.StrokeDash("kind:N", scale=dashes, legend=None)
    told = lines.transform_filter("datum.text")
    above = told.transform_filter("datum.above").mark_text(align="right", dy=-10, fontWeight=600)
    below = told.transform_filter("!datum.above").mark_text(align="right", dy=16, fontWeight=600)
    unit = alt.Chart(alt.NamedData("unit")).mark_text(
        align="left", baseline="bottom", dy=-6, color=theme.colour("muted")
    )
    return alt.layer(
        band.mark_area(color=theme.colour("band"), opacity=0.45).encode(
            y=alt.Y("p10:Q", **y), y2="p90:Q"
        ),
        band.mark_line(color=theme.colour("band"), strokeWidth=3).encode(y=alt.Y("p50:Q", **y)),
        lines.mark_line(strokeWidth=3).encode(color=colour, strokeDash=dash),
        *(each.encode(text="text:N", color=colour) for each in (above, below)),
        unit.encode(x=alt.value(0), y=alt.value(0), text="text:N"),
    ).properties(width="container", height=HEIGHT, usermeta={"share": 3, "basis": 420})


def unusual(words: Words) -> altair.LayerChart:
    """Numbers of one world by where they lie among all worlds, from the lowest to the highest.

    Fed: "numbers" with what `labels.folded` gives, below (0 to 100), kind (standing), text, tip.
    """
    alt = theme.altair()

    base = alt.Chart(alt.NamedData("numbers")).transform_calculate(middle="50")
    axis = alt.Axis(
        title=words("choice.break.axis"), values=[0, 25, 50, 75, 100], domain=False, ticks=False
    )
    across = {"scale": alt.Scale(domain=[0, 100], nice=False), "axis": axis}
    x = alt.X("below:Q", **across)
    y = alt.Y("label:N", sort=None, axis=None)
    kinds = ["ours", "said"]
    shades = alt.Scale(domain=kinds, range=[theme.colour("assumed"), theme.colour("accent")])
    shapes = alt.Scale(domain=kinds, range=["circle", "diamond"])
    rule = base.mark_rule(color=theme.colour("line"), strokeWidth=2)
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=x,
        y=y,
        color=alt.Color("kind:N", scale=shades, legend=None),
        shape=alt.Shape("kind:N", scale=shapes, legend=None),
        tooltip="tip:N",
    )
    # Name and value stand over the line, so that long names need no margin.
    names = labels.above(base.encode(y=y), dy=-15, beside=90)
    value = base.mark_text(align="right", dy=-15, fontWeight=600)
    return alt.layer(
        rule.encode(x=alt.X("middle:Q", **across), y=y, x2="below:Q"),
        dots,
        *names,
        value.encode(x=alt.value("width"), y=y, text="text:N"),
    ).properties(width="container", height=alt.Step(LINE), usermeta={"share": 2, "basis": 400})


def beliefs(names: Sequence[str], words: Words) -> altair.LayerChart:
    """In how many of 100 worlds one plan beats another, outcome by outcome, under each belief.

    Fed: "duels" with name, belief, n, text, level, tip.
    """
    alt = theme.altair()

    base = alt.Chart(alt.NamedData("duels")).transform_calculate(middle="50")
    told = base.transform_filter("!datum.level")
    axis = alt.Axis(
        title=words("choice.beliefs.axis"),
        titleAnchor="end",
        values=[0, 25, 50, 75, 100],
        domain=False,
        ticks=False,
    )
    across = {"scale": alt.Scale(domain=[-4, 104], nice=False), "axis": axis}
    x = alt.X("n:Q", **across)
    quiet = {"domain": False, "ticks": False, "labelLimit": 190}
    named = alt.Axis(labelColor=theme.colour("ink"), **quiet)
    y = alt.Y("name:N", sort=list(names), title=None, axis=named)
    kinds = list(BELIEFS)
    shades = alt.Scale(domain=kinds, range=[theme.colour(BELIEFS[k][0]) for k in kinds])
    shapes = alt.Scale(domain=kinds, range=[BELIEFS[k][1] for k in kinds])
    colour = alt.Color("belief:N", scale=shades, legend=None)
    half = base.mark_rule(color=theme.colour("edge"), strokeDash=[5, 3]).encode(
        x=alt.X("middle:Q", **across)
    )
    span = told.mark_rule(strokeWidth=2, color=theme.colour("line")).encode(
        x=alt.X("min(n):Q", **across), x2="max(n):Q", y=y
    )
    shape = alt.Shape("belief:N", scale=shapes, legend=None)
    ways = {"x": x, "y": y, "color": colour, "shape": shape, "tooltip": "tip:N"}
    both = told.transform_filter("datum.belief === 'both'")
    either = told.transform_filter("datum.belief !== 'both'")
    marks = [
        both.mark_point(filled=False, size=210, strokeWidth=2.5, opacity=1).encode(**ways),
        either.mark_point(filled=True, size=110, opacity=1).encode(**ways),
    ]
    above = told.transform_filter("datum.belief === 'people'").mark_text(dy=-13, fontWeight=600)
    below = told.transform_filter("datum.belief === 'jobs'").mark_text(dy=15, fontWeight=600)
    none = base.transform_filter("datum.level && datum.belief === 'both'").encode(
        x=alt.value("width"),  # a phone has no room beside 50
        y=y,
        text="text:N",
    )
    return alt.layer(
        half,
        span,
        *marks,
        *(each.encode(x=x, y=y, text="text:N", color=colour) for each in (above, below)),
        *labels.on_halo(none, color=theme.colour("muted"), align="right"),
    ).properties(width="container", height=alt.Step(ROW))
