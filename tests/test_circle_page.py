"""The causal circle and the claims in a real browser, the real widgets behind a bare page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clusterlib import datasets
from clusterlib.explorers import Explore
from clusterlib.i18n import Words
from tests import bare
from tests.bare import AXE, PHONE, WIDE

STORIES = ("youth", "island", "hiring")
both_languages = pytest.mark.parametrize("lang", ["ko", "en"])
Show = Callable[..., Any]


@pytest.fixture
def show(page) -> Show:
    """A function that puts one of the two figures on a page of its own."""
    views = []

    def put(verb: str, lang: str = "en", scheme: str = "light", **options: Any) -> Any:
        tables = {
            "vicious_circle": [datasets.causal_nodes, datasets.causal_edges],
            "causes": [datasets.causes],
        }
        widget = getattr(Explore(Words(lang)), verb)(*(table() for table in tables[verb]))
        views.append(page(**{"viewport": WIDE, "reduced_motion": "reduce", **options}))

        def move(values: dict[str, Any]) -> dict[str, Any]:
            widget.values = values
            return widget.content

        return bare.put(views[-1].tab, widget, scheme, kitMove=move)

    yield put
    for view in views:
        view.assert_clean()


def choose(tab: Any, value: str) -> None:
    """Set a control; its answer has come when the page says so."""
    tab.locator(f"input[value={value}]").check(force=True)
    tab.wait_for_function(
        "value => document.querySelector(`input[value=${value}]`).checked", arg=value
    )
    tab.wait_for_timeout(100)


def apart(tab: Any, selector: str) -> bool:
    """Whether no two of the elements cover each other, seen on the screen."""
    boxes = [each.bounding_box() for each in tab.locator(selector).all()]
    return not any(
        a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
        for i, a in enumerate(boxes)
        for b in boxes[:i]
    )


@both_languages
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_boxes_and_signs_never_overlap_and_labels_stay_inside(show, lang, viewport) -> None:
    tab = show("vicious_circle", lang, viewport=viewport)
    for story in STORIES:
        choose(tab, story)
        assert apart(tab, ".kit-loop-box .frame, .kit-loop-arrow circle"), story
        for box in tab.locator(".kit-loop-box").all():
            frame = box.locator(".frame").bounding_box()
            label = box.locator(".name").bounding_box()
            assert frame["x"] + 4 <= label["x"], story
            assert label["x"] + label["width"] <= frame["x"] + frame["width"] - 4, story
        stage = tab.locator(".kit-loop-stage svg").bounding_box()
        for box in tab.locator(".kit-loop-box .frame, .kit-loop-arrow circle").all():
            place = box.bounding_box()
            assert stage["x"] <= place["x"]
            assert place["x"] + place["width"] <= stage["x"] + stage["width"]
            assert place["y"] + place["height"] <= stage["y"] + stage["height"]


@both_languages
def test_an_arrow_is_selected_by_keyboard_alone(show, lang) -> None:
    edges = datasets.causal_edges().query("circle == 'youth'").sort_values("order")
    reasons = list(edges[f"reason_{lang}"])
    tab = show("vicious_circle", lang)
    for _ in range(12):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.classList.contains('kit-loop-arrow')"):
            break
    panel = tab.locator(".kit-loop-panel")
    assert reasons[0] not in panel.inner_text()
    tab.keyboard.press("Enter")
    assert reasons[0] in panel.inner_text()
    assert reasons[0] in tab.locator("[role=status]").inner_text()
    for reason in reasons[1:]:
        tab.keyboard.press("ArrowRight")
        assert reason in panel.inner_text()
    tab.keyboard.press("ArrowRight")
    assert reasons[0] in panel.inner_text(), "after the last comes the first"
    assert tab.locator(".kit-loop-arrow[aria-pressed=true]").count() == 1
    tab.keyboard.press("Escape")
    assert reasons[0] not in panel.inner_text()


@both_languages
def test_an_arrow_is_selected_by_mouse_and_by_finger(show, lang) -> None:
    reason = datasets.causal_edges().query("circle == 'youth'")[f"reason_{lang}"].iloc[2]
    tab = show("vicious_circle", lang)
    tab.locator(".kit-loop-arrow circle").nth(2).click()
    assert reason in tab.locator(".kit-loop-panel").inner_text()
    phone = show("vicious_circle", lang, viewport=PHONE, has_touch=True)
    sign = phone.locator(".kit-loop-arrow circle").nth(2)
    sign.tap()
    panel = phone.locator(".kit-loop-panel")
    assert reason in panel.inner_text()
    place = panel.bounding_box()
    assert place["y"] + place["height"] <= PHONE["height"], "the words are in sight"
    assert sign.bounding_box()["y"] + 20 <= place["y"], "and do not hide the arrow"


@both_languages
def test_hiding_the_inferences_opens_the_circle(show, lang) -> None:
    tab = show("vicious_circle", lang)
    reading = tab.locator(".kit-reading")
    closed, places = reading.inner_text(), tab.locator(".kit-loop-box .frame").all()
    before = [box.bounding_box() for box in places]
    assert tab.locator(".kit-loop-arrow").count() == 4
    assert not tab.locator(".kit-loop-gap").count()
    choose(tab, "hidden")
    assert tab.locator(".kit-loop-arrow").count() == 2
    assert not tab.locator(".kit-loop-arrow.ours").count()
    assert tab.locator(".kit-loop-gap").count() == 2
    assert reading.inner_text() != closed
    assert reading.get_attribute("aria-live") == "polite"
    assert [box.bounding_box() for box in tab.locator(".kit-loop-box .frame").all()] == before


def step_to_the_end(tab: Any) -> list[str]:
    """Press the step button while it can be pressed; what each box then shows."""
    step = tab.locator(".kit-loop-panel .kit-main")
    step.wait_for()
    while step.is_enabled():
        step.click()
    return [mark.text_content() for mark in tab.locator(".kit-loop-box .change text").all()]


@both_languages
def test_a_push_travels_round_step_by_step(show, lang) -> None:
    tab = show("vicious_circle", lang)
    tab.locator(".kit-loop-push button").nth(1).click()
    tab.locator(".kit-loop-panel .kit-main").wait_for()
    assert tab.locator(".kit-loop-box.moved").count() == 1
    assert step_to_the_end(tab) == ["▼▼", "▼", "▼", "▼"]
    end = Words(lang)("lesson1.loop.centre.reinforcing")
    assert end.lower() in tab.locator(".kit-loop-end").inner_text().lower()
    choose(tab, "hidden")
    assert step_to_the_end(tab) == ["▼", "▼", "▼", ""]
    choose(tab, "island")
    assert not tab.locator(".kit-loop-box.moved").count()


def test_minus_arrows_turn_the_change_round(show) -> None:
    tab = show("vicious_circle")
    choose(tab, "island")
    tab.locator(".kit-loop-push button").first.click()
    marks = dict(
        zip(
            [box.get_attribute("data-id") for box in tab.locator(".kit-loop-box").all()],
            step_to_the_end(tab),
            strict=True,
        )
    )
    assert marks["rivalry"] == "▲▲"
    assert marks["growth_engine"] == "▼"
    assert marks["completeness"] == "", "nothing leads back to the box that only begins"


def test_a_push_plays_by_itself_and_can_be_paused(show) -> None:
    tab = show("vicious_circle", reduced_motion="no-preference")
    tab.locator(".kit-loop-push button").first.click()
    tab.wait_for_function("document.querySelectorAll('.kit-loop-box.moved').length >= 2")
    tab.locator(".kit-loop-panel .kit-row button").last.click()
    moved = tab.locator(".kit-loop-box.moved").count()
    tab.wait_for_timeout(1500)
    assert tab.locator(".kit-loop-box.moved").count() == moved


def test_a_push_waits_for_the_step_button_where_less_motion_is_asked_for(show) -> None:
    tab = show("vicious_circle")
    tab.locator(".kit-loop-push button").first.click()
    tab.locator(".kit-loop-panel .kit-main").wait_for()
    tab.wait_for_timeout(1500)
    assert tab.locator(".kit-loop-box.moved").count() == 1


@pytest.mark.parametrize("verb", ["vicious_circle", "causes"])
@pytest.mark.parametrize(
    ("lang", "scheme"), [("ko", "light"), ("en", "light"), ("en", "dark"), ("ko", "contrast")]
)
def test_no_serious_barrier(show, verb, lang, scheme) -> None:
    tab = show(verb, lang, scheme)
    if verb == "vicious_circle":
        tab.locator(".kit-loop-arrow circle").first.click()
    tab.locator(".kit-buttons button").first.click()
    tab.evaluate(AXE.read_text("utf-8"))
    found = tab.evaluate("axe.run(document.querySelector('.kit-figure'))")["violations"]
    grave = [each for each in found if each["impact"] in ("serious", "critical")]
    assert not [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in grave]


@both_languages
@pytest.mark.parametrize("verb", ["vicious_circle", "causes"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_runs_over_the_edge_and_no_text_is_small(show, verb, lang, viewport) -> None:
    tab = show(verb, lang, viewport=viewport)
    assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    sizes = tab.evaluate(
        "[...document.querySelectorAll('.kit-figure *')].filter((n) => n.textContent.trim())"
        ".map((n) => parseFloat(getComputedStyle(n).fontSize))"
    )
    assert min(sizes) >= 12


def test_the_picture_can_be_taken_away_with_its_colours(show) -> None:
    tab = show("vicious_circle")
    with tab.expect_download() as waiting:
        tab.locator(".kit-buttons button", has_text="SVG").click()
    text = waiting.value.path().read_text("utf-8")
    assert waiting.value.suggested_filename == "1.vicious_circle.svg"
    assert "var(" not in text
    assert text.count("Good jobs") >= 1
    assert "rgb(" in text


@both_languages
def test_claims_are_sorted_by_their_standing(show, lang) -> None:
    frame = datasets.causes()
    tab = show("causes", lang)
    assert tab.locator(".kit-claim-list > li").count() == len(frame)
    for status in ("partial", "none", "data"):
        choose(tab, status)
        wanted = (frame["evidence_here"] == status).sum()
        assert tab.locator(".kit-claim-list > li").count() == wanted
        assert tab.locator(f".kit-stand-{status}").count() == wanted


@both_languages
def test_a_link_to_a_figure_that_is_not_there_yet_says_so(show, lang) -> None:
    tab = show("causes", lang)
    tab.locator(".kit-claim-links a").first.click()
    away = Words(lang)("lesson1.causes.ui.away")
    assert tab.locator(".kit-claim-away").inner_text() == away


def test_a_link_leads_to_its_figure(show) -> None:
    tab = show("causes")
    tab.evaluate(
        "document.querySelector('main').insertAdjacentHTML("
        "'beforeend', '<div style=\"height:2000px\"></div><figure id=\"figure-1.plant\">x')"
    )
    tab.locator(".kit-claim-links a[href='#figure-1.plant']").click()
    assert tab.evaluate("document.activeElement.id") == "figure-1.plant"
    assert tab.evaluate("scrollY") > 0
