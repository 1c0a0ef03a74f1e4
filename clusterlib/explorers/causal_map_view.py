"""The causal map's figure: what never changes, and the content of each state of a map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd

from clusterlib import mapwork
from clusterlib.charts import texts
from clusterlib.charts.figure import Content
from clusterlib.explorers.causal_map_class import Arrow, Peers
from clusterlib.explorers.causal_map_seen import Seen, touched
from clusterlib.i18n import MINUS, Words

WORDS = "map."
GRADES = mapwork.GRADES
# Shade and look of each entry of the key.
KEY = {
    "text": ("accent", "line"),
    "adjacent": ("nothing", "line"),
    "inference": ("assumed", "dash"),
    "own": ("teaching", "dash"),
    "plus": ("ink", "+"),
    "minus": ("ink", MINUS),
    "accepted": ("ink", "●"),
    "loop": ("ink", "line"),
    "positive": ("good", "●"),
    "problem": ("warn", "▌"),
}


class Drawing:
    """Figure 4 in one language: what never changes, and the content of each state of a map.

    Parameters
    ----------
    nodes, edges : frame
        datasets.figure4_nodes() and datasets.figure4_edges().
    words : Words
        The reader's language.
    """

    def __init__(self, nodes: pd.DataFrame, edges: pd.DataFrame, words: Words) -> None:
        self.nodes, self.edges, self.words = nodes, edges, words
        names = nodes.set_index("node")[f"label_{words.lang}"]
        self.boxes = names[(nodes["kind"] != "heading").to_numpy()].to_dict()
        self.ground = mapwork.Ground("figure4", self.boxes, edges)
        # Hundreds of sentences a state, and an edit changes few of them.
        self.say = lru_cache(4_096)(self._say)

    def _say(self, key: str, **values: object) -> str:
        return self.words(WORDS + key, **values)

    def peers(self, maps: Mapping[str, mapwork.State]) -> Peers:
        """The maps of a class by the names of their files."""
        drawn = {name: self.ground.arrows(state) for name, state in maps.items()}
        return Peers(drawn, self.boxes, self.say)

    @cached_property
    def reasons(self) -> dict[str, dict[str, str]]:
        """Reason and place in the brief of each candidate, by the arrow's name."""
        return {
            mapwork.name(row["from"], row["to"]): {
                "reason": row[f"reason_{self.words.lang}"],
                "where": self._where(row),
            }
            for row in self.edges.to_dict("records")
        }

    def _where(self, row: Mapping[str, Any]) -> str:
        section = row["section"]
        if row["grade"] == "inference":
            return self.say("where.ours")
        table, _, number = str(section).rpartition(" ")
        return self.say(f"where.{table or 'section'}", n=number)

    def fixed(self) -> dict[str, list[dict[str, Any]]]:
        """What is sent once: the boxes with their cells, the blocks, the candidates' reasons."""
        lang = self.words.lang
        boxes = [
            {
                "id": row["node"],
                "label": row[f"label_{lang}"],
                "block": row["block"],
                "kind": row["kind"],
                "kind_text": row[f"kind_{lang}"],
                "col": None if pd.isna(row["col"]) else int(row["col"]),
                "row": None if pd.isna(row["row"]) else int(row["row"]),
            }
            for row in self.nodes.to_dict("records")
        ]
        named = self.nodes.drop_duplicates("block")
        blocks = [
            {"id": row["block"], "label": row[f"block_{lang}"]} for row in named.to_dict("records")
        ]
        reasons = [{"id": key, **said} for key, said in self.reasons.items()]
        grades = [{"id": g, "label": self.say(f"grade.{g}")} for g in (*GRADES, "own")]
        return {"boxes": boxes, "blocks": blocks, "reasons": reasons, "grades": grades}

    def content(
        self,
        arrows: Sequence[Arrow],
        hidden: Iterable[str] = (),
        accepted_only: bool = False,
        peers: Peers | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> Content:
        """What stands in the figure.

        Parameters
        ----------
        arrows : sequence of arrows
            The learner's map, as `mapwork.Ground.arrows` gives it.
        hidden : iterable of str
            The grades that are hidden; their arrows close no loop.
        accepted_only : bool
            Whether only accepted arrows close loops, rather than all that are not rejected.
        peers : Peers
            The maps of a class, to be compared with.
        about : mapping
            What else the page is told: problem, said, undo, redo, counting.
        """
        peers = peers or self.peers({})
        seen = Seen(
            arrows,
            self.boxes,
            self.reasons,
            self.say,
            hidden=frozenset(hidden),
            accepted_only=accepted_only,
            peers=peers,
        )
        return Content(
            rows={
                "about": [
                    {
                        "hidden": sorted(hidden),
                        "undo": False,
                        "redo": False,
                        "counting": "all",
                        **(about or {}),
                        **seen.counts,
                        "maps": len(peers),
                        "touched": any(map(touched, arrows)),
                    }
                ],
                "arrows": [seen.row(arrow) for arrow in arrows],
                "loops": seen.loop_rows(),
                "levers": seen.lever_rows(),
                "tally": seen.tally_rows(),
                "class": peers.rows(arrows),
                "maps": peers.side_by_side(arrows),
            },
            title=seen.title(),
            subtitle=self.say("subtitle", boxes=len(self.boxes), arrows=len(self.edges)),
            alt=seen.alt(),
            reading=seen.reading(),
            table=seen.table(),
            numeric=(self.say("column.loops"),),
            key=texts.key(self.words, WORDS, **KEY),
        )
