"""population: registered residents of each province at the end of the year."""

from common import Row, in_order, named, raw, region_key, standing


def rows() -> list[Row]:
    """Give one row a province and year."""
    tidy = (
        {
            "year": row["year"],
            **named(region_key(row["iso"])),
            "population": row["resident_population"],
            **standing(row),
        }
        for row in raw("population")
    )
    return in_order(tidy, "year", "region")
