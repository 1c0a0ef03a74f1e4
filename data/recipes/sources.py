"""sources: every page or file that a figure of the kit was taken from."""

from common import Row, lookup, raw


def rows() -> list[Row]:
    """Give one row a source, with the kit's short label in both languages."""
    labels = lookup("coding_sources", "source")
    return [{**row, **labels[row["source"]]} for row in raw("sources")]
