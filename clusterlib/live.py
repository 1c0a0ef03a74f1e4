"""The widget that keeps one Vega view alive and feeds it new rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from clusterlib import kept, theme
from clusterlib.charts.figure import Content, Figure
from clusterlib.i18n import Words

WEB = Path(__file__).resolve().parent / "web"


@cache
def style(*parts: str) -> str:
    """The style of a widget: what all have in common, and the files web/<part>.css."""
    files = (WEB / f"{part}.css" for part in ("kit", *parts))
    return theme.css_variables() + "".join(file.read_text(encoding="utf-8") for file in files)


def script(*parts: str) -> str:
    """The browser half of a widget: the files web/<part>.js, joined in their order."""
    return "\n".join((WEB / f"{part}.js").read_text(encoding="utf-8") for part in parts)


class Engine(anywidget.AnyWidget):
    """A widget that may draw: hands the bundled engine to a browser that asks for it."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(self._hand_over)

    def _hand_over(self, _: object, message: dict[str, Any], __: object) -> None:
        # Only where no page offers the drawing engine (JupyterLab), and once a page.
        if message.get("want") == "vega":
            self.send({"reply": "vega"}, [(WEB / "static" / "vega.js").read_bytes()])


class Framed(Engine):
    """What stands in a figure's frame: finding, controls, canvas, source, badge, table.

    `values` holds what the controls say; an explorer watches it and calls `show` with new content.
    """

    _css = style()
    frame = traitlets.Dict().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    start = traitlets.Dict().tag(sync=True)
    fixed = traitlets.Dict().tag(sync=True)
    content = traitlets.Dict().tag(sync=True)

    def show(self, content: Content) -> None:
        """Feed the living canvas: rows, title, reading, alternative text, table change at once."""
        self.content = content.as_message()


class LiveFigure(Framed):
    """A figure whose canvas is one or more Vega views that are kept alive."""

    _esm = script("dom", "engine", "frame", "picture", "view", "figure")
    views = traitlets.List().tag(sync=True)


def _frame(figure: Figure, words: Words) -> dict[str, Any]:
    said = words.group("common.figure.")
    said["evidence"] = words(f"common.evidence.{figure.evidence}")
    said["evidence_help"] = words(f"common.evidence.{figure.evidence}.help")
    said["wrong_help"] = words("common.figure.wrong_help", id=figure.id, sources=figure.sources)
    return {
        "id": figure.id,
        "lang": words.lang,
        "sources": figure.sources,
        "evidence": figure.evidence,
        "words": said,
    }


def explorer(
    figure: Figure,
    words: Words,
    controls: Sequence[dict[str, Any]] = (),
    widget: type[Framed] = LiveFigure,
    traits: Mapping[str, Any] | None = None,
) -> Framed:
    """Join a figure with its controls: each move asks it for new content and shows that.

    Parameters
    ----------
    figure : Figure
        Charts, first content, and how to respond to the controls.
    words : Words
        The reader's language.
    controls : sequence of mappings
        id, label, value and, for a slider, min, max, step, says, play; for a choice, options; for
        a list, kind "select", options of (value, text[, tag]), step, and `only`, the control whose
        value filters the options by their tag.
    widget : type
        Another canvas in the same frame.
    traits : mapping
        What that canvas needs besides. A browser may draw a widget as soon as it has heard of it:
        what is set afterwards can come too late.
    """
    values = {control["id"]: control["value"] for control in controls}
    once, content = figure.once(), figure.content.as_message()
    shown = [figure.id, words.lang, once, content]
    drawn = {"views": kept.recall(shown, figure.specs)} if figure.charts else {}
    view = widget(
        **drawn,
        frame=_frame(figure, words),
        controls=list(controls),
        values=values,
        start=values,
        fixed=once,
        content=content,
        **(traits or {}),
    )
    if figure.respond:
        view.observe(lambda change: view.show(figure.respond(change["new"])), names="values")
    return view


def attach(kernel: Any) -> None:
    """Let a kernel answer for its widgets; one that loads ipywidgets itself does this by itself."""
    import ipywidgets

    ipywidgets.register_comm_target(kernel)


def register_renderer() -> None:
    """Let any `alt.Chart` that a learner writes show in Lab through the bundled view, offline."""
    import altair

    altair.renderers.register("kit", _render)
    altair.renderers.enable("kit")


def _render(spec: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    bundle = LiveFigure(views=[spec], frame={"bare": True})._repr_mimebundle_()
    return bundle if isinstance(bundle, tuple) else (bundle, {})
