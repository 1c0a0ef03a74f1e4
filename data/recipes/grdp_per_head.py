"""grdp_per_head: gross regional domestic product a head, at current prices."""

from common import Row, in_order, named, raw, region_key, standing


def rows() -> list[Row]:
    """Give one row a region and year, with the later provinces that it still contained."""
    tidy = (
        {
            "year": row["year"],
            **named(region_key(row["iso"])),
            "grdp_per_head": row["grdp_per_capita_kkrw"],
            "includes": region_key(row["note"].removeprefix("includes ")) if row["note"] else "",
            **standing(row),
        }
        for row in raw("grdp_per_head")
    )
    return in_order(tidy, "year", "region")
