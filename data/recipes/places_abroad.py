"""places_abroad: institutions on the maps of lesson 5, approximate but for one."""

from common import Row, lookup, raw


def rows() -> list[Row]:
    """Give one row a place, its kind spelled out."""
    return [tidy(row) for row in raw("coding_abroad_places")]


def tidy(row: Row) -> Row:
    """Put the names of the kind behind its key, and say whether the place is approximate."""
    kind = lookup("coding_place_kinds", "kind")[row["kind"]]
    head = {key: row[key] for key in ("place", "cluster", "name_ko", "name_en", "lat", "lon")}
    exact = row["confidence"] != "derived"
    tail = {key: row[key] for key in ("precision_m", "source", "confidence")}
    return {**head, **kind, "approximate": str(not exact).lower(), **tail}
