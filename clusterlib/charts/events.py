"""Dated events: where they stand in their lanes, and what a series did before and after them."""

from __future__ import annotations

from statistics import fmean
from typing import Any

import pandas as pd

from clusterlib.charts import dates
from clusterlib.charts.figure import records
from clusterlib.i18n import Words

WORDS = "lesson1.timeline."
# Years averaged on either side of an event; fewer where the series ends.
WINDOW = 3


def chosen(events: list[dict[str, Any]], values: dict[str, Any]) -> dict[str, Any]:
    """The event that the controls point at: the first of its kind if the kind was just changed."""
    kind = values["kind"]
    offered = [event for event in events if kind in ("all", event["kind"])]
    return next((event for event in offered if event["event"] == values["event"]), offered[0])


def told(events: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """The events as plain rows, each with its sentence: date and name."""
    rows = records(events)
    name = f"name_{words.lang}"
    return [
        {**row, "said": words(WORDS + "event", date=dates.of_event(row, words), name=row[name])}
        for row in rows
    ]


def lanes(events: pd.DataFrame, years: pd.Series, depth: float, words: Words) -> pd.DataFrame:
    """One lane a kind of event, in the order of first appearance, from 0 down to minus `depth`."""
    kinds = events.drop_duplicates("kind")
    step = depth / (len(kinds) + 1)
    return pd.DataFrame(
        {
            "kind": kinds["kind"].to_numpy(),
            "name": kinds[f"kind_{words.lang}"].to_numpy(),
            "start": years.min(),
            "end": years.max() + 1,
            "lane": [-step * (n + 1.5) for n in range(len(kinds))],
        }
    )


def marks(events: list[dict[str, Any]], rows: pd.DataFrame) -> list[dict[str, Any]]:
    """One mark an event at its date in its lane (`rows` is what `lanes` gives)."""
    lane = dict(zip(rows["kind"], rows["lane"], strict=True))
    step = -rows["lane"].diff().mean() if len(rows) > 1 else 0.0
    return [
        {
            "event": event["event"],
            "kind": event["kind"],
            "at": event["year"] + ((event["month"] or 6.5) - 0.5) / 12,
            "from": event["year"] if event["year_to"] else None,
            "to": event["year_to"] + 1 if event["year_to"] else None,
            "lane": lane[event["kind"]] + step * 0.42 * _twin(event, events),
            "tip": event["said"],
        }
        for event in events
    ]


def _twin(event: dict[str, Any], events: list[dict[str, Any]]) -> float:
    """How far above its lane an event stands: two of a kind in one year make room."""
    same = [e for e in events if (e["kind"], e["year"]) == (event["kind"], event["year"])]
    return (len(same) - 1) / 2 - same.index(event)


def highlighted(
    rows: list[dict[str, Any]], event: dict[str, Any], kind: str
) -> list[dict[str, Any]]:
    """The marks with the chosen event picked and the other kinds dimmed."""
    return [
        {**row, "picked": row["event"] == event["event"], "dim": kind not in ("all", row["kind"])}
        for row in rows
    ]


def windows(net: dict[int, int], event: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """The mean balance of the years before and after an event, its own years left out."""
    own = _own_years(event)
    first, last = own[0], own[-1]
    spans = {
        "before": [year for year in range(first - WINDOW, first) if year in net],
        "after": [year for year in range(last + 1, last + 1 + WINDOW) if year in net],
    }
    return [_window(side, years, net, words) for side, years in spans.items() if years]


def _window(side: str, years: list[int], net: dict[int, int], words: Words) -> dict[str, Any]:
    mean = fmean(net[year] for year in years)
    return {
        "side": side,
        "from": years[0],
        "to": years[-1] + 1,
        "mean": mean,
        "shown": mean / words.scale,
        "n": len(years),
        "text": words(f"{WORDS}mean.{side}", n=mean / words.scale),
    }


def labels(
    spans: list[dict[str, Any]], at: float, top: float, middle: float
) -> list[dict[str, Any]]:
    """The means written beside the cursor, above the bars, on the side where there is room."""
    levels = {"before": 0.87, "after": 0.79}
    return [
        {"at": at, "shown": top * levels[s["side"]], "text": s["text"], "flip": at > middle}
        for s in spans
    ]


def reading(
    spans: list[dict[str, Any]], net: dict[int, int], event: dict[str, Any], words: Words
) -> str:
    """Say the event, then what migration did around and in its years; order is not cause."""
    sides = {span["side"]: span for span in spans}
    before, after = (
        words(WORDS + f"reading.{side}", n=sides[side]["n"], mean=sides[side]["mean"])
        if side in sides
        else words(WORDS + f"reading.no_{side}")
        for side in ("before", "after")
    )
    own = _own_years(event)
    known = [net[year] for year in own if year in net]
    when = words(WORDS + ("years" if len(own) > 1 else "year"), first=own[0], last=own[-1])
    during = [words(WORDS + "reading.during", when=when, mean=fmean(known))] if known else []
    order = words(WORDS + "reading.order")
    return " ".join([event["said"] + ".", before, *during, after, order])


def _own_years(event: dict[str, Any]) -> range:
    return range(event["year"], (event["year_to"] or event["year"]) + 1)
