"""Every lesson runs from top to bottom in both languages, and says nothing it should not."""

from __future__ import annotations

import asyncio
import os

import nbformat
import pytest
from nbclient import NotebookClient

from tests.lessons import LESSONS, PAGES, ROOT

KERNELS_AT_ONCE = 2


@pytest.fixture(scope="module")
def executed(tmp_path_factory) -> dict[tuple[str, str], nbformat.NotebookNode]:
    """Every notebook with its outputs, two kernels at a time."""
    os.environ["KIT_HOME"] = str(tmp_path_factory.mktemp("home"))
    os.environ["PYTHONPATH"] = str(ROOT)
    books = {
        (lesson, lang): nbformat.read(ROOT / "notebooks" / f"{lesson}.{lang}.ipynb", 4)
        for lesson in LESSONS + PAGES
        for lang in ("ko", "en")
    }

    async def run(book: nbformat.NotebookNode, turn: asyncio.Semaphore) -> None:
        async with turn:
            where = {"metadata": {"path": str(ROOT / "notebooks")}}
            client = NotebookClient(
                book, timeout=120, kernel_name="python3", resources=where, store_widget_state=False
            )
            await client.async_execute()

    async def run_all() -> None:
        turn = asyncio.Semaphore(KERNELS_AT_ONCE)
        await asyncio.gather(*(run(book, turn) for book in books.values()))

    asyncio.run(run_all())
    return books


KEYS = [(lesson, lang) for lesson in LESSONS + PAGES for lang in ("ko", "en")]
each = pytest.mark.parametrize("key", KEYS, ids=[".".join(key) for key in KEYS])


@each
def test_every_code_cell_shows_a_widget_and_prints_nothing(executed, key) -> None:
    for cell in executed[key].cells:
        if cell.cell_type != "code":
            continue
        kinds = [output.output_type for output in cell.outputs]
        assert "error" not in kinds
        assert "stream" not in kinds, f"{cell.id} prints: {[o.get('text') for o in cell.outputs]}"
        shown = [o for o in cell.outputs if "application/vnd.jupyter.widget-view+json" in o.data]
        assert shown, f"{cell.id} shows nothing"


def run(*codes: str) -> nbformat.NotebookNode:
    """A learner's own cells, run to the end whatever happens in them."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in codes])
    NotebookClient(
        book, timeout=120, kernel_name="python3", allow_errors=True, store_widget_state=False
    ).execute()
    return book


SAID = {"ko": "문항 ‘9.9’는 없습니다", "en": "no exercise “9.9”"}


@pytest.mark.parametrize("lang", SAID)
def test_a_learner_reads_a_sentence_in_the_lessons_language_never_a_traceback(
    lang: str, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    opened = f'from clusterlib import open_kit\nkit = open_kit("{lang}")'
    outputs = run(opened, 'kit.exercise("9.9")').cells[1].outputs
    assert [output.output_type for output in outputs] == ["stream"]
    assert SAID[lang] in outputs[0].text


CHART = """
import altair as alt
frame = datasets.capital_migration()
alt.Chart(frame).mark_line().encode(x="year:Q", y="net_migration:Q")
"""


def test_a_learners_own_chart_is_drawn_by_the_bundled_view(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    opened = 'from clusterlib import datasets, open_kit\nkit = open_kit("en")'
    data = run(opened, CHART).cells[1].outputs[-1].data
    assert "application/vnd.jupyter.widget-view+json" in data
    assert not any("vegalite" in kind or kind == "text/html" for kind in data)


def test_a_lesson_kernel_does_not_load_what_it_does_not_need(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("KIT_HOME", str(tmp_path))
    heavy = ["geopandas", "shapely", "rfc3987_syntax", "matplotlib", "scipy"]
    cells = [c.source for c in code_cells("1_decline", "en")]
    book = run(*cells, f"import sys; print([m for m in {heavy} if sys.modules.get(m)])")
    assert book.cells[-1].outputs[0].text.strip() == "[]"


def code_cells(lesson: str, lang: str) -> list[nbformat.NotebookNode]:
    book = nbformat.read(ROOT / "notebooks" / f"{lesson}.{lang}.ipynb", 4)
    return [cell for cell in book.cells if cell.cell_type == "code"]
