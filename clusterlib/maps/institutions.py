"""The institutions at approximate places, joined by straight lines that say times, not routes."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusterlib import datasets
from clusterlib.charts import texts
from clusterlib.charts.figure import Content, Figure, Mark, records, tabled
from clusterlib.charts.looks import SIGNS
from clusterlib.charts.travel import said_minutes, trip_name
from clusterlib.i18n import Words
from clusterlib.maps import institutions_view as view
from clusterlib.maps import outlines, rings

WORDS = "lesson4.map."
MARGIN = 0.1  # degrees around the outermost ends of trips
ENDS = ("from", "to")
NAME, LEFT_NAME = 18, 10  # letters of a line of a name, right and left, to stay on a narrow map
EAST = 0.04  # most labels stand to the right of their mark


def with_times(places: pd.DataFrame, times: pd.DataFrame, words: Words) -> Figure:
    """Places as dots with their ring of approximation; the trips of one basis as lines.

    Parameters
    ----------
    places : frame
        The table places; those without a coordinate, and those far from every trip, are left out.
    times : frame
        The table travel_times.
    words : Words
        The reader's language.
    """
    known = _known(places)
    drawn, off = _sorted(records(times), known)
    window = _window([known[end] for row in drawn for end in (row["from"], row["to"])])
    near = [row for row in known.values() if _within(row, window)]
    regions = list(dict.fromkeys(row["region"] for row in near))
    names = datasets.regions().set_index("region")[f"name_{words.lang}"]
    spots = [_spot(row, names, words) for row in near]
    marks = _marks(regions, names, words)

    def respond(values: Mapping[str, Any]) -> Content:
        own = [row for row in drawn if row["basis"] == values["basis"]]
        lost = [row for row in off if row["basis"] == values["basis"]]
        return _content(own, len(lost), known, spots, marks, 0.4 * window["half"], words)

    start = {"basis": drawn[0]["basis"]}
    return Figure(
        id="4.institutions",
        charts=lambda: [view.chart(regions, window)],
        content=respond(start),
        sources=datasets.citation(pd.concat([times[["source"]], places[["source"]]]), words.lang),
        evidence="said",
        fixed={"spots": spots, "rings": _rings(near), "borders": _borders(window)},
        respond=respond,
        start=start,
    )


def bases(places: pd.DataFrame, times: pd.DataFrame) -> list[str]:
    """The bases of which at least one trip can be drawn."""
    drawn, _ = _sorted(records(times), _known(places))
    return list(dict.fromkeys(row["basis"] for row in drawn))


def _known(places: pd.DataFrame) -> dict[str, dict[str, Any]]:
    return {row["place"]: row for row in records(places.dropna(subset=["lat", "lon"]))}


def _sorted(
    trips: list[dict[str, Any]], known: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Trips that can be drawn near the others, and those whose ends are not known or far away."""
    both = [row for row in trips if {row["from"], row["to"]} <= set(known)]
    middle = pd.Series([known[row["from"]]["lat"] for row in both]).median()
    drawn = [row for row in both if all(abs(known[row[e]]["lat"] - middle) < 0.5 for e in ENDS)]
    return drawn, [row for row in trips if row not in drawn]


def _window(ends: list[dict[str, Any]]) -> dict[str, float]:
    """The part of the plane that holds all ends, as its middle and half its height."""
    lats, lons = [row["lat"] for row in ends], [row["lon"] for row in ends]
    return {
        "x": (min(lons) + max(lons)) / 2 * outlines.SQUEEZE + EAST,
        "y": (min(lats) + max(lats)) / 2,
        "half": (max(lats) - min(lats)) / 2 + MARGIN,
    }


def _within(row: Mapping[str, Any], window: Mapping[str, float]) -> bool:
    return abs(row["lat"] - window["y"]) < window["half"]


def _spot(row: dict[str, Any], names: pd.Series, words: Words) -> dict[str, Any]:
    name = row[f"place_{words.lang}"]
    return {
        "place": row["place"],
        "x": row["lon"] * outlines.SQUEEZE,
        "y": row["lat"],
        "region": row["region"],
        "name": name,
        "region_name": names[row["region"]],
        "precision": row["precision_m"],
        "tip": words(WORDS + "tip", name=name, m=row["precision_m"]),
    }


