"""Fifty years of moves into the capital region, with dated events on the same axis."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts import events as dated
from clusterlib.charts.axes import Plane
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.labels import beside
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson1.timeline."
# Height of the chart in px, and the share of it that the lanes of events take below the bars.
HEIGHT, LANES = 420, 0.42
SHAPES = ["square", "circle", "triangle-up", "diamond", "cross", "triangle-down"]


def with_events(flows: pd.DataFrame, events: pd.DataFrame, words: Words) -> Figure:
    """The balance of each year as a bar, and below it one lane of events a kind.

    Parameters
    ----------
    flows : frame
        The table capital_migration: year, net_migration, inflow, outflow (people a year).
    events : frame
        The table policy_events: event, year, month, year_to, kind, names; in order of time.
    words : Words
        The reader's language.
    """
    top = flows["net_migration"].max() / words.scale
    lanes = dated.lanes(events, flows["year"], top * LANES / (1 - LANES), words)
    whole = _whole(flows, words)
    told = dated.told(events, words)
    marks = dated.marks(told, lanes)
    late = float(flows["year"].quantile(0.65))
    net = dict(zip(flows["year"], flows["net_migration"], strict=True))

    def respond(values: dict[str, Any]) -> Content:
        event = dated.chosen(told, values)
        windows = dated.windows(net, event, words)
        rows = dated.highlighted(marks, event, values["kind"])
        cursor = [row for row in rows if row["picked"]]
        labels = dated.labels(windows, cursor[0]["at"], top, late)
        return Content(
            rows={"events": rows, "cursor": cursor, "windows": windows, "labels": labels},
            reading=dated.reading(windows, net, event, words),
            **whole,
        )

    return Figure(
        id="1.capital_migration",
        charts=lambda: [_chart(flows, lanes, words)],
        content=respond({"kind": "all", "event": events["event"].iloc[0]}),
        sources=datasets.citation([flows, events], words.lang),
        fixed={"flows": _bars(flows, words), "notes": _notes(flows, words), "lanes": lanes},
        table=_table(flows, events, words),
        respond=respond,
    )


def _whole(flows: pd.DataFrame, words: Words) -> dict[str, Any]:
    """What no control changes: finding, subtitle, alternative text, key."""
    finding = _finding(flows["net_migration"])
    return {
        "key": texts.key(words, WORDS, gained="capital", lost="rest", mean=("ink", "line")),
        **texts.sentences(words, WORDS, _facts(flows), title=finding, reading=None),
    }


def _facts(flows: pd.DataFrame) -> dict[str, Any]:
    net = flows.set_index("year")["net_migration"]
    lost = net[net < 0]
    return {
        "first": net.index[0],
        "last": net.index[-1],
        "peak_year": net.idxmax(),
        "peak": net.max(),
        "latest": net.iloc[-1],
        "low_year": net.idxmin(),
        "low": net.min(),
        "lost_from": lost.index.min(),
        "lost": spans(list(lost.index)),
    }


def _finding(net: pd.Series) -> str:
    """Which sentence the data allow: never lost, still losing, or gaining again."""
    if (net >= 0).all():
        return "never"
    return "lost" if net.iloc[-1] < 0 else "back"


def spans(years: list[int]) -> str:
    """Years with their runs drawn together.

    >>> spans([2011, 2013, 2014, 2015])
    '2011, 2013–2015'
    """
    # Years of a run are as far from their places in the list as its first one.
    by_run = groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])
    runs = [[year for _, year in run] for _, run in by_run]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _bars(flows: pd.DataFrame, words: Words) -> pd.DataFrame:
    net = flows["net_migration"]
    pairs = zip(flows["year"], net, strict=True)
    return pd.DataFrame(
        {
            "from": flows["year"] + 0.07,
            "to": flows["year"] + 0.93,
            "shown": net / words.scale,
            "side": (net < 0).map({True: "lost", False: "gained"}),
            "tip": [words(WORDS + "tip", year=year, n=n) for year, n in pairs],
        }
    )


def _notes(flows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Two labels in the chart: the largest gain beside its bar, the years of loss at the right."""
    said = _facts(flows)
    peak = {"at": said["peak_year"] + 1.3, "shown": said["peak"] * 0.985, "loss": False}
    notes = [{**peak, "text": words(WORDS + "note.peak", **said)}]
    if said["lost"]:
        recent = flows["net_migration"].tail(25).max()
        last = {"at": flows["year"].max() + 1, "shown": recent * 1.25, "loss": True}
        notes.append({**last, "text": words(WORDS + "note.lost", **said)})
    frame = pd.DataFrame(notes)
    return frame.assign(shown=frame["shown"] / words.scale)


