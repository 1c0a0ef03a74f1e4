"""The kit's account of itself: nothing is left out, every link leads on, nobody is spoiled."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from clusterlib import catalog, datasets, facts, ledger, lessons
from clusterlib.i18n import LANGUAGES, Words
from clusterlib.serve import pages, reference, template
from tests.classroom import Room, Visitor, running
from tests.lessons import ITEMS, LESSONS, NOTEBOOKS, cells, language, notebook, source

both = pytest.mark.parametrize("lang", LANGUAGES)
TABLES = {lang: {table["name"]: table for table in ledger.tables(lang)} for lang in LANGUAGES}


def held(lang: str) -> list[tuple[dict, dict]]:
    """Every claim of every lesson with each of its numbers."""
    said = [claim for lesson in LESSONS for claim in ledger.claims(lang, lesson)]
    return [(claim, number) for claim in said for number in claim["numbers"]]


@both
def test_every_keyed_number_of_lessons_and_exercises_is_in_the_ledger(lang: str) -> None:
    texts = [source(c) for p in NOTEBOOKS if language(p) == lang
             for c in cells(notebook(p), "markdown")]  # fmt: skip
    texts += [t for p in ITEMS for t in ledger._texts(json.loads(p.read_text("utf-8")), lang)]
    written = sorted(found["key"] for text in texts for found in facts.WRITTEN.finditer(text))
    assert written
    assert sorted(number["key"] for _, number in held(lang)) == written


@both
def test_a_claim_is_the_sentence_without_its_markup(lang: str) -> None:
    for claim, _ in held(lang):
        said = "".join(claim["pieces"])
        assert not re.search(r"<!--|\*\*|\]\(|\0|^#", said), said
        assert len(said) < 600
        assert [n["shown"] for n in claim["numbers"]] == claim["pieces"][1::2]


def test_a_number_knows_the_rows_sources_and_poorest_standing_behind_it() -> None:
    _, mixed = next(
        pair
        for pair in held("en")
        if pair[1]["key"] == "count(capital_migration/1970..2025/net_migration)"
    )
    assert mixed["tables"] == ["capital_migration"]
    assert mixed["rows"] == 56
    assert set(mixed["source_keys"]) == {"kosis_od", "gdl_cap"}
    assert mixed["standing"] == "derived"
    for claim, number in held("en"):
        if number["paths"]:  # a difference of two years has no table behind it
            assert number["sources"], claim
            assert number["standing"] in ledger.STANDINGS
            assert number["evidence"]


def test_paths_are_read_out_of_expressions_inside_expressions() -> None:
    assert facts.paths("diff(2, ratio(sum(a/1..2/b), c/3/d))") == ["a/1..2/b", "c/3/d"]
    assert facts.paths("diff(2019, 2000)") == []
    assert facts.paths("countis(a/*/b, law)") == ["a/*/b"]


@both
def test_every_table_is_described_with_its_gaps_counted(lang: str) -> None:
    assert list(TABLES[lang]) == list(catalog.records())
    for name, table in TABLES[lang].items():
        assert table["title"]
        assert table["caveats"]
        assert table["licences"]
        assert table["sources"]
        if not table["path"].endswith(".csv"):
            continue
        frame = datasets.table(name)
        blanks = {field["name"]: field["blanks"] for field in table["fields"]}
        assert blanks == frame.isna().sum().to_dict()
        if "confidence" in frame:
            assert sum(table["standings"].values()) == len(frame)


def test_missing_years_are_named() -> None:
    assert TABLES["en"]["capital_migration"]["missing_years"] == []
    years = set(datasets.capital_population_share()["year"])
    missing = TABLES["en"]["capital_population_share"]["missing_years"]
    assert missing == [y for y in range(min(years), max(years)) if y not in years]
    assert missing


def test_a_lesson_is_named_by_the_tables_that_it_uses() -> None:
    for lesson in LESSONS:
        for name in lessons.header(lesson, "ko").get("tables", []):
            assert lesson in TABLES["ko"][name]["lessons"]


def test_numbers_without_a_key_come_once_with_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(
        "1_a.ko.ipynb#c: 0.5 | why\n1_a.en.ipynb#c: 0.5 | why\n1.2.json:ko: 1,000 | other\n",
        encoding="utf-8",
    )
    assert ledger.unkeyed(path) == [
        {"place": "1_a#c", "number": "0.5", "reason": "why"},
        {"place": "1.2.json", "number": "1,000", "reason": "other"},
    ]
    assert ledger.unkeyed(tmp_path / "nowhere") == []
    assert ledger.unkeyed()


@pytest.mark.parametrize("kind", reference.KINDS)
@both
def test_the_documents_in_docs_are_in_step(kind: str, lang: str) -> None:
    path = reference.DOCS / f"{kind}.{lang}.md"
    assert path.read_text("utf-8") == reference.document(kind, lang), (
        "run python -m clusterlib ledger"
    )


def test_writing_the_documents_twice_changes_nothing(tmp_path: Path) -> None:
    assert len(reference.write(tmp_path)) == len(reference.KINDS) * len(LANGUAGES)
    assert reference.write(tmp_path) == []


@both
def test_links_between_the_documents_lead_to_anchors(lang: str) -> None:
    texts = {k: (reference.DOCS / f"{k}.{lang}.md").read_text("utf-8") for k in reference.KINDS}
    linked = set(re.findall(rf"data\.{lang}\.md#([\w-]+)", texts["claims"]))
    assert linked
    assert linked <= set(re.findall(r'<a id="([\w-]+)">', texts["data"]))


# ---- on the served pages


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> list[template.Page]:
    return pages.build(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def html(built: list[template.Page]) -> dict[tuple[str, str], str]:
    return {(k, x): reference.page(k, x, built) for k in reference.KINDS for x in LANGUAGES}


def ids(text: str) -> set[str]:
    return set(re.findall(r'id="([\w.-]+)"', text))


@both
def test_every_link_of_the_pages_leads_to_a_page_and_a_place(html, built, lang: str) -> None:
    writer = template.Writer(built)
    places = {f"/{x}/{k}": ids(text) for (k, x), text in html.items()}
    for page in built:
        book = json.loads(page.source.read_text("utf-8"))["cells"]
        places[f"/{page.path}"] = ids(
            writer.page(page, [c for c in book if pages._for_learners(c)])
        )
    for kind in reference.KINDS:
        linked = re.findall(r'href="([^":?]*)"', html[kind, lang])
        assert len(linked) > 30
        for address in linked:
            path, _, place = address.partition("#")
            path = path or f"/{lang}/{kind}"
            assert path in places, address
            assert not place or place in places[path], address


@both
def test_the_page_of_claims_gives_no_answer_away(html, lang: str) -> None:
    shown = unescape(re.sub(r"<[^>]+>", "", html["claims", lang]))
    open_keys = {n["key"] for c, n in held(lang) if not c["hidden"]}
    for claim, number in held(lang):
        if claim["hidden"] and number["key"] not in open_keys:
            assert f"{number['key']}\n" not in shown
            said = "".join(claim["pieces"])
            assert len(said) < 8 or said not in shown  # "1." is anywhere
    assert {c["hidden"] for c, _ in held(lang)} == {True, False}


@both
def test_a_page_says_no_word_of_the_other_language_and_escapes_what_it_shows(html, lang) -> None:
    for kind in reference.KINDS:
        text = html[kind, lang]
        assert f'<html lang="{lang}"' in text
        main = text[text.index("<main") : text.index("</main>")]
        assert "undefined" not in main.lower()
        assert "{n}" not in re.sub(r"data-\w+=\"[^\"]*\"", "", main)
        if lang == "en" and kind == "claims":
            assert not re.search("[가-힣]", main)


def test_a_fetched_table_is_mentioned_on_the_page_but_not_in_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, built
) -> None:
    before = reference.document("data", "en")
    folder = tmp_path / "refreshed"
    folder.mkdir()
    record = {"name": "population", "retrieved": "2031-02-03T00:00:00+00:00"}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [record]}), encoding="utf-8")
    monkeypatch.setattr(catalog, "REFRESHED", folder)
    catalog.forget()
    said = Words("en")("ledger.refreshed", date="2031-02-03", table="population")
    assert said in unescape(reference.page("data", "en", built))
    assert reference.document("data", "en") == before
    catalog.forget()


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Iterator[Room]:
    with running(lessons.FOLDER, tmp_path_factory.mktemp("room")) as started:
        yield started


def test_the_pages_are_served_to_those_who_have_come_in_and_need_no_kernel(room: Room) -> None:
    stranger = Visitor(room, enter=False)
    assert stranger.ask("/ko/data")[0] == 302
    visitor = Visitor(room)
    for kind in reference.KINDS:
        for lang in LANGUAGES:
            status, headers, body = visitor.ask(f"/{lang}/{kind}")
            assert status == 200
            assert headers["Content-Type"].startswith("text/html")
            assert f'href="/{reference._other(lang)}/{kind}"' in body
    assert visitor.ask("/fr/data")[0] == 404
    assert visitor.ask("/ko/data/x")[0] == 404
    assert not room.kernels()


def test_every_lesson_leads_to_both_pages_at_its_foot(built: list[template.Page]) -> None:
    writer = template.Writer(built)
    for page in built:
        footer = writer.page(page, []).split("<footer")[1]
        assert f'href="/{page.lang}/data"' in footer
        assert f'href="/{page.lang}/claims"' in footer


def test_a_reader_searches_filters_and_arrives_on_a_phone(room: Room, page) -> None:
    view = page(viewport={"width": 360, "height": 740})
    tab = view.tab
    tab.goto(room.address)
    tab.goto(f"{room.base}/ko/data#table-net_migration")
    heading = tab.locator("#table-net_migration")
    assert 0 <= heading.bounding_box()["y"] < 300
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    entries = tab.locator("[data-entry]:visible")
    everything = entries.count()
    assert everything == len(catalog.records())
    tab.get_by_role("searchbox").fill("교재용 없는 말")
    assert entries.count() == 0
    assert Words("ko")("ledger.none") in tab.get_by_role("status").inner_text()
    tab.get_by_role("searchbox").fill("KOSIS 이동")
    assert 0 < entries.count() < everything
    assert tab.get_by_role("status").inner_text() == f"표 {entries.count()}건"
    tab.locator("input[value=assumed]").check()
    assert entries.count() == 0
    tab.evaluate("location.hash = 'table-causes'")  # what is hidden comes back when it is asked for
    tab.locator("#table-causes").wait_for(state="visible")
    assert entries.count() == everything
    tab.goto(f"{room.base}/en/claims")
    tab.locator("#lesson-1").scroll_into_view_if_needed()
    tab.locator('a[href^="/en/data#table-"]').first.click()
    tab.wait_for_url("**/en/data#table-*")
    tab.get_by_role("link", name="한국어").click()
    tab.wait_for_url("**/ko/data**")
    view.assert_clean()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_the_model_is_read_on_a_phone(room: Room, page, lang: str) -> None:
    view = page(viewport={"width": 360, "height": 740})
    tab = view.tab
    tab.goto(room.address)
    tab.goto(f"{room.base}/{lang}/model")
    tab.get_by_role("heading", level=1).wait_for()
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    view.assert_clean()
