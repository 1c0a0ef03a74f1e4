"""Where the largest firms have their head offices: one published list at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, records, tabled
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson1.offices."
STEP = 25
SIDES = ("capital", "rest", "unprinted")


def lists(frame: pd.DataFrame, regions: pd.DataFrame, words: Words) -> dict[str, dict[str, Any]]:
    """Each list by its key, in order of year: its groups, what it prints, what it leaves out.

    Parameters
    ----------
    frame : frame
        The table headquarters: list, year, list_size, group, region, is_capital, headquarters.
    regions : frame
        The table regions: which provinces form the capital region, which rows are aggregates.
    words : Words
        The reader's language.
    """
    capital = regions[regions["capital_region"].eq(True) & regions["kind"].eq("province")]
    members = dict(zip(capital["region"], capital[f"name_{words.lang}"], strict=True))
    sums = set(regions.loc[regions["kind"].eq("aggregate"), "region"])
    ordered = frame.sort_values("year", na_position="last", kind="stable")
    return {
        name: _one(records(own), members, sums, words)
        for name, own in ordered.groupby("list", sort=False)
    }


def _one(
    rows: list[dict[str, Any]], members: dict[str, str], sums: set[str], words: Words
) -> dict[str, Any]:
    """One list: a province that a printed sum contains is shown, but not added again."""
    summed = {row["is_capital"] for row in rows if row["region"] in sums}
    groups = [
        {
            "name": row[f"group_{words.lang}"],
            "n": row["headquarters"],
            "side": "capital" if row["is_capital"] else "rest",
            "part": row["is_capital"] in summed and row["region"] not in sums,
        }
        for row in rows
    ]
    printed = {
        side: sum(g["n"] for g in groups if g["side"] == side and not g["part"])
        for side in SIDES[:2]
    }
    size = rows[0]["list_size"]
    left_out = size - sum(printed.values())
    absent = [name for region, name in members.items() if region not in {r["region"] for r in rows}]
    return {
        "name": _name(rows[0], words),
        "size": size,
        "groups": groups,
        **printed,
        "unprinted": left_out,
        "whole": left_out == 0,
        # A list that names all of the capital region gives its share even without the rest.
        "absent": absent if left_out else [],
    }


def _name(row: dict[str, Any], words: Words) -> str:
    key = "name" if row["year"] is not None else "name.undated"
    return words(WORDS + key, name=row[f"list_{words.lang}"], year=row["year"])


def first_whole(known: Mapping[str, dict[str, Any]]) -> str:
    """The first list that prints a region for every firm, by province and not only in sums."""
    whole = [name for name, each in known.items() if each["whole"]]
    return max(whole or known, key=lambda name: len(known[name]["groups"]))


def by_list(frame: pd.DataFrame, known: dict[str, dict[str, Any]], words: Words) -> Figure:
    """Head offices by group as published; `known` is what `lists` gives."""
    made = {name: _content(each, words) for name, each in known.items()}
    return Figure(
        id="1.headquarters",
        charts=lambda: [_chart()],
        content=made[first_whole(known)],
        sources=datasets.citation(frame, words.lang),
        table=_table(frame, words),
        respond=lambda values: made[values["list"]],
    )


def _content(each: dict[str, Any], words: Words) -> Content:
    said = {
        **each,
        "share": 100 * each["capital"] / each["size"],
        "absent": ", ".join(each["absent"]),
        "groups": ", ".join(f"{group['name']} {group['n']}" for group in each["groups"]),
    }
    known = "whole" if each["whole"] else "atleast" if each["absent"] else "capital"
    said["reading"] = " ".join(words(f"{WORDS}reading.{part}", **said) for part in (known, "lists"))
    title = "atleast" if each["absent"] else "share"
    return Content(
        rows={"bars": _bars(each, words)},
        reading=said["reading"],
        key=texts.key(words, WORDS, **_looks(each)),
        **texts.sentences(words, WORDS, said, title=title, reading=None),
    )


def _looks(each: dict[str, Any]) -> dict[str, Any]:
    sides = {"capital": "capital", "rest": "rest", "unprinted": ("edge", "□")}
    return {side: look for side, look in sides.items() if each[side]}


def _bars(each: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """The whole list as one strip; below it its groups, the capital region's first, by size."""
    order = sorted(each["groups"], key=lambda g: (SIDES.index(g["side"]), g["part"], -g["n"]))
    rows = [{**group, "name": _indented(group, words)} for group in order]
    if each["unprinted"]:
        name = words(WORDS + "unprinted")
        rows.append({"name": name, "n": each["unprinted"], "side": "unprinted", "part": False})
    return _strip(each, words) + [_group(row, place, words) for place, row in enumerate(rows)]


