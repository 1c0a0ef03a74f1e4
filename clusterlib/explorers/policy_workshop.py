"""The workshop of lesson 6: cards, script, a record, and results for a room without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterlib import datasets, live, loops
from clusterlib.charts.figure import Content, Figure, records
from clusterlib.explorers import policy_sheets
from clusterlib.explorers.policy_brief import AIMS, lever_names
from clusterlib.explorers.policy_sheets import ALONE, OUTCOMES
from clusterlib.indicators import checks

if TYPE_CHECKING:
    import pandas as pd

    from clusterlib.i18n import Words

WORDS = "lesson6.workshop."
PARTS = ("cards", "script", "sheet", "record")
ROUNDS, MOST_PLAYERS = "rounds", "max_players"


def workshop(
    words: Words,
    roles: pd.DataFrame,
    weights: pd.DataFrame,
    script: pd.DataFrame,
    rules: pd.DataFrame,
    results: pd.DataFrame,
) -> live.Framed:
    """Role cards, the script, a record to fill in, and precomputed results; all to be printed.

    Parameters
    ----------
    words : Words
        The reader's language.
    roles, weights, script, rules : frame
        datasets.roles(), role_weights(), workshop() and workshop_rules().
    results : frame
        datasets.policy_allocations().
    """
    checks.columns(roles, ["role", "points", "may_fund", "sets", "power"], "roles")
    checks.columns(weights, ["role", "outcome", "weight"], "weights")
    checks.columns(script, ["part", "order", "minute", "phase"], "script")
    checks.columns(results, ["plan", "lever", "points", "theory", "outcome", "change"], "results")
    checks.columns(results, ["payer"], "results")
    set_up = dict(zip(rules["rule"], rules["value"], strict=True))
    rows = {
        "cards": [_card(role, weights, words) for role in records(roles)],
        "steps": _steps(script, words),
        "questions": _questions(script, words),
        "sheets": policy_sheets.sheets(results, words),
        "record": [
            _record(roles, int(set_up[ROUNDS]), words),
            _board(roles, int(set_up[MOST_PLAYERS]) // len(roles), words),
        ],
    }
    facts = {**set_up, "roles": len(roles), "paying": int((roles["points"] > 0).sum())}

    def respond(values: dict[str, Any]) -> Content:
        part = values["part"]
        return Content(
            rows={},
            title=words(WORDS + "title", **facts),
            subtitle=words(WORDS + "subtitle", **facts),
            alt=words(WORDS + "alt", **facts),
            reading=words(
                WORDS + f"reading.{part}", **facts, off=policy_sheets.off(values["outcome"], words)
            ),
            table=_as_table(rows, part, values["outcome"], words),
        )

    options = [[part, words(WORDS + f"part.{part}")] for part in PARTS]
    outcomes = [[name, words(WORDS + f"outcome.{name}")] for name in (*OUTCOMES, ALONE)]
    controls = [
        {"id": "part", "label": words(WORDS + "part"), "value": PARTS[0], "options": options},
        {"id": "outcome", "kind": "select", "label": words(WORDS + "outcome"), "value": "hired",
         "options": outcomes},
    ]  # fmt: skip
    start = {control["id"]: control["value"] for control in controls}
    sources = datasets.citation(roles, words.lang)
    figure = Figure(
        "6.workshop", None, respond(start), sources, "teaching", fixed=rows, respond=respond
    )
    said = {"words": words.group(WORDS + "ui.")}
    return live.explorer(figure, words, controls, loops.WorkshopFigure, traits=said)


def _card(role: dict[str, Any], weights: pd.DataFrame, words: Words) -> dict[str, Any]:
    lang, names = words.lang, lever_names(words)
    own = weights[weights["role"] == role["role"]].sort_values("weight", ascending=False)
    cares = [
        words(WORDS + "weight", outcome=name, share=round(100 * weight))
        for name, weight in zip(own[f"outcome_{lang}"], own["weight"], strict=True)
    ]
    listed = {
        "points": words(WORDS + "points", n=role["points"]) if role["points"] else "",
        "fund": ", ".join(names[each] for each in (role["may_fund"] or "").split()),
        "sets": ", ".join(names[each] for each in (role["sets"] or "").split()),
        "power": role[f"power_{lang}"] or "",
        "cares": "; ".join(cares),
    }
    return {
        "id": role["role"],
        "name": role[f"name_{lang}"],
        "goal": role[f"goal_{lang}"],
        "secret": role[f"secret_{lang}"] or "",
        "lines": [
            {"name": words(WORDS + f"card.{name}"), "text": text}
            for name, text in listed.items()
            if text
        ],
    }


def _steps(script: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    steps = records(script[script["part"] == "script"].sort_values("order"))
    return [
        {
            "minute": words(WORDS + "minute", n=step["minute"]),
            "text": step[f"text_{words.lang}"],
            "how": words(WORDS + f"how.{step['order']}"),
        }
        for step in steps
    ]


def _questions(script: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    asked = script[script["part"] == "debrief"].sort_values("order")
    return [
        {
            "name": words(WORDS + f"phase.{phase}"),
            "texts": list(group[f"text_{words.lang}"]),
        }
        for phase, group in asked.groupby("phase", sort=False)
    ]


def _record(roles: pd.DataFrame, rounds: int, words: Words) -> dict[str, Any]:
    """An empty table to write a team's allocation in: levers by paying role and round."""
    paying = roles[roles["points"] > 0]
    return {
        "title": words(WORDS + "record.title"),
        "groups": [[words(WORDS + "round", n=n + 1), len(paying)] for n in range(rounds)],
        "columns": [name for _ in range(rounds) for name in paying[f"name_{words.lang}"]],
        "head": words(WORDS + "column.lever"),
        "lines": [[name, *[""] * (rounds * len(paying))] for name in _settings(roles, words)],
    }


