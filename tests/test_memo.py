"""The memo: three files that say the same, one page, and no text of others that steers them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterlib import datasets, plans, theme
from clusterlib import memo as documents
from clusterlib.errors import UnknownName
from clusterlib.explorers import plan_words
from clusterlib.explorers.policy_lab_work import Bench, ensemble
from clusterlib.explorers.policy_memo_found import Found, found
from clusterlib.explorers.policy_memo_text import Teller
from clusterlib.explorers.policy_room import room, weighted
from clusterlib.explorers.policy_words import of_100
from clusterlib.i18n import Words
from clusterlib.memo import Block, Memo, clean, fit, markdown, picture
from clusterlib.policy import decision
from clusterlib.policy.model import simulate
from clusterlib.policy.scenario import LEVERS, Scenario, from_plan, to_plan
from tests import documents as readers

WHEN = date(2026, 3, 5)
ADDRESS = "http://192.168.0.10:8866/ko/6_lab"
WHY = "졸업생이 남지 않으면 시설은 비어 있게 됩니다. They leave, and firms follow. "
HOSTILE = (
    "</w:t></w:p><w:p/> ]]> & <hp:p/> <script>alert(1)</script> &amp; {name} {{x}}\n"
    "# head\n| a | b |\n- list\n1. one\n> quote\n"
    "![x](http://x.y/z.png) [a](b) `c` **d** _e_ ~f~ $g$\n"
    "=cmd|' /C calc'!A0\n@SUM(A1)\n\x00\x01\x1f\x7f\ufffe\ud800 \u202eevil\u202c \u2066x\u2069\n"
    "👩‍👩‍👧 🏳️‍🌈 مرحبا بالعالم שלום\n" + "가" * 200 + "w" * 300
)
PHASES = [
    {"from": 5 * n, "d": [10 + n, 20, 5, 5, 2.5, 0, 7.5], "c": [5, 20, 5, 5, 2.5, 10 - n, 0],
     "S": 0.7, "O": 0.6 + n / 10, "f": n / 5}
    for n in range(4)
]  # fmt: skip
CASES = ("open", "nothing", "four", "foreign", "long", "hostile")
cases = pytest.mark.parametrize("case", CASES)
both_languages = pytest.mark.parametrize("lang", ["ko", "en"])
formats = pytest.mark.parametrize("kind", sorted(documents.FORMATS))
READERS = {"docx": readers.docx, "hwpx": readers.hwpx, "md": readers.markdown}


@cache
def plan(case: str) -> Scenario:
    ready = room().ready
    four = from_plan({"v": 1, "model": "1.0.0", "phases": PHASES}, room().keys, 100)
    return {
        "open": replace(ready["open"], name="특화하고 여는 길", role="daejeon", why=WHY),
        "nothing": Scenario(),
        "four": replace(four, name="Link first", role="vc", why=WHY * 3),
        "foreign": replace(ready["settle"], model="0.9.1", theory="people",
                           changed=(("L0:daejeon", 0.5), ("b_J", 0.3)),
                           results=(("workers", (50000.0, 61000.0, 72000.0)),)),
        "long": replace(four, name="x" * 80, why=(WHY * 40)[:1200]),
        "hostile": replace(ready["open"], name=HOSTILE[:80], role="<b>", why=HOSTILE[:1200]),
    }[case]  # fmt: skip


@cache
def told(case: str) -> Found:
    return found(room(), plan(case), {})


@cache
def link(case: str) -> str:
    return plans.link(ADDRESS, to_plan(plan(case), room().keys))


@cache
def memo(case: str, lang: str) -> Memo:
    return Teller(Words(lang), room(), told(case), {}).memo(WHEN, link(case))


@cache
def content(case: str, lang: str, kind: str) -> bytes:
    return documents.write(memo(case, lang), kind, WHEN)


@cache
def read(case: str, lang: str, kind: str) -> readers.Read:
    return READERS[kind](content(case, lang, kind))


def bare(said: list[str], marks: dict[str, str]) -> list[str]:
    """Paragraphs without the signs before them, which Markdown has of its own."""
    signs = "|".join(map(re.escape, set(marks.values())))
    return [re.sub(f"^({signs}) ", "", text) for text in said]


@both_languages
@cases
def test_the_three_files_say_the_same(case: str, lang: str) -> None:
    made = memo(case, lang)
    word, hangul, plain = (read(case, lang, kind) for kind in ("docx", "hwpx", "md"))
    assert word.paragraphs == hangul.paragraphs
    assert bare(word.paragraphs, made.marks) == plain.paragraphs
    assert word.tables == hangul.tables == plain.tables
    assert word.pictures == hangul.pictures == plain.pictures
    assert word.described == hangul.described == plain.described
    assert word.order == hangul.order == plain.order


@both_languages
@cases
def test_the_files_hold_all_that_the_memo_says(case: str, lang: str) -> None:
    made, got = memo(case, lang), read(case, lang, "docx")
    texts = [b for b in made.blocks if not b.table and not b.picture and b.kind != "page"]
    said = [f"{made.said(b)} {b.url}" if b.url else made.said(b) for b in texts]
    assert got.paragraphs == [made.title, *said]
    tables = [b.table for b in made.blocks if b.table]
    assert got.tables == [[list(t.columns), *map(list, t.rows)] for t in tables]
    assert len(got.tables) == 2
    assert len(got.pictures) == 1
    assert got.pictures[0] == next(b.picture.png for b in made.blocks if b.picture)


@both_languages
@pytest.mark.parametrize("case", ["long", "hostile"])
@formats
def test_the_same_memo_is_the_same_bytes(case: str, lang: str, kind: str) -> None:
    assert documents.write(memo(case, lang), kind, WHEN) == content(case, lang, kind)
    if kind != "md":  # whose text alone says the day
        assert documents.write(memo(case, lang), kind, date(2027, 1, 1)) != content(
            case, lang, kind
        )


@both_languages
@cases
def test_the_libraries_open_what_they_wrote(case: str, lang: str, tmp_path) -> None:
    import io

    import docx
    from hwpx import HwpxDocument
    from hwpx.tools.package_validator import validate_editor_open_safety, validate_package
    from hwpx.tools.validator import validate_document

    opened = docx.Document(io.BytesIO(content(case, lang, "docx")))
    assert [p.text for p in opened.paragraphs if p.text] == read(case, lang, "docx").paragraphs
    heads = [p.text for p in opened.paragraphs if p.style.name == "Heading 1"]
    made = memo(case, lang)
    assert heads == [made.said(b) for b in made.blocks if b.kind == "head"]
    about = opened.core_properties
    assert (about.title, about.created.date()) == (made.title, WHEN)
    path = tmp_path / "memo.hwpx"
    path.write_bytes(content(case, lang, "hwpx"))
    assert not [i for i in validate_package(path).issues if i.level == "error"]
    assert not validate_document(path).issues
    assert validate_editor_open_safety(path).ok
    with HwpxDocument.open(path) as document:
        assert len(document.tables) == 2
        assert read(case, lang, "hwpx").paragraphs[0] == document.paragraphs[0].text


def pages(case: str, lang: str) -> int:
    return 1 + sum(block.kind == "page" for block in memo(case, lang).blocks)


@both_languages
@cases
def test_it_is_one_page_unless_it_says_that_it_goes_on(case: str, lang: str, tmp_path) -> None:
    """Counted by another hand: how the library lays out lines, page by page."""
    from hwpx import HwpxDocument
    from hwpx.experimental import estimate_pages

    path = tmp_path / "memo.hwpx"
    path.write_bytes(content(case, lang, "hwpx"))
    with HwpxDocument.open(path) as document:
        assert estimate_pages(document).pages == pages(case, lang)
    goes_on = Words(lang)("memo.reasons.goes_on")
    assert (goes_on in read(case, lang, "md").paragraphs) == (pages(case, lang) == 2)


@both_languages
@cases
def test_word_has_room_for_the_first_page(case: str, lang: str) -> None:
    """Counted from the file itself: exact leadings, indents and rows, letters a bit wider."""
    high, stopped = word_height(content(case, lang, "docx"))
    assert high < 297 - 14 - 12
    assert stopped == (pages(case, lang) == 2)


def word_height(file: bytes) -> tuple[float, bool]:
    W, twip = readers.W, 25.4 / 1440
    body = readers.ElementTree.fromstring(readers.parts(file)["word/document.xml"]).find(f"{W}body")

    def number(element, path: str, name: str, other: float = 0.0) -> float:
        part = element.find(path)
        value = None if part is None else part.get(f"{W}{name}")
        return other if value is None else float(value)

    def lines(paragraph, wide: float) -> float:
        size = number(paragraph, f".//{W}sz", "val", 20) / 2 * 25.4 / 72
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        used, count = 0.0, 1
        for word in re.split(r"(?<= )", text):
            ems = sum(1.0 if ord(c) > 0x1100 else 0.55 if c not in " .,'il" else 0.3 for c in word)
            if used + ems * size > wide and used:
                count, used = count + 1, 0.0
            count += int((used + ems * size) / wide) if ems * size > wide else 0
            used = (used + ems * size) % wide
        return count * number(paragraph, f"{W}pPr/{W}spacing", "line") * twip

    def paragraph_height(paragraph, wide: float = 174.0) -> float:
        drawn = paragraph.find(f".//{readers.WP}extent")
        if drawn is not None:
            return int(drawn.get("cy")) / 36000
        around = (number(paragraph, f"{W}pPr/{W}spacing", side) for side in ("before", "after"))
        left = number(paragraph, f"{W}pPr/{W}ind", "left") * twip
        return lines(paragraph, wide - left) + sum(around) * twip

    high = 0.0
    for block in body:
        if block.find(f"{W}pPr/{W}pageBreakBefore") is not None:
            return high, True
        if block.tag == f"{W}tbl":
            for row in block.iter(f"{W}tr"):
                cells = (
                    lines(c.find(f"{W}p"), number(c, f"{W}tcPr/{W}tcW", "w") * twip - 1.4)
                    for c in row.iter(f"{W}tc")
                )
                high += max(cells) + 0.6
        elif block.tag == f"{W}p":
            high += paragraph_height(block)
    return high, False


@both_languages
def test_reasons_that_go_on_lose_nothing(lang: str) -> None:
    assert pages("long", lang) == 2
    made = memo("long", lang)
    kinds = [block.kind for block in made.blocks]
    assert kinds.index("reason") < kinds.index("page") < len(kinds) - 1
    assert kinds[kinds.index("page") + 1] == "head"
    said = " ".join(b.text for b in made.blocks if b.kind == "reason")
    assert said == " ".join(clean.paragraphs(plan("long").why, 1200))


@both_languages
def test_text_of_others_changes_no_structure(lang: str) -> None:
    calm, wild = memo("open", lang), memo("hostile", lang)
    others = [[b.kind for b in each.blocks if b.kind not in ("reason", "page", "head", "caption")]
              for each in (calm, wild)]  # fmt: skip
    assert others[0] == others[1]
    said = " ".join(b.text for b in wild.blocks if b.kind == "reason")
    for kept in (
        "</w:t></w:p><w:p/> ]]> &",
        "{name} {{x}}",
        "=cmd|' /C calc'!A0",
        "👩‍👩‍👧",
        "مرحبا",
    ):
        assert kept in said
    assert not re.search("[\x00-\x1f\x7f\ufffe\ud800\u202a-\u202e\u2066-\u2069]", said)
    raw = content("hostile", lang, "md").decode()
    assert not re.search(r"^(#{1,6} head|\| a|- list|1\. one|=cmd)", raw, re.M)
    assert "<script" not in raw.replace(r"\<", "")
    assert raw.count("](") == raw.count(r"\](")


@both_languages
@pytest.mark.parametrize("kind", ["docx", "hwpx"])
def test_no_formula_field_or_script_comes_in_with_a_text(lang: str, kind: str) -> None:
    calm, wild = (readers.parts(content(case, lang, kind)) for case in ("open", "hostile"))
    assert set(calm) == set(wild)
    main = "word/document.xml" if kind == "docx" else "Contents/section0.xml"
    tags = [{e.tag for e in readers.ElementTree.fromstring(p[main]).iter()} for p in (calm, wild)]
    assert tags[1] - tags[0] <= {f"{readers.W}pageBreakBefore"}


@given(st.text(max_size=400))
@settings(max_examples=150)
def test_any_text_is_cleaned_to_lines_that_xml_can_hold(text: str) -> None:
    for said in clean.paragraphs(text, 1200):
        assert said == " ".join(said.split())
        readers.ElementTree.fromstring(f"<a>{said.replace('&', '').replace('<', '')}</a>")
    assert len(clean.paragraphs(text, 1200)) <= clean.MOST_LINES


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=200))
@settings(max_examples=150)
def test_markdown_is_unescaped_to_the_same_text(text: str) -> None:
    said = clean.line(text, 200)
    assert readers.unescaped(markdown.plain(said)) == said
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_<>#|\[\]$&~{}]", markdown.plain(said))


@given(
    st.lists(st.text("가a.W ", min_size=1, max_size=90), min_size=1, max_size=8), st.floats(8, 60)
)
@settings(max_examples=150)
def test_lines_hold_every_word_and_are_no_wider_than_the_room(
    texts: list[str], room: float
) -> None:
    text = " ".join(" ".join(texts).split())
    set_in = fit.lines(text, room)
    assert "".join(set_in).replace(" ", "") == text.replace(" ", "")
    assert all(fit.width(line) <= room + 1e-9 for line in set_in)


@given(st.lists(st.text("가나다 abc", min_size=1, max_size=400), min_size=1, max_size=6))
@settings(max_examples=60)
def test_parting_reasons_keeps_all_of_them(texts: list[str]) -> None:
    reasons = [said for text in texts if (said := " ".join(text.split()))] or ["가"]
    fill = [Block("item", "가 " * 60)] * 20
    blocks = (Block("head", "가"), *(Block("reason", r) for r in reasons), *fill)
    made = fit.fitted(
        Memo("ko", "가", blocks, {"reason": "-"}), Block("caption", "…"), Block("head", "…")
    )
    said = "".join(b.text for b in made.blocks if b.kind == "reason").replace(" ", "")
    assert said == "".join(reasons).replace(" ", "")
    first = made.blocks[: [b.kind for b in (*made.blocks, Block("page"))].index("page")]
    assert fit.height(replace(made, blocks=first)) <= fit.HEIGHT or not any(
        b.kind == "reason" for b in first
    )


# What it says.


def test_the_link_of_a_hangul_file_can_be_clicked() -> None:
    held = readers.parts(content("open", "ko", "hwpx"))["Contents/section0.xml"]
    section = ElementTree.fromstring(held)
    begin, end = (next(section.iter(f"{readers.HP}field{name}")) for name in ("Begin", "End"))
    told = {each.get("name"): each.text for each in begin.iter(f"{readers.HP}stringParam")}
    assert begin.get("type") == "HYPERLINK"
    assert told["Path"] == link("open")
    assert end.get("beginIDRef") == begin.get("id")


@both_languages
@cases
def test_plan_link_version_and_watermark_stand_in_it(case: str, lang: str) -> None:
    words, got = Words(lang), read(case, lang, "docx")
    said = "\n".join(got.paragraphs)
    assert words("memo.watermark") in got.paragraphs
    assert "1.0.0" in said
    assert ensemble() in said
    opened = plans.unpacked(re.search(re.escape(ADDRESS) + r"\S+", said)[0])
    assert opened["phases"] == to_plan(plan(case), room().keys)["phases"]
    assert "why" not in opened
    table = got.tables[0]
    assert len(table) == 1 + 2 * len(plan(case).phases)
    for row, (phase, region) in zip(
        table[1:], [(p, r) for p in plan(case).phases for r in range(2)], strict=True
    ):
        assert [float(x) for x in row[2:9]] == list(phase.of(region))
        assert float(row[9]) == pytest.approx(sum(phase.of(region)))
    standing = room().table["standing"].value_counts()
    for count in (len(room().table), standing["assumption"], standing["calibrated"]):
        assert str(count) in said
    if plan(case).foreign:
        assert "0.9.1" in said
        assert words.say(72000, "two") in said


def outcome(name: str, values: np.ndarray) -> np.ndarray:
    if name == "workers":
        return values
    return (1 - values) * 100 if name == "stay_rate" else values * 100


@pytest.mark.parametrize("case", ["open", "four", "foreign"])
def test_ranges_and_counts_are_those_of_the_worlds(case: str) -> None:
    """Run again without the room: matched worlds, percentiles, ties as half a win."""
    mine, worlds = plan(case), room().worlds
    idle = Scenario(theory=mine.theory, changed=mine.changed)
    runs = [decision.outcomes(simulate(each, worlds)) for each in (idle, mine)]
    words = Words("en")

    def span(values: np.ndarray, spec: str) -> str:
        low, mid, high = (words.say(float(np.quantile(values, q)), spec) for q in (0.1, 0.5, 0.9))
        return mid if low == high else f"{mid} ({low} to {high})"

    for row, name in zip(read(case, "en", "docx").tables[1][1:], decision.OUTCOMES, strict=True):
        without, with_plan = (outcome(name, run[name]) for run in runs)
        assert row[1] == span(without, "two")
        if np.array_equal(without, with_plan):
            assert row[2:] == ["same"] * 3
            continue
        assert row[2:4] == [span(with_plan, "two"), span(with_plan - without, "change")]
        wins = np.mean(runs[1][name] > runs[0][name]) + np.mean(runs[1][name] == runs[0][name]) / 2
        assert row[4] == str(of_100(wins))


@pytest.mark.parametrize("case", ["open", "four", "foreign", "nothing"])
def test_the_rival_is_the_best_of_the_others_and_the_turn_is_true(case: str) -> None:
    mine, rival = plan(case), told(case).rival
    names = list(room().anchors["outcome"])

    def score(each: Scenario, theory: str) -> np.ndarray:
        same = replace(each, theory=theory, changed=mine.changed)
        return decision.scores(decision.values(room().outcomes(same), room().anchors), {}, names)

    others = {n: p for n, p in room().ready.items() if n != "nothing" and p.phases != mine.phases}
    means = {name: score(each, mine.theory).mean() for name, each in others.items()}
    assert rival.name == max(means, key=means.get)
    gap = score(mine, mine.theory) - score(others[rival.name], mine.theory)
    assert rival.wins == np.mean(gap > 0)
    for belief, share in rival.under.items():
        apart = score(mine, belief) - score(others[rival.name], belief)
        assert share == np.mean(apart > 0) + np.mean(apart == 0) / 2
    if rival.turn:
        turned = gap < 0 if rival.loses <= rival.wins else gap > 0
        drawn = room().worlds.values[rival.turn["id"]]
        bound = rival.turn["bound"]
        inside = drawn >= bound if rival.turn["side"] == ">=" else drawn <= bound
        assert rival.turn["share"] == pytest.approx(turned[inside].mean())
        assert rival.turn["share"] > turned.mean() == rival.turn["base"]


def test_the_worst_world_is_the_worst() -> None:
    worst, names = told("four").worst, list(room().anchors["outcome"])
    value = [
        decision.values(room().outcomes(p), room().anchors) for p in (plan("four"), Scenario())
    ]
    gap = decision.scores(value[0], {}, names) - decision.scores(value[1], {}, names)
    assert worst.gap == gap.min()
    at = int(gap.argmin())
    assert worst.plan["workers"] == room().outcomes(plan("four"))["workers"][at]
    lost = value[0][:, at] - value[1][:, at]
    assert worst.lost == names[int(lost.argmin())]


@both_languages
def test_a_plan_loses_where_people_follow_jobs_and_the_memo_says_so(lang: str) -> None:
    """The lab's main lesson: settling people first wins or loses by what people follow."""
    mine = replace(room().ready["settle"], name="s")
    made = Teller(Words(lang), room(), found(room(), mine, {}), {}).memo(WHEN, "")
    under = found(room(), mine, {}).rival.under
    assert under["people"] > 0.8
    assert under["jobs"] < 0.5
    verdict = Words(lang)("memo.overturn.verdict.jobs")
    assert any(verdict in block.text for block in made.blocks)


