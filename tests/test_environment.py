"""What gets installed: pyproject.toml, the locks and environment.yml say the same.

`python tests/test_environment.py --write` makes environment.yml anew.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ["requirements.txt", "requirements-test.txt"]
ENVIRONMENT = ROOT / "environment.yml"
LAST_SOLVED = "never"

# Below these, known holes are open.
SAFE_FLOORS = {
    "jupyter-server": "2.20",
    "jupyterlab": "4.5.7",
    "nbconvert": "7.17.1",
    "voila": "0.5.13",
}
# With machine code inside, hence a wheel for each platform and often for each Python.
COMPILED = ["argon2-cffi-bindings", "cffi", "numpy", "pandas", "pyogrio", "pyproj", "pyzmq"]
COMPILED += ["debugpy", "psutil", "rpds-py", "shapely", "tornado", "websockets"]

# Imported by name but installed only because a declared package wants them: each should get a
# line in pyproject.toml and leave this list.
COME_ALONG = {"ipykernel", "ipython", "jinja2", "jupyter-client", "jupyter-core", "nbclient"}
COME_ALONG |= {"nbformat", "numpy", "pyproj", "pyzmq", "tornado", "traitlets"}
COME_ALONG_TO_TESTS = COME_ALONG | {"packaging", "psutil"}

# Cut in two, or this file would hold what it forbids.
REGISTRY_HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "mirror.com"]
REGISTRY_HOSTS += ["deb.deb" + "ian.org", "security.deb" + "ian.org", "yarn" + "pkg.com"]
FORBIDDEN = re.compile(
    "|".join(map(re.escape, REGISTRY_HOSTS))
    + "|--(extra-)?index" + r"-url\b"
    + r"|(?<![\w./-])/(work|root|home|tmp/setup)/\w"
)  # fmt: skip

PLATFORMS = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-pc-windows-msvc",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
]


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: str) -> list[tuple[Requirement, int]]:
    """Return each pin of a lock with the number of its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.findall(r"^(\w.*?)(?= \\$)((?: \\\n    --hash=sha256:[0-9a-f]{64})*)", text, re.M)
    return [(Requirement(pin), hashes.count("--hash=")) for pin, hashes in entries]


def versions(lock: str) -> dict[str, set[Version]]:
    """Return the pinned versions by name; a name may have one for each Python."""
    found: dict[str, set[Version]] = {}
    for pin, _ in pins(lock):
        (only,) = pin.specifier
        found.setdefault(pin.name, set()).add(Version(only.version))
    return found


def environment() -> str:
    """Return what environment.yml has to hold."""
    content = project()
    names = content["tool"]["kit"]["conda-names"]
    wanted = [Requirement(line) for line in content["project"]["dependencies"]]
    called = [f"{names[need.name]}{need.specifier}" for need in wanted]
    # What conda-forge does not have, its pip takes: "pip:name".
    outside = [name.removeprefix("pip:") for name in called if name.startswith("pip:")]
    lines = [
        "# Made from pyproject.toml: python tests/test_environment.py --write",
        f"# Last solved by: {LAST_SOLVED}",
        "name: clusterlib",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        f"  - python{content['project']['requires-python']}",
        *(f"  - {name}" for name in called if not name.startswith("pip:")),
        *(["  - pip", "  - pip:"] if outside else []),
        *(f"      - {name}" for name in outside),
    ]
    return "\n".join(lines) + "\n"


def tracked() -> list[Path]:
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if answer.returncode:
        pytest.skip("this copy is no git clone, so nothing tells which files are tracked")
    return [ROOT / os.fsdecode(name) for name in answer.stdout.split(b"\0") if name]


def test_each_dependency_has_a_conda_name():
    wanted = {Requirement(line).name for line in project()["project"]["dependencies"]}
    assert set(project()["tool"]["kit"]["conda-names"]) == wanted


def test_environment_file_is_in_step_with_the_project():
    remedy = "run: python tests/test_environment.py --write"
    assert ENVIRONMENT.read_text(encoding="utf-8") == environment(), remedy


def declared(*groups: str) -> set[str]:
    """Return the names of the packages that pyproject.toml asks for, with those of some extras."""
    content = project()["project"]
    wanted = [*content["dependencies"]]
    for group in groups:
        wanted += content["optional-dependencies"][group]
    return {canonicalize_name(Requirement(line).name) for line in wanted}


