"""Location quotients of one activity on a map and in rank order, by unit, base and cut."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from clusterlib import datasets, indicators
from clusterlib.charts import ranked, texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, tabled
from clusterlib.charts.municipal import Municipal, by_activity
from clusterlib.i18n import Words
from clusterlib.maps import municipal

WORDS = "lesson3.quotients."
# Each shade up to its bound; the bounds are the same distance from 1 on either side.
SHADES = {
    "loss-strong": 1 / 3,
    "loss-mid": 1 / 2,
    "loss-soft": 1 / 1.25,
    "even": 1.25,
    "gain-soft": 2.0,
    "gain-mid": 3.0,
    "gain-strong": float("inf"),
}
TOP = 17


def by_unit(frame: pd.DataFrame, start: dict[str, Any], words: Words) -> Figure:
    """A map of the quotients and the highest seventeen with their ranges.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added.
    start : mapping
        activity, unit, base ("nation" or "rest"), least (the cut), case (million won that make
        one independent case; 0 for no range) at the beginning.
    words : Words
        The reader's language.
    """
    table = Municipal(frame, words)
    year = max(table.years)

    @cache
    def quotients(unit: str, base: str, case: float) -> dict[str, pd.DataFrame]:
        rest = base == "rest"
        measure = indicators.rest_quotient if rest else indicators.lq_interval
        return by_activity(measure(table.matrix(year, unit), per_case=case))

    def respond(values: dict[str, Any]) -> Content:
        case, activity = float(values["case"]), values["activity"]
        found = {
            unit: quotients(unit, values["base"], case or 1.0)[activity]
            for unit in ("municipality", "province")
        }
        other = quotients(values["unit"], _other(values["base"]), 1.0)
        state = {**values, "least": float(values["least"]), "case": case, "year": year}
        count = (other[activity]["lq"] > state["least"]).sum()
        sizes = table.matrix(year, values["unit"])[activity]
        return _content(table, found, sizes, {**state, "other": count}, words)

    names = [*SHADES, "empty"]
    return Figure(
        id="3.quotients",
        charts=lambda: [municipal.choropleth(names), ranked.dots(words(WORDS + "axis"))],
        content=respond(start),
        sources=datasets.citation(frame, words.lang),
        fixed=municipal.fixed(),
        respond=respond,
    )


def _other(base: str) -> str:
    return "nation" if base == "rest" else "rest"


def shade(quotient: float | None) -> str:
    """The shade of a quotient, symmetric around 1.

    >>> shade(0.4), shade(1.0), shade(3.0)
    ('loss-mid', 'even', 'gain-strong')
    """
    if quotient is None or quotient != quotient:
        return "empty"
    return next(name for name, bound in SHADES.items() if quotient < bound)


def _content(
    table: Municipal,
    found: dict[str, pd.DataFrame],
    sizes: pd.Series,
    state: dict[str, Any],
    words: Words,
) -> Content:
    unit, least = state["unit"], state["least"]
    chosen = found[unit].sort_values("lq", ascending=False)
    chosen = chosen[chosen["lq"].notna()]
    said = _said(table, chosen, found, sizes, state, words)
    rows = _ranked(table, chosen.head(TOP), state, words)
    names, per = [table.name(place) for place in chosen.index], int(words("lesson3.money.per"))
    everyone = chosen.assign(name=names, size=sizes / per)
    return Content(
        rows={
            "places": _places(table, found[unit]["lq"].to_dict(), least, words),
            "ranked": rows,
            "cut": [{"at": least}],
        },
        key=_key(said, bool(found[unit]["lq"].isna().any()), words),
        **texts.sentences(words, WORDS, said, subtitle=state["base"], reading=_tells(said, state)),
        **tabled(everyone, _columns(state, words), words),
    )


def _columns(state: dict[str, Any], words: Words) -> list[Column]:
    columns = [Column("name", words("common.region")), Column("lq", "LQ", "decimal2")]
    if state["case"]:
        columns += texts.columns(words, WORDS, low="decimal2", high="decimal2")
    return [*columns, Column("size", words("lesson3.money.unit"), "count")]


def _said(
    table: Municipal,
    known: pd.DataFrame,
    found: dict[str, pd.DataFrame],
    sizes: pd.Series,
    state: dict[str, Any],
    words: Words,
) -> dict[str, Any]:
    unit, least = state["unit"], state["least"]
    over = known[known["lq"] > least]
    small, large = (found[name]["lq"] > least for name in ("municipality", "province"))
    home = large.reindex([table.province_of(code) for code in small.index]).to_numpy()
    case = state["case"]
    return {
        "year": state["year"],
        **table.said(state["activity"]),
        "unit": words(f"lesson3.unit.{unit}"),
        "least": words.say(least, "decimal2"),
        "total": len(known),
        "marked": unit == "municipality",
        "n": len(over),
        "top": table.name(known.index[0]),
        "high": known["lq"].iloc[0],
        "share": 100 * sizes[over.index].sum() / sizes.sum(),
        "sure": int((over["low"] > least).sum()),
        "hidden": int((small & ~home).sum()),
        "swallowed": int((home & ~small).sum()),
        "other": state["other"],
        "other_base": words(WORDS + f"base.{_other(state['base'])}"),
        "case": words(WORDS + f"case.{case:.0f}") if case else "",
    }


def _tells(said: dict[str, Any], state: dict[str, Any]) -> list[str]:
    sure = ["sure"] * bool(state["case"] and said["n"])
    inside = [state["unit"]] * bool(said["n"])
    return ["some" if said["n"] else "none", *sure, *inside, "base"]


def _key(said: dict[str, Any], blanks: bool, words: Words) -> list[Mark]:
    bounds = [
        "",
        *(words(WORDS + "break", n=f"{round(b, 2):g}") for b in list(SHADES.values())[:-1]),
    ]
    ramp = [Mark(text, name, "step") for text, name in zip(bounds, SHADES, strict=True)]
    ranges = texts.key(words, WORDS, said, range=("assumed", "line"))
    return [
        Mark("LQ", "ink", "text"),
        *ramp,
        *(texts.key(words, WORDS, over=("ink", "●")) if said["marked"] else []),
        *texts.key(words, WORDS, first=("gain-strong", "◆")),
        *texts.key(words, "lesson3.", said, cut=("accent", "dash")),
        *(ranges if said["case"] else []),
        *(texts.key(words, "lesson3.", unknown="empty") if blanks else []),
    ]


def _places(
    table: Municipal, quotients: dict[str, float], least: float, words: Words
) -> list[dict[str, Any]]:
    """One row a municipality; measured by province, all of a province say the same, unmarked."""
    places = []
    for spot in municipal.spots():
        code = spot["code"]
        label = code if code in quotients else table.province_of(code)
        lq = quotients.get(label, float("nan"))
        known = lq == lq
        places.append(
            {
                "code": code,
                "shade": shade(lq),
                "mark": "●" if label == code and known and lq > least else None,
                "tip": words(
                    WORDS + ("tip" if known else "tip.none"), name=table.name(label), lq=lq
                ),
            }
        )
    return places


def _ranked(
    table: Municipal, chosen: pd.DataFrame, state: dict[str, Any], words: Words
) -> list[dict[str, Any]]:
    rows = []
    for place, lq, low, high in chosen[chosen["lq"] > 0].itertuples():
        ends = (low, high) if state["case"] and low == low else None
        rows.append(ranked.row(table.name(place), lq, ends, state["least"], words))
    return rows
