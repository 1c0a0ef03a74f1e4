"""youth_decade: net migration of people in their twenties, 2013 to 2022 together."""

from common import Row, in_order, named, raw, region_key, standing
from youth_capital import span

DECADE = "2013-2022"


def rows() -> list[Row]:
    """Give one row a region that the press named."""
    tidy = (
        {
            "period": DECADE,
            **span(DECADE),
            **named(region_key(row["region"])),
            "net_migration": row["net_movers"],
            **standing(row),
        }
        for row in raw("youth_press")
        if row["period"] == DECADE
    )
    return in_order(tidy, "region")
