"""Specialisation by a second way, and on any table."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib.indicators import (
    CUT,
    cluster_stars,
    hoover,
    krugman,
    location_quotient,
    lq_interval,
    standardised_lq,
)
from tests.measured import counts, table


def by_hand(frame: pd.DataFrame) -> pd.DataFrame:
    """Location quotients with two loops, in the order in which a textbook explains them."""
    found = frame.astype("float64") * np.nan
    whole = frame.sum().sum()
    for region in frame.index:
        for industry in frame.columns:
            nation, here = frame[industry].sum(), frame.loc[region].sum()
            if nation and here:
                share = frame.loc[region, industry] / here
                found.loc[region, industry] = share / (nation / whole)
    return found


@given(counts)
def test_a_quotient_is_a_share_over_a_share(cells):
    pd.testing.assert_frame_equal(
        location_quotient(table(cells)), by_hand(table(cells)), check_names=False
    )


@given(counts)
def test_quotients_weighted_by_the_regions_average_to_one_in_each_industry(cells):
    quotients, weight = location_quotient(table(cells)), cells.sum(axis=1) / max(cells.sum(), 1)
    means = (quotients * weight[:, None]).sum()
    assert means[cells.sum(axis=0) > 0].to_numpy() == pytest.approx(1)


@given(counts, st.floats(1e-6, 1e6))
def test_the_unit_drops_out(cells, factor):
    once, more = location_quotient(table(cells)), location_quotient(table(cells * factor))
    np.testing.assert_allclose(once, more, rtol=1e-9)
    np.testing.assert_allclose(krugman(table(cells)), krugman(table(cells * factor)), rtol=1e-9,
                               atol=1e-12)  # fmt: skip


@given(counts, st.randoms())
def test_a_shuffle_of_regions_shuffles_the_results(cells, chance):
    frame = table(cells)
    order = list(frame.index)
    chance.shuffle(order)
    for measure in (location_quotient, standardised_lq, krugman, cluster_stars):
        straight, turned = measure(frame), measure(frame.loc[order])
        same = turned.reindex(straight.index)
        np.testing.assert_allclose(straight.astype(float), same.astype(float), atol=1e-9)


@given(counts, st.integers(1, 9))
def test_two_regions_of_one_structure_may_be_merged(cells, times):
    frame = table(cells)
    twin = pd.concat([frame, (frame.iloc[[0]] * times).set_axis(["twin"])])
    merged = frame.copy()
    merged.iloc[0] *= 1 + times
    np.testing.assert_allclose(
        location_quotient(twin).iloc[0], location_quotient(merged).iloc[0], rtol=1e-9
    )


def test_totals_of_the_nation_may_come_from_outside():
    frame = table([[20, 80], [10, 190]])
    nation = pd.Series({"i0": 100, "i1": 900, "elsewhere": 500})
    expected = frame.div(frame.sum(axis=1), axis=0) / (nation[["i0", "i1"]] / 1500)
    pd.testing.assert_frame_equal(location_quotient(frame, nation), expected, check_names=False)
    regions = pd.Series({"r0": 200, "r1": 400})
    halved = location_quotient(frame, nation, regions)
    np.testing.assert_allclose(halved, expected / 2)


def test_an_unknown_cell_stays_unknown_and_can_be_mended_by_known_totals():
    whole = table([[20, 80], [10, 190]])
    torn = whole.astype("float64").mask(whole == 10)
    known = location_quotient(torn, whole.sum(), whole.sum(axis=1))
    assert np.isnan(known.loc["r1", "i0"])
    expected = location_quotient(whole)
    pd.testing.assert_frame_equal(known, expected.mask(torn.isna()))


def test_standardising_runs_down_the_regions_and_not_along_the_industries():
    frame = table([[30, 70, 50], [10, 90, 20], [25, 40, 60], [5, 100, 10]])
    quotients = by_hand(frame)
    z = standardised_lq(frame)
    for industry in frame.columns:
        column = [quotients.loc[region, industry] for region in frame.index]
        mean = math.fsum(column) / 4
        sd = math.sqrt(math.fsum((value - mean) ** 2 for value in column) / 3)
        assert z[industry].tolist() == pytest.approx([(value - mean) / sd for value in column])
    assert z.mean(axis=0).to_numpy() == pytest.approx(0)
    assert z.std(axis=0, ddof=1).to_numpy() == pytest.approx(1)
    assert abs(z.mean(axis=1)).max() > 0.1


def test_the_log_variant_leaves_out_what_has_no_logarithm():
    frame = table([[0, 50], [10, 40], [20, 30], [40, 10]])
    z = standardised_lq(frame, log=True)
    assert np.isnan(z.loc["r0", "i0"])
    logs = np.log(by_hand(frame)["i0"].iloc[1:])
    expected = (logs - logs.mean()) / logs.std(ddof=1)
    assert z["i0"].iloc[1:].tolist() == pytest.approx(expected.tolist())


def test_equal_regions_have_no_standing():
    assert standardised_lq(table([[3, 7], [6, 14], [9, 21]])).isna().all(axis=None)
    assert CUT == 1.96


# Intervals


def test_the_variance_of_a_quotient_is_what_many_draws_show():
    frame = table([[120, 300, 80], [60, 900, 240], [300, 500, 1500]])
    cells, draws = frame.to_numpy(), 20_000
    drawn = np.random.default_rng(7).multinomial(4000, cells.ravel() / cells.sum(), draws)
    logs = []
    for flat in drawn.reshape(draws, 3, 3):
        logs.append(np.log(flat / flat.sum(1, keepdims=True) / (flat.sum(0) / flat.sum())))
    spread = np.std(logs, axis=0)
    found = lq_interval(frame)
    half = (np.log(found["high"]) - np.log(found["lq"])) / 1.959963984540054
    np.testing.assert_allclose(half.to_numpy().reshape(3, 3), spread, rtol=0.03)


def test_both_methods_agree_on_large_counts_and_depend_on_the_seed_alone():
    frame = table([[1200, 3000], [600, 9000], [3000, 5000]])
    delta, drawn = lq_interval(frame), lq_interval(frame, "bootstrap", draws=1999, seed=3)
    np.testing.assert_allclose(drawn[["low", "high"]], delta[["low", "high"]], rtol=0.02)
    pd.testing.assert_frame_equal(drawn, lq_interval(frame, "bootstrap", draws=1999, seed=3))
    assert not drawn.equals(lq_interval(frame, "bootstrap", draws=1999, seed=4))


def test_fewer_independent_cases_make_a_wider_range():
    frame = table([[200, 800], [100, 1900]])
    people, plants = lq_interval(frame), lq_interval(frame, per_case=50)
    assert (plants["high"] - plants["low"] > 5 * (people["high"] - people["low"])).all()
    np.testing.assert_allclose(people["lq"], plants["lq"])


@pytest.mark.parametrize("method", ["delta", "bootstrap"])
def test_a_cell_of_nothing_has_a_quotient_but_no_range(method):
    found = lq_interval(table([[0, 50], [10, 40]]), method).loc[("r0", "i0")]
    assert found["lq"] == 0
    assert found[["low", "high"]].isna().all()


# Krugman and the stars


@given(counts)
def test_krugmans_index_lies_between_nought_and_two_and_is_twice_the_hoover_distance(cells):
    frame = table(cells)
    index = krugman(frame)
    some = index.dropna()
    assert set(some.index) == set(frame.index[cells.sum(axis=1) > 0])
    assert some.between(0, 2).all()
    nation = frame.sum().where(frame.sum() > 0, 0)
    for region in some.index:
        present = nation > 0
        distance = hoover(frame.loc[region][present], nation[present])
        assert some[region] == pytest.approx(2 * distance, abs=1e-9)


def test_krugmans_index_against_a_region_is_the_same_both_ways():
    frame = table([[20, 10, 70], [5, 60, 40], [1, 1, 1]])
    assert krugman(frame, "r1")["r0"] == pytest.approx(krugman(frame, "r0")["r1"])
    assert krugman(frame, frame.loc["r2"]).equals(krugman(frame, "r2"))


def test_a_quotient_on_the_line_and_a_tie_with_the_last_of_the_top_earn_their_star():
    even = cluster_stars(table([[10, 10], [10, 10], [10, 10]]), top=0.34, least_lq=1.0)
    assert even["star_lq"].all()
    assert even["star_size"].all()
    assert (even["stars"] == 3).all()


def test_nothing_is_no_star():
    none = cluster_stars(table([[0, 10], [0, 20]]), least_lq=0.0).xs("i0", level="industry")
    assert not none[["star_size", "star_focus"]].any(axis=None)
    assert len(cluster_stars(table(np.zeros((0, 2))))) == 0
