"""A learner's causal map: what was done to the candidate arrows, proved whole, written and read.

A map is plain: {"candidates": {"cause>effect": mark}, "own": [arrow]}. A mark holds what differs
from the candidate as it is offered: `verdict` ("accepted" or "rejected"), `turned` (its ends
changed places), `flipped` (its sign changed). An own arrow holds from, to, sign and why.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

import pandas as pd

from clusterlib.errors import BadInput
from clusterlib.progress import LIMIT

FORMAT = "clusterlib-map-1"
GRADES = ("text", "adjacent", "inference")
VERDICTS = ("accepted", "rejected")
MOST_OWN, LONGEST_WHY = 60, 300
OPPOSITE = {"+": "-", "-": "+"}

State = dict[str, Any]


def fresh() -> State:
    """The map before anything was done to it."""
    return {"candidates": {}, "own": []}


def name(cause: str, effect: str) -> str:
    """The name of an arrow: its ends.

    >>> name("a", "b")
    'a>b'
    """
    return f"{cause}>{effect}"


@dataclass(frozen=True)
class Ground:
    """What a map is drawn on.

    Parameters
    ----------
    figure : str
        Which figure's map this is; files of another one are refused.
    boxes : mapping of str to str
        Where arrows may begin and end: the name of each box by its key.
    edges : frame
        The candidates, one a row: from, to, sign, grade.
    """

    figure: str
    boxes: Mapping[str, str]
    edges: pd.DataFrame

    @cached_property
    def candidates(self) -> dict[str, dict[str, Any]]:
        """The candidate arrows by name."""
        rows = self.edges.to_dict("records")
        return {name(row["from"], row["to"]): row for row in rows}

    def arrows(self, state: State) -> list[dict[str, Any]]:
        """Every arrow as the learner has it: the candidates in their order, then the own ones."""
        marks = state["candidates"]
        drawn = [_marked(key, row, marks.get(key, {})) for key, row in self.candidates.items()]
        return drawn + [_own(arrow) for arrow in state["own"]]

    def prove(self, state: Any) -> State:
        """The same map if every entry of it makes sense; raises BadInput that names the entry."""
        if not isinstance(state, dict) or set(state) != {"candidates", "own"}:
            raise BadInput("map_bad_file")
        if not isinstance(state["candidates"], dict) or not isinstance(state["own"], list):
            raise BadInput("map_bad_file")
        known = self.candidates
        for key, mark in state["candidates"].items():
            if key not in known:
                raise BadInput("map_unknown_arrow", entry=short(key), nearest=_near(key, known))
            _prove_mark(key, mark)
        if len(state["own"]) > MOST_OWN:
            raise BadInput("map_too_many", n=len(state["own"]), limit=MOST_OWN)
        for n, arrow in enumerate(state["own"], 1):
            self._prove_own(f"own {n}", arrow)
        self._prove_pairs(state)
        return state

    def _prove_own(self, entry: str, arrow: Any) -> None:
        texts = isinstance(arrow, dict) and set(arrow) == {"from", "to", "sign", "why"}
        if not texts or not all(isinstance(value, str) for value in arrow.values()):
            raise BadInput("map_bad_entry", entry=entry)
        for end in (arrow["from"], arrow["to"]):
            if end not in self.boxes:
                near = _near(end, self.boxes)
                raise BadInput("map_unknown_label", entry=entry, asked=short(end), nearest=near)
        sound = arrow["sign"] in OPPOSITE and _readable(arrow["why"])
        if not sound or len(arrow["why"]) > LONGEST_WHY:
            raise BadInput("map_bad_entry", entry=entry)
        if arrow["from"] == arrow["to"]:
            raise BadInput("map_to_itself", entry=entry, box=self.boxes[arrow["from"]])

    def _prove_pairs(self, state: State) -> None:
        seen: dict[tuple[str, str], dict[str, Any]] = {}
        for arrow in self.arrows(state):
            other = seen.setdefault((arrow["from"], arrow["to"]), arrow)
            if other is not arrow:
                kind = "map_twice" if other["sign"] == arrow["sign"] else "map_opposite"
                cause, effect = self.boxes[arrow["from"]], self.boxes[arrow["to"]]
                raise BadInput(kind, entry=arrow["id"], cause=cause, effect=effect)

    def edit(self, state: State, change: Mapping[str, Any]) -> State:
        """The map after one change.

        Parameters
        ----------
        state : mapping
            The map before; it is not touched.
        change : mapping
            `do` and what it needs: accept, reject, open, turn, flip and an `arrow` by name; add
            and from, to, sign, why; remove and the name of an own arrow; clear.

        Raises
        ------
        BadInput
            Where the change makes no sense, or the map would contradict itself.
        """
        do, arrow = change.get("do"), str(change.get("arrow"))
        own = {_own(each)["id"]: each for each in state["own"]}
        if do == "clear":
            return fresh()
        if do == "add":
            added = {part: change.get(part) for part in ("from", "to", "sign", "why")}
            return self.prove({**state, "own": [*state["own"], added]})
        if arrow in own:
            return self.prove({**state, "own": _changed_own(state["own"], own[arrow], do)})
        mark = _changed_mark(state["candidates"].get(arrow, {}), do)
        rest = {key: value for key, value in state["candidates"].items() if key != arrow}
        return self.prove({**state, "candidates": {**rest, **({arrow: mark} if mark else {})}})

    def write(self, state: State) -> str:
        """The map as a file."""
        package = {"format": FORMAT, "figure": self.figure, **state}
        return json.dumps(package, ensure_ascii=False, indent=1)

    def read(self, text: str) -> State:
        """A map from a file, proved whole.

        Raises
        ------
        BadInput
            For a file that is too large, is no map, or holds an entry that cannot be used.
        """
        if (size := len(text.encode(errors="replace"))) > LIMIT:
            raise BadInput("map_too_large", size=size // 1024, limit=LIMIT // 1024)
        try:
            package = json.loads(text)
        except (ValueError, RecursionError):
            raise BadInput("map_bad_file") from None
        if not isinstance(package, dict) or package.pop("format", None) != FORMAT:
            raise BadInput("map_bad_file")
        if (figure := package.pop("figure", None)) != self.figure:
            raise BadInput("map_other_figure", asked=short(figure), figure=self.figure)
        return self.prove(package)


def _marked(key: str, row: Mapping[str, Any], mark: Mapping[str, Any]) -> dict[str, Any]:
    ends = (row["to"], row["from"]) if mark.get("turned") else (row["from"], row["to"])
    return {
        "id": key,
        "from": ends[0],
        "to": ends[1],
        "sign": OPPOSITE[row["sign"]] if mark.get("flipped") else row["sign"],
        "grade": row["grade"],
        "verdict": mark.get("verdict", "open"),
        "turned": bool(mark.get("turned")),
        "flipped": bool(mark.get("flipped")),
    }


def _own(arrow: Mapping[str, str]) -> dict[str, Any]:
    key = f"own:{name(arrow['from'], arrow['to'])}"
    still = {"verdict": "accepted", "turned": False, "flipped": False}
    return {"id": key, **{part: arrow[part] for part in arrow}, "grade": "own", **still}


def _prove_mark(key: str, mark: Any) -> None:
    known = {"verdict": set(VERDICTS), "turned": {True}, "flipped": {True}}
    sound = isinstance(mark, dict) and mark and set(mark) <= set(known)
    if not sound or any(_plain(mark[part]) not in known[part] for part in mark):
        raise BadInput("map_bad_entry", entry=key)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | bool) else None


def _changed_mark(mark: Mapping[str, Any], do: Any) -> State:
    part = {"turn": "turned", "flip": "flipped"}.get(do)
    if part:
        rest = {key: value for key, value in mark.items() if key != part}
        return rest if mark.get(part) else {**rest, part: True}
    rest = {key: value for key, value in mark.items() if key != "verdict"}
    verdicts = {"accept": "accepted", "reject": "rejected", "open": ""}
    if do not in verdicts:
        raise BadInput("map_bad_entry", entry=short(do))
    return {**rest, "verdict": verdicts[do]} if verdicts[do] else rest


def _changed_own(own: list[State], arrow: State, do: Any) -> list[State]:
    changes = {
        "remove": [],
        "turn": [{**arrow, "from": arrow["to"], "to": arrow["from"]}],
        "flip": [{**arrow, "sign": OPPOSITE[arrow["sign"]]}],
    }
    if do not in changes:
        raise BadInput("map_bad_entry", entry=short(do))
    place = own.index(arrow)
    return [*own[:place], *changes[do], *own[place + 1 :]]


def _readable(text: str) -> bool:
    """Whether a text can be kept: half a character, as JSON may hold one, cannot."""
    return text == text.encode(errors="replace").decode()


def short(value: Any, most: int = 60) -> str:
    """The first characters of a value; half a character, which cannot be kept, becomes "?".

    >>> short("a name that is long", 6)
    'a name'
    """
    return str(value)[:most].encode(errors="replace").decode()


def _near(asked: Any, known: Iterable[str]) -> str:
    return "".join(get_close_matches(short(asked), list(known), n=1, cutoff=0.0))


def tally(arrows: Iterable[Mapping[str, Any]]) -> dict[str, Counter[str]]:
    """By grade, how many arrows were accepted, rejected, left open, and how many were changed."""
    counts: dict[str, Counter[str]] = {grade: Counter() for grade in (*GRADES, "own")}
    for arrow in arrows:
        counts[arrow["grade"]][arrow["verdict"]] += 1
        counts[arrow["grade"]]["changed"] += arrow["turned"] or arrow["flipped"]
    return counts


def agreement(maps: Iterable[Iterable[Mapping[str, Any]]]) -> dict[str, Counter[str]]:
    """By arrow, in how many of several maps it was accepted, rejected, left open, or changed.

    An own arrow counts as the same where its ends and its sign are the same.
    """
    counts: dict[str, Counter[str]] = {}
    for arrows in maps:
        for arrow in arrows:
            own = arrow["grade"] == "own"
            key = f"{arrow['id']} {arrow['sign']}" if own else arrow["id"]
            said = counts.setdefault(key, Counter())
            said[arrow["verdict"]] += 1
            said["changed"] += arrow["turned"] or arrow["flipped"]
    return counts


def alike(mine: Iterable[Mapping[str, Any]], theirs: Iterable[Mapping[str, Any]]) -> list[int]:
    """On how many candidates two maps judge alike, and on how many both judge at all."""
    said = {arrow["id"]: arrow["verdict"] for arrow in mine if arrow["grade"] != "own"}
    both = [
        said[arrow["id"]] == arrow["verdict"]
        for arrow in theirs
        if arrow["verdict"] in VERDICTS and said.get(arrow["id"]) in VERDICTS
    ]
    return [sum(both), len(both)]
