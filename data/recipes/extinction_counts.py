"""extinction_counts: municipalities at risk of extinction, nationwide."""

from common import Row, in_order, named, raw, standing


def rows() -> list[Row]:
    """Give one row a reference date, saying where the total was only assumed."""
    tidy = (
        {
            "reference": row["reference"],
            "year": row["reference"][:4],
            **named("korea"),
            "at_risk": row["at_risk_sigungu"],
            "of_total": row["of_total"],
            "total_assumed": str("assumed" in row["note"]).lower(),
            **standing(row),
        }
        for row in raw("extinction_counts")
    )
    return in_order(tidy, "reference")
