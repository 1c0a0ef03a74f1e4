"""Explorers of lesson 3 about one place or one industry: its mix, its growth, its plants."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusterlib import datasets, live
from clusterlib.charts import mix as mixed
from clusterlib.charts import plants as indexed
from clusterlib.charts import shifts as shifted
from clusterlib.charts.municipal import WANTED
from clusterlib.explorers.measure import WORDS, choice, listed, shown
from clusterlib.i18n import Words
from clusterlib.indicators import checks


def mix(words: Words, added: pd.DataFrame) -> live.Framed:
    """What a place lives on: HHI and Krugman's index under two classifications."""
    controls = [
        *_place(added, words),
        choice("against", ("nation", "province"), words),
        choice("classes", ("fine", "coarse"), words),
    ]
    return shown(mixed.of_place, words, controls, added)


def shifts(words: Words, added: pd.DataFrame) -> live.Framed:
    """Shift-share of a province or municipality in three forms, its parts added up exactly."""
    controls = [
        *_place(added, words),
        choice("span", ("2015-2020", "2010-2020", "2010-2015"), words),
        choice("kind", ("classic", "esteban_marquillas", "dynamic"), words),
    ]
    return shown(shifted.of_place, words, controls, added)


def plant_indices(
    words: Words, worked: pd.DataFrame, invented: pd.DataFrame, people: pd.DataFrame
) -> live.Framed:
    """Ellison and Glaeser beside Maurel and Sédillot, while the largest plant grows or moves.

    `worked`: datasets.worked_plants(). `invented`: datasets.synthetic_establishments(). `people`:
    datasets.municipal_population(), which stands in for all employment of the invented ones.
    """
    checks.columns(worked, ["place", "size", "all_employment", "source"], "worked")
    checks.columns(invented, ["code", "sector", "workers", "source"], "invented")
    checks.columns(people, ["code", "year", "population"], "people")
    examples = {"worked": _worked(worked, words), **_invented(invented, people, words)}
    options = [[key, example["name"]] for key, example in examples.items()]
    controls = [
        listed("example", options, words, "worked"),
        {
            "id": "times",
            "label": words(WORDS + "times"),
            "value": 1.0,
            "min": 0.25,
            "max": 4.0,
            "step": 0.25,
            "says": words(WORDS + "times.says"),
        },
        choice("site", ("own", "largest", "smallest"), words),
    ]
    return shown(indexed.indices, words, controls, examples)


def _place(added: pd.DataFrame, words: Words) -> list[dict[str, Any]]:
    """Two lists, a province and a place in it; the first place is the province as a whole."""
    checks.columns(added, WANTED, "added")
    provinces = datasets.regions().query("kind == 'province'")
    known = set(added["region"])
    options = [
        [region, name]
        for region, name in zip(provinces["region"], provinces[f"name_{words.lang}"], strict=True)
        if region in known
    ]
    places = added[added["year"] == added["year"].max()].drop_duplicates("code")
    inside = zip(
        places["code"], places[f"municipality_{words.lang}"], places["region"], strict=True
    )
    whole = ["all", words(WORDS + "place.all")]
    first = _most_professional(added)
    return [
        listed("province", options, words, first),
        listed("place", [whole, *([*row] for row in inside)], words, "all", only="province"),
    ]


def _most_professional(added: pd.DataFrame) -> str:
    """The province that lives most on professional services: the one the lesson looks at first."""
    last = added[added["year"] == added["year"].max()]
    sums = last.pivot_table("value_added", "region", "activity", "sum")
    return str((sums["professional"] / sums.sum(axis=1)).idxmax())


def _worked(worked: pd.DataFrame, words: Words) -> dict[str, Any]:
    places = worked.drop_duplicates("place").set_index("place")
    return {
        "name": words("lesson3.plants.example.worked"),
        "base": words("lesson3.plants.base.worked"),
        "plants": worked[["place", "size", "source"]],
        "totals": places["all_employment"],
        "places": places[f"place_{words.lang}"].to_dict(),
    }


def _invented(
    invented: pd.DataFrame, people: pd.DataFrame, words: Words
) -> dict[str, dict[str, Any]]:
    latest = people[people["year"] == people["year"].max()].set_index("code")["population"]
    places = invented.drop_duplicates("code").set_index("code")[f"municipality_{words.lang}"]
    return {
        sector: {
            "name": rows[f"sector_{words.lang}"].iloc[0],
            "base": words("lesson3.plants.base.invented"),
            "plants": rows[["code", "workers", "source"]]
            .rename(columns={"code": "place", "workers": "size"})
            .reset_index(drop=True),
            "totals": latest[places.index],
            "places": places.to_dict(),
        }
        for sector, rows in invented.groupby("sector", sort=False)
    }
