"""establishment_readings: the sectors that four values can have when one place of four is lost."""

import establishments
from common import Row, raw


def rows() -> list[Row]:
    """Give one row a reading and sector: the lost value put into each place, order kept."""
    counts = {row["sector"]: row for row in establishments.rows() if row["labelled"] == "unknown"}
    lost = counts.pop("lost")
    sectors = raw("coding_biohealth_sectors")
    return [
        row
        for place, missing in enumerate(sectors)
        for row in reading(missing, [*counts.values()], lost, place, sectors)
    ]


def reading(missing: Row, kept: list[Row], lost: Row, place: int, sectors: list[Row]) -> list[Row]:
    """Give the four values of one reading."""
    values = [*kept[:place], lost, *kept[place:]]
    return [
        {
            "reading": missing["sector"],
            "reading_ko": missing["sector_ko"],
            "reading_en": missing["sector_en"],
            **{key: value[key] for key in ("region", "name_ko", "name_en")},
            **{key: sector[key] for key in ("sector", "sector_ko", "sector_en")},
            "establishments": value["establishments"],
            "is_lost": str(value is lost).lower(),
            "source": value["source"],
            "confidence": "derived",
        }
        for sector, value in zip(sectors, values, strict=True)
    ]
