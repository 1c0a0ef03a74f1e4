"""departures: what left the three clusters and Daejeon; what is known, what is not."""

from common import Row, raw


def rows() -> list[Row]:
    """Give one row a departure."""
    return raw("coding_abroad_departures")
