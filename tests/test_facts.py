"""Text and tables cannot disagree: every keyed number in prose is proved, the rest is listed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from clusterlib import facts
from clusterlib.errors import BadInput, UnknownName
from tests.lessons import ITEMS, NOTEBOOKS, cells, language, notebook, source

KEYED = re.compile(r"<!--\s*fact:")
ITEM_IDS = "|".join(re.escape(path.stem) for path in ITEMS)
# Numbers that need no key: years and dates; numbers of lessons, items, sections, figures and
# works; ages; minutes of teaching; the hundred that an index starts from.
FREE = re.compile(
    r"\b(1[89]|20)\d\d(?!\d)|\d+(년|월|일|과|차시|쪽|호|절|장|번|분|권|대|세|호실|단계|가지|줄)"
    r"|\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November"
    r"|December)|\b(lesson|Lesson|section|Section|exercise|Brief|No\.) \d+(\.\d+)?"
    rf"|\b({ITEM_IDS})(?![\d.])|\b(aged|ages) \d+([–-]\d+| to \d+| and over)?"
    r"|\b\d+[–~-]\d+|\b\d0s\b|\d+\(\d+\)"
    r"|\b\d+ (to|and) \d+\b|\b\d+ minutes|\b100(?![\d,%])|^\s*\d+\.\s",
    re.MULTILINE,
)


def statements() -> list[tuple[str, str, str]]:
    """Every text of lessons and exercises: where it stands, its language, itself."""
    said = []
    for path in NOTEBOOKS:
        for cell in cells(notebook(path), "markdown"):
            said.append((f"{path.name}#{cell['id']}", language(path), source(cell)))
    for path in ITEMS:
        said += [
            (f"{path.name}:{lang}", lang, text)
            for lang, text in _texts(json.loads(path.read_text("utf-8")))
        ]
    return said


def _texts(part) -> list[tuple[str, str]]:
    if isinstance(part, list):
        return [pair for each in part for pair in _texts(each)]
    if not isinstance(part, dict):
        return []
    own = [(lang, part[lang]) for lang in ("ko", "en") if isinstance(part.get(lang), str)]
    return own + [pair for value in part.values() for pair in _texts(value)]


SAID = statements()


@pytest.mark.parametrize(("where", "lang", "text"), SAID, ids=[w for w, _, _ in SAID])
def test_every_keyed_number_is_what_the_tables_say(where: str, lang: str, text: str) -> None:
    assert facts.mended(text, lang) == text, f"{where}: run python -m clusterlib facts"
    assert len(KEYED.findall(text)) == len(facts.WRITTEN.findall(text)), (
        f"{where}: a key that follows no number"
    )


def unkeyed() -> list[str]:
    """Numbers of two and more digits in prose that carry no key and are not plainly free."""
    found = []
    for where, _, text in SAID:
        bare = FREE.sub(" ", facts.WRITTEN.sub(" ", re.sub(r"`[^`]*`|\]\([^)]*\)", " ", text)))
        found += [f"{where}: {number}" for number in re.findall(r"\d[\d,.]*\d%?|\d%", bare)]
    return found


def test_numbers_without_a_key_are_listed_with_their_reason() -> None:
    known = (Path(__file__).parent / "numbers_without_key.txt").read_text("utf-8").splitlines()
    reasons = dict(line.split(" | ", 1) for line in known)
    listed = unkeyed()
    new = [line for line in listed if line not in reasons]
    assert not new, "give each a fact key, or list it with its reason:\n" + "\n".join(new)
    assert set(reasons) <= set(listed), f"listed but gone: {set(reasons) - set(listed)}"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("capital_migration/2025/net_migration", 38465),
        ("sum(capital_migration/2004..2024/net_migration)", 960657),
        ("countneg(capital_migration/*/net_migration)", 5),
        ("argmax(capital_migration/*/net_migration)", 1975),
        ("diff(2, ratio(6, 3))", 0),
        ("round(percent(1, 3), 1)", 33.3),
        ("countover(capital_migration/*/net_migration, 500000)", 1),
        ("countover(municipal_quotients/municipality/25010..25050/professional/lq, 1)", 2),
    ],
)
def test_expressions_are_worked_out(expression: str, expected: float) -> None:
    assert facts.value(expression) == expected


def test_a_list_of_keys_and_a_series_can_be_asked_for() -> None:
    assert facts.value("where_neg(capital_migration/*/net_migration)") == [
        2011,
        2013,
        2014,
        2015,
        2016,
    ]
    assert facts.value("series(capital_migration/2024..2025/net_migration)").to_dict() == {
        2024: 45169,
        2025: 38465,
    }


@pytest.mark.parametrize(
    ("expression", "error"),
    [
        ("no_such_table/1/x", UnknownName),
        ("capital_migration/2025/no_such_field", UnknownName),
        ("capital_migration/1066/net_migration", UnknownName),
        ("capital_migration/net_migration", BadInput),
        ("__import__(os)", UnknownName),
        ("capital_migration/2025/inflow", BadInput),
    ],
)
def test_what_cannot_be_worked_out_says_so_in_both_languages(expression: str, error: type) -> None:
    with pytest.raises(error) as caught:
        facts.value(expression)
    assert re.search("[가-힣]", str(caught.value))
    assert re.search("[a-z]{4}", str(caught.value))


def test_mending_rewrites_the_number_and_keeps_the_words() -> None:
    before = "약 1만 2,345<!--fact: capital_migration/2025/net_migration-->명"
    assert (
        facts.mended(before, "ko")
        == "약 3만 8,465<!--fact: capital_migration/2025/net_migration-->명"
    )
    assert "38 thousand<" in facts.mended(
        "9<!-- fact: capital_migration/2025/net_migration | short -->", "en"
    )
