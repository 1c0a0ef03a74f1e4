"""What the server may do: Voila's configuration, the kernels' environment, the cookie's key."""

from __future__ import annotations

import os
import re
import secrets
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterlib.serve import known

if TYPE_CHECKING:
    from traitlets.config import Config

ADDRESS = "127.0.0.1"  # nobody else on the network reaches it
REPOSITORY = Path(__file__).resolve().parents[2]
WEB = Path(__file__).resolve().parents[1] / "web"
STATIC = WEB / "static"
# What a kernel needs to run, and nothing that the person who started the server keeps elsewhere.
# fmt: off
ALLOWED = frozenset({
    "PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "USER", "LOGNAME",
    "LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "APPDATA",
    "LOCALAPPDATA", "PROGRAMDATA", "USERPROFILE", "USERNAME", "HOMEDRIVE", "HOMEPATH",
    "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "PYTHONPATH", "PYTHONHOME", "PYTHONUTF8",
    "PYTHONIOENCODING", "PYTHONWARNINGS", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX",
    "PYTHONHASHSEED", "PYTHONNOUSERSITE", "QUERY_STRING", "XDG_DATA_HOME", "XDG_CACHE_HOME",
    "JUPYTER_DATA_DIR", "IPYTHONDIR", "JPY_PARENT_PID",
})
# fmt: on
ALLOWED_PREFIXES = ("LC_", "KIT_", "VOILA_")
EXTENSIONS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)


def cookie_secret(folder: Path) -> bytes:
    """The key that signs login cookies: kept in a 0600 file, so that a restart logs nobody out."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "cookie_secret"
    try:
        kept = path.read_bytes()
    except OSError:
        kept = b""
    if len(kept) >= 32:
        path.chmod(0o600)
        return kept
    return _new_secret(path)


def _new_secret(path: Path) -> bytes:
    secret = secrets.token_hex(32).encode()
    path.unlink(missing_ok=True)
    # Created with its final rights: it is never readable by others, not even for a moment.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
    return secret


def kernel_environment(given: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that a kernel gets, and where it finds clusterlib.

    >>> kernel_environment({"SECRET": "x", "LANG": "ko_KR.UTF-8"})["LANG"]
    'ko_KR.UTF-8'
    """
    kept = {name: value for name, value in given.items() if _allowed(name)}
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, [str(REPOSITORY), kept.get("PYTHONPATH")]))
    # A page has one kernel of its own: what it says need not come back to it.
    fixed = {"JUPYTER_WIDGETS_ECHO": "0", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    return kept | fixed | {"KIT_SERVED": "1"}


def _allowed(name: str) -> bool:
    return name.upper() in ALLOWED or name.startswith(ALLOWED_PREFIXES)


def on_end(handler: Callable[..., Any]) -> None:
    """Have a handler called by whatever ends a server: Ctrl-C, a closed window, the system."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), handler)


def socket_folder() -> str | None:
    """A short folder for kernel sockets, or None where only TCP on loopback works (Windows)."""
    if sys.platform == "win32":
        return None
    # A private folder is made inside; macOS's own temporary folder is too long for a socket.
    return next((name for name in ("/tmp", "/var/tmp") if os.access(name, os.W_OK)), None)


def configure(folder: Path, pools: Mapping[str, int] | None = None) -> Config:
    """Voila's configuration for a folder built by `pages.build`.

    Parameters
    ----------
    folder : Path
        The served folder.
    pools : mapping of str to int, optional
        Kernels kept warm for a page, by its file name: {"1_decline.ko.ipynb": 2}.
    """
    from traitlets.config import Config

    c = Config()
    c.Voila.root_dir = str(folder)
    c.Voila.config_file_paths = []  # a learner's own Jupyter settings must not loosen these
    c.Voila.log_level = "WARN"
    c.VoilaConfiguration.template = "kit"
    c.VoilaConfiguration.allow_template_override = "NO"
    c.VoilaConfiguration.allow_theme_override = "NO"
    c.VoilaConfiguration.show_tracebacks = False
    c.VoilaConfiguration.extension_allowlist = EXTENSIONS
    c.VoilaExporter.filters = {"told": known.told, "news": known.news}
    c.VoilaExporter.default_preprocessors = []  # nothing is left for them to do on a built page
    c.VoilaExecutor.timeout = 120  # seconds; without it a page can hang for ever
    c.VoilaExecutor.allow_errors = True  # one broken figure must not take the rest with it
    c.VoilaExecutor.on_cell_error = _tell_terminal
    _configure_kernels(c, pools or {})
    return c


def _tell_terminal(cell: Any, cell_index: int, execute_reply: Mapping[str, Any]) -> None:
    """The page only says that something failed; what failed is for whoever started the server."""
    content = execute_reply["content"]
    said = [output["text"] for output in cell["outputs"] if output.get("name") == "stderr"]
    told = "\n".join([cell["source"], *said, *content.get("traceback", [])])
    print(f"[{cell_index}] {_COLOUR.sub('', told)}", file=sys.stderr, flush=True)
    if not any(output["output_type"] == "error" for output in cell["outputs"]):
        # The kit's own errors are said in one sentence instead of a traceback.
        cell["outputs"].append(_error(content))


def _error(content: Mapping[str, Any]) -> Any:
    from nbformat.v4 import new_output

    return new_output("error", ename=content["ename"], evalue=content["evalue"], traceback=[])


def _configure_kernels(c: Config, pools: Mapping[str, int]) -> None:
    c.MappingKernelManager.cull_idle_timeout = 1800  # seconds; shorter kills pages being rendered
    c.MappingKernelManager.cull_interval = 60
    c.MappingKernelManager.cull_connected = False
    # A restarted kernel would have lost the page's state: say that it died instead.
    c.KernelRestarter.restart_limit = 0
    c.KernelRestarter.time_to_dead = 2.0
    c.KernelManager.shutdown_wait_time = 1.0
    # A lesson's figures come within a second; what is above the limit would be thrown away.
    c.ZMQChannelsWebsocketConnection.limit_rate = False
    c.VoilaConfiguration.preheat_kernel = bool(pools)
    warm = {name: {"pool_size": size} for name, size in pools.items()}
    # The next warm kernel waits until the page that took this one has been drawn.
    c.VoilaKernelManager.fill_delay = 5.0  # seconds
    c.VoilaKernelManager.kernel_pools_config = {"default": {"pool_size": 0}, **warm}
    sockets = socket_folder()
    if sockets:
        c.Voila.connection_dir_root = sockets
        c.KernelManager.transport = "ipc"
