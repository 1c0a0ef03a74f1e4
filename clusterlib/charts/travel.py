"""Travel times: bars of minutes on one basis at a time, since the bases do not compare."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import reduce
from itertools import groupby
from typing import Any

import pandas as pd

from clusterlib import datasets
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.axes import under_headings
from clusterlib.charts.dates import when
from clusterlib.charts.figure import Content, Figure, Mark, records, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words
from clusterlib.indicators import access

WORDS = "lesson4.travel."
HEIGHT = 560
LETTERS = 42  # of a line of a heading, so that it stays on a phone
# Lines that a heading and a bar take, from one baseline to the next.
HEAD, BAR = 1.15, 1.5
# What a bar is: its colour, and the look of its entry in the key.
SHADES = {"car": ("nothing", "fill"), "public": ("accent", "fill"), "planned": ("accent", "hatch")}
OPEN = ("at_least", "just_over")  # times that may be longer: the bar ends in an arrow


def times(frame: pd.DataFrame, words: Words) -> Figure:
    """Minutes of every trip that one basis knows; a control chooses the basis.

    Parameters
    ----------
    frame : frame
        The table travel_times.
    words : Words
        The reader's language.
    """
    ratios = records(access.transit_ratio(frame))
    rows = [_bar(row, words) for row in records(frame)]

    def respond(values: Mapping[str, Any]) -> Content:
        own = [row for row in rows if row["basis"] == values["basis"]]
        said = [each for each in ratios if each["basis"] == values["basis"]]
        return _content(own, said, words)

    start = {"basis": frame["basis"].iloc[0]}
    return Figure(
        id="4.travel_times",
        charts=lambda: [bars(max(row["minutes"] for row in rows), words)],
        content=respond(start),
        sources=datasets.citation(frame, words.lang),
        evidence="said",
        respond=respond,
        start=start,
    )


def said_minutes(row: Mapping[str, Any], words: Words) -> str:
    """A time as it was said: over 60 min, about 40 min."""
    return words(WORDS + f"minutes.{row['bound']}", n=row["minutes"])


def trip_name(row: Mapping[str, Any], words: Words) -> str:
    """From where to where; four places among one another have one name only."""
    lang = words.lang
    if row["from"] == row["to"]:
        return words(WORDS + "among", places=row[f"from_{lang}"])
    return words(WORDS + "trip", start=row[f"from_{lang}"], end=row[f"to_{lang}"])


def _bar(row: dict[str, Any], words: Words) -> dict[str, Any]:
    lang = words.lang
    planned = row["planned_for"] is not None
    kind = "planned" if planned else "car" if row["mode"] == "car" else "public"
    text = said_minutes(row, words)
    if planned:
        text = words(WORDS + "planned", text=text, year=row["planned_for"])
    name = words(WORDS + "bar", trip=trip_name(row, words), mode=row[f"mode_{lang}"])
    return {
        **{key: row[key] for key in ("trip", "from", "to", "basis", "minutes", "mode")},
        "name": name,
        "trip_name": trip_name(row, words),
        "said": words(WORDS + "said", mode=row[f"mode_{lang}"], text=text),
        "kind": kind,
        "open": row["bound"] in OPEN,
        "text": text,
        "date": row["date"],
        "when": when(row["date"], words),
        "basis_name": row[f"basis_{lang}"],
        "standing": words(WORDS + f"standing.{_standing(row)}"),
        "tip": words(WORDS + "tip", name=name, text=text, date=when(row["date"], words)),
    }


def _standing(row: Mapping[str, Any]) -> str:
    if row["planned_for"] is not None:
        return "planned"
    return "said" if row["interview"] else "announced"


def _content(rows: list[dict[str, Any]], ratios: list[dict[str, Any]], words: Words) -> Content:
    order = list(dict.fromkeys((row["from"], row["to"]) for row in rows))
    rows = sorted(rows, key=lambda row: (order.index((row["from"], row["to"])), -row["minutes"]))
    groups = [
        (_wrapped(trip), list(own)) for trip, own in groupby(rows, lambda row: row["trip_name"])
    ]
    state, found = _found(rows, ratios, words)
    minutes = [row["minutes"] for row in rows]
    said = {
        "n": len(rows),
        "basis": rows[0]["basis_name"],
        "least": min(minutes),
        "most": max(minutes),
        "dates": _dates(rows),
        "listed": "; ".join(f"{row['name']}: {row['text']}" for row in rows),
        **found,
    }
    return Content(
        rows={"bars": under_headings(groups, HEAD, BAR)},
        key=_key(rows, words),
        **texts.sentences(words, WORDS, said, title=state, reading=state),
        **_table(rows, words),
    )


def _wrapped(name: str) -> str:
    return "\n".join(textwrap.wrap(name, LETTERS))


def _dates(rows: list[dict[str, Any]]) -> str:
    return ", ".join(dict.fromkeys(row["when"] for row in sorted(rows, key=lambda r: r["date"])))


def _found(
    rows: list[dict[str, Any]], ratios: list[dict[str, Any]], words: Words
) -> tuple[str, dict[str, Any]]:
    """What one basis shows, a ratio, a plan, or neither, and what the words for it need."""
    if ratios:
        told = " ".join(_ratios(rows, ratios, words))
        return "ratio", {"multiples": _multiples(ratios, words), "ratios": told}
    planned = sum(row["kind"] == "planned" for row in rows)
    if planned:
        state = "plan" if planned < len(rows) else "plans"
        return state, {"planned": planned, "now": len(rows) - planned}
    return "announced" if len(rows) > 1 else "single", {}


def _ratios(rows: list[dict[str, Any]], ratios: list[dict[str, Any]], words: Words) -> list[str]:
    names = {(row["from"], row["to"]): row["trip_name"] for row in rows}
    return [
        words(f"{WORDS}ratio.{_how(each)}", trip=names[each["from"], each["to"]], **each)
        for each in ratios
    ]


def _multiples(ratios: list[dict[str, Any]], words: Words) -> str:
    """Each multiple as it was said: a range would close one that is open upwards."""
    by_size = sorted(ratios, key=lambda each: each["ratio"])
    said = [words(f"{WORDS}multiple.{_how(each)}", ratio=each["ratio"]) for each in by_size]
    both = WORDS + "multiple.both"
    return reduce(lambda one, other: words(both, one=one, other=other), said)


def _how(ratio: Mapping[str, Any]) -> str:
    return "at_least" if ratio["at_least"] else "about"


def _key(rows: list[dict[str, Any]], words: Words) -> list[Mark]:
    kinds = {kind: look for kind, look in SHADES.items() if any(r["kind"] == kind for r in rows)}
    if any(row["open"] for row in rows):
        kinds["open"] = ("ink", "▶")
    return texts.key(words, WORDS, **kinds)


def _table(rows: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    named = dict.fromkeys(("name", "text", "when", "basis_name", "standing"), "text")
    return tabled(rows, texts.columns(words, WORDS, **named), words)


def bars(most: float, words: Words) -> alt.LayerChart:
    """Each trip's name over its bars, each bar under what was said; fed "bars".

    Parameters
    ----------
    most : float
        The longest time of any basis, so that all are drawn on one scale.
    words : Words
        The reader's language.
    """
    axis = alt.Axis(title=words(WORDS + "axis"), tickCount=6, orient="bottom")
    x = alt.X("minutes:Q", scale=alt.Scale(domain=[0, most * 1.08], nice=False), axis=axis)
    slots = alt.Scale(padding=30, nice=False, zero=False, reverse=True)
    y = alt.Y("slot:Q", scale=slots, axis=None)
    rows = chart_of("bars").encode(y)
    base = rows.transform_filter("isValid(datum.minutes)").encode(tooltip="tip:N")
    colour = looks.colour("kind", {kind: shade for kind, (shade, _) in SHADES.items()})
    full = base.transform_filter("datum.kind != 'planned'").mark_bar(height=13, yOffset=10)
    hollow = base.transform_filter("datum.kind == 'planned'").mark_bar(
        height=12, yOffset=10, filled=False, strokeWidth=1.5, strokeDash=[4, 3]
    )
    arrows = base.transform_filter("datum.open").mark_point(
        shape="triangle-right", filled=True, size=110, yOffset=10, xOffset=4, opacity=1
    )
    said = base.mark_text(align="left", baseline="bottom", dy=1)
    heads = rows.transform_filter("isValid(datum.head)").mark_text(
        align="left", baseline="line-bottom", lineBreak="\n", fontWeight=700, dy=4
    )
    return alt.layer(
        full.encode(x, x2=alt.datum(0), color=colour),
        hollow.encode(x, x2=alt.datum(0), stroke=colour),
        arrows.encode(x, color=colour),
        said.encode(x=alt.value(0), text="said:N"),
        heads.encode(x=alt.value(0), text="head:N"),
    ).properties(height=HEIGHT)
