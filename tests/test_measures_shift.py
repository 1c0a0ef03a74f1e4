"""Shift-share adds up, whatever it is given, and a textbook's growth rates give the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clusterlib import datasets
from clusterlib.indicators import dynamic_shift_share, shift_share
from tests.bench_indicators import county_run
from tests.measured import table

pair = st.integers(1, 5).flatmap(
    lambda n: st.integers(1, 5).flatmap(
        lambda m: st.lists(
            arrays("int64", (n, m), elements=st.integers(0, 9999)), min_size=2, max_size=5
        )
    )
)


@given(pair, st.sampled_from(["classic", "esteban_marquillas"]))
def test_the_parts_add_up_and_regional_shifts_cancel_out(years, kind):
    start, end = table(years[0]), table(years[-1])
    found = shift_share(start, end, kind)
    parts = [name for name in found if name not in ("start", "end", "change")]
    np.testing.assert_allclose(found[parts].to_numpy().sum(axis=1), found["change"], atol=1e-6)
    np.testing.assert_allclose(found["end"] - found["start"], found["change"])
    own = found["regional"] + found.get("allocation", 0)
    np.testing.assert_allclose(own.groupby("industry").sum(), 0, atol=1e-6)
    born = (years[0].sum(axis=0) == 0) & (years[-1].sum(axis=0) > 0)
    assert (found["born"].groupby("industry", sort=False).sum() > 0).tolist() == born.tolist()


@given(pair)
def test_dynamic_parts_add_up_too(years):
    found = dynamic_shift_share({2000 + 5 * n: table(cells) for n, cells in enumerate(years)})
    parts = found[["national", "mix", "regional", "born"]]
    change = found["end"] - found["start"]
    np.testing.assert_allclose(parts.to_numpy().sum(axis=1), change, atol=1e-6)
    np.testing.assert_allclose(parts["regional"].groupby("industry").sum(), 0, atol=1e-6)


@given(pair)
def test_mixes_of_the_nation_cancel_out(years):
    found = shift_share(table(years[0]), table(years[-1]))
    assert found["mix"].sum() == pytest.approx(0, abs=1e-6)


def test_dynamic_shift_share_has_one_step_fewer_than_years():
    """The classic parts of each pair of years, reckoned from growth rates and added by hand."""
    rng = np.random.default_rng(1)
    years = {year: table(rng.integers(1, 500, (4, 3))) for year in range(2010, 2016)}
    found = dynamic_shift_share(years)
    sums = {"national": 0.0, "mix": 0.0, "regional": 0.0}
    steps = 0
    for year in range(2010, 2015):
        now, then = years[year + 1], years[year]
        nation = now.sum().sum() / then.sum().sum() - 1
        industry = now.sum() / then.sum() - 1
        sums["national"] += (then * nation).stack()
        sums["mix"] += (then * (industry - nation)).stack()
        sums["regional"] += (then * ((now / then - 1) - industry)).stack()
        steps += 1
    assert steps == 5
    for name, expected in sums.items():
        np.testing.assert_allclose(found[name], expected, atol=1e-9)
    two = dynamic_shift_share({2010: years[2010], 2015: years[2015]})
    classic = shift_share(years[2010], years[2015])
    pd.testing.assert_frame_equal(two, classic)


def test_esteban_marquillas_by_growth_rates():
    start, end = table([[10, 90], [60, 40], [30, 70]]), table([[20, 99], [60, 60], [45, 77]])
    found = shift_share(start, end, "esteban_marquillas")
    growth = end / start - 1
    ahead = growth - (end.sum() / start.sum() - 1)
    alike = np.outer(start.sum(axis=1), start.sum() / start.sum().sum())
    np.testing.assert_allclose(found["regional"], (alike * ahead).stack())
    np.testing.assert_allclose(found["allocation"], ((start - alike) * ahead).stack())
    assert list(found)[-2:] == ["allocation", "born"]


def test_what_a_region_starts_from_nothing_stays_its_own():
    start, end = table([[0, 10], [5, 5]]), table([[3, 10], [5, 9]])
    found = shift_share(start, end, "esteban_marquillas").loc[("r0", "i0")]
    parts = found[["national", "mix", "regional", "allocation", "born"]]
    assert parts.tolist() == pytest.approx([0, 0, 3, 0, 0])


def test_an_industry_that_comes_later_is_told_apart_and_no_rate_is_made_up_for_it():
    start, end = table([[0, 100], [0, 300]]), table([[40, 110], [10, 330]])
    found = shift_share(start, end)
    assert found.loc[("r0", "i0"), ["national", "mix", "regional", "born"]].tolist() == [
        0,
        0,
        0,
        40,
    ]
    assert found.loc[("r0", "i1"), "national"] == pytest.approx(10)
    assert np.isfinite(found.to_numpy()).all()


def test_a_cell_unknown_at_one_end_says_nothing_of_the_nations_growth():
    start, end = table([[10.0, 90], [60, 40]]), table([[20.0, 99], [np.nan, 60]])
    found = shift_share(start, end)
    assert found.loc[("r1", "i0"), ["change", "national", "mix", "regional", "born"]].isna().all()
    rest = shift_share(start.mask(end.isna()), end).drop(("r1", "i0"))
    pd.testing.assert_frame_equal(found.drop(("r1", "i0")), rest)
    assert found.loc[("r0", "i0"), "regional"] == pytest.approx(0)


def test_the_change_of_the_provinces_of_2015_to_2020_splits_without_remainder():
    added = datasets.municipal_value_added().query("year > 2010")
    added = added.assign(value_added=added["value_added"].astype("float64"))
    sums = added.groupby(["year", "region", "activity"])["value_added"].sum().unstack()
    found = shift_share(sums.loc[2015], sums.loc[2020])
    total = found.groupby("region")[["change", "national", "mix", "regional", "born"]].sum()
    parts = total[["national", "mix", "regional", "born"]].sum(axis=1)
    np.testing.assert_allclose(parts, total["change"])
    assert total["regional"].sum() == pytest.approx(0, abs=1)


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads memory as Linux tells it")
def test_county_tables_of_twenty_years_take_less_than_a_second_and_600_mib():
    best = county_run()
    assert best["all"] < 1
    assert best["peak"] < 600
