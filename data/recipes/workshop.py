"""workshop: the script of the policy workshop and the questions of its debriefing."""

from common import Row, own, raw


def rows() -> list[Row]:
    """Give one row a step of the script or a question of the debriefing."""
    return [{**row, **own()} for row in raw("coding_workshop")]
