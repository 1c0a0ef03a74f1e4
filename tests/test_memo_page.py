"""The memo on the page: what it keeps, what it leaves alone, what the browser gets."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from clusterlib import plans
from clusterlib.explorers import Explore, policy_memo
from clusterlib.explorers.policy_lab_work import Bench, ensemble
from clusterlib.explorers.policy_memo import PolicyMemo
from clusterlib.explorers.policy_room import room
from clusterlib.explorers.policy_written import mark
from clusterlib.i18n import Words
from clusterlib.policy.scenario import MODEL
from tests import documents as readers
from tests.classroom import ROOT, code, running, text, write_lesson

AXE = ROOT / "tests" / "vendor" / "axe.min.js"
WHEN = date(2026, 3, 5)
PLAN = {"v": 1, "model": MODEL, "phases": [{"from": 0, "d": [45, 0, 0, 0, 5, 0, 0], "S": 0.5}]}
PINNED = [{**PLAN, "name": "first <b>"}, {"v": 1, "model": MODEL, "phases": [{"from": 2}]}]
WORK = {"plan": PLAN, "pinned": PINNED, "weights": {"workers": 3}, "sketch": [1, 2], "own": "x"}
# What others may have left there, or a file from elsewhere.
BROKEN: list[dict[str, Any]] = [
    {"plan": {"v": 1, "phases": "x"}},
    {"plan": {**PLAN, "phases": [{"from": 0, "d": [99, 99, 0, 0, 0, 0, 0]}]}},
    {"plan": {**PLAN, "p": {"no_such_number": 1.0}}},
    {"plan": [1], "pinned": 3, "weights": "x"},
    {"plan": PLAN, "pinned": [None, {"v": 2}, 5], "weights": [1]},
    {"plan": {**PLAN, "name": 5, "role": None, "why": {}}},
]


@pytest.fixture(params=["ko", "en"])
def widget(request) -> PolicyMemo:
    made = PolicyMemo(Words(request.param), today=lambda: WHEN)
    made.kept = []
    made.keep = made.kept.append
    made.sent = []
    made.send = lambda message, buffers=None: made.sent.append((message, buffers))
    return made


def tell(widget: PolicyMemo, **message: Any) -> None:
    widget._hear(widget, message, [])


def shown(widget: PolicyMemo) -> str:
    tell(widget, show=True)
    assert widget.sheet["of"] == widget.stale
    return "\n".join(block["text"] for block in widget.sheet["blocks"])


def test_what_is_written_is_kept_with_the_plan_and_nothing_else_changes(widget) -> None:
    widget.restore(copy.deepcopy(WORK))
    tell(widget, edit={"name": "제목", "role": "vc", "why": "왜", "phases": [], "model": "9.9.9"})
    written = {"name": "제목", "role": "vc", "why": "왜"}
    of = dict.fromkeys(("name", "why"), mark(PLAN))
    assert widget.kept == [{**WORK, "plan": {**PLAN, **written}, "memo": {**written, "of": of}}]
    said = shown(widget)
    assert "왜" in said
    assert widget.sheet["title"].endswith("제목")
    tell(widget, edit={"name": "", "role": "", "why": ""})
    assert widget.kept[-1] == {**WORK, "memo": {}}


def test_what_is_written_of_a_pinned_plan_stays_with_that_plan(widget) -> None:
    widget.restore(copy.deepcopy(WORK))
    tell(widget, which="1")
    assert widget.form["which"] == "1"
    tell(widget, edit={"name": "둘째", "role": "", "why": "까닭"})
    expected = [PINNED[0], {**PINNED[1], "name": "둘째", "why": "까닭"}]
    assert widget.kept == [{**WORK, "pinned": expected}]
    tell(widget, which="0")
    shown(widget)
    assert widget.sheet["title"].endswith("first <b>")
    assert widget.form["why"] == ""


def test_a_pinned_plan_that_was_taken_out_leaves_the_plan_of_the_moment(widget) -> None:
    widget.restore(copy.deepcopy(WORK))
    tell(widget, which="1")
    widget.restore({**WORK, "pinned": []})
    assert widget.form["which"] == "now"
    tell(widget, edit={"why": "w"})
    assert widget.kept[-1]["plan"]["why"] == "w"


def test_nothing_is_counted_until_somebody_looks(widget, monkeypatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("counted while the lab moves")

    monkeypatch.setattr(policy_memo, "found", refuse)
    before = widget.stale
    for points in range(20):
        phases = [{"from": 0, "d": [points, 0, 0, 0, 0, 0, 0]}]
        widget.restore({**WORK, "plan": {**PLAN, "phases": phases}})
    assert widget.stale == before + 20
    assert widget.kept == []  # following is no change: it must not come back as one


def test_the_page_follows_the_plan_of_the_lab(widget) -> None:
    widget.restore(WORK)
    first = shown(widget)
    tables = [block["table"]["rows"] for block in widget.sheet["blocks"] if "table" in block]
    widget.restore({**WORK, "plan": {**PLAN, "phases": [{"from": 0, "c": [0, 0, 30] + [0] * 4}]}})
    assert shown(widget) != first
    again = [block["table"]["rows"] for block in widget.sheet["blocks"] if "table" in block]
    assert again[0] != tables[0]
    assert again[1] != tables[1]


def test_what_was_written_outlives_a_change_of_the_plan(widget) -> None:
    """The lab takes the name off a plan that was changed, and begins anew with a ready-made one."""
    widget.restore(WORK)
    tell(widget, edit={"name": "내 안", "role": "vc", "why": "까닭"})
    changed = {**widget.kept[-1], "plan": {**PLAN, "phases": [{"from": 3}]}}
    other = PolicyMemo(widget.say)  # after the page was left, too
    for made in (widget, other):
        made.restore(copy.deepcopy(changed))
        assert [made.form[name] for name in ("name", "role", "why")] == ["내 안", "vc", "까닭"]
        assert "까닭" in shown(made)
        assert made.sheet["title"].endswith("내 안")


def another(widget: PolicyMemo) -> str:
    """Which texts the form and the page call those of another plan, in one word."""
    about, text = widget.form["another"], shown(widget).splitlines()
    keys = {name: widget.say(f"memo.another.{name}") for name in ("both", "name", "why")}
    assert [name for name, said in keys.items() if said in text] == [about] * bool(about)
    tell(widget, take="md")
    read = readers.markdown(widget.sent[-1][1][0]).paragraphs
    assert [name for name, said in keys.items() if said in read] == [about] * bool(about)
    return about


def moved(widget: PolicyMemo, **changes: Any) -> None:
    """The lab changes a lever: the plan keeps its reasons and loses its name."""
    plan = {name: value for name, value in widget.work["plan"].items() if name != "name"}
    widget.restore({**widget.work, "plan": {**plan, **changes}})


def test_texts_stay_with_the_plan_that_they_were_written_for(widget) -> None:
    widget.restore(copy.deepcopy(WORK))
    tell(widget, edit={"name": "내 안", "role": "vc", "why": "까닭"})
    assert another(widget) == ""
    moved(widget, phases=[{"from": 3}])
    assert another(widget) == "both"
    moved(widget, name="Venture ecosystem")
    assert another(widget) == "why", "a ready-made plan has a title of its own"
    moved(widget, phases=PLAN["phases"], theory="jobs")
    assert another(widget) == "", "back again, and under another belief, it is the same plan"


@pytest.mark.parametrize("say", ["adopt", "clear", "edit"])
def test_the_learner_says_whether_texts_fit_the_new_plan(widget, say) -> None:
    widget.restore(copy.deepcopy(WORK))
    tell(widget, edit={"name": "내 안", "why": "까닭"})
    moved(widget, phases=[{"from": 3}])
    if say == "edit":  # what is written anew is of this plan; what is not stays of the other
        tell(widget, edit={"name": "내 안", "role": "", "why": "새 까닭"})
        assert another(widget) == "name"
        return
    tell(widget, **{say: True})
    assert another(widget) == ""
    assert widget.form["why"] == ("까닭" if say == "adopt" else "")
    assert widget.work["plan"].get("name", "") == ("내 안" if say == "adopt" else "")


def test_reasons_of_another_plan_are_neither_pinned_nor_saved_with_this_one(widget) -> None:
    widget.restore(copy.deepcopy({"plan": PLAN}))
    tell(widget, edit={"why": "까닭"})
    bench = Bench(room(), "ko")
    bench.take(widget.work)
    assert bench.shared()["why"] == "까닭"
    bench.become(bench.phased([{"from": 0, "d": [1, 0, 0, 0, 0, 0, 0]}]))
    assert "why" not in bench.shared()
    bench.pin("x")
    assert "why" not in bench.pinned[0]
    assert bench.kept()["memo"]["why"] == "까닭", "nothing is lost"


def test_writing_is_no_step_in_the_lab_and_is_not_undone_there() -> None:
    bench = Bench(room(), "en")
    bench.take({"plan": PLAN})
    bench.preset("focus")
    bench.undo()
    bench.take({"plan": {**bench.plain(), "why": "first"}})
    assert bench.future  # a word has taken no way away
    bench.redo()
    bench.take({"plan": {**bench.plain(), "why": "second", "role": "vc"}})
    bench.undo()
    assert (bench.plan.why, bench.plan.role) == ("second", "vc")
    assert bench.plain()["phases"] == PLAN["phases"]


@pytest.mark.parametrize("work", BROKEN, ids=range(len(BROKEN)))
def test_work_that_cannot_be_used_is_explained_and_not_lost(widget, work) -> None:
    widget.restore(copy.deepcopy(work))
    tell(widget, edit={"why": "because"})
    kept = widget.kept[-1]
    assert kept["plan"]["why"] == "because"
    for name in set(work) - {"plan"}:
        assert kept[name] == work[name]
    if isinstance(work["plan"], dict):
        others = {n: v for n, v in work["plan"].items() if n not in ("name", "role", "why")}
        assert {**others, "why": "because"} == kept["plan"]
    assert "because" in shown(widget)
    usable = work["plan"] == PLAN or "name" in work["plan"] or isinstance(work["plan"], list)
    assert bool(widget.sheet["note"]) != usable
    tell(widget, take="md")
    assert widget.sent[-1][1]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"edit": None},
        {"edit": {"name": 5, "why": ["x"]}},
        {"edit": {"name": "x" * 10_000, "role": "y" * 10_000, "why": "z" * 100_000}},
        {"which": 7},
        {"which": None},
        {"show": True, "address": "javascript:alert(1)"},
        {"take": "exe"},
        {"take": None},
        {"take": ["docx"]},
    ],
)
def test_no_message_breaks_the_widget(widget, message) -> None:
    widget.restore(WORK)
    tell(widget, **message)
    plan = widget.work["plan"]
    assert len(plan.get("name", "")) <= 80
    assert len(plan.get("why", "")) <= 1200
    shown(widget)
    assert widget.sheet["note"] == ""
    if "take" in message:
        assert "problem" in widget.sent[-1][0]


@pytest.mark.parametrize(
    ("address", "stands"),
    [
        ("https://kit.example/base/ko/6_lab", True),
        ("http://192.168.0.10:8866/ko/6_lab?token=secret#x", True),
        ("http://127.0.0.1:8866/ko/6_lab", False),
        ("http://localhost:8866/ko/6_lab", False),
        ("http://[::1]:8866/ko/6_lab", False),
        ("http://user:secret@host/ko/6_lab", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("http://h/ko/6_lab\n<b>", False),
        ("http://h/" + "x" * 300, False),
        ("http://[::1", False),
        (7, False),
    ],
)
def test_the_link_leads_to_the_page_and_takes_no_secret_along(widget, address, stands) -> None:
    widget.restore(WORK)
    tell(widget, show=True, address=address)
    last = widget.sheet["blocks"][-1]
    url = last["url"]
    key = "version" if stands else "code"
    known = {"model": MODEL, "ensemble": ensemble()}
    assert last["text"] == widget.say(f"memo.limits.{key}", **known)
    assert url.startswith("http") == stands
    assert "secret" not in url
    assert not set(url) & set(' <>"\n')


def test_the_files_are_those_of_the_page(widget) -> None:
    widget.restore({**WORK, "plan": {**PLAN, "why": "까닭 <b>"}})
    said = shown(widget)
    for kind, read in (("docx", readers.docx), ("hwpx", readers.hwpx), ("md", readers.markdown)):
        tell(widget, take=kind)
        message, (content,) = widget.sent[-1]
        assert message["name"].endswith(f".{kind}")
        got = read(content)
        assert "까닭 <b>" in "\n".join(got.paragraphs)
        blocks = widget.sheet["blocks"]
        tables = [block["table"] for block in blocks if "table" in block]
        assert got.tables == [[t["columns"], *t["rows"]] for t in tables]
        assert len(said.splitlines()) == len(blocks)


def test_another_version_says_so_and_is_counted_with_this_one(widget) -> None:
    widget.restore({"plan": {**PLAN, "model": "0.0.1"}})
    said = shown(widget)
    assert widget.sheet["note"] == ""
    assert "0.0.1" in said
    assert MODEL in said


def test_it_shares_the_work_of_the_lab() -> None:
    tied = []
    explore = Explore(Words("en"), lambda made, piece: tied.append(piece) or made)
    assert isinstance(explore.policy_memo(), PolicyMemo)
    assert tied == ["plans"]


CELLS = (
    'from clusterlib import open_kit\nkit = open_kit("{lang}")',
    "kit.explore.policy_lab()",
    "kit.explore.policy_memo()",
)


@pytest.fixture(scope="module")
def served(chromium: str, tmp_path_factory):
    folder = tmp_path_factory.mktemp("memo")
    for lang in ("ko", "en"):
        cells = [code(cell.format(lang=lang), kit={"height": 300}) for cell in CELLS]
        write_lesson(folder, "6_policy", lang, text(f"# {lang}"), *cells)
    with running(folder, folder) as room:
        yield room


def test_three_files_come_out_of_the_page(served, page, tmp_path: Path) -> None:
    view = page(accept_downloads=True)
    tab = view.tab
    tab.goto(served.address)
    tab.goto(f"{served.base}/ko/6_policy")
    memo = tab.locator(".kit-memo")
    memo.wait_for(timeout=60_000)
    memo.scroll_into_view_if_needed()
    ready = ".kit-memo[data-shown]:not([data-shown=''])"
    tab.locator(ready).wait_for(timeout=60_000)
    rows = tab.locator(".kit-memo-sheet tbody").first
    before = rows.inner_text()
    # A change in the lab shows on the page, without anything being pressed here.
    tab.locator(".kit-lab-skip").press("Enter")
    tab.wait_for_selector(".kit-lab:not(.kit-lab-waiting)")  # no lever hears before
    tab.locator(".kit-lab-preset").nth(3).press("Enter")
    memo.scroll_into_view_if_needed()
    tab.wait_for_function(
        "before => document.querySelector('.kit-memo-sheet tbody').innerText !== before",
        arg=before, timeout=60_000,
    )  # fmt: skip
    memo.locator("textarea").fill("뽑을 사람이 없으면 <img src=x onerror=boom()> 시설은 빈다")
    memo.locator("input[type=text]").fill("사람이 먼저")
    memo.locator("input[type=text]").blur()
    tab.locator(".kit-memo-reason", has_text="<img src=x").wait_for(timeout=60_000)
    tab.locator(".kit-memo-name", has_text="사람이 먼저").wait_for(timeout=60_000)
    for kind, read in (("docx", readers.docx), ("hwpx", readers.hwpx), ("md", readers.markdown)):
        with tab.expect_download(timeout=60_000) as coming:
            tab.locator(f"button.kit-memo-{kind}").press("Enter")
        path = tmp_path / f"memo.{kind}"
        coming.value.save_as(path)
        got = read(path.read_bytes())
        assert coming.value.suggested_filename.endswith(f".{kind}")
        assert got.paragraphs[0].endswith("사람이 먼저")
        assert any("시설은 빈다" in said for said in got.paragraphs)
        assert not any(served.base in said for said in got.paragraphs), "opens here only"
        assert plans.unpacked(got.paragraphs[-1].split()[-1])["phases"]
        assert (len(got.tables), len(got.pictures)) == (2, 1)
    tab.add_script_tag(path=str(AXE))
    found = tab.evaluate("axe.run('.kit-memo')")["violations"]
    assert not found, [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
    # Kept with the learner's work: still there after the page was left.
    tab.reload()
    tab.locator(".kit-memo-name", has_text="사람이 먼저").wait_for(timeout=60_000)
    assert "시설은 빈다" in tab.locator(".kit-memo textarea").input_value()
    # Another plan: what was written for this one is said to be so, until the learner decides.
    tab.locator(".kit-lab").scroll_into_view_if_needed()  # drawn when a reader comes near
    tab.wait_for_selector(".kit-lab[data-ready]:not(.kit-lab-waiting)", timeout=60_000)
    tab.locator(".kit-lab-preset").nth(0).press("Enter")
    tab.wait_for_selector(".kit-memo-another", state="visible")
    memo.scroll_into_view_if_needed()
    mark = Words("ko")("memo.another.why")
    tab.locator(".kit-memo-mark", has_text=mark).wait_for(timeout=60_000)
    tab.locator(".kit-memo-adopt").press("Enter")
    tab.wait_for_selector(".kit-memo-another", state="hidden")
    tab.locator(".kit-memo-mark", has_text=mark).wait_for(state="detached", timeout=60_000)
    tab.set_viewport_size({"width": 360, "height": 740})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    view.assert_clean()
