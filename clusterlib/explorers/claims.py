"""The brief's causes, each with what this kit can and cannot say about it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import catalog, datasets, live, loops
from clusterlib.charts import texts
from clusterlib.charts.figure import Content
from clusterlib.explorers.controls import Control, choice
from clusterlib.i18n import Words
from clusterlib.indicators import checks

WORDS = "lesson1.causes."
STATUS = ("data", "partial", "none")
# Which figures of the lesson show a table; a table without one is named instead.
SHOWN_IN = {
    "policy_events": ["capital_migration"],
    "capital_migration": ["capital_migration"],
    "net_migration": ["migration_map", "turn"],
    "youth_net_migration": ["youth"],
    "grdp_per_head": ["grdp_per_head"],
    "extinction_risk": ["extinction"],
    "venture_investment": ["venture"],
    "headquarters": ["headquarters"],
    "gunsan_output": ["plant"],
}


def causes(words: Words, frame: pd.DataFrame) -> live.Framed:
    """What the brief says is behind the decline, and which of it can be checked with data here.

    `frame`: datasets.causes().
    """
    checks.columns(frame, ["order", "kind", "section", "evidence_here", "tables"], "causes")
    claims = [_claim(row, words) for row in frame.sort_values("order").to_dict("records")]

    def respond(values: dict[str, Any]) -> Content:
        return _content(claims, values["status"], words)

    sources = f"{datasets.citation(frame, words.lang)}; {words(WORDS + 'ours')}"
    own = {"evidence": "said", "widget": loops.ClaimsFigure, "stem": WORDS + "ui."}
    return loops.canvas("1.causes", respond, [_filter(claims, words)], sources, words, **own)


def _claim(row: dict[str, Any], words: Words) -> dict[str, Any]:
    tables = [] if pd.isna(row["tables"]) else row["tables"].split()
    figures = dict.fromkeys(name for table in tables for name in SHOWN_IN.get(table, []))
    bare = [table for table in tables if table not in SHOWN_IN]
    why = row[f"why_{words.lang}"]
    summary = row["section"] == "summary"
    return {
        "number": row["order"] if row["kind"] == "factor" else None,
        "group": row["kind"] if row["kind"] in ("factor", "lock_in") else "other",
        "kind": row[f"kind_{words.lang}"],
        "text": row[f"text_{words.lang}"],
        "section": words(WORDS + ("summary" if summary else "section"), section=row["section"]),
        "status": row["evidence_here"],
        "standing": words(WORDS + f"status.{row['evidence_here']}"),
        "why": "" if pd.isna(why) else why,
        "figures": [
            {"id": f"1.{name}", "text": words(WORDS + f"figure.{name}")} for name in figures
        ],
        "tables": [catalog.record(table)[f"title_{words.lang}"] for table in bare],
    }


def _counts(claims: list[dict[str, Any]]) -> dict[str, int]:
    return {status: sum(claim["status"] == status for claim in claims) for status in STATUS}


def _filter(claims: list[dict[str, Any]], words: Words) -> Control:
    counts = {"all": len(claims), **_counts(claims)}
    options = [
        [status, words(WORDS + "option", name=words(WORDS + f"status.{status}"), n=n)]
        for status, n in counts.items()
    ]
    return choice("status", words(WORDS + "filter"), options)


def _content(claims: list[dict[str, Any]], status: str, words: Words) -> Content:
    shown = [claim for claim in claims if status in ("all", claim["status"])]
    said = {"all": len(claims), "n": len(shown), **_counts(claims), **_factors(claims)}
    finding = next((name for name in ("data", "partial") if said[name]), "none")
    reading = status if shown else "empty"
    return Content(
        rows={"claims": shown},
        **texts.sentences(words, WORDS, said, title=finding, reading=reading),
        table=_table(shown, words),
    )


def _factors(claims: list[dict[str, Any]]) -> dict[str, int]:
    factors = [claim for claim in claims if claim["group"] == "factor"]
    counts = {f"factors_{status}": n for status, n in _counts(factors).items()}
    return {"factors": len(factors), **counts}


def _table(claims: list[dict[str, Any]], words: Words) -> dict[str, list[str]]:
    def shown(claim: dict[str, Any]) -> str:
        return ", ".join([*(figure["text"] for figure in claim["figures"]), *claim["tables"]])

    said = {
        "kind": [claim["kind"] for claim in claims],
        "text": [claim["text"] for claim in claims],
        "section": [claim["section"] for claim in claims],
        "standing": [claim["standing"] for claim in claims],
        "why": [claim["why"] for claim in claims],
        "shown": [shown(claim) for claim in claims],
    }
    return {words(WORDS + f"column.{name}"): cells for name, cells in said.items()}
