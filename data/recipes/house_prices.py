"""house_prices: price levels by region, in four series that must not be joined."""

from common import Row, grouped, in_order, lookup, raw, standing


def rows() -> list[Row]:
    """Give one row a period, group of regions and series."""
    return in_order((tidy(row) for row in raw("house_prices")), "series", "period", "group")


def tidy(row: Row) -> Row:
    """Name group and series."""
    series = lookup("coding_house_series", "spelling")[row["indicator"]]
    place = grouped(row["region"])
    del place["is_capital"]
    return {
        "period": row["period"],
        **place,
        **{key: series[key] for key in ("series", "series_ko", "series_en")},
        "value": row["value"],
        "unit": series["unit"],
        **standing(row),
    }
