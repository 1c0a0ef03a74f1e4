"""One state of the causal map as it is looked at: which arrows count, what they close, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from clusterlib import causal, mapwork
from clusterlib.explorers.causal_map_class import WRITTEN, Arrow, Peers

GRADES = mapwork.GRADES
LOOPS_SHOWN, LEVERS_SHOWN = 40, 8
ENDS = {1: "reinforcing", -1: "balancing"}


class Seen:
    """A map seen through what is hidden and what is asked to count.

    Parameters
    ----------
    arrows : sequence of arrows
        The learner's map, as `mapwork.Ground.arrows` gives it.
    boxes : mapping of str to str
        The names of the boxes.
    reasons : mapping of str to mapping
        Reason and place in the brief by the candidate's name.
    say : callable
        The words about the map in the reader's language.
    hidden, accepted_only, peers
        As for `Drawing.content`.
    """

    def __init__(
        self,
        arrows: Sequence[Arrow],
        boxes: Mapping[str, str],
        reasons: Mapping[str, Mapping[str, str]],
        say: Callable[..., str],
        *,
        hidden: frozenset[str],
        accepted_only: bool,
        peers: Peers,
    ) -> None:
        self.arrows, self.boxes, self.reasons, self.say = arrows, boxes, reasons, say
        self.hidden, self.accepted_only, self.peers = hidden, accepted_only, peers
        self.counted = [arrow for arrow in arrows if self._counts(arrow)]
        frame = pd.DataFrame(self.counted, columns=["from", "to", "sign"])
        self.found = causal.loops(frame)
        self.signs = causal.loop_signs(frame, self.found.ways)
        self.by_ends = {(arrow["from"], arrow["to"]): arrow for arrow in self.counted}
        levers = causal.leverage(self.found).itertuples(index=False)
        self.levers = {(cause, effect): n for cause, effect, n in levers}
        self.counts = {
            "arrows": len(self.counted),
            "loops": len(self.signs),
            "reinforcing": self.signs.count(1),
            "balancing": self.signs.count(-1),
            "truncated": self.found.truncated,
        }

    def _counts(self, arrow: Arrow) -> bool:
        kept = {"accepted"} if self.accepted_only else {"accepted", "open"}
        return arrow["grade"] not in self.hidden and arrow["verdict"] in kept

    def _standing(self, way: Sequence[str]) -> str:
        """On whose word a loop closes: the learner's, our inference, or neither."""
        arrows = [self.by_ends[pair] for pair in causal.pairs(way)]
        if any(map(_theirs, arrows)):
            return "yours"
        return "inferred" if any(a["grade"] == "inference" for a in arrows) else "given"

    # What is said.

    def title(self) -> str:
        """The finding."""
        standings = Counter(map(self._standing, self.found.ways))
        said = {**self.counts, **{name: standings[name] for name in ("yours", "inferred", "given")}}
        one = ".one" if len(self.found) == 1 else ""
        return self.say(f"title.{self._finding(standings)}{one}", **said)

    def _finding(self, standings: Mapping[str, int]) -> str:
        if not len(self.found):
            if self.accepted_only:
                return "accepted"
            return "hidden" if "inference" in self.hidden else "none"
        if self.counts["balancing"]:
            return "balancing"
        if standings["given"]:
            return "given"
        return "yours" if standings["yours"] else "inferred"

    def reading(self) -> str:
        """One sentence or two about this position."""
        by_grade = Counter(arrow["grade"] for arrow in self.counted)
        said = {grade: by_grade[grade] for grade in (*GRADES, "own")}
        first = self.say("reading.arrows", **said, **self.counts)
        boxes = [(n, box) for (box, effect), n in self.levers.items() if not effect]
        if not boxes:
            return f"{first} {self.say('reading.none')}"
        n, box = boxes[0]
        more = self.say("reading.lever", box=self.boxes[box], n=n, **self.counts)
        cut = [self.say("reading.truncated")] if self.found.truncated else []
        return " ".join([first, more, *cut])

    def alt(self) -> str:
        """The figure in words."""
        ways = "; ".join(self._written(way) for way in self.found.ways[:LOOPS_SHOWN])
        key = "alt" if ways else "alt.none"
        return self.say(key, boxes=len(self.boxes), ways=ways, **self.counts)

    def _written(self, way: Sequence[str]) -> str:
        return " → ".join(self.boxes[box] for box in (*way, way[0]))

    # What is drawn and listed.

    def row(self, arrow: Arrow) -> dict[str, Any]:
        """One arrow for the page: its state, its words, how many loops it holds up."""
        said = {
            "cause": self.boxes[arrow["from"]],
            "effect": self.boxes[arrow["to"]],
            "sign": self.say(f"sign.{arrow['sign']}"),
            "grade": self.say(f"grade.{arrow['grade']}"),
            "verdict": self.say(f"verdict.{arrow['verdict']}"),
        }
        return {
            **arrow,
            "mark": WRITTEN[arrow["sign"]],
            "shown": arrow["grade"] not in self.hidden,
            "counted": (arrow["from"], arrow["to"]) in self.by_ends,
            "loops": self._held(arrow),
            "grade_text": said["grade"],
            "verdict_text": said["verdict"],
            "state_text": ", ".join([said["verdict"], *self._changes(arrow)]) + ".",
            "title": f"{said['cause']} → {said['effect']}",
            "label": self.say("arrow.label", **said),
            "class": self.peers.said(arrow),
        }

    def _changes(self, arrow: Arrow) -> list[str]:
        return [self.say(f"changed.{part}") for part in ("turned", "flipped") if arrow[part]]

    def _held(self, arrow: Arrow) -> int:
        return self.levers.get((arrow["from"], arrow["to"]), 0) if self._counts(arrow) else 0

    def loop_rows(self) -> list[dict[str, Any]]:
        """The loops, short ones first: as words, as arrows, with sign and standing."""
        shown = zip(self.found.ways[:LOOPS_SHOWN], self.signs, strict=False)
        return [
            {
                "sign": ENDS[sign],
                "sign_text": self.say(f"loop.{ENDS[sign]}"),
                "text": self._written(way),
                "standing": self.say(f"loop.{self._standing(way)}"),
                "boxes": list(way),
                "arrows": [self.by_ends[pair]["id"] for pair in causal.pairs(way)],
            }
            for way, sign in shown
        ]

    def lever_rows(self) -> list[dict[str, Any]]:
        """What holds up most loops, boxes and arrows together."""
        ranked = sorted(self.levers.items(), key=lambda each: (-each[1], each[0][1] != ""))
        return [
            {
                "box": "" if effect else box,
                "arrow": self.by_ends[box, effect]["id"] if effect else "",
                "text": f"{self.boxes[box]} → {self.boxes[effect]}" if effect else self.boxes[box],
                "loops": n,
            }
            for (box, effect), n in ranked[:LEVERS_SHOWN]
        ]

    def tally_rows(self) -> list[dict[str, Any]]:
        """By grade, what the learner decided; own arrows last."""
        return [
            {
                "grade": self.say(f"grade.{grade}"),
                **{name: said[name] for name in ("accepted", "rejected", "open", "changed")},
                "all": said["accepted"] + said["rejected"] + said["open"],
            }
            for grade, said in mapwork.tally(self.arrows).items()
        ]

    def table(self) -> dict[str, list[str]]:
        """The arrows as a table, which is also the CSV."""
        rows = [self._table_row(arrow) for arrow in self.arrows]
        return {self.say(f"column.{name}"): [row[name] for row in rows] for name in rows[0]}

    def _table_row(self, arrow: Arrow) -> dict[str, str]:
        known = self.reasons.get(arrow["id"], {"where": "", "reason": arrow.get("why", "")})
        compared = {"class": self.peers.said(arrow)} if self.peers else {}
        return {
            "cause": self.boxes[arrow["from"]],
            "sign": WRITTEN[arrow["sign"]],
            "effect": self.boxes[arrow["to"]],
            "grade": self.say(f"grade.{arrow['grade']}"),
            "verdict": self.say(f"verdict.{arrow['verdict']}"),
            "changed": ", ".join(self._changes(arrow)),
            "loops": str(self._held(arrow)),
            **compared,
            "where": known["where"],
            "reason": known["reason"],
        }


def touched(arrow: Arrow) -> bool:
    """Whether the learner decided on an arrow, changed it, or drew it."""
    return arrow["verdict"] != "open" or _theirs(arrow)


def _theirs(arrow: Arrow) -> bool:
    return arrow["grade"] == "own" or arrow["turned"] or arrow["flipped"]
