import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import datasets
from clusterlib.errors import BadInput
from clusterlib.i18n import LANGUAGES, explain
from clusterlib.indicators import extinction_class, net_migration_rate, relative_to_nation
from clusterlib.indicators.extinction import CLASSES

people = st.integers(min_value=1, max_value=50_000_000)
moves = st.integers(min_value=-1_000_000, max_value=1_000_000)
output = st.floats(min_value=0.01, max_value=1e9)


def net(values, year=2020):
    names = [f"r{i}" for i in range(len(values))]
    return pd.DataFrame({"year": year, "region": names, "net_migration": values})


def population(values, year=2020):
    names = [f"r{i}" for i in range(len(values))]
    return pd.DataFrame({"year": year, "region": names, "population": values})


def heads(values, year=2020):
    names = ["korea", *(f"r{i}" for i in range(1, len(values)))]
    return pd.DataFrame({"year": year, "region": names, "grdp_per_head": values})


def test_the_rate_of_seoul_in_2020_is_what_one_reckons_by_hand():
    rates = net_migration_rate(datasets.net_migration(), datasets.population())
    seoul = rates[(rates["year"] == 2020) & (rates["region"] == "seoul")].iloc[0]
    assert (seoul["net_migration"], seoul["population"]) == (-64_850, 9_668_465)
    assert seoul["rate"] == pytest.approx(-6.70737, abs=1e-5)


def test_a_rate_is_blank_where_nobody_was_counted():
    rates = net_migration_rate(datasets.net_migration(), datasets.population())
    assert rates.loc[rates["year"] < 1992, "rate"].isna().all()
    assert rates.loc[rates["year"] >= 1992, "rate"].notna().all()
    assert len(rates) == len(datasets.net_migration())


def test_nobody_living_there_gives_a_blank_and_no_infinity():
    assert net_migration_rate(net([5]), population([0]))["rate"].isna().all()


@given(st.lists(st.tuples(moves, people), min_size=1, max_size=8), st.integers(2, 9))
def test_the_rate_does_not_depend_on_the_size_of_the_country(rows, times):
    moved, living = zip(*rows, strict=True)
    once = net_migration_rate(net(moved), population(living))["rate"]
    more = net_migration_rate(
        net([n * times for n in moved]), population([p * times for p in living])
    )["rate"]
    assert more.tolist() == pytest.approx(once.tolist())
    assert [math.copysign(1, r) for r in once if r] == [math.copysign(1, n) for n in moved if n]


@given(st.lists(st.tuples(moves, people), min_size=1, max_size=8))
def test_the_rate_weighted_by_people_adds_up_to_the_moves(rows):
    moved, living = zip(*rows, strict=True)
    rates = net_migration_rate(net(moved), population(living))
    assert (rates["rate"] * rates["population"] / 1000).sum() == pytest.approx(sum(moved), abs=1e-3)


@given(st.permutations(range(5)))
def test_rows_may_come_in_any_order(order):
    moved, living = [3, -4, 0, 100, -7], [10, 20, 30, 40, 50]
    rates = net_migration_rate(net(moved).iloc[list(order)], population(living))
    expected = dict(enumerate(1000 * n / p for n, p in zip(moved, living, strict=True)))
    assert rates["rate"].to_dict() == pytest.approx(expected)


def test_the_learners_own_frames_are_left_as_they_were():
    before, living = net([1]), population([2])
    net_migration_rate(before, living)
    assert list(before) == ["year", "region", "net_migration"]
    assert list(living) == ["year", "region", "population"]


def test_output_per_head_of_2021_is_ranked_against_the_nation():
    relative = relative_to_nation(datasets.grdp_per_head())
    latest = relative[relative["year"] == 2021].set_index("region")["relative"]
    assert latest["korea"] == 100
    assert latest["ulsan"] == pytest.approx(100 * 69392 / 40271)
    assert latest.idxmax() == "ulsan"
    assert latest["chungnam"] > latest["seoul"] > 100 > latest["busan"]


@given(st.lists(output, min_size=2, max_size=6), st.floats(min_value=0.001, max_value=1000))
def test_the_unit_of_money_drops_out(values, factor):
    once = relative_to_nation(heads(values))["relative"]
    again = relative_to_nation(heads([v * factor for v in values]))["relative"]
    assert once.iloc[0] == pytest.approx(100)
    assert again.tolist() == pytest.approx(once.tolist())


def test_a_year_without_the_nation_stays_blank():
    rows = pd.concat([heads([10.0, 20.0]), heads([1.0, 2.0], year=2021).iloc[1:]])
    relative = relative_to_nation(rows)["relative"]
    assert relative.isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("index", "name"),
    [(1.5, "very_low"), (1.49, "normal"), (1.0, "normal"), (0.999, "caution"), (0.5, "caution"),
     (0.499, "at_risk"), (0.2, "at_risk"), (0.199, "high_risk"), (0.0, "high_risk")],
)  # fmt: skip
def test_a_lower_bound_belongs_to_its_class(index, name):
    frame = pd.DataFrame({"region": ["a"], "risk_index": [index]})
    assert extinction_class(frame)["extinction_class"].tolist() == [name]


@given(st.lists(st.floats(min_value=0, max_value=10), min_size=1, max_size=9))
def test_a_higher_index_never_has_a_riskier_class(values):
    frame = pd.DataFrame({"region": range(len(values)), "risk_index": values})
    order = list(CLASSES)
    named = extinction_class(frame).sort_values("risk_index")["extinction_class"].map(order.index)
    assert named.is_monotonic_decreasing


def test_in_march_2024_no_province_was_beyond_normal_and_a_blank_stays_blank():
    classes = extinction_class(datasets.extinction_risk()).set_index("region")["extinction_class"]
    assert set(classes) == {"normal", "caution", "at_risk"}
    assert classes["sejong"] == "normal"
    assert classes["busan"] == "at_risk"
    blank = pd.DataFrame({"region": ["a", "b"], "risk_index": [None, 0.4]})
    assert extinction_class(blank)["extinction_class"].isna().tolist() == [True, False]


ONE, SOME = net([1]), population([1])
INDEX = pd.DataFrame({"region": ["a"], "risk_index": [-1]})


@pytest.mark.parametrize(
    ("call", "key"),
    [
        (lambda: net_migration_rate(ONE.drop(columns="region"), SOME), "missing_columns"),
        (lambda: net_migration_rate(ONE, SOME[["year"]]), "missing_columns"),
        (lambda: net_migration_rate(ONE, population([-1])), "negative_values"),
        (lambda: net_migration_rate(pd.concat([ONE, ONE]), SOME), "duplicate_rows"),
        (lambda: net_migration_rate(ONE, pd.concat([SOME, SOME])), "duplicate_rows"),
        (lambda: relative_to_nation(heads([1.0]).drop(columns="year")), "missing_columns"),
        (lambda: relative_to_nation(heads([1.0, -2.0])), "negative_values"),
        (lambda: relative_to_nation(heads([1.0, 2.0]).iloc[1:]), "no_nation"),
        (lambda: relative_to_nation(pd.concat([heads([1.0])] * 2)), "duplicate_rows"),
        (lambda: extinction_class(INDEX[["region"]]), "missing_columns"),
        (lambda: extinction_class(INDEX), "negative_values"),
    ],
)  # fmt: skip
def test_a_frame_that_cannot_be_used_is_refused_in_both_languages(call, key):
    with pytest.raises(BadInput) as refused:
        call()
    assert refused.value.key == key
    assert all(explain(refused.value, lang) for lang in LANGUAGES)
