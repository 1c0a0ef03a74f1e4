"""region_spellings: every way a file may write a province, the nation or the capital region."""

from common import Row, raw

NAMES = ("name_ko", "name_en", "full_ko", "full_en", "iso", "code_kostat", "code_mois")
OWN = {"source": "kit", "confidence": "derived"}
OFFICIAL = {"source": "sgis_2020", "confidence": "derived"}


def rows() -> list[Row]:
    """Give the names and codes of the table of regions, then the kit's list of other spellings."""
    official = [
        {"spelling": row[kind], "kind": kind, "region": row["region"], **OFFICIAL}
        for row in raw("regions")
        for kind in NAMES
        if row[kind]
    ]
    return official + [{**row, **OWN} for row in raw("coding_region_spellings")]
