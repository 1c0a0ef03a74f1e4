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
    words: Words, abroad: pd.DataFrame, anchors: pd.DataFrame, home: pd.DataFrame | None = None
) -> live.Framed:
    """Milestones on the calendar or by years since the first anchor; the anchor may be chosen.

    Parameters
    ----------
    words : Words
        The reader's language.
    abroad : frame
        datasets.abroad_milestones().
    anchors : frame
        datasets.first_anchors().
    home : frame, optional
        Events of the Korean clusters: event, region, year, actor and names; without them the
        Korean lanes hold their anchors only.
    """
    checks.columns(abroad, ["cluster", "milestone", "year", "actor", "source"], "milestones")
    checks.columns(anchors, ["cluster", "anchor", "year", "usual", "source"], "anchors")
    korean = _anchored(anchors, abroad, words) if home is None else _renamed(home)
    frame = pd.concat([abroad, korean], ignore_index=True)
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


def _anchored(anchors: pd.DataFrame, abroad: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The anchors of the clusters that have no milestones, in the columns of milestones."""
    own = anchors[~anchors["cluster"].isin(set(abroad["cluster"]))]
    actor = abroad.iloc[0][["actor", "actor_ko", "actor_en"]].to_dict()
    notes = own.rename(columns={"meaning_ko": "note_ko", "meaning_en": "note_en"})
    return notes.rename(columns={"anchor": "milestone"}).assign(**actor)


def _renamed(home: pd.DataFrame) -> pd.DataFrame:
    """Events at home in the columns of milestones."""
    checks.columns(home, ["event", "region", "year", "actor", "source"], "home")
    named = home.rename(columns={"event": "milestone", "region": "cluster"})
    return named.assign(note_ko="", note_en="")
