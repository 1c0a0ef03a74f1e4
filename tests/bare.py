"""A widget of the kit on a bare page in a real browser, with Python answering it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.lessons import ROOT

AXE = ROOT / "tests" / "vendor" / "axe.min.js"
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
TRAITS = ("frame", "controls", "values", "start", "fixed", "content", "words")
PAGE = """<!doctype html><html lang="%s" data-kit-scheme="%s"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>kit</title><style>%s
body { margin: 0; background: var(--kit-paper); }
main { max-width: 992px; margin: 0 auto; padding: 0 16px; }</style></head><body><main></main>"""
# Stands for Jupyter: what the browser sets or sends goes to the widget in Python, the answer back.
MODEL = """
const traits = await window.kitTraits();
const heard = {};
const tell = (name, ...said) => (heard[name] ?? []).forEach((each) => each(...said));
const answered = (content) => { traits.content = content; tell("change:content"); };
const model = {
  get: (name) => traits[name],
  set(name, value) { traits[name] = value; tell(`change:${name}`); },
  on(name, each) { (heard[name] ??= []).push(each); },
  async save_changes() { answered(await window.kitMove(traits.values)); },
  send: (message) => window.kitTold(message),
};
window.kitTold = async (message) => {
  const answers = await window.kitAsk(message);
  for (const each of answers) tell("msg:custom", each);
  return answers;
};
window.kitContent = () => traits.content;
widget.initialize?.({ model });
widget.render({ model, el: document.querySelector("main") });
"""


def put(tab: Any, widget: Any, scheme: str, **answers: Callable[..., Any]) -> Any:
    """Render a widget in a tab, wait until it stands, and return the tab; `tab.widget` is it.

    Parameters
    ----------
    tab : page of Playwright
        An empty tab.
    widget : Framed
        What is shown; the page speaks its language.
    scheme : str
        "light", "dark" or "contrast".
    **answers : callable
        kitMove for what the page sets, kitAsk for what it sends.
    """
    tab.widget = widget
    tab.expose_function("kitTraits", lambda: {name: getattr(widget, name) for name in TRAITS})
    for name, answer in answers.items():
        tab.expose_function(name, answer)
    tab.set_content(PAGE % (widget.frame["lang"], scheme, widget._css))
    code = str(widget._esm).replace("export default", "const widget =")
    tab.add_script_tag(content=code + MODEL, type="module")
    tab.wait_for_selector("[data-ready]")
    return tab
