"""A table with known columns and places as a tidy frame: one value a row, gaps as gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from clusterlib.errors import UploadRefused
from clusterlib.upload.cells import label_key, number, period, words
from clusterlib.upload.layout import Column, Layout
from clusterlib.upload.matching import TOTAL, Matching
from clusterlib.upload.places import Place, gazetteer

# Columns of the frame, before and behind those of a learner's own text.
FIRST = ("region", "municipality", "place", "period", "industry", "lon", "lat")
LAST = ("item", "value", "_row", "_line")


@dataclass
class Tidy:
    """The frame of the rows that count, the totals set aside, and the gaps by kind."""

    frame: pd.DataFrame
    aside: pd.DataFrame
    gaps: dict[str, list[int]] = field(default_factory=dict)
    counted_rows: bool = False


def tidy(file: str, layout: Layout, found: Matching) -> Tidy:
    """Turn a table round: one row a place, period, industry and item.

    Raises UploadRefused when two rows say different things of the same place.
    """
    base, aside = _base(layout, found)
    values = [column for column in layout.columns if column.role == "value"]
    gaps = _gaps(layout, values)
    whole = _turned(base, layout, values)
    totals = aside.reindex(whole["_row"]).to_numpy()
    for name in ("industry", "item"):
        if name in whole:
            totals = totals | _sums(whole[name])
    unknown = whole["region"].isna() & ~totals
    frame = whole[~totals & ~unknown]
    if not any(c.role in {"text", "lon", "lat"} for c in layout.columns) and values:
        frame = _one_each(file, frame)
    kept = frame.columns.drop(["_row", "_line"])
    return Tidy(
        frame[kept].reset_index(drop=True),
        whole.loc[totals & ~unknown, kept].reset_index(drop=True),
        gaps,
        counted_rows=not values,
    )


def _base(layout: Layout, found: Matching) -> tuple[pd.DataFrame, pd.Series]:
    """The columns that say what a row is about, and which rows are totals of others."""
    places = [None if place is TOTAL else place for place in found.places]
    data: dict[str, Any] = {"region": [place.region if place else None for place in places]}
    if found.level == "municipality":
        data["municipality"] = [place.code or None if place else None for place in places]
        cities = set() if found.listing else _drawn_by_wards(places)
        wide = [bool(place and (not place.code or place.code in cities)) for place in places]
    else:
        kinds = gazetteer().kinds
        wide = [bool(place and kinds[place.region] != "province") for place in places]
    sums = [w or place is TOTAL for w, place in zip(wide, found.places, strict=True)]
    data["place"] = found.names
    for column in layout.columns:
        cells = [row.cells[column.at] for row in layout.rows]
        if column.role == "period":
            data["period"] = [period(cell) for cell in cells]
        elif column.role == "industry":
            data["industry"] = [cell or None for cell in cells]
        elif column.role in {"lon", "lat"}:
            data[column.role] = [number(cell).value for cell in cells]
        elif column.role in {"text", "serial", "code"}:
            data[_free_name(column, data)] = [cell or None for cell in cells]
    base = pd.DataFrame(data)
    base["_line"] = [row.line for row in layout.rows]
    return base, pd.Series(sums)


def _drawn_by_wards(places: list[Place | None]) -> set[str]:
    """Cities whose wards are in the table too: their own row is the sum of these."""
    above = gazetteer().part_of
    return {above[place.code] for place in places if place and place.code in above}


def _free_name(column: Column, taken: dict[str, Any]) -> str:
    label = column.label or str(column.at + 1)
    while label in {*taken, *FIRST, *LAST}:
        label += "_"
    return label


def _gaps(layout: Layout, values: list[Column]) -> dict[str, list[int]]:
    """The lines of the cells without a number, by what the file writes there."""
    found: dict[str, list[int]] = {}
    for column in values:
        for row in layout.rows:
            if gap := number(row.cells[column.at]).gap:
                found.setdefault(gap, []).append(row.line)
    return found


def _turned(base: pd.DataFrame, layout: Layout, values: list[Column]) -> pd.DataFrame:
    base = base.assign(_row=range(len(base)))
    if not values:
        return base.assign(value=1.0)
    split = [_split(column) for column in values]
    items = len({item for _, item in split}) > 1 or len(values) == 1
    named = any(item for _, item in split)
    parts = []
    for column, (when, item) in zip(values, split, strict=True):
        part = base.copy()
        if when is not None:
            part["period"] = when
        if items and named:
            part["item"] = item
        part["value"] = [number(row.cells[column.at]).value for row in layout.rows]
        parts.append(part)
    whole = pd.concat(parts, ignore_index=True).sort_values("_row", kind="stable")
    whole["value"] = whole["value"].astype("float64")
    texts = whole.columns.difference([*FIRST, *LAST], sort=False)
    order = [name for name in (*FIRST, *texts, *LAST) if name in whole]
    return _typed(whole[order].reset_index(drop=True))


def _split(column: Column) -> tuple[int | str | None, str]:
    """The period and the item that the levels of a header name."""
    when, rest = None, []
    for level in column.levels:
        read = period(level)
        if read is not None and when is None:
            when = read
        elif level:
            rest.append(level)
    return when, " · ".join(dict.fromkeys(rest))


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    if "period" in frame:
        years = frame["period"].dropna().map(lambda p: isinstance(p, int)).all()
        kind = "Int64" if years else "str"
        frame["period"] = frame["period"].astype(kind)
    return frame


def _sums(names: pd.Series) -> Any:
    """Which rows hold the sum over industries or items, where there is more than the sum."""
    known = {name: label_key(name) in words()["total"] for name in names.dropna().unique()}
    if all(known.values()) or not any(known.values()):
        return pd.Series(False, index=names.index).to_numpy()
    return names.map(known).fillna(False).astype(bool).to_numpy()


def _one_each(file: str, frame: pd.DataFrame) -> pd.DataFrame:
    """One row a place, period, industry and item; an old and a new name may share a series."""
    place = "municipality" if "municipality" in frame else "region"
    about = [name for name in (place, "period", "industry", "item") if name in frame]
    if not frame.duplicated(about).any():
        return frame
    said = frame[frame["value"].notna()]
    again = said[said.duplicated(about)]
    if len(again):
        second = again.iloc[0]
        same = (said[about].fillna("") == second[about].fillna("")).all(axis=1)
        where = {"place": second["place"], "first": int(said[same].iloc[0]["_line"])}
        raise UploadRefused("upload_place_twice", file, int(second["_line"]), **where)
    best = frame.sort_values("value", key=pd.isna, kind="stable")  # a number before a gap
    return best.drop_duplicates(about).sort_values("_row", kind="stable")
