"""cluster_matrix: how the kit reads table 1, dimension by dimension; brief or ours."""

from common import Row, by_brief, own, raw


def rows() -> list[Row]:
    """Give one row a cluster and dimension, the chosen option spelled out."""
    return [tidy(row) for row in raw("coding_cluster_matrix")]


def tidy(row: Row) -> Row:
    """Put the names of the option behind its key."""
    option = options()[row["dimension"], row["option"]]
    head = {key: row[key] for key in ("cluster", "dimension", "dimension_ko", "dimension_en")}
    tail = {key: row[key] for key in ("standing", "reason_ko", "reason_en")}
    return {**head, **option, **tail, **(by_brief() if row["standing"] == "brief" else own())}


def options() -> dict[tuple[str, str], Row]:
    """Give the names of each option by dimension and key."""
    keys = ("option", "option_ko", "option_en")
    table = raw("coding_matrix_options")
    return {(row["dimension"], row["option"]): {k: row[k] for k in keys} for row in table}
