"""Which lessons exist, as their notebooks say of themselves."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from clusterlib.errors import UnknownName

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NAME = re.compile(r"(?P<id>(?P<number>\d)_[a-z_]+)\.(?P<lang>ko|en)")


def found(folder: Path = FOLDER) -> dict[tuple[str, str], Path]:
    """Every lesson notebook by (lesson id, language), in teaching order."""
    named = ((path, NAME.fullmatch(path.stem)) for path in sorted(folder.glob("*.ipynb")))
    return {(name["id"], name["lang"]): path for path, name in named if name}


@cache
def header(lesson: str, lang: str, folder: Path = FOLDER) -> dict[str, Any]:
    """What a lesson says of itself: title, minutes, objectives, tables, routes.

    Raises UnknownName when there is no such lesson in that language.
    """
    known = found(folder)
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
