"""worked_plants: the ten plants on which a textbook works out the index of Ellison and Glaeser."""

from common import Row, raw


def rows() -> list[Row]:
    """Give one row a plant; all employment of its place stands beside it."""
    return [
        {**row, "source": "farhauer_kroell_2014", "confidence": "seen-secondary"}
        for row in raw("worked_plants")
    ]
