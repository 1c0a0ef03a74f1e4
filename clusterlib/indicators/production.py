"""What regions produce, measured against the nation."""

from __future__ import annotations

import pandas as pd

from clusterlib.errors import BadInput
from clusterlib.indicators import checks

KEYS = ("year", "region")


def relative_to_nation(grdp: pd.DataFrame, nation: str = "korea") -> pd.DataFrame:
    """Output per head with the nation of the same year as 100: relative = 100 · region / nation.

    Prices, base years and growth of the whole country drop out; what is left is rank and distance.

    Parameters
    ----------
    grdp : frame
        year, region, grdp_per_head (any unit of money, the same for all rows of a year).
    nation : str
        The region key that stands for 100.

    Returns
    -------
    frame
        The rows of `grdp`, the nation's among them, with `relative` (nation = 100); blank where
        the region or the nation has no value in that year.

    Raises
    ------
    BadInput
        For a missing column, a negative value, two rows for one year and region, or no row of
        the nation at all.

    Notes
    -----
    The index of relative income per head of Williamson (1965), Regional Inequality and the
    Process of National Development. Output is counted where it is made, income where people
    live: a high value does not say that residents are rich.

    >>> rows = pd.DataFrame({"year": [2021, 2021], "region": ["korea", "a"],
    ...                      "grdp_per_head": [40.0, 50.0]})
    >>> relative_to_nation(rows)["relative"].tolist()
    [100.0, 125.0]
    """
    checks.columns(grdp, [*KEYS, "grdp_per_head"], "grdp")
    checks.one_row_each(grdp, KEYS, "grdp")
    checks.not_negative(grdp, "grdp_per_head", KEYS)
    whole = grdp[grdp["region"] == nation]
    if whole.empty:
        raise BadInput("no_nation", nation=nation)
    base = whole.set_index("year")["grdp_per_head"].astype("float64")
    hundred = grdp["year"].map(base.where(base > 0))
    return grdp.assign(relative=100 * grdp["grdp_per_head"].astype("float64") / hundred)
