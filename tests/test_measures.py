"""Measures of tables: by a second way, on any input, and on the inputs that trip others."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from clusterlib import datasets
from clusterlib.errors import BadInput, UnknownName
from clusterlib.i18n import LANGUAGES, explain
from clusterlib.indicators import (
    CUT,
    classify,
    cluster_stars,
    dynamic_shift_share,
    ellison_glaeser,
    gini,
    hhi,
    hoover,
    kde_grid,
    krugman,
    location_quotient,
    lq_interval,
    maurel_sedillot,
    projected,
    shift_share,
    standardised_lq,
    theil,
)

counts = arrays("int64", array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=6),
                elements=st.integers(0, 10_000))  # fmt: skip
KINDS = ("lorenz", "area", "quotients", "normalised")


def table(values) -> pd.DataFrame:
    cells = np.asarray(values)
    rows, columns = (
        [f"{letter}{n}" for n in range(size)]
        for letter, size in zip("ri", cells.shape, strict=True)
    )
    return pd.DataFrame(cells, rows, columns)


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


def manufacturing() -> pd.DataFrame:
    added = datasets.municipal_value_added().query("year == 2020")
    wide = added.pivot(index="code", columns="activity", values="value_added")
    return wide.astype("float64")


# Location quotients


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


# Concentration


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

    added = manufacturing()["manufacturing"]
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


# Shift-share

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
    np.testing.assert_allclose(found[parts].sum(axis=1), found["change"], atol=1e-6)
    np.testing.assert_allclose(found["end"] - found["start"], found["change"])
    own = found["regional"] + found.get("allocation", 0)
    np.testing.assert_allclose(own.groupby("industry").sum(), 0, atol=1e-6)
    born = (years[0].sum(axis=0) == 0) & (years[-1].sum(axis=0) > 0)
    assert (found["born"].groupby("industry", sort=False).sum() > 0).tolist() == born.tolist()


@given(pair)
def test_dynamic_parts_add_up_too(years):
    found = dynamic_shift_share({2000 + 5 * n: table(cells) for n, cells in enumerate(years)})
    parts = found[["national", "mix", "regional", "born"]]
    np.testing.assert_allclose(parts.sum(axis=1), found["end"] - found["start"], atol=1e-6)
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


# Maps: density and classes


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


@pytest.mark.parametrize(
    ("scheme", "judge"),
    [
        ("quantiles", "Quantiles"),
        ("equal_interval", "EqualInterval"),
        ("fisher_jenks", "FisherJenks"),
    ],
)
@pytest.mark.parametrize("k", [2, 5, 7])
def test_classes_are_those_of_mapclassify(scheme, judge, k):
    import mapclassify

    quotients = location_quotient(manufacturing())["manufacturing"]
    found = classify(quotients, scheme, k)
    expected = getattr(mapclassify, judge)(quotients.to_numpy(), k=k)
    assert found["class"].tolist() == expected.yb.tolist()
    np.testing.assert_allclose(sorted(set(found["high"])), expected.bins, atol=1e-9)


def test_classes_by_standard_deviations_are_those_of_mapclassify():
    import mapclassify

    values = location_quotient(manufacturing())["professional"]
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


def test_a_class_is_told_with_its_bounds_and_the_unknown_has_none():
    found = classify(pd.Series([1.0, 2, np.nan, 3, 4], list("abcde")), "equal_interval", 3)
    assert found["class"].tolist() == [0, 0, pd.NA, 1, 2]
    known = found.dropna()
    assert ((known["value"] >= known["low"]) & (known["value"] <= known["high"])).all()
    assert found.loc["c", ["low", "high"]].isna().all()
    assert classify(pd.Series([np.nan], ["a"]))["class"].isna().all()
    assert classify(pd.Series([5.0] * 4, list("abcd")))["class"].tolist() == [0] * 4


# Any table: one region, a row of zeros, one unknown cell, whole numbers

ODD = {
    "one region": table([[3, 0, 5]]),
    "a row of zeros": table([[3, 1, 5], [0, 0, 0], [1, 2, 3]]),
    "an industry of zeros": table([[3, 0], [1, 0]]),
    "nothing at all": table([[0, 0], [0, 0]]),
    "one unknown": table([[3.0, np.nan, 5], [1, 2, 3], [4, 4, 4]]),
    "whole numbers": table(np.array([[3, 1, 5], [1, 2, 3]], dtype="int32")),
    "nullable": table([[3, 1], [1, 2]]).astype("Int64").mask(table([[0, 1], [0, 0]]) == 1),
}
MEASURES = {
    "location_quotient": location_quotient,
    "standardised_lq": standardised_lq,
    "standardised_log": lambda t: standardised_lq(t, log=True),
    "delta": lq_interval,
    "bootstrap": lambda t: lq_interval(t, "bootstrap", draws=99),
    "krugman": krugman,
    "cluster_stars": cluster_stars,
    "hhi": hhi,
    **{f"gini {kind}": lambda t, kind=kind: gini(t, kind) for kind in KINDS},
    "hoover": hoover,
    "theil": theil,
    "theil groups": lambda t: theil(t, groups=pd.Series("a", t.index)),
    "shift_share": lambda t: shift_share(t, t),
    "esteban": lambda t: shift_share(t, t, "esteban_marquillas"),
    "dynamic": lambda t: dynamic_shift_share({2010: t, 2015: t}),
}


@pytest.mark.parametrize("case", ODD)
@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.filterwarnings("error")
def test_an_odd_table_gives_blanks_and_neither_infinities_nor_warnings(name, case):
    before = ODD[case].copy()
    found = MEASURES[name](ODD[case])
    numbers = found.to_numpy("float64", na_value=np.nan)
    assert not np.isinf(numbers).any()
    pd.testing.assert_frame_equal(ODD[case], before)
    flat = {"region", "industry"} & set(found.index.names)
    assert flat
    if name in ("location_quotient", "standardised_lq"):
        assert found.index.equals(ODD[case].index)
        assert found.columns.equals(ODD[case].columns)


def test_nothing_over_nothing_is_unknown_and_never_nought():
    empty = location_quotient(ODD["a row of zeros"]).loc["r1"]
    assert empty.isna().all()
    assert np.isnan(krugman(ODD["a row of zeros"])["r1"])
    assert hhi(ODD["an industry of zeros"]).loc["i1"].isna().all()
    assert gini(ODD["an industry of zeros"], "lorenz").isna().tolist() == [False, True]
    assert location_quotient(ODD["an industry of zeros"])["i1"].isna().all()


def test_one_region_is_the_nation():
    one = ODD["one region"]
    assert location_quotient(one).loc["r0"].dropna().tolist() == [1, 1]
    assert krugman(one).tolist() == [0]
    assert hhi(one).loc["i0"].tolist() == pytest.approx([1, np.nan, 1], nan_ok=True)


# What is refused, in words of both languages

GOOD = table([[3, 1], [1, 2]])
PLANTS = pd.DataFrame({"industry": ["x", "x"], "region": ["a", "b"], "size": [1, 2]})
TOTAL = pd.Series({"a": 5, "b": 5})
AT = pd.DataFrame({"x": [1e6], "y": [2e6], "n": [1]})
WORDY = table(np.array([[3, "1,204"], [1, 2]], dtype=object))


def dynamic(*years):
    return dynamic_shift_share(dict.fromkeys(years, GOOD))


REFUSED = [
    ("negative_cells", "r0, i1", lambda: location_quotient(table([[3, -1], [1, 2]]))),
    ("negative_cells", "r0, i1", lambda: shift_share(GOOD, table([[3, -1], [1, 2]]))),
    ("negative_cells", "b", lambda: ellison_glaeser(PLANTS, pd.Series({"a": 1, "b": -1}))),
    ("text_cells", "r0, i1", lambda: krugman(WORDY)),
    ("text_cells", "12", lambda: hhi(pd.Series(["12", 3]))),
    ("text_cells", "many", lambda: ellison_glaeser(PLANTS.assign(size=["many", 1]), TOTAL)),
    ("infinite_cells", "r0, i1", lambda: cluster_stars(table([[3, np.inf], [1, 2]]))),
    ("duplicate_labels", "r0", lambda: location_quotient(GOOD.set_axis(["r0", "r0"]))),
    ("duplicate_labels", "i0", lambda: gini(GOOD.set_axis(["i0", "i0"], axis=1), "lorenz")),
    ("not_in_nation", "i1", lambda: location_quotient(GOOD, pd.Series({"i0": 9}))),
    ("not_in_nation", "r1", lambda: location_quotient(GOOD, None, pd.Series({"r0": 9}))),
    ("not_in_nation", "b", lambda: ellison_glaeser(PLANTS, pd.Series({"a": 5}))),
    ("not_in_nation", "r9", lambda: krugman(GOOD, "r9")),
    ("not_in_nation", "r1", lambda: theil(GOOD, groups=pd.Series({"r0": "north"}))),
    ("above_whole", "i0", lambda: location_quotient(GOOD, pd.Series({"i0": 3, "i1": 99}))),
    ("above_whole", "r0", lambda: gini(GOOD, "lorenz", pd.Series({"r0": 0, "r1": 5}))),
    ("year_missing", "2013", lambda: dynamic(2010, 2011, 2012, 2014)),
    ("year_missing", "2011, 2013, 2014", lambda: dynamic(2010, 2012, 2015)),
    ("too_few_years", "2010", lambda: dynamic(2010)),
    ("labels_differ", "r1", lambda: shift_share(GOOD, GOOD.iloc[:1])),
    ("labels_differ", "i1", lambda: dynamic_shift_share({2010: GOOD[["i0"]], 2011: GOOD})),
    ("not_a_matrix", "list", lambda: hhi([1, 2])),
    ("out_of_range", "level", lambda: lq_interval(GOOD, level=1.5)),
    ("out_of_range", "top", lambda: cluster_stars(GOOD, top=2)),
    ("out_of_range", "k", lambda: classify(GOOD["i0"], k=1)),
    ("out_of_range", "lat", lambda: projected(pd.DataFrame({"lon": [127.0], "lat": [136.0]}))),
    ("missing_columns", "size", lambda: maurel_sedillot(PLANTS[["industry", "region"]], TOTAL)),
    ("no_base_here", "normalised", lambda: gini(GOOD, "normalised", pd.Series({"r0": 1, "r1": 1}))),
    ("degrees_given", "127.4", lambda: kde_grid(AT.assign(x=127.4, y=36.3), 1000, 500)),
    ("grid_too_fine", "250", lambda: kde_grid(AT, 1e5, 5.0)),
    ("grid_too_fine", "250", lambda: kde_grid(AT, 1e6, 1.0)),
    ("negative_cells", "-1", lambda: kde_grid(AT.assign(n=-1), 1000, 500, weight="n")),
]  # fmt: skip


@pytest.mark.parametrize(("key", "named", "call"), REFUSED, ids=[f"{k}-{n}" for k, n, _ in REFUSED])
def test_what_cannot_be_used_is_refused_with_its_name_in_both_languages(key, named, call):
    with pytest.raises(BadInput) as refused:
        call()
    assert refused.value.key == key
    assert all(named in explain(refused.value, lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    "call",
    [
        lambda: gini(GOOD, "lorentz"),
        lambda: shift_share(GOOD, GOOD, "clasic"),
        lambda: lq_interval(GOOD, "detla"),
        lambda: classify(GOOD["i0"], "quantile"),
    ],
)
def test_a_misspelt_kind_is_answered_with_the_nearest_one(call):
    with pytest.raises(UnknownName) as refused:
        call()
    assert refused.value.values["nearest"] in {"lorenz", "classic", "delta", "quantiles"}
    assert all(
        refused.value.values["nearest"] in explain(refused.value, lang) for lang in LANGUAGES
    )


def test_a_frame_in_degrees_is_refused_by_its_own_word_too():
    import geopandas

    far = geopandas.GeoDataFrame(AT, geometry=geopandas.points_from_xy([127.4], [36.3]), crs=4326)
    with pytest.raises(BadInput, match="projected"):
        kde_grid(far, 1000, 500)


def test_the_gini_will_not_choose_for_you():
    with pytest.raises(TypeError):
        gini(GOOD)
