"""Ranked dots with their ranges, on a scale on which twice and half are equally far from one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusterlib import theme
from clusterlib.charts import alt, looks
from clusterlib.charts.labels import on_halo
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

STEP = 25
SIDES = {"over": "gain-strong", "under": "muted"}
TICKS = [0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]


def named(limit: int = 170, **more: Any) -> alt.Axis:
    """An axis of names: no line, no ticks, no title, and the names as dark as the text."""
    quiet = {"title": None, "domain": False, "ticks": False}
    return alt.Axis(labelColor=theme.colour("ink"), labelLimit=limit, **quiet, **more)


def beside(rows: str, own: str, other: str, title: str, height: Any) -> alt.LayerChart:
    """A bar for each name, and a diamond for what it is held against.

    Parameters
    ----------
    rows : str
        The named rows that are fed at each move, with `name`; `tip` if there are words for it.
    own, other : str
        The fields that the bar and the diamond show.
    title : str
        What the axis says.
    height : int or Step
        Of the chart, or of each name.
    """
    base = looks.rows_of(rows, axis=named()).encode(tooltip="tip:N")
    axis = alt.Axis(title=title, tickCount=6)
    bars = base.mark_bar(color=theme.colour("accent"), height={"band": 0.62})
    look = {"shape": "diamond", "size": 100, "color": theme.colour("edge")}
    rim = {"stroke": theme.colour("paper"), "strokeWidth": 0.8}
    marks = base.mark_point(filled=True, opacity=1, **look, **rim)
    return alt.layer(
        bars.encode(x=alt.X(f"{own}:Q", axis=axis)), marks.encode(x=alt.X(f"{other}:Q", axis=axis))
    ).properties(height=height)


def quotient_axis(title: str) -> dict[str, Any]:
    """Scale and axis of a location quotient: logarithmic, the marks written as one says them."""
    axis = alt.Axis(title=title, values=TICKS, format="~g", grid=True)
    return {"scale": alt.Scale(type="log", nice=False, padding=16), "axis": axis}


def row(
    name: str, lq: float, ends: Sequence[float] | None, least: float, words: Words
) -> dict[str, Any]:
    """One row of `dots`.

    Parameters
    ----------
    name : str
        The place.
    lq : float
        Its quotient.
    ends : pair of float or None
        The range around it; None draws none.
    least : float
        The cut that it is over or under.
    words : Words
        The reader's language.
    """
    low, high = ends or (None, None)
    return {
        "name": name,
        "lq": lq,
        "low": low,
        "high": high,
        "edge": high or lq,
        "side": "over" if lq > least else "under",
        "text": words.say(lq, "decimal2"),
        "tip": words("lesson3.quotients.tip", name=name, lq=lq),
    }


def dots(title: str) -> alt.LayerChart:
    """Names down the side, a dot each, its range as a line; a line for 1 and one for the cut.

    Fed at each move: "ranked", as `row` gives them; "cut" with at.
    """
    base = looks.rows_of("ranked", axis=named())
    across = quotient_axis(title)
    x = alt.X("lq:Q", **across)
    colour = looks.colour("side", SIDES)
    shape = looks.shape("side", {"over": "diamond", "under": "circle"})
    ranged = base.transform_filter("datum.low !== null")
    bars = ranged.mark_rule(strokeWidth=2, color=theme.colour("assumed"), opacity=0.75)
    marks = base.mark_point(filled=True, size=110, opacity=1)
    style = {"align": "left", "dx": 9, "dy": -1, "fontWeight": 600}
    written = base.encode(x=alt.X("edge:Q", **across), text="text:N")
    one = chart_of("cut").transform_calculate(one="1")
    return alt.layer(
        one.mark_rule(color=theme.colour("edge")).encode(x=alt.X("one:Q", **across)),
        chart_of("cut")
        .mark_rule(color=theme.colour("accent"), strokeDash=[5, 3], strokeWidth=1.6)
        .encode(x=alt.X("at:Q", **across)),
        bars.encode(x=alt.X("low:Q", **across), x2="high:Q"),
        marks.encode(x=x, color=colour, shape=shape, tooltip="tip:N"),
        *on_halo(written, **style),
    ).properties(height=alt.Step(STEP))
