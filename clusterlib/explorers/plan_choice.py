"""Which plan, for whom: weights, a map of winners, unknown weights, regret, a bound to reach."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from clusterlib import datasets, loops
from clusterlib.charts.figure import Content, Mark
from clusterlib.explorers import grids, plan_shelf, plan_tied, plan_winners
from clusterlib.explorers.plan_shelf import LAST, LETTERS, MOST_WEIGHT, SHADES, Entry, Shelf, Values
from clusterlib.explorers.plan_tied import Tied
from clusterlib.explorers.plan_words import believed, name_of, named, quoted, said, shown
from clusterlib.explorers.policy_words import of_100, spread
from clusterlib.i18n import Words
from clusterlib.policy import decision
from clusterlib.policy.model import CUTS

WORDS = "choice.choose."
OWN, EVEN = "own", "even"
STEP, EVEN_POINTS = 5, 10
BOUND_STEPS = 20  # steps of a bound between the two anchors
Line = tuple[grids.Cell, list[grids.Cell]]


def plan_choice(words: Words) -> PlanChoice:
    """Plans weighed by points for outcomes, and where another plan would win.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    tables = [datasets.policy_parameters()[["source"]], datasets.role_weights()[["source"]]]
    sources = datasets.citation(pd.concat(tables), words.lang)
    return plan_tied.explorer("6.plan_choice", words, _drawn, _asked, sources, PlanChoice)


class PlanChoice(Tied, loops.WinnersFigure):
    """The weighing; keeps the learner's weights when they were moved by hand."""

    def begin(self, *said: Any) -> None:
        """Take up how to draw, and follow the weights."""
        super().begin(*said)
        self.observe(self._moved, names="values")

    def restore(self, work: Mapping[str, Any]) -> None:
        """Show other work; other weights replace those that were moved here."""
        if work.get("weights") != self.work.get("weights"):
            self.values = without_own(self.values)
        super().restore(work)

    def _moved(self, change: Any) -> None:
        """Keep weights that were moved by hand, of whomever they were before."""
        old, new = ({**self.start, **change[n]} for n in ("old", "new"))
        now = weights(new, self.shelf)
        if old["who"] != new["who"] or weights(old, self.shelf) == now:
            return
        self.work = {**self.work, "weights": now}
        if isinstance(plan := self.work.get("plan"), dict):  # weights that a link brought are over
            self.work["plan"] = {name: each for name, each in plan.items() if name != "w"}
        self.keep(self.work)
        if new["who"] != OWN:
            self.shelf.weights = now
            self.values = without_own(self.values)


def without_own(values: Values) -> Values:
    """The values of the canvas without own weights, so that the kept ones show."""
    return {key: value for key, value in values.items() if not key.startswith(weight_id(OWN, ""))}


@cache
def roles(lang: str) -> dict[str, dict[str, Any]]:
    """Whose weights can be taken: one's own, even ones, those of each role."""
    words, cared = Words(lang), datasets.role_weights()
    made = {
        OWN: {"name": words(WORDS + "own"), "weights": None},
        EVEN: {"name": words(WORDS + "even"), "weights": {}},
    }
    for row in datasets.roles().sort_values("order").to_dict("records"):
        own = cared[cared["role"] == row["role"]]
        points = {
            o: round(MOST_WEIGHT * w) for o, w in zip(own["outcome"], own["weight"], strict=True)
        }
        made[row["role"]] = {"name": row[f"name_{lang}"], "weights": points}
    return made


def weights(values: Values, shelf: Shelf) -> dict[str, float]:
    """Points by outcome as they stand: those of a role, with what was moved by hand."""
    names = list(shelf.ends)
    who = values["who"]
    preset = roles(shelf.words.lang)[who]["weights"]
    given = shelf.weights if preset is None else preset
    first = (
        {name: given.get(name, 0.0) for name in names}
        if given
        else dict.fromkeys(names, EVEN_POINTS)
    )
    return {name: float(_points(values.get(weight_id(who, name)), first[name])) for name in names}


def _points(value: Any, otherwise: float) -> float:
    good = isinstance(value, int | float) and 0 <= value <= MOST_WEIGHT
    return value if good else otherwise


def weight_id(who: str, outcome: str) -> str:
    """Under which name the canvas says a weight."""
    return f"w.{who}.{outcome}"


def _asked(shelf: Shelf) -> list[dict[str, Any]]:
    words = shelf.words
    who = {
        "id": "who",
        "kind": "select",
        "label": words(WORDS + "who"),
        "value": OWN,
        "options": [[name, about["name"]] for name, about in roles(words.lang).items()],
    }
    bound = plan_shelf.outcome_control(words, shelf.room.anchors)
    bound |= {"id": "bound_on", "label": words(WORDS + "bound_on")}
    return [*shelf.slot_controls(), who, bound, plan_shelf.theory_control(words)]


def _drawn(values: Values, shelf: Shelf) -> Content:
    words, anchors = shelf.words, shelf.room.anchors
    slots, names = shelf.slots(values), list(shelf.ends)
    found = [shelf.outcomes(entry, values["theory"]) for entry in slots]
    value = np.array([decision.values(each, anchors) for each in found])
    cut = np.percentile(value, CUTS, axis=2).transpose(1, 2, 0)
    points = weights(values, shelf)
    score = np.array([decision.scores(each, points, names) for each in value])
    lines = [
        _totals(score, words),
        *_tests(value, score, words),
        _bound(found, values, shelf),
        _heading("weights", words),
        *(_outcome(name, cut[:, n], points, values["who"], shelf) for n, name in enumerate(names)),
        _heading("topsis", words),
    ]
    columns = [
        {"name": f"{LETTERS[n]} · {e.name}", "shade": SHADES[n]} for n, e in enumerate(slots)
    ]
    grid = grids.grid([*columns, {"name": words(WORDS + "column")}], lines, True, tight=True)
    board, map_said = plan_winners.board(value, points, names, slots, values, words)
    about = _said(slots, score, values, shelf) | map_said
    finding = about["finding"]
    key = [Mark(f"{LETTERS[n]} {e.name}", SHADES[n], "fill") for n, e in enumerate(slots)]
    content = grids.content(
        grid, words, WORDS, about, f"title.{finding}", f"reading.{finding}",
        rows={"winners": board}, key=key,
    )  # fmt: skip
    return plan_tied.warned(content, shelf)


