"""What a page's widgets know, sent with the page: no figure waits for the line to its kernel."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"
REFERENCE = "IPY_MODEL_"
# What widgets of a kind have in common, and is long: sent once a page.
SHARED = ("_esm", "_css")


def told(cell: Mapping[str, Any], cells: Any, sent: dict[str, None]) -> str:
    """The states of the widgets that a cell shows, for a script element; "" where there are none.

    Parameters
    ----------
    cell : mapping
        A cell of the notebook that has been run.
    cells : method
        Voila's generator of cells; its renderer ran them and heard what their widgets said.
    sent : dict
        Its keys name what the page has been sent before, widgets and shared texts; grows.
    """
    executor = cells.__self__.executor
    # Binary parts travel over the line only.
    states = {k: v for k, v in executor.widget_state.items() if k not in executor.widget_buffers}
    shown = [each["data"][WIDGET]["model_id"] for each in cell["outputs"] if _is_widget(each)]
    names = [name for root in shown for name in _family(root, states) if name not in sent]
    if not names:
        return ""
    sent.update(dict.fromkeys(names))
    texts = {_name(states[n][k]): states[n][k] for n in names for k in SHARED if k in states[n]}
    fresh = {key: text for key, text in texts.items() if key not in sent}
    sent.update(dict.fromkeys(fresh))
    message = {"texts": fresh, "states": {name: _short(states[name]) for name in names}}
    # Safe inside a script element, and Korean letters as they are: a third of the length.
    written = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c")


def _is_widget(output: Mapping[str, Any]) -> bool:
    return WIDGET in output.get("data", {})


def _family(name: str, states: Mapping[str, Any]) -> Iterator[str]:
    """A widget and those inside it, as far as their states are known."""
    if name in states:
        yield name
        for child in states[name].get("children", ()):
            yield from _family(child.removeprefix(REFERENCE), states)


def _short(state: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _name(value) if key in SHARED else value for key, value in state.items()}


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
