"""Explorers of lesson 3: is there a cluster? Quotients, cuts and stars.

In all rooms of this lesson `words` is the reader's language and `added` the table of
datasets.municipal_value_added().
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from clusterlib import live
from clusterlib.charts import cuts as cutting
from clusterlib.charts import stars as starred
from clusterlib.charts.figure import Figure
from clusterlib.charts.municipal import UNITS, WANTED
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.maps import quotients as quotient_map

WORDS = "lesson3.control."
FIRST = "manufacturing"
# Million won that are taken for one independent case; 0 draws no range.
CASES = ("0", "10000", "100000")


def quotients(words: Words, added: pd.DataFrame) -> live.Framed:
    """Location quotients on a map and in rank order; unit, base, cut and range are the reader's."""
    controls = [
        activity(added, words, FIRST),
        choice("unit", UNITS, words),
        choice("base", ("nation", "rest"), words),
        choice("least", ("1", "1.25", "1.5", "2"), words, "1.25"),
        choice("case", CASES, words),
    ]
    return shown(quotient_map.by_unit, words, controls, added)


def cuts(words: Words, added: pd.DataFrame) -> live.Framed:
    """The plain cut beside the standardised quotient: how many places each picks, and which."""
    least = {"min": 1.0, "max": 3.0, "step": 0.25, "value": 1.25, "says": "{}"}
    controls = [
        activity(added, words, FIRST),
        choice("unit", UNITS, words),
        {"id": "least", "label": words(WORDS + "least"), **least},
        choice("form", ("plain", "log"), words),
    ]
    return shown(cutting.plain_and_standardised, words, controls, added)


def stars(words: Words, added: pd.DataFrame) -> live.Framed:
    """Cluster stars for size, specialisation and focus, under lines that the reader sets."""
    controls = [
        activity(added, words, "professional"),
        choice("unit", UNITS, words),
        choice("top", ("0.05", "0.1", "0.2"), words, "0.1"),
        choice("least", ("1.25", "1.5", "2", "3"), words, "2"),
    ]
    return shown(starred.earned, words, controls, added)


def shown(
    draw: Callable[..., Figure], words: Words, controls: list[dict[str, Any]], *frames: Any
) -> live.Framed:
    """A figure drawn from its frames as the controls stand, and joined to them."""
    start = {control["id"]: control["value"] for control in controls}
    return live.explorer(draw(*frames, start, words), words, controls)


def activity(added: pd.DataFrame, words: Words, first: str) -> dict[str, Any]:
    """A list of the activities of a table; raises BadInput for a table of another kind."""
    checks.columns(added, WANTED, "added")
    named = added.drop_duplicates("activity")
    pairs = zip(named["activity"], named[f"activity_{words.lang}"], strict=True)
    return listed("activity", [list(pair) for pair in pairs], words, first)


def choice(
    name: str, values: Iterable[str], words: Words, first: str | None = None
) -> dict[str, Any]:
    """A row of choices whose labels stand in the words under the control's own name."""
    options = [[value, words(f"{WORDS}{name}.{value}")] for value in values]
    return {
        "id": name,
        "label": words(WORDS + name),
        "value": first or options[0][0],
        "options": options,
    }


def listed(
    name: str, options: list[list[str]], words: Words, first: str, **more: Any
) -> dict[str, Any]:
    """A list for many options."""
    control = {"id": name, "kind": "select", "label": words(WORDS + name), "value": first}
    return {**control, "options": options, **more}
