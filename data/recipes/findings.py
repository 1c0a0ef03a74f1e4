"""findings: what the brief found (03-3), beside earlier work and a question of the kit's own."""

from common import Row, by_brief, raw


def rows() -> list[Row]:
    """Give one row a finding, in the order of the brief."""
    return [{**row, **by_brief()} for row in raw("coding_findings")]
