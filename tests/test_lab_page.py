"""The policy lab in a browser: by keyboard alone, restored by its address, on one screen."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from clusterlib import plans
from clusterlib.i18n import Words
from clusterlib.policy.scenario import MODEL
from tests.classroom import wait_for
from tests.test_lesson_pages import AXE, PHONE, WIDE, Served, start

LAB = ".kit-lab[data-ready]"
SLIDER = "input[data-lever={}][data-region={}]"


@pytest.fixture(scope="module")
def served(chromium, tmp_path_factory) -> Iterator[Served]:
    yield from start("open", tmp_path_factory.mktemp("served"))


def opened(page, served: Served, lang: str = "en", link: str = "", **options):
    view = page(**options)
    asked = f"&s={link}" if link else ""
    view.tab.goto(served.url(f"{lang}/6_lab") + asked)
    view.tab.wait_for_selector(LAB, timeout=60_000)
    return view


def skip(tab) -> None:
    tab.click(".kit-lab-skip")
    tab.wait_for_selector(".kit-lab:not(.kit-lab-waiting)")


def lever(tab, name: str, region: str) -> int:
    return int(tab.locator(SLIDER.format(name, region)).input_value())


def settled(tab, ready: str) -> None:
    """Wait for what the kernel answers, as a condition of the page."""
    tab.wait_for_function(ready, timeout=20_000)


def bands(tab) -> str:
    """The outlines that the four charts draw now."""
    return tab.evaluate(
        "[...document.querySelectorAll('.kit-lab .mark-area path')].map(p => p.getAttribute('d'))"
        ".join(';')"
    )


def plan_of(tab) -> dict:
    return plans.unpacked(tab.evaluate("location.href"))


def spent(phase: dict) -> float:
    """The points of a phase, both regions together."""
    return sum(sum(phase.get(key, [])) for key in ("d", "c"))


def test_a_plan_is_made_and_unmade_by_keyboard_alone(page, served) -> None:
    view = opened(page, served)
    tab = view.tab
    press = tab.keyboard.press
    # The curve first: nothing is shown before it.
    for answer in (".kit-lab-charts", ".kit-lab figcaption", ".kit-lab .kit-reading"):
        assert not tab.is_visible(answer)
    tab.focus(".kit-sketch .dot >> nth=4")
    for _ in range(3):
        press("PageUp")
    tab.focus(".kit-lab-drawn")
    press("Enter")
    tab.wait_for_selector(".kit-lab-charts", state="visible")
    assert "2042" in tab.inner_text(".kit-lab-said")
    tab.wait_for_selector(".kit-lab .mark-line path[stroke-dasharray='1,3']", state="attached")
    # A lever.
    before = bands(tab)
    tab.focus(SLIDER.format("settle", "daejeon"))
    for _ in range(3):
        press("ArrowRight")
    settled(tab, "location.search.includes('s=')")
    assert lever(tab, "settle", "daejeon") == 3
    settled(tab, f"{json.dumps(before)} !== " + BANDS)
    press("Control+z")
    settled(tab, "document.querySelector('input[data-lever=settle]').value === '2'")
    press("Control+Shift+z")
    settled(tab, "document.querySelector('input[data-lever=settle]').value === '3'")
    # What stands behind it, and back again.
    tab.focus(".kit-lab-lever .kit-lab-name >> nth=0")
    press("Enter")
    assert tab.locator(".kit-lab-panel [data-instrument]").count() == 3
    press("Escape")
    assert tab.evaluate("document.activeElement.matches('.kit-lab-name')")
    # Reset is a step as well.
    tab.focus(".kit-lab-tools .kit-lab-reset")
    press("Enter")
    settled(tab, "!location.search")
    tab.focus(".kit-lab-undo")
    press("Enter")
    settled(tab, "document.querySelector('input[data-lever=settle]').value === '3'")
    view.assert_clean()


BANDS = (
    "[...document.querySelectorAll('.kit-lab .mark-area path')]"
    ".map(p => p.getAttribute('d')).join(';')"
)


def test_presets_budget_phases_and_the_belief(page, served) -> None:
    view = opened(page, served, "ko")
    tab = view.tab
    skip(tab)
    assert tab.locator(".kit-lab-theory input:visible").count() == 0
    tab.click(".kit-lab-preset >> nth=3")
    settled(tab, "document.querySelector('input[data-lever=settle]').value === '45'")
    # A border of the bar trades between its neighbours; the sum stays.
    tab.focus(".kit-lab-border:visible >> nth=0")
    for _ in range(2):
        tab.keyboard.press("ArrowLeft")
    settled(tab, "document.querySelector('input[data-lever=settle]').value === '44'")
    # The address follows the kernel's answer.
    wait_for(lambda: (now := plan_of(tab)["phases"][0])["d"][0] == 44 and spent(now) == 100)
    # Nothing goes beyond the budget.
    tab.focus(SLIDER.format("infra", "daejeon"))
    tab.keyboard.press("ArrowRight")
    assert lever(tab, "infra", "daejeon") == 0
    assert Words("ko")("lab.ui.spent") in tab.inner_text(".kit-lab-bar-head")
    # A second phase, later, and away again.
    tab.click(".kit-lab-add")
    tab.select_option(".kit-lab-when select", "8")
    settled(tab, "document.querySelectorAll('.kit-lab-tab').length === 2")
    tab.wait_for_function("document.querySelectorAll('.kit-lab .mark-rule line').length > 0")
    wait_for(lambda: [phase["from"] for phase in plan_of(tab)["phases"]] == [0, 8])
    tab.click(".kit-lab-remove")
    settled(tab, "document.querySelectorAll('.kit-lab-tab').length === 1")
    # The belief is opened, and moves the bands.
    before = bands(tab)
    tab.click(".kit-lab-reveal")
    tab.wait_for_selector(".kit-lab-theory input[value=jobs]")
    tab.check(".kit-lab-theory input[value=jobs]")
    settled(tab, f"{json.dumps(before)} !== {BANDS}")
    assert plan_of(tab)["theory"] == "jobs"
    tab.check(".kit-lab-regions input[value=each]")
    settled(tab, "document.querySelectorAll('.kit-lab-own').length === 6")
    view.assert_clean()


def test_an_address_restores_the_plan_in_both_languages(page, served) -> None:
    view = opened(page, served)
    tab = view.tab
    skip(tab)
    tab.click(".kit-lab-preset >> nth=1")
    settled(tab, "location.search.includes('s=')")
    link = tab.evaluate("new URLSearchParams(location.search).get('s')")
    made = plan_of(tab)["phases"]
    tab.click("a.kit-twin")
    tab.wait_for_selector(LAB, timeout=60_000)
    settled(tab, "document.querySelector('input[data-lever=transit]').value === '30'")
    other = opened(page, served, "ko", link)
    settled(other.tab, "document.querySelector('input[data-lever=transit]').value === '30'")
    assert not other.tab.is_visible(".kit-lab-skip"), "who follows a link need not draw first"
    assert plan_of(other.tab)["phases"] == made
    for each in (view, other):
        each.assert_clean()


def test_bad_links_and_files_are_said_and_a_good_file_opens(page, served, tmp_path) -> None:
    view = opened(page, served, "ko", "eNqcut")
    tab = view.tab
    tab.wait_for_selector(".kit-lab-wrong")
    assert Words("ko")("errors.link_broken") in tab.inner_text(".kit-lab-said")
    plan = {"v": 1, "model": "0.1.0", "phases": [{"from": 0, "d": [0, 0, 25, 0, 0, 0, 0]}],
            "r": {"workers": [50000, 60000, 70000]}}  # fmt: skip
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(plans.written(plan))
    bad.write_bytes(b"\x00\xff{")
    tab.set_input_files(".kit-lab-share-box input[type=file]", str(good))
    settled(tab, "document.querySelector('input[data-lever=vc]').value === '25'")
    told = tab.inner_text(".kit-lab-said")
    assert "0.1.0" in told
    assert MODEL in told
    assert tab.locator(".kit-lab-said tbody tr").count() == 1
    tab.set_input_files(".kit-lab-share-box input[type=file]", str(bad))
    tab.wait_for_selector(".kit-lab-wrong")
    assert tab.input_value("input[data-lever=vc] >> nth=0") == "25", "nothing was lost"
    # Opened on this computer, a link leads nobody anywhere: there is a code to give away.
    tab.click(".kit-lab-share summary")
    assert Words("ko")("lab.ui.code_why") in tab.inner_text(".kit-lab-share-box")
    code = tab.input_value(".kit-lab-link")
    assert "/" not in code
    assert plans.unpacked(code)["phases"] == plan["phases"]
    # Numbers that a link changes are said until they are taken back.
    tab.fill(".kit-lab-paste", plans.packed({**plan, "model": MODEL, "p": {"b_J": 0.1}}))
    tab.press(".kit-lab-paste", "Enter")
    tab.wait_for_selector(".kit-lab-changed", state="visible")
    tab.click(".kit-lab-unchange")
    tab.wait_for_selector(".kit-lab-changed", state="hidden")
    view.assert_clean()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_levers_bands_and_differences_are_one_look(page, served, lang) -> None:
    view = opened(page, served, lang, viewport=WIDE)
    tab = view.tab
    skip(tab)
    tab.click(".kit-lab-preset >> nth=1")
    settled(tab, "document.querySelector('.kit-lab-diff span').textContent !== ''")
    tab.evaluate("scrollTo(0, 0)")
    for part in (".kit-lab-strip", ".kit-title", ".kit-lab-charts", ".kit-lab-bar",
                 ".kit-lab-levers", ".kit-lab-theory", ".kit-lab-pins"):  # fmt: skip
        box = tab.locator(f".kit-lab {part} >> visible=true").first.bounding_box()
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= WIDE["height"], part
    view.assert_clean()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_nothing_goes_beyond_the_edge_of_a_phone(page, served, lang) -> None:
    view = opened(page, served, lang, viewport=PHONE)
    tab = view.tab
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not tab.evaluate(wide)
    skip(tab)
    tab.click(".kit-lab-preset >> nth=2")
    settled(tab, "document.querySelector('.kit-lab-diff span').textContent !== ''")
    tab.click(".kit-lab-lever .kit-lab-name >> nth=0")
    tab.click(".kit-lab-share summary")
    assert not tab.evaluate(wide)
    view.assert_clean()


def test_the_lab_passes_the_inspection_for_everyone(page, served) -> None:
    view = opened(page, served, "ko")
    tab = view.tab
    skip(tab)
    tab.click(".kit-lab-preset >> nth=0")
    settled(tab, "location.search.includes('s=')")
    tab.click(".kit-lab-all")
    assert len(set(tab.eval_on_selector_all(
        ".kit-lab-panel [data-instrument]", "all => all.map(one => one.dataset.instrument)"
    ))) == 21  # fmt: skip
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run('.kit-lab').then(r => r.violations.map(v => [v.id, "
                         "v.nodes.map(n => n.html.slice(0, 160))]))")  # fmt: skip
    assert found == []
    view.assert_clean()
