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


def told(cell: Mapping[str, Any], cells: Any, sent: dict[str, Any]) -> str:
    """The states of the widgets that a cell shows, for a script element; "" where there are none.

    Parameters
    ----------
    cell : mapping
        A cell of the notebook that has been run.
    cells : method
        Voila's generator of cells; its renderer ran them and heard what their widgets said.
    sent : dict
        What the page has been sent before: states of widgets, names of shared texts; grows.
    """
    states = _states(cells)
    outputs = [output.get("data", {}) for output in cell["outputs"]]
    shown = [data[WIDGET]["model_id"] for data in outputs if WIDGET in data]
    names = [name for root in shown for name in _family(root, states) if name not in sent]
    sent.update({name: dict(states[name]) for name in names})
    return _written({name: states[name] for name in names}, sent)


def news(cells: Any, sent: dict[str, Any]) -> str:
    """What has changed in widgets since the page was sent them: its line may have been too late.

    Takes what `told` takes; "" where nothing has.
    """
    changed = {
        name: {key: value for key, value in state.items() if value is not sent[name].get(key)}
        for name, state in _states(cells).items()
        if name in sent
    }
    return _written({name: state for name, state in changed.items() if state}, sent)


def _states(cells: Any) -> dict[str, dict[str, Any]]:
    executor = cells.__self__.executor
    # Binary parts travel over the line only.
    return {k: v for k, v in executor.widget_state.items() if k not in executor.widget_buffers}


def _written(states: Mapping[str, Mapping[str, Any]], sent: dict[str, Any]) -> str:
    if not states:
        return ""
    texts = {_name(s[key]): s[key] for s in states.values() for key in SHARED if key in s}
    fresh = {name: text for name, text in texts.items() if name not in sent}
    sent.update(dict.fromkeys(fresh))
    message = {"texts": fresh, "states": {name: _short(state) for name, state in states.items()}}
    # Safe inside a script element, and Korean letters as they are: a third of the length.
    written = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c")


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
