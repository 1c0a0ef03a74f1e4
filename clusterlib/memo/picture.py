"""A small picture of bands over years as a PNG, drawn here: the kit has no plotting library.

Each panel shows two courses of the same thing: what happens without the plan (grey, its median
dashed) and with it (blue, its median solid). Figures stand on the axes; words stand in the memo,
where they can be read aloud and searched.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clusterlib import theme

SIZE = (1360, 300)  # pixels, 200 to the inch at the width of a page
FINE = 2  # points a pixel along each side, so that edges are smooth
GAP, LEFT, BOTTOM, TOP = 60, 74, 50, 16
DIGIT = (13, 19)  # width and height of a figure, pixels
SEEN = 72  # of 256 parts of a band; the rest is what lies under it
INK, GRID = "muted", "line"
# Each figure as strokes on a grid of 4 by 6, from the upper left.
STROKES = {
    "0": ((1.2, 0, 2.8, 0, 4, 1.4, 4, 4.6, 2.8, 6, 1.2, 6, 0, 4.6, 0, 1.4, 1.2, 0),),
    "1": ((0.8, 1.2, 2.2, 0, 2.2, 6),),
    "2": ((0.1, 1.4, 0.9, 0.2, 2, 0, 3.2, 0.3, 3.8, 1.3, 3.5, 2.5, 0, 6, 4, 6),),
    "3": ((0.2, 0.7, 1.2, 0, 2.8, 0, 3.8, 1, 3.7, 2.1, 2.7, 2.8, 1.5, 2.8),
          (2.7, 2.8, 3.8, 3.6, 4, 4.7, 3, 5.8, 1.4, 6, 0, 5.2)),
    "4": ((3, 6, 3, 0, 0, 4.3, 4, 4.3),),
    "5": ((3.7, 0, 0.6, 0, 0.3, 2.7, 1.4, 2.2, 2.8, 2.3, 3.9, 3.4, 3.9, 4.7, 2.9, 5.8, 1.4, 6,
           0, 5.2),),
    "6": ((3.5, 0.5, 2.4, 0, 1.2, 0.4, 0.2, 2, 0, 4.2, 0.8, 5.6, 2, 6, 3.3, 5.6, 4, 4.3, 3.3, 2.9,
           2, 2.5, 0.7, 3, 0, 4.2),),
    "7": ((0, 0, 4, 0, 1.5, 6),),
    "8": ((2, 2.7, 0.7, 2.1, 0.4, 1, 1.2, 0, 2.8, 0, 3.6, 1, 3.3, 2.1, 2, 2.7, 0.5, 3.5, 0, 4.7,
           1, 5.9, 3, 5.9, 4, 4.7, 3.5, 3.5, 2, 2.7),),
    "9": ((0.5, 5.5, 1.6, 6, 2.8, 5.6, 3.8, 4, 4, 1.8, 3.2, 0.4, 2, 0, 0.7, 0.4, 0, 1.7, 0.7, 3.1,
           2, 3.5, 3.3, 3, 4, 1.8),),
    ".": ((1.8, 5.7, 2.2, 5.7, 2.2, 6, 1.8, 6, 1.8, 5.7),),
}  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """One thing over the years.

    years : the years.
    without, with_plan : arrays (3, years) of low, middle and high.
    """

    years: Sequence[int]
    without: np.ndarray
    with_plan: np.ndarray


def bands(panels: Sequence[Panel], size: tuple[int, int] = SIZE) -> bytes:
    """The PNG of panels side by side; the same panels give the same bytes."""
    wide, high = size
    canvas = np.full((high * FINE, wide * FINE, 3), 255, np.uint8)  # an office's paper is white
    each = (wide - GAP * (len(panels) - 1)) // len(panels)
    for place, panel in enumerate(panels):
        left = place * (each + GAP) + LEFT
        _panel(canvas, panel, (left, TOP, place * (each + GAP) + each - 34, high - BOTTOM))
    small = np.zeros((high, wide, 3), np.uint16)
    for a in range(FINE):
        for b in range(FINE):
            small += canvas[a::FINE, b::FINE]
    return png(((small + FINE) // FINE**2).astype(np.uint8))


def ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Round numbers that enclose a range, at most `most` + 2 of them.

    >>> ticks(4.7, 9.3)
    [4.0, 6.0, 8.0, 10.0]
    """
    span = max(high - low, 1e-9 * max(abs(high), 1.0))
    size = 10 ** math.floor(math.log10(span / most))
    step = next((m * size for m in (1, 2, 2.5, 5) if span / (m * size) <= most), 10 * size)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(n * step, 10) for n in range(first, max(last, first + 1) + 1)]


