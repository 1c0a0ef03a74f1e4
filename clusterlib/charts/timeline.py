"""Fifty years of moves into the capital region, with dated events on the same axis."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks
from clusterlib.charts import events as dated
from clusterlib.charts.figure import Column, Content, Figure, Mark, tabled
from clusterlib.charts.labels import beside
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson1.timeline."
# Height of the chart in px, and the share of it that the lanes of events take below the bars.
HEIGHT, LANES = 420, 0.42
SHAPES = ["square", "circle", "triangle-up", "diamond", "cross", "triangle-down"]
COLUMNS = ("net_migration", "inflow", "outflow")


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
            reading=dated.reading(windows, event, words),
            **whole,
        )

    return Figure(
        id="1.capital_migration",
        charts=lambda: [_chart(flows, lanes, words)],
        content=respond({"kind": "all", "event": events["event"].iloc[0]}),
        sources=datasets.citation(pd.concat([flows[["source"]], events[["source"]]]), words.lang),
        fixed={"flows": _bars(flows, words), "notes": _notes(flows, words), "lanes": lanes},
        table=_table(flows, events, words),
        respond=respond,
    )


def _whole(flows: pd.DataFrame, words: Words) -> dict[str, Any]:
    """What no control changes: finding, subtitle, alternative text, key."""
    said = _facts(flows)
    key = [
        Mark(words(WORDS + "key.gained"), "capital"),
        Mark(words(WORDS + "key.lost"), "rest"),
        Mark(words(WORDS + "key.mean"), "ink", "line"),
    ]
    title = words(WORDS + _finding(flows["net_migration"]), **said)
    plain = {name: words(WORDS + name, **said) for name in ("subtitle", "alt")}
    return {"title": title, "key": key, **plain}


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
        return "title.never"
    return "title.lost" if net.iloc[-1] < 0 else "title.back"


def spans(years: list[int]) -> str:
    """Years with their runs drawn together.

    >>> spans([2011, 2013, 2014, 2015])
    '2011, 2013–2015'
    """
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
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
    columns = [
        Column("year", words("common.year")),
        *(Column(name, words(WORDS + f"column.{name}"), "count") for name in COLUMNS),
        Column("events", words(WORDS + "column.events")),
    ]
    return tabled(flows.assign(events=flows["year"].map(names).fillna("")), columns, words)


class _Axes:
    """The one time axis and the one people axis that all layers share."""

    def __init__(self, flows: pd.DataFrame, lanes: pd.DataFrame, words: Words) -> None:
        first, last = int(flows["year"].min()), int(flows["year"].max())
        top = float(flows["net_migration"].max()) / words.scale
        low = float(lanes["lane"].iloc[-1] + lanes["lane"].iloc[0] / 3)
        self.decades = [year + 0.5 for year in range(first, last + 1) if year % 10 == 0]
        self.ticks = [
            n * 200_000 / words.scale for n in range(int(top * words.scale) // 200_000 + 1)
        ]
        self.time = alt.Scale(domain=[first, last + 1], nice=False, zero=False)
        self.people = alt.Scale(domain=[low, top * 1.06], nice=False)
        # The cursor ends below the label of the highest bar.
        self.reach = low, top * 0.93
        self.unit = words("common.axis.people")

    def x(self, field: str) -> Any:
        quiet = {"title": None, "grid": False, "domain": False}
        named = alt.Axis(values=self.decades, labelExpr="floor(datum.value)", **quiet)
        return alt.X(f"{field}:Q", scale=self.time, axis=named)

    def y(self, field: str) -> Any:
        named = alt.Axis(title=self.unit, values=self.ticks, domain=False, ticks=False)
        return alt.Y(f"{field}:Q", scale=self.people, axis=named)


def _chart(flows: pd.DataFrame, lanes: pd.DataFrame, words: Words) -> alt.LayerChart:
    axes = _Axes(flows, lanes, words)
    layers = [*_lanes(axes), *_flows(axes), *_cursor(axes), *_events(axes, list(lanes["kind"]))]
    return alt.layer(*layers).properties(height=HEIGHT)


def _flows(axes: _Axes) -> list[Any]:
    colour = looks.colour("side", {"gained": "capital", "lost": "rest"})
    bars = chart_of("flows").mark_rect(opacity=1)
    notes = chart_of("notes").encode(axes.x("at"), axes.y("shown"), text="text:N")
    written = {"baseline": "middle", "fontWeight": 600}
    left, right = notes.transform_filter("!datum.loss"), notes.transform_filter("datum.loss")
    return [
        bars.encode(
            axes.x("from"),
            axes.y("shown"),
            x2="to:Q",
            y2=alt.datum(0),
            color=colour,
            tooltip="tip:N",
        ),
        alt.Chart().mark_rule(color=theme.colour("edge")).encode(y=alt.datum(0)),
        left.mark_text(align="left", **written),
        right.mark_text(align="right", color=theme.colour("rest"), **written),
    ]


def _lanes(axes: _Axes) -> list[Any]:
    base = chart_of("lanes").encode(axes.x("start"), axes.y("lane"))
    name = {"align": "left", "baseline": "bottom", "dy": -2, "fontSize": 12}
    return [
        base.mark_rule(color=theme.colour("line")).encode(x2="end:Q"),
        base.mark_text(color=theme.colour("muted"), **name).encode(text="name:N"),
    ]


def _events(axes: _Axes, kinds: list[str]) -> list[Any]:
    picked, other = alt.value(theme.colour("accent")), alt.value(theme.colour("muted"))
    base = chart_of("events").encode(
        axes.y("lane"),
        color=alt.condition("datum.picked", picked, other),
        opacity=alt.condition("datum.dim", alt.value(0.2), alt.value(1)),
        tooltip="tip:N",
    )
    spans_of_years = base.transform_filter("isValid(datum.from)").mark_rule(strokeWidth=5)
    shape = looks.shape("kind", dict(zip(kinds, SHAPES, strict=False)))
    size = alt.condition("datum.picked", alt.value(150), alt.value(70))
    points = base.mark_point(filled=True).encode(axes.x("at"), shape=shape, size=size)
    return [spans_of_years.encode(axes.x("from"), x2="to:Q"), points]


def _cursor(axes: _Axes) -> list[Any]:
    line = chart_of("cursor").mark_rule(color=theme.colour("accent"), strokeWidth=1.5)
    span = chart_of("windows").encode(axes.x("from"), axes.y("shown"), x2="to:Q")
    text = chart_of("labels").encode(axes.x("at"), axes.y("shown"), text="text:N")
    return [
        line.encode(axes.x("at"), y=alt.datum(axes.reach[0]), y2=alt.datum(axes.reach[1])),
        # A rim of paper keeps the ink apart from the bars behind it.
        span.mark_rule(strokeWidth=6, color=theme.colour("paper")),
        span.mark_rule(strokeWidth=3, color=theme.colour("ink")),
        *beside(text, 7, left="datum.flip", fontWeight=600),
    ]
