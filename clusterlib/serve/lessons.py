"""Which lessons there are: found by name among the notebooks, in the order they are taught."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clusterlib.i18n import LANGUAGES, catalogue

REPOSITORY = Path(__file__).resolve().parents[2]
NOTEBOOKS = REPOSITORY / "notebooks"
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

    @property
    def twin(self) -> str | None:
        """Path of the same lesson in the other language, if it is there."""
        other = next(lang for lang in LANGUAGES if lang != self.lang)
        there = self.source.with_name(f"{self.lesson}.{other}.ipynb").is_file()
        return f"{other}/{self.lesson}" if there else None


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


def path_for(pages: list[Page], lang: str) -> list[dict[str, Any]]:
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
