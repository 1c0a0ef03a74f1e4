"""Sheets of results for a workshop without a network: what is looked up, and how far off it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterlib import datasets
from clusterlib.explorers.policy_brief import lever_names
from clusterlib.explorers.policy_words import difference

if TYPE_CHECKING:
    import pandas as pd

    from clusterlib.i18n import Words

WORDS = "lesson6.workshop."
# All that a card weighs. By lever stand those that adding up gives; how the regions balance hangs
# on who pays, and what the others have on concentration.
OUTCOMES = ("workers", "hired", "left", "access", "Q", "QO", "link", "equity_DC")
ADDED = ("workers", "hired", "left", "access", "Q", "link")
ALONE = "alone"  # what one region brings about that pays without the other
CUTS = ("median", "p90", "worst")
THEORIES = ("people", "jobs")
NOTHING = "nothing"


def off(outcome: str, words: Words) -> str:
    """How far adding up single levers is off, measured on allocations that the roles can make."""
    if outcome not in ADDED:
        return words(WORDS + "off.none")
    found = datasets.policy_findings().set_index("finding")["value"]
    spec = "two" if outcome == "workers" else "decimal1"
    said = {cut: words.say(float(found[f"sheet_{outcome}_{cut}"]), spec) for cut in CUTS}
    return words(WORDS + "off", **said)


def sheets(results: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Both beliefs in each: single levers by points, ready-made plans, and who pays alone."""
    made = []
    for outcome in OUTCOMES:
        if outcome in ADDED:
            made.append({**_lever_sheet(results, outcome, words), "outcome": outcome})
        made.append({**_plan_sheet(results, outcome, words), "outcome": outcome})
    return [*made, {**_alone_sheet(results, words), "outcome": ALONE}]


def _lever_sheet(results: pd.DataFrame, outcome: str, words: Words) -> dict[str, Any]:
    own = results[(results["outcome"] == outcome) & results["lever"].notna()]
    own = own[own["theory"].isin(THEORIES) & own["payer"].isna()]
    points = sorted(own["points"].unique())
    title = words(WORDS + f"sheet.lever.{outcome}")
    columns = [[int(n), words(WORDS + "points", n=int(n))] for n in points]
    return {
        "name": title,
        "title": words(WORDS + "sheet.with_off", title=title, off=off(outcome, words)),
        **_by_lever(own.set_index(["lever", "theory", "points"]), columns, outcome, words),
    }


def _alone_sheet(results: pd.DataFrame, words: Words) -> dict[str, Any]:
    """Workers of each region where one region pays alone; above them those with nothing done."""
    own = results[results["payer"].notna() & results["theory"].isin(THEORIES)]
    regions = datasets.policy_regions().set_index("region")[f"name_{words.lang}"]
    pairs = own[["payer", "outcome"]].drop_duplicates().itertuples(index=False, name=None)
    named = {pair: (regions[pair[0]], regions[pair[1].removeprefix("workers_")]) for pair in pairs}
    columns = [
        [pair, words(WORDS + "column.paid", payer=payer, region=region)]
        for pair, (payer, region) in named.items()
    ]
    keyed = own.assign(points=list(zip(own["payer"], own["outcome"], strict=True)))
    made = _by_lever(keyed.set_index(["lever", "theory", "points"]), columns, "workers", words)
    base = results[results["plan"] == NOTHING].set_index(["theory", "outcome"])
    still = [
        words.say(base.at[(t, outcome), "p50"], "two") for t in THEORIES for _, outcome in named
    ]
    first = [base[f"name_{words.lang}"].iloc[0], *still]
    title = words(WORDS + "sheet.alone", n=int(own["points"].iloc[0]))
    return {**made, "title": title, "lines": [first, *made["lines"]]}


def _by_lever(
    found: pd.DataFrame, columns: list[list[Any]], outcome: str, words: Words
) -> dict[str, Any]:
    """A line a lever; columns (key, name) under each belief."""
    names, change = lever_names(words), found["change"].to_dict()
    return {
        "groups": [[words(f"lesson6.theory.{theory}"), len(columns)] for theory in THEORIES],
        "columns": [name for _ in THEORIES for _, name in columns],
        "head": words(WORDS + "column.lever"),
        "lines": [
            [
                names[lever],
                *(
                    difference(outcome, change[lever, t, key], words)
                    for t in THEORIES
                    for key, _ in columns
                ),
            ]
            for lever in dict.fromkeys(found.index.get_level_values("lever"))
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
