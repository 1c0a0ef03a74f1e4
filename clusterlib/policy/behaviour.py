"""What the model does, statement by statement, over all matched worlds: reported as found.

Statements 1 to 5 are theses of the brief. None is tuned: each row says in how many worlds it held,
and by which equations it is built in, if it is. Statements of bookkeeping (6) live in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from clusterlib.policy.decision import outcomes
from clusterlib.policy.model import CUTS, Run, State, history, simulate
from clusterlib.policy.parameters import Worlds
from clusterlib.policy.scenario import Phase, Scenario

Plans = Mapping[str, Scenario]
Claim = Callable[["Tried"], np.ndarray]
BUDGET, LARGE = 100.0, 10  # points a year, and how many times it a very large budget is
# What the claims read of a run: a thousand worlds of every series would be 11 MB a plan.
READ = ("workers", "posts", "firms", "graduates", "hired", "moved", "access", "capability",
        "others", "link")  # fmt: skip
REMEMBERED = 4
NEAR = 0.02  # "hardly moves": two points of a hundred


class Tried:
    """Runs of plans over the same worlds; the last few, and what claims read, are remembered."""

    def __init__(self, plans: Plans, worlds: Worlds) -> None:
        self.plans, self.worlds = plans, worlds
        self.begin: State = history(worlds).state
        self._runs: dict[Scenario, Run] = {}

    def run(self, plan: str | Scenario, theory: str = "both") -> Run:
        """The run of a plan, by name or as it is, under a theory."""
        wanted = self.plans[plan] if isinstance(plan, str) else plan
        asked = Scenario(wanted.phases, theory=theory)
        run = self._runs.pop(asked, None)
        if run is None:
            run = simulate(asked, self.worlds, state=self.begin, keep=READ)
        self._runs[asked] = run  # the latest stands last
        if len(self._runs) > REMEMBERED:
            del self._runs[next(iter(self._runs))]
        return run

    def end(self, plan: str | Scenario, name: str, theory: str = "both") -> np.ndarray:
        """An outcome at the end of a plan, one value a draw."""
        return outcomes(self.run(plan, theory))[name]

    def total(self, plan: str, name: str, year: int = -1) -> np.ndarray:
        """A stock or flow of one year over all regions."""
        return self.run(plan).values[name][year].sum(axis=0)


def larger(plan: Scenario, times: float) -> Scenario:
    """The same plan with its points multiplied."""
    grown = [
        Phase(p.begin, tuple(tuple(x * times for x in spent) for spent in p.spend),
              p.special, p.openness, p.focus)
        for p in plan.phases
    ]  # fmt: skip
    return Scenario(tuple(grown), theory=plan.theory)


def spread(plan: Scenario, lever: int, points: float) -> Scenario:
    """A plan's targets with points for one lever, evenly over the regions of its first phase."""
    first = plan.phases[0]
    each = points / len(first.spend)
    row = tuple(each if place == lever else 0.0 for place in range(len(first.spend[0])))
    spend = tuple(row for _ in first.spend)
    return Scenario((Phase(0, spend, first.special, first.openness, first.focus),))


def _turns(tried: Tried) -> np.ndarray:
    workers = tried.run("nothing").values["workers"].sum(axis=1)
    return workers.argmax(axis=0) < len(workers) - 1


def _slows(tried: Tried) -> np.ndarray:
    grown = np.diff(np.log(tried.run("nothing").values["workers"].sum(axis=1)), axis=0)
    return grown[-5:].mean(axis=0) < grown[:5].mean(axis=0)


def _hired_drifts_down(tried: Tried) -> np.ndarray:
    v = tried.run("nothing").values
    share = v["hired"].sum(axis=1) / v["graduates"].sum(axis=1)
    return share[-5:].mean(axis=0) < share[:5].mean(axis=0)


def _more_leave(tried: Tried) -> np.ndarray:
    return tried.total("nothing", "moved") > tried.total("nothing", "moved", 0)


def _rate_of_leaving_rises(tried: Tried) -> np.ndarray:
    last = tried.total("nothing", "moved") / tried.total("nothing", "firms")
    return last > tried.total("nothing", "moved", 0) / tried.total("nothing", "firms", 0)


def _more(plan: str, than: str, name: str) -> Claim:
    return lambda tried: tried.end(plan, name) > tried.end(than, name)


def _hired_hardly_moves(tried: Tried) -> np.ndarray:
    name = "grads_hired_share"
    return abs(tried.end("infra", name) - tried.end("nothing", name)) < NEAR


