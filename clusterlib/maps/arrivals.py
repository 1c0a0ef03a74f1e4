"""Institutions appearing year by year, each as a ring of what is not known about its place."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from clusterlib import datasets
from clusterlib.charts import texts
from clusterlib.charts.figure import Content, Figure, Mark, records, tabled
from clusterlib.charts.formation import named
from clusterlib.i18n import Words
from clusterlib.maps import outlines, rings

WORDS = "lesson2.map."
SIGNS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
LETTERS = "ABCDEF"
# Margin of the overview, as a share of the extent of all rings.
ROOM = 0.35


def by_year(
    events: pd.DataFrame, places: pd.DataFrame, regions: pd.DataFrame, words: Words
) -> Figure:
    """The places of the entries up to a year: an overview, and every crowd of rings larger.

    Parameters
    ----------
    events : frame
        datasets.formation_events(): region, year, name, place.
    places : frame
        datasets.places(): place, names, lat, lon, precision_m (blank where not known).
    regions : frame
        datasets.regions(): macro_region, which provinces are drawn around them.
    words : Words
        The reader's language.
    """
    spots = _spots(events, places, words)
    crowds = rings.crowds(spots)
    names = named(events, words)
    drawn = _provinces(events, regions)
    first, last = period(events)

    def respond(values: dict[str, Any]) -> Content:
        return _content(events, spots, names, values["year"], words)

    return Figure(
        id="2.formation_map",
        charts=lambda: _charts(spots, crowds, list(names), words),
        content=respond({"year": last}),
        sources=datasets.citation(_sources(events, places, regions), words.lang),
        evidence="assumed",
        fixed={
            "shapes": [shape for shape in outlines.features() if shape["region"] in drawn],
            "frames": list(map(_frame, crowds, LETTERS)),
            "scale": [{"n": 1}],
            "names": _names(regions[regions["region"].isin(drawn)], rings.box(spots, ROOM), words),
        },
        respond=respond,
        start={"year": last, "first": first},
    )


def period(events: pd.DataFrame) -> tuple[int, int]:
    """The first and the last year of the entries."""
    return int(events["year"].min()), int(events["year"].max())


def _provinces(events: pd.DataFrame, regions: pd.DataFrame) -> set[str]:
    """The provinces of the parts of the country in which the entries lie."""
    own = regions[regions["region"].isin(events["region"])]["macro_region"]
    return set(regions.loc[regions["macro_region"].isin(own), "region"])


def _sources(events: pd.DataFrame, places: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([frame[["source"]] for frame in (events, places, regions)])


def _spots(events: pd.DataFrame, places: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Every known place of an entry once, numbered by its first year."""
    first = events.groupby("place")["year"].min()
    known = places[places["place"].isin(first.index) & places["lat"].notna()]
    rows = [{**row, "since": int(first[row["place"]])} for row in records(known)]
    rows.sort(key=lambda row: row["since"])
    crowded = {row["place"] for crowd in rings.crowds(rows) for row in crowd}
    return [
        {
            **row,
            "sign": sign,
            "alone": row["place"] not in crowded,
            "name": row[f"place_{words.lang}"],
            "town": row[f"town_{words.lang}"],
            "coordinates": rings.ring(row),
            "at": rings.plane(row["lon"], row["lat"]),
        }
        for row, sign in zip(rows, SIGNS, strict=False)
    ]


def _town(crowd: list[dict[str, Any]]) -> str:
    return Counter(place["town"] for place in crowd).most_common(1)[0][0]


def _charts(
    spots: list[dict[str, Any]], crowds: list[Any], regions: list[str], words: Words
) -> list[Any]:
    def drawn(bounds: rings.Box, title: str, frames: bool = False) -> Any:
        return rings.chart(
            bounds, title, words(WORDS + "scale", n=rings.bar(bounds)), regions, frames
        )

    larger = [
        drawn(rings.box(crowd), words(WORDS + "inset", sign=letter, name=_town(crowd)))
        for crowd, letter in zip(crowds, LETTERS, strict=False)
    ]
    return [drawn(rings.box(spots, ROOM), words(WORDS + "overview"), frames=True), *larger]


def _names(drawn: pd.DataFrame, bounds: rings.Box, words: Words) -> list[dict[str, Any]]:
    """The provinces whose middle lies within the overview on the narrowest page too."""
    left, low, right, high = bounds
    middles = [outlines.middle(region) for region in drawn["region"]]
    names = drawn[f"name_{words.lang}"]
    return [
        {"x": x, "y": y, "name": name}
        for (x, y), name in zip(middles, names, strict=True)
        if left < x < right and low < y < high
    ]


def _frame(crowd: list[dict[str, Any]], letter: str) -> dict[str, Any]:
    left, low, right, high = rings.box(crowd)
    return {"x": (left + right) / 2, "y": (low + high) / 2, "sign": letter}


def _content(
    events: pd.DataFrame,
    spots: list[dict[str, Any]],
    names: dict[str, str],
    year: int,
    words: Words,
) -> Content:
    shown = [spot for spot in spots if spot["since"] <= year]
    past = events[events["year"] <= year]
    placed = {spot["place"] for spot in spots}
    fresh = past[past["year"] == year]
    said = {
        "year": year,
        "n": len(shown),
        "entries": len(past),
        "unplaced": int((~past["place"].isin(placed)).sum()),
        "counts": _counts(shown, names, words),
        "fresh": "; ".join(fresh[f"name_{words.lang}"]),
        "places": ", ".join(spot["name"] for spot in shown) or "–",
    }
    state, moved = "some" if shown else "none", "still" if fresh.empty else "fresh"
    return Content(
        rows={"rings": [_ring(spot, year, words) for spot in shown]},
        key=[Mark(_listed(spot, words), spot["region"], spot["sign"]) for spot in shown],
        **texts.sentences(words, WORDS, said, title=state, reading=moved),
        **_table(spots, words),
    )


def _counts(shown: list[dict[str, Any]], names: dict[str, str], words: Words) -> str:
    found = Counter(spot["region"] for spot in shown)
    said = [words(WORDS + "count", name=name, n=found[key]) for key, name in names.items()]
    return ", ".join(said)


def _listed(spot: dict[str, Any], words: Words) -> str:
    return words(WORDS + "listed", year=spot["since"], name=spot["name"])


def _ring(spot: dict[str, Any], year: int, words: Words) -> dict[str, Any]:
    said = {"name": spot["name"], "year": spot["since"], "precision": spot["precision_m"]}
    x, y = spot["at"]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": spot["coordinates"]},
        "region": spot["region"],
        "fresh": spot["since"] == year,
        "sign": spot["sign"],
        "alone": spot["alone"],
        "x": x,
        "y": y,
        "tip": words(WORDS + "tip", **said),
    }


def _table(spots: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    named = dict.fromkeys(("sign", "name", "since", "town"), "text")
    return tabled(spots, texts.columns(words, WORDS, **named, precision_m="count"), words)
