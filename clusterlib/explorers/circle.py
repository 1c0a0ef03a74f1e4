"""Explorer of lesson 1's story: the circle that the brief's causes are said to form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from clusterlib import causal, datasets, live, loops
from clusterlib.charts import texts
from clusterlib.charts.figure import Content, Mark
from clusterlib.explorers.controls import choice, worded
from clusterlib.i18n import MINUS, Words
from clusterlib.indicators import checks

WORDS = "lesson1.loop."
EDGES = ["circle", "order", "from", "to", "sign", "support", "section", "source"]
WRITTEN = {"+": "+", "-": MINUS}
MOVES = {1: "▲", -1: "▼"}
ENDS = {1: "reinforcing", -1: "balancing"}


def vicious_circle(words: Words, nodes: pd.DataFrame, edges: pd.DataFrame) -> live.Framed:
    """Causal circles whose arrows say who drew them; hide ours, push a box, watch it travel.

    `nodes`: datasets.causal_nodes(). `edges`: datasets.causal_edges().
    """
    checks.columns(nodes, ["circle", "order", "node", "source"], "nodes")
    checks.columns(edges, EDGES, "edges")
    stories = _stories(nodes, edges, words)

    def respond(values: dict[str, Any]) -> Content:
        return stories[values["circle"]].content(values)

    at = WORDS + "control."
    circles = [[circle, story.name] for circle, story in stories.items()]
    controls = [
        choice("circle", words(at + "circle"), circles),
        choice("ours", words(at + "ours"), worded(("shown", "hidden"), words, at)),
    ]
    sources = datasets.citation(edges, words.lang)
    own = {"evidence": "teaching", "widget": loops.LoopFigure, "stem": WORDS + "ui."}
    return loops.canvas("1.vicious_circle", respond, controls, sources, words, **own)


def _stories(nodes: pd.DataFrame, edges: pd.DataFrame, words: Words) -> dict[str, Story]:
    named = datasets.causal_circles().set_index("circle")
    return {
        circle: Story(
            boxes.sort_values("order").set_index("node"),
            edges[edges["circle"] == circle].sort_values("order"),
            named.at[circle, f"name_{words.lang}"],
            named.at[circle, f"note_{words.lang}"],
            words,
        )
        for circle, boxes in nodes.groupby("circle", sort=False)
    }


@dataclass(frozen=True)
class Story:
    """One circle or chain: its boxes by id, all its arrows, its name, what to know about it."""

    boxes: pd.DataFrame
    arrows: pd.DataFrame
    name: str
    note: str
    words: Words

    def content(self, values: dict[str, Any]) -> Content:
        """What stands in the figure while the controls say this."""
        hidden = values["ours"] == "hidden"
        shown = self.arrows[self.arrows["support"] == "brief"] if hidden else self.arrows
        said = {
            "name": self.name,
            "all": len(self.arrows),
            "n": len(shown),
            "brief": (self.arrows["support"] == "brief").sum(),
            "ours": (self.arrows["support"] != "brief").sum(),
            "minus": (shown["sign"] == "-").sum(),
            "last": self.box(self._ends(shown)),
        }
        reading = self.say(f"reading.{self._state(shown)}", **said)
        return Content(
            rows=self._rows(shown, values),
            title=self.say(f"title.{self._finding()}", **said),
            subtitle=self.say("subtitle", **said),
            alt=self.say("alt", **said, arrows="; ".join(self._written(shown)), reading=reading),
            reading=reading,
            table=self._table(shown),
            key=self._key(hidden),
        )

    def say(self, key: str, **values: object) -> str:
        """A sentence about circles in the reader's language."""
        return self.words(WORDS + key, **values)

    def box(self, node: str) -> str:
        """The name of a box."""
        return self.boxes.at[node, f"name_{self.words.lang}"]

    def _finding(self) -> str:
        brief = self.arrows[self.arrows["support"] == "brief"]
        if causal.circle_sign(brief):
            return "closed"
        return "ours" if causal.circle_sign(self.arrows) else "open"

    def _state(self, shown: pd.DataFrame) -> str:
        if sign := causal.circle_sign(shown):
            return ENDS[sign]
        if len(shown) == len(self.arrows):
            return "chain"
        return "fallen" if causal.circle_sign(self.arrows) else "shorter"

    def _ends(self, shown: pd.DataFrame) -> str:
        """The box where a push at the first box comes to rest."""
        steps = causal.propagate(shown, shown["from"].iloc[0], 1)
        return steps["to"].iloc[-1]

    def _ring(self) -> list[str]:
        return causal.circle(self.arrows) or list(self.boxes.index)

    def _rows(self, shown: pd.DataFrame, values: dict[str, Any]) -> dict[str, list[dict]]:
        ring = self._ring()
        last = [] if causal.circle(self.arrows) else [(ring[-1], ring[0])]
        missing = self.arrows[~self.arrows["order"].isin(shown["order"])]
        gaps = [*zip(missing["from"], missing["to"], strict=True), *last]
        centre = {"note": self.note, "centre": self.say(f"centre.{self._state(shown)}")}
        return {
            "about": [centre],
            "boxes": self._boxes(ring),
            "arrows": [self._arrow(row) for row in shown.to_dict("records")],
            "gaps": [{"from": cause, "to": effect} for cause, effect in gaps],
            "steps": self._steps(shown, values),
        }

    def _boxes(self, ring: list[str]) -> list[dict[str, Any]]:
        outside = [node for node in self.boxes.index if node not in ring]
        return [
            {
                "id": node,
                "label": self.box(node),
                "text": self.boxes.at[node, f"text_{self.words.lang}"],
                "slot": ring.index(node) if node in ring else None,
            }
            for node in [*outside, *ring]
        ]

    def _arrow(self, row: dict[str, Any]) -> dict[str, Any]:
        standing = "brief" if row["support"] == "brief" else "ours"
        way = "same" if row["sign"] == "+" else "opposite"
        said = {"cause": self.box(row["from"]), "effect": self.box(row["to"])}
        about = {
            "title": self.say("arrow.title", **said),
            "sign": WRITTEN[row["sign"]],
            "way": self.say(f"arrow.{way}"),
            "meaning": self.say(f"arrow.{way}.meaning"),
            "standing": self.say(f"arrow.{standing}", section=row["section"]),
            "short": self.say(f"arrow.{standing}.short"),
            "reason": row[f"reason_{self.words.lang}"],
        }
        name = self.say("arrow.label", n=row["order"], **said, **about)
        ends = {"from": row["from"], "to": row["to"], "ours": standing == "ours"}
        return {"id": row["order"], **ends, **about, "label": name}

    def _steps(self, shown: pd.DataFrame, values: dict[str, Any]) -> list[dict[str, Any]]:
        start, push = values.get("box"), values.get("push")
        if start not in self.boxes.index or values.get("of") != values["circle"]:
            return []
        first = {"box": start, "change": push, "turn": values.get("turn", 0)}
        first["say"] = self.say("step.push", box=self.box(start), mark=MOVES[push])
        if start not in {*shown["from"], *shown["to"]}:
            return [first | {"end": self.say("step.alone")}]
        moves = causal.propagate(shown, start, push).to_dict("records")
        steps = [first, *(self._step(move, shown) for move in moves)]
        steps[-1]["end"] = self._end(steps, moves)
        return steps

    def _step(self, move: dict[str, Any], shown: pd.DataFrame) -> dict[str, Any]:
        pair = (shown["from"] == move["from"]) & (shown["to"] == move["to"])
        arrow = shown[pair].iloc[0]
        said = {"box": self.box(move["to"]), "mark": MOVES[move["change"]]}
        said["sign"] = WRITTEN[arrow["sign"]]
        way = "same" if arrow["sign"] == "+" else "opposite"
        step = {"box": move["to"], "change": move["change"], "arrow": int(arrow["order"])}
        return {**step, "say": self.say(f"step.{way}", **said)}

    def _end(self, steps: list[dict[str, Any]], moves: list[dict[str, Any]]) -> str:
        if not moves:
            return self.say("step.alone")
        last = steps[-1]
        before = next(step["change"] for step in steps if step["box"] == last["box"])
        way = ENDS[before * last["change"]] if moves[-1]["returns"] else "chain"
        return self.say(f"step.{way}", box=self.box(last["box"]), mark=MOVES[last["change"]])

    def _written(self, shown: pd.DataFrame) -> list[str]:
        arrows = (self._arrow(row) for row in shown.to_dict("records"))
        return [f"{arrow['title']} ({arrow['sign']}, {arrow['short']})" for arrow in arrows]

    def _table(self, shown: pd.DataFrame) -> dict[str, list[str]]:
        arrows = [self._arrow(row) for row in shown.to_dict("records")]
        columns = {
            "cause": [self.box(node) for node in shown["from"]],
            "sign": [f"{arrow['sign']} {arrow['way']}" for arrow in arrows],
            "effect": [self.box(node) for node in shown["to"]],
            "standing": [arrow["standing"] for arrow in arrows],
            "reason": [arrow["reason"] for arrow in arrows],
        }
        return {self.say(f"column.{name}"): said for name, said in columns.items()}

    def _key(self, hidden: bool) -> list[Mark]:
        ours = {} if hidden else {"ours": ("assumed", "dash")}
        signs = {"plus": ("ink", "+"), "minus": ("ink", MINUS)}
        return texts.key(self.words, WORDS, brief=("accent", "line"), **ours, **signs)
