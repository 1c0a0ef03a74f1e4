"""The little arithmetic that the indicators share: shares, and a table laid out as long rows."""

from __future__ import annotations

import numpy as np
import pandas as pd


def ratio(part: np.ndarray | float, whole: np.ndarray | float) -> np.ndarray:
    """Part over whole, NaN wherever the whole is 0 or unknown: 0/0 is not 0."""
    part, whole = np.broadcast_arrays(np.asarray(part, "float64"), np.asarray(whole, "float64"))
    out = np.full(part.shape, np.nan)
    np.divide(part, whole, out=out, where=whole != 0)
    return out


def shares(values: np.ndarray, axis: int) -> np.ndarray:
    """Each value over the sum of the known ones along an axis."""
    return ratio(values, np.nansum(values, axis=axis, keepdims=True))


def quotients_of(cells: np.ndarray) -> np.ndarray:
    """Location quotients of a table, or of many tables stacked along the first axis."""
    industry = np.nansum(cells, axis=-2, keepdims=True)
    region = np.nansum(cells, axis=-1, keepdims=True)
    return ratio(ratio(cells, region), ratio(industry, industry.sum(axis=-1, keepdims=True)))


def like(table: pd.DataFrame, values: np.ndarray) -> pd.DataFrame:
    """New values under the labels of a table."""
    return pd.DataFrame(values, table.index, table.columns, copy=False)


def long(table: pd.DataFrame, cells: dict[str, np.ndarray]) -> pd.DataFrame:
    """One row a cell of a table, indexed by region and industry; a column for each array."""
    index = pd.MultiIndex.from_product([table.index, table.columns])
    return pd.DataFrame({name: values.ravel() for name, values in cells.items()}, index)
