"""places_abroad: institutions on the maps of lesson 5, approximate but for one.

Those of Chungcheong stand in raw/places.csv; here they have a key and a kind only.
"""

from common import Row, lookup, raw

KNOWN = ("name_ko", "name_en", "precision_m", "source", "confidence")


def rows() -> list[Row]:
    """Give one row a place, its kind spelled out."""
    return [tidy(row) for row in raw("places_abroad")]


def tidy(row: Row) -> Row:
    """Put the names of the kind behind its key, and say whether the place is approximate."""
    kind = lookup("coding_place_kinds", "kind")[row["kind"]]
    known = row if row["lat"] else at_home(row["place"])
    head = {key: known[key] for key in ("name_ko", "name_en", "lat", "lon")}
    approximate = str(known["confidence"] == "from-memory").lower()
    tail = {key: known[key] for key in ("precision_m", "source", "confidence")}
    place = {key: row[key] for key in ("place", "cluster")}
    return {**place, **head, **kind, "approximate": approximate, **tail}


def at_home(place: str) -> Row:
    """Give a place of Chungcheong as the table of Korean places has it."""
    row = lookup("places", "place")[place]
    return {key: row[key] for key in KNOWN} | {"lat": row["lat_wgs84"], "lon": row["lon_wgs84"]}
