"""The places of a table's rows as the kit's keys; what did not match, with the nearest names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clusterlib.errors import UploadRefused
from clusterlib.upload.cells import label_key, words
from clusterlib.upload.grid import Row
from clusterlib.upload.layout import Column, Layout
from clusterlib.upload.places import Place, gazetteer, key
from clusterlib.upload.roles import distinct

TOTAL = Place("", "total")
MOST_NEAREST = 40  # looking up near names costs milliseconds a name


@dataclass
class Unmatched:
    """A name that no region has: where it stands, and the places that it may mean."""

    name: str
    lines: list[int]
    nearest: list[Place]


@dataclass
class Matching:
    """One place a row (None: not known or left out; TOTAL: a row of totals)."""

    names: list[str]
    places: list[Place | None]
    level: str = "province"
    listing: bool = False
    system: str = ""
    unmatched: dict[str, Unmatched] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def match(
    file: str, layout: Layout, choices: Mapping[str, str | None], codes: str | None
) -> Matching | None:
    """Find the place of every row, or None when no column names places.

    Parameters
    ----------
    file : str
        The file's name, for messages.
    layout : Layout
        The table, its columns with their roles.
    choices : mapping
        What the learner said about names that did not match: a region, a municipality's code,
        or None to leave the rows out.
    codes : str, optional
        "kostat" or "mois" where a column of codes could be read either way.
    """
    by_role = {column.role: column for column in layout.columns}
    if not {"province", "town", "code"} & set(by_role):
        return None
    if "province" in by_role or "town" in by_role:
        found = _by_name(layout, by_role.get("province"), by_role.get("town"))
    else:
        found = _by_code(file, layout, by_role["code"], codes)
    level = _level(found)  # what the file itself says; an answer must fit it
    _choose(file, found, choices)
    found.level, found.listing = level or _level(found) or "province", _is_listing(layout)
    _fit_level(found)
    _refuse_unfit(file, found, choices)
    _list_unmatched(found, layout.rows)
    return found


def _by_name(layout: Layout, province: Column | None, town: Column | None) -> Matching:
    reader = _Reader(two=bool(province and town))
    found = Matching([], [])
    for row in layout.rows:
        above = row.cells[province.at] if province else ""
        below = row.cells[town.at] if town else ""
        name, place = reader.read(above, below)
        found.names.append(name)
        found.places.append(place)
    return found


class _Reader:
    """Reads names down a column, remembering the province and the city that stand above."""

    def __init__(self, two: bool) -> None:
        self.two, self.within, self.city, self.above = two, "", "", ""
        self.known: dict[tuple[str, str, str], Place | None] = {}

    def read(self, above: str, below: str) -> tuple[str, Place | None]:
        if not self.two:
            text = above or below
            return text, self._remember(self._place(text))
        if above:
            self.above, place = above, self._place(above, free=True)
            self.within = place.region if place and not place.code else ""
        name = f"{self.above} {below}".strip()
        if not below or label_key(below) in words()["total"]:
            return name, self._place(self.above, free=True)
        return name, self._remember(self._place(below), keep=True)

    def _remember(self, place: Place | None, keep: bool = False) -> Place | None:
        if place and place is not TOTAL:
            if not place.code and not keep:
                self.within = place.region
            self.city = place.code if place.code in gazetteer().cities else self.city
        return place

    def _place(self, text: str, free: bool = False) -> Place | None:
        if len(text) < 20 and label_key(text) in words()["total"]:
            return TOTAL
        asked = (text, "" if free else self.within, "" if free else self.city)
        if asked not in self.known:
            places = gazetteer().find(*asked)
            if len(places) != 1 and not self.two and asked[1]:
                places = gazetteer().find(text)
            self.known[asked] = next(iter(places)) if len(places) == 1 else None
        return self.known[asked]


def _by_code(file: str, layout: Layout, column: Column, codes: str | None) -> Matching:
    cells = [row.cells[column.at] for row in layout.rows]
    system, known = gazetteer().system(cells)
    chosen = codes or system
    if not chosen:
        example = next(c for c in cells if gazetteer().code(c))
        raise UploadRefused(
            "upload_codes_ambiguous", file, layout.rows[0].line, cell=example, **known
        )
    table = gazetteer().codes[chosen]
    places = [
        TOTAL if label_key(cell) in words()["total"] else table.get(gazetteer().code(cell))
        for cell in cells
    ]
    return Matching(cells, places, system=chosen)


def _choose(file: str, found: Matching, choices: Mapping[str, str | None]) -> None:
    """Apply what the learner said about names."""
    wanted = {key(name): choice for name, choice in choices.items()}
    if not wanted:
        return
    meant = {name: gazetteer().named(choice) for name, choice in wanted.items() if choice}
    for name, place in meant.items():
        if place is None:
            raise UploadRefused("upload_choice_unknown", file, name=name, asked=wanted[name])
    for at, name in enumerate(found.names):
        if key(name) in wanted:
            found.places[at] = meant.get(key(name), TOTAL)
            if wanted[key(name)] is None and name not in found.left_out:
                found.left_out.append(name)


def _level(found: Matching) -> str:
    places = {p for p in found.places if p and p is not TOTAL}
    if not places:
        return ""
    towns = sum(1 for place in places if place.code)
    return "municipality" if towns and towns >= 0.3 * len(places) else "province"


def _is_listing(layout: Layout) -> bool:
    """Whether rows are single things (firms, plants): they have points or names of their own."""
    if any(column.role in {"lon", "lat"} for column in layout.columns):
        return True
    rows = len(layout.rows)
    for column in layout.columns:
        cells = distinct(layout, column) if column.role == "text" else []
        if rows > 1 and len(cells) > 0.9 * rows:
            named = sum(1 for cell in cells[:50] if gazetteer().find(cell))
            if named < 0.5 * len(cells[:50]):
                return True
    return False


def _fit_level(found: Matching) -> None:
    """A province that is one municipality counts as it; a town among provinces is a question.

    So is a firm of which only the province is known, among firms whose municipality is.
    """
    if found.level == "province":
        found.places = [None if p and p.code and p is not TOTAL else p for p in found.places]
        return
    lone = gazetteer().lone
    present = {place.code for place in found.places if place}
    for at, place in enumerate(found.places):
        town = lone.get(place.region) if place and not place.code else None
        if town and (found.listing or town.code not in present):
            found.places[at] = town
        elif found.listing and place and place is not TOTAL and not place.code:
            found.places[at] = None


def _refuse_unfit(file: str, found: Matching, choices: Mapping[str, str | None]) -> None:
    """A province chosen for a row whose municipality is wanted, or the other way round."""
    chosen = {key(name): choice for name, choice in choices.items() if choice}
    for name, place in zip(found.names, found.places, strict=True):
        if place is None and key(name) in chosen:
            raise UploadRefused(
                f"upload_choice_{found.level}", file, name=name, asked=chosen[key(name)]
            )


def _list_unmatched(found: Matching, rows: list[Row]) -> None:
    for name, place, row in zip(found.names, found.places, rows, strict=True):
        if place is None:
            if name not in found.unmatched:
                few = len(found.unmatched) < MOST_NEAREST
                found.unmatched[name] = Unmatched(
                    name, [], _nearest(name, found.level) if few else []
                )
            found.unmatched[name].lines.append(row.line)


def _nearest(name: str, level: str) -> list[Place]:
    towns = level == "municipality"
    meant = sorted(gazetteer().find(name), key=lambda p: (p.region, p.code))
    fits = [place for place in meant if bool(place.code) == towns]
    return fits[:6] if len(fits) > 1 else gazetteer().nearest(name, towns)
