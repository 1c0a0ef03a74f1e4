"""Signed causal maps: which circle closes, what it does to a change, how far a push travels."""

from __future__ import annotations

from collections import deque

import pandas as pd

from clusterlib.errors import UnknownName

SIGNS = {"+": 1, "-": -1}


def _arrows(edges: pd.DataFrame) -> dict[str, dict[str, int]]:
    """What each box acts on, and with which sign; of two arrows between two boxes the first."""
    acts: dict[str, dict[str, int]] = {}
    for cause, effect, sign in zip(edges["from"], edges["to"], edges["sign"], strict=True):
        acts.setdefault(cause, {}).setdefault(effect, SIGNS[sign])
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
    boxes, acts = circle(edges), _arrows(edges)
    if not boxes:
        return 0
    sign = 1
    for cause, effect in zip(boxes, [*boxes[1:], boxes[0]], strict=True):
        sign *= acts[cause][effect]
    return sign


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
