"""Workers at the two dates that are printed, and what can be said of their growth."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, records, tabled
from clusterlib.charts.labels import apart, beside, room
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson2.growth."
HEIGHT = 320
# What is compared, with the column that holds it and how it is written.
MEASURES = {"change": "count", "fold": "decimal1", "cagr": "percent"}


def totals(workers: pd.DataFrame) -> pd.DataFrame:
    """The rows of all sectors together."""
    return workers[workers["sector"].eq("total")]


def between(workers: pd.DataFrame, grown: pd.DataFrame, words: Words) -> Figure:
    """Two points a region, the year between them blank; bars of one measure of growth.

    Parameters
    ----------
    workers : frame
        datasets.workers(): region, names, year, sector, workers (people; blank where drawn only).
    grown : frame
        indicators.cagr of the totals: region, first, last, change, fold, cagr.
    words : Words
        The reader's language.
    """
    own = totals(workers)
    names = dict(zip(own["region"], own[f"name_{words.lang}"], strict=True))
    rates = [
        {**row, "name": names[row["region"]], "cagr": 100 * row["cagr"]} for row in records(grown)
    ]
    points = _points(own, names, words)
    gaps = own.loc[own["workers"].isna(), "year"].unique().tolist()
    made = {measure: _content(rates, gaps, measure, words) for measure in MEASURES}
    return Figure(
        id="2.worker_growth",
        charts=lambda: [_slopes(points, gaps, list(names), words), _bars(rates, words)],
        content=made["change"],
        sources=datasets.citation(own, words.lang),
        fixed={"points": points, "gaps": _gaps(gaps, words)},
        table=_table(own, grown, words),
        respond=lambda values: made[values["measure"]],
    )


def _points(own: pd.DataFrame, names: dict[str, str], words: Words) -> list[dict[str, Any]]:
    known = records(own[own["workers"].notna()])
    top = max(row["workers"] for row in known) / words.scale
    ends = [min(row["year"] for row in known), max(row["year"] for row in known)]
    rows = []
    for year in ends:
        here = [row for row in known if row["year"] == year]
        heights = apart([row["workers"] / words.scale for row in here], top * 0.09)
        rows += [
            {
                "region": row["region"],
                "year": year,
                "shown": row["workers"] / words.scale,
                "label": height,
                "right": year == ends[-1],
                "text": words(
                    WORDS + ("point" if year == ends[-1] else "start"),
                    name=names[row["region"]],
                    n=row["workers"],
                ),
                "tip": words(WORDS + "tip", name=names[row["region"]], year=year, n=row["workers"]),
            }
            for row, height in zip(here, heights, strict=True)
        ]
    return rows


def _gaps(years: list[int], words: Words) -> list[dict[str, Any]]:
    return [{"year": year, "text": words(WORDS + "gap", year=year)} for year in years]


def _content(rates: list[dict[str, Any]], gaps: list[int], measure: str, words: Words) -> Content:
    said = _facts(rates, gaps) | {"measure": words(WORDS + f"measure.{measure}")}
    # Whether the region that added most is also the one that multiplied fastest.
    state = "same" if said["most"] == said["fastest"] else "split"
    return Content(
        rows={"bars": [_bar(row, measure, words) for row in rates]},
        key=[Mark(row["name"], row["region"]) for row in rates]
        + texts.key(words, WORDS, unknown=("edge", "dash")),
        **texts.sentences(words, WORDS, said, title=state, reading=measure),
    )


def _facts(rates: list[dict[str, Any]], gaps: list[int]) -> dict[str, Any]:
    most, fastest = (max(rates, key=lambda r: r[by]) for by in ("change", "fold"))
    first, second = rates[0], rates[-1]
    return {
        "most": most["name"],
        "fastest": fastest["name"],
        "fastest_fold": fastest["fold"],
        "first": first["first"],
        "last": first["last"],
        "years": first["years"],
        "gap": ", ".join(map(str, gaps)),
        **{
            f"{part}_{place}": row[part]
            for place, row in ((1, first), (2, second))
            for part in ("name", "first_value", "last_value", "change", "fold", "cagr")
        },
    }


def _bar(row: dict[str, Any], measure: str, words: Words) -> dict[str, Any]:
    shown = row[measure] / (words.scale if measure == "change" else 1)
    text = words(WORDS + f"bar.{measure}", n=row[measure])
    return {"region": row["region"], "name": row["name"], "shown": shown, "text": text}


def _table(own: pd.DataFrame, grown: pd.DataFrame, words: Words) -> dict[str, Any]:
    rates = grown.rename(columns={"last": "year"})[["region", "year", "fold", "cagr"]]
    said = own.merge(rates, on=["region", "year"], how="left")
    said = said.assign(
        cagr=100 * said["cagr"],
        printed=[words(f"lesson2.printed.{each}") for each in said["printed"]],
    )
    columns = [
        Column(f"name_{words.lang}", words("common.region")),
        Column("year", words("common.year")),
        *texts.columns(
            words, WORDS, workers="count", printed="text", fold="decimal2", cagr="decimal1"
        ),
    ]
    return tabled(said, columns, words)


def _slopes(
    points: list[dict[str, Any]], gaps: list[int], regions: list[str], words: Words
) -> alt.LayerChart:
    years = sorted({*(point["year"] for point in points), *gaps})
    before, after = (
        room(p["text"] for p in points if p["right"] is side) for side in (False, True)
    )
    time = alt.Scale(
        domain=[years[0], years[-1]],
        nice=False,
        zero=False,
        rangeMin=before,
        rangeMax=alt.ExprRef(f"width - {after}"),
    )
    quiet = {"title": None, "domain": False, "ticks": False, "grid": False}
    x = alt.X(
        "year:Q", scale=time, axis=alt.Axis(values=years, format="d", labelFlush=False, **quiet)
    )
    people = alt.Axis(title=words("common.axis.people"), domain=False, ticks=False, tickCount=5)
    y = alt.Y("shown:Q", scale=alt.Scale(zero=True), axis=people)
    base = chart_of("points").encode(x, color=looks.colour("region", regions))
    lines = base.encode(y, detail="region:N").mark_line(strokeDash=[4, 4], strokeWidth=1.5)
    dots = base.encode(y, tooltip="tip:N").mark_point(filled=True, size=110, opacity=1)
    text = base.encode(alt.Y("label:Q"), text="text:N")
    return alt.layer(
        *_blank(x),
        lines,
        dots,
        *beside(text, 10, left="!datum.right", fontWeight=600),
    ).properties(height=HEIGHT)


def _blank(x: Any) -> list[Any]:
    base = chart_of("gaps").encode(x)
    return [
        base.mark_rule(strokeDash=[2, 4], color=theme.colour("edge")).encode(
            y=alt.value(22), y2=alt.value(HEIGHT)
        ),
        base.mark_text(baseline="top", dy=4, color=theme.colour("muted"), fontSize=12).encode(
            y=alt.value(0), text="text:N"
        ),
    ]


def _bars(rates: list[dict[str, Any]], words: Words) -> alt.LayerChart:
    regions = [row["region"] for row in rates]
    quiet = {"title": None, "domain": False, "ticks": False, "grid": False}
    ink = {"labelColor": theme.colour("ink"), "labelFontSize": 14}
    scale = alt.Scale(rangeMax=alt.ExprRef("width - 90"), zero=True, nice=False)
    base = chart_of("bars").encode(
        alt.X("shown:Q", scale=scale, axis=None),
        alt.Y("name:N", sort=[row["name"] for row in rates], axis=alt.Axis(**ink, **quiet)),
    )
    bars = base.mark_bar(height={"band": 0.55}, opacity=1).encode(
        color=looks.colour("region", regions)
    )
    values = base.mark_text(align="left", dx=6, fontWeight=700, fontSize=15).encode(text="text:N")
    return alt.layer(bars, values).properties(height=HEIGHT * 0.6)
