"""The classroom on one machine: Voila in this process, with the kit's pages and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
import logging
import os
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
import tornado.ioloop
from jupyter_core.utils import run_sync
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from voila.app import Voila

from clusterlib import lessons, progress
from clusterlib.serve import handlers, kernels, pages, settings, template

_KEPT_HANDLERS = (
    "/api/kernels/",
    "/voila/static/",
    "/voila/labextensions/",
    "/voila/api/shutdown/",
)


class ServedFolder(LargeFileManager):
    """Reads a page once: it was built by this process, so it is neither checked nor signed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._kept: dict[str, Any] = {}

    def get(self, path: str, **_: Any) -> dict[str, Any]:
        """Return a page for rendering; the renderer may change what it gets."""
        if path not in self._kept:
            text = Path(self.root_dir, path).read_text(encoding="utf-8")
            self._kept[path] = nbformat.from_dict(json.loads(text))
        return {"type": "notebook", "path": path, "content": copy.deepcopy(self._kept[path])}


class Classroom(Voila):
    """Voila that serves the built pages on loopback, and stops without leaving a kernel behind."""

    pages: list[template.Page]
    on_ready: Callable[[str, int], None]
    start_query = ""

    @property
    def address(self) -> str:
        """Where a browser may enter: with the token, which becomes a cookie at once."""
        server = f"http://{settings.ADDRESS}:{self.port}{self.base_url}"
        return f"{server}?token={self.token}{self.start_query}"

    def init_settings(self) -> dict[str, Any]:
        """Add the kit's pages for errors and entrance, and what browsers may load."""
        found = super().init_settings()
        self.contents_manager = ServedFolder(parent=self)
        environment = template.environment(self.base_url)
        return found | {
            "allow_remote_access": False,  # a page elsewhere cannot rebind its name to this server
            "jinja2_env": environment,
            "voila_jinja2_env": environment,
            "default_handler_class": handlers.NotFound,
            "headers": {"Content-Security-Policy": settings.CONTENT_POLICY},
            "contents_manager": self.contents_manager,
            "kit_pages": self.pages,
            "kit_reference": {},
        }

    def init_handlers(self) -> list[Any]:
        """Answer lesson addresses and the few of Voila's that a page needs; no listings."""
        base = self.server_url
        kept = [url_path_join(base, prefix) for prefix in _KEPT_HANDLERS]
        ours = [h for h in super().init_handlers() if any(h[0].startswith(p) for p in kept)]
        given = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        page = url_path_join(base, r"/(ko|en)/([0-9a-z_]+)")
        reference = url_path_join(base, r"/(ko|en)/(data|claims|model)")
        channels = url_path_join(base, r"/api/kernels/([0-9a-f-]{36})/channels")
        static = url_path_join(base, r"/kit/static/(.*)")
        picture = url_path_join(base, r"/kit/assets/([\w-]+\.(?:png|jpg|webp))")
        return [
            *self.identity_provider.get_handlers(),
            (base, handlers.Door),
            (reference, handlers.ReferencePage),
            (page, handlers.PageHandler, given),
            (channels, handlers.Channels),
            (static, handlers.Static, {"path": str(settings.STATIC)}),
            (picture, handlers.Picture, {"path": str(Path(self.root_dir, "assets"))}),
            *ours,
        ]

    def listen(self) -> None:
        """Listen on loopback, on another port when the wanted one is taken, until stopped."""
        sockets = _bind(self.port)
        self.port = sockets[0].getsockname()[1]
        HTTPServer(self.app).add_sockets(sockets)
        self.ioloop = tornado.ioloop.IOLoop.current()
        settings.on_end(self._handle_signal_stop)
        self.ioloop.add_callback(self._welcome)
        if sys.platform == "win32":  # where Ctrl-C is only seen between two events
            tornado.ioloop.PeriodicCallback(lambda: None, 500).start()
        try:
            self.ioloop.start()
        finally:
            self.stop()

    def _welcome(self) -> None:
        self.on_ready(self.address, self.port)
        # While the browser opens: Voila's first look at a notebook compiles its schema, 0.1 s.
        nbformat.validate(nbformat.v4.new_notebook())

    def stop(self) -> None:
        """End every kernel, then remove what they left."""
        # Kernels first: their sockets lie in the folder that goes with them.
        with contextlib.suppress(Exception):
            run_sync(self.kernel_manager.shutdown_all)(now=True)
        kernels.Copying.zygote.stop()
        shutil.rmtree(self.connection_dir, ignore_errors=True)


def _unneeded(record: logging.LogRecord) -> bool:
    """Tornado takes Jupyter's pings, which are in milliseconds, for seconds, and complains."""
    return not record.getMessage().startswith("The websocket_ping_timeout")


def _bind(port: int) -> list[socket.socket]:
    try:
        return bind_sockets(port, settings.ADDRESS)
    except OSError:  # taken, or not allowed: the system knows a free one
        return bind_sockets(0, settings.ADDRESS)


def run(
    on_ready: Callable[[str, int], None],
    port: int,
    notebooks: Path = lessons.FOLDER,
    pools: Mapping[str, int] | None = None,
    start_query: str = "",
) -> None:
    """Serve the learner pages on 127.0.0.1 until Ctrl-C or SIGTERM.

    Parameters
    ----------
    on_ready : callable
        Called with the address (token included) and the port once the server answers.
    port : int
        Wanted port; another one is taken when it is busy.
    notebooks : Path
        Folder with the lessons.
    pools : mapping of str to int, optional
        Warm kernels by page file name.
    start_query : str
        Added to the address: "&lang=en&lesson=0_start".
    """
    # Templates and extensions are looked up along this path; the learner's own come after ours.
    os.environ["JUPYTER_PATH"] = str(settings.WEB / "jupyter")
    kernels.ready()
    with tempfile.TemporaryDirectory(prefix="kit-", ignore_cleanup_errors=True) as folder:
        room = _classroom(Path(folder), notebooks, pools)
        room.port, room.on_ready, room.start_query = port, on_ready, start_query
        asyncio.set_event_loop(asyncio.new_event_loop())
        room.start()


def _classroom(folder: Path, notebooks: Path, pools: Mapping[str, int] | None) -> Classroom:
    logging.getLogger("tornado.general").addFilter(_unneeded)
    built = pages.build(folder, notebooks)
    room = Classroom()
    config = settings.configure(folder, pools)
    config.VoilaConfiguration.multi_kernel_manager_class = kernels.Kernels
    config.VoilaConfiguration.kernel_spec_manager_class = kernels.OwnKernel
    config.Voila.token = secrets.token_urlsafe(24)
    config.Voila.cookie_secret = settings.cookie_secret(progress.home())
    room.update_config(config)
    room.pages = built
    room.initialize(argv=[])
    return room
