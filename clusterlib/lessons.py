"""Which lessons and further pages exist, as their notebooks say of themselves.

A page that is no lesson (the full-screen policy lab) is a pair of notebooks whose `metadata.kit`
has "page", the name of its layout, and "of", the lesson that it belongs to. It is served and kept
like a lesson, and stands on no path, has no minutes, objectives or exercises.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from clusterlib.errors import UnknownName

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NAME = re.compile(r"(?P<id>(?P<number>\d)_[a-z_]+)\.(?P<lang>ko|en)")


def served(folder: Path = FOLDER) -> dict[tuple[str, str], Path]:
    """Every notebook of the kit by (id, language): the lessons in order, and pages beside them."""
    named = ((path, NAME.fullmatch(path.stem)) for path in sorted(folder.glob("*.ipynb")))
    return {(name["id"], name["lang"]): path for path, name in named if name}


def found(folder: Path = FOLDER) -> dict[tuple[str, str], Path]:
    """Every lesson notebook by (lesson id, language), in teaching order."""
    pages = served(folder)
    return {name: path for name, path in pages.items() if "page" not in header(*name, folder)}


@cache
def header(lesson: str, lang: str, folder: Path = FOLDER) -> dict[str, Any]:
    """What a lesson says of itself: title, minutes, objectives, tables, routes.

    Raises UnknownName when there is no such lesson in that language.
    """
    known = served(folder)
    if (lesson, lang) not in known:
        raise UnknownName("unknown_lesson", lesson, {name for name, _ in known})
    notebook = json.loads(known[lesson, lang].read_text(encoding="utf-8"))
    return notebook["metadata"].get("kit", {})


def minutes(said: dict[str, Any]) -> int | None:
    """The minutes of a lesson, whether it states one number, parts, or parts with their total."""
    given = said.get("minutes")
    if isinstance(given, dict):
        return given.get("total") or sum(given.values())
    return given
