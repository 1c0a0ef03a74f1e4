"""The learner's own file on the page: dropped, questioned, confirmed, handed on."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clusterlib import upload
from clusterlib.explorers.own import OwnFile, own_file
from clusterlib.i18n import Words
from clusterlib.upload import limits
from tests.classroom import ROOT, code, running, text, wait_for, write_lesson
from tests.upload_corpus import workbook

AXE = ROOT / "tests" / "vendor" / "axe.min.js"
FRAME = ROOT / "clusterlib" / "web" / "frame.js"
DOUBTFUL = "지역,값\n대젼,1\n충북,2\n기타,3\n".encode()


def sent(widget: OwnFile, name: str, content: bytes, size: int = 10) -> None:
    """Hand a file over in parts, as the browser does."""
    parts = [content[at : at + size] for at in range(0, len(content), size)]
    for number, part in enumerate(parts):
        message = {"part": number, "name": name, "last": number == len(parts) - 1}
        widget._hear(widget, message, [memoryview(part)])


@pytest.fixture(params=["ko", "en"])
def widget(request) -> OwnFile:
    return own_file(Words(request.param))


def test_the_example_is_understood_and_handed_on_after_a_yes(widget) -> None:
    told = []
    widget.on_frame(told.append)
    widget._hear(widget, {"example": True}, [])
    assert widget.state["phase"] == "read"
    assert widget.frame is None
    assert told == []
    widget._hear(widget, {"confirm": True}, [])
    assert widget.state["phase"] == "done"
    assert told[0].equals(widget.frame)
    assert set(widget.frame["region"]) >= {"daejeon", "chungbuk"}
    assert widget.upload.matrix(count=True).to_numpy().sum() == len(widget.frame)


def test_the_example_says_of_itself_that_it_is_made_up() -> None:
    own = upload.read(*upload.example())
    assert own.report.notes
    assert own.report.listing


def test_names_are_asked_and_the_answers_taken(widget) -> None:
    sent(widget, "a.csv", DOUBTFUL)
    asked = widget.state["open"]
    assert [each["name"] for each in asked] == ["대젼", "기타"]
    widget._hear(widget, {"confirm": True}, [])
    assert widget.state["phase"] == "refused"  # nothing is half-loaded
    assert widget.frame is None
    sent(widget, "a.csv", DOUBTFUL)
    widget._hear(widget, {"answers": {"대젼": asked[0]["near"][0][0]}}, [])
    assert [each["name"] for each in widget.state["open"]] == ["기타"]
    widget._hear(widget, {"answers": {"*": "-"}}, [])
    widget._hear(widget, {"confirm": True}, [])
    assert widget.frame["region"].tolist() == ["daejeon", "chungbuk"]


def test_an_ambiguous_code_is_asked(widget) -> None:
    sent(widget, "c.csv", "시도코드,값\n36,1\n".encode())
    assert [value for value, _ in widget.state["codes"]] == ["kostat", "mois"]
    widget._hear(widget, {"codes": "mois"}, [])
    widget._hear(widget, {"confirm": True}, [])
    assert widget.frame["region"].tolist() == ["sejong"]


@pytest.mark.parametrize(
    "message",
    [
        {"part": 3, "name": "a.csv", "last": True},
        {"part": 0, "name": None, "last": True},
        {"answers": "x"},
        {"answers": {"대젼": 5}},
        {"codes": "x"},
        {"sheet": None},
        {"confirm": True},
        {"again": True},
        {},
    ],
)
def test_no_message_breaks_the_widget(widget, message) -> None:
    widget._hear(widget, message, [])
    assert widget.frame is None
    sent(widget, "a.csv", DOUBTFUL)
    assert widget.state["phase"] == "read"


def test_too_many_parts_are_refused_before_they_are_kept(widget) -> None:
    part = b"x" * (limits.BYTES // 2 + 1)
    for number in range(2):
        message = {"part": number, "name": "a.csv", "last": False}
        widget._hear(widget, message, [part])
    assert widget.state["phase"] == "refused"
    assert not widget._parts


CELL = (
    'from clusterlib import open_kit\nkit = open_kit("{lang}")\n'
    "own = kit.explore.own_file()\nown.on_frame(lambda frame: print(len(frame)))\nown"
)


MEASURED = 'from clusterlib import open_kit\nkit = open_kit("{lang}")\nkit.explore.own_measure()'
TABLE = """지역,산업,값
대전,바이오,120
대전,기타,880
충북,바이오,60
충북,기타,940
전북,바이오,2
전북,기타,300
"""
POINTS = "이름,경도,위도,종사자\n" + "".join(
    f"공장 {n},{127.3 + n / 100},{36.3 + n / 120},{10 * n}\n" for n in range(1, 9)
)


@pytest.fixture(scope="module")
def served(chromium: str, tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    for lang in ("ko", "en"):
        cell = code(CELL.format(lang=lang), kit={"height": 300})
        write_lesson(folder, "0_start", lang, text(f"# {lang}"), cell)
        cell = code(MEASURED.format(lang=lang), kit={"height": 300})
        write_lesson(folder, "3_measure", lang, text(f"# {lang}"), cell)
    with running(folder, folder) as room:
        yield room


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_file_goes_through_the_pages_own_line(served, page, lang: str, tmp_path: Path) -> None:
    view = page()
    tab = view.tab
    tab.goto(served.address)
    tab.goto(f"{served.base}/{lang}/0_start")
    box = tab.locator(".kit-own[data-phase=empty]")
    box.wait_for(timeout=60_000)
    many = "지역,이름,값\n" + "".join(
        f"대전 유성구,가나다라마바사 {n}호,{n}\n" for n in range(19_000)
    )
    path = tmp_path / "많음.csv"  # longer than one message
    path.write_text(many + "대전 유셩구,x,1\n", encoding="utf-8")
    tab.locator(".kit-own input[type=file]").set_input_files(path)
    tab.locator(".kit-own[data-phase=read]").wait_for(timeout=60_000)
    tab.locator(".kit-own-open select").select_option(index=1)
    tab.locator(".kit-own-open .kit-main").press("Enter")
    tab.locator(".kit-own-read > .kit-row .kit-main").press("Enter")
    tab.locator(".kit-own[data-phase=done]").wait_for(timeout=60_000)
    assert "19,001" in tab.locator(".kit-own-done").inner_text()
    tab.add_script_tag(path=str(AXE))
    found = tab.evaluate("axe.run('.kit-own')")["violations"]
    assert not found, [each["id"] for each in found]
    wait_for(lambda: tab.locator(".kit-own-zone.small").count())
    view.assert_clean()


def test_a_dropped_file_is_refused_kindly_and_its_markup_stays_text(served, page) -> None:
    view = page(viewport={"width": 360, "height": 740})
    tab = view.tab
    tab.goto(served.address)
    tab.goto(f"{served.base}/ko/0_start")
    tab.locator(".kit-own[data-phase=empty]").wait_for(timeout=60_000)
    drop = """(content) => {
      const data = new DataTransfer();
      data.items.add(new File([content], "<img src=x onerror=boom()>.csv"));
      const zone = document.querySelector(".kit-own-zone");
      const how = { dataTransfer: data, bubbles: true, cancelable: true };
      zone.dispatchEvent(new DragEvent("drop", how));
    }"""
    tab.evaluate(drop, "<!doctype html><html></html>")
    tab.locator(".kit-own[data-phase=refused] [role=alert]").wait_for(timeout=60_000)
    tab.evaluate(drop, "지역,값\n<b>대전</b>,1\n충북,2\n")
    tab.locator(".kit-own[data-phase=read]").wait_for(timeout=60_000)
    assert tab.locator(".kit-own b, .kit-own img").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    view.assert_clean()


def test_what_is_taken_away_holds_no_text_that_a_spreadsheet_would_run(page) -> None:
    """Text of a learner's file comes back in the tables of figures, and these as CSV."""
    hostile = [*(f"{blank}{sign}1+1" for blank in ("", " ", "\t", "\r\n") for sign in "=+-@"),
               "-A1", "-", "-1+cmd|' /C calc'!A0", "-1*HYPERLINK(A1)"]  # fmt: skip
    harmless = ["대전", "a=b", "1-2", '"', "a,b", "a\r=1", "a\n=1", "", "-1", "-1,234", "-5.2%",
                "-1e-7", "-11만 7,378"]  # fmt: skip
    tab = page().tab
    tab.add_script_tag(content=FRAME.read_text("utf-8"))
    table = {"columns": [{"label": "=A1"}], "rows": [[cell] for cell in hostile + harmless]}
    text = tab.evaluate("table => csvOf(table)", table).removeprefix("\ufeff")
    (label,), *read = csv.reader(io.StringIO(text, newline=""))
    told = ["".join(row) for row in read]  # a line of nothing is a cell of nothing
    assert label == "'=A1"
    assert told == [f"'{cell}" for cell in hostile] + harmless


