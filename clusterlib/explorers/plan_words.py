"""How plans and what they bring are said: names of outcomes, their values, who is better."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np

from clusterlib.explorers.policy_room import room
from clusterlib.explorers.policy_words import COUNTED, number_names, of_100
from clusterlib.i18n import LANGUAGES, Words
from clusterlib.policy import decision

WORDS, MODEL = "choice.", "policy."
SAME = 1e-9  # outcomes nearer than this, in their own size, are no difference


def shown(name: str, values: np.ndarray | float) -> np.ndarray | float:
    """An outcome in the unit in which it is said."""
    return values if name == COUNTED else 100.0 * values


def name_of(name: str, words: Words) -> str:
    """The short name of an outcome."""
    return words(WORDS + f"name.{name}")


def named(name: str, words: Words) -> str:
    """The name of an outcome with its unit."""
    return words(f"lab.outcome.{name}")


def said(name: str, value: float, words: Words) -> str:
    """One value of an outcome with its unit."""
    return words(WORDS + f"value.{name}", n=shown(name, value))


def title_of(name: str, lang: str) -> str:
    """A name that the kit gave to a plan, in the reader's language; a learner's own as it is.

    >>> title_of("정책안 2", "en"), title_of("벤처생태계", "en"), title_of("내 안", "en")
    ('Plan 2', 'Venture ecosystem', '내 안')
    """
    return _given(lang).get(name, name)


@cache
def _given(lang: str) -> dict[str, str]:
    """Names of ready-made plans and of plans that were pinned without one, from either language."""
    both = [{each: named[f"name_{each}"] for each in LANGUAGES} for named in room().names.values()]
    both += [{each: Words(each)("lab.plan.own", n=n) for each in LANGUAGES} for n in range(1, 9)]
    return {named[each]: named[lang] for named in both for each in LANGUAGES}


def quoted(name: str, words: Words) -> str:
    """The name of a plan inside a sentence."""
    return words(WORDS + "quoted", name=name)


def believed(theory: str, words: Words) -> str:
    """The name of a belief."""
    return words(f"{MODEL}theory_{theory}")


def level(first: np.ndarray, second: np.ndarray) -> bool:
    """Whether two plans bring the same in every world."""
    return bool(np.allclose(first, second, rtol=SAME, atol=0.0))


def duel(first: np.ndarray, second: np.ndarray, words: Words) -> str:
    """In how many of 100 worlds the first is better, or that there is no difference."""
    if level(first, second):
        return words(WORDS + "duel.level")
    return words(WORDS + "duel", n=of_100(decision.better(first, second)))


class Number(NamedTuple):
    """A number of the model as a reader meets it."""

    label: str
    unit: str
    low: float
    high: float
    standing: str
    standing_text: str
    reference: str

    def written(self, value: float, words: Words) -> str:
        """A value of the number with its unit."""
        return words(WORDS + "with_unit", n=value, unit=self.unit).strip()


@cache
def numbers(lang: str) -> dict[str, Number]:
    """Every number of the model by its id, named with its region where it has one."""
    words, names, found = Words(lang), number_names(lang), {}
    for row in room().table.to_dict("records"):
        unit = words(WORDS + "measure." + re.sub(r"\W+", "_", row["unit"]))
        standing = words(f"{MODEL}standing_{row['standing']}")
        about = (row["low"], row["high"], row["standing"], standing, row[f"reference_{lang}"])
        found[row["id"]] = Number(names[row["id"]], "" if unit == BARE else unit, *about)
    return found


BARE = "–"  # the words of a unit that is not said
