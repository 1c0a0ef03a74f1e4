"""code_crosswalk: the municipality of each shape of the map, and the codes of two offices."""

from common import Row, lookup, raw
from geography import region_of
from municipal import YEONGI, city_of, place

# Codes and names were compared with the boundaries built from the first of these sources.
BOUNDARIES = {"source": "sgis_2020", "confidence": "derived"}
WARDS = {"source": "admdongkor_2022", "confidence": "seen-secondary"}
NOWHERE = {"municipality": "", "municipality_ko": "", "municipality_en": ""}


def rows() -> list[Row]:
    """Give one row a province, then one a municipality or district of a city."""
    provinces = [row for row in raw("regions") if row["kind"] == "province"]
    shapes = set(lookup("coding_municipalities", "code"))
    codes = shapes | {city_of(code) for code in shapes} | {YEONGI}
    return [*map(province, provinces), *(local(code) for code in sorted(codes))]


def province(row: Row) -> Row:
    """Give a province its two codes."""
    return {
        "level": "province",
        "code": row["code_kostat"],
        "place_ko": row["name_ko"],
        "place_en": row["name_en"],
        "region": row["region"],
        **NOWHERE,
        "code_mois": row["code_mois"],
        "mois_as_of": "2025",
        "on_map": "true",
        **BOUNDARIES,
    }


def ministry(code: str) -> str:
    """Give the code of the other office; a city's is that of its districts with a 0 at the end.

    Raises:
        ValueError: the districts of a city do not share one.
    """
    known = lookup("municipal_codes", "code")
    if code in known:
        return known[code]["code_mois"]
    of_city = {known[c]["code_mois"][:4] for c in known if city_of(c) == code}
    if len(of_city) > 1:
        raise ValueError(f"the districts of {code} do not share a code: {of_city}")
    return "".join(f"{first}0" for first in of_city)


def local(code: str) -> Row:
    """Give a code its municipality: itself, or the city whose district it is."""
    shape = lookup("coding_municipalities", "code").get(code)
    whole = place(city_of(code))
    return {
        "level": "municipality" if whole["code"] == code else "district",
        "code": code,
        "place_ko": shape["name_ko"] if shape else whole["municipality_ko"],
        "place_en": shape["name_en"] if shape else whole["municipality_en"],
        "region": region_of(code),
        "municipality": whole["code"],
        "municipality_ko": whole["municipality_ko"],
        "municipality_en": whole["municipality_en"],
        "code_mois": ministry(code),
        "mois_as_of": "2022" if ministry(code) else "",
        "on_map": "true" if shape else "false",
        **(WARDS if ministry(code) else BOUNDARIES),
    }