def test_weights_decide_who_wins_and_are_named() -> None:
    heavy = weighted({"workers": 5, "Q": 0, "nonsense": 3, "QO": "x", "link": float("nan")})
    assert heavy == {"workers": 5.0}
    mine = room().ready["focus"]
    plain, loaded = found(room(), mine, {}), found(room(), mine, heavy)
    assert plain.better < 0.9 < loaded.better
    made = Teller(Words("en"), room(), loaded, heavy).memo(WHEN, "")
    assert any("the author's weights: workers 100%" in block.text for block in made.blocks)
    assert weighted(dict.fromkeys(decision.OUTCOMES, 40)) == {}, "equal ones are none"


def said(mine: Scenario, lang: str, pinned: tuple[Scenario, ...] = ()) -> str:
    made = Teller(Words(lang), room(), found(room(), mine, {}, pinned), {}).memo(WHEN, "code")
    return "\n".join(block.text for block in made.blocks)


@both_languages
def test_what_is_won_by_chance_is_no_condition(lang: str) -> None:
    """One world of five hundred lies on some side of every number."""
    mine = replace(room().ready["transit_both"], theory="people")
    rival = found(room(), mine, {}).rival
    assert 0 < rival.wins < 0.01
    assert rival.turn is None
    unclear = Words(lang)("memo.overturn.unclear", rival="x", n=1)[-12:]
    assert unclear in said(mine, lang)


