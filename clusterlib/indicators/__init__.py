"""Arrays and frames in, labelled frames out: what the lessons measure."""

from clusterlib.indicators.access import transit_ratio
from clusterlib.indicators.extinction import extinction_class
from clusterlib.indicators.growth import cagr, growth_decompose
from clusterlib.indicators.migration import net_migration_rate
from clusterlib.indicators.production import relative_to_nation

__all__ = [
    "cagr",
    "extinction_class",
    "growth_decompose",
    "net_migration_rate",
    "relative_to_nation",
    "transit_ratio",
]
