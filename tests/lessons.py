"""What the inspectors of notebooks share: the lessons, their cells, their words."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SERVED = sorted((ROOT / "notebooks").glob("*.ipynb"))
ITEMS = sorted((ROOT / "exercises").glob("*.json"))


@cache
def notebook(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


# A page that is no lesson says so: its metadata name the layout ("page") and its lesson ("of").
NOTEBOOKS = [path for path in SERVED if "page" not in notebook(path)["metadata"]["kit"]]
LESSONS = sorted({path.name.split(".")[0] for path in NOTEBOOKS})
PAGES = sorted({path.name.split(".")[0] for path in SERVED} - set(LESSONS))


def twin(lesson: str, lang: str) -> dict[str, Any]:
    return notebook(ROOT / "notebooks" / f"{lesson}.{lang}.ipynb")


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def cells(book: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [cell for cell in book["cells"] if cell["cell_type"] == kind]


def language(path: Path) -> str:
    return path.name.split(".")[1]
