"""policy_plans: ready-made plans: the brief's strategies, and single levers that tests compare."""

from common import Row, own, raw

PATH = "policy/plans.csv"


def rows() -> list[Row]:
    """Give the rows as coded."""
    return [{**row, **own()} for row in raw("coding_policy_plans")]
