"""The causal map in a real browser, the real widget behind a bare page."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from clusterlib import datasets
from clusterlib.explorers import causal_map
from clusterlib.i18n import Words
from tests import bare
from tests.bare import AXE, PHONE, WIDE

both_languages = pytest.mark.parametrize("lang", ["ko", "en"])
Show = Callable[..., Any]


@pytest.fixture
def show(page) -> Show:
    """A function that puts the map on a page of its own; the widget is tab.widget."""
    views = []

    def put(lang: str = "en", scheme: str = "light", **options: Any) -> Any:
        widget = causal_map.causal_map(
            Words(lang), datasets.figure4_nodes(), datasets.figure4_edges()
        )
        sent: list[Any] = []
        widget.send = lambda message, *_: sent.append(message)
        views.append(page(**{"viewport": WIDE, "reduced_motion": "reduce", **options}))

        def ask(message: dict[str, Any]) -> list[Any]:
            sent.clear()
            widget._hear(widget, message, [])
            return list(sent)

        return bare.put(views[-1].tab, widget, scheme, kitAsk=ask)

    yield put
    for view in views:
        view.assert_clean()


def settled(tab: Any, act: Callable[[], Any]) -> None:
    """Do something that Python answers, and wait until the answer is drawn."""
    before = tab.locator("figure").get_attribute("data-answered") or ""
    act()
    tab.wait_for_function(
        "n => (document.querySelector('figure').dataset.answered ?? '') !== n", arg=before
    )


def choose(tab: Any, name: str) -> None:
    tab.locator(f'.kit-map-arrow[data-id="{name}"] .sign').click(force=True)


def places(tab: Any, selector: str) -> list[dict[str, float]]:
    """The boxes of all elements on the page, in px."""
    return tab.evaluate(
        "s => [...document.querySelectorAll(s)].map((n) => {"
        " const b = n.getBoundingClientRect();"
        " return { left: b.left, right: b.right, top: b.top, bottom: b.bottom }; })",
        selector,
    )


def overlap(a: dict[str, float], b: dict[str, float], room: float = 0) -> bool:
    return (
        a["left"] < b["right"] - room
        and b["left"] < a["right"] - room
        and a["top"] < b["bottom"] - room
        and b["top"] < a["bottom"] - room
    )


@both_languages
@pytest.mark.parametrize("width", [1366, 820], ids=["laptop", "least"])
def test_no_label_overlaps_another_and_each_stays_in_its_box(show, lang, width) -> None:
    tab = show(lang, viewport={"width": width, "height": 768})
    frames = places(tab, ".kit-map-box .frame")
    names = places(tab, ".kit-map-box .name, .kit-map-stage .heading")
    assert len(frames) == 51
    assert len(names) == 52
    for boxes in (frames, names):
        assert not [1 for i, a in enumerate(boxes) for b in boxes[:i] if overlap(a, b)]
    labels = places(tab, ".kit-map-box .name")
    for frame, label in zip(frames, labels, strict=True):
        assert frame["left"] + 3 <= label["left"]
        assert label["right"] <= frame["right"] - 2
        assert frame["top"] <= label["top"]
        assert label["bottom"] <= frame["bottom"]
    (stage,) = places(tab, ".kit-map-stage svg")
    assert all(stage["left"] <= f["left"] and f["right"] <= stage["right"] for f in frames)
    signs = places(tab, ".kit-map-arrow .sign")
    for i, sign in enumerate(signs):
        assert not any(overlap(sign, label, 2) for label in labels)
        assert not any(overlap(sign, other, 2) for other in signs[:i])
    gaps = tab.evaluate(
        "[...document.querySelectorAll('.kit-map-arrow')].map((n) => {"
        " const line = n.querySelector('.line');"
        " const end = line.getPointAtLength(line.getTotalLength());"
        " const [x, y] = n.querySelector('.head').getAttribute('transform').match(/[\\d.]+/g);"
        " return Math.hypot(end.x - x, end.y - y); })"
    )
    assert max(gaps) < 7, "each line reaches the head of its arrow"


@both_languages
def test_the_map_is_worked_by_keyboard_alone(show, lang) -> None:
    tab = show(lang)
    focus = "document.activeElement.getAttribute('class') ?? ''"
    for _ in range(30):
        tab.keyboard.press("Tab")
        if "kit-map-arrow" in tab.evaluate(focus):
            break
    name = tab.evaluate("document.activeElement.dataset.id")
    tab.keyboard.press("Enter")
    reasons = datasets.figure4_edges().set_index(["from", "to"])[f"reason_{lang}"]
    panel = tab.locator(".kit-map-panel")
    assert reasons[tuple(name.split(">"))] in panel.inner_text()
    settled(tab, lambda: tab.keyboard.press("a"))
    assert tab.widget.state["candidates"] == {name: {"verdict": "accepted"}}
    assert tab.evaluate("document.activeElement.dataset.id") == name, "the focus stays"
    tab.keyboard.press("ArrowRight")
    second = tab.evaluate("document.activeElement.dataset.id")
    assert second != name
    settled(tab, lambda: tab.keyboard.press("x"))
    settled(tab, lambda: tab.keyboard.press("f"))
    assert tab.widget.state["candidates"][second] == {"verdict": "rejected", "flipped": True}
    settled(tab, lambda: tab.keyboard.press("Control+z"))
    assert tab.widget.state["candidates"][second] == {"verdict": "rejected"}
    tab.keyboard.press("Tab")
    assert "kit-map-box" in tab.evaluate(focus)
    first = tab.evaluate("document.activeElement.dataset.id")
    tab.keyboard.press("ArrowDown")
    below = tab.evaluate("document.activeElement.dataset.id")
    rows = datasets.figure4_nodes().set_index("node")["row"]
    assert rows[below] > rows[first]
    tab.keyboard.press("Enter")
    label = datasets.figure4_nodes().set_index("node").at[below, f"label_{lang}"]
    assert label in panel.inner_text()


@both_languages
def test_hiding_the_inferences_opens_every_loop(show, lang) -> None:
    tab = show(lang)
    words = Words(lang)
    tab.locator(".kit-map-panel input[value=loops]").check(force=True)
    assert tab.locator(".kit-map-loops > li").count() == 3
    assert words("map.ui.loops.no_balance") in tab.locator(".kit-map-panel").inner_text()
    arrows = tab.locator(".kit-map-arrow").count()
    hide = tab.locator(".kit-map-check.kit-map-inference input")
    settled(tab, lambda: hide.uncheck(force=True))
    assert tab.locator(".kit-map-loops > li").count() == 0
    assert tab.locator(".kit-map-arrow").count() == arrows - 10
    assert tab.locator(".kit-title").inner_text() == words("map.title.hidden")
    assert tab.locator(".kit-reading").get_attribute("aria-live") == "polite"


def test_an_edit_touches_only_the_arrow_that_it_changes(show) -> None:
    tab = show()
    choose(tab, "tocap>anchor")
    tab.evaluate("window.before = [...document.querySelectorAll('.kit-map-stage [data-id]')]")
    settled(tab, lambda: tab.locator(".kit-map-actions button").nth(2).click())
    gone = tab.evaluate("window.before.filter((n) => !n.isConnected).map((n) => n.dataset.id)")
    assert gone == ["tocap>anchor"]
    assert tab.locator(".kit-map-loops > li").count() == 0
    tab.locator(".kit-map-panel input[value=loops]").check(force=True)
    assert tab.locator(".kit-map-loops > li").count() == 2


def test_an_edit_is_answered_by_what_it_changed_and_the_page_knows_the_whole(show) -> None:
    tab = show("ko")
    wishes = [
        {"edit": {"do": "accept", "arrow": "univ>supply"}},
        {"edit": {"do": "turn", "arrow": "tocap>anchor"}},
        {"edit": {"do": "add", "from": "agencycap", "to": "unlinked", "sign": "-", "why": ""}},
        {"look": {"hidden": ["inference"], "counting": "accepted"}},
        {"undo": True},
        {"edit": {"do": "accept", "arrow": "no such arrow"}},
        {"edit": {"do": "clear"}},
    ]
    for n, wish in enumerate(wishes):
        sizes = tab.evaluate(
            "async wish => (await window.kitTold(wish)).map((m) => JSON.stringify(m).length)",
            {**wish, "mark": n},
        )
        assert tab.evaluate("kitContent()") == tab.widget.content
        if n == 0:
            assert sum(sizes) < 4_000, "one arrow changed, not the map"


def test_an_arrow_of_ones_own_is_drawn_from_box_to_box_and_closes_a_loop(show) -> None:
    tab = show()
    tab.locator(".kit-map-panel input[value=add]").check(force=True)
    for box in ("agencycap", "unlinked"):
        tab.locator(f'.kit-map-box[data-id="{box}"] .frame').click()
    settled(tab, lambda: tab.locator(".kit-map-add .kit-main").click())
    assert tab.locator(".kit-map-arrow.kit-map-own.looped").count() == 1
    ways = tab.evaluate(
        "['own:agencycap>unlinked', 'unlinked>agencycap'].map((id) => {"
        " const b = document.querySelector(`[data-id='${id}'] .line`).getBBox();"
        " return b.x + b.width / 2; })"
    )
    assert abs(ways[0] - ways[1]) > 4, "two arrows that face each other run side by side"
    assert tab.widget.state["own"][0]["to"] == "unlinked"
    tab.locator("select[name=from]").select_option("univ")
    tab.locator("select[name=to]").select_option("supply")
    settled(tab, lambda: tab.locator(".kit-map-add .kit-main").click())
    assert tab.locator(".kit-map-status.kit-problem").inner_text()
    assert tab.locator("select[name=to]").input_value() == "supply", "nothing typed is lost"
    assert len(tab.widget.state["own"]) == 1


@both_languages
def test_a_phone_gets_the_outline_with_every_action(show, lang) -> None:
    tab = show(lang, viewport=PHONE, has_touch=True)
    assert not tab.locator(".kit-map-stage svg").count()
    tab.locator(".kit-map-outline summary").nth(1).tap()
    tab.locator(".kit-map-edge").first.tap()
    actions = tab.locator(".kit-map-outline .kit-map-actions button")
    assert actions.count() == 4
    settled(tab, lambda: actions.nth(0).tap())
    assert [*tab.widget.state["candidates"].values()] == [{"verdict": "accepted"}]
    assert actions.nth(0).get_attribute("aria-pressed") == "true"
    for summary in tab.locator(".kit-map-outline details:not([open]) > summary").all()[::-1]:
        summary.tap()
    assert tab.locator(".kit-map-edge").count() == 71
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    sizes = tab.evaluate(
        "[...document.querySelectorAll('.kit-figure *')].filter((n) => n.textContent.trim())"
        ".map((n) => parseFloat(getComputedStyle(n).fontSize))"
    )
    assert min(sizes) >= 12


def test_maps_are_taken_out_taken_in_and_compared(show, tmp_path) -> None:
    tab = show("ko")
    choose(tab, "univ>supply")
    settled(tab, lambda: tab.locator(".kit-map-actions button").nth(1).click())
    tab.locator(".kit-map-panel input[value=file]").check(force=True)
    with tab.expect_download() as waiting:
        tab.locator(".kit-map-body button").first.click()
    mine = waiting.value.path()
    state = tab.widget.state
    assert '"univ>supply"' in mine.read_text("utf-8")
    bad = tmp_path / "bad.json"
    bad.write_text(mine.read_text("utf-8").replace("univ>supply", "univ>moon"), encoding="utf-8")
    huge = tmp_path / "huge.json"
    huge.write_text(" " * 5_000_000, encoding="utf-8")
    whole = json.loads(mine.read_text("utf-8"))
    own = {"from": "univ", "to": "moon", "sign": "+", "why": ""}
    lost, opposite, torn = (tmp_path / f"{name}.json" for name in ("lost", "opposite", "torn"))
    lost.write_text(json.dumps({**whole, "own": [own]}), encoding="utf-8")
    against = {**own, "to": "supply", "sign": "-"}
    opposite.write_text(json.dumps({**whole, "own": [against]}), encoding="utf-8")
    torn.write_bytes(mine.read_bytes()[:-40])
    supply = datasets.figure4_nodes().set_index("node").at["supply", "label_ko"]
    refused = {bad: "univ>moon", huge: "256", lost: "‘moon’", opposite: supply, torn: ".json"}
    for path, named in refused.items():
        choose_file = tab.locator(".kit-map-body input[type=file]")
        settled(tab, lambda p=path, c=choose_file: c.set_input_files(p))
        assert named in tab.locator(".kit-map-status.kit-problem").inner_text()
        assert tab.widget.state is state
    tab.locator(".kit-map-panel input[value=compare]").check(force=True)
    files = tab.locator(".kit-map-body input[type=file]")
    settled(tab, lambda: files.set_input_files([mine, bad]))
    assert "bad.json" in tab.locator(".kit-map-status").inner_text()
    row = tab.locator(".kit-map-sheet").last.locator("tbody tr")
    assert row.count() == 1
    side_by_side = tab.locator(".kit-map-sheet").nth(1).locator("tbody tr")
    assert side_by_side.count() == 2
    assert "1/1" in side_by_side.last.inner_text(), "the same verdict on the one arrow judged"
    assert row.locator(".kit-num").all_inner_texts() == ["0", "1", "0"]


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_picture_can_be_taken_away_with_title_source_and_colours(show, viewport) -> None:
    tab = show(viewport=viewport)
    for kind in ("SVG", "PNG"):
        with tab.expect_download() as waiting:
            tab.locator(".kit-buttons button", has_text=kind).click()
        assert waiting.value.suggested_filename == f"4.causal_map.{kind.lower()}"
        content = waiting.value.path().read_bytes()
        if kind == "PNG":
            assert content.startswith(b"\x89PNG")
            assert len(content) > 50_000
        else:
            text = content.decode("utf-8")
            assert "var(" not in text
            assert "916" in text
            assert "Too few anchor" in text
    outlined = tab.locator(".kit-map-outline").count()
    assert outlined == (viewport is PHONE)


@pytest.mark.parametrize(
    ("lang", "scheme", "viewport"),
    [("ko", "light", WIDE), ("en", "dark", WIDE), ("ko", "contrast", WIDE), ("en", "light", PHONE)],
)
def test_no_serious_barrier(show, lang, scheme, viewport) -> None:
    tab = show(lang, scheme, viewport=viewport)
    if viewport is WIDE:
        choose(tab, "tocap>anchor")
    tab.evaluate(AXE.read_text("utf-8"))
    parts = ("about",) if viewport is WIDE else ("about", "loops", "add", "compare", "file")
    for part in parts:
        tab.locator(f".kit-map-panel input[value={part}]").check(force=True)
        found = tab.evaluate("axe.run(document.querySelector('.kit-figure'))")["violations"]
        grave = [each for each in found if each["impact"] in ("serious", "critical")]
        assert not [f"{part} {each['id']}: {each['nodes'][0]['html'][:160]}" for each in grave]


def test_what_is_chosen_never_lies_under_the_panel(show) -> None:
    tab = show()
    tab.locator('.kit-map-box[data-id="risk"] .frame').scroll_into_view_if_needed()
    tab.evaluate("scrollTo(0, 0)")
    for box in ("risk", "exit", "recover"):
        tab.evaluate(
            "id => document.querySelector(`.kit-map-box[data-id=${id}]`)"
            ".dispatchEvent(new MouseEvent('click', { bubbles: true }))",
            box,
        )
        (chosen,) = places(tab, f'.kit-map-box[data-id="{box}"] .frame')
        (panel,) = places(tab, ".kit-map-panel")
        assert chosen["bottom"] < panel["top"]
        assert chosen["top"] > 0