@both_languages
def test_a_condition_has_its_unit_and_claims_no_necessity(lang: str) -> None:
    turn = told("open").rival.turn
    number = plan_words.numbers(lang)[turn["id"]]
    assert number.unit
    text = said(plan("open"), lang)
    assert number.written(turn["bound"], Words(lang)) in text
    assert not re.search("has to be|어야 함", text)
    share, base = turn["share"], turn["base"]
    assert base > 0, "it wins beyond the bound as well"
    assert all(str(of_100(float(x))) in text for x in (share, base))


def test_numbers_between_the_beliefs_are_not_called_worlds_of_both() -> None:
    table = room().table.set_index("id")
    for name in ("b_L", "b_Lo", "b_J"):
        row = table.loc[name]
        assert {row["low"], row["high"]} == {row["people"], row["jobs"]}
    assert "between the two beliefs" in said(Scenario(), "en")
    assert "두 믿음을 양 끝으로" in said(Scenario(), "ko")


@both_languages
def test_a_rival_of_the_authors_own_is_described_and_a_ready_made_one_is_not(lang: str) -> None:
    """A name like "Plan 2" says nothing to who reads the memo."""
    mine, own = room().ready["complete"], replace(plan("four"), name="B", theory="both")
    strong = replace(own, phases=(replace(own.phases[3], begin=0, focus=1.0, special=0.7),))
    rival = found(room(), mine, {"Q": 1.0, "link": 1.0}, (strong,)).rival
    assert not rival.ready
    words = Words(lang)
    teller = Teller(words, room(), found(room(), mine, {"Q": 1.0, "link": 1.0}, (strong,)), {})
    text = "\n".join(block.text for block in teller.memo(WHEN, "code").blocks)
    lever = words(f"lab.lever.{LEVERS[int(np.sum(strong.phases[0].spend, axis=0).argmax())]}")
    points = f"{strong.points():g}"
    described = words("memo.overturn.own", rival=teller.rival(), lever=lever, points=points)
    assert described in text
    assert described[-20:] not in said(mine, lang)


