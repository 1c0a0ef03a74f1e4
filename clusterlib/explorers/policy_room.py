"""What the explorers of lesson 6 share: worlds, ready-made plans, and runs that are made once.

Their common work is the piece `WORK` of the learner's own: {"plan": the plan of the moment as
docs/plan.schema.json has it, "pinned": up to three such plans, "weights": points by outcome,
"sketch": the curve drawn beforehand, "opened": whether the theory switch is open, "memo": title,
role and reasons as they were last written, and for which plans}. Each widget keeps the keys that
are not its own business as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from clusterlib import datasets
from clusterlib.policy import decision, model, parameters, scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    import pandas as pd

WORK = "plans"
BAND = 500  # worlds a move is shown in; enough for two digits, few enough for an instant answer
BUDGET = scenario.MOST_POINTS
MOST_PINNED = 3
# What charts and decisions read of a run; all 28 series of 500 worlds would be 4 MB a plan.
SEEN = ("workers", "posts", "firms", "graduates", "hired", "moved", "access", "capability",
        "others", "link", "taken")  # fmt: skip
KEPT_RUNS, KEPT_OUTCOMES = 8, 200


@dataclass
class Room:
    """The worlds and the plans of one kernel.

    table : the rows of the parameter table.
    worlds, begin : the matched worlds and their state at the end of 2022.
    keys : the short key of each region in a plan, in the model's order.
    ready : the ready-made plans by name; `names` their names in both languages.
    anchors : worst and best median of each outcome, frozen.
    """

    table: pd.DataFrame
    worlds: parameters.Worlds
    begin: model.State
    keys: tuple[str, ...]
    ready: dict[str, scenario.Scenario]
    names: dict[str, dict[str, str]]
    anchors: pd.DataFrame
    _runs: dict[tuple, model.Run] = field(default_factory=dict)
    _outcomes: dict[tuple, dict[str, np.ndarray]] = field(default_factory=dict)

    def run(self, plan: scenario.Scenario) -> model.Run:
        """The run of a plan in all worlds, `SEEN` of it; the last ones are remembered."""
        begin = None if plan.changed else self.begin
        return _remembered(
            self._runs,
            plan,
            KEPT_RUNS,
            lambda: model.simulate(plan, self.worlds, state=begin, keep=SEEN),
        )

    def outcomes(self, plan: scenario.Scenario) -> dict[str, np.ndarray]:
        """What people weigh at the end of a plan, by outcome one value a world."""
        return _remembered(
            self._outcomes, plan, KEPT_OUTCOMES, lambda: decision.outcomes(self.run(plan))
        )

    def checked(self, plan: Mapping[str, Any]) -> scenario.Scenario:
        """A plain plan as a Scenario that the model can run; raises BadInput or UnknownName."""
        made = scenario.from_plan(plan, self.keys, BUDGET)
        parameters.within(self.table, dict(made.changed))
        return made


def _remembered(
    held: dict[tuple, Any], plan: scenario.Scenario, most: int, make: Callable[[], Any]
) -> Any:
    asked = (plan.phases, plan.theory, plan.changed)
    if asked not in held:
        held[asked] = make()
        while len(held) > most:
            del held[next(iter(held))]
    return held[asked]


def weighted(weights: Any) -> dict[str, float]:
    """The weights that count: numbers above 0 of known outcomes; none where all are equal.

    >>> weighted({"workers": 60, "Q": 0, "stars": 5, "link": "x"})
    {'workers': 60.0}
    >>> weighted(dict.fromkeys(decision.OUTCOMES, 10))
    {}
    """
    given = weights if isinstance(weights, dict) else {}
    held = {
        name: float(value)
        for name in decision.OUTCOMES
        if isinstance(value := given.get(name), int | float) and 0 < value < 1e9
    }
    even = len(held) == len(decision.OUTCOMES) and len({*held.values()}) == 1
    return {} if even else held


@cache
def room() -> Room:
    """The room of this kernel, furnished when first asked for."""
    table, plans = datasets.policy_parameters(), datasets.policy_plans()
    worlds = parameters.worlds(table, datasets.policy_ensemble().head(BAND))
    named = plans.drop_duplicates("plan").set_index("plan")[["name_ko", "name_en"]]
    return Room(
        table,
        worlds,
        model.history(worlds).state,
        tuple(datasets.policy_regions()["key"]),
        decision.plans(plans, worlds.regions),
        named.to_dict("index"),
        datasets.policy_values(),
    )
