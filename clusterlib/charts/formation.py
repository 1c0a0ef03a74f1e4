"""Two timelines on one axis of years: entries as marks, their names beside them, eras behind."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets
from clusterlib.charts.figure import Column, Content, Figure, Mark, records, tabled
from clusterlib.charts.formation_view import SHAPES, YEAR, chart
from clusterlib.charts.labels import apart
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
        return _content(shown, regions, values, words)

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


def _content(
    rows: list[dict[str, Any]], regions: dict[str, str], values: dict[str, Any], words: Words
) -> Content:
    lit = [row for row in rows if not row["dim"]]
    counts = [(name, [r for r in lit if r["region"] == key]) for key, name in regions.items()]
    said = {"n": len(lit), "all": len(rows), "counts": _counts(counts, words)}
    firsts = {f"first_{place}": min(r["year"] for r in own) for place, own in _own(rows, regions)}
    names = {f"name_{place}": name for place, name in enumerate(regions.values(), 1)}
    said |= {"ahead": firsts["first_2"] - firsts["first_1"], **firsts, **names}
    state = "all" if len(lit) == len(rows) else "some" if lit else "none"
    return Content(
        rows={"events": rows},
        title=words(WORDS + f"title.{state}", **said),
        subtitle=words(WORDS + "subtitle", **said),
        alt=words(WORDS + "alt", **said, entries="; ".join(row["text"] for row in lit)),
        reading=" ".join([words(WORDS + f"reading.{state}", **said), words(WORDS + "coding")]),
        key=_key(regions, words),
    )


def _own(
    rows: list[dict[str, Any]], regions: dict[str, str]
) -> list[tuple[int, list[dict[str, Any]]]]:
    return [
        (place, [row for row in rows if row["region"] == region])
        for place, region in enumerate(regions, 1)
    ]


def _counts(counts: list[tuple[str, list[dict[str, Any]]]], words: Words) -> str:
    said = [
        words(
            WORDS + ("count.span" if len(own) > 1 else "count.one"),
            name=name,
            n=len(own),
            first=min(row["year"] for row in own),
            last=max(row["year"] for row in own),
        )
        for name, own in counts
        if own
    ]
    return ", ".join(said)


def _key(regions: dict[str, str], words: Words) -> list[Mark]:
    sides = [Mark(name, region, "fill") for region, name in regions.items()]
    shapes = [
        Mark(words(f"lesson2.actor.{actor}"), "ink", sign) for actor, (_, sign) in SHAPES.items()
    ]
    return [*sides, *shapes, Mark(words(WORDS + "key.noted"), "ink", "*")]


def _table(events: pd.DataFrame, notes: pd.DataFrame, words: Words) -> dict[str, Any]:
    told = notes.set_index("note")[f"text_{words.lang}"]
    names = named(events, words)
    said = events.assign(
        where=events["region"].map(names),
        told=[told[note] if isinstance(note, str) else "" for note in events["note"]],
        basis=[words(f"lesson2.basis.{basis}") for basis in events["actor_basis"]],
        printed_in=[words(f"lesson2.printed.{each}") for each in events["printed"]],
    )
    columns = [
        Column("year", words("common.year")),
        Column("where", words("common.region")),
        Column(f"name_{words.lang}", words(WORDS + "column.name")),
        Column(f"actor_{words.lang}", words(WORDS + "column.actor")),
        Column("basis", words(WORDS + "column.basis")),
        Column(f"kind_{words.lang}", words(WORDS + "column.kind")),
        Column("printed_in", words(WORDS + "column.printed")),
        Column("told", words(WORDS + "column.note")),
    ]
    return tabled(said, columns, words)
