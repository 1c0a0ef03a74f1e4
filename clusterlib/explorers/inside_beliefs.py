"""Believe or doubt: four beliefs judged before the evidence, and again beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import pandas as pd
import traitlets

from clusterlib.charts.figure import records
from clusterlib.explorers import inside_links
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.live import script, style

WORDS = "lesson4.beliefs."
LEVELS = 5  # from "I believe it" to "I doubt it"
ROUNDS = ("first", "second")


class Beliefs(anywidget.AnyWidget):
    """Statements with five steps from belief to doubt; each choice is kept at once.

    Parameters
    ----------
    item : mapping
        The statements in the reader's language, and which round of answers this card asks for.

    Attributes
    ----------
    piece : str
        The name of the work; both cards show the same.
    keep : callable
        Called with the whole work, {"first": {belief: step}, "second": {…}}, at each choice.
    """

    piece = "beliefs/table2"
    _esm = script("dom", "lines", "beliefs")
    _css = style("ledger")
    item = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, item: dict[str, Any]) -> None:
        self.keep: Callable[[dict[str, Any]], None] = lambda work: None
        self.work: dict[str, dict[str, int]] = {name: {} for name in ROUNDS}
        super().__init__(item=item, state=self._shown())
        self.on_msg(self._hear)

    def restore(self, work: dict[str, Any]) -> None:
        """Show work that was kept earlier; what does not fit these statements is left out."""
        self.work = {name: self._sound(work.get(name)) for name in ROUNDS}
        self.state = self._shown()

    def _sound(self, answers: Any) -> dict[str, int]:
        given = answers if isinstance(answers, dict) else {}
        return {name: given[name] for name in self._names() if self._step(given.get(name))}

    def _names(self) -> list[str]:
        return [each["id"] for each in self.item["beliefs"]]

    @staticmethod
    def _step(value: Any) -> bool:
        return type(value) is int and 0 <= value < LEVELS

    def _hear(self, _: object, message: dict[str, Any], __: object) -> None:
        name, step = message.get("belief"), message.get("step")
        if name not in self._names() or not self._step(step):
            return
        asked = self.item["round"]
        self.work = {**self.work, asked: {**self.work[asked], name: step}}
        self.state = self._shown()
        self.keep(self.work)

    def _shown(self) -> dict[str, Any]:
        return {name: dict(answers) for name, answers in self.work.items()}


def beliefs(words: Words, stated: pd.DataFrame) -> Beliefs:
    """The beliefs alone, before the evidence.

    `stated`: datasets.beliefs().
    """
    return Beliefs(_item(stated, "first", words))


def beliefs_again(words: Words, stated: pd.DataFrame, links: pd.DataFrame) -> Beliefs:
    """The beliefs once more: the first answer, the critique, what speaks to it, and what changed.

    `stated`: datasets.beliefs(). `links`: datasets.evidence_links().
    """
    checks.columns(links, ["belief", "relation", "facts", "statistic_sources"], "links")
    item = _item(stated, "second", words)
    for each, row in zip(item["beliefs"], records(stated.sort_values("order")), strict=True):
        each["critique"] = row[f"critique_{words.lang}"]
        each["lines"] = inside_links.lines(links, "belief", row["belief"], words)
    return Beliefs(item)


def _item(stated: pd.DataFrame, asked: str, words: Words) -> dict[str, Any]:
    checks.columns(stated, ["belief", "order"], "stated")
    lang = words.lang
    return {
        "lang": lang,
        "round": asked,
        "words": words.group(WORDS) | words.group("lesson4.ledger."),
        "steps": [words(WORDS + f"step.{n}") for n in range(LEVELS)],
        "beliefs": [
            {"id": row["belief"], "name": row[f"element_{lang}"], "text": row[f"belief_{lang}"]}
            for row in records(stated.sort_values("order"))
        ],
    }
