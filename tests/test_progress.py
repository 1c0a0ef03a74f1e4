"""A learner's work is saved as it is done, belongs to one id, and survives what may happen."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from clusterlib import progress
from clusterlib.cards import Card
from clusterlib.desk import Desk
from clusterlib.errors import BadInput
from clusterlib.i18n import Words

ANNE, BORA = "a" * 32, "b" * 32


@pytest.fixture
def store(tmp_path) -> progress.Store:
    return progress.Store(tmp_path / "work.sqlite")


def test_work_comes_back_as_it_was_left(store) -> None:
    store.save(ANNE, "item/1.1", {"given": "첫 답"})
    store.save(ANNE, "item/1.1", {"given": "둘째 답"})
    assert progress.Store(store.path).load(ANNE) == {"item/1.1": {"given": "둘째 답"}}


def test_two_learners_never_see_each_others_work(store) -> None:
    store.save(ANNE, "item/1.1", {"given": 1})
    store.save(BORA, "item/1.1", {"given": 2})
    assert store.load(ANNE) == {"item/1.1": {"given": 1}}
    store.forget(ANNE)
    assert store.load(ANNE) == {}
    assert store.load(BORA) == {"item/1.1": {"given": 2}}


@pytest.mark.parametrize(
    "learner", ["", "x", "A" * 32, "a" * 33, "../../etc/passwd", "' or 1=1 --", None]
)
def test_an_id_that_is_none_is_refused(store, learner) -> None:
    for act in (
        lambda: store.load(learner),
        lambda: store.save(learner, "p", {}),
        lambda: store.forget(learner),
    ):
        with pytest.raises(BadInput):
            act()


def test_the_last_twenty_states_are_kept_and_no_more(store) -> None:
    for n in range(30):
        store.save(ANNE, "item/1.1", {"n": n})
    with sqlite3.connect(store.path) as db:
        kept = [json.loads(s)["n"] for (s,) in db.execute("select state from work order by saved")]
    assert kept == list(range(10, 30))


def test_a_state_over_the_limit_is_refused_and_the_last_one_stays(store) -> None:
    store.save(ANNE, "note", {"text": "short"})
    with pytest.raises(BadInput, match="262144"):
        store.save(ANNE, "note", {"text": "가" * progress.LIMIT})
    assert store.load(ANNE)["note"]["text"] == "short"


def test_exported_work_is_taken_in_by_another_computer(store, tmp_path) -> None:
    store.save(ANNE, "item/1.1", {"given": "답"})
    other = progress.Store(tmp_path / "other.sqlite")
    assert other.take_in(BORA, store.export(ANNE)) == 1
    assert other.load(BORA) == store.load(ANNE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"format": "x", "work": {}}',
        '{"format": "clusterlib-work-1", "work": []}',
        '{"format": "clusterlib-work-1", "work": {"a": 1}}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_exported_work_changes_nothing(store, text: str) -> None:
    store.save(ANNE, "item/1.1", {"given": 1})
    with pytest.raises(BadInput):
        store.take_in(ANNE, text)
    assert store.load(ANNE) == {"item/1.1": {"given": 1}}


def test_forty_learners_can_save_at_once(store) -> None:
    def work(n: int) -> None:
        for step in range(5):
            progress.Store(store.path).save(f"{n:032x}", "item/1.1", {"n": step})

    threads = [threading.Thread(target=work, args=(n,)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(store.load(f"{n:032x}") == {"item/1.1": {"n": 4}} for n in range(40))


WRITER = """
import sys
from pathlib import Path
from clusterlib.progress import Store
store = Store(Path(sys.argv[1]))
n = 0
while True:
    n += 1
    store.save("a" * 32, "note", {"n": n, "text": "x" * 5000})
    print(n, flush=True)
"""


LATE = [pytest.param(n / 400, marks=pytest.mark.long) for n in range(200)]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a Unix signal")
@pytest.mark.parametrize("after", [0.02, 0.11, 0.23, *LATE])
def test_a_killed_kernel_leaves_a_readable_file_with_the_last_work(store, after: float) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(store.path)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout.readline()
    time.sleep(after)
    writer.send_signal(signal.SIGKILL)
    said = [int(line) for line in writer.stdout.read().split() if line.isdigit()]
    assert progress.Store(store.path).load(ANNE)["note"]["n"] >= max(said, default=1)


def test_the_id_of_a_lab_user_is_made_once_and_kept(tmp_path) -> None:
    first = progress.own_learner(tmp_path)
    assert progress.LEARNER.fullmatch(first)
    assert progress.own_learner(tmp_path) == first
    (tmp_path / "learner").write_text("damaged", encoding="ascii")
    assert progress.LEARNER.fullmatch(progress.own_learner(tmp_path))


@pytest.fixture
def served(monkeypatch, store) -> Desk:
    monkeypatch.setenv("KIT_SERVED", "1")
    return Desk(Words("ko"), store)


def hear(widget, **message) -> None:
    widget._hear(widget, message, [])


def test_a_served_page_waits_for_the_browsers_own_id_and_loses_nothing_before_it(
    served, store
) -> None:
    card = served.card("0.1")
    hear(card, check=20)
    assert store.load(ANNE) == {}
    hear(served, learner=ANNE)
    assert store.load(ANNE)["item/0.1"]["given"] == 20
    assert served.state["open"]


def test_a_card_is_restored_in_the_language_of_the_page(store, monkeypatch) -> None:
    monkeypatch.setenv("KIT_SERVED", "1")
    store.save(ANNE, "item/0.1", {"given": 5, "tries": 1})
    for lang, part in (("ko", "기록"), ("en", "record")):
        desk = Desk(Words(lang), store)
        card = desk.card("0.1")
        hear(desk, learner=ANNE)
        assert card.state["status"] == "near"
        assert part in card.state["say"]
        assert desk.state["progress"]["0_start"] == 1.0


def test_the_solution_opens_after_three_tries_or_a_done_answer() -> None:
    kept = []
    card = Card("0.1", Words("en"), kept.append)
    hear(card, solution=True)
    assert not card.state["solution"]
    hear(card, check=5)
    hear(card, solution=True)
    assert card.state["solution"]
    assert kept[-1]["solution"]


def test_an_answer_that_cannot_be_read_is_explained_on_the_card() -> None:
    card = Card("0.1", Words("ko"), lambda work: None)
    hear(card, check="많이")
    assert card.state["status"] == "invalid"
    assert "숫자" in card.state["say"]


def test_a_learner_can_name_export_import_and_delete_their_work(served, store) -> None:
    hear(served, learner=ANNE)
    hear(served, nickname="보라")
    assert served.state["nickname"] == "보라"
    text = store.export(ANNE)
    hear(served, forget=True)
    assert store.load(ANNE) == {}
    assert served.state["nickname"] == ""
    hear(served, take_in=text)
    assert served.state["nickname"] == "보라"
    hear(served, take_in="{")
    assert "내보낸" in served.state["say"]
    assert store.load(ANNE)
