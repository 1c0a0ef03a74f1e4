"""reading_words: the words by which the kit recognises what a column or a cell of a file means."""

from common import Row, own, raw


def rows() -> list[Row]:
    """Give one row a role and a spelling."""
    return [{**row, **own()} for row in raw("coding_reading_words")]
