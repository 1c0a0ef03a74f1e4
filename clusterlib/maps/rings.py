"""Approximate places: rings of the size of what is not known, and where they crowd together."""

from __future__ import annotations

from math import cos, hypot, pi, radians, sin
from typing import Any

from clusterlib import theme
from clusterlib.charts import alt, looks
from clusterlib.charts.labels import heading
from clusterlib.charts.looks import chart_of
from clusterlib.maps import outlines

# Metres of a degree of latitude; corners of a ring; how near, in degrees, places crowd.
DEGREE, CORNERS, CROWD = 111_320, 40, 0.06
HEIGHT = 330
# Kilometres that a bar of scale may stand for, and the share of its map that it may take.
BARS, SHARE = (1, 2, 5, 10, 20, 50, 100), 0.35
Box = tuple[float, float, float, float]


def plane(lon: float, lat: float) -> tuple[float, float]:
    """A place in the plane of the outlines."""
    return lon * outlines.SQUEEZE, lat


def reach(place: dict[str, Any]) -> tuple[float, float]:
    """How far a place's ring reaches across and up, in the units of the plane."""
    up = place["precision_m"] / DEGREE
    return up * outlines.SQUEEZE / cos(radians(place["lat"])), up


def ring(place: dict[str, Any]) -> list[list[list[float]]]:
    """The ring of a place as the coordinates of a polygon, clockwise.

    >>> corners = ring({"lon": 127.0, "lat": 36.0, "precision_m": 1000})[0]
    >>> len(corners), corners[0] == corners[-1]
    (41, True)
    """
    x, y = plane(place["lon"], place["lat"])
    across, up = reach(place)
    turns = [-2 * pi * n / CORNERS for n in range(CORNERS)]
    corners = [[round(x + across * cos(t), 5), round(y + up * sin(t), 5)] for t in turns]
    return [[*corners, corners[0]]]


def crowds(places: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Places that lie near one another, two or more together, from north to south.

    >>> near = [{"place": n, "lon": 127.0, "lat": 36 + n / 100} for n in (0, 1, 50)]
    >>> [[each["place"] for each in crowd] for crowd in crowds(near)]
    [[0, 1]]
    """
    groups: list[list[dict[str, Any]]] = []
    for place in places:
        touching = [group for group in groups if any(_near(place, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([*(each for group in touching for each in group), place])
    some = [group for group in groups if len(group) > 1]
    return sorted(some, key=lambda group: -max(place["lat"] for place in group))


def _near(one: dict[str, Any], other: dict[str, Any]) -> bool:
    (x1, y1), (x2, y2) = (plane(place["lon"], place["lat"]) for place in (one, other))
    return hypot(x1 - x2, y1 - y2) <= CROWD


def box(places: list[dict[str, Any]], margin: float = 0.06) -> Box:
    """Left, bottom, right and top of all rings, with a share of their extent as margin."""
    ends = [(*plane(p["lon"], p["lat"]), *reach(p)) for p in places]
    left, right = min(x - a for x, _, a, _ in ends), max(x + a for x, _, a, _ in ends)
    low, high = min(y - u for _, y, _, u in ends), max(y + u for _, y, _, u in ends)
    room = margin * max(right - left, high - low)
    return left - room, low - room, right + room, high + room


def bar(bounds: Box) -> int:
    """Kilometres of the longest bar of scale that stands well in the corner of a box.

    >>> bar((0, 0, 0.05, 0.05)), bar((0, 0, 1, 1))
    (1, 20)
    """
    wide = (bounds[2] - bounds[0]) * DEGREE / 1000
    return max((km for km in BARS if km <= SHARE * wide), default=BARS[0])


def _scale(bounds: Box) -> str:
    """How many px a unit of the plane takes, where a box is as large as the view allows."""
    left, low, right, high = bounds
    return f"min(width / {right - left:.5f}, height / {high - low:.5f})"


def window(bounds: Box) -> dict[str, Any]:
    """A projection that shows a box of the plane, as large as the view allows."""
    left, low, right, high = bounds
    return around(_scale(bounds), f"{(left + right) / 2:.5f}", f"{(low + high) / 2:.5f}")


def around(scale: str, x: str, y: str) -> dict[str, Any]:
    """A projection with a place of the plane in the middle; scale and place in Vega's words."""
    middle = f"[width / 2 - {x} * {scale}, height / 2 + {y} * {scale}]"
    return {
        "type": "identity",
        "reflectY": True,
        "scale": alt.ExprRef(scale),
        "translate": alt.ExprRef(middle),
    }


def chart(
    bounds: Box, title: str, said: str, regions: list[str], frames: bool = False
) -> alt.LayerChart:
    """Land, rings and their numbers within a box, and a bar of scale that says `said`.

    Fed once: "shapes", "scale" (one row), and with `frames` "frames" and "names"; at each move:
    "rings" (features with region, fresh, sign, alone, x, y, tip). With `frames` only the rings that
    no other map shows larger get their number.
    """
    land = chart_of("shapes").mark_geoshape(
        fill=theme.colour("empty"), stroke=theme.colour("edge"), strokeWidth=0.8, clip=True
    )
    colour = looks.colour("region", regions)
    rings = chart_of("rings")
    drawn = rings.mark_geoshape(strokeWidth=2, clip=True).encode(
        stroke=colour,
        color=colour,
        fillOpacity=alt.condition("datum.fresh", alt.value(0.45), alt.value(0.12)),
        tooltip="tip:N",
    )
    signs = _signs(rings.transform_filter("datum.alone"), dx=20) if frames else _signs(rings)
    long = f"{1000 * bar(bounds) / DEGREE:.5f} * {_scale(bounds)}"
    corner = scale_bar(chart_of("scale"), long, alt.value(said))
    layers = [land, drawn, signs, *(_frames() if frames else []), *corner]
    head = heading(title, fontSize=14)
    return (
        alt.layer(*layers)
        .project(**window(bounds))
        .properties(height=HEIGHT, padding=1, title=head, usermeta={"aspect": 0.95, "basis": 420})
    )


def _signs(rings: Any, **moved: int) -> Any:
    ink = {"color": theme.colour("ink"), "fontSize": 25, "fontWeight": 400}
    return rings.mark_text(clip=True, **ink, **moved).encode(
        longitude="x:Q", latitude="y:Q", text="sign:N", tooltip="tip:N"
    )


def scale_bar(base: Any, long: str, said: Any) -> list[Any]:
    """A bar of scale in the lower left corner: its px in Vega's words, and what stands over it."""
    ink = theme.colour("ink")
    base = base.encode(x=alt.value(10), y=alt.value(alt.expr("height - 10")))
    text = {"align": "left", "baseline": "bottom", "dy": -5, "fontSize": 12, "color": ink}
    return [
        base.mark_rule(strokeWidth=3, color=ink).encode(x2=alt.value(alt.expr(f"10 + {long}"))),
        base.mark_text(**text).encode(text=said),
    ]


def _frames() -> list[Any]:
    """The names of the provinces, and which part another map shows larger."""
    at = {"longitude": "x:Q", "latitude": "y:Q"}
    names = chart_of("names").mark_text(clip=True, dy=16, color=theme.colour("muted"))
    ink = {"color": theme.colour("ink"), "fontSize": 14, "fontWeight": 700}
    signs = chart_of("frames").mark_text(dx=14, dy=-8, align="left", **ink)
    return [names.encode(text="name:N", **at), signs.encode(text="sign:N", **at)]
