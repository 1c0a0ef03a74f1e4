"""A file as rows of text cells, each with the line it stands in: the same from CSV and XLSX."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass

from clusterlib.errors import UploadRefused
from clusterlib.upload import limits
from clusterlib.upload.kinds import BOMS

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True)
class Row:
    """One row: the line where it starts, counted from 1, and its cells as stripped text."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Grid:
    """The rows of a file that are not blank, and how they were read."""

    rows: list[Row]
    how: dict[str, object]


def from_csv(file: str, content: bytes) -> Grid:
    """Read a text file as a grid; raises UploadRefused with the line where it cannot be read."""
    text, encoding = decoded(file, content)
    if text.count("\n") + text.count("\r") > 5 * limits.ROWS:
        raise UploadRefused("upload_too_many_rows", file, limits.ROWS + 1, limit=limits.ROWS)
    delimiter = _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, cells, start = [], 0, 1
    try:
        for fields in lines:
            found = _row(file, start, fields)
            cells += len(found.cells)
            _count(file, found.line, len(rows), cells)
            if any(found.cells):
                rows.append(found)
            start = lines.line_num + 1
    except csv.Error as broken:
        if "limit" in str(broken):
            raise UploadRefused("upload_cell_too_long", file, start, limit=limits.CELL) from broken
        raise UploadRefused("upload_quotes", file, line=start) from broken
    return Grid(rows, {"encoding": encoding, "delimiter": delimiter})


def _row(file: str, line: int, fields: list[str]) -> Row:
    cells = [field.strip() for field in fields]
    if len(cells) > limits.COLUMNS:
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > limits.COLUMNS:
            raise UploadRefused(
                "upload_too_many_columns", file, line, got=len(cells), limit=limits.COLUMNS
            )
    if cells and max(map(len, cells)) > limits.CELL:
        raise UploadRefused("upload_cell_too_long", file, line, limit=limits.CELL)
    return Row(line, cells)


def _count(file: str, line: int, rows: int, cells: int, most: int = limits.CELLS) -> None:
    # A few more for the title, the header and the notes; the table itself is counted later.
    if rows > limits.ROWS + 50:
        raise UploadRefused("upload_too_many_rows", file, line, limit=limits.ROWS)
    if cells > most:
        raise UploadRefused("upload_too_many_cells", file, line, limit=most)


def decoded(file: str, content: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it was in: BOM, else UTF-8, else CP949, else refused.

    Latin-1 is never tried: it reads anything, and turns Korean into nonsense without a word.
    """
    named = next((name for bom, name in BOMS.items() if content.startswith(bom)), None)
    for encoding in [named] if named else ["utf-8", "cp949"]:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UploadRefused("upload_encoding", file, line=_undecodable(content, named or "utf-8"))
    for sign, key in ((CONTROL, "upload_control"), (re.compile("\ufffd"), "upload_mangled")):
        if found := sign.search(text):
            raise UploadRefused(key, file, line=text.count("\n", 0, found.start()) + 1)
    return unicodedata.normalize("NFC", text), encoding.removesuffix("-sig")


def _undecodable(content: bytes, encoding: str) -> int:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as broken:
        return content.count(b"\n", 0, broken.start) + 1
    return 1


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the most cells, the same number in most of them."""
    head = "\n".join(text[:65536].splitlines()[:40])

    def score(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter))
        except csv.Error:
            return (0, 0)
        widths = [len(row) for row in rows if any(row)]
        usual = max(set(widths), key=lambda w: (widths.count(w) if w > 1 else 0, w), default=0)
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(DELIMITERS, key=score)
