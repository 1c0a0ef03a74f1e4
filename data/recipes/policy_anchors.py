"""policy_anchors: the counted figures that the policy model starts from and is fitted to."""

from common import Row, named, raw

PATH = "policy/anchors.csv"


def rows() -> list[Row]:
    """Give one row a figure, regions by their names."""
    return [
        {**named(row["region"]), **row, "confidence": "seen-official"}
        for row in raw("policy_anchors")
    ]
