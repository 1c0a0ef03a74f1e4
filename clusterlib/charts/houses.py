"""House prices: one person's account in its own panel, price levels in another, never joined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusterlib import datasets
from clusterlib.charts import houses_view as view
from clusterlib.charts import texts
from clusterlib.charts.dates import when
from clusterlib.charts.figure import Content, Figure, Mark, records, tabled
from clusterlib.i18n import Words

WORDS = "lesson4.houses."
WON = {"krw_10k": 1e4, "krw_10k_per_3_3m2": 1e4, "krw_100m": 1e8}
NOW = "now"  # the end of the name of an item that tells today's price of a flat
WHOLE = ("korea", "capital", "rest")  # groups of provinces, not places to live in


def account_and_levels(
    prices: pd.DataFrame, numbers: pd.DataFrame, home: str, words: Words
) -> Figure:
    """The account of one interviewee beside the price levels of one series.

    Parameters
    ----------
    prices : frame
        The table house_prices.
    numbers : frame
        The numbers of the interview, from interview_numbers.
    home : str
        The region in which the interviewee lives, to set against the dearest one.
    words : Words
        The reader's language.
    """
    told = _told(numbers, words)
    series = {name: _levels(own, home, words) for name, own in prices.groupby("series", sort=False)}

    def respond(values: Mapping[str, Any]) -> Content:
        return _content(series[values["series"]], told, home, words)

    start = {"series": series_of(prices)[0]}
    panels = {name: words(WORDS + f"panel.{name}") for name in ("account", "levels")}
    both = pd.concat([prices[["source"]], numbers[["source"]]])
    return Figure(
        id="4.house_prices",
        charts=lambda: [
            view.account(told, panels["account"]),
            view.levels([_places(each) for each in series.values()], home, panels["levels"]),
        ],
        content=respond(start),
        sources=datasets.citation(both, words.lang),
        fixed={"account": told},
        respond=respond,
        start=start,
    )


def series_of(prices: pd.DataFrame) -> list[str]:
    """The series, the latest first; of those equally late, prices of whole dwellings first."""
    ends = prices.groupby("series")["period"].max()
    part = prices.drop_duplicates("series").set_index("series")["unit"].ne("krw_10k")
    order = pd.DataFrame({"end": ends, "part": part})
    return list(order.sort_values(["end", "part"], ascending=[False, True]).index)


def _told(numbers: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """The prices of each flat, then and now, as the interviewee said them."""
    prices = numbers[numbers["unit"] == "krw_100m"]
    flats = list(dict.fromkeys(item.partition("_")[0] for item in prices["item"]))
    rows = []
    for line, row in enumerate(records(prices)):
        flat, _, when = row["item"].partition("_")
        low, high = row["value"], row["value_to"] or row["value"]
        ends = {"low": _won(row, low, words), "high": _won(row, high, words)}
        name, text = row[f"item_{words.lang}"], words(WORDS + f"said.{row['bound']}", **ends)
        said = {"name": name, "text": text, "tip": words(WORDS + "told", name=name, text=text)}
        slot = line + 0.6 * flats.index(flat)
        rows.append({"slot": slot, "low": low, "high": high, "now": when == NOW, **said})
    return rows


def _won(row: Mapping[str, Any], value: float, words: Words) -> str:
    return words(WORDS + "won", won=value * WON[row["unit"]])


def _levels(own: pd.DataFrame, home: str, words: Words) -> dict[str, Any]:
    """One series: its last period as rows, and what an earlier period knew of the home region."""
    period = own["period"].max()
    last = records(own[own["period"] == period].sort_values("value", ascending=False))
    earlier = records(own[(own["period"] < period) & own["region"].eq(home)])
    capital = set(datasets.regions().query("capital_region")["region"]) | {"capital"}
    return {
        "name": last[0][f"series_{words.lang}"],
        "period": period,
        "earlier": earlier[0] if earlier else None,
        "rows": [_level(slot, row, home, capital, words) for slot, row in enumerate(last)],
    }


def _level(
    slot: int, row: dict[str, Any], home: str, capital: set[str], words: Words
) -> dict[str, Any]:
    name, text = row[f"group_{words.lang}"], _won(row, row["value"], words)
    side = "home" if row["region"] == home else "capital" if row["region"] in capital else "rest"
    said = {"name": name, "text": text, "tip": words(WORDS + "told", name=name, text=text)}
    return {"slot": slot, "region": row["region"], "value": row["value"], "side": side, **said}


def _places(series: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of single provinces, line by line; wholes stand in the table only."""
    own = [row for row in series["rows"] if row["region"] not in WHOLE]
    return [{**row, "slot": slot} for slot, row in enumerate(own)]


def _content(
    series: dict[str, Any], told: list[dict[str, Any]], home: str, words: Words
) -> Content:
    places = _places(series)
    own = next((row for row in places if row["region"] == home), None)
    high, low = places[0], own or places[-1]
    said = {
        "high": high["name"],
        "low": low["name"],
        "times": high["value"] / low["value"],
        "series": series["name"],
        "period": when(series["period"], words),
        "n": len(places),
        "listed": "; ".join(f"{row['name']} {row['text']}" for row in series["rows"]),
        "told": "; ".join(f"{row['name']}: {row['text']}" for row in told),
    }
    parts = ["levels"]
    if series["earlier"] and own:
        change = 100 * (own["value"] / series["earlier"]["value"] - 1)
        said |= {"since": when(series["earlier"]["period"], words), "change": abs(change)}
        parts.append("rise" if change > 0 else "fall")
    return Content(
        rows={"levels": places},
        key=_key(home, own, words),
        **texts.sentences(words, WORDS, said, reading=[*parts, "apart"]),
        **_table(series, told, words),
    )


def _key(home: str, own: dict[str, Any] | None, words: Words) -> list[Mark]:
    marks = texts.key(words, WORDS, account=("assumed", "dash"), capital="capital", rest="rest")
    return [*marks, Mark(own["name"], view.home_shade(home))] if own else marks


def _table(series: dict[str, Any], told: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    rows = [{"kind": words(WORDS + "kind.account"), **row} for row in told]
    rows += [{"kind": series["name"], **row} for row in series["rows"]]
    columns = texts.columns(words, WORDS, kind="text", name="text", text="text")
    return tabled(rows, columns, words)