@both_languages
def test_graduates_of_five_years_are_called_so(lang: str) -> None:
    five = {"ko": "끝 5년", "en": "last 5 years"}[lang]
    text = said(plan("open"), lang)
    assert five in text
    assert five in read("open", lang, "docx").tables[1][2][0]
    assert five in Words(lang)("lab.outcome.grads_hired_share")


@both_languages
def test_who_writes_is_a_learner_and_no_office(lang: str) -> None:
    named = datasets.roles().set_index("role").loc["daejeon", f"name_{lang}"]
    learner = Words(lang)("memo.in_role", role=named)
    assert learner in said(plan("open"), lang)
    assert learner != named


def test_weights_go_along_with_a_link_and_count_for_who_opens_it() -> None:
    mine = Bench(room(), "en", plan("open"), work={"weights": {"workers": 60, "Q": 40}})
    given = plans.unpacked(plans.packed(mine.shared()))
    assert given["w"] == {"workers": 60, "Q": 40}
    other = Bench(room(), "ko", work={"weights": {"link": 5}})
    other.open_link(plans.packed(given))
    assert other.weights == {"workers": 60.0, "Q": 40.0}
    even = Bench(room(), "en", plan("open"), work={"weights": dict.fromkeys(decision.OUTCOMES, 9)})
    assert "w" not in even.shared()


