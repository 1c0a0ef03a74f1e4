"""policy_events: dated rules, relaxations, moves, openings and closures."""

from common import Row, lookup, raw, standing


def rows() -> list[Row]:
    """Give one row an event, in the order of time."""
    return sorted((tidy(row) for row in raw("policy_events")), key=when)


def when(row: Row) -> tuple[int, int, str]:
    """Sort by year and month; events without a month lead their year."""
    return int(row["year"]), int(row["month"] or 0), row["event"]


def tidy(row: Row) -> Row:
    """Add the kit's own short names and split the printed period."""
    place = lookup("coding_places", "spelling")[row["place"]]
    return {
        "event": row["event"],
        "year": row["year"],
        **period(row["month_or_period"]),
        **lookup("coding_policy_kinds", "kind")[row["kind"]],
        **{
            key: lookup("coding_policy_events", "event")[row["event"]][key]
            for key in ("name_ko", "name_en")
        },
        **{key: place[key] for key in ("place", "place_ko", "place_en", "region")},
        **standing(row),
    }


def period(text: str) -> Row:
    """Read "5" as a month and "2013-2015" as a span of years."""
    if "-" in text:
        return {"month": "", "year_to": text.split("-")[1]}
    return {"month": text, "year_to": ""}
