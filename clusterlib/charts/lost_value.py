"""A printed row with one value lost: what stands there, and four ways of reading it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.axes import under_headings
from clusterlib.charts.figure import Content, Figure, Mark, records, tabled
from clusterlib.charts.labels import room
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson2.lost."
PRINTED = "printed"
LINE = 27


def by_reading(counts: pd.DataFrame, readings: pd.DataFrame, words: Words) -> Figure:
    """Establishments by sector, as printed or with the lost value read as one of four sectors.

    Parameters
    ----------
    counts : frame
        datasets.establishments(): region, sector, labelled, establishments.
    readings : frame
        datasets.establishment_readings(): reading, region, sector, establishments, is_lost.
    words : Words
        The reader's language.
    """
    made = {PRINTED: _as_printed(counts, words)}
    made |= {reading: _read(counts, own, words) for reading, own in _each(readings)}
    lines = max(len(content.rows["lines"]) for content in made.values())
    return Figure(
        id="2.lost_value",
        charts=lambda: [_chart(counts, lines, words)],
        content=made[PRINTED],
        sources=datasets.citation(counts, words.lang),
        evidence="assumed",
        respond=lambda values: made[values["reading"]],
    )


def _each(readings: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return list(readings.groupby("reading", sort=False))


def options(readings: pd.DataFrame, words: Words) -> list[list[str]]:
    """The readings as choices, what is printed first."""
    named = [[name, own[f"reading_{words.lang}"].iloc[0]] for name, own in _each(readings)]
    return [[PRINTED, words(WORDS + "option.printed")], *named]


def _parts(counts: pd.DataFrame) -> pd.DataFrame:
    return counts[counts["sector"] != "total"]


def _as_printed(counts: pd.DataFrame, words: Words) -> Content:
    parts = _parts(counts)
    lost = parts[parts["sector"] == "lost"].iloc[0]
    totals = counts[counts["sector"] == "total"].set_index("region")["establishments"]
    said = {
        "name": lost[f"name_{words.lang}"],
        "n": int(lost["establishments"]),
        "total": int(totals[lost["region"]]),
        "rest": int(totals[lost["region"]] - lost["establishments"]),
    }
    order = parts.sort_values("labelled", ascending=False, kind="stable")
    groups = [
        (_head(own.iloc[0], words), records(own)) for _, own in order.groupby("region", sort=False)
    ]
    rows = _lines(groups, f"sector_{words.lang}", words)
    return Content(
        rows={"lines": rows},
        **texts.sentences(words, WORDS, said, title="printed", alt="printed", reading="printed"),
        key=_key(counts, words),
        **_table(rows, words),
    )


def _head(row: pd.Series, words: Words) -> str:
    return words(WORDS + f"head.{row['labelled']}", name=row[f"name_{words.lang}"])


def _read(counts: pd.DataFrame, own: pd.DataFrame, words: Words) -> Content:
    other = counts[(counts["labelled"] == "assumed")]
    sides = pd.concat([own, other])
    groups = [
        (rows[f"sector_{words.lang}"].iloc[0], records(rows))
        for _, rows in sides.groupby("sector", sort=False)
    ]
    said = _facts(own, other, words)
    rows = _lines(groups, f"name_{words.lang}", words)
    state = "more" if said["more"] else "fewer"
    return Content(
        rows={"lines": rows},
        **texts.sentences(words, WORDS, said, title=state, alt="read", reading="read"),
        key=_key(counts, words),
        **_table(rows, words),
    )


def _facts(own: pd.DataFrame, other: pd.DataFrame, words: Words) -> dict[str, Any]:
    theirs = dict(zip(other["sector"], other["establishments"], strict=True))
    mine = records(own)
    more = [row for row in mine if row["establishments"] > theirs[row["sector"]]]
    most, least = (pick(mine, key=lambda r: r["establishments"]) for pick in (max, min))
    sector = f"sector_{words.lang}"
    return {
        "reading": own[f"reading_{words.lang}"].iloc[0],
        "name": own[f"name_{words.lang}"].iloc[0],
        "other": other[f"name_{words.lang}"].iloc[0],
        "k": len(more),
        "all": len(mine),
        "more": ", ".join(row[sector] for row in more),
        "most": most[sector],
        "most_n": most["establishments"],
        "least": least[sector],
        "least_n": least["establishments"],
    }


def _lines(
    groups: list[tuple[str, list[dict[str, Any]]]], label: str, words: Words
) -> list[dict[str, Any]]:
    bars = [
        (heading, [_bar(row, row[label], heading, words) for row in rows])
        for heading, rows in groups
    ]
    return under_headings(bars, gap=0.35)


def _bar(row: dict[str, Any], name: str, heading: str, words: Words) -> dict[str, Any]:
    lost = row["sector"] == "lost" or row.get("is_lost") is True
    standing = "lost" if lost else "assumed" if row.get("labelled") != "unknown" else "unknown"
    n = row["establishments"]
    said = {"name": name, "n": n}
    return {
        "region": row["region"],
        "name": name,
        "n": n,
        "lost": lost,
        "text": words(WORDS + ("value.lost" if lost else "value"), **said),
        "standing": words(WORDS + f"standing.{standing}"),
        "group": heading,
        "tip": words(WORDS + "tip", **said, standing=words(WORDS + f"standing.{standing}")),
    }


def _key(counts: pd.DataFrame, words: Words) -> list[Mark]:
    names = counts.drop_duplicates("region")
    sides = zip(names["region"], names[f"name_{words.lang}"], strict=True)
    return [
        *(Mark(name, region) for region, name in sides),
        *texts.key(words, WORDS, lost=("edge", "□")),
    ]


def _table(lines: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    columns = texts.columns(words, WORDS, group="text", name="text", n="count", standing="text")
    return tabled([line for line in lines if "n" in line], columns, words)


def _chart(counts: pd.DataFrame, lines: int, words: Words) -> alt.LayerChart:
    parts = _parts(counts)
    names = room([*parts[f"sector_{words.lang}"], *parts[f"name_{words.lang}"]], 8)
    top = int(parts["establishments"].max())
    across = alt.Scale(
        domain=[0, top], nice=False, rangeMin=names, rangeMax=alt.ExprRef("width - 64")
    )
    x = alt.X("n:Q", scale=across, axis=None)
    y = alt.Y("slot:Q", scale=alt.Scale(domain=[lines + 0.6, -0.7], nice=False), axis=None)
    base = chart_of("lines").encode(y)
    layers = [*_written(base, x), *_drawn(base, x, list(parts["region"].unique()))]
    return alt.layer(*layers).properties(height=(lines + 1) * LINE)


def _written(base: Any, x: Any) -> list[Any]:
    middle = {"align": "left", "baseline": "middle"}
    head = base.transform_filter("isValid(datum.head)").mark_text(fontWeight=700, **middle)
    rows = base.transform_filter("isValid(datum.n)")
    values = rows.mark_text(dx=6, fontWeight=600, **middle).encode(x, text="text:N")
    return [
        head.encode(x=alt.value(0), text="head:N"),
        rows.mark_text(**middle).encode(x=alt.value(0), text="name:N"),
        values,
    ]


def _drawn(base: Any, x: Any, regions: list[str]) -> list[Any]:
    colour = looks.colour("region", regions)
    rows = base.transform_filter("isValid(datum.n)").encode(x, x2=alt.datum(0), tooltip="tip:N")
    lost, known = (rows.transform_filter(f"{no}datum.lost") for no in ("", "!"))
    hollow = {"fill": theme.colour("paper"), "strokeDash": [4, 3], "strokeWidth": 2}
    return [
        known.mark_bar(height=17, opacity=1).encode(color=colour),
        lost.mark_bar(height=16, opacity=1, **hollow).encode(stroke=colour),
    ]
