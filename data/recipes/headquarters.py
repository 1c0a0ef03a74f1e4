"""headquarters: where the largest firms have their head offices, list by list."""

from common import Row, grouped, lookup, raw, standing


def rows() -> list[Row]:
    """Give one row a list and group of regions, in the order of each list."""
    return [tidy(row) for row in raw("headquarters")]


def tidy(row: Row) -> Row:
    """Name the list by its source: each source printed one list."""
    printed = lookup("coding_headquarter_lists", "source")[row["source"]]
    return {
        **{key: printed[key] for key in ("list", "list_ko", "list_en")},
        "year": row["year"],
        "list_size": row["list_size"],
        **grouped(row["region"]),
        "headquarters": row["headquarters"],
        **standing(row),
    }
