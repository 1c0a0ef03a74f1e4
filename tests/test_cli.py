"""The commands say what is wrong in both languages, and mend what authors write."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from clusterlib import cli, prose
from tests.lessons import ROOT


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["open", "--lang", "fr", "--no-browser"], "open_kit"),
        (["open", "--lesson", "1_declin", "--no-browser"], "1_decline"),
    ],
)
def test_an_unknown_language_or_lesson_is_one_sentence_in_each_language(
    capsys, arguments: list[str], part: str
) -> None:
    assert cli.main(arguments) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert re.search("[가-힣]", said[0])
    assert not re.search("[가-힣]", said[1])
    assert part in said[1]


def test_help_speaks_both_languages(capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])
    assert stopped.value.code == 0
    assert re.search("[가-힣].* / .*[a-z]", capsys.readouterr().out)


@pytest.fixture
def copy(tmp_path):
    for folder in ("notebooks", "exercises"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_prose_in_step_with_the_tables_is_left_byte_for_byte(copy) -> None:
    assert prose.mend(copy) == []


def test_a_number_gone_wrong_is_written_again_in_its_language(copy) -> None:
    path = copy / "notebooks" / "1_decline.en.ipynb"
    right = path.read_text(encoding="utf-8")
    assert "635,830<!--" in right
    path.write_text(right.replace("635,830<!--", "600,000<!--"), encoding="utf-8")
    assert prose.mend(copy) == [path]
    assert path.read_text(encoding="utf-8") == right


def test_the_numbers_of_an_item_are_written_again_in_both_languages(copy) -> None:
    path = copy / "exercises" / "0.1.json"
    right = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"56(<!--)", r"99\1", right), encoding="utf-8")
    assert prose.mend(copy) == [path]
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(right)
