"""grdp_capital_share: the capital region's part of GRDP, in two bases that do not join."""

from common import Row, in_order, lookup, named, raw, standing


def rows() -> list[Row]:
    """Give one row a year, basis and release; 2023 was revised a year after its release."""
    return in_order((tidy(row) for row in raw("grdp_capital_share")), "basis", "year", "release")


def tidy(row: Row) -> Row:
    """Date each figure by the year in which its source was published."""
    old = row["note"] == "old base year"
    return {
        "year": row["year"],
        "basis": "old_base" if old else "new_base",
        "basis_ko": "옛 기준년" if old else "새 기준년",
        "basis_en": "Old base year" if old else "New base year",
        "release": lookup("sources", "source")[row["source"]]["year"],
        **named("capital"),
        "share_pct": row["capital_region_share_pct"],
        **standing(row),
    }
