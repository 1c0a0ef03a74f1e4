"""Explorers of lesson 4 that are drawn: times on their own bases, places, prices of houses."""

from __future__ import annotations

import pandas as pd

from clusterlib import live
from clusterlib.charts import houses, travel
from clusterlib.explorers.controls import Control, listed, named
from clusterlib.i18n import Words
from clusterlib.indicators import checks
from clusterlib.maps import institutions as mapped

WORDS = "lesson4.travel."
WANTED = ["trip", "from", "to", "mode", "minutes", "bound", "date", "basis", "planned_for"]


def travel_times(words: Words, times: pd.DataFrame) -> live.Framed:
    """Minutes between places of the two clusters, one basis at a time.

    `times`: datasets.travel_times().
    """
    checks.columns(times, [*WANTED, "interview", "source"], "times")
    figure = travel.times(times, words)
    return live.explorer(figure, words, [_basis(times, words, figure.start["basis"])])


def institutions(words: Words, places: pd.DataFrame, times: pd.DataFrame) -> live.Framed:
    """The institutions at approximate places, with the times of one basis on straight lines.

    `places`: datasets.places(). `times`: datasets.travel_times().
    """
    checks.columns(places, ["place", "region", "lat", "lon", "precision_m", "source"], "places")
    checks.columns(times, [*WANTED, "interview", "source"], "times")
    figure = mapped.with_times(places, times, words)
    shown = times[times["basis"].isin(mapped.bases(places, times))]
    return live.explorer(figure, words, [_basis(shown, words, figure.start["basis"])])


def _basis(times: pd.DataFrame, words: Words, value: str) -> Control:
    label, stepping = words(WORDS + "control.basis"), words.group(WORDS + "control.")
    return listed("basis", label, named(times, "basis", words), value, step=True, words=stepping)


def house_prices(
    words: Words, prices: pd.DataFrame, numbers: pd.DataFrame, said: pd.DataFrame
) -> live.Framed:
    """One person's flats beside the price levels of one series at a time.

    `prices`: datasets.house_prices(), in units of 10,000 won.
    `numbers`: datasets.interview_numbers(). `said`: datasets.interviews().
    """
    checks.columns(prices, ["period", "region", "series", "value", "unit", "source"], "prices")
    checks.columns(numbers, ["interview", "item", "value", "value_to", "unit"], "numbers")
    checks.columns(said, ["interview", "region"], "said")
    teller = numbers.loc[numbers["unit"] == "krw_100m", "interview"].iloc[0]
    home = said.set_index("interview").at[teller, "region"]
    figure = houses.account_and_levels(prices, numbers[numbers["interview"] == teller], home, words)
    names = dict(named(prices, "series", words))
    series = [[name, names[name]] for name in houses.series_of(prices)]
    label = words("lesson4.houses.control.series")
    control = listed("series", label, series, figure.start["series"])
    return live.explorer(figure, words, [control])
