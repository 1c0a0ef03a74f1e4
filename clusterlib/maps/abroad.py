"""Maps of clusters at one scale: the same window around each, institutions as rings."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import labels
from clusterlib.charts.figure import Content, Figure, Mark, records

if TYPE_CHECKING:
    import altair

    from clusterlib.i18n import Words

WORDS = "lesson5.maps."
HEIGHT, ASPECT = 620, 0.86
KM = 111.32  # a degree of latitude
WINDOWS = {100: 20, 30: 5}  # km across, and the length of its scale bar
WIDTH = 330  # px of the narrowest map: labels that fit there fit everywhere
# Where a name may stand beside its ring: on which side, and how far off in px.
LABELS = [
    (side, sign * dx, dy)
    for dx, dy in ((9, 0), (8, -12), (8, 12), (7, -25), (7, 25), (6, -38), (6, 38))
    for side, sign in (("right", 1), ("left", -1))
]
SHAPES = {
    "government": ("square", "■"),
    "university": ("triangle-up", "▲"),
    "research": ("circle", "●"),
    "hospital": ("cross", "✚"),
    "firm": ("diamond", "◆"),
    "park": ("triangle-down", "▼"),
    "private": ("triangle-right", "▶"),
    "transport": ("triangle-left", "◀"),
}
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
        charts=lambda: [_map(row, named[row["cluster"]]) for row in drawn],
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


def inside(spot: Row, window: int) -> bool:
    """Whether a place shows in a window of so many kilometres."""
    return abs(spot["x"]) <= window / 2 and abs(spot["y"]) <= window * ASPECT / 2


def _labelled(spots: list[Row], window: int) -> list[Row]:
    """Places in the window; a name is written where it covers no other name and no ring."""
    scale = WIDTH / window
    shown = [spot for spot in spots if inside(spot, window)]
    taken = [_box(spot["x"] * scale, -spot["y"] * scale, 13, 13) for spot in shown]
    return [{**spot, **_label(spot, scale, taken)} for spot in shown]


def _label(spot: Row, scale: float, taken: list[tuple]) -> Row:
    """The first free place of a name around its ring, in kilometres; none if all are taken."""
    wide, edge = labels.room([spot["name"]], 4), WIDTH / 2 - 2
    for side, dx, dy in LABELS:
        x, y = spot["x"] * scale + dx, -spot["y"] * scale + dy
        room = _box(x + (wide if side == "right" else -wide) / 2, y, wide, 14)
        free = abs(room[0]) < edge and abs(room[2]) < edge and abs(y) < edge * ASPECT - 10
        if free and not any(_meet(room, box) for box in taken):
            taken.append(room)
            return {"side": side, "at_x": x / scale, "at_y": -y / scale}
    return {"side": "", "at_x": spot["x"], "at_y": spot["y"]}


def _box(x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _meet(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _content(
    spots: dict[str, list[Row]], named: dict[str, str], window: int, words: Words
) -> Content:
    counts = {c: sum(inside(spot, window) for spot in own) for c, own in spots.items()}
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
            "window": [_frame(window, words)],
            **{f"spots_{c}": _labelled(own, window) for c, own in spots.items()},
        },
        title=words(WORDS + f"title.{finding}", **said),
        subtitle=words(WORDS + "subtitle", **said),
        alt=words(WORDS + "alt", **said),
        reading=words(WORDS + "reading", **said),
        table=_table(spots, named, window, words),
        key=_key(spots, words),
    )


def _frame(window: int, words: Words) -> Row:
    bar, low = WINDOWS[window], -window * ASPECT / 2 * 0.9
    left = -window / 2 * 0.94
    said = words(WORDS + "bar", n=bar)
    return {"km": window, "x": left, "x2": left + bar, "y": low, "text": said}


def _table(
    spots: dict[str, list[Row]], named: dict[str, str], window: int, words: Words
) -> dict[str, list[str]]:
    rows = [(named[cluster], spot) for cluster, own in spots.items() for spot in own]
    return {
        words(WORDS + "column.cluster"): [name for name, _ in rows],
        words(WORDS + "column.place"): [spot["name"] for _, spot in rows],
        words(WORDS + "column.kind"): [spot["kind_name"] for _, spot in rows],
        words(WORDS + "column.shown"): [
            words(WORDS + ("shown.yes" if inside(spot, window) else "shown.no")) for _, spot in rows
        ],
        words(WORDS + "column.off"): [words.say(spot["off"], "decimal1") for _, spot in rows],
    }


def _key(spots: dict[str, list[Row]], words: Words) -> list[Mark]:
    names = {spot["kind"]: spot["kind_name"] for own in spots.values() for spot in own}
    marks = [Mark(names[kind], "ink", look) for kind, (_, look) in SHAPES.items() if kind in names]
    return [Mark(words(WORDS + "key.ring"), "accent", "○"), *marks]


def _map(cluster: Row, name: str) -> altair.LayerChart:
    alt = theme.altair()

    wide = "(data('window')[0] || {km: 100}).km"
    ground = alt.Chart(alt.NamedData(f"land_{cluster['cluster']}")).mark_geoshape(
        fill=theme.colour("panel"), stroke=theme.colour("edge"), strokeWidth=0.8, clip=True
    )
    layers = [ground.encode(tooltip="name:N"), *_spot_layers(cluster, wide), *_bar_layers()]
    drawn = alt.layer(*layers).project(
        type="identity",
        reflectY=True,
        scale=alt.expr(f"width / {wide}"),
        translate=alt.expr("[width / 2, height / 2]"),
    )
    titled = alt.TitleParams(
        text=name, anchor="start", fontSize=15, color=theme.colour(cluster["shade"]), offset=6
    )
    frame = alt.ViewBackground(fill=theme.colour("accent-soft"), stroke=theme.colour("line"))
    return drawn.properties(
        width="container",
        height=HEIGHT,
        title=titled,
        view=frame,
        usermeta={"aspect": ASPECT, "basis": "calc(50% - 14px)"},
    )


def _spot_layers(cluster: Row, wide: str) -> list[Any]:
    alt = theme.altair()

    spots = alt.Chart(alt.NamedData(f"spots_{cluster['cluster']}"))
    at = {"longitude": "x:Q", "latitude": "y:Q"}
    shade = theme.colour(cluster["shade"])
    # The ring is as wide as the place may be off, and never too small to be seen.
    ring = alt.value(alt.expr(f"max(110, PI * pow(datum.off * width / {wide}, 2))"))
    shapes = {kind: shape for kind, (shape, _) in SHAPES.items()}
    scale = alt.Scale(domain=list(shapes), range=list(shapes.values()))
    written = {"fontSize": 12, "fontWeight": 600, "color": theme.colour("ink")}
    halo = {**written, "stroke": theme.colour("panel"), "strokeWidth": 4}
    texts = []
    named = {"longitude": "at_x:Q", "latitude": "at_y:Q", "text": "name:N"}
    for side, align in (("right", "left"), ("left", "right")):
        own = spots.transform_filter(f"datum.side === '{side}'").encode(**named)
        texts += [own.mark_text(align=align, **style) for style in (halo, written)]
    return [
        spots.mark_point(filled=False, stroke=shade, strokeWidth=1.6, clip=True).encode(
            **at, size=ring, tooltip="tip:N"
        ),
        spots.mark_point(filled=True, size=26, color=shade, opacity=1).encode(
            **at, shape=alt.Shape("kind:N", scale=scale, legend=None), tooltip="tip:N"
        ),
        *texts,
    ]


def _bar_layers() -> list[Any]:
    alt = theme.altair()

    window = alt.Chart(alt.NamedData("window"))
    ends = {"longitude": "x:Q", "latitude": "y:Q"}
    ink = theme.colour("ink")
    line = window.mark_rule(strokeWidth=3, color=ink)
    text = {"align": "left", "baseline": "bottom", "dy": -4, "fontSize": 12, "color": ink}
    return [
        line.encode(**ends, longitude2="x2:Q", latitude2="y:Q"),
        window.mark_text(**text).encode(**ends, text="text:N"),
    ]
