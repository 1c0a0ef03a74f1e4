"""Every page run once, so that its figures are kept and the first visit is quick too."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

GENTLEST = 19  # whoever reads a page comes first


def run() -> None:
    """Run every page from top to bottom, as a served page would; what fails is left for then."""
    from clusterlib import kept, lessons

    if kept.complete():
        return
    os.environ["KIT_SERVED"] = "1"  # nobody's work is opened
    if hasattr(os, "nice"):
        os.nice(GENTLEST)
    with contextlib.redirect_stdout(io.StringIO()):
        for path in lessons.served().values():
            _run(path)
    kept.complete(now=True)


def _run(path: Path) -> None:
    """Run the cells of a notebook in a shell of its own: with a kernel it takes four times."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}), user_ns={})
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            shell.run_cell("".join(cell["source"]))


@contextlib.contextmanager
def beside() -> Iterator[Callable[[], None]]:
    """Give a function that begins this in a process of its own, which ends with the block."""
    running: list[subprocess.Popen[bytes]] = []

    def begin() -> None:
        quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        flags = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)  # Windows has no `nice`
        command = [sys.executable, "-m", "clusterlib", "prepare"]
        running.append(
            subprocess.Popen(command, creationflags=flags, start_new_session=True, **quiet)
        )

    try:
        yield begin
    finally:
        for process in running:
            process.kill()
            process.wait()
