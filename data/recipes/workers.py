"""workers: people working in bio-health by region, year and sector; blank where only drawn."""

from common import Row, in_order, named, raw, region_key, standing


def rows() -> list[Row]:
    """Give one row a region, year and sector."""
    totals = {"order": "0", "sector": "total", "sector_ko": "합계", "sector_en": "Total"}
    sectors = [totals, *raw("coding_biohealth_sectors")]
    printed = raw("brief_workers")
    tidy = [
        one(row, sector)
        for row in printed
        for sector in sectors
        if (row["sector"] == "total") == (sector["sector"] == "total")
    ]
    return in_order(tidy, "region", "year")


def one(row: Row, sector: Row) -> Row:
    """Name region and sector, and say where the figure stands in the brief."""
    return {
        **named(region_key(row["region"])),
        "year": row["year"],
        **{key: sector[key] for key in ("sector", "sector_ko", "sector_en")},
        "workers": row["workers"],
        "printed": "text" if row["workers"] else "drawn",
        **standing(row),
    }
