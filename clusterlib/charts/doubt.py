"""Two counter-cases of the location quotient: the unit decides, and a tiny base makes it large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from clusterlib import datasets, indicators, theme
from clusterlib.charts.figure import Column, Content, Figure, Mark, tabled
from clusterlib.charts.municipal import Municipal
from clusterlib.charts.ranked import quotient_axis

if TYPE_CHECKING:
    import altair

    from clusterlib.i18n import Words

FLIPS, TINY = "lesson3.flips.", "lesson3.tiny."
STEP = 27
TOP = 10


def flips(frame: pd.DataFrame, start: dict[str, Any], words: Words) -> Figure:
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
        return _flips(rows, said, least, words)

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


def _flips(rows: list[dict[str, Any]], said: dict[str, Any], least: float, words: Words) -> Content:
    shown = [
        {
            "name": row["name"],
            "lq": row["lq"],
            "kind": "whole" if row["whole"] else "turned" if row["turned"] else "same",
            "tip": words(FLIPS + "tip", name=row["place"], lq=row["lq"]),
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
        title=words(FLIPS + "title", **said),
        subtitle=words(FLIPS + "subtitle", **said),
        alt=words(FLIPS + "alt", **said),
        reading=words(FLIPS + "reading", **said),
        key=[
            Mark(words(FLIPS + "key.whole"), "ink", "◆"),
            Mark(words(FLIPS + "key.same"), "edge", "●"),
            Mark(words(FLIPS + "key.turned"), "capital", "▲"),
            Mark(words("lesson3.key.cut", least=said["least"]), "accent", "dash"),
        ],
        **tabled(rows, columns, words),
    )


def _cut(across: dict[str, Any]) -> Any:
    alt = theme.altair()

    rule = alt.Chart(alt.NamedData("cut")).mark_rule(
        color=theme.colour("accent"), strokeDash=[5, 3], strokeWidth=1.6
    )
    return rule.encode(x=alt.X("at:Q", **across))


def _strips(words: Words) -> altair.LayerChart:
    alt = theme.altair()

    quiet = {"title": None, "domain": False, "ticks": False, "grid": True}
    names = alt.Axis(labelColor=theme.colour("ink"), **quiet)
    across = quotient_axis(words(FLIPS + "axis"))
    base = alt.Chart(alt.NamedData("lines")).encode(
        y=alt.Y("name:N", sort=None, axis=names), x=alt.X("lq:Q", **across), tooltip="tip:N"
    )
    kinds = ["same", "turned", "whole"]
    shades = alt.Scale(domain=kinds, range=[theme.colour(s) for s in ("edge", "capital", "ink")])
    shapes = alt.Scale(domain=kinds, range=["circle", "triangle-up", "diamond"])
    marks = {
        "color": alt.Color("kind:N", scale=shades, legend=None),
        "shape": alt.Shape("kind:N", scale=shapes, legend=None),
    }
    parts = base.transform_filter("datum.kind !== 'whole'").mark_point(
        filled=True, size=46, opacity=0.85
    )
    wholes = base.transform_filter("datum.kind === 'whole'").mark_point(
        filled=True, size=150, opacity=1, stroke=theme.colour("paper"), strokeWidth=1
    )
    return alt.layer(_cut(across), parts.encode(**marks), wholes.encode(**marks)).properties(
        width="container", height=alt.Step(STEP)
    )


def tiny(frame: pd.DataFrame, start: dict[str, Any], words: Words) -> Figure:
    """Quotient against the size of the whole economy; places below a floor can be left out.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added.
    start : mapping
        activity, floor (the least size of a place's economy, million won) at the beginning.
    words : Words
        The reader's language.
    """
    table = Municipal(frame, words)
    year = max(table.years)
    matrix = table.matrix(year)
    economy, quotients = matrix.sum(axis=1), indicators.location_quotient(matrix)

    def respond(values: dict[str, Any]) -> Content:
        activity, floor = values["activity"], float(values["floor"])
        rows = _places(table, quotients[activity], matrix[activity], economy, floor, words)
        return _tiny(rows, table.said(activity), year, floor, words)

    return Figure(
        id="3.tiny",
        charts=lambda: [_funnel(words)],
        content=respond(start),
        sources=datasets.citation(frame, words.lang),
        respond=respond,
    )


def _places(
    table: Municipal,
    quotients: pd.Series,
    sizes: pd.Series,
    economy: pd.Series,
    floor: float,
    words: Words,
) -> list[dict[str, Any]]:
    """One row a place that has some of the activity, from the highest quotient down."""
    per, left = int(words("lesson3.money.per")), TOP
    known = quotients[quotients > 0].sort_values(ascending=False)
    own, every, whole = sizes.to_dict(), economy.to_dict(), sizes.sum()
    quarter = economy[known.index].quantile(0.25)
    rows = []
    for code, lq in known.items():
        kind = "out" if every[code] < floor else "first" if left else "other"
        left -= kind == "first"
        name = table.name(code)
        amounts = {"amount": own[code] / per, "economy": every[code] / per}
        said = {"own": amounts["amount"], "economy": amounts["economy"]}
        rows.append(
            {
                "name": name,
                "lq": lq,
                **amounts,
                "kind": kind,
                "share": 100 * own[code] / whole,
                "quarter": every[code] <= quarter,
                "label": name if kind == "first" else "",
                "tip": words(TINY + "tip", name=name, lq=lq, **said),
            }
        )
    return rows


SHOWN = ("lq", "economy", "kind", "label", "tip")


def _tiny(
    rows: list[dict[str, Any]], activity: dict[str, str], year: int, floor: float, words: Words
) -> Content:
    first, per = [row for row in rows if row["kind"] == "first"], int(words("lesson3.money.per"))
    best = first[0]
    said = {
        **activity,
        "year": year,
        "n": len(first),
        "small": sum(row["quarter"] for row in first),
        "share": sum(row["share"] for row in first),
        "out": sum(row["kind"] == "out" for row in rows),
        "floor": floor / per,
        "best": best["name"],
        "lq": best["lq"],
        "own": best["amount"],
        "economy": best["economy"],
        "one": best["share"],
        "unit": words("lesson3.money.unit"),
    }
    columns = [
        Column("name", words("common.region")),
        Column("lq", "LQ", "decimal2"),
        Column("amount", words(TINY + "column.own"), "count"),
        Column("economy", words(TINY + "column.economy"), "count"),
    ]
    shown = [{name: row[name] for name in SHOWN} for row in rows]
    return Content(
        rows={"places": shown, "cut": [{"at": 1}]},
        title=words(TINY + "title", **said),
        subtitle=words(TINY + "subtitle", **said),
        alt=words(TINY + "alt", **said),
        reading=" ".join(
            words(TINY + f"reading.{part}", **said)
            for part in ["top", *(["floor"] if floor else [])]
        ),
        key=[
            Mark(words(TINY + "key.first"), "capital", "◆"),
            Mark(words(TINY + "key.other"), "edge", "●"),
            Mark(words(TINY + "key.out"), "line", "●"),
        ],
        **tabled(rows, columns, words),
    )


def _funnel(words: Words) -> altair.LayerChart:
    alt = theme.altair()

    wide = alt.Scale(type="log", nice=False, padding=20)
    across = alt.X("economy:Q", scale=wide, axis=alt.Axis(title=words(TINY + "axis"), tickCount=4))
    quotient = quotient_axis("LQ")
    up = alt.Y("lq:Q", scale=quotient["scale"], axis=quotient["axis"])
    kinds = ["out", "other", "first"]
    shades = alt.Scale(domain=kinds, range=[theme.colour(s) for s in ("line", "edge", "capital")])
    shapes = alt.Scale(domain=kinds, range=["circle", "circle", "diamond"])
    base = alt.Chart(alt.NamedData("places")).encode(x=across, y=up)
    dots = base.mark_point(filled=True, size=60, opacity=0.9).encode(
        color=alt.Color("kind:N", scale=shades, legend=None),
        shape=alt.Shape("kind:N", scale=shapes, legend=None),
        tooltip="tip:N",
    )
    one = alt.Chart(alt.NamedData("cut")).mark_rule(color=theme.colour("edge"))
    first = base.transform_window(
        place="row_number()", sort=[alt.SortField("lq", order="descending")], groupby=["kind"]
    ).transform_filter("datum.label && datum.place === 1")
    names = first.mark_text(align="left", dx=9, fontWeight=600)
    return alt.layer(
        one.encode(y=alt.Y("at:Q", scale=quotient["scale"], axis=quotient["axis"])),
        dots,
        names.encode(text="label:N"),
    ).properties(width="container", height=400)
