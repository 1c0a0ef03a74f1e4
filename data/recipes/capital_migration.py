"""capital_migration: people who moved into and out of the capital region, by year."""

from common import Row, in_order, named, raw, standing


def rows() -> list[Row]:
    """Give one row a year; gross flows are blank where only the balance was published."""
    return in_order(
        [
            {
                "year": row["year"],
                **named("capital"),
                "net_migration": row["net_into_capital_region"],
                "inflow": row["movers_in_from_rest"],
                "outflow": row["movers_out_to_rest"],
                **standing(row),
            }
            for row in raw("capital_migration")
        ],
        "year",
    )
