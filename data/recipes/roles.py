"""roles: who sits at the table of the policy workshop, with what means and which worry."""

from common import Row, own, raw


def rows() -> list[Row]:
    """Give one row a role."""
    return [{**row, **own()} for row in raw("coding_roles")]
