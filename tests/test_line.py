"""The page's line to its kernel in a real browser, with a kernel that says what the test wants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.lessons import ROOT

LINE = ROOT / "clusterlib" / "web" / "static" / "kernel.js"
# A socket whose other end is the test: what the page tells is listed, what the kernel says is put
# together part by part, as Jupyter's protocol has it.
KERNEL = """
window.told = [];
window.WebSocket = class {
  static OPEN = 1;
  readyState = 1;
  constructor() { window.socket = this; setTimeout(() => this.onopen()); }
  send(packed) {
    const table = new DataView(packed.buffer);
    const at = (i) => Number(table.getBigUint64(8 * (i + 1), true));
    const part = (i) => JSON.parse(new TextDecoder().decode(packed.slice(at(i), at(i + 1))));
    window.told.push({ id: part(1).msg_id, type: part(1).msg_type, content: part(4) });
  }
  close() {}
};
window.says = (type, parent, content) => {
  const said = [{ msg_type: type }, { msg_id: parent }, {}, content];
  const texts = ["iopub", ...said.map((each) => JSON.stringify(each))];
  const parts = texts.map((text) => new TextEncoder().encode(text));
  const count = parts.length + 1;
  const length = parts.reduce((sum, part) => sum + part.length, 8 * (count + 1));
  const packed = new Uint8Array(length);
  const table = new DataView(packed.buffer);
  table.setBigUint64(0, BigInt(count), true);
  let at = 8 * (count + 1);
  parts.forEach((part, i) => {
    table.setBigUint64(8 * (i + 1), BigInt(at), true);
    packed.set(part, at);
    at += part.length;
  });
  table.setBigUint64(8 * count, BigInt(at), true);
  socket.onmessage({ data: packed.buffer });
};
"ready"
"""
# A figure with two choices, as the frame of every figure sets them.
FIGURE = """
const opened = { comm_id: "figure", target_name: "jupyter.widget",
  data: { state: { values: { axis: "years", rule: "first" }, n: 0 } } };
