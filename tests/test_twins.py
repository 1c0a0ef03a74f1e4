"""The Korean and the English twin of a lesson are the same lesson."""

from __future__ import annotations

import ast
import re

import nbformat
import pytest

from tests.lessons import LESSONS, NOTEBOOKS, PAGES, ROOT, SERVED, cells, notebook, source, twin

both = pytest.mark.parametrize("lesson", LESSONS + PAGES)
every = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
every_page = pytest.mark.parametrize("path", SERVED, ids=lambda p: p.name)
HEADING = re.compile(r"^(#+) ", re.MULTILINE)
FACT = re.compile(r"<!--\s*fact:\s*([^|;>]+?)\s*(?:[|;]|-->)")
TERM = re.compile(r"\(#term-([a-z0-9-]+)\)")
SECTIONS = {
    "predict", "objectives", "evidence1", "mechanism", "evidence2", "exercises", "write",
    "keypoints", "unknown", "theory", "since", "sources", "instructor",
}  # fmt: skip


def without_language(code: str) -> str:
    return re.sub(r'open_kit\("(ko|en)"\)', "open_kit(…)", code)


@both
def test_twins_have_the_same_code_but_for_the_language(lesson: str) -> None:
    ko, en = (
        [without_language(source(c)) for c in cells(twin(lesson, lang), "code")]
        for lang in ("ko", "en")
    )
    assert ko == en
    for lang in ("ko", "en"):
        assert f'open_kit("{lang}")' in "".join(source(c) for c in twin(lesson, lang)["cells"])


@both
def test_twins_have_the_same_cells_headings_sections_and_tags(lesson: str) -> None:
    def skeleton(lang: str) -> list[tuple]:
        return [
            (
                cell["id"],
                cell["cell_type"],
                [len(h) for h in HEADING.findall(source(cell))]
                if cell["cell_type"] == "markdown"
                else [],
                cell["metadata"],
            )
            for cell in twin(lesson, lang)["cells"]
        ]

    assert skeleton("ko") == skeleton("en")


@both
def test_twins_state_the_same_facts_and_explain_the_same_terms(lesson: str) -> None:
    for pattern in (FACT, TERM):
        ko, en = (
            sorted(pattern.findall("\n".join(source(c) for c in twin(lesson, lang)["cells"])))
            for lang in ("ko", "en")
        )
        assert ko == en, f"only one twin has: {set(ko) ^ set(en)}"


@every_page
def test_notebooks_are_valid_and_carry_no_outputs(path) -> None:
    nbformat.validate(nbformat.read(path, as_version=4))
    for cell in cells(notebook(path), "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
    assert "widgets" not in notebook(path)["metadata"]


@every_page
def test_every_table_in_prose_is_rendered_as_one(path) -> None:
    from clusterlib.serve.prose import Writer

    for cell in cells(notebook(path), "markdown"):
        rows = [line for line in source(cell).splitlines() if line.startswith("|")]
        if rows:
            assert "<table" in Writer().html(source(cell)), cell["id"]
            assert len({row.count("|") for row in rows}) == 1, f"{cell['id']}: a key splits a cell"


@every_page
def test_code_cells_are_short_and_hold_no_natural_language(path) -> None:
    for cell in cells(notebook(path), "code"):
        code = source(cell)
        lines = [line for line in code.splitlines() if line.strip()]
        assert len(lines) <= 6, f"{cell['id']}: {len(lines)} lines"
        assert not re.search("[가-힣]", code), f"{cell['id']}: Korean in code"
        texts = [n.value for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Constant)]
        said = [t for t in texts if isinstance(t, str) and len(t.split()) > 2]
        assert not said, f"{cell['id']}: a sentence in code: {said}"
        assert "#" not in code, f"{cell['id']}: prose belongs above the cell"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_is_no_lesson_says_whose_it_is(page: str) -> None:
    from clusterlib import lessons

    for lang in ("ko", "en"):
        kit = twin(page, lang)["metadata"]["kit"]
        assert (kit["id"], kit["lang"]) == (page, lang)
        assert kit["of"].split("_")[0] == page.split("_")[0]
        assert set(kit["title"]) == {"ko", "en"}
        assert (page, lang) in lessons.served()
        assert (page, lang) not in lessons.found()


@every
def test_the_header_says_what_the_lesson_is(path) -> None:
    kit = notebook(path)["metadata"]["kit"]
    lesson, lang, _ = path.name.split(".")
    assert kit["id"] == lesson
    assert kit["lang"] == lang
    assert kit["lesson"] == lesson[0]
    assert set(kit["title"]) == {"ko", "en"}
    assert kit["minutes"]["total"] == sum(v for k, v in kit["minutes"].items() if k != "total")
    assert set(kit["routes"]) == {"brief50", "day", "seminar", "self"}
    present = {c["metadata"].get("kit", {}).get("section") for c in notebook(path)["cells"]}
    for route, sections in kit["routes"].items():
        assert set(sections) <= present, f"{route} names sections that are not there"


@every
def test_objectives_are_tied_to_exercises_that_exist_and_are_shown(path) -> None:
    kit = notebook(path)["metadata"]["kit"]
    code = "\n".join(source(c) for c in cells(notebook(path), "code"))
    shown = set(re.findall(r'kit\.exercise\("([\d.]+)"\)', code))
    items = {p.stem for p in (ROOT / "exercises").glob(f"{kit['lesson']}.*.json")}
    assert shown == items, "every item of the lesson stands in it, and no other"
    assert len(kit["objectives"]) <= 5, "more than five objectives are none"
    for objective in kit["objectives"]:
        assert objective["ko"]
        assert objective["en"]
        assert set(objective["exercises"]) <= shown
        assert objective["exercises"]


@every
def test_tables_named_in_the_header_are_the_tables_used(path) -> None:
    from clusterlib import catalog

    kit = notebook(path)["metadata"]["kit"]
    code = "\n".join(source(c) for c in cells(notebook(path), "code"))
    used = set(re.findall(r"datasets\.(\w+)\(", code))
    assert set(kit["tables"]) <= set(catalog.records())
    assert used <= set(kit["tables"])


@pytest.mark.parametrize("lesson", [name for name in LESSONS if name[0] != "0"])
def test_a_lesson_has_every_part_that_a_lesson_holds(lesson: str) -> None:
    present = {c["metadata"].get("kit", {}).get("section") for c in twin(lesson, "ko")["cells"]}
    assert present >= SECTIONS


@every
def test_instructor_cells_are_tagged_so_that_learners_never_get_them(path) -> None:
    cellar = [
        c
        for c in notebook(path)["cells"]
        if c["metadata"].get("kit", {}).get("section") == "instructor"
    ]
    assert cellar
    for cell in cellar:
        assert "instructor" in cell["metadata"].get("tags", [])
