"""formation_notes: what to know about single entries of the two timelines."""

from common import Row, raw


def rows() -> list[Row]:
    """Give one row a note."""
    return raw("coding_formation_notes")
