"""The catalogue proves each file before it is used, and says plainly what is wrong."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from clusterlib import catalog, datasets
from clusterlib.errors import DataChanged, DataMissing, KitError, UnknownName

EVERY = sorted(catalog.records())


@pytest.fixture
def copy(tmp_path):
    """The catalogue and one of its tables, to be damaged."""
    root = tmp_path / "data"
    (root / "tidy").mkdir(parents=True)
    for name in ("datapackage.json", "tidy/regions.csv"):
        shutil.copy(catalog.ROOT / name, root / name)
    return root


@pytest.mark.parametrize("name", EVERY)
def test_every_record_is_there_and_sealed(name: str) -> None:
    assert catalog.read(name)


@pytest.mark.parametrize("name", [n for n in EVERY if catalog.record(n)["format"] == "csv"])
def test_every_table_has_its_declared_rows_columns_and_types(name: str) -> None:
    frame, entry = datasets.table(name), catalog.record(name)
    assert len(frame) == entry["rows"]
    assert list(frame) == list(catalog.fields(name))
    for column, field in catalog.fields(name).items():
        kind = str(frame[column].dtype).lower()
        expected = {"integer": "int64", "number": "float64", "boolean": "boolean"}
        assert kind == expected.get(field["type"], kind)


def test_every_table_has_its_own_function() -> None:
    tables = {n for n in EVERY if catalog.record(n)["path"].startswith("tidy/")}
    for name in tables:
        assert getattr(datasets, name)().equals(datasets.table(name)), f"datasets.{name} is missing"


def test_a_learner_cannot_spoil_a_table_for_the_next_call() -> None:
    own = datasets.regions()
    own["name_ko"] = "?"
    assert "?" not in set(datasets.regions()["name_ko"])


def test_a_changed_file_is_refused_and_the_message_says_what_to_do(copy) -> None:
    path = copy / "tidy" / "regions.csv"
    path.write_bytes(path.read_bytes().replace(b"seoul", b"seoil", 1))
    with pytest.raises(DataChanged, match=re.escape("data/tidy/regions.csv")) as caught:
        catalog.read("regions", copy)
    assert "seal.py" in str(caught.value)


def test_line_ends_changed_by_a_checkout_count_as_a_change(copy) -> None:
    path = copy / "tidy" / "regions.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(DataChanged):
        catalog.read("regions", copy)


def test_a_missing_file_and_a_missing_catalogue_are_named(copy, tmp_path) -> None:
    with pytest.raises(DataMissing, match="capital_migration.csv"):
        catalog.read("capital_migration", copy)
    with pytest.raises(DataMissing, match="datapackage.json"):
        catalog.records(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "text", ["", "{", '{"resources": 3}', '{"resources": [{"path": "x"}]}', "[]"]
)
def test_a_broken_catalogue_is_one_clear_error(tmp_path, text: str) -> None:
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(KitError, match=re.escape("datapackage.json")):
        catalog.records(tmp_path)


def test_an_unknown_table_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UnknownName, match="capital_migration") as caught:
        datasets.table("capitol_migration")
    assert caught.value.values["nearest"] == "capital_migration"


def test_the_capital_region_balance_agrees_with_its_provinces() -> None:
    net = datasets.net_migration()
    capital = set(datasets.regions().query("capital_region & kind == 'province'")["region"])
    summed = net[net["region"].isin(capital)].groupby("year")["net_migration"].sum()
    stated = datasets.capital_migration().set_index("year")["net_migration"].loc[:2020]
    assert (summed == stated).all()


def test_boundaries_come_as_a_frame_with_every_province() -> None:
    frame = datasets.boundaries()
    provinces = set(datasets.regions().query("kind == 'province'")["region"])
    assert set(frame["region"]) == provinces
    assert frame.crs == "EPSG:4326"
    assert frame.geometry.is_valid.all()


def test_the_catalogue_is_a_frictionless_data_package() -> None:
    package = json.loads((catalog.ROOT / "datapackage.json").read_text("utf-8"))
    assert package["name"] == re.sub(r"[^a-z0-9._-]", "", package["name"])
    for entry in package["resources"]:
        assert not entry["path"].startswith(("/", ".."))
        assert entry["schema"]["fields"]
