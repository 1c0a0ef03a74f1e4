"""Concentration by a second way, against a peer, and on any table."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clusterlib import datasets
from clusterlib.indicators import ellison_glaeser, gini, hhi, hoover, maurel_sedillot, theil
from tests.measured import counts, table, value_added


def gini_by_pairs(values, weights) -> float:
    """Half the mean absolute difference of all pairs, relative to the mean."""
    ratio, share = values / weights, weights / weights.sum()
    gaps = np.abs(ratio[:, None] - ratio[None, :])
    return float((gaps * share[:, None] * share[None, :]).sum() / (2 * (ratio * share).sum()))


positive = st.lists(st.tuples(st.integers(0, 9999), st.integers(1, 9999)), min_size=1, max_size=9)


@given(positive)
def test_the_gini_by_the_curve_is_the_gini_by_pairs(pairs):
    values, base = (np.array(side, dtype="float64") for side in zip(*pairs, strict=True))
    assume(values.sum() > 0)
    found = gini(pd.Series(values), "lorenz", pd.Series(base))
    assert found == pytest.approx(gini_by_pairs(values, base), abs=1e-9)
    ratios = gini(pd.Series(values), "quotients", pd.Series(base))
    assert ratios == pytest.approx(gini_by_pairs(values / base, np.ones(len(base))), abs=1e-9)


@given(positive, st.integers(2, 5))
def test_unevenness_does_not_grow_when_the_country_is_copied(pairs, times):
    values, base = (pd.Series(side) for side in zip(*pairs, strict=True))
    assume(values.sum() > 0)
    copies = [pd.concat([side] * times, ignore_index=True) for side in (values, base)]
    for kind in ("lorenz", "area", "quotients"):
        assert gini(copies[0], kind, copies[1]) == pytest.approx(gini(values, kind, base), abs=1e-9)
    once, more = theil(values, base), theil(copies[0], copies[1])
    assert more.to_dict() == pytest.approx(once.to_dict(), abs=1e-9, nan_ok=True)
    assert hoover(copies[0], copies[1]) == pytest.approx(hoover(values, base), abs=1e-9)


@given(positive, st.data())
def test_between_and_within_make_the_whole(pairs, data):
    values, base = (pd.Series(side) for side in zip(*pairs, strict=True))
    assume(values.sum() > 0)
    groups = pd.Series(data.draw(st.lists(st.sampled_from("abc"), min_size=len(values),
                                          max_size=len(values))))  # fmt: skip
    found = theil(values, base, groups)
    assert found["T_between"] + found["T_within"] == pytest.approx(found["T"], abs=1e-9)
    if not np.isnan(found["L"]):
        assert found["L_between"] + found["L_within"] == pytest.approx(found["L"], abs=1e-9)
    assert found["T"] >= found["T_between"] - 1e-9 >= -2e-9


def test_inequality_says_the_same_where_definitions_agree():
    from inequality.gini import Gini
    from inequality.theil import Theil, TheilD

    added = value_added()["manufacturing"]
    provinces = datasets.municipal_population().drop_duplicates("code").set_index("code")["region"]
    found = theil(added, groups=provinces)
    whole, split = (
        Theil(added.to_numpy()),
        TheilD(added.to_numpy(), provinces[added.index].to_numpy()),
    )
    assert found["T"] == pytest.approx(whole.T, abs=1e-9)
    assert found["T_between"] == pytest.approx(split.bg.item(), abs=1e-9)
    assert found["T_within"] == pytest.approx(split.wg.item(), abs=1e-9)
    assert gini(added, "lorenz") == pytest.approx(Gini(added.to_numpy()).g, abs=1e-9)


@given(counts)
def test_hhi_lies_between_even_and_one(cells):
    found = hhi(table(cells))
    some = found[cells.sum(axis=0) > 0]
    n = len(cells)
    assert (some["hhi"] >= 1 / n - 1e-12).all()
    assert (some["hhi"] <= 1 + 1e-12).all()
    assert (some["equivalent"] * some["hhi"]).to_numpy() == pytest.approx(1)
    if n > 1:
        assert some["normalised"].between(-1e-12, 1 + 1e-12).all()


@given(counts, st.randoms())
def test_where_a_row_stands_does_not_matter(cells, chance):
    frame = table(cells)
    order = list(frame.index)
    chance.shuffle(order)
    for measure in (hhi, theil, hoover, lambda values: gini(values, "lorenz")):
        np.testing.assert_allclose(measure(frame), measure(frame.loc[order]), atol=1e-9)


def test_whole_numbers_do_not_overflow_when_they_are_squared():
    large = pd.Series([3_000_000_000, 3_000_000_000, 4_000_000_000], dtype="int64")
    small = pd.Series([40_000, 40_000, 50_000], dtype="int32")
    assert hhi(large)["hhi"] == pytest.approx(0.34)
    assert hhi(small)["hhi"] == pytest.approx((16 + 16 + 25) / 169)
    assert hhi(large.astype("Int64"))["hhi"] == pytest.approx(0.34)


def test_ellison_glaeser_and_maurel_sedillot_may_differ_in_sign():
    total = pd.Series({"big": 700, "mid": 200, "small": 100})
    even = pd.DataFrame({"industry": "away", "region": ["small"] * 30 + ["mid"] * 30 + ["big"] * 40,
                         "size": 1})  # fmt: skip
    one, other = (f(even, total).loc["away"] for f in (ellison_glaeser, maurel_sedillot))
    assert one["gamma"] > 0.05 > 0 > other["gamma"]
    assert (one["plants"], one["hhi"]) == (100, pytest.approx(0.01))


def test_maurel_sedillots_measure_by_counting_pairs():
    """gamma = (p - X) / (1 - X), p the weighted chance that two plants share a region."""
    rng = np.random.default_rng(5)
    regions, sizes = rng.choice(list("abcd"), 40), rng.integers(1, 200, 40).astype("float64")
    total = pd.Series({"a": 500.0, "b": 300.0, "c": 150.0, "d": 50.0})
    weight, together, all_pairs = sizes / sizes.sum(), 0.0, 0.0
    for i in range(40):
        for j in range(40):
            if i != j:
                all_pairs += weight[i] * weight[j]
                together += weight[i] * weight[j] * (regions[i] == regions[j])
    even = ((total / total.sum()) ** 2).sum()
    expected = (together / all_pairs - even) / (1 - even)
    plants = pd.DataFrame({"industry": "x", "region": regions, "size": sizes})
    assert maurel_sedillot(plants, total).loc["x", "gamma"] == pytest.approx(expected, abs=1e-9)


def test_darts_at_a_map_give_about_nought_in_both():
    rng = np.random.default_rng(11)
    total = pd.Series({"a": 0.5, "b": 0.3, "c": 0.2})
    plants = pd.DataFrame({
        "industry": np.repeat(np.arange(300), 50),
        "region": rng.choice(list("abc"), 15_000, p=total.to_numpy()),
        "size": rng.lognormal(3, 1, 15_000),
    })  # fmt: skip
    for measure in (ellison_glaeser, maurel_sedillot):
        gamma = measure(plants, total)["gamma"]
        assert abs(gamma.mean()) < 4 * gamma.std() / math.sqrt(300)


@pytest.mark.filterwarnings("error")
def test_plants_of_one_region_one_plant_and_a_plant_of_unknown_size():
    plants = pd.DataFrame(
        {"industry": ["one", "two", "two", "lost"], "region": list("abaa"), "size": [5, 5, 5, None]}
    )
    total = pd.Series({"a": 60, "b": 40})
    for measure in (ellison_glaeser, maurel_sedillot):
        found = measure(plants, total)
        assert found.index.tolist() == ["one", "two"]
        assert np.isnan(found.loc["one", "gamma"])
        assert np.isfinite(found.loc["two", "gamma"])
        alone = measure(plants[plants["region"] == "a"], pd.Series({"a": 60}))
        assert alone["gamma"].isna().all()
        whole = plants.dropna().astype({"size": "int32"})
        pd.testing.assert_frame_equal(measure(whole, total), found)
        assert measure(plants, total.where(total > 50))["gamma"].isna().all()
