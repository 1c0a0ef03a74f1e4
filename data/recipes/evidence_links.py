"""evidence_links: which statistic speaks to which interview or belief, and how."""

from common import Row, lookup, own, raw


def rows() -> list[Row]:
    """Give one row a link; its numbers are fact expressions, so they follow the tables."""
    return [tidy(row) for row in raw("coding_evidence_links")]


def tidy(row: Row) -> Row:
    """Name the relation and the kind of evidence."""
    return {
        **{key: row[key] for key in ("link", "order", "interview", "belief")},
        **lookup("coding_relations", "relation")[row["relation"]],
        **lookup("coding_link_kinds", "kind")[row["kind"]],
        **{key: row[key] for key in ("text_ko", "text_en", "facts", "statistic_sources")},
        **{key: row[key] for key in ("why_ko", "why_en")},
        **own(),
    }
