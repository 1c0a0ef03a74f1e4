"""Explorers of lesson 3: is there a cluster? Quotients, cuts, stars; the mix of one place.

In all rooms of this lesson `words` is the reader's language and `added` the table of
datasets.municipal_value_added().
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from clusterlib import datasets, live
from clusterlib.charts import cuts as cutting
from clusterlib.charts import mix as mixed
from clusterlib.charts import plants as indexed
from clusterlib.charts import shifts as shifted
from clusterlib.charts import stars as starred
from clusterlib.charts.figure import Figure
from clusterlib.charts.municipal import UNITS, WANTED
from clusterlib.explorers import controls
from clusterlib.explorers.controls import Control, Options
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.maps import quotients as quotient_map

WORDS = "lesson3.control."
FIRST = "manufacturing"
# Million won that are taken for one independent case; 0 draws no range.
CASES = ("0", "10000", "100000")


def quotients(words: Words, added: pd.DataFrame) -> live.Framed:
    """Location quotients on a map and in rank order; unit, base, cut and range are the reader's."""
    asked = [
        activity(added, words, FIRST),
        choice("unit", UNITS, words),
        choice("base", ("nation", "rest"), words),
        choice("least", ("1", "1.25", "1.5", "2"), words, "1.25"),
        choice("case", CASES, words),
    ]
    return shown(quotient_map.by_unit, words, asked, added)


def cuts(words: Words, added: pd.DataFrame) -> live.Framed:
    """The plain cut beside the standardised quotient: how many places each picks, and which."""
    asked = [
        activity(added, words, FIRST),
        choice("unit", UNITS, words),
        controls.slider("least", words(WORDS + "least"), (1.0, 3.0), 1.25, step=0.25, says="{}"),
        choice("form", ("plain", "log"), words),
    ]
    return shown(cutting.plain_and_standardised, words, asked, added)


def stars(words: Words, added: pd.DataFrame) -> live.Framed:
    """Cluster stars for size, specialisation and focus, under lines that the reader sets."""
    asked = [
        activity(added, words, "professional"),
        choice("unit", UNITS, words),
        choice("top", ("0.05", "0.1", "0.2"), words, "0.1"),
        choice("least", ("1.25", "1.5", "2", "3"), words, "2"),
    ]
    return shown(starred.earned, words, asked, added)


def mix(words: Words, added: pd.DataFrame) -> live.Framed:
    """What a place lives on: HHI and Krugman's index under two classifications."""
    asked = [
        *_place(added, words),
        choice("against", ("nation", "province"), words),
        choice("classes", ("fine", "coarse"), words),
    ]
    return shown(mixed.of_place, words, asked, added)


def shifts(words: Words, added: pd.DataFrame) -> live.Framed:
    """Shift-share of a province or municipality in three forms, its parts added up exactly."""
    asked = [
        *_place(added, words),
        choice("span", ("2015-2020", "2010-2020", "2010-2015"), words),
        choice("kind", ("classic", "esteban_marquillas", "dynamic"), words),
    ]
    return shown(shifted.of_place, words, asked, added)


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
    at = WORDS + "times"
    asked = [
        listed("example", options, words, "worked"),
        controls.slider("times", words(at), (0.25, 4.0), 1.0, step=0.25, says=words(at + ".says")),
        choice("site", ("own", "largest", "smallest"), words),
    ]
    return shown(indexed.indices, words, asked, examples)


def shown(
    draw: Callable[..., Figure], words: Words, asked: list[Control], *frames: Any
) -> live.Framed:
    """A figure drawn from its frames as the controls stand, and joined to them."""
    start = {control["id"]: control["value"] for control in asked}
    return live.explorer(draw(*frames, start, words), words, asked)


def activity(added: pd.DataFrame, words: Words, first: str) -> Control:
    """A list of the activities of a table; raises BadInput for a table of another kind."""
    checks.columns(added, WANTED, "added")
    return listed("activity", controls.named(added, "activity", words), words, first)


def choice(name: str, values: Iterable[str], words: Words, first: str | None = None) -> Control:
    """A row of choices whose labels stand in the words under the control's own name."""
    options = controls.worded(values, words, f"{WORDS}{name}.")
    return controls.choice(name, words(WORDS + name), options, first)


def listed(name: str, options: Options, words: Words, first: str, **more: Any) -> Control:
    """A list for many options, under a label of the control's own name."""
    return controls.listed(name, words(WORDS + name), options, first, **more)


def _place(added: pd.DataFrame, words: Words) -> list[Control]:
    """Two lists, a province and a place in it; the first place is the province as a whole."""
    checks.columns(added, WANTED, "added")
    provinces = datasets.regions().query("kind == 'province'")
    here = provinces[provinces["region"].isin(added["region"])]
    places = added[added["year"] == added["year"].max()].drop_duplicates("code")
    inside = places[["code", f"municipality_{words.lang}", "region"]].values.tolist()
    whole = ["all", words(WORDS + "place.all")]
    first = _most_professional(added)
    return [
        listed("province", controls.named(here, "region", words, "name"), words, first),
        listed("place", [whole, *inside], words, "all", only="province"),
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
