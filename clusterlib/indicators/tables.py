"""The little arithmetic that the indicators share: shares, and a table laid out as long rows."""

from __future__ import annotations

import numpy as np
import pandas as pd


def ratio(part: np.ndarray | float, whole: np.ndarray | float) -> np.ndarray:
    """Part over whole, NaN wherever the whole is 0 or unknown: 0/0 is not 0."""
    some = np.asarray(whole) != 0
    if some.all():
        return np.asarray(part) / whole
    out = np.full(np.broadcast_shapes(np.shape(part), np.shape(whole)), np.nan)
    return np.divide(part, whole, out=out, where=some)


def sums(values: np.ndarray, axis: int, keepdims: bool = False) -> np.ndarray:
    """The sum of the known values along an axis; the masked sum only where it is needed."""
    found = values.sum(axis=axis, keepdims=keepdims)
    return np.nansum(values, axis=axis, keepdims=keepdims) if np.isnan(found).any() else found


def shares(values: np.ndarray, axis: int) -> np.ndarray:
    """Each value over the sum of the known ones along an axis."""
    return ratio(values, sums(values, axis, keepdims=True))


def quotients_of(cells: np.ndarray) -> np.ndarray:
    """Location quotients of a table, or of many tables stacked along the first axis."""
    industry = sums(cells, -2, keepdims=True)
    region = sums(cells, -1, keepdims=True)
    return ratio(ratio(cells, region), ratio(industry, industry.sum(axis=-1, keepdims=True)))


def like(table: pd.DataFrame, values: np.ndarray) -> pd.DataFrame:
    """New values under the labels of a table."""
    return pd.DataFrame(values, table.index, table.columns, copy=False)


def long(table: pd.DataFrame, cells: dict[str, np.ndarray]) -> pd.DataFrame:
    """One row a cell of a table, indexed by region and industry; a column for each array."""
    index = pd.MultiIndex.from_product([table.index, table.columns])
    return pd.DataFrame({name: values.ravel() for name, values in cells.items()}, index)
