"""The numbers of the model: which decide an outcome, and how little history says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterlib import datasets, live
from clusterlib.charts import policy_model
from clusterlib.explorers import policy_room
from clusterlib.explorers.policy_words import number_names, regions
from clusterlib.policy import ensemble, parameters

if TYPE_CHECKING:
    from clusterlib.i18n import Words

WORDS, POLICY = "model.sensitivity.", "policy."


def model_sensitivity(words: Words) -> live.Framed:
    """Which drawn numbers decide an outcome, or the difference of two plans, under each belief.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    rows, room = datasets.policy_sensitivity(), policy_room.room()
    plans = {name: both[f"name_{words.lang}"] for name, both in room.names.items()}
    pairs = rows[["plan", "against"]].drop_duplicates().itertuples(index=False, name=None)
    compared = [[f"{a} {b}", _pair(a, b, plans, words)] for a, b in pairs]
    theories = [[t, words(f"{POLICY}theory_{t}")] for t in rows["theory"].unique()]
    found = [[o, words(f"{POLICY}outcome_{o}")] for o in rows["outcome"].unique()]
    first = f"{rows['plan'].iloc[0]} {rows['against'].iloc[0]}"
    controls = [
        {"id": "pair", "kind": "select", "label": words(WORDS + "pair"), "value": first,
         "options": compared},
        {"id": "outcome", "kind": "select", "label": words(WORDS + "outcome"),
         "value": found[0][0], "options": found},
        {"id": "theory", "label": words(WORDS + "theory"), "value": theories[0][0],
         "options": theories},
    ]  # fmt: skip
    said = {"pair": dict(compared), "outcome": dict(found), "theory": dict(theories)}
    start = {control["id"]: control["value"] for control in controls}
    figure = policy_model.sensitivity(rows, number_names(words.lang), said, start, words)
    return live.explorer(figure, words, controls)


def _pair(plan: str, against: str, plans: dict[str, str], words: Words) -> str:
    if against not in plans:
        return words(WORDS + "alone", plan=plans[plan])
    return words(WORDS + "difference", plan=plans[plan], against=plans[against])


def model_learned(words: Words) -> live.Framed:
    """Means of the uncertain numbers before and after matching with history; the band of 2010.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    table, every = datasets.policy_parameters(), datasets.policy_ensemble()
    moved = ensemble.learned(table, every)
    band = ensemble.band_of_history(parameters.worlds(table, every))
    figure = policy_model.learned(
        moved.assign(name=moved["id"].map(number_names(words.lang))),
        band.assign(name=band["region"].map(regions(words.lang))),
        len(every),
        words,
    )
    return live.explorer(figure, words)
