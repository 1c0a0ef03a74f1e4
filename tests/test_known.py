"""What widgets know comes with the page: whole, once, and safe inside HTML."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

from clusterlib.serve import known


class Renderer:
    """As Voila's: it ran the cells and heard what their widgets said."""

    def __init__(self, states: dict[str, Any], buffers: dict[str, Any] | None = None) -> None:
        self.executor = SimpleNamespace(widget_state=states, widget_buffers=buffers or {})

    def cells(self) -> None:
        """Give nothing: the states alone matter."""


def cell(*names: str) -> dict[str, Any]:
    outputs = [{"data": {known.WIDGET: {"model_id": name}}} for name in names]
    return {"outputs": [{"name": "stdout", "text": ""}, *outputs]}


FIGURE = {"_esm": "export default 1", "_css": "p {}", "n": 1}


def told(cell: dict[str, Any], renderer: Renderer, sent: dict[str, Any]) -> Any:
    written = known.told(cell, renderer.cells, sent)
    return json.loads(written) if written else None


def test_a_box_brings_what_stands_in_it_and_a_common_text_comes_once() -> None:
    box = {"children": ["IPY_MODEL_a", "IPY_MODEL_b"]}
    room, sent = Renderer({"box": box, "a": FIGURE, "b": FIGURE | {"n": 2}, "c": FIGURE}), {}
    first = told(cell("box"), room, sent)
    assert list(first["states"]) == ["box", "a", "b"]
    assert sorted(first["texts"].values()) == ["export default 1", "p {}"]
    second = told(cell("c"), room, sent)
    assert second["texts"] == {}
    assert first["texts"][second["states"]["c"]["_esm"]] == "export default 1"
    assert told(cell("c"), room, sent) is None


def test_a_cell_without_widgets_brings_nothing() -> None:
    assert known.told(cell(), Renderer({}).cells, {}) == ""


def test_widgets_with_binary_parts_are_left_to_the_line() -> None:
    room = Renderer({"a": FIGURE, "b": FIGURE}, {"a": {("rows",): {}}})
    assert list(told(cell("a", "b"), room, {})["states"]) == ["b"]


def test_no_word_of_a_widget_can_end_the_script_element() -> None:
    said = "</script><!--<script>&"
    room = Renderer({"a": {"text": said}})
    written = known.told(cell("a"), room.cells, {})
    assert "<" not in written
    assert json.loads(written)["states"]["a"]["text"] == said


def test_korean_letters_travel_as_they_are() -> None:
    assert "가나다" in known.told(cell("a"), Renderer({"a": {"text": "가나다"}}).cells, {})


def test_at_the_end_comes_only_what_has_changed_since() -> None:
    states = {"a": dict(FIGURE), "b": dict(FIGURE), "hidden": {"n": 1}}
    room, sent = Renderer(states), {}
    told(cell("a", "b"), room, sent)
    assert known.news(room.cells, sent) == ""
    states["a"].update(n=2)
    states["hidden"].update(n=2)
    assert json.loads(known.news(room.cells, sent)) == {"texts": {}, "states": {"a": {"n": 2}}}
