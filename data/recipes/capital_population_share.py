"""capital_population_share: people of the capital region in a hundred of the nation's."""

from common import Row, in_order, lookup, named, raw, standing


def rows() -> list[Row]:
    """Give one row a year and basis; different bases must not be joined into a line."""
    return in_order((tidy(row) for row in raw("capital_population_share")), "basis", "year")


def tidy(row: Row) -> Row:
    """Replace the printed basis by its key and names."""
    basis = lookup("coding_population_bases", "spelling")[row["basis"]]
    return {
        "year": row["year"],
        **{key: basis[key] for key in ("basis", "basis_ko", "basis_en")},
        **named("capital"),
        "share_pct": row["capital_region_share_pct"],
        "population": row["capital_region_population"],
        "national_population": row["national_population"],
        **standing(row),
    }
