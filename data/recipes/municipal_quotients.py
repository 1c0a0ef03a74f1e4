"""municipal_quotients: location quotients of 2020, by municipality and by province.

Reckoned here cell by cell, so that the indicators of the library can be held against it.
"""

from common import Row
from measured import STANDING, by, nation, provinces, value_added

YEAR = "2020"


def rows() -> list[Row]:
    """Give one row a place and activity, municipalities first."""
    home = {row["code"]: row["region"] for row in value_added()}
    small, large = by("code", YEAR), by("region", YEAR)
    places = [("municipality", code, home[code], small[code]) for code in sorted(small)]
    places += [("province", region, region, large[region]) for region in provinces()]
    whole = nation(small)
    everything = sum(whole.values())
    return [
        {
            "unit": unit,
            "place": place,
            "activity": activity,
            "region": region,
            "lq": f"{value / sum(own.values()) / (whole[activity] / everything):.9f}",
            **STANDING,
        }
        for unit, place, region, own in places
        for activity, value in own.items()
    ]
