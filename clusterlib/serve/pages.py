"""The served folder: learner pages made from the notebooks, and nothing else."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clusterlib.i18n import LANGUAGES, catalogue
from clusterlib.serve import prose

REPOSITORY = Path(__file__).resolve().parents[2]
NOTEBOOKS = REPOSITORY / "notebooks"
HIDDEN_TAGS = frozenset({"instructor", "lab-only"})
PICTURES = ("*.png", "*.jpg", "*.webp")
_NAME = re.compile(r"(?P<lesson>[0-9a-z][0-9a-z_]*)\.(?P<lang>ko|en)\.ipynb")


@dataclass(frozen=True)
class Page:
    """One lesson in one language: where it comes from and what it is called."""

    lesson: str
    lang: str
    title: str
    minutes: int | None
    source: Path

    @property
    def file(self) -> str:
        """Name of the notebook in the served folder."""
        return f"{self.lesson}.{self.lang}.ipynb"

    @property
    def path(self) -> str:
        """Address below the server's base, without a leading slash."""
        return f"{self.lang}/{self.lesson}"


def find(folder: Path = NOTEBOOKS) -> list[Page]:
    """List the lesson pages of a folder by name: `<lesson>.<ko|en>.ipynb`, in teaching order."""
    found = ((path, _NAME.fullmatch(path.name)) for path in sorted(folder.glob("*.ipynb")))
    return [_page(path, match["lesson"], match["lang"]) for path, match in found if match]


def _page(path: Path, lesson: str, lang: str) -> Page:
    kit = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("kit", {})
    title = kit.get("title", {}).get(lang, lesson)
    return Page(lesson, lang, title, _minutes(kit.get("minutes")), path)


def _minutes(given: Any) -> int | None:
    """Total minutes, whether the lesson states one number or one for each part."""
    return sum(given.values()) if isinstance(given, dict) else given


def build(folder: Path, notebooks: Path = NOTEBOOKS, base_url: str = "/") -> list[Page]:
    """Write the learner pages and their pictures into `folder`.

    Instructor cells, cells for JupyterLab, attachments, outputs and every other file stay behind.
    Prose becomes HTML here, once, so that a page can be read before its kernel has started.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = find(notebooks)
    for page in pages:
        text = json.dumps(_learner_notebook(page, base_url), ensure_ascii=False)
        (folder / page.file).write_text(text, encoding="utf-8")
    for pattern in PICTURES:
        for picture in (notebooks / "assets").glob(pattern):
            (folder / "assets").mkdir(exist_ok=True)
            shutil.copy(picture, folder / "assets" / picture.name)
    return pages


def _learner_notebook(page: Page, base_url: str) -> dict[str, Any]:
    notebook = json.loads(page.source.read_text(encoding="utf-8"))
    writer = prose.Writer(base_url)
    cells = [_learner_cell(cell, writer) for cell in notebook["cells"] if _for_learners(cell)]
    kit = notebook["metadata"].get("kit", {})
    kit = {**kit, "id": page.lesson, "lang": page.lang, "title": page.title}
    kit |= {"contents": writer.contents, "twin": _twin(page)}
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": spec, "language_info": {"name": "python"}, "kit": kit}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}


def _for_learners(cell: dict[str, Any]) -> bool:
    return cell["cell_type"] != "raw" and not HIDDEN_TAGS & set(cell["metadata"].get("tags", []))


def _learner_cell(cell: dict[str, Any], writer: prose.Writer) -> dict[str, Any]:
    kit = cell["metadata"].get("kit", {})
    kept = {"cell_type": cell["cell_type"], "id": cell.get("id", ""), "metadata": {"kit": kit}}
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        kit["html"] = writer.html(source)
        return kept | {"source": ""}
    return kept | {"source": source, "outputs": [], "execution_count": None}


def _twin(page: Page) -> str | None:
    """Path of the same lesson in the other language, if it is there."""
    other = next(lang for lang in LANGUAGES if lang != page.lang)
    twin = page.source.with_name(f"{page.lesson}.{other}.ipynb")
    return f"{other}/{page.lesson}" if twin.is_file() else None


def lesson_path(pages: list[Page], lang: str) -> list[dict[str, Any]]:
    """The way through the lessons: each with number, short name, and address if it exists yet."""
    names = {
        key.removeprefix("path."): both[lang]
        for key, both in catalogue("page").items()
        if key.startswith("path.")
    }
    here = {page.lesson: page for page in pages if page.lang == lang}
    for lesson, page in here.items():
        names.setdefault(lesson, page.title)
    return [
        {
            "lesson": lesson,
            "number": lesson.split("_")[0],
            "name": name,
            "path": here[lesson].path if lesson in here else None,
        }
        for lesson, name in names.items()
    ]
