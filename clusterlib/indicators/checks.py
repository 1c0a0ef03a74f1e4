"""What every indicator asks of its input before it reckons: numbers, signs, labels, keys."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real

import numpy as np
import pandas as pd

from clusterlib.errors import BadInput

# Totals that were added up in another order may differ in their last digits.
SLACK = 1e-9


def columns(frame: pd.DataFrame, wanted: Sequence[str], what: str) -> None:
    """Raise BadInput unless a frame, called `what` in the message, has all wanted columns."""
    if not isinstance(frame, pd.DataFrame):
        raise BadInput("not_a_table", what=what, given=type(frame).__name__)
    missing = [name for name in wanted if name not in frame]
    if missing:
        known = ", ".join(map(str, frame.columns))
        raise BadInput("missing_columns", what=what, missing=", ".join(missing), known=known)


def not_negative(frame: pd.DataFrame, column: str, keys: Sequence[str]) -> None:
    """Raise BadInput at the first row whose value is text or below zero; blanks pass."""
    text = frame[[isinstance(value, str) for value in frame[column]]]
    if len(text):
        first = text.iloc[0]
        raise BadInput("text_values", what=column, where=_named(first, keys), value=first[column])
    below = frame[frame[column] < 0]
    if len(below):
        raise BadInput("negative_values", what=column, where=_named(below.iloc[0], keys))


def one_row_each(frame: pd.DataFrame, keys: Sequence[str], what: str) -> None:
    """Raise BadInput at the first key that two rows share."""
    again = frame[frame.duplicated(list(keys))]
    if len(again):
        raise BadInput("duplicate_rows", what=what, where=_named(again.iloc[0], keys))


def matrix(table: pd.DataFrame | pd.Series, what: str = "matrix") -> pd.DataFrame:
    """A table of regions by industries as float64, its axes named; a Series is one column.

    Whole numbers become float64 here and nowhere else, so that no square overflows.

    Raises
    ------
    BadInput
        For something that is no table, a label that stands twice, or a cell that is text,
        negative or infinite.
    """
    if isinstance(table, pd.Series):
        table = table.to_frame()
    if not isinstance(table, pd.DataFrame):
        raise BadInput("not_a_matrix", what=what, given=type(table).__name__)
    for axis in (table.index, table.columns):
        if not axis.is_unique:
            raise BadInput("duplicate_labels", what=what, label=axis[axis.duplicated()][0])
    rows, names = (
        axis.rename(name) if axis.name is None else axis
        for axis, name in ((table.index, "region"), (table.columns, "industry"))
    )
    return pd.DataFrame(_numbers(table, what), rows, names, copy=False)


def vector(values: pd.Series, labels: pd.Index, what: str, of: str) -> np.ndarray:
    """The values of a Series at the labels of a table called `of`, as float64.

    Raises
    ------
    BadInput
        For what `matrix` refuses, or for a label that the Series lacks.
    """
    known = matrix(values, what).iloc[:, 0]
    absent = labels[~labels.isin(known.index)]
    if len(absent):
        some = ", ".join(map(str, known.index[:20]))
        raise BadInput("not_in_nation", label=absent[0], what=of, whole=what, known=some)
    return known.reindex(labels).to_numpy()


def within(part: np.ndarray, whole: np.ndarray, labels: pd.Index, what: str) -> None:
    """Raise BadInput at the first part that is larger than the whole it belongs to."""
    over = np.flatnonzero(part > whole * (1 + SLACK))
    if len(over):
        first = over[0]
        raise BadInput(
            "above_whole", label=labels[first], part=part[first], whole=what, total=whole[first]
        )


def between(value: float, least: float, most: float, what: str) -> None:
    """Raise BadInput for a setting that is no number or outside its range."""
    if not isinstance(value, Real):
        raise BadInput("not_numeric", what=what, value=value)
    if not least <= value <= most:
        raise BadInput("out_of_range", what=what, value=value, least=least, most=most)


def same_labels(first: pd.DataFrame, second: pd.DataFrame, names: tuple[str, str]) -> pd.DataFrame:
    """The second table in the order of the first; raises BadInput when one has a label more."""
    if first.index.equals(second.index) and first.columns.equals(second.columns):
        return second
    for one, other in ((first.index, second.index), (first.columns, second.columns)):
        for here, there, said in ((one, other, names), (other, one, names[::-1])):
            alone = here[~here.isin(there)]
            if len(alone):
                raise BadInput("labels_differ", label=alone[0], first=said[0], second=said[1])
    return second.reindex(index=first.index, columns=first.columns)


def _numbers(table: pd.DataFrame, what: str) -> np.ndarray:
    if all(dtype.kind in "iufb" for dtype in table.dtypes):
        values = table.to_numpy("float64", na_value=np.nan)
    else:
        values = np.array([[_number(cell) for cell in row] for row in table.to_numpy(object)])
        values = values.reshape(table.shape)
        text = np.isnan(values) & table.notna().to_numpy()
        _refuse(text, table, "text_cells", what)
    # One pass when all is well, as it nearly always is: a finite sum has no NaN and no infinity.
    if values.size and values.min() >= 0 and np.isfinite(values.sum()):
        return values
    _refuse(values < 0, table, "negative_cells", what)
    _refuse(np.isinf(values), table, "infinite_cells", what)
    return values


def _number(cell: object) -> float:
    # A text of digits is refused too: "1,204" and "1.204" would not mean the same everywhere.
    usable = cell is not pd.NA and cell is not None and not isinstance(cell, str)
    try:
        return float(cell) if usable else np.nan
    except (TypeError, ValueError):
        return np.nan


def _refuse(wrong: np.ndarray, table: pd.DataFrame, key: str, what: str) -> None:
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        cell = {"row": table.index[row], "column": table.columns[column]}
        raise BadInput(key, what=what, value=table.iat[row, column], **cell)


def _named(row: pd.Series, keys: Sequence[str]) -> str:
    return ", ".join(f"{key}={row[key]}" for key in keys)