def _indented(group: dict[str, Any], words: Words) -> str:
    return words(WORDS + "part", name=group["name"]) if group["part"] else group["name"]


def _group(row: dict[str, Any], place: int, words: Words) -> dict[str, Any]:
    said = {"name": row["name"], "n": row["n"]}
    ends = {"from": 0, "to": row["n"], "order": place + 2, "text": words.say(row["n"], "count")}
    return {**ends, "name": row["name"], "side": row["side"], "tip": words(WORDS + "tip", **said)}


def _strip(each: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """Capital region, the rest, regions not printed, end to end; and an empty line below."""
    whole = words(WORDS + "strip", n=each["size"])
    strip, start = [], 0
    for side in SIDES:
        n = each[side]
        said = {"n": n, "share": 100 * n / each["size"], "name": words(WORDS + f"key.{side}")}
        text = words(WORDS + "strip.share", **said) if side == SIDES[0] else ""
        tip = words(WORDS + "strip.tip", **said)
        place = {"from": start, "to": start + n, "order": 0, "name": whole}
        strip.append({**place, "side": side, "inside": text, "tip": tip})
        start += n
    empty = {"from": 0, "to": 0, "order": 1, "name": " ", "side": SIDES[0]}
    return [*(row for row in strip if row["to"] > row["from"]), empty]


def _table(frame: pd.DataFrame, words: Words) -> Mapping[str, Any]:
    short = datasets.sources().set_index("source")[f"short_{words.lang}"]
    columns = [
        Column(f"list_{words.lang}", words(WORDS + "column.list")),
        Column("year", words("common.year")),
        Column(f"group_{words.lang}", words("common.region")),
        *texts.columns(words, WORDS, headquarters="count", list_size="count"),
        Column("cited", words("common.figure.source")),
    ]
    cited = frame.assign(cited=frame["source"].map(short))
    return tabled(cited.sort_values("year", na_position="last", kind="stable"), columns, words)


def _chart() -> alt.LayerChart:
    # The height follows the number of groups that a list prints.
    return alt.layer(*_layers()).properties(height=alt.Step(STEP))


def _axes() -> dict[str, Any]:
    quiet = {"title": None, "domain": False, "ticks": False}
    # The first line is the list as a whole.
    weight = alt.condition("datum.index === 0", alt.value(700), alt.value(400))
    names = alt.Axis(
        labelColor=theme.colour("ink"), labelFontWeight=weight, labelLimit=220, **quiet
    )
    firms = alt.Axis(orient="top", tickCount=4, **quiet)
    return {
        "y": alt.Y("name:N", sort=alt.SortField("order"), axis=names),
        "x": alt.X("from:Q", axis=firms, scale=alt.Scale(nice=False)),
        "x2": "to:Q",
    }


def _layers() -> list[Any]:
    rows = chart_of("bars")
    base = rows.encode(**_axes(), tooltip="tip:N")
    known = base.transform_filter("datum.side !== 'unprinted'")
    unknown = base.transform_filter("datum.side === 'unprinted'")
    hollow = {"fill": "transparent", "stroke": theme.colour("edge"), "strokeDash": [4, 3]}
    written = {field: rows.transform_filter(f"datum.{field}") for field in ("text", "inside")}
    values = written["text"].encode(_axes()["y"], alt.X("to:Q"), text="text:N")
    inside = written["inside"].encode(_axes()["y"], alt.X("from:Q"), text="inside:N")
    return [
        known.mark_bar(height={"band": 0.74}, opacity=1).encode(
            color=looks.colour("side", SIDES[:2])
        ),
        unknown.mark_bar(height={"band": 0.74}, opacity=1, **hollow),
        values.mark_text(align="left", dx=5, fontWeight=600),
        inside.mark_text(align="left", dx=6, fontWeight=700, color=theme.colour("paper")),
    ]
