"""Two plans under each belief about what people follow: who wins, and does the belief decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterlib import datasets
from clusterlib.charts import policy_choice
from clusterlib.charts.figure import Column, Content, Mark, tabled
from clusterlib.explorers import plan_shelf, plan_tied
from clusterlib.explorers.plan_rule import pair_controls
from clusterlib.explorers.plan_shelf import LAST, Shelf, Values
from clusterlib.explorers.plan_tied import TiedChart
from clusterlib.explorers.plan_words import believed, level, name_of, quoted
from clusterlib.explorers.policy_words import of_100
from clusterlib.policy import decision
from clusterlib.policy.scenario import THEORIES

if TYPE_CHECKING:
    from clusterlib.i18n import Words

WORDS = "choice.beliefs."
PAIR = ("settle", "infra")
SHAPES = {"circle": "○", "triangle-up": "▲", "square": "■"}
HALF = 50


def theory_debrief(words: Words) -> TiedChart:
    """Settlement first against facilities first, or any two plans, under each belief.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    sources = datasets.citation(datasets.policy_parameters(), words.lang)

    def charts() -> list:
        names = [name_of(name, words) for name in decision.OUTCOMES]
        return [policy_choice.beliefs(names, words)]

    return plan_tied.explorer("6.theory_debrief", words, _drawn, _asked, sources, TiedChart, charts)


def _asked(shelf: Shelf) -> list[dict[str, Any]]:
    outcome = plan_shelf.outcome_control(shelf.words, shelf.room.anchors)
    return [*pair_controls(shelf, PAIR, WORDS), outcome]


def _drawn(values: Values, shelf: Shelf) -> Content:
    words = shelf.words
    pair = [shelf.entry(values[n]) for n in ("first", "second")]
    rows = []
    for name in shelf.room.anchors["outcome"]:
        for theory in THEORIES:
            ends = [shelf.outcomes(entry, theory)[name] for entry in pair]
            rows.append(_row(name, theory, *ends, words))
    mine = {row["belief"]: row for row in rows if row["outcome"] == values["outcome"]}
    about = {
        "first": quoted(pair[0].name, words),
        "second": quoted(pair[1].name, words),
        "outcome": name_of(values["outcome"], words),
        "turns": sum(_turns(rows, name) for name in shelf.room.anchors["outcome"]),
        "of": len(shelf.room.anchors),
        "worlds": shelf.room.worlds.draws,
        "last": LAST,
        **{belief: row["n"] for belief, row in mine.items()},
    }
    about["finding"] = _finding(mine, rows, values["outcome"])
    content = Content(
        rows={"duels": rows},
        title=words(WORDS + f"title.{about['finding']}", **about),
        subtitle=words(WORDS + "subtitle", **about),
        alt=words(WORDS + "alt", **about),
        reading=words(WORDS + f"reading.{about['finding']}", **about),
        key=[
            Mark(believed(belief, words), shade, SHAPES[shape])
            for belief, (shade, shape) in policy_choice.BELIEFS.items()
        ],
        **_table(rows, words),
    )
    return plan_tied.warned(content, shelf)


def _row(name: str, theory: str, first: Any, second: Any, words: Words) -> dict[str, Any]:
    same = level(first, second)
    n = HALF if same else of_100(decision.better(first, second))
    belief = believed(theory, words)
    said = {"outcome": name_of(name, words), "belief": belief, "n": n}
    return {
        "outcome": name,
        "name": said["outcome"],
        "belief": theory,
        "n": n,
        "level": same,
        "text": words(WORDS + "level") if same else str(n),
        "tip": words(WORDS + "tip", **said),
    }


def _turns(rows: list[dict[str, Any]], name: str) -> bool:
    """Whether the winner is another under the two beliefs."""
    own = {r["belief"]: r for r in rows if r["outcome"] == name and not r["level"]}
    pair = [own[belief]["n"] - HALF for belief in THEORIES[1:] if belief in own]
    return len(pair) == 2 and pair[0] * pair[1] < 0


def _finding(mine: dict[str, Any], rows: list[dict[str, Any]], name: str) -> str:
    if all(row["level"] for row in mine.values()):
        return "level"
    if _turns(rows, name):
        return "turns"
    return "first" if mine[THEORIES[1]]["n"] > HALF else "second"


def _table(rows: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    by_name: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = by_name.setdefault(row["outcome"], {"name": row["name"]})
        line[row["belief"]] = row["text"]
    columns = [Column("name", words("choice.outcome"))]
    columns += [Column(t, believed(t, words)) for t in THEORIES]
    return tabled(list(by_name.values()), columns, words)