def test_a_pinned_plan_can_be_the_rival() -> None:
    better = replace(room().ready["settle"], phases=plan("four").phases, name="mine <b>")
    got = found(room(), room().ready["complete"], {}, [better])
    everyone = found(room(), room().ready["complete"], {})
    assert got.rival.ready is False or everyone.rival.name == got.rival.name
    assert got.rival.better <= everyone.rival.better


@both_languages
def test_no_region_word_or_mark_is_left_open(lang: str) -> None:
    for case in CASES[:-1]:
        said = "\n".join(read(case, lang, "docx").paragraphs)
        assert not re.search(r"\{\w|None|nan|daejeon", said)
        if lang == "en":
            assert not re.search(
                "[가-힣]", said.replace(plan(case).name, "").replace(WHY[:36], "")
            ) or ("졸업생" in plan(case).why)


def test_korean_sentences_end_as_in_official_reports() -> None:
    """개조식: heads and items end in a noun or in -함, -음; no item ends as a spoken sentence."""
    for case in CASES[:-1]:
        for block in memo(case, "ko").blocks:
            if block.kind in ("head", "item", "caption", "mark"):
                assert not re.search(r"(다|요|까)\.?$", block.text), block.text
                assert not block.text.endswith("."), block.text


def test_another_format_is_refused_by_name() -> None:
    with pytest.raises(UnknownName, match="docx, hwpx, md"):
        documents.write(memo("nothing", "en"), "pdf", WHEN)


