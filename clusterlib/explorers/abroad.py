"""Explorers of lesson 5 that are read: table 1, what it teaches, what left."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, live, loops
from clusterlib.charts.figure import Content
from clusterlib.explorers import grids
from clusterlib.explorers.controls import choice, worded
from clusterlib.i18n import Words
from clusterlib.indicators import checks

WORDS = "lesson5."
KINDS = ("teaches", "fails", "ask")


def abroad_profile(words: Words, frame: pd.DataFrame) -> live.Framed:
    """Table 1 of the brief, every cell in other words; slips of the source hidden or beside them.

    `frame`: datasets.abroad_profile().
    """
    checks.columns(frame, ["cluster", "row", "source"], "profile")
    lang, known = words.lang, grids.named_clusters(words)
    clusters = list(dict.fromkeys(frame["cluster"]))
    cells = frame.set_index(["row", "cluster"])
    columns = [{"name": known[c]["name"], "shade": known[c]["shade"]} for c in clusters]
    slips = int(frame[f"note_{lang}"].notna().sum())
    said = {"n": len(frame), "slips": slips, "rows": frame["row"].nunique()}

    def respond(values: dict[str, Any]) -> Content:
        lines = []
        for row in dict.fromkeys(frame["row"]):
            own = [cells.loc[(row, cluster)] for cluster in clusters]
            head = grids.cell(own[0][f"row_{lang}"])
            lines.append((head, [_profile_cell(each, values, words) for each in own]))
        made = grids.grid(columns, lines)
        reading = f"reading.{values['notes']}"
        return grids.content(made, words, WORDS + "profile.", said, reading=reading)

    at = WORDS + "profile.notes"
    control = choice("notes", words(at), worded(("shown", "hidden"), words, at + "."), "hidden")
    sources = datasets.citation(frame, lang)
    return loops.canvas("5.abroad_profile", respond, [control], sources, words, "said")


def _profile_cell(row: pd.Series, values: dict[str, Any], words: Words) -> grids.Cell:
    note = grids.given(row[f"note_{words.lang}"]) if values["notes"] == "shown" else ""
    mark = {"kind": "warn", "text": words(WORDS + "profile.slip")} if note else None
    return grids.cell(row[f"text_{words.lang}"], note=note, tag=mark)


def transfer(words: Words, frame: pd.DataFrame) -> live.Framed:
    """What each case teaches, what does not transfer, what to ask; the brief's words or ours.

    `frame`: datasets.transfer_lessons().
    """
    checks.columns(frame, ["learner", "number", "kind", "standing", "source"], "lessons")
    learners, known = list(dict.fromkeys(frame["learner"])), grids.named_clusters(words)
    teachers = {each["teaches"]: each["short"] for each in known.values() if each["teaches"]}
    columns = [_learner(name, known, teachers, words) for name in learners]
    rows, counts = frame.to_dict("records"), frame["standing"].value_counts()
    said = {"n": len(frame), "brief": int(counts["brief"]), "ours": int(counts["ours"])}

    def respond(values: dict[str, Any]) -> Content:
        shown = [row for row in rows if values["whose"] in ("all", row["standing"])]
        lines = []
        for kind in KINDS:
            for place in range(len(rows) // len(learners)):
                cells = [_lesson(shown, name, kind, place, words) for name in learners]
                if any(each["text"] for each in cells):
                    lines.append((_kind_head(kind, place, words), cells))
        made = grids.grid(columns, lines)
        reading = f"reading.{values['whose']}"
        return grids.content(made, words, WORDS + "transfer.", said, reading=reading)

    at = WORDS + "transfer.whose"
    control = choice("whose", words(at), worded(("all", "brief", "ours"), words, at + "."))
    sources = datasets.citation(frame, words.lang)
    return loops.canvas("5.transfer", respond, [control], sources, words)


def _learner(name: str, known: dict, teachers: dict[str, str], words: Words) -> dict[str, str]:
    said = words(WORDS + "transfer.column", learner=known[name]["short"], teacher=teachers[name])
    return {"name": said, "shade": known[name]["shade"]}


def _kind_head(kind: str, place: int, words: Words) -> grids.Cell:
    return grids.cell(words(WORDS + f"transfer.kind.{kind}", n=place + 1))


def _lesson(
    shown: list[dict[str, Any]], learner: str, kind: str, place: int, words: Words
) -> grids.Cell:
    own = [row for row in shown if row["learner"] == learner and row["kind"] == kind]
    if place >= len(own):
        return grids.cell("")
    row = own[place]
    return grids.cell(row[f"text_{words.lang}"], tag=grids.tag(row["standing"], words))


def departures(words: Words, frame: pd.DataFrame) -> live.Framed:
    """What left the clusters that are called successes: what is known of it, what is not.

    `frame`: datasets.departures().
    """
    checks.columns(frame, ["departure", "cluster", "year", "source"], "departures")
    known, lang = grids.named_clusters(words), words.lang
    parts = ("known", "unknown", "after")
    columns = [{"name": words(WORDS + f"departures.{part}")} for part in parts]
    ordered = frame.sort_values("year", kind="stable").to_dict("records")
    abroad = {row["cluster"] for row in ordered if known[row["cluster"]]["kind"] == "abroad"}
    all_abroad = [name for name, each in known.items() if each["kind"] == "abroad"]
    said = {
        "n": len(ordered),
        "clusters": len(abroad),
        "of": len(all_abroad),
        "first": ordered[0]["year"],
        "last": ordered[-1]["year"],
    }

    every = "all" if len(abroad) == len(all_abroad) else "some"

    def respond(values: dict[str, Any]) -> Content:
        chosen = [r for r in ordered if values["place"] in ("all", r["cluster"])]
        lines = [(_who(row, known, words), [_part(row, p, words) for p in parts]) for row in chosen]
        made = grids.grid(columns, lines)
        told = {**said, "n_shown": len(chosen)}
        return grids.content(made, words, WORDS + "departures.", told, f"title.{every}")

    places = list(dict.fromkeys(row["cluster"] for row in ordered))
    options = [["all", words(WORDS + "departures.all")], *[[p, known[p]["short"]] for p in places]]
    control = choice("place", words(WORDS + "departures.place"), options)
    sources = datasets.citation(frame, lang)
    return loops.canvas("5.departures", respond, [control], sources, words, "observed")


def _who(row: dict[str, Any], known: dict, words: Words) -> grids.Cell:
    lang = words.lang
    when = words(WORDS + "departures.when", year=row["year"], place=known[row["cluster"]]["short"])
    return grids.cell([row[f"who_{lang}"], row[f"what_{lang}"]], note=when)


def _part(row: dict[str, Any], part: str, words: Words) -> grids.Cell:
    mark = {"kind": "warn", "text": words(WORDS + "departures.unsaid")}
    return grids.cell(row[f"{part}_{words.lang}"], tag=mark if part == "unknown" else None)
