"""instruments: every measure that the brief proposes, implies or describes as present practice."""

from common import Row, by_brief, lookup, raw


def rows() -> list[Row]:
    """Give one row an instrument, in the brief's order."""
    return [tidy(row) for row in raw("instruments")]


def tidy(row: Row) -> Row:
    """Spell out the strategy and the place behind their keys."""
    strategy = lookup("coding_strategies", "strategy")[row["strategy"]]
    place = lookup("coding_instrument_places", "place")[row["place"]]
    head = {key: row[key] for key in ("instrument", "name_ko", "name_en")}
    rest = ("level", "level_stated", "levers")
    said = ("section", "said_as", "evidence_ko", "evidence_en")
    return {
        **head,
        **strategy,
        **{key: row[key] for key in rest},
        **place,
        **{key: row[key] for key in said},
        **by_brief(),
    }
