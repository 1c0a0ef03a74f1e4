"""Where in a grid the table stands: its titles, its header of up to three rows, its notes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from clusterlib.errors import UploadRefused
from clusterlib.upload import limits
from clusterlib.upload.cells import header, label_key, number, period, role, words
from clusterlib.upload.grid import Grid, Row
from clusterlib.upload.places import gazetteer


@dataclass
class Column:
    """A column: where it stands, its header levels, and what the kit takes it for."""

    at: int
    levels: list[str]
    unit: str = ""
    role: str = ""
    plain: bool = False

    @property
    def label(self) -> str:
        """The header in one line."""
        return " · ".join(dict.fromkeys(level for level in self.levels if level))


@dataclass
class Layout:
    """A table found in a file: columns, rows of equal width, what stood around it."""

    columns: list[Column]
    rows: list[Row]
    notes: list[tuple[int, str]] = field(default_factory=list)


def lay_out(file: str, grid: Grid) -> Layout:
    """Find the table in a grid; raises UploadRefused naming the line that does not fit it."""
    if len(grid.rows) < 2:
        raise UploadRefused("upload_no_rows", file, line=1)
    width = _width(grid.rows)
    rows, before = _without_titles(grid.rows, width)
    rows, after = _without_notes(rows, width)
    first = _first_data(rows)
    if not 0 < first <= limits.HEADER_ROWS or first >= len(rows):
        key = "upload_no_header" if first == 0 or first > limits.HEADER_ROWS else "upload_no_rows"
        raise UploadRefused(key, file, line=rows[0].line)
    columns = _columns(file, rows[:first], width)
    padded = "delimiter" in grid.how  # a text gives every row the same number of cells
    data = [_fitted(file, row, width, padded) for row in rows[first:]]
    if len(data) > limits.ROWS:
        raise UploadRefused("upload_too_many_rows", file, data[limits.ROWS].line, limit=limits.ROWS)
    columns = _without_empty(file, columns, data, rows[0].line)
    _refuse_twins(file, columns, rows[0].line)
    return Layout(columns, data, before + after)


def _filled(row: Row) -> int:
    return sum(1 for cell in row.cells if cell)


def _trimmed(row: Row) -> int:
    last = len(row.cells)
    while last and not row.cells[last - 1]:
        last -= 1
    return last


def _width(rows: list[Row]) -> int:
    """How many columns most rows have, and no fewer than the header names."""
    usual = Counter(_trimmed(row) for row in rows).most_common(1)[0][0]
    head = next((row for row in rows[:20] if _filled(row) > 1 and not _note(row)), rows[0])
    return max(usual, _trimmed(head))


def _note(row: Row) -> bool:
    start = next((cell for cell in row.cells if cell), "")
    name = label_key(start).lstrip("([<")
    begins = [word for word in words()["note"] if name.startswith(word)]
    marked = any(w == name or len(w) == 1 or name[len(w)] in ":),.-" for w in begins)
    return marked and not (len(name) == 1 and _filled(row) > 2)


def _without_titles(rows: list[Row], width: int) -> tuple[list[Row], list[tuple[int, str]]]:
    start = 0
    while start < len(rows) - 2 and width > 1 and (_filled(rows[start]) == 1 or _note(rows[start])):
        start += 1
    return rows[start:], [(row.line, _said(row)) for row in rows[:start]]


def _without_notes(rows: list[Row], width: int) -> tuple[list[Row], list[tuple[int, str]]]:
    end = len(rows)
    while end > 2 and _trails(rows[end - 1], width):
        end -= 1
    return rows[:end], [(row.line, _said(row)) for row in rows[end:]]


def _trails(row: Row, width: int) -> bool:
    alone = width > 1 and _filled(row) == 1 and not any(map(gazetteer().find, row.cells[:1]))
    return alone or _note(row)


def _said(row: Row) -> str:
    return ", ".join(cell for cell in row.cells if cell)[:300]


def _first_data(rows: list[Row]) -> int:
    """The first row that names a place or counts something that is no year."""
    for at, row in enumerate(rows[: limits.HEADER_ROWS + 4]):
        counts = any(number(c).value is not None and period(c) is None for c in row.cells)
        named = any(c and not role(c)[1] and gazetteer().find(c) for c in row.cells[:6])
        if counts or (named and at):
            return at
        # The first row names places only where a table has its regions side by side.
        if named and not at and _filled(row) <= 2:
            return 0
    return 1


def _columns(file: str, heads: list[Row], width: int) -> list[Column]:
    levels = []
    for depth, row in enumerate(heads):
        cells = _fitted(file, row, width).cells
        levels.append(_spread(cells) if depth < len(heads) - 1 else cells)
    return [_column(at, [level[at] for level in levels]) for at in range(width)]


def _spread(cells: list[str]) -> list[str]:
    """A merged header cell stands over the blanks to its right."""
    seen, filled = "", []
    for cell in cells:
        seen = cell or seen
        filled.append(seen)
    return filled


def _column(at: int, levels: list[str]) -> Column:
    told = [role(level) for level in levels]
    kind, plain = next((r for r in told if r[1]), next((r for r in told if r[0]), ("", False)))
    parts = [header(level) for level in levels]
    units = [unit for _, unit in parts if unit]
    return Column(at, [label for label, _ in parts], units[-1] if units else "", kind, plain)


def _fitted(file: str, row: Row, width: int, padded: bool = False) -> Row:
    got = _trimmed(row)
    if got > width:
        raise UploadRefused("upload_row_too_wide", file, row.line, got=got, expected=width)
    if padded and len(row.cells) < width:
        got = len(row.cells)
        raise UploadRefused("upload_row_too_short", file, row.line, got=got, expected=width)
    return Row(row.line, [*row.cells, *[""] * width][:width])


def _without_empty(file: str, columns: list[Column], data: list[Row], line: int) -> list[Column]:
    kept = []
    for column in columns:
        filled = next((row for row in data if row.cells[column.at]), None)
        if column.label and filled:
            kept.append(column)
        elif filled:
            raise UploadRefused("upload_header_blank", file, line, column=column.at + 1)
    return kept


def _refuse_twins(file: str, columns: list[Column], line: int) -> None:
    seen: dict[tuple, Column] = {}
    for column in columns:
        name = tuple(label_key(level) for level in [*column.levels, column.unit])
        if name in seen:
            where = {"first": seen[name].at + 1, "second": column.at + 1}
            raise UploadRefused("upload_header_twice", file, line, label=column.label, **where)
        seen[name] = column


def columns_of_features(grid: Grid) -> Layout:
    """The properties of a map's features as a table: the first row names them."""
    head, *rows = grid.rows
    columns = [_column(at, [name]) for at, name in enumerate(head.cells)]
    return Layout([c for c in columns if any(r.cells[c.at] for r in rows)], rows)
