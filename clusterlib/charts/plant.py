"""The last years of one car plant: counted years as bars, years printed as a range hatched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, dates, texts
from clusterlib.charts.axes import Plane
from clusterlib.charts.figure import Column, Content, Figure, records, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson1.plant."
HEIGHT = 340
# Half the width of a bar, in years, and how many strokes hatch it.
HALF, STROKES = 0.36, 14
CARS = 1_000  # the table counts thousands
CLOSURE = "closure"


def last_years(output: pd.DataFrame, end: Mapping[str, Any], words: Words) -> Figure:
    """Cars built each year until the plant closed.

    Parameters
    ----------
    output : frame
        The table gunsan_output: year, cars_thousand, or low and high where a range was printed.
    end : mapping
        The event of the closure, as `closing` finds it: year, month, source.
    words : Words
        The reader's language.
    """
    rows = records(output.sort_values("year"))
    exact = [row for row in rows if row["cars_thousand"] is not None]
    ranges = [row for row in rows if row["cars_thousand"] is None and row["low"] is not None]
    fixed = {
        "exact": [_bar(row, words) for row in exact],
        "ranges": [_range(row, words) for row in ranges],
        "spans": _spans(ranges, words),
        "hatch": [stroke for row in ranges for stroke in _hatch(row, words)],
        "closing": [_cross(end, exact, words)],
    }
    return Figure(
        id="1.plant",
        charts=lambda: [_chart(exact, rows[0]["year"], end["year"], words)],
        content=_content(exact, ranges, end, words),
        sources=datasets.citation([output, pd.DataFrame([end])], words.lang),
        fixed=fixed,
        table=_table(output, words),
    )


def closing(output: pd.DataFrame, events: pd.DataFrame) -> dict[str, Any]:
    """The event with which it ended: the last closure in the plant's own region."""
    there = events["region"].isin(output["region"]) & events["kind"].eq(CLOSURE)
    return records(events[there].sort_values(["year", "month"]))[-1]


