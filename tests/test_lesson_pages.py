"""The lessons as a learner meets them: a real browser, both languages, served and in JupyterLab."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lessons import LESSONS, ROOT, cells, source, twin

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
HANGUL = re.compile("[가-힣]")
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
LANGUAGES = ("ko", "en")


@dataclass
class Served:
    """A running kit: its address and the token that opens it."""

    base: str
    token: str

    def url(self, path: str) -> str:
        return f"{self.base}/{path}?token={self.token}"


def start(command: str, home: Path) -> Iterator[Served]:
    # JupyterLab opens what a user had open: these tests are users who never opened anything.
    own = {"KIT_HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "jupyter")}
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        [sys.executable, "-m", "clusterlib", command, "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=environment,
    )
    try:
        for line in running.stdout:
            if found := re.search(r"(http://[\d.]+:\d+)/\S*?token=([\w-]+)", line):
                yield Served(found[1], found[2])
                break
    finally:
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 0, "Ctrl-C ends the kit cleanly"


@pytest.fixture(scope="module")
def served(chromium, tmp_path_factory) -> Iterator[Served]:
    yield from start("open", tmp_path_factory.mktemp("served"))


@pytest.fixture
def lab(chromium, tmp_path_factory) -> Iterator[Served]:
    yield from start("lab", tmp_path_factory.mktemp("lab"))


def figures(lesson: str) -> int:
    code = "\n".join(source(c) for c in cells(twin(lesson, "ko"), "code"))
    return len(
        re.findall(r"kit\.explore\.(?!beliefs|own_|jobs_|policy_memo)\w+\(", code)
    )  # what is no figure, or shows one only later


def wait_for_figures(tab, lesson: str) -> None:
    """Scroll to every figure and wait until each is drawn."""
    count = figures(lesson)
    tab.wait_for_function(
        "n => document.querySelectorAll('.kit-figure[data-ready]').length >= n",
        arg=count,
        timeout=60_000,
    )


lesson_pages = pytest.mark.parametrize("lesson", LESSONS)
language = pytest.mark.parametrize("lang", LANGUAGES)


@lesson_pages
@language
def test_every_figure_is_drawn_in_the_lessons_language_without_error(served, page, lesson, lang):
    view = page()
    view.tab.goto(served.url(f"{lang}/{lesson}"))
    wait_for_figures(view.tab, lesson)
    assert view.tab.locator("html").get_attribute("lang") == lang
    for figure in view.tab.locator(".kit-figure").all():
        title = figure.locator(".kit-title").first.inner_text()
        assert bool(HANGUL.search(title)) == (lang == "ko"), title
        assert (
            figure.locator("[role=img][aria-label], [role=group][aria-label]").count() >= 1
            or figure.locator("svg").count()
        )
        assert figure.locator(".kit-badge").inner_text()
        assert figure.locator(".kit-source").inner_text()
    assert not view.tab.locator(".kit-problem, .kit-failed").count()
    view.assert_clean()


@lesson_pages
@language
def test_a_page_has_no_serious_barrier(served, page, lesson, lang) -> None:
    view = page()
    view.tab.goto(served.url(f"{lang}/{lesson}"))
    wait_for_figures(view.tab, lesson)
    view.tab.evaluate(AXE.read_text("utf-8"))
    found = view.tab.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    grave = [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in found["violations"]
        if v["impact"] in {"serious", "critical"}
    ]
    assert not grave, "\n".join(grave)


@lesson_pages
@language
def test_a_phone_shows_everything_without_scrolling_sideways(served, page, lesson, lang) -> None:
    view = page(viewport=PHONE)
    view.tab.goto(served.url(f"{lang}/{lesson}"))
    wait_for_figures(view.tab, lesson)
    wide = view.tab.evaluate(
        """() => [...document.querySelectorAll('main *')].filter((e) => {
          const box = e.getBoundingClientRect();
          const scrolls = e.closest('.kit-scroll, .kit-sheet, .kit-tip, .kit-hidden');
          return box.width && box.right > innerWidth + 1 && !scrolls && !e.closest('svg');
        }).map((e) => `${e.tagName}.${e.className}`).slice(0, 5)"""
    )
    assert not wide
    assert view.tab.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


@language
def test_a_first_visit_leads_to_a_guess_and_its_answer(served, page, lang) -> None:
    view = page(viewport=WIDE)
    view.tab.goto(served.url(f"{lang}/0_start"))
    card = view.tab.locator("#item-0\\.1")
    card.wait_for()
    box = card.locator(".kit-main").bounding_box()
    assert box["y"] + box["height"] <= WIDE["height"], "the first act needs no scrolling"
    card.locator("input[type=range]").focus()
    for _ in range(3):
        view.tab.keyboard.press("ArrowLeft")
    view.tab.keyboard.press("Tab")
    view.tab.keyboard.press("Enter")
    view.tab.locator("#figure-0\\.first_look[data-ready]").wait_for()
    assert "2011" in card.locator(".kit-feedback").inner_text()
    view.assert_clean()


@language
def test_the_map_follows_its_year(served, page, lang) -> None:
    view = page()
    view.tab.goto(served.url(f"{lang}/1_decline"))
    figure = view.tab.locator("#figure-1\\.migration_map[data-ready]")
    figure.wait_for(timeout=60_000)
    before = (
        figure.locator(".kit-view svg").first.inner_html(),
        figure.locator(".kit-title").inner_text(),
    )
    figure.locator("input[type=range]").focus()
    view.tab.keyboard.press("Home")
    view.tab.wait_for_timeout(800)
    after = (
        figure.locator(".kit-view svg").first.inner_html(),
        figure.locator(".kit-title").inner_text(),
    )
    assert before[0] != after[0], "the marks move"
    assert before[1] != after[1], "the finding moves with them"
    view.assert_clean()


def test_a_figure_can_be_read_as_a_table_and_taken_away(served, page) -> None:
    view = page()
    view.tab.goto(served.url("en/1_decline"))
    figure = view.tab.locator("#figure-1\\.capital_migration[data-ready]")
    figure.wait_for(timeout=60_000)
    figure.get_by_role("button", name="See as table").click()
    assert figure.locator("table tbody tr").count() == 56
    for kind in ("CSV", "PNG", "SVG"):
        with view.tab.expect_download() as download:
            figure.get_by_role("button", name=f"Download {kind}").click()
        content = Path(download.value.path()).read_bytes()
        assert len(content) > 1000, kind
    view.assert_clean()


def test_two_browsers_never_see_each_others_work_and_each_finds_its_own_again(served, page) -> None:
    anne, bora = page(), page()
    for view, moves in ((anne, 5), (bora, 9)):
        view.tab.goto(served.url("en/0_start"))
        slider = view.tab.locator("#item-0\\.1 input[type=range]")
        slider.focus()
        for _ in range(moves):
            view.tab.keyboard.press("ArrowLeft")
        view.tab.locator("#item-0\\.1 .kit-main").click()
        view.tab.locator("#item-0\\.1 .kit-feedback").get_by_text("You said").wait_for()
    for view, moves in ((anne, 5), (bora, 9)):
        view.tab.goto(served.url("ko/0_start"))
        text = f"{28 - moves}년"
        view.tab.locator("#item-0\\.1 .kit-feedback").get_by_text(text).first.wait_for()


def test_a_term_opens_its_explanation_beside_it_and_escape_closes_it(served, page) -> None:
    view = page()
    view.tab.goto(served.url("ko/1_decline"))
    view.tab.locator("#figure-1\\.capital_migration[data-ready]").wait_for(timeout=60_000)
    term = view.tab.locator('a[href$="#term-net-migration"]').first
    term.focus()
    view.tab.keyboard.press("Enter")
    note = view.tab.locator(".kit-term")
    assert "순이동" in note.inner_text()
    view.tab.keyboard.press("Escape")
    assert not note.count()
    assert term.evaluate("e => e === document.activeElement")


def test_instructor_cells_never_reach_a_learner(served, page) -> None:
    view = page()
    view.tab.goto(served.url("en/1_decline"))
    secrets = [
        c for c in twin("1_decline", "en")["cells"] if "instructor" in c["metadata"].get("tags", [])
    ]
    assert secrets
    text = view.tab.content()
    for cell in secrets:
        assert source(cell)[:60] not in text
    assert "For instructors: teaching" not in text


@language
def test_the_same_lesson_lives_in_jupyterlab(lab, page, lang) -> None:
    view = page(viewport={"width": 1366, "height": 900})
    tab = view.tab
    tab.goto(f"{lab.base}/lab/tree/0_start.{lang}.ipynb?reset&token={lab.token}")
    tab.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    card = tab.locator("#item-0\\.1")
    for _ in range(3):  # a cell that is run before the kernel listens may not be run at all
        tab.keyboard.press("Escape")  # and then JupyterLab says so in a dialog
        tab.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-editor").first.click()
        tab.keyboard.press("Shift+Enter")
        with contextlib.suppress(Exception):
            card.wait_for(timeout=20_000)
            break
    card.wait_for(timeout=30_000)
    slider = card.locator("input[type=range]")
    slider.focus()
    before = int(slider.input_value())
    tab.keyboard.press("ArrowLeft")
    assert int(slider.input_value()) == before - 1, "arrow keys belong to the slider"
    card.locator(".kit-main").click()
    tab.locator("#figure-0\\.first_look[data-ready]").wait_for(timeout=30_000)
    assert not view.outside


@pytest.mark.long
@language
def test_lesson_1_lives_in_jupyterlab_from_top_to_bottom(lab, page, lang) -> None:
    tab = page(viewport={"width": 1366, "height": 900}).tab
    tab.goto(f"{lab.base}/lab/tree/1_decline.{lang}.ipynb?reset&token={lab.token}")
    tab.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    tab.locator(".jp-Notebook .jp-Cell").first.click()
    seen: set[str] = set()
    for _ in twin("1_decline", lang)["cells"]:
        tab.keyboard.press("Shift+Enter")
        tab.wait_for_timeout(1200)
        seen |= set(tab.locator(".kit-figure[data-ready]").evaluate_all("a => a.map(e => e.id)"))
    assert len(seen) == figures("1_decline")
    assert not tab.locator(".kit-problem").count()
