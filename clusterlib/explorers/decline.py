"""Explorers of lesson 1: who moves, how old regions are, what they make, where money sits."""

from __future__ import annotations

import pandas as pd

from clusterlib import datasets, live
from clusterlib.charts import headquarters as offices
from clusterlib.charts import output, people, people_risk, people_share, timeline
from clusterlib.charts import plant as works
from clusterlib.charts import turn as turned
from clusterlib.charts import venture as money
from clusterlib.explorers.controls import choice, listed, named, slider, worded
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.maps import migration

WORDS = "lesson1."


def capital_migration(words: Words, flows: pd.DataFrame, events: pd.DataFrame) -> live.Framed:
    """Fifty years of moves into the capital region; step through the events on the same axis.

    `flows`: datasets.capital_migration(), people a year. `events`: datasets.policy_events().
    """
    checks.columns(flows, ["year", "net_migration", "inflow", "outflow", "source"], "flows")
    checks.columns(events, ["event", "year", "month", "year_to", "kind", "source"], "events")
    events = events.sort_values(["year", "month"], ignore_index=True)
    at = WORDS + "timeline.control."
    kinds = [["all", words(at + "all")], *named(events, "kind", words)]
    dated = _event_options(events, words, at + "option")
    stepping = {"only": "kind", "step": True, "words": words.group(at)}
    controls = [
        listed("kind", words(at + "kind"), kinds),
        listed("event", words(at + "event"), dated, **stepping),
    ]
    return live.explorer(timeline.with_events(flows, events, words), words, controls)


def _event_options(events: pd.DataFrame, words: Words, key: str) -> list[list[str]]:
    rows = events[["event", "year", f"name_{words.lang}", "kind"]].itertuples(index=False)
    return [[event, words(key, year=year, name=name), kind] for event, year, name, kind in rows]


def migration_map(words: Words, rates: pd.DataFrame) -> live.Framed:
    """Net migration of each province on a map and a tile grid, year by year.

    `rates`: indicators.net_migration_rate(datasets.net_migration(), datasets.population()).
    """
    wanted = ["year", "region", "net_migration", "population", "rate", "source"]
    checks.columns(rates, wanted, "rates")
    at, ends = WORDS + "map.control.", (int(rates["year"].min()), int(rates["year"].max()))
    controls = [
        slider("year", words(at + "year"), ends, ends[1], says=words(at + "says"), play=True),
        choice("measure", words(at + "measure"), worded(migration.FIELDS, words, at), "people"),
    ]
    return live.explorer(migration.by_year(rates, datasets.regions(), words), words, controls)


def turn(words: Words, net: pd.DataFrame) -> live.Framed:
    """The counter-case: years of loss of the capital region, who received, how it turned.

    `net`: datasets.net_migration().
    """
    checks.columns(net, ["year", "region", "net_with_capital", "source"], "net")
    figure, years = turned.with_capital(net, words), turned.period(net)
    at, says = WORDS + "turn.control.", words(WORDS + "turn.control.says")
    ends, start = (years[0], years[-1]), figure.start
    spans = [["year", words(at + "one")], ["sum", words(at + "sum")]]
    controls = [
        slider("year", words(at + "year"), ends, start["year"], says=says, play=True),
        choice("span", words(at + "span"), spans, start["span"]),
    ]
    return live.explorer(figure, words, controls)


def youth(words: Words, frame: pd.DataFrame) -> live.Framed:
    """Gains and losses of the provinces, for all ages or for the young.

    `frame`: datasets.youth_net_migration(), people a year.
    """
    wanted = ["year", "region", "age_group", "net_migration", "source"]
    checks.columns(frame, wanted, "youth")
    checks.one_row_each(frame, wanted[:3], "youth")
    figure = people.youth(frame, words)
    ages = worded(people.ages(frame), words, people.WORDS + "age.")
    control = choice("age", words(people.WORDS + "control"), ages, figure.start["age"])
    return live.explorer(figure, words, [control])


def extinction(words: Words, classes: pd.DataFrame) -> live.Framed:
    """The extinction-risk index of each province among its classes.

    `classes`: indicators.extinction_class(datasets.extinction_risk()).
    """
    wanted = ["month", "region", "risk_index", "extinction_class", "source"]
    checks.columns(classes, wanted, "classes")
    return live.explorer(people_risk.extinction(classes, words), words)


def population_share(words: Words, frame: pd.DataFrame) -> live.Framed:
    """The capital region's share of the nation's people, by kind of source.

    `frame`: datasets.capital_population_share(), %.
    """
    wanted = ["year", "basis", "share_pct", "source", "confidence"]
    checks.columns(frame, wanted, "frame")
    checks.one_row_each(frame, ["year", "basis"], "frame")
    return live.explorer(people_share.population_share(frame, words), words)


def grdp_per_head(words: Words, relative: pd.DataFrame) -> live.Framed:
    """Output per head of every province against the nation; put one in front of the others.

    `relative`: indicators.relative_to_nation(datasets.grdp_per_head()), nation = 100.
    """
    wanted = ["year", "region", f"name_{words.lang}", "includes", "relative", "source"]
    checks.columns(relative, wanted, "relative")
    regions = datasets.regions(own=True)
    figure = output.per_head(relative, regions, words)
    chosen = regions["region"].isin(relative["region"]) & regions["kind"].isin(["province", "own"])
    provinces = named(regions[chosen], "region", words, "name")
    label = words(WORDS + "grdp.control.province")
    control = listed("province", label, provinces, output.highest(relative))
    return live.explorer(figure, words, [control])


def venture(words: Words, frame: pd.DataFrame) -> live.Framed:
    """Venture money: the capital region's share by every count, and the latest amounts.

    `frame`: datasets.venture_investment(): shares in percent, amounts in 100 million won.
    """
    wanted = ["period", "group", "region", "indicator", "series", "value", "unit", "source"]
    checks.columns(frame, wanted, "frame")
    return live.explorer(money.shares_and_amounts(frame, datasets.regions(), words), words)


def headquarters(words: Words, frame: pd.DataFrame) -> live.Framed:
    """Head offices of the largest firms, a list at a time, since the lists cannot be joined.

    `frame`: datasets.headquarters(), firms.
    """
    wanted = ["list", "year", "list_size", "group", "region", "is_capital", "headquarters"]
    checks.columns(frame, [*wanted, "source"], "frame")
    lists = offices.lists(frame, datasets.regions(), words)
    at = WORDS + "offices.control."
    known = [[name, each["name"]] for name, each in lists.items()]
    stepping = {"step": True, "words": words.group(at)}
    control = listed("list", words(at + "list"), known, offices.first_whole(lists), **stepping)
    return live.explorer(offices.by_list(frame, lists, words), words, [control])


def plant(words: Words, frame: pd.DataFrame) -> live.Framed:
    """The last years of the Gunsan car plant; two of them known as a range only.

    `frame`: datasets.gunsan_output(), thousand cars a year.
    """
    checks.columns(frame, ["year", "region", "cars_thousand", "low", "high", "source"], "frame")
    end = works.closing(frame, datasets.policy_events())
    return live.explorer(works.last_years(frame, end, words), words)
