"""What the policy lab says of a plan: rows of the charts, differences in words, the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from clusterlib.charts import policy as charts
from clusterlib.charts.figure import Column, Content, table_message, tabled
from clusterlib.explorers import policy_lab_table as tables
from clusterlib.explorers import policy_words as said
from clusterlib.explorers.plan_words import believed, numbers
from clusterlib.explorers.policy_lab_table import Gap, Shown, gap
from clusterlib.explorers.policy_lab_work import empty
from clusterlib.policy import decision
from clusterlib.policy.scenario import MODEL, Scenario

if TYPE_CHECKING:
    from clusterlib.explorers.policy_room import Room
    from clusterlib.i18n import Words

WORDS = "lab."
# How a chart says that a plan gives more of it, and less.
SIDES = {"workers": ("more", "less"), "moved": ("more", "less"), "hired": ("higher", "lower"),
         "link": ("higher", "lower")}  # fmt: skip


class Teller:
    """Makes the content of the lab from a plan, in one language.

    Parameters
    ----------
    room : Room
        The worlds and the plans.
    names : mapping of str to str
        The regions' names in the reader's language, in the order of the model.
    words : Words
        The reader's language.
    """

    def __init__(self, room: Room, names: dict[str, str], words: Words) -> None:
        self.room, self.names, self.words = room, names, words
        self._bases: dict[tuple, Shown] = {}

    def say(self, key: str, **values: object) -> str:
        """A sentence of the lab in the reader's language."""
        return self.words(WORDS + key, **values)

    def base(self, plan: Scenario, each: bool) -> Shown:
        """Nothing done, in the worlds of the plan; remembered, since every move asks for it."""
        asked = (plan.theory, plan.changed, each)
        if asked not in self._bases:
            nothing = Scenario(theory=plan.theory, changed=plan.changed)
            self._bases = dict([*self._bases.items()][-5:])
            self._bases[asked] = self._shown(nothing, each)
        return self._bases[asked]

    def _shown(self, plan: Scenario, each: bool) -> Shown:
        run = self.room.run(plan)
        series = charts.seen(run, each)
        last = {name: run.values[name][-1].sum(axis=0) for name in ("hired", "moved")}
        flows = {name: float(np.median(flow)) for name, flow in last.items()}
        elsewhere = 100 * run.values["others"][-1, 0]
        return Shown(series, charts.bands(run, series), flows, elsewhere)

    def content(
        self, plan: Scenario, each: bool, drawn: list[float], code: str = ""
    ) -> tuple[Content, dict[str, Any]]:
        """The content of a plan, and what the lab shows besides: see `_told`.

        Parameters
        ----------
        plan : Scenario
            The plan of the moment.
        each : bool
            Each region for itself, instead of all together.
        drawn : list of float
            The curve that the learner drew, in people; [] for none.
        code : str
            The plan as links have it, for the sheet that is downloaded.
        """
        base, mine = self.base(plan, each), self._shown(plan, each)
        words, besides = self._told(plan, each, mine, base)
        drawn = [] if each else drawn  # it was drawn for all regions together
        found = tables.rows(mine, base, self.names, each)
        content = Content(
            rows={
                **self._rows(plan, mine, base, each),
                **charts.rows(base.cut, list(self.names), each, "base", self.words),
                **self._marks(plan, drawn),
            },
            subtitle=self._subtitle(plan),
            key=charts.key(self.names, each, bool(drawn), self.words),
            **words,
            **tables.table(found, self.words),
        )
        return content, {**besides, "sheet": tables.sheet(found, code, self.words)}

    def moved(self, plan: Scenario, each: bool) -> dict[str, Any]:
        """What changes while a lever is on its way: the plan's bands and the words about them."""
        base, mine = self.base(plan, each), self._shown(plan, each)
        words, besides = self._told(plan, each, mine, base)
        return {**words, **besides, "rows": self._rows(plan, mine, base, each)}

    def _told(
        self, plan: Scenario, each: bool, mine: Shown, base: Shown
    ) -> tuple[dict[str, str], dict[str, Any]]:
        """The words of the figure; under each chart its head, and what others pay for the plan."""
        idle = empty(plan)
        heads = [self._head(name, mine, base, each, idle) for name in charts.SERIES]
        whole = {} if idle else self._whole(plan, each, mine, base)
        lost = self._lost(plan, mine, base)
        words = {
            "title": self._title(mine, whole),
            "alt": self._alt(heads, lost),
            "reading": self._reading(plan, whole, mine, base),
        }
        return words, {"heads": heads, "elsewhere": lost}

    def then_and_now(self, plan: Scenario) -> dict[str, Any] | None:
        """A table of what a plan gave when it was written down, beside what it gives here."""
        both = decision.then_and_now(plan, self.room.outcomes(plan))
        if both.empty:
            return None
        rows = [
            {"outcome": self.say(f"outcome.{row[0]}"), "then": self._outcome(row[0], row[1:4]),
             "now": self._outcome(row[0], row[4:7])}
            for row in both.itertuples(index=False, name=None)
        ]  # fmt: skip
        columns = [Column(n, self.say(f"column.{n}")) for n in ("outcome", "then", "now")]
        return table_message(**tabled(rows, columns, self.words))

    def _outcome(self, name: str, cut: Sequence[float]) -> str:
        return said.spread([x * (1 if name == "workers" else 100) for x in cut], self.words)

    def _rows(self, plan: Scenario, mine: Shown, base: Shown, each: bool) -> dict[str, Any]:
        cut = {} if empty(plan) else mine.cut
        rows = {f"plan_{name}": [] for name in charts.SERIES}
        rows |= charts.rows(cut, list(self.names), each, "plan", self.words)
        return rows | charts.tops(base.cut, cut, words=self.words)

    def _marks(self, plan: Scenario, drawn: list[float]) -> dict[str, Any]:
        """Where phases begin, and the curve that the learner drew."""
        points = enumerate(drawn)
        return {
            "begins": [{"year": charts.START + 1 + p.begin} for p in plan.phases if p.begin],
            "sketch": [
                {"year": charts.START + 5 * n, "mid": value / self.words.scale}
                for n, value in points
            ],
        }

    def _whole(self, plan: Scenario, each: bool, mine: Shown, base: Shown) -> dict[str, Gap]:
        """By series, all regions together, in the last year."""
        if each:
            mine, base = self._shown(plan, False), self.base(plan, False)
        return {
            name: gap(name, mine.series[name][-1, 0], base.series[name][-1, 0])
            for name in charts.SERIES
        }

    def _title(self, mine: Shown, whole: dict[str, Gap]) -> str:
        if not whole:
            people = mine.series["workers"][-1].sum(axis=0)
            value = self.words.say(float(np.median(people)), "two")
            return self.say("title.nothing", year=charts.END, value=value)
        found = whole["workers"]
        if found.counts:
            key = "more" if found.change > 0 else "less"
        else:
            key = "same" if found.same else "split" if found.split else "about"
        change = self.words.say(abs(found.change), "two")
        return self.say(f"title.{key}", year=charts.END, change=change, n=found.n)

    def _subtitle(self, plan: Scenario) -> str:
        text = self.say(
            "subtitle", regions=" · ".join(self.names.values()), first=charts.START + 1,
            last=charts.END, worlds=self.room.worlds.draws, model=MODEL,
        )  # fmt: skip
        text = text if plan.theory == "both" else f"{text} · {believed(plan.theory, self.words)}"
        changed = len(plan.changed)
        return self.say("subtitle.changed", text=text, n=changed) if changed else text

    def changed(self, plan: Scenario) -> str:
        """Which numbers of the model a plan changes, "" for none."""
        known = numbers(self.words.lang)
        parts = [
            self.say(
                "changed.one", label=known[name].label, value=known[name].written(x, self.words),
                low=self.words.say(known[name].low, "two"),
                high=self.words.say(known[name].high, "two"),
            )
            for name, x in plan.changed
        ]  # fmt: skip
        return self.say("changed", n=len(parts), list=", ".join(parts)) if parts else ""

    def _reading(self, plan: Scenario, whole: dict[str, Gap], mine: Shown, base: Shown) -> str:
        if not whole:
            return self.say("reading.nothing")
        told = {
            name: self.say("unchanged") if found.same else self._change(name, found.change)
            for name, found in whole.items()
        }
        read = self.say("reading.plan", year=charts.END, **told)
        if not _gathers(plan):
            return read
        lost = gap("elsewhere", mine.elsewhere, base.elsewhere)
        return f"{read} {self.say('reading.focus', change=self._change('link', lost.change))}"

    def _lost(self, plan: Scenario, mine: Shown, base: Shown) -> str:
        """What the other regions lose when central money gathers here; "" when it does not."""
        if not _gathers(plan):
            return ""
        lost = gap("elsewhere", mine.elsewhere, base.elsewhere)
        value = said.ranged(mine.elsewhere, self.words)
        change = self._change("link", lost.change)
        return self.say("elsewhere", year=charts.END, value=value, change=change, n=lost.n)

    def _head(self, name: str, mine: Shown, base: Shown, each: bool, idle: bool) -> dict[str, Any]:
        """What stands under a chart: value, rate or count beside it, difference, worlds."""
        lines = []
        for place, region in enumerate(charts.places(name, list(self.names), each)):
            found = gap(name, mine.series[name][-1, place], base.series[name][-1, place])
            lines.append({
                "place": self.names.get(region, ""),
                "shade": region if region in self.names else "",
                "value": self._value(name, mine.cut[name][:, -1, place]),
                **self._compared(name, found, idle),
            })  # fmt: skip
        return {
            "id": name,
            "name": self.say(f"chart.{name}"),
            "year": self.words.say(charts.END, "year"),
            "lines": lines,
            "note": "" if each and name != "link" else self._note(name, mine),
        }

    def _value(self, name: str, cut: Sequence[float]) -> str:
        # The axis is in thousands, the value is not: it says its unit.
        if name != said.COUNTED:
            return said.spread(cut, self.words)
        low, middle, high = (self.words.say(float(value), "two") for value in cut)
        return self.say("ranged.people", low=low, middle=middle, high=high)

    def _compared(self, name: str, found: Gap, idle: bool) -> dict[str, Any]:
        """The difference to nothing done in words, its worlds, and whether it is wished for."""
        if idle or not found.counts:
            about = self.say("diff.same") if found.same else self._change(name, found.change)
            return {"diff": "" if idle else about, "better": "", "good": 0}
        up = found.change > 0
        side = SIDES[name][0 if up else 1]
        return {
            "diff": self._change(name, found.change),
            "better": self.say(f"worlds.{side}", n=found.n),
            "good": 1 if up == charts.SERIES[name][1] else -1,
        }

    def _change(self, name: str, change: float) -> str:
        return said.difference(name, change, self.words, self.say(f"diff.unit.{name}"))

    def _note(self, name: str, mine: Shown) -> str:
        """A rate beside a count, and a count beside a rate."""
        if name == "link":
            return self.say("note.link")
        if name == "workers":
            start = float(np.median(sum(here.workers for here in self.room.begin.here)))
            end = float(mine.cut["workers"][1, -1, 0])
            rate = 100 * ((end / start) ** (1 / charts.YEARS) - 1)
            return self.say("note.workers", rate=self.words.say(rate, "change"))
        return self.say(f"note.{name}", count=self.words.say(mine.flows[name], "two"))

    def _alt(self, heads: list[dict[str, Any]], lost: str) -> str:
        told = [
            self.say(
                "alt.one",
                name=" ".join(filter(None, [tables.label(head["id"], self.words), line["place"]])),
                year=charts.END,
                value=line["value"],
                diff=", ".join(filter(None, [line["diff"], line["better"]]))
                or self.say("diff.same"),
            )
            for head in heads
            for line in head["lines"]
        ]
        return self.say("alt", said=" ".join(filter(None, [*told, lost])))


def _gathers(plan: Scenario) -> bool:
    """Whether a plan draws central money to itself."""
    return any(phase.focus for phase in plan.phases)
