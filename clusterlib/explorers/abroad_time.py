"""Explorers of lesson 5 in space and time: maps at one scale, milestones by calendar or anchor."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import live
from clusterlib.charts import milestones as drawn
from clusterlib.explorers import grids
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.maps import abroad as mapped

WORDS = "lesson5."
# Laws and every level of government at home stand under this actor of the timelines abroad.
STATE = "government"


def maps_abroad(words: Words, clusters: pd.DataFrame, places: pd.DataFrame) -> live.Framed:
    """The three clusters abroad and Chungcheong at one scale, institutions as rings.

    Parameters
    ----------
    words : Words
        The reader's language.
    clusters : frame
        datasets.abroad_clusters().
    places : frame
        datasets.places_abroad().
    """
    checks.columns(clusters, ["cluster", "lon", "lat", "shade"], "clusters")
    wanted = ["place", "cluster", "lat", "lon", "kind", "approximate", "precision_m", "source"]
    checks.columns(places, wanted, "places")
    windows = [[str(km), words(WORDS + "maps.window.says", n=km)] for km in mapped.WINDOWS]
    control = {
        "id": "window",
        "label": words(WORDS + "maps.window"),
        "value": "100",
        "options": windows,
    }
    return live.explorer(mapped.same_scale(clusters, places, words), words, [control])


def milestones_abroad(
    words: Words, abroad: pd.DataFrame, home: pd.DataFrame, anchors: pd.DataFrame
) -> live.Framed:
    """Milestones on the calendar or by years since the first anchor; the anchor may be chosen.

    Parameters
    ----------
    words : Words
        The reader's language.
    abroad : frame
        datasets.abroad_milestones().
    home : frame
        datasets.formation_events(): the two timelines of the brief's section 02.
    anchors : frame
        datasets.first_anchors().
    """
    checks.columns(abroad, ["cluster", "milestone", "year", "actor", "source"], "milestones")
    checks.columns(anchors, ["cluster", "anchor", "year", "usual", "source"], "anchors")
    frame = pd.concat([abroad, _renamed(home, abroad)], ignore_index=True)
    clusters = grids.named_clusters(words)
    options = drawn.options(frame, anchors, clusters, words)
    lanes = dict.fromkeys(option[2] for option in options)
    placed = [[name, each["short"]] for name, each in clusters.items() if name in lanes]
    controls = [
        _choice("axis", ("calendar", "since"), words),
        _choice("rule", drawn.RULES, words),
        {
            "id": "place",
            "kind": "select",
            "label": words(WORDS + "milestones.place"),
            "value": "all",
            "options": [["all", words(WORDS + "milestones.place.all")], *placed],
        },
        {
            "id": "event",
            "kind": "select",
            "label": words(WORDS + "milestones.event"),
            "value": options[0][0],
            "options": options,
            "only": "place",
            "step": True,
            "words": words.group(WORDS + "milestones.step."),
        },
    ]
    figure = drawn.by_anchor(frame, anchors, clusters, words)
    return live.explorer(figure, words, controls)


def _choice(name: str, values: tuple[str, ...], words: Words) -> dict[str, Any]:
    options = [[value, words(WORDS + f"milestones.{name}.{value}")] for value in values]
    label = words(WORDS + f"milestones.{name}")
    return {"id": name, "label": label, "value": values[0], "options": options}


def _renamed(home: pd.DataFrame, abroad: pd.DataFrame) -> pd.DataFrame:
    """Events at home in the columns and by the actors of those abroad."""
    checks.columns(home, ["event", "region", "year", "actor", "source"], "home")
    actors = abroad.drop_duplicates("actor").set_index("actor")[["actor_ko", "actor_en"]]
    own = home["actor"].where(home["actor"].isin(actors.index), STATE)
    named = actors.loc[own].reset_index()
    kept = home[["event", "region", "year", "name_ko", "name_en", "source", "confidence"]]
    kept = kept.rename(columns={"event": "milestone", "region": "cluster"})
    return pd.concat([kept, named], axis=1).assign(note_ko=None, note_en=None)
