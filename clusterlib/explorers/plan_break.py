"""The world in which a plan does worst: how it goes there, with and without it, and why there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from clusterlib import datasets
from clusterlib.charts import policy_choice
from clusterlib.charts.figure import Column, Content, Mark, tabled
from clusterlib.charts.labels import folded
from clusterlib.explorers import plan_shelf, plan_tied, policy_words
from clusterlib.explorers.plan_shelf import LAST, Entry, Shelf, Values
from clusterlib.explorers.plan_tied import TiedChart
from clusterlib.explorers.plan_words import believed, named, numbers, quoted, said, shown
from clusterlib.explorers.policy_words import COUNTED, of_100
from clusterlib.policy import decision, model, putback
from clusterlib.policy.model import CUTS, FIRST
from clusterlib.policy.scenario import YEARS, Scenario

if TYPE_CHECKING:
    from clusterlib.i18n import Words
    from clusterlib.policy import parameters

WORDS = "choice.break."
WORST = ("end", "gain")
SHOWN = 8  # numbers of the world that are shown, those that move it most
OURS = "assumption"
NAME = 250  # px that a name may fill on a phone, beside its value
POINTS = ("grads_hired_share", "stay_rate")  # shares said in percent: they change by points


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
        return [policy_choice.broken(years), policy_choice.movers()]

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
    plans = [entry.under(theory), shelf.nothing(entry, theory)]
    ways = [decision.course(shelf.room.run(plan))[name] for plan in plans]
    ends = [way[-1] for way in ways]
    gains = values["worst"] != WORST[0]
    asked = ends[0] - ends[1] if gains else ends[0]
    theirs = shelf.worlds(entry, theory)
    about = _said(entry, name, ends, asked, shelf) | {
        "theory": believed(theory, words),
        "n": len(putback.drawn(theirs)),
    }
    if not counts(name, float(np.ptp(asked))):
        return plan_tied.warned(_flat(about, name, ways, asked, gains, words), shelf)
    draw = decision.worst_world(asked)
    moving = _moving(plans if gains else plans[:1], name, draw, shelf, theirs)
    told = _numbers(moving.head(SHOWN), name, words)
    first = "; ".join(f"{row['name']} {row['text']}" for row in told[:3])
    about |= {"moving": len(moving), "odd": first or words(WORDS + "none")}
    content = Content(
        rows=_rows(name, ways, draw, words)
        | {"numbers": told, "moved": [{"text": words(WORDS + "axis")}]},
        title=words(WORDS + f"title.{about['finding']}", **about),
        subtitle=words(WORDS + "subtitle", **about),
        alt=words(WORDS + "alt", **about),
        reading=words(WORDS + f"reading.{values['worst']}", **about),
        key=_key(words),
        **_table(moving, name, words),
    )
    return plan_tied.warned(content, shelf)


def counts(name: str, change: float) -> bool:
    """Whether a difference of an outcome is large enough to be said."""
    return policy_words.counts(name, float(shown(name, change)))


def _flat(
    about: dict[str, Any], name: str, ways: list[np.ndarray], asked: np.ndarray, gains: bool,
    words: Words,
) -> Content:  # fmt: skip
    """What is shown where all worlds are alike: the band, and that no world is the worst."""
    middle = float(np.median(asked))
    finding = "end" if not gains else "gain" if counts(name, middle) else "none"
    by = words(WORDS + f"worst.{WORST[1 if gains else 0]}")
    about = about | {"gain": _changed(name, middle, words), "asked": by}
    no_world = {"lines": [], "numbers": [], "moved": []}
    return Content(
        rows=_rows(name, ways, 0, words) | no_world,
        title=words(WORDS + f"title.flat.{finding}", **about),
        subtitle=words(WORDS + "subtitle.flat", **about),
        alt=words(WORDS + "alt.flat", **about),
        reading=words(WORDS + "reading.flat", **about),
        key=[mark for mark in _key(words) if mark.shade == "band"],
        **_table(putback.NONE, name, words),
    )


def _moving(
    plans: list[Scenario], name: str, draw: int, shelf: Shelf, theirs: parameters.Worlds
) -> pd.DataFrame:
    """The numbers of one world that move its end, or what the first plan adds to the second."""

    def found(worlds: parameters.Worlds) -> np.ndarray:
        ends = [decision.outcomes(model.simulate(plan, worlds))[name] for plan in plans]
        return ends[0] - ends[1] if len(ends) > 1 else ends[0]

    every = putback.effects(found, shelf.room.worlds, draw, putback.drawn(theirs))
    return every[[counts(name, effect) for effect in every["effect"]]]


def _said(
    entry: Entry, name: str, ends: list[np.ndarray], asked: np.ndarray, shelf: Shelf
) -> dict[str, Any]:
    words, draw = shelf.words, decision.worst_world(asked)
    plan, still = (float(end[draw]) for end in ends)
    alike = said(name, plan, words) == said(name, still, words)
    return {
        "finding": "same" if alike else "less" if plan < still else "more",
        "plan": quoted(entry.name, words),
        "outcome": words(f"choice.name.{name}"),
        "end": said(name, plan, words),
        "still": said(name, still, words),
        "middle": said(name, float(np.median(ends[0])), words),
        "low": said(name, float(np.percentile(ends[0], CUTS[0])), words),
        "worlds": shelf.room.worlds.draws,
        "begin": FIRST,
        "last": LAST,
    }


def _changed(name: str, change: float, words: Words) -> str:
    """A difference of an outcome with its sign and unit."""
    unit = "counted" if name == COUNTED else "points" if name in POINTS else ""
    return words.say(float(shown(name, change)), "change") + (
        words(WORDS + f"unit.{unit}") if unit else ""
    )


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


def _numbers(moving: pd.DataFrame, name: str, words: Words) -> list[dict[str, Any]]:
    rows = []
    for found in moving.itertuples():
        number = numbers(words.lang)[found.id]
        above = found.below > 0.5
        about = {
            "label": number.label,
            "value": number.written(found.value, words),
            "middle": number.written(found.middle, words),
            "n": of_100(found.below if above else 1 - found.below),
            "standing": number.standing_text,
            "outcome": words(f"choice.name.{name}"),
            "effect": _changed(name, found.effect, words),
        }
        rows.append(
            {
                **folded(number.label, NAME),
                "name": number.label,
                "effect": float(shown(name, found.effect)),
                "kind": "ours" if number.standing == OURS else "said",
                "text": about["effect"],
                "tip": words(WORDS + f"tip.{'above' if above else 'below'}", **about),
            }
        )
    return rows


def _table(moving: pd.DataFrame, name: str, words: Words) -> dict[str, Any]:
    rows = [
        {
            "label": (number := numbers(words.lang)[found.id]).label,
            "value": number.written(found.value, words),
            "middle": number.written(found.middle, words),
            "below": 100 * found.below,
            "effect": _changed(name, found.effect, words),
            "standing": number.standing_text,
        }
        for found in moving.itertuples()
    ]
    heads = ("label", "value", "middle", "below", "effect", "standing")
    specs = dict.fromkeys(heads, "text") | {"below": "decimal0"}
    columns = [Column(c, words(f"choice.column.{c}"), spec) for c, spec in specs.items()]
    return tabled(rows, columns, words)


def _key(words: Words) -> list[Mark]:
    return [
        Mark(words(WORDS + "key.plan"), "capital", "line"),
        Mark(words(WORDS + "key.still"), "nothing", "dash"),
        Mark(words(WORDS + "key.band"), "band", "fill"),
        Mark(words(WORDS + "key.ours"), "assumed", "●"),
        Mark(words(WORDS + "key.said"), "accent", "◆"),
    ]
