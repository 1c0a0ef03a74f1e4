"""How long the explorers take to answer: `python tests/bench_explorers.py [lesson ...]`.

Runs the cells of the lessons' notebooks as a learner's kernel would, then moves the controls of
every figure, one at a time from wherever the last move left it, and prints the processor time
from a move to the message that is sent: finding, rows, table, key, as JSON. First moves, which
compute what later ones find kept, are among them. The browser's share is not (tests/bench.py).
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from clusterlib import live  # noqa: E402
from tests.lessons import LESSONS, cells, source, twin  # noqa: E402

MOVES = 60
BOUND = 50  # milliseconds; 150 for hot spots, which shuffle a map 999 times
# Seconds of this process: on a machine with other work the wall clock measures that work.
clock = time.process_time


def explorers(lesson: str, lang: str = "ko") -> list[live.Framed]:
    """Every figure of a lesson that has controls, in the order in which the lesson shows them."""
    shown, show = [], live.explorer

    def kept(*given: Any, **more: Any) -> live.Framed:
        shown.append(show(*given, **more))
        return shown[-1]

    live.explorer = kept
    try:
        names: dict[str, Any] = {}
        for cell in cells(twin(lesson, lang), "code"):
            exec(source(cell), names)  # noqa: S102 - the lessons of this very repository
    finally:
        live.explorer = show
    return [view for view in shown if view.controls]


def choices(view: live.Framed, control: dict[str, Any]) -> list[Any]:
    """What a control can be moved to from where the others stand."""
    if "options" not in control:
        steps = round((control["max"] - control["min"]) / control.get("step", 1))
        return [control["min"] + n * control.get("step", 1) for n in range(steps + 1)]
    only = control.get("only")
    options = (o for o in control["options"] if not only or o[2:] in ([], [view.values[only]]))
    return [option[0] for option in options]


def moves(view: live.Framed, count: int = MOVES) -> Iterator[tuple[float, int]]:
    """Seconds and bytes of some moves, the same ones on every run."""
    chance = random.Random(0)
    for _ in range(count):
        control = chance.choice(view.controls)
        known = [c for c in choices(view, control) if c != view.values[control["id"]]]
        if not known:
            continue
        move = {**view.values, control["id"]: chance.choice(known)}
        start = clock()
        view.values = move
        sent = len(json.dumps(view.content, ensure_ascii=False).encode())
        yield clock() - start, sent


def table(lessons: list[str]) -> None:
    """One line a figure: median, nine in ten, the slowest, and the size of a message."""
    print(f"{'milliseconds to answer':<32}{'median':>8}{'90 %':>8}{'most':>8}{'kB':>8}")
    for lesson in lessons:
        for view in explorers(lesson):
            seconds, sizes = zip(*moves(view), strict=True)
            spent = sorted(1000 * s for s in seconds)
            median = statistics.median(spent)
            high = spent[int(0.9 * len(spent))]
            late = " over" if median > BOUND else ""
            print(
                f"{view.frame['id']:<32}{median:>8.1f}{high:>8.1f}{spent[-1]:>8.1f}"
                f"{statistics.median(sizes) / 1000:>8.1f}{late}"
            )


if __name__ == "__main__":
    asked = sys.argv[1:] or ["2", "3", "4", "5"]
    table([lesson for lesson in LESSONS if lesson[0] in asked])
