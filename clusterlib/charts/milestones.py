"""What happened in each cluster, a lane each: by the calendar, or by years since an anchor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, records, tabled
from clusterlib.charts.labels import beside
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson5.milestones."
# Height of a lane in px; how far an event stands above another of its year, in lanes.
LANE, LIFT = 78, 0.15
RULES = ("usual", "first", "last")
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right"]
FIXED = ("lane", "height", "actor", "tip")
Row = dict[str, Any]


def by_anchor(
    milestones: pd.DataFrame, anchors: pd.DataFrame, clusters: Mapping[str, Any], words: Words
) -> Figure:
    """Milestones of every cluster that has an anchor, aligned as the controls say.

    Parameters
    ----------
    milestones : frame
        cluster, milestone, year, actor, names of actor and milestone, notes, source.
    anchors : frame
        The table first_anchors: cluster, anchor, year, usual, standing, names, source.
    clusters : mapping of cluster to mapping
        Short name and shade of each, in the order of the lanes.
    words : Words
        The reader's language.
    """
    lanes = [name for name in clusters if name in set(anchors["cluster"])]
    chosen = {rule: _anchors(anchors, lanes, rule) for rule in RULES}
    points = _points(milestones, lanes, clusters, words)
    actors = _actors(milestones, words)
    said = {"anchors": records(anchors), "clusters": clusters, "chosen": chosen}

    def respond(values: dict[str, Any]) -> Content:
        return _content(points, actors, said, values, words)

    sources = pd.concat([milestones[["source"]], anchors[["source"]]])
    return Figure(
        id="5.milestones",
        charts=lambda: [_chart(lanes, clusters, list(actors), words)],
        content=respond({"axis": "calendar", "rule": "usual", "event": points[0]["id"]}),
        sources=datasets.citation(sources, words.lang),
        fixed={"names": [_named(point, words) for point in points]},
        respond=respond,
    )


def _named(point: Row, words: Words) -> Row:
    """What no control changes of an event: its lane and place in it, its actor, its words."""
    kept = {key: point[key] for key in ("id", *FIXED[:-1])}
    return {**kept, "tip": words(WORDS + "tip", **point)}


def _anchors(anchors: pd.DataFrame, lanes: list[str], rule: str) -> dict[str, Row]:
    """The anchor of each lane by a rule: the usual one, the earliest, the latest."""
    found = {}
    for lane in lanes:
        own = anchors[anchors["cluster"] == lane].sort_values("year")
        usual = own[own["usual"].astype(bool)]
        found[lane] = records({"usual": usual, "first": own, "last": own.iloc[::-1]}[rule])[0]
    return found


def _points(
    milestones: pd.DataFrame, lanes: list[str], clusters: Mapping[str, Any], words: Words
) -> list[Row]:
    lang = words.lang
    kept = milestones[milestones["cluster"].isin(lanes)].sort_values(["year", "milestone"])
    stack = kept.groupby(["cluster", "year"]).cumcount().tolist()
    return [
        {
            "id": f"{row['cluster']}.{row['milestone']}",
            "lane": row["cluster"],
            "place": clusters[row["cluster"]]["short"],
            "year": int(row["year"]),
            "actor": row["actor"],
            "actor_name": row[f"actor_{lang}"],
            "name": row[f"name_{lang}"],
            "note": row[f"note_{lang}"] or "",
            "height": lanes.index(row["cluster"]) - LIFT * above,
        }
        for row, above in zip(records(kept), stack, strict=True)
    ]


def options(
    milestones: pd.DataFrame, anchors: pd.DataFrame, clusters: Mapping[str, Any], words: Words
) -> list[list[str]]:
    """What the list of events offers, in the order of time: id, text, lane."""
    lanes = [name for name in clusters if name in set(anchors["cluster"])]
    return [
        [p["id"], words(WORDS + "option", **p), p["lane"]]
        for p in _points(milestones, lanes, clusters, words)
    ]


def _actors(milestones: pd.DataFrame, words: Words) -> dict[str, str]:
    order = milestones["actor"].value_counts().index
    names = milestones.drop_duplicates("actor").set_index("actor")[f"actor_{words.lang}"]
    return {actor: names[actor] for actor in order}


def _content(
    points: list[Row], actors: dict[str, str], known: Row, values: Row, words: Words
) -> Content:
    anchors, axis = known["chosen"][values["rule"]], values["axis"]
    zero = {lane: anchor["year"] if axis == "since" else 0 for lane, anchor in anchors.items()}
    offered = [p for p in points if values.get("place", "all") in ("all", p["lane"])]
    picked = next((p for p in offered if p["id"] == values["event"]), offered[0])
    rows = [
        {"id": p["id"], "at": p["year"] - zero[p["lane"]], "picked": p is picked} for p in points
    ]
    middle = (min(row["at"] for row in rows) + max(row["at"] for row in rows)) / 2
    flags = [
        {**_flag(lane, anchor, zero, words), "height": place}
        for place, (lane, anchor) in enumerate(anchors.items())
    ]
    flags = [{**flag, "flip": flag["at"] > middle} for flag in flags]
    said = _said(points, anchors, picked, known, words)
    return Content(
        rows={"points": rows, "flags": flags, "cursor": [r for r in rows if r["picked"]]},
        key=_key(actors, words),
        **texts.sentences(words, WORDS, said, title=axis, subtitle=axis, reading=axis),
        **_table(points, anchors, words),
    )


def _flag(lane: str, anchor: Row, zero: Mapping[str, int], words: Words) -> Row:
    name = anchor[f"name_{words.lang}"]
    return {
        "lane": lane,
        "at": anchor["year"] - zero[lane],
        "text": words(WORDS + "flag", year=anchor["year"], name=name),
        "tip": anchor[f"meaning_{words.lang}"],
    }


def _said(
    points: list[Row], anchors: Mapping[str, Row], picked: Row, known: Row, words: Words
) -> Row:
    clusters = known["clusters"]
    spread = {
        lane: [row["year"] for row in known["anchors"] if row["cluster"] == lane]
        for lane in anchors
    }
    widest = max(spread, key=lambda lane: max(spread[lane]) - min(spread[lane]))
    ordered = sorted(anchors, key=lambda lane: anchors[lane]["year"])
    age = picked["year"] - anchors[picked["lane"]]["year"]
    standing = "after" if age > 0 else "before" if age < 0 else "at"
    return {
        "n": len(points),
        "lanes": len(anchors),
        "widest": clusters[widest]["short"],
        "gap": max(spread[widest]) - min(spread[widest]),
        "first": clusters[ordered[0]]["short"],
        "last": clusters[ordered[-1]]["short"],
        "between": anchors[ordered[-1]]["year"] - anchors[ordered[0]]["year"],
        "anchors": "; ".join(
            words(WORDS + "anchor", place=clusters[lane]["short"], year=anchors[lane]["year"])
            for lane in ordered
        ),
        "place": picked["place"],
        "year": picked["year"],
        "name": picked["name"],
        "actor": picked["actor_name"],
        "note": f" ({picked['note']})" if picked["note"] else "",
        "when": words(WORDS + f"when.{standing}", n=abs(age)),
    }


def _table(points: list[Row], anchors: Mapping[str, Row], words: Words) -> dict[str, Any]:
    rows = [{**p, "since": p["year"] - anchors[p["lane"]]["year"]} for p in points]
    columns = [
        *texts.columns(words, WORDS, place="text"),
        Column("year", words("common.year")),
        *texts.columns(words, WORDS, since="count", name="text", actor_name="text", note="text"),
    ]
    return tabled(rows, columns, words)


def _key(actors: dict[str, str], words: Words) -> list[Mark]:
    shapes = zip(actors.values(), SHAPES, strict=False)
    return [
        Mark(words(WORDS + "key.anchor"), "ink", "line"),
        *(Mark(name, "muted", looks.SIGNS[shape]) for name, shape in shapes),
    ]


def _chart(
    lanes: list[str], clusters: Mapping[str, Any], actors: list[str], words: Words
) -> alt.LayerChart:
    names = [clusters[lane]["short"] for lane in lanes]
    lane = alt.Y(
        "height:Q",
        scale=alt.Scale(domain=[len(lanes) - 0.45, -0.75], nice=False, zero=False),
        axis=alt.Axis(
            title=None,
            domain=False,
            ticks=False,
            values=list(range(len(lanes))),
            labelExpr=f"{names}[datum.value]",
            labelFontWeight=700,
            labelColor=theme.colour("ink"),
            labelAlign="left",
            labelBaseline="bottom",
            labelPadding=-4,
            labelOffset=-22,
            labelLimit=320,
        ),
    )
    across = alt.X(
        "at:Q",
        scale=alt.Scale(zero=False, nice=False, padding=14),
        axis=alt.Axis(title=None, grid=False, domain=False, format="d", tickCount=6),
    )
    colour = looks.colour("lane", {name: clusters[name]["shade"] for name in lanes})
    place = {"x": across, "y": lane}
    return alt.layer(*_layers(place, colour, actors)).properties(height=LANE * len(lanes))


def _looked(name: str) -> alt.Chart:
    """Moving rows, each joined to what never changes of its event."""
    known = alt.LookupData(alt.NamedData("names"), "id", list(FIXED))
    return chart_of(name).transform_lookup("id", known)


def _layers(place: Row, colour: Any, actors: list[str]) -> list[Any]:
    flags, points = chart_of("flags"), _looked("points")
    shape = looks.shape("actor", dict(zip(actors, SHAPES, strict=False)))
    size = alt.condition("datum.picked", alt.value(190), alt.value(70))
    ring = {"filled": False, "size": 420, "strokeWidth": 2, "color": theme.colour("accent")}
    tick = {"thickness": 3, "color": theme.colour("ink"), "size": 26, "orient": "vertical"}
    # The words of an anchor keep inside the figure: they take what is free on their side.
    text = {
        "baseline": "top",
        "dy": 10,
        "fontSize": 12,
        "color": theme.colour("muted"),
        "limit": alt.expr("(datum.flip ? scale('x', datum.at) : width - scale('x', datum.at)) - 7"),
    }
    return [
        flags.mark_tick(**tick).encode(**place, tooltip="tip:N"),
        *beside(flags.encode(**place, text="text:N"), 5, left="datum.flip", **text),
        points.mark_point(filled=True, opacity=0.9).encode(
            **place, color=colour, shape=shape, size=size, tooltip="tip:N"
        ),
        _looked("cursor").mark_point(**ring).encode(**place),
    ]
