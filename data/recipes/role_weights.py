"""role_weights: how much each role of the workshop cares for each outcome of the model."""

from common import Row, lookup, own, raw


def rows() -> list[Row]:
    """Give one row a role and outcome; the weights of a role add to 1."""
    return [tidy(row) for row in raw("coding_role_weights")]


def tidy(row: Row) -> Row:
    """Put the names of the outcome behind its key."""
    outcome = lookup("coding_outcomes", "outcome")[row["outcome"]]
    return {"role": row["role"], **outcome, "weight": row["weight"], **own()}
