"""What never changes in the policy lab: levers with their instruments and numbers, presets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from clusterlib import datasets
from clusterlib.charts import policy as charts
from clusterlib.explorers.policy_room import BUDGET, Room
from clusterlib.policy import model, parameters, scenario

if TYPE_CHECKING:
    from clusterlib.i18n import Words

WORDS, LESSON = "lab.", "lesson6."
OUT = "model.page.out"  # what the model leaves out, as its page says it
PAGE = "6_lab"  # the page of the lab's own: notebooks/6_lab.*.ipynb
# The equations in which a lever does its work; the numbers in them stand behind it.
EQUATIONS = {
    "settle": (23,), "transit": (29,), "vc": (5, 25), "talent": (2, 24), "retain": (18,),
    "attract": (20,), "infra": (26,), "special": (3, 30), "openness": (30,), "focus": (27,),
}  # fmt: skip
# A direction's letter in a plan, and how the table of instruments and that of numbers name it.
AIMS = {"special": ("S", "S_target", "S0"), "openness": ("O", "O_target", "O0"),
        "focus": ("f", "focus", "")}  # fmt: skip
STRATEGIES = ("focus", "open", "venture", "settle")  # of the brief, in its order
UNLED = "none"  # the fit of an instrument for which no lever stands
WEAKEST = ("assumption", "calibrated", "literature", "brief", "identity")


@dataclass(frozen=True)
class Told:
    """The rows that the levers are told from: the model's numbers, the brief's instruments."""

    numbers: list[dict[str, Any]]
    instruments: list[dict[str, Any]]
    words: Words


def placed() -> pd.DataFrame:
    """Every instrument of the brief with the levers that it is near, and how well they stand."""
    fits = datasets.instrument_levers()[["instrument", "fit", "why_ko", "why_en"]]
    return datasets.instruments().merge(fits, on="instrument")


def board(room: Room, instruments: pd.DataFrame, words: Words) -> dict[str, Any]:
    """Everything that the browser is told once.

    Parameters
    ----------
    room : Room
        The worlds and the plans.
    instruments : frame
        What `placed` gives: every measure of the brief with the levers that it belongs to, and
        how well they stand for it.
    words : Words
        The reader's language.
    """
    regions = datasets.policy_regions()
    named = {name: both[f"name_{words.lang}"] for name, both in room.names.items()}
    told = Told(room.table.to_dict("records"), instruments.to_dict("records"), words)
    own = [[name, named[name]] for name in STRATEGIES]
    return {
        "regions": [
            {"id": row["region"], "key": row["key"], "name": row[f"name_{words.lang}"]}
            for row in regions.to_dict("records")
        ],
        "levers": [_lever(name, name, told) for name in scenario.LEVERS],
        "aims": [_aim(name, told) for name in AIMS],
        "instruments": len(instruments),
        "presets": own,
        "more": [[name, said] for name, said in named.items() if [name, said] not in own],
        "standings": words.group(f"{WORDS}standing."),
        "strip": strip(room.table, words),
        "budget": BUDGET,
        "page": PAGE,
        "phases": scenario.MOST_PHASES,
        "first": model.FIRST,
        "years": scenario.YEARS,
    }


def strip(table: pd.DataFrame, words: Words) -> dict[str, Any]:
    """The permanent strip: what the model is, how much of it is assumed, what is left out."""
    counted = parameters.standings(table).set_index("standing")["numbers"]
    n, total = int(counted.get("assumption", 0)), len(table)
    return {
        "text": words(WORDS + "strip"),
        "count": words(WORDS + "strip.count", n=n, total=total),
        "caveat": words(WORDS + "strip.caveat"),
        "left": words(WORDS + "strip.left"),
        "out": [line[2:].replace("`", "") for line in words(OUT).splitlines()],
    }


def _lever(name: str, said_as: str, told: Told) -> dict[str, Any]:
    numbers = _numbers(name, told)
    mine = [row for row in told.instruments if said_as in row["levers"].split()]
    mine = sorted(mine, key=lambda row: row["fit"] == UNLED)  # those without a place come last
    return {
        "id": name,
        "name": told.words(f"{WORDS}lever.{name}"),
        "does": told.words(f"{WORDS}lever.{name}.does"),
        "standing": min((each["standing"] for each in numbers), key=WEAKEST.index),
        "numbers": numbers,
        "instruments": [_instrument(row, told.words) for row in mine],
    }


def _aim(name: str, told: Told) -> dict[str, Any]:
    letter, said_as, start = AIMS[name]
    today = [row["base"] for row in told.numbers if row["name"] == start]
    about = {"letter": letter, "today": round(100 * sum(today) / max(len(today), 1))}
    return {**_lever(name, said_as, told), **about}


def _numbers(name: str, told: Told) -> list[dict[str, str]]:
    """The numbers of a lever's equations with their ranges; a region's own are one entry."""
    wanted, found = {str(number) for number in EQUATIONS[name]}, {}
    for row in told.numbers:
        if wanted & {*str(row["equations"]).split()}:
            found.setdefault(row["name"], []).append(row)
    return [_number(rows, told.words) for rows in found.values()]


def _number(rows: list[dict[str, Any]], words: Words) -> dict[str, str]:
    low, high = min(row["low"] for row in rows), max(row["high"] for row in rows)
    said = {"label": rows[0][f"label_{words.lang}"], "low": f"{low:g}", "high": f"{high:g}"}
    key = "number" if low < high else "number.fixed"
    return {"standing": rows[0]["standing"], "text": words(WORDS + key, **said)}


def _instrument(row: dict[str, Any], words: Words) -> dict[str, str]:
    evidence = row[f"evidence_{words.lang}"]
    return {
        "id": row["instrument"],
        "name": row[f"name_{words.lang}"],
        "strategy": row[f"strategy_{words.lang}"],
        "level": words(f"{WORDS}level.{row['level']}"),
        "stated": words(f"{LESSON}stated.{row['level_stated']}"),
        "certain": "yes" if row["level_stated"] == "brief" else "",
        "said": words(f"{LESSON}said.{row['said_as']}"),
        "fit": words(f"{WORDS}fit.{row['fit']}", why=row[f"why_{words.lang}"]),
        "unled": "yes" if row["fit"] == UNLED else "",
        "place": row[f"place_{words.lang}"],
        "section": words(WORDS + "section", n=row["section"]),
        "evidence": words(WORDS + "evidence.none") if pd.isna(evidence) or not evidence
        else evidence,
    }  # fmt: skip


def sketch(room: Room, words: Words) -> dict[str, Any]:
    """What the learner draws on: workers of all regions together, in thousands or 만."""
    start = float(pd.Series(sum(here.workers for here in room.begin.here)).median()) / words.scale
    step = 0.1 if words.scale == 10_000 else 1
    top = charts.round_up(2 * start)
    return {
        "points": list(range(charts.START, charts.END + 1, 5)),
        "min": 0,
        "max": top,
        "step": step,
        "start": round(start / step) * step,
        "known": 1,  # the first point is where the model stands, no guess
        "unit": words(WORDS + "sketch.unit"),
        "lang": words.lang,
        "axis": [[top * part / 4, f"{top * part / 4:g}"] for part in (0, 1, 2, 3, 4)],
        "scale": words.scale,
    }
