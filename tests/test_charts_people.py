"""The figures of people in lesson 1 say what their data say, in both languages."""

from __future__ import annotations

import time
from collections.abc import Callable

import pandas as pd
import pytest

from clusterlib import datasets, indicators
from clusterlib.charts import people, people_risk, people_share
from clusterlib.charts.figure import Content, Figure
from clusterlib.errors import BadInput
from clusterlib.explorers import Explore
from clusterlib.i18n import Words

LANGUAGES = ("ko", "en")
FIGURES: dict[str, tuple[Callable[..., Figure], Callable[[], pd.DataFrame]]] = {
    "youth": (people.youth, datasets.youth_net_migration),
    "extinction": (
        people_risk.extinction,
        lambda: indicators.extinction_class(datasets.extinction_risk()),
    ),
    "population_share": (people_share.population_share, datasets.capital_population_share),
}


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Words:
    return Words(request.param)


@pytest.fixture(params=FIGURES)
def drawn(request: pytest.FixtureRequest, words: Words) -> Figure:
    draw, frame = FIGURES[request.param]
    return draw(frame(), words)


def contents(figure: Figure) -> list[Content]:
    if figure.respond is None:
        return [figure.content]
    return [figure.respond({"age": age}) for age in people.AGES]


def test_each_chart_is_valid_and_takes_its_rows_from_outside(drawn: Figure) -> None:
    fed = {*drawn.fixed, *drawn.content.rows}
    for chart in drawn.charts():
        spec = chart.to_dict(validate=True)
        named = {layer["data"]["name"] for layer in spec["layer"] if "data" in layer}
        assert set(spec.get("datasets", {})) <= {"empty"}
        assert named - {"empty"} <= fed  # what altair calls the data of a lone rule


def test_each_position_has_finding_alternative_text_reading_and_table(drawn: Figure) -> None:
    for content in contents(drawn):
        assert 0 < len(content.title.split()) <= 15
        assert content.subtitle
        assert len(content.alt) > len(content.title)
        assert content.reading
        assert content.table or drawn.table


def test_each_figure_names_its_sources_and_its_standing(drawn: Figure) -> None:
    assert drawn.sources
    assert drawn.evidence == "observed"
    assert drawn.id.startswith("1.")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verb", FIGURES)
def test_each_verb_answers_every_value_of_its_controls(verb: str, lang: str) -> None:
    view = getattr(Explore(Words(lang)), verb)(FIGURES[verb][1]())
    for control in view.controls:
        for value, _ in control["options"]:
            view.values = {**view.values, control["id"]: value}
            assert view.content["title"]
    assert view.frame["words"]["evidence"]


def test_a_move_is_answered_within_five_milliseconds(words: Words) -> None:
    figure = people.youth(datasets.youth_net_migration(), words)
    figure.respond({"age": "20s"})
    spent = []
    for age in people.AGES:
        start = time.process_time()
        figure.respond({"age": age}).as_message()
        spent.append(time.process_time() - start)
    assert min(spent) < 0.005


def youth_with(changes: dict[tuple[str, str], int]) -> pd.DataFrame:
    frame = datasets.youth_net_migration()
    for (region, age), value in changes.items():
        cell = (frame["region"] == region) & (frame["age_group"] == age)
        frame.loc[cell, "net_migration"] = value
    return frame


def youth_title(changes: dict[tuple[str, str], int], age: str, words: Words) -> str:
    return people.youth(youth_with(changes), words).respond({"age": age}).title


def test_provinces_stand_in_the_order_of_their_balance(words: Words) -> None:
    figure = people.youth(datasets.youth_net_migration(), words)
    for content in contents(figure):
        shown = [row["shown"] for row in content.rows["places"]]
        assert len(shown) == 17
        assert shown == sorted(shown, reverse=True)


def test_the_provinces_that_change_sign_are_marked_and_named() -> None:
    figure = people.youth(datasets.youth_net_migration(), Words("en"))
    for age, names in {
        "all": set(),
        "20s": {"Seoul", "Sejong", "Chungnam", "Jeonnam"},
        "30s": {"Daegu", "Ulsan", "Sejong", "Gyeongnam"},
        "20-39": {"Seoul", "Sejong", "Jeonnam"},
    }.items():
        content = figure.respond({"age": age})
        marked = [row["name"] for row in content.rows["places"] if row["changed"]]
        assert {name.split(" · ")[0] for name in marked} == names
        assert all(name in content.reading for name in names)


def test_the_capital_region_has_its_colour_in_every_row() -> None:
    rows = people.youth(datasets.youth_net_migration(), Words("en")).content.rows["places"]
    assert {row["name"] for row in rows if row["side"] == "capital"} == {
        "Seoul",
        "Incheon",
        "Gyeonggi",
    }


def test_who_gained_outside_the_capital_region_decides_the_title(words: Words) -> None:
    chungcheong = [(region, "20-39") for region in ("daejeon", "sejong", "chungbuk", "chungnam")]
    titles = [
        youth_title({}, "20-39", words),
        youth_title(dict.fromkeys(chungcheong, -5), "20-39", words),
        youth_title(dict.fromkeys(chungcheong[1:], -5), "20-39", words),
        youth_title({("busan", "20-39"): 5}, "20-39", words),
    ]
    assert len(set(titles)) == 4
    assert datasets.regions().set_index("region").loc["sejong", f"macro_{words.lang}"] in titles[0]


