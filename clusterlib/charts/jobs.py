"""Jobs by place and year, from a fetched table: one line a place and kind, gaps left open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, records, tabled
from clusterlib.charts.labels import on_halo
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "jobs."
HEIGHT = 380
GAP = 0.075  # what a name needs above the end of its line, in parts of the axis
# What tells two lines of one place apart: the column, and its value that is drawn dashed.
KINDS = {"owner": "1", "series": "sbs_2008"}
# A place is told by its shape, in the chart and in the key.
SHAPES = ("circle", "square", "triangle-up", "diamond")


def over_time(frames: Mapping[str, pd.DataFrame], words: Words) -> Figure:
    """Workers by year; the control chooses a table and an industry.

    Parameters
    ----------
    frames : mapping of str to frame
        Fetched tables by name: year, area, names, industry, owner or series, workers.
    words : Words
        The reader's language.
    """
    choices = options(frames, words)

    def respond(values: dict[str, Any]) -> Content:
        name, industry = values["what"].split(":")
        frame = frames[name]
        return _content(name, frame[frame["industry"].eq(industry)], words)

    start = {"what": choices[0][0]}
    return Figure(
        id="5.jobs",
        charts=lambda: [_chart(words)],
        content=respond(start),
        sources=datasets.citation(pd.concat(frames.values()), words.lang),
        respond=respond,
    )


def options(frames: Mapping[str, pd.DataFrame], words: Words) -> list[list[str]]:
    """Each table and industry that can be shown: the value of the control and its words."""
    found = []
    for name, frame in frames.items():
        kinds = frame[["industry", f"industry_{words.lang}"]].drop_duplicates()
        for code, said in kinds.itertuples(index=False):
            where = words(f"{WORDS}where.{name}")
            found.append([f"{name}:{code}", words(WORDS + "option", where=where, industry=said)])
    return found


def _kind(row: Mapping[str, Any]) -> str:
    return next(column for column in KINDS if column in row)


def _name(row: Mapping[str, Any], words: Words) -> str:
    """A line's name: the place, and for the United States who employs."""
    place = row[f"name_{words.lang}"]
    return f"{place}, {row[f'owner_{words.lang}']}" if "owner" in row else place


def _content(table: str, frame: pd.DataFrame, words: Words) -> Content:
    rows = [_point(row, words) for row in records(frame.sort_values(["area", "year"]))]
    places = list(dict.fromkeys(row["area"] for row in rows))
    for row in rows:
        row["shape"] = SHAPES[places.index(row["area"]) % len(SHAPES)]
    known = [row for row in rows if row["workers"] is not None]
    ends = _ends(known)
    top = max(ends, key=lambda row: row["workers"])
    said = {**top, "industry": rows[0]["industry"], "where": words(f"{WORDS}where.{table}")}
    said |= {"first": min(r["year"] for r in known), "last": max(r["year"] for r in known)}
    said["n"] = len(ends)
    return Content(
        rows={"points": rows, "labels": _labels(ends)},
        reading=_reading(rows, top, words),
        key=_key(rows, words),
        **texts.sentences(words, WORDS, said, reading=None),
        **_table(rows, words),
    )


def _point(row: dict[str, Any], words: Words) -> dict[str, Any]:
    kind, workers = _kind(row), row["workers"]
    name = _name(row, words)
    shown = None if workers is None else workers / words.scale
    said = "tip" if workers is not None else "tip.blank"
    return {
        "year": row["year"],
        "area": row["area"],
        "line": f"{row['area']}/{row[kind]}",
        # Two series of one place share a name; two owners of one place do not.
        "group": f"{row['area']}/{row.get('owner', '')}",
        "dashed": row[kind] == KINDS[kind],
        "kind": row[f"{kind}_{words.lang}"],
        "place": row[f"name_{words.lang}"],
        "name": name,
        "industry": row[f"industry_{words.lang}"],
        "workers": workers,
        "establishments": row["establishments"],
        "shown": shown,
        "tip": words(WORDS + said, name=name, year=row["year"], n=workers or 0),
    }


def _ends(known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The newest known point of each group."""
    return list({row["group"]: row for row in sorted(known, key=lambda r: r["year"])}.values())


def _labels(ends: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ends that have room for a name; where lines end close together, the key tells them."""
    gap = GAP * max(row["shown"] for row in ends)

    def alone(row: dict[str, Any]) -> bool:
        return all(abs(row["shown"] - each["shown"]) >= gap for each in ends if each is not row)

    return [row for row in ends if alone(row)]


def _reading(rows: list[dict[str, Any]], top: dict[str, Any], words: Words) -> str:
    own = [row for row in rows if row["line"] == top["line"] and row["workers"] is not None]
    said = {"name": top["name"], "first": own[0]["year"], "last": own[-1]["year"]}
    text = words(WORDS + "reading", **said, before=own[0]["workers"], after=own[-1]["workers"])
    blank = sum(row["workers"] is None for row in rows)
    return f"{text} {words(WORDS + 'reading.blank', n=blank)}" if blank else text


def _key(rows: list[dict[str, Any]], words: Words) -> list[Mark]:
    kinds = dict.fromkeys((row["kind"], row["dashed"]) for row in rows)
    lines = [Mark(text, "accent", "dash" if dashed else "line") for text, dashed in kinds]
    places = dict.fromkeys((row["place"], row["shape"]) for row in rows)
    return [Mark(text, "accent", looks.SIGNS[shape]) for text, shape in places] + lines


def _table(rows: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    numbers = {"establishments": "count", "workers": "count"}
    columns = [
        Column("year", words("common.year")),
        Column("name", words("common.region")),
        *texts.columns(words, WORDS, kind="text", industry="text", **numbers),
    ]
    return tabled(rows, columns, words)


def _chart(words: Words) -> alt.LayerChart:
    quiet = {"title": None, "grid": False, "format": "d", "tickMinStep": 1}
    time = alt.Scale(nice=False, zero=False, rangeMax=alt.ExprRef("width - 8"))
    x = alt.X("year:Q", scale=time, axis=alt.Axis(**quiet))
    named = alt.Axis(title=words(WORDS + "axis"), tickCount=6, domain=False, ticks=False)
    y = alt.Y("shown:Q", scale=alt.Scale(zero=True), axis=named)
    base = chart_of("points").encode(x, y, detail="line:N")
    ink = theme.colour("accent")
    plain, dashed = (base.transform_filter(f"{no}datum.dashed") for no in ("!", ""))
    shape = alt.Shape("shape:N", scale=None, legend=None)
    return alt.layer(
        plain.mark_line(color=ink, strokeWidth=2.5),
        dashed.mark_line(color=ink, strokeWidth=2, strokeDash=[5, 4]),
        base.mark_point(color=ink, filled=True, size=55, opacity=1).encode(shape, tooltip="tip:N"),
        *_names(x, y),
    ).properties(height=HEIGHT)


def _names(x: Any, y: Any) -> list[Any]:
    """Each name over the end of its line, inside the chart: a phone has no room beside it."""
    base = chart_of("labels").encode(x, y, text="name:N")
    style = {"align": "right", "baseline": "bottom", "dy": -6, "dx": 6, "fontWeight": 600}
    return on_halo(base, **style)
