"""Municipal value added as the measures want it: one matrix a year and unit, with names."""

from __future__ import annotations

import pandas as pd

from clusterlib import datasets
from clusterlib.i18n import Words

UNITS = ("municipality", "province")
WANTED = ("code", "region", "activity", "year", "value_added", "source")
# Coarser classes of activity, to show what a measure owes to the classification.
GROUPS = {
    "agriculture": "primary",
    "mining": "primary",
    "manufacturing": "manufacturing",
    "utilities": "building",
    "construction": "building",
    "government": "public",
    "education": "public",
    "health": "public",
}
OTHERS = "private"


class Municipal:
    """Value added by place and activity, asked for by year and by unit.

    Parameters
    ----------
    frame : frame
        The table municipal_value_added (million won; blank unknown).
    words : Words
        The reader's language.
    """

    def __init__(self, frame: pd.DataFrame, words: Words) -> None:
        lang = words.lang
        self.years = sorted(frame["year"].unique())
        self.activities = dict(zip(frame["activity"], frame[f"activity_{lang}"], strict=True))
        # Shorter names where a chart's axis would cut them.
        self.brief = self.activities | words.group("lesson3.brief.")
        places = frame.drop_duplicates("code").set_index("code")
        self.region = places["region"].to_dict()
        known = datasets.regions().query("kind == 'province'").set_index("region")
        here = known.index.isin(places["region"])
        self.provinces = known.loc[here, f"name_{lang}"].to_dict()
        self.short = places[f"municipality_{lang}"].to_dict()
        self.names = {
            code: words("lesson3.place", name=name, province=self.provinces[self.region[code]])
            for code, name in self.short.items()
        }
        self._frame, self._kept = frame, {}

    def matrix(self, year: int, unit: str = "municipality") -> pd.DataFrame:
        """Places by activities in million won; values below zero are masked, bare rows dropped."""
        if (year, unit) not in self._kept:
            rows = self._frame[self._frame["year"] == year]
            table = rows.pivot(index="code", columns="activity", values="value_added")
            table = table.astype("float64")[list(self.activities)]
            table = table.where(table >= 0).dropna(how="all")
            if unit == "province":
                table = table.groupby(self.region).sum(min_count=1).reindex(list(self.provinces))
            self._kept[year, unit] = table.dropna(how="all")
        return self._kept[year, unit]

    def said(self, activity: str) -> dict[str, str]:
        """An activity as it is written at the start of a sentence and within one."""
        name = self.activities[activity]
        return {"activity": name, "of": name[0].lower() + name[1:]}

    def name(self, label: str) -> str:
        """The name of a province or of a municipality with its province."""
        return self.provinces.get(label) or self.names[label]

    def unit_of(self, label: str) -> str:
        """The unit that a place is one of."""
        return "province" if label in self.provinces else "municipality"

    def province_of(self, label: str) -> str:
        """The province of a municipality; a province is its own."""
        return self.region.get(label, label)


def by_activity(cells: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """What an indicator says of every place and activity, taken apart by activity."""
    parts = cells.groupby(level="activity", sort=False)
    return {activity: rows.droplevel("activity") for activity, rows in parts}


def grouped(matrix: pd.DataFrame) -> pd.DataFrame:
    """The same places by five coarse groups of activities."""
    groups = [GROUPS.get(activity, OTHERS) for activity in matrix.columns]
    wide = matrix.T.groupby(pd.Index(groups, name="activity"), sort=False).sum(min_count=1)
    return wide.T
