"""Maps of clusters at one scale: the same window around each, institutions as rings."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import pandas as pd

from clusterlib import datasets
from clusterlib.charts import labels, texts
from clusterlib.charts.figure import Content, Figure, Mark, records
from clusterlib.charts.looks import SIGNS
from clusterlib.i18n import Words
from clusterlib.maps import rings, window_map
from clusterlib.maps.window_map import ASPECT, SHAPES

WORDS = "lesson5.maps."
KM = rings.DEGREE / 1000  # a degree of latitude
WINDOWS = {100: 20, 30: 5}  # km across, and the length of its scale bar
WIDTH = 330  # px of the narrowest map: labels that fit there fit everywhere
LETTER = 0.88  # labels here are of 12 px, those that were measured of 13
LINE = 14  # px from one line of a name to the next
# Where a name may stand beside its ring: on which side, and how far off in px.
LABELS = [
    (side, sign * dx, dy)
    for dx, dy in ((9, 0), (8, -12), (8, 12), (7, -25), (7, 25), (6, -38), (6, 38))
    for side, sign in (("right", 1), ("left", -1))
]
Row = dict[str, Any]


def same_scale(clusters: pd.DataFrame, places: pd.DataFrame, words: Words) -> Figure:
    """One map a cluster that has a middle; every map shows the same number of kilometres.

    Parameters
    ----------
    clusters : frame
        The table abroad_clusters: those with lon and lat are drawn.
    places : frame
        The table places_abroad: approximate positions with how far they may be off.
    words : Words
        The reader's language.
    """
    drawn = [row for row in records(clusters) if row["lon"] is not None]
    named = {row["cluster"]: row[f"short_{words.lang}"] for row in drawn}
    spots = {row["cluster"]: _spots(places, row, words) for row in drawn}

    def respond(values: dict[str, Any]) -> Content:
        return _content(spots, named, int(values["window"]), words)

    return Figure(
        id="5.maps",
        charts=lambda: [window_map.window(row, named[row["cluster"]]) for row in drawn],
        content=respond({"window": "100"}),
        sources=datasets.citation(_sources(places), words.lang),
        evidence="estimated",
        fixed={f"land_{row['cluster']}": list(land(row["cluster"], words.lang)) for row in drawn},
        respond=respond,
    )


def _sources(places: pd.DataFrame) -> pd.DataFrame:
    kept = pd.DataFrame({"source": ["npm_atlas", datasets.regions()["source"].iloc[0]]})
    return pd.concat([kept, places[["source"]]])


def plane(lon: float, lat: float, middle: tuple[float, float]) -> tuple[float, float]:
    """Kilometres east and north of a middle, true enough for a hundred of them.

    >>> [round(v, 1) for v in plane(1.0, 52.0, (0.0, 51.0))]
    [70.1, 111.3]
    """
    lon0, lat0 = middle
    east = (lon - lon0) * KM * math.cos(math.radians(lat0))
    return round(east, 2), round((lat - lat0) * KM, 2)


@cache
def land(cluster: str, lang: str) -> tuple[Row, ...]:
    """The jurisdictions around a cluster as features in kilometres, each with its name."""
    row = datasets.abroad_clusters().set_index("cluster").loc[cluster]
    middle = (row["lon"], row["lat"])
    abroad = row["kind"] == "abroad"
    layer = datasets.shapes("abroad_lands" if abroad else "provinces")["features"]
    own = [f for f in layer if not abroad or f["properties"]["cluster"] == cluster]
    features = [_feature(f, middle, lang) for f in own]
    return tuple(f for f in features if _near(f["geometry"]["coordinates"]))


def _feature(feature: Row, middle: tuple[float, float], lang: str) -> Row:
    parts = [
        [[plane(lon, lat, middle) for lon, lat in ring] for ring in part]
        for part in feature["geometry"]["coordinates"]
    ]
    return {
        "type": "Feature",
        "name": feature["properties"][f"name_{lang}"],
        "geometry": {"type": "MultiPolygon", "coordinates": parts},
    }


def _near(parts: list[Any]) -> bool:
    """Whether a shape comes into the largest window, judged by its corners' box."""
    half = max(WINDOWS) / 2
    xs = [x for part in parts for x, _ in part[0]]
    ys = [y for part in parts for _, y in part[0]]
    return min(xs) < half and max(xs) > -half and min(ys) < half and max(ys) > -half


def _spots(places: pd.DataFrame, cluster: Row, words: Words) -> list[Row]:
    own = places[places["cluster"] == cluster["cluster"]]
    return [_spot(row, (cluster["lon"], cluster["lat"]), words) for row in records(own)]


def _spot(row: Row, middle: tuple[float, float], words: Words) -> Row:
    x, y = plane(row["lon"], row["lat"], middle)
    said = {"name": row[f"name_{words.lang}"], "kind_name": row[f"kind_{words.lang}"]}
    exact = "tip" if row["approximate"] else "tip.exact"
    return {
        "x": x,
        "y": y,
        "kind": row["kind"],
        "off": row["precision_m"] / 1000,
        **said,
        "tip": words(WORDS + exact, m=row["precision_m"], **said),
    }


def inside(spot: Row, window: int, middle: tuple[float, float]) -> bool:
    """Whether a place shows in a window of so many kilometres around a middle."""
    across, up = abs(spot["x"] - middle[0]), abs(spot["y"] - middle[1])
    return across <= window / 2 and up <= window * ASPECT / 2


