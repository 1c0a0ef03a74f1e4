"""Names for what a ratio of young women to old people says about a place's future."""

from __future__ import annotations

import pandas as pd

from clusterlib.indicators import checks

# Lower bound of each class, included; from the safest class to the one most at risk.
CLASSES = {"very_low": 1.5, "normal": 1.0, "caution": 0.5, "at_risk": 0.2, "high_risk": 0.0}


def extinction_class(risk: pd.DataFrame) -> pd.DataFrame:
    """Sort places by the extinction-risk index: women aged 20-39 over people aged 65 and more.

    Parameters
    ----------
    risk : frame
        region, risk_index (a ratio, 0 or more; the lower, the older the place).

    Returns
    -------
    frame
        The rows of `risk` with `extinction_class`: very_low (1.5 and more), normal (1.0), caution
        (0.5), at_risk (0.2), high_risk (below 0.2); the lower bound belongs to the class. A
        blank index has a blank class.

    Raises
    ------
    BadInput
        For a missing column, a negative index, or two rows for one region.

    Notes
    -----
    Classes of the Korea Employment Information Service (Lee Sang-ho, 2016 and later), after
    Masuda's report of 2014 for Japan. The index knows ages only: no jobs, no moves to come.

    >>> places = pd.DataFrame({"region": ["a", "b"], "risk_index": [0.5, 0.49]})
    >>> extinction_class(places)["extinction_class"].tolist()
    ['caution', 'at_risk']
    """
    keys = [key for key in ("month", "region") if key in risk] or ["region"]
    checks.columns(risk, ["region", "risk_index"], "risk")
    checks.one_row_each(risk, keys, "risk")
    checks.not_negative(risk, "risk_index", keys)
    named = risk["risk_index"].map(_named, na_action="ignore")
    return risk.assign(extinction_class=named.astype("object"))


def _named(index: float) -> str:
    return next(name for name, least in CLASSES.items() if index >= least)
