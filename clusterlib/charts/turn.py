"""The years in which the capital region lost people: who received them, and how it turned."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.labels import beside
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson1.turn."
HEIGHT = 400
# Px at either end of a bar for its number.
ROOM = 74
SIDES = ("rest", "capital")
# By "year" and as "sum" up to it: years down, provinces across.
Balances = dict[str, pd.DataFrame]


def with_capital(net: pd.DataFrame, words: Words) -> Figure:
    """Each province's balance with the capital region, and the capital region's own by year.

    Parameters
    ----------
    net : frame
        The table net_migration: year, region, names, net_with_capital (people a year; above zero
        when more came from the capital region than went there).
    words : Words
        The reader's language.
    """
    years = period(net)
    rows = net[net["net_with_capital"].notna() & net["year"].isin(years)]
    by_year = rows.pivot(index="year", columns="region", values="net_with_capital")
    # A province that was founded later is blank before it stood.
    balances = {"year": by_year, "sum": by_year.cumsum().ffill()}
    names = dict(zip(rows["region"], rows[f"name_{words.lang}"], strict=True))
    start = {"year": years[0], "span": "year"}
    first = _found(balances, **start)
    names = {region: names[region] for region in sorted(names, key=lambda r: -first.get(r, 0))}
    # One length means one number of people in all years.
    longest = {span: wide.abs().max(axis=None) for span, wide in balances.items()}

    def respond(values: dict[str, Any]) -> Content:
        return _content(balances, names, values, longest[values["span"]], words)

    lengths = pd.concat([wide / longest[span] for span, wide in balances.items()])
    ends = [lengths.min(axis=None), lengths.max(axis=None)]
    return Figure(
        id="1.turn",
        charts=lambda: [_bars(list(names.values()), ends), _columns(years, words)],
        content=respond(start),
        sources=datasets.citation(rows, words.lang),
        respond=respond,
        start=start,
    )


def period(net: pd.DataFrame) -> list[int]:
    """From the first year in which the capital region lost people to the last year known."""
    balance = -net.groupby("year")["net_with_capital"].sum()
    first = balance[balance < 0].index.min()
    return [int(year) for year in balance.index if year >= first]


def _found(balances: Balances, year: int, span: str) -> dict[str, int]:
    """The balance of each province that is known, in a year or in all years up to it."""
    return balances[span].loc[year].dropna().astype(int).to_dict()


def _content(
    balances: Balances, names: dict[str, str], asked: dict[str, Any], longest: float, words: Words
) -> Content:
    year, span, by_year = asked["year"], asked["span"], balances["year"]
    found = _found(balances, year, span)
    shown = [y for y in by_year.index if y == year or (span == "sum" and y < year)]
    said = _said(found, names, shown)
    said["leaders"] = ", ".join(words(WORDS + "one", name=k, n=n) for k, n in said["leaders"])
    side = "lost" if said["balance"] < 0 else "gained"
    told = "sum" if len(shown) > 1 else "year"
    return Content(
        rows={
            "provinces": [_row(region, names, found, longest, words) for region in names],
            "years": [_column(y, -int(n), shown, words) for y, n in by_year.sum(axis=1).items()],
        },
        key=texts.key(words, WORDS, rest="rest", capital="capital"),
        **texts.sentences(words, WORDS, said, title=f"{told}.{side}", subtitle=told),
        **_table(by_year, names, words),
    )


def _said(found: dict[str, int], names: dict[str, str], shown: list[int]) -> dict[str, Any]:
    ranked = sorted(found, key=lambda region: -found[region])
    most, least = ranked[0], ranked[-1]
    balance = -sum(found.values())
    return {
        "first": shown[0],
        "year": shown[-1],
        "balance": balance,
        "size": abs(balance),
        "received": sum(n > 0 for n in found.values()),
        "total": len(found),
        "most": names[most],
        "most_n": found[most],
        "leaders": [(names[region], found[region]) for region in ranked[:3] if found[region] > 0],
        "least": names[least],
        "least_n": found[least],
        "without": balance + found[most],
    }


def _row(
    region: str, names: dict[str, str], found: dict[str, int], longest: float, words: Words
) -> dict[str, Any]:
    n = found.get(region)
    known = n is not None
    return {
        "name": names[region],
        "shown": n / longest if known else 0,
        "side": "rest" if (n or 0) > 0 else "capital",
        "text": words(WORDS + "label", n=n) if known else words(WORDS + "label.none"),
        "left": (n or 0) < 0,
        "tip": words(WORDS + ("tip" if known else "tip.none"), name=names[region], n=n),
    }


def _column(year: int, n: int, shown: list[int], words: Words) -> dict[str, Any]:
    return {
        "year": year,
        "shown": n / words.scale,
        "side": "rest" if n < 0 else "capital",
        "picked": year in shown,
        "text": words.say(n / words.scale, "decimal1" if words.scale > 1_000 else "decimal0"),
        "tip": words(WORDS + "tip.year", year=year, n=n),
    }


def _table(by_year: pd.DataFrame, names: dict[str, str], words: Words) -> dict[str, Any]:
    columns = [
        Column("name", words("common.region")),
        *(Column(year, words.say(year, "year"), "count") for year in by_year.index),
    ]
    rows = by_year[list(names)].astype("Int64").T.assign(name=list(names.values()))
    return tabled(rows, columns, words)


def _bars(order: list[str], span: list[float]) -> alt.LayerChart:
    """The provinces in one fixed order, their bars to the right or to the left of nothing."""
    names = alt.Axis(title=None, domain=False, ticks=False, labelColor=theme.colour("ink"))
    ends = [alt.ExprRef(str(ROOM)), alt.ExprRef(f"width - {ROOM}")]
    base = chart_of("provinces").encode(
        y=alt.Y("name:N", sort=order, axis=names, scale=alt.Scale(paddingInner=0.3)),
        x=alt.X(
            "shown:Q",
            axis=None,
            scale=alt.Scale(domain=span, nice=False, rangeMin=ends[0], rangeMax=ends[1]),
        ),
        tooltip="tip:N",
    )
    zero = alt.Chart().mark_rule(color=theme.colour("edge")).encode(x=alt.XDatum(0, axis=None))
    layers = [
        base.mark_bar().encode(color=looks.colour("side", SIDES)),
        zero,
        *beside(base.encode(text="text:N"), 5, left="datum.left"),
    ]
    return alt.layer(*layers).properties(height=HEIGHT, usermeta={"share": 3})


def _columns(years: list[int], words: Words) -> alt.LayerChart:
    """The capital region's own balance by year; the years counted stand out."""
    ends = {years[0], years[-1], *(year for year in years if year % 5 == 0)}
    unit = alt.Axis(title=words(WORDS + "axis"), domain=False, tickCount=5)
    time = alt.Axis(title=None, labelAngle=0, values=sorted(ends), domain=False, ticks=False)
    base = chart_of("years").encode(
        x=alt.X("year:O", axis=time, scale=alt.Scale(paddingInner=0.15)),
        y=alt.Y("shown:Q", axis=unit),
        tooltip="tip:N",
    )
    faint = alt.condition("datum.picked", alt.value(1), alt.value(0.35))
    above, below = (
        base.transform_filter("datum.shown >= 0"),
        base.transform_filter("datum.shown < 0"),
    )
    zero = alt.Chart().mark_rule(color=theme.colour("edge")).encode(y=alt.datum(0))
    layers = [
        base.mark_bar().encode(color=looks.colour("side", SIDES), opacity=faint),
        zero,
        above.mark_text(baseline="bottom", dy=-4, fontSize=12).encode(text="text:N"),
        below.mark_text(baseline="top", dy=4, fontSize=12).encode(text="text:N"),
    ]
    return alt.layer(*layers).properties(height=HEIGHT, usermeta={"share": 2})
