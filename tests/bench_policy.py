"""The policy model against a plain Python loop in one run: `python tests/bench_policy.py`.

Not a test. Prints processor time: one world, ten thousand, and the band of 500 draws that a move
of a slider asks for. The loop is the same model, a world at a time, as a course would first write.
The comparison with PySD needs pysd, which nothing else of the kit does; without it those rows are
left out. PySD gets less to do than the kit: two stocks of one region and the seven equations that
move them (`PEER`), against the whole model of two regions with twenty stocks and 31 equations.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from math import exp, sqrt
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


PEER = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>kit</vendor><product version="1.0">kit</product><name>people</name></header>
<sim_specs method="Euler" time_units="year"><start>0</start><stop>20</stop><dt>1</dt></sim_specs>
<model><variables>{stocks}{rest}</variables></model></xmile>"""
STOCKS = {"workers": ("W0", "hires", "gone"), "posts": ("J0", "grown", None)}
RULES = {
    "gone": "workers*(1-exp(-kap)) + workers*exp(-kap)*(1-exp(-retire))",
    "graduates": "G*exp(g_G*time)",
    "supply": "graduates*ret + iota*workers",
    "openings": "max(posts-workers+gone,0)",
    "hires": "openings*supply/sqrt(openings*openings+supply*supply)",
    "vacancy": "max(posts-workers,0)/posts",
    "grown": "g_J*posts*max(1-vacancy/v_stop,0)",
}


def subset(world: parameters.Worlds) -> dict[str, float]:
    """The numbers of the first region that the subset needs, beginning where the policy does."""
    p, here = world.numbers[0], history(world).state.here[0]
    names = ("kap", "retire", "G", "g_G", "ret", "iota", "g_J", "v_stop")
    return {"W0": here.workers, "J0": here.posts, **{name: getattr(p, name) for name in names}}


def xmile(numbers: dict[str, float]) -> str:
    """The subset as XMILE, the exchange format of system dynamics."""
    flows = {flow for _, *both in STOCKS.values() for flow in both if flow}
    stocks = [
        f'<stock name="{name}"><eqn>{numbers[start]!r}</eqn><inflow>{into}</inflow>'
        + (f"<outflow>{out}</outflow></stock>" if out else "</stock>")
        for name, (start, into, out) in STOCKS.items()
    ]
    kind = {name: "flow" if name in flows else "aux" for name in RULES}
    rest = [f'<{kind[n]} name="{n}"><eqn>{rule}</eqn></{kind[n]}>' for n, rule in RULES.items()]
    rest += [f'<aux name="{n}"><eqn>{v!r}</eqn></aux>' for n, v in numbers.items()]
    return PEER.format(stocks="".join(stocks), rest="".join(rest))


def by_hand(n: dict[str, float]) -> list[float]:
    """The same subset as a plain loop: workers year by year."""
    workers, posts, told = n["W0"], n["J0"], []
    for year in range(20):
        left = workers * (1 - exp(-n["kap"]))
        gone = left + (workers - left) * (1 - exp(-n["retire"]))
        supply = n["G"] * exp(n["g_G"] * year) * n["ret"] + n["iota"] * workers
        openings = max(posts - workers + gone, 0)
        hires = openings * supply / sqrt(openings * openings + supply * supply)
        room = max(1 - max(posts - workers, 0) / posts / n["v_stop"], 0)
        workers, posts = workers + hires - gone, posts + n["g_J"] * posts * room
        told.append(workers)
    return told


def peer(world: parameters.Worlds, whole: float) -> None:
    """PySD and a plain loop over the same subset, beside a run of the whole model."""
    if not importlib.util.find_spec("pysd"):
        print("PySD: left out, pysd is not installed")
        return
    import pysd

    numbers = subset(world)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = Path(folder) / "people.xmile"
        file.write_text(xmile(numbers), "utf-8")
        with contextlib.redirect_stdout(io.StringIO()):
            made = pysd.read_xmile(str(file))
        theirs = least(lambda: made.run(return_columns=["workers"]))
        end = made.run(return_columns=["workers"])["workers"].to_numpy()[1:]
    ours = least(lambda: by_hand(numbers), 100)
    say("", f"PySD {pysd.__version__}: two stocks, 20 years", theirs)
    say("", "a plain loop over the same two stocks", ours)
    print(f"PySD takes {theirs[0] / ours[0]:.0f} times the plain loop over the same subset, "
          f"and {theirs[0] / whole:.0f} times one run of the kit's whole model")  # fmt: skip
    print("same numbers:", np.allclose(end, by_hand(numbers), rtol=1e-9))


def say(key: str, what: str, times: tuple[float, float]) -> None:
    told = f"{what:<46}{times[0]:9.2f} ms  (median {times[1]:.2f})"
    print(f"{told}  limit {LIMITS[key]:g}" if key in LIMITS else told)


def main() -> None:
    table, kept = datasets.policy_parameters(), datasets.policy_ensemble()
    base = parameters.worlds(table)
    plan = decision.plans(datasets.policy_plans(), base.regions)["open"]
    begin = history(base).state
    one_run = least(lambda: simulate(plan, base, state=begin), 300)
    say("one", "one world, 20 years", one_run)
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
    peer(base, one_run[0])


if __name__ == "__main__":
    main()
