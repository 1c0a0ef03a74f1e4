"""Each item judges as it promises: its own answer passes, each listed mistake is recognised."""

from __future__ import annotations

import contextlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import cells, exercises, facts
from clusterlib.errors import BadInput, KitError, UnknownName
from clusterlib.i18n import LANGUAGES, Words
from tests import lessons as shelf
from tests.lessons import LESSONS, ROOT, notebook, source

IDS = exercises.item_ids()
ITEMS = {name: exercises.item(name) for name in IDS}
SLIPS = [(name, slip) for name, entry in ITEMS.items() for slip in entry.get("mistakes", [])]
words = pytest.mark.parametrize("words", [Words(lang) for lang in LANGUAGES], ids=LANGUAGES)
every = pytest.mark.parametrize("name", IDS)


def solution(entry, words):
    answer = entry["answer"]
    match answer["type"]:
        case "number":
            return facts.value(answer["value"]) / per(answer, words)
        case "choice":
            return exercises.right_ids(entry)[0]
        case "several":
            return exercises.right_ids(entry)
        case "sketch":
            known = dict(exercises.record(entry))
            return [known[point] for point in answer["points"]]
        case "matrix":
            return cells.right(entry)
        case "text":
            return "\n".join(["…"] * answer["lines_min"])


def per(answer, words):
    """How many of the table's units are one of the learner's: 100 million won are 1억 원."""
    return answer.get("per", {}).get(words.lang, 1)


def answer_that_slips(entry, slip, words):
    """An answer that makes one recognised mistake."""
    when, right = slip["when"], entry["answer"]
    if "value" in when:
        return facts.value(when["value"]) / per(right, words)
    if when.get("sign"):
        return -facts.value(right["value"]) / per(right, words)
    if when.get("falls"):
        drawn = solution(entry, words)
        return [*drawn[:-1], drawn[0]]
    if "cell" in when:
        return cells.right(entry) | {when["cell"]: when["choice"]}
    if "choice" in when:
        return when["choice"]
    chosen = set(exercises.right_ids(entry))
    return sorted(chosen - {when.get("missing")} | ({when["extra"]} if "extra" in when else set()))


@every
@words
def test_the_items_own_solution_passes(name: str, words: Words) -> None:
    verdict = exercises.check(name, solution(ITEMS[name], words), words)
    assert verdict.status in {"right", "near", "kept"}
    assert verdict.say
    assert not verdict.mistake


@pytest.mark.parametrize(("name", "slip"), SLIPS, ids=[f"{n}-{s['id']}" for n, s in SLIPS])
@words
def test_each_listed_mistake_gets_its_own_feedback(name: str, slip, words: Words) -> None:
    verdict = exercises.check(name, answer_that_slips(ITEMS[name], slip, words), words)
    assert verdict.mistake == slip["id"]
    assert exercises.plain(slip["say"], words) in verdict.say


@every
def test_an_item_is_complete_in_both_languages(name: str) -> None:
    entry = ITEMS[name]
    assert entry["id"] == name
    assert entry["lesson"] == name.split(".")[0]
    assert entry["kind"] in {"predict", "compute", "map", "write"}
    assert set(entry["answer"].get("per", {"ko", "en"})) == {"ko", "en"}
    texts = [entry["title"], entry["prompt"], *entry.get("hints", [])]
    texts += [slip["say"] for slip in entry.get("mistakes", [])]
    texts += [entry[part] for part in ("near", "far", "solution") if part in entry]
    for both in texts:
        assert set(both) == {"ko", "en"}
        assert all(text.strip() for text in both.values())
        assert not re.search("[가-힣]", both["en"])
    if entry["kind"] == "predict":
        assert {"near", "far"} <= set(entry)
    else:
        assert len(entry["hints"]) >= 2
    if entry["answer"]["type"] == "text":
        assert entry["answer"]["checklist"]
    else:
        assert "solution" in entry
    if entry["kind"] == "compute":
        assert len(entry["mistakes"]) >= 3


