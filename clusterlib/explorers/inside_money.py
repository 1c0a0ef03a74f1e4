"""Explorer of lesson 4 on house prices: an account and the statistics, kept apart."""

from __future__ import annotations

import pandas as pd

from clusterlib import live
from clusterlib.charts import houses
from clusterlib.i18n import Words
from clusterlib.indicators import checks

WORDS = "lesson4.houses."


def house_prices(
    words: Words, prices: pd.DataFrame, numbers: pd.DataFrame, said: pd.DataFrame
) -> live.Framed:
    """One person's flats beside the price levels of one series at a time.

    Parameters
    ----------
    words : Words
        The reader's language.
    prices : frame
        datasets.house_prices(), in units of 10,000 won.
    numbers : frame
        datasets.interview_numbers().
    said : frame
        datasets.interviews().
    """
    checks.columns(prices, ["period", "region", "series", "value", "unit", "source"], "prices")
    checks.columns(numbers, ["interview", "item", "value", "value_to", "unit"], "numbers")
    checks.columns(said, ["interview", "region"], "said")
    teller = numbers.loc[numbers["unit"] == "krw_100m", "interview"].iloc[0]
    home = said.set_index("interview").at[teller, "region"]
    figure = houses.account_and_levels(prices, numbers[numbers["interview"] == teller], home, words)
    named = prices.drop_duplicates("series").set_index("series")[f"series_{words.lang}"]
    control = {
        "id": "series",
        "kind": "select",
        "label": words(WORDS + "control.series"),
        "value": figure.start["series"],
        "options": [[name, named[name]] for name in houses.series_of(prices)],
    }
    return live.explorer(figure, words, [control])