def _said(slots: list[Entry], score: np.ndarray, values: Values, shelf: Shelf) -> dict[str, Any]:
    middle = np.median(score, axis=1)
    best = int(middle.argmax())
    level = (middle >= middle[best] - decision.LEVEL).sum() > 1
    finding = "one" if len(slots) == 1 else "level" if level else "wins"
    return {
        "finding": finding,
        "plan": quoted(slots[best].name, shelf.words),
        "n": of_100(float(decision.first(score)[best])),
        "who": roles(shelf.words.lang)[values["who"]]["name"],
        "theory": believed(values["theory"], shelf.words),
        "worlds": shelf.room.worlds.draws,
        "last": LAST,
        "plans": ", ".join(f"{LETTERS[n]} {e.name}" for n, e in enumerate(slots)),
        "score": shelf.words.say(float(middle[best]), "two"),
    }


def _totals(score: np.ndarray, words: Words) -> Line:
    cut = np.percentile(score, CUTS, axis=1).T
    lead = cut[:, 1] >= cut[:, 1].max() - decision.LEVEL
    cells = [
        _banded(each, n, words, lit=bool(lead[n]) and len(score) > 1, strong=True)
        for n, each in enumerate(cut)
    ]
    head = grids.cell(words(WORDS + "total"), note=words(WORDS + "total.note"))
    return head, [*cells, grids.cell(words(WORDS + "total.help"))]


def _banded(cut: np.ndarray, n: int, words: Words, **more: Any) -> grids.Cell:
    """p10, median and p90 of values, said as they are and drawn on an axis from 0 to 1."""
    low, mid, high = np.clip(cut, 0.0, 1.0).tolist()
    band = {"low": low, "mid": mid, "high": high, "shade": SHADES[n]}
    return grids.cell(spread(cut, words), band=band, **more)


def _tests(value: np.ndarray, score: np.ndarray, words: Words) -> list[Line]:
    if len(value) == 1:
        return []
    rows = {
        "first": [_share(s, n, words) for n, s in enumerate(decision.first(score))],
        "unknown": [_share(s, n, words) for n, s in enumerate(decision.acceptability(value))],
        "regret": [grids.cell(_regret(each, words)) for each in decision.regret(score)],
    }
    return [
        (
            grids.cell(words(WORDS + key), note=words(WORDS + f"{key}.note", n=decision.SAMPLES)),
            [*cells, grids.cell(words(WORDS + f"{key}.help"))],
        )
        for key, cells in rows.items()
    ]


def _share(share: float, n: int, words: Words) -> grids.Cell:
    text = words(WORDS + "of_100", n=of_100(float(share)))
    return grids.cell("", bar={"share": float(share), "shade": SHADES[n], "said": text})


def _regret(each: np.ndarray, words: Words) -> str:
    middle, ninth = np.percentile(each, (50, 90))
    return words(WORDS + "regret.said", middle=middle, ninth=ninth, most=each.max())


def _bound(found: list[dict[str, np.ndarray]], values: Values, shelf: Shelf) -> Line:
    words, name = shelf.words, values["bound_on"]
    steps = np.linspace(*shelf.ends[name], BOUND_STEPS + 1)
    place = values.get(f"bound.{name}", BOUND_STEPS // 2)
    place = place if place in range(BOUND_STEPS + 1) else BOUND_STEPS // 2
    shares = [decision.satisficing(each, {name: steps[int(place)]}) for each in found]
    control = {
        "id": f"bound.{name}",
        "kind": "range",
        "min": 0,
        "max": BOUND_STEPS,
        "step": 1,
        "value": int(place),
        "texts": [said(name, step, words) for step in steps],
        "label": words(WORDS + "bound.label", outcome=name_of(name, words)),
    }
    head = grids.cell(
        words(WORDS + "bound", outcome=name_of(name, words)),
        note=words(WORDS + "bound.note"),
        input=control,
    )
    cells = [_share(share, n, words) for n, share in enumerate(shares)]
    return head, [*cells, grids.cell(words(WORDS + "bound.help"))]


def _heading(key: str, words: Words) -> Line:
    return grids.cell(words(WORDS + key), note=words(WORDS + f"{key}.note")), []


def _outcome(name: str, cut: np.ndarray, points: dict[str, float], who: str, shelf: Shelf) -> Line:
    words = shelf.words
    control = {
        "id": weight_id(who, name),
        "kind": "range",
        "min": 0,
        "max": MOST_WEIGHT,
        "step": STEP,
        "value": points[name],
        "says": words(WORDS + "weight.says"),
        "label": words(WORDS + "weight.label", outcome=name_of(name, words)),
    }
    cells = [_banded(each, n, words) for n, each in enumerate(cut)]
    worst, best = (words.say(shown(name, end), "two") for end in shelf.ends[name])
    total = sum(points.values())
    share = words(WORDS + "weight.share", n=100 * points[name] / total) if total else ""
    head = grids.cell(named(name, words), note=share, input=control)
    return head, [*cells, grids.cell(words(WORDS + "anchors", worst=worst, best=best))]
