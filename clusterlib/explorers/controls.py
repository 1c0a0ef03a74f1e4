"""Controls as a figure's frame takes them: a row of choices, a list, a slider; and their options.

An option is [value, text] or, in a list that another one narrows, [value, text, tag].
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from clusterlib.i18n import Words

Control = dict[str, Any]
Options = Sequence[Sequence[Any]]


def worded(values: Iterable[Any], words: Words, stem: str) -> list[list[Any]]:
    """Each value with its words, which stand under the stem and the value: "map.control.people"."""
    return [[value, words(f"{stem}{value}")] for value in values]


def named(frame: pd.DataFrame, key: str, words: Words, name: str = "") -> list[list[Any]]:
    """Each different value of a column once, with what the column <name>_<language> calls it."""
    return frame.drop_duplicates(key)[[key, f"{name or key}_{words.lang}"]].values.tolist()


def choice(name: str, label: str, options: Options, value: Any = None, **more: Any) -> Control:
    """A row of choices; the first one holds at the beginning unless another is named.

    >>> choice("top", "Largest", [("0.05", "5 %"), ("0.1", "10 %")], "0.1")
    {'id': 'top', 'label': 'Largest', 'value': '0.1', 'options': [['0.05', '5 %'], ['0.1', '10 %']]}
    """
    first = options[0][0] if value is None else value
    return {"id": name, "label": label, "value": first, "options": [*map(list, options)], **more}


def listed(name: str, label: str, options: Options, value: Any = None, **more: Any) -> Control:
    """The same as a list, for many options; further: step, words, and only (see live.explorer)."""
    return choice(name, label, options, value, kind="select", **more)


def slider(name: str, label: str, ends: tuple[float, float], value: float, **more: Any) -> Control:
    """A slider between two ends; `says` its value in words, "{}" in the number's place.

    Further: step, play, and kind="range" inside a cell of a table, there with `texts`, one a step.
    """
    least, most = ends
    return {"id": name, "label": label, "value": value, "min": least, "max": most, **more}
