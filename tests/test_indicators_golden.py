"""Worked examples as printed in textbooks, papers and documentation: the kit gives the same."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clusterlib.indicators import (
    cluster_stars,
    ellison_glaeser,
    extinction_class,
    gini,
    hhi,
    hotspots,
    krugman,
    location_quotient,
    theil,
)

GOLDEN = Path(__file__).parent / "golden" / "published.json"
CASES = {case["id"]: case for case in json.loads(GOLDEN.read_text("utf-8"))["cases"]}
# No function of this room: growth rates, travel times and loops have rooms of their own; the
# shares are divisions; no lesson uses Litzenberger and Sternberg's index, so it does not ship.
ELSEWHERE = {
    "cagr-daejeon", "cagr-chungbuk", "transit-ratio-daedeok-osong", "transit-ratio-gwanpyeong",
    "cycles-nx", "loops-sign-tax", "extinct-uiseong-2017", "extinct-share-2020",
    "extinct-share-2022", "litzenberger",
}  # fmt: skip
KEIS = {"very_low": "low", "at_risk": "risk"}


def series(values) -> pd.Series:
    return pd.Series(values)


def lq(e_ij, e_j, e_i, e):
    region = pd.DataFrame({"it": [e_ij], "rest": [e_j - e_ij]}, index=["Göttingen"])
    return location_quotient(region, pd.Series({"it": e_i, "rest": e - e_i})).loc["Göttingen", "it"]


def stars(emp_cluster_and_rest):
    table = pd.DataFrame(emp_cluster_and_rest, columns=["cluster", "rest"])
    return cluster_stars(table).xs("cluster", level="industry")["stars"].tolist()


def plants(plants, region, region_total):
    frame = pd.DataFrame({"industry": "one", "region": region, "size": plants})
    return ellison_glaeser(frame, pd.Series(region_total)).loc["one", "gamma"]


def getis(points, y, threshold):
    at = np.array(points)
    near = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1)) <= threshold
    one, other = np.nonzero(near & ~np.eye(len(at), dtype=bool))
    pairs = pd.DataFrame({"code": one, "neighbour": other})
    values = pd.Series(y)
    z = [hotspots(values, pairs, star=star)["z"] for star in (False, True)]
    total = values.sum() ** 2 - (values**2).sum()
    return [(values[one].to_numpy() * values[other].to_numpy()).sum() / total, *z[0], *z[1]]


def classes(values):
    frame = pd.DataFrame({"region": list(values), "risk_index": list(values.values())})
    found = extinction_class(frame)["extinction_class"].replace(KEIS).value_counts().to_dict()
    return {name: found.get(name, 0) for name in CASES["extinct-class"]["expected"]}


def edges(values):
    frame = pd.DataFrame({"region": range(len(values)), "risk_index": values})
    return extinction_class(frame)["extinction_class"].replace(KEIS).tolist()


WAYS = {
    "lq-fk2013": lq,
    "gini-conc-fk": lambda e_ij, e_j: gini(series(e_ij), "quotients", series(e_j)),
    "gini-spec-fk": lambda e_ij, e_i: gini(series(e_ij), "quotients", series(e_i)),
    "krugman-fk": lambda a, b: krugman(pd.DataFrame([a, b], index=["a", "b"]), against="b")["a"],
    "hhi-doersam": lambda x: hhi(series(x)).tolist(),
    "gini-doersam": lambda x: [gini(series(x), kind) for kind in ("lorenz", "normalised")],
    "gini-weighted-doersam": lambda x, w: gini(series(x) * series(w), "lorenz", series(w)),
    "theil-L-stoermann": lambda x: theil(series(x))["L"],
    "eg-fk2014": plants,
    "getis-ord-points": getis,
    "eco-stars": stars,
    "extinct-class": classes,
    "extinct-edge": edges,
}


@pytest.mark.parametrize("name", WAYS)
def test_a_published_example_comes_out_to_its_printed_digits(name):
    case = CASES[name]
    found, expected = WAYS[name](**case["input"]), case["expected"]
    if isinstance(expected, dict) or isinstance(np.ravel(expected)[0], str):
        assert found == expected
    else:
        assert found == pytest.approx(expected, abs=case["abs_tol"] or 1e-12, rel=0)


def test_no_published_example_is_forgotten():
    assert WAYS.keys() | ELSEWHERE == CASES.keys()
    assert not WAYS.keys() & ELSEWHERE


def test_three_customary_ginis_differ_on_one_data_set():
    case = CASES["gini-conc-fk"]["input"]
    values, base = series(case["e_ij"]), series(case["e_j"])
    found = [gini(values, kind, base) for kind in ("quotients", "lorenz", "area")]
    assert found == pytest.approx([0.4069, 0.3725, 0.18625], abs=5e-5)
