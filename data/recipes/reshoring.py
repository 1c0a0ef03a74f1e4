"""reshoring: firms that returned from abroad under the act."""

from common import Row, in_order, lookup, named, raw, standing


def rows() -> list[Row]:
    """Give one row a period; whole years can be drawn, the others overlap them."""
    return in_order((tidy(row) for row in raw("reshoring")), "year_from", "period")


def tidy(row: Row) -> Row:
    """Replace the printed period by its bounds and names."""
    period = lookup("coding_reshoring_periods", "spelling")[row["period"]]
    return {
        **{key: value for key, value in period.items() if key != "spelling"},
        **named("korea"),
        "returned_firms": row["returned_firms"],
        **standing(row),
    }
