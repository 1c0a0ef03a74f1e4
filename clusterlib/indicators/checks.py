"""What every indicator asks of a frame before it reckons: columns, signs, one row a key."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from clusterlib.errors import BadInput


def columns(frame: pd.DataFrame, wanted: Sequence[str], what: str) -> None:
    """Raise BadInput unless a frame, called `what` in the message, has all wanted columns."""
    missing = [name for name in wanted if name not in frame]
    if missing:
        known = ", ".join(map(str, frame.columns))
        raise BadInput("missing_columns", what=what, missing=", ".join(missing), known=known)


def not_negative(frame: pd.DataFrame, column: str, keys: Sequence[str]) -> None:
    """Raise BadInput at the first row whose value is below zero; blanks pass."""
    below = frame[frame[column] < 0]
    if len(below):
        raise BadInput("negative_values", what=column, where=_named(below.iloc[0], keys))


def one_row_each(frame: pd.DataFrame, keys: Sequence[str], what: str) -> None:
    """Raise BadInput at the first key that two rows share."""
    again = frame[frame.duplicated(list(keys))]
    if len(again):
        raise BadInput("duplicate_rows", what=what, where=_named(again.iloc[0], keys))


def _named(row: pd.Series, keys: Sequence[str]) -> str:
    return ", ".join(f"{key}={row[key]}" for key in keys)
