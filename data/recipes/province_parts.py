"""province_parts: how narrow each province's mix is, and its growth of 2015-2020 in parts."""

from common import Row, named
from measured import STANDING, Cells, by, nation, provinces


def rows() -> list[Row]:
    """Give one row a province."""
    before, after = by("region", "2015"), by("region", "2020")
    return [
        {**named(region), **mix(after, region), **parts(before, after, region), **STANDING}
        for region in provinces()
    ]


def mix(cells: Cells, region: str) -> Row:
    """Give the Herfindahl index of a province and its distance from the nation (Krugman)."""
    own, whole = cells[region], nation(cells)
    mine, everyone = sum(own.values()), sum(whole.values())
    hhi = sum((value / mine) ** 2 for value in own.values())
    away = sum(abs(own.get(a, 0) / mine - whole[a] / everyone) for a in whole)
    return {"hhi": f"{hhi:.9f}", "krugman": f"{away:.9f}"}


def parts(before: Cells, after: Cells, region: str) -> Row:
    """Split a province's growth by the classic shift-share, in million won."""
    first, last = nation(before), nation(after)
    grown = sum(last.values()) / sum(first.values()) - 1
    own, now = before[region], after[region]
    national = mixed = regional = 0.0
    for activity, value in own.items():
        rate = last[activity] / first[activity] - 1
        national += value * grown
        mixed += value * (rate - grown)
        regional += now.get(activity, 0) - value * (1 + rate)
    ends = {"start": str(sum(own.values())), "end": str(sum(now.values()))}
    said = {"national": national, "mix": mixed, "regional": regional}
    return {**ends, **{name: f"{value:.3f}" for name, value in said.items()}}
