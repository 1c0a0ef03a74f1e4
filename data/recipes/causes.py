"""causes: what the brief blames, and which tables of the kit speak to it."""

from common import Row, by_brief, lookup, raw


def rows() -> list[Row]:
    """Give one row a cause, its kind spelled out."""
    return [tidy(row) for row in raw("coding_causes")]


def tidy(row: Row) -> Row:
    """Put the names of the kind behind its key."""
    kind = lookup("coding_cause_kinds", "kind")[row["kind"]]
    head = {key: row[key] for key in ("order", "cause")}
    tail = {key: value for key, value in row.items() if key not in {*head, "kind"}}
    return {**head, **kind, **tail, **by_brief()}
