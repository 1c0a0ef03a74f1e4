"""Two surfaces of the same establishments: every one counted as one, and as large as it is."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from clusterlib import datasets, indicators, theme
from clusterlib.charts import alt, texts
from clusterlib.charts.axes import Plane
from clusterlib.charts.figure import Column, Content, Figure, tabled
from clusterlib.charts.labels import on_halo
from clusterlib.charts.looks import chart_of
from clusterlib.i18n import Words
from clusterlib.maps.outlines import polygons

WORDS = "lesson3.density."
CELLS = 34  # along the longer side
FINE, TRIED = 500.0, 2  # side of the cells in which a peak is sought, and around how many
MARGIN = 9_000.0  # metres around the outermost points
REACH = 0.12  # the same in degrees, and a little more
FAINT = 0.05  # cells below this share of the peak are left blank
VIEWS = {"count": "accent", "size": "capital"}
WEIGHTS = {"count": None, "size": "workers"}
KM = 1000.0
ENDS = ((1, "-"), (2, "+"))


def surfaces(points: pd.DataFrame, start: dict[str, Any], words: Words) -> Figure:
    """Kernel density of establishments, by number and by workers, at the reader's bandwidth.

    Parameters
    ----------
    points : frame
        lon, lat (WGS 84), workers; sector and its names if there are any; source of the kit's own.
    start : mapping
        bandwidth (km), sector ("all" or a key) at the beginning.
    words : Words
        The reader's language.
    """
    placed = indicators.projected(points).dropna(subset=["x", "y"])
    frame = _frame(placed)
    names = _names(placed, words)
    invented = "source" in placed

    @cache
    def of_sector(sector: str) -> tuple[pd.DataFrame, dict[str, Any]]:
        chosen = placed if sector == "all" else placed[placed["sector"] == sector]
        return chosen, _table(chosen, words)

    def respond(values: dict[str, Any]) -> Content:
        sector = values.get("sector", "all")
        state = {**values, "sector": names[sector]}
        return _content(*of_sector(sector), frame, state, invented, words)

    return Figure(
        id="3.density",
        charts=lambda: [_surface(view, frame, words) for view in VIEWS],
        content=respond(start),
        sources=datasets.citation(placed, words.lang) if invented else words(WORDS + "own"),
        evidence="teaching" if invented else "estimated",
        fixed={"outlines": _outlines(placed)},
        respond=respond,
    )


def bandwidths(points: pd.DataFrame) -> tuple[int, int]:
    """The least and the most bandwidth that the map can show: a cell of it, and four (km).

    A kernel narrower than a cell would slip between the places where it is computed.
    """
    placed = indicators.projected(points).dropna(subset=["x", "y"])
    least = int(np.ceil(_frame(placed)["cell"] / KM))
    return least, 4 * least


def _names(placed: pd.DataFrame, words: Words) -> dict[str, str]:
    every = {"all": words(WORDS + "sector.all")}
    if "sector" not in placed:
        return every
    return every | dict(zip(placed["sector"], placed[f"sector_{words.lang}"], strict=True))


def _frame(placed: pd.DataFrame) -> dict[str, Any]:
    """What the map covers, in metres, and the side of a cell."""
    low = placed[["x", "y"]].min().to_numpy() - MARGIN
    high = placed[["x", "y"]].max().to_numpy() + MARGIN
    cell = float(np.ceil((high - low).max() / CELLS / 100) * 100)
    low, high = np.floor(low / cell) * cell, np.ceil(high / cell) * cell
    return {"bounds": (*low.tolist(), *high.tolist()), "cell": cell}


def _outlines(placed: pd.DataFrame) -> list[dict[str, Any]]:
    """Borders of the municipalities that reach into the map, as points of lines, in order."""
    degrees = placed[["lon", "lat"]]
    low, high = degrees.min().to_numpy() - REACH, degrees.max().to_numpy() + REACH
    rings = [
        np.asarray(ring)
        for feature in datasets.shapes("municipalities")["features"]
        for part in polygons(feature["geometry"])
        for ring in part
    ]
    near = [r for r in rings if (r.max(axis=0) >= low).all() and (r.min(axis=0) <= high).all()]
    if not near:
        return []
    corners = pd.DataFrame(np.concatenate(near), columns=["lon", "lat"])
    plane = indicators.projected(corners)[["x", "y"]].round(-1).to_numpy()
    paths = np.split(plane, np.cumsum([len(ring) for ring in near])[:-1])
    return [
        {"ring": ring, "order": n, "x": x, "y": y}
        for ring, path in enumerate(paths)
        for n, (x, y) in enumerate(path.tolist())
    ]


def _content(
    chosen: pd.DataFrame,
    table: dict[str, Any],
    frame: dict[str, Any],
    values: dict[str, Any],
    invented: bool,
    words: Words,
) -> Content:
    bandwidth = float(values["bandwidth"])
    found = {
        view: indicators.kde_grid(chosen, bandwidth * KM, frame["cell"], frame["bounds"], weight)
        for view, weight in WEIGHTS.items()
    }
    peaks = {view: _peak(view, found, chosen, frame["cell"], bandwidth, words) for view in WEIGHTS}
    said = _said(chosen, peaks, {**values, "bandwidth": bandwidth}, words)
    rows: dict[str, Any] = {view: _cells(grid) for view, grid in found.items()}
    rows |= {f"{view}_peak": [peak] for view, peak in peaks.items()}
    moved = "same" if said["count_at"] == said["size_at"] else "moved"
    whose = "invented" if invented else "yours"
    return Content(
        rows=rows,
        key=texts.key(words, WORDS, **VIEWS, peak=("ink", "✚")),
        **texts.sentences(words, WORDS, said, title=moved, subtitle=whose, reading=moved),
        **table,
    )


def _peak(
    view: str,
    found: dict[str, pd.DataFrame],
    chosen: pd.DataFrame,
    cell: float,
    bandwidth: float,
    words: Words,
) -> dict[str, Any]:
    """Where it is densest, sought on a finer grid around the densest cells, and what is there."""
    fine = pd.concat(
        indicators.kde_grid(chosen, bandwidth * KM, FINE, _around(x, y, cell), WEIGHTS[view])
        for x, y in found[view].nlargest(TRIED, "density")[["x", "y"]].to_numpy()
    )
    top = fine.nlargest(1, "density").iloc[0]
    away = np.hypot(chosen["x"] - top["x"], chosen["y"] - top["y"])
    near = chosen.loc[away.idxmin()]
    name = near.get(f"municipality_{words.lang}", near.get("place"))
    return {"x": top["x"], "y": top["y"], "name": str(name)}


def _around(x: float, y: float, half: float) -> tuple[float, float, float, float]:
    return x - half, y - half, x + half, y + half


def _said(
    chosen: pd.DataFrame, peaks: dict[str, dict], values: dict[str, Any], words: Words
) -> dict[str, Any]:
    count, size = peaks["count"], peaks["size"]
    workers = chosen["workers"].sort_values(ascending=False)
    top = max(1, round(len(workers) / 10))
    return {
        "sector": values["sector"],
        "bandwidth": f"{values['bandwidth']:g}",
        "n": len(chosen),
        "workers": int(workers.sum()),
        "count_at": count["name"],
        "size_at": size["name"],
        "apart": float(np.hypot(count["x"] - size["x"], count["y"] - size["y"])) / KM,
        "top": top,
        "top_share": 100 * workers.head(top).sum() / workers.sum(),
    }


def _cells(grid: pd.DataFrame) -> list[dict[str, Any]]:
    """The cells that are not faint, by their centre, each as strong as its share of the peak."""
    x, y, density = grid[["x", "y", "density"]].to_numpy().T
    strength = density / density.max()
    seen = strength >= FAINT
    columns = x[seen].astype(int), y[seen].astype(int), strength[seen].round(3)
    cells = zip(*(column.tolist() for column in columns), strict=True)
    return [{"x": x, "y": y, "strength": share} for x, y, share in cells]


def _table(chosen: pd.DataFrame, words: Words) -> dict[str, Any]:
    """Numbers and workers by municipality, largest first."""
    name = f"municipality_{words.lang}"
    key = name if name in chosen else "place"
    sums = chosen.groupby(key)["workers"].agg(count="count", size="sum")
    sums = sums.sort_values("count")[::-1].reset_index()
    numbers = texts.columns(words, WORDS, count="count", size="count")
    return tabled(sums, [Column(key, words("common.region")), *numbers], words)


def _surface(view: str, frame: dict[str, Any], words: Words) -> alt.LayerChart:
    west, south, east, north = frame["bounds"]
    plane = Plane(
        across={"scale": alt.Scale(domain=[west, east], nice=False, zero=False), "axis": None},
        up={"scale": alt.Scale(domain=[south, north], nice=False, zero=False), "axis": None},
    )
    place = plane.at("x", "y")
    half = frame["cell"] / 2
    edges = {f"{axis}{n}": f"datum.{axis} {sign} {half}" for axis in "xy" for n, sign in ENDS}
    cells = chart_of(view).transform_calculate(**edges)
    cells = cells.mark_rect(color=theme.colour(VIEWS[view]))
    strength = alt.Opacity(
        "strength:Q", scale=alt.Scale(domain=[0, 1], range=[0.05, 0.95]), legend=None
    )
    lines = chart_of("outlines").mark_line(color=theme.colour("edge"), strokeWidth=0.6, clip=True)
    peak = chart_of(f"{view}_peak").encode(**place)
    ink = {"fill": theme.colour("ink"), "stroke": theme.colour("paper"), "strokeWidth": 1}
    return alt.layer(
        cells.encode(**plane.at("x1", "y1"), x2="x2:Q", y2="y2:Q", opacity=strength),
        lines.encode(**place, detail="ring:N", order="order:Q"),
        peak.mark_point(shape="cross", size=150, opacity=1, **ink),
        *on_halo(peak.encode(text="name:N"), dy=-16, fontWeight=700),
    ).properties(
        title=alt.Title(words(WORDS + f"view.{view}"), anchor="start", fontSize=14),
        height=820,
        padding=1,
        usermeta={"aspect": (north - south) / (east - west)},
    )
