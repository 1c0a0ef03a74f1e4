"""Kernels as copies of one process: quick, small, alone, and no copy outlives its server."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from clusterlib.serve import kernels
from tests.classroom import Room, Visitor, code, command, running, text, wait_for, write_lesson

pytestmark = pytest.mark.skipif(not kernels.CAN_COPY, reason="copies are made on Linux only")

WHO = "import os, random; print('WHO', os.getppid(), os.getpid(), random.random(), 'WHO')"
KEEP = "import pandas; print('HAS', hasattr(pandas, 'spoilt'), 'HAS'); pandas.spoilt = True"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("kernels")
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    for lang in ("ko", "en"):
        write_lesson(notebooks, "0_start", lang, text("# A"), code(WHO), code(KEEP))
    with running(notebooks, folder) as room:
        yield room


def zygote(room: Room) -> psutil.Process:
    children = psutil.Process(room.process.pid).children()
    return next(child for child in children if "serve.zygote" in command(child))


def said(room: Room, mark: str) -> list[str]:
    # What is printed may come in several pieces.
    page = re.sub("<[^>]*>", "", Visitor(room).ask("/en/0_start")[2])
    return page.split(mark)[1].split()


def test_kernels_are_copies_of_one_process(room: Room) -> None:
    parents = {said(room, "WHO")[0] for _ in range(2)}
    assert parents == {str(zygote(room).pid)}


def test_copies_do_not_draw_the_same_random_numbers(room: Room) -> None:
    assert said(room, "WHO")[2] != said(room, "WHO")[2]


def test_what_one_kernel_changes_no_other_sees(room: Room) -> None:
    assert [said(room, "HAS") for _ in range(2)] == [["False"], ["False"]]


def test_the_process_takes_requests_only_from_the_server(room: Room) -> None:
    assert zygote(room).net_connections() == []


def test_without_that_process_kernels_start_in_the_usual_way(room: Room) -> None:
    gone = zygote(room)
    gone.kill()
    wait_for(lambda: not psutil.pid_exists(gone.pid) or gone.status() == psutil.STATUS_ZOMBIE)
    assert said(room, "WHO")[0] == str(room.process.pid)


def test_a_server_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    write_lesson(tmp_path, "0_start", "en", text("# A"), code(WHO))
    with running(tmp_path, tmp_path) as room:
        said(room, "WHO")
        left = [zygote(room), *room.kernels()]
        assert len(left) == 2
        room.stop(signal.SIGKILL)
        wait_for(lambda: not any(process.is_running() for process in left), 15)
