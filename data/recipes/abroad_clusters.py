"""abroad_clusters: the three clusters of the brief's table 1, and the Korean ones beside them."""

from common import Row, own, raw

NAMES = ("name_ko", "name_en", "short_ko", "short_en")
KEYS = ("cluster", *NAMES, "kind", "lon", "lat", "teaches", "shade")


def rows() -> list[Row]:
    """Give one row a cluster: names, the middle of its map, whom the brief says it teaches."""
    return [{key: row[key] for key in KEYS} | own() for row in raw("coding_clusters")]
