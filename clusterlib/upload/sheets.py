"""An .xlsx as a grid: one sheet read as its XML passes by, each cell as a learner sees it."""

from __future__ import annotations

import datetime as dt
import re
from itertools import islice
from string import ascii_uppercase
from typing import NoReturn
from unicodedata import is_normalized

from clusterlib.errors import UploadRefused
from clusterlib.upload import limits
from clusterlib.upload.book import Book, Sheet, clean, joined, moment, read_book, shown
from clusterlib.upload.grid import CONTROL, Grid, Row, _count, _row
from clusterlib.upload.package import DAMAGE, Package

SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # the strict one
)
TAGS = {f"{space} {tag}": tag for space in SPACES for tag in ("row", "c", "v", "t", "rPh")}
FAULTS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"}
WHOLE = re.compile(r"-?[1-9]\d{0,14}|0", re.ASCII)
INTEGER = re.compile(r"[+-]?\d{1,300}", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
REFERENCE = re.compile(r"[A-Z]{1,3}", re.ASCII)
NAMED = (first + second for first in ("", *ascii_uppercase) for second in ascii_uppercase)
AT = {column: at for at, column in enumerate(islice(NAMED, limits.COLUMNS))}  # "A" is 0
FAR = limits.COLUMNS


def from_xlsx(file: str, content: bytes, sheet: str | None = None) -> Grid:
    """Read one sheet as a grid: the named one, or the first that shows and holds something.

    Raises UploadRefused, with the row where one is to blame.
    """
    try:
        package = Package(file, content)
        return _first(package, read_book(package), sheet)
    except DAMAGE as broken:
        raise UploadRefused("upload_damaged", file) from broken


def _first(package: Package, book: Book, wanted: str | None) -> Grid:
    for each in book.sheets:
        if each.shows and wanted in (None, each.title):
            rows = _rows(package, book, each)
            if rows:
                others = [other.title for other in book.sheets if other is not each]
                return Grid(rows, {"sheet": each.title, "others": others})
    raise UploadRefused("upload_no_sheet", package.file, known=", ".join(book.titles)[:200])


def _rows(package: Package, book: Book, sheet: Sheet) -> list[Row]:
    if package.cells[sheet.part] > limits.SHEET_CELLS:
        raise UploadRefused("upload_too_many_cells", package.file, 1, limit=limits.SHEET_CELLS)
    reader = _Reader(package.file, book)
    package.walk(sheet.part, reader.start, reader.end, reader.text)
    return reader.rows


class _Reader:
    """Gathers the rows of one sheet from the tags and texts that it is told of.

    160,000 cells are told in a million calls, so these only keep what they hear: a cell is
    understood once, at its end, where it holds something, and what is true of a row is asked once
    a row.
    """

    def __init__(self, file: str, book: Book) -> None:
        self.file, self.book = file, book
        self.rows: list[Row] = []
        self._line = self._count = self._letters = 0
        self._at = -1  # where the cell before stands, counted from 0
        self._cells: list[str] = []
        self._about: dict[str, str] = {}
        self._pieces: list[str] = []
        self._open = self._aloud = False

    def start(self, name: str, about: dict[str, str]) -> None:
        tag = TAGS.get(name)
        if tag == "c":
            self._about, self._pieces = about, []
        elif tag == "v" or tag == "t":
            self._open = not self._aloud
        elif tag == "row":
            self._begin(about)
        elif tag == "rPh":  # how a word is read aloud, beside the word
            self._aloud = True

    def end(self, name: str) -> None:
        tag = TAGS.get(name)
        if tag == "c":
            self._take()
        elif tag == "v" or tag == "t":
            self._open = False
        elif tag == "row":
            if self._cells:
                self._close()
        elif tag == "rPh":
            self._aloud = False

    def text(self, piece: str) -> None:
        if self._open:
            self._pieces.append(piece)

    def _begin(self, about: dict[str, str]) -> None:
        line = int(about["r"]) if "r" in about else self._line + 1
        if line <= self._line:
            raise UploadRefused("upload_order", self.file, line)
        self._line, self._at, self._cells = line, -1, []

    def _take(self) -> None:
        """Keep what the cell that ends here shows, in its place."""
        about, pieces, cells = self._about, self._pieces, self._cells
        self._at = AT.get(_letters(about), FAR) if "r" in about else self._at + 1
        if not pieces:
            return
        text = pieces[0] if len(pieces) == 1 else joined(pieces)
        kind = about.get("t", "n")
        if kind == "s":
            text = self.book.texts[_index(text)]
        elif kind != "str" and kind != "inlineStr":
            plain = kind == "n" and "s" not in about and WHOLE.fullmatch(text)
            text = text if plain else self._value(kind, text)
        if self._at != len(cells):
            self._leap()
        cells.append(text)

    def _leap(self) -> None:
        """Fill the cells that were left out up to this one."""
        if self._at >= FAR:
            if not REFERENCE.fullmatch(_letters(self._about)):
                raise ValueError(self._about)
            raise UploadRefused("upload_far_column", self.file, self._line, limit=limits.COLUMNS)
        if self._at < len(self._cells):
            raise UploadRefused("upload_order", self.file, self._line)
        self._cells += [""] * (self._at - len(self._cells))

    def _value(self, kind: str, text: str) -> str:
        """What the cell shows; a formula shows what it came to when the file was saved."""
        if kind == "n":
            style = int(self._about.get("s", 0))
            if style in self.book.dates:
                return self._date(text, style in self.book.durations)
            return text if WHOLE.fullmatch(text) else _number(text)
        if kind == "e":
            self._refuse_fault(text)
        return READ[kind](text)

    def _date(self, text: str, lasting: bool) -> str:
        if not NUMBER.fullmatch(text):
            raise ValueError(text)
        try:
            return moment(float(text), self.book.epoch, lasting)
        except OverflowError:  # the spreadsheet itself shows ####
            self._refuse_fault("#VALUE!")

    def _close(self) -> None:
        """Keep the row, if a cell of it is not blank; refuse it for what it must not hold."""
        whole = "".join(self._cells)
        if self._line > limits.ROWS + 50:
            raise UploadRefused("upload_far_cell", self.file, self._line, limit=limits.ROWS)
        if "#" in whole:
            self._find_fault()
        if "_x" in whole or "\n" in whole or "\r" in whole or not is_normalized("NFC", whole):
            self._cells = [clean(cell) for cell in self._cells]
        if CONTROL.search("".join(self._cells)):
            raise UploadRefused("upload_control", self.file, self._line)
        row = _row(self.file, self._line, self._cells)
        while row.cells and not row.cells[-1]:
            row.cells.pop()
        self._count += len(row.cells)
        self._letters += len(whole)
        _count(self.file, self._line, len(self.rows), self._count, limits.SHEET_CELLS)
        if self._letters > limits.LETTERS:
            raise UploadRefused("upload_letters", self.file, self._line, limit=limits.LETTERS)
        if row.cells:
            self.rows.append(row)

    def _find_fault(self) -> None:
        for at, cell in enumerate(self._cells):
            if cell in FAULTS:
                self._at = at
                self._refuse_fault(cell)

    def _refuse_fault(self, cell: str) -> NoReturn:
        where = {"line": self._line, "column": self._at + 1}
        raise UploadRefused("upload_fault_cell", self.file, **where, cell=cell[:40])


def _letters(about: dict[str, str]) -> str:
    return about["r"].rstrip("0123456789")


def _index(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _number(text: str) -> str:
    """2019, not 2019.0; nothing for nothing."""
    text = text.strip()
    if INTEGER.fullmatch(text):
        return str(int(text))
    if text and not NUMBER.fullmatch(text):
        raise ValueError(text)
    value = float(text or "nan")
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if text else ""


def _from_iso(text: str) -> str:
    """A date, a clock or both, as the standard's own kind of date cell writes them."""
    said = text.strip().removesuffix("Z")
    if "T" not in said and ":" in said:
        return str(dt.time.fromisoformat(said))
    return shown(dt.datetime.fromisoformat(said))


def _boolean(text: str) -> str:
    return str(text not in {"0", "false"})


READ = {"b": _boolean, "d": _from_iso}  # the kinds of cell that are rare