window.line = kitLine("/", "kernel", () => {});
says("comm_open", "cell", opened);
window.model = await line.model("figure");
window.put = (id, value) => {
  model.set("values", { ...model.get("values"), [id]: value });
  model.save_changes();
};
window.updates = () => told.filter(({ content }) => content.data?.method === "update");
"""
STATES = """(values) => {
  const asked = told.find(({ content }) => content.target_name === "jupyter.widget.control");
  says("comm_msg", "earlier", { comm_id: asked.content.comm_id,
    data: { states: { figure: { state: { values } } } } });
}"""
IDLE = "says('status', updates().at(-1).id, { execution_state: 'idle' })"
BEFORE = {"axis": "years", "rule": "first"}
ONE, BOTH = {"axis": "since", "rule": "first"}, {"axis": "since", "rule": "usual"}


@pytest.fixture
def tab(page: Callable[..., Any]) -> Any:
    """A page with a figure whose choices are told to a kernel that the test plays."""
    view = page()
    # The line wants an address of its own, which a page without one does not have.
    view.tab.route("**/*", lambda route: route.fulfill(body="<!doctype html>"))
    view.tab.goto("http://127.0.0.1/")
    view.tab.evaluate(KERNEL)
    view.tab.add_script_tag(content=LINE.read_text("utf-8"))
    view.tab.evaluate("async () => {" + FIGURE + "}")
    return view.tab


def values(tab: Any) -> dict[str, str]:
    return tab.evaluate("model.get('values')")


def ask_for_all(tab: Any) -> None:
    """Make the line ask for all widgets, as it does while one of them has not been told of."""
    tab.evaluate("void line.model('unknown').catch(() => {})")
    tab.wait_for_function("told.some(({ content }) => content.target_name)")


def test_two_choices_at_once_are_told_one_after_the_other_and_both_stay(tab) -> None:
    tab.evaluate("put('axis', 'since'); put('rule', 'usual')")
    assert tab.evaluate("updates().map(({ content }) => content.data.state.values)") == [ONE]
    tab.evaluate(IDLE)
    assert tab.evaluate("updates().at(-1).content.data.state.values") == BOTH
    assert values(tab) == BOTH


def test_news_from_before_a_choice_does_not_undo_it(tab) -> None:
    """A page that still waits for a widget is told of all of them, as they were before."""
    ask_for_all(tab)
    tab.evaluate("put('axis', 'since'); put('rule', 'usual')")
    tab.evaluate(STATES, BEFORE)
    assert values(tab) == BOTH
    tab.evaluate(IDLE)
    assert tab.evaluate("updates().at(-1).content.data.state.values") == BOTH


def test_an_update_from_before_a_choice_does_not_undo_it_but_other_traits_follow(tab) -> None:
    tab.evaluate("put('axis', 'since')")
    tab.evaluate(
        "values => says('comm_msg', 'earlier', { comm_id: 'figure',"
        " data: { method: 'update', state: { values, n: 7 } } })",
        BEFORE,
    )
    assert values(tab) == ONE
    assert tab.evaluate("model.get('n')") == 7


def test_the_kernels_answer_to_a_choice_stands_unless_a_newer_one_was_made(tab) -> None:
    answer = (
        "values => says('comm_msg', updates().at(-1).id, { comm_id: 'figure',"
        " data: { method: 'update', state: { values } } })"
    )
    other = {"axis": "since", "rule": "late"}
    tab.evaluate("put('axis', 'since')")
    tab.evaluate(answer, other)
    assert values(tab) == other
    tab.evaluate("put('rule', 'usual')")
    tab.evaluate(answer, other)
    assert values(tab) == BOTH


def test_once_the_kernel_is_done_its_word_stands_again(tab) -> None:
    ask_for_all(tab)
    tab.evaluate("put('axis', 'since')")
    tab.evaluate(IDLE)
    tab.evaluate(STATES, BEFORE)
    assert values(tab) == BEFORE


def test_what_is_said_before_the_kernel_has_answered_waits_for_its_answer(tab) -> None:
    """The server drops what a page says while it connects the two; knocking is what it may drop."""
    knocks = "told.map(({ type }) => type).filter((type) => type === 'kernel_info_request').length"
    tab.evaluate("void (window.line = kitLine('/', 'kernel', () => {}))")
    tab.evaluate("line.tell('figure', { method: 'custom' })")
    before = tab.evaluate(knocks)
    tab.wait_for_function(f"{knocks} > {before} + 1")
    said = "told.filter(({ content }) => content.data?.method === 'custom').length"
    assert tab.evaluate(said) == 0
    tab.evaluate("says('status', 'knock', { execution_state: 'idle' })")
    assert tab.evaluate(said) == 1


def test_a_choice_that_a_broken_line_took_along_is_told_again(tab) -> None:
    tab.evaluate("put('axis', 'since'); put('rule', 'usual'); socket.onclose()")
    tab.wait_for_function("told.at(-1).type === 'kernel_info_request'")
    tab.evaluate("says('status', 'knock', { execution_state: 'idle' })")
    assert tab.evaluate("updates().at(-1).content.data.state.values") == BOTH
    assert values(tab) == BOTH


def test_what_the_page_brings_of_a_widget_needs_no_kernel_and_long_texts_come_once(tab) -> None:
    tab.evaluate(
        """() => {
          line.know({ texts: { a: "draw()" }, states: { one: { _esm: "a", n: 1 } } });
          line.know({ texts: {}, states: { two: { _esm: "a", n: 2 } } });
        }"""
    )
    told = "Promise.all(['one', 'two'].map((name) => line.model(name)))"
    both = tab.evaluate(
        f"{told}.then((all) => all.map((each) => [each.get('_esm'), each.get('n')]))"
    )
    assert both == [["draw()", 1], ["draw()", 2]]


def test_an_announcement_older_than_what_the_page_brought_changes_nothing(tab) -> None:
    tab.evaluate("line.know({ texts: {}, states: { late: { n: 2 } } })")
    tab.evaluate(
        "says('comm_open', 'cell', { comm_id: 'late', target_name: 'jupyter.widget',"
        " data: { state: { n: 1 } } })"
    )
    assert tab.evaluate("line.model('late').then((model) => model.get('n'))") == 2


def test_later_news_that_the_page_brings_change_what_it_brought_but_no_choice(tab) -> None:
    tab.evaluate("put('axis', 'since')")
    tab.evaluate("values => line.know({ texts: {}, states: { figure: { values, n: 7 } } })", BEFORE)
    assert tab.evaluate("model.get('n')") == 7
    assert values(tab) == ONE


UPDATE = """(n) => says("comm_msg", "", { comm_id: "figure",
  data: { method: "update", state: { n }, buffer_paths: [] } })"""
BRINGS = "(n) => line.know({ texts: {}, states: { figure: { n, values: {} } } })"


def test_what_the_kernel_says_of_a_widget_before_the_page_brings_it_is_not_lost(tab) -> None:
    tab.evaluate("() => { window.line = kitLine('/', 'kernel', () => {}); }")
    tab.evaluate(UPDATE, 2)
    tab.evaluate(BRINGS, 1)  # as it was when its cell had run
    assert tab.evaluate("line.model('figure').then((model) => model.get('n'))") == 2


def test_a_page_that_is_read_late_does_not_undo_what_the_kernel_has_said_since(tab) -> None:
    tab.evaluate("() => { window.line = kitLine('/', 'kernel', () => {}); }")
    tab.evaluate(BRINGS, 0)
    tab.evaluate(UPDATE, 2)
    tab.evaluate(BRINGS, 1)
    assert tab.evaluate("line.model('figure').then((model) => model.get('n'))") == 2


def test_a_server_that_stays_away_does_not_make_the_same_thing_be_said_often(tab) -> None:
    tab.evaluate("put('axis', 'since'); for (let n = 0; n < 5; n += 1) socket.onclose()")
    tab.wait_for_function("told.at(-1).type === 'kernel_info_request'")
    before = tab.evaluate("updates().length")
    tab.evaluate("says('status', 'knock', { execution_state: 'idle' })")
    assert tab.evaluate("updates().length") == before + 1
