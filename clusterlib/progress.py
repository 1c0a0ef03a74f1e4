"""A learner's work, saved as it is done, never lost: one sqlite file, work by learner id."""

from __future__ import annotations

import json
import os
import re
import secrets
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from clusterlib.errors import BadInput

LIMIT = 256 * 1024  # bytes a state
KEPT = 20  # states a piece of work
LEARNER = re.compile(r"[0-9a-f]{32}")
FORMAT = "clusterlib-work-1"

TABLE = """
create table if not exists work (
    learner text not null, piece text not null, state text not null,
    saved integer primary key autoincrement
);
create index if not exists of_learner on work (learner, piece);
"""


def home() -> Path:
    """The folder of this user's work: KIT_HOME, or where the system keeps application data."""
    if chosen := os.environ.get("KIT_HOME"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "clusterlib"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "clusterlib"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "clusterlib"


def new_learner() -> str:
    """A learner id that nobody can guess."""
    return secrets.token_hex(16)


def own_learner(folder: Path | None = None) -> str:
    """The id of whoever sits at this computer, for JupyterLab; made at the first call."""
    path = (folder or home()) / "learner"
    if path.is_file() and LEARNER.fullmatch(known := path.read_text(encoding="ascii").strip()):
        return known
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(fresh := new_learner(), encoding="ascii")
    path.chmod(0o600)
    return fresh


class Store:
    """The work of all learners on this computer; each sees only what carries its own id.

    Parameters
    ----------
    path : Path
        The sqlite file; made when it is not there.

    Raises
    ------
    BadInput
        For an id that is not one, a state over 256 kB, or a file that is no exported work.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or home() / "work.sqlite"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as db:
            db.execute("pragma journal_mode=wal")
            db.executescript(TABLE)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.path, timeout=10)
        try:
            with db:
                yield db
        finally:
            db.close()

    def save(self, learner: str, piece: str, state: dict[str, Any]) -> None:
        """Keep a state of a piece of work ("item/1.2"); the last 20 states stay."""
        text = json.dumps(state, ensure_ascii=False)
        if (size := len(text.encode())) > LIMIT:
            raise BadInput("work_too_large", size=size, limit=LIMIT)
        with self._open() as db:
            row = (_proved(learner), piece)
            db.execute("insert into work (learner, piece, state) values (?, ?, ?)", (*row, text))
            db.execute(
                "delete from work where learner = ? and piece = ? and saved not in (select saved"
                " from work where learner = ? and piece = ? order by saved desc limit ?)",
                (*row, *row, KEPT),
            )

    def load(self, learner: str) -> dict[str, dict[str, Any]]:
        """The latest state of every piece of work of one learner."""
        asked = "select piece, state from work where learner = ? order by saved"
        with self._open() as db:
            return {p: json.loads(s) for p, s in db.execute(asked, (_proved(learner),))}

    def export(self, learner: str) -> str:
        """All work of one learner as a text that `take_in` reads again."""
        package = {"format": FORMAT, "work": self.load(learner)}
        return json.dumps(package, ensure_ascii=False, indent=1)

    def take_in(self, learner: str, text: str) -> int:
        """Add exported work to a learner's own, all of it or nothing; returns how many pieces."""
        work = _unpacked(text)
        for piece, state in work.items():
            self.save(learner, piece, state)
        return len(work)

    def forget(self, learner: str) -> None:
        """Delete all work of one learner."""
        with self._open() as db:
            db.execute("delete from work where learner = ?", (_proved(learner),))


def _proved(learner: str) -> str:
    if not LEARNER.fullmatch(str(learner)):
        raise BadInput("bad_learner")
    return learner


def _unpacked(text: str) -> dict[str, dict[str, Any]]:
    """Exported work, proved whole before any of it is used."""
    if len(text) > 100 * LIMIT:
        raise BadInput("work_file_bad")
    try:
        package = json.loads(text)
        work = package["work"] if package["format"] == FORMAT else None
    except (json.JSONDecodeError, KeyError, TypeError, RecursionError):
        raise BadInput("work_file_bad") from None
    sound = isinstance(work, dict) and all(isinstance(s, dict) for s in work.values())
    if not sound or any(len(json.dumps(s)) > LIMIT for s in work.values()):
        raise BadInput("work_file_bad")
    return work
