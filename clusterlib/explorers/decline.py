"""Explorers of lesson 1: why regions outside the capital lose firms and young people."""

from __future__ import annotations

import pandas as pd

from clusterlib import datasets, live
from clusterlib.charts import timeline
from clusterlib.charts import turn as turned
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.maps import migration


def capital_migration(words: Words, flows: pd.DataFrame, events: pd.DataFrame) -> live.Framed:
    """Fifty years of moves into the capital region; step through the events on the same axis.

    Parameters
    ----------
    words : Words
        The reader's language.
    flows : frame
        datasets.capital_migration(), people a year.
    events : frame
        datasets.policy_events().
    """
    checks.columns(flows, ["year", "net_migration", "inflow", "outflow", "source"], "flows")
    checks.columns(events, ["event", "year", "month", "year_to", "kind", "source"], "events")
    events = events.sort_values(["year", "month"], ignore_index=True)
    kinds = events.drop_duplicates("kind")
    controls = [
        {
            "id": "kind",
            "label": words("lesson1.timeline.control.kind"),
            "value": "all",
            "kind": "select",
            "options": [
                ["all", words("lesson1.timeline.control.all")],
                *zip(kinds["kind"], kinds[f"kind_{words.lang}"], strict=True),
            ],
        },
        {
            "id": "event",
            "kind": "select",
            "label": words("lesson1.timeline.control.event"),
            "value": events["event"].iloc[0],
            "options": _event_options(events, words),
            "only": "kind",
            "step": True,
            "words": words.group("lesson1.timeline.control."),
        },
    ]
    return live.explorer(timeline.with_events(flows, events, words), words, controls)


def _event_options(events: pd.DataFrame, words: Words) -> list[list[str]]:
    names = events[["event", "year", f"name_{words.lang}", "kind"]].itertuples(index=False)
    said = "lesson1.timeline.control.option"
    return [[event, words(said, year=year, name=name), kind] for event, year, name, kind in names]


def migration_map(words: Words, rates: pd.DataFrame) -> live.Framed:
    """Net migration of each province on a map and a tile grid, year by year.

    Parameters
    ----------
    words : Words
        The reader's language.
    rates : frame
        indicators.net_migration_rate(datasets.net_migration(), datasets.population()).
    """
    wanted = ["year", "region", "net_migration", "population", "rate", "source"]
    checks.columns(rates, wanted, "rates")
    years = rates["year"]
    measures = [[name, words(f"lesson1.map.control.{name}")] for name in migration.FIELDS]
    controls = [
        {
            "id": "year",
            "label": words("lesson1.map.control.year"),
            "value": int(years.max()),
            "min": int(years.min()),
            "max": int(years.max()),
            "says": words("lesson1.map.control.says"),
            "play": True,
        },
        {
            "id": "measure",
            "label": words("lesson1.map.control.measure"),
            "value": "people",
            "options": measures,
        },
    ]
    return live.explorer(migration.by_year(rates, datasets.regions(), words), words, controls)


def turn(words: Words, net: pd.DataFrame) -> live.Framed:
    """The counter-case: years of loss of the capital region, who received, how it turned.

    Parameters
    ----------
    words : Words
        The reader's language.
    net : frame
        datasets.net_migration().
    """
    checks.columns(net, ["year", "region", "net_with_capital", "source"], "net")
    figure = turned.with_capital(net, words)
    years = turned.period(net)
    controls = [
        {
            "id": "year",
            "label": words("lesson1.turn.control.year"),
            "value": figure.start["year"],
            "min": years[0],
            "max": years[-1],
            "says": words("lesson1.turn.control.says"),
            "play": True,
        },
        {
            "id": "span",
            "label": words("lesson1.turn.control.span"),
            "value": figure.start["span"],
            "options": [
                ["sum", words("lesson1.turn.control.sum")],
                ["year", words("lesson1.turn.control.one")],
            ],
        },
    ]
    return live.explorer(figure, words, controls)
