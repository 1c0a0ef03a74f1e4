"""What the explorers of tables share: cells, standings, and grids of words with their findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from clusterlib.charts.figure import Content
from clusterlib.i18n import Words

Cell = dict[str, Any]
# How the standing of a cell looks, by what it is called in the tables.
LOOKS = {"brief": "plain", "ours": "ours"}


def cell(text: Any = "", **more: Any) -> Cell:
    """One cell: text (or several paragraphs), and note, tag, bar, lit, strong or input."""
    return {"text": text, **{name: value for name, value in more.items() if value}}


def tag(standing: str, words: Words) -> Cell:
    """The mark that says whether the brief or this kit says so."""
    return {"kind": LOOKS[standing], "text": words(f"lesson5.standing.{standing}")}


def given(value: Any) -> str:
    """A text of a table, blank as nothing."""
    return "" if value is None or value is pd.NA or value != value else str(value)


def grid(
    columns: Sequence[Mapping[str, Any]],
    lines: Sequence[tuple[Cell, list[Cell]]],
    pinned: bool = False,
    tight: bool = False,
) -> Any:
    """The rows that the canvas takes: one grid; on a phone a pinned first line stays in sight.

    A line without cells is a heading. A tight grid sets names beside its cells on a phone, and
    leaves out the empty ones.
    """
    return [
        {
            "columns": list(columns),
            "lines": [{"head": head, "cells": cells} for head, cells in lines],
            "pinned": pinned,
            "tight": tight,
        }
    ]


def written(grid: Sequence[Mapping[str, Any]], head: str) -> dict[str, list[str]]:
    """The same grid as a plain table of texts, for "see as table" and for download."""
    only = grid[0]
    table = {head: [_plain(line["head"]) for line in only["lines"]]}
    for place, column in enumerate(only["columns"]):
        table[column["name"]] = [
            _plain(line["cells"][place]) if line["cells"] else "" for line in only["lines"]
        ]
    return table


def content(
    grid: Sequence[Mapping[str, Any]],
    words: Words,
    stem: str,
    said: Mapping[str, Any],
    title: str = "title",
    reading: str = "reading",
    **more: Any,
) -> Content:
    """A grid with its finding, subtitle, description, reading and plain table.

    Parameters
    ----------
    grid : grid
        From `grid`.
    words : Words
        The reader's language.
    stem : str
        What the keys of its words begin with, "lesson5.profile.".
    said : mapping
        What the words are filled with.
    title, reading : str
        The keys of the finding and of the reading that hold now.
    **more
        Further parts of the content, or other ones in the place of these.
    """
    names = {"title": title, "subtitle": "subtitle", "alt": "alt", "reading": reading}
    told = {part: words(stem + name, **said) for part, name in names.items() if part not in more}
    rows = {"grid": grid, **more.pop("rows", {})}
    head = words(stem + more.pop("head", "head"))
    return Content(rows=rows, **told, table=written(grid, head), **more)


def _plain(one: Cell) -> str:
    text = one.get("text", "")
    parts = [text] if isinstance(text, str) else list(text)
    said = [one["bar"]["said"]] if "bar" in one else []
    said += [f"{strip['mark']} {strip['said']}" for strip in one.get("strips", [])]
    marks = [f"({one['tag']['text']})"] if "tag" in one else []
    notes = [one["note"]] if "note" in one else []
    return " ".join(part for part in [*said, *parts, *notes, *marks] if part)


def named_clusters(words: Words) -> dict[str, dict[str, str]]:
    """Every cluster by its key: name, short name, whom it teaches."""
    from clusterlib import datasets

    lang = words.lang
    return {
        row["cluster"]: {
            "name": row[f"name_{lang}"],
            "short": row[f"short_{lang}"],
            "kind": row["kind"],
            "shade": row["shade"],
            "teaches": given(row["teaches"]),
        }
        for row in datasets.abroad_clusters().to_dict("records")
    }
