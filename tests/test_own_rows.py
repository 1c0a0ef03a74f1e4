"""A region of one's own: three files, one command, and the kit's tables as they were."""

from __future__ import annotations

import csv
import subprocess

import pytest

from clusterlib import catalog, cli, datasets, own
from clusterlib.errors import DataChanged, KitError, UnknownName
from clusterlib.explorers import Explore
from clusterlib.i18n import Words
from clusterlib.indicators import relative_to_nation
from tests.lessons import ROOT


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(own, "FOLDER", tmp_path / "own")
    return own.FOLDER


def begin(folder, **files: str) -> None:
    """Start a region and put rows below the headers of its files."""
    own.start("osong", "오송", "Osong")
    for name, text in files.items():
        path = folder / f"{name}.csv"
        head = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        path.write_text(head + text, encoding="utf-8-sig", newline="")


def test_a_region_is_started_filled_sealed_and_there(folder, capsys) -> None:
    assert cli.main(["region", "osong", "오송", "Osong"]) == 0
    heads = {
        path.name: next(csv.reader(path.open(encoding="utf-8-sig")))
        for path in folder.glob("*.csv")
    }
    assert heads["population.csv"] == ["year", "region", "population"]
    assert heads["regions.csv"] == ["region", "name_ko", "name_en"]
    with (folder / "population.csv").open("a", encoding="utf-8") as file:
        file.write("2022,osong,25000\n2023,osong,26500\n")
    assert cli.main(["region"]) == 0
    assert "population.csv: 2" in capsys.readouterr().out
    kit, both = datasets.population(), datasets.population(own=True)
    assert both["own"].sum() == 2
    assert both[~both["own"]].drop(columns="own").equals(kit)
    mine = both[both["own"]].iloc[0]
    assert (mine["name_ko"], mine["source"], mine["confidence"]) == ("오송", "own", "own")
    assert both["population"].dtype == kit["population"].dtype


def test_without_files_the_tables_are_the_kits_own(folder) -> None:
    both = datasets.population(own=True)
    assert not both["own"].any()
    assert both.drop(columns="own").equals(datasets.population())


def test_the_kits_files_keep_their_seals(folder) -> None:
    begin(folder, population="2022,osong,25000\n")
    own.check()
    assert catalog.verify() == list(catalog.records())
    assert "own" not in {source for r in catalog.records().values() for source in r["sources"]}


def test_an_update_of_the_kit_leaves_the_folder_alone() -> None:
    asked = ["git", "check-ignore", "data/own/regions.csv"]
    assert subprocess.run(asked, cwd=ROOT, capture_output=True).returncode == 0


def test_rows_for_a_region_of_the_kit_may_be_added_but_never_replaced(folder) -> None:
    begin(folder, population="2030,daejeon,1400000\n")
    own.check()
    both = datasets.population(own=True)
    assert both.query("region == 'daejeon' and own")["population"].tolist() == [1400000]
    begin_again = (folder / "population.csv").read_text(encoding="utf-8-sig") + "2020,daejeon,1\n"
    (folder / "population.csv").write_text(begin_again, encoding="utf-8")
    with pytest.raises(KitError, match="daejeon") as caught:
        own.check()
    assert caught.value.values["line"] == 3


def test_a_file_changed_after_its_check_is_not_used(folder) -> None:
    begin(folder, population="2022,osong,25000\n")
    with pytest.raises(DataChanged, match="population"):
        datasets.population(own=True)
    own.check()
    assert datasets.population(own=True)["own"].sum() == 1
    path = folder / "population.csv"
    path.write_bytes(path.read_bytes() + b"2023,osong,1\r\n")
    with pytest.raises(DataChanged, match="start.py region"):
        datasets.population(own=True)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("2022,osong,\n", "own_blank"),
        (",osong,5\n", "own_blank"),
        ('2022,osong,"25,000"\n', "own_not_a_number"),
        ("2022,osong,25000.5\n", "own_not_a_number"),
        ("2022,osong,-1\n", "own_out_of_range"),
        ("2022,oson,25000\n", "own_no_region"),
        ("2022,osong,25000,7\n", "own_width"),
        ("2022,osong\n", "own_width"),
        ("2022,osong,1\n2022,osong,2\n", "own_row_taken"),
    ],
)
def test_a_row_that_the_table_could_not_hold_is_refused_by_line(folder, text, key) -> None:
    begin(folder, population="2021,osong,24000\n" + text)
    with pytest.raises(KitError) as caught:
        own.check()
    assert caught.value.key == key
    assert int(caught.value.values["line"]) == 2 + text.count("\n")
    assert not (folder / own.SEAL).exists()


def test_files_and_columns_that_no_table_has_are_refused_with_the_nearest(folder) -> None:
    begin(folder)
    (folder / "populaton.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(UnknownName, match="population"):
        own.check()
    (folder / "populaton.csv").unlink()
    (folder / "population.csv").write_text("yeer,region\n1,osong\n", encoding="utf-8")
    with pytest.raises(UnknownName, match="year"):
        own.check()


def test_excel_on_a_korean_windows_may_save_the_file(folder) -> None:
    begin(folder)
    text = "region,name_ko,name_en\r\nosong,오송생명과학단지,Osong\r\n"
    (folder / "regions.csv").write_bytes(text.encode("cp949"))
    own.check()
    assert "오송생명과학단지" in set(datasets.regions(own=True)["name_ko"])
    (folder / "regions.csv").write_bytes(b"region\r\n\xff\xff\xff\r\n")
    with pytest.raises(KitError, match="CSV UTF-8"):
        own.check()


@pytest.mark.parametrize("key", ["Osong", "오송", "5g", "a b", "", "../x"])
def test_a_key_that_could_not_be_one_is_refused(folder, key) -> None:
    with pytest.raises(KitError, match="osong"):
        own.start(key, "가", "a")
    assert not folder.exists()


def test_a_taken_key_and_an_empty_folder_are_said(folder, capsys) -> None:
    with pytest.raises(KitError, match="daejeon"):
        own.start("daejeon", "가", "a")
    assert cli.main(["region"]) == 1
    assert "start.py region osong" in capsys.readouterr().err


def test_an_own_region_stands_in_the_figure_with_its_source(folder) -> None:
    begin(folder, grdp_per_head="2020,osong,60000\n2021,osong,64000\n")
    own.check()
    frame = relative_to_nation(datasets.grdp_per_head(own=True))
    for lang, name in (("ko", "오송"), ("en", "Osong")):
        view = Explore(Words(lang)).grdp_per_head(frame)
        assert ["osong", name] in view.controls[0]["options"]
        view.values = {**view.values, "province": "osong"}
        assert name in view.content["reading"] + view.content["title"]
        assert Words(lang)("upload.own.source") in view.frame["sources"]
