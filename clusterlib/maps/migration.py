"""Net migration by province and year: what the map and the tiles show, and the words for it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, records, tabled
from clusterlib.i18n import Words
from clusterlib.maps import drawing, outlines

WORDS = "lesson1.map."
# Lower bounds of the classes of gain, mirrored for loss, the same in every year: a class that
# moved with the year would make two years look alike that are not.
BREAKS = {"people": (5_000, 30_000, 100_000), "rate": (2, 8, 16)}
KNOWN = ("net_migration", "population", "rate")
SHOWN = ("region", *drawing.SAID)
FIELDS = {"people": "net_migration", "rate": "rate"}


def by_year(rates: pd.DataFrame, regions: pd.DataFrame, words: Words) -> Figure:
    """A map and a grid of tiles of net migration, year by year, in people or per 1,000 residents.

    Parameters
    ----------
    rates : frame
        What indicators.net_migration_rate gives: year, region, net_migration (people), population
        (people), rate (per 1,000 residents; blank where no population is known).
    regions : frame
        The table regions: the provinces, their founding years, mothers and places in the grid.
    words : Words
        The reader's language.
    """
    places = _places(regions, words)
    years = {year: _by_region(rows) for year, rows in rates.groupby("year")}
    first_rate = int(rates.loc[rates["rate"].notna(), "year"].min())

    def respond(values: dict[str, Any]) -> Content:
        return _content(places, years[values["year"]], {**values, "first_rate": first_rate}, words)

    names = [*theme.diverging(), "empty"]
    grid = [max(p["spot"][axis] for p in places) + 1 for axis in ("column", "row")]
    return Figure(
        id="1.migration_map",
        charts=lambda: [drawing.choropleth(names), drawing.tiles(names, *grid)],
        content=respond({"year": max(years), "measure": "people"}),
        sources=datasets.citation([rates, datasets.population(), regions], words.lang),
        fixed={
            "shapes": outlines.features(),
            "spots": [p["spot"] for p in places],
            **_hatching(places),
        },
        respond=respond,
    )


def _by_region(rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["region"]: row for row in records(rows)}


def _places(regions: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """What stays the same of each province: names, mother, places on map and grid."""
    known = records(regions)
    names = {row["region"]: row[f"name_{words.lang}"] for row in known}
    return [
        {
            "region": row["region"],
            "name": names[row["region"]],
            "founded": row["founded"],
            "mother": row["mother"],
            "mother_name": names.get(row["mother"]),
            "spot": _spot(row, names[row["region"]]),
        }
        for row in known
        if row["kind"] == "province"
    ]


def _spot(row: dict[str, Any], name: str) -> dict[str, Any]:
    """Where a province stands on the map and in the grid."""
    gap, (lon, lat) = outlines.GAP, outlines.middle(row["region"])
    column, line = int(row["tile_col"]), int(row["tile_row"])
    edges = {"left": column + gap, "right": column + 1 - gap, "top": line + gap}
    lines = {"bottom": line + 1 - gap, "line_1": line + 0.37, "line_2": line + 0.67}
    place = {"region": row["region"], "name": name, "lon": lon, "lat": lat}
    return {**place, "column": column, "row": line, "middle": column + 0.5, **edges, **lines}


def _hatching(places: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Lines for every province that once lay within another one."""
    late = [(place["region"], place["spot"]) for place in places if place["mother"]]
    return {
        "map_lines": [{"region": r, **line} for r, _ in late for line in outlines.map_hatching(r)],
        "tile_lines": [
            {"region": region, **line}
            for region, spot in late
            for line in outlines.tile_hatching(spot["column"], spot["row"])
        ],
    }


def _content(
    places: list[dict[str, Any]], found: dict[str, Any], asked: dict[str, Any], words: Words
) -> Content:
    drawn = [_drawn(place, found, asked["measure"], words) for place in places]
    inside = [place for place in drawn if place["within"]]
    known = sorted((p for p in drawn if p["amount"] is not None), key=lambda p: p["amount"])
    said = _said(known, inside, asked, words)
    kind = asked["measure"] if known else "blank"
    ends = {"title": kind, "subtitle": asked["measure"], "alt": kind}
    return Content(
        rows={"places": [{name: p[name] for name in SHOWN} for p in drawn]},
        reading=words(f"{WORDS}reading.{kind}", **said) + said["inside"],
        key=_key(asked["measure"], inside, words),
        **texts.sentences(words, WORDS, said, **ends, reading=None),
        **_table(drawn, words),
    )


def _drawn(
    place: dict[str, Any], found: dict[str, Any], measure: str, words: Words
) -> dict[str, Any]:
    """One province as it stands in a year: with its own value, or within its mother."""
    within = place["region"] not in found and place["mother"] in found
    own = found.get(place["mother"] if within else place["region"], {})
    amount = own.get(FIELDS[measure])
    tone = shade(amount, BREAKS[measure])
    said = {**place, "n": amount, "arrow": "▲" if (amount or 0) > 0 else "▼" if amount else ""}
    kind = "within" if within else "none" if amount is None else measure
    return {
        **said,
        "within": within,
        "amount": None if within else amount,
        "shade": tone,
        "letters": "paper" if tone.endswith("strong") else "ink",
        "arrow": "" if within else said["arrow"],
        "value": words(f"{WORDS}tile.{kind}", **said),
        "tip": words(f"{WORDS}tip.{kind}", **said),
        **{name: None if within else own.get(name) for name in KNOWN},
    }


def shade(amount: float | None, breaks: tuple[float, ...]) -> str:
    """The class of a value: how many breaks it passes, on its side of nothing.

    >>> shade(-40_000, (5_000, 30_000, 100_000))
    'loss-mid'
    """
    if amount is None:
        return "empty"
    deep = sum(abs(amount) >= each for each in breaks)
    middle = len(breaks)
    return theme.diverging()[middle + (deep if amount > 0 else -deep)]


def _said(
    known: list[dict[str, Any]], inside: list[dict[str, Any]], asked: dict[str, Any], words: Words
) -> dict[str, Any]:
    names = [words(WORDS + "inside.one", **p) for p in inside]
    said = {
        "year": asked["year"],
        "first_rate": asked["first_rate"],
        "inside": words(WORDS + "inside", names=", ".join(names)) if names else "",
    }
    if not known:
        return said
    least, most = known[0], known[-1]
    return {
        **said,
        "total": len(known),
        "gained": sum(p["amount"] > 0 for p in known),
        "most": most["name"],
        "most_n": most["amount"],
        "least": least["name"],
        "least_n": least["amount"],
    }


def _key(measure: str, inside: list[dict[str, Any]], words: Words) -> list[Mark]:
    breaks = BREAKS[measure]
    scale = words.scale if measure == "people" else 1
    edges = [-b / scale for b in reversed(breaks)] + [b / scale for b in breaks]
    bounds = ["", *(words(WORDS + "break", n=f"{edge:+g}".replace("-", "−")) for edge in edges)]
    ramp = [Mark(t, name, "step") for t, name in zip(bounds, theme.diverging(), strict=True)]
    held = texts.key(words, WORDS, within=("hatch", "hatch")) if inside else []
    return [Mark(words(f"{WORDS}key.{measure}"), "ink", "text"), *ramp, *held]


def _table(drawn: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    counts = {"net_migration": "count", "population": "count", "rate": "decimal1"}
    columns = [
        Column("name", words("common.region")),
        *texts.columns(words, WORDS, **counts, note="text"),
    ]
    rows = [{**p, "note": p["tip"] if p["within"] else ""} for p in drawn]
    return tabled(rows, columns, words)
