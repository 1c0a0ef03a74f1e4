"""The one look: colours, type and badges, read from web/theme.json, for charts and for pages."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from clusterlib.errors import UnknownName

FILE = Path(__file__).resolve().parent / "web" / "theme.json"
EVIDENCE = ("observed", "estimated", "assumed", "teaching", "said")
# Where on a page each scheme holds, as CSS says it.
SCHEMES = {
    "light": ":root",
    "dark": ":root[data-kit-scheme=dark],body[data-jp-theme-light=false]",
    "contrast": ":root[data-kit-scheme=contrast]",
}
DEPTHS = ("soft", "mid", "strong")


@cache
def tokens() -> dict[str, Any]:
    """Every colour by scheme, and type sizes (px)."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def colour(name: str) -> str:
    """A colour by what it means, as a mark that the view turns into the reader's scheme.

    Charts say "kit:capital" instead of a hex code, so one specification serves the light, the
    dark and the high-contrast page. Raises UnknownName for a colour that has no meaning here.

    >>> colour("capital")
    'kit:capital'
    """
    if name not in tokens()["light"]:
        raise UnknownName("unknown_colour", name, tokens()["light"])
    return f"kit:{name}"


def diverging() -> list[str]:
    """Names of seven colours from loss over nothing to gain, made for each scheme.

    Neither pole is the colour of the capital region or of the rest: a map of gains and losses
    says nothing about who gained.
    """
    return [f"loss-{n}" for n in DEPTHS[::-1]] + ["even"] + [f"gain-{n}" for n in DEPTHS]


def config() -> dict[str, Any]:
    """The Vega-Lite configuration of every chart: type, axes, no borders."""
    kind = tokens()["type"]
    text = {"labelFontSize": kind["label"], "titleFontSize": kind["label"]}
    ink = {"labelColor": "kit:muted", "titleColor": "kit:muted", "titleFontWeight": "normal"}
    quiet = {"domainColor": "kit:edge", "tickColor": "kit:edge", "gridColor": "kit:line"}
    return {
        "background": "transparent",
        "font": kind["family"],
        "aria": False,  # the figure around the view carries name and description
        "view": {"stroke": None},
        "text": {"color": "kit:ink", "fontSize": kind["label"]},
        "title": {"color": "kit:ink"},
        "axis": {**text, **ink, **quiet, "gridDash": [2, 3], "labelPadding": 6, "titlePadding": 8},
        # The unit stands over the axis, written as one reads, not turned on its side.
        "axisY": {"titleAngle": 0, "titleAlign": "left", "titleX": 0, "titleY": -12},
        "legend": {**text, **ink, "symbolStrokeWidth": 2},
        "rule": {"color": "kit:edge"},
        "bar": {"color": "kit:rest"},
        "line": {"strokeWidth": 2},
    }


def css_variables() -> str:
    """The same colours as CSS custom properties, a block a scheme, for the page and for Lab."""
    return "\n".join(f"{where}{{{_properties(scheme)}}}" for scheme, where in SCHEMES.items())


def _properties(scheme: str) -> str:
    kind = tokens()["type"]
    # --kit-px is a pixel at the usual text size; whoever sets --kit-scale makes all text larger.
    sizes = (
        f"--kit-font:{kind['family']};--kit-px:calc(1px*var(--kit-scale,1));"
        f"--kit-body:calc({kind['body']}*var(--kit-px));"
    )
    colours = "".join(f"--kit-{name}:{value};" for name, value in tokens()[scheme].items())
    return colours + (sizes if scheme == "light" else "")
