"""Number times mean size: two rectangles whose areas are the site areas of two regions."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.dates import when
from clusterlib.charts.figure import Column, Content, Figure, Mark, records, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words
from clusterlib.indicators import growth_decompose

WORDS = "lesson2.area."
HEIGHT = 360
NUMBER, SIZE = "establishments", "site_area_mean"
# What the second region may borrow from the first.
BORROWED = {"none": (), "number": (NUMBER,), "size": (SIZE,)}


def rectangles(counts: pd.DataFrame, words: Words) -> Figure:
    """Establishments across, mean site area up; the second region may borrow either from the first.

    Parameters
    ----------
    counts : frame
        datasets.establishments(): region, sector, establishments, site_area_mean (m2).
    words : Words
        The reader's language.
    """
    totals = counts[counts["sector"].eq("total")]
    rows = records(totals)
    split = _split(totals)
    made = {borrow: _content(rows, split, borrow, words) for borrow in BORROWED}
    return Figure(
        id="2.site_area",
        charts=lambda: [_chart(rows, words)],
        content=made["none"],
        sources=datasets.citation(totals, words.lang),
        evidence="estimated",
        respond=lambda values: made[values["borrow"]],
    )


def _split(totals: pd.DataFrame) -> dict[str, float]:
    first, second = totals["region"].iloc[:2]
    return growth_decompose(totals, first, second, NUMBER, SIZE).to_dict()


def _content(
    rows: list[dict[str, Any]], split: dict[str, float], borrow: str, words: Words
) -> Content:
    first, second = rows
    changed = {**second, **{name: first[name] for name in BORROWED[borrow]}}
    said = _facts(first, second, changed, split, words)
    shown = [_box(first, 0, words), _box(changed, first[NUMBER] * 1.08, words)]
    state = "size" if _by_size(split) else "number"
    ghost = [] if borrow == "none" else [_box(second, first[NUMBER] * 1.08, words)]
    return Content(
        rows={"boxes": shown, "ghost": ghost},
        **texts.sentences(words, WORDS, said, title=state, reading=borrow),
        key=[
            *(Mark(row[f"name_{words.lang}"], row["region"]) for row in rows),
            *([Mark(words(WORDS + "key.ghost"), "edge", "□")] if ghost else []),
        ],
        **_table(rows, words),
    )


def _by_size(split: dict[str, float]) -> bool:
    return abs(split["size_effect"]) > abs(split["number_effect"])


def _facts(
    first: dict[str, Any],
    second: dict[str, Any],
    changed: dict[str, Any],
    split: dict[str, float],
    words: Words,
) -> dict[str, Any]:
    million = {name: value / 1e6 for name, value in split.items()}
    return {
        "name_1": first[f"name_{words.lang}"],
        "name_2": second[f"name_{words.lang}"],
        "n_1": first[NUMBER],
        "n_2": second[NUMBER],
        "size_1": first[SIZE],
        "size_2": second[SIZE],
        "ratio": second[SIZE] / first[SIZE],
        "changed": changed[NUMBER] * changed[SIZE] / 1e6,
        "month": when(second["month"], words),
        "title_month": when(second["month_in_title"], words),
        **million,
    }


def _box(row: dict[str, Any], left: float, words: Words) -> dict[str, Any]:
    name, total = row[f"name_{words.lang}"], row[NUMBER] * row[SIZE] / 1e6
    return {
        "region": row["region"],
        "left": left,
        "right": left + row[NUMBER],
        "middle": left + row[NUMBER] / 2,
        "top": row[SIZE],
        "name": words(WORDS + "box.name", name=name),
        "number": words(WORDS + "box.number", n=row[NUMBER]),
        "size": words(WORDS + "box.size", n=row[SIZE]),
        "total": words(WORDS + "box.total", n=total),
        "tip": words(WORDS + "tip", name=name, n=row[NUMBER], size=row[SIZE], total=total),
    }


def _table(rows: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    said = [
        {
            **row,
            "total": row[NUMBER] * row[SIZE] / 1e6,
            **{name: when(row[name], words) for name in ("month", "month_in_title")},
        }
        for row in rows
    ]
    columns = [
        Column(f"name_{words.lang}", words("common.region")),
        *texts.columns(words, WORDS, **{NUMBER: "count", SIZE: "count"}, total="decimal1"),
        *texts.columns(words, WORDS, month="text", month_in_title="text"),
    ]
    return tabled(said, columns, words)


def _chart(rows: list[dict[str, Any]], words: Words) -> alt.LayerChart:
    first, second = rows
    wide = first[NUMBER] * 1.08 + max(row[NUMBER] for row in rows)
    high = max(row[SIZE] for row in rows) * 1.06
    across = alt.Scale(domain=[0, wide], nice=False)
    up = alt.Scale(domain=[0, high], nice=False)
    area = alt.Axis(title=words(WORDS + "axis"), domain=False, ticks=False, tickCount=5)
    width = alt.Axis(title=words(WORDS + "across"), labels=False, grid=False, ticks=False)

    def box(data: str) -> Any:
        return chart_of(data).encode(
            alt.X("left:Q", scale=across, axis=width),
            alt.Y("top:Q", scale=up, axis=area),
            x2="right:Q",
            y2=alt.datum(0),
            tooltip="tip:N",
        )

    colour = looks.colour("region", [first["region"], second["region"]])
    ghost = {"strokeDash": [5, 4], "stroke": theme.colour("edge"), "strokeWidth": 2}
    return alt.layer(
        box("boxes").mark_rect(opacity=1).encode(color=colour),
        box("ghost").mark_rect(fill="transparent", **ghost),
        *_labels(across, up),
    ).properties(height=HEIGHT)


def _labels(across: Any, up: Any) -> list[Any]:
    base = chart_of("boxes").encode(alt.X("middle:Q", scale=across))
    inside = {"color": theme.colour("paper"), "fontWeight": 700}
    lines = (("name", 12, 15), ("number", 34, 13), ("size", 56, 13), ("total", 78, 13))
    return [
        base.mark_text(baseline="bottom", fontSize=size, **inside).encode(
            y=alt.value(HEIGHT - 100 + above), text=f"{field}:N"
        )
        for field, above, size in lines
    ]
