"""Neighbours: esda is the judge, and what a map of spots must not claim."""

from __future__ import annotations

import subprocess
import sys
import time
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import datasets
from clusterlib.errors import BadInput
from clusterlib.i18n import LANGUAGES, explain
from clusterlib.indicators import hotspots, location_quotient, moran

ISLANDS = 8


@cache
def quotients(activity: str) -> pd.Series:
    added = datasets.municipal_value_added().query("year == 2020")
    wide = added.pivot(index="code", columns="activity", values="value_added")
    return location_quotient(wide.astype("float64"))[activity]


def neighbours() -> pd.DataFrame:
    return datasets.municipal_neighbours()


def weights(values: pd.Series):
    """The same neighbours in the judge's form."""
    from libpysal.weights import W

    near = {code: [] for code in values.index}
    for one, other in zip(neighbours()["code"], neighbours()["neighbour"], strict=True):
        near[one].append(other)
        near[other].append(one)
    return W(near, id_order=list(values.index), silence_warnings=True)


def mainland() -> pd.Series:
    found = quotients("manufacturing")
    linked = set(neighbours()["code"]) | set(neighbours()["neighbour"])
    return found[found.index.isin(linked)]


def grid(side: int) -> pd.DataFrame:
    rows = [(f"{x}.{y}", f"{x + dx}.{y + dy}") for x in range(side) for y in range(side)
            for dx, dy in ((1, 0), (0, 1)) if x + dx < side and y + dy < side]  # fmt: skip
    return pd.DataFrame(rows, columns=["code", "neighbour"])


def on_grid(values) -> pd.Series:
    side = round(len(values) ** 0.5)
    return pd.Series(values, [f"{x}.{y}" for x in range(side) for y in range(side)])


@pytest.mark.filterwarnings("ignore")
def test_morans_i_and_its_z_are_those_of_esda():
    from esda import Moran

    for values in (quotients("manufacturing"), quotients("professional"), mainland()):
        judge = Moran(values.to_numpy(), weights(values), permutations=0)
        found = moran(values, neighbours())
        assert found["i"] == pytest.approx(judge.I, abs=1e-9)
        assert found["expected"] == pytest.approx(judge.EI, abs=1e-9)
        assert found["z"] == pytest.approx(judge.z_rand, abs=1e-9)


def test_morans_i_by_its_definition():
    values = on_grid(np.arange(9.0) ** 2)
    pairs = grid(3)
    near = {code: set() for code in values.index}
    for one, other in pairs.itertuples(index=False):
        near[one].add(other)
        near[other].add(one)
    mean = values.mean()
    cross = sum(
        (values[i] - mean) * (values[j] - mean) / len(near[i]) for i in near for j in near[i]
    )
    expected = cross / ((values - mean) ** 2).sum()
    assert moran(values, pairs)["i"] == pytest.approx(expected, abs=1e-12)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("star", [True, False])
def test_getis_and_ord_are_those_of_esda(star):
    from esda import G_Local

    values = quotients("manufacturing")
    judge = G_Local(values.to_numpy(), weights(values), transform="B", star=star,
                    permutations=4999, seed=1)  # fmt: skip
    found = hotspots(values, neighbours(), star=star, permutations=4999, seed=2)
    linked = (found["label"] != "island").to_numpy()
    np.testing.assert_allclose(found["z"][linked], judge.Zs[linked], atol=1e-9)
    # esda's p is that of the nearer tail; ours is twice that of the tail on the side of z.
    ours, theirs = found["p"].to_numpy()[linked], 2 * judge.p_sim[linked]
    small = ours < 0.2
    assert small.sum() > 40
    np.testing.assert_allclose(ours[small], theirs[small], atol=0.03)


def test_a_spot_is_hot_or_cold_by_the_sign_of_z_and_never_by_p_alone():
    found = hotspots(quotients("manufacturing"), neighbours())
    spots = found[found["label"].isin(["hot", "cold"])]
    assert set(spots["label"]) == {"hot", "cold"}
    assert ((spots["z"] > 0) == (spots["label"] == "hot")).all()
    assert (spots["q"] <= 0.05).all()
    assert (found.loc[found["label"] == "none", "q"] > 0.05).all()


def test_a_tower_amid_low_neighbours_is_not_hot():
    values = on_grid(np.full(25, 50.0) + np.arange(25) % 3)
    values["2.2"] = 900.0
    for near in ("1.2", "3.2", "2.1", "2.3"):
        values[near] = 0.0
    found = hotspots(values, grid(5), level=0.5).loc["2.2"]
    assert found["z"] > 0
    assert found["p"] == 1
    assert found["label"] == "none"


def test_noise_gives_spots_without_the_correction_and_hardly_any_with_it():
    rng = np.random.default_rng(8)
    raw = corrected = 0
    for draw in range(20):
        found = hotspots(on_grid(rng.random(225)), grid(15), permutations=499, seed=draw)
        raw += (found["p"] <= 0.05).sum()
        corrected += found["label"].isin(["hot", "cold"]).sum()
    assert raw > 100
    assert corrected <= 5


def test_a_planted_spot_is_found():
    values = np.random.default_rng(3).random((12, 12))
    values[2:6, 2:6] += 3
    found = hotspots(on_grid(values.ravel()), grid(12))["label"].to_numpy().reshape(12, 12)
    assert (found[3:5, 3:5] == "hot").all()
    assert (found[8:, 8:] != "hot").all()


