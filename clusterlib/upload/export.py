"""A frame as CSV for a spreadsheet, with text that would be run as a formula defused."""

from __future__ import annotations

import csv
import io

import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_csv(frame: pd.DataFrame) -> bytes:
    r"""UTF-8 with BOM (so that Excel reads Korean); a leading = + - @ in text gets an apostrophe.

    >>> export_csv(pd.DataFrame({"a": ["=1+1", "x"], "b": [-1, 2]})).decode("utf-8-sig")
    "a,b\r\n'=1+1,-1\r\nx,2\r\n"
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([defused(str(name)) for name in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow(["" if pd.isna(v) else defused(v) for v in row])
    return text.getvalue().encode("utf-8-sig")


def defused(value: object) -> object:
    """The same value, unless it is text that a spreadsheet would take for a formula."""
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA):
        return "'" + value
    return value
