"""abroad_figures: key figures of the three clusters, each with what, where and when it counts."""

from common import Row, lookup, raw, standing

CODED = ("indicator", "unit", "definition", "area")
STATED = {"yes": "true", "no": "false"}
CODES = {name: f"coding_abroad_{name}s" for name in CODED}


def rows() -> list[Row]:
    """Give one row a figure; a figure that no page gives is a row without a value."""
    return [tidy(row) for row in raw("abroad_figures")]


def tidy(row: Row) -> Row:
    """Spell out indicator, unit, definition and area behind the value."""
    head = {key: row[key] for key in ("figure", "cluster", "value", "year", "bound")}
    spelled = {}
    for name in CODED:
        spelled |= lookup(CODES[name], name)[row[name]]
    spelled["stated"] = STATED[spelled["stated"]]
    notes = {key: row[key] for key in ("note_ko", "note_en")}
    return {**head, **spelled, **notes, **standing(row)}
