"""One function, one tidy typed table: the figures of the kit as pandas frames.

`datasets.population()` is the table `population` of data/datapackage.json, where its source,
licence, caveats and fields stand; a table of the catalogue needs no code of its own. Blank means
unknown and stays blank; 0 means none.
"""

from __future__ import annotations

import io
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from clusterlib import catalog
from clusterlib import own as own_rows
from clusterlib.errors import DataChanged, DataMissing, KitError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas

DTYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean", "year": "Int64"}


@cache
def _parsed(name: str) -> pd.DataFrame:
    return typed(catalog.read(name), catalog.record(name)["schema"]["fields"])


def typed(content: bytes, fields: list[dict[str, Any]]) -> pd.DataFrame:
    """A sealed CSV as a frame with the types that its fields declare."""
    types = {field["name"]: DTYPES.get(field["type"], "str") for field in fields}
    frame = pd.read_csv(io.BytesIO(content), dtype=types, keep_default_na=False, na_values=[""])
    return frame.astype(
        {c: "int64" for c in frame if types[c] == "Int64" and frame[c].notna().all()}
    )


def table(name: str, own: bool = False) -> pd.DataFrame:
    """One table of the catalogue by name, typed, as a copy of the learner's own.

    Parameters
    ----------
    name : str
        The table's name in data/datapackage.json.
    own : bool
        Add the learner's rows of data/own, below the kit's; a column `own` tells them apart.

    Raises UnknownName, DataMissing or DataChanged.

    >>> list(table("capital_migration").columns[:1])
    ['year']
    """
    return _with_own(name) if own else _parsed(name).copy()


def _with_own(name: str) -> pd.DataFrame:
    kit = _parsed(name).assign(own=False)
    added = own_rows.rows(name)
    if not added:
        return kit
    text = pd.DataFrame(added, columns=list(catalog.fields(name))).to_csv(index=False)
    theirs = typed(text.encode(), catalog.record(name)["schema"]["fields"])
    return pd.concat([kit, theirs.assign(own=True)], ignore_index=True)


def latest(name: str) -> pd.DataFrame:
    """The table as this computer fetched it last, or else the sealed one that the lessons use.

    Raises
    ------
    KitError
        When the kit has no such table and `python -m clusterlib refresh` has not fetched it.
    DataChanged
        When the fetched file is not the one that was sealed.
    """
    fetched = catalog.refreshed().get(name)
    if fetched:
        try:
            content = catalog.read(name, catalog.REFRESHED)
        except (DataChanged, DataMissing):
            raise DataChanged("refreshed_changed", asked=name) from None
        return typed(content, fetched["schema"]["fields"])
    if name not in catalog.records():
        raise KitError("not_refreshed", asked=name)
    return table(name)


def shapes(name: str) -> dict[str, Any]:
    """The boundaries of a layer ("provinces", "municipalities") as GeoJSON, for charts."""
    return json.loads(catalog.read(name))


def boundaries(name: str = "provinces") -> geopandas.GeoDataFrame:
    """The boundaries of a layer as a GeoDataFrame in EPSG:4326, for the learner's own work."""
    import geopandas

    return geopandas.GeoDataFrame.from_features(shapes(name)["features"], crs="EPSG:4326")


def citation(frames: pd.DataFrame | Sequence[pd.DataFrame], lang: str) -> str:
    """The sources behind the rows of one or several frames, short, with years, most rows first."""
    several = [frames] if isinstance(frames, pd.DataFrame) else frames
    known = _sources().set_index("source")
    said = []
    for name in pd.concat([frame["source"] for frame in several]).value_counts().index:
        row = known.loc[name]
        short = row[f"short_{lang}"]
        year = "" if pd.isna(row["year"]) or str(row["year"]) in short else f" ({row['year']})"
        said.append(short + year)
    return "; ".join(dict.fromkeys(said))


def _sources() -> pd.DataFrame:
    """The table of sources, and those of fetched tables with the year in which they were."""
    fetched = [
        {**about["source"], "year": int(about["retrieved"][:4])}
        for about in catalog.refreshed().values()
    ]
    known = table("sources", own=True)
    newer = pd.DataFrame(fetched, columns=["source", "short_ko", "short_en", "year"])
    return pd.concat([known, newer.drop_duplicates("source")]) if fetched else known


def __getattr__(name: str) -> Callable[..., pd.DataFrame]:
    """The function of a table by its name; raises UnknownName with the nearest one."""
    if name.startswith("_"):
        raise AttributeError(name)
    return _reader(name)


def __dir__() -> list[str]:
    tables = (name for name, about in catalog.records().items() if about["format"] == "csv")
    return sorted({*globals(), *tables})


@cache
def _reader(name: str) -> Callable[..., pd.DataFrame]:
    about = catalog.record(name)

    def read(own: bool = False) -> pd.DataFrame:
        return table(name, own)

    read.__name__ = read.__qualname__ = name
    said = [f"{about['title_en']} / {about['title_ko']}", about["caveats_en"], about["caveats_ko"]]
    read.__doc__ = "\n\n".join(said)
    return read
