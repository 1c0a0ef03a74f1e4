"""youth_capital: press figures of net migration into the capital region by age."""

from common import Row, in_order, named, raw, region_key, standing


def rows() -> list[Row]:
    """Give one row a period and age group; figures printed in thousands say so."""
    tidy = (
        {
            "period": row["period"],
            **span(row["period"]),
            **named("capital"),
            "age_group": row["age_group"],
            "net_migration": row["net_movers"],
            "rounded_to": rounding(row["net_movers"]),
            **standing(row),
        }
        for row in raw("youth_press")
        if region_key(row["region"]) == "capital"
    )
    return in_order(tidy, "age_group", "period")


def span(period: str) -> Row:
    """Read "2024" or "2013-2022" as first and last year."""
    first, _, last = period.partition("-")
    return {"year_from": first, "year_to": last or first}


def rounding(figure: str) -> str:
    """Give the unit to which the press rounded a figure, in persons."""
    return "1000" if figure.endswith("000") else "1"
