"""formation_events: the two timelines of the brief's section 02, coded by actor, kind and site."""

from common import Row, lookup, raw, region_key, standing


def rows() -> list[Row]:
    """Give one row an entry, in the order of time; entries of one year as the brief has them."""
    return sorted((tidy(row) for row in raw("formation_timeline")), key=lambda row: row["year"])


def tidy(row: Row) -> Row:
    """Put the kit's own names and codes beside the printed year."""
    coded = lookup("coding_formation_events", "event")[row["event"]]
    site = lookup("coding_formation_sites", "site").get(coded["site"], {})
    return {
        "event": row["event"],
        "region": region_key(row["region"]),
        "year": row["year"],
        "name_ko": coded["name_ko"],
        "name_en": coded["name_en"],
        **lookup("coding_formation_actors", "actor")[coded["actor"]],
        "actor_basis": coded["actor_basis"],
        **lookup("coding_formation_kinds", "kind")[coded["kind"]],
        "printed": coded["printed"],
        **{name: site.get(name, "") for name in ("site", "site_ko", "site_en")},
        "place": coded["place"],
        "note": coded["note"],
        **standing(row),
    }
