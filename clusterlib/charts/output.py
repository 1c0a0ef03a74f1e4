"""Output per head of every province against the nation: one line each, one of them in front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusterlib import datasets, theme
from clusterlib.charts import alt, looks, texts
from clusterlib.charts.axes import Plane
from clusterlib.charts.figure import Column, Content, Figure, Mark, records, tabled
from clusterlib.charts.labels import apart, on_halo, room
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words

WORDS = "lesson1.grdp."
HEIGHT = 440
NATION = "korea"


def per_head(relative: pd.DataFrame, regions: pd.DataFrame, words: Words) -> Figure:
    """Lines of output per head, the nation being 100; the chosen province stands in front.

    Parameters
    ----------
    relative : frame
        What indicators.relative_to_nation gives: year, region, names, includes, relative.
    regions : frame
        The table regions: which provinces form the capital region.
    words : Words
        The reader's language.
    """
    lines = _lines(relative, regions, words)
    ranked = _ranked(lines)
    scale = _scale(lines)
    begin = min(row["year"] for row in lines)
    whole = _whole(lines, ranked, words)

    def respond(values: dict[str, Any]) -> Content:
        rows = [row for row in lines if row["region"] == values["province"]]
        labels = _labels(ranked, values["province"], scale, words)
        inside = _inside(rows, words)
        return Content(
            rows={"chosen": rows, "inside": inside, "labels": labels},
            reading=_reading(rows, ranked, begin, words),
            key=_key(bool(inside), words),
            **whole,
        )

    longest = room(words(WORDS + "label", name=r["name"], value=r["relative"]) for r in lines)
    return Figure(
        id="1.grdp_per_head",
        charts=lambda: [_chart(lines, scale, longest, words)],
        content=respond({"province": highest(relative)}),
        sources=datasets.citation(relative, words.lang),
        fixed={
            "lines": lines,
            "nation": [{"from": begin, "to": ranked[0]["year"], "relative": 100}],
        },
        table=_table(lines, words),
        respond=respond,
    )


def _lines(relative: pd.DataFrame, regions: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """One row a province and year, each with its side, what it still contains, and its words."""
    name = f"name_{words.lang}"
    capital = set(regions.loc[regions["capital_region"].eq(True), "region"])
    names = dict(zip(regions["region"], regions[name], strict=True))
    known = relative[relative["region"].ne(NATION) & relative["relative"].notna()]
    rows = []
    for row in records(known.sort_values(["region", "year"])):
        inside = names.get(row["includes"], "") if row["includes"] else ""
        said = {"name": row[name], "year": row["year"], "value": row["relative"], "inside": inside}
        rows.append(
            {
                **{key: row[key] for key in ("year", "region", "relative", "grdp_per_head")},
                "name": row[name],
                "side": "capital" if row["region"] in capital else "rest",
                "inside": inside,
                "tip": words(WORDS + ("tip.with" if inside else "tip"), **said),
            }
        )
    return rows


def highest(relative: pd.DataFrame) -> str:
    """The province with the highest value of the last year."""
    last = relative["year"].eq(relative["year"].max()) & relative["region"].ne(NATION)
    return relative.loc[relative.loc[last, "relative"].idxmax(), "region"]


def _ranked(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    last = max(row["year"] for row in lines)
    final = [row for row in lines if row["year"] == last]
    return sorted(final, key=lambda row: -row["relative"])


def _scale(lines: list[dict[str, Any]]) -> tuple[float, float]:
    """Round bounds of the axis, in steps of 20, around every value of every province."""
    values = [row["relative"] for row in lines]
    return 20.0 * (min(values) // 20), 20.0 * -(-max(values) // 20)


def _whole(
    lines: list[dict[str, Any]], ranked: list[dict[str, Any]], words: Words
) -> dict[str, str]:
    """What no control changes: finding, subtitle, alternative text."""
    high, low = ranked[0], ranked[-1]
    said = {
        "first": min(row["year"] for row in lines),
        "last": high["year"],
        "n": len(ranked),
        "high": high["name"],
        "high_value": high["relative"],
        "low": low["name"],
        "low_value": low["relative"],
    }
    return texts.sentences(words, WORDS, said, reading=None)


def _key(inside: bool, words: Words) -> list[Mark]:
    lines = {"capital": ("capital", "line"), "other": ("edge", "line"), "with": ("rest", "dash")}
    marks = texts.key(words, WORDS, **lines)
    return marks if inside else marks[:2]


def _labels(
    ranked: list[dict[str, Any]], chosen: str, scale: tuple[float, float], words: Words
) -> list[dict[str, Any]]:
    """Names at the line ends: the chosen one, the extremes, the capital region, the nation."""
    ends = [ranked[0], ranked[-1], *(row for row in ranked if row["side"] == "capital")]
    ends += [row for row in ranked if row["region"] == chosen]
    nation = {"region": NATION, "name": words(WORDS + "nation"), "relative": 100, "side": "nation"}
    named = {row["region"]: row for row in [*ends, nation]}
    # 17 px a line keeps 13 px letters apart.
    gap = 17 * (scale[1] - scale[0]) / HEIGHT
    places = apart([row["relative"] for row in named.values()], gap)
    return [
        {
            "year": ranked[0]["year"],
            "relative": row["relative"],
            "place": place,
            "side": row["side"],
            "picked": row["region"] == chosen,
            "text": words(WORDS + "label", name=row["name"], value=row["relative"]),
        }
        for row, place in zip(named.values(), places, strict=True)
    ]


def _inside(rows: list[dict[str, Any]], words: Words) -> list[dict[str, Any]]:
    """One note where the chosen line still holds a later province."""
    held = [row for row in rows if row["inside"]][:1]
    return [{**row, "note": words(WORDS + "inside", inside=row["inside"])} for row in held]


def _reading(
    rows: list[dict[str, Any]], ranked: list[dict[str, Any]], begin: int, words: Words
) -> str:
    peak = max(rows, key=lambda row: row["relative"])
    said = {
        "name": rows[0]["name"],
        "last": rows[-1]["year"],
        "value": rows[-1]["relative"],
        "rank": ranked.index(rows[-1]) + 1,
        "n": len(ranked),
        "first": rows[0]["year"],
        "start": rows[0]["relative"],
        "peak_year": peak["year"],
        "peak": peak["relative"],
    }
    steady = "reading.first" if peak is rows[0] else "reading.peak"
    parts = [words(WORDS + "reading", **said), words(WORDS + steady, **said)]
    if rows[0]["year"] > begin:
        parts.append(words(WORDS + "reading.later", **said))
    held = [row for row in rows if row["inside"]]
    if held:
        until = {"until": held[-1]["year"], "inside": held[-1]["inside"]}
        parts.append(words(WORDS + "reading.inside", **until))
    return " ".join(parts)


def _table(lines: list[dict[str, Any]], words: Words) -> Mapping[str, Any]:
    columns = [
        Column("year", words("common.year")),
        Column("name", words("common.region")),
        *texts.columns(words, WORDS, relative="decimal1", grdp_per_head="count", inside="text"),
    ]
    ranked = sorted(lines, key=lambda row: (-row["year"], -row["relative"]))
    return tabled(pd.DataFrame(ranked), columns, words)


def _plane(
    lines: list[dict[str, Any]], scale: tuple[float, float], right: int, words: Words
) -> Plane:
    """The years and the nation's hundredths."""
    first, last = (edge(row["year"] for row in lines) for edge in (min, max))
    ticks = [first, *(y for y in range(first + 4, last - 4) if y % 10 == 0), last]
    # The names at the line ends stand in the view's own right margin, on any width.
    ends = {"domain": [first, last], "rangeMax": alt.ExprRef(f"width - {right}")}
    years = alt.Axis(values=ticks, format="d", title=None, grid=False, domain=False)
    hundred = alt.Axis(title=words(WORDS + "axis"), tickCount=8, domain=False, ticks=False)
    return Plane(
        across={"scale": alt.Scale(**ends, nice=False, zero=False), "axis": years},
        up={"scale": alt.Scale(domain=list(scale), nice=False, zero=False), "axis": hundred},
    )


