"""Venture money: what each count says of the capital region, and the latest amounts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from clusterlib import datasets
from clusterlib.charts import texts
from clusterlib.charts import venture_view as view
from clusterlib.charts.axes import under_headings
from clusterlib.charts.dates import when
from clusterlib.charts.figure import Column, Content, Figure, Mark, records, tabled
from clusterlib.i18n import Words

WORDS = "lesson1.venture."
CAPITAL = "capital"
SHARES = ("investment_share", "fund_of_funds_share")
AMOUNTS = "investment"
EOK = 100_000_000  # the unit of the table's amounts, in won


def shares_and_amounts(frame: pd.DataFrame, regions: pd.DataFrame, words: Words) -> Figure:
    """The capital region's share as unjoined points; beside it the amounts of one quarter.

    Parameters
    ----------
    frame : frame
        The table venture_investment: period, region, indicator, series, value.
    regions : frame
        The table regions: which provinces there are, and which form the capital region.
    words : Words
        The reader's language.
    """
    shares = _shares(frame, words)
    amounts, period = _amounts(frame, regions, words)
    names = ("shares", "amounts")
    panels = {n: words(WORDS + f"panel.{n}", period=when(period, words)) for n in names}
    return Figure(
        id="1.venture",
        charts=lambda: [
            view.points(shares, panels["shares"]),
            view.bars(amounts, panels["amounts"]),
        ],
        content=_content(shares, amounts, period, words),
        sources=datasets.citation(frame, words.lang),
        fixed={"shares": shares, "amounts": amounts},
        table=_table(frame, words),
    )


def _middle(period: str) -> float:
    """The middle of a year, half-year or quarter on the axis of years."""
    year, part = int(period[:4]), period[4:]
    length = {"Q": 0.25, "H": 0.5}.get(part[:1], 1.0)
    return year + length * ((int(part[1:]) if part else 1) - 0.5)


def _shares(frame: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Each printed share of the capital region, with its count's rank in LOOKS."""
    own = frame[frame["indicator"].isin(SHARES) & frame["region"].eq(CAPITAL)]
    rank = {name: n for n, name in enumerate(own["series"].value_counts().index)}
    rows = []
    for row in records(own.sort_values("period")):
        partial = len(row["period"]) > 4
        said = {"period": when(row["period"], words), "value": row["value"]}
        rows.append(
            {
                "period": row["period"],
                "at": _middle(row["period"]),
                "shown": row["value"],
                "series": row["series"],
                "name": row[f"series_{words.lang}"],
                "rank": rank[row["series"]],
                "partial": partial,
                "text": words(WORDS + "point", value=row["value"]),
                "note": words(WORDS + f"part.{row['period'][4:]}") if partial else "",
                "tip": words(WORDS + "tip", name=row[f"series_{words.lang}"], **said),
            }
        )
    return rows


def _amounts(
    frame: pd.DataFrame, regions: pd.DataFrame, words: Words
) -> tuple[list[dict[str, Any]], str]:
    """Every province in the period that knows most of them, blank where nothing is printed."""
    provinces = regions[regions["kind"].eq("province")]
    own = frame[frame["indicator"].eq(AMOUNTS) & frame["region"].isin(provinces["region"])]
    period = own["period"].value_counts().index[0]
    printed = {row["region"]: row for row in records(own[own["period"].eq(period)])}
    rows = [_amount(row, printed.get(row["region"]), words) for row in records(provinces)]
    known = [row for row in rows if row["value"] is not None]
    heads = list(dict.fromkeys(row["head"] for row in sorted(known, key=lambda r: -r["value"])))
    rows.sort(
        key=lambda r: (heads.index(r["head"]), -r["value"]) if r in known else (len(heads), 0)
    )
    return under_headings(groupby(rows, key=itemgetter("head")), gap=0.6), period


def _amount(region: dict[str, Any], printed: dict[str, Any] | None, words: Words) -> dict[str, Any]:
    name = region[f"name_{words.lang}"]
    side = "capital" if region["capital_region"] else "rest"
    if printed is None:
        head, text = words(WORDS + "head.none"), words(WORDS + "none")
        value = None
    else:
        value = printed["value"]
        head, text = printed[f"series_{words.lang}"], words(WORDS + "amount", n=_said(value, words))
    tip = words(WORDS + "amount.tip", name=name, text=text)
    shown = None if value is None else _scaled(value, words)
    said = {"name": name, "head": head, "text": text, "tip": tip}
    return {**said, "side": side, "value": value, "shown": shown}


def _said(value: float, words: Words) -> str:
    shown = _scaled(value, words)
    return words.say(shown, "count" if shown == round(shown) else "decimal1")


def _scaled(value: float, words: Words) -> float:
    """Units of 100 million won in Korean, thousands of millions in English."""
    return value if words.scale == 10_000 else value * EOK / 1e9


def _content(
    shares: list[dict[str, Any]], amounts: list[dict[str, Any]], period: str, words: Words
) -> Content:
    low = min(shares, key=lambda row: row["shown"])
    said = {
        "low": low["shown"],
        "first": min(row["period"][:4] for row in shares),
        "last": max(row["period"][:4] for row in shares),
        "period": when(period, words),
        "n": len({row["series"] for row in shares}),
    }
    listed = {
        name: "; ".join(row["tip"] for row in rows if "tip" in row)
        for name, rows in (("shares", shares), ("amounts", amounts))
    }
    return Content(
        rows={},
        reading=" ".join([*_apart(shares, words), words(WORDS + "reading.blank")]),
        key=[Mark(row["name"], *view.look(row["rank"])[::2]) for row in _firsts(shares)],
        **texts.sentences(words, WORDS, said | listed, reading=None),
    )


def _firsts(shares: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted({row["series"]: row for row in shares}.values(), key=lambda row: row["rank"])


def _apart(shares: list[dict[str, Any]], words: Words) -> list[str]:
    """Say how far the counts are apart in the year in which they differ most."""
    years = {row["period"] for row in shares if not row["partial"]}
    same = {year: [row["shown"] for row in shares if row["period"] == year] for year in years}
    spans = {year: (min(each), max(each)) for year, each in same.items() if len(each) > 1}
    if not spans:
        return []
    year, (low, high) = max(spans.items(), key=lambda span: span[1][1] - span[1][0])
    return [words(WORDS + "reading.apart", year=year, low=low, high=high, points=high - low)]


def _table(frame: pd.DataFrame, words: Words) -> Mapping[str, Any]:
    short = datasets.sources().set_index("source")[f"short_{words.lang}"]
    said = frame.assign(
        when=[when(period, words) for period in frame["period"]],
        what=[
            words(WORDS + f"unit.{unit}", name=name)
            for unit, name in zip(frame["unit"], frame[f"indicator_{words.lang}"], strict=True)
        ],
        shown=[
            _said(value, words) if unit == "krw_100m" else words.say(value, "decimal1")
            for value, unit in zip(frame["value"], frame["unit"], strict=True)
        ],
        cited=frame["source"].map(short),
    )
    columns = [
        Column("when", words(WORDS + "column.period")),
        Column(f"group_{words.lang}", words("common.region")),
        Column("what", words(WORDS + "column.indicator")),
        Column("shown", words(WORDS + "column.value")),
        Column(f"series_{words.lang}", words(WORDS + "column.series")),
        Column("cited", words("common.figure.source")),
    ]
    return {**tabled(said, columns, words), "numeric": (words(WORDS + "column.value"),)}
