"""What one place lives on beside everyone else: its mix, how narrow it is, how unlike the rest."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from clusterlib import datasets, indicators, theme
from clusterlib.charts import alt, ranked, texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.charts.municipal import Municipal, grouped
from clusterlib.i18n import Words

WORDS = "lesson3.mix."
HEIGHT = 400


def of_place(frame: pd.DataFrame, start: dict[str, Any], words: Words) -> Figure:
    """Shares of one place and of its base, and all places by HHI and Krugman's index.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added.
    start : mapping
        province, place ("all" for the whole province), classes ("fine" or "coarse"), against
        ("nation" or "province") at the beginning.
    words : Words
        The reader's language.
    """
    table = Municipal(frame, words)
    year = max(table.years)

    @cache
    def measured(unit: str, classes: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        matrix = table.matrix(year, unit)
        matrix = matrix if classes == "fine" else grouped(matrix)
        return matrix, indicators.hhi(matrix.T).assign(krugman=indicators.krugman(matrix))

    def respond(values: dict[str, Any]) -> Content:
        place = chosen(table, values)
        unit = table.unit_of(place)
        own = measured(unit, values["classes"])
        return _content(table, place, own, {**values, "unit": unit, "year": year}, words)

    return Figure(
        id="3.mix",
        charts=lambda: [
            ranked.beside("mix", "mine", "theirs", words(WORDS + "axis.share"), HEIGHT),
            _scatter(words),
        ],
        content=respond(start),
        sources=datasets.citation(frame, words.lang),
        respond=respond,
    )


def chosen(table: Municipal, values: dict[str, Any]) -> str:
    """The place that the lists point at; a municipality of another province stands for none."""
    place = values["place"]
    return place if table.region.get(place) == values["province"] else values["province"]


def _content(
    table: Municipal,
    place: str,
    own: tuple[pd.DataFrame, pd.DataFrame],
    state: dict[str, Any],
    words: Words,
) -> Content:
    matrix, known = own
    home = table.province_of(place)
    peers = [p for p in matrix.index if table.province_of(p) == home]
    local = state["against"] == "province" and state["unit"] == "municipality"
    base = matrix.loc[peers].sum() if local else matrix.sum()
    mine = 100 * matrix.loc[place] / matrix.loc[place].sum()
    theirs = 100 * base / base.sum()
    # Half the sum of the distances, times two: Krugman's index from the very shares drawn here.
    krugman = float((mine.fillna(0) - theirs).abs().sum() / 100)
    said = _said(table, place, known, krugman, state, words)
    said["base"] = table.provinces[home] if local else words("lesson3.nation")
    names = table.brief if state["classes"] == "fine" else words.group("lesson3.group.")
    rows = pd.DataFrame(
        {
            "name": [names[a] for a in matrix.columns],
            "mine": mine.to_numpy(),
            "theirs": theirs.to_numpy(),
        }
    ).sort_values("mine", ascending=False, ignore_index=True)
    said |= {"first": rows["name"][0], "first_share": rows["mine"][0]}
    rows["tip"] = [
        words(WORDS + "tip", base=said["base"], place=said["place"], **row)
        for row in rows.to_dict("records")
    ]
    return Content(
        rows={"mix": rows, "all": _all(table, known, words), "own": [_own(said)]},
        key=[Mark(said["place"], "accent"), Mark(said["base"], "edge", "◆")],
        **texts.sentences(words, WORDS, said, reading=_tells(state)),
        **tabled(rows, _columns(said, words), words),
    )


def _tells(state: dict[str, Any]) -> list[str]:
    alone = state["against"] == "province" and state["unit"] == "province"
    return ["index", "rank", *(["whole"] if alone else [])]


def _said(
    table: Municipal,
    place: str,
    known: pd.DataFrame,
    krugman: float,
    state: dict[str, Any],
    words: Words,
) -> dict[str, Any]:
    hhi = known.at[place, "hhi"]
    return {
        "year": state["year"],
        "unit": words(f"lesson3.unit.{state['unit']}"),
        "place": table.name(place),
        "hhi": hhi,
        "shown_hhi": words.say(hhi, "decimal3"),
        "equivalent": known.at[place, "equivalent"],
        "krugman": krugman,
        "nation_krugman": known.at[place, "krugman"],
        "moved": 50 * krugman,
        "n": len(known),
        "narrower": int((known["hhi"] > hhi).sum()) + 1,
        "odder": int((known["krugman"] > known.at[place, "krugman"]).sum()) + 1,
        "classes": words(WORDS + f"classes.{state['classes']}"),
    }


def _own(said: dict[str, Any]) -> dict[str, Any]:
    return {"hhi": said["hhi"], "krugman": said["nation_krugman"], "text": said["place"]}


def _all(table: Municipal, known: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    return [
        {
            "hhi": hhi,
            "krugman": krugman,
            "tip": words(
                WORDS + "tip.place",
                name=table.name(label),
                hhi=words.say(hhi, "decimal3"),
                krugman=krugman,
            ),
        }
        for label, hhi, krugman in known[["hhi", "krugman"]].itertuples()
    ]


def _columns(said: dict[str, Any], words: Words) -> list[Column]:
    return [
        Column("name", words("lesson3.activity")),
        Column("mine", words(WORDS + "column.share", name=said["place"]), "decimal1"),
        Column("theirs", words(WORDS + "column.share", name=said["base"]), "decimal1"),
    ]


def _scatter(words: Words) -> alt.LayerChart:
    across = alt.X("hhi:Q", axis=alt.Axis(title="HHI"), scale=alt.Scale(zero=False))
    up = alt.Y("krugman:Q", axis=alt.Axis(title=words(WORDS + "axis.krugman")))
    every = chart_of("all").encode(x=across, y=up)
    own = chart_of("own").encode(x=across, y=up)
    turned = alt.expr("datum.hhi > (domain('x')[0] + domain('x')[1]) / 2 ? 'right' : 'left'")
    shift = alt.expr("datum.hhi > (domain('x')[0] + domain('x')[1]) / 2 ? -10 : 10")
    name = own.mark_text(align=turned, dx=shift, fontWeight=700)
    return alt.layer(
        every.mark_point(filled=True, size=36, opacity=0.85, color=theme.colour("nothing")).encode(
            tooltip="tip:N"
        ),
        own.mark_point(
            filled=True, size=190, opacity=1, shape="diamond", color=theme.colour("accent")
        ),
        name.encode(text="text:N"),
    ).properties(height=HEIGHT)
