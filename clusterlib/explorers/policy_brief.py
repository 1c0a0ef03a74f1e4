"""Explorers of lesson 6 that read the brief: its strategies by heading, its instruments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterlib import datasets, live, loops
from clusterlib.charts.figure import Content, Figure, records
from clusterlib.explorers import grids
from clusterlib.indicators import checks
from clusterlib.policy.scenario import LEVERS

if TYPE_CHECKING:
    import pandas as pd

    from clusterlib.i18n import Words

WORDS = "lesson6."
ALL, NOWHERE, UNLED = "all", "none", "none"
AIMS = ("special", "openness", "focus")
# What the tables of contents call a target, and the column of a plan that holds it.
TARGETS = {"S_target": "special", "O_target": "openness"}


def strategies(words: Words, frame: pd.DataFrame, instruments: pd.DataFrame) -> live.Framed:
    """The summary's four strategies beside the three headings of section 04, and what fits.

    Parameters
    ----------
    words : Words
        The reader's language.
    frame : frame
        datasets.strategy_headings().
    instruments : frame
        datasets.instruments().
    """
    checks.columns(frame, ["strategy", "heading", "fits", "standing", "instruments"], "strategies")
    checks.columns(instruments, ["instrument", "name_ko", "name_en"], "instruments")
    lang = words.lang
    names = instruments.set_index("instrument")[f"name_{lang}"]
    cells = {(row["strategy"], row["heading"]): row for row in records(frame)}
    headings = frame.drop_duplicates("heading")
    columns = [{"name": name} for name in headings[f"heading_{lang}"]]
    said = _fitting(frame, words)

    def respond(values: dict[str, Any]) -> Content:
        lines = [
            (
                _strategy_head(cells, strategy, words),
                [_place(cells.get((strategy, h)), values, names, words) for h in headings.heading],
            )
            for strategy in dict.fromkeys(frame["strategy"])
        ]
        made = grids.grid(columns, lines)
        reading = f"reading.{values['whose']}"
        return grids.content(made, words, WORDS + "strategies.", said, reading=reading)

    controls = [
        _choice("show", ("text", "names"), words),
        _choice("whose", ("all", "brief"), words),
    ]
    sources = datasets.citation(frame, lang)
    return loops.canvas("6.strategies", respond, controls, sources, words)


def _choice(name: str, options: tuple[str, ...], words: Words) -> dict[str, Any]:
    label = words(WORDS + f"strategies.{name}")
    told = [[each, words(WORDS + f"strategies.{name}.{each}")] for each in options]
    return {"id": name, "label": label, "value": options[0], "options": told}


def _fitting(frame: pd.DataFrame, words: Words) -> dict[str, Any]:
    led = frame[frame["strategy"] != UNLED]
    whole = set(led.loc[led["fits"] == "whole", "strategy"])
    bare = led[~led["strategy"].isin(whole)].drop_duplicates("strategy")
    ours = led[(led["standing"] == "ours") & (led["fits"] != NOWHERE)]
    return {
        "all": led["strategy"].nunique(),
        "headings": frame["level"].nunique(),
        "n": len(bare),
        "bare": ", ".join(bare[f"strategy_{words.lang}"]),
        "ours": len(ours),
        "outside": len(str(frame.loc[frame["strategy"] == UNLED, "instruments"].iloc[0]).split()),
    }


def _strategy_head(cells: dict[tuple, dict], strategy: str, words: Words) -> grids.Cell:
    own = next(row for (name, _), row in cells.items() if name == strategy)
    return grids.cell(own[f"strategy_{words.lang}"] or words(WORDS + "strategies.unled"))


def _place(
    row: dict[str, Any] | None, values: dict[str, Any], names: pd.Series, words: Words
) -> grids.Cell:
    """One cell: what stands there and whose judgement it is; nothing where nobody says so."""
    if row is None:
        return grids.cell("–")
    if row["fits"] == NOWHERE:
        return grids.cell(note=row[f"text_{words.lang}"])
    if values["whose"] == "brief" and row["standing"] == "ours":
        return grids.cell(note=words(WORDS + "strategies.hidden"))
    mark = grids.tag(row["standing"], words)
    if values["show"] == "names":
        return grids.cell([names[each] for each in row["instruments"].split()], tag=mark)
    return grids.cell(row[f"text_{words.lang}"], tag=mark)


def lever_names(words: Words) -> dict[str, str]:
    """Every lever and target of a plan by its key, named as the lab names it."""
    own = {lever: words(f"lab.lever.{lever}") for lever in (*LEVERS, *AIMS)}
    return own | {key: own[aim] for key, aim in TARGETS.items()}


def instruments(words: Words, frame: pd.DataFrame, fits: pd.DataFrame) -> live.Framed:
    """Every instrument of the brief: who should act and who says so, place, evidence, lever.

    Parameters
    ----------
    words : Words
        The reader's language.
    frame : frame
        datasets.instruments().
    fits : frame
        datasets.instrument_levers().
    """
    checks.columns(frame, ["instrument", "strategy", "level", "level_stated", "levers"], "frame")
    checks.columns(fits, ["instrument", "fit", "why_ko", "why_en"], "fits")
    whole = frame.merge(fits[["instrument", "fit", "why_ko", "why_en"]], on="instrument")
    rows = records(whole)
    for row in rows:
        row["of"] = set() if row["fit"] == NOWHERE else set(row["levers"].split())

    def respond(values: dict[str, Any]) -> Content:
        return _listed([row for row in rows if _kept(row, values)], rows, words)

    controls = _filters(rows, words)
    start = {control["id"]: control["value"] for control in controls}
    sources = f"{datasets.citation(frame, words.lang)}; {words(WORDS + 'instruments.ours')}"
    figure = Figure("6.instruments", None, respond(start), sources, "said", respond=respond)
    said = {"words": words.group(WORDS + "ledger.")}
    return live.explorer(figure, words, controls, loops.LedgerFigure, traits=said)


def _kept(row: dict[str, Any], values: dict[str, Any]) -> bool:
    lever = values["lever"]
    led = lever in row["of"] or (lever == NOWHERE and not row["of"])
    plain = all(values[name] in (ALL, row[name]) for name in ("level", "strategy"))
    return plain and (lever == ALL or led)


def _filters(rows: list[dict[str, Any]], words: Words) -> list[dict[str, Any]]:
    levels = {row["level"]: words(WORDS + f"level.{row['level']}") for row in rows}
    strategies = {row["strategy"]: row[f"strategy_{words.lang}"] for row in rows}
    names = lever_names(words)
    levers = {lever: names[lever] for row in rows for lever in sorted(row["of"])}
    levers[NOWHERE] = words(WORDS + "instruments.unled")
    offered = {"level": levels, "strategy": strategies, "lever": levers}
    return [
        {
            "id": name,
            "label": words(WORDS + f"instruments.{name}"),
            "value": ALL,
            "options": [[ALL, words(WORDS + "all")], *([key, said] for key, said in known.items())],
            **({} if name == "level" else {"kind": "select"}),
        }
        for name, known in offered.items()
    ]


def _listed(kept: list[dict], rows: list[dict], words: Words) -> Content:
    facts = {
        "all": len(rows),
        "n": len(kept),
        "stated": sum(row["level_stated"] == "brief" for row in rows),
        "here": sum(row["level_stated"] == "brief" for row in kept),
        "unled": sum(not row["of"] for row in kept),
        "part": sum(row["fit"] == "part" for row in kept),
        "near": sum(row["fit"] == "near" for row in kept),
    }
    told = [_about(row, words) for row in kept]
    return Content(
        rows={
            "entries": [_entry(row, about, words) for row, about in zip(kept, told, strict=True)]
        },
        title=words(WORDS + "instruments.title", **facts),
        subtitle=words(WORDS + "instruments.subtitle", **facts),
        alt=words(WORDS + "instruments.alt", **facts),
        reading=words(WORDS + f"instruments.reading.{'some' if kept else 'none'}", **facts),
        table=_instrument_table(kept, told, words),
    )


def _about(row: dict[str, Any], words: Words) -> dict[str, str]:
    """What opens under an instrument, by the names of its lines."""
    lang, names = words.lang, lever_names(words)
    levers = ", ".join(names[lever] for lever in row["levers"].split() if lever in row["of"])
    say = {"why": row[f"why_{lang}"], "levers": levers}
    return {
        "level": words(WORDS + f"level.{row['level']}"),
        "stated": words(WORDS + f"stated.{row['level_stated']}"),
        "said": words(WORDS + f"said.{row['said_as']}"),
        "place": row[f"place_{lang}"],
        "section": words(WORDS + "where." + row["section"].replace(", ", "_").replace(" ", "_")),
        "evidence": row[f"evidence_{lang}"] or words(WORDS + "instruments.bare"),
        "lever": words(WORDS + f"fit.{row['fit']}", **say),
    }


def _entry(row: dict[str, Any], about: dict[str, str], words: Words) -> dict[str, Any]:
    return {
        "id": row["instrument"],
        "group": row[f"strategy_{words.lang}"],
        "mark": row["instrument"].lstrip("i0"),
        "title": row[f"name_{words.lang}"],
        "tags": [about["level"], about["said"]],
        "text": "",
        "lines": [],
        "asides": [],
        "more": [
            {"name": words(WORDS + f"instruments.column.{name}"), "text": text}
            for name, text in about.items()
        ],
    }


def _instrument_table(
    kept: list[dict], told: list[dict[str, str]], words: Words
) -> dict[str, list[str]]:
    lang = words.lang
    cells = {
        "number": [row["instrument"].lstrip("i0") for row in kept],
        "name": [row[f"name_{lang}"] for row in kept],
        "strategy": [row[f"strategy_{lang}"] for row in kept],
    }
    for name in ("level", "stated", "said", "place", "section", "evidence", "lever"):
        cells[name] = [about[name] for about in told]
    return {words(WORDS + f"instruments.column.{name}"): said for name, said in cells.items()}
