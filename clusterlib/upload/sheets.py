"""An .xlsx as a grid: its parts weighed and searched for tricks before a cell is read."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable
from typing import Any

from clusterlib.errors import UploadRefused
from clusterlib.upload import limits
from clusterlib.upload.grid import CONTROL, Grid, Row, _count, _row

DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
WIDE16 = re.compile(rb"^(\xff\xfe|\xfe\xff|<\x00|\x00<)")
ROW = re.compile(rb'<row[^>]{0,400}?\br="(\d+)"')
# A cell right of column GR, the 200th.
FAR = re.compile(rb'<c [^>]{0,200}?\br="(?:[A-Z]{3}|[H-Z][A-Z]|G[S-Z])(\d+)"')
FAULTS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"}


def from_xlsx(file: str, content: bytes, sheet: str | None = None) -> Grid:
    """Read one sheet as a grid: the named one, or the first that shows and holds something.

    Raises UploadRefused, with the row where one is to blame.
    """
    _search(file, content)
    import openpyxl

    # Entities in XML can unfold to gigabytes: openpyxl is safe from them only with defusedxml.
    if not openpyxl.DEFUSEDXML:
        raise UploadRefused("upload_no_defusedxml", file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            return _first(file, book, sheet)
    except UploadRefused:
        raise
    except Exception as broken:  # openpyxl fails in many ways on a damaged file
        raise UploadRefused("upload_damaged", file) from broken


def _search(file: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as part:
                        _search_part(file, member.filename, part.read(member.file_size + 1))
    except UploadRefused:
        raise
    except Exception as broken:  # a wrong checksum, a cut stream, an unknown compression
        raise UploadRefused("upload_damaged", file) from broken


def _search_part(file: str, name: str, xml: bytes) -> None:
    if DECLARED.search(xml) or WIDE16.match(xml):
        raise UploadRefused("upload_tricks", file)
    if name.startswith("xl/worksheets/"):
        far = max((int(number) for number in ROW.findall(xml)), default=0)
        if far > limits.ROWS + 50:
            raise UploadRefused("upload_far_cell", file, line=far, limit=limits.ROWS)
        if xml.count(b"<c ") > limits.SHEET_CELLS:
            raise UploadRefused("upload_too_many_cells", file, 1, limit=limits.SHEET_CELLS)
        if right := FAR.search(xml):
            raise UploadRefused("upload_far_column", file, int(right[1]), limit=limits.COLUMNS)


def _first(file: str, book: Any, wanted: str | None) -> Grid:
    shown = [each for each in book.worksheets if each.sheet_state == "visible"]
    if wanted is not None:
        shown = [each for each in shown if each.title == wanted]
    for each in shown:
        rows = _rows(file, each)
        if rows:
            others = [other.title for other in book.worksheets if other is not each]
            return Grid(rows, {"sheet": each.title, "others": others})
    raise UploadRefused("upload_no_sheet", file, known=", ".join(book.sheetnames)[:200])


def _rows(file: str, sheet: Any) -> list[Row]:
    sheet.reset_dimensions()  # what the file claims about its size may be wrong
    rows: list[Row] = []
    cells = 0
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if not any(value is not None for value in values):
            _count(file, line, line, cells)
            continue
        found = _row(file, line, _texts(file, line, values))
        cells += len(found.cells)
        _count(file, line, len(rows), cells, limits.SHEET_CELLS)
        if any(found.cells):
            rows.append(found)
    return rows


def _texts(file: str, line: int, values: Iterable[Any]) -> list[str]:
    cells = [_text(value) for value in values]
    while cells and not cells[-1]:
        cells.pop()
    for place, cell in enumerate(cells, start=1):
        if cell in FAULTS:
            raise UploadRefused("upload_fault_cell", file, line, column=place, cell=cell)
        if CONTROL.search(cell):
            raise UploadRefused("upload_control", file, line)
    return cells


def _text(value: Any) -> str:
    """A cell as a learner would read it: 2019, not 2019.0; 2019-12-31, not a clock."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return str(value.date()) if value.time() == dt.time(0) else value.isoformat(" ")
    return unicodedata.normalize("NFC", str(value)).replace("\r", " ").replace("\n", " ")
