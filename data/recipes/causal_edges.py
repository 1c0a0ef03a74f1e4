"""causal_edges: the arrows of each story, what the brief says apart from what we infer."""

from common import Row, by_brief, own, raw


def rows() -> list[Row]:
    """Give one row an arrow, in the order of the story."""
    return [
        {**row, **(by_brief() if row["support"] == "brief" else own())}
        for row in raw("coding_causal_edges")
    ]
