"""bio_facts: single reported figures about bio-industry, each by its own definition."""

from common import Row, lookup, raw, standing


def rows() -> list[Row]:
    """Give one row a fact, in the order of time."""
    return sorted((tidy(row) for row in raw("bio_facts")), key=lambda row: row["year"])


def tidy(row: Row) -> Row:
    """Add the kit's own wording."""
    named = lookup("coding_bio_facts", "fact")[row["fact"]]
    return {
        "fact": row["fact"],
        "year": row["year"],
        **{key: named[key] for key in ("name_ko", "name_en")},
        "value": row["value"],
        "unit": row["unit"],
        **standing(row),
    }
