"""Exercises whose answer is a table of choices: what is asked, and how this kit reads it."""

from __future__ import annotations

from typing import Any

from clusterlib import datasets
from clusterlib.i18n import Words


def matrix(entry: dict[str, Any], words: Words) -> dict[str, Any]:
    """What a matrix item asks for: columns, and lines with the options of their cells."""
    lang, table = words.lang, datasets.table(entry["answer"]["table"])
    named = datasets.abroad_clusters().set_index("cluster")[f"short_{lang}"]
    options = datasets.matrix_options()
    lines = table.drop_duplicates("dimension")
    return {
        "columns": [[cluster, named[cluster]] for cluster in dict.fromkeys(table["cluster"])],
        "lines": [
            {
                "id": line["dimension"],
                "name": line[f"dimension_{lang}"],
                "options": options.loc[
                    options["dimension"] == line["dimension"], ["option", f"option_{lang}"]
                ].values.tolist(),
            }
            for line in lines.to_dict("records")
        ],
    }


def right(entry: dict[str, Any]) -> dict[str, str]:
    """The reading of a matrix item by cell, "seed/bhcr": "state"."""
    table = datasets.table(entry["answer"]["table"])
    return dict(zip(table["dimension"] + "/" + table["cluster"], table["option"], strict=True))


def reasons(entry: dict[str, Any], words: Words) -> dict[str, str]:
    """The reading of each cell in words, with its reason and whether the brief says so."""
    table = datasets.table(entry["answer"]["table"])
    return {
        f"{row['dimension']}/{row['cluster']}": words(
            "common.card.cell",
            reading=row[f"option_{words.lang}"],
            standing=words(f"common.card.cell.{row['standing']}"),
            reason=row[f"reason_{words.lang}"],
        )
        for row in table.to_dict("records")
    }
