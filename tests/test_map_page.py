"""The causal map in a real browser, the real widget behind a bare page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clusterlib import datasets, live
from clusterlib.explorers import causal_map
from clusterlib.i18n import Words
from tests.lessons import ROOT

AXE = ROOT / "tests" / "vendor" / "axe.min.js"
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
TRAITS = ("frame", "controls", "values", "start", "fixed", "content", "words")
PAGE = """<!doctype html><html lang="%s" data-kit-scheme="%s"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>kit</title><style>%s
body { margin: 0; background: var(--kit-paper); }
main { max-width: 992px; margin: 0 auto; padding: 0 16px; }</style></head><body><main></main>"""
# Stands for Jupyter: what the browser asks goes to the widget in Python, its answer comes back.
MODEL = """
const traits = await window.kitTraits();
const heard = {};
const tell = (name, ...said) => (heard[name] ?? []).forEach((each) => each(...said));
const model = {
  get: (name) => traits[name],
  set(name, value) { traits[name] = value; },
  on(name, each) { (heard[name] ??= []).push(each); },
  async send(message) {
    const { content, sent } = await window.kitAsk(message);
    for (const each of sent) tell("msg:custom", each);
    traits.content = content;
    tell("change:content");
  },
};
widget.render({ model, el: document.querySelector("main") });
"""
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
        tab = views[-1].tab
        tab.widget = widget

        def ask(message: dict[str, Any]) -> dict[str, Any]:
            sent.clear()
            widget._hear(widget, message, [])
            return {"content": widget.content, "sent": list(sent)}

        tab.expose_function("kitTraits", lambda: {name: getattr(widget, name) for name in TRAITS})
        tab.expose_function("kitAsk", ask)
        tab.set_content(PAGE % (lang, scheme, live.style()))
        code = str(widget._esm).replace("export default", "const widget =")
        tab.add_script_tag(content=code + MODEL, type="module")
        tab.wait_for_selector("[data-ready]")
        return tab

    yield put
    for view in views:
        view.assert_clean()
