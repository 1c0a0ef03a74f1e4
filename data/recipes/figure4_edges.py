"""figure4_edges: candidate arrows between the labels of figure 4, each with grade and reason."""

from common import Row, by_brief, own, raw


def rows() -> list[Row]:
    """Give one row an arrow; only what the brief's text states stands on the brief."""
    return [
        {**row, **(by_brief() if row["grade"] == "text" else own())}
        for row in raw("coding_figure4_edges")
    ]
