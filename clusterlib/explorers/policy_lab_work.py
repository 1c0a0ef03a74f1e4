"""The plan that a learner works on: its changes, the way back, links, files, pins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from clusterlib import catalog, plans
from clusterlib.errors import BadInput, KitError
from clusterlib.explorers.policy_room import BUDGET, MOST_PINNED, Room, weighted
from clusterlib.explorers.policy_written import of_another
from clusterlib.policy import decision, scenario
from clusterlib.policy.scenario import Scenario

MOST_UNDONE = 200
Plain = dict[str, Any]


def ensemble() -> str:
    """The first digits of the seal of the worlds, as a plan names them."""
    return catalog.record("policy_ensemble")["hash"].removeprefix("sha256:")[:12]


def empty(plan: Scenario) -> bool:
    """Whether a plan does nothing at all."""
    aims = [(p.special, p.openness, p.focus) for p in plan.phases]
    return plan.points() == 0 and all(aim == (None, None, 0.0) for aim in aims)


def _unworded(plan: Scenario) -> Scenario:
    return replace(plan, name="", role="", why="")


@dataclass
class Bench:
    """The work on one plan; what it may not become is refused with a KitError.

    room : what plans are checked against.
    plan : the plan of the moment.
    past, future : plans to go back and forth to.
    work : the piece of work that all widgets of the lesson share; only `plan`, `pinned`, `sketch`
        and `opened` are ours.
    linked : whether the plan came with a link and has not been touched since.
    """

    room: Room
    lang: str
    plan: Scenario = field(default_factory=Scenario)
    past: list[Scenario] = field(default_factory=list)
    future: list[Scenario] = field(default_factory=list)
    work: Plain = field(default_factory=dict)
    linked: bool = False

    def plain(self, plan: Scenario | None = None) -> Plain:
        """A plan as links and files have it."""
        return scenario.to_plan(plan or self.plan, self.room.keys)

    def shared(self) -> Plain:
        """The plan of the moment as it is given away: with its worlds and what it gave in them."""
        plan = self._reasoned()
        if plan.foreign:
            return self.plain(plan)
        weights = tuple(sorted(self.weights.items()))
        own = replace(plan, ensemble=ensemble(), lang=self.lang, weights=weights)
        gave = decision.bands(self.room.outcomes(self.plan))
        return self.plain(scenario.recorded(own, gave))

    def _reasoned(self) -> Scenario:
        """The plan of the moment; reasons that were written for another one do not go with it."""
        other = of_another(self.work, self.plain(), {"why": self.plan.why})
        return replace(self.plan, why="") if other else self.plan

    def phased(self, phases: Any) -> Scenario:
        """The plan with other phases; raises BadInput where they are none or over the budget."""
        asked = {**self.plain(), "phases": phases}
        made = scenario.from_plan(asked, self.room.keys, BUDGET)
        return made if made.phases == self.plan.phases else self._own(made)

    def theory(self, name: Any) -> Scenario:
        """The plan under another belief; it is still the one that has its name."""
        if name not in scenario.THEORIES:
            raise BadInput("plan_malformed", where="theory", expected=", ".join(scenario.THEORIES))
        return self._own(self.plan, theory=name, name=self.plan.name)

    def unchanged(self) -> Scenario:
        """The plan with the numbers of the model as they are."""
        return self._own(self.plan, changed=(), name=self.plan.name)

    def _own(self, plan: Scenario, **changes: Any) -> Scenario:
        # What was changed here is a plan of this model, and no longer the one that had a name.
        now = {"model": scenario.MODEL, "ensemble": "", "name": "", "results": ()}
        return replace(plan, **now | changes)

    def become(self, plan: Scenario) -> None:
        """Make it the plan of the moment; what was before is one step back."""
        if plan == self.plan:
            return
        self.past = [*self.past[1 - MOST_UNDONE :], self.plan]
        self.future, self.linked, self.plan = [], False, plan

    def undo(self) -> None:
        """Go a step back."""
        if self.past:
            self.future.append(self.plan)
            self.plan, self.linked = self._worded(self.past.pop()), False

    def redo(self) -> None:
        """Go a step forth again."""
        if self.future:
            self.past.append(self.plan)
            self.plan, self.linked = self._worded(self.future.pop()), False

    def _worded(self, plan: Scenario) -> Scenario:
        # Levers go back and forth; what the learner has written in the memo does not.
        return replace(plan, role=self.plan.role, why=self.plan.why)

    def reset(self) -> None:
        """Nothing done, under both beliefs."""
        self.become(Scenario())

    def preset(self, name: Any) -> None:
        """A ready-made plan, under the belief of the moment."""
        if name in self.room.ready:
            said = self.room.names[name][f"name_{self.lang}"]
            self.become(replace(self.room.ready[name], theory=self.plan.theory, name=said))

    def open_link(self, link: Any) -> bool:
        """Open the plan of a link and tell whether it is another than that of the moment.

        A bad link raises what is wrong and leaves the plan as it is.
        """
        another = self._open(plans.unpacked(str(link)))
        self.linked = self.linked or another
        return another

    def open_file(self, text: Any) -> bool:
        """Open the plan of a file, as `open_link`."""
        return self._open(plans.read(str(text).encode("utf-8", "replace")))

    def _open(self, plan: Plain) -> bool:
        opened = self._checked(plan)
        another = not self._alike(opened, self.plan)
        if another:
            self.become(opened)
        return another

    def _alike(self, opened: Scenario, own: Scenario) -> bool:
        """Whether a plan that comes in says what one's own does: a page that is loaded again."""
        parts = [(p.phases, p.theory, p.changed, p.model) for p in (opened, own)]
        weights = weighted(dict(opened.weights))
        mine = weighted(dict(own.weights)) or weighted(self.work.get("weights"))
        return parts[0] == parts[1] and weights in ({}, mine)

    def _checked(self, plan: Plain) -> Scenario:
        """A plain plan as a Scenario that the model can run; raises BadInput or UnknownName."""
        made = self.room.checked(plan)
        return made if made.foreign else replace(made, results=(), ensemble="")

    @property
    def weights(self) -> dict[str, float]:
        """The weights that came with the plan, or the learner's own; none for equal ones."""
        return weighted(dict(self.plan.weights)) or weighted(self.work.get("weights"))

    @property
    def _pins(self) -> list[Any]:
        """Everything that is kept as pinned, usable or not: what cannot be read is not lost."""
        kept = self.work.get("pinned")
        return kept if isinstance(kept, list) else []

    @property
    def pinned(self) -> list[Plain]:
        """The pinned plans, as they are kept."""
        return [plan for plan in self._pins if isinstance(plan, Mapping)][:MOST_PINNED]

    def pin(self, name: str) -> str:
        """Pin the plan of the moment; tells "pinned", "full" or "again"."""
        mine = self.plain(replace(self._reasoned(), name=self.plan.name or name))
        if any(self._same(plan, mine) for plan in self.pinned):
            return "again"
        if len(self.pinned) >= MOST_PINNED:
            return "full"
        self.work = {**self.work, "pinned": [*self._pins, mine]}
        return "pinned"

    def _same(self, one: Plain, two: Plain) -> bool:
        return all(one.get(part) == two.get(part) for part in ("phases", "theory", "p"))

    def unpin(self, place: Any) -> None:
        """Take a pinned plan out; a place that is not there changes nothing."""
        gone = [plan for n, plan in enumerate(self.pinned) if n == place]
        kept = [plan for plan in self._pins if not any(plan is each for each in gone)]
        self.work = {**self.work, "pinned": kept}

    def load(self, place: Any) -> None:
        """Make a pinned plan the plan of the moment."""
        if isinstance(place, int) and 0 <= place < len(self.pinned):
            self.become(self._checked(self.pinned[place]))

    def kept(self) -> Plain:
        """The whole piece of work as it is to be kept: the keys of others stay as they are."""
        return self.work if self.linked else {**self.work, "plan": self.plain()}

    def take(self, work: Mapping[str, Any]) -> KitError | None:
        """Follow a piece of work that was kept or changed elsewhere; returns what was wrong."""
        self.work = dict(work)
        plan, problem = Scenario(), None
        try:
            plan = self._checked(work["plan"]) if work.get("plan") else plan
        except KitError as wrong:
            problem = wrong
        if self.linked and not problem and not self._alike(self.plan, plan):
            self.past = [plan]  # the link goes before, one's own plan is one step back
        elif self.linked and not problem:  # the link of one's own page
            self.past, self.future, self.plan, self.linked = [], [], plan, False
        elif _unworded(plan) != _unworded(self.plan):
            self.past = [*self.past, self.plan] if self.past or not empty(self.plan) else []
            self.future, self.plan = [], plan
        else:  # words that were written in the memo are no step
            self.plan = plan
        return problem
