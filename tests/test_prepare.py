"""The figures of all pages are kept beforehand, beside the server and out of its way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clusterlib import kept, lessons
from clusterlib.serve import prepare
from tests.classroom import code, write_lesson

FIGURE = "import clusterlib.kept as kept\nkept.recall({mark!r}, lambda: [{{}}])"


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pages; a cell of the first fails."""
    monkeypatch.setenv("KIT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(prepare.os, "nice", lambda _: None, raising=False)
    write_lesson(tmp_path, "0_start", "en", code("1 / 0"), code(FIGURE.format(mark="a")))
    write_lesson(tmp_path, "0_start", "ko", code(FIGURE.format(mark="b")))
    there = lessons.served(tmp_path)
    monkeypatch.setattr(lessons, "served", lambda: there)
    return tmp_path / "home" / "specs"


def test_all_pages_are_run_although_a_cell_fails(pages: Path) -> None:
    prepare.run()
    assert len(list(pages.glob("*.json"))) == 2
    assert kept.complete()


def test_what_has_been_kept_is_not_drawn_again_until_the_library_changes(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare.run()
    for figure in pages.glob("*.json"):
        figure.unlink()
    prepare.run()
    assert not list(pages.glob("*.json"))
    monkeypatch.setattr(kept, "library", lambda: "another")
    prepare.run()
    assert len(list(pages.glob("*.json"))) == 2


def test_nothing_is_said_on_the_terminal(pages: Path, capfd: pytest.CaptureFixture[str]) -> None:
    prepare.run()
    assert capfd.readouterr() == ("", "")


def test_it_ends_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def slow(_: list[str], **options: object) -> subprocess.Popen[bytes]:
        started.append(start([sys.executable, "-c", "import time; time.sleep(60)"], **options))
        return started[0]

    monkeypatch.setattr(prepare.subprocess, "Popen", slow)
    with prepare.beside() as begin:
        begin()
        assert started[0].poll() is None
    assert started[0].poll() is not None
