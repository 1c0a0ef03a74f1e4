"""first_anchors: from which year a cluster may be counted, and by whose reading."""

from common import Row, raw

USUAL = {"yes": "true", "no": "false"}


def rows() -> list[Row]:
    """Give one row an anchor; one of each cluster is the usual one."""
    return [row | {"usual": USUAL[row["usual"]]} for row in raw("abroad_anchors")]
