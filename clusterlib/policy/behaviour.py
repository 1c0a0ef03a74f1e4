"""What the model does, statement by statement, over all matched worlds: reported as found.

Statements gather around five theses of the brief. Some the brief says, one it denies, and others
carry a condition, a bound or a reading that is ours: each row says which. None is tuned: a row
says in how many worlds the statement held, and by which equations it is built in, if it is: these
alone push the model that way. Statements of bookkeeping (6) live in the tests.
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
# What the brief has to do with a statement: it says so, it says the contrary, or we put it so.
SAYS, DENIES, OURS = "says", "denies", "ours"


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


# key of the words, thesis that it belongs to, what the brief has to do with it, the claim, the
# equations that build it in ("" = emerges). What the brief says on facilities is table 2, row 3;
# of settlement first it gives the ground itself, that people look for a place to live.
CLAIMS: tuple[tuple[str, int, str, Claim, str], ...] = (
    ("nothing_slows", 1, SAYS, _slows, ""),
    ("nothing_turns", 1, OURS, _turns, ""),
    ("nothing_hired_falls", 1, SAYS, _hired_drifts_down, ""),
    ("nothing_more_leave", 1, SAYS, _more_leave, ""),
    ("nothing_leaving_rate_rises", 1, OURS, _rate_of_leaving_rises, ""),
    ("infra_support", 2, OURS, _more("infra", "nothing", "Q"), "2 3 4 26"),
    ("infra_hired_hardly", 2, OURS, _hired_hardly_moves, ""),
    ("infra_workers", 2, DENIES, _more("infra", "nothing", "workers"), "4 6 22"),
    ("infra_unfilled", 2, OURS, _unfilled, "4 6 22"),
    ("infra_more_leave", 2, OURS, _flow("moved", "infra", "nothing"), "4 6 18 22"),
    ("closed_worse", 3, OURS, _more("complete", "special_closed", "Q"), ""),
    ("open_beats_complete", 3, SAYS, _open_beats_complete(1), ""),
    ("open_beats_complete_large", 3, OURS, _open_beats_complete(LARGE), ""),
    ("one_end_nothing", 3, SAYS, _one_end, "29"),
    ("both_ends_link", 3, SAYS, _more("transit_both", "transit_one", "link"), "29"),
    ("concentrate_gains", 4, SAYS, _more("concentrate", "nothing", "Q"), "26 27"),
    ("concentrate_others_lose", 4, OURS, _others_lose, "28"),
    ("settle_hired_people", 5, SAYS, _settle_first("people"), ""),
    ("settle_hired_jobs", 5, OURS, _settle_first("jobs"), ""),
    ("settle_workers_people", 5, SAYS, _settle_workers("people"), ""),
    ("settle_workers_jobs", 5, OURS, _settle_workers("jobs"), ""),
)


def report(plans: Plans, worlds: Worlds) -> pd.DataFrame:
    """Each statement with the worlds in which it held.

    Returns
    -------
    frame
        key (of the words in data/words/policy.json, behind "claim_"), thesis, stance ("says",
        "denies" or "ours"), held and worlds (counts), of_100, built_in (equation numbers, blank
        where the statement emerges).
    """
    tried = Tried(plans, worlds)
    rows = []
    for key, thesis, stance, claim, built_in in CLAIMS:
        held = np.broadcast_to(claim(tried), (worlds.draws,))
        rows.append((key, thesis, stance, int(held.sum()), len(held), 100 * held.mean(), built_in))
    columns = ["key", "thesis", "stance", "held", "worlds", "of_100", "built_in"]
    return pd.DataFrame(rows, columns=columns)


def agreed(statements: pd.DataFrame) -> pd.Series:
    """Worlds of 100 in which the model agrees with the brief; blank where the brief is silent."""
    held, stance = statements["of_100"].astype(float), statements["stance"]
    return held.where(stance == SAYS, (100.0 - held).where(stance == DENIES))


def moved_away(plans: Plans, worlds: Worlds) -> pd.DataFrame:
    """What concentration takes from the other regions, in points of their capability (start = 1).

    Returns p10, p50, p90 of the absolute loss, and of the gain in capability here.
    """
    tried = Tried(plans, worlds)
    lost = tried.end("nothing", "QO") - tried.end("concentrate", "QO")
    gained = tried.end("concentrate", "Q") - tried.end("nothing", "Q")
    cut = [np.percentile(each, CUTS) for each in (lost, gained)]
    return pd.DataFrame(cut, columns=["p10", "p50", "p90"], index=["lost", "gained"])
