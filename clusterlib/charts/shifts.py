"""Growth of one place split into parts that add up exactly."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd

from clusterlib import datasets, indicators, theme
from clusterlib.charts import alt, looks, ranked, texts
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.mix import chosen
from clusterlib.charts.municipal import Municipal
from clusterlib.i18n import Words

WORDS = "lesson3.shifts."
PARTS = ("national", "mix", "regional", "allocation", "born")
SHADES = {"start": "nothing", "plus": "gain-strong", "minus": "loss-strong", "end": "ink"}
STEP = 23


def of_place(frame: pd.DataFrame, start: dict[str, Any], words: Words) -> Figure:
    """From the first value to the last one in steps, and the place's own part by activity.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added.
    start : mapping
        province, place ("all" for the province), span ("2015-2020"), kind ("classic",
        "esteban_marquillas" or "dynamic") at the beginning.
    words : Words
        The reader's language.
    """
    table = Municipal(frame, words)

    @cache
    def split(unit: str, span: str, kind: str) -> pd.DataFrame:
        return _split(_years(table, unit, span), kind)

    def respond(values: dict[str, Any]) -> Content:
        place = chosen(table, values)
        parts = split(table.unit_of(place), values["span"], values["kind"])
        return _content(table, place, parts, values, words)

    return Figure(
        id="3.shifts",
        charts=lambda: [_steps(words), _own(words)],
        content=respond(start),
        sources=datasets.citation(frame, words.lang),
        evidence="estimated",
        respond=respond,
    )


def _years(table: Municipal, unit: str, span: str) -> dict[int, pd.DataFrame]:
    """The tables of every year in a span, for the places that are known in all of them."""
    first, last = (int(year) for year in span.split("-"))
    wanted = {y: table.matrix(y, unit) for y in table.years if first <= y <= last}
    common = set.intersection(*(set(matrix.index) for matrix in wanted.values()))
    return {y: matrix[matrix.index.isin(common)] for y, matrix in wanted.items()}


def _split(years: dict[int, pd.DataFrame], kind: str) -> pd.DataFrame:
    if kind == "dynamic":
        return indicators.dynamic_shift_share(years)
    return indicators.shift_share(years[min(years)], years[max(years)], kind)


def _content(
    table: Municipal, place: str, parts: pd.DataFrame, values: dict[str, Any], words: Words
) -> Content:
    if place not in parts.index.get_level_values(0):
        return _blank(table.name(place), values, words)
    known = parts.loc[place].dropna(subset="change")
    sums = known.sum()
    names = [part for part in PARTS if part in known and (part != "born" or sums[part])]
    said = _said(table, place, parts, sums, values, words)
    rows = known.assign(
        name=[table.brief[a] for a in known.index],
        of=[table.said(a)["of"] for a in known.index],
    ).sort_values("regional", ascending=False, ignore_index=True)
    best, worst = rows.iloc[0], rows.iloc[-1]
    said |= {"best": best["of"], "worst": worst["of"]}
    said |= {"best_n": best["regional"] / said["per"], "worst_n": worst["regional"] / said["per"]}
    columns = [Column("name", words("lesson3.activity"))]
    parts_said = ["start", "end", *names]
    columns += [Column(part, _headed(part, words), "count") for part in parts_said]
    listed = rows[["name"]].join(rows[parts_said] / said["per"])
    ends = {
        "title": "ahead" if sums["regional"] + sums.get("allocation", 0.0) > 0 else "behind",
        "alt": "more" if said["rest"] else "",
        "subtitle": values["kind"],
        "reading": _tells(said, values),
    }
    return Content(
        rows={"steps": _walk(sums, names, said, words), "own": _bars(rows, said["per"], words)},
        key=texts.key(words, WORDS, plus=SHADES["plus"], minus=SHADES["minus"]),
        **texts.sentences(words, WORDS, said, **ends),
        **tabled(listed, columns, words),
    )


def _headed(part: str, words: Words) -> str:
    return words(WORDS + "column.part", part=words(WORDS + f"part.{part}"))


def _tells(said: dict[str, Any], values: dict[str, Any]) -> list[str]:
    single = values["kind"] == "dynamic" and values["span"] != "2010-2020"
    return [
        "more" if said["rest"] else "sum",
        values["kind"],
        *(["single"] if single else []),
        "activity",
    ]


def _blank(name: str, values: dict[str, Any], words: Words) -> Content:
    said = {"place": name, "span": words(f"lesson3.span.{values['span']}")}
    return Content(
        rows={"steps": [], "own": []},
        alt=words(WORDS + "title.blank", **said),
        table={words("common.region"): [name]},
        **texts.sentences(
            words, WORDS, said, title="blank", subtitle="blank", alt=None, reading="blank"
        ),
    )


def _said(
    table: Municipal,
    place: str,
    parts: pd.DataFrame,
    sums: pd.Series,
    values: dict[str, Any],
    words: Words,
) -> dict[str, Any]:
    per = int(words("lesson3.money.per"))
    begun, grown = parts["start"].sum(), parts["change"].sum()
    money = {part: sums.get(part, 0.0) / per for part in ("start", "end", "change", *PARTS)}
    end = (sums["start"] + sums["change"]) / per
    return {
        **money,
        "end": end,
        "per": per,
        "place": table.name(place),
        "span": words(f"lesson3.span.{values['span']}"),
        "n": parts.index.get_level_values(0).nunique(),
        "unit": words(f"lesson3.unit.{table.unit_of(place)}"),
        "rate": 100 * sums["change"] / sums["start"],
        "nation": 100 * grown / begun,
        "rest": money["allocation"] + money["born"],
        "own_size": abs(money["regional"] + money["allocation"]),
    }


def _walk(
    sums: pd.Series, names: list[str], said: dict[str, Any], words: Words
) -> list[dict[str, Any]]:
    """Bars that take up where the one above them ends: start, each part, end."""
    rows, at = [_step("start", 0.0, said["start"], said["start"], words)], said["start"]
    for part in names:
        size = sums[part] / said["per"]
        rows.append(_step(part, at, at + size, size, words))
        at += size
    return [*rows, _step("end", 0.0, at, at, words)]


def _step(part: str, low: float, high: float, size: float, words: Words) -> dict[str, Any]:
    whole = part in ("start", "end")
    sign = "" if whole or size < 0 else "+"
    return {
        "name": words(WORDS + f"part.{part}"),
        "from": low,
        "to": high,
        "edge": max(low, high),
        "shade": part if whole else ("plus" if size >= 0 else "minus"),
        "text": sign + words(WORDS + "label", n=size),
    }


def _bars(rows: pd.DataFrame, per: int, words: Words) -> list[dict[str, Any]]:
    sizes = zip(rows["name"], rows["regional"] / per, strict=True)
    return [
        {
            "name": name,
            "n": size,
            "shade": "plus" if size >= 0 else "minus",
            "tip": words(WORDS + "tip", name=name, n=size),
        }
        for name, size in sizes
    ]


def _steps(words: Words) -> alt.LayerChart:
    base = looks.rows_of("steps", axis=ranked.named())
    scale = alt.Scale(padding=62, nice=False)
    few = alt.expr("width < 260 ? 2 : 4")  # 400,000 is wide on a phone
    axis = alt.Axis(title=words("lesson3.money.unit"), tickCount=few, labelBound=True)
    bars = base.mark_bar(height={"band": 0.66}, opacity=1).encode(
        x=alt.X("from:Q", axis=axis, scale=scale),
        x2="to:Q",
        color=looks.colour("shade", SHADES),
    )
    written = base.mark_text(align="left", dx=5, fontWeight=600)
    return alt.layer(
        bars, written.encode(x=alt.X("edge:Q", axis=axis, scale=scale), text="text:N")
    ).properties(height=alt.Step(44))


def _own(words: Words) -> alt.LayerChart:
    base = looks.rows_of("own", axis=ranked.named())
    axis = alt.Axis(title=words(WORDS + "axis.own"), tickCount=4)
    bars = base.mark_bar(height={"band": 0.7}, opacity=1).encode(
        x=alt.X("n:Q", axis=axis), color=looks.colour("shade", SHADES), tooltip="tip:N"
    )
    zero = alt.Chart().mark_rule(color=theme.colour("edge")).encode(x=alt.datum(0))
    return alt.layer(bars, zero).properties(height=alt.Step(STEP))
