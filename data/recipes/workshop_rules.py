"""workshop_rules: how long the workshop takes, for how many, with what budget."""

from common import Row, own, raw


def rows() -> list[Row]:
    """Give one row a rule."""
    return [{**row, **own()} for row in raw("coding_workshop_rules")]
