"""Measures against their peers in one run: `python tests/bench_indicators.py` (not a test).

Prints the processor time of each, the ratio to ours, and what it costs to have the library at
all. Both sides get the same numbers; the loop is the one that a course would write first.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from clusterlib import datasets, indicators  # noqa: E402

RUNS = 5
# Seconds of this process: on a machine with other work the wall clock measures that work.
clock = time.process_time
COUNTY = """
import json, sys
from time import process_time as clock
import numpy as np, pandas as pd
from clusterlib.indicators import dynamic_shift_share, hhi, krugman, location_quotient
rng = np.random.default_rng(0)
rows, names = [f"r{n}" for n in range(250)], [f"i{n}" for n in range(1000)]
years = {2001 + t: pd.DataFrame(rng.integers(0, 1000, (250, 1000)), rows, names) for t in range(20)}
start, spent = clock(), {}
for name, measure in (("lq", location_quotient), ("hhi", hhi), ("krugman", krugman)):
    begun = clock()
    kept = [measure(year) for year in years.values()]
    spent[name] = clock() - begun
    del kept
begun = clock()
dynamic_shift_share(years)
spent["dynamic"] = clock() - begun
spent["all"] = clock() - start
high = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({**spent, "peak": int(high.split()[1]) / 1024}))
"""
COST = """
import pandas
from time import process_time as clock
def held():
    lines = open("/proc/self/status")
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
before, start = held(), clock()
import {module}
print(clock() - start, held() - before)
"""


def child(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return done.stdout


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    work()
    times = []
    for _ in range(runs):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times)


def against(what: str, ours: Callable[[], object], theirs: Callable[[], object]) -> None:
    mine, other = median(ours), median(theirs)
    print(f"{what:<58}{mine * 1000:>10.1f} ms{other * 1000:>10.1f} ms{other / mine:>9.1f} x")


def loop_of_quotients(table: pd.DataFrame) -> pd.DataFrame:
    found = table.astype("float64")
    whole = table.sum().sum()
    for region in table.index:
        here = table.loc[region].sum()
        for industry in table.columns:
            share = table.loc[region, industry] / here
            found.loc[region, industry] = share / (table[industry].sum() / whole)
    return found


def loop_of_shifts(years: dict[int, pd.DataFrame]) -> pd.DataFrame:
    order, sums = sorted(years), 0.0
    for before, after in zip(order, order[1:], strict=False):
        then, now = years[before], years[after]
        nation = now.sum().sum() / then.sum().sum() - 1
        industry = now.sum() / then.sum() - 1
        rows = []
        for region in then.index:
            for name in then.columns:
                start, end = then.loc[region, name], now.loc[region, name]
                parts = start * nation, start * (industry[name] - nation)
                rows.append((*parts, end - start - sum(parts)))
        sums = sums + np.array(rows)
    return pd.DataFrame(sums, columns=["national", "mix", "regional"])


def county_run() -> dict[str, float]:
    """Seconds of each measure and the peak of memory in MiB: the best of three processes."""
    return min((json.loads(child(COUNTY)) for _ in range(3)), key=lambda run: run["all"])


def county_tables() -> None:
    best = county_run()
    print("250 regions x 1,000 industries x 20 years, best of three fresh processes")
    for name in ("lq", "hhi", "krugman", "dynamic", "all"):
        print(f"  {name:<10}{best[name]:>7.2f} s")
    print(f"  peak      {best['peak']:>7.0f} MiB (the tables themselves among it)\n")


def peers() -> None:
    import mapclassify
    from esda import G_Local, Moran
    from inequality.gini import Gini
    from inequality.theil import Theil, TheilD
    from libpysal.weights import W

    rng = np.random.default_rng(0)
    small = pd.DataFrame(rng.integers(1, 1000, (50, 40)))
    years = {year: small + rng.integers(0, 9, small.shape) for year in range(2010, 2013)}
    wide = pd.DataFrame(rng.lognormal(3, 1, (250, 1000)))
    added = datasets.municipal_value_added().query("year == 2020 and activity == 'manufacturing'")
    values = added.set_index("code")["value_added"].astype("float64")
    region = added.set_index("code")["region"]
    near = datasets.municipal_neighbours()
    links = {code: [] for code in values.index}
    for one, other in zip(near["code"], near["neighbour"], strict=True):
        links[one].append(other)
        links[other].append(one)
    weights = W(links, id_order=list(values.index), silence_warnings=True)
    array, arrays = values.to_numpy(), wide.to_numpy().T
    groups = region.to_numpy()
    print(f"{'':<58}{'ours':>13}{'theirs':>13}{'ratio':>11}")
    against(
        "location quotients, 50 x 40, pandas loop",
        lambda: indicators.location_quotient(small),
        lambda: loop_of_quotients(small),
    )
    against(
        "dynamic shift-share, 50 x 40 x 3, pandas loop",
        lambda: indicators.dynamic_shift_share(years),
        lambda: loop_of_shifts(years),
    )
    against(
        "Gini, 250 x 1,000, inequality",
        lambda: indicators.gini(wide, "lorenz"),
        lambda: [Gini(x).g for x in arrays],
    )
    against(
        "Theil, 250 x 1,000, inequality (T only)",
        lambda: indicators.theil(wide),
        lambda: [Theil(x).T for x in arrays],
    )
    against(
        "Theil split by province, 229, inequality",
        lambda: indicators.theil(values, groups=region),
        lambda: TheilD(array, groups),
    )
    against(
        "Moran's I, 229, 999 shuffles, esda",
        lambda: indicators.moran(values, near),
        lambda: Moran(array, weights),
    )
    against(
        "hot spots, 229, 999 shuffles, esda (no correction)",
        lambda: indicators.hotspots(values, near),
        lambda: G_Local(array, weights, transform="B", star=True, permutations=999),
    )
    against("natural breaks, 229 in 5, mapclassify",
            lambda: indicators.classify(values, "fisher_jenks"),
            lambda: mapclassify.FisherJenks(array, k=5))  # fmt: skip


def costs() -> None:
    print("\nwhat it costs a kernel that has pandas (files warm)")
    for module in ("clusterlib.indicators", "pyproj", "esda", "mapclassify"):
        child(COST.format(module=module))
        seconds, held = map(float, child(COST.format(module=module)).split())
        print(f"  {module:<24}{seconds:>7.2f} s{held:>8.0f} MiB")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    county_tables()
    peers()
    costs()
