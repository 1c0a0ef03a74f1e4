"""Who moves: gains and losses of the provinces by age, ordered, on either side of zero."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.figure import Column, Content, Figure, Mark, records, tabled
from clusterlib.charts.labels import beside
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson1.youth."
AGES = ("all", "20s", "30s", "20-39")
# Height of one province in px, and what names and values need beside the longest bars.
ROW, ROOM = 27, 76

Place = dict[str, Any]


def youth(frame: pd.DataFrame, words: Words) -> Figure:
    """The balance of each province for one age group, those that change sign marked.

    Parameters
    ----------
    frame : frame
        The table youth_net_migration: year, region, age_group, net_migration (people a year); of
        several years the last is drawn.
    words : Words
        The reader's language.
    """
    year = int(frame["year"].max())
    latest = frame[frame["year"] == year]
    places = _places(latest, words)
    start = {"age": ages(latest)[0]}

    def respond(values: dict[str, Any]) -> Content:
        return _content(places, values["age"], year, words)

    return Figure(
        id="1.youth",
        charts=lambda: [_chart(latest["net_migration"], len(places), words)],
        content=respond(start),
        sources=datasets.citation(latest, words.lang),
        table=_table(places, words),
        respond=respond,
        start=start,
    )


def ages(frame: pd.DataFrame) -> list[str]:
    """The age groups that a frame holds, all ages first."""
    held = set(frame.dropna(subset=["net_migration"])["age_group"])
    return [age for age in AGES if age in held]


def _places(latest: pd.DataFrame, words: Words) -> list[Place]:
    """One row a province: its name, its part of the country, its balance of each age."""
    wide = latest.pivot(index="region", columns="age_group", values="net_migration")
    wide = wide.reindex(columns=list(AGES))
    known = datasets.regions().set_index("region")
    named = known[["capital_region", "macro_region", f"macro_{words.lang}", f"name_{words.lang}"]]
    named.columns = ["capital", "macro", "macro_name", "name"]
    # As plain numbers: an age that is blank in one province must not turn the others to decimals.
    return records(wide.astype("Int64").join(named).reset_index())


def _content(places: list[Place], age: str, year: int, words: Words) -> Content:
    known = [place for place in places if place[age] is not None]
    ordered = sorted(known, key=lambda place: -place[age])
    said = _facts(ordered, age, year, words)
    return Content(
        rows={"places": [_row(n, place, age, words) for n, place in enumerate(ordered)]},
        title=_title(ordered, age, said, words),
        reading=f"{_sides(ordered, age, said, words)} {said['changes']}",
        key=_key(age, words),
        **texts.sentences(words, WORDS, said, title=None, reading=None),
    )


def _facts(ordered: list[Place], age: str, year: int, words: Words) -> dict[str, Any]:
    return {
        "year": year,
        "age": words(WORDS + f"age.{age}"),
        "of": words(WORDS + f"of.{age}"),
        "who": words(WORDS + f"who.{age}"),
        "most": ordered[0]["name"],
        "most_n": ordered[0][age],
        "least": ordered[-1]["name"],
        "least_n": ordered[-1][age],
        "capital": sum(place[age] for place in ordered if place["capital"]),
        "changes": _changes(ordered, age, words),
    }


def _title(ordered: list[Place], age: str, said: dict[str, Any], words: Words) -> str:
    """Where outside the capital region people were gained, if that is one place; else who leads."""
    outside = [place for place in ordered if not place["capital"] and place[age] > 0]
    if not outside:
        return words(WORDS + "title.none", **said)
    if len(outside) == 1:
        return words(WORDS + "title.one", name=outside[0]["name"], **said)
    if len({place["macro"] for place in outside}) == 1:
        return words(WORDS + "title.one_macro", macro=outside[0]["macro_name"], **said)
    return words(WORDS + "title.extremes", **said)


def _sides(ordered: list[Place], age: str, said: dict[str, Any], words: Words) -> str:
    """The smaller of the two sides by name, the other by number."""
    gained = [place["name"] for place in ordered if place[age] > 0]
    lost = [place["name"] for place in reversed(ordered) if place[age] < 0]
    key, one, other = (
        ("gained", gained, lost) if len(gained) <= len(lost) else ("lost", lost, gained)
    )
    counts = {"names": ", ".join(one) or "–", "n": len(one), "others": len(other)}
    return words(WORDS + f"reading.{key}", who=said["who"], **counts)


def _changes(ordered: list[Place], age: str, words: Words) -> str:
    names = ", ".join(place["name"] for place in ordered if _changed(place, age))
    if age == "all":
        return words(WORDS + "changes.all")
    return words(WORDS + "changes.some", names=names) if names else words(WORDS + "changes.none")


def _changed(place: Place, age: str) -> bool:
    return place[age] * (place["all"] or 0) < 0


def _key(age: str, words: Words) -> list[Mark]:
    marks = [
        Mark(words(WORDS + "key.capital"), "capital"),
        Mark(words("common.rest"), "rest"),
        Mark(words(WORDS + "key.changed"), "band"),
    ]
    return marks if age != "all" else marks[:2]


def _row(rank: int, place: Place, age: str, words: Words) -> dict[str, Any]:
    name, value, whole = place["name"], place[age], _signed(place["all"], words)
    changed = _changed(place, age)
    tip = {"name": name, "age": words(WORDS + f"age.{age}"), "all": whole}
    return {
        "rank": rank,
        "shown": value,
        "name": words(WORDS + "changed", name=name, all=whole) if changed else name,
        "value": _signed(value, words),
        "side": "capital" if place["capital"] else "rest",
        "gain": value >= 0,
        "changed": changed,
        "tip": words(WORDS + "tip", n=_signed(value, words), **tip),
    }


def _signed(value: int | None, words: Words) -> str:
    key = "plus" if value is not None and value > 0 else "plain"
    return words(WORDS + key, n=value)


def _table(places: list[Place], words: Words) -> dict[str, Any]:
    """Every province with all four ages, in the order of the last; the capital region's sum."""
    rows = sorted(places, key=lambda place: -(place["20-39"] or 0))
    ages = {age: [place[age] or 0 for place in places if place["capital"]] for age in AGES}
    whole = {"name": words(WORDS + "sum"), **{age: sum(values) for age, values in ages.items()}}
    columns = [Column("name", words("common.region"))]
    for age in AGES:
        label = words(WORDS + "column", age=words(WORDS + f"age.{age}"))
        columns.append(Column(age, label, "count"))
    return tabled([*rows, whole], columns, words)


