"""Every word that a chart or widget shows, and numbers as each language says them."""

from __future__ import annotations

import json
import math
import string
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from clusterlib.errors import KitError, UnknownName, WordsMissing

LANGUAGES = ("ko", "en")
FOLDER = Path(__file__).resolve().parent.parent / "data" / "words"
MINUS = "\u2212"

# Which Korean particle follows a word is decided by its last sound: (after consonant, after vowel).
PARTICLES = {
    "은는": ("은", "는"),
    "이가": ("이", "가"),
    "을를": ("을", "를"),
    "과와": ("과", "와"),
    "으로": ("으로", "로"),
}
# Digits and Latin letters by how Koreans read them aloud; rieul takes 로 as vowels do.
CLOSED = set("01367 8lmnr".replace(" ", ""))
RIEUL = set("178lr")


def language(lang: str) -> str:
    """Return `lang` if the kit speaks it; raises UnknownName otherwise."""
    if lang not in LANGUAGES:
        raise UnknownName("unknown_language", lang, LANGUAGES)
    return lang


def particle(word: str, kind: str) -> str:
    """Return the Korean particle of a kind (은는, 이가, 을를, 과와, 으로) that follows a word.

    >>> particle("대전", "은는"), particle("경기", "으로"), particle("서울", "으로")
    ('은', '로', '로')
    """
    closed, rieul = _ending(word.rstrip(")]\"'”’% ")[-1:].lower())
    after_consonant, after_vowel = PARTICLES[kind]
    return after_vowel if not closed or (kind == "으로" and rieul) else after_consonant


def _ending(last: str) -> tuple[bool, bool]:
    """Say whether a last character ends in a consonant, and whether that is rieul."""
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return final > 0, final == 8
    return last in CLOSED, last in RIEUL


def count(value: float, lang: str) -> str:
    """Write a whole number in full: 3만 8,465 in Korean, 38,465 in English.

    >>> count(38465, "ko"), count(-38465, "en")
    ('3만 8,465', '−38,465')
    """
    if _blank(value):
        return "–"
    number = round(abs(value))
    sign = MINUS if value < 0 and number else ""
    return sign + (_in_myriads(number) if lang == "ko" else f"{number:,}")


