"""What a memo says of a plan in numbers: against doing nothing, against its strongest rival."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from clusterlib.explorers.policy_room import BUDGET, Room
from clusterlib.policy import decision
from clusterlib.policy.arithmetic import ratio
from clusterlib.policy.model import CUTS, Run
from clusterlib.policy.scenario import THEORIES, Scenario

BELIEFS = THEORIES[1:]
Courses = dict[str, tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Rival:
    """The plan that is hardest to beat within the budget, and what decides between the two.

    name, ready : key of a ready-made plan, or the own name of a pinned one.
    plan : what it does.
    better : share of worlds in which the memo's plan is the better one.
    wins, loses : share of worlds in which it is strictly better, strictly worse.
    under : by belief, the share of worlds in which the memo's plan is the better one.
    turn : what turns the outcome (see `decision.rule`), None where no single number does beyond
        chance; for a plan that mostly loses it says what favours it.
    """

    name: str
    ready: bool
    plan: Scenario
    better: float
    wins: float
    loses: float
    under: Mapping[str, float]
    turn: Mapping[str, Any] | None


@dataclass(frozen=True)
class Worst:
    """The matched world in which the plan does worst against doing nothing.

    gap : of the summed values.
    plan, nothing : outcomes in that world.
    lost : the outcome whose value falls most, "" if none falls.
    """

    gap: float
    plan: Mapping[str, float]
    nothing: Mapping[str, float]
    lost: str


@dataclass(frozen=True)
class Found:
    """All that a memo says in numbers.

    outcomes : by outcome, one value a world with the plan and without.
    courses : by what is drawn, (3, years) without and with the plan.
    better : share of worlds in which the summed values are better than doing nothing.
    same : whether the plan changes nothing at all.
    """

    plan: Scenario
    years: tuple[int, ...]
    outcomes: Mapping[str, tuple[np.ndarray, np.ndarray]]
    courses: Courses
    better: float
    same: bool
    rival: Rival
    worst: Worst
    draws: int


def found(
    room: Room, plan: Scenario, weights: Mapping[str, float], pinned: Sequence[Scenario] = ()
) -> Found:
    """Run a plan, doing nothing and the rivals in the same worlds, and compare them.

    Parameters
    ----------
    room : Room
        Worlds and ready-made plans.
    plan : Scenario
        The memo's plan; its belief and its changed numbers hold for the others, too.
    weights : mapping
        Points by outcome; none for equal ones.
    pinned : sequence of Scenario
        Further rivals.
    """
    nothing = _like(Scenario(), plan)
    run, idle = room.run(plan), room.run(nothing)
    with_plan, without = room.outcomes(plan), room.outcomes(nothing)
    gap = _score(room, plan, weights) - _score(room, nothing, weights)
    return Found(
        plan=plan,
        years=run.years,
        outcomes={name: (with_plan[name], without[name]) for name in decision.OUTCOMES},
        courses={name: (_band(idle, name), _band(run, name)) for name in ("workers", "hired")},
        better=_share(gap),
        same=all(np.array_equal(with_plan[n], without[n]) for n in decision.OUTCOMES),
        rival=_rival(room, plan, weights, pinned),
        worst=_worst(room, gap, with_plan, without),
        draws=len(gap),
    )


def _like(other: Scenario, plan: Scenario, theory: str | None = None) -> Scenario:
    """Another plan in the worlds of this one."""
    return replace(other, theory=theory or plan.theory, changed=plan.changed)


def _score(room: Room, plan: Scenario, weights: Mapping[str, float]) -> np.ndarray:
    value = decision.values(room.outcomes(plan), room.anchors)
    return decision.scores(value, weights, list(room.anchors["outcome"]))


def _share(gap: np.ndarray) -> float:
    return decision.better(gap, np.zeros_like(gap))


def _band(run: Run, name: str) -> np.ndarray:
    values = run.values
    if name == "workers":
        course = values["workers"].sum(1)
    else:
        course = ratio(values["hired"].sum(1), values["graduates"].sum(1))
    return np.percentile(course, CUTS, axis=1)


def _worst(
    room: Room, gap: np.ndarray, with_plan: Mapping[str, np.ndarray],
    without: Mapping[str, np.ndarray],
) -> Worst:  # fmt: skip
    at = decision.worst_world(gap)
    lost = (decision.values(with_plan, room.anchors) - decision.values(without, room.anchors))[
        :, at
    ]
    most = int(np.argmin(lost))
    return Worst(
        float(gap[at]),
        {name: float(each[at]) for name, each in with_plan.items()},
        {name: float(each[at]) for name, each in without.items()},
        str(room.anchors["outcome"].iloc[most]) if lost[most] < 0 else "",
    )


def _rival(
    room: Room, plan: Scenario, weights: Mapping[str, float], pinned: Sequence[Scenario]
) -> Rival:
    """The best of the other plans within the budget: ready-made ones and the pinned."""
    ready = [(name, True, each) for name, each in room.ready.items() if name != "nothing"]
    own = [(each.name, False, each) for each in pinned]
    others = [
        (name, known, each)
        for name, known, each in (*own, *ready)
        if each.phases != plan.phases and each.points() <= BUDGET
    ]
    scored = [_score(room, _like(each, plan), weights) for _, _, each in others]
    best = int(np.argmax([score.mean() for score in scored]))
    name, known, other = others[best]
    gap = _score(room, plan, weights) - scored[best]
    under = {
        belief: _share(
            _score(room, _like(plan, plan, belief), weights)
            - _score(room, _like(other, plan, belief), weights)
        )
        for belief in BELIEFS
    }
    wins, loses = float((gap > 0).mean()), float((gap < 0).mean())
    turn = _turn(room, plan, gap < 0 if loses <= wins else gap > 0)
    return Rival(name, known, other, _share(gap), wins, loses, under, turn)


def _turn(room: Room, plan: Scenario, turned: np.ndarray) -> dict[str, Any] | None:
    """The bound on one number that lifts the share most, where that is beyond chance."""
    worlds = room.worlds.changed(dict(plan.changed)).under(plan.theory)
    said = decision.rule(turned, worlds, sure=decision.SURE)
    return None if said.empty else said.iloc[0].to_dict()
