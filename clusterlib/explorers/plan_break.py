"""The world in which a plan does worst: how it goes there, with and without it, and what is odd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from clusterlib import datasets
from clusterlib.charts import policy_choice
from clusterlib.charts.figure import Column, Content, Mark, tabled
from clusterlib.charts.labels import folded
from clusterlib.explorers import plan_shelf, plan_tied
from clusterlib.explorers.plan_shelf import LAST, Entry, Shelf, Values
from clusterlib.explorers.plan_tied import TiedChart
from clusterlib.explorers.plan_words import believed, named, numbers, quoted, said, shown
from clusterlib.explorers.policy_words import COUNTED, of_100
from clusterlib.policy import decision
from clusterlib.policy.model import CUTS, FIRST
from clusterlib.policy.scenario import YEARS

if TYPE_CHECKING:
    from clusterlib.i18n import Words

WORDS = "choice.break."
WORST = ("end", "gain")
SHOWN = 8  # numbers of the world that are shown, the most unusual ones
OURS = "assumption"
NAME = 250  # px that a name may fill on a phone, beside its value
OUTER = 0.45  # further from the middle than this: in the outer tenth of the worlds


def break_it(words: Words) -> TiedChart:
    """The matched world in which the chosen plan does worst.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    sources = datasets.citation(datasets.policy_parameters(), words.lang)
    years = range(FIRST, FIRST + YEARS)

    def charts() -> list:
        return [policy_choice.broken(years), policy_choice.unusual(words)]

    return plan_tied.explorer("6.break_it", words, _drawn, _asked, sources, TiedChart, charts)


def _asked(shelf: Shelf) -> list[dict[str, Any]]:
    words = shelf.words
    plan = {
        "id": "plan",
        "kind": "select",
        "label": words("choice.plan"),
        "value": shelf.pinned[0].key if shelf.pinned else "settle",
        "options": shelf.options(),
    }
    worst = {
        "id": "worst",
        "label": words(WORDS + "worst"),
        "value": WORST[0],
        "options": [[name, words(WORDS + f"worst.{name}")] for name in WORST],
    }
    outcome = plan_shelf.outcome_control(words, shelf.room.anchors)
    return [plan, outcome, worst, plan_shelf.theory_control(words)]


def _drawn(values: Values, shelf: Shelf) -> Content:
    words, name, theory = shelf.words, values["outcome"], values["theory"]
    entry = shelf.entry(values["plan"])
    ways = [
        decision.course(shelf.room.run(plan))[name]
        for plan in (entry.under(theory), shelf.nothing(entry, theory))
    ]
    ends = [way[-1] for way in ways]
    draw = decision.worst_world(ends[0] if values["worst"] == WORST[0] else ends[0] - ends[1])
    odd = decision.unusual(shelf.worlds(entry, theory), draw)
    told = _numbers(odd.head(SHOWN), words)
    about = _said(entry, name, ends, draw, odd, shelf) | {
        "theory": believed(theory, words),
        "odd": "; ".join(row["tip"] for row in told[:3]),
    }
    content = Content(
        rows=_rows(name, ways, draw, words) | {"numbers": told},
        title=words(WORDS + f"title.{about['finding']}", **about),
        subtitle=words(WORDS + "subtitle", **about),
        alt=words(WORDS + "alt", **about),
        reading=words(WORDS + f"reading.{values['worst']}", **about),
        key=_key(words),
        **_table(odd, words),
    )
    return plan_tied.warned(content, shelf)


def _said(
    entry: Entry, name: str, ends: list[np.ndarray], draw: int, odd: pd.DataFrame, shelf: Shelf
) -> dict[str, Any]:
    words = shelf.words
    plan, still = (float(end[draw]) for end in ends)
    alike = said(name, plan, words) == said(name, still, words)
    finding = "same" if alike else "less" if plan < still else "more"
    return {
        "finding": finding,
        "plan": quoted(entry.name, words),
        "outcome": words(f"choice.name.{name}"),
        "unit": named(name, words),
        "end": said(name, plan, words),
        "still": said(name, still, words),
        "middle": said(name, float(np.median(ends[0])), words),
        "low": said(name, float(np.percentile(ends[0], CUTS[0])), words),
        "gap": said(name, abs(plan - still), words),
        "rank": of_100(float((ends[0] <= plan).mean())),
        "worlds": shelf.room.worlds.draws,
        "begin": FIRST,
        "last": LAST,
        "n": len(odd),
        "chance": round(len(odd) * 2 * (0.5 - OUTER)),
        "outer": int((odd["off"] >= OUTER).sum()),
    }


def _scaled(name: str, values: np.ndarray, words: Words) -> np.ndarray:
    return shown(name, values) / (words.scale if name == COUNTED else 1.0)


def _rows(name: str, ways: list[np.ndarray], draw: int, words: Words) -> dict[str, list[dict]]:
    years = range(FIRST, FIRST + YEARS)
    band = _scaled(name, np.percentile(ways[0], CUTS, axis=1), words)
    kinds = list(policy_choice.LINES)
    upper = kinds[0] if ways[0][-1, draw] >= ways[1][-1, draw] else kinds[1]
    lines = []
    for kind, way in zip(kinds, ways, strict=True):
        one = _scaled(name, way[:, draw], words)
        for year, value in zip(years, one, strict=True):
            text = words(WORDS + f"line.{kind}") if year == LAST else ""
            lines.append(
                {
                    "year": year,
                    "value": float(value),
                    "kind": kind,
                    "text": text,
                    "above": kind == upper,
                }
            )
    cut = [f"p{c}" for c in CUTS]
    unit = words("choice.axis.counted") if name == COUNTED else named(name, words)
    return {
        "band": [
            {"year": year, **dict(zip(cut, map(float, column), strict=True))}
            for year, column in zip(years, band.T, strict=True)
        ],
        "lines": lines,
        "unit": [{"text": unit}],
    }


def _numbers(odd: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    rows = []
    for found in odd.itertuples():
        number = numbers(words.lang)[found.id]
        above = found.below > 0.5
        about = {
            "label": number.label,
            "value": number.written(found.value, words),
            "n": of_100(found.below if above else 1 - found.below),
            "standing": number.standing_text,
        }
        rows.append(
            {
                **folded(number.label, NAME),
                "below": 100 * found.below,
                "kind": "ours" if number.standing == OURS else "said",
                "text": about["value"],
                "tip": words(WORDS + f"tip.{'above' if above else 'below'}", **about),
            }
        )
    return rows


def _table(odd: pd.DataFrame, words: Words) -> dict[str, Any]:
    rows = [
        {
            "label": (number := numbers(words.lang)[found.id]).label,
            "value": number.written(found.value, words),
            "low": number.low,
            "high": number.high,
            "below": 100 * found.below,
            "standing": number.standing_text,
        }
        for found in odd.itertuples()
    ]
    specs = {"low": "two", "high": "two", "below": "decimal0"}
    columns = [
        Column(name, words(f"choice.column.{name}"), specs.get(name, "text")) for name in rows[0]
    ]
    return tabled(rows, columns, words)


def _key(words: Words) -> list[Mark]:
    return [
        Mark(words(WORDS + "key.plan"), "capital", "line"),
        Mark(words(WORDS + "key.still"), "nothing", "dash"),
        Mark(words(WORDS + "key.band"), "band", "fill"),
        Mark(words(WORDS + "key.ours"), "assumed", "●"),
        Mark(words(WORDS + "key.said"), "accent", "◆"),
    ]
