"""One function, one tidy typed table: the figures of the kit as pandas frames.

Blank means unknown and stays blank; 0 means none. Each table's source, licence, caveats and
fields stand in data/datapackage.json under the same name.
"""

from __future__ import annotations

import io
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from clusterlib import catalog

if TYPE_CHECKING:
    import geopandas

DTYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean", "year": "Int64"}


@cache
def _parsed(name: str) -> pd.DataFrame:
    types = {
        column: DTYPES.get(field["type"], "str") for column, field in catalog.fields(name).items()
    }
    frame = pd.read_csv(
        io.BytesIO(catalog.read(name)), dtype=types, keep_default_na=False, na_values=[""]
    )
    return frame.astype(
        {c: "int64" for c in frame if types[c] == "Int64" and frame[c].notna().all()}
    )


def table(name: str) -> pd.DataFrame:
    """One table of the catalogue by name, typed, as a copy of the learner's own.

    Raises UnknownName, DataMissing or DataChanged.

    >>> list(table("capital_migration").columns[:1])
    ['year']
    """
    return _parsed(name).copy()


def shapes(name: str) -> dict[str, Any]:
    """The boundaries of a layer ("provinces", "municipalities") as GeoJSON, for charts."""
    return json.loads(catalog.read(name))


def boundaries(name: str = "provinces") -> geopandas.GeoDataFrame:
    """The boundaries of a layer as a GeoDataFrame in EPSG:4326, for the learner's own work."""
    import geopandas

    return geopandas.GeoDataFrame.from_features(shapes(name)["features"], crs="EPSG:4326")


def citation(frame: pd.DataFrame, lang: str) -> str:
    """The sources behind a frame's rows, short, with their years, most rows first."""
    known = sources().set_index("source")
    said = []
    for name in frame["source"].value_counts().index:
        row = known.loc[name]
        short = row[f"short_{lang}"]
        year = "" if pd.isna(row["year"]) or str(row["year"]) in short else f" ({row['year']})"
        said.append(short + year)
    return "; ".join(dict.fromkeys(said))


def regions() -> pd.DataFrame:
    """The 17 provinces as of 2025 and their aggregates: names, codes, foundation, tile place."""
    return table("regions")


def sources() -> pd.DataFrame:
    """Where the figures come from: title, publisher, year, address, licence."""
    return table("sources")


def capital_migration() -> pd.DataFrame:
    """Moves into and out of the capital region, people a year, 1970-2025."""
    return table("capital_migration")


def capital_population_share() -> pd.DataFrame:
    """The capital region's share of the people of Korea, percent, in several bases."""
    return table("capital_population_share")


def net_migration() -> pd.DataFrame:
    """Net migration of each province, and with the capital region, people a year, 1970-2020."""
    return table("net_migration")


def population() -> pd.DataFrame:
    """Registered residents of each province at year end, people, 1992-2020."""
    return table("population")


def series_breaks() -> pd.DataFrame:
    """People who entered a count at one stroke when its rule changed: not growth."""
    return table("series_breaks")


def grdp_per_head() -> pd.DataFrame:
    """Gross regional domestic product per head, thousand won at current prices, 1985-2021."""
    return table("grdp_per_head")


def grdp_capital_share() -> pd.DataFrame:
    """The capital region's share of GRDP, percent, in two bases that must not be joined."""
    return table("grdp_capital_share")


def youth_net_migration() -> pd.DataFrame:
    """Net migration of people in their 20s and 30s by province, people, 2025."""
    return table("youth_net_migration")


def youth_capital() -> pd.DataFrame:
    """Net migration of age groups into the capital region as printed in the press, people."""
    return table("youth_capital")


def youth_decade() -> pd.DataFrame:
    """Net migration of people in their 20s over 2013-2022 by region, rounded in print, people."""
    return table("youth_decade")


def extinction_risk() -> pd.DataFrame:
    """Women aged 20-39 over people aged 65 and more, by province, March 2024."""
    return table("extinction_risk")


def extinction_counts() -> pd.DataFrame:
    """How many municipalities were counted at risk of extinction, by reference date."""
    return table("extinction_counts")


def venture_investment() -> pd.DataFrame:
    """Venture investment by region: shares and amounts, in series that must not be joined."""
    return table("venture_investment")


def headquarters() -> pd.DataFrame:
    """Where the largest companies have their head offices, counts by list and year."""
    return table("headquarters")


def policy_events() -> pd.DataFrame:
    """Dated rules on factories, plants opened and closed, agencies moved."""
    return table("policy_events")


def gunsan_output() -> pd.DataFrame:
    """Cars built at the Gunsan plant, thousand a year, until it closed."""
    return table("gunsan_output")


def reshoring() -> pd.DataFrame:
    """Firms that returned to Korea under the act of 2013, counts by period."""
    return table("reshoring")


def causes() -> pd.DataFrame:
    """What the brief says causes decline, and whether this kit holds data on it."""
    return table("causes")


def causal_circles() -> pd.DataFrame:
    """The stories of decline told as chains, and whether each closes into a circle."""
    return table("causal_circles")


def causal_nodes() -> pd.DataFrame:
    """The boxes of the vicious circles told in the brief."""
    return table("causal_nodes")


def causal_edges() -> pd.DataFrame:
    """The arrows of the vicious circles, each marked as the brief's or as inference."""
    return table("causal_edges")
