"""strengths_weaknesses: what the brief counts for and against the two clusters."""

from common import Row, by_brief, grouped, lookup, raw


def rows() -> list[Row]:
    """Give one row a point; the other side of a strength says whose thought it is."""
    return [tidy(row) for row in raw("coding_strengths")]


def tidy(row: Row) -> Row:
    """Name the region and the origin of the other side."""
    place = grouped(row["region"])
    del place["is_capital"]
    blank = {"other_kind": "", "other_kind_ko": "", "other_kind_en": ""}
    origin = lookup("coding_other_sides", "other_kind").get(row["other_kind"], blank)
    return {
        **{key: row[key] for key in ("point", "order", "kind")},
        **place,
        **{key: row[key] for key in ("text_ko", "text_en", "section", "interviews")},
        **origin,
        **{key: row[key] for key in ("other_ko", "other_en")},
        **by_brief(),
    }
