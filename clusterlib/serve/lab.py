"""JupyterLab on the notebooks: on this machine only, quiet, without asking the internet."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from jupyterlab.labapp import LabApp

from clusterlib.lessons import FOLDER
from clusterlib.serve import settings


def run(on_ready: Callable[[str, int], None], port: int, notebooks: Path = FOLDER) -> None:
    """Serve JupyterLab on 127.0.0.1 until Ctrl-C or SIGTERM.

    Parameters
    ----------
    on_ready : callable
        Called with the address (token included) and the port once the server answers.
    port : int
        Wanted port; another one is taken when it is busy.
    notebooks : Path
        Folder that JupyterLab shows.
    """
    # Kernels inherit this: they find clusterlib wherever the notebook lies.
    path = filter(None, [str(settings.REPOSITORY), os.environ.get("PYTHONPATH")])
    os.environ["PYTHONPATH"] = os.pathsep.join(path)
    # There news, update checks, the extension manager and Voila's own preview are turned off.
    os.environ["JUPYTER_CONFIG_PATH"] = str(settings.WEB / "jupyter")
    with tempfile.TemporaryDirectory(
        prefix="kit-", dir=settings.socket_folder(), ignore_cleanup_errors=True
    ) as folder:
        os.environ["JUPYTER_RUNTIME_DIR"] = folder  # where kernels have their sockets
        _serve(on_ready, port, notebooks)


def _serve(on_ready: Callable[[str, int], None], port: int, notebooks: Path) -> None:
    token = secrets.token_urlsafe(24)
    server = LabApp.initialize_server(argv=_arguments(port, notebooks, token))
    address = f"http://{settings.ADDRESS}:{server.port}{server.base_url}lab?token={token}"
    server.io_loop.add_callback(on_ready, address, server.port)
    # One Ctrl-C is enough, with or without a terminal: notebooks save themselves, kernels end.
    settings.on_end(lambda *_: server.stop(from_signal=True))
    server.start()


def _arguments(port: int, notebooks: Path, token: str) -> list[str]:
    options = {
        "ServerApp.ip": settings.ADDRESS,
        "ServerApp.port": port,
        "ServerApp.root_dir": notebooks,
        "ServerApp.open_browser": False,
        "ServerApp.allow_remote_access": False,
        "ServerApp.allow_root": True,  # in a container there may be no other user
        "IdentityProvider.token": token,
        "LabApp.extension_manager": "readonly",
        "Application.log_level": "ERROR",
        "KernelManager.transport": "ipc" if settings.socket_folder() else "tcp",
    }
    return [f"--{name}={value}" for name, value in options.items()]
