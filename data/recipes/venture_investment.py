"""venture_investment: venture money by region, in series that must not be joined."""

from common import Row, grouped, lookup, raw, standing


def rows() -> list[Row]:
    """Give one row a period, group of regions, indicator and series."""
    return sorted((tidy(row) for row in raw("venture_investment")), key=order)


def order(row: Row) -> list[str]:
    """Keep the rows of a series together, in the order of time."""
    return [row[key] for key in ("series", "indicator", "period", "group")]


def tidy(row: Row) -> Row:
    """Name indicator and series, and mark figures printed as "about"."""
    indicator = lookup("coding_venture_indicators", "spelling")[row["indicator"]]
    series = lookup("coding_venture_series", "source")[row["source"]]
    group = grouped(row["region"])
    del group["is_capital"]
    return {
        "period": row["period"],
        "year_from": row["period"][:4],
        "year_to": year_to(row["period"]),
        **group,
        **{key: indicator[key] for key in ("indicator", "indicator_ko", "indicator_en")},
        **{key: series[key] for key in ("series", "series_ko", "series_en")},
        "value": row["value"],
        "unit": indicator["unit"],
        "approximate": str(row["note"] == "about").lower(),
        **standing(row),
    }


def year_to(period: str) -> str:
    """Read the last year of "2022", "2022H1", "2023-12" or "2020-2023"."""
    last = period.rpartition("-")[2]
    return last if len(last) == 4 else period[:4]
