"""Where things stand: axes that layers share, and lines of rows under their headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clusterlib.charts import alt

FURTHER = 0.55  # how high each further line of a heading is


@dataclass(frozen=True)
class Plane:
    """One axis across and one up, for layers that show different fields on them.

    Parameters
    ----------
    across, up : mapping
        Scale and axis, as `alt.X` and `alt.Y` take them.

    >>> plane = Plane(across={"scale": alt.Scale(domain=[0, 100])}, up={"axis": None})
    >>> plane.x("low").shorthand, plane.x("high").shorthand
    ('low:Q', 'high:Q')
    """

    across: Mapping[str, Any]
    up: Mapping[str, Any]

    def x(self, field: str) -> alt.X:
        """A field across."""
        return alt.X(f"{field}:Q", **self.across)

    def y(self, field: str) -> alt.Y:
        """A field up."""
        return alt.Y(f"{field}:Q", **self.up)

    def at(self, x: str, y: str) -> dict[str, Any]:
        """Both, as keywords for `encode`."""
        return {"x": self.x(x), "y": self.y(y)}


def under_headings(
    groups: Iterable[tuple[str, Iterable[Mapping[str, Any]]]],
    head: float = 1,
    row: float = 1,
    gap: float = 0,
) -> list[dict[str, Any]]:
    """Rows with their place from the top ("slot"), each group under a row that says its "head".

    Parameters
    ----------
    groups : pairs of str and rows
        The heading, in one line or several, and what stands below it.
    head, row : float
        How high the (last) line of a heading is, and each row.
    gap : float
        What is left free between two groups.

    >>> under_headings([("A", [{"n": 1}, {"n": 2}]), ("B", [{"n": 3}])], gap=0.5)[3:]
    [{'slot': 3.5, 'head': 'B'}, {'n': 3, 'slot': 4.5}]
    """
    slot, placed = 0.0, []
    for name, rows in groups:
        if placed:
            slot += gap + FURTHER * name.count("\n")
        placed.append({"slot": slot, "head": name})
        slot += head
        for each in rows:
            placed.append({**each, "slot": slot})
            slot += row
    return placed
