"""series_breaks: people who entered or left a count by a change of rule, not by birth or move."""

from common import Row, in_order, named, raw, standing


def rows() -> list[Row]:
    """Give one row a break; the year names the first value that holds it."""
    return in_order((tidy(row) for row in raw("series_breaks")), "series", "year")


def tidy(row: Row) -> Row:
    """Name the region."""
    kept = {name: row[name] for name in ("series", "year", "month")}
    return {**kept, **named(row["iso"]), "persons": row["persons"], **standing(row)}
