"""A lesson page in a real browser: readable at once, alive, kind when something fails."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.classroom import (
    ROOT,
    WIDGET,
    Room,
    code,
    connection_file,
    running,
    text,
    wait_for,
    write_lesson,
)

AXE = ROOT / "tests" / "vendor" / "axe.min.js"
WORDS = json.loads((ROOT / "data" / "words" / "page.json").read_text(encoding="utf-8"))
PARAGRAPH = {
    "ko": "지방에서 태어나 서울에서 일하는 사람의 길을 따라가 보면 일자리와 대학이 보입니다. " * 4,
    "en": "If we follow someone born in a province, we meet jobs and universities. " * 4,
}
TABLE = "| a | b | c |\n|---|---|---:|\n| " + "averyverylongword " * 6 + "| 2 | 3,000 |\n"
SWAP = """
import ipywidgets
box = ipywidgets.VBox([Counter()])
box.children[0].observe(lambda c: setattr(box, "children", (box.children[0], Counter(n=7))), "n")
box
"""
OTHERS = """
import ipywidgets
slider, label = ipywidgets.IntSlider(description="x"), ipywidgets.Label("0")
slider.observe(lambda change: setattr(label, "value", f"said {change['new']}"), "value")
ipywidgets.VBox([slider, label])
"""
# A cell that takes as long as a test wants: while the file is there.
HOLD = "hold"
HELD = """
import pathlib, time
while pathlib.Path({!r}).exists(): time.sleep(0.05)
"""
Open = Callable[..., Any]


def lesson(folder: Path, lang: str) -> None:
    parts = [text(f"## {lang} {n}\n\n{PARAGRAPH[lang]}\n\n{TABLE}\n\n### more") for n in range(6)]
    opening = text(f"# title {lang}\n\n{PARAGRAPH[lang]}")
    slow = code(HELD.format(str(folder / HOLD)) + WIDGET, kit={"height": 120})
    broken = code("1/0", kit={"height": 60})
    static = code(
        "from IPython.display import HTML; HTML('<p class=\"still\">x<script>boom()</script></p>')"
    )
    cells = (opening, slow, parts[0], code(SWAP, kit={"height": 90}), *parts[1:], broken, static)
    write_lesson(folder, "0_start", lang, *cells)
    write_lesson(folder, "1_decline", lang, opening, code(WIDGET), *parts[:2])
    deadly = code("import os; os.kill(os.getpid(), 9)", kit={"height": 60})
    write_lesson(folder, "3_measure", lang, opening, deadly, code("1", kit={"height": 60}))
    write_lesson(folder, "2_formation", lang, opening, code(OTHERS, kit={"height": 90}))


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notebooks")
    for lang in PARAGRAPH:
        lesson(folder, lang)
    return folder


@pytest.fixture(scope="module")
def room(
    chromium: str, notebooks: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("room")
    with running(notebooks, folder, pools={"1_decline.en.ipynb": 1}) as started:
        yield started


@pytest.fixture
def held(notebooks: Path) -> Iterator[Path]:
    """While this file is there, the slow cell does not end."""
    hold = notebooks / HOLD
    hold.touch()
    yield hold
    hold.unlink(missing_ok=True)


@pytest.fixture
def visit(room: Room, page: Open) -> Open:
    """Return a function that opens a lesson: visit("0_start", "ko", **browser options)."""

    def go(name: str = "0_start", lang: str = "ko", **options: Any) -> Any:
        view = page(**options)
        address = f"{room.address}&lang={lang}&lesson={name}"
        view.tab.goto(address, wait_until="commit")
        return view

    return go


def ready(view: Any) -> Any:
    """Wait until every cell has come, and return the tab."""
    states = "[...document.querySelectorAll('.kit-made')].map((home) => home.dataset.kitState)"
    view.tab.wait_for_selector(".kit-made", state="attached")
    view.tab.wait_for_function(f"{states}.every((state) => state === 'ready')", timeout=60000)
    return view.tab


def kernel_of(tab: Any, room: Room) -> psutil.Process | None:
    config = tab.evaluate("document.getElementById('jupyter-config-data').textContent")
    name = f"kernel-{json.loads(config)['kernelId']}.json"
    return next((k for k in room.kernels() if connection_file(k).name == name), None)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_text_is_there_before_the_kernel_has_answered(
    visit: Open, held: Path, lang: str
) -> None:
    view = visit(lang=lang)
    tab = view.tab
    tab.get_by_role("heading", level=1, name=f"title {lang}").wait_for()
    slow = tab.locator("#kit-cell-0")
    assert slow.get_attribute("data-kit-state") == "waiting"
    assert WORDS["preparing"][lang] in slow.inner_text()
    assert tab.locator("html").get_attribute("lang") == lang
    assert tab.locator("main h2").count() == 6
    before = slow.bounding_box()
    held.unlink()
    ready(view)
    assert slow.bounding_box() == before  # nothing jumps when the figure comes
    view.assert_clean()


def test_a_page_asks_for_nothing_but_what_it_needs(visit: Open) -> None:
    view = visit("1_decline", "ko")
    asked: list[str] = []
    view.tab.on("request", lambda request: asked.append(request.url))
    tab = ready(view)
    assert not [url for url in asked if "/voila/static/" in url or "labextensions" in url]
    assert tab.evaluate("document.fonts.check('16px \"Pretendard Variable\"', '가나다')")
    view.assert_clean()


def test_a_widget_talks_with_its_python_half(visit: Open) -> None:
    view = visit()
    counter = ready(view).locator("#kit-cell-0 button")
    for said in ("n = 1", "n = 2"):
        counter.press("Enter")
        counter.get_by_text(said).wait_for()
    counter.press("Space")
    counter.get_by_text("n = 100").wait_for()  # the kernel's answer to 3
    view.assert_clean()


def test_a_widget_keeps_its_place_when_another_joins_it(visit: Open) -> None:
    view = visit()
    first = ready(view).locator("#kit-cell-1 button").first
    first.press("Enter")
    view.tab.locator("#kit-cell-1").get_by_text("n = 7").wait_for()
    assert first.inner_text() == "n = 1"
    view.assert_clean()


def test_a_warm_kernels_widgets_are_found(visit: Open, room: Room) -> None:
    wait_for(room.kernels, 20)
    view = visit("1_decline", "en")
    counter = ready(view).locator("#kit-cell-0 button")
    counter.click()
    counter.get_by_text("n = 1").wait_for()
    view.assert_clean()


def test_other_widgets_work_through_voilas_script_without_the_internet(visit: Open) -> None:
    view = visit("2_formation", "en")
    tab = ready(view)
    tab.locator(".noUi-handle").press("ArrowRight")
    tab.get_by_text("said 1").wait_for()
    view.assert_clean()


def test_a_figure_that_fails_leaves_the_rest_alone(visit: Open) -> None:
    view = visit(lang="en")
    tab = ready(view)
    assert WORDS["failed"]["en"] in tab.locator("#kit-cell-2").inner_text()
    assert "ZeroDivision" not in tab.content()
    assert tab.locator(".still").inner_text() == "x"  # the script inside it has not run
    view.assert_clean()


def test_the_other_language_opens_at_the_same_section(visit: Open) -> None:
    view = visit()
    tab = ready(view)
    tab.locator("#s8").scroll_into_view_if_needed()
    tab.evaluate("document.querySelector('#s8').scrollIntoView()")
    tab.get_by_role("link", name="English").click()
    tab.wait_for_url("**/en/0_start#s8")
    ready(view)
    top = tab.locator("#s8").bounding_box()["y"]
    assert 0 <= top < 256
    tab.get_by_role("link", name="한국어").click()
    tab.wait_for_url("**/ko/0_start#s8")


def test_the_section_list_follows_the_reader(visit: Open) -> None:
    view = visit(lang="en")
    tab = ready(view)
    tab.get_by_role("link", name="en 3", exact=True).click()
    tab.wait_for_selector(".kit-contents a[aria-current]")
    assert tab.locator(".kit-contents a[aria-current]").inner_text() == "en 3"
    header = tab.locator(".kit-header").bounding_box()["height"]
    assert tab.locator("h2", has_text="en 3").bounding_box()["y"] >= header


def test_everything_can_be_done_from_the_keyboard(visit: Open) -> None:
    view = visit(lang="en")
    tab = ready(view)
    press = tab.keyboard.press
    focused = "document.activeElement"
    press("Tab")
    assert tab.evaluate(f"{focused}.textContent") == WORDS["skip"]["en"]
    assert tab.evaluate(f"{focused}.getBoundingClientRect().top") >= 0
    seen = []
    for _ in range(8):
        press("Tab")
        seen.append(tab.evaluate(f"{focused}.textContent.trim()"))
        style = tab.evaluate(f"getComputedStyle({focused}).outlineStyle")
        assert style != "none", f"nobody sees that {seen[-1]!r} has the focus"
    assert seen[0] == WORDS["kit"]["en"]
    assert seen.index(WORDS["other_language"]["en"]) == seen.index(WORDS["display"]["en"]) - 1
    tab.get_by_text(WORDS["display"]["en"], exact=True).focus()
    press("Enter")
    press("Tab")
    press("ArrowDown")
    assert tab.locator("html").get_attribute("data-kit-size") == "2"
    press("Escape")
    assert tab.evaluate(f"{focused}.tagName") == "SUMMARY"
    assert not tab.locator(".kit-choices").is_visible()


def test_text_size_and_colours_are_remembered(visit: Open) -> None:
    view = visit(lang="en", color_scheme="dark")
    tab = ready(view)
    html = tab.locator("html")
    assert html.get_attribute("data-kit-scheme") == "dark"  # as the device asks
    tab.get_by_text(WORDS["display"]["en"], exact=True).click()
    tab.get_by_label(WORDS["scheme.contrast"]["en"]).check()
    tab.get_by_label(WORDS["size.3"]["en"]).check()
    assert tab.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 22
    tab.reload()
    assert html.get_attribute("data-kit-scheme") == "contrast"
    assert html.get_attribute("data-kit-size") == "3"


def test_progress_is_shown_on_the_way_and_kept(visit: Open) -> None:
    view = visit(lang="en")
    tab = ready(view)
    tab.evaluate(
        "dispatchEvent(new CustomEvent('kit:progress', {detail: {'0_start': 1, '1_decline': .4}}))"
    )
    step = tab.locator(".kit-path li").nth(1)
    assert "40% done" in step.inner_text()
    tab.reload()
    step.get_by_text("40% done").wait_for(state="attached")
    assert tab.locator(".kit-done").count() == 1
    assert tab.locator(".kit-path a").count() == 4  # lessons to come are no links
    assert WORDS["coming"]["en"] in tab.locator(".kit-path li").nth(7).inner_text()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_barrier_for_those_who_see_hear_or_move_otherwise(visit: Open, lang: str) -> None:
    view = visit(lang=lang)
    tab = ready(view)
    tab.get_by_text(WORDS["display"][lang], exact=True).click()
    for scheme in ("dark", "contrast", "light"):
        tab.get_by_label(WORDS[f"scheme.{scheme}"][lang]).check()
        assert barriers(tab) == []


def test_no_barrier_at_the_entrance_and_on_a_missing_page(room: Room, page: Open) -> None:
    tab = page().tab
    tab.goto(room.base)
    assert barriers(tab) == []
    tab.get_by_label(WORDS["code"]["ko"]).fill(room.address.split("token=")[1])
    tab.keyboard.press("Enter")
    tab.wait_for_selector("main h1")
    tab.goto(f"{room.base}/ko/9_missing")
    assert barriers(tab) == []


def barriers(tab: Any) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands."""
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run(document).then((result) => result.violations)")
    return [
        f"{each['id']}: {node['html']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def test_no_page_is_wider_than_its_screen(visit: Open) -> None:
    view = visit(lang="en")
    tab = ready(view)
    for width in (320, 360, 768, 1366):
        tab.set_viewport_size({"width": width, "height": 740})
        for size in ("1", "3"):
            tab.evaluate(f"document.documentElement.dataset.kitSize = {size!r}")
            assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_no_text_is_too_small_to_read(visit: Open) -> None:
    smallest = ready(visit(lang="en")).evaluate(
        "Math.min(...[...document.querySelectorAll('body *')].filter((e) => e.innerText)"
        ".map((e) => parseFloat(getComputedStyle(e).fontSize)))"
    )
    assert smallest >= 12


def test_on_a_phone_the_header_makes_room_and_comes_back(visit: Open) -> None:
    view = visit(lang="en", viewport={"width": 360, "height": 740})
    tab = ready(view)
    header = tab.locator(".kit-header")
    tab.mouse.wheel(0, 900)
    wait_for(lambda: header.bounding_box()["y"] < -30)
    tab.mouse.wheel(0, -300)
    wait_for(lambda: header.bounding_box()["y"] == 0)


def test_a_dead_kernel_is_announced_within_ten_seconds_and_a_reload_helps(
    visit: Open, room: Room
) -> None:
    view = visit(lang="en")
    tab = ready(view)
    kernel_of(tab, room).kill()
    tab.get_by_role("alert").get_by_text(WORDS["died"]["en"]).wait_for(timeout=10000)
    tab.get_by_role("alert").get_by_role("button").click()
    tab.wait_for_selector(".kit-notice", state="detached")
    ready(view).locator("#kit-cell-0 button").click()
    tab.get_by_text("n = 1").wait_for()


def test_a_kernel_that_dies_at_work_leaves_the_text_and_says_so(visit: Open) -> None:
    tab = visit("3_measure", "en").tab
    tab.get_by_role("alert").get_by_text(WORDS["died"]["en"]).wait_for(timeout=20000)
    for cell in ("#kit-cell-0", "#kit-cell-1"):
        tab.locator(cell).get_by_text(WORDS["failed"]["en"]).wait_for(timeout=20000)
    assert tab.get_by_role("heading", level=1).is_visible()


def test_leaving_a_page_ends_its_kernel(visit: Open, room: Room) -> None:
    view = visit(lang="en")
    tab = ready(view)
    left = kernel_of(tab, room)
    tab.get_by_role("link", name="Decline").first.click()
    tab.wait_for_url("**/en/1_decline")
    wait_for(lambda: not left.is_running(), 5)
    closed = kernel_of(ready(view), room)
    tab.close()
    wait_for(lambda: not closed.is_running(), 5)


def test_going_back_brings_a_living_page(visit: Open) -> None:
    view = visit(lang="en")
    tab = ready(view)
    tab.get_by_role("link", name="Decline").first.click()
    tab.wait_for_url("**/en/1_decline")
    tab.go_back()
    ready(view).locator("#kit-cell-0 button").click()
    tab.get_by_text("n = 1").wait_for()


def test_a_lost_server_is_announced(notebooks: Path, tmp_path: Path, page: Open) -> None:
    with running(notebooks, tmp_path) as room:
        view = page()
        view.tab.goto(f"{room.address}&lang=en&lesson=1_decline")
        ready(view)
        room.stop(signal.SIGTERM)
        view.tab.get_by_role("alert").get_by_text(WORDS["away"]["en"]).wait_for(timeout=15000)


def test_without_scripts_the_text_is_there_and_says_what_is_missing(visit: Open) -> None:
    tab = visit(lang="en", java_script_enabled=False).tab
    tab.get_by_role("heading", level=1).wait_for()
    assert tab.locator("noscript p").is_visible()
    assert tab.locator("main h2").last.is_visible()
    tab.locator(".kit-display").wait_for(state="hidden")  # once the style has come


def test_on_paper_there_are_text_and_figures_only(visit: Open) -> None:
    view = visit(lang="en")
    tab = ready(view)
    tab.emulate_media(media="print")
    for gone in (".kit-path", ".kit-tools", ".kit-contents", ".kit-footer"):
        assert not tab.locator(gone).is_visible()
    assert tab.locator("#kit-cell-0 button").is_visible()


def test_every_letter_of_the_font_sheet_has_its_file() -> None:
    static = ROOT / "clusterlib" / "web" / "static"
    sheet = (static / "fonts.css").read_text(encoding="utf-8")
    named = set(re.findall(r"url\((fonts/[^)]+)\)", sheet))
    assert named == {f"fonts/{path.name}" for path in (static / "fonts").glob("*.woff2")}
    assert "Open Font License" in (static / "fonts" / "LICENSE.txt").read_text(encoding="utf-8")
