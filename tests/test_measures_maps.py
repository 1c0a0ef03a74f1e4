"""Surfaces and classes of a map: scipy and mapclassify are the judges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib.indicators import classify, kde_grid, location_quotient, projected
from tests.measured import value_added


def test_a_surface_is_a_sum_of_bells_as_scipy_draws_them():
    from scipy.stats import multivariate_normal

    rng = np.random.default_rng(2)
    points = pd.DataFrame(rng.normal([1_000_000, 1_850_000], 5000, (60, 2)), columns=["x", "y"])
    points["workers"] = rng.integers(1, 99, 60)
    grid = kde_grid(points, 3000, 2000, weight="workers")
    expected = np.zeros(len(grid))
    for x, y, workers in points.itertuples(index=False):
        expected += workers * multivariate_normal([x, y], 3000**2).pdf(grid[["x", "y"]]) * 1e6
    np.testing.assert_allclose(grid["density"], expected, atol=1e-9)
    # Four square kilometres a cell: what is drawn adds up to what was put in.
    assert grid["density"].sum() * 4 == pytest.approx(points["workers"].sum(), rel=0.01)


def test_grids_of_two_groups_lie_on_the_same_cells():
    one = kde_grid(pd.DataFrame({"x": [1e6], "y": [2e6]}), 1000, 500)
    other = kde_grid(pd.DataFrame({"x": [1e6 + 333], "y": [2e6 + 777]}), 1000, 500)
    assert len(one.merge(other, on=["x", "y"])) > 0.8 * len(one)


def test_without_points_a_surface_is_flat_or_empty():
    none = pd.DataFrame({"x": [np.nan], "y": [2e6]})
    assert len(kde_grid(none, 1000, 500)) == 0
    assert (kde_grid(none, 1000, 500, bounds=(0, 0, 2000, 1000))["density"] == 0).all()


def test_projecting_and_measuring_agrees_with_a_known_distance():
    """Two corners of a degree of latitude at 127.5 E: 111 km on the ellipsoid, scale 0.9996."""
    at = projected(pd.DataFrame({"lon": [127.5, 127.5, np.nan], "lat": [36.0, 37.0, 36.0]}))
    assert at["y"].diff()[1] == pytest.approx(110_968 * 0.9996, rel=1e-3)
    assert at.loc[2, ["x", "y"]].isna().all()


def test_the_plane_is_that_of_proj_to_a_millimetre():
    from pyproj import Transformer

    rng = np.random.default_rng(0)
    at = pd.DataFrame({"lon": rng.uniform(98, 157, 500), "lat": rng.uniform(-80, 80, 500)})
    judge = Transformer.from_crs(4326, 5179, always_xy=True).transform(at["lon"], at["lat"])
    np.testing.assert_allclose(projected(at)[["x", "y"]].to_numpy().T, judge, atol=1e-3, rtol=0)


@pytest.mark.parametrize(
    ("scheme", "judge"),
    [
        ("quantiles", "Quantiles"),
        ("equal_interval", "EqualInterval"),
        ("fisher_jenks", "FisherJenks"),
    ],
)
@pytest.mark.filterwarnings("ignore:Numba")
@pytest.mark.parametrize("k", [2, 5, 7])
def test_classes_are_those_of_mapclassify(scheme, judge, k):
    import mapclassify

    quotients = location_quotient(value_added())["manufacturing"]
    found = classify(quotients, scheme, k)
    expected = getattr(mapclassify, judge)(quotients.to_numpy(), k=k)
    assert found["class"].tolist() == expected.yb.tolist()
    np.testing.assert_allclose(sorted(set(found["high"])), expected.bins, atol=1e-9)


def test_classes_by_standard_deviations_are_those_of_mapclassify():
    import mapclassify

    values = location_quotient(value_added())["professional"]
    found = classify(values, "std_mean")
    expected = mapclassify.StdMean(values.to_numpy())
    cuts = expected.bins[expected.bins > values.min()]
    np.testing.assert_allclose(sorted(set(found["high"])), cuts)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=9), st.integers(2, 4))
def test_natural_breaks_are_the_best_of_all_ways_to_cut(values, k):
    from itertools import combinations

    found = classify(pd.Series(values, dtype="float64"), "fisher_jenks", k)
    ordered = sorted(values)
    places = range(1, len(ordered))
    cuts = [c for n in range(min(k, len(ordered))) for c in combinations(places, n)]

    def cost(groups) -> float:
        return sum(float(np.var(group) * len(group)) for group in groups)

    best = min(
        cost([ordered[a:b] for a, b in zip((0, *cut), (*cut, len(ordered)), strict=True)])
        for cut in cuts
    )
    assert cost([g.to_list() for _, g in found.groupby("class")["value"]]) == pytest.approx(
        best, abs=1e-9
    )


def test_natural_breaks_of_large_numbers_are_those_of_their_differences():
    small = pd.Series([0.0, 1, 2, 10, 11, 30, 31, 33, 60], list("abcdefghi"))
    classes = classify(small, "fisher_jenks", 4)["class"]
    assert classes.tolist() == [0, 0, 0, 1, 1, 2, 2, 2, 3]
    assert classify(small + 4e9, "fisher_jenks", 4)["class"].equals(classes)


def test_a_class_is_told_with_its_bounds_and_the_unknown_has_none():
    found = classify(pd.Series([1.0, 2, np.nan, 3, 4], list("abcde")), "equal_interval", 3)
    assert found["class"].tolist() == [0, 0, pd.NA, 1, 2]
    known = found.dropna()
    assert ((known["value"] >= known["low"]) & (known["value"] <= known["high"])).all()
    assert found.loc["c", ["low", "high"]].isna().all()
    assert classify(pd.Series([np.nan], ["a"]))["class"].isna().all()
    assert classify(pd.Series([5.0] * 4, list("abcd")))["class"].tolist() == [0] * 4
