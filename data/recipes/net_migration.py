"""net_migration: people who moved into and out of each province, by year."""

from common import Row, in_order, lookup, named, raw, region_key, standing


def rows() -> list[Row]:
    """Give one row a province and year, from the year of its foundation on."""
    return in_order((tidy(row) for row in raw("net_migration") if existed(row)), "year", "region")


def existed(row: Row) -> bool:
    """Tell whether the province had been founded by the year of the row."""
    founded = lookup("regions", "region")[region_key(row["iso"])]["founded"]
    return row["year"] >= founded


def tidy(row: Row) -> Row:
    """Lay out one raw row; the balance with the capital region is blank inside it."""
    return {
        "year": row["year"],
        **named(region_key(row["iso"])),
        "net_migration": row["net_total"],
        "net_with_capital": row["net_with_capital_region"],
        "inflow": row["in_movers"],
        "outflow": row["out_movers"],
        **standing(row),
    }
