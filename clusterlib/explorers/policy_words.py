"""How results of the policy model are said: two digits, a range, and in how many of 100 worlds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from clusterlib import datasets
from clusterlib.i18n import Words
from clusterlib.policy.model import CUTS

COUNTED = "workers"  # the one result that is a count; all others are said of 100
# Half of the last digit that says something: 100 people, a tenth of a hundredth.
LEAST_PEOPLE, LEAST = 50.0, 0.05


def of_100(share: float) -> int:
    """A share of the worlds as a count of 100; none and all are said only where that is so.

    >>> of_100(0.004), of_100(0.996), of_100(1.0), of_100(0.873)
    (1, 99, 100, 87)
    """
    return round(100 * share) if share in (0.0, 1.0) else min(max(round(100 * share), 1), 99)


def ranged(values: np.ndarray, words: Words) -> str:
    """The median of one value a world with p10 and p90, "78,000 (65,000 to 96,000)"."""
    return spread(np.percentile(values, CUTS), words)


def spread(cut: Sequence[float], words: Words) -> str:
    """The same from p10, median and p90."""
    low, middle, high = (words.say(float(value), "two") for value in cut)
    return words("lab.ranged", low=low, middle=middle, high=high)


def counts(name: str, change: float) -> bool:
    """Whether a difference is large enough to be said; what is smaller comes from rounding.

    Parameters
    ----------
    name : str
        What differs: "workers" is counted in people, all else is said of 100.
    change : float
        The difference in that unit.

    >>> counts("workers", -51), counts("workers", 15), counts("hired", 0.3), counts("moved", 0.01)
    (True, False, True, False)
    """
    return abs(change) >= (LEAST_PEOPLE if name == COUNTED else LEAST)


def difference(name: str, change: float, words: Words, unit: str = "") -> str:
    """A difference with its sign and two digits, or that it is about nothing; see `counts`.

    >>> difference("workers", 1234, Words("en"), " people"), difference("hired", 0.01, Words("ko"))
    ('+1,200 people', '0쯤')
    """
    return words.say(change, "change") + unit if counts(name, change) else words("lab.about")


@cache
def regions(lang: str) -> dict[str, str]:
    """The names of the model's regions by their keys, in its order."""
    table = datasets.policy_regions()
    return dict(zip(table["region"], table[f"name_{lang}"], strict=True))


@cache
def number_names(lang: str) -> dict[str, str]:
    """What each number of the model is called, with its region where it belongs to one."""
    words, places, table = Words(lang), regions(lang), datasets.policy_parameters()
    return {
        name: words("policy.number_of", label=label, region=places[region])
        if region in places
        else label
        for name, label, region in zip(
            table["id"], table[f"label_{lang}"], table["region"], strict=True
        )
    }
