"""What the explorers of lesson 6 share: worlds, ready-made plans, and runs that are made once.

Their common work is the piece `WORK` of the learner's own: {"plan": the plan of the moment as
docs/plan.schema.json has it, "pinned": up to three such plans, "weights": points by outcome,
"sketch": the curve drawn beforehand, "opened": whether the theory switch is open}. Each widget
keeps the keys that are not its own business as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from clusterlib import datasets
from clusterlib.policy import decision, model, parameters, scenario

if TYPE_CHECKING:
    import pandas as pd

WORK = "plans"
BAND = 500  # worlds a move is shown in; enough for two digits, few enough for an instant answer
BUDGET = scenario.MOST_POINTS
MOST_PINNED = 3
KEPT_RUNS = 40


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

    def run(self, plan: scenario.Scenario) -> model.Run:
        """The run of a plan in all worlds; the last ones asked for are remembered."""
        asked = (plan.phases, plan.theory, plan.changed)
        if asked not in self._runs:
            begin = None if plan.changed else self.begin
            self._runs[asked] = model.simulate(plan, self.worlds, state=begin)
            while len(self._runs) > KEPT_RUNS:
                del self._runs[next(iter(self._runs))]
        return self._runs[asked]

    def opened(self, plan: dict) -> tuple[scenario.Scenario, Exception | None]:
        """A plain plan as a Scenario, or the default one with what is wrong with it."""
        return scenario.opened(plan, self.keys, BUDGET)


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
