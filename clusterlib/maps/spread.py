"""Where one activity sits: its amounts on a map in classes, and how far from even they are."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from clusterlib import datasets, indicators, theme
from clusterlib.charts import alt, texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.charts.municipal import Municipal
from clusterlib.i18n import Words
from clusterlib.maps import municipal

WORDS = "lesson3.spread."
RAMP = tuple(f"amount-{n}" for n in ("least", "low", "mid", "high", "most"))
FORMS = ("lorenz", "area", "quotients")
TRILLION = 1_000_000  # million won


def of_activity(
    frame: pd.DataFrame, people: pd.DataFrame, start: dict[str, Any], words: Words
) -> Figure:
    """A map in classes and a Lorenz curve; how classes are made and what is even is the reader's.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added.
    people : frame
        The table municipal_population.
    start : mapping
        activity, scheme (of indicators.classify), even ("output", "people" or "places": what an
        even distribution would follow) at the beginning.
    words : Words
        The reader's language.
    """
    table = Municipal(frame, words)
    year = max(table.years)
    matrix = table.matrix(year)
    residents = people[people["year"] == year].set_index("code")["population"].astype("float64")
    even = {
        "output": matrix.sum(axis=1),
        "people": residents.reindex(matrix.index),
        "places": pd.Series(1.0, matrix.index),
    }

    region = pd.Series(table.region)

    @cache
    def measured(activity: str, named: str) -> tuple[dict[str, float], list[dict[str, float]]]:
        amounts, base = matrix[activity], even[named]
        return _measured(amounts, base, region), _curve(amounts, base)

    def respond(values: dict[str, Any]) -> Content:
        found, curve = measured(values["activity"], values["even"])
        classes = indicators.classify(matrix[values["activity"]], values["scheme"], len(RAMP))
        return _content(table, classes, curve, {**values, "year": year, **found}, words)

    return Figure(
        id="3.spread",
        charts=lambda: [municipal.choropleth([*RAMP, "empty"]), _lorenz(words)],
        content=respond(start),
        sources=datasets.citation([frame, people], words.lang),
        fixed=municipal.fixed() | {"diagonal": [{"x": 0, "y": 0}, {"x": 100, "y": 100}]},
        respond=respond,
    )


def _measured(amounts: pd.Series, base: pd.Series, region: pd.Series) -> dict[str, float]:
    """The same distribution by every measure that the lesson names."""
    parts = indicators.theil(amounts, base, region)
    return {
        **{form: indicators.gini(amounts, form, base) for form in FORMS},
        "moved": 100 * indicators.hoover(amounts, base),
        "theil": parts["T"],
        "within": 100 * parts["T_within"] / parts["T"],
    }


def _curve(amounts: pd.Series, base: pd.Series) -> list[dict[str, float]]:
    """The Lorenz curve, in per cent: from the place with least of it for its base to the most."""
    known = pd.DataFrame({"y": amounts, "x": base}).dropna()
    known = known.iloc[np.argsort((known["y"] / known["x"]).to_numpy())]
    sums = (100 * known.cumsum() / known.sum()).round(2)
    return [{"x": 0, "y": 0}, *sums.to_dict("records")]


def _content(
    table: Municipal,
    classes: pd.DataFrame,
    curve: list[dict[str, float]],
    state: dict[str, Any],
    words: Words,
) -> Content:
    known = classes[classes["value"].notna()].astype({"class": "int64"})
    known = known.sort_values("value", ascending=False)
    said = _said(table, known, state, words)
    shades = _shades(known)
    per = int(words("lesson3.money.per"))
    rows = [
        {
            "name": table.name(place),
            "money": value / per,
            "share": 100 * value / said["sum"],
            "class": number + 1,
        }
        for place, value, number in known[["value", "class"]].itertuples()
    ]
    return Content(
        rows={"places": _places(table, known, shades, words), "curve": curve},
        key=_key(known, shades, said, words),
        **texts.sentences(words, WORDS, said, reading=("gini", "theil")),
        **tabled(rows, _columns(words), words),
    )


def _said(
    table: Municipal, known: pd.DataFrame, state: dict[str, Any], words: Words
) -> dict[str, Any]:
    values = known["value"]
    return {
        **state,
        **table.said(state["activity"]),
        "sum": values.sum(),
        "half": int((values.cumsum() < values.sum() / 2).sum()) + 1,
        "total": len(known),
        "first": table.name(known.index[0]),
        "dark": int((known["class"] == known["class"].max()).sum()),
        "classes": known["class"].nunique(),
        "scheme": words(f"lesson3.control.scheme.{state['scheme']}"),
        "base": words(WORDS + f"base.{state['even']}"),
    }


def _shades(known: pd.DataFrame) -> dict[int, str]:
    """A shade a class: of few classes the ends of the ramp and what lies evenly between."""
    numbers = sorted(known["class"].unique())
    steps = np.linspace(0, len(RAMP) - 1, len(numbers)).round().astype(int)
    return {number: RAMP[step] for number, step in zip(numbers, steps, strict=True)}


def _places(
    table: Municipal, known: pd.DataFrame, shades: dict[int, str], words: Words
) -> list[dict[str, Any]]:
    per = int(words("lesson3.money.per"))
    found = {
        place: (value, shades[n]) for place, value, n in known[["value", "class"]].itertuples()
    }
    rows = []
    for spot in municipal.spots():
        value, shade = found.get(spot["code"], (None, "empty"))
        said = {"name": table.name(spot["code"]), "n": None if value is None else value / per}
        rows.append({"code": spot["code"], "shade": shade, "tip": words(WORDS + "tip", **said)})
    return rows


def _key(
    known: pd.DataFrame, shades: dict[int, str], said: dict[str, Any], words: Words
) -> list[Mark]:
    lows = known.groupby("class")["low"].first()
    bounds = ["", *(f"{lows[number] / TRILLION:.2g}" for number in list(shades)[1:])]
    ramp = [Mark(text, shade, "step") for text, shade in zip(bounds, shades.values(), strict=True)]
    return [
        Mark(words(WORDS + "key.unit"), "ink", "text"),
        *ramp,
        Mark(said["activity"], "accent", "line"),
        Mark(words(WORDS + "key.even"), "edge", "dash"),
    ]


def _columns(words: Words) -> list[Column]:
    return [
        Column("name", words("common.region")),
        Column("money", words("lesson3.money.unit"), "count"),
        Column("share", words(WORDS + "column.share"), "decimal1"),
        Column("class", words(WORDS + "column.class"), "count"),
    ]


def _lorenz(words: Words) -> alt.LayerChart:
    whole = {"scale": alt.Scale(domain=[0, 100], nice=False)}
    x = alt.X("x:Q", axis=alt.Axis(title=words(WORDS + "axis.base"), tickCount=5), **whole)
    y = alt.Y("y:Q", axis=alt.Axis(title=words(WORDS + "axis.own"), tickCount=5), **whole)
    even = chart_of("diagonal").mark_line(color=theme.colour("edge"), strokeDash=[6, 3])
    curve = chart_of("curve").mark_line(color=theme.colour("accent"), strokeWidth=2.5)
    order = alt.Order("x:Q")
    return alt.layer(even.encode(x=x, y=y), curve.encode(x=x, y=y, order=order)).properties(
        height=400
    )
