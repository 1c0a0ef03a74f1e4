"""regions: the 17 provinces and three aggregates, with names, codes and map tiles."""

from common import Row, lookup, raw

# The names and codes were compared with the boundaries built from this source.
STANDING = {"source": "sgis_2020", "confidence": "derived"}
MACRO = {"macro_region": "", "macro_ko": "", "macro_en": ""}


def rows() -> list[Row]:
    """Give one row a region, its macro-region spelled out."""
    return [tidy(row) for row in raw("regions")]


def tidy(row: Row) -> Row:
    """Put the macro-region's names behind its key."""
    macro = lookup("coding_macro_regions", "macro_region").get(row["macro_region"], MACRO)
    head = {key: row[key] for key in list(row)[: list(row).index("macro_region")]}
    tail = {key: row[key] for key in ("founded", "mother", "tile_col", "tile_row")}
    return {**head, **macro, **tail, **STANDING}
