"""The small machines of controls and chart, a file per lesson; each answers to one verb.

In every verb `words` is the reader's language; which table a frame is, its docstring says.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from clusterlib.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterlib.i18n import Words

# The verbs that a notebook says, by the file that answers them.
VERBS = {
    "start": ("first_look", "doors", "selftest", "glossary", "tables"),
    "decline": ("capital_migration", "migration_map", "turn", "youth", "extinction",
                "population_share", "grdp_per_head", "venture", "headquarters", "plant"),
    "claims": ("causes",),
    "circle": ("vicious_circle",),
    "formation": ("formation_timeline", "formation_led", "formation_lags", "formation_map",
                  "worker_growth", "growth_path", "lost_value", "site_area"),
    "measure": ("quotients", "cuts", "stars", "mix", "shifts", "plant_indices"),
    "measure_space": ("spread", "hot_spots", "density", "flips", "tiny_base"),
    "measure_own": ("own_measure",),
    "own": ("own_file",),
    "inside": ("interviews", "strengths", "findings"),
    "inside_beliefs": ("beliefs", "beliefs_again"),
    "inside_figures": ("travel_times", "institutions", "house_prices"),
    "causal_map": ("causal_map",),
    "abroad": ("abroad_profile", "transfer", "departures"),
    "abroad_time": ("maps_abroad", "milestones_abroad", "jobs_abroad"),
    "abroad_pairs": ("key_figures",),
    "abroad_rank": ("ranking",),
    "policy_brief": ("strategies", "instruments"),
    "policy_workshop": ("workshop",),
    "policy_lab": ("policy_lab",),
    "policy_memo": ("policy_memo",),
    "plan_compare": ("plan_compare",),
    "plan_choice": ("plan_choice",),
    "plan_break": ("break_it",),
    "plan_rule": ("what_must_hold",),
    "plan_beliefs": ("theory_debrief",),
    "model_behaviours": ("model_behaviours",),
    "model_equations": ("model_equations",),
    "model_numbers": ("model_learned", "model_sensitivity"),
}  # fmt: skip
HOME = {verb: home for home, verbs in VERBS.items() for verb in verbs}


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