@pytest.fixture
def lab(chromium: str, tmp_path: Path) -> Iterator[str]:
    """JupyterLab on one notebook that asks for a file, then uses it; its address."""
    used = code('print(own.frame["region"].tolist())')
    write_lesson(tmp_path, "own", "ko", code(CELL.format(lang="ko")), used)
    home = {"KIT_HOME": str(tmp_path / "home"), "JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter")}
    serve = (
        "import sys; from pathlib import Path; from clusterlib.serve import lab\n"
        "lab.run(lambda address, _: print(address, flush=True), 0, Path(sys.argv[1]))"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", serve, str(tmp_path)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **home, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield running.stdout.readline().strip()
    finally:
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 0


def test_a_workbook_goes_through_jupyterlabs_line_and_its_frame_is_there(lab, page, tmp_path):
    view = page(viewport={"width": 1366, "height": 900})
    tab = view.tab
    tab.goto(lab.replace("/lab?", "/lab/tree/own.ko.ipynb?reset&"))
    editors = tab.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-editor")
    editors.first.wait_for(timeout=60_000)
    box = tab.locator(".kit-own[data-phase=empty]")
    for _ in range(3):  # a cell that is run before the kernel listens may not be run at all
        tab.keyboard.press("Escape")  # and then JupyterLab says so in a dialog
        editors.first.click()
        tab.keyboard.press("Shift+Enter")
        with contextlib.suppress(Exception):
            box.wait_for(timeout=20_000)
            break
    box.wait_for(timeout=30_000)
    path = tmp_path / "내 표.xlsx"
    path.write_bytes(workbook([["지역", "값"], ["대젼", 1], ["충북", 2]]))
    tab.locator(".kit-own input[type=file]").set_input_files(path)
    tab.locator(".kit-own-open select").select_option(index=1, timeout=30_000)
    tab.locator(".kit-own-open .kit-main").press("Enter")
    tab.locator(".kit-own-read > .kit-row .kit-main").press("Enter")
    tab.locator(".kit-own[data-phase=done]").wait_for(timeout=30_000)
    editors.nth(1).click()
    tab.keyboard.press("Shift+Enter")
    said = tab.locator(".jp-OutputArea-output pre", has_text=re.compile("daejeon.*chungbuk"))
    said.wait_for(timeout=30_000)
    assert not view.outside


def confirmed(tab, served, lang: str, path: Path):
    """Lesson 3 with a file that the learner has dropped and said yes to."""
    tab.goto(served.address)
    tab.goto(f"{served.base}/{lang}/3_measure")
    tab.locator(".kit-own[data-phase=empty]").wait_for(timeout=60_000)
    tab.locator(".kit-own input[type=file]").set_input_files(path)
    tab.locator(".kit-own[data-phase=read]").wait_for(timeout=60_000)
    tab.locator(".kit-own-read > .kit-row .kit-main").press("Enter")
    return tab


def test_a_confirmed_table_is_measured_with_its_range(served, page, tmp_path: Path) -> None:
    view = page()
    path = tmp_path / "표.csv"
    path.write_text(TABLE, encoding="utf-8")
    tab = confirmed(view.tab, served, "ko", path)
    figure = tab.locator("#figure-3\\.own[data-ready]")
    figure.wait_for(timeout=60_000)
    assert "기타: 3곳 가운데 2곳" in figure.locator(".kit-title").inner_text()
    assert "95% 구간" in figure.locator(".kit-key").inner_text()
    figure.locator("input[type=radio][value='0']").check(force=True)
    wait_for(lambda: "95% 구간" not in figure.locator(".kit-key").inner_text())
    view.assert_clean()


def test_confirmed_points_are_drawn_as_a_density(served, page, tmp_path: Path) -> None:
    view = page()
    path = tmp_path / "points.csv"
    path.write_text(POINTS, encoding="utf-8")
    tab = confirmed(view.tab, served, "en", path)
    figure = tab.locator("#figure-3\\.density[data-ready]")
    figure.wait_for(timeout=60_000)
    assert "8 establishments of your own file" in figure.locator(".kit-subtitle").inner_text()
    view.assert_clean()