def _chart(
    lines: list[dict[str, Any]], scale: tuple[float, float], right: int, words: Words
) -> alt.LayerChart:
    plane = _plane(lines, scale, right, words)
    layers = [*_background(plane), *_front(plane), *_names(plane)]
    return alt.layer(*layers).properties(height=HEIGHT)


def _background(plane: Plane) -> list[Any]:
    base = chart_of("lines").encode(**plane.at("year", "relative"))
    # Where a province held a later one, its line breaks: the two parts are not the same place.
    each = base.encode(detail=["region:N", "inside:N"])
    rest = each.transform_filter("datum.side == 'rest'")
    capital = each.transform_filter("datum.side == 'capital'")
    nation = chart_of("nation").mark_rule(color=theme.colour("ink"), strokeWidth=1.5)
    return [
        rest.mark_line(color=theme.colour("edge"), strokeWidth=1, opacity=0.75),
        nation.encode(**plane.at("from", "relative"), x2="to:Q"),
        capital.mark_line(color=theme.colour("capital"), strokeWidth=1.6),
        base.mark_point(opacity=0, size=60, filled=True).encode(tooltip="tip:N"),
    ]


def _front(plane: Plane) -> list[Any]:
    place = plane.at("year", "relative")
    base = chart_of("chosen").encode(**place)
    each = base.encode(detail="inside:N")
    plain, held = (each.transform_filter(f"{no}datum.inside") for no in ("!", ""))
    note = chart_of("inside").encode(**place, text="note:N")
    style = {"align": "left", "baseline": "bottom", "dy": -8, "fontWeight": 600}
    return [
        each.mark_line(color=theme.colour("paper"), strokeWidth=7),
        plain.mark_line(strokeWidth=3.5).encode(color=_sides()),
        held.mark_line(strokeWidth=3.5, strokeDash=[6, 4]).encode(color=_sides()),
        *on_halo(note.encode(color=_sides()), **style),
    ]


def _names(plane: Plane) -> list[Any]:
    base = chart_of("labels").encode(**plane.at("year", "place"), text="text:N")
    dots = chart_of("labels").encode(**plane.at("year", "relative"), color=_sides())
    picked, other = (base.transform_filter(f"{no}datum.picked") for no in ("", "!"))
    style = {"align": "left", "baseline": "middle", "dx": 8}
    quiet = alt.condition("datum.side == 'rest'", alt.value(theme.colour("muted")), _sides())
    return [
        dots.transform_filter("datum.picked").mark_point(filled=True, size=70, opacity=1),
        other.mark_text(**style).encode(color=quiet),
        picked.mark_text(fontWeight=700, **style).encode(color=_sides()),
    ]


def _sides() -> Any:
    return looks.colour("side", {"capital": "capital", "rest": "rest", "nation": "ink"})
