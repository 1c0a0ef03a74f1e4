"""Cases ranked by criteria and weights of one's own, with the weights at which the lead turns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

import pandas as pd

from clusterlib import comparison, datasets, live, loops
from clusterlib.charts.figure import Content
from clusterlib.explorers import grids
from clusterlib.explorers.controls import choice, listed, slider, worded
from clusterlib.i18n import Words
from clusterlib.indicators import checks

WORDS = "lesson5."
SCORES = (0, 1, 2, 3)
EVEN = 2


class Ranking(loops.MatrixFigure):
    """A ranking whose weights and scores stay with the learner's work.

    `piece` names it among that work; `keep` is called with what differs from the first reading.

    Parameters
    ----------
    allowed : mapping of str to collection
        By the id of each control, what it may say.
    """

    piece = "ranking/cases"

    def __init__(self, allowed: Mapping[str, Collection[Any]], **traits: Any) -> None:
        self.allowed = allowed
        self.keep: Callable[[dict[str, Any]], None] = lambda work: None
        self.work: dict[str, Any] = {}
        super().__init__(**traits)
        self.observe(lambda change: self._moved(change["new"]), names="values")

    def restore(self, work: Mapping[str, Any]) -> None:
        """Show what was set earlier; what no control may say is left out."""
        self.work = self._own(work)
        self.values = {**self.start, **self.work}

    def _moved(self, values: Mapping[str, Any]) -> None:
        work = self._own(values)
        if work != self.work:
            self.work = work
            self.keep(work)

    def _own(self, values: Mapping[str, Any]) -> dict[str, Any]:
        sound = {
            name: value
            for name, value in values.items()
            if type(value) in (str, int) and value in self.allowed.get(name, ())
        }
        return {name: value for name, value in sound.items() if value != self.start.get(name)}


def ranking(words: Words, criteria: pd.DataFrame, scores: pd.DataFrame) -> live.Framed:
    """Which case teaches one's region most, by criteria and weights of one's own; where it flips.

    `criteria`: datasets.case_criteria().
    `scores`: datasets.case_scores(): a first reading from 0 to 3, which the reader may change.
    """
    checks.columns(criteria, ["criterion", "source"], "criteria")
    checks.columns(scores, ["learner", "cluster", "criterion", "score", "source"], "scores")
    known = grids.named_clusters(words)
    readings = {
        learner: own.set_index(["cluster", "criterion"])
        for learner, own in scores.groupby("learner", sort=False)
    }
    asked = criteria.to_dict("records")

    def respond(values: dict[str, Any]) -> Content:
        return _ranked(values, readings[values["learner"]], asked, known, words)

    learners = [[name, known[name]["short"]] for name in readings]
    control = choice("learner", words(WORDS + "ranking.learner"), learners)
    sources = datasets.citation(pd.concat([criteria[["source"]], scores[["source"]]]), words.lang)
    widget = partial(Ranking, _allowed(criteria, scores))
    return loops.canvas("5.ranking", respond, [control], sources, words, widget=widget)


def _allowed(criteria: pd.DataFrame, scores: pd.DataFrame) -> dict[str, Collection[Any]]:
    weights = {f"weight.{name}": range(int(comparison.MOST) + 1) for name in criteria["criterion"]}
    cells = scores[["learner", "cluster", "criterion"]].agg(".".join, axis=1)
    return {"learner": set(scores["learner"]), **weights, **dict.fromkeys(cells, SCORES)}


def _ranked(
    values: dict[str, Any], reading: pd.DataFrame, asked: list[dict], known: dict, words: Words
) -> Content:
    learner = values["learner"]
    names = [row["criterion"] for row in asked]
    clusters = list(dict.fromkeys(cluster for cluster, _ in reading.index))
    weights = {name: values.get(f"weight.{name}", EVEN) for name in names}
    scored = {
        cluster: {
            name: values.get(
                f"{learner}.{cluster}.{name}", int(reading.at[(cluster, name), "score"])
            )
            for name in names
        }
        for cluster in clusters
    }
    means = comparison.ranking(scored, weights)
    turns = {name: comparison.flips(scored, weights, name) for name in names}
    short = {cluster: known[cluster]["short"] for cluster in clusters}
    shades = {cluster: known[cluster]["shade"] for cluster in clusters}
    lines = [_totals(means, shades, words)]
    for row in asked:
        cells = [
            _score(learner, cluster, row, scored, reading, short, words) for cluster in clusters
        ]
        lines.append((_weight(row, weights, words), [*cells, _turns(turns, row, short, words)]))
    columns = [{"name": short[cluster], "shade": known[cluster]["shade"]} for cluster in clusters]
    made = grids.grid([*columns, {"name": words(WORDS + "ranking.turns")}], lines, True)
    said = _said(means, turns, weights, short, known[learner]["short"], words)
    finding, reading = f"title.{said['finding']}", f"reading.{said['state']}"
    return grids.content(made, words, WORDS + "ranking.", said, finding, reading)


def _said(
    means: dict, turns: dict, weights: dict, short: dict, learner: str, words: Words
) -> dict[str, Any]:
    lead = comparison.leaders(means)
    n = sum(bool(found) for found in turns.values())
    finding = "none" if not sum(weights.values()) else "level" if len(lead) > 1 else "one"
    return {
        "learner": learner,
        "lead": ", ".join(short[cluster] for cluster in lead),
        "order": ", ".join(
            words(WORDS + "ranking.case", name=short[c], n=mean) for c, mean in means.items()
        ),
        "n": n,
        "of": len(turns),
        "finding": finding,
        "state": "none" if finding == "none" else "turns" if n else "firm",
    }


def _totals(
    means: dict[str, float], shades: dict[str, str], words: Words
) -> tuple[grids.Cell, list[grids.Cell]]:
    lead = comparison.leaders(means)
    head = grids.cell(words(WORDS + "ranking.total"), note=words(WORDS + "ranking.total.help"))
    cells = [
        grids.cell(
            "",
            bar={
                "share": means[cluster] / max(SCORES),
                "shade": shade,
                "said": words.say(means[cluster], "decimal2"),
            },
            lit=cluster in lead,
        )
        for cluster, shade in shades.items()
    ]
    return head, [*cells, grids.cell(words(WORDS + "ranking.turns.help"))]


def _weight(row: dict[str, Any], weights: dict[str, float], words: Words) -> grids.Cell:
    name, key = row[f"name_{words.lang}"], row["criterion"]
    label = words(WORDS + "ranking.weight.label", name=name)
    ends, says = (0, int(comparison.MOST)), words(WORDS + "ranking.weight.says")
    control = slider(f"weight.{key}", label, ends, weights[key], says=says, step=1, kind="range")
    return grids.cell(name, note=row[f"question_{words.lang}"], input=control)


def _score(
    learner: str,
    cluster: str,
    row: dict[str, Any],
    scored: dict,
    reading: pd.DataFrame,
    short: dict,
    words: Words,
) -> grids.Cell:
    name = row["criterion"]
    first = reading.loc[(cluster, name)]
    label = words(
        WORDS + "ranking.score.label", cluster=short[cluster], name=row[f"name_{words.lang}"]
    )
    options = worded(SCORES, words, WORDS + "ranking.score.")
    control = listed(f"{learner}.{cluster}.{name}", label, options, scored[cluster][name])
    changed = scored[cluster][name] != first["score"]
    key = "ranking.changed" if changed else "ranking.reason"
    said = {"reason": first[f"reason_{words.lang}"], "n": int(first["score"])}
    return grids.cell("", note=words(WORDS + key, **said), input=control)


def _turns(turns: dict, row: dict[str, Any], short: dict, words: Words) -> grids.Cell:
    found = turns[row["criterion"]]
    if not found:
        return grids.cell(words(WORDS + "ranking.turns.none"))
    return grids.cell(
        [
            words(
                WORDS + "ranking.turns.one",
                n=turn["at"],
                before=", ".join(short[c] for c in turn["before"]),
                after=", ".join(short[c] for c in turn["after"]),
            )
            for turn in found
        ],
        strong=True,
    )
