"""What the policy lab says of a plan: rows of the charts, differences in words, the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from clusterlib.charts import policy as charts
from clusterlib.charts.figure import Column, Content, table_message, tabled
from clusterlib.explorers import policy_words as said
from clusterlib.explorers.plan_words import believed, numbers
from clusterlib.explorers.policy_lab_work import empty
from clusterlib.policy import decision
from clusterlib.policy.scenario import MODEL, Scenario

if TYPE_CHECKING:
    from clusterlib.explorers.policy_room import Room
    from clusterlib.i18n import Words

WORDS = "lab."
LOOKED_AT = (0, 9, 19)  # the years of the table, counted from the first


@dataclass(frozen=True)
class Shown:
    """A run as the charts show it: its series, their p10, median and p90, and last year's flows."""

    series: dict[str, np.ndarray]
    cut: dict[str, np.ndarray]
    flows: dict[str, float]


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
        return Shown(series, charts.bands(run, series), flows)

    def content(
        self, plan: Scenario, each: bool, drawn: list[float]
    ) -> tuple[Content, list[dict[str, Any]]]:
        """The content of a plan, and what stands under each chart.

        Parameters
        ----------
        plan : Scenario
            The plan of the moment.
        each : bool
            Each region for itself, instead of all together.
        drawn : list of float
            The curve that the learner drew, in people; [] for none.
        """
        base, mine = self.base(plan, each), self._shown(plan, each)
        words, heads = self._told(plan, each, mine, base)
        content = Content(
            rows={
                **self._rows(plan, mine, base, each),
                **charts.rows(base.cut, list(self.names), each, "base", self.words),
                **self._marks(plan, drawn),
            },
            subtitle=self._subtitle(plan),
            key=charts.key(self.names, each, bool(drawn), self.words),
            **words,
            **self._table(mine, base, each),
        )
        return content, heads

    def moved(self, plan: Scenario, each: bool) -> dict[str, Any]:
        """What changes while a lever is on its way: the plan's bands and the words about them."""
        base, mine = self.base(plan, each), self._shown(plan, each)
        words, heads = self._told(plan, each, mine, base)
        return {**words, "rows": self._rows(plan, mine, base, each), "heads": heads}

    def _told(
        self, plan: Scenario, each: bool, mine: Shown, base: Shown
    ) -> tuple[dict[str, str], list[dict[str, Any]]]:
        idle = empty(plan)
        heads = [self._head(name, mine, base, each, idle) for name in charts.SERIES]
        whole = {} if idle else self._whole(plan, each, mine, base)
        words = {
            "title": self._title(mine, whole),
            "alt": self._alt(heads),
            "reading": self._reading(whole),
        }
        return words, heads

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

    def _whole(
        self, plan: Scenario, each: bool, mine: Shown, base: Shown
    ) -> dict[str, tuple[float, int]]:
        """By series, all regions together, in the last year: median difference, worlds of 100."""
        if each:
            mine, base = self._shown(plan, False), self.base(plan, False)
        return {
            name: _difference(name, mine.series[name][-1, 0], base.series[name][-1, 0])
            for name in charts.SERIES
        }

    def _title(self, mine: Shown, whole: dict[str, tuple[float, int]]) -> str:
        if not whole:
            people = mine.series["workers"][-1].sum(axis=0)
            value = self.words.say(float(np.median(people)), "two")
            return self.say("title.nothing", year=charts.END, value=value)
        change, n = whole["workers"]
        key = "title.more" if change >= 0 else "title.less"
        return self.say(key, year=charts.END, change=self.words.say(abs(change), "two"), n=n)

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

    def _reading(self, whole: dict[str, tuple[float, int]]) -> str:
        if not whole:
            return self.say("reading.nothing")
        changes = {name: self.words.say(change, "change") for name, (change, _) in whole.items()}
        return self.say("reading.plan", year=charts.END, **changes)

    def _head(self, name: str, mine: Shown, base: Shown, each: bool, idle: bool) -> dict[str, Any]:
        """What stands under a chart: value, rate or count beside it, difference, worlds."""
        lines = []
        for place, region in enumerate(charts.places(name, list(self.names), each)):
            change, n = _difference(
                name, mine.series[name][-1, place], base.series[name][-1, place]
            )
            lines.append({
                "place": self.names.get(region, ""),
                "shade": region if region in self.names else "",
                "value": said.spread(mine.cut[name][:, -1, place], self.words),
                "diff": self._diff(name, change, idle),
                "better": "" if idle or not _counts(change) else self.say("of_100", n=n),
                "good": (n > 50) - (n < 50) if not idle else 0,
            })  # fmt: skip
        return {
            "id": name,
            "name": self.say(f"chart.{name}"),
            "year": self.words.say(charts.END, "year"),
            "lines": lines,
            "note": "" if each and name != "link" else self._note(name, mine),
        }

    def _diff(self, name: str, change: float, idle: bool) -> str:
        if idle or not _counts(change):
            return "" if idle else self.say("diff.same")
        return self.say(
            "diff", change=self.words.say(change, "change"), unit=self.say(f"diff.unit.{name}")
        )

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

    def _alt(self, heads: list[dict[str, Any]]) -> str:
        told = [
            self.say(
                "alt.one",
                name=" ".join(filter(None, [head["name"], line["place"]])),
                year=charts.END,
                value=line["value"],
                diff=", ".join(filter(None, [line["diff"], line["better"]]))
                or self.say("diff.same"),
            )
            for head in heads
            for line in head["lines"]
        ]
        return self.say("alt", said=" ".join(told))

    def _table(self, mine: Shown, base: Shown, each: bool) -> dict[str, Any]:
        rows = [
            self._line(name, n, place, region, mine, base)
            for name in charts.SERIES
            for place, region in enumerate(charts.places(name, list(self.names), each))
            for n in LOOKED_AT
        ]
        columns = ("series", "place", "year", "plan", "nothing", "diff", "better")
        return tabled(
            rows, [Column(name, self.say(f"column.{name}")) for name in columns], self.words
        )

    def _line(
        self, name: str, n: int, place: int, region: str, mine: Shown, base: Shown
    ) -> dict[str, Any]:
        here = (n, place)
        change, better = _difference(name, mine.series[name][here], base.series[name][here])
        return {
            "series": self.say(f"chart.{name}"),
            "place": self.names.get(region) or self.say("ui.together"),
            "year": str(charts.START + 1 + n),
            "plan": said.spread(mine.cut[name][:, n, place], self.words),
            "nothing": said.spread(base.cut[name][:, n, place], self.words),
            "diff": self.words.say(change, "change"),
            "better": str(better) if _counts(change) else "–",
        }


def _difference(name: str, mine: np.ndarray, base: np.ndarray) -> tuple[float, int]:
    more = charts.SERIES[name][1]
    return float(np.median(mine - base)), said.better_in(mine, base, more)


def _counts(change: float) -> bool:
    """Whether a difference is one: anything below is rounding."""
    return abs(change) > 1e-9