def _cross(end: Mapping[str, Any], exact: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    """Where the closure stands within its year, and the line that leads up to its words."""
    top = _scaled(max(row["cars_thousand"] for row in exact), words)
    return {
        "at": end["year"] - 0.5 + ((end["month"] or 6.5) - 0.5) / 12,
        "edge": end["year"] + 0.6,
        "foot": 0.09 * top,
        "head": 0.28 * top,
        "text": words(WORDS + "closing", closed=dates.of_event(end, words)),
    }


def _scaled(thousands: float, words: Words) -> float:
    return thousands * CARS / words.scale


def _bar(row: dict[str, Any], words: Words) -> dict[str, Any]:
    cars = row["cars_thousand"]
    shown = _scaled(cars, words)
    return {
        "year": row["year"],
        "from": row["year"] - HALF,
        "to": row["year"] + HALF,
        "shown": shown,
        "text": words(WORDS + "label", value=shown),
        "tip": words(WORDS + "tip", year=row["year"], n=cars * CARS),
    }


def _range(row: dict[str, Any], words: Words) -> dict[str, Any]:
    low, high = (_scaled(row[name], words) for name in ("low", "high"))
    said = {"year": row["year"], "low": row["low"] * CARS, "high": row["high"] * CARS}
    return {
        "year": row["year"],
        "from": row["year"] - HALF,
        "to": row["year"] + HALF,
        "low": low,
        "high": high,
        "tip": words(WORDS + "tip.range", **said),
    }


def _spans(ranges: list[dict[str, Any]], words: Words) -> list[dict[str, Any]]:
    """One label for neighbouring years that share one printed range."""
    runs: list[list[dict[str, Any]]] = []
    for row in ranges:
        same = runs and (runs[-1][-1]["low"], runs[-1][-1]["high"]) == (row["low"], row["high"])
        if same and runs[-1][-1]["year"] == row["year"] - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [_span(run, words) for run in runs]


def _span(run: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    low, high = (_scaled(run[0][name], words) for name in ("low", "high"))
    middle = (run[0]["year"] + run[-1]["year"]) / 2
    return {"year": middle, "high": high, "text": words(WORDS + "label.range", low=low, high=high)}


def _hatch(row: dict[str, Any], words: Words) -> list[dict[str, float]]:
    """Oblique strokes inside the bar of a range, from its left and lower edges to the others."""
    left, width, high = row["year"] - HALF, 2 * HALF, _scaled(row["high"], words)
    strokes = []
    for n in range(1, STROKES):
        reach = 2 * n / STROKES
        start, end = max(0.0, reach - 1), min(1.0, reach)
        strokes.append(
            {
                "from": left + width * start,
                "to": left + width * end,
                "shown": high * end,
                "end": high * start,
            }
        )
    return strokes


def _content(
    exact: list[dict[str, Any]],
    ranges: list[dict[str, Any]],
    end: Mapping[str, Any],
    words: Words,
) -> Content:
    first, last = exact[0], exact[-1]
    finding = "fell" if last["cars_thousand"] < first["cars_thousand"] else "rose"
    said = {
        "first": first["year"],
        "last": last["year"],
        "start": _scaled(first["cars_thousand"], words),
        "end": _scaled(last["cars_thousand"], words),
        "change": abs(100 * (last["cars_thousand"] / first["cars_thousand"] - 1)),
        "closed": dates.of_event(end, words),
    }
    parts = [words(WORDS + f"reading.{finding}", **said)]
    if ranges:
        known = [_scaled(row[name], words) for row in ranges for name in ("low", "high")]
        span = {"years": _years(ranges, words), "low": min(known), "high": max(known)}
        parts.append(words(WORDS + "reading.range", **span))
    return Content(
        rows={},
        title=words(WORDS + f"title.{finding}", **said),
        subtitle=words(WORDS + "subtitle", **said, to=max(row["year"] for row in exact + ranges)),
        alt=" ".join([words(WORDS + "alt", **said), *parts]),
        reading=" ".join([*parts, words(WORDS + "reading.closed", **said)]),
        key=texts.key(words, WORDS, exact="rest", range=("rest", "hatch")),
    )


def _years(rows: list[dict[str, Any]], words: Words) -> str:
    years = [words.say(row["year"], "year") for row in rows]
    if len(years) == 2:
        return words(WORDS + "and", first=years[0], last=years[1])
    return ", ".join(years)


def _table(output: pd.DataFrame, words: Words) -> Mapping[str, Any]:
    counted = ("cars_thousand", "low", "high")
    cars = output.assign(**{name: output[name] * CARS for name in counted})
    columns = [
        Column("year", words("common.year")),
        *texts.columns(words, WORDS, **dict.fromkeys(counted, "count")),
    ]
    return tabled(cars, columns, words)


def _plane(exact: list[dict[str, Any]], first: int, last: int, words: Words) -> Plane:
    """The years, up to the year of the closure, and the cars."""
    top = _scaled(max(row["cars_thousand"] for row in exact), words)
    quiet = {"domain": False, "ticks": False}
    # On a phone every year is there, short: '11.
    said = "width < 420 ? \"'\" + substring(format(datum.value, 'd'), 2) : datum.value"
    years = alt.Axis(
        title=None, values=list(range(first, last + 1)), labelExpr=said, grid=False, **quiet
    )
    cars = alt.Axis(title=words(WORDS + "axis"), tickCount=6, **quiet)
    time = alt.Scale(domain=[first - 0.6, last + 0.6], nice=False, zero=False)
    return Plane(
        across={"scale": time, "axis": years},
        up={"scale": alt.Scale(domain=[0, top * 1.12], nice=False), "axis": cars},
    )


def _chart(exact: list[dict[str, Any]], first: int, last: int, words: Words) -> alt.LayerChart:
    plane = _plane(exact, first, last, words)
    layers = [*_exact(plane), *_ranges(plane), *_closing(plane)]
    return alt.layer(*layers).properties(height=HEIGHT)


def _exact(plane: Plane) -> list[Any]:
    base = chart_of("exact")
    bars = base.mark_rect(color=theme.colour("rest"), opacity=1)
    return [
        bars.encode(plane.x("from"), plane.y("shown"), x2="to:Q", y2=alt.datum(0), tooltip="tip:N"),
        base.mark_text(baseline="bottom", dy=-5, fontWeight=700, fontSize=14).encode(
            plane.x("year"), plane.y("shown"), text="text:N"
        ),
    ]


def _ranges(plane: Plane) -> list[Any]:
    shade = theme.colour("rest")
    base = chart_of("ranges").encode(plane.x("from"), x2="to:Q")
    hatch = chart_of("hatch").mark_rule(color=shade, strokeWidth=1)
    outline = base.mark_rect(
        fill=theme.colour("paper"), stroke=shade, strokeDash=[4, 3], strokeWidth=1.5
    )
    # At 12 px it fits over two bars of a phone.
    style = {"baseline": "bottom", "dy": -5, "fontWeight": 600, "fontSize": 12}
    text = chart_of("spans").mark_text(**style)
    return [
        outline.encode(plane.y("high"), y2=alt.datum(0), tooltip="tip:N"),
        hatch.encode(plane.x("from"), plane.y("shown"), x2="to:Q", y2="end:Q"),
        base.mark_rule(color=shade, strokeWidth=2).encode(plane.y("low")),
        text.encode(plane.x("year"), plane.y("high"), text="text:N"),
    ]


def _closing(plane: Plane) -> list[Any]:
    base = chart_of("closing")
    ends = base.encode(plane.x("at"))
    # The words hang from the right edge, above the labels of the last bars, also on a phone.
    text = {"align": "right", "baseline": "bottom", "fontWeight": 700, "dy": -20, "lineBreak": "|"}
    return [
        ends.mark_text(text="✕", fontSize=18, baseline="middle", dy=-12).encode(y=alt.datum(0)),
        ends.mark_rule(color=theme.colour("edge")).encode(plane.y("foot"), y2="head:Q"),
        base.mark_text(**text).encode(plane.x("edge"), plane.y("head"), text="text:N"),
    ]
