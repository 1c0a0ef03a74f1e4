"""What a workbook says of its sheets: their names, their words, which cells are dates."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from clusterlib.upload import limits
from clusterlib.upload.package import Package, local

WORKBOOK = "xl/workbook.xml"
EPOCH, EPOCH_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
# Formats that need no code because every spreadsheet knows them; 27 to 36 and 50 to 58 are the
# dates and times of Korean, Japanese and Chinese ones (ECMA-376 part 1, 18.8.30).
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
DURATIONS = {46}
LITERAL = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]', re.IGNORECASE)
DATED = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
LASTING = re.compile(r"\[(hh?|mm?|ss?)\]", re.IGNORECASE)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its title, its part, whether it shows."""

    title: str
    part: str
    shows: bool


@dataclass
class Book:
    """A workbook but for its cells.

    `texts` are the words that cells refer to by number; `dates` and `durations` the numbers of
    the styles that show a cell as such; `epoch` is day 0.
    """

    sheets: list[Sheet] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    dates: set[int] = field(default_factory=set)
    durations: set[int] = field(default_factory=set)
    epoch: dt.datetime = EPOCH


def read_book(package: Package) -> Book:
    """Read the small parts and the shared words of a workbook."""
    book = Book()
    related = {key: (kind, part) for key, kind, part in package.related(WORKBOOK)}
    for path, about in package.elements(WORKBOOK, "workbook/workbookPr", "sheets/sheet"):
        if path == "workbook/workbookPr":
            old = about.get("date1904", "0").lower() in {"1", "true"}
            book.epoch = EPOCH_1904 if old else EPOCH
            continue
        book.titles.append(about["name"])
        key = next((value for name, value in about.items() if local(name) == "id"), "")
        kind, part = related.get(key, ("", ""))
        if kind == "worksheet" and part in package:
            shows = about.get("state", "visible") == "visible"
            book.sheets.append(Sheet(about["name"], part, shows))
    for kind, part in related.values():
        if kind == "sharedStrings" and part in package:
            book.texts = _texts(package, part)
        elif kind == "styles" and part in package:
            book.dates, book.durations = _dates(package, part)
    return book


def joined(pieces: list[str]) -> str:
    """The text of a cell; of one longer than a cell may be only enough to see that it is."""
    if len(pieces) == 1:
        return pieces[0]
    return "".join(piece[: limits.CELL + 1] for piece in pieces[: limits.CELL + 1])


def clean(text: str) -> str:
    r"""Text as a learner sees it: one line, Hangul in syllables, what was escaped for XML itself.

    >>> clean("1_x000D_\n2"), clean("a_x005F_b")
    ('1  2', 'a_b')
    """
    if "_x" in text:
        text = ESCAPED.sub(_unescaped, text)
    return unicodedata.normalize("NFC", text).replace("\r", " ").replace("\n", " ")


def _unescaped(found: re.Match[str]) -> str:
    sign = chr(int(found[1], 16))
    return found[0] if "\ud800" <= sign <= "\udfff" else sign


def _texts(package: Package, part: str) -> list[str]:
    texts: list[str] = []
    pieces: list[str] = []
    counts = {"t": 0, "rPh": 0}  # what is open: a text; how one is read aloud, which is no text

    def start(name: str, _: dict[str, str]) -> None:
        tag = local(name)
        if tag == "si":
            pieces.clear()
        elif tag in counts:
            counts[tag] += 1

    def end(name: str) -> None:
        tag = local(name)
        if tag == "si":
            texts.append(joined(pieces))
        elif tag in counts:
            counts[tag] -= 1

    def text(piece: str) -> None:
        if counts["t"] and not counts["rPh"]:
            pieces.append(piece)

    package.walk(part, start, end, text)
    return texts


def _dates(package: Package, part: str) -> tuple[set[int], set[int]]:
    """The numbers of the styles that show dates or times, and of those that show durations."""
    found = package.elements(part, "numFmts/numFmt", "cellXfs/xf")
    dates, lasting = set(DATES), set(DURATIONS)
    for path, about in found:
        if path == "numFmts/numFmt":
            number = int(about["numFmtId"])
            code = about["formatCode"].partition(";")[0]
            (dates.add if DATED.search(LITERAL.sub("", code)) else dates.discard)(number)
            (lasting.add if LASTING.search(code) else lasting.discard)(number)
    used = [int(about.get("numFmtId", 0)) for path, about in found if path == "cellXfs/xf"]
    styles = {n for n, number in enumerate(used) if number in dates}
    return styles, {n for n in styles if used[n] in lasting}


@lru_cache(maxsize=32_768)  # a column of dates repeats itself
def moment(serial: float, epoch: dt.datetime, lasting: bool = False) -> str:
    """A number of days as the date, the time or the duration that a spreadsheet shows.

    >>> moment(43830, EPOCH), moment(43830.5, EPOCH), moment(0.25, EPOCH), moment(1.5, EPOCH, True)
    ('2019-12-31', '2019-12-31 12:00:00', '06:00:00', '1 day, 12:00:00')

    Raises OverflowError for what is no date.
    """
    day, part = divmod(serial, 1)
    clock = dt.timedelta(milliseconds=round(part * 86_400_000))
    if lasting:
        return str(dt.timedelta(days=day) + clock)
    if 0 <= serial < 1 and not clock.days:
        return str((dt.datetime.min + clock).time())
    if 0 < serial < 60 and epoch == EPOCH:  # spreadsheets count a 29 February 1900 that never was
        day += 1
    return shown(epoch + dt.timedelta(days=day) + clock)


def shown(when: dt.datetime) -> str:
    """A date without a clock that stands at midnight."""
    return str(when.date()) if when.time() == dt.time(0) else when.isoformat(" ")
