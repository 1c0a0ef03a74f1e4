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


def _lines(table: Municipal, small: pd.Series, large: pd.Series, least: float) -> pd.DataFrame:
    order = large.sort_values(ascending=False)
    parts = pd.DataFrame({"code": small.index, "lq": small.to_numpy(), "whole": False})
    parts["region"] = [table.region[code] for code in parts["code"]]
    wholes = pd.DataFrame({"code": order.index, "lq": order.to_numpy(), "whole": True})
    rows = pd.concat([wholes.assign(region=order.index), parts], ignore_index=True)
    rows = rows[(rows["lq"] > 0) & rows["region"].isin(order.index)]
    home = order.reindex(rows["region"]).to_numpy()
    return rows.assign(
        name=rows["region"].map(table.provinces),
        place=[table.name(code) for code in rows["code"]],
        over=rows["lq"] > least,
        turned=~rows["whole"] & ((rows["lq"] > least) != (home > least)),
        rank=rows["region"].map({region: n for n, region in enumerate(order.index)}),
    ).sort_values(["rank", "whole"], ascending=[True, False], kind="stable")


def _flipped(rows: pd.DataFrame, table: Municipal) -> dict[str, Any]:
    parts, wholes = rows[~rows["whole"]], rows[rows["whole"]]
    spread = parts.groupby("region")["lq"].agg(lambda lq: lq.max() / lq.min())
    widest = spread.idxmax()
    inside = parts[parts["region"] == widest]
    return {
        "n": len(parts),
        "turned": int(parts["turned"].sum()),
        "hidden": int((parts["turned"] & parts["over"]).sum()),
        "swallowed": int((parts["turned"] & ~parts["over"]).sum()),
        "provinces": len(wholes),
        "over": int(wholes["over"].sum()),
        "widest": table.provinces[widest],
        "whole": wholes.set_index("region").at[widest, "lq"],
        "high": inside["lq"].max(),
        "high_name": table.short[inside.loc[inside["lq"].idxmax(), "code"]],
        "low": inside["lq"].min(),
        "low_name": table.short[inside.loc[inside["lq"].idxmin(), "code"]],
    }


def _flips(rows: pd.DataFrame, said: dict[str, Any], least: float, words: Words) -> Content:
    kind = rows["turned"].map({True: "turned", False: "same"}).mask(rows["whole"], "whole")
    shown = rows[["name", "lq"]].assign(
        kind=kind,
        tip=[
            words(FLIPS + "tip", name=p, lq=q)
            for p, q in zip(rows["place"], rows["lq"], strict=True)
        ],
    )
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
        **tabled(rows[["name", "place", "lq"]], columns, words),
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
) -> pd.DataFrame:
    per = int(words("lesson3.money.per"))
    rows = pd.DataFrame({"lq": quotients, "amount": sizes / per, "economy": economy / per})
    rows = rows[(rows["lq"] > 0)].sort_values("lq", ascending=False)
    kept = rows["economy"] >= floor / per
    first = rows.index[kept][:TOP]
    kind = pd.Series("other", rows.index).mask(~kept, "out").mask(rows.index.isin(first), "first")
    names = [table.name(code) for code in rows.index]
    tips = zip(names, rows["lq"], rows["amount"], rows["economy"], strict=True)
    return rows.assign(
        kind=kind,
        name=names,
        share=100 * sizes.reindex(rows.index) / sizes.sum(),
        quarter=rows["economy"] <= rows["economy"].quantile(0.25),
        label=[n if k == "first" else "" for n, k in zip(names, kind, strict=True)],
        tip=[words(TINY + "tip", name=n, lq=q, own=a, economy=e) for n, q, a, e in tips],
    )


def _tiny(
    rows: pd.DataFrame, activity: dict[str, str], year: int, floor: float, words: Words
) -> Content:
    first, per = rows[rows["kind"] == "first"], int(words("lesson3.money.per"))
    best = first.iloc[0]
    said = {
        **activity,
        "year": year,
        "n": len(first),
        "small": int(first["quarter"].sum()),
        "share": first["share"].sum(),
        "out": int((rows["kind"] == "out").sum()),
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
    shown = rows[["lq", "economy", "kind", "label", "tip"]]
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
