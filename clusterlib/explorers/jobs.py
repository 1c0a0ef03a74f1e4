"""Lesson 5's jobs over time: drawn once somebody has fetched the tables; until then said how."""

from __future__ import annotations

from typing import Any

from clusterlib import catalog, datasets, live
from clusterlib.charts import jobs
from clusterlib.explorers.start import Panel
from clusterlib.i18n import Words

TABLES = ("us_county_jobs", "nordic_region_jobs")


def jobs_abroad(words: Words) -> Any:
    """Pharmaceutical and research jobs around two clusters, if this computer has fetched them."""
    fetched = catalog.refreshed()
    frames = {name: datasets.latest(name) for name in TABLES if name in fetched}
    if not frames:
        about = {"kind": "note", "lang": words.lang, "words": words.group("jobs.absent.")}
        return Panel(about=about)
    options = jobs.options(frames, words)
    control = {
        "id": "what",
        "kind": "select",
        "label": words("jobs.control"),
        "value": options[0][0],
        "options": options,
    }
    return live.explorer(jobs.over_time(frames, words), words, [control])