def _board(roles: pd.DataFrame, teams: int, words: Words) -> dict[str, Any]:
    """An empty table for the wall: what each team set, then what came of it."""
    came = [words(WORDS + f"outcome.{name}") for name in OUTCOMES]
    return {
        "title": words(WORDS + "board.title"),
        "groups": [[words(WORDS + "board.teams"), teams]],
        "columns": [str(n + 1) for n in range(teams)],
        "head": words(WORDS + "column.lever"),
        "lines": [
            [name, *[""] * teams]
            for name in (*_settings(roles, words), *came, words(WORDS + "board.vote"))
        ],
    }


def _settings(roles: pd.DataFrame, words: Words) -> list[str]:
    """What a team decides: levers, the investor's match, directions."""
    names = lever_names(words)
    levers = dict.fromkeys(each for told in roles["may_fund"].dropna() for each in told.split())
    return [
        *(names[lever] for lever in levers),
        words(WORDS + "record.match"),
        *(names[aim] for aim in AIMS),
    ]


def _as_table(rows: dict[str, Any], part: str, outcome: str, words: Words) -> dict[str, list[str]]:
    """What "see as table" shows of the part in view."""
    if part == "cards":
        cells = {
            "role": [card["name"] for card in rows["cards"]],
            "goal": [card["goal"] for card in rows["cards"]],
            "rest": [
                "; ".join(f"{line['name']}: {line['text']}" for line in card["lines"])
                for card in rows["cards"]
            ],
            "secret": [card["secret"] or "–" for card in rows["cards"]],
        }
    elif part == "script":
        steps, questions = rows["steps"], rows["questions"]
        asked = [(each["name"], text) for each in questions for text in each["texts"]]
        cells = {
            "when": [step["minute"] for step in steps] + [name for name, _ in asked],
            "what": [step["text"] for step in steps] + [text for _, text in asked],
        }
    else:
        shown = [sheet for sheet in rows["sheets"] if sheet["outcome"] == outcome]
        return _flat(rows["record"] if part == "record" else shown, words)
    return {words(WORDS + f"column.{name}"): said for name, said in cells.items()}


def _flat(sheets: list[dict[str, Any]], words: Words) -> dict[str, list[str]]:
    """Sheets as one long table: which sheet, which line, which column, what it says."""
    long = [
        (sheet.get("name", sheet["title"]), line[0], f"{group}, {column}", text or "–")
        for sheet in sheets
        for line in sheet["lines"]
        for group, column, text in zip(_spread(sheet), sheet["columns"], line[1:], strict=True)
    ]
    heads = ("sheet", "line", "column", "value")
    return {
        words(WORDS + f"column.{head}"): [row[place] for row in long]
        for place, head in enumerate(heads)
    }


def _spread(sheet: dict[str, Any]) -> list[str]:
    return [name for name, width in sheet["groups"] for _ in range(width)]
