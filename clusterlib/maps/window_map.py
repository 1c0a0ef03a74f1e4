"""A map of so many kilometres around a middle, drawn alike wherever it lies."""

from __future__ import annotations

from typing import Any

from clusterlib import theme
from clusterlib.charts import alt, looks
from clusterlib.charts.labels import heading, on_halo
from clusterlib.charts.looks import chart_of
from clusterlib.maps import rings

HEIGHT, ASPECT = 620, 0.86
# The shape of a kind of institution.
SHAPES = {
    "government": "square",
    "university": "triangle-up",
    "research": "circle",
    "hospital": "cross",
    "firm": "diamond",
    "park": "triangle-down",
    "private": "triangle-right",
    "transport": "triangle-left",
}
Row = dict[str, Any]


def window(cluster: Row, name: str) -> alt.LayerChart:
    """One map: land, places as rings with their names, a bar of scale.

    Fed once: "land_<cluster>"; at each move: "spots_<cluster>" and "window_<cluster>".

    Parameters
    ----------
    cluster : mapping
        cluster and shade.
    name : str
        What stands above the map.
    """
    # A view is drawn once before it is fed.
    fed = f"window_{cluster['cluster']}"
    frame = f"(data('{fed}')[0] || {{km: 100, mid_x: 0, mid_y: 0}})"
    scale = f"width / {frame}.km"
    ground = chart_of(f"land_{cluster['cluster']}").mark_geoshape(
        fill=theme.colour("panel"), stroke=theme.colour("edge"), strokeWidth=0.8, clip=True
    )
    bar = rings.scale_bar(chart_of(fed), f"datum.bar * {scale}", "text:N")
    layers = [ground.encode(tooltip="name:N"), *_spot_layers(cluster, scale), *bar]
    drawn = alt.layer(*layers).project(**rings.around(scale, f"{frame}.mid_x", f"{frame}.mid_y"))
    titled = heading(name, color=theme.colour(cluster["shade"]), offset=6)
    sea = alt.ViewBackground(fill=theme.colour("accent-soft"), stroke=theme.colour("line"))
    return drawn.properties(
        height=HEIGHT,
        title=titled,
        view=sea,
        usermeta={"aspect": ASPECT, "basis": "calc(50% - 14px)"},
    )


def _spot_layers(cluster: Row, scale: str) -> list[Any]:
    spots = chart_of(f"spots_{cluster['cluster']}")
    at = {"longitude": "x:Q", "latitude": "y:Q"}
    shade = theme.colour(cluster["shade"])
    # The ring is as wide as the place may be off, and never too small to be seen.
    ring = alt.value(alt.expr(f"max(110, PI * pow(datum.off * {scale}, 2))"))
    written = {"fontSize": 12, "fontWeight": 600, "color": theme.colour("ink"), "lineBreak": "\n"}
    texts = []
    named = {"longitude": "at_x:Q", "latitude": "at_y:Q", "text": "lines:N"}
    for side, align in (("right", "left"), ("left", "right")):
        own = spots.transform_filter(f"datum.side === '{side}'").encode(**named)
        texts += on_halo(own, "panel", align=align, **written)
    leads = spots.transform_filter("datum.far").mark_rule(color=shade, strokeWidth=0.8)
    return [
        leads.encode(**at, longitude2="at_x:Q", latitude2="at_y:Q"),
        spots.mark_point(filled=False, stroke=shade, strokeWidth=1.6, clip=True).encode(
            **at, size=ring, tooltip="tip:N"
        ),
        spots.mark_point(filled=True, size=26, color=shade, opacity=1).encode(
            **at, shape=looks.shape("kind", SHAPES), tooltip="tip:N"
        ),
        *texts,
    ]
