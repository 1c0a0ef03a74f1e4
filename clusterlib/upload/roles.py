"""What each column of a table holds: places, periods, industries, coordinates, numbers, text."""

from __future__ import annotations

from collections.abc import Callable

from clusterlib.errors import UploadRefused
from clusterlib.upload.cells import label_key, number, period, words
from clusterlib.upload.layout import Column, Layout
from clusterlib.upload.places import gazetteer

SAMPLE = 300  # distinct cells that decide what a column holds
ENOUGH = 0.5
SETTLED = {"code", "industry", "serial"}


def assign(file: str, layout: Layout) -> None:
    """Give every column its role: province, town, code, period, industry, lon, lat, value, text.

    Raises UploadRefused for a column of numbers with a cell that is none, with its line.
    """
    for column in layout.columns:
        column.role = _first_guess(column, distinct(layout, column))
    _places(layout)
    for kind in ("period", "industry", "code"):
        _only_one(layout, kind, keep="text")
    _coordinates(layout)
    for column in layout.columns:
        if not column.role:
            column.role = "value" if _counts(column, _cells(layout, column)) else "text"
        if column.role == "value":
            _refuse_words(file, layout, column)


def distinct(layout: Layout, column: Column) -> list[str]:
    """The different cells of a column, as they come, blanks left out."""
    return list(dict.fromkeys(row.cells[column.at] for row in layout.rows if row.cells[column.at]))


def _cells(layout: Layout, column: Column) -> list[str]:
    """The cells of a column's first rows, repeated as they are: most of them decide."""
    cells = (row.cells[column.at] for row in layout.rows[: 3 * SAMPLE])
    return [cell for cell in cells if cell]


def _share(cells: list[str], test: Callable[[str], object]) -> float:
    sample = cells[:SAMPLE]
    return sum(1 for cell in sample if test(cell)) / len(sample) if sample else 0.0


def _first_guess(column: Column, cells: list[str]) -> str:
    if any(period(level) is not None for level in column.levels):
        return ""  # a column of a year holds numbers, whatever else its header says
    guess = column.role
    if guess == "period":
        return guess if _share(cells, lambda c: period(c) is not None) == 1 else ""
    if guess in {"lon", "lat"}:
        return guess if _share(cells, lambda c: number(c).value is not None) == 1 else ""
    if guess == "code":
        return guess if _share(cells, gazetteer().code) > ENOUGH else "text"
    if guess == "serial" or (guess in SETTLED and column.plain):
        return guess
    if guess == "industry":
        return guess if not _counts(column, cells[:SAMPLE]) else ""
    return ""


def _places(layout: Layout) -> None:
    """The column of provinces, and the one of municipalities if there are any."""
    find = gazetteer().find
    best: dict[str, tuple[float, Column]] = {}
    for column in layout.columns:
        if column.role:
            continue
        cells = distinct(layout, column)
        total = words()["total"]
        named = [c for c in cells[:SAMPLE] if label_key(c) not in total]
        towns = _share(named, lambda c: any(place.code for place in find(c)))
        provinces = _share(named, lambda c: any(not place.code for place in find(c)))
        hinted = _hinted(column)
        if towns + provinces < (0.01 if hinted else ENOUGH):
            continue
        kind = "town" if towns >= provinces or towns > 0.3 else "province"
        score = max(towns, provinces) + (0.5 if hinted else 0)
        if kind not in best or score > best[kind][0]:
            best[kind] = (score, column)
    for kind, (_, column) in best.items():
        column.role = kind


def _hinted(column: Column) -> bool:
    names = [label_key(level) for level in column.levels]
    return column.plain and any(name in words()["place"] for name in names)


def _only_one(layout: Layout, kind: str, keep: str) -> None:
    """Of several columns of one kind the first keeps it; the others stay as they are written."""
    for column in [c for c in layout.columns if c.role == kind][1:]:
        column.role = keep


def _coordinates(layout: Layout) -> None:
    for kind in ("lon", "lat"):
        _only_one(layout, kind, keep="")
    pair = [c for c in layout.columns if c.role in {"lon", "lat"}]
    if len(pair) == 1:
        pair[0].role = ""


def _counts(column: Column, cells: list[str]) -> bool:
    """Whether a column is one of numbers: two cells in three are numbers or signs for gaps."""
    read = [number(cell) for cell in cells]
    numbers = sum(1 for cell in read if cell.value is not None)
    gaps = sum(1 for cell in read if cell.gap)
    if any(period(level) is not None for level in column.levels) and numbers + gaps:
        return True
    words_in = len(read) - numbers - gaps
    return bool(numbers + gaps) and 2 * words_in <= numbers + gaps and (numbers > 0 or not words_in)


def _refuse_words(file: str, layout: Layout, column: Column) -> None:
    for row in layout.rows:
        cell = row.cells[column.at]
        read = number(cell)
        if read.value is None and not read.gap:
            raise UploadRefused(
                "upload_not_number", file, row.line, column=column.label[:60], cell=cell[:40]
            )
