"""What speaks to an interview or a belief: lines of text whose numbers come from the tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, facts
from clusterlib.charts.figure import records
from clusterlib.i18n import Words

RELATIONS = ("supports", "qualifies", "contradicts", "silent")


def filled(text: str, expressions: str | None, words: Words) -> str:
    """A text whose blanks are fact expressions, "n=table/key/field; share=…~percent".

    Raises what `facts.value` raises.
    """
    pairs = (each.split("=", 1) for each in (expressions or "").split(" ; ") if each)
    said = {}
    for name, expression in pairs:
        path, _, spec = expression.partition("~")
        said[name.strip()] = facts.written(path.strip(), words.lang, spec.strip() or None)
    return text.format(**said)


def lines(links: pd.DataFrame, about: str, key: str, words: Words) -> list[dict[str, Any]]:
    """The links of one interview or belief, in order, as the browser shows them.

    Parameters
    ----------
    links : frame
        datasets.evidence_links().
    about : str
        The column that names what a link speaks to: "interview" or "belief".
    key : str
        Which one.
    words : Words
        The reader's language.
    """
    own = links[links[about] == key].sort_values("order")
    return [_line(row, words) for row in records(own)]


def _line(row: dict[str, Any], words: Words) -> dict[str, Any]:
    lang = words.lang
    return {
        "relation": row["relation"],
        "badge": row[f"relation_{lang}"],
        "kind": row["kind"],
        "standing": row[f"kind_{lang}"] if row["kind"] != "none" else "",
        "text": filled(row[f"text_{lang}"], row["facts"], words),
        "why": row[f"why_{lang}"],
        "sources": cited(row["statistic_sources"], words),
    }


def cited(names: str | None, words: Words) -> str:
    """The sources of a statistic, short, in the reader's language."""
    wanted = pd.DataFrame({"source": (names or "").split()})
    return datasets.citation(wanted, words.lang)


def counted(shown: list[dict[str, Any]]) -> dict[str, int]:
    """How many lines of some entries support, qualify, contradict or say that there is nothing."""
    relations = [line["relation"] for entry in shown for line in entry["lines"]]
    return {name: relations.count(name) for name in RELATIONS}
