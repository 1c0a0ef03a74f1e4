"""What every figure carries besides its chart: finding, reading, source, standing, table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from clusterlib import theme

if TYPE_CHECKING:
    import altair


@dataclass(frozen=True)
class Column:
    """One column of "see as table": the frame's name, the reader's label, how numbers are said."""

    name: str
    label: str
    spec: str = "text"


@dataclass(frozen=True)
class Content:
    """What changes when a control moves.

    Parameters
    ----------
    rows : mapping of str to frame
        The named datasets that the view is fed.
    title, subtitle, alt : str
        The finding; what, where and when; the figure in words for who cannot see it.
    reading : str
        One sentence that says what the present position shows.
    table : frame
        The same figures with the reader's own column names, already written as text.
    numeric : sequence of str
        Which of the table's columns are set flush right.
    """

    rows: Mapping[str, pd.DataFrame]
    title: str
    subtitle: str
    alt: str
    reading: str = ""
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    numeric: Sequence[str] = ()

    def as_message(self) -> dict[str, Any]:
        """The content as plain lists and text, blanks as null."""
        return {
            "title": self.title,
            "subtitle": self.subtitle,
            "alt": self.alt,
            "reading": self.reading,
            "rows": {name: records(frame) for name, frame in self.rows.items()},
            "table": {
                "columns": [{"label": c, "number": c in self.numeric} for c in self.table],
                "rows": self.table.astype(object).where(self.table.notna(), None).to_numpy().tolist(),
            },
        }


@dataclass(frozen=True)
class Figure:
    """A finished figure: one chart or several side by side, fed by the same content.

    Parameters
    ----------
    id : str
        The name by which a reader reports it, "1.migration".
    charts : sequence of altair charts
        Specifications whose data are named datasets.
    content : Content
        The first content.
    sources : str
        The citation shown under the figure.
    evidence : str
        One of theme.EVIDENCE: observed, estimated, assumed, teaching.
    """

    id: str
    charts: Sequence[altair.TopLevelMixin]
    content: Content
    sources: str
    evidence: str = "observed"

    def specs(self) -> list[dict[str, Any]]:
        """The Vega-Lite specifications in the kit's look, without data."""
        return [spec(chart) for chart in self.charts]


def spec(chart: altair.TopLevelMixin) -> dict[str, Any]:
    """One chart as a Vega-Lite specification in the kit's look."""
    # Validation costs 10-40 ms a chart and every kernel would pay it; the tests validate instead.
    plain = chart.to_dict(validate=False)
    return {**plain, "config": theme.config()}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as plain dictionaries, blanks as None."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def tabled(frame: pd.DataFrame, columns: Sequence[Column], words: Any) -> dict[str, Any]:
    """The table and its flush-right columns, as keywords for Content."""
    said = {c.label: [words.say(v, c.spec) for v in frame[c.name]] for c in columns}
    return {
        "table": pd.DataFrame(said),
        "numeric": tuple(c.label for c in columns if c.spec != "text"),
    }
