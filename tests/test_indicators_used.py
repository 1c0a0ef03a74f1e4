"""An indicator ships only if a lesson uses it: every public name has a user that learners see."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from clusterlib import indicators
from clusterlib.explorers import HOME
from tests.lessons import NOTEBOOKS, ROOT, cells, notebook, source

ROOMS = ("charts", "maps", "explorers")
MEASURES = sorted(set(indicators.__all__) - {"CUT"})
# Shown otherwise than by name: the first page's own figure, and what own_measure holds.
INSIDE = {"first_look", "own_file"}


def names(text: str) -> set[str]:
    """What a text of Python calls or hands on: bare names, what follows a dot, whole texts."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Constant):
            found.add(str(node.value))  # plants asks for its two indices by name
    return found


@cache
def lessons() -> set[str]:
    code = (source(c) for path in NOTEBOOKS for c in cells(notebook(path), "code"))
    return names("\n".join(code))


@cache
def users() -> dict[str, set[str]]:
    """What each file of the rooms that learners see calls, and the lessons themselves."""
    paths = [path for room in ROOMS for path in (ROOT / "clusterlib" / room).glob("*.py")]
    texts = {str(path): path.read_text("utf-8") for path in paths}
    reckoning = {path: names(text) for path, text in texts.items() if "indicators" in text}
    return reckoning | {"notebooks": lessons()}


@pytest.mark.parametrize("measure", MEASURES)
def test_every_indicator_is_used_by_a_lesson(measure: str) -> None:
    seen = [path for path, called in users().items() if measure in called]
    assert seen, f"{measure} has no user among charts, maps, explorers and notebooks"


def test_every_explorer_is_shown_by_a_lesson() -> None:
    assert not set(HOME) - lessons() - INSIDE


def test_a_name_that_nobody_calls_is_noticed() -> None:
    assert "moran" not in names("found = indicators.hotspots(values)  # not moran")
