"""How the institutions are drawn: borders, rings, dots of several shapes, lines with times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clusterlib import theme
from clusterlib.charts.labels import on_halo

if TYPE_CHECKING:
    import altair

HEIGHT, ASPECT = 560, 1.45
# A region is told by its colour and by a shape; the sign stands in the key.
SHAPES = ("circle", "square", "diamond", "triangle-up")
SIGNS = ("●", "■", "◆", "▲")


def shade(region: str) -> str:
    """The colour of a region, or that of the rest of the country where it has none."""
    return region if region in theme.tokens()["light"] else "rest"


def chart(regions: list[str], window: Mapping[str, float]) -> altair.LayerChart:
    """Borders, rings, lines and dots; fed "borders", "rings", "spots", "trips", "ends"."""
    alt = theme.altair()

    x0, y0, half = window["x"], window["y"], window["half"]
    sides = [alt.ExprRef(f"{x0} {sign} {half} * width / height") for sign in "-+"]
    across = alt.Scale(domainMin=sides[0], domainMax=sides[1], nice=False, zero=False)
    down = alt.Scale(domain=[y0 - half, y0 + half], nice=False, zero=False)

    def at(x: str, y: str) -> dict[str, Any]:
        return {
            "x": alt.X(f"{x}:Q", scale=across, axis=None),
            "y": alt.Y(f"{y}:Q", scale=down, axis=None),
        }

    def fed(name: str) -> altair.Chart:
        return alt.Chart(alt.NamedData(name))

    domain = {"domain": regions}
    shades = alt.Scale(range=[theme.colour(shade(region)) for region in regions], **domain)
    shapes = alt.Scale(range=list(SHAPES[: len(regions)]), **domain)
    line = {"strokeWidth": 2.5, "color": theme.colour("ink"), "clip": True}
    times = fed("trips").encode(**at("x", "y"), text="text:N")
    ends = fed("ends").encode(**at("x", "y"), text="name:N")
    return alt.layer(
        fed("borders")
        .mark_line(color=theme.colour("edge"), strokeWidth=1, clip=True)
        .encode(**at("x", "y"), detail="line:N", order="step:Q"),
        fed("rings")
        .mark_line(color=theme.colour("edge"), strokeWidth=1, strokeDash=[2, 3], clip=True)
        .encode(**at("x", "y"), detail="place:N", order="step:Q"),
        _rules(fed("trips").transform_filter("!datum.planned"), at, **line),
        _rules(fed("trips").transform_filter("datum.planned"), at, strokeDash=[7, 5], **line),
        fed("spots")
        .mark_point(filled=True, size=90, opacity=1, clip=True)
        .encode(
            **at("x", "y"),
            color=alt.Color("region:N", scale=shades, legend=None),
            shape=alt.Shape("region:N", scale=shapes, legend=None),
            tooltip="tip:N",
        ),
        *_beside(ends, "ink"),
        *_beside(times, "accent"),
    ).properties(width="container", height=HEIGHT, usermeta={"aspect": ASPECT})


def _rules(chart: Any, at: Any, **style: Any) -> Any:
    return chart.mark_rule(**style).encode(**at("x1", "y1"), x2="x2:Q", y2="y2:Q")


def _beside(marks: Any, ink: str) -> list[Any]:
    """Words on a halo, left or right of their mark as its row says, several lines if need be."""
    style = {"fontWeight": 700, "lineBreak": "\n", "clip": True, "baseline": "middle"}
    layers = []
    for side, align, dx in (("!datum.left", "left", 12), ("datum.left", "right", -12)):
        look = {"align": align, "dx": dx, "color": theme.colour(ink), **style}
        layers += on_halo(marks.transform_filter(side), width=5, **look)
    return layers
