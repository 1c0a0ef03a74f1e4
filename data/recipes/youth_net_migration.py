"""youth_net_migration: net migration of each province by age group, 2025."""

from common import Row, in_order, named, raw, region_key, standing

COLUMNS = {"net_20s": "20s", "net_30s": "30s", "net_20_39": "20-39", "net_all_ages": "all"}


def rows() -> list[Row]:
    """Give one row a province and age group."""
    tidy = [
        {
            "year": row["year"],
            **named(region_key(row["iso"])),
            "age_group": group,
            "net_migration": row[column],
            **standing(row),
        }
        for row in raw("youth_net_migration")
        for column, group in COLUMNS.items()
    ]
    return in_order(tidy, "year", "region")
