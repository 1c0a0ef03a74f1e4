"""The policy lab as it is seen: sizes of text, the order of keys, on a phone and a projector."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clusterlib.i18n import Words
from tests.test_lab_page import LAB, opened, plan_of, settled, skip
from tests.test_lesson_pages import PHONE, WIDE, Served, start

PROJECTOR = {"width": 1920, "height": 1080}
SIZES = {"1": 1.0, "2": 1.15, "3": 1.35}


@pytest.fixture(scope="module")
def served(chromium, tmp_path_factory) -> Iterator[Served]:
    yield from start("open", tmp_path_factory.mktemp("served"))


def letters(tab, what: str) -> float:
    """The size of a text, pixels."""
    return tab.eval_on_selector(what, "node => parseFloat(getComputedStyle(node).fontSize)")


def test_an_untouched_line_is_no_guess_and_the_answer_comes_after_the_points(page, served) -> None:
    view = opened(page, served)
    tab = view.tab
    first = tab.locator(".kit-sketch .dot >> nth=0")
    assert first.get_attribute("tabindex") is None, "2022 is known"
    tab.click(".kit-lab-drawn")
    assert Words("en")("lab.ui.sketch_untouched") in tab.inner_text(".kit-lab-first-hint")
    assert not tab.is_visible(".kit-lab-charts")
    tab.focus(".kit-sketch .dot >> nth=4")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Tab")
    assert "kit-lab-drawn" in tab.evaluate("document.activeElement.className")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".kit-lab-charts", state="visible")
    view.assert_clean()


def test_a_link_that_cannot_be_read_does_not_skip_the_drawing(page, served) -> None:
    view = opened(page, served, "ko", "eNqcut")
    view.tab.wait_for_selector(".kit-lab-wrong")
    assert view.tab.is_visible(".kit-lab-skip")


def test_a_chosen_phase_stays_readable_under_the_pointer(page, served) -> None:
    view = opened(page, served)
    tab = view.tab
    skip(tab)
    colours = "node => (s => [s.color, s.backgroundColor])(getComputedStyle(node))"
    before = tab.eval_on_selector(".kit-lab-tab", colours)
    tab.hover(".kit-lab-tab")
    assert tab.eval_on_selector(".kit-lab-tab", colours) == before


def test_a_direction_back_at_today_is_as_today(page, served) -> None:
    view = opened(page, served)
    tab = view.tab
    skip(tab)
    tab.focus("input[data-aim=S]")
    tab.keyboard.press("ArrowRight")
    settled(tab, "location.search.includes('s=')")
    assert plan_of(tab)["phases"][0]["S"] == pytest.approx(0.21)
    tab.keyboard.press("ArrowLeft")
    settled(tab, "!location.search.includes('s=')")
    assert tab.inner_text(".kit-lab-aim output >> nth=0") == Words("en")("lab.ui.today")


def test_the_chosen_text_size_reaches_the_lab_and_its_charts(page, served) -> None:
    view = opened(page, served, viewport=WIDE)
    tab = view.tab
    skip(tab)
    texts = (".kit-lab-value", ".kit-lab-note", ".kit-key", ".kit-title", ".kit-reading",
             ".kit-lab-name", ".kit-lab-region", ".kit-foot")  # fmt: skip
    plain = {what: letters(tab, f".kit-lab {what}") for what in texts}
    for size, times in SIZES.items():
        tab.evaluate("document.querySelector('.kit-display').open = true")
        tab.check(f".kit-display input[name=size][value='{size}']")
        for what, usual in plain.items():
            assert letters(tab, f".kit-lab {what}") == pytest.approx(times * usual, rel=0.01), what
        drawn = "parseFloat(document.querySelector('.kit-view svg text').getAttribute('font-size'))"
        tab.wait_for_function(f"Math.abs({drawn} - {13 * times}) < 0.1")
    view.assert_clean()


def test_a_projector_gets_the_lab_in_large_letters_on_one_screen(page, served) -> None:
    view = opened(page, served, "ko", viewport=PROJECTOR)
    tab = view.tab
    skip(tab)
    tab.click(".kit-lab-preset >> nth=0")
    tab.wait_for_selector(".kit-lab-elsewhere", state="visible")
    assert letters(tab, ".kit-lab-value") > 16.5
    tab.evaluate("scrollTo(0, 0)")
    box = tab.locator(".kit-lab-board").bounding_box()
    assert 0.8 * PROJECTOR["height"] < box["y"] + box["height"] < PROJECTOR["height"]
    view.assert_clean()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_what_others_lose_leaves_the_levers_on_the_screen(page, served, lang) -> None:
    view = opened(page, served, lang, viewport=WIDE)
    tab = view.tab
    skip(tab)
    tab.click(".kit-lab-preset >> nth=0")
    tab.wait_for_selector(".kit-lab-elsewhere", state="visible")
    tab.evaluate("scrollTo(0, 0)")
    for part in (".kit-lab-elsewhere", ".kit-lab-lever >> nth=6 >> input >> nth=0"):
        box = tab.locator(part).bounding_box()
        assert box["y"] + box["height"] <= WIDE["height"], part
    view.assert_clean()


def test_on_a_phone_the_reading_stands_below_the_header_and_numbers_stay_whole(
    page, served
) -> None:
    view = opened(page, served, "ko", viewport=PHONE)
    tab = view.tab
    skip(tab)
    tab.click(".kit-lab-preset >> nth=1")
    settled(tab, "document.querySelector('.kit-lab-diff span').textContent !== ''")
    assert "만\u00a0" in tab.text_content(".kit-lab-value b")
    assert "만\u00a0" in tab.text_content(".kit-lab .kit-reading")
    tab.locator("input[data-lever=infra]").first.scroll_into_view_if_needed()
    for by in (400, -60, -60):  # down, and up again: the header comes back
        tab.mouse.wheel(0, by)
        tab.wait_for_timeout(150)
    tab.wait_for_function("!document.querySelector('.kit-header.kit-tucked')")
    tab.wait_for_timeout(300)
    header = tab.locator(".kit-header").bounding_box()
    reading = tab.locator(".kit-lab > .kit-reading").bounding_box()
    assert reading["y"] >= header["y"] + header["height"] - 1
    view.assert_clean()


def test_one_s_own_record_is_reached_after_the_lab(page, served) -> None:
    view = opened(page, served)
    order = view.tab.evaluate(
        "document.querySelector('.kit-lab').compareDocumentPosition(document.querySelector('.kit-desk'))"
    )
    assert order & 4, "the desk follows the lab"


def test_in_the_lesson_the_four_charts_stand_in_one_row(page, served) -> None:
    view = page(viewport=WIDE)
    tab = view.tab
    tab.goto(served.url("ko/6_policy"))
    tab.wait_for_selector(".kit-lab", timeout=90_000)
    tab.locator(".kit-lab").scroll_into_view_if_needed()
    tab.wait_for_selector(LAB, timeout=60_000)
    skip(tab)
    tab.wait_for_selector(".kit-matrix, .kit-winners", timeout=60_000)  # their styles come later
    places = [card.bounding_box() for card in tab.locator(".kit-lab-card").all()]
    assert len({round(place["y"]) for place in places}) == 1
    widths = [place["width"] for place in places]
    assert max(widths) - min(widths) < 1
