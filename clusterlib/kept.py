"""Finished specifications, kept between starts.

Building the charts of a lesson with Altair takes a kernel two seconds and 30 MB, and gives the same
specification every time. It is built once, kept in the user's folder, and built again whenever the
library, Altair or what the figure shows has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from clusterlib import progress

PACKAGE = Path(__file__).resolve().parent
MOST = 300  # specifications kept; the oldest go first


def recall(shown: Any, make: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The specifications for what a figure shows, from the folder or made now and kept there.

    Parameters
    ----------
    shown : any JSON value
        All that the specifications depend on besides the library itself.
    make : callable
        Builds them. A folder that cannot be written to costs time, nothing else.
    """
    path = progress.home() / "specs" / f"{_mark(shown)}.json"
    with suppress(OSError, ValueError):
        return json.loads(path.read_text(encoding="utf-8"))
    made = make()
    with suppress(OSError):
        _keep(path, json.dumps(made))
    return made


def complete(now: bool = False) -> bool:
    """Whether this very library's figures have all been kept; `now` says that they have."""
    path = progress.home() / "specs" / "complete"
    with suppress(OSError):
        if now:
            _keep(path, library())
        return path.read_text(encoding="utf-8") == library()
    return False


def _mark(shown: Any) -> str:
    text = json.dumps([library(), shown], ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def library() -> str:
    """A mark of all code that shapes a specification: this package, its colours, Altair."""
    digest = hashlib.sha256(version("altair").encode())
    for path in sorted([*PACKAGE.rglob("*.py"), PACKAGE / "web" / "theme.json"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _keep(path: Path, text: str) -> None:
    """Write whole or not at all: another kernel may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(name, path)
    oldest = sorted(path.parent.iterdir(), key=lambda each: each.stat().st_mtime)
    for each in oldest[:-MOST]:
        each.unlink(missing_ok=True)
