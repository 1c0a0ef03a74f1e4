"""The rows behind the policy lab's charts: as a table to read and as a sheet that travels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from clusterlib.charts import policy as charts
from clusterlib.charts.figure import Column, table_message, tabled
from clusterlib.explorers import policy_words as said
from clusterlib.policy import decision
from clusterlib.policy.scenario import MODEL

if TYPE_CHECKING:
    from clusterlib.i18n import Words

WORDS = "lab."
LOOKED_AT = (0, 9, 19)  # the years of the table, counted from the first
CUT = ("low", "middle", "high")
READ = ("series", "place", "year", "plan", "nothing", "diff", "better")
TRAVELS = ("series", "place", "year", *(f"plan.{end}" for end in CUT),
           *(f"nothing.{end}" for end in CUT), "diff", "better", "notice", "code")  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A run as the charts show it.

    series : one value a world, (years, places, draws), by chart.
    cut : their p10, median and p90.
    flows : people hired and firms moved away in the last year, the medians.
    elsewhere : capability of the other regions at the end, one value a world; 100 is today's.
    """

    series: dict[str, np.ndarray]
    cut: dict[str, np.ndarray]
    flows: dict[str, float]
    elsewhere: np.ndarray


class Gap(NamedTuple):
    """What a plan changes: the median over the worlds, and how many of 100 lie on its side.

    counts : whether the change is large enough to be said.
    same : whether there is none in any world.
    split : whether the worlds disagree about the side, by more than what cannot be said.
    """

    change: float
    n: int
    counts: bool
    same: bool
    split: bool


def gap(name: str, mine: np.ndarray, base: np.ndarray) -> Gap:
    """The difference of a plan to nothing done, from one value a world of each.

    Parameters
    ----------
    name : str
        What is compared, as `policy_words.counts` knows it.
    mine, base : array
        One value a world, in the unit in which they are said.
    """
    each = mine - base
    low, change, high = np.percentile(each, (10, 50, 90)).tolist()
    counts = said.counts(name, change)
    split = not counts and said.counts(name, low / WIDE) and said.counts(name, high / WIDE)
    share = decision.better(mine, base) if change >= 0 else decision.better(base, mine)
    return Gap(change, said.of_100(share), counts, not each.any(), split)


WIDE = 4  # so many times what cannot be said, on both sides, is no agreement on nothing


def label(name: str, words: Words) -> str:
    """A chart's name for whoever reads values: people are counted one by one there."""
    return words(WORDS + ("outcome.workers" if name == said.COUNTED else f"chart.{name}"))


def rows(mine: Shown, base: Shown, names: dict[str, str], each: bool) -> list[dict[str, Any]]:
    """What the charts show in the years that are looked at: cuts, and the gap to nothing done.

    names : the regions' names by their keys.
    """
    return [
        {
            "name": name,
            "place": names.get(region, ""),
            "year": str(charts.START + 1 + n),
            "plan": mine.cut[name][:, n, place],
            "nothing": base.cut[name][:, n, place],
            "gap": gap(name, mine.series[name][n, place], base.series[name][n, place]),
        }
        for name in charts.SERIES
        for place, region in enumerate(charts.places(name, list(names), each))
        for n in LOOKED_AT
    ]


def table(found: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    """The rows as one reads them, as keywords for Content."""
    told = [
        {
            **_head(row, words),
            "plan": said.spread(row["plan"], words),
            "nothing": said.spread(row["nothing"], words),
            "diff": said.difference(row["name"], row["gap"].change, words),
            "better": str(row["gap"].n) if row["gap"].counts else "–",
        }
        for row in found
    ]
    return tabled(told, [Column(name, words(f"{WORDS}column.{name}")) for name in READ], words)


def sheet(found: list[dict[str, Any]], code: str, words: Words) -> dict[str, Any]:
    """The rows for a spreadsheet: a number a cell in two digits, with the model and the plan.

    code : the plan as links have it.
    """
    notice = words(WORDS + "watermark", model=MODEL)
    lines = [
        {
            **_head(row, words),
            **{f"{which}.{end}": _digits(x) for which in ("plan", "nothing")
               for end, x in zip(CUT, row[which].tolist(), strict=True)},
            "diff": _digits(row["gap"].change) if row["gap"].counts else "0",
            "better": str(row["gap"].n) if row["gap"].counts else "",
            "notice": notice,
            "code": code,
        }
        for row in found
    ]  # fmt: skip
    columns = [Column(name, words(f"{WORDS}sheet.{name}")) for name in TRAVELS]
    return table_message(**tabled(lines, columns, words))


def _head(row: dict[str, Any], words: Words) -> dict[str, str]:
    place = row["place"] or words(WORDS + "ui.together")
    return {"series": label(row["name"], words), "place": place, "year": row["year"]}


def _digits(value: float) -> str:
    """Two digits as a spreadsheet reads them.

    >>> _digits(56215.7), _digits(0.8123), _digits(-4.06)
    ('56000', '0.81', '-4.1')
    """
    return np.format_float_positional(float(f"{value:.2g}"), trim="-")
