"""A counter-case of the location quotient: the unit decides who is specialised."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, indicators, theme
from clusterlib.charts import alt, looks, ranked, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.charts.municipal import Municipal
from clusterlib.i18n import Words

WORDS = "lesson3.flips."
STEP = 27
SHAPES = {"same": "circle", "turned": "triangle-up", "whole": "diamond"}


def of_provinces(frame: pd.DataFrame, start: dict[str, Any], words: Words) -> Figure:
    """Every province with its municipalities on one line: who is above the cut changes with size.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added.
    start : mapping
        activity, least (the cut) at the beginning.
    words : Words
        The reader's language.
    """
    table = Municipal(frame, words)
    year = max(table.years)
    small, large = (
        indicators.location_quotient(table.matrix(year, unit))
        for unit in ("municipality", "province")
    )

    def respond(values: dict[str, Any]) -> Content:
        activity, least = values["activity"], float(values["least"])
        rows = _lines(table, small[activity].dropna(), large[activity].dropna(), least)
        said = {
            "year": year,
            **table.said(activity),
            "least": words.say(least, "decimal2"),
            **_flipped(rows, table),
        }
        return _content(rows, said, least, words)

    return Figure(
        id="3.flips",
        charts=lambda: [_strips(words)],
        content=respond(start),
        sources=datasets.citation(frame, words.lang),
        respond=respond,
    )


def _lines(
    table: Municipal, small: pd.Series, large: pd.Series, least: float
) -> list[dict[str, Any]]:
    """One row a province and each municipality in it, the provinces from the highest down."""
    wholes = large[large > 0].sort_values(ascending=False).to_dict()
    inside: dict[str, list] = {region: [] for region in wholes}
    for code, lq in small[small > 0].items():
        inside.get(table.region[code], []).append((code, lq))
    return [
        {
            "code": code,
            "region": region,
            "name": table.provinces[region],
            "place": table.name(code),
            "lq": lq,
            "whole": code == region,
            "over": lq > least,
            "turned": (lq > least) != (whole > least),
        }
        for region, whole in wholes.items()
        for code, lq in [(region, whole), *inside[region]]
    ]


def _flipped(rows: list[dict[str, Any]], table: Municipal) -> dict[str, Any]:
    wholes = {row["region"]: row for row in rows if row["whole"]}
    parts = [row for row in rows if not row["whole"]]
    inside: dict[str, list] = {}
    for row in sorted(parts, key=lambda row: row["lq"]):
        inside.setdefault(row["region"], []).append(row)
    widest = max(inside, key=lambda region: inside[region][-1]["lq"] / inside[region][0]["lq"])
    low, high = inside[widest][0], inside[widest][-1]
    turned = [row["over"] for row in parts if row["turned"]]
    return {
        "n": len(parts),
        "turned": len(turned),
        "hidden": sum(turned),
        "swallowed": len(turned) - sum(turned),
        "provinces": len(wholes),
        "over": sum(row["over"] for row in wholes.values()),
        "widest": table.provinces[widest],
        "whole": wholes[widest]["lq"],
        "high": high["lq"],
        "high_name": table.short[high["code"]],
        "low": low["lq"],
        "low_name": table.short[low["code"]],
    }


def _content(
    rows: list[dict[str, Any]], said: dict[str, Any], least: float, words: Words
) -> Content:
    shown = [
        {
            "name": row["name"],
            "lq": row["lq"],
            "kind": "whole" if row["whole"] else "turned" if row["turned"] else "same",
            "tip": words(WORDS + "tip", name=row["place"], lq=row["lq"]),
        }
        for row in rows
    ]
    columns = [
        Column("name", words("lesson3.province")),
        Column("place", words("common.region")),
        Column("lq", "LQ", "decimal2"),
    ]
    return Content(
        rows={"lines": shown, "cut": [{"at": least}]},
        key=[
            *texts.key(
                words, WORDS, whole=("ink", "◆"), same=("edge", "●"), turned=("capital", "▲")
            ),
            *texts.key(words, "lesson3.", said, cut=("accent", "dash")),
        ],
        **texts.sentences(words, WORDS, said),
        **tabled(rows, columns, words),
    )


def _cut(across: dict[str, Any]) -> Any:
    rule = chart_of("cut").mark_rule(
        color=theme.colour("accent"), strokeDash=[5, 3], strokeWidth=1.6
    )
    return rule.encode(x=alt.X("at:Q", **across))


def _strips(words: Words) -> alt.LayerChart:
    across = ranked.quotient_axis(words(WORDS + "axis"))
    base = looks.rows_of("lines", axis=ranked.named(grid=True))
    base = base.encode(x=alt.X("lq:Q", **across), tooltip="tip:N")
    marks = {
        "color": looks.colour("kind", {"same": "edge", "turned": "capital", "whole": "ink"}),
        "shape": looks.shape("kind", SHAPES),
    }
    parts = base.transform_filter("datum.kind !== 'whole'").mark_point(
        filled=True, size=46, opacity=0.85
    )
    wholes = base.transform_filter("datum.kind === 'whole'").mark_point(
        filled=True, size=150, opacity=1, stroke=theme.colour("paper"), strokeWidth=1
    )
    return alt.layer(_cut(across), parts.encode(**marks), wholes.encode(**marks)).properties(
        height=alt.Step(STEP)
    )