def _table(flows: pd.DataFrame, events: pd.DataFrame, words: Words) -> dict[str, Any]:
    names = events.groupby("year")[f"name_{words.lang}"].agg("; ".join)
    people = {"net_migration": "count", "inflow": "count", "outflow": "count"}
    columns = [
        Column("year", words("common.year")),
        *texts.columns(words, WORDS, **people, events="text"),
    ]
    return tabled(flows.assign(events=flows["year"].map(names).fillna("")), columns, words)


def _chart(flows: pd.DataFrame, lanes: pd.DataFrame, words: Words) -> alt.LayerChart:
    top = float(flows["net_migration"].max()) / words.scale
    low = float(lanes["lane"].iloc[-1] + lanes["lane"].iloc[0] / 3)
    plane = _plane(list(flows["year"]), low, top, words)
    # The cursor ends below the label of the highest bar.
    cursor = _cursor(plane, low, top * 0.93)
    layers = [*_lanes(plane), *_flows(plane), *cursor, *_events(plane, list(lanes["kind"]))]
    return alt.layer(*layers).properties(height=HEIGHT)


def _plane(years: list[int], low: float, top: float, words: Words) -> Plane:
    """The years and the people."""
    first, last, step = min(years), max(years), 200_000
    decades = [year + 0.5 for year in range(first, last + 1) if year % 10 == 0]
    ticks = [n * step / words.scale for n in range(int(top * words.scale) // step + 1)]
    quiet = {"title": None, "grid": False, "domain": False}
    time = alt.Axis(values=decades, labelExpr="floor(datum.value)", **quiet)
    unit = words("common.axis.people")
    people = alt.Axis(title=unit, values=ticks, domain=False, ticks=False)
    return Plane(
        across={"scale": alt.Scale(domain=[first, last + 1], nice=False, zero=False), "axis": time},
        up={"scale": alt.Scale(domain=[low, top * 1.06], nice=False), "axis": people},
    )


def _flows(plane: Plane) -> list[Any]:
    colour = looks.colour("side", {"gained": "capital", "lost": "rest"})
    bars = chart_of("flows").mark_rect(opacity=1)
    notes = chart_of("notes").encode(**plane.at("at", "shown"), text="text:N")
    written = {"baseline": "middle", "fontWeight": 600}
    left, right = notes.transform_filter("!datum.loss"), notes.transform_filter("datum.loss")
    return [
        bars.encode(
            **plane.at("from", "shown"), x2="to:Q", y2=alt.datum(0), color=colour, tooltip="tip:N"
        ),
        alt.Chart().mark_rule(color=theme.colour("edge")).encode(y=alt.datum(0)),
        left.mark_text(align="left", **written),
        right.mark_text(align="right", color=theme.colour("rest"), **written),
    ]


def _lanes(plane: Plane) -> list[Any]:
    base = chart_of("lanes").encode(**plane.at("start", "lane"))
    name = {"align": "left", "baseline": "bottom", "dy": -2, "fontSize": 12}
    return [
        base.mark_rule(color=theme.colour("line")).encode(x2="end:Q"),
        base.mark_text(color=theme.colour("muted"), **name).encode(text="name:N"),
    ]


def _events(plane: Plane, kinds: list[str]) -> list[Any]:
    picked, other = alt.value(theme.colour("accent")), alt.value(theme.colour("muted"))
    base = chart_of("events").encode(
        plane.y("lane"),
        color=alt.condition("datum.picked", picked, other),
        opacity=alt.condition("datum.dim", alt.value(0.2), alt.value(1)),
        tooltip="tip:N",
    )
    spans_of_years = base.transform_filter("isValid(datum.from)").mark_rule(strokeWidth=5)
    shape = looks.shape("kind", dict(zip(kinds, SHAPES, strict=False)))
    size = alt.condition("datum.picked", alt.value(150), alt.value(70))
    points = base.mark_point(filled=True).encode(plane.x("at"), shape=shape, size=size)
    return [spans_of_years.encode(plane.x("from"), x2="to:Q"), points]


def _cursor(plane: Plane, low: float, high: float) -> list[Any]:
    line = chart_of("cursor").mark_rule(color=theme.colour("accent"), strokeWidth=1.5)
    span = chart_of("windows").encode(**plane.at("from", "shown"), x2="to:Q")
    text = chart_of("labels").encode(**plane.at("at", "shown"), text="text:N")
    return [
        line.encode(plane.x("at"), y=alt.datum(low), y2=alt.datum(high)),
        # A rim of paper keeps the ink apart from the bars behind it.
        span.mark_rule(strokeWidth=6, color=theme.colour("paper")),
        span.mark_rule(strokeWidth=3, color=theme.colour("ink")),
        *beside(text, 7, left="datum.flip", fontWeight=600),
    ]
