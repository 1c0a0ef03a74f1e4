"""The small machines of controls and chart, a file per lesson; each answers to one verb."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from clusterlib.errors import UnknownName

if TYPE_CHECKING:
    from clusterlib.i18n import Words

# The verb that a notebook says, and the lesson's file that answers it.
HOME = {
    "first_look": "start",
    "doors": "start",
    "selftest": "start",
    "glossary": "start",
    "capital_migration": "decline",
    "migration_map": "decline",
    "turn": "decline",
    "youth": "people",
    "extinction": "people",
    "population_share": "people",
    "plant": "money",
    "grdp_per_head": "money",
    "venture": "money",
    "headquarters": "money",
    "causes": "circle",
    "vicious_circle": "circle",
    "quotients": "measure",
    "cuts": "measure",
    "stars": "measure",
    "mix": "measure_place",
    "shifts": "measure_place",
    "plant_indices": "measure_place",
    "hot_spots": "measure_space",
    "density": "measure_space",
    "flips": "measure_space",
    "tiny_base": "measure_space",
}


class Explore:
    """`kit.explore`: every explorer by its verb, speaking the learner's language.

    Raises UnknownName, with the nearest verb, for one that does not exist.
    """

    def __init__(self, words: Words) -> None:
        self._words = words

    def __getattr__(self, verb: str) -> Any:
        if verb.startswith("_"):
            raise AttributeError(verb)
        if verb not in HOME:
            raise UnknownName("unknown_explorer", verb, HOME)
        answer = getattr(import_module(f"clusterlib.explorers.{HOME[verb]}"), verb)
        return lambda *frames: answer(self._words, *frames)

    def __dir__(self) -> list[str]:
        return sorted(HOME)
