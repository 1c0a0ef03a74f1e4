"""Places on the same yardsticks: what two figures share, and which case leads by one's own weights.

There is no single score of likeness here. Figures are held against each other column by column, and
cases are ranked by criteria and weights that the learner sets, with the weights at which the order
turns.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pandas as pd

from clusterlib.errors import BadInput

# The columns that must agree before two figures may share an axis.
MUST_AGREE = ("unit", "definition", "area")
# The largest weight that a criterion may be given.
MOST = 5.0


def barriers(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """What stands between two figures and one axis, in the order in which to look.

    Parameters
    ----------
    first, second : mappings
        Rows of abroad_figures: value, year, bound ("exact", "about", "more" or "gap"), unit,
        definition, area; blanks as None.

    Returns
    -------
    list of str
        "gap" (a value is missing), "unit", "definition", "area", "undated" (a year is missing),
        "year" (they differ), "bound" (a value is "about" or "more than").

    >>> a = {"value": 3, "year": 2022, "bound": "exact", "unit": "u"}
    >>> a |= {"definition": "d", "area": "a"}
    >>> barriers(a, {**a, "year": 2023}), barriers(a, {**a, "area": "b", "value": None})
    (['year'], ['gap', 'area'])
    """
    both = (first, second)
    found = ["gap"] if any(blank(row["value"]) for row in both) else []
    found += [name for name in MUST_AGREE if first[name] != second[name]]
    if any(blank(row["year"]) for row in both):
        found.append("undated")
    elif first["year"] != second["year"]:
        found.append("year")
    if any(row["bound"] in {"about", "more"} for row in both):
        found.append("bound")
    return found


def blank(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return value is None or value is pd.NA or value != value


def verdict(found: list[str]) -> str:
    """What two figures with these barriers allow.

    Returns
    -------
    str
        "same" (one axis), "change" (the same thing at two dates), "careful" (as these, but a value
        is only a bound), "undated" (nothing differs that is known, but a date is missing), "no".

    >>> verdict(["year"]), verdict(["year", "bound"]), verdict(["definition", "year"])
    ('change', 'careful', 'no')
    """
    if {"gap", *MUST_AGREE} & set(found):
        return "no"
    if "undated" in found:
        return "undated"
    if "bound" in found:
        return "careful"
    return "change" if "year" in found else "same"


def pairs(figures: pd.DataFrame) -> pd.DataFrame:
    """Every pair of figures with its barriers and verdict.

    Parameters
    ----------
    figures : frame
        figure, cluster, and what `barriers` asks for.

    Returns
    -------
    frame
        first, second, across (of two clusters), barriers (joined by spaces), verdict.
    """
    rows = figures.to_dict("records")
    return pd.DataFrame(
        [_pair(first, second) for first, second in combinations(rows, 2)],
        columns=["first", "second", "across", "barriers", "verdict"],
    )


def _pair(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    found = barriers(first, second)
    return {
        "first": first["figure"],
        "second": second["figure"],
        "across": first["cluster"] != second["cluster"],
        "barriers": " ".join(found),
        "verdict": verdict(found),
    }


def ranking(
    scores: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]
) -> dict[str, float]:
    """The weighted mean of each case's scores, the highest first; ties keep the given order.

    Parameters
    ----------
    scores : mapping of case to mapping of criterion to number
        How much a case teaches by each criterion.
    weights : mapping of criterion to number
        What each criterion counts, 0 or more.

    Raises
    ------
    BadInput
        When a score or a weight is missing or negative.

    >>> ranking({"a": {"x": 3, "y": 0}, "b": {"x": 1, "y": 2}}, {"x": 1, "y": 3})
    {'b': 1.75, 'a': 0.75}
    """
    _proved(scores, weights)
    whole = sum(weights.values())
    means = {
        case: sum(own[name] * weight for name, weight in weights.items()) / whole if whole else 0.0
        for case, own in scores.items()
    }
    return dict(sorted(means.items(), key=lambda pair: -pair[1]))


def _proved(scores: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> None:
    for case, own in scores.items():
        for name, weight in weights.items():
            if blank(own.get(name)) or own[name] < 0 or weight < 0:
                raise BadInput("bad_weights", case=case, criterion=name)


def leaders(means: Mapping[str, float], within: float = 1e-9) -> list[str]:
    """The cases that stand first, more than one if they are level.

    >>> leaders({"a": 2.0, "b": 2.0, "c": 1.0})
    ['a', 'b']
    """
    most = max(means.values())
    return [case for case, mean in means.items() if most - mean <= within]


def flips(
    scores: Mapping[str, Mapping[str, float]],
    weights: Mapping[str, float],
    criterion: str,
    most: float = MOST,
) -> list[dict[str, Any]]:
    """At which weights of one criterion another case takes the lead, the other weights held.

    The order of two cases turns where their weighted sums cross, and sums are straight lines in one
    weight: every crossing is found exactly, and kept where it changes who leads.

    Parameters
    ----------
    scores, weights
        As for `ranking`.
    criterion : str
        The criterion whose weight moves.
    most : float
        The largest weight that is tried; the smallest is 0.

    Returns
    -------
    list of dict
        at (the weight), before and after (who leads on either side, lists of cases).

    >>> flips({"a": {"x": 3, "y": 0}, "b": {"x": 1, "y": 2}}, {"x": 1, "y": 3}, "x")
    [{'at': 3.0, 'before': ['b'], 'after': ['a']}]
    """
    _proved(scores, weights)
    held = {
        case: sum(own[name] * weight for name, weight in weights.items() if name != criterion)
        for case, own in scores.items()
    }
    slopes = {case: own[criterion] for case, own in scores.items()}
    crossings = {
        (held[b] - held[a]) / (slopes[a] - slopes[b])
        for a, b in combinations(scores, 2)
        if slopes[a] != slopes[b]
    }
    at = sorted(round(weight, 9) for weight in crossings if 0 < weight < most)
    edges = [0.0, *at, most]
    middles = [(low + high) / 2 for low, high in zip(edges, edges[1:], strict=False)]
    lead = [leaders({c: held[c] + slopes[c] * w for c in scores}) for w in middles]
    turns = zip(at, lead, lead[1:], strict=False)
    return [{"at": w, "before": a, "after": b} for w, a, b in turns if a != b]
