"""Who led: entries of each region counted by actor and era, one grid of tiles a region."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, theme, timeline
from clusterlib.charts import alt, formation, ranked, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.labels import heading
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson2.led."
ROW = 34
# Where the entries whose level of government is not printed may be counted.
READINGS = ("apart", "central", "local")


def by_era(events: pd.DataFrame, words: Words) -> Figure:
    """Two grids, actors down and eras across; a control counts the unknown level elsewhere.

    Parameters
    ----------
    events : frame
        datasets.formation_events(): region, year, actor.
    words : Words
        The reader's language.
    """
    regions = formation.named(events, words)
    made = {each: _content(_counted(events, each), regions, each, words) for each in READINGS}
    return Figure(
        id="2.formation_led",
        charts=lambda: [_chart(region, name, words) for region, name in regions.items()],
        content=made[READINGS[0]],
        sources=datasets.citation(events, words.lang),
        evidence="assumed",
        respond=lambda values: made[values["open"]],
    )


def _counted(events: pd.DataFrame, reading: str) -> pd.DataFrame:
    counted_as = "" if reading == READINGS[0] else reading
    return timeline.led(events, formation.ERAS, list(formation.SHAPES), counted_as)


def _content(counted: pd.DataFrame, regions: dict[str, str], reading: str, words: Words) -> Content:
    said = _facts(counted, regions, words)
    own = {region: counted[counted["region"] == region] for region in regions}
    return Content(
        rows={f"tiles_{region}": _tiles(frame, words) for region, frame in own.items()},
        **texts.sentences(words, WORDS, said, subtitle=reading, reading=[reading, "brief"]),
        **_table(counted, regions, words),
    )


def _facts(counted: pd.DataFrame, regions: dict[str, str], words: Words) -> dict[str, Any]:
    said: dict[str, Any] = {"rows": _told(counted, regions, words)}
    for place, (region, name) in enumerate(regions.items(), 1):
        sums = counted[counted["region"] == region].groupby("actor")["n"].sum()
        most = sums.idxmax()
        said |= {
            f"name_{place}": name,
            f"actor_{place}": words(f"lesson2.actor.{most}.in_text"),
            f"n_{place}": int(sums[most]),
            f"all_{place}": int(sums.sum()),
            **{f"{actor}_{place}": int(n) for actor, n in sums.items()},
        }
    return said


def _tiles(own: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Entries by actor and era, and the total of each actor in a last column without shade."""
    most = max(int(own["n"].max()), 1)
    cells = [
        {
            **_tile(actor, n, words),
            "era": formation.era_short(era, words),
            "weight": n / most,
            "text": str(n) if n else "·",
            "tip": _tip(actor, era, n, words),
        }
        for era, actor, n in own[["era", "actor", "n"]].itertuples(index=False)
    ]
    last = {"era": words(WORDS + "sum"), "weight": 0, "bold": True, "tip": ""}
    sums = own.groupby("actor")["n"].sum()
    totals = [_tile(actor, int(sums[actor]), words) | last for actor in formation.SHAPES]
    return [*cells, *totals]


def _tile(actor: str, n: int, words: Words) -> dict[str, Any]:
    order = list(formation.SHAPES).index(actor)
    return {"actor": words(f"lesson2.actor.{actor}"), "order": order, "n": n, "text": str(n)}


def _tip(actor: str, era: int, n: int, words: Words) -> str:
    said = {"actor": words(f"lesson2.actor.{actor}"), "era": formation.era_name(era, words)}
    return words(WORDS + "tip", **said, n=n)


def _told(counted: pd.DataFrame, regions: dict[str, str], words: Words) -> str:
    some = counted[counted["n"] > 0].groupby(["region", "actor"], sort=False)["n"].sum()
    return "; ".join(
        words(WORDS + "told", name=regions[region], actor=words(f"lesson2.actor.{actor}"), n=n)
        for (region, actor), n in some.items()
    )


def _table(counted: pd.DataFrame, regions: dict[str, str], words: Words) -> dict[str, Any]:
    wide = counted.pivot_table(
        index=["region", "actor"], columns="era", values="n", sort=False
    ).reset_index()
    said = wide.assign(
        where=wide["region"].map(regions),
        who=[words(f"lesson2.actor.{actor}") for actor in wide["actor"]],
        all=wide[list(formation.ERAS)].sum(axis=1),
    )
    said.columns = [str(name) for name in said.columns]
    columns = [
        Column("where", words("common.region")),
        Column("who", words("lesson2.timeline.column.actor")),
        *(Column(str(era), formation.era_name(era, words), "count") for era in formation.ERAS),
        Column("all", words(WORDS + "sum"), "count"),
    ]
    return tabled(said, columns, words)


def _chart(region: str, name: str, words: Words) -> alt.LayerChart:
    eras = [formation.era_short(era, words) for era in formation.ERAS]
    quiet = {"title": None, "domain": False, "ticks": False}
    base = chart_of(f"tiles_{region}").encode(
        alt.X(
            "era:N",
            sort=[*eras, words(WORDS + "sum")],
            axis=alt.Axis(orient="top", labelAngle=0, labelOverlap=False, **quiet),
        ),
        alt.Y("actor:N", sort=alt.SortField("order"), axis=ranked.named()),
        tooltip="tip:N",
    )
    shade = alt.Scale(domain=[0, 1], range=[0, 0.55])
    weight = alt.FillOpacity("weight:Q", scale=shade, legend=None)
    edge = {"stroke": theme.colour("paper"), "strokeWidth": 2, "cornerRadius": 4}
    tiles = base.mark_rect(fill=theme.colour(region), opacity=1, **edge).encode(weight)
    weighed = alt.expr("datum.bold ? 700 : 400")
    numbers = base.mark_text(fontSize=14, fontWeight=weighed).encode(text="text:N")
    return alt.layer(tiles, numbers).properties(
        height=ROW * len(formation.SHAPES), title=heading(name, frame="bounds")
    )
