"""The workshop of lesson 6: cards, script, a record, and results for a room without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterlib import datasets, live, loops
from clusterlib.charts.figure import Content, Figure, records
from clusterlib.explorers.policy_brief import AIMS, lever_names
from clusterlib.explorers.policy_words import difference
from clusterlib.indicators import checks

if TYPE_CHECKING:
    import pandas as pd

    from clusterlib.i18n import Words

WORDS = "lesson6.workshop."
PARTS = ("cards", "script", "sheet", "record")
OUTCOMES = ("workers", "hired", "left")
THEORIES = ("people", "jobs")
ROUNDS = "rounds"


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
    set_up = dict(zip(rules["rule"], rules["value"], strict=True))
    rows = {
        "cards": [_card(role, weights, words) for role in records(roles)],
        "steps": _steps(script, words),
        "questions": _questions(script, words),
        "sheets": _sheets(results, words),
        "record": [_record(roles, int(set_up[ROUNDS]), words)],
    }
    facts = {**set_up, "roles": len(roles), "paying": int((roles["points"] > 0).sum()), **_errors()}

    def respond(values: dict[str, Any]) -> Content:
        part = values["part"]
        return Content(
            rows={},
            title=words(WORDS + "title", **facts),
            subtitle=words(WORDS + "subtitle", **facts),
            alt=words(WORDS + "alt", **facts),
            reading=words(WORDS + f"reading.{part}", **facts),
            table=_as_table(rows, part, values["outcome"], words),
        )

    options = [[part, words(WORDS + f"part.{part}")] for part in PARTS]
    outcomes = [[name, words(WORDS + f"outcome.{name}")] for name in OUTCOMES]
    controls = [
        {"id": "part", "label": words(WORDS + "part"), "value": PARTS[0], "options": options},
        {"id": "outcome", "label": words(WORDS + "outcome"), "value": "hired", "options": outcomes},
    ]
    start = {control["id"]: control["value"] for control in controls}
    sources = datasets.citation(roles, words.lang)
    figure = Figure(
        "6.workshop", None, respond(start), sources, "teaching", fixed=rows, respond=respond
    )
    said = {"words": words.group(WORDS + "ui.")}
    return live.explorer(figure, words, controls, loops.WorkshopFigure, traits=said)


def _errors() -> dict[str, float]:
    """How far adding up single levers is off, the worse of the two beliefs."""
    found = datasets.policy_findings().set_index("finding")["value"]
    return {
        cut: max(found[f"sheet_{theory}_{cut}"] for theory in THEORIES) for cut in ("median", "p90")
    }


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


def _sheets(results: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Two tables an outcome, both beliefs in each: single levers by points, ready-made plans."""
    return [
        {**sheet, "outcome": outcome}
        for outcome in OUTCOMES
        for sheet in (_lever_sheet(results, outcome, words), _plan_sheet(results, outcome, words))
    ]


def _lever_sheet(results: pd.DataFrame, outcome: str, words: Words) -> dict[str, Any]:
    own = results[(results["outcome"] == outcome) & results["lever"].notna()]
    own = own[own["theory"].isin(THEORIES)]
    points = sorted(own["points"].unique())
    found = own.set_index(["lever", "theory", "points"])["change"]
    names = lever_names(words)
    return {
        "title": words(WORDS + f"sheet.lever.{outcome}"),
        "groups": [[words(f"lesson6.theory.{theory}"), len(points)] for theory in THEORIES],
        "columns": [words(WORDS + "points", n=int(n)) for _ in THEORIES for n in points],
        "head": words(WORDS + "column.lever"),
        "lines": [
            [
                names[lever],
                *(difference(outcome, found[lever, t, n], words) for t in THEORIES for n in points),
            ]
            for lever in dict.fromkeys(own["lever"])
        ],
    }


def _plan_sheet(results: pd.DataFrame, outcome: str, words: Words) -> dict[str, Any]:
    own = results[(results["outcome"] == outcome) & results["lever"].isna()]
    cells = own.set_index(["plan", "theory"])
    names = own.drop_duplicates("plan").set_index("plan")[f"name_{words.lang}"]
    shown = ("p50", "p10", "p90")
    return {
        "title": words(WORDS + f"sheet.plan.{outcome}"),
        "groups": [[words(f"lesson6.theory.{theory}"), 2] for theory in THEORIES],
        "columns": [words(WORDS + f"column.{c}") for _ in THEORIES for c in ("range", "more")],
        "head": words(WORDS + "column.plan"),
        "lines": [
            [name, *(text for t in THEORIES for text in _told(cells.loc[(plan, t)], shown, words))]
            for plan, name in names.items()
        ],
    }


def _told(row: pd.Series, shown: tuple[str, ...], words: Words) -> tuple[str, str]:
    middle, low, high = (words.say(row[cut], "two") for cut in shown)
    more = words.say(int(row["more_in"]), "count") if row["change"] else words(WORDS + "same")
    return words("lab.ranged", middle=middle, low=low, high=high), more


def _record(roles: pd.DataFrame, rounds: int, words: Words) -> dict[str, Any]:
    """An empty table to write a team's allocation in: levers by paying role and round."""
    paying = roles[roles["points"] > 0]
    names = lever_names(words)
    levers = dict.fromkeys(each for told in paying["may_fund"] for each in told.split())
    rows = [[names[lever], *[""] * (rounds * len(paying))] for lever in levers]
    rows += [[names[aim], *[""] * (rounds * len(paying))] for aim in AIMS]
    return {
        "title": words(WORDS + "record.title"),
        "groups": [[words(WORDS + "round", n=n + 1), len(paying)] for n in range(rounds)],
        "columns": [name for _ in range(rounds) for name in paying[f"name_{words.lang}"]],
        "head": words(WORDS + "column.lever"),
        "lines": rows,
    }


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
        (sheet["title"], line[0], f"{group}, {column}", text or "–")
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
