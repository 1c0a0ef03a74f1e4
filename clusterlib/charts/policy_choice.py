"""Charts of a choice between plans: the world where one breaks, and who wins under each belief."""

from __future__ import annotations

from collections.abc import Sequence

from clusterlib import theme
from clusterlib.charts import alt, labels, looks, ranked
from clusterlib.charts.looks import chart_of
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


def broken(years: Sequence[int]) -> alt.LayerChart:
    """A plan's band, its middle, and two lines of one world: with the plan and without.

    Fed: "band" with year, p10, p50, p90; "lines" with year, value, kind, text (at the end), above;
    "unit" with text.
    """
    quiet = {"domain": False, "ticks": False}
    axis = alt.Axis(format="d", title=None, grid=False, tickCount=5, **quiet)
    time = alt.Scale(domain=[years[0], years[-1]], nice=False)
    x = alt.X("year:Q", scale=time, axis=axis)
    scale = alt.Scale(zero=False, nice=True, padding=18)
    y = {"scale": scale, "axis": alt.Axis(title=None, tickCount=5, **quiet)}
    band = chart_of("band").encode(x=x)
    lines = chart_of("lines").encode(x=x, y=alt.Y("value:Q", **y))
    colour = looks.colour("kind", {kind: shade for kind, (shade, _) in LINES.items()})
    dash = looks.dash("kind", {kind: dash for kind, (_, dash) in LINES.items()})
    told = lines.transform_filter("datum.text")
    above = told.transform_filter("datum.above").mark_text(align="right", dy=-10, fontWeight=600)
    below = told.transform_filter("!datum.above").mark_text(align="right", dy=16, fontWeight=600)
    unit = chart_of("unit").mark_text(
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
    ).properties(height=HEIGHT, usermeta={"share": 3, "basis": 420})


def movers() -> alt.LayerChart:
    """Numbers of one world by how far it moves when each alone is put back to the middle.

    Fed: "numbers" with what `labels.folded` gives, effect, kind (standing), text, tip; "moved"
    with text, what the marks say.
    """
    base = looks.rows_of("numbers", "label", axis=None)
    x = alt.X("effect:Q", scale=alt.Scale(zero=True, nice=False, padding=10), axis=None)
    rule = base.mark_rule(color=theme.colour("line"), strokeWidth=2)
    dots = base.mark_point(filled=True, size=110, opacity=1).encode(
        x=x,
        color=looks.colour("kind", {"ours": "assumed", "said": "accent"}),
        shape=looks.shape("kind", {"ours": "circle", "said": "diamond"}),
        tooltip="tip:N",
    )
    # Name and effect stand over the line, so that long names need no margin.
    names = labels.above(base, dy=-15, beside=90)
    value = base.mark_text(align="right", dy=-15, fontWeight=600)
    said = chart_of("moved").mark_text(
        align="left", baseline="top", dy=8, color=theme.colour("muted")
    )
    return alt.layer(
        rule.encode(x=x, x2=alt.X2Datum(0)),
        dots,
        *names,
        value.encode(x=alt.value("width"), text="text:N"),
        said.encode(x=alt.value(0), y=alt.value("height"), text="text:N"),
    ).properties(height=alt.Step(LINE), usermeta={"share": 2, "basis": 400})


def beliefs(names: Sequence[str], words: Words) -> alt.LayerChart:
    """In how many of 100 worlds one plan beats another, outcome by outcome, under each belief.

    Fed: "duels" with name, belief, n, text, level, tip.
    """
    base = chart_of("duels").transform_calculate(middle="50")
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
    y = alt.Y("name:N", sort=list(names), axis=ranked.named(190))
    colour = looks.colour("belief", {name: shade for name, (shade, _) in BELIEFS.items()})
    half = base.mark_rule(color=theme.colour("edge"), strokeDash=[5, 3]).encode(
        x=alt.X("middle:Q", **across)
    )
    span = told.mark_rule(strokeWidth=2, color=theme.colour("line")).encode(
        x=alt.X("min(n):Q", **across), x2="max(n):Q", y=y
    )
    shape = looks.shape("belief", {name: shape for name, (_, shape) in BELIEFS.items()})
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
    ).properties(height=alt.Step(ROW))
