"""Explorers of lesson 4: what people said, what speaks to it, and the other side of a strength."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from clusterlib import datasets, live, loops
from clusterlib.charts.figure import Content, Figure, records
from clusterlib.explorers import inside_links
from clusterlib.i18n import Words
from clusterlib.indicators import checks

WORDS = "lesson4."
ALL = "all"


def interviews(words: Words, said: pd.DataFrame, links: pd.DataFrame) -> live.Framed:
    """The quoted interviews by theme, region and role, each with the statistics that speak to it.

    Parameters
    ----------
    words : Words
        The reader's language.
    said : frame
        datasets.interviews().
    links : frame
        datasets.evidence_links().
    """
    checks.columns(said, ["interview", "date", "theme", "group", "role_kind", "sign"], "said")
    checks.columns(links, ["interview", "relation", "facts", "statistic_sources"], "links")
    filters = {name: _options(said, name, words) for name in ("theme", "group", "role_kind")}
    entries = {row["interview"]: _interview(row, links, words) for row in records(said)}
    rows = {row["interview"]: row for row in records(said)}

    def respond(values: dict[str, Any]) -> Content:
        kept = [
            entry
            for name, entry in entries.items()
            if all(values[f] in (ALL, rows[name][f]) for f in filters)
        ]
        return _spoken(kept, list(entries.values()), said, words)

    controls = [_control(name, options, words) for name, options in filters.items()]
    sources = f"{datasets.citation(said, words.lang)}; {words(WORDS + 'interviews.ours')}"
    return _ledger("4.interviews", respond, controls, sources, words)


def _interview(row: dict[str, Any], links: pd.DataFrame, words: Words) -> dict[str, Any]:
    lang = words.lang
    return {
        "id": row["interview"],
        "group": "",
        "mark": row["sign"],
        "title": row[f"role_{lang}"],
        "tags": [row["date"], row[f"theme_{lang}"], row[f"group_{lang}"], row[f"role_kind_{lang}"]],
        "text": row[f"gist_{lang}"],
        "lines": inside_links.lines(links, "interview", row["interview"], words),
        "asides": [],
    }


def _options(frame: pd.DataFrame, name: str, words: Words) -> list[list[str]]:
    kinds = frame.drop_duplicates(name)
    pairs = zip(kinds[name], kinds[f"{name}_{words.lang}"], strict=True)
    return [[ALL, words(WORDS + "control.all")], *(list(pair) for pair in pairs)]


def _control(name: str, options: list[list[str]], words: Words) -> dict[str, Any]:
    label = words(WORDS + f"interviews.control.{name}")
    kind = {"kind": "select"} if len(options) > 4 else {}
    return {"id": name, "label": label, "value": ALL, "options": options, **kind}


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
        title=words(WORDS + "interviews.title", **facts),
        subtitle=words(WORDS + "interviews.subtitle", **facts),
        alt=words(WORDS + "interviews.alt", **facts),
        reading=words(WORDS + f"interviews.reading.{state}", **facts),
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

    Parameters
    ----------
    words : Words
        The reader's language.
    points : frame
        datasets.strengths_weaknesses().
    """
    checks.columns(points, ["point", "kind", "group", "section", "other_kind"], "points")
    rows = records(points.sort_values("order"))
    options = _options(points, "group", words)

    def respond(values: dict[str, Any]) -> Content:
        kept = [row for row in rows if values["group"] in (ALL, row["group"])]
        return _weighed(kept, rows, values["other"] == "shown", words)

    others = [[state, words(WORDS + f"strengths.other.{state}")] for state in ("hidden", "shown")]
    label = words(WORDS + "strengths.control.other")
    controls = [
        {**_control("group", options, words), "kind": "select"},
        {"id": "other", "label": label, "value": "hidden", "options": others},
    ]
    sources = f"{datasets.citation(points, words.lang)}; {words(WORDS + 'strengths.ours')}"
    return _ledger("4.strengths", respond, controls, sources, words)


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
    return Content(
        rows={"entries": [_point(row, shown, words) for row in kept]},
        title=words(WORDS + "strengths.title", **facts),
        subtitle=words(WORDS + "strengths.subtitle", **facts),
        alt=words(WORDS + "strengths.alt", **facts),
        reading=words(WORDS + f"strengths.reading.{'shown' if shown else 'hidden'}", **facts),
        table=_point_table(kept, shown, words),
    )


def _point(row: dict[str, Any], shown: bool, words: Words) -> dict[str, Any]:
    lang = words.lang
    tags = [row[f"group_{lang}"], sections(row["section"], words)]
    if row["interviews"]:
        tags.append(words(WORDS + "strengths.heard", n=len(row["interviews"].split())))
    other = {"name": row[f"other_kind_{lang}"], "text": row[f"other_{lang}"]}
    return {
        "id": row["point"],
        "group": words(WORDS + f"strengths.kind.{row['kind']}"),
        "mark": "+" if row["kind"] == "strength" else "-",
        "title": "",
        "tags": tags,
        "text": row[f"text_{lang}"],
        "lines": [],
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

    Parameters
    ----------
    words : Words
        The reader's language.
    found : frame
        datasets.findings().
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
        title=words(WORDS + "findings.title", **facts),
        subtitle=words(WORDS + "findings.subtitle", **facts),
        alt=words(WORDS + "findings.alt", **facts),
        table={words(WORDS + f"column.{name}"): said for name, said in cells.items()},
    )
    sources = f"{datasets.citation(found, lang)}; {words(WORDS + 'findings.ours')}"
    return _ledger("4.findings", lambda values: content, [], sources, words)


def _finding(row: dict[str, Any], words: Words) -> dict[str, Any]:
    lang = words.lang
    earlier = words(WORDS + "findings.earlier", reference=row["reference"])
    question = words(WORDS + "findings.question")
    return {
        "id": row["finding"],
        "group": "",
        "mark": str(row["order"]),
        "title": row[f"text_{lang}"],
        "tags": [sections(row["section"], words)],
        "text": "",
        "lines": [],
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
    controls: list[dict[str, Any]],
    sources: str,
    words: Words,
) -> live.Framed:
    start = {control["id"]: control["value"] for control in controls}
    figure = Figure(name, None, respond(start), sources, "said", respond=respond)
    said = {"words": words.group(WORDS + "ledger.")}
    return live.explorer(figure, words, controls, loops.LedgerFigure, traits=said)