def _rings(near: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Circles as wide as each position may be off, point by point."""
    return [
        {"place": row["place"], "step": step, "x": x, "y": y}
        for row in near
        for step, (x, y) in enumerate(rings.ring(row)[0])
    ]


def _borders(window: Mapping[str, float]) -> list[dict[str, Any]]:
    """Outlines of provinces that cross the window, with some room at its sides."""
    reach = 3 * window["half"]
    lines = []
    for feature in outlines.features():
        for part, (ring, *_) in enumerate(feature["geometry"]["coordinates"]):
            close = [abs(y - window["y"]) < reach and abs(x - window["x"]) < reach for x, y in ring]
            name = f"{feature['region']} {part}"
            lines += [
                {"line": name, "step": step, "x": x, "y": round(y, 4)}
                for step, (x, y) in enumerate(ring)
                if any(close[max(step - 1, 0) : step + 2])
            ]
    return lines


def _content(
    trips: list[dict[str, Any]],
    off: int,
    known: Mapping[str, Any],
    spots: list[dict[str, Any]],
    marks: list[Mark],
    near: float,
    words: Words,
) -> Content:
    pairs = list(dict.fromkeys((row["from"], row["to"]) for row in trips))
    lines = _aside([_line(pair, trips, known, words) for pair in pairs], near)
    for line in lines:  # on a phone there is less room to the left
        line["text"] = line["text"].replace(" (", "\n(") if line["left"] else line["text"]
    said = {
        "basis": trips[0][f"basis_{words.lang}"],
        "n": len(lines),
        "off": off,
        "places": len(spots),
        "most": max(row["minutes"] for row in trips),
        "listed": "; ".join(line["listed"] for line in lines),
    }
    return Content(
        rows={"trips": lines, "ends": _ends(trips, known, near, words)},
        key=[*marks, *_lines_key(any(line["planned"] for line in lines), words)],
        **texts.sentences(words, WORDS, said, reading="some" if off else "all"),
        **_table(spots, lines, words),
    )


def _line(
    pair: tuple[str, str],
    trips: list[dict[str, Any]],
    known: Mapping[str, Any],
    words: Words,
) -> dict[str, Any]:
    """One line between two places, with every time that this basis gives for it."""
    own = [row for row in trips if (row["from"], row["to"]) == pair]
    start, end = (known[place] for place in pair)
    said = [_time(row, words) for row in own]
    listed = words(WORDS + "listed", trip=trip_name(own[0], words), said=", ".join(said))
    return {
        "from": pair[0],
        "to": pair[1],
        "x1": start["lon"] * outlines.SQUEEZE,
        "y1": start["lat"],
        "x2": end["lon"] * outlines.SQUEEZE,
        "y2": end["lat"],
        "x": (start["lon"] + end["lon"]) / 2 * outlines.SQUEEZE,
        "y": (start["lat"] + end["lat"]) / 2,
        "text": "\n".join(said),
        "planned": any(row["planned_for"] is not None for row in own),
        "listed": listed,
    }


def _time(row: dict[str, Any], words: Words) -> str:
    mode = row[f"mode_{words.lang}"].partition("(")
    short = mode[2].rstrip(")") if row["planned_for"] is not None else mode[0].strip()
    text = said_minutes(row, words)
    if row["planned_for"] is not None:
        text = words(WORDS + "planned", text=text)
    return words(WORDS + "line", mode=short, text=text)


def _ends(
    trips: list[dict[str, Any]], known: Mapping[str, Any], near: float, words: Words
) -> list[dict[str, Any]]:
    """The names of the places that the trips join, each once."""
    lang = words.lang
    named = {row[end]: row[f"{end}_{lang}"] for row in trips for end in ENDS}
    spots = [
        {
            "x": known[place]["lon"] * outlines.SQUEEZE,
            "y": known[place]["lat"],
            "name": name,
        }
        for place, name in named.items()
    ]
    return [
        {**spot, "name": textwrap.fill(spot["name"], LEFT_NAME if spot["left"] else NAME)}
        for spot in _aside(spots, near / 2)
    ]


def _aside(marks: list[dict[str, Any]], near: float) -> list[dict[str, Any]]:
    """Set each label to the right of its mark, or to the left where another mark is beside it."""

    def crowded(mark: dict[str, Any]) -> bool:
        others = (each for each in marks if each is not mark)
        return any(abs(o["y"] - mark["y"]) < near and o["x"] > mark["x"] for o in others)

    return [{**mark, "left": crowded(mark)} for mark in marks]


def _marks(regions: list[str], names: pd.Series, words: Words) -> list[Mark]:
    return [
        Mark(words(WORDS + "key.place", region=names[region]), view.shade(region), SIGNS[form])
        for region, form in zip(regions, view.SHAPES, strict=False)
    ]


def _lines_key(plans: bool, words: Words) -> list[Mark]:
    planned = {"plan": ("ink", "dash")} if plans else {}
    return texts.key(words, WORDS, near=("edge", "◌"), line=("ink", "line"), **planned)


def _table(
    spots: list[dict[str, Any]], lines: list[dict[str, Any]], words: Words
) -> dict[str, Any]:
    rows = [
        {
            **spot,
            "said": "; ".join(
                line["listed"] for line in lines if spot["place"] in (line["from"], line["to"])
            )
            or "–",
        }
        for spot in spots
    ]
    columns = texts.columns(
        words, WORDS, name="text", region_name="text", precision="count", said="text"
    )
    return tabled(rows, columns, words)
