"""The served folder: learner pages made from the notebooks, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from clusterlib import lessons
from clusterlib.serve import template
from clusterlib.serve.template import Page

HIDDEN_TAGS = frozenset({"instructor", "lab-only"})
PICTURES = ("*.png", "*.jpg", "*.webp")


def build(folder: Path, notebooks: Path = lessons.FOLDER, base_url: str = "/") -> list[Page]:
    """Write the learner pages and their pictures into `folder`.

    Instructor cells, cells for JupyterLab, attachments, outputs and every other file stay behind.
    What can be read becomes HTML here, once, so that a page is there before its kernel; the
    served notebook holds that HTML and the code that its kernel runs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = [Page(*name, path) for name, path in lessons.served(notebooks).items()]
    writer = template.Writer(pages, base_url)
    for page in pages:
        text = json.dumps(_learner_notebook(page, writer), ensure_ascii=False)
        (folder / page.file).write_text(text, encoding="utf-8")
    for pattern in PICTURES:
        for picture in (notebooks / "assets").glob(pattern):
            (folder / "assets").mkdir(exist_ok=True)
            shutil.copy(picture, folder / "assets" / picture.name)
    return pages


def _learner_notebook(page: Page, writer: template.Writer) -> dict[str, Any]:
    cells = json.loads(page.source.read_text(encoding="utf-8"))["cells"]
    shown = [cell for cell in cells if _for_learners(cell)]
    kit = {"id": page.lesson, "lang": page.lang, "html": writer.page(page, shown)}
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": spec, "language_info": {"name": "python"}, "kit": kit}
    code = [_code(cell) for cell in shown if cell["cell_type"] == "code"]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": code}


def _for_learners(cell: dict[str, Any]) -> bool:
    return cell["cell_type"] != "raw" and not HIDDEN_TAGS & set(cell["metadata"].get("tags", []))


def _code(cell: dict[str, Any]) -> dict[str, Any]:
    kept = {"cell_type": "code", "id": cell.get("id", ""), "metadata": {}, "outputs": []}
    return kept | {"source": "".join(cell["source"]), "execution_count": None}