def _flow(name: str, plan: str, than: str) -> Claim:
    return lambda tried: tried.total(plan, name) > tried.total(than, name)


def _unfilled(tried: Tried) -> np.ndarray:
    return tried.total("infra", "posts") - tried.total("infra", "workers") > tried.total(
        "nothing", "posts"
    ) - tried.total("nothing", "workers")


def _open_beats_complete(times: float) -> Claim:
    """Specialised, open and linked, against complete with the same points for facilities."""

    def holds(tried: Tried) -> np.ndarray:
        plan = larger(tried.plans["open"], times)
        same = spread(tried.plans["complete"], lever=6, points=plan.points())
        return tried.end(plan, "Q") > tried.end(same, "Q")

    return holds


def _one_end(tried: Tried) -> np.ndarray:
    return np.isclose(tried.end("transit_one", "link"), tried.end("nothing", "link"))


def _others_lose(tried: Tried) -> np.ndarray:
    return tried.end("concentrate", "QO") < tried.end("nothing", "QO")


def _settle_first(theory: str) -> Claim:
    name = "grads_hired_share"
    return lambda tried: tried.end("settle", name, theory) > tried.end("infra", name, theory)


def _settle_workers(theory: str) -> Claim:
    name = "workers"
    return lambda tried: tried.end("settle", name, theory) > tried.end("infra", name, theory)


# key of the words, thesis of the brief, the claim, the equations that build it in ("" = emerges)
CLAIMS: tuple[tuple[str, int, Claim, str], ...] = (
    ("nothing_slows", 1, _slows, ""),
    ("nothing_turns", 1, _turns, ""),
    ("nothing_hired_falls", 1, _hired_drifts_down, ""),
    ("nothing_more_leave", 1, _more_leave, ""),
    ("nothing_leaving_rate_rises", 1, _rate_of_leaving_rises, ""),
    ("infra_support", 2, _more("infra", "nothing", "Q"), "2 3 4 26"),
    ("infra_hired_hardly", 2, _hired_hardly_moves, ""),
    ("infra_workers", 2, _more("infra", "nothing", "workers"), ""),
    ("infra_unfilled", 2, _unfilled, ""),
    ("infra_more_leave", 2, _flow("moved", "infra", "nothing"), ""),
    ("closed_worse", 3, _more("complete", "special_closed", "Q"), ""),
    ("open_beats_complete", 3, _open_beats_complete(1), ""),
    ("open_beats_complete_large", 3, _open_beats_complete(LARGE), ""),
    ("one_end_nothing", 3, _one_end, "29"),
    ("both_ends_link", 3, _more("transit_both", "transit_one", "link"), "29"),
    ("concentrate_gains", 4, _more("concentrate", "nothing", "Q"), "26 27"),
    ("concentrate_others_lose", 4, _others_lose, "28"),
    ("settle_hired_people", 5, _settle_first("people"), ""),
    ("settle_hired_jobs", 5, _settle_first("jobs"), ""),
    ("settle_workers_people", 5, _settle_workers("people"), ""),
    ("settle_workers_jobs", 5, _settle_workers("jobs"), ""),
)


def report(plans: Plans, worlds: Worlds) -> pd.DataFrame:
    """Each statement with the worlds in which it held.

    Returns
    -------
    frame
        key (of the words in data/words/policy.json, behind "claim_"), thesis, held and worlds
        (counts), of_100, built_in (equation numbers, blank where the statement emerges).
    """
    tried = Tried(plans, worlds)
    rows = []
    for key, thesis, claim, built_in in CLAIMS:
        held = np.broadcast_to(claim(tried), (worlds.draws,))
        rows.append((key, thesis, int(held.sum()), len(held), 100 * held.mean(), built_in))
    return pd.DataFrame(rows, columns=["key", "thesis", "held", "worlds", "of_100", "built_in"])


def moved_away(plans: Plans, worlds: Worlds) -> pd.DataFrame:
    """What concentration takes from the other regions, in points of their capability (start = 1).

    Returns p10, p50, p90 of the absolute loss, and of the gain in capability here.
    """
    tried = Tried(plans, worlds)
    lost = tried.end("nothing", "QO") - tried.end("concentrate", "QO")
    gained = tried.end("concentrate", "Q") - tried.end("nothing", "Q")
    cut = [np.percentile(each, CUTS) for each in (lost, gained)]
    return pd.DataFrame(cut, columns=["p10", "p50", "p90"], index=["lost", "gained"])
