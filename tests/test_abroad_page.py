"""Lesson 5 in a real browser: a table that is kept, a weight that turns the lead, one scale."""

from __future__ import annotations

import pytest

from tests.test_lesson_pages import PHONE, WIDE, served  # noqa: F401

LESSON = "5_abroad"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_table_is_filled_checked_and_found_again(served, page, lang) -> None:  # noqa: F811
    view = page(viewport=WIDE)
    view.tab.goto(served.url(f"{lang}/{LESSON}"))
    card = view.tab.locator("#item-5\\.4")
    card.locator("select").first.wait_for(timeout=60_000)
    card.locator("select").nth(0).select_option(index=1)
    card.locator("select").nth(1).select_option(index=3)
    card.locator(".kit-main").click()
    marks = card.locator("td .kit-matrix-note")
    marks.nth(0).get_by_text("✓").wait_for()
    marks.nth(1).get_by_text("↺").wait_for()
    assert not marks.nth(2).inner_text()
    view.tab.reload()
    again = view.tab.locator("#item-5\\.4 td .kit-matrix-note")
    again.nth(0).get_by_text("✓").wait_for(timeout=60_000)
    view.assert_clean()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_weight_moved_by_keyboard_turns_the_lead_in_sight(served, page, viewport) -> None:  # noqa: F811
    view = page(viewport=viewport)
    view.tab.goto(served.url(f"en/{LESSON}"))
    figure = view.tab.locator("#figure-5\\.ranking[data-ready]")
    figure.wait_for(timeout=60_000)
    # Figures above that are still being drawn would move what is to be pressed.
    arriving = ".kit-made:is([data-kit-state=waiting], [data-kit-state=arrived])"
    view.tab.wait_for_function(f"!document.querySelector('{arriving}')", timeout=60_000)
    figure.locator("label:has(input[value=daejeon])").click()
    figure.locator(".kit-title").get_by_text("level:").wait_for()
    slider = figure.locator("input[type=range]").first
    slider.focus()
    for _ in range(3):
        view.tab.keyboard.press("ArrowRight")
    figure.locator(".kit-title").get_by_text("first for Daejeon: Cambridge").wait_for()
    assert slider.evaluate("e => e === document.activeElement"), "the slider keeps the focus"
    totals = figure.locator("tbody tr").first
    if viewport == PHONE:
        figure.locator("input[type=range]").last.scroll_into_view_if_needed()
        assert totals.evaluate("e => e.getBoundingClientRect().top < innerHeight")
    view.tab.reload()
    figure.locator(".kit-title").get_by_text("first for Daejeon: Cambridge").wait_for(
        timeout=60_000
    )
    assert slider.input_value() == "5", "the weight is kept with the learner's work"
    view.assert_clean()


def test_the_four_maps_are_of_one_size_and_follow_the_window(served, page) -> None:  # noqa: F811
    view = page(viewport=WIDE)
    view.tab.goto(served.url(f"en/{LESSON}"))
    figure = view.tab.locator("#figure-5\\.maps[data-ready]")
    figure.wait_for(timeout=60_000)
    sizes = figure.locator(".kit-view").evaluate_all(
        "all => all.map(e => `${e.clientWidth}x${e.clientHeight}`)"
    )
    assert len(sizes) == 4
    assert len(set(sizes)) == 1
    before = figure.locator("svg").nth(1).inner_html()
    figure.locator('input[value="30"]').check(force=True)
    figure.locator(".kit-title").get_by_text("Only Cambridge").wait_for()
    view.tab.wait_for_timeout(500)
    assert figure.locator("svg").nth(1).inner_html() != before
    view.assert_clean()