def _chart(net: pd.Series, n: int, words: Words) -> alt.LayerChart:
    # One scale for all ages, so that a bar's length means the same after each move.
    ends = [min(0, int(net.min())), max(0, int(net.max()))]
    scale = alt.Scale(domain=ends, padding=ROOM, nice=False, zero=False)
    x = alt.X("shown:Q", scale=scale, axis=None)
    y = alt.Y("rank:O", axis=None, scale=alt.Scale(paddingInner=0.28, paddingOuter=0.14))
    base = chart_of("places").encode(y=y)
    sides = looks.colour("side", ("capital", "rest"))
    bars = base.mark_bar().encode(x=x, color=sides, tooltip="tip:N")
    zero = alt.Chart().mark_rule(color=theme.colour("edge")).encode(x=_zero())
    layers = [_bands(base), bars, zero, *_names(base), *_values(base, x), *_heads(words)]
    return alt.layer(*layers).properties(height=ROW * n)


def _zero() -> Any:
    # Vega-Lite fails when some layers of one axis ask for none and others do not say.
    return alt.XDatum(0, axis=None)


def _bands(base: Any) -> Any:
    """A band behind each province whose sign is not that of all ages."""
    marked = base.transform_filter("datum.changed")
    rows = marked.mark_bar(color=theme.colour("band"), opacity=0.38, height={"band": 1.3})
    return rows.encode(x=alt.value(0), x2=alt.value("width"))


def _names(base: Any) -> list[Any]:
    """Names on the empty side of zero, those of the capital region in bold."""
    named = base.encode(x=_zero(), text="name:N")
    layers = []
    for side, weight in (("capital", 700), ("rest", 400)):
        one = named.transform_filter(f"datum.side == '{side}'")
        layers += beside(one, 6, left="datum.gain", fontWeight=weight, baseline="middle")
    return layers


def _values(base: Any, x: Any) -> list[Any]:
    ink = {"baseline": "middle", "color": theme.colour("ink")}
    return beside(base.encode(x=x, text="value:N"), 5, left="!datum.gain", **ink)


def _heads(words: Words) -> list[Any]:
    layers = []
    for key, align, dx in (("lost", "right", -6), ("gained", "left", 6)):
        said = alt.Chart().mark_text(align=align, dx=dx, dy=-12, color=theme.colour("muted"))
        said = said.encode(x=_zero(), y=alt.value(0), text=alt.value(words(WORDS + key)))
        layers.append(said)
    return layers
