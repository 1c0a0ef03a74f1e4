"""industry_classes: the sixteen classes of the brief, with candidate codes where one was seen."""

from collections import Counter

from common import Row, own, raw, standing

NAMES = {"pharma": "pharma", "devices": "devices", "cosmetics": "cosmetics", "support": "services"}


def rows() -> list[Row]:
    """Give one row a candidate code; a sector without any has one blank row a class."""
    candidates = raw("ksic_candidates")
    tidy = []
    for sector in raw("coding_biohealth_sectors"):
        found = [row for row in candidates if NAMES[row["sector"]] == sector["sector"]]
        blanks = [{}] * (0 if found else int(sector["classes"]))
        tidy += [one(row, sector) for row in [*found, *blanks]]
    counted = Counter()
    for row in tidy:
        counted[row["sector"]] += 1
        row["candidate"] = str(counted[row["sector"]])
    return tidy


def one(row: Row, sector: Row) -> Row:
    """Put a candidate under its sector; without one, code and names stay blank."""
    return {
        **{key: sector[key] for key in ("sector", "sector_ko", "sector_en")},
        "candidate": "",
        "classes_printed": sector["classes"],
        "code": row.get("ksic10_code", ""),
        "class_ko": row.get("name_ko", ""),
        "class_en": row.get("name_en", ""),
        "status": row.get("status", "unknown"),
        **(standing(row) if row else own()),
    }
