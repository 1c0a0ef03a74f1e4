"""case_criteria: what a learner may weigh when ranking the three cases."""

from common import Row, own, raw


def rows() -> list[Row]:
    """Give the rows as they were worded."""
    return [row | own() for row in raw("coding_case_criteria")]
