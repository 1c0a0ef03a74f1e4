"""A teaching kit on regional industry clusters: the front door.

>>> from clusterlib import open_kit
>>> kit = open_kit("en")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterlib.i18n import Words

if TYPE_CHECKING:
    from clusterlib.explorers import Explore

__version__ = "0.1.0"


class Kit:
    """What a lesson asks for, in one language: exercises, explorers, and lesson 0's panels."""

    def __init__(self, lang: str) -> None:
        from clusterlib.desk import Desk
        from clusterlib.explorers import Explore

        self.words = Words(lang)
        self.desk = Desk(self.words)
        self.explore: Explore = Explore(self.words, self.desk.tie)

    def exercise(self, name: str) -> Any:
        """The card of an exercise, "1.2"; raises UnknownName with the nearest id."""
        from clusterlib.cards import revealing

        card = self.desk.card(name)
        verb = card.entry.get("reveals")
        return revealing(card, self.explore, verb) if verb else card

    def doors(self) -> Any:
        """The lessons as doors, with minutes and progress."""
        return self.explore.doors()

    def selftest(self) -> Any:
        """Whether kernel, data, saving, fonts and charts work here."""
        return self.explore.selftest()

    def glossary(self) -> Any:
        """Every term of the kit, to search."""
        return self.explore.glossary()

    def tables(self) -> Any:
        """Every table of the kit with its source, years and caveats, to search."""
        return self.explore.tables()


def open_kit(lang: str) -> Kit:
    """Open the kit in a language and show the learner's desk.

    Parameters
    ----------
    lang : str
        "ko" or "en".

    Raises
    ------
    UnknownName
        When the kit does not speak the language.
    """
    words = Words(lang)
    _prepare(words)
    kit = Kit(lang)
    _show(kit.desk)
    return kit


def _prepare(words: Words) -> None:
    """Say errors in the learner's language, and let every chart show without the internet."""
    import os
    import sys

    # Altair's schema checks build a large grammar for addresses at import, 0.9 s of a start;
    # charts here are checked by the tests instead.
    sys.modules.setdefault("rfc3987_syntax", None)
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None:
        return
    from clusterlib.errors import KitError
    from clusterlib.i18n import explain

    def tell(shell: Any, kind: type, error: KitError, trace: Any, **_: Any) -> None:
        print(explain(error, words.lang), file=sys.stderr)

    shell.set_custom_exc((KitError,), tell)
    if os.environ.get("KIT_SERVED") != "1":  # on a served page nobody writes a chart
        from clusterlib.live import register_renderer

        register_renderer()


def _show(widget: Any) -> None:
    from IPython.display import display

    display(widget)
