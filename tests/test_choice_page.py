"""The comparison and the map of winners in a real browser, the real widgets behind a bare page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clusterlib import live
from clusterlib.explorers import Explore
from clusterlib.explorers.policy_room import room
from clusterlib.i18n import Words
from clusterlib.policy import scenario
from tests.bare import AXE, PAGE, PHONE, WIDE

TRAITS = ("frame", "controls", "values", "start", "fixed", "content")
# Stands for Jupyter: what the browser sets or sends goes to the widget, its traits come back.
MODEL = """
const traits = await window.kitTraits();
const heard = {};
const tell = (name) => (heard[name] ?? []).forEach((each) => each());
const take = async (answer) => {
  const now = await answer;
  const other = (name) => JSON.stringify(now[name]) !== JSON.stringify(traits[name]);
  const changed = Object.keys(now).filter(other);
  Object.assign(traits, now);
  changed.forEach((name) => tell(`change:${name}`));
  document.body.dataset.answers = Number(document.body.dataset.answers ?? 0) + 1;
};
const model = {
  get: (name) => traits[name],
  set(name, value) { traits[name] = value; tell(`change:${name}`); },
  on(name, each) { (heard[name] ??= []).push(each); },
  save_changes: () => take(window.kitMove(traits.values)),
  send: (message) => take(window.kitSend(message)),
};
widget.render({ model, el: document.querySelector("main") });
"""
Show = Callable[..., Any]


def pinned(name: str) -> dict[str, Any]:
    return {**scenario.to_plan(room().ready[name], room().keys), "name": f"my {name}"}


@pytest.fixture
def show(page) -> Show:
    """A function that puts one figure on a page of its own, with some plans pinned."""
    views = []

    def put(verb: str, lang: str = "en", plans: tuple[str, ...] = (), **options: Any) -> Any:
        widget = getattr(Explore(Words(lang)), verb)()
        widget.restore({"pinned": [pinned(name) for name in plans]})
        views.append(page(**{"viewport": WIDE, "reduced_motion": "reduce", **options}))
        tab = views[-1].tab

        def traits() -> dict[str, Any]:
            return {name: getattr(widget, name) for name in TRAITS}

        def move(values: dict[str, Any]) -> dict[str, Any]:
            widget.values = values
            return traits()

        def send(message: dict[str, Any]) -> dict[str, Any]:
            widget.hear(None, message, None)
            return traits()

        for name, answer in {"kitTraits": traits, "kitMove": move, "kitSend": send}.items():
            tab.expose_function(name, answer)
        tab.set_content(PAGE % (lang, "light", live.style("matrix", "winners")))
        code = str(widget._esm).replace("export default", "const widget =")
        tab.add_script_tag(content=code + MODEL, type="module")
        tab.wait_for_selector("[data-ready]")
        return tab, widget

    yield put
    for view in views:
        view.assert_clean()


def test_the_map_of_winners_is_walked_and_read_by_keyboard_and_its_weights_taken(show) -> None:
    tab, widget = show("plan_choice")
    board = widget.content["rows"]["winners"][0]
    tab.locator(".kit-winners-cell[tabindex='0']").focus()
    for key in ("ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp"):
        tab.keyboard.press(key)
    assert tab.locator(".kit-winners-cell[tabindex='0']").count() == 1
    cell = board["cells"][11 * 1 + 3]
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')") == cell["said"]
    assert cell["said"] in tab.locator(".kit-winners-said").inner_text()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.body.dataset.answers === '2'")
    assert [widget.values[f"w.own.{name}"] for name in ("workers", "Q")] == [30, 10]
    here = tab.locator(".kit-winners-cell.here")
    assert here.get_attribute("aria-label") == cell["said"]


def test_a_pinned_plan_is_renamed_and_taken_out_and_a_list_takes_its_place(show) -> None:
    tab, widget = show("plan_compare", plans=("open", "focus"))
    assert tab.locator(".kit-controls select").count() == 2
    name = tab.get_by_label("Rename my open")
    name.fill("Hand in hand")
    name.press("Enter")
    tab.wait_for_selector("th:has-text('Hand in hand')")
    assert widget.work["pinned"][0]["name"] == "Hand in hand"
    tab.get_by_role("button", name="Take out my focus").click()
    tab.wait_for_function("document.querySelectorAll('.kit-controls select').length === 3")
    assert len(widget.work["pinned"]) == 1


@pytest.mark.parametrize(("lang", "viewport"), [("ko", PHONE), ("en", PHONE), ("en", WIDE)])
@pytest.mark.parametrize("verb", ["plan_compare", "plan_choice"])
def test_nothing_runs_over_the_edge_and_axe_finds_nothing(show, verb, lang, viewport) -> None:
    tab, _ = show(verb, lang, viewport=viewport)
    assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    tab.evaluate(AXE.read_text("utf-8"))
    found = tab.evaluate("axe.run(document.querySelector('.kit-figure'))")["violations"]
    grave = [each for each in found if each["impact"] in ("serious", "critical")]
    assert not [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in grave]
    for cell in tab.locator(".kit-winners-cell").all()[:1]:
        assert min(cell.bounding_box()["width"], cell.bounding_box()["height"]) >= 22
