"""Facts by key: the number behind each figure in prose, proved against the tables.

A key is a path, `table/key values/field`, in the order of the table's primary key. One key value
may be `*` or a range `1970..2025` inside a function: `countneg(capital_migration/*/net_migration)`,
`countover(municipal_quotients/province/*/manufacturing/lq, 1)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from clusterlib import catalog, datasets
from clusterlib.errors import BadInput, UnknownName
from clusterlib.i18n import say

NUMBER = re.compile(r"-?\d+(\.\d+)?$")
CALL = re.compile(r"(\w+)\((.*)\)$", re.DOTALL)

# A written number, then its hidden key: 38,465<!--fact: capital_migration/2025/net_migration-->
# A spec follows behind | or, within a table, where | would start a cell, behind a semicolon.
WRITTEN = re.compile(
    r"(?P<shown>[−-]?\d[\d.,]*(?:조(?: \d[\d,]*억)?|[억만](?: \d[\d.,]*)?(?:만(?: \d[\d,]*)?)?)?"
    r"(?: thousand| million| billion)?%?년?)"
    r"<!--\s*fact:\s*(?P<key>[^>|;]+?)\s*(?:[|;]\s*(?P<spec>\w+)\s*)?-->"
)


def select(path: str) -> pd.Series:
    """The cells that a path names, indexed by its varying key (or one cell, indexed by its path).

    Raises UnknownName for a table, field or row that is not there.

    >>> select("capital_migration/2024..2025/net_migration").to_dict()
    {2024: 45169, 2025: 38465}
    """
    frame, index = _found(path)
    name, *_, field = path.strip().split("/")
    return frame.set_index(index or catalog.key(name)[0])[field]


def rows(path: str) -> pd.DataFrame:
    """The whole rows in which the cells of a path stand; raises what `select` raises."""
    return _found(path)[0]


def paths(expression: str) -> list[str]:
    """The paths that an expression reads, in its order.

    >>> paths("percent(population/2020/seoul/population, sum(population/2020/*/population))")
    ['population/2020/seoul/population', 'population/2020/*/population']
    """
    text = expression.strip()
    call = CALL.match(text)
    if call:
        return [path for part in _arguments(call[2]) for path in paths(part)]
    return [text] if "/" in text else []  # numbers and words are arguments, not paths


def _found(path: str) -> tuple[pd.DataFrame, str | None]:
    name, *wanted, field = path.strip().split("/")
    frame = datasets.table(name)
    if field not in frame:
        raise UnknownName("unknown_field", field, frame.columns)
    keys, index = catalog.key(name), None
    if len(wanted) != len(keys):
        raise BadInput("bad_expression", asked=path)
    for key, value in zip(keys, wanted, strict=True):
        kept = frame[_matches(frame[key], value)]
        if kept.empty:
            raise UnknownName("unknown_row", value, frame[key].unique())
        frame, index = kept, key if _varies(value) else index
    return frame, index


def _varies(value: str) -> bool:
    return value == "*" or ".." in value


def _matches(column: pd.Series, value: str) -> pd.Series:
    if value == "*":
        return pd.Series(True, index=column.index)
    if ".." in value:
        first, last = (int(v) for v in value.split(".."))
        # Codes of municipalities are digits kept as text; a name is in no range.
        return pd.to_numeric(column, errors="coerce").between(first, last)
    return column.astype(str) == value


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sum": lambda s: s.sum(),
    "min": lambda s: s.min(),
    "max": lambda s: s.max(),
    "mean": lambda s: s.mean(),
    "median": lambda s: s.median(),
    "count": lambda s: int(s.notna().sum()),
    "countneg": lambda s: int((s < 0).sum()),
    "countpos": lambda s: int((s > 0).sum()),
    "argmax": lambda s: s.idxmax(),
    "argmin": lambda s: s.idxmin(),
    "where_pos": lambda s: list(s[s > 0].index),
    "where_neg": lambda s: list(s[s < 0].index),
    "series": lambda s: s,
    "countover": lambda s, least: int((s > least).sum()),
    "where_over": lambda s, least: list(s[s > least].index),
    "ratio": lambda a, b: a / b,
    "percent": lambda a, b: 100 * a / b,
    "permille": lambda a, b: 1000 * a / b,
    "times": lambda a, b: a * b,
    "add": lambda a, b: a + b,
    "diff": lambda a, b: a - b,
    "neg": lambda a: -a,
    "abs": abs,
    "round": lambda a, n: round(a, int(n)),
    # Compound growth in % a year: from a to b in n years.
    "cagr": lambda a, b, n: 100 * ((b / a) ** (1 / n) - 1),
    # How many cells of a path hold a word: countis(events/*/actor, law).
    "countis": lambda s, word: int((s.astype(str) == word).sum()),
}
ON_SERIES = set(list(FUNCTIONS)[:15])


def value(expression: str) -> Any:
    """The value of a fact expression: a number, a key, a list of keys or a series.

    Raises
    ------
    UnknownName
        For a function, table, field or row that is not there.
    BadInput
        When the expression cannot be read or its cell is blank.

    >>> value("countneg(capital_migration/1970..2025/net_migration)")
    5
    """
    text = expression.strip()
    if NUMBER.match(text):
        return float(text)
    call = CALL.match(text)
    return _called(call[1], _arguments(call[2])) if call else _cell(text)


def _called(name: str, arguments: list[str]) -> Any:
    if name not in FUNCTIONS:
        raise UnknownName("unknown_function", name, FUNCTIONS)
    if name == "countis":
        path, word = arguments
        return FUNCTIONS[name](_series(path), word.strip())
    read = _series if name in ON_SERIES else value
    return FUNCTIONS[name](*[read(argument) for argument in arguments])


def _series(path: str) -> pd.Series | float:
    if NUMBER.match(path.strip()):
        return float(path)
    found = select(path)
    return found.dropna() if found.isna().any() else found


def _cell(path: str) -> Any:
    found = select(path)
    if len(found) != 1:
        raise BadInput("bad_expression", asked=path)
    if found.isna().iloc[0]:
        raise BadInput("empty_fact", asked=path)
    only = found.iloc[0]
    return only.item() if hasattr(only, "item") else only


def _arguments(text: str) -> list[str]:
    """Split at the commas that stand in no inner bracket."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def written(expression: str, lang: str, spec: str | None = None) -> str:
    """A fact as prose writes it in one language; the spec defaults to count or decimal1.

    >>> written("capital_migration/2025/net_migration", "ko")
    '3만 8,465'
    """
    found = value(expression)
    default = "text" if isinstance(found, str) else "decimal1"
    whole = not isinstance(found, str) and float(found).is_integer()
    return say(found, spec or ("count" if whole else default), lang)


def mended(text: str, lang: str) -> str:
    """The same prose with every keyed number written as the tables have it today."""

    def again(found: re.Match[str]) -> str:
        shown = written(found["key"], lang, found["spec"])
        return shown + found[0][len(found["shown"]) :]

    return WRITTEN.sub(again, text)
