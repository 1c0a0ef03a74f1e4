"""start.py: one command from a fresh folder to a running kit, and one sentence when it cannot."""

from __future__ import annotations

import ast
import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
WORDS = json.loads((ROOT / "data/words/start.json").read_text(encoding="utf-8"))
KOREAN_NAME = "한글 이름 폴더"
posix_only = pytest.mark.skipif(os.name == "nt", reason="signals work differently on Windows")


def lay_out(folder: Path) -> Path:
    """Put start.py, its words and locks of no package but a stand-in for pytest in a folder."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "start.py", folder)
    (folder / "data/words").mkdir(parents=True)
    shutil.copy(ROOT / "data/words/start.json", folder / "data/words")
    (folder / "clusterlib").mkdir()
    (folder / "clusterlib/__init__.py").touch()
    (folder / "clusterlib/__main__.py").write_text("import sys\nprint(sys.argv[1:])\nsys.exit(7)\n")
    for lock, package in (("requirements.txt", "plain"), ("requirements-test.txt", "pytest")):
        wheel = make_wheel(folder, package)
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        (folder / lock).write_text(f"./{wheel.name} --hash=sha256:{digest}\n")
    return folder


def make_wheel(folder: Path, package: str) -> Path:
    """Make a wheel whose module prints its arguments when it is run."""
    wheel, info = folder / f"{package}-1.0-py3-none-any.whl", f"{package}-1.0.dist-info"
    members = {
        f"{package}.py": "import sys\nif __name__ == '__main__':\n    print(sys.argv[1:])\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in [*members, f"{info}/RECORD"])
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in (members | {f"{info}/RECORD": record}).items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return wheel


def settings(**changes: str) -> dict[str, str]:
    """Return an environment without uv and without this machine's settings of pip and Python."""
    left_out = ("PIP_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    folders = kept["PATH"].split(os.pathsep)
    kept["PATH"] = os.pathsep.join(part for part in folders if not shutil.which("uv", path=part))
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PYTHONIOENCODING": "utf-8"} | changes


def start(folder: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess:
    """Run a folder's start.py to its end."""
    return subprocess.run(
        [sys.executable, folder / "start.py", *arguments],
        env=settings(**changes),
        cwd=folder.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def load(folder: Path) -> ModuleType:
    """Import a folder's start.py."""
    spec = importlib.util.spec_from_file_location("start_under_test", folder / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def says(key: str, text: str) -> bool:
    """Tell whether a text holds a sentence in both languages, whatever its values."""
    literal = (re.split(r"\{\w+\}", WORDS[key][language]) for language in ("ko", "en"))
    return all(re.search(".*".join(map(re.escape, parts)), text) for parts in literal)


def python_of(folder: Path) -> Path:
    return folder / (".venv/Scripts/python.exe" if os.name == "nt" else ".venv/bin/python")


def old_pythons() -> list[str]:
    """Find interpreters on this machine that are too old for the kit."""
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = [str(path) for path in home.glob("versions/*/bin/python")]
    found += filter(None, (shutil.which(f"python{name}") for name in ("2.7", "3.6", "3.8", "3.9")))
    return [path for path in found if is_old(path)]


def is_old(python: str) -> bool:
    command = [python, "-c", "import sys; print(sys.version_info < (3, 11))"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == "True"


@pytest.fixture(scope="session")
def installed_once(tmp_path_factory) -> Path:
    folder = lay_out(tmp_path_factory.mktemp("start") / KOREAN_NAME)
    done = start(folder, "setup")
    assert done.returncode == 0, done.stdout + done.stderr
    assert says("ready", done.stdout)
    return folder


@pytest.fixture
def installed(installed_once, tmp_path) -> Path:
    """Return a folder that was set up elsewhere and then moved."""
    return Path(shutil.copytree(installed_once, tmp_path / ("옮긴 " + KOREAN_NAME), symlinks=True))


@pytest.fixture
def fresh(tmp_path) -> Path:
    return lay_out(tmp_path / KOREAN_NAME)


@pytest.fixture
def silent_index():
    """Return the address of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/simple"


def ask_index_for_a_package(folder: Path) -> None:
    (folder / "requirements.txt").write_text(f"plain==1.0 --hash=sha256:{'0' * 64}\n")


def test_help_names_every_command_in_both_languages(fresh):
    done = start(fresh, "--help")
    assert done.returncode == 0
    for command in load(ROOT).COMMANDS:
        assert f"python start.py {command}" in done.stdout
        assert says(f"help.{command}", done.stdout)


def test_unknown_command_is_refused_in_both_languages(fresh):
    done = start(fresh, "opne")
    assert done.returncode == 1
    assert says("unknown-command", done.stderr)
    assert "opne" in done.stderr


def test_every_sentence_takes_the_same_values_in_both_languages():
    for key, entry in WORDS.items():
        values = {language: set(re.findall(r"\{(\w+)\}", entry[language])) for language in entry}
        assert values.keys() == {"ko", "en"}, key
        assert values["ko"] == values["en"], key


def test_every_sentence_that_the_code_names_exists_and_none_is_left_over():
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    unused = {key for key in WORDS if key not in texts and not key.startswith("help.")}
    assert not unused
    assert {key for key, _ in load(ROOT).SIGNS} <= WORDS.keys()


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 99)])
def test_versions_before_3_11_are_too_old(version):
    kit = load(ROOT)
    with pytest.raises(kit.Stop) as stopped:
        kit.check_python(version)
    assert stopped.value.key == "old-python"


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_versions_from_3_11_on_are_welcome(version):
    load(ROOT).check_python(version)


def test_old_pythons_of_this_machine_get_the_sentence_and_no_traceback(fresh):
    pythons = old_pythons() or pytest.skip("no old Python on this machine")
    for python in pythons:
        done = subprocess.run(
            [python, fresh / "start.py"], env=settings(), capture_output=True, check=False
        )
        assert done.returncode == 1, python
        assert says("old-python", done.stderr.decode()), python
        assert len(done.stderr.splitlines()) == 2, python


def test_library_is_found_from_anywhere_through_a_relative_ascii_path(installed):
    (link,) = (installed / ".venv").rglob("kit.pth")
    assert link.read_bytes().isascii()
    assert not Path(link.read_text().strip()).is_absolute()
    code = "import clusterlib, plain; print(clusterlib.__file__)"
    done = subprocess.run(
        [python_of(installed), "-X", "utf8", "-c", code],
        env=settings(),
        cwd=installed.anchor,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert Path(done.stdout.strip()) == installed / "clusterlib/__init__.py"


def test_later_starts_install_nothing_even_after_a_move(installed):
    before = (installed / ".venv/kit-stamp").stat().st_mtime_ns
    done = start(installed, "setup", PIP_INDEX_URL="http://127.0.0.1:9")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (installed / ".venv/kit-stamp").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "asked",
    [
        ("open", "--port", "1234"),
        ("lab", "--port", "1234"),
        ("region", "osong", "오송", "Osong"),
        ("refresh", "population", "--accept"),
        ("check",),
    ],
    ids=lambda asked: asked[0],
)
def test_the_library_gets_the_command_and_its_exit_code_is_ours(installed, asked):
    done = start(installed, *asked)
    assert done.stdout.strip() == str([*asked])
    assert done.returncode == 7


def test_no_command_means_open(installed):
    assert start(installed).stdout.strip() == str(["open"])


def test_test_installs_its_own_lock_and_passes_arguments_to_pytest(installed):
    done = start(installed, "test", "-k", "일부")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(["-k", "일부"])
    again = start(installed, "setup")
    assert again.stdout == "", "the test lock holds the run-time lock too"


def test_half_finished_installation_is_made_anew(installed):
    (installed / ".venv/kit-stamp").unlink()
    (installed / ".venv/left-over").touch()
    done = start(installed, "setup")
    assert says("ready", done.stdout)
    assert not (installed / ".venv/left-over").exists()


def test_kit_is_ready_only_with_the_lock_and_the_python_it_was_made_from(installed):
    kit = load(installed)
    assert kit.is_ready("requirements.txt")
    assert not kit.is_ready("requirements-test.txt")
    config = installed / ".venv/pyvenv.cfg"
    config.write_text(re.sub(r"(?m)^home = .*", "home = /nowhere", config.read_text()))
    assert not kit.is_ready("requirements.txt")


def test_no_network_gives_one_sentence_and_a_log(fresh):
    ask_index_for_a_package(fresh)
    done = start(fresh, "setup", PIP_INDEX_URL="http://127.0.0.1:9", PIP_RETRIES="0")
    assert done.returncode == 1
    assert says("no-network", done.stderr)
    assert len(done.stderr.splitlines()) == 2
    assert "127.0.0.1" in (fresh / ".venv-install.log").read_text()


def test_failed_update_leaves_the_kit_as_it_was(installed):
    before = (installed / "requirements.txt").read_text()
    ask_index_for_a_package(installed)
    done = start(installed, "setup", PIP_INDEX_URL="http://127.0.0.1:9", PIP_RETRIES="1")
    assert done.returncode == 1
    assert says("no-network", done.stderr)
    (installed / "requirements.txt").write_text(before)
    assert start(installed, "lab").returncode == 7
    assert not (installed / ".venv-old").exists()


def test_file_with_another_hash_is_refused(fresh):
    lock = fresh / "requirements.txt"
    lock.write_text(re.sub(r"[0-9a-f]{64}", "0" * 64, lock.read_text()))
    done = start(fresh, "setup")
    assert done.returncode == 1
    assert says("wrong-hash", done.stderr)


@posix_only
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_stopping_an_installation_is_quiet_and_leaves_nothing_behind(fresh, silent_index, sign):
    ask_index_for_a_package(fresh)
    running = subprocess.Popen(
        [sys.executable, fresh / "start.py"],
        env=settings(PIP_INDEX_URL=silent_index),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_until(lambda: (fresh / ".venv").exists())
    running.send_signal(sign)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert says("interrupted", errors.decode())
    assert b"Traceback" not in errors
    assert not (fresh / ".venv/kit-stamp").exists()
    wait_until(lambda: not is_mentioned_by_a_process(fresh))


def wait_until(happened, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def is_mentioned_by_a_process(folder: Path) -> bool:
    answer = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return str(folder) in answer.stdout


@posix_only
def test_ctrl_c_reaches_the_running_kit_which_cleans_up(installed):
    (installed / "clusterlib/__main__.py").write_text(
        "import time\n"
        "try:\n    print('up', flush=True)\n    time.sleep(60)\n"
        "except KeyboardInterrupt:\n    print('cleaned')\n"
    )
    running = subprocess.Popen(
        [sys.executable, installed / "start.py"],
        env=settings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout.readline() == b"up\n"
    running.send_signal(signal.SIGINT)
    output, errors = running.communicate(timeout=60)
    assert (output, errors, running.returncode) == (b"cleaned\n", b"", 0)


@posix_only
def test_second_start_waits_for_the_first_to_install(fresh):
    commands = [sys.executable, fresh / "start.py", "setup"]
    both = [
        subprocess.Popen(commands, env=settings(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(2)
    ]
    outputs = [running.communicate(timeout=120)[0].decode() for running in both]
    assert [running.returncode for running in both] == [0, 0]
    assert sum(says("begin", output) for output in outputs) == 1
    assert sum(says("wait", output) for output in outputs) == 1


def test_full_disk_is_noticed_before_anything_is_made(fresh, capsys):
    kit = load(fresh)
    kit.SPACE_NEEDED = 10**18
    assert kit.main(["setup"]) == 1
    assert says("no-space", capsys.readouterr().err)
    assert not (fresh / ".venv").exists()


def test_python_without_venv_is_told_what_to_install(fresh, capsys, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert load(fresh).main(["setup"]) == 1
    errors = capsys.readouterr().err
    assert says("no-venv", errors)
    assert "apt install python3-venv" in errors


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (errno.ENOSPC, "no-space"),
        (errno.EACCES, "read-only"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "unexpected"),
    ],
)
def test_file_trouble_becomes_a_sentence(number, key):
    assert load(ROOT).stop_for(OSError(number, "told by the system")).key == key


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs permissions as on Linux and macOS")
def test_folder_that_cannot_be_written_is_named(fresh, capsys, monkeypatch):
    kit = load(fresh)
    if os.geteuid() == 0:  # root may write anywhere, so the file system has to refuse
        monkeypatch.setattr(kit, "LOG", "/proc/kit.log")
        monkeypatch.setattr(kit, "stop_for", lambda error: kit.Stop("read-only"))
    else:
        fresh.chmod(0o555)
    assert kit.main(["setup"]) == 1
    assert says("read-only", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("output", "key"),
    [
        ("OSError: [Errno 28] No space left on device", "no-space"),
        ("not created successfully because ensurepip is not\navailable.", "no-venv"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "wrong-hash"),
        ("NewConnectionError: Failed to establish a new connection", "no-network"),
        ("Temporary failure in name resolution\nNo matching distribution found", "no-network"),
        ("error: Failed to fetch: dns error", "no-network"),
        ("Downloading a.whl\nERROR: No matching distribution found for b==1", "no-wheel"),
        ("ERROR: No matching distribution found for a==1", "no-network"),
        ("something nobody foresaw", "failed"),
    ],
)
def test_an_installers_complaint_becomes_a_sentence(fresh, output, key):
    (fresh / ".venv-install.log").write_text(output)
    assert load(fresh).failure().key == key


def test_progress_counts_downloads_then_unpacked_packages():
    progress = load(ROOT).progress
    pip = "Ignoring c: markers don't match\nCollecting a==1\n  Downloading a\nCollecting b==2\n"
    assert progress(pip, unpacked=0, pinned=5) == ("progress.download", 2, 4)
    assert progress(pip, unpacked=3, pinned=5) == ("progress.unpack", 3, 4)
    assert progress("", unpacked=0, pinned=5) == ("progress.download", 0, 5)


def test_progress_takes_the_number_of_packages_from_uv():
    uv = "Resolved 106 packages in 6ms\n"
    assert load(ROOT).progress(uv, unpacked=40, pinned=111) == ("progress.unpack", 40, 106)


@pytest.mark.parametrize(("is_terminal", "lines"), [(True, 1), (False, 3)])
def test_terminal_gets_one_changing_line_and_a_file_a_few(fresh, capsys, is_terminal, lines):
    kit = load(fresh)
    meter = kit.Meter("requirements.txt")
    meter.live, meter.pinned = is_terminal, 45
    for collected in range(46):
        (fresh / ".venv-install.log").write_text("Collecting it\n" * collected)
        meter.show()
    meter.end()
    shown = capsys.readouterr().out
    assert shown.count("\n") == lines
    assert shown.count("\r") == (46 if is_terminal else 0)


def test_console_without_korean_letters_still_gets_the_english_line(fresh):
    done = start(fresh, "opne", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "This is no command: opne" in done.stderr
    assert "Traceback" not in done.stderr


def test_pip_takes_over_when_uv_fails(fresh, capsys, monkeypatch):
    kit, asked = load(fresh), []

    def run(command, log, meter):
        asked.append(command)
        return command[0] != "uv"

    monkeypatch.setattr(shutil, "which", lambda name: "uv")
    monkeypatch.setattr(kit, "pip_has_own_sources", lambda: False)
    monkeypatch.setattr(kit, "run", run)
    monkeypatch.setattr(kit, "seal", lambda lock: None)
    assert kit.main(["setup"]) == 0
    assert [command[1:3] for command in asked[:2]] == [["venv", "--python"], ["-m", "venv"]]
    assert "pip" in asked[2]


def test_uv_fills_the_environment_when_it_is_there(fresh):
    uv = shutil.which("uv") or pytest.skip("needs uv")
    done = start(fresh, "setup", PATH=f"{Path(uv).parent}{os.pathsep}{settings()['PATH']}")
    assert done.returncode == 0, (fresh / ".venv-install.log").read_text()
    assert "Resolved" in (fresh / ".venv-install.log").read_text()
    assert start(fresh).stdout.strip() == str(["open"])


def test_pip_is_used_when_its_configuration_names_an_index(fresh, monkeypatch):
    kit = load(fresh)
    monkeypatch.setattr(shutil, "which", lambda name: "/a/folder/uv")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9")
    first = next(kit.ways("requirements.txt"))
    assert first[0][1:3] == ["-m", "venv"]