def test_the_correction_is_that_of_benjamini_and_hochberg():
    from scipy.stats import false_discovery_control

    found = hotspots(quotients("professional"), neighbours())
    tested = found["p"].notna()
    np.testing.assert_allclose(
        found["q"][tested], false_discovery_control(found["p"][tested]), atol=1e-12
    )


def test_islands_are_told_and_not_tested():
    found = hotspots(quotients("manufacturing"), neighbours())
    islands = found[found["label"] == "island"]
    assert len(islands) == ISLANDS == moran(quotients("manufacturing"), neighbours())["islands"]
    assert islands[["z", "p", "q"]].isna().all(axis=None)


def test_the_unknown_is_left_out_with_its_links_and_keeps_its_row():
    values = quotients("mining")
    assert values.isna().any()
    found = hotspots(values, neighbours())
    assert list(found.index) == list(values.index)
    assert (found["label"] == "unknown").equals(values.isna())
    known = values.dropna()
    pd.testing.assert_frame_equal(found.loc[known.index], hotspots(known, neighbours()))
    assert moran(values, neighbours())["regions"] == len(known)


def test_the_seed_decides_and_nothing_else():
    values = quotients("manufacturing")
    assert hotspots(values, neighbours(), seed=4).equals(hotspots(values, neighbours(), seed=4))
    assert not hotspots(values, neighbours(), seed=4).equals(hotspots(values, neighbours(), seed=5))
    assert moran(values, neighbours(), seed=4).equals(moran(values, neighbours(), seed=4))


@given(st.lists(st.integers(0, 99), min_size=9, max_size=9), st.permutations(range(9)))
def test_the_order_of_rows_and_the_direction_of_pairs_do_not_matter(cells, order):
    values, pairs = on_grid([float(cell) for cell in cells]), grid(3)
    turned = pd.concat([pairs, pairs.set_axis(["neighbour", "code"], axis=1)]).iloc[::-1]
    straight, mixed = moran(values, pairs), moran(values.iloc[list(order)], turned)
    np.testing.assert_allclose(straight[["i", "z"]].to_numpy(), mixed[["i", "z"]].to_numpy())
    np.testing.assert_allclose(
        hotspots(values, pairs, permutations=99)["z"],
        hotspots(values.iloc[list(order)], turned, permutations=99)["z"].reindex(values.index),
        atol=1e-9,
    )


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "cells", [[5] * 9, [0] * 9, [1, *[np.nan] * 8], [np.nan] * 9, [1, 2, *[np.nan] * 7]]
)
def test_where_there_is_nothing_to_compare_there_is_no_number(cells):
    values = on_grid(cells)
    assert moran(values, grid(3))[["i", "z", "p"]].isna().all()
    found = hotspots(values, grid(3))
    assert set(found["label"]) <= {"none", "island", "unknown"}
    assert not np.isinf(found[["z", "p", "q"]].to_numpy()).any()


def test_whole_numbers_do():
    whole = on_grid(range(9))
    pd.testing.assert_series_equal(moran(whole, grid(3)), moran(whole.astype("float64"), grid(3)))
    blank = whole.astype("Int64").mask(whole == 4)
    assert hotspots(blank, grid(3)).loc["1.1", "label"] == "unknown"


@pytest.mark.parametrize(
    ("key", "named", "call"),
    [
        ("no_common_labels", "11010", lambda: hotspots(pd.Series([1], [11010]), neighbours())),
        ("negative_cells", "0.0", lambda: moran(on_grid([-1] + [1] * 8), grid(3))),
        ("text_cells", "0.0", lambda: moran(on_grid(["a"] + [1] * 8), grid(3))),
        ("missing_columns", "neighbour", lambda: hotspots(on_grid([1] * 9), grid(3)[["code"]])),
        ("out_of_range", "level", lambda: hotspots(on_grid([1] * 9), grid(3), level=5)),
        ("out_of_range", "permutations", lambda: hotspots(on_grid([1]), grid(1), permutations=9)),
        ("duplicate_labels", "x", lambda: moran(pd.Series([1, 2], ["x", "x"]), grid(3))),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_both_languages(key, named, call):
    with pytest.raises(BadInput) as refused:
        call()
    assert refused.value.key == key
    assert all(named in explain(refused.value, lang) for lang in LANGUAGES)


def test_no_measure_loads_what_takes_seconds():
    ask = """
import sys
import pandas as pd
from clusterlib import datasets
from clusterlib.indicators import classify, hotspots, kde_grid, moran
people = datasets.municipal_population().query("year == 2020").set_index("code")["population"]
near = datasets.municipal_neighbours()
hotspots(people, near), moran(people, near), classify(people, "fisher_jenks")
kde_grid(pd.DataFrame({"x": [1e6], "y": [2e6]}), 1000, 500)
heavy = {"esda", "libpysal", "mapclassify", "scipy", "sklearn", "geopandas", "networkx"}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_hot_spots_of_the_country_answer_while_a_slider_moves():
    values, near = quotients("manufacturing"), neighbours()
    hotspots(values, near)
    times = []
    for seed in range(5):
        start = time.process_time()
        hotspots(values, near, seed=seed)
        times.append(time.process_time() - start)
    assert sorted(times)[2] < 0.15
