"""What a learner wrote for a plan, and whether the plan is still the one it was written for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

WRITTEN = "memo"  # of the common work: title, role and reasons as they were last written
BOUND = ("name", "why")  # the texts that speak of one plan; a role speaks of none
DOES = ("phases", "p")  # what a plan does; under another belief it is the same plan


def mark(plan: Mapping[str, Any], parts: tuple[str, ...] = DOES) -> str:
    """A short mark of what a plan does; its name and its reasons do not count.

    >>> mark({"phases": [{"from": 0}], "why": "so"}) == mark({"phases": [{"from": 0}]})
    True
    """
    done = {key: plan.get(key) for key in parts}
    return f"{zlib.crc32(json.dumps(done, sort_keys=True).encode()):08x}"


def written(work: Mapping[str, Any]) -> dict[str, Any]:
    """What was last written, {} for nothing that can be used."""
    held = work.get(WRITTEN)
    return dict(held) if isinstance(held, Mapping) else {}


def marks(work: Mapping[str, Any]) -> dict[str, str]:
    """By text the mark of the plan that it was written for."""
    held = written(work).get("of")
    return dict(held) if isinstance(held, Mapping) else {}


def of_another(work: Mapping[str, Any], plan: Mapping[str, Any], texts: Mapping[str, Any]) -> str:
    """Which texts were written for another plan: "", "name", "why" or "both".

    Parameters
    ----------
    work : mapping
        The common work.
    plan : mapping
        The plan of the moment.
    texts : mapping
        The texts that go out with it.
    """
    held, now, known = written(work), mark(plan), marks(work)
    found = [
        name
        for name in BOUND
        if texts.get(name) and texts[name] == held.get(name) and known.get(name, now) != now
    ]
    return "both" if len(found) == len(BOUND) else "".join(found)
