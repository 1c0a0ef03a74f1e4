"""rnd_by_region: spending on research and development, and researchers, as reports print them."""

from common import Row, grouped, in_order, lookup, raw, standing


def rows() -> list[Row]:
    """Give one row a year, group of regions and indicator."""
    return in_order((tidy(row) for row in raw("rnd_by_region")), "indicator", "year", "group")


def tidy(row: Row) -> Row:
    """Name group and indicator."""
    indicator = lookup("coding_rnd_indicators", "spelling")[row["indicator"]]
    place = grouped(row["region"])
    del place["is_capital"]
    return {
        "year": row["year"],
        **place,
        **{key: indicator[key] for key in ("indicator", "indicator_ko", "indicator_en")},
        "value": row["value"],
        "unit": indicator["unit"],
        **standing(row),
    }
