"""policy_regions: the regions of the policy model, in order, with their key in plans and links."""

from common import Row, named, own, raw

PATH = "policy/regions.csv"


def rows() -> list[Row]:
    """Give one row a region."""
    coded = raw("coding_policy_regions")
    return [{**named(row["region"]), "key": row["key"], **own()} for row in coded]
