"""How much longer public transport takes than a car, between the same two places."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from clusterlib.indicators import checks

PAIR = ["from", "to", "basis"]
PUBLIC = ("transit", "bus", "brt")


def transit_ratio(
    times: pd.DataFrame, public: Sequence[str] = PUBLIC, car: str = "car"
) -> pd.DataFrame:
    """Public transport over car: ratio = minutes by public transport / minutes by car.

    Two trips are set against each other only when they have the same ends and were given on the
    same basis: a time that an interviewee named is never divided by one that a city announced.

    Parameters
    ----------
    times : frame
        from, to, mode, minutes, bound, basis; one row a trip and mode. `bound` "at_least" marks a
        time that is a lower end.
    public : sequence of str
        The modes that count as public transport.
    car : str
        The mode that they are divided by.

    Returns
    -------
    frame
        from, to, basis, mode, public_minutes, car_minutes, ratio, at_least: whether the time by
        public transport is only a lower end. Then so is the ratio, unless the car's time is open
        upwards as well. The ratio is blank where the car takes no time.

    Raises
    ------
    BadInput
        For a missing column, a negative time, or two rows for one pair of places, basis and mode.

    Notes
    -----
    The ratio of travel times by mode is a common measure of how public transport competes with
    the car (Salonen and Toivonen 2013, Modelling travel time in urban networks). It says nothing
    about frequency, fares, or the way to the stop unless the times include it.

    >>> quoted = pd.DataFrame({"from": ["a", "a"], "to": ["b", "b"], "mode": ["transit", "car"],
    ...                        "minutes": [120, 40], "bound": ["exact", "about"],
    ...                        "basis": ["quote", "quote"]})
    >>> transit_ratio(quoted)[["ratio", "at_least"]].values.tolist()
    [[3.0, False]]
    """
    checks.columns(times, [*PAIR, "mode", "minutes", "bound"], "times")
    checks.not_negative(times, "minutes", [*PAIR, "mode"])
    ridden, driven = times[times["mode"].isin(public)], times[times["mode"] == car]
    checks.one_row_each(ridden, [*PAIR, "mode"], "times")
    checks.one_row_each(driven, PAIR, "times")
    named = {"minutes_x": "public_minutes", "minutes_y": "car_minutes"}
    both = ridden.merge(driven[[*PAIR, "minutes"]], on=PAIR).rename(columns=named)
    hours = both["car_minutes"].astype("float64")
    ratio = both["public_minutes"].astype("float64") / hours.where(hours > 0)
    kept = both.assign(ratio=ratio, at_least=both["bound"].eq("at_least"))
    return kept[[*PAIR, "mode", "public_minutes", "car_minutes", "ratio", "at_least"]]
