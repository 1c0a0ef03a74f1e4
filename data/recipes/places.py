"""places: institutions and stations with approximate coordinates, each with its precision."""

from common import Row, lookup, raw, region_key, standing


def rows() -> list[Row]:
    """Give one row a place, as compiled."""
    return [tidy(row) for row in raw("places")]


def tidy(row: Row) -> Row:
    """Name the town in both languages; a place without a coordinate keeps its blanks."""
    town = lookup("coding_towns", "town").get(row["town"], {"town_en": ""})
    return {
        "place": row["place"],
        "place_ko": row["name_ko"],
        "place_en": row["name_en"],
        "region": region_key(row["region"]),
        "town_ko": row["town"],
        "town_en": town["town_en"],
        "kind": row["kind"],
        "lat": row["lat_wgs84"],
        "lon": row["lon_wgs84"],
        "precision_m": row["precision_m"],
        **standing(row),
    }
