"""abroad_milestones: what happened in the three clusters, year by year, each with its page."""

from common import Row, lookup, raw


def rows() -> list[Row]:
    """Give one row a milestone, its actor spelled out."""
    return [tidy(row) for row in raw("abroad_milestones")]


def tidy(row: Row) -> Row:
    """Put the names of the actor behind its key."""
    actor = lookup("coding_abroad_actors", "actor")[row["actor"]]
    head = {key: row[key] for key in ("cluster", "milestone", "year")}
    rest = {key: value for key, value in row.items() if key not in {*head, "actor"}}
    return {**head, **actor, **rest}
