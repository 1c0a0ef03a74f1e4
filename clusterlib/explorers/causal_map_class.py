"""The causal maps of a class beside one's own: what each decided, and which loops each closes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from clusterlib import causal, mapwork
from clusterlib.i18n import MINUS

WRITTEN = {"+": "+", "-": MINUS}
COUNTS = ("accepted", "rejected", "changed")

Arrow = dict[str, Any]
Row = dict[str, Any]


class Peers:
    """The maps of a class, each under the name of its file.

    What does not hang on the learner's own map is reckoned once, when the files are opened.

    Parameters
    ----------
    maps : mapping of str to sequence of arrows
        The maps, as `mapwork.Ground.arrows` gives them.
    boxes : mapping of str to str
        The names of the boxes.
    say : callable
        The words about the map in the reader's language.
    """

    def __init__(
        self,
        maps: Mapping[str, Sequence[Arrow]],
        boxes: Mapping[str, str],
        say: Callable[..., str],
    ) -> None:
        self.maps, self.boxes, self.say_so = maps, boxes, say
        self.counts = mapwork.agreement(maps.values())
        self.known = {name: _summed(arrows) for name, arrows in maps.items()}

    def __len__(self) -> int:
        return len(self.maps)

    def said(self, arrow: Arrow) -> str:
        """What the class did to an arrow, in words; nothing where no map was opened."""
        if not self.maps:
            return ""
        key = f"{arrow['id']} {arrow['sign']}" if arrow["grade"] == "own" else arrow["id"]
        said = self.counts.get(key, Counter())
        return self.say_so("class.said", **{name: said[name] for name in COUNTS})

    def side_by_side(self, mine: Sequence[Arrow]) -> list[Row]:
        """One row a map: what was decided, which loops close, how far it agrees with one's own."""
        if not self.maps:
            return []
        own = {"name": self.say_so("ui.class.mine"), "alike": "–", **_summed(mine)}
        rows = [
            {"name": name, "alike": "/".join(map(str, mapwork.alike(mine, arrows)))}
            for name, arrows in self.maps.items()
        ]
        return [own, *({**row, **self.known[row["name"]]} for row in rows)]

    def rows(self, mine: Sequence[Arrow]) -> list[Row]:
        """One row an arrow that somebody touched, the most divided first."""
        own = {arrow["id"]: arrow for arrow in mine}
        touched = (each for each in self.counts.items() if any(each[1][name] for name in COUNTS))
        rows = [self._row(key, said, own) for key, said in touched]
        return sorted(rows, key=lambda r: (abs(r["accepted"] - r["rejected"]), -r["accepted"]))

    def _row(self, key: str, said: Mapping[str, int], own: Mapping[str, Arrow]) -> Row:
        ends, _, sign = key.removeprefix("own:").partition(" ")
        text = " → ".join(self.boxes[end] for end in ends.split(">"))
        mine = own.get(key.partition(" ")[0])
        return {
            "text": f"{text} ({WRITTEN[sign]}, {self.say_so('grade.own')})" if sign else text,
            "arrow": mine["id"] if mine else "",
            **{name: said[name] for name in COUNTS},
            "mine": self.say_so(f"verdict.{mine['verdict']}") if mine else "–",
        }


def _summed(arrows: Iterable[Arrow]) -> dict[str, int]:
    arrows = list(arrows)
    kept = [arrow for arrow in arrows if arrow["verdict"] != "rejected"]
    frame = pd.DataFrame(kept, columns=["from", "to", "sign"])
    ways = causal.loops(frame).ways
    told = [said for grade, said in mapwork.tally(arrows).items() if grade != "own"]
    return {
        **{name: sum(said[name] for said in told) for name in COUNTS},
        "own": sum(arrow["grade"] == "own" for arrow in arrows),
        "loops": len(ways),
        "balancing": causal.loop_signs(frame, ways).count(-1),
    }
