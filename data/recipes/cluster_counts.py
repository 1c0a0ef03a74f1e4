"""cluster_counts: single printed figures about the bio clusters; no two rows form a series."""

from common import Row, grouped, in_order, lookup, raw, standing


def rows() -> list[Row]:
    """Give one row a year, group of regions and item."""
    return in_order((tidy(row) for row in raw("cluster_counts")), "item", "year", "group")


def tidy(row: Row) -> Row:
    """Name group and item, and mark figures printed as "about"."""
    item = lookup("coding_cluster_items", "item")[row["item"]]
    place = grouped(row["region"])
    del place["is_capital"]
    return {
        "year": row["year"],
        **place,
        **{key: item[key] for key in ("item", "item_ko", "item_en")},
        "value": row["value"],
        "unit": item["unit"],
        "approximate": str(row["note"] == "about").lower(),
        **standing(row),
    }
