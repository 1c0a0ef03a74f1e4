"""What would have to be true for the other plan to win: bounds that most lift its wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from clusterlib import datasets
from clusterlib.charts.figure import Content
from clusterlib.explorers import grids, plan_shelf, plan_tied
from clusterlib.explorers.plan_shelf import LAST, Entry, Shelf, Values
from clusterlib.explorers.plan_tied import TiedMatrix
from clusterlib.explorers.plan_words import believed, level, name_of, numbers, quoted
from clusterlib.explorers.policy_words import of_100
from clusterlib.policy import decision

if TYPE_CHECKING:
    from clusterlib.i18n import Words

WORDS = "choice.hold."
SCORE = "score"  # the weighted sum, in the place of an outcome
STRONGEST = 3
PAIR = ("venture", "settle")
# How the standing of a number looks beside it.
LOOKS = {"brief": "plain", "literature": "good", "assumption": "ours", "calibrated": "warn"}
SIDES = {">=": "least", "<=": "most"}


def what_must_hold(words: Words) -> TiedMatrix:
    """Two plans and an outcome: under which condition the first beats the second more often.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    sources = datasets.citation(datasets.policy_parameters(), words.lang)
    return plan_tied.explorer("6.what_must_hold", words, _drawn, _asked, sources)


def pair_controls(
    shelf: Shelf, start: tuple[str, str], labels: str = "choice."
) -> list[dict[str, Any]]:
    """Two lists of plans; `labels` says where their words begin."""
    return [
        {
            "id": name,
            "kind": "select",
            "label": shelf.words(labels + name),
            "value": value,
            "options": shelf.options(),
        }
        for name, value in zip(("first", "second"), start, strict=True)
    ]


def _asked(shelf: Shelf) -> list[dict[str, Any]]:
    outcome = plan_shelf.outcome_control(shelf.words, shelf.room.anchors, [SCORE])
    theory = plan_shelf.theory_control(shelf.words)
    return [*pair_controls(shelf, PAIR), outcome, theory]


def _ends(entry: Entry, name: str, theory: str, shelf: Shelf) -> np.ndarray:
    found = shelf.outcomes(entry, theory)
    if name != SCORE:
        return found[name]
    anchors = shelf.room.anchors
    return decision.scores(decision.values(found, anchors), shelf.weights, list(anchors["outcome"]))


def _drawn(values: Values, shelf: Shelf) -> Content:
    words, name, theory = shelf.words, values["outcome"], values["theory"]
    pair = [shelf.entry(values[n]) for n in ("first", "second")]
    ends = [_ends(entry, name, theory, shelf) for entry in pair]
    wins = ends[0] > ends[1]
    worlds = shelf.worlds(pair[0], theory)
    found = decision.rule(wins, worlds, sure=decision.SURE).head(STRONGEST)
    about = {
        "first": quoted(pair[0].name, words),
        "second": quoted(pair[1].name, words),
        "outcome": name_of(name, words),
        "theory": believed(theory, words),
        "base": of_100(float(wins.mean())),
        "worlds": len(wins),
        "last": LAST,
        "state": _state(ends, wins, found),
    }
    told = [_bound(row, words) for row in found.itertuples()]
    about |= told[0] if told else {}
    grid = grids.grid(
        _columns(words), [_line(each, words) for each in told] or [_none(about, words)]
    )
    return plan_tied.warned(_content(grid, about, words), shelf)


def _content(grid: Any, about: dict[str, Any], words: Words) -> Content:
    state = about["state"]
    title, reading = f"title.{state}", f"reading.{state}"
    alt = words(WORDS + reading, **about)
    return grids.content(grid, words, WORDS, about, title, reading, alt=alt)


def _state(ends: list[np.ndarray], wins: np.ndarray, found: pd.DataFrame) -> str:
    if level(*ends):
        return "level"
    if wins.all():
        return "always"
    if not wins.any():
        return "never"
    return "none" if found.empty else "found"


def _bound(row: Any, words: Words) -> dict[str, Any]:
    number = numbers(words.lang)[row.id]
    bound = number.written(row.bound, words)
    return {
        "label": number.label,
        "condition": words(WORDS + f"side.{SIDES[row.side]}", bound=bound),
        "low": words.say(number.low, "two"),
        "high": words.say(number.high, "two"),
        "share": of_100(float(row.share)),
        "part": float(row.share),
        "left": int(row.worlds),
        "of": of_100(float(row.base)),
        "standing": number.standing_text,
        "kind": LOOKS.get(number.standing, "plain"),
        "reference": number.reference,
    }


def _columns(words: Words) -> list[dict[str, Any]]:
    return [{"name": words(WORDS + f"column.{name}")} for name in ("bound", "share", "standing")]


def _line(each: dict[str, Any], words: Words) -> tuple[grids.Cell, list[grids.Cell]]:
    share = words(WORDS + "share", **each)
    return grids.cell(each["label"]), [
        grids.cell(each["condition"], note=words(WORDS + "range", **each), strong=True),
        grids.cell(
            "",
            bar={"share": each["part"], "shade": "accent", "said": share},
            note=words(WORDS + "left", **each),
        ),
        grids.cell(
            "", tag={"kind": each["kind"], "text": each["standing"]}, note=each["reference"]
        ),
    ]


def _none(about: dict[str, Any], words: Words) -> tuple[grids.Cell, list[grids.Cell]]:
    text = words(WORDS + f"nothing.{about['state']}")
    return grids.cell(words(WORDS + "nothing"), strong=True), [
        grids.cell(text),
        *[grids.cell("")] * 2,
    ]
