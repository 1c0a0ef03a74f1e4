"""Specifications are built once and kept, and never served stale."""

from __future__ import annotations

import json

import pytest

from clusterlib import datasets, kept
from clusterlib.explorers import Explore
from clusterlib.i18n import Words


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    return tmp_path


def building() -> list:
    raise AssertionError("a kept specification is not built again")


def test_what_was_built_once_is_read_again(home) -> None:
    assert kept.recall(["a", 1], lambda: [{"mark": "bar"}]) == [{"mark": "bar"}]
    assert kept.recall(["a", 1], building) == [{"mark": "bar"}]


def test_other_rows_or_another_library_are_built_anew(home, monkeypatch) -> None:
    kept.recall(["a", 1], lambda: [{"mark": "bar"}])
    assert kept.recall(["a", 2], lambda: [{"mark": "line"}]) == [{"mark": "line"}]
    monkeypatch.setattr(kept, "library", lambda: "changed")
    assert kept.recall(["a", 1], lambda: [{"mark": "rule"}]) == [{"mark": "rule"}]


def test_a_damaged_file_is_built_anew(home) -> None:
    kept.recall(["a"], lambda: [{"mark": "bar"}])
    (file,) = (home / "specs").iterdir()
    file.write_text("[{", encoding="utf-8")
    assert kept.recall(["a"], lambda: [{"mark": "bar"}]) == [{"mark": "bar"}]
    assert json.loads(file.read_text(encoding="utf-8")) == [{"mark": "bar"}]


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    monkeypatch.setenv("KIT_HOME", str(tmp_path / "file"))
    assert kept.recall(["a"], lambda: [{"mark": "bar"}]) == [{"mark": "bar"}]


def test_the_folder_does_not_grow_without_end(home, monkeypatch) -> None:
    monkeypatch.setattr(kept, "MOST", 5)
    for n in range(9):
        kept.recall([n], lambda: [])
    assert len(list((home / "specs").iterdir())) == 5


def test_a_learners_own_rows_get_their_own_figure(home) -> None:
    flows = datasets.capital_migration()
    explore = Explore(Words("en"))
    whole = explore.first_look(flows)
    again = explore.first_look(flows)
    part = explore.first_look(flows[flows["year"] > 2000])
    assert again.views == whole.views
    assert part.content["title"] != whole.content["title"]
    assert len(list((home / "specs").iterdir())) == 2
