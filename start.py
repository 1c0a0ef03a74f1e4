# -*- coding: utf-8 -*-
"""Set the kit up in this folder and start it; `python start.py --help` lists the commands.

Standard library only, in syntax that even Python 2.7 reads (no annotations, no f-strings):
whoever starts it with an old Python gets a sentence instead of a syntax error.
"""

import errno
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.abspath(__file__))
WINDOWS = os.name == "nt"
VENV = os.path.join(ROOT, ".venv")
SPARE = os.path.join(ROOT, ".venv-old")
LOG = os.path.join(ROOT, ".venv-install.log")
STAMP = os.path.join(VENV, "kit-stamp")
PYTHON = os.path.join(VENV, os.path.join("Scripts", "python.exe") if WINDOWS else "bin/python")
MINOR = "python{}.{}".format(*sys.version_info[:2])
PACKAGES = os.path.join(VENV, "Lib" if WINDOWS else os.path.join("lib", MINOR), "site-packages")
RUN_LOCK, TEST_LOCK = "requirements.txt", "requirements-test.txt"
COMMANDS = ("open", "lab", "region", "refresh", "check", "setup", "test")
OLDEST_PYTHON = (3, 11)
SPACE_NEEDED, SPACE_GONE = 1500 * 10**6, 50 * 10**6  # bytes

# What an installer writes when it fails, and the words for it; the first that fits is told.
SIGNS = (
    ("no-space", r"No space left|not enough space on the disk|Errno 28|os error 28"),
    ("no-venv", r"ensurepip is not\s+available|No module named '?(ensurepip|venv)"),
    ("wrong-hash", r"DO NOT MATCH THE HASHES|[Hh]ash mismatch"),
    (
        "no-network",
        r"ConnectionError|NewConnection|[Tt]imed out|Timeout|name resolution|getaddrinfo"
        r"|ProxyError|SSLError|Connection (refused|broken|reset)|[Nn]etwork is unreachable"
        r"|dns error|error sending request|Failed to fetch",
    ),
    # With the index out of reach, not even the first package is found.
    ("no-wheel", r"(?s)(Downloading|cached|Processing).*No matching dist|no usable wheels"),
    ("no-network", r"No matching distribution"),
)


class Stop(Exception):
    """Ends the start with a sentence from data/words/start.json."""

    def __init__(self, key, **values):
        super(Stop, self).__init__(key)
        self.key, self.values = key, values


def words(key, **values):
    """Return a sentence as its Korean and its English line."""
    with io.open(os.path.join(ROOT, "data", "words", "start.json"), encoding="utf-8") as file:
        entry = json.load(file)[key]
    return [entry[language].format(**values) for language in ("ko", "en")]


def write(text, stream=None):
    """Write text as far as the stream's encoding can show it."""
    stream = stream or sys.stdout
    stream.flush()
    data = text.encode(stream.encoding or "utf-8", "replace")
    getattr(stream, "buffer", stream).write(data)
    stream.flush()


def say(key, stream=None, **values):
    """Print a sentence in both languages."""
    write("\n".join(words(key, **values)) + "\n", stream)


def help_text():
    """Return what `--help` prints."""
    blocks = [
        ["python start.py " + name] + ["    " + line for line in words("help." + name)]
        for name in COMMANDS
    ]
    return "\n\n".join("\n".join(block) for block in blocks + [words("help.place")]) + "\n"


def check_python(version):
    """Stop if the version, a tuple of numbers, is older than the kit can use."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        raise Stop("old-python", now=".".join(str(part) for part in version[:3]))


def no_space():
    """Return the stop for a full disk."""
    free, needed = (
        "{:.1f} GB".format(count / 1e9) for count in (shutil.disk_usage(ROOT).free, SPACE_NEEDED)
    )
    return Stop("no-space", free=free, needed=needed)


def read(path):
    """Return the text of a file, empty if it cannot be read."""
    try:
        with io.open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def remove(folder):
    """Delete a folder that may not be there."""
    if os.path.isdir(folder):
        shutil.rmtree(folder)


def fingerprint(lock):
    """Return what identifies an installation: the lock's content and the Python version."""
    with open(os.path.join(ROOT, lock), "rb") as file:
        return "{} {} {}".format(lock, hashlib.sha256(file.read()).hexdigest(), MINOR)


