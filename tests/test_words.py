"""Every word is there in both languages, and numbers are said as each language says them."""

from __future__ import annotations

import ast
import json
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterlib import i18n
from clusterlib.errors import UnknownName, WordsMissing
from clusterlib.exercises import number
from clusterlib.i18n import Words

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "data" / "words").glob("*.json"))
CODE = sorted((ROOT / "clusterlib").rglob("*.py"))
KEYS = {
    f"{path.stem}.{key}": both
    for path in FILES
    if path.stem != "glossary"
    for key, both in json.loads(path.read_text("utf-8")).items()
}


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", KEYS)
def test_each_word_is_there_in_both_languages_with_the_same_blanks(key: str) -> None:
    both = KEYS[key]
    assert set(both) == {"ko", "en"}
    assert all(text.strip() for text in both.values())
    if not key.startswith("page."):  # the page's own blanks are filled in the browser
        assert blanks(both["ko"]) == blanks(both["en"])


@pytest.mark.parametrize("key", [k for k in KEYS if not k.endswith("other_language")])
def test_english_words_hold_no_hangul(key: str) -> None:
    assert not re.search("[가-힣]", KEYS[key]["en"])


def literal_keys() -> set[tuple[str, str]]:
    stems = {path.stem for path in FILES}
    found = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                stem, dot, rest = node.value.partition(".")
                named = dot and stem in stems and re.fullmatch(r"[\w.]+\w", rest)
                if named and not rest.endswith(("json", "html", "j2", "css", "js")):
                    found.add((path.name, node.value))
    return found


@pytest.mark.parametrize(("file", "key"), sorted(literal_keys()))
def test_each_key_that_the_code_names_has_words(file: str, key: str) -> None:
    assert key in KEYS, f"{file} says {key}: add it to data/words"


def test_each_error_that_the_code_raises_has_words() -> None:
    raised = set()
    for path in CODE:
        text = path.read_text("utf-8")
        kinds = (
            r"(?:KitError|UnknownName|DataMissing|DataChanged|WordsMissing|BadInput|UploadRefused)"
        )
        raised |= set(re.findall(rf'{kinds}\(\s*"(\w+)"', text))
    assert {f"errors.{key}" for key in raised} <= set(KEYS) | {"errors.missing_file"}


def test_the_glossary_explains_every_term_in_both_languages() -> None:
    terms = i18n.catalogue("glossary")
    assert 60 <= len(terms) <= 100
    for name, entry in terms.items():
        assert re.fullmatch(r"[a-z0-9-]+", name)
        for lang in ("ko", "en"):
            assert entry[lang]["term"]
            assert entry[lang]["text"].endswith((".", ")", "”"))
        assert not re.search("[가-힣]", entry["en"]["text"].replace("직할시", ""))


def test_every_term_linked_in_a_text_is_in_the_glossary() -> None:
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        linked = set(re.findall(r"\(#term-([a-z0-9-]+)\)", path.read_text("utf-8")))
        assert linked <= set(i18n.catalogue("glossary")), path.name


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT / "clusterlib")))
def test_the_library_holds_no_natural_language(path: Path) -> None:
    if path.name == "i18n.py":
        return  # the one file that knows how Korean counts
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            held = re.findall("[가-힣]+", node.value)
            assert set("".join(held)) <= set("만억조년은는이가을를과와으로"), (
                f"{path.name}: {node.value!r}"
            )


@pytest.mark.parametrize(
    ("value", "spec", "ko", "en"),
    [
        (38465, "count", "3만 8,465", "38,465"),
        (-32950, "count", "−3만 2,950", "−32,950"),
        (0, "count", "0", "0"),
        (10000, "count", "1만", "10,000"),
        (51325329, "count", "5,132만 5,329", "51,325,329"),
        (100000000, "count", "1억", "100,000,000"),
        (347725, "won", "34조 7,725억", "347,725.0 billion"),
        (-2710, "won", "−2,710억", "−2,710.0 billion"),
        (20000, "won", "2조", "20,000.0 billion"),
        (0, "won", "0", "0.0 billion"),
        (38465, "short", "3.8만", "38 thousand"),
        (960657, "short", "96만", "961 thousand"),
        (1234567, "short", "123만", "1.2 million"),
        (9500, "short", "9,500", "9,500"),
        (52.8, "percent", "52.8%", "52.8%"),
        (2011, "year", "2011년", "2011"),
        (None, "count", "–", "–"),
        (float("nan"), "decimal1", "–", "–"),
    ],
)
def test_numbers_are_said_as_each_language_says_them(value, spec, ko, en) -> None:
    assert (i18n.say(value, spec, "ko"), i18n.say(value, spec, "en")) == (ko, en)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_number_in_korean_means_the_same_number(value: int) -> None:
    assert number(i18n.count(value, "ko")) == value == number(i18n.count(value, "en"))


@pytest.mark.parametrize(
    ("word", "kind", "said"),
    [
        ("대전", "은는", "은"),
        ("경기", "은는", "는"),
        ("서울", "으로", "로"),
        ("부산", "으로", "으로"),
        ("제주", "이가", "가"),
        ("충북", "을를", "을"),
        ("2011년", "과와", "과"),
        ("GRDP", "은는", "는"),
        ("3만 8,465", "으로", "로"),
        ("10", "이가", "이"),
        ("세종", "과와", "과"),
    ],
)
def test_particles_follow_the_last_sound(word: str, kind: str, said: str) -> None:
    assert i18n.particle(word, kind) == said


def test_a_missing_key_a_missing_language_and_an_unknown_one_say_what_to_do() -> None:
    with pytest.raises(WordsMissing, match="common.no_such_key"):
        Words("ko")("common.no_such_key")
    with pytest.raises(WordsMissing):
        Words("en").pick({"ko": "말"})
    with pytest.raises(WordsMissing, match="no_such_file.json"):
        Words("en")("no_such_file.key")
    with pytest.raises(UnknownName, match="open_kit"):
        Words("fr")
