"""The explorer of the policy lab: levers in, bands out, the plan kept, shared and restored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import traitlets

from clusterlib import datasets, live, plans
from clusterlib.charts import policy as charts
from clusterlib.charts.figure import Figure
from clusterlib.errors import KitError
from clusterlib.explorers import policy_lab_view as view
from clusterlib.explorers.plan_words import title_of
from clusterlib.explorers.policy_lab_said import Teller
from clusterlib.explorers.policy_lab_work import Bench, empty
from clusterlib.explorers.policy_room import WORK, room
from clusterlib.explorers.policy_words import regions
from clusterlib.i18n import Words, explain
from clusterlib.policy.scenario import MODEL, Scenario

WORDS = "lab."
PARTS = ("dom", "engine", "frame", "picture", "view", "sketch")
OWN = ("labplan", "labbar", "lablevers", "labphases", "labpanel", "labside", "labfirst", "lab")
Message = dict[str, Any]


def policy_lab(words: Words) -> PolicyLab:
    """The policy lab: seven levers in up to four phases, four charts with bands, two beliefs.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    names = regions(words.lang)
    teller = Teller(room(), names, words)
    first, _ = teller.content(Scenario(), each=False, drawn=[])
    figure = Figure(
        id="6.policy_lab",
        charts=lambda: charts.charts(list(names)),
        content=first,
        sources=datasets.citation(room().table, words.lang),
        evidence="teaching",
    )
    traits = {
        "words": words.group(WORDS + "ui."),
        "board": view.board(room(), view.placed(), words),
        "drawing": view.sketch(room(), words),
    }
    return live.explorer(figure, words, widget=partial(PolicyLab, teller=teller), traits=traits)


