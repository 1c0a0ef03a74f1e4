"""abroad_profile: the brief's table 1, every cell restated, with the slips of the source noted."""

from common import Row, raw


def rows() -> list[Row]:
    """Give the rows as they were worded."""
    return raw("coding_abroad_profile")
