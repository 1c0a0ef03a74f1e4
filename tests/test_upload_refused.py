"""Every broken file is refused by name, line and remedy, in both languages, quickly."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest

from clusterlib import upload
from clusterlib.errors import KitError, UploadRefused
from clusterlib.i18n import explain
from tests.upload_corpus import CASES, Case

SECONDS = 2.0
MEGABYTES = 300
SENTENCE = re.compile(r"(?<=[.”’)])\s")


def test_the_corpus_has_at_least_150_different_files() -> None:
    assert len({case.id for case in CASES}) == len(CASES) >= 150


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """The gazetteer is built once a kernel; what is measured is the file."""
    upload.read("warm.csv", "지역,값\n대전,1\n".encode())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_broken_file_is_refused_by_name_line_and_remedy(case: Case) -> None:
    content = case.make()
    start = time.process_time()
    with pytest.raises(UploadRefused) as caught:
        upload.read(case.name, content)
    assert time.process_time() - start < SECONDS
    assert (caught.value.key, caught.value.file) == (case.key, case.name)
    if case.line is not None:
        assert caught.value.line == case.line
    for lang in ("ko", "en"):
        said = explain(caught.value, lang)
        assert said.startswith(case.name)
        if caught.value.line is not None:
            assert str(caught.value.line) in said.removeprefix(case.name)
        assert len(SENTENCE.split(said)) >= 2, f"no remedy: {said}"


HEAVY = r"""
import pathlib, re, sys
from clusterlib import upload
from clusterlib.errors import KitError
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    try:
        upload.read(path.name, path.read_bytes())
    except KitError as refused:
        # Not ru_maxrss: a child begins with the peak of the process that started it.
        status = pathlib.Path("/proc/self/status").read_text()
        peak = int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024
        print(path.name, refused.key, peak)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_heavy_files_are_refused_within_300_megabytes(tmp_path) -> None:
    heavy = {case.id: case for case in CASES if case.heavy}
    for case in heavy.values():
        (tmp_path / case.id).write_bytes(case.make())
    command = [sys.executable, "-c", HEAVY, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = [line.split() for line in done.stdout.splitlines()]
    assert {name: key for name, key, _ in found} == {c.id: c.key for c in heavy.values()}
    # The peak of one process only grows: the first file above the limit is the one to blame.
    assert [name for name, _, peak in found if int(peak) >= MEGABYTES] == []


@pytest.mark.parametrize("given", ["/etc/passwd", "https://example.org/x.csv", 5, None, ["a"]])
def test_a_path_or_an_address_is_not_content(given) -> None:
    with pytest.raises(UploadRefused) as caught:
        upload.read("a.csv", given)
    assert caught.value.key == "upload_no_bytes"


def test_a_file_name_is_shown_but_never_trusted() -> None:
    with pytest.raises(KitError) as caught:
        upload.read("../../etc/\x1b[31m<b>passwd\u202e.csv", b"")
    assert caught.value.values["file"] == "[31m<b>passwd.csv"