class PolicyLab(live.LiveFigure):
    """The lab on the page: hears each move, answers with the bands of the plan.

    `piece` names the work that all widgets of the lab share; `keep` is called with it at every
    change. `content` is sent at every move, `state` only when something else has changed.
    """

    _css = live.style("lab")
    _esm = live.script(*PARTS, *OWN)
    words = traitlets.Dict().tag(sync=True)
    board = traitlets.Dict().tag(sync=True)
    drawing = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    piece = WORK

    def __init__(self, teller: Teller, **traits: Any) -> None:
        self.teller, self.bench = teller, Bench(teller.room, teller.words.lang)
        self.keep: Callable[[Message], None] = lambda work: None
        self.each = False
        super().__init__(**traits)
        self.on_msg(self._hear)

    def open(self) -> None:
        """Tell the browser of the lab once there is something to show."""
        self.answer()
        super().open()

    def restore(self, work: Mapping[str, Any]) -> None:
        """Follow the common work: kept earlier, or changed by another widget of the page."""
        linked, problem = self.bench.linked, self.bench.take(work)
        told = f"{self._explained(problem)} {self._say('said.default')}" if problem else ""
        again = linked and not self.bench.linked and not problem
        self.answer(problem=told, said=self._say("said.continued") if again else "")

    def _hear(self, _: object, message: Message, __: object) -> None:
        asked = next((name for name in HEARD if name in message), None)
        if asked is None:
            return
        mark = message.get("mark")
        try:
            told = HEARD[asked](self, message[asked])
        except KitError as wrong:
            kept = self._say("said.kept") if asked in ("link", "file") else ""
            self.answer(mark=mark, problem=f"{self._explained(wrong)} {kept}".strip())
            return
        if asked != "live":
            self.answer(mark=mark, said=told or "")
            if asked not in ("region", "save", "link"):
                self.keep(self.bench.kept())
        else:
            self._follow(told, mark)

    def _draw(self, mark: Any) -> None:
        plan, told = self.bench.plan, self.teller
        content, besides = told.content(plan, self.each, self._drawn(), self.state["link"])
        stamp = {"watermark": self._say("watermark", model=MODEL), "mark": mark}
        self.content = {**content.as_message(), **besides, **stamp}

    def _follow(self, plan: Scenario, mark: Any) -> None:
        # Only what moves is computed and sent; the table follows when the lever is let go.
        self.content = {**self.content, **self.teller.moved(plan, self.each), "mark": mark}

    def answer(self, mark: Any = None, said: str = "", problem: str = "") -> None:
        """Show the plan of the moment and all that can be done with it."""
        bench = self.bench
        shared = bench.shared()
        self.state = {
            "plan": bench.plain(),
            "link": plans.packed(shared),
            "idle": empty(bench.plan),
            "pinned": [self._name(n, plan) for n, plan in enumerate(bench.pinned)],
            "sketch": bench.work.get("sketch"),
            "changed": self.teller.changed(bench.plan),
            "opened": bool(bench.work.get("opened")) or bench.plan.theory != "both",
            "undo": bool(bench.past),
            "redo": bool(bench.future),
            "each": self.each,
            "both": self.teller.then_and_now(bench.plan) if bench.plan.foreign else None,
            "said": said,
            "problem": problem,
            "mark": mark,
        }
        self._draw(mark)

    def _name(self, place: int, plan: Message) -> str:
        name = str(plan.get("name") or self._say("plan.own", n=place + 1))[:80]
        return title_of(name, self.teller.words.lang)

    def _drawn(self) -> list[float]:
        drawn = self.bench.work.get("sketch")
        good = isinstance(drawn, list) and len(drawn) == len(self.drawing.get("points", ()))
        return drawn if good and all(isinstance(x, int | float) for x in drawn) else []

    def _live(self, phases: Any) -> Scenario:
        return self.bench.phased(phases)

    def _settle(self, phases: Any) -> None:
        self.bench.become(self.bench.phased(phases))

    def _theory(self, name: Any) -> None:
        self.bench.become(self.bench.theory(name))

    def _reveal(self, _: object) -> None:
        self.bench.work = {**self.bench.work, "opened": True}

    def _region(self, each: Any) -> None:
        self.each = bool(each)

    def _open_link(self, link: Any) -> str:
        return self._opened("said.linked") if self.bench.open_link(link) else ""

    def _open_file(self, text: Any) -> str:
        another = self.bench.open_file(text)
        return self._opened("said.filed") if another else self._say("said.same")

    def _opened(self, key: str) -> str:
        plan = self.bench.plan
        if not plan.foreign:
            return self._say(key)
        told = self._say("said.foreign", theirs=plan.model, ours=MODEL)
        return told if plan.results else f"{told} {self._say('said.unrecorded')}"

    def _save(self, _: object) -> None:
        plan = self.bench.shared()
        self.send({"file": plans.written(plan).decode(), "name": "policy-plan.json"})

    def _pin(self, _: object) -> str:
        names = {self._name(n, plan) for n, plan in enumerate(self.bench.pinned)}
        numbers = (self._say("plan.own", n=n) for n in range(1, 9))
        return self._say(f"said.{self.bench.pin(next(n for n in numbers if n not in names))}")

    def _sketch(self, drawn: Any) -> str:
        scale = self.teller.words.scale
        good = isinstance(drawn, list) and all(isinstance(x, int | float) for x in drawn)
        kept = [x * scale for x in drawn] if good else []
        self.bench.work = {**self.bench.work, "sketch": kept}
        return self._compared() if self._drawn() else ""

    def _compared(self) -> str:
        """How the curve that was drawn ends, beside the band of nothing done."""
        low, middle, high = self.teller.base(Scenario(), False).cut["workers"][:, -1, 0]
        yours = self._drawn()[-1]
        where = "below" if yours < low else "above" if yours > high else "inside"
        told = [self.teller.words.say(float(x), "two") for x in (yours, low, middle, high)]
        return self._say(
            "said.sketch", year=charts.END, where=self._say(f"said.sketch.{where}"),
            **dict(zip(("yours", "low", "model", "high"), told, strict=True)),
        )  # fmt: skip

    def _explained(self, wrong: KitError) -> str:
        return explain(wrong, self.teller.words.lang)

    def _say(self, key: str, **values: object) -> str:
        return self.teller.say(key, **values)


# What the browser may ask for, and who answers.
HEARD: dict[str, Callable[[PolicyLab, Any], Any]] = {
    "live": PolicyLab._live,
    "phases": PolicyLab._settle,
    "undo": lambda lab, _: lab.bench.undo(),
    "redo": lambda lab, _: lab.bench.redo(),
    "reset": lambda lab, _: lab.bench.reset(),
    "preset": lambda lab, name: lab.bench.preset(name),
    "theory": PolicyLab._theory,
    "unchange": lambda lab, _: lab.bench.become(lab.bench.unchanged()),
    "reveal": PolicyLab._reveal,
    "region": PolicyLab._region,
    "link": PolicyLab._open_link,
    "file": PolicyLab._open_file,
    "save": PolicyLab._save,
    "pin": PolicyLab._pin,
    "unpin": lambda lab, place: lab.bench.unpin(place),
    "load": lambda lab, place: lab.bench.load(place),
    "sketch": PolicyLab._sketch,
}
