"""How long from designation to completion to the first institution, site by site."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, theme, timeline
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Content, Figure, Mark, records, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson2.lags."
LANE = 56
# What stands on a site's line, with its shape.
SHAPES = {"started": "triangle-right", "completed": "square", "institution": "circle"}
SIGNS = ("workers", "unknown")
STEPS = {"calendar": 5, "since": 2}


def by_site(events: pd.DataFrame, workers: pd.DataFrame, words: Words) -> Figure:
    """One line a site, by calendar year or from each site's own start; workers below.

    Parameters
    ----------
    events : frame
        datasets.formation_events(): region, year, site, kind.
    workers : frame
        datasets.workers(): region, year, sector, workers (people; blank where only drawn).
    words : Words
        The reader's language.
    """
    sites = _sites(events, words)
    counted = _counted(workers, len(sites), words)
    made = {axis: _content(sites, events, counted, axis, words) for axis in STEPS}
    return Figure(
        id="2.formation_lags",
        charts=lambda: [_chart(len(sites) + len(counted), list(events["region"].unique()))],
        content=made["calendar"],
        sources=datasets.citation(pd.concat([events[["source"]], workers[["source"]]]), words.lang),
        evidence="assumed",
        respond=lambda values: made[values["axis"]],
    )


def _sites(events: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    names = events.drop_duplicates("site").set_index("site")[f"site_{words.lang}"]
    return [
        {**row, "name": names[row["site"]], "lane": place}
        for place, row in enumerate(records(timeline.lags(events)))
    ]


def _counted(workers: pd.DataFrame, below: int, words: Words) -> list[dict[str, Any]]:
    """Totals by region, each on a line of its own below the sites."""
    totals = workers[workers["sector"].eq("total")]
    return [
        {
            "region": region,
            "name": words(WORDS + "workers", name=own[f"name_{words.lang}"].iloc[0]),
            "lane": below + place,
            "known": {r["year"]: r["workers"] for r in records(own)},
        }
        for place, (region, own) in enumerate(totals.groupby("region", sort=False))
    ]


def _content(
    sites: list[dict[str, Any]],
    events: pd.DataFrame,
    counted: list[dict[str, Any]],
    axis: str,
    words: Words,
) -> Content:
    since = axis == "since"
    moved = {site["site"]: site["started"] if since else 0 for site in sites}
    below = [] if since else counted
    marks = [*_marks(sites, events, moved, words), *_heads(below, words)]
    said = _facts(sites, words)
    state = "" if said.get("lead", 0) > 0 else "plain"
    return Content(
        rows={
            "lanes": [_lane(line, words) for line in [*sites, *below]],
            "marks": marks,
            "spans": [*(_span(site, moved[site["site"]]) for site in sites), *_unknown(below)],
            "ends": _ends([mark["at"] for mark in marks], axis),
        },
        key=_key(since, words),
        **texts.sentences(words, WORDS, said, title=state, subtitle=axis, reading=axis),
        **_table(sites, words),
    )


def _lane(line: dict[str, Any], words: Words) -> dict[str, Any]:
    text = "" if "known" in line else _lag(line, words)
    return {"lane": line["lane"], "name": line["name"], "text": text}


def _lag(line: dict[str, Any], words: Words) -> str:
    parts = [
        words(WORDS + f"after.{part}", n=line[part])
        for part in ("to_completion", "to_arrival")
        if line[part] is not None
    ]
    return words(WORDS + ("lane" if parts else "lane.none"), parts=", ".join(parts))


def _told(site: dict[str, Any], words: Words) -> str:
    said = {"name": site["name"], "start": site["started"]}
    return words(WORDS + "told", **said, text=_lag(site, words))


def _marks(
    sites: list[dict[str, Any]], events: pd.DataFrame, moved: dict[str, int], words: Words
) -> list[dict[str, Any]]:
    lanes = {site["site"]: site["lane"] for site in sites}
    kinds = {
        **dict.fromkeys(timeline.BEGINNINGS, "started"),
        **dict.fromkeys(timeline.INSTITUTIONS, "institution"),
        "completion": "completed",
    }
    own = events[events["site"].notna() & events["kind"].isin(list(kinds))]
    return [
        {
            "at": row["year"] - moved[row["site"]],
            "lane": lanes[row["site"]],
            "look": kinds[row["kind"]],
            "region": row["region"],
            "tip": words(WORDS + "tip", year=row["year"], name=row[f"name_{words.lang}"]),
        }
        for row in records(own)
    ]


def _heads(counted: list[dict[str, Any]], words: Words) -> list[dict[str, Any]]:
    """Workers where they are printed, a hollow mark where they are only drawn."""
    return [
        {
            "at": year,
            "lane": line["lane"],
            "look": SIGNS[n is None],
            "region": line["region"],
            "text": words(WORDS + ("blank" if n is None else "people"), n=n),
            "tip": words(WORDS + ("tip.blank" if n is None else "tip.people"), year=year, n=n),
        }
        for line in counted
        for year, n in line["known"].items()
    ]


def _span(site: dict[str, Any], moved: int) -> dict[str, Any]:
    years = [site[part] for part in ("started", "completed", "arrived") if site[part] is not None]
    ends = {"from": min(years) - moved, "to": max(years) - moved}
    return {**ends, "lane": site["lane"], "known": True}


def _unknown(counted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "from": min(line["known"]),
            "to": max(line["known"]),
            "lane": line["lane"],
            "known": False,
        }
        for line in counted
    ]


def _ends(places: list[int], axis: str) -> list[dict[str, Any]]:
    """Two unseen points that hold the axis a little wider than its marks."""
    room = STEPS[axis]
    return [{"at": min(places) - (0 if axis == "since" else 1)}, {"at": max(places) + room}]


def _facts(sites: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    both = [site for site in sites if site["head_start"] is not None]
    told = "; ".join(_told(site, words) for site in sites)
    if not both:
        return {"n": 0, "all": len(sites), "sites": told}
    first = max(both, key=lambda site: site["head_start"])
    others = [site for site in both if site is not first]
    waited = [site for site in others if site["head_start"] < 0]
    return {
        "name": first["name"],
        "lead": first["head_start"],
        "waited": len(waited),
        "others": len(others),
        "n": len(both),
        "all": len(sites),
        "who": ", ".join(words(WORDS + "wait", name=s["name"], n=-s["head_start"]) for s in waited),
        "open": len(sites) - len(both),
        "sites": told,
    }


def _key(since: bool, words: Words) -> list[Mark]:
    shapes = {look: ("ink", looks.SIGNS[shape]) for look, shape in SHAPES.items()}
    below = {} if since else {"unknown": ("ink", "○"), "path": ("edge", "dash")}
    return texts.key(words, WORDS, **shapes, **below)


def _table(sites: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    years = dict.fromkeys(("name", "started", "completed", "arrived"), "text")
    spans = dict.fromkeys(("to_completion", "to_arrival", "head_start"), "count")
    return tabled(sites, texts.columns(words, WORDS, **years, **spans), words)


def _chart(lanes: int, regions: list[str]) -> alt.LayerChart:
    axis = alt.Axis(orient="top", format="d", tickMinStep=5, title=None, domain=False)
    x = alt.X("at:Q", scale=alt.Scale(zero=False, nice=False), axis=axis)
    y = alt.Y("lane:Q", scale=alt.Scale(domain=[lanes - 0.6, -0.8], nice=False), axis=None)
    ends = chart_of("ends").mark_point(opacity=0).encode(x)
    layers = [ends, *_lines(y), *_symbols(x, y, regions)]
    return alt.layer(*layers).properties(height=lanes * LANE)


def _lines(y: Any) -> list[Any]:
    lanes = chart_of("lanes").encode(y)
    at = {"align": "left", "baseline": "bottom"}
    names = lanes.mark_text(dy=-24, fontWeight=600, **at)
    texts = lanes.mark_text(dy=-9, fontSize=12, color=theme.colour("muted"), **at)
    spans = chart_of("spans").encode(alt.X("from:Q"), y, x2="to:Q")
    known, unknown = (spans.transform_filter(f"{no}datum.known") for no in ("", "!"))
    return [
        lanes.mark_rule(color=theme.colour("line")).encode(x=alt.value(0), x2=alt.value("width")),
        names.encode(x=alt.value(0), text="name:N"),
        texts.encode(x=alt.value(0), text="text:N"),
        known.mark_rule(strokeWidth=4, color=theme.colour("edge"), opacity=0.45),
        unknown.mark_rule(strokeWidth=1.5, strokeDash=[3, 4], color=theme.colour("edge")),
    ]


def _symbols(x: Any, y: Any, regions: list[str]) -> list[Any]:
    shape = looks.shape("look", {**SHAPES, SIGNS[0]: "diamond"})
    base = chart_of("marks").encode(x, y, tooltip="tip:N")
    known, unknown = (base.transform_filter(f"datum.look {is_} 'unknown'") for is_ in ("!=", "=="))
    text = base.transform_filter("isValid(datum.text)").mark_text(baseline="bottom", dy=-8)
    return [
        known.mark_point(filled=True, size=105, opacity=1).encode(
            color=looks.colour("region", regions), shape=shape
        ),
        unknown.mark_point(size=80, fill=theme.colour("paper"), opacity=1).encode(
            stroke=alt.value(theme.colour("edge"))
        ),
        text.encode(text="text:N"),
    ]
