"""What one cell says: a number, a sign for a number that is not there, or a word."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from clusterlib import datasets

PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$", re.IGNORECASE)
QUICK = re.compile(r"-?(?:\d{1,15}|\d{1,3}(?:,\d{3})+)(?:\.\d{1,12})?$", re.ASCII)
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
BRACKETED = re.compile(r"\((\d[\d,.]*)\)$")
MARKED = re.compile(r"(?<=\d)\s*([pre]\)?|\*+)$", re.IGNORECASE)
DASHES = str.maketrans({"−": "-", "‐": "-", "－": "-", "＋": "+", "，": ",", "．": ".", "％": "%"})
TAIL = re.compile(r"[(\[]\s*\d{1,2}\s*[)\]]$")
UNIT = re.compile(r"[(\[（]\s*([^()\[\]（）]{1,20})\s*[)\]）]$")
YEAR = re.compile(r"(1[89]|20|21)\d\d$")
PROVISIONAL = re.compile(r"(\.0)?\s*\(?([pre]\)?)?")
AFTER_YEAR = re.compile(
    r"\s*\(?[pre]?\)?|[.\-/ ]?q[1-4]|[.\-/ ]([1-4]/4|\d{1,2})([.\-/]\d{1,2})?|\.0"
)


@dataclass(frozen=True)
class Cell:
    """A cell read: its number, or which gap it is ("absent", "unknown", "suppressed", "blank").

    Neither is set when the cell is no number at all.
    """

    value: float | None = None
    gap: str = ""
    unit: str = ""


@cache
def words() -> dict[str, set[str]]:
    """The words by which columns and cells are recognised, by role."""
    found: dict[str, set[str]] = defaultdict(set)
    for role, spelling in datasets.table("reading_words")[["role", "spelling"]].values:
        found[role].add(label_key(spelling))
    return dict(found)


def label_key(text: str) -> str:
    """A header or sign without case, width and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@lru_cache(maxsize=65_536)
def number(text: str) -> Cell:
    """Read a cell as a number: "1,234", "12.3%", "△5", "１２", "(1,234)", "X", "-", "".

    >>> number("1,234").value, number("△5").value, number("x").gap, number("about 5")
    (1234.0, -5.0, 'suppressed', Cell(value=None, gap='', unit=''))
    """
    if QUICK.match(text):
        return Cell(value=float(text.replace(",", "")))
    said = unicodedata.normalize("NFKC", text).translate(DASHES).strip()
    if not said:
        return Cell(gap="blank")
    for gap in ("absent", "unknown", "suppressed"):
        if label_key(said) in words()[gap] or label_key(text) in words()[gap]:
            return Cell(gap=gap)
    return _counted(MARKED.sub("", said).replace("\u00a0", ""))


def _counted(said: str) -> Cell:
    unit = ""
    for ending in sorted(words()["unit"], key=len, reverse=True):
        if said.casefold().endswith(ending) and said[: -len(ending)].strip()[-1:].isdigit():
            said, unit = said[: -len(ending)].strip(), ending
            break
    sign = 1.0
    if said[:1] in words()["minus"]:
        said, sign = said[1:].strip(), -1.0
    elif found := BRACKETED.match(said):
        said, sign = found[1], -1.0
    if THOUSANDS.match(said):
        said = said.replace(",", "")
    if not PLAIN.match(said) or len(said) > 40:
        return Cell()
    value = sign * float(said)
    return Cell(value=value, unit=unit) if math.isfinite(value) else Cell()


@lru_cache(maxsize=65_536)
def period(text: str) -> int | str | None:
    """The year, or the month or quarter as written, that a cell names; None when it names none.

    >>> period("2019"), period("2020.1/4"), period("2020.03"), period("1234")
    (2019, '2020.1/4', '2020.03', None)
    """
    said = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = said.casefold()
    for mark in sorted(words()["period_mark"], key=len, reverse=True):
        plain = plain.replace(mark, ".")
    plain = re.sub(r"[\s.]*([.\-/])[\s.]*", r"\1", plain).rstrip(".")
    if not YEAR.match(plain[:4]) or not AFTER_YEAR.fullmatch(plain[4:]):
        return None
    return int(plain[:4]) if PROVISIONAL.fullmatch(plain[4:]) else said


def header(text: str) -> tuple[str, str]:
    """A label and its unit: KOSIS numbers its levels ("…(1)") and ends with the unit.

    >>> header("Workers (persons)"), header("Region(1)")
    (('Workers', 'persons'), ('Region', ''))
    """
    label = TAIL.sub("", " ".join(text.split())).strip()
    found = UNIT.search(label)
    if found and label != found[0]:
        return label[: found.start()].strip(), found[1].strip()
    return label, ""


def role(label: str) -> tuple[str, bool]:
    """What a header says its column holds (place, code, period, industry, …), and whether plainly.

    >>> role("Longitude"), role("Value")
    (('lon', True), ('', False))
    """
    name = label_key(header(label)[0])
    for kind in ("code", "place", "period", "industry", "lon", "lat", "serial"):
        if name in words()[kind]:
            return kind, True
    for kind in ("serial", "code", "place", "industry"):
        if any(len(w) >= (6 if w.isascii() else 2) and w in name for w in words()[kind]):
            return kind, False
    return "", False
