"""The map of winners: which plan wins as the weights of two outcomes vary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from clusterlib.explorers.plan_shelf import LETTERS, MOST_WEIGHT, SHADES, Entry, Values
from clusterlib.explorers.plan_words import name_of
from clusterlib.explorers.policy_words import of_100
from clusterlib.policy import decision

if TYPE_CHECKING:
    from clusterlib.i18n import Words

WORDS = "choice.winners."
AXES = ("across", "up")
START = {"across": "workers", "up": "Q"}
POINTS = range(0, MOST_WEIGHT + 1, 10)
LEVEL_SIGN = "="
# How strong the colour of a cell is, from a winner of few worlds to one of all, in per cent.
FAINT, STRONG = 14, 52


def axes_of(values: Values, names: Sequence[str]) -> tuple[str, str]:
    """The outcomes of the two axes; never the same twice."""
    across = values.get("across")
    across = across if across in names else START["across"]
    up = values.get("up")
    up = up if up in names else START["up"]
    if across == up:
        up = next(name for name in names if name != across)
    return across, up


def board(
    value: np.ndarray, points: Mapping[str, float], names: Sequence[str], slots: Sequence[Entry],
    values: Values, words: Words,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:  # fmt: skip
    """The map as the canvas takes it, and what is said of it; no map of a single plan."""
    if len(slots) == 1:
        return [None], {"cells": 0, "regions": ""}
    axes = axes_of(values, names)
    found = decision.winners(value, points, names, axes, POINTS)
    labels = [name_of(axis, words) for axis in axes]
    won = _won(found, slots, words)
    told = {"across": labels[0], "up": labels[1], "won": won}
    return [
        {
            "axes": [_axis(n, axes, names, words) for n in range(2)],
            "points": list(POINTS),
            "cells": [_cell(row, labels, slots, words) for row in found.itertuples()],
            "here": _here(points, axes),
            "weights": [f"w.{values['who']}.{axis}" for axis in axes],
            "words": {
                "name": words(WORDS + "name", **told),
                "head": words(WORDS + "head", **told),
                "help": words(WORDS + "help"),
                "across": words(WORDS + "across", outcome=labels[0]),
                "up": words(WORDS + "up", outcome=labels[1]),
                "none": words(WORDS + "none"),
                "take": words(WORDS + "take"),
            },
        }
    ], {"cells": len(found), "regions": won}


def _axis(n: int, axes: Sequence[str], names: Sequence[str], words: Words) -> dict[str, Any]:
    others = [name for name in names if name != axes[1 - n]]
    return {
        "id": AXES[n],
        "label": words(WORDS + f"axis.{AXES[n]}"),
        "value": axes[n],
        "options": [[name, name_of(name, words)] for name in others],
    }


def _cell(row: Any, labels: Sequence[str], slots: Sequence[Entry], words: Words) -> dict[str, Any]:
    at = {"across": labels[0], "x": int(row.across), "up": labels[1], "y": int(row.up)}
    if row.winner < 0:
        return {
            "letter": LEVEL_SIGN,
            "shade": "",
            "strength": 0,
            "said": words(WORDS + "level", **at),
        }
    letter, name = LETTERS[row.winner], slots[row.winner].name
    said = words(WORDS + "cell", letter=letter, name=name, n=of_100(float(row.share)), **at)
    strength = round(FAINT + (STRONG - FAINT) * float(row.share))
    return {"letter": letter, "shade": SHADES[row.winner], "strength": strength, "said": said}


def _here(points: Mapping[str, float], axes: Sequence[str]) -> int:
    """The cell of the weights as they are, -1 where they lie between cells."""
    at = [points[axis] / POINTS.step for axis in axes]
    whole = all(each == int(each) for each in at)
    return int(at[1]) * len(POINTS) + int(at[0]) if whole else -1


def _won(found: pd.DataFrame, slots: Sequence[Entry], words: Words) -> str:
    counts = found["winner"].value_counts()
    parts = [
        words(WORDS + "won", letter=LETTERS[n], name=entry.name, n=int(counts.get(n, 0)))
        for n, entry in enumerate(slots)
    ]
    return ", ".join(parts)
