"""gunsan_output: cars built by the GM Korea plant in Gunsan."""

from common import Row, in_order, named, raw, standing


def rows() -> list[Row]:
    """Give one row a year; a figure printed as a range leaves the value blank."""
    return in_order((tidy(row) for row in raw("gunsan_output")), "year")


def tidy(row: Row) -> Row:
    """Read the range out of the note, as in "... 2016-2017: 34-38 thousand"."""
    bounds = row["note"].rpartition(": ")[2].split(" ")[0]
    low, _, high = bounds.partition("-")
    return {
        "year": row["year"],
        **named("jeonbuk"),
        "cars_thousand": row["cars_thousand"],
        "low": low,
        "high": high,
        **standing(row),
    }
