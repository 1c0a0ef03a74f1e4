"""Doors open downward only: who may import whom (see CONTRIBUTING)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "clusterlib"

FLOORS = [
    {"errors", "i18n"},
    {"catalog", "datasets", "facts", "lessons", "progress", "prose", "kept"}
    | {"upload", "own", "refresh", "ledger", "mapwork", "plans"},
    {"indicators", "timeline", "causal", "comparison", "policy"},
    {"theme", "charts", "maps"},
    {"live", "loops", "explorers", "cells", "exercises", "cards", "desk", "memo"},
    {"clusterlib", "cli", "__main__", "serve"},
]
# On one floor a room may know only these: the upper of two steps knows the lower.
STEPS = {
    "i18n": {"errors"},
    "own": {"catalog"},
    "datasets": {"catalog", "own"},
    "facts": {"catalog", "datasets"},
    "prose": {"facts"},
    "upload": {"catalog", "datasets"},
    "kept": {"progress"},
    "mapwork": {"progress"},
    "ledger": {"catalog", "datasets", "facts", "lessons"},
    "refresh": {"catalog", "datasets"},
    "charts": {"theme"},
    "maps": {"theme", "charts"},
    "loops": {"live"},
    "explorers": {"live", "loops", "memo"},
    "exercises": {"cells"},
    "cards": {"live", "cells", "exercises"},
    "desk": {"live", "exercises", "cards"},
    "clusterlib": set(),
    "cli": {"serve", "clusterlib"},
    "__main__": {"cli"},
}
ONLY = {
    "altair": {"charts", "maps", "live"},
    "ipywidgets": {"live", "loops", "explorers", "cards", "desk"},
    "anywidget": {"live", "loops", "explorers", "cards", "desk"},
    "geopandas": {"datasets"},
    "voila": {"serve"},
    "sqlite3": {"progress"},
    "openpyxl": set(),  # the judge of the kit's own reader, in the tests
    "docx": {"memo"},
    "hwpx": {"memo"},
    "pykosis": {"refresh"},
    "httpx": {"refresh"},
}
FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    inside = path.relative_to(PACKAGE).with_suffix("").parts
    return "clusterlib" if inside[0] == "__init__" else inside[0]


def floor(name: str) -> int:
    return next(level for level, rooms in enumerate(FLOORS) if name in rooms)


def doors(path: Path) -> set[str]:
    """Every module that a file imports, wherever in the file it does so."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "clusterlib":
            named |= {f"clusterlib.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named.add(node.module or "")
    return named


def rooms_known(path: Path) -> set[str]:
    parts = (name.split(".") for name in doors(path) if name.split(".")[0] == "clusterlib")
    names = {p[1] if len(p) > 1 else "clusterlib" for p in parts}
    known = set().union(*FLOORS)
    return {name if name in known else "clusterlib" for name in names} - {room(path)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_room_opens_a_door_upward(path: Path) -> None:
    here = room(path)
    for other in rooms_known(path):
        allowed = floor(other) < floor(here) or other in STEPS.get(here, set())
        assert allowed, (
            f"{path.relative_to(ROOT)} (floor {floor(here)}) imports clusterlib.{other} "
            f"(floor {floor(other)}): a door upward or to a sibling"
        )


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_only_its_own_rooms_know_a_heavy_library(path: Path) -> None:
    for library, rooms in ONLY.items():
        if any(name.split(".")[0] == library for name in doors(path)):
            assert room(path) in rooms, f"{path.relative_to(ROOT)} imports {library}"


def test_the_reckoning_rooms_open_no_file() -> None:
    for path in (path for path in FILES if room(path) in FLOORS[2]):
        reads = doors(path) & {"pathlib", "os", "io", "json", "csv", "sqlite3"}
        assert not reads, f"{path.name} reads files: {reads}"


def test_no_region_is_written_into_the_library() -> None:
    from clusterlib import datasets

    names = set(datasets.regions().query("kind == 'province'")["region"])
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
        assert not names & {t for t in texts if isinstance(t, str)}, path.name


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_rooms_stay_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 300, f"{path.name} has {lines} lines: what does not belong?"


def test_importing_the_kit_loads_nothing_heavy() -> None:
    heavy = ["altair", "geopandas", "ipywidgets", "anywidget", "pandas", "networkx", "voila"]
    heavy += ["httpx", "openpyxl", "pykosis", "docx", "hwpx"]
    ask = f"import sys, clusterlib; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


DANGEROUS = {"eval", "exec", "compile", "__import__"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_runs_code_that_was_handed_in(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        n.func.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert not called & DANGEROUS
    assert not doors(path) & {"pickle", "shelve", "marshal"}
