"""What trips others: one region, a row of zeros, a blank, and what is refused in both languages."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from clusterlib.errors import BadInput, UnknownName
from clusterlib.i18n import LANGUAGES, explain
from clusterlib.indicators import (
    cagr,
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
    moran,
    projected,
    shift_share,
    standardised_lq,
    theil,
)
from tests.measured import table

KINDS = ("lorenz", "area", "quotients", "normalised")

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


GREW = pd.DataFrame({"region": ["a", "a"], "year": [2000, 2001], "workers": [1, 2]})
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
    ("out_of_range", "lon", lambda: projected(pd.DataFrame({"lon": [2.35], "lat": [48.9]}))),
    ("out_of_range", "lat", lambda: projected(pd.DataFrame({"lon": [127.0], "lat": [136.0]}))),
    ("missing_columns", "size", lambda: maurel_sedillot(PLANTS[["industry", "region"]], TOTAL)),
    ("no_base_here", "normalised", lambda: gini(GOOD, "normalised", pd.Series({"r0": 1, "r1": 1}))),
    ("degrees_given", "127.4", lambda: kde_grid(AT.assign(x=127.4, y=36.3), 1000, 500)),
    ("grid_too_fine", "250", lambda: kde_grid(AT, 1e5, 5.0)),
    ("grid_too_fine", "250", lambda: kde_grid(AT, 1e6, 1.0)),
    ("negative_cells", "-1", lambda: kde_grid(AT.assign(n=-1), 1000, 500, weight="n")),
    ("not_a_table", "list", lambda: moran(GOOD["i0"], [("r0", "r1")])),
    ("not_a_matrix", "groups", lambda: theil(GOOD, groups={"r0": "north", "r1": "south"})),
    ("not_numeric", "10%", lambda: cluster_stars(GOOD, top="10%")),
    ("not_numeric", "북위", lambda: projected(pd.DataFrame({"lon": [127.0], "lat": ["북위"]}))),
    ("years_not_numbers", "dict", lambda: dynamic_shift_share({"2010": GOOD, "2011": GOOD})),
    ("years_not_numbers", "list", lambda: dynamic_shift_share([GOOD, GOOD])),
    ("text_values", "many", lambda: cagr(GREW.assign(workers=[1, "many"]))),
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
