"""establishments: bio-health establishments by region and sector, with the value that was lost."""

from common import Row, named, raw, region_key, standing

# The order of the legend, by which the labels of a complete row are assumed.
LABELS = {
    "pharmaceuticals": "pharma",
    "medical devices": "devices",
    "cosmetics": "cosmetics",
    "support services": "services",
}
MONTHS = {"month": "2022-02", "month_in_title": "2023-02"}


def rows() -> list[Row]:
    """Give one row a printed value, and the lost one; values without a sector by their place."""
    unplaced = iter(("printed_1", "printed_2", "printed_3"))
    return [tidy(row, unplaced) for row in raw("brief_establishments")]


def tidy(row: Row, unplaced: iter) -> Row:
    """Give a value the sector that it has, is assumed to have, or lacks."""
    sector = LABELS.get(row["sector"], row["sector"])
    if sector == "one of four sectors":
        sector = next(unplaced)
    known = {each["sector"]: each for each in raw("coding_biohealth_parts")}[sector]
    return {
        **named(region_key(row["region"])),
        **{key: known[key] for key in ("sector", "sector_ko", "sector_en", "labelled")},
        "establishments": row["establishments"],
        "site_area_mean": row["site_area_mean_m2"],
        **MONTHS,
        **standing(row),
    }
