"""What a memo says, sentence by sentence, in the learner's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from clusterlib import datasets
from clusterlib.explorers.plan_words import name_of, numbers, title_of
from clusterlib.explorers.policy_lab_work import ensemble
from clusterlib.explorers.policy_memo_tables import IN_PERCENT, SAID_AS, Tables, plain
from clusterlib.explorers.policy_room import BUDGET
from clusterlib.explorers.policy_words import number_names, of_100, regions
from clusterlib.memo import Block, Memo, clean, fit
from clusterlib.policy import parameters
from clusterlib.policy.scenario import LEVERS, LIMITS, MODEL, YEARS, Scenario

POLICY = "policy."
SHOWN_CHANGED = 3


@dataclass(frozen=True)
class Teller(Tables):
    """Says what was found of a plan; see `memo`.

    weights : the learner's points by outcome; none for equal ones.
    another : which texts were written for another plan (see `of_another`).
    """

    weights: Mapping[str, float]
    another: str = ""

    @property
    def numbers(self) -> dict[str, str]:
        """The names of the model's numbers."""
        return number_names(self.words.lang)

    def memo(self, when: date, link: str) -> Memo:
        """The memo on its page.

        Parameters
        ----------
        when : date
            The day that stands in it.
        link : str
            Opens the plan; an address, or only the code behind it.
        """
        plan = self.told.plan
        name = clean.line(title_of(plan.name, self.words.lang), LIMITS["name"])
        name, author = name or self.say("unnamed"), self.author()
        blocks = (
            Block("mark", self.say("watermark")),
            *([Block("mark", self.say(f"another.{self.another}"))] if self.another else []),
            Block("byline", self.say("byline", date=self.day(when), author=author)),
            *self.background(),
            *self.proposal(),
            *self.effects(),
            *self.overturn(),
            *self.reasons(),
            *self.limits(link),
        )
        marks = {kind: self.say(f"mark.{kind}") for kind in ("head", "item", "sub", "reason")}
        fonts = {kind: self.say(f"font_{kind}") for kind in ("docx", "hwpx")}
        made = Memo(self.words.lang, self.say("title", name=name), blocks, marks, fonts, author)
        goes_on = Block("caption", self.say("reasons.goes_on"))
        return fit.fitted(made, goes_on, self._head("reasons.continued", ""))

    def _head(self, key: str, stem: str = "head.") -> Block:
        return Block("head", self.say(stem + key))

    def day(self, when: date) -> str:
        """The day as offices write it."""
        form = "02d" if self.words.lang == "en" else "d"
        return self.say(
            "date", year=str(when.year), month=f"{when.month:{form}}", day=f"{when.day:{form}}"
        )

    def author(self) -> str:
        """Who writes: a learner, in a role where one was chosen; the office itself never."""
        roles = datasets.roles().set_index("role")[f"name_{self.words.lang}"]
        role = str(roles.get(self.told.plan.role, ""))
        return self.say("in_role", role=role) if role else self.say("nobody")

    def background(self) -> list[Block]:
        """What happens without a policy, and which belief is counted with."""
        names = regions(self.words.lang).values()
        idle = {said: self.counted(name, self.told.outcomes[name][1])
                for name, said in SAID_AS.items()}  # fmt: skip
        said = self.say(
            "background.idle", last=self.told.years[-1], regions="·".join(names)
            if self.words.lang == "ko" else " and ".join(names),
            **idle,
        )  # fmt: skip
        belief = self.say(f"background.theory.{self.told.plan.theory}")
        return [self._head("background"), Block("item", said), Block("item", belief)]

    def proposal(self) -> list[Block]:
        """The plan: what is spent, on what, when, with which targets."""
        blocks = [self._head("proposal"), Block("item", self._spending())]
        if changed := self.told.plan.changed:
            blocks.append(Block("item", self._changed(changed)))
        return [*blocks, Block("caption", self.say("table1")), Block("table", table=self.levers())]

    def _spending(self) -> str:
        plan = self.told.plan
        if not plan.points():
            return self.say("proposal.nothing" if self.told.same else "proposal.aims")
        lever, spent = self._most(plan)
        even = len({phase.points() for phase in plan.phases}) == 1 and not plan.phases[0].begin
        return self.say(
            "proposal.spend" if even else "proposal.spend_most",
            points=plain(plan.points()), budget=plain(BUDGET),
            lever=lever, share=self.words.say(spent, "two"),
        )  # fmt: skip

    def _most(self, plan: Scenario) -> tuple[str, float]:
        """The lever that a plan spends most on, and its points a year on average."""
        spent = np.zeros(len(LEVERS))
        for year in range(YEARS):
            spent += np.sum([plan.at(year).of(r) for r in range(len(self.room.keys))], axis=0)
        most = int(np.argmax(spent))
        return self.words(f"lab.lever.{LEVERS[most]}"), float(spent[most]) / YEARS

    def _changed(self, changed: tuple[tuple[str, float], ...]) -> str:
        said = ", ".join(
            self.say("proposal.changed_one", name=self.numbers[name], value=plain(value))
            for name, value in changed[:SHOWN_CHANGED]
        )
        if len(changed) > SHOWN_CHANGED:
            said = self.say("proposal.changed_more", list=said)
        return self.say("proposal.changed", n=len(changed), list=said)

    def effects(self) -> list[Block]:
        """Ranges beside those of doing nothing, and their picture."""
        key = "effects.same" if self.told.same else "effects.better"
        better = self.say(key, n=of_100(self.told.better), draws=self.told.draws,
                          **{} if self.told.same else {"weights": self._weighted()})  # fmt: skip
        last = self.told.years[-1]
        return [
            self._head("effects"),
            Block("item", better),
            Block("caption", self.say("table2", last=last)),
            Block("table", table=self.outcomes()),
            Block("picture", picture=self.bands()),
            Block("caption", self.say("picture.caption", unit=self.say("picture.unit"))),
        ]

    def _weighted(self) -> str:
        """How the outcomes are weighed, with the weights where they are not equal."""
        if not self.weights:
            return self.say("weights.equal")
        total = sum(self.weights.values())
        parts = (
            self.say("weights.one", outcome=name_of(name, self.words), share=100 * points / total)
            for name, points in self.weights.items()
        )
        return self.say("weights.own", list=", ".join(parts))

    def overturn(self) -> list[Block]:
        """What turns the outcome: a number, a belief, the worst world."""
        rival, name = self.told.rival, self.rival()
        under = {belief: of_100(share) for belief, share in rival.under.items()}
        ahead = [belief for belief, share in rival.under.items() if share > 0.5]
        behind = [belief for belief, share in rival.under.items() if share < 0.5]
        verdict = behind[0] if len(behind) == 1 else "none" if behind else "both"
        verdict = verdict if ahead or behind else "even"
        said = [
            *([] if rival.ready else [self._own(name)]),
            self._turn(name),
            self.say("overturn.under", rival=name, verdict=self.say(f"overturn.verdict.{verdict}"),
                     **under),
            *([] if self.told.same else [self._worst()]),
        ]  # fmt: skip
        return [self._head("overturn"), *(Block("item", text) for text in said)]

    def rival(self) -> str:
        """The name of the plan that is hardest to beat."""
        rival = self.told.rival
        if rival.ready:
            name = self.room.names[rival.name][f"name_{self.words.lang}"]
        else:
            return clean.line(title_of(rival.name, self.words.lang), LIMITS["name"]) or self.say(
                "unnamed"
            )
        points = rival.plan.points()
        if points == self.told.plan.points():
            return name
        return self.say("overturn.points", name=name, points=plain(points))

    def _own(self, name: str) -> str:
        """What another plan of the author does: its name says nothing to who reads the memo."""
        plan = self.told.rival.plan
        if not plan.points():
            return self.say("overturn.own_aims", rival=name)
        points, lever = plain(plan.points()), self._most(plan)[0]
        return self.say("overturn.own", rival=name, points=points, lever=lever)

    def _turn(self, name: str) -> str:
        rival = self.told.rival
        if rival.turn is None:
            settled = {(0.0, 0.0): "even", (1.0, 0.0): "never", (0.0, 1.0): "always"}
            key = settled.get((rival.wins, rival.loses), "unclear")
            n = {"n": of_100(rival.better)} if key == "unclear" else {}
            return self.say(f"overturn.{key}", rival=name, **n)
        turn, number = rival.turn, numbers(self.words.lang)[rival.turn["id"]]
        low, high = (self.words.say(end, "two") for end in (number.low, number.high))
        return self.say(
            f"overturn.{'loses' if rival.loses <= rival.wins else 'wins'}",
            rival=name, name=number.label, bound=number.written(turn["bound"], self.words),
            side=self.say(f"overturn.side.{'more' if turn['side'] == '>=' else 'less'}"),
            range=self.say("range", low=low, high=high),
            share=of_100(float(turn["share"])), base=of_100(float(turn["base"])),
        )  # fmt: skip

    def _worst(self) -> str:
        worst, two = self.told.worst, lambda value: self.words.say(float(value), "two")
        lost = ""
        if worst.lost:
            label = self.words(f"{POLICY}outcome_{worst.lost}")
            lost = self.say("overturn.worst.lost", outcome=label)
        verdict = "even" if worst.gap == 0 else "above" if worst.gap > 0 else "below"
        return self.say(
            "overturn.worst", lost=lost, verdict=self.say(f"overturn.worst.{verdict}"),
            workers=two(worst.plan["workers"]), idle=two(worst.nothing["workers"]),
            hired=two(100 * worst.plan[IN_PERCENT]),
            idle_hired=two(100 * worst.nothing[IN_PERCENT]),
        )  # fmt: skip

    def reasons(self) -> list[Block]:
        """The learner's own reasons, as they wrote them."""
        said = clean.paragraphs(self.told.plan.why, LIMITS["why"]) or (self.say("reasons.none"),)
        return [self._head("reasons"), *(Block("reason", text) for text in said)]

    def _then(self) -> str:
        """What a plan of another version gave when it was written down, where it says so."""
        told = dict(self.told.plan.results).get("workers")
        if not told:
            return ""
        low, high = (self.words.say(end, "two") for end in (told[0], told[-1]))
        return self.say("limits.then", range=self.say("range", low=low, high=high))

    def limits(self, link: str) -> list[Block]:
        """What the ranges rest on, what is left out, version and link."""
        standing = parameters.standings(self.room.table).set_index("standing")["numbers"]
        said = [
            self.say("limits.assumed", total=len(self.room.table), assumed=standing["assumption"],
                     fitted=standing["calibrated"]),
            self.say("limits.points"),
        ]  # fmt: skip
        if self.told.plan.foreign:
            theirs = clean.line(self.told.plan.model, 20)
            said.append(self.say("limits.foreign", theirs=theirs, ours=MODEL) + self._then())
        about = {"model": MODEL, "ensemble": ensemble()}
        opens = self.say("limits.version" if link.startswith("http") else "limits.code", **about)
        items = [Block("item", text) for text in said]
        return [self._head("limits"), *items, Block("link", opens, url=link)]
