"""An answer in, kind feedback out: the items of exercises/ and how they are judged."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from clusterlib import cells, datasets, facts
from clusterlib.errors import BadInput, KitError, UnknownName
from clusterlib.i18n import Words

FOLDER = Path(__file__).resolve().parent.parent / "exercises"
TRIES_BEFORE_SOLUTION = 3
HIDDEN_KEY = re.compile(r"<!--.*?-->", re.DOTALL)
MYRIADS = {"조": 10**12, "억": 10**8, "만": 10**4}


@dataclass(frozen=True)
class Verdict:
    """What an answer is: right, mistake (a recognised one), wrong, near, far or kept."""

    status: str
    say: str
    mistake: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing is left to do: right answers, predictions and texts that are kept."""
        return self.status in {"right", "near", "far", "kept"}


def item_ids(folder: Path = FOLDER) -> list[str]:
    """The ids of every exercise, in the order of lessons and numbers."""
    return sorted(
        (p.stem for p in folder.glob("*.json")), key=lambda s: [int(n) for n in s.split(".")]
    )


@cache
def item(name: str, folder: Path = FOLDER) -> dict[str, Any]:
    """One exercise by its id ("1.2").

    Raises UnknownName for an id that does not exist, KitError for a file that cannot be used.
    """
    path = folder / f"{name}.json"
    if name not in item_ids(folder):
        raise UnknownName("unknown_item", name, item_ids(folder))
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as broken:
        raise KitError("item_broken", path=path.name, why=str(broken)) from broken


def plain(both: dict[str, str], words: Words) -> str:
    """A text of an item in one language, without its hidden fact keys."""
    return HIDDEN_KEY.sub("", words.pick(both))


def choices(entry: dict[str, Any], words: Words) -> list[tuple[str, str]]:
    """What can be chosen in an item, as (id, text)."""
    answer = entry["answer"]
    if answer.get("choices_from") == "provinces":
        table = datasets.regions().query("kind == 'province'")
        return list(zip(table["region"], table[f"name_{words.lang}"], strict=True))
    return [(choice["id"], words.pick(choice)) for choice in answer.get("choices", [])]


def check(name: str, given: Any, words: Words) -> Verdict:
    """Judge an answer to an exercise.

    Parameters
    ----------
    name : str
        The id of the exercise, "1.2".
    given : number, text, id, list of ids or list of numbers
        What the learner answered; numbers may be written "38,465", "3만 8,465" or "6.1%".
    words : Words
        The learner's language.

    Raises
    ------
    UnknownName
        For an exercise that does not exist.
    BadInput
        For an answer that is not a number or not among the choices.

    >>> check("0.1", "5", Words("en")).status
    'near'
    """
    entry = item(name)
    return JUDGES[entry["answer"]["type"]](entry, given, words)


def number(given: Any) -> float:
    """Read a number as people write it; raises BadInput.

    >>> number("3만 8,465"), number("−6.1 %"), number("–5")
    (38465.0, -6.1, -5.0)
    """
    text = str(given).strip().replace("\u2212", "-").replace("\u2013", "-")
    text = text.replace(",", "").rstrip("%").replace(" ", "")
    sign, parts = (-1, text[1:]) if text.startswith("-") else (1, text)
    total = 0.0
    try:
        for unit, size in MYRIADS.items():
            if unit in parts:
                head, parts = parts.split(unit, 1)
                total += float(head) * size
        value = total + (float(parts) if parts or not total else 0)
    except ValueError:
        raise BadInput("not_a_number", given=given) from None
    if value != value or abs(value) == float("inf"):
        raise BadInput("not_a_number", given=given)
    return sign * value


def within(value: float, target: float, tolerance: dict[str, float]) -> bool:
    """Whether a value lies within an absolute or relative tolerance of a target."""
    width = tolerance.get("abs", abs(target) * tolerance.get("rel", 0))
    return abs(value - target) <= width + 1e-9


def _number(entry: dict[str, Any], given: Any, words: Words) -> Verdict:
    answer = entry["answer"]
    per = answer.get("per", {}).get(words.lang, 1)  # the table's units in one of the learner's
    value = _in_unit(given, words.pick(answer.get("unit", {words.lang: ""}))) * per
    target = float(facts.value(answer["value"]))
    right = within(value, target, answer["tolerance"])
    known = None if right else _slip(entry, lambda when: _same_slip(when, value, target))
    if entry["kind"] == "predict":
        said = _predicted(entry, "near" if right else "far", value / per, target / per, words)
        extra = "" if known is None else f"\n\n{plain(known['say'], words)}"
        return Verdict("near" if right else "far", said + extra, known["id"] if known else "")
    return _verdict(right, known, words)


def _in_unit(given: Any, unit: str) -> float:
    """A number of what stands behind the box: 5조 4,506억 are 54,506 where that is 억 원."""
    own = MYRIADS.get(unit[:1], 0)
    rest = unit[1:] if own else unit  # 억 is part of the number, 배 is not
    said = number(str(given).strip().removesuffix(rest.strip()))
    spelt = any(word in str(given) for word, size in MYRIADS.items() if size >= own)
    return said / own if own and spelt else said


def _same_slip(when: dict[str, Any], value: float, target: float) -> bool:
    if when.get("sign") == "opposite":
        return value * target < 0 and within(abs(value), abs(target), {"rel": 0.02})
    return "value" in when and within(value, float(facts.value(when["value"])), when["tolerance"])


