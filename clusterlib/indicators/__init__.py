"""Arrays and frames in, labelled frames out: what the lessons measure.

An indicator is here when a lesson uses it on real data; a test finds its user. Left out for that
reason: two-step floating catchments (no table brings travel times with supply and demand), local
Moran's I (see `space`) and the extinction index itself (its table brings it, month by month).
"""

from clusterlib.indicators.access import transit_ratio
from clusterlib.indicators.classes import classify
from clusterlib.indicators.concentration import gini, hhi, hoover, theil
from clusterlib.indicators.density import kde_grid, projected
from clusterlib.indicators.extinction import extinction_class
from clusterlib.indicators.growth import cagr, growth_decompose
from clusterlib.indicators.interval import lq_interval, rest_quotient
from clusterlib.indicators.migration import net_migration_rate
from clusterlib.indicators.plants import ellison_glaeser, maurel_sedillot
from clusterlib.indicators.production import relative_to_nation
from clusterlib.indicators.shift import dynamic_shift_share, shift_share
from clusterlib.indicators.space import hotspots, moran
from clusterlib.indicators.specialisation import (
    CUT,
    krugman,
    location_quotient,
    standardised_lq,
)
from clusterlib.indicators.stars import cluster_stars

__all__ = [
    "CUT",
    "cagr",
    "classify",
    "cluster_stars",
    "dynamic_shift_share",
    "ellison_glaeser",
    "extinction_class",
    "gini",
    "growth_decompose",
    "hhi",
    "hoover",
    "hotspots",
    "kde_grid",
    "krugman",
    "location_quotient",
    "lq_interval",
    "maurel_sedillot",
    "moran",
    "net_migration_rate",
    "projected",
    "relative_to_nation",
    "rest_quotient",
    "shift_share",
    "standardised_lq",
    "theil",
    "transit_ratio",
]