def is_ready(lock):
    """Tell whether `.venv` was made completely from this lock and its Python is still there."""
    home = re.search(r"^home *= *(.+)$", read(os.path.join(VENV, "pyvenv.cfg")), re.M)
    has_base = home and os.path.isdir(home.group(1).strip()) and os.path.exists(PYTHON)
    return bool(has_base) and fingerprint(lock) in read(STAMP).splitlines()


def seal(lock):
    """Make clusterlib importable and note that `.venv` is complete."""
    with open(os.path.join(PACKAGES, "kit.pth"), "w") as file:
        # Relative, hence ASCII whatever this folder is called, and it survives a move.
        file.write(os.path.relpath(ROOT, PACKAGES) + "\n")
    with open(STAMP + ".new", "w") as file:
        # The test lock holds the run-time lock too.
        file.write("\n".join(fingerprint(name) for name in sorted({RUN_LOCK, lock})))
        file.flush()
        os.fsync(file.fileno())
    os.replace(STAMP + ".new", STAMP)


def pip_has_own_sources():
    """Tell whether the user's pip is told where to fetch from, which uv would not know."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return bool(re.search("index-url|no-index|find-links|proxy", str(answer.stdout)))


def ways(lock):
    """Yield the ways to fill `.venv`, best first, each as commands to be run in order."""
    from importlib.util import find_spec

    base = getattr(sys, "_base_executable", None) or sys.executable
    wanted = ["--require-hashes", "--only-binary", ":all:", "-r", lock]
    uv = shutil.which("uv")
    if uv and not pip_has_own_sources():
        install = [uv, "pip", "install", "--compile-bytecode", "--python", PYTHON]
        yield [[uv, "venv", "--python", base, VENV], install + wanted]
    if not (find_spec("venv") and find_spec("ensurepip")):
        raise Stop("no-venv")
    install = [PYTHON, "-I", "-u", "-m", "pip", "install", "--no-input"]
    yield [[base, "-m", "venv", VENV], install + wanted]


def progress(output, unpacked, pinned):
    """Return how far an installer is: the key of the phase, packages done, packages in all."""
    resolved = re.search(r"^Resolved (\d+) packages", output, re.M)
    skipped = len(re.findall(r"^Ignoring ", output, re.M))
    total = int(resolved.group(1)) if resolved else pinned - skipped
    if unpacked:
        return "progress.unpack", min(unpacked, total), total
    started = len(re.findall(r"^(?:Collecting|Processing) ", output, re.M))
    return "progress.download", min(started, total), total


class Meter(object):
    """Shows progress: one changing line on a terminal, a line now and then elsewhere."""

    def __init__(self, lock):
        self.pinned = len(re.findall(r"^\w\S*==", read(os.path.join(ROOT, lock)), re.M))
        self.began, self.last, self.live = time.time(), None, sys.stdout.isatty()

    def seconds(self):
        """Return the whole seconds since the start."""
        return int(time.time() - self.began)

    def show(self):
        """Print where the installation stands, if that is news."""
        names = os.listdir(PACKAGES) if os.path.isdir(PACKAGES) else []
        # pip and setuptools come with the empty `.venv`.
        unpacked = sum(bool(re.match(r"(?!pip-|setuptools-).*\.dist-info$", n)) for n in names)
        phase, done, total = progress(read(LOG), unpacked, self.pinned)
        line = " ".join(words(phase) + ["{}/{}".format(done, total)])
        line += "  {}:{:02}".format(*divmod(self.seconds(), 60))
        if self.live:
            write("\r" + line + "    ")
        elif self.last != (phase, done // 20):
            write(line + "\n")
        self.last = phase, done // 20

    def end(self):
        """Leave the changing line."""
        if self.live and self.last:
            write("\n")


def run(command, log, meter):
    """Run one command of an installation to its end; tell whether it succeeded."""
    settings = dict(os.environ, PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    child = subprocess.Popen(
        command,
        cwd=ROOT,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,  # so that its own children can be stopped with it
    )
    try:
        while child.poll() is None:
            meter.show()
            time.sleep(0.2)
    finally:
        if child.poll() is None:
            child.terminate() if WINDOWS else os.killpg(child.pid, signal.SIGTERM)
            child.wait()
    return child.returncode == 0


def failure():
    """Return the stop that fits what the installers left in the log."""
    signs = [key for key, sign in SIGNS if re.search(sign, read(LOG))]
    if signs[:1] == ["no-space"] or shutil.disk_usage(ROOT).free < SPACE_GONE:
        return no_space()
    return Stop((signs + ["failed"])[0], log=os.path.basename(LOG))


def fill(lock, log, meter):
    """Make `.venv` anew in the best way that works; a complete one stays if none does."""
    if read(STAMP):
        remove(SPARE)
        os.rename(VENV, SPARE)
    try:
        for commands in ways(lock):
            remove(VENV)
            if all(run(command, log, meter) for command in commands):
                seal(lock)
                break
        else:
            raise failure()
    except BaseException:
        if os.path.isdir(SPARE):
            remove(VENV)
            os.rename(SPARE, VENV)
        raise
    finally:
        meter.end()
    remove(SPARE)


def wait_turn(log):
    """Wait for an installation under way here; its installer holds the log until it ends."""
    try:
        import fcntl
    except ImportError:  # Windows refuses to move a folder in use, which serves as well.
        return
    try:
        fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("wait")
        fcntl.flock(log, fcntl.LOCK_EX)


def install(lock):
    """Install a lock into `.venv` unless it is there already."""
    if is_ready(lock):
        return
    with open(LOG, "ab") as log:
        wait_turn(log)
        if is_ready(lock):
            return
        log.truncate(0)
        if shutil.disk_usage(ROOT).free < SPACE_NEEDED:
            raise no_space()
        say("begin")
        meter = Meter(lock)
        fill(lock, log, meter)
    say("ready", seconds=meter.seconds())


def hand_over(arguments):
    """Go on as `.venv`'s Python with these arguments; on Windows wait for it instead."""
    os.chdir(ROOT)
    if not WINDOWS:
        os.execv(PYTHON, [PYTHON] + arguments)
    child = subprocess.Popen([PYTHON] + arguments)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # The console has told the child as well: it is cleaning up.
            continue


def perform(command, rest):
    """Carry out a command with the arguments after it; return the exit code."""
    if command in ("-h", "--help", "help"):
        return write(help_text())
    if command not in COMMANDS:
        raise Stop("unknown-command", asked=command)
    install(TEST_LOCK if command == "test" else RUN_LOCK)
    if command == "setup":
        return 0
    start = ["-m", "pytest"] if command == "test" else ["-m", "clusterlib", command]
    return hand_over(start + rest)


def stop_for(error):
    """Return the stop that fits a failed file operation."""
    if error.errno == errno.ENOSPC:
        return no_space()
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Stop("read-only")
    return Stop("unexpected", error=error)


def main(arguments):
    """Carry out what was asked for; return the exit code, having said what went wrong."""
    try:
        check_python(sys.version_info)
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.default_int_handler)
        return perform((arguments or ["open"])[0], arguments[1:])
    except KeyboardInterrupt:
        say("interrupted", sys.stderr)
        return 130
    except (Stop, OSError) as error:
        stop = error if isinstance(error, Stop) else stop_for(error)
        say(stop.key, sys.stderr, **stop.values)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
