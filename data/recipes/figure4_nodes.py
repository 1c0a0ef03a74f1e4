"""figure4_nodes: the labels printed in the brief's figure 4, named, grouped and set on a grid."""

from common import Row, lookup, own, raw


def rows() -> list[Row]:
    """Give one row a label, in the order of the blocks."""
    places = lookup("coding_figure4_places", "node")
    kinds, blocks = (lookup(f"coding_figure4_{name}s", name) for name in ("kind", "block"))
    return [
        {
            **row,
            **{f"kind_{lang}": kinds[row["kind"]][f"kind_{lang}"] for lang in ("ko", "en")},
            **{f"block_{lang}": blocks[row["block"]][f"block_{lang}"] for lang in ("ko", "en")},
            # Headings head the picture; no arrow touches them and no cell holds them.
            **{name: places.get(row["node"], {}).get(name, "") for name in ("col", "row")},
            **own(),
        }
        for row in sorted(raw("coding_figure4_nodes"), key=lambda r: list(blocks).index(r["block"]))
    ]
