"""Tables to measure: made up, and the value added of 229 municipalities in 2020."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from clusterlib import datasets

counts = arrays("int64", array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=6),
                elements=st.integers(0, 10_000))  # fmt: skip


def table(values) -> pd.DataFrame:
    cells = np.asarray(values)
    rows, columns = (
        [f"{letter}{n}" for n in range(size)]
        for letter, size in zip("ri", cells.shape, strict=True)
    )
    return pd.DataFrame(cells, rows, columns)


def value_added() -> pd.DataFrame:
    added = datasets.municipal_value_added().query("year == 2020")
    wide = added.pivot(index="code", columns="activity", values="value_added")
    return wide.astype("float64")
