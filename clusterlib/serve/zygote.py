"""A process with the kit's libraries loaded, of which every kernel is a copy (Linux).

A kernel that starts from nothing imports pandas, ipykernel and the kit: more than a second on a
laptop, forty times over when a class arrives. A copy (`fork`) starts in some hundredths of a
second and shares the memory of what was loaded before. The server talks to this process in lines
of JSON: it asks for a kernel on standard input, the answer on standard output is its number. When
the server is gone, so is this process, and with it its kernels (they watch their parent).
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import signal
import sys

import numpy as np
import zmq

LIBRARIES = [
    "anywidget",
    "clusterlib.cards",
    "clusterlib.desk",
    "clusterlib.explorers",
    "clusterlib.indicators",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "ipywidgets",
    "pandas",
]


def main() -> None:
    """Load the libraries, then make a kernel for each line that is asked, until the input ends."""
    import importlib

    answers = os.dup(1)
    os.dup2(2, 1)  # what a kernel prints must not be taken for an answer
    for name in [*LIBRARIES, *_explorers()]:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a kernel ended
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends kernels
    gc.collect()
    gc.freeze()  # or the first collection in each copy would touch, and so copy, every page
    os.write(answers, b"ready\n")
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            os.close(answers)
            _become_kernel(**json.loads(line))
        os.write(answers, f"{number}\n".encode())


def _explorers() -> list[str]:
    from pkgutil import iter_modules

    from clusterlib import explorers

    return [f"clusterlib.explorers.{module.name}" for module in iter_modules(explorers.__path__)]


def _become_kernel(argv: list[str], env: dict[str, str], cwd: str | None) -> None:
    """Turn this copy into a kernel; never returns."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if cwd:
        with contextlib.suppress(OSError):
            os.chdir(cwd)
    np.random.seed()  # Python's own generator does this by itself after a fork
    os.environ.clear()
    os.environ.update(env | {"JPY_PARENT_PID": str(os.getppid())})
    status = 0
    try:
        _run(argv)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
        status = 1
    os._exit(status)


def _run(argv: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    from clusterlib import live

    logging.getLogger("IPKernelApp").addFilter(_worth_telling)
    # A kernel reads this from its environment while its module is loaded, which was earlier.
    sys.argv = [*argv, f"--IPKernelApp.parent_handle={os.getppid()}"]
    app = IPKernelApp.instance()
    app.initialize(sys.argv[1:])
    live.attach(app.kernel)
    app.start()


def _worth_telling(record: logging.LogRecord) -> bool:
    """A reader who leaves while a cell is at work closes the line that it answers on."""
    return not (record.exc_info and record.exc_info[0] is zmq.ZMQError)


if __name__ == "__main__":
    main()
