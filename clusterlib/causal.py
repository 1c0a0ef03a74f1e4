"""Signed causal maps: which circle closes, what it does to a change, how far a push travels."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import prod

import pandas as pd

from clusterlib.errors import BadInput, UnknownName

SIGNS = {"+": 1, "-": -1}
LONGEST, MOST = 10, 5_000  # boxes a loop; loops


def _arrows(edges: pd.DataFrame) -> dict[str, dict[str, int]]:
    """What each box acts on, and with which sign; the same arrow drawn twice counts once."""
    acts: dict[str, dict[str, int]] = {}
    for cause, effect, sign in zip(edges["from"], edges["to"], edges["sign"], strict=True):
        if acts.setdefault(cause, {}).setdefault(effect, SIGNS[sign]) != SIGNS[sign]:
            raise BadInput("opposite_arrows", cause=cause, effect=effect)
        acts.setdefault(effect, {})
    return acts


def circle(edges: pd.DataFrame) -> list[str]:
    """The boxes of the circle that the arrows close, in their order; none if no circle closes.

    Where several close, the shortest one through the earliest box that lies on any.

    Parameters
    ----------
    edges : frame
        One arrow a row: from, to, sign ("+" or "-").

    >>> circle(pd.DataFrame({"from": ["a", "b", "c"], "to": ["b", "c", "b"], "sign": ["+"] * 3}))
    ['b', 'c']
    """
    acts = _arrows(edges)
    return next(filter(None, (_way_round(acts, start) for start in acts)), [])


def _way_round(acts: dict[str, dict[str, int]], start: str) -> list[str]:
    ways = deque([[start]])
    seen = set()
    while ways:
        way = ways.popleft()
        for effect in acts[way[-1]]:
            if effect == start:
                return way
            if effect not in seen:
                seen.add(effect)
                ways.append([*way, effect])
    return []


def circle_sign(edges: pd.DataFrame) -> int:
    """What the circle does to a change: 1 reinforces it, -1 balances it, 0 where none closes.

    The product of the signs of the circle's arrows (Sterman 2000, Business Dynamics, ch. 5).

    >>> circle_sign(pd.DataFrame({"from": ["a", "b"], "to": ["b", "a"], "sign": ["-", "-"]}))
    1
    """
    boxes = circle(edges)
    return loop_sign(edges, boxes) if boxes else 0


@dataclass(frozen=True)
class Loops:
    """The loops of a map.

    Parameters
    ----------
    ways : tuple of tuple of str
        The boxes of each loop in the order of its arrows, from the first box by name; short
        loops first.
    truncated : bool
        Whether loops may be missing here: there are more than were asked for, or a knot of arrows
        is large enough for longer ones.
    """

    ways: tuple[tuple[str, ...], ...]
    truncated: bool

    def __len__(self) -> int:
        return len(self.ways)


def loops(edges: pd.DataFrame, longest: int = LONGEST, most: int = MOST) -> Loops:
    """Every loop of a map that visits no box twice (Johnson 1975, as networkx finds them).

    Parameters
    ----------
    edges : frame
        One arrow a row: from, to, sign ("+" or "-").
    longest : int
        Boxes of the longest loop that is looked for.
    most : int
        Loops after which the search ends.

    Raises
    ------
    BadInput
        Where two arrows run the same way with opposite signs.

    >>> loops(pd.DataFrame({"from": ["b", "a"], "to": ["a", "b"], "sign": ["+", "-"]})).ways
    (('a', 'b'),)
    """
    import networkx

    drawn = networkx.DiGraph(_arrows(edges))
    found = [*islice(networkx.simple_cycles(drawn, longest), most + 1)]
    knots = networkx.strongly_connected_components(drawn)
    cut = len(found) > most or any(len(knot) > longest for knot in knots)
    ways = sorted((_from_first(way) for way in found[:most]), key=lambda way: (len(way), way))
    return Loops(tuple(ways), cut)


def _from_first(way: Sequence[str]) -> tuple[str, ...]:
    start = way.index(min(way))
    return (*way[start:], *way[:start])


def pairs(way: Sequence[str]) -> list[tuple[str, str]]:
    """The arrows of a loop, each as cause and effect.

    >>> pairs(["a", "b"])
    [('a', 'b'), ('b', 'a')]
    """
    return [*zip(way, [*way[1:], way[0]], strict=True)]


def loop_sign(edges: pd.DataFrame, way: Sequence[str]) -> int:
    """The product of the signs of a loop's arrows: 1 reinforces a change, -1 balances it.

    Raises UnknownName where an arrow of the loop is not on the map.
    """
    return loop_signs(edges, [way])[0]


def loop_signs(edges: pd.DataFrame, ways: Iterable[Sequence[str]]) -> list[int]:
    """The signs of several loops of one map, as `loop_sign` gives each."""
    acts = _arrows(edges)
    return [prod(_acting(acts, *pair) for pair in pairs(way)) for way in ways]


def _acting(acts: dict[str, dict[str, int]], cause: str, effect: str) -> int:
    if effect not in acts.get(cause, {}):
        raise UnknownName("unknown_row", f"{cause} > {effect}", acts)
    return acts[cause][effect]


def leverage(found: Loops) -> pd.DataFrame:
    """How many of the loops vanish when one box or one arrow is taken away.

    Returns
    -------
    frame
        from, to, loops; for a box `to` is blank. The most first, equal ones by name.

    >>> leverage(Loops((("a", "b"), ("b", "c")), False)).iloc[0].to_dict()
    {'from': 'b', 'to': '', 'loops': 2}
    """
    counted = Counter(
        part for way in found.ways for part in [*pairs(way), *((box, "") for box in way)]
    )
    rows = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return pd.DataFrame([(*part, n) for part, n in rows], columns=["from", "to", "loops"])


def propagate(edges: pd.DataFrame, start: str, sign: int) -> pd.DataFrame:
    """How a push at one box travels, one arrow a row, each box passing it on once.

    Parameters
    ----------
    edges : frame
        One arrow a row: from, to, sign ("+" or "-").
    start : str
        The box that is pushed.
    sign : int
        1 for more, -1 for less; it has no size.

    Returns
    -------
    frame
        from, to, change (1 or -1, what reaches the box), returns (whether the push has come
        back to a box that it had passed on its way).

    Raises
    ------
    UnknownName
        When no arrow touches the box.
    """
    acts = _arrows(edges)
    if start not in acts:
        raise UnknownName("unknown_row", start, acts)
    changes, behind = {start: sign}, {start: {start}}
    rows, waiting = [], deque([start])
    while waiting:
        cause = waiting.popleft()
        for effect, acting in acts[cause].items():
            change = changes[cause] * acting
            rows.append((cause, effect, change, effect in behind[cause]))
            if effect not in changes:
                changes[effect], behind[effect] = change, behind[cause] | {effect}
                waiting.append(effect)
    return pd.DataFrame(rows, columns=["from", "to", "change", "returns"])