def _in_myriads(number: int) -> str:
    parts = [(number // 10**8, "억"), (number // 10**4 % 10**4, "만"), (number % 10**4, "")]
    said = [f"{n:,}{unit}" for n, unit in parts if n]
    return " ".join(said) or "0"


def won(value: float, lang: str) -> str:
    """Write an amount counted in 억 원 in Korean, in billion won in English, but for the currency.

    >>> won(347725, "ko"), won(-2710, "ko"), won(34772.5, "en")
    ('34조 7,725억', '−2,710억', '34,772.5 billion')
    """
    if _blank(value):
        return "–"
    if lang == "en":
        return decimal(value) + " billion"
    number = round(abs(value))
    sign = MINUS if value < 0 and number else ""
    parts = [(number // 10**4, "조"), (number % 10**4, "억")]
    return sign + (" ".join(f"{n:,}{unit}" for n, unit in parts if n) or "0")


def short(value: float, lang: str) -> str:
    """Write a number with two or three digits and its unit word: 3.8만, 38 thousand.

    >>> short(38465, "ko"), short(38465, "en"), short(960657, "ko"), short(834e9, "en")
    ('3.8만', '38 thousand', '96만', '834 billion')
    """
    if _blank(value):
        return "–"
    # From what size on a unit is used, and what it stands for.
    units = {
        "ko": ((10**8, 10**8, "억"), (10**4, 10**4, "만")),
        "en": (
            (10**11, 10**9, " billion"),
            (10**6, 10**6, " million"),
            (10**4, 10**3, " thousand"),
        ),
    }
    for least, size, unit in units[lang]:
        if abs(value) >= least:
            scaled = abs(value) / size
            digits = 1 if scaled < 10 else 0
            return (MINUS if value < 0 else "") + f"{scaled:,.{digits}f}{unit}"
    return count(value, lang)


def decimal(value: float, digits: int = 1) -> str:
    """Write a number with a fixed count of decimals and a true minus sign."""
    return "–" if _blank(value) else f"{value:,.{digits}f}".replace("-", MINUS)


def two(value: float, lang: str) -> str:
    """Write a number with two significant digits, as results of a model are said.

    >>> two(78432, "en"), two(78432, "ko"), two(0.4637, "en"), two(99.7, "en"), two(-4.63, "en")
    ('78,000', '7만 8,000', '0.46', '100', '−4.6')
    """
    if _blank(value):
        return "–"
    size = math.floor(math.log10(abs(value))) if value else 0
    rounded = round(value, 1 - size)
    size = math.floor(math.log10(abs(rounded))) if rounded else 0  # 99.7 has become 100
    return count(rounded, lang) if not rounded or size > 0 else decimal(rounded, 1 - size)


def change(value: float, lang: str) -> str:
    """Write a difference with two significant digits and its sign.

    >>> change(1234, "en"), change(-0.051, "ko"), change(0, "en")
    ('+1,200', '−0.051', '0')
    """
    return "+" + two(value, lang) if not _blank(value) and value > 0 else two(value, lang)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


WAYS = {
    "count": count,
    "won": won,
    "short": short,
    "two": two,
    "change": change,
    "percent": lambda value, lang: decimal(value, 1) + "%",
    "year": lambda value, lang: f"{int(value)}년" if lang == "ko" else str(int(value)),
    "text": lambda value, lang: str(value),
    **{f"decimal{n}": lambda value, lang, n=n: decimal(value, n) for n in range(5)},
}


def say(value: object, spec: str, lang: str) -> str:
    """Write a value by a spec: count, won, short, two, change, percent, decimal0 to 4, year, text.

    Raises UnknownName when there is no such spec.
    """
    return way(spec, lang)(value)


@cache
def way(spec: str, lang: str) -> Callable[[object], str]:
    """How a spec writes values in a language, found once where many follow; see `say`.

    >>> list(map(way("count", "en"), [1234, 56789]))
    ['1,234', '56,789']
    """
    if spec not in WAYS:
        raise UnknownName("unknown_format", spec, WAYS)
    return partial(WAYS[spec], lang=lang)


@cache
def _pieces(text: str, lang: str) -> list[tuple[str, str | None, Callable[[object], str]]]:
    """A text as what stands, the blank after it and how that is written, taken apart once."""
    parsed = [piece[:3] for piece in string.Formatter().parse(text)]
    return [(before, name, _written(spec, lang)) for before, name, spec in parsed]


def _written(spec: str | None, lang: str) -> Callable[[object], str]:
    if spec in PARTICLES:
        return lambda value: f"{value}{particle(str(value), spec)}" if lang == "ko" else str(value)
    return way(spec, lang) if spec else str


@cache
def catalogue(stem: str) -> dict[str, dict[str, str]]:
    """Read one file of words, data/words/<stem>.json; raises WordsMissing if there is none."""
    path = FOLDER / f"{stem}.json"
    if not path.is_file():
        raise WordsMissing("words_file_missing", stem=stem)
    return json.loads(path.read_text(encoding="utf-8"))


class Words:
    """The kit's words in one language; call it with a key and the values to fill in.

    Parameters
    ----------
    lang : str
        "ko" or "en".

    Raises
    ------
    UnknownName
        When the kit does not speak the language.

    >>> Words("en")("common.persons")
    'people'
    """

    def __init__(self, lang: str) -> None:
        self.lang = language(lang)

    def __call__(self, key: str, /, **values: object) -> str:
        """Say one key ("stem.rest"); raises WordsMissing when key or language is not there."""
        stem, _, rest = key.partition(".")
        text = catalogue(stem).get(rest, {}).get(self.lang)
        if text is None:
            raise WordsMissing("words_missing", asked=key, lang=self.lang)
        return self._filled(text, values) if values else text

    def _filled(self, text: str, values: dict[str, object]) -> str:
        said = []
        for before, name, written in _pieces(text, self.lang):
            said.append(before)
            if name is not None:
                said.append(written(values[name]))
        return "".join(said)

    def pick(self, both: dict[str, str]) -> str:
        """Choose this language from a {"ko": …, "en": …} pair."""
        if self.lang not in both:
            raise WordsMissing("words_missing", asked=str(both)[:60], lang=self.lang)
        return both[self.lang]

    @property
    def scale(self) -> int:
        """By what axes of large counts are divided: 만 in Korean, thousand in English."""
        return 10_000 if self.lang == "ko" else 1_000

    def say(self, value: object, spec: str) -> str:
        """Write a value by a spec in this language; see `say`."""
        return say(value, spec, self.lang)

    def group(self, prefix: str) -> dict[str, str]:
        """All words whose key begins with `prefix` ("common.ui."), by the rest of their key."""
        stem, _, start = prefix.partition(".")
        return {
            key.removeprefix(start): both[self.lang]
            for key, both in catalogue(stem).items()
            if key.startswith(start)
        }


def explain(error: KitError, lang: str) -> str:
    """Say an error in one language: what was asked, what is there, what to do next."""
    return Words(lang)(f"errors.{error.key}", **error.values)


# str(error) in a terminal: both languages, since nobody has said which one is wanted.
KitError.speak = lambda self: " / ".join(explain(self, lang) for lang in LANGUAGES)
