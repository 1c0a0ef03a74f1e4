"""The explorer of figure 4: a causal map that the learner edits, keeps, exchanges and compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from clusterlib import datasets, live, loops, mapwork
from clusterlib.charts.figure import Content, Figure
from clusterlib.errors import KitError
from clusterlib.explorers.causal_map_shelf import MOST_FILES, Shelf
from clusterlib.explorers.causal_map_view import GRADES, Drawing
from clusterlib.i18n import Words, explain
from clusterlib.indicators import checks
from clusterlib.progress import LIMIT

WORDS = "map."
NODES = ["node", "kind", "block", "col", "row"]
EDGES = ["from", "to", "sign", "grade", "section", "source"]
COUNTING = ("all", "accepted")
MOST_UNDONE = 200


def causal_map(words: Words, nodes: pd.DataFrame, edges: pd.DataFrame) -> CausalMap:
    """Figure 4 as a signed graph: accept, turn, flip or reject arrows, and see which loops close.

    `nodes`: datasets.figure4_nodes(). `edges`: datasets.figure4_edges().
    """
    checks.columns(nodes, NODES, "nodes")
    checks.columns(edges, EDGES, "edges")
    drawing = Drawing(nodes, edges, words)
    figure = Figure(
        id="4.causal_map",
        charts=None,
        content=drawing.content(drawing.ground.arrows(mapwork.fresh())),
        sources=datasets.citation(edges[edges["grade"] == "text"], words.lang),
        evidence="teaching",
        fixed=drawing.fixed(),
    )
    said = words.group(WORDS + "ui.")
    bounds = {"files": MOST_FILES, "size": LIMIT // 1024}
    said["class.help"] = words(WORDS + "ui.class.help", **bounds)
    return live.explorer(
        figure, words, widget=partial(CausalMap, drawing=drawing), traits={"words": said}
    )


class CausalMap(loops.MapFigure):
    """A learner's causal map on the page: hears each edit, answers with the loops it leaves.

    `piece` names it among the learner's work; `keep` is called with the map at every change. The
    maps of a class stand on a `shelf`, a piece of work of its own.
    """

    piece = "map/figure4"

    def __init__(self, drawing: Drawing, **traits: Any) -> None:
        self.drawing = drawing
        self.keep: Callable[[mapwork.State], None] = lambda state: None
        self.state = mapwork.fresh()
        self.past: list[mapwork.State] = []
        self.future: list[mapwork.State] = []
        self.hidden: set[str] = set()
        self.counting = COUNTING[0]
        self.shelf = Shelf(drawing.ground, drawing.words.lang, self._shelved)
        self.peers = drawing.peers({})
        self.fresh = self.problem = ""
        super().__init__(**traits)
        self.on_msg(self._hear)

    def restore(self, work: Mapping[str, Any]) -> None:
        """Show a map that was kept earlier; the way that led to it is not kept."""
        self.past, self.future, self.fresh = [], [], ""
        self.state, self.problem = mapwork.fresh(), ""
        try:
            self.state = self.drawing.ground.prove(dict(work)) if work else mapwork.fresh()
        except KitError as wrong:
            self.problem = self._explained(wrong)
        self.show(self._seen(problem=self._lost()))

    @property
    def also_kept(self) -> list[Shelf]:
        """What stays with the learner's work besides the map."""
        return [self.shelf]

    def _shelved(self) -> None:
        self.peers = self.drawing.peers(self.shelf.maps)
        self.show(self._seen(problem=self._lost()))

    def _lost(self) -> str:
        """What of the kept work could not be opened again."""
        return " ".join(filter(None, [self.problem, self.shelf.problem]))

    def _hear(self, _: object, message: dict[str, Any], __: object) -> None:
        asked = next((name for name in HEARD if name in message), None)
        if asked is None:
            return
        self.fresh = self.problem = self.shelf.problem = ""
        try:
            said = HEARD[asked](self, message[asked])
        except KitError as wrong:
            told = {"problem": self._explained(wrong)}
        else:
            told = {"said": said or ""}
        self.answer(self._seen(**told, mark=message.get("mark")))

    def _edit(self, change: dict[str, Any]) -> str:
        before = {arrow["id"] for arrow in self.drawing.ground.arrows(self.state)}
        self._become(self.drawing.ground.edit(self.state, change))
        # An own arrow that was drawn or turned is a new one: it stays the chosen one.
        new = [a["id"] for a in self.drawing.ground.arrows(self.state) if a["id"] not in before]
        self.fresh = new[0] if new else ""
        return self._say("added") if change.get("do") == "add" else ""

    def _become(self, state: mapwork.State) -> None:
        self.past = [*self.past[1 - MOST_UNDONE :], self.state]
        self.future = []
        self._settle(state)

    def _settle(self, state: mapwork.State) -> None:
        self.state = state
        self.keep(state)

    def _undo(self, _: object) -> None:
        if self.past:
            self.future.append(self.state)
            self._settle(self.past.pop())

    def _redo(self, _: object) -> None:
        if self.future:
            self.past.append(self.state)
            self._settle(self.future.pop())

    def _look(self, asked: dict[str, Any]) -> None:
        self.hidden = {grade for grade in GRADES if grade in asked.get("hidden", ())}
        self.counting = asked["counting"] if asked.get("counting") in COUNTING else COUNTING[0]

    def _take_out(self, _: object) -> None:
        text = self.drawing.ground.write(self.state)
        self.send({"file": text, "name": f"{self.drawing.ground.figure}-map.json"})

    def _take_in(self, text: Any) -> str:
        self._become(self.drawing.ground.read(str(text)))
        return self._say("taken_in", n=len(self.state["candidates"]) + len(self.state["own"]))

    def _class(self, files: list[dict[str, Any]]) -> str:
        """Add maps of a class, or forget all."""
        try:
            if files:
                self.shelf.add(files)
            else:
                self.shelf.clear()
        finally:
            self.peers = self.drawing.peers(self.shelf.maps)
        return self._say("class_taken" if files else "class_gone", n=len(files))

    def _seen(self, problem: str = "", said: str = "", mark: Any = None) -> Content:
        ground = self.drawing.ground
        return self.drawing.content(
            ground.arrows(self.state),
            hidden=self.hidden,
            accepted_only=self.counting == "accepted",
            peers=self.peers,
            about={
                "problem": problem,
                "said": said,
                "undo": bool(self.past),
                "redo": bool(self.future),
                "counting": self.counting,
                "arrow": self.fresh,
                "added": bool(self.fresh and said),
                "mark": mark,
            },
        )

    def _explained(self, wrong: KitError) -> str:
        return explain(wrong, self.drawing.words.lang)

    def _say(self, key: str, **values: object) -> str:
        return self.drawing.words(f"{WORDS}said.{key}", **values)


# What the browser may ask for, and who answers.
HEARD: dict[str, Callable[[CausalMap, Any], str | None]] = {
    "edit": CausalMap._edit,
    "undo": CausalMap._undo,
    "redo": CausalMap._redo,
    "look": CausalMap._look,
    "take_out": CausalMap._take_out,
    "take_in": CausalMap._take_in,
    "class": CausalMap._class,
}
