"""extinction_risk: women of 20 to 39 for each person of 65 and over, March 2024."""

from common import Row, in_order, named, raw, region_key, standing


def rows() -> list[Row]:
    """Give one row a region."""
    tidy = (
        {
            "month": row["reference_month"],
            **named(region_key(row["region"])),
            "risk_index": row["risk_index"],
            **standing(row),
        }
        for row in raw("extinction_risk")
    )
    return in_order(tidy, "month", "region")
