"""The policy model against a plain Python loop in one run: `python tests/bench_policy.py`.

Not a test. Prints processor time: one world, ten thousand, and the band of 500 draws that a move
of a slider asks for. The loop is the same model, a world at a time, as a course would first write.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from clusterlib import datasets  # noqa: E402
from clusterlib.policy import decision, ensemble, parameters  # noqa: E402
from clusterlib.policy.model import history, simulate  # noqa: E402

RUNS = 15
MANY, BAND, LOOPED = 10_000, 500, 100
NAMES = ("workers", "hired", "moved", "link")
LIMITS = {"one": 1.0, "many": 500.0, "band": 15.0}  # milliseconds
clock = time.process_time


def least(work: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """Fastest and median time in milliseconds, after one run to warm up."""
    work()
    times = []
    for _ in range(runs):
        begun = clock()
        work()
        times.append(1000 * (clock() - begun))
    return min(times), statistics.median(times)


def alone(worlds: parameters.Worlds, place: int) -> parameters.Worlds:
    """One world of many, on floats."""
    numbers = {k: v if isinstance(v, float) else float(v[place]) for k, v in worlds.values.items()}
    return parameters.Worlds(worlds.regions, numbers, worlds.beliefs)


def say(key: str, what: str, times: tuple[float, float]) -> None:
    told = f"{what:<46}{times[0]:9.2f} ms  (median {times[1]:.2f})"
    print(f"{told}  limit {LIMITS[key]:g}" if key in LIMITS else told)


def main() -> None:
    table, kept = datasets.policy_parameters(), datasets.policy_ensemble()
    base = parameters.worlds(table)
    plan = decision.plans(datasets.policy_plans(), base.regions)["open"]
    begin = history(base).state
    say("one", "one world, 20 years", least(lambda: simulate(plan, base, state=begin), 100))
    band = parameters.worlds(table, kept.head(BAND))
    start = history(band).state

    def move() -> object:
        return simulate(plan, band, state=start, keep=NAMES).frame(NAMES)

    say("", f"{BAND} worlds", least(lambda: simulate(plan, band, state=start)))
    say("band", f"{BAND} worlds and the bands of four outcomes", least(move))
    many = parameters.worlds(table, ensemble.hypercube(table, MANY))
    first = history(many).state
    together = least(lambda: simulate(plan, many, state=first), 5)
    say("many", f"{MANY:,} worlds", together)
    ones = [alone(many, place) for place in range(LOOPED)]
    starts = [history(one).state for one in ones]

    def loop() -> None:
        for one, state in zip(ones, starts, strict=True):
            simulate(plan, one, state=state)

    looped = least(loop, 5)
    say("", f"a Python loop over {LOOPED} worlds", looped)
    ratio = looped[0] / LOOPED / (together[0] / MANY)
    print(f"a world in the loop costs {ratio:.0f} times a world side by side")
    apart = [
        simulate(plan, one, state=s).values["workers"] for one, s in zip(ones, starts, strict=True)
    ]
    same = simulate(plan, many, state=first).values["workers"][..., :LOOPED]
    print("same numbers:", np.allclose(np.concatenate(apart, axis=2), same))


if __name__ == "__main__":
    main()