def test_lessons_have_enough_items_of_the_four_kinds() -> None:
    for lesson in {name.split(".")[0] for name in IDS} - {"0"}:
        kinds = [e["kind"] for e in ITEMS.values() if e["lesson"] == lesson]
        assert len(kinds) >= 6
        assert set(kinds) == {"predict", "compute", "map", "write"}


@every
def test_no_answer_reaches_the_browser_before_it_is_earned(name: str) -> None:
    from clusterlib.cards import Card

    card = Card(name, Words("en"), lambda work: None)
    shown = {part: said for part, said in card.item.items() if part != "words"}
    sent = json.dumps([shown, card.state], ensure_ascii=False)
    entry = ITEMS[name]
    assert "tolerance" not in sent
    assert '"right":' not in sent
    assert '"value":' not in sent
    if "solution" in entry:
        assert exercises.plain(entry["solution"], Words("en")) not in sent


@pytest.mark.parametrize("given", ["", "abc", "1.2.3", "nan", "inf", "1만2만", None, [], "１２x"])
def test_what_is_not_a_number_is_refused_kindly(given) -> None:
    with pytest.raises(BadInput, match="number"):
        exercises.number(given)


@pytest.mark.parametrize(
    ("written", "value"),
    [("38,465", 38465), (" 3만 8,465 ", 38465), ("−6.1 %", -6.1), ("1억", 1e8), ("3.8만", 38000)],
)
def test_numbers_are_read_as_people_write_them(written: str, value: float) -> None:
    assert exercises.number(written) == pytest.approx(value)


@pytest.mark.parametrize("given", ["54,506", "5만 4,506", "5조 4,506억", "5.4506조", "54506억 원"])
def test_an_amount_may_say_its_unit_itself(given: str) -> None:
    assert exercises.check("3.4", given, Words("ko")).status == "right"
    assert exercises.check("3.4", "5,450.6", Words("en")).status == "right"


@pytest.mark.parametrize(
    ("lang", "given"), [("ko", "1.4배"), ("ko", "1.4 배"), ("en", "1.4 times")]
)
def test_a_number_may_repeat_the_unit_that_stands_behind_its_box(lang: str, given: str) -> None:
    assert exercises.check("4.3", given, Words(lang)).status == "right"


def test_an_unknown_item_names_the_nearest_and_a_wrong_choice_names_the_choices() -> None:
    with pytest.raises(UnknownName, match=r"0\.1"):
        exercises.check("0.11", 3, Words("ko"))
    several = next(n for n, e in ITEMS.items() if e["answer"]["type"] in {"several", "choice"})
    odd = ["atlantis"] if ITEMS[several]["answer"]["type"] == "several" else "atlantis"
    with pytest.raises(BadInput, match="atlantis"):
        exercises.check(several, odd, Words("en"))


def test_a_damaged_item_file_says_which_file(tmp_path) -> None:
    (tmp_path / "9.9.json").write_text("{", encoding="utf-8")
    with pytest.raises(KitError, match="9.9.json"):
        exercises.item("9.9", tmp_path)


@given(st.text(max_size=30))
def test_no_typed_answer_ever_breaks_the_judge(text: str) -> None:
    with contextlib.suppress(BadInput):
        assert isinstance(exercises.number(text), float)


@pytest.mark.parametrize("lesson", [name for name in LESSONS if name != "0_start"])
def test_the_exercise_notebook_of_a_lesson_holds_its_items_in_both_languages(lesson: str) -> None:
    items = {path.stem for path in (ROOT / "exercises").glob(f"{lesson[0]}.*.json")}
    twins = []
    for lang in ("ko", "en"):
        book = notebook(ROOT / "exercises" / f"{lesson}.{lang}.ipynb")
        codes = [source(cell) for cell in shelf.cells(book, "code")]
        assert codes[0].endswith(f'open_kit("{lang}")')
        assert not any(
            cell["outputs"] or cell["execution_count"] for cell in shelf.cells(book, "code")
        )
        twins.append(codes[1:])
    assert twins[0] == twins[1]
    assert {re.fullmatch(r'kit\.exercise\("([\d.]+)"\)', code)[1] for code in twins[0]} == items
