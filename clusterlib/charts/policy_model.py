"""The model seen from outside: which assumptions decide, and what history taught."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusterlib import theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.labels import above, folded
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words
from clusterlib.policy.ensemble import NARROWED

SENS, LEARN = "model.sensitivity.", "model.learned."
# What matching did to a number: columns of the table and how they are written.
LEARNED = {
    "before": "decimal3", "after": "decimal3", "percent": "decimal1",
    "spread_before": "decimal3", "spread_after": "decimal3", "widened": "decimal1",
}  # fmt: skip
CHANGED = {"percent": ("teaching", "circle"), "widened": ("accent", "diamond")}
MOST, STEP, BELOW = 12, 44, 9  # lines shown; their height; how far a mark lies below its name
SIGNS = {"more": "▲", "less": "▼", "either": "◆", "none": "–"}  # the second cue beside the colour
SIDES = {"more": "gain-strong", "less": "capital", "either": "teaching", "none": "muted"}
KEY = ("more", "less", "either")
BAR = ("name", "beyond", "side", "label", "first", "second", "tip")  # what a bar needs to know
FLAT = 0.1  # a rank correlation below this says no direction


def sensitivity(
    frame: pd.DataFrame,
    names: Mapping[str, str],
    options: Mapping[str, Mapping[str, str]],
    start: Mapping[str, Any],
    words: Words,
) -> Figure:
    """Bars beyond the threshold of chance, strongest first; a bar that touches zero found nothing.

    Parameters
    ----------
    frame : frame
        The table policy_sensitivity.
    names : mapping
        What each number is called.
    options : mapping
        The labels of what the controls pair, outcome and theory offer.
    start : mapping
        Their values at the beginning.
    words : Words
        The reader's language.
    """
    groups = dict(list(frame.groupby(["plan", "against", "theory", "outcome"], sort=False)))

    def respond(values: dict[str, Any]) -> Content:
        plan, against = values["pair"].split(" ")
        rows = groups.get((plan, against, values["theory"], values["outcome"]))
        said = {name: options[name][values[name]] for name in options}
        if rows is None:
            return _unmoved(said, words)
        return _bars(rows, names, said, words)

    return Figure(
        id="6.sensitivity",
        charts=lambda: [_chart(words)],
        content=respond(dict(start)),
        sources=words(SENS + "sources"),
        evidence="teaching",
        respond=respond,
    )


def _unmoved(said: dict[str, str], words: Words) -> Content:
    """The outcome is the same in every world, or does not differ between the plans."""
    return Content(
        rows={"bars": []},
        **texts.sentences(words, SENS, said, title="same", alt="same", reading="same"),
        table={words(SENS + "column.name"): []},
    )


def _bars(
    rows: pd.DataFrame, names: Mapping[str, str], said: dict[str, str], words: Words
) -> Content:
    ordered = rows.sort_values("index", ascending=False, kind="stable")
    beyond = (ordered["index"] - ordered["threshold"]).clip(lower=0.0)
    side = ordered["direction"].map(_side).where(beyond > 0, "none")
    shown = ordered.assign(
        beyond=beyond,
        side=side,
        name=ordered["id"].map(names),
        text=[words(SENS + f"side.{each}") for each in side],
    )
    found = shown[shown["beyond"] > 0]
    facts = {
        **said,
        "n": len(found),
        "of": len(shown),
        "first": found["name"].iloc[0] if len(found) else "",
        "threshold": rows["threshold"].iloc[0],
        "toward": words(SENS + f"side.{found['side'].iloc[0]}") if len(found) else "",
    }
    state = "found" if len(found) else "none"
    columns = texts.columns(
        words, SENS, name="text", index="decimal3", threshold="decimal3", text="text"
    )
    bars = [
        {**row, **folded(f"{SIGNS[row['side']]} {row['name']}"), "tip": words(SENS + "tip", **row)}
        for row in shown.head(MOST).to_dict("records")
    ]
    return Content(
        rows={"bars": [{name: row[name] for name in BAR} for row in bars]},
        key=texts.key(words, SENS, **{side: (SIDES[side], SIGNS[side]) for side in KEY}),
        **texts.sentences(words, SENS, facts, title=state, reading=state),
        **tabled(shown, columns, words),
    )


def _side(direction: float) -> str:
    return "either" if abs(direction) < FLAT else "more" if direction > 0 else "less"


def _chart(words: Words) -> alt.LayerChart:
    across = alt.Axis(title=words(SENS + "axis"), tickCount=4, format=".2f")
    x = alt.X("beyond:Q", axis=across, scale=alt.Scale(domainMin=0, nice=True))
    base, names = _named("bars")
    bars = base.mark_bar(height=11, yOffset=BELOW).encode(
        x=x, color=looks.colour("side", SIDES), tooltip="tip:N"
    )
    return alt.layer(bars, *names).properties(height=alt.Step(STEP))


def _named(rows: str) -> tuple[alt.Chart, list[alt.Chart]]:
    """Lines with the name above each mark: beside it, it would leave a phone no room for marks."""
    base = looks.rows_of(rows, axis=None)
    return base, above(base)


def learned(moved: pd.DataFrame, band: pd.DataFrame, worlds: int, words: Words) -> Figure:
    """How far the mean and the spread of each number changed in matching, most changed first.

    Parameters
    ----------
    moved : frame
        name and what `ensemble.learned` gives.
    band : frame
        name, p10, p50, p90: workers of 2010 in the matched worlds.
    worlds : int
        How many worlds were kept.
    words : Words
        The reader's language.
    """
    rows = moved.assign(percent=100 * moved["moved"], widened=100 * moved["widened"])
    rows["size"] = rows[["percent", "widened"]].abs().max(axis=1)
    rows = rows.sort_values("size", ascending=False, kind="stable")
    most, narrow = rows.iloc[0], rows[rows["widened"] < -100 * NARROWED].to_dict("records")
    shown = rows.head(MOST)[["name", "percent", "widened"]]
    facts = {
        "n": len(rows), "name": most["name"], "widened": most["widened"], "worlds": worlds,
        "narrowed": len(narrow), "most": rows["percent"].abs().max(),
        "narrow": "; ".join(words(LEARN + "narrow", **row) for row in narrow),
        "bands": "; ".join(words(LEARN + "band", **row) for row in band.to_dict("records")),
    }  # fmt: skip
    name = Column("name", words(SENS + "column.name"))
    columns = [name, *texts.columns(words, LEARN, **LEARNED)]
    content = Content(
        rows={
            "moves": [{**row, **folded(row["name"])} for row in shown.to_dict("records")],
            "ends": [{"at": 0}],
        },
        **texts.sentences(words, LEARN, facts),
        key=texts.key(words, LEARN, mean=("teaching", "●"), spread=("accent", "◆")),
        **tabled(rows, columns, words),
    )
    return Figure(
        id="6.learned",
        charts=lambda: [_moves(words)],
        content=content,
        sources=words(LEARN + "sources"),
        evidence="teaching",
    )


def _moves(words: Words) -> alt.LayerChart:
    across = alt.Axis(title=words(LEARN + "axis"), tickCount=5)
    scale = alt.Scale(domain=[-20, 20])
    base, names = _named("moves")
    marks = []
    for field, (colour, shape) in CHANGED.items():
        at, shade = alt.X(f"{field}:Q", axis=across, scale=scale), theme.colour(colour)
        stem = base.mark_rule(strokeWidth=2, color=shade, yOffset=BELOW)
        dot = base.mark_point(
            filled=True, size=80, opacity=1, color=shade, shape=shape, yOffset=BELOW
        )
        marks += [stem.encode(x=at, x2=alt.X2Datum(0)), dot.encode(x=at)]
    zero = chart_of("ends").mark_rule(color=theme.colour("line")).encode(x="at:Q")
    return alt.layer(zero, *marks, *names).properties(height=alt.Step(STEP))
