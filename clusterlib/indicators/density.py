"""Points on a map turned into a surface."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from clusterlib.errors import BadInput
from clusterlib.indicators import checks

MOST_CELLS = 250_000
SQUARE_KILOMETRE = 1_000_000.0
# Korea 2000 / Unified (EPSG 5179): metres for the whole country, as on the official maps.
MERIDIAN, PARALLEL, SCALE = 127.5, 38.0, 0.9996
FLATTENING = 1 / 298.257222101
N = FLATTENING / (2 - FLATTENING)
RADIUS = SCALE * 6_378_137 / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
KRUEGER = (
    N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16 + 41 * N**4 / 180,
    13 * N**2 / 48 - 3 * N**3 / 5 + 557 * N**4 / 1440,
    61 * N**3 / 240 - 103 * N**4 / 140,
    49561 * N**4 / 161280,
)
REACH = {"lon": (MERIDIAN - 30, MERIDIAN + 30), "lat": (-89.0, 89.0)}


def projected(places: pd.DataFrame) -> pd.DataFrame:
    """Longitudes and latitudes as metres on a plane, in which distances can be measured.

    The projection of the official maps of Korea, EPSG 5179: a transverse Mercator about 127.5° E,
    38° N, there (1,000,000, 2,000,000), scale 0.9996, ellipsoid GRS 80.

    Parameters
    ----------
    places : frame
        lon, lat in degrees (WGS 84); NaN is an unknown place.

    Returns
    -------
    frame
        The rows of `places` with x (east) and y (north) in metres; NaN where unknown.

    Raises
    ------
    BadInput
        For a missing column, an angle that is none, or a place more than 30° east or west of the
        meridian, where this plane does not reach.

    Notes
    -----
    Krüger's series to the fourth power of the third flattening, as in Karney (2011), Transverse
    Mercator with an accuracy of a few nanometers, Journal of Geodesy 85; exact to a millimetre
    where it is allowed (the tests hold it against PROJ, whose library would take 17 MB of a
    lesson's kernel). Far from the meridian distances are stretched.

    >>> projected(pd.DataFrame({"lon": [127.5], "lat": [38.0]})).round()[["x", "y"]].values.tolist()
    [[1000000.0, 2000000.0]]
    """
    checks.columns(places, ["lon", "lat"], "places")
    for name, (least, most) in REACH.items():
        for angle in places[name].dropna():
            checks.between(angle, least, most, name)
    lon, lat = (np.radians(places[name].to_numpy("float64")) for name in ("lon", "lat"))
    east, north = _transverse(lon - np.radians(MERIDIAN), lat)
    origin = _transverse(np.zeros(1), np.radians([PARALLEL]))[1]
    return places.assign(x=1_000_000 + RADIUS * east, y=2_000_000 + RADIUS * (north - origin))


def _transverse(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """East and north of the meridian on a transverse Mercator of a unit rectifying sphere."""
    bulge = 2 * np.sqrt(N) / (1 + N)
    conformal = np.sinh(np.arctanh(np.sin(lat)) - bulge * np.arctanh(bulge * np.sin(lat)))
    north = np.arctan2(conformal, np.cos(lon))
    east = np.arctanh(np.sin(lon) / np.hypot(1, conformal))
    waves = [(alpha, 2 * k * north, 2 * k * east) for k, alpha in enumerate(KRUEGER, 1)]
    return (
        east + sum(alpha * np.cos(up) * np.sinh(over) for alpha, up, over in waves),
        north + sum(alpha * np.sin(up) * np.cosh(over) for alpha, up, over in waves),
    )


def kde_grid(
    points: pd.DataFrame,
    bandwidth: float,
    cell: float,
    bounds: Sequence[float] | None = None,
    weight: str | None = None,
) -> pd.DataFrame:
    """How dense points are around each cell of a grid, near ones counting more than far ones.

    density = sum over points of w · exp(-d² / (2 · h²)) / (2 · pi · h²), per square kilometre.

    Parameters
    ----------
    points : frame
        x, y in metres (see `projected`); rows without a place are left out.
    bandwidth : float
        h, the standard deviation of the kernel in metres: two thirds of a point's weight fall
        within 1.5 h.
    cell : float
        Side of a cell in metres.
    bounds : four numbers, optional
        Least x, least y, most x, most y of what is to be covered; else the points and three
        bandwidths around them.
    weight : str, optional
        A column of 0 or more (workers): without it each point counts 1, whatever its size.

    Returns
    -------
    frame by cell
        x, y (of its centre, metres), density (points or weight per square kilometre). Cells lie
        on multiples of `cell`, so that grids of several groups match.

    Raises
    ------
    BadInput
        For degrees, a missing column, a negative weight, a bandwidth or cell of 0 or less, or a
        grid of more than 250,000 cells.

    Notes
    -----
    Rosenblatt (1956), Annals of Mathematical Statistics 27; Silverman (1986), Density Estimation.
    The bandwidth draws the picture: a small one makes every firm a cluster, a large one makes
    one cluster of all. At a coast the surface leaks into the sea; nothing corrects that.

    >>> firm = pd.DataFrame({"x": [1_000_500.0], "y": [2_000_500.0]})
    >>> kde_grid(firm, 1000, 1000)["density"].max().round(4).item()
    0.1592
    """
    checks.columns(points, ["x", "y", *([weight] if weight else [])], "points")
    for value, name in ((bandwidth, "bandwidth"), (cell, "cell")):
        checks.between(value, 1.0, 1e7, name)
    known = points.dropna(subset=["x", "y"])
    x, y = (known[name].to_numpy("float64") for name in ("x", "y"))
    _refuse_degrees(points, x, y)
    mass = np.ones(len(x)) if weight is None else _mass(known[weight])
    if bounds is None:
        bounds = _around(x, y, 3 * bandwidth)
    across, up = _axis(bounds[0], bounds[2], cell), _axis(bounds[1], bounds[3], cell)
    if len(across) * len(up) > MOST_CELLS:
        raise BadInput("grid_too_fine", cells=len(across) * len(up), limit=MOST_CELLS)
    # The kernel is a product of one in x and one in y, so the grid is a product of two tables.
    surface = (_bell(up, y, bandwidth) * mass) @ _bell(across, x, bandwidth).T
    columns, rows = np.meshgrid(across, up)
    density = surface.ravel() * SQUARE_KILOMETRE
    return pd.DataFrame({"x": columns.ravel(), "y": rows.ravel(), "density": density})


def _refuse_degrees(points: pd.DataFrame, x: np.ndarray, y: np.ndarray) -> None:
    crs = getattr(points, "crs", None)
    angles = len(x) > 0 and bool((np.abs(x) <= 180).all() and (np.abs(y) <= 90).all())
    if angles or (crs is not None and crs.is_geographic):
        raise BadInput("degrees_given", x=x[0] if len(x) else "-", y=y[0] if len(y) else "-")


def _mass(weights: pd.Series) -> np.ndarray:
    return np.nan_to_num(checks.matrix(weights.reset_index(drop=True), "weight").to_numpy()[:, 0])


def _around(x: np.ndarray, y: np.ndarray, margin: float) -> tuple[float, float, float, float]:
    if not len(x):
        return 0.0, 0.0, 0.0, 0.0
    return x.min() - margin, y.min() - margin, x.max() + margin, y.max() + margin


def _axis(least: float, most: float, cell: float) -> np.ndarray:
    first, last = np.floor(least / cell), np.ceil(most / cell)
    # Measured before it is made: a cell of one metre over a country would fill the memory.
    if last - first > MOST_CELLS:
        raise BadInput("grid_too_fine", cells=int(last - first), limit=MOST_CELLS)
    return (np.arange(first, last) + 0.5) * cell


def _bell(centres: np.ndarray, at: np.ndarray, bandwidth: float) -> np.ndarray:
    gap = (centres[:, None] - at) / bandwidth
    return np.exp(-(gap**2) / 2) / (np.sqrt(2 * np.pi) * bandwidth)