def imported(*folders: str) -> set[str]:
    """Return the packages whose modules a folder imports, at the top of a file or inside it."""
    ours = {"clusterlib", "tests"} | {path.stem for path in (ROOT / "data/recipes").glob("*.py")}
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if not path.name.startswith("bench")  # these leave out what is not installed
    ]
    modules = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules.add(node.module.split(".")[0])
    given = packages_distributions()
    foreign = modules - ours - set(sys.stdlib_module_names)
    return {canonicalize_name(name) for module in foreign for name in given[module][:1]}


def test_what_the_library_imports_is_asked_for_by_name():
    assert imported("clusterlib") - declared() - COME_ALONG == set()


def test_what_the_tests_and_recipes_import_is_asked_for_by_name():
    found = imported("tests", "data/recipes")
    assert found - declared("test") - COME_ALONG_TO_TESTS == set()


def test_what_comes_along_is_in_the_lock_and_is_imported():
    used = imported("clusterlib", "tests", "data/recipes")
    assert used >= COME_ALONG_TO_TESTS
    assert {canonicalize_name(name) for name in versions("requirements-test.txt")} >= used


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_gives_what_the_project_asks_for(lock):
    wanted = project()["project"]["dependencies"]
    if lock == "requirements-test.txt":
        wanted = wanted + project()["project"]["optional-dependencies"]["test"]
    locked = versions(lock)
    for need in map(Requirement, wanted):
        assert need.name in locked, f"{lock} lacks {need.name}: make the locks anew"
        assert all(version in need.specifier for version in locked[need.name]), need


@pytest.mark.parametrize(("name", "floor"), SAFE_FLOORS.items())
def test_locked_and_asked_versions_are_above_the_known_holes(name, floor):
    asked = {need.name: need for need in map(Requirement, project()["project"]["dependencies"])}
    below = [
        version for version in asked[name].specifier if Version(version.version) < Version(floor)
    ]
    assert not below, f"pyproject.toml allows {name} below {floor}"
    for lock in LOCKS:
        assert min(versions(lock)[name]) >= Version(floor), lock


def test_tests_run_on_the_very_versions_that_learners_get():
    run, test = versions("requirements.txt"), versions("requirements-test.txt")
    assert {name: test.get(name) for name in run} == run


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_exact_and_has_hashes(lock):
    lines = [line for line in (ROOT / lock).read_text().splitlines() if re.match(r"\S", line)]
    found = pins(lock)
    assert len(found) == len([line for line in lines if not line.startswith("#")])
    for pin, hashes in found:
        assert [part.operator for part in pin.specifier] == ["=="], pin
        assert hashes, pin


@pytest.mark.parametrize("name", COMPILED)
def test_compiled_packages_are_pinned_for_many_platforms(name):
    """One hash would be the wheel of the machine that made the lock."""
    for lock in LOCKS:
        counts = [hashes for pin, hashes in pins(lock) if pin.name == name]
        assert min(counts, default=0) >= 8, lock


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_tells_how_to_make_it_anew_without_addresses_or_machine_paths(lock):
    head = (ROOT / lock).read_text().splitlines()[:2]
    assert head[1].startswith("#    uv pip compile --universal --python-version 3.11 ")
    assert head[1].endswith(f" pyproject.toml -o {lock}")


def test_no_tracked_file_names_a_registry_or_a_path_of_somebodys_machine():
    found = []
    for path in tracked():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        where = path.relative_to(ROOT)
        found += [f"{where}:{n}" for n, line in enumerate(lines, 1) if FORBIDDEN.search(line)]
    assert not found, found


@pytest.mark.network
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_every_platform_has_wheels_for_the_lock(platform, python, tmp_path):
    uv = shutil.which("uv") or pytest.skip("needs uv")
    command = f"{uv} pip install --dry-run --target {tmp_path} --only-binary :all:".split()
    command += ["--python-platform", platform, "--python-version", python]
    command += ["--require-hashes", "-r", str(ROOT / "requirements-test.txt")]
    settings = os.environ | {"MACOSX_DEPLOYMENT_TARGET": "14.0"}
    answer = subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    ENVIRONMENT.write_text(environment(), encoding="utf-8", newline="\n")
