"""A toy with the missing year: any value put between two dates leaves their growth as it was."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, growth, looks, texts
from clusterlib.charts.figure import Content, Figure, records, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson2.path."
HEIGHT = 320


def through(workers: pd.DataFrame, grown: pd.DataFrame, words: Words) -> Figure:
    """The path of one region through a value that the learner assumes for the blank year.

    Parameters
    ----------
    workers : frame
        datasets.workers(): region, names, year, sector, workers.
    grown : frame
        indicators.cagr of the totals.
    words : Words
        The reader's language.
    """
    own = growth.totals(workers)
    names = dict(zip(own["region"], own[f"name_{words.lang}"], strict=True))
    middle = int(own.loc[own["workers"].isna(), "year"].iloc[0])
    known = {row["region"]: {**row, "middle": middle} for row in records(grown)}

    def respond(values: dict[str, Any]) -> Content:
        region = values["region"]
        return _content(known[region], names[region], values["share"], words)

    return Figure(
        id="2.growth_path",
        charts=lambda: [_chart(own, list(names), words)],
        content=respond({"region": grown["region"].iloc[0], "share": 50}),
        sources=datasets.citation(own, words.lang),
        evidence="teaching",
        respond=respond,
    )


def _content(row: dict[str, Any], name: str, share: int, words: Words) -> Content:
    said = _facts(row, share) | {"name": name}
    pace = "early" if said["rate_1"] > said["rate_2"] else "late"
    ends = {"known": (row["region"], "●"), "assumed": (row["region"], "○")}
    return Content(
        rows={"path": _path(row, said, words), "even": _even(row, words)},
        key=texts.key(words, WORDS, **ends, even=("edge", "dash")),
        **texts.sentences(words, WORDS, said, title=pace),
        **_table(row, said, words),
    )


def _facts(row: dict[str, Any], share: int) -> dict[str, Any]:
    first, middle, last = row["first"], row["middle"], row["last"]
    assumed = row["first_value"] + share / 100 * row["change"]
    return {
        "share": share,
        "first": first,
        "middle": middle,
        "last": last,
        "n": row["first_value"],
        "assumed": assumed,
        "m": row["last_value"],
        "rate": 100 * row["cagr"],
        "rate_1": _rate(row["first_value"], assumed, middle - first),
        "rate_2": _rate(assumed, row["last_value"], last - middle),
        "even": _share_of_even(row),
    }


def _rate(start: float, end: float, years: int) -> float:
    return 100 * ((end / start) ** (1 / years) - 1)


def _share_of_even(row: dict[str, Any]) -> float:
    """What share of the increase a constant rate would have brought by the middle year."""
    by_then = row["first_value"] * (1 + row["cagr"]) ** (row["middle"] - row["first"])
    return 100 * (by_then - row["first_value"]) / row["change"]


def _path(row: dict[str, Any], said: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    values = [(row["first"], said["n"]), (row["middle"], said["assumed"]), (row["last"], said["m"])]
    return [
        {
            "region": row["region"],
            "year": year,
            "shown": n / words.scale,
            "assumed": year == row["middle"],
            # The label stands on the side of the path where the even curve is not.
            "above": said["share"] > said["even"],
            "text": words(WORDS + ("assumed" if year == row["middle"] else "known"), n=n),
        }
        for year, n in values
    ]


def _even(row: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """The curve of the one constant rate between the two known dates."""
    return [
        {
            "year": year,
            "shown": row["first_value"] * (1 + row["cagr"]) ** (year - row["first"]) / words.scale,
        }
        for year in range(row["first"], row["last"] + 1)
    ]


def _table(row: dict[str, Any], said: dict[str, Any], words: Words) -> dict[str, Any]:
    spans = [
        (row["first"], row["middle"], said["n"], said["assumed"], said["rate_1"]),
        (row["middle"], row["last"], said["assumed"], said["m"], said["rate_2"]),
        (row["first"], row["last"], said["n"], said["m"], said["rate"]),
    ]
    rows = [
        {"span": words(WORDS + "span", first=a, last=b), "start": n, "end": m, "rate": rate}
        for a, b, n, m, rate in spans
    ]
    columns = texts.columns(words, WORDS, span="text", start="count", end="count", rate="decimal1")
    return tabled(rows, columns, words)


def _chart(own: pd.DataFrame, regions: list[str], words: Words) -> alt.LayerChart:
    years = sorted({int(year) for year in own["year"]})
    top = float(own["workers"].max()) / words.scale
    quiet = {"domain": False, "ticks": False}
    time = alt.Scale(domain=[years[0] - 0.5, years[-1] + 0.5], nice=False, zero=False)
    axis = alt.Axis(values=years, format="d", title=None, grid=False, **quiet)
    people = alt.Axis(title=words("common.axis.people"), tickCount=5, **quiet)
    x = alt.X("year:Q", scale=time, axis=axis)
    y = alt.Y("shown:Q", scale=alt.Scale(domain=[0, top * 1.12], nice=False), axis=people)
    even = chart_of("even").encode(x, y)
    path = chart_of("path").encode(x, y, color=looks.colour("region", regions))
    known, assumed = (path.transform_filter(f"{no}datum.assumed") for no in ("!", ""))
    first, last = years[0], years[-1]
    text = {"fontWeight": 600}
    return alt.layer(
        even.mark_line(strokeDash=[5, 4], strokeWidth=1.5, color=theme.colour("edge")),
        path.mark_line(strokeWidth=2),
        known.mark_point(filled=True, size=120, opacity=1),
        assumed.mark_point(size=120, strokeWidth=2.5, fill=theme.colour("paper"), opacity=1),
        *(
            path.transform_filter(where).mark_text(**place, **text).encode(text="text:N")
            for where, place in (
                (f"datum.year == {first}", {"align": "left", "dy": 20}),
                ("datum.assumed && datum.above", {"align": "right", "dx": -4, "dy": -14}),
                ("datum.assumed && !datum.above", {"align": "left", "dx": 4, "dy": 20}),
                (f"datum.year == {last}", {"align": "right", "dy": -16}),
            )
        ),
    ).properties(height=HEIGHT)
