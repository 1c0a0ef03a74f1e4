"""Altair, loaded when a chart is built, and without its checks at every step of building one.

They cost 0.2 s a figure in every kernel; the tests check each finished chart instead, and a
learner's own chart is still checked when it is shown.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    import altair
    from altair.utils import schemapi

    schemapi.DEBUG_MODE = False
    return getattr(altair, name)
