"""Names and codes of regions, as anybody writes them, to the kit's keys."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from clusterlib import datasets

FOOTNOTE = re.compile(r"(?<=\D)\d{1,2}\)$|\*+$")
LOOSE = re.compile(r"[\s\-'’.·,()_　]+")
DIGITS = re.compile(r"(\d{2}|\d{5}|\d{10})(\.0)?$")
WORD = re.compile(r"[\s,()]+")
SYSTEMS = {
    "kostat": {"code_kostat"},
    "mois": {"code_mois", "code_mois_before"},
}
CODED = set().union(*SYSTEMS.values())
NEAREST = 3


@dataclass(frozen=True)
class Place:
    """A region of the kit; `code` where it is a municipality (statistics office, 2020)."""

    region: str
    code: str = ""


def key(text: str) -> str:
    """A spelling without what does not distinguish: width, case, spaces, dashes, footnote signs.

    >>> key(" Daejeon-si 1)"), key("ＢＵＳＡＮ")
    ('daejeonsi', 'busan')
    """
    plain = FOOTNOTE.sub("", unicodedata.normalize("NFKC", text).strip())
    return LOOSE.sub("", plain).casefold()


def _under(place: Place, above: Place | None) -> bool:
    return above is None or place.region == above.region


class Gazetteer:
    """Every spelling of the tables region_spellings and municipality_spellings, looked up."""

    def __init__(self) -> None:
        provinces = datasets.table("region_spellings")
        towns = datasets.table("municipality_spellings").fillna("")
        regions = datasets.table("regions")
        self.kinds = dict(zip(regions["region"], regions["kind"], strict=True))
        named = ~provinces["kind"].isin(CODED)
        self.provinces = {
            key(s): Place(r) for s, r in provinces.loc[named, ["spelling", "region"]].values
        }
        self.towns: dict[str, set[Place]] = defaultdict(set)
        self.part_of: dict[str, str] = {}
        self.label: dict[Place, tuple[str, str]] = {}
        self._fill(towns[~towns["kind"].isin(CODED)])
        self.cities = set(self.part_of.values())
        self.codes = {name: self._coded(provinces, towns, name) for name in SYSTEMS}
        names = regions[["region", "name_ko", "name_en"]].values
        self.label |= {Place(region): (ko, en) for region, ko, en in names}
        self.lone = self._lone()
        self._long = sorted(self.provinces, key=len, reverse=True)

    def _fill(self, towns) -> None:
        names: dict[Place, dict[str, str]] = defaultdict(dict)
        for row in towns.itertuples():
            place = Place(row.region, row.code)
            self.towns[key(row.spelling)].add(place)
            names[place].setdefault(row.kind, row.spelling)
            if row.part_of:
                self.part_of[row.code] = row.part_of
                # Lists name a ward under its city: the last word of the Korean name, the first
                # before the comma of the English one.
                short = row.spelling.split(",")[0].split()[-1]
                self.towns[key(short)].add(place)
        for place, said in names.items():
            self.label[place] = (said.get("name_ko", ""), said.get("name_en", ""))

    def _lone(self) -> dict[str, Place]:
        """The one municipality of a province that has no other."""
        towns: dict[str, list[Place]] = defaultdict(list)
        for place in self.label:
            if place.code:
                towns[place.region].append(place)
        return {region: found[0] for region, found in towns.items() if len(found) == 1}

    def _coded(self, provinces, towns, system: str) -> dict[str, Place]:
        of = SYSTEMS[system]
        two = provinces[provinces["kind"].isin(of)]
        five = towns[towns["kind"].isin(of)]
        return {s: Place(r) for s, r in two[["spelling", "region"]].values} | {
            s: Place(r, c) for s, r, c in five[["spelling", "region", "code"]].values
        }

    def code(self, text: str) -> str:
        """The two or five digits that a cell of codes means, or nothing."""
        found = DIGITS.match(unicodedata.normalize("NFKC", text).strip())
        if not found:
            return ""
        digits = found[1]
        if len(digits) == 10:
            digits = digits[:2] if digits.endswith("0" * 8) else digits[:5]
        return digits[:2] if len(digits) == 5 and digits.endswith("000") else digits

    def system(self, texts: Iterable[str]) -> tuple[str, dict[str, int]]:
        """Which code system a whole column speaks: "kostat", "mois" or "" when both could be.

        Returns the system and how many distinct codes each one knows.
        """
        codes = {code for text in texts if (code := self.code(text))}
        known = {name: len(codes & set(table)) for name, table in self.codes.items()}
        kostat, mois = self.codes["kostat"], self.codes["mois"]
        if all(kostat.get(code) == mois.get(code) for code in codes):
            return "kostat", known
        if known["kostat"] == known["mois"]:
            return "", known
        return max(known, key=known.get), known

    def find(self, text: str, within: str = "", city: str = "") -> set[Place]:
        """Every place that a name may mean, in the context of a province or a city above it."""
        words = text.replace(",", " ").split()
        if len(words) > 3 and (found := self._begins(tuple(words[:3]), within)):
            return found
        return self._narrowed(self._whole(text, within), within, city) or self._parts(text, within)

    @lru_cache(maxsize=16_384)  # noqa: B019 - one gazetteer lives as long as the kit
    def _begins(self, words: tuple[str, ...], within: str) -> set[Place]:
        """The place that an address begins with; many begin alike."""
        return self._address(list(words), within)

    def _whole(self, text: str, within: str) -> set[Place]:
        name = key(text)
        towns = self.towns.get(name, set())
        if name in self.provinces and not (within and any(t.region == within for t in towns)):
            return {self.provinces[name]}
        return towns

    def _narrowed(self, towns: set[Place], within: str, city: str) -> set[Place]:
        if any(not place.code for place in towns):
            return towns  # a province lies in no other: the one above it in a list says nothing
        inside = {t for t in towns if t.region == within} if within else towns
        wards = {t for t in inside if city and self.part_of.get(t.code) == city}
        return wards or inside or (set() if within else towns)

    def _parts(self, text: str, within: str) -> set[Place]:
        """A province and a municipality in one cell: an address, "Yuseong-gu, Daejeon"."""
        words = [word for word in WORD.split(text.strip()) if word][:6]
        found = self._address(words, within) or self._joined(key(text))
        if not found and len(words) in (2, 3):
            found = self._address([words[-1], *words[:-1]], within)
        return found

    def _address(self, words: list[str], within: str) -> set[Place]:
        if not words:
            return set()
        for used in (2, 1):
            above = self.provinces.get(key("".join(words[:used])))
            if above and self.kinds[above.region] == "province":
                if len(words) == used:
                    return {above}
                lone = self.lone.get(above.region)
                return self._town(words[used:], above.region) or ({lone} if lone else set())
        return self._town(words, within)

    def _town(self, words: list[str], region: str) -> set[Place]:
        for used in (2, 1):
            towns = self.towns.get(key("".join(words[:used])), set()) if words[:used] else set()
            inside = {t for t in towns if t.region == region} if region else towns
            if len(inside) == 1:
                return inside
        return set()

    def _joined(self, name: str) -> set[Place]:
        for spelling in self._long:
            rest = name.removeprefix(spelling)
            if rest and rest != name:
                region = self.provinces[spelling].region
                inside = {t for t in self.towns.get(rest, ()) if t.region == region}
                if len(inside) == 1:
                    return inside
        return set()

    def nearest(self, text: str, towns: bool = False) -> list[Place]:
        """The places whose names are most like a name that is none: municipalities or provinces."""
        words = text.split()
        above = self.provinces.get(key(words[0])) if towns and len(words) > 1 else None
        asked = key("".join(words[1:3]) if above else text)[:40]
        pool = {
            name: kept
            for name, places in self._pool().items()
            if (kept := [p for p in places if bool(p.code) == towns and _under(p, above)])
        }
        near = get_close_matches(asked, pool, n=2 * NEAREST, cutoff=0.4)
        found = [place for name in near for place in pool[name]]
        return list(dict.fromkeys(found))[:NEAREST]

    @cache  # noqa: B019 - one gazetteer lives as long as the kit
    def _pool(self) -> dict[str, list[Place]]:
        pool = {name: [place] for name, place in self.provinces.items()}
        for name, towns in self.towns.items():
            pool[name] = pool.get(name, []) + sorted(towns, key=lambda t: t.code)
        return pool

    def named(self, chosen: str) -> Place | None:
        """The place of a kit key: a region ("seoul"-like) or a municipality's five digits."""
        return next(
            (p for p in self.label if chosen and chosen == (p.code or p.region)),
            None,
        )


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer, built at the first file."""
    return Gazetteer()
