"""beliefs: four beliefs about the cluster and what the brief holds against each (table 2)."""

from common import Row, by_brief, raw


def rows() -> list[Row]:
    """Give one row a belief, in the order of table 2."""
    return [{**row, **by_brief()} for row in raw("coding_beliefs")]
