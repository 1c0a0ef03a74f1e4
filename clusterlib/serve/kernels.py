"""How kernels come into being: one kind, a small environment, and on Linux as copies."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
from importlib.metadata import EntryPoint
from typing import Any, ClassVar

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager

from clusterlib.serve import settings

MODULE = "ipykernel_launcher"
CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
PATIENCE = 5.0  # seconds
# A copy needs fork and, to see its end although it is no child of the server, pidfd.
CAN_COPY = sys.platform == "linux" and hasattr(os, "pidfd_open")


class OwnKernel(KernelSpecManager):
    """Knows one kernel: this Python; kernels that a learner installed elsewhere stay out."""

    def find_kernel_specs(self) -> dict[str, str]:
        """Name the one kernel; it has no folder."""
        return {"python3": ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Describe how this Python starts as a kernel."""
        # Without history: forty kernels would share one file, and answers belong to the learner.
        argv = [sys.executable, "-m", MODULE, "-f", "{connection_file}"]
        argv += ["--HistoryManager.enabled=False"]
        spec = KernelSpec(argv=argv, display_name="Python 3", language="python", name="python3")
        if CAN_COPY:
            spec.metadata = {"kernel_provisioner": {"provisioner_name": Copying.NAME}}
        return spec


class Kernels(AsyncMappingKernelManager):
    """Starts kernels with the allow-listed part of the environment only."""

    async def start_kernel(self, **kwargs: Any) -> str:
        """Start a kernel and return its id."""
        given = kwargs.get("env") or os.environ
        return await super().start_kernel(**kwargs | {"env": settings.kernel_environment(given)})


class Zygote:
    """The process of which kernels are copies; started once, ended with the server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Let it load its libraries; does not wait for that."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "clusterlib.serve.zygote"],
            env=settings.kernel_environment(os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            start_new_session=True,  # Ctrl-C is for the server
        )

    def copy(self, argv: list[str], env: dict[str, str], cwd: str | None) -> int | None:
        """Make a kernel and return its process number; None where that failed."""
        with self._lock, contextlib.suppress(OSError, ValueError, AttributeError):
            asked = json.dumps({"argv": argv, "env": env, "cwd": cwd})
            self._process.stdin.write(asked + "\n")
            answers = (line for line in self._process.stdout if line != "ready\n")
            return int(next(answers, ""))
        return None

    def stop(self) -> None:
        """End it; the server has ended the kernels before."""
        if self._process:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
            self._process.kill()
            self._process.wait()
            self._process = None


class Copy:
    """A kernel that is no child of this process, with the face of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        try:
            self._handle = os.pidfd_open(pid)
        except OSError:  # it has ended already
            self.returncode = 1

    def poll(self) -> int | None:
        """Tell whether it has ended; how, only its parent could know."""
        if self.returncode is None and select.select([self._handle], [], [], 0)[0]:
            os.close(self._handle)
            self.returncode = 1
        return self.returncode

    def wait(self) -> int:
        """Wait for its end."""
        if self.returncode is None:
            select.select([self._handle], [], [])
        return self.poll() or 1

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class Copying(LocalProvisioner):
    """Provides kernels by copying the zygote, or in the usual way where that cannot be."""

    NAME: ClassVar[str] = "kit-copying"
    zygote: ClassVar[Zygote] = Zygote()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Start a kernel and return how to reach it."""
        argv = cmd[cmd.index(MODULE) :]
        ask = asyncio.get_running_loop().run_in_executor
        pid = await ask(None, self.zygote.copy, argv, kwargs["env"], kwargs.get("cwd"))
        if pid is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = Copy(pid)
        self.pid = self.pgid = pid  # it leads a session of its own
        await self._listening()
        return self.connection_info

    async def _listening(self) -> None:
        """Wait until its sockets are there.

        A client that is earlier tries again after a while, channel by channel, and may miss what
        the first cell says; nbclient then waits for seconds.
        """
        info = self.connection_info
        if info["transport"] == "ipc":
            sockets = [f"{info['ip']}-{info[f'{name}_port']}" for name in CHANNELS]
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    while self.process.poll() is None and not all(map(os.path.exists, sockets)):
                        await asyncio.sleep(0.005)


def ready() -> None:
    """Start the zygote where there can be one."""
    if CAN_COPY:
        place = f"{Copying.__module__}:{Copying.__name__}"
        group = KernelProvisionerFactory.GROUP_NAME
        KernelProvisionerFactory.provisioners[Copying.NAME] = EntryPoint(Copying.NAME, place, group)
        Copying.zygote.start()