def test_the_table_adds_the_three_provinces_of_the_capital_region() -> None:
    table = people.youth(datasets.youth_net_migration(), Words("en")).table["table"]
    last = [column[-1] for column in table.values()]
    assert last[1:] == ["38,465", "48,380", "2,352", "50,732"]


def test_only_the_ages_in_the_frame_are_offered(words: Words) -> None:
    frame = datasets.youth_net_migration()
    view = Explore(words).youth(frame[frame["age_group"] == "20s"])
    assert [value for value, _ in view.controls[0]["options"]] == ["20s"]


def test_youth_wants_one_row_a_province_and_age(words: Words) -> None:
    frame = datasets.youth_net_migration()
    with pytest.raises(BadInput):
        Explore(words).youth(pd.concat([frame, frame]))
    with pytest.raises(BadInput):
        Explore(words).youth(frame.drop(columns="age_group"))


def extinction(changes: dict[str, float], words: Words) -> Figure:
    frame = datasets.extinction_risk()
    for region, value in changes.items():
        frame.loc[frame["region"] == region, "risk_index"] = value
    return people_risk.extinction(indicators.extinction_class(frame), words)


def test_the_lowest_province_stands_first_and_the_nation_among_them() -> None:
    rows = extinction({}, Words("en")).content.rows["places"]
    assert rows["shown"].is_monotonic_increasing
    assert rows["label"].iloc[0] == "Jeonnam 0.329"
    assert rows.loc[rows["kind"] == "nation", "label"].tolist() == ["Korea 0.615"]
    assert (rows["kind"] == "metro").sum() == 6


def test_the_bands_are_the_classes_of_the_indicator(words: Words) -> None:
    bands = extinction({}, words).fixed["bands"]
    assert [band["from"] for band in bands] == [0.0, 0.2, 0.5, 1.0, 1.5]
    assert [band["risk"] for band in bands] == [True, True, False, False, False]
    assert bands[-1]["to"] > 1.5


def test_a_value_beyond_the_last_class_keeps_its_place(words: Words) -> None:
    assert extinction({"sejong": 2.4}, words).fixed["bands"][-1]["to"] > 2.4


def test_the_metropolitan_cities_at_risk_decide_the_title(words: Words) -> None:
    safe = dict.fromkeys(datasets.extinction_risk()["region"], 0.6)
    titles = [
        extinction(changes, words).content.title
        for changes in ({}, {"daegu": 0.4}, {"busan": 0.6}, safe)
    ]
    assert len(set(titles)) == 4


def test_counts_of_municipalities_are_named_as_not_joined(words: Words) -> None:
    reading = extinction({}, words).content.reading
    assert all(year in reading for year in ("2010", "2015", "2020"))


def share(frame: pd.DataFrame, words: Words) -> Figure:
    return people_share.population_share(frame, words)


def test_each_source_has_a_shape_and_a_colour_of_its_own() -> None:
    held = set(datasets.capital_population_share()["basis"])
    assert held <= set(people_share.BASES)
    looks = [(shape, shade) for shape, shade, _ in people_share.BASES.values()]
    assert len(set(looks)) == len(looks)


def test_only_the_register_is_joined_and_not_across_its_correction(words: Words) -> None:
    figure = share(datasets.capital_population_share(), words)
    for chart in figure.charts():
        lines = [layer for layer in chart.to_dict()["layer"] if layer["mark"]["type"] == "line"]
        assert [line["transform"] for line in lines] == [
            [{"filter": "datum.basis == 'resident_registration'"}]
        ]
        assert lines[0]["encoding"]["detail"]["field"] == "run"
    points = figure.fixed["far"]
    assert points.groupby("run")["year"].agg(["min", "max"]).loc[False, "max"] == 2009


def test_projections_are_called_estimated_and_the_others_observed(words: Words) -> None:
    table = share(datasets.capital_population_share(), words).table["table"]
    years, *_, standing = table.values()
    said = dict(zip(years, standing, strict=True))
    assert said["2030"] == said["2052"] == words("common.evidence.estimated")
    assert said["2015"] == words("common.evidence.observed")


def test_printed_shares_keep_one_decimal_and_derived_ones_two() -> None:
    frame = datasets.capital_population_share()
    points = share(frame, Words("en")).fixed["far"]
    said = {(row.year, row.basis): row.said for row in points.itertuples()}
    assert said[2016, "resident_registration"] == "49.50"
    assert said[1949, "census"] == "21.0"


def test_what_the_register_shows_decides_the_title(words: Words) -> None:
    frame = datasets.capital_population_share()
    titles = {
        share(rows, words).content.title
        for rows in (
            frame,
            frame[frame["year"] < 2019],
            frame[frame["basis"] != "resident_registration"],
        )
    }
    assert len(titles) == 3
    assert sum("2019" in title for title in titles) == 1


def test_a_share_that_fell_back_under_half_is_said_so(words: Words) -> None:
    frame = datasets.capital_population_share()
    last = (frame["basis"] == "resident_registration") & (frame["year"] == 2020)
    before = share(frame, words).content.title
    frame.loc[last, "share_pct"] = 49.0
    after = share(frame, words).content.title
    assert before != after
    assert "49.0" in after
