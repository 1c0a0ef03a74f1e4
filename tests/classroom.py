"""What the tests of the served pages share: throw-away lessons, a running server, a visitor."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
START = """
import json, sys
from pathlib import Path
from clusterlib.serve import server
asked = json.loads(sys.argv[1])
tell = lambda address, port: print(json.dumps([address, port]), flush=True)
server.run(tell, asked["port"], Path(asked["notebooks"]), asked["pools"])
"""
WIDGET = """
import anywidget, traitlets
class Counter(anywidget.AnyWidget):
    _esm = '''
    export default { render({ model, el }) {
      const button = document.createElement("button");
      const show = () => { button.textContent = `n = ${model.get("n")}`; };
      button.onclick = () => { model.set("n", model.get("n") + 1); model.save_changes(); };
      model.on("change:n", show);
      show();
      el.append(button);
    } };
    '''
    n = traitlets.Int().tag(sync=True)
counter = Counter()
counter.observe(lambda change: setattr(counter, "n", 100) if change["new"] == 3 else None, "n")
counter
"""


def text(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": metadata, "source": source}


def code(source: str, **metadata: Any) -> dict[str, Any]:
    cell = {"cell_type": "code", "metadata": metadata, "source": source}
    return cell | {"outputs": [], "execution_count": None}


def write_lesson(folder: Path, lesson: str, lang: str, *cells: dict[str, Any]) -> Path:
    """Write a notebook that is a lesson page of the kit."""
    titles = {"ko": f"{lesson} 제목", "en": f"{lesson} title"}
    kit = {"id": lesson, "lang": lang, "title": titles, "minutes": 40}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    numbered = [cell | {"id": f"c{n}"} for n, cell in enumerate(cells)]
    metadata = {"kit": kit, "kernelspec": kernel}
    book = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": numbered}
    path = folder / f"{lesson}.{lang}.ipynb"
    path.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")
    return path


class Room:
    """A running server: its address with the token, its port, its process, what it printed."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.log = log
        self.address, self.port = wait_for(self._told, 30)
        self.base = self.address.split("/?")[0]

    def _told(self) -> list[Any] | None:
        assert self.process.poll() is None, self.said
        lines = [line for line in self.said.splitlines() if line.startswith('["http')]
        return json.loads(lines[0]) if lines else None

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def kernels(self) -> list[psutil.Process]:
        return kernels_of(self.process.pid)

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


def kernels_of(server: int) -> list[psutil.Process]:
    """Return the kernels that a server process has started: of its own, or copies of its zygote."""
    children = psutil.Process(server).children(recursive=True)
    zygotes = {c.pid for c in children if parent(c) == server and "serve.zygote" in command(c)}
    copies = [c for c in children if parent(c) in zygotes]
    return copies + [child for child in children if "ipykernel_launcher" in command(child)]


def connection_file(kernel: psutil.Process) -> Path:
    """Return the file that tells how to reach a kernel: named to it, or beside a copy's sockets."""
    given = re.search(r"\S*/kernel-[0-9a-f-]+\.json", command(kernel))
    if given:
        return Path(given[0])
    named = (str(socket.laddr) for socket in kernel.net_connections(kind="unix"))
    found = next(filter(None, (re.match(r"(.*/kernel-[0-9a-f-]+)-ipc-\d+$", n) for n in named)))
    return Path(found[1] + ".json")


def parent(process: psutil.Process) -> int | None:
    """Return the id of the process that started it; nothing for one that is gone."""
    try:
        return process.ppid()
    except psutil.Error:
        return None


def command(process: psutil.Process) -> str:
    """Return what a process was started as; nothing for one that is ending."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


@contextmanager
def running(
    notebooks: Path, folder: Path, port: int = 0, pools: dict[str, int] | None = None, **extra: str
) -> Iterator[Room]:
    """Serve `notebooks`; what the server keeps for its user goes to `folder`."""
    asked = {"notebooks": str(notebooks), "port": port, "pools": pools}
    environment = os.environ | {"KIT_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)} | extra
    log = folder / f"server-{time.monotonic_ns()}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", START, json.dumps(asked)],
            cwd=folder,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Room(process, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


class Visitor:
    """A browser without scripts: keeps cookies, follows no redirect."""

    def __init__(self, room: Room, enter: bool = True) -> None:
        self.base = room.base
        self.cookies = CookieJar()
        stay = type("Stay", (urllib.request.HTTPRedirectHandler,), {"redirect_request": _none})
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(jar, stay)
        if enter:
            self.ask(room.address.removeprefix(self.base))

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> tuple[int, Any, str]:
        """Return status, headers and body."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.base + path, data, named)
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.headers, refused.read().decode(errors="replace")

    def cookie(self, name: str) -> str:
        return next(cookie.value or "" for cookie in self.cookies if cookie.name == name)


def _none(*_: Any) -> None:
    return None


def wait_for(what: Callable[[], Any], seconds: float = 10) -> Any:
    """Return what a function answers once it answers something; fail after some seconds."""
    until = time.monotonic() + seconds
    while not (answer := what()):
        assert time.monotonic() < until, f"nothing after {seconds} s"
        time.sleep(0.05)
    return answer
