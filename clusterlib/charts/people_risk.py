"""The age of regions: the extinction-risk index of the provinces against its classes."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.dates import when
from clusterlib.charts.figure import Column, Content, Figure, Mark, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words
from clusterlib.indicators.extinction import CLASSES

WORDS = "lesson1.extinction."
ROW = 25
# Where the axis ends at least: room for the class above the last threshold.
END = 1.78
AT_RISK = CLASSES["caution"]
SHAPES = {"nation": "diamond", "metro": "square", "other": "circle"}


def extinction(classes: pd.DataFrame, words: Words) -> Figure:
    """Each province as a dot among the labelled classes, lowest first, the nation marked.

    Parameters
    ----------
    classes : frame
        month, region, risk_index (a ratio), extinction_class; of several months the last is drawn.
    words : Words
        The reader's language.
    """
    latest = classes[classes["month"] == classes["month"].max()]
    places = _places(latest, words)
    bands = _bands(max(END, float(places["risk_index"].max()) * 1.25), words)
    return Figure(
        id="1.extinction",
        charts=lambda: [_chart(bands, places, words)],
        content=_content(places, words),
        sources=datasets.citation(latest, words.lang),
        fixed={"bands": bands},
    )


def _places(latest: pd.DataFrame, words: Words) -> pd.DataFrame:
    known = datasets.regions().set_index("region")
    rows = latest.dropna(subset=["risk_index"]).sort_values("risk_index", ignore_index=True)
    region = rows["region"]
    # The statistics office numbers the metropolitan cities from 21 on and Sejong 29.
    code = pd.to_numeric(region.map(known["code_kostat"]))
    metro = code.between(21, 28)
    kind = metro.map({True: "metro", False: "other"}).mask(region == "korea", "nation")
    capital = region.map(known["capital_region"]).fillna(False).astype(bool)
    name = region.map(known[f"name_{words.lang}"])
    pairs = zip(name, rows["risk_index"], strict=True)
    return rows.assign(
        name=name,
        label=[words(WORDS + "label", name=name, n=n) for name, n in pairs],
        kind=kind,
        side=capital.map({True: "capital", False: "rest"}).mask(kind == "nation", "ink"),
        stage=[words(WORDS + f"class.{name}") for name in rows["extinction_class"]],
    )


def _content(places: pd.DataFrame, words: Words) -> Content:
    said = _facts(places, words)
    columns = [
        Column("name", words("common.region")),
        *texts.columns(words, WORDS, risk_index="decimal3", stage="text"),
    ]
    return Content(
        rows={"places": _rows(places, words)},
        key=_key(words),
        **texts.sentences(words, WORDS, said, title=_finding(said), reading=("range", "counts")),
        **tabled(places, columns, words),
    )


def _facts(places: pd.DataFrame, words: Words) -> dict[str, Any]:
    provinces = places[places["kind"] != "nation"]
    nation = places.loc[places["kind"] == "nation", "risk_index"]
    below = provinces[provinces["risk_index"] < AT_RISK]
    metro = below.loc[below["kind"] == "metro", "name"]
    counts = datasets.extinction_counts()
    lowest, highest = provinces.iloc[0], provinces.iloc[-1]
    return {
        "date": when(places["month"].iloc[0], words),
        "total": len(provinces),
        "n": len(below),
        "names": ", ".join(below["name"]) or "–",
        "metros": len(metro),
        "metro": ", ".join(metro),
        "nation": words.say(nation.iloc[0], "decimal3") if len(nation) else "–",
        "lowest": lowest["name"],
        "low": words.say(lowest["risk_index"], "decimal3"),
        "highest": highest["name"],
        "high": words.say(highest["risk_index"], "decimal3"),
        "years": ", ".join(map(str, counts.loc[counts["total_assumed"], "year"])),
    }


def _finding(said: dict[str, Any]) -> str:
    """Which sentence the data allow, by how many are at risk and how many of them are cities."""
    if said["n"] == 0:
        return "safe"
    return {0: "none", 1: "one"}.get(said["metros"], "some")


def _rows(places: pd.DataFrame, words: Words) -> pd.DataFrame:
    pairs = list(zip(places["name"], places["risk_index"], places["stage"], strict=True))
    return pd.DataFrame(
        {
            "shown": places["risk_index"],
            "kind": places["kind"],
            "side": places["side"],
            "label": places["label"],
            "tip": [words(WORDS + "tip", name=name, n=n, kind=stage) for name, n, stage in pairs],
        }
    )


def _key(words: Words) -> list[Mark]:
    kinds = {"metro": ("muted", "■"), "other": ("muted", "●"), "nation": ("ink", "◆")}
    return [
        *texts.key(words, WORDS, capital="capital"),
        Mark(words("common.rest"), "rest"),
        *texts.key(words, WORDS, **kinds, risk="warn-soft"),
    ]


def _bands(end: float, words: Words) -> list[dict[str, Any]]:
    """The classes from the lowest up: from, to, and a name of two lines, the first maybe empty."""
    names = list(reversed(CLASSES))
    edges = [*(CLASSES[name] for name in names), end]
    said = [words(WORDS + f"band.{name}") for name in names]
    return [
        {
            "from": low,
            "to": high,
            "middle": (low + high) / 2,
            "risk": high <= AT_RISK,
            "name": name if "\n" in name else "\n" + name,
        }
        for name, (low, high) in zip(said, pairwise(edges), strict=True)
    ]


def _chart(bands: list[dict[str, Any]], places: pd.DataFrame, words: Words) -> alt.LayerChart:
    thresholds = [band["from"] for band in bands]
    short = "datum.value == 0 ? '0' : format(datum.value, '.1f')"
    style = {"labelExpr": short, "labelFlush": False, "grid": False}
    axis = alt.Axis(title=words(WORDS + "axis"), values=thresholds, **style)
    scale = alt.Scale(domain=[0, bands[-1]["to"]], nice=False)
    base = chart_of("places").encode(y=_rows_axis(places))
    layers = [*_back(scale), *_dots(base, alt.X("shown:Q", scale=scale, axis=axis))]
    return alt.layer(*layers).properties(height=ROW * len(places))


def _rows_axis(places: pd.DataFrame) -> Any:
    """Names with values at the left; those of the capital region in bold."""
    bold = places.loc[places["side"] == "capital", "label"].tolist()
    heavy = alt.condition(f"indexof({bold}, datum.value) >= 0", alt.value(700), alt.value(400))
    style = {"labelColor": theme.colour("ink"), "labelFontWeight": heavy, "labelLimit": 0}
    axis = alt.Axis(title=None, domain=False, ticks=False, **style)
    # In the order of the rows, and every row named however low the chart.
    return alt.Y("label:N", sort=None, axis=axis, scale=alt.Scale(padding=0.2))


def _back(scale: Any) -> list[Any]:
    """The classes behind the dots: those at risk tinted, thresholds as lines, names above."""
    base = chart_of("bands")
    start, middle = alt.X("from:Q", scale=scale), alt.X("middle:Q", scale=scale)
    risk = base.transform_filter("datum.risk").mark_rect(color=theme.colour("warn-soft"))
    lines = base.transform_filter("datum.from > 0").mark_rule(color=theme.colour("edge"))
    width = alt.condition(f"datum.from == {AT_RISK}", alt.value(2), alt.value(0.7))
    style = {"baseline": "top", "lineBreak": "\n", "fontSize": 12, "lineHeight": 14}
    names = base.mark_text(color=theme.colour("muted"), **style)
    return [
        risk.encode(x=start, x2="to:Q"),
        lines.encode(x=start, strokeWidth=width),
        names.encode(x=middle, y=alt.value(-34), text="name:N"),
    ]


def _dots(base: Any, x: Any) -> list[Any]:
    dots = base.mark_point(filled=True, size=130, opacity=1).encode(
        x=x,
        color=looks.colour("side", ("capital", "rest", "ink")),
        shape=looks.shape("kind", SHAPES),
        tooltip="tip:N",
    )
    stems = base.mark_rule(color=theme.colour("edge"), strokeWidth=0.6, strokeDash=[1, 3])
    whole = chart_of("places").transform_filter("datum.kind == 'nation'")
    nation = whole.mark_rule(color=theme.colour("ink"), strokeDash=[5, 3]).encode(x=x)
    return [stems.encode(x=x, x2=alt.datum(0)), nation, dots]
