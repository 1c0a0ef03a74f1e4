"""Hot spots on a map, and the tests behind them in order, with and without the correction."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from clusterlib import datasets, indicators
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.charts.municipal import Municipal
from clusterlib.i18n import Words
from clusterlib.maps import municipal

WORDS = "lesson3.hot."
LOOKS = {
    "hot": ("gain-strong", "▲"),
    "cold": ("loss-strong", "▼"),
    "none": ("even", None),
    "island": ("hatch", None),
    "unknown": ("empty", None),
}
DOTS = {"hot": "gain-strong", "cold": "loss-strong", "none": "edge"}
SHAPES = {"hot": "triangle-up", "cold": "triangle-down", "none": "circle"}
SHOWN = 110  # tests drawn, from the smallest p on


def spots(
    frame: pd.DataFrame, neighbours: pd.DataFrame, start: dict[str, Any], words: Words
) -> Figure:
    """Gi* of every municipality; the correction for many tests on or off.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added.
    neighbours : frame
        The table municipal_neighbours.
    start : mapping
        activity, measure ("quotient" or "size"), shuffles, correction ("on" or "off"), level at
        the beginning.
    words : Words
        The reader's language.
    """
    table = Municipal(frame, words)
    year = max(table.years)

    @cache
    def tested(activity: str, measure: str, shuffles: int) -> tuple[pd.DataFrame, pd.Series]:
        matrix = table.matrix(year)
        shown = indicators.location_quotient(matrix) if measure == "quotient" else matrix
        asked = shown[activity], neighbours
        return indicators.hotspots(*asked, permutations=shuffles), indicators.moran(*asked)

    def respond(values: dict[str, Any]) -> Content:
        shuffles = int(values["shuffles"])
        found, whole = tested(values["activity"], values["measure"], shuffles)
        state = {
            **values,
            "shuffles": shuffles,
            "level": float(values["level"]),
            "year": year,
            "whole": whole,
        }
        return _content(table, found, state, words)

    shades = [shade for shade, _ in LOOKS.values()]
    return Figure(
        id="3.hot_spots",
        charts=lambda: [municipal.choropleth(shades), _tests(words)],
        content=respond(start),
        sources=datasets.citation([frame, neighbours], words.lang),
        evidence="estimated",
        fixed=municipal.fixed(),
        respond=respond,
    )


def labelled(found: pd.DataFrame, level: float, correction: str) -> pd.Series:
    """The label of each place: the side that its neighbourhood is on, where the test allows it."""
    called, z = found["q" if correction == "on" else "p"] <= level, found["z"]
    untested = found["label"].isin(["island", "unknown"])
    label = np.select(
        [called & (z > 0), called & (z < 0), untested], ["hot", "cold", found["label"]], "none"
    )
    return pd.Series(label, found.index)


def _content(table: Municipal, found: pd.DataFrame, state: dict[str, Any], words: Words) -> Content:
    correction, measure = state["correction"], state["measure"]
    label = labelled(found, state["level"], correction)
    said = _said(table, found, label, state, words)
    label = label.to_dict()
    ordered = found.sort_values("p")
    rows = [
        {
            "name": table.name(code),
            "value": value,
            "z": z,
            "p": words.say(p, "decimal4"),
            "q": words.say(q, "decimal4"),
            "label": words(WORDS + f"label.{label[code]}"),
        }
        for code, value, z, p, q in ordered[["value", "z", "p", "q"]].itertuples()
    ]
    tests = ordered[ordered["p"].notna()]
    return Content(
        rows={
            "places": _places(table, found, label, words),
            "tests": _ordered(table, tests, label, words),
            "lines": _lines(len(tests), state["level"], words),
        },
        key=[
            Mark(words(WORDS + "label.hot"), "gain-strong", "▲"),
            Mark(words(WORDS + "label.cold"), "loss-strong", "▼"),
            Mark(words(WORDS + "label.none"), "even"),
            *([Mark(words(WORDS + "label.island"), "hatch")] if said["islands"] else []),
            *([Mark(words("lesson3.key.unknown"), "empty")] if said["unknown"] else []),
            *texts.key(words, WORDS, bare=("assumed", "dash"), fdr=("accent", "line")),
        ],
        **texts.sentences(
            words, WORDS, said, title=correction, subtitle=measure, reading=_tells(said)
        ),
        **tabled(rows, _columns(words), words),
    )


def _tells(said: dict[str, Any]) -> list[str]:
    return [
        "count",
        "moran",
        "islands",
        *(["unknown"] if said["unknown"] else []),
        *(["floor"] if said["least_p"] > said["first_bar"] else []),
    ]


def _said(
    table: Municipal,
    found: pd.DataFrame,
    label: pd.Series,
    state: dict[str, Any],
    words: Words,
) -> dict[str, Any]:
    counts = label.value_counts()
    tested = found["p"].notna().sum()
    bare, kept = (((found[p] <= state["level"]) & (found["z"] != 0)).sum() for p in "pq")
    hottest = found["z"].idxmax()
    return {
        "year": state["year"],
        **table.said(state["activity"]),
        "hot": int(counts.get("hot", 0)),
        "cold": int(counts.get("cold", 0)),
        "n": int(tested),
        "bare": int(bare),
        "kept": int(kept),
        "gone": int(bare - kept),
        "level": f"{100 * state['level']:g}",
        "chance": state["level"] * tested,
        "islands": int(counts.get("island", 0)),
        "unknown": int(counts.get("unknown", 0)),
        "top": table.name(hottest),
        "top_z": found.at[hottest, "z"],
        "least_p": found["p"].min(),
        "least_said": words.say(found["p"].min(), "decimal4"),
        "shuffles": state["shuffles"],
        "first_bar": state["level"] / tested,
        "moran": state["whole"]["i"],
        "moran_p": words.say(state["whole"]["p"], "decimal3"),
    }


def _places(
    table: Municipal, found: pd.DataFrame, label: dict[str, str], words: Words
) -> list[dict[str, Any]]:
    tests = {code: (z, p) for code, z, p in found[["z", "p"]].itertuples()}
    rows = []
    for spot in municipal.spots():
        code = spot["code"]
        kind = label.get(code, "unknown")
        tested = kind in ("hot", "cold", "none")
        said = {"name": table.names.get(code, code), "label": words(WORDS + f"label.{kind}")}
        if tested:
            z, p = tests[code]
            said |= {"z": z, "p": words.say(p, "decimal4")}
        shade, mark = LOOKS[kind]
        tip = words(WORDS + ("tip" if tested else "tip.none"), **said)
        rows.append({"code": code, "shade": shade, "mark": mark, "tip": tip})
    return rows


def _ordered(
    table: Municipal, tests: pd.DataFrame, label: dict[str, str], words: Words
) -> list[dict[str, Any]]:
    first = tests.head(SHOWN)[["z", "p"]]
    return [
        {
            "rank": rank,
            "p": p,
            "label": label[code],
            "tip": words(
                WORDS + "tip.test",
                name=table.name(code),
                rank=rank,
                p=words.say(p, "decimal3"),
                z=z,
            ),
        }
        for rank, (code, z, p) in enumerate(first.itertuples(), 1)
    ]


def _lines(tests: int, level: float, words: Words) -> list[dict[str, Any]]:
    """Two ends of each line: the bare level, and the level times rank over tests."""
    last = min(SHOWN, tests)
    rising = [(0, 0.0), (last, level * last / max(tests, 1))]
    flat = [(0, level), (last, level)]
    return [
        {"rank": rank, "p": p, "kind": kind}
        for kind, ends in (("bare", flat), ("fdr", rising))
        for rank, p in ends
    ]


def _columns(words: Words) -> list[Column]:
    return [
        Column("name", words("common.region")),
        Column("value", words(WORDS + "column.value"), "decimal2"),
        Column("z", "z", "decimal2"),
        Column("p", "p"),
        Column("q", "q"),
        Column("label", words(WORDS + "column.label")),
    ]


def _tests(words: Words) -> alt.LayerChart:
    across = alt.X("rank:Q", axis=alt.Axis(title=words(WORDS + "axis.rank")))
    up = alt.Y("p:Q", axis=alt.Axis(title=words(WORDS + "axis.p"), format=".2f"))
    dots = chart_of("tests").mark_point(filled=True, size=55, opacity=1)
    lines = chart_of("lines").mark_line(strokeWidth=2)
    return alt.layer(
        lines.encode(
            x=across,
            y=up,
            strokeDash=looks.dash("kind", {"bare": [6, 3], "fdr": [1, 0]}),
            stroke=looks.colour("kind", {"bare": "assumed", "fdr": "accent"}, "Stroke"),
        ),
        dots.encode(
            x=across,
            y=up,
            color=looks.colour("label", DOTS),
            shape=looks.shape("label", SHAPES),
            tooltip="tip:N",
        ),
    ).properties(height=400)
