"""Two figures on one axis: the learner tries, and is told what is not comparable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusterlib import comparison, datasets, live, loops
from clusterlib.charts.figure import Content, records
from clusterlib.explorers import grids
from clusterlib.explorers.controls import listed
from clusterlib.i18n import Words
from clusterlib.indicators import checks

WORDS = "lesson5."
# A language that counts in its own large numbers says the whole number, not so many billions.
SIZES = {"bn": 10**9, "mn": 10**6}
LOOKS = {"same": "good", "change": "good", "careful": "plain", "undated": "warn", "no": "warn"}
# The lines of the comparison of two figures, with the barriers that each may show.
ASPECTS = {
    "value": ("gap", "bound"),
    "unit": ("unit",),
    "definition": ("definition",),
    "area": ("area",),
    "year": ("year", "undated"),
}


def key_figures(words: Words, frame: pd.DataFrame) -> live.Framed:
    """Choose two figures and try to put them on one axis; what stands in the way is named.

    `frame`: datasets.abroad_figures().
    """
    wanted = ["figure", "cluster", "value", "year", "bound", *comparison.MUST_AGREE, "source"]
    checks.columns(frame, wanted, "figures")
    rows = {row["figure"]: row for row in records(frame.astype(object))}
    known = grids.named_clusters(words)
    counts = _counts(frame)
    cited = datasets.sources().set_index("source")[f"short_{words.lang}"]

    def respond(values: dict[str, Any]) -> Content:
        pair = [rows[values[name]] for name in ("first", "second")]
        return _pair_content(pair, known, counts, cited, words)

    options = [[name, _option(row, known, words)] for name, row in rows.items()]
    controls = [
        listed(name, words(WORDS + f"figures.{name}"), options, value)
        for name, value in zip(("first", "second"), _start(frame), strict=True)
    ]
    sources = datasets.citation(frame, words.lang)
    return loops.canvas("5.key_figures", respond, controls, sources, words, "observed")


def _start(frame: pd.DataFrame) -> tuple[str, str]:
    """Two figures of one indicator and unit from two clusters: what one would compare first."""
    jobs = frame[frame["indicator"] == "jobs"].dropna(subset=["value", "year"])
    latest = jobs.sort_values("year", ascending=False).drop_duplicates("cluster")["figure"]
    return latest.iloc[0], latest.iloc[1]


def _counts(frame: pd.DataFrame) -> dict[str, int]:
    pairs = comparison.pairs(frame.astype(object).where(frame.notna(), None))
    across = pairs[pairs["across"]]
    alike = across[~across["barriers"].str.split().apply(lambda b: "unit" in b or "gap" in b)]
    return {
        "figures": len(frame),
        "gaps": int(frame["value"].isna().sum()),
        "across": len(across),
        "alike": len(alike),
        "fit": int((across["verdict"] != "no").sum()),
        "changes": int((pairs["verdict"] == "change").sum()),
    }


def _value(row: Mapping[str, Any], words: Words) -> str:
    if row["value"] is None:
        return words(WORDS + "figures.value.gap")
    value, unit = _whole(row, words)
    digits = 0 if value.is_integer() else min(3, len(str(value).split(".")[-1]))
    n = words.say(value, f"decimal{digits}" if digits else "count")
    return words(WORDS + f"figures.value.{row['bound']}", n=n, unit=unit)


def _whole(row: Mapping[str, Any], words: Words) -> tuple[float, str]:
    """A value and its unit; a Korean million or billion goes into the number."""
    value, unit = float(row["value"]), row[f"unit_{words.lang}"]
    size = SIZES.get(row["unit"].split("_")[0])
    if words.lang != "ko" or not size:
        return value, unit
    return float(round(value * size)), " " + unit.split(maxsplit=1)[1]


def _year(row: Mapping[str, Any], words: Words) -> str:
    return words(WORDS + "figures.undated") if row["year"] is None else str(row["year"])


def _option(row: Mapping[str, Any], known: Mapping[str, Any], words: Words) -> str:
    said = {
        "cluster": known[row["cluster"]]["short"],
        "indicator": row[f"indicator_{words.lang}"],
        "value": _value(row, words),
        "year": _year(row, words),
    }
    return words(WORDS + "figures.option", **said)


def _pair_content(
    pair: list[dict[str, Any]], known: Mapping[str, Any], counts: dict, cited: Any, words: Words
) -> Content:
    found = comparison.barriers(*pair)
    same = pair[0]["figure"] == pair[1]["figure"]
    ruling = "itself" if same else comparison.verdict(found)
    said = {
        "first": _option(pair[0], known, words),
        "second": _option(pair[1], known, words),
        "n": len(found),
        "barriers": ", ".join(words(WORDS + f"figures.barrier.{name}") for name in found),
        "change": _change(pair, words),
    }
    lines = [_aspect(name, barred, pair, found, words) for name, barred in ASPECTS.items()]
    lines.append(_where(pair, cited, words))
    lines.append(_ruling(ruling, said, words))
    columns = [
        {"name": _heading(row, known, words), "shade": known[row["cluster"]]["shade"]}
        for row in pair
    ]
    made = grids.grid([*columns, {"name": words(WORDS + "figures.column")}], lines)
    title = f"title.{'some' if counts['fit'] else 'none'}"
    told = {**said, **counts}
    return grids.content(made, words, WORDS + "figures.", told, title, f"ruling.{ruling}")


def _heading(row: Mapping[str, Any], known: Mapping[str, Any], words: Words) -> str:
    return f"{known[row['cluster']]['short']}: {row[f'indicator_{words.lang}']}"


def _change(pair: list[dict[str, Any]], words: Words) -> str:
    """By how much the later of two figures is larger, in per cent; nothing where it cannot be."""
    if any(row["value"] is None or row["year"] is None for row in pair):
        return "–"
    early, late = sorted(pair, key=lambda row: row["year"])
    return words.say(100 * (late["value"] / early["value"] - 1), "decimal1")


def _aspect(
    name: str, barred: tuple[str, ...], pair: list[dict], found: list[str], words: Words
) -> tuple[grids.Cell, list[grids.Cell]]:
    texts = {"value": _value, "year": _year}
    say = texts.get(name, lambda row, words: row[f"{name}_{words.lang}"])
    hit = next((each for each in barred if each in found), "")
    mark = {
        "kind": "warn" if hit else "good",
        "text": words(WORDS + ("figures.differs" if hit else "figures.agrees")),
    }
    why = words(WORDS + f"figures.why.{hit}") if hit else ""
    head = grids.cell(words(WORDS + f"figures.aspect.{name}"))
    if name == "value" and not hit:
        mark = None
    notes = [grids.given(row[f"note_{words.lang}"]) if name == "value" else "" for row in pair]
    shown = zip(pair, notes, strict=True)
    cells = [grids.cell(say(row, words), note=note, strong=name == "value") for row, note in shown]
    return head, [*cells, grids.cell(why, tag=mark)]


def _where(pair: list[dict], cited: Any, words: Words) -> tuple[grids.Cell, list[grids.Cell]]:
    cells = [
        grids.cell(cited[row["source"]], note=words(WORDS + f"confidence.{row['confidence']}"))
        for row in pair
    ]
    return grids.cell(words(WORDS + "figures.aspect.source")), [*cells, grids.cell("")]


def _ruling(ruling: str, said: dict, words: Words) -> tuple[grids.Cell, list[grids.Cell]]:
    mark = {
        "kind": LOOKS.get(ruling, "plain"),
        "text": words(WORDS + f"figures.verdict.{ruling}"),
    }
    empty = grids.cell("")
    head = grids.cell(words(WORDS + "figures.aspect.ruling"))
    return head, [empty, empty, grids.cell("", tag=mark, lit=True)]
