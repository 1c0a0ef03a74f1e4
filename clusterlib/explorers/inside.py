"""Explorers of lesson 4: what people said, what speaks to it, and the other side of a strength."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from clusterlib import datasets, live, loops
from clusterlib.charts import texts
from clusterlib.charts.figure import Content, records
from clusterlib.explorers import inside_links
from clusterlib.explorers.controls import Control, choice, named, worded
from clusterlib.i18n import Words
from clusterlib.indicators import checks

WORDS = "lesson4."
ALL = "all"


def interviews(words: Words, said: pd.DataFrame, links: pd.DataFrame) -> live.Framed:
    """The quoted interviews by theme, region and role, each with the statistics that speak to it.

    `said`: datasets.interviews(). `links`: datasets.evidence_links().
    """
    checks.columns(said, ["interview", "date", "theme", "group", "role_kind", "sign"], "said")
    checks.columns(links, ["interview", "relation", "facts", "statistic_sources"], "links")
    filters = ("theme", "group", "role_kind")
    entries = {row["interview"]: _interview(row, links, words) for row in records(said)}
    rows = {row["interview"]: row for row in records(said)}

    def respond(values: dict[str, Any]) -> Content:
        kept = [
            entry
            for name, entry in entries.items()
            if all(values[f] in (ALL, rows[name][f]) for f in filters)
        ]
        return _spoken(kept, list(entries.values()), said, words)

    controls = [_filter(said, name, words) for name in filters]
    return _ledger("interviews", respond, controls, said, words)


def _interview(row: dict[str, Any], links: pd.DataFrame, words: Words) -> dict[str, Any]:
    lang = words.lang
    return {
        **loops.ENTRY,
        "id": row["interview"],
        "mark": row["sign"],
        "title": row[f"role_{lang}"],
        "tags": [row["date"], row[f"theme_{lang}"], row[f"group_{lang}"], row[f"role_kind_{lang}"]],
        "text": row[f"gist_{lang}"],
        "lines": inside_links.lines(links, "interview", row["interview"], words),
    }


def _filter(frame: pd.DataFrame, name: str, words: Words, most: int = 4) -> Control:
    """A choice of the values of a column, or all of them; more than `most` options are a list."""
    options = [[ALL, words(WORDS + "control.all")], *named(frame, name, words)]
    kind = {"kind": "select"} if len(options) > most else {}
    return choice(name, words(WORDS + f"interviews.control.{name}"), options, **kind)


def _spoken(
    kept: list[dict[str, Any]], entries: list[dict[str, Any]], said: pd.DataFrame, words: Words
) -> Content:
    bare = [e for e in entries if "observed" not in {line["kind"] for line in e["lines"]}]
    dates = sorted(said["date"])
    facts = {
        "all": len(entries),
        "n": len(kept),
        "bare": len(bare),
        "first": dates[0],
        "last": dates[-1],
        **{f"n_{name}": n for name, n in inside_links.counted(kept).items()},
    }
    state = "some" if kept else "none"
    return Content(
        rows={"entries": kept},
        **texts.sentences(words, WORDS + "interviews.", facts, reading=state),
        table=_interview_table(kept, words),
    )


def _interview_table(kept: list[dict[str, Any]], words: Words) -> dict[str, list[str]]:
    pairs = [(entry, line) for entry in kept for line in entry["lines"]]
    cells = {
        "date": [entry["tags"][0] for entry, _ in pairs],
        "who": [entry["title"] for entry, _ in pairs],
        "gist": [entry["text"] for entry, _ in pairs],
        "relation": [line["badge"] for _, line in pairs],
        "statistic": [line["text"] for _, line in pairs],
        "why": [line["why"] for _, line in pairs],
        "sources": [line["sources"] for _, line in pairs],
    }
    return {words(WORDS + f"column.{name}"): said for name, said in cells.items()}


def strengths(words: Words, points: pd.DataFrame) -> live.Framed:
    """Strengths and weaknesses by region; the other side of each strength opens when asked for.

    `points`: datasets.strengths_weaknesses().
    """
    checks.columns(points, ["point", "kind", "group", "section", "other_kind"], "points")
    rows = records(points.sort_values("order"))

    def respond(values: dict[str, Any]) -> Content:
        kept = [row for row in rows if values["group"] in (ALL, row["group"])]
        return _weighed(kept, rows, values["other"] == "shown", words)

    others = worded(("hidden", "shown"), words, WORDS + "strengths.other.")
    controls = [
        _filter(points, "group", words, most=0),
        choice("other", words(WORDS + "strengths.control.other"), others),
    ]
    return _ledger("strengths", respond, controls, points, words)


def _weighed(
    kept: list[dict[str, Any]], rows: list[dict[str, Any]], shown: bool, words: Words
) -> Content:
    strong = [row for row in rows if row["kind"] == "strength"]
    facts = {
        "strengths": len(strong),
        "weaknesses": len(rows) - len(strong),
        "own": sum(row["other_kind"] in ("brief", "figure4") for row in strong),
        "ours": sum(row["other_kind"] == "kit" for row in strong),
        "n": len(kept),
    }
    state = "shown" if shown else "hidden"
    return Content(
        rows={"entries": [_point(row, shown, words) for row in kept]},
        **texts.sentences(words, WORDS + "strengths.", facts, reading=state),
        table=_point_table(kept, shown, words),
    )


def _point(row: dict[str, Any], shown: bool, words: Words) -> dict[str, Any]:
    lang = words.lang
    tags = [row[f"group_{lang}"], sections(row["section"], words)]
    if row["interviews"]:
        tags.append(words(WORDS + "strengths.heard", n=len(row["interviews"].split())))
    other = {"name": row[f"other_kind_{lang}"], "text": row[f"other_{lang}"]}
    return {
        **loops.ENTRY,
        "id": row["point"],
        "group": words(WORDS + f"strengths.kind.{row['kind']}"),
        "mark": "+" if row["kind"] == "strength" else "-",
        "tags": tags,
        "text": row[f"text_{lang}"],
        "asides": [other] if shown and other["text"] else [],
    }


def _point_table(rows: list[dict[str, Any]], shown: bool, words: Words) -> dict[str, list[str]]:
    lang = words.lang
    cells = {
        "kind": [words(WORDS + f"strengths.kind.{row['kind']}") for row in rows],
        "region": [row[f"group_{lang}"] for row in rows],
        "point": [row[f"text_{lang}"] for row in rows],
        "section": [sections(row["section"], words) for row in rows],
        "other": [(row[f"other_{lang}"] or "–") if shown else "–" for row in rows],
    }
    return {words(WORDS + f"column.{name}"): said for name, said in cells.items()}


def findings(words: Words, found: pd.DataFrame) -> live.Framed:
    """What the brief found, beside what earlier work said, with a question to each.

    `found`: datasets.findings().
    """
    checks.columns(found, ["finding", "order", "section", "reference"], "found")
    rows = records(found.sort_values("order"))
    lang = words.lang
    years = [int(re.search(r"\d{4}", row["reference"])[0]) for row in rows]
    facts = {"n": len(rows), "first": min(years), "last": max(years)}
    cells = {
        "finding": [row[f"text_{lang}"] for row in rows],
        "earlier": [row[f"earlier_{lang}"] for row in rows],
        "reference": [row["reference"] for row in rows],
        "question": [row[f"question_{lang}"] for row in rows],
    }
    content = Content(
        rows={"entries": [_finding(row, words) for row in rows]},
        **texts.sentences(words, WORDS + "findings.", facts, reading=None),
        table={words(WORDS + f"column.{name}"): said for name, said in cells.items()},
    )
    return _ledger("findings", lambda values: content, [], found, words)


def _finding(row: dict[str, Any], words: Words) -> dict[str, Any]:
    lang = words.lang
    earlier = words(WORDS + "findings.earlier", reference=row["reference"])
    question = words(WORDS + "findings.question")
    return {
        **loops.ENTRY,
        "id": row["finding"],
        "mark": str(row["order"]),
        "title": row[f"text_{lang}"],
        "tags": [sections(row["section"], words)],
        "asides": [
            {"name": earlier, "text": row[f"earlier_{lang}"]},
            {"name": question, "text": row[f"question_{lang}"]},
        ],
    }


def sections(text: str, words: Words) -> str:
    """Sections of the brief as words: "01 04", "summary 04"."""
    parts = [words(WORDS + "summary") if part == "summary" else part for part in text.split()]
    return words(WORDS + "section", sections=", ".join(parts))


def _ledger(
    name: str,
    respond: Callable[[dict[str, Any]], Content],
    controls: list[Control],
    frame: pd.DataFrame,
    words: Words,
) -> live.Framed:
    sources = f"{datasets.citation(frame, words.lang)}; {words(f'{WORDS}{name}.ours')}"
    own = {"evidence": "said", "widget": loops.LedgerFigure, "stem": WORDS + "ledger."}
    return loops.canvas(f"4.{name}", respond, controls, sources, words, **own)
