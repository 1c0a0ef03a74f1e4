"""The numbered equations of the model, each with its numbers and what they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterlib import live, loops
from clusterlib.charts.figure import Content, Figure
from clusterlib.explorers import policy_room
from clusterlib.explorers.policy_words import number_names

if TYPE_CHECKING:
    import pandas as pd

    from clusterlib.i18n import Words

WORDS, POLICY = "model.equations.", "policy."
ALL = "all"
# What the equations are about, in the order of the text.
PARTS = {
    "start": (0,), "chain": (1, 2, 3, 4, 5, 6), "people": (7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
    "firms": (17, 18, 19, 20, 21, 22, 31), "levers": (23, 24, 25, 26, 27, 28, 29, 30),
}  # fmt: skip


def model_equations(words: Words) -> live.Framed:
    """Every equation as it is computed; by what it is about, by a number, by what that stands on.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    table = policy_room.room().table
    entries = {n: _entry(n, part, table, words) for part, own in PARTS.items() for n in own}
    uses = {n: table[_reads(table, n)] for n in entries}
    controls = [_parts(words), _standings(table, words), _numbers(table, words)]

    def respond(values: dict[str, Any]) -> Content:
        kept = [n for n in entries if _asked(values, n, uses[n])]
        return _content([entries[n] for n in kept], len(entries), table, words)

    start = {control["id"]: control["value"] for control in controls}
    figure = Figure(
        "6.equations", None, respond(start), words(WORDS + "sources"), "teaching", respond=respond
    )
    said = {"words": words.group(WORDS + "ledger.")}
    return live.explorer(figure, words, controls, loops.LedgerFigure, traits=said)


def _reads(table: pd.DataFrame, number: int) -> pd.Series:
    return table["equations"].astype(str).str.split().map(lambda used: str(number) in used)


def _asked(values: dict[str, Any], number: int, rows: pd.DataFrame) -> bool:
    part, standing, name = values["part"], values["standing"], values["number"]
    return (
        part in (ALL, next(p for p, own in PARTS.items() if number in own))
        and (standing == ALL or standing in set(rows["standing"]))
        and (name == ALL or name in set(rows["name"]))
    )


def _entry(number: int, part: str, table: pd.DataFrame, words: Words) -> dict[str, Any]:
    said = words.group(f"{POLICY}eq_{number:02}_")
    rows = table[_reads(table, number)]
    names = number_names(words.lang)
    numbers = "; ".join(
        words(
            WORDS + ("number.range" if row.low < row.high else "number.fixed"),
            id=row.id, name=names[row.id], low=f"{row.low:g}", base=f"{row.base:.4g}",
            high=f"{row.high:g}", unit=row.unit, standing=words(f"{POLICY}standing_{row.standing}"),
        )
        for row in rows.itertuples()
    )  # fmt: skip
    asides = [{"name": words(WORDS + "numbers"), "text": numbers}] if numbers else []
    note = (
        [{"name": words("lesson6.equations.note"), "text": said["note"]}] if "note" in said else []
    )
    return {
        "id": str(number),
        "group": words(WORDS + f"part.{part}"),
        "mark": str(number),
        "title": said["name"],
        "tags": [],
        "text": said["form"],
        "lines": [],
        "asides": asides,
        # Thirty equations side by side are a wall: each opens to its form, note and numbers.
        "more": [{"name": words(WORDS + "column.text"), "text": said["form"]}, *note, *asides],
    }


def _select(name: str, options: list[list[str]], words: Words) -> dict[str, Any]:
    every = [ALL, words(WORDS + "all")]
    return {"id": name, "kind": "select", "label": words(WORDS + f"control.{name}"), "value": ALL,
            "options": [every, *options]}  # fmt: skip


def _parts(words: Words) -> dict[str, Any]:
    return _select("part", [[part, words(WORDS + f"part.{part}")] for part in PARTS], words)


def _standings(table: pd.DataFrame, words: Words) -> dict[str, Any]:
    counted = table["standing"].value_counts()
    options = [
        [name, words(WORDS + "standing.option", name=words(f"{POLICY}standing_{name}"), n=int(n))]
        for name, n in counted.items()
    ]
    return _select("standing", options, words)


def _numbers(table: pd.DataFrame, words: Words) -> dict[str, Any]:
    once = table.drop_duplicates("name")
    pairs = zip(once["name"], once[f"label_{words.lang}"], strict=True)
    return _select("number", [[name, f"{label} ({name})"] for name, label in pairs], words)


def _content(kept: list[dict[str, Any]], every: int, table: pd.DataFrame, words: Words) -> Content:
    said = {
        "n": len(kept),
        "of": every,
        "numbers": len(table),
        "assumed": int((table["standing"] == "assumption").sum()),
    }
    columns = ("mark", "title", "text", "numbers")
    cells = {
        words(WORDS + f"column.{name}"): [
            entry[name] if name in entry else " ".join(a["text"] for a in entry["asides"])
            for entry in kept
        ]
        for name in columns
    }
    return Content(
        rows={"entries": kept},
        title=words(WORDS + "title", **said),
        subtitle=words(WORDS + "subtitle", **said),
        alt=words(WORDS + "alt", **said),
        reading=words(WORDS + ("reading" if kept else "reading.none"), **said),
        table=cells,
    )
