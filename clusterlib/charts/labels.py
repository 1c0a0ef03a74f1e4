"""Names beside marks: kept apart, and given the room that their letters take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from unicodedata import east_asian_width

from clusterlib import theme
from clusterlib.charts import alt

# Width of a letter of 13 px bold type, in px, by whether it is a full or a half one.
WIDE, NARROW = 12.5, 7.6
LONG, SLIM = 330, 420  # px: a name that a phone cannot show in one line; a slim chart


def apart(values: Sequence[float], gap: float) -> list[float]:
    """Move values as little as needed until any two are `gap` or more apart; order is kept.

    >>> apart([100, 99, 50], 4)
    [101.5, 97.5, 50.0]
    """
    order = sorted(range(len(values)), key=lambda i: values[i])
    # Runs of labels that touch; each is centred on the mean of where its labels want to be.
    runs: list[list[int]] = []
    for i in order:
        runs.append([i])
        while len(runs) > 1 and _low(runs[-1], values, gap) < _high(runs[-2], values, gap) + gap:
            last = runs.pop()
            runs[-1] += last
    places = [0.0] * len(values)
    for run in runs:
        for step, i in enumerate(run):
            places[i] = _low(run, values, gap) + step * gap
    return places


def _low(run: list[int], values: Sequence[float], gap: float) -> float:
    return sum(values[i] for i in run) / len(run) - gap * (len(run) - 1) / 2


def _high(run: list[int], values: Sequence[float], gap: float) -> float:
    return _low(run, values, gap) + gap * (len(run) - 1)


def room(texts: Iterable[str], beside: int = 12) -> int:
    """The px that the longest of some texts needs, with some px beside it."""
    return beside + round(max(_width(text) for text in texts))


def _width(text: str) -> float:
    return sum(WIDE if east_asian_width(letter) in "WF" else NARROW for letter in text)


def folded(text: str, wide: int = LONG) -> dict[str, str]:
    """A name as one line, and on two of about equal length where a slim chart wants them.

    >>> folded("Graduates willing to stay at today's conditions")["second"]
    "at today's conditions"
    """
    blanks = [place for place, letter in enumerate(text) if letter == " "]
    if _width(text) < wide or not blanks:
        return {"label": text, "first": "", "second": text}
    middle = min(blanks, key=lambda place: abs(place - len(text) / 2))
    return {"label": text, "first": text[:middle], "second": text[middle + 1 :]}


def above(base: Any, dy: int = -9, beside: int = 0) -> list[Any]:
    """Names as `folded` gives them, over the marks of their rows, where they need no margin.

    Parameters
    ----------
    base : altair.Chart
        Encodes the rows.
    dy : int
        How far the middle of the last line lies below the middle of the row, px.
    beside : int
        Room that the lines leave at their right, px.
    """
    slim = f"width < {SLIM}"
    said = base.transform_calculate(
        upper=f"{slim} ? datum.first : ''", lower=f"{slim} ? datum.second : datum.label"
    )
    style = {
        "align": "left",
        "color": theme.colour("ink"),
        "limit": alt.ExprRef(f"width - {beside}"),
    }
    lines = {"upper:N": dy - 13, "lower:N": dy}
    return [
        said.mark_text(dy=place, **style).encode(x=alt.value(0), text=name)
        for name, place in lines.items()
    ]


def on_halo(base: Any, shade: str = "paper", width: float = 4, **style: Any) -> list[Any]:
    """Words on a rim of the ground's colour, so that no line runs through them: two layers.

    Parameters
    ----------
    base : altair.Chart
        Encodes places and text.
    shade : str
        The colour of the ground, by its name in theme.json.
    width : float
        Width of the rim's stroke, px.
    style : keywords
        The words, as `mark_text` takes them.
    """
    rim = {"stroke": theme.colour(shade), "strokeWidth": width, "strokeJoin": "round"}
    return [base.mark_text(**rim, **style), base.mark_text(**style)]


def beside(base: Any, dx: float, left: str, rim: float = 0, **style: Any) -> list[Any]:
    """Words to the right of their place, or to its left where a row wants it: two layers, or four.

    Parameters
    ----------
    base : altair.Chart
        Encodes places and text.
    dx : float
        From place to word, px.
    left : str
        Where words stand at the left, in Vega's language: "datum.flip".
    rim : float
        Width of a rim of the ground's colour around the words (`on_halo`), px; 0 draws none.
    style : keywords
        The words, as `mark_text` takes them.

    >>> from clusterlib.charts.looks import chart_of
    >>> [layer.mark.align for layer in beside(chart_of("ends"), 5, left="datum.flip")]
    ['left', 'right']
    """
    right = {**style, "align": "left", "dx": dx}
    sides = {f"!({left})": right, left: {**right, "align": "right", "dx": -dx}}
    layers = []
    for where, look in sides.items():
        words = base.transform_filter(where)
        layers += on_halo(words, width=rim, **look) if rim else [words.mark_text(**look)]
    return layers


def heading(text: str, **more: Any) -> alt.TitleParams:
    """What stands over one chart of several, at its left.

    Parameters
    ----------
    text : str
        The heading, in the reader's language.
    more : keywords
        What else, or what other than usual, as `alt.TitleParams` takes it.

    >>> heading("Floor space", offset=14).anchor
    'start'
    """
    usual = {"anchor": "start", "fontSize": 15, "color": theme.colour("ink")}
    return alt.TitleParams(text, **usual | more)
