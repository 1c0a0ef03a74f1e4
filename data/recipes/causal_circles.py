"""causal_circles: the three stories of decline that the brief tells, as loop or chain."""

from common import Row, own, raw


def rows() -> list[Row]:
    """Give one row a story."""
    return [{**row, **own()} for row in raw("coding_causal_circles")]
