"""The learner's desk: whose work it is, kept as it is done, theirs to take away or delete."""

from __future__ import annotations

import os
from typing import Any

import anywidget
import traitlets

from clusterlib import exercises, lessons, progress
from clusterlib.cards import Card
from clusterlib.errors import KitError
from clusterlib.i18n import Words, catalogue, explain
from clusterlib.live import script, style

NICKNAME = "nickname"


def terms(words: Words) -> dict[str, dict[str, str]]:
    """The glossary in one language: term, explanation and source by the term's key."""
    return {
        name: {**words.pick(entry), "source": entry.get("source", "")}
        for name, entry in catalogue("glossary").items()
    }


class Desk(anywidget.AnyWidget):
    """Ties this page's cards to one learner's work.

    On a served page the id comes from the browser, since forty of them share one user of the
    system; in JupyterLab it is the user's own.
    """

    _esm = script("dom", "desk")
    _css = style()
    words = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode().tag(sync=True)
    served = traitlets.Bool().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    terms = traitlets.Dict().tag(sync=True)

    def __init__(self, words: Words, store: progress.Store | None = None) -> None:
        self.say = words
        self.store = store or progress.Store()
        self.tied: dict[str, list[Any]] = {}
        self.learner = ""
        self.work: dict[str, dict[str, Any]] = {}
        served = os.environ.get("KIT_SERVED") == "1"
        super().__init__(
            words=words.group("common.desk."),
            lang=words.lang,
            served=served,
            state={"open": False},
            terms=terms(words),
        )
        self.on_msg(self._hear)
        if not served:
            self._sit(progress.own_learner())

    def card(self, name: str) -> Card:
        """The card of an exercise, with the work on it that was kept before."""
        return self.tie(Card(name, self.say, lambda work: None), f"item/{name}")

    def tie(self, made: Any, piece: str) -> Any:
        """Keep a widget's work with the learner's: what was done before is shown again.

        Parameters
        ----------
        made : widget
            Calls its `keep(work)` whenever its work changes, and has `restore(work)`, which shows
            work that was kept, {} for none.
        piece : str
            The name of the work, "item/1.2"; several widgets may show the same piece.
        """

        def keep(work: dict[str, Any]) -> None:
            self.keep(piece, work)
            for other in self.tied[piece]:
                if other is not made:
                    other.restore(work)

        made.keep = keep
        self.tied.setdefault(piece, []).append(made)
        if work := self.work.get(piece):
            made.restore(work)
        return made

    def keep(self, piece: str, state: dict[str, Any]) -> None:
        """Save one piece of work at once; before an id is known it is held and saved with it."""
        self.work[piece] = dict(state)
        if self.learner:
            self.store.save(self.learner, piece, state)
            self._show()

    def _hear(self, _: object, message: dict[str, Any], __: object) -> None:
        try:
            self._do(message)
        except KitError as problem:
            self._show(explain(problem, self.say.lang))

    def _do(self, message: dict[str, Any]) -> None:
        if "learner" in message:
            self._sit(message["learner"])
        elif "nickname" in message:
            self.keep(NICKNAME, {"name": str(message["nickname"])[:40]})
        elif "export" in message:
            text = self.store.export(self.learner)
            self.send({"file": text, "name": "clusterlib-work.json"})
        elif "take_in" in message:
            count = self.store.take_in(self.learner, str(message["take_in"]))
            self._sit(self.learner, self.say("common.desk.imported", n=count))
        elif "forget" in message:
            self.store.forget(self.learner)
            self.work = {}
            self._sit(self.learner, self.say("common.desk.gone"))

    def _sit(self, learner: str, said: str = "") -> None:
        held = {} if self.learner else self.work
        self.work = self.store.load(learner) | held
        self.learner = learner
        for piece, state in held.items():
            self.store.save(learner, piece, state)
        for piece, widgets in self.tied.items():
            for made in widgets:
                made.restore(self.work.get(piece, {}))
        self._show(said)

    def _show(self, said: str = "") -> None:
        name = self.work.get(NICKNAME, {}).get("name", "")
        self.state = {"open": True, "nickname": name, "say": said, "progress": self.shares()}

    def shares(self) -> dict[str, float]:
        """How much of each lesson's exercises has been answered, 0 to 1, by lesson id."""
        ids = {lesson.split("_")[0]: lesson for lesson, _ in lessons.found()}
        items: dict[str, list[str]] = {}
        for name in exercises.item_ids():
            items.setdefault(ids.get(name.split(".")[0], ""), []).append(name)
        items.pop("", None)
        return {
            lesson: sum("given" in self.work.get(f"item/{n}", {}) for n in names) / len(names)
            for lesson, names in items.items()
        }
