"""How dates of the tables are said: periods, and days of events known more or less exactly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clusterlib.i18n import Words


def when(period: str, words: Words) -> str:
    """A period of a table in words.

    Parameters
    ----------
    period : str
        A year, a quarter, a half-year, a month or several years: "2021", "2024Q1", "2022H1",
        "2023-12", "2020-2023".
    words : Words
        The reader's language.

    >>> from clusterlib.i18n import Words
    >>> when("2020-2023", Words("en")), when("2022-02", Words("en")), when("2022-02", Words("ko"))
    ('2020–2023', 'February 2022', '2022년 2월')
    """
    year, kind, part = re.fullmatch(r"(\d{4})(?:([QH-])(\d+))?", period).groups()
    if kind is None:
        return words("lesson1.date.year", year=year)
    if kind != "-":
        return words(f"lesson1.venture.period.{kind}{part}", year=year)
    if len(part) == 4:
        return words("lesson1.date.years", year=year, to=part)
    return words("lesson1.date.month", year=year, month=words(f"lesson1.month.{int(part)}"))


def of_event(event: Mapping[str, Any], words: Words) -> str:
    """When an event was, as exactly as its row knows: years, month and year, or year.

    Parameters
    ----------
    event : mapping
        year, year_to and month, the last two None where they are not known.
    words : Words
        The reader's language.

    >>> from clusterlib.i18n import Words
    >>> of_event({"year": 2018, "year_to": None, "month": 5}, Words("en"))
    'May 2018'
    """
    said = {"year": event["year"], "to": event["year_to"]}
    if event["year_to"] is not None:
        return words("lesson1.date.years", **said)
    if event["month"] is not None:
        return words("lesson1.date.month", **said, month=words(f"lesson1.month.{event['month']}"))
    return words("lesson1.date.year", **said)