# The picture.


def panel(without: float, with_plan: float) -> picture.Panel:
    spread = np.array([[0.9], [1.0], [1.1]]) * np.ones(20)
    return picture.Panel(range(2023, 2043), spread * without, spread * with_plan)


def test_the_picture_shows_the_bands_where_they_are() -> None:
    made = picture.bands([panel(50, 100), panel(50, 100)])
    assert made == picture.bands([panel(50, 100), panel(50, 100)])
    rows = readers.pixels(made)
    assert (len(rows[0]), len(rows)) == picture.SIZE
    light = theme.tokens()["light"]
    blue, grey = (tuple(bytes.fromhex(light[n][1:])) for n in ("accent", "nothing"))
    column = [row[len(rows[0]) // 4] for row in rows]
    marks = picture.ticks(0, 110)
    top, bottom = picture.TOP, picture.SIZE[1] - picture.BOTTOM

    def y(value: float) -> float:
        return bottom - (value - marks[0]) / (marks[-1] - marks[0]) * (bottom - top)

    middle = [n for n, colour in enumerate(column) if colour == blue]
    assert min(abs(n - y(100)) for n in middle) <= 2
    near = [row[200:300] for row in rows[round(y(50)) - 2 : round(y(50)) + 3]]
    assert any(grey in row for row in near)  # dashed: somewhere along it
    assert column[round(y(75))] == (255, 255, 255)  # between the bands nothing is shaded
    assert column[round(y(105))] != (255, 255, 255)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
@settings(max_examples=200)
def test_ticks_enclose_the_range_and_are_few(low: float, span: float) -> None:
    marks = picture.ticks(low, low + span)
    assert marks[0] <= low + 1e-6 * abs(low) + 1e-9
    assert marks[-1] >= low + span - 1e-6 * abs(low + span) - 1e-9
    assert 2 <= len(marks) <= 7


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_table_of_outcomes_has_no_digits_that_say_nothing(lang: str) -> None:
    about = Words(lang)("lab.about")
    told = found(room(), room().ready["attract"], {})
    rows = Teller(Words(lang), room(), told, {}).memo(WHEN, ADDRESS)
    (table,) = [block.table for block in rows.blocks if block.table and len(block.table.rows) == 8]
    gaps = {row[0]: row[3:] for row in table.rows}
    assert not any(re.search(r"[+−]0\.0[0-4]", gap) for gap, _ in gaps.values())
    small = [count for gap, count in gaps.values() if gap.startswith(about)]
    assert len(small) >= 2
    assert set(small) == {"–"}