def png(pixels: np.ndarray) -> bytes:
    """Bytes of a PNG from (height, width, 3) of uint8."""
    high, wide, _ = pixels.shape
    before = np.vstack([np.zeros((1, wide, 3), np.uint8), pixels[:-1]])
    rows = np.empty((high, 1 + wide * 3), np.uint8)
    rows[:, 0] = 2  # each row as its difference to the one above: flat areas become nothing
    rows[:, 1:] = (pixels - before).reshape(high, -1)
    density = struct.pack(">IIB", 7874, 7874, 1)  # 200 pixels an inch
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)),
        (b"pHYs", density),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def _rgb(name: str) -> np.ndarray:
    code = theme.tokens()["light"][name]
    return np.array([int(code[n : n + 2], 16) for n in (1, 3, 5)], np.uint8)


def _panel(canvas: np.ndarray, panel: Panel, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    courses = np.concatenate([panel.without, panel.with_plan])
    # From zero, as in the lab: a cut axis would make a small difference look large.
    marks = ticks(min(float(courses.min()), 0.0), float(courses.max()))
    low, high = marks[0], marks[-1]
    xs = np.linspace(left, right, len(panel.years))

    def y(values: np.ndarray | float) -> np.ndarray:
        return bottom - (np.asarray(values) - low) / (high - low) * (bottom - top)

    for mark in marks:
        _line(canvas, [left, right], [float(y(mark))] * 2, GRID, 1.0)
        _figures(canvas, _plain(mark), left - 10, float(y(mark)), right=True)
    for course, colour, dash in ((panel.without, "nothing", 12), (panel.with_plan, "accent", 0)):
        _fill(canvas, xs, y(course[0]), y(course[2]), colour)
        for edge in (0, 2):
            _line(canvas, xs, y(course[edge]), colour, 1.2, dash / 2)
        _line(canvas, xs, y(course[1]), colour, 3.2, dash)
    _line(canvas, [left, right], [bottom, bottom], INK, 1.4)
    for year, x in ((panel.years[0], xs[0]), (panel.years[-1], xs[-1])):
        _figures(canvas, str(year), x, bottom + 32)


def _plain(value: float) -> str:
    return f"{value:.10g}"


def _fill(
    canvas: np.ndarray, xs: np.ndarray, upper: np.ndarray, lower: np.ndarray, colour: str
) -> None:
    """A band between two courses, a column of points at a time, seen through."""
    columns = np.arange(int(xs[0] * FINE), int(xs[-1] * FINE) + 1)
    a, b = (np.interp(columns / FINE, xs, edge) * FINE for edge in (upper, lower))
    first, last = np.minimum(a, b), np.maximum(a, b)
    rows = np.arange(canvas.shape[0])[:, None]
    part = canvas[:, columns[0] : columns[-1] + 1]
    inside = (rows >= first) & (rows <= last)
    under = part[inside].astype(np.uint16)  # in whole numbers: an eighth of the memory
    part[inside] = (under * (256 - SEEN) + _rgb(colour).astype(np.uint16) * SEEN) >> 8


def _line(
    canvas: np.ndarray, xs: Sequence[float], ys: Sequence[float], colour: str, thick: float,
    dash: float = 0.0,
) -> None:  # fmt: skip
    """Strokes from point to point; `dash` is the length of a stroke and of the gap after it."""
    gone = 0.0
    for x0, y0, x1, y1 in zip(xs[:-1], ys[:-1], xs[1:], ys[1:], strict=True):
        length = math.hypot(x1 - x0, y1 - y0)
        steps = max(2, math.ceil(length * FINE))
        along = np.linspace(0.0, 1.0, steps)
        drawn = np.ones(steps, bool) if not dash else ((gone + along * length) // dash) % 2 == 0
        gone += length
        _dots(canvas, x0 + (x1 - x0) * along[drawn], y0 + (y1 - y0) * along[drawn], colour, thick)


def _dots(canvas: np.ndarray, xs: np.ndarray, ys: np.ndarray, colour: str, thick: float) -> None:
    reach = max(thick * FINE / 2, 0.5)
    span = np.arange(-math.ceil(reach), math.ceil(reach) + 1)
    dx, dy = (each.ravel() for each in np.meshgrid(span, span))
    near = dx**2 + dy**2 <= reach**2
    columns = np.round(xs * FINE).astype(int)[:, None] + dx[near]
    rows = np.round(ys * FINE).astype(int)[:, None] + dy[near]
    columns = columns.clip(0, canvas.shape[1] - 1)
    canvas[rows.clip(0, canvas.shape[0] - 1), columns] = _rgb(colour)


def _figures(canvas: np.ndarray, text: str, x: float, y: float, right: bool = False) -> None:
    """A number around a point, or ending at it."""
    wide, high = DIGIT
    steps = [wide * (0.5 if char == "." else 1.0) * 1.35 for char in text]
    x -= sum(steps) if right else sum(steps) / 2
    for char, step in zip(text, steps, strict=True):
        shift = wide * 0.25 if char == "." else 0.0
        for stroke in STROKES.get(char, ()):
            xs = [x - shift + part * wide / 4 for part in stroke[::2]]
            ys = [y - high / 2 + part * high / 6 for part in stroke[1::2]]
            _line(canvas, xs, ys, INK, 2.0)
        x += step