def _slip(entry: dict[str, Any], matches: Any) -> dict[str, Any] | None:
    return next((slip for slip in entry.get("mistakes", []) if matches(slip["when"])), None)


def _predicted(entry: dict, status: str, value: float, target: float, words: Words) -> str:
    digits = 0 if float(target).is_integer() else 1
    spec = "count" if not digits else "decimal1"
    text = plain(entry[status], words)
    said = {"{guess}": words.say(value, spec), "{answer}": words.say(target, spec)}
    for mark, number_said in said.items():
        text = text.replace(mark, number_said)
    return text


def _verdict(right: bool, known: dict[str, Any] | None, words: Words) -> Verdict:
    if right:
        return Verdict("right", words("common.card.right"))
    if known:
        return Verdict("mistake", plain(known["say"], words), known["id"])
    return Verdict("wrong", words("common.card.wrong"))


def right_ids(entry: dict[str, Any]) -> list[str]:
    """The right choice or choices of an item; fact expressions are worked out."""
    right = entry["answer"]["right"]
    if isinstance(right, list):
        return right
    known = {choice["id"] for choice in entry["answer"].get("choices", [])}
    found = right if right in known else facts.value(right)
    return [str(each) for each in (found if isinstance(found, list) else [found])]


def _known(entry: dict[str, Any], given: Sequence[str], words: Words) -> None:
    known = dict(choices(entry, words))
    for each in given:
        if each not in known:
            raise BadInput("not_a_choice", given=each, known=", ".join(known))


def _choice(entry: dict[str, Any], given: str, words: Words) -> Verdict:
    _known(entry, [given], words)
    right = given in right_ids(entry)
    known = None if right else _slip(entry, lambda when: when.get("choice") == given)
    if entry["kind"] != "predict":
        return _verdict(right, known, words)
    status = "near" if right else "far"
    names = dict(choices(entry, words))
    said = plain(entry[status], words).replace("{guess}", names[given])
    answers = ", ".join(names[each] for each in right_ids(entry))
    extra = "" if known is None else f"\n\n{plain(known['say'], words)}"
    return Verdict(status, said.replace("{answer}", answers) + extra, known["id"] if known else "")


def _several(entry: dict[str, Any], given: Sequence[str], words: Words) -> Verdict:
    _known(entry, given, words)
    right = set(right_ids(entry))
    missing, extra = right - set(given), set(given) - right
    known = _slip(entry, lambda w: w.get("missing") in missing or w.get("extra") in extra)
    if not missing and not extra:
        return Verdict("right", words("common.card.right"))
    counted = {"right": len(right - missing), "missing": len(missing), "extra": len(extra)}
    partly = words("common.card.partly", **counted)
    said = f"{plain(known['say'], words)}\n\n{partly}" if known else partly
    return Verdict("mistake" if known else "wrong", said, known["id"] if known else "")


def record(entry: dict[str, Any]) -> list[tuple[int, float]]:
    """The series that a sketch is held against, as (year, value)."""
    found = facts.value(
        entry["answer"]["value"] if "value" in entry["answer"] else entry["answer"]["series"]
    )
    return [(int(year), float(value)) for year, value in found.items()]


def _sketch(entry: dict[str, Any], given: Sequence[float], words: Words) -> Verdict:
    answer = entry["answer"]
    values = [number(each) for each in given]
    if len(values) != len(answer["points"]):
        raise BadInput("not_a_number", given=given)
    known = dict(record(entry))
    off = [abs(v - known[year]) for v, year in zip(values, answer["points"], strict=True)]
    spread = max(known.values()) - min(known.values())
    near = sum(off) / len(off) <= spread * answer.get("tolerance", {"rel": 0.15})["rel"]
    status = "near" if near else "far"
    falls = any(later < before for before, later in pairwise(values))
    known = _slip(entry, lambda when: bool(when.get("falls")) and falls)
    said = known["say"] if known else entry[status]
    return Verdict(status, plain(said, words), known["id"] if known else "")


def _text(entry: dict[str, Any], given: str, words: Words) -> Verdict:
    return Verdict("kept", words("common.card.kept"))


def _matrix(entry: dict[str, Any], given: Any, words: Words) -> Verdict:
    right, options = cells.right(entry), datasets.matrix_options()
    filled = dict(given) if isinstance(given, dict) else {}
    for cell, choice in filled.items():
        offered = options[options["dimension"] == str(cell).split("/")[0]]["option"]
        if cell not in right or choice not in set(offered):
            raise BadInput("not_a_choice", given=choice, known=", ".join(offered))
    same = sum(filled.get(cell) == option for cell, option in right.items())
    if same == len(right):
        return Verdict("right", words("common.card.right"))
    known = _slip(entry, lambda when: filled.get(when["cell"]) == when["choice"])
    counts = {"same": same, "other": len(filled) - same, "empty": len(right) - len(filled)}
    counted = words("common.card.cells", **counts)
    said = f"{plain(known['say'], words)}\n\n{counted}" if known else counted
    return Verdict("mistake" if known else "wrong", said, known["id"] if known else "")


JUDGES = {
    "number": _number,
    "choice": _choice,
    "several": _several,
    "sketch": _sketch,
    "text": _text,
    "matrix": _matrix,
}
