"""What every figure carries besides its chart: finding, reading, source, standing, table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from clusterlib import theme
from clusterlib.charts import alt
from clusterlib.i18n import Words, way

Rows = pd.DataFrame | list[dict[str, Any]]


@dataclass(frozen=True)
class Column:
    """One column of "see as table": the frame's name, the reader's label, how numbers are said."""

    name: str
    label: str
    spec: str = "text"


@dataclass(frozen=True)
class Mark:
    """One entry of a figure's key: what a colour and a shape mean.

    Parameters
    ----------
    text : str
        The meaning, in the reader's language.
    shade : str
        The name of a colour in theme.json.
    look : str
        "fill", "hatch", "line", "dash", "step" (a cell of a ramp, its text at its left edge), or
        one character that is drawn as it is, "◆".
    """

    text: str
    shade: str
    look: str = "fill"


@dataclass(frozen=True)
class Content:
    """What changes when a control moves.

    Parameters
    ----------
    rows : mapping of str to frame or list of dictionaries
        The named datasets that the view is fed.
    title, subtitle, alt : str
        The finding; what, where and when; the figure in words for who cannot see it.
    reading : str
        One sentence that says what the present position shows.
    table : mapping of str to list of str
        The same figures by the reader's own column names, already written as text; without one,
        the figure's own table stands.
    numeric : sequence of str
        Which of the table's columns are set flush right.
    key : sequence of Mark
        What the colours and shapes mean, where labels beside the marks do not say it.
    """

    rows: Mapping[str, Rows]
    title: str
    subtitle: str
    alt: str
    reading: str = ""
    table: Mapping[str, Sequence[str]] = field(default_factory=dict)
    numeric: Sequence[str] = ()
    key: Sequence[Mark] = ()

    def as_message(self) -> dict[str, Any]:
        """The content as plain lists and text, blanks as null."""
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "alt": self.alt,
            "reading": self.reading,
            "rows": {name: records(frame) for name, frame in self.rows.items()},
            "table": table_message(self.table, self.numeric) if len(self.table) else None,
            "key": [vars(mark) for mark in self.key],
        }


@dataclass(frozen=True)
class Figure:
    """A finished figure: one chart or several side by side, fed by the same content.

    Parameters
    ----------
    id : str
        The name by which a reader reports it, "1.migration".
    charts : callable
        Builds the charts, whose data are named datasets; called only when no kept specification
        fits. None for a figure that is no chart.
    content : Content
        The first content.
    sources : str
        The citation shown under the figure.
    evidence : str
        One of theme.EVIDENCE: observed, estimated, assumed, teaching.
    fixed : mapping of str to frame or list of dictionaries
        Named datasets that no control changes; they are sent once.
    table : mapping
        What `tabled` gives, for figures whose table no control changes; sent once.
    respond : callable
        From the values of all controls to the content that they ask for.
    start : mapping
        The values that the first content answers.
    """

    id: str
    charts: Callable[[], Sequence[alt.TopLevelMixin]] | None
    content: Content
    sources: str
    evidence: str = "observed"
    fixed: Mapping[str, Rows] = field(default_factory=dict)
    table: Mapping[str, Any] = field(default_factory=dict)
    respond: Callable[[dict[str, Any]], Content] | None = None
    start: Mapping[str, Any] = field(default_factory=dict)

    def specs(self) -> list[dict[str, Any]]:
        """The Vega-Lite specifications in the kit's look, without data."""
        return [spec(chart) for chart in self.charts()] if self.charts else []

    def once(self) -> dict[str, Any]:
        """What is sent once: the rows and the table that no control changes."""
        rows = {name: records(frame) for name, frame in self.fixed.items()}
        return {"rows": rows, "table": table_message(**self.table) if self.table else None}


def spec(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """One chart as a Vega-Lite specification in the kit's look, as wide as its place."""
    # Validation costs 10-40 ms a chart and every kernel would pay it; the tests validate instead.
    plain = chart.to_dict(validate=False)
    return {**plain, "width": "container", "config": theme.config()}


def records(frame: Rows) -> list[dict[str, Any]]:
    """The rows of a frame as plain dictionaries, blanks as None; plain rows as they are."""
    if isinstance(frame, list):
        return frame
    columns = [_plain(frame[name]) for name in frame]
    return [dict(zip(frame, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(column: pd.Series) -> list[Any]:
    unknown = column.isna()
    if not unknown.any():
        return column.tolist()
    pairs = zip(column.tolist(), unknown.tolist(), strict=True)
    return [None if blank else value for value, blank in pairs]


def table_message(
    table: Mapping[str, Sequence[str]], numeric: Sequence[str] = ()
) -> dict[str, Any]:
    """A table of words as the browser takes it: columns, then rows."""
    return {
        "columns": [{"label": name, "number": name in numeric} for name in table],
        "rows": [list(row) for row in zip(*table.values(), strict=True)],
    }


def tabled(rows: Rows, columns: Sequence[Column], words: Words) -> dict[str, Any]:
    """The table and its flush-right columns, as keywords for Content."""
    plain = records(rows)
    return {
        "table": {column.label: _said(plain, column, words.lang) for column in columns},
        "numeric": tuple(c.label for c in columns if c.spec != "text"),
    }


def _said(rows: list[dict[str, Any]], column: Column, lang: str) -> list[str]:
    write, name = way(column.spec, lang), column.name
    return ["–" if row[name] is None else write(row[name]) for row in rows]
