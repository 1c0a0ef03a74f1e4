"""How the institutions are drawn: borders, rings, dots of several shapes, lines with times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clusterlib import theme
from clusterlib.charts import alt, looks
from clusterlib.charts.axes import Plane
from clusterlib.charts.labels import beside
from clusterlib.charts.looks import chart_of

HEIGHT, ASPECT = 560, 1.45
# A region is told by its colour and by a shape; the sign stands in the key.
SHAPES = ("circle", "square", "diamond", "triangle-up")


def shade(region: str) -> str:
    """The colour of a region, or that of the rest of the country where it has none."""
    return region if region in theme.tokens()["light"] else "rest"


def chart(regions: list[str], window: Mapping[str, float]) -> alt.LayerChart:
    """Borders, rings, lines and dots; fed "borders", "rings", "spots", "trips", "ends"."""
    x0, y0, half = window["x"], window["y"], window["half"]
    sides = [alt.ExprRef(f"{x0} {sign} {half} * width / height") for sign in "-+"]
    across = alt.Scale(domainMin=sides[0], domainMax=sides[1], nice=False, zero=False)
    up = alt.Scale(domain=[y0 - half, y0 + half], nice=False, zero=False)
    at = Plane(across={"scale": across, "axis": None}, up={"scale": up, "axis": None}).at
    line = {"strokeWidth": 2.5, "color": theme.colour("ink"), "clip": True}
    times = chart_of("trips").encode(**at("x", "y"), text="text:N")
    ends = chart_of("ends").encode(**at("x", "y"), text="name:N")
    return alt.layer(
        chart_of("borders")
        .mark_line(color=theme.colour("edge"), strokeWidth=1, clip=True)
        .encode(**at("x", "y"), detail="line:N", order="step:Q"),
        chart_of("rings")
        .mark_line(color=theme.colour("edge"), strokeWidth=1, strokeDash=[2, 3], clip=True)
        .encode(**at("x", "y"), detail="place:N", order="step:Q"),
        _rules(chart_of("trips").transform_filter("!datum.planned"), at, **line),
        _rules(chart_of("trips").transform_filter("datum.planned"), at, strokeDash=[7, 5], **line),
        chart_of("spots")
        .mark_point(filled=True, size=90, opacity=1, clip=True)
        .encode(
            **at("x", "y"),
            color=looks.colour("region", {region: shade(region) for region in regions}),
            shape=looks.shape("region", dict(zip(regions, SHAPES, strict=False))),
            tooltip="tip:N",
        ),
        *_beside(ends, "ink"),
        *_beside(times, "accent"),
    ).properties(height=HEIGHT, usermeta={"aspect": ASPECT})


def _rules(chart: Any, at: Any, **style: Any) -> Any:
    return chart.mark_rule(**style).encode(**at("x1", "y1"), x2="x2:Q", y2="y2:Q")


def _beside(marks: Any, ink: str) -> list[Any]:
    """Words on a halo, left or right of their mark as its row says, several lines if need be."""
    style = {"fontWeight": 700, "lineBreak": "\n", "clip": True, "baseline": "middle"}
    return beside(marks, 12, left="datum.left", rim=5, color=theme.colour(ink), **style)
