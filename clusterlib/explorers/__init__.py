"""The small machines of controls and chart, a file per lesson; each answers to one verb."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from clusterlib.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterlib.i18n import Words

# The verb that a notebook says, and the lesson's file that answers it.
HOME = {
    "first_look": "start",
    "doors": "start",
    "selftest": "start",
    "glossary": "start",
    "tables": "start",
    "jobs_abroad": "jobs",
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
    "spread": "measure_space",
    "hot_spots": "measure_space",
    "density": "measure_space",
    "flips": "measure_space",
    "tiny_base": "measure_space",
    "own_measure": "measure_own",
    "own_file": "own",
    "beliefs": "inside_beliefs",
    "beliefs_again": "inside_beliefs",
    "interviews": "inside",
    "strengths": "inside",
    "findings": "inside",
    "travel_times": "inside_times",
    "institutions": "inside_times",
    "house_prices": "inside_money",
    "causal_map": "causal_map",
    "formation_timeline": "formation",
    "formation_led": "formation",
    "formation_lags": "formation",
    "formation_map": "formation",
    "worker_growth": "growth",
    "growth_path": "growth",
    "lost_value": "growth",
    "site_area": "growth",
    "abroad_profile": "abroad",
    "transfer": "abroad",
    "departures": "abroad",
    "maps_abroad": "abroad_time",
    "milestones_abroad": "abroad_time",
    "key_figures": "abroad_pairs",
    "ranking": "abroad_rank",
    "strategies": "policy_brief",
    "instruments": "policy_brief",
    "workshop": "policy_workshop",
    "policy_lab": "policy_lab",
    "policy_memo": "policy_memo",
    "plan_compare": "plan_compare",
    "plan_choice": "plan_choice",
    "break_it": "plan_break",
    "what_must_hold": "plan_rule",
    "theory_debrief": "plan_beliefs",
    "model_behaviours": "model_behaviours",
    "model_equations": "model_equations",
    "model_learned": "model_numbers",
    "model_sensitivity": "model_numbers",
}


class Explore:
    """`kit.explore`: every explorer by its verb, speaking the learner's language.

    Raises UnknownName, with the nearest verb, for one that does not exist.

    Parameters
    ----------
    words : Words
        The learner's language.
    keep : callable
        Ties what the learner makes in an explorer (one that names its `piece` of work) to the
        learner's work, and what such a view names under `also_kept`; without it nothing is kept.
    """

    def __init__(self, words: Words, keep: Callable[[Any, str], Any] | None = None) -> None:
        self._words, self._keep = words, keep

    def __getattr__(self, verb: str) -> Any:
        if verb.startswith("_"):
            raise AttributeError(verb)
        if verb not in HOME:
            raise UnknownName("unknown_explorer", verb, HOME)
        answer = getattr(import_module(f"clusterlib.explorers.{HOME[verb]}"), verb)
        return lambda *frames: self._kept(answer(self._words, *frames))

    def _kept(self, view: Any) -> Any:
        if self._keep and getattr(view, "piece", ""):
            for made in (view, *getattr(view, "also_kept", ())):
                self._keep(made, made.piece)
        return view

    def __dir__(self) -> list[str]:
        return sorted(HOME)
