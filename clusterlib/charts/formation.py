"""Two timelines on one axis of years: entries as marks, their names beside them, eras behind."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets
from clusterlib.charts import texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, records, tabled
from clusterlib.charts.formation_view import SHAPES, YEAR, chart
from clusterlib.charts.labels import apart
from clusterlib.charts.looks import SIGNS
from clusterlib.i18n import Words

WORDS = "lesson2.timeline."
# The eras that figure 1 of the brief prints along its axis; the last one is open.
ERAS = (1970, 1980, 1990, 2000, 2010)
# px that a name needs.
LINE = 21


def both(events: pd.DataFrame, notes: pd.DataFrame, words: Words) -> Figure:
    """Every entry of both timelines, one region on each side of the axis.

    Parameters
    ----------
    events : frame
        datasets.formation_events(): region, year, name, actor, kind, note.
    notes : frame
        datasets.formation_notes(), what to know about single entries.
    words : Words
        The reader's language.
    """
    marks = _marks(events, notes, words)
    regions = named(events, words)

    def respond(values: dict[str, Any]) -> Content:
        shown = [{**row, "dim": not _asked(row, values)} for row in marks]
        return _content(shown, regions, words)

    first, last = ERAS[0], int(events["year"].max()) + 2
    return Figure(
        id="2.formation_timeline",
        charts=lambda: [chart(first, last, list(regions))],
        content=respond({}),
        sources=datasets.citation(pd.concat([events[["source"]], notes[["source"]]]), words.lang),
        fixed={"eras": _eras(last, words)},
        table=_table(events, notes, words),
        respond=respond,
    )


def named(events: pd.DataFrame, words: Words) -> dict[str, str]:
    """The regions of some events with their names, in the order of their first entry."""
    names = datasets.regions().set_index("region")[f"name_{words.lang}"]
    return {region: names[region] for region in events["region"].unique()}


def actors(events: pd.DataFrame, words: Words) -> dict[str, str]:
    """The actors that occur, with their names, in the order of the key."""
    known = dict(zip(events["actor"], events[f"actor_{words.lang}"], strict=True))
    return {actor: known[actor] for actor in SHAPES if actor in known}


def eras(words: Words) -> dict[str, str]:
    """The eras by their first year, with their names."""
    return {str(start): era_name(start, words) for start in ERAS}


def _asked(row: dict[str, Any], values: dict[str, Any]) -> bool:
    return all(values.get(by, "all") in ("all", row[by]) for by in ("actor", "era", "region"))


def _marks(events: pd.DataFrame, notes: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    told = dict(zip(notes["note"], notes[f"text_{words.lang}"], strict=True))
    regions = list(events["region"].unique())
    rows = records(events)
    own = {region: iter(_apart([r for r in rows if r["region"] == region])) for region in regions}
    return [
        {
            "region": row["region"],
            "actor": row["actor"],
            "year": row["year"],
            "era": str(max(start for start in ERAS if start <= row["year"])),
            "left": row["region"] == regions[0],
            "place": place,
            "wide": next(own[row["region"]]),
            "narrow": together,
            "text": words(WORDS + ("noted" if row["note"] else "label"), **_said(row, words)),
            "tip": _tip(row, told, words),
        }
        for row, together, place in zip(rows, _apart(rows), _beside(events), strict=True)
    ]


def _beside(events: pd.DataFrame) -> list[int]:
    """Which of the entries of its region and year each one is, from 0."""
    return events.groupby(["region", "year"]).cumcount().tolist()


def _apart(rows: list[dict[str, Any]]) -> list[float]:
    """Where the names stand, in years, so that none touches the next."""
    return apart([row["year"] for row in rows], LINE / YEAR)


def _said(row: dict[str, Any], words: Words) -> dict[str, Any]:
    return {
        "year": row["year"],
        "name": row[f"name_{words.lang}"],
        "actor": row[f"actor_{words.lang}"],
        "kind": row[f"kind_{words.lang}"],
    }


def _tip(row: dict[str, Any], told: dict[str, str], words: Words) -> str:
    said = words(WORDS + "tip", **_said(row, words))
    return f"{said} {told[row['note']]}" if row["note"] else said


def _eras(last: int, words: Words) -> list[dict[str, Any]]:
    ends = [*ERAS[1:], last]
    return [
        {
            "from": start,
            "to": end,
            "odd": place % 2 == 1,
            "short": str(start),
            "text": era_name(start, words),
        }
        for place, (start, end) in enumerate(zip(ERAS, ends, strict=True))
    ]


def era_name(start: int, words: Words) -> str:
    """An era by its first year; the last one is open."""
    return words("lesson2.era.open" if start == ERAS[-1] else "lesson2.era.decade", start=start)


def era_short(start: int, words: Words) -> str:
    """An era in two digits, for narrow columns."""
    key = "lesson2.era.short.open" if start == ERAS[-1] else "lesson2.era.short"
    return words(key, two=f"{start % 100:02d}")


def _content(rows: list[dict[str, Any]], regions: dict[str, str], words: Words) -> Content:
    said = _facts(rows, regions, words)
    state = "all" if said["n"] == said["all"] else "some" if said["n"] else "none"
    return Content(
        rows={"events": rows},
        key=_key(regions, words),
        **texts.sentences(words, WORDS, said, title=state, reading=[state, "coding"]),
    )


def _facts(rows: list[dict[str, Any]], regions: dict[str, str], words: Words) -> dict[str, Any]:
    lit = [row for row in rows if not row["dim"]]
    said = {"n": len(lit), "all": len(rows), "entries": "; ".join(row["text"] for row in lit)}
    counts = []
    for place, (region, name) in enumerate(regions.items(), 1):
        first = min(row["year"] for row in rows if row["region"] == region)
        said |= {f"name_{place}": name, f"first_{place}": first}
        counts.append(_count(name, [row["year"] for row in lit if row["region"] == region], words))
    ahead = said["first_2"] - said["first_1"]
    return said | {"ahead": ahead, "counts": ", ".join(filter(None, counts))}


def _count(name: str, years: list[int], words: Words) -> str:
    if not years:
        return ""
    span = "count.span" if len(years) > 1 else "count.one"
    return words(WORDS + span, name=name, n=len(years), first=min(years), last=max(years))


def _key(regions: dict[str, str], words: Words) -> list[Mark]:
    sides = [Mark(name, region, "fill") for region, name in regions.items()]
    shapes = [
        Mark(words(f"lesson2.actor.{actor}"), "ink", SIGNS.get(shape, "▬"))
        for actor, shape in SHAPES.items()
    ]
    return [*sides, *shapes, Mark(words(WORDS + "key.noted"), "ink", "*")]


def _table(events: pd.DataFrame, notes: pd.DataFrame, words: Words) -> dict[str, Any]:
    told = notes.set_index("note")[f"text_{words.lang}"]
    said = events.assign(
        region=events["region"].map(named(events, words)),
        **{part: events[f"{part}_{words.lang}"] for part in ("name", "actor", "kind")},
        basis=[words(f"lesson2.basis.{basis}") for basis in events["actor_basis"]],
        printed=[words(f"lesson2.printed.{each}") for each in events["printed"]],
        note=[told[note] if isinstance(note, str) else "" for note in events["note"]],
    )
    labels = ("name", "actor", "basis", "kind", "printed", "note")
    columns = [
        Column("year", words("common.year")),
        Column("region", words("common.region")),
        *texts.columns(words, WORDS, **dict.fromkeys(labels, "text")),
    ]
    return tabled(said, columns, words)
