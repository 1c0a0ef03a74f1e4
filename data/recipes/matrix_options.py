"""matrix_options: what may stand in a cell of the comparison matrix."""

from common import Row, own, raw


def rows() -> list[Row]:
    """Give the rows as they were worded."""
    return [row | own() for row in raw("coding_matrix_options")]
