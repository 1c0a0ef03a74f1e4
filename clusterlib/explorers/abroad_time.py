"""Explorers of lesson 5 in space and time: maps at one scale, milestones, jobs over the years."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import catalog, datasets, live
from clusterlib.charts import jobs
from clusterlib.charts import milestones as drawn
from clusterlib.explorers import grids
from clusterlib.explorers.controls import choice, listed, worded
from clusterlib.explorers.start import Panel
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.maps import abroad as mapped

WORDS = "lesson5."
# Laws and every level of government at home stand under this actor of the timelines abroad.
STATE = "government"
TABLES = ("us_county_jobs", "nordic_region_jobs")


def maps_abroad(words: Words, clusters: pd.DataFrame, places: pd.DataFrame) -> live.Framed:
    """The three clusters abroad and Chungcheong at one scale, institutions as rings.

    `clusters`: datasets.abroad_clusters(). `places`: datasets.places_abroad().
    """
    checks.columns(clusters, ["cluster", "lon", "lat", "shade"], "clusters")
    wanted = ["place", "cluster", "lat", "lon", "kind", "approximate", "precision_m", "source"]
    checks.columns(places, wanted, "places")
    windows = [[str(km), words(WORDS + "maps.window.says", n=km)] for km in mapped.WINDOWS]
    control = choice("window", words(WORDS + "maps.window"), windows, "100")
    return live.explorer(mapped.same_scale(clusters, places, words), words, [control])


def milestones_abroad(
    words: Words, abroad: pd.DataFrame, home: pd.DataFrame, anchors: pd.DataFrame
) -> live.Framed:
    """Milestones on the calendar or by years since the first anchor; the anchor may be chosen.

    `abroad`: datasets.abroad_milestones(). `anchors`: datasets.first_anchors().
    `home`: datasets.formation_events(), the two timelines of the brief's section 02.
    """
    checks.columns(abroad, ["cluster", "milestone", "year", "actor", "source"], "milestones")
    checks.columns(anchors, ["cluster", "anchor", "year", "usual", "source"], "anchors")
    frame = pd.concat([abroad, _renamed(home, abroad)], ignore_index=True)
    clusters, at = grids.named_clusters(words), WORDS + "milestones."
    options = drawn.options(frame, anchors, clusters, words)
    lanes = {option[2] for option in options}
    placed = [[name, each["short"]] for name, each in clusters.items() if name in lanes]
    every, stepping = ["all", words(at + "place.all")], words.group(at + "step.")
    controls = [
        choice("axis", words(at + "axis"), worded(("calendar", "since"), words, at + "axis.")),
        choice("rule", words(at + "rule"), worded(drawn.RULES, words, at + "rule.")),
        listed("place", words(at + "place"), [every, *placed]),
        listed("event", words(at + "event"), options, only="place", step=True, words=stepping),
    ]
    figure = drawn.by_anchor(frame, anchors, clusters, words)
    return live.explorer(figure, words, controls)


def _renamed(home: pd.DataFrame, abroad: pd.DataFrame) -> pd.DataFrame:
    """Events at home in the columns and by the actors of those abroad."""
    checks.columns(home, ["event", "region", "year", "actor", "source"], "home")
    actors = abroad.drop_duplicates("actor").set_index("actor")[["actor_ko", "actor_en"]]
    own = home["actor"].where(home["actor"].isin(actors.index), STATE)
    named = actors.loc[own].reset_index()
    kept = home[["event", "region", "year", "name_ko", "name_en", "source", "confidence"]]
    kept = kept.rename(columns={"event": "milestone", "region": "cluster"})
    return pd.concat([kept, named], axis=1).assign(note_ko=None, note_en=None)


def jobs_abroad(words: Words) -> Any:
    """Pharmaceutical and research jobs around two clusters, if this computer has fetched them."""
    fetched = catalog.refreshed()
    frames = {name: datasets.latest(name) for name in TABLES if name in fetched}
    if not frames:
        about = {"kind": "note", "lang": words.lang, "words": words.group("jobs.absent.")}
        return Panel(about=about)
    control = listed("what", words("jobs.control"), jobs.options(frames, words))
    return live.explorer(jobs.over_time(frames, words), words, [control])
