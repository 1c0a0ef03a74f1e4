"""The commands: what they refuse, and what they say about themselves."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from clusterlib import cli
from clusterlib.i18n import LANGUAGES
from tests.lessons import ROOT

WORDS = json.loads((ROOT / "data" / "words" / "page.json").read_text(encoding="utf-8"))


def test_help_says_in_both_languages_what_each_command_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])
    assert left.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    for lang in LANGUAGES:
        assert WORDS["cli.open"][lang] in said
        assert WORDS["cli.open_lab"][lang] in said


@pytest.mark.parametrize("given", [["--lesson", "1_declin"], ["--lang", "fr"]])
def test_an_unknown_lesson_or_language_is_refused_with_what_there_is(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["open", "--no-browser", *given]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == len(LANGUAGES)
    assert all(given[1] in line for line in said)
    assert all(("1_decline" if "1" in given[1] else "ko") in line for line in said)


@pytest.mark.parametrize("port", ["99999", "-1", "web"])
def test_an_impossible_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["open", f"--port={port}"])
    assert WORDS["cli.bad_port"]["ko"] in capsys.readouterr().err


def test_a_console_without_hangul_gets_question_marks_and_no_error() -> None:
    asked = [sys.executable, "-m", "clusterlib", "open", "--lang", "fr"]
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0"}
    done = subprocess.run(asked, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"fr" in done.stderr


def test_the_command_line_is_light() -> None:
    code = "import sys, clusterlib.cli; print(sorted(set(sys.modules) & {'voila', 'tornado'}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_who_reads_a_list_may_stop_early() -> None:
    command = [sys.executable, "-m", "clusterlib", "refresh", "--list"]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": ROOT}
    with subprocess.Popen(command, **options) as listing:
        listing.stdout.close()
        assert listing.stderr.read() == b""
    assert listing.returncode == 0
