"""municipality_spellings: names and codes of municipalities, in both code systems, old and new."""

import json

from common import DATA, Row, raw

OWN = {"source": "kit", "confidence": "derived"}
CENSUS = {"source": "sgis_2020", "confidence": "derived"}


def rows() -> list[Row]:
    """Give names and census codes of the boundaries, cities made of wards, then other spellings."""
    home = homes()
    spelled = [*census(home), *cities(home), *ministry()]
    return [
        {
            "spelling": spelling,
            "kind": kind,
            "code": code,
            "region": home[code],
            "part_of": part_of(code, home),
            **standing,
        }
        for spelling, kind, code, standing in spelled
    ]


def features() -> list[Row]:
    """Give the properties of the boundaries."""
    path = DATA / "geo" / "municipalities.geojson"
    return [f["properties"] for f in json.loads(path.read_text(encoding="utf-8"))["features"]]


def homes() -> Row:
    """Give the province of each municipality and of each city that is drawn by its wards."""
    drawn = {row["code"]: row["region"] for row in features()}
    whole = {code[:4] + "0": region for code, region in drawn.items() if code[-1] != "0"}
    return {**drawn, **whole}


def part_of(code: str, home: Row) -> str:
    """Give the city that a ward belongs to."""
    return code[:4] + "0" if code[-1] != "0" else ""


def census(home: Row) -> list[tuple]:
    """Give names and codes as the boundaries have them."""
    named = [
        (row[kind], kind, row["code"], CENSUS)
        for row in features()
        for kind in ("name_ko", "name_en")
    ]
    coded = [(code, "code_kostat", code, CENSUS) for code in home]
    return named + sorted(coded)


def cities(home: Row) -> list[tuple]:
    """Give what the kit adds: names of cities that are drawn by wards, former names."""
    return [
        (row["spelling"], row["kind"], row["code"], OWN)
        for row in raw("coding_municipality_spellings")
    ]


def ministry() -> list[tuple]:
    """Give the interior ministry's codes, those of today and those before."""
    kinds = {"now": "code_mois", "before": "code_mois_before"}
    return [
        (
            row["code_mois"],
            kinds[row["standing"]],
            row["code"],
            {"source": row["source"], "confidence": "seen-secondary"},
        )
        for row in raw("municipality_codes")
    ]