def best(spots: list[Row], window: int) -> tuple[float, float]:
    """Where a window shows most: the map's own middle if it shows all, else around a place."""
    tried = [(0.0, 0.0), *((spot["x"], spot["y"]) for spot in spots)]
    return max(tried, key=lambda at: sum(inside(spot, window, at) for spot in spots))


def _labelled(spots: list[Row], window: int, middle: tuple[float, float]) -> list[Row]:
    """Places in the window; a name is written where it covers no other name and no ring."""
    scale = WIDTH / window
    shown = [spot for spot in spots if inside(spot, window, middle)]
    at = [((s["x"] - middle[0]) * scale, (middle[1] - s["y"]) * scale) for s in shown]
    taken = [_box(x, y, 13, 13) for x, y in at]
    return [
        {**spot, **_label(spot, *place, scale, taken)}
        for spot, place in zip(shown, at, strict=True)
    ]


def _label(spot: Row, x: float, y: float, scale: float, taken: list[tuple]) -> Row:
    """The first free place of a name around its ring, in kilometres; none if all are taken."""
    for lines in (spot["name"], halved(spot["name"])):
        for side, dx, dy in LABELS:
            room = space(lines, side, x + dx, y + dy)
            if _within(room) and not any(_meet(room, box) for box in taken):
                taken.append(room)
                at = {"at_x": spot["x"] + dx / scale, "at_y": spot["y"] - dy / scale}
                return {"side": side, "far": abs(dy) > 12, "lines": lines, **at}
    at = {"at_x": spot["x"], "at_y": spot["y"]}
    return {"side": "", "far": False, "lines": spot["name"], **at}


def halved(name: str) -> str:
    r"""A name of several words in two lines, as short as they can be.

    >>> halved("University of Maryland, College Park")
    'University of\nMaryland, College Park'
    """
    words = name.split()
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return "\n".join(min(cuts, key=lambda cut: max(map(len, cut)))) if cuts else name


def space(lines: str, side: str, x: float, y: float) -> tuple[float, float, float, float]:
    """What a name takes that begins or ends at a point, its first line on it: a box in px."""
    parts = lines.split("\n")
    wide = LETTER * labels.room(parts, 4)
    middle = x + (wide if side == "right" else -wide) / 2
    return _box(middle, y + LINE * (len(parts) - 1) / 2, wide, LINE * len(parts))


def _within(room: tuple[float, float, float, float]) -> bool:
    """Whether a box lies in the window, clear of its upper and lower edge."""
    across, up = WIDTH / 2 - 2, (WIDTH / 2 - 2) * ASPECT - 3
    return room[0] > -across and room[2] < across and room[1] > -up and room[3] < up


def _box(x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _meet(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _content(
    spots: dict[str, list[Row]], named: dict[str, str], window: int, words: Words
) -> Content:
    middles = {c: best(own, window) for c, own in spots.items()}
    counts = {c: sum(inside(s, window, middles[c]) for s in own) for c, own in spots.items()}
    whole = [named[c] for c, own in spots.items() if counts[c] == len(own)]
    told = [
        words(WORDS + "count", name=named[c], n=counts[c], of=len(own)) for c, own in spots.items()
    ]
    said = {
        "window": window,
        "bar": WINDOWS[window],
        "n": len(whole),
        "of": len(spots),
        "names": ", ".join(whole),
        "counts": "; ".join(told),
    }
    finding = "all" if len(whole) == len(spots) else "some" if whole else "none"
    return Content(
        rows={
            **{f"window_{c}": [_frame(window, middles[c], words)] for c in spots},
            **{f"spots_{c}": _labelled(own, window, middles[c]) for c, own in spots.items()},
        },
        table=_table(spots, named, window, middles, words),
        key=_key(spots, words),
        **texts.sentences(words, WORDS, said, title=finding),
    )


def _frame(window: int, middle: tuple[float, float], words: Words) -> Row:
    (x, y), bar = middle, WINDOWS[window]
    return {"km": window, "mid_x": x, "mid_y": y, "bar": bar, "text": words(WORDS + "bar", n=bar)}


def _table(
    spots: dict[str, list[Row]],
    named: dict[str, str],
    window: int,
    middles: dict[str, tuple[float, float]],
    words: Words,
) -> dict[str, list[str]]:
    rows = [(cluster, spot) for cluster, own in spots.items() for spot in own]
    yes, no = (words(WORDS + f"shown.{each}") for each in ("yes", "no"))
    return {
        words(WORDS + "column.cluster"): [named[cluster] for cluster, _ in rows],
        words(WORDS + "column.place"): [spot["name"] for _, spot in rows],
        words(WORDS + "column.kind"): [spot["kind_name"] for _, spot in rows],
        words(WORDS + "column.shown"): [
            yes if inside(spot, window, middles[cluster]) else no for cluster, spot in rows
        ],
        words(WORDS + "column.off"): [words.say(spot["off"], "decimal1") for _, spot in rows],
    }


def _key(spots: dict[str, list[Row]], words: Words) -> list[Mark]:
    names = {spot["kind"]: spot["kind_name"] for own in spots.values() for spot in own}
    kinds = [kind for kind in SHAPES if kind in names]
    marks = [Mark(names[kind], "ink", SIGNS[SHAPES[kind]]) for kind in kinds]
    return [*texts.key(words, WORDS, ring=("accent", "○")), *marks]
