"""interviews: the nine interviews that the brief quotes, in other words than its own."""

from common import Row, by_brief, grouped, lookup, raw


def rows() -> list[Row]:
    """Give one row an interview, in the order in which the brief prints them."""
    return [tidy(row) for row in raw("coding_interviews")]


def tidy(row: Row) -> Row:
    """Name region, theme and kind of role; which kind a role is, is the kit's coding."""
    place = grouped(row["region"])
    del place["is_capital"]
    kind = lookup("coding_interview_roles", "role_kind")[row["role_kind"]]
    theme = lookup("coding_interview_themes", "theme")[row["theme"]]
    plain = ("interview", "date", "role_ko", "role_en")
    return {
        **{key: row[key] for key in plain},
        **kind,
        **place,
        **theme,
        **{key: row[key] for key in ("sign", "gist_ko", "gist_en", "section")},
        **by_brief(),
    }
