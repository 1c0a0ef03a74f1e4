"""How marks look: the colour, shape or dash that each value of a field stands for.

No channel has a legend: labels beside the marks or the figure's key say what it means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from clusterlib import theme
from clusterlib.charts import alt

# The sign that stands for a shape in a figure's key.
SIGNS = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "cross": "✚",
    "triangle-up": "▲",
    "triangle-down": "▼",
    "triangle-left": "◀",
    "triangle-right": "▶",
}


def chart_of(name: str) -> alt.Chart:
    """A chart of rows that the view is fed.

    Parameters
    ----------
    name : str
        The name of the rows, in `Content.rows` or `Figure.fixed`.

    >>> chart_of("bars").mark_bar().to_dict()["data"]
    {'name': 'bars'}
    """
    return alt.Chart(alt.NamedData(name))


def rows_of(name: str, field: str = "name", **axis: Any) -> alt.Chart:
    """A chart with a line for each row it is fed, from the top down in the order of the rows.

    Vega keeps the order in which names first came: without a rank of their own, rows that are fed
    later would stand where the earlier ones stood.

    Parameters
    ----------
    name : str
        The name of the rows.
    field : str
        What a line is called.
    axis : keywords
        Of the vertical channel.

    >>> rows_of("bars", axis=None).mark_bar().to_dict()["encoding"]["y"]["sort"]
    {'field': 'row', 'op': 'min'}
    """
    down = alt.Y(f"{field}:N", sort=alt.EncodingSortField("row", op="min"), **axis)
    return chart_of(name).transform_window(row="row_number()").encode(y=down)


def colour(field: str, shades: Mapping[Any, str] | Iterable[str], channel: str = "Color") -> Any:
    """The colour of a mark by a field's value.

    Parameters
    ----------
    field : str
        The field.
    shades : mapping or names
        A colour's name in theme.json for each value; where values are such names, the names alone.
    channel : str
        The channel of Altair: "Color", or "Stroke", where lines have another scale than fills.

    >>> colour("side", {"gained": "capital", "lost": "rest"}).to_dict()["scale"]
    {'domain': ['gained', 'lost'], 'range': ['kit:capital', 'kit:rest']}
    """
    known = shades if isinstance(shades, Mapping) else {shade: shade for shade in shades}
    return _channel(channel, field, {value: theme.colour(shade) for value, shade in known.items()})


def shape(field: str, shapes: Mapping[Any, str]) -> Any:
    """The shape of a mark by a field's value.

    Parameters
    ----------
    field : str
        The field.
    shapes : mapping
        A shape of Vega for each value.

    >>> shape("kind", {"ours": "circle", "said": "diamond"}).to_dict()["scale"]
    {'domain': ['ours', 'said'], 'range': ['circle', 'diamond']}
    """
    return _channel("Shape", field, shapes)


def dash(field: str, dashes: Mapping[Any, list[int]]) -> Any:
    """The dash of a line by a field's value.

    Parameters
    ----------
    field : str
        The field.
    dashes : mapping
        Px on and px off for each value; [1, 0] is a whole line.

    >>> dash("kind", {"plain": [1, 0], "fitted": [6, 3]}).to_dict()["scale"]
    {'domain': ['plain', 'fitted'], 'range': [[1, 0], [6, 3]]}
    """
    return _channel("StrokeDash", field, dashes)


def _channel(name: str, field: str, ways: Mapping[Any, Any]) -> Any:
    scale = alt.Scale(domain=list(ways), range=list(ways.values()))
    return getattr(alt, name)(f"{field}:N", scale=scale, legend=None)
