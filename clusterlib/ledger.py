"""The kit's own account: each table with its gaps, each number in prose with its origin."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from clusterlib import catalog, datasets, facts, lessons
from clusterlib.i18n import LANGUAGES

ROOT = lessons.FOLDER.parent
UNKEYED = ROOT / "tests" / "numbers_without_key.txt"
HIDDEN_TAGS = frozenset({"instructor", "lab-only"})
# From good to poor: a claim stands as well as the poorest row behind it.
STANDINGS = ("seen-official", "seen-secondary", "derived", "from-memory")
ASKED = frozenset({"title", "prompt"})
_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
_MARKUP = re.compile(r"<!--.*?-->|<[^>]+>|\*\*|__|`|^[#>|\-\d.]+ |\]\([^)]*\)|\[", re.MULTILINE)
_ENDS = re.compile(r"(?<=[.!?。])\s+|\n|\|")


def tables(lang: str) -> list[dict[str, Any]]:
    """Every record of the catalogue, described in one language, in the catalogue's order."""
    used = _used()
    return [_table(about, lang, used) for about in catalog.records().values()]


def titles(lang: str) -> dict[str, str]:
    """The title of every record by its name."""
    return {name: about[f"title_{lang}"] for name, about in catalog.records().items()}


def _table(about: dict[str, Any], lang: str, used: dict[str, list[str]]) -> dict[str, Any]:
    name = about["name"]
    return {
        "name": name,
        "title": about[f"title_{lang}"],
        "caveats": about[f"caveats_{lang}"],
        **{key: about[key] for key in ("evidence", "rows", "path", "recipe", "retrieved")},
        "first": about["coverage"]["from"],
        "last": about["coverage"]["to"],
        "key": catalog.key(name),
        "licences": [x["title_ko"] if lang == "ko" else x["title"] for x in about["licenses"]],
        "sources": [source(each, lang) for each in about["sources"]],
        "fields": _fields(about, lang),
        "lessons": used.get(name, []),
        "refreshed": catalog.refreshed().get(name, {}).get("retrieved", "")[:10],
        **_gaps(about),
    }


def _fields(about: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    frame = _frame(about)
    return [
        {
            "name": field["name"],
            "title": field[f"title_{lang}"],
            "type": field["type"],
            "unit": field["unit"],
            "blanks": 0 if frame is None else int(frame[field["name"]].isna().sum()),
        }
        for field in about["schema"]["fields"]
    ]


def _frame(about: dict[str, Any]) -> Any:
    return datasets.table(about["name"]) if about["format"] == "csv" else None


def _gaps(about: dict[str, Any]) -> dict[str, Any]:
    """What is missing inside a table: years between the first and the last, rows by standing."""
    frame = _frame(about)
    if frame is None:
        return {"missing_years": [], "standings": {}}
    dated = about["schema"]["fields"][0]["name"] == "year"
    years = set(frame["year"].dropna()) if dated and "year" in frame else set()
    span = range(min(years), max(years) + 1) if years else ()
    counted = Counter(frame["confidence"]) if "confidence" in frame else Counter()
    return {
        "missing_years": [int(year) for year in span if year not in years],
        "standings": {name: counted[name] for name in STANDINGS if counted[name]},
    }


@cache
def _sources() -> dict[str, dict[str, Any]]:
    frame = datasets.table("sources").set_index("source", drop=False)
    return frame.astype(object).where(frame.notna(), None).to_dict("index")


def source(name: str, lang: str) -> dict[str, Any]:
    """One source: short label, title as printed, publisher, year, address, licence, retrieved."""
    row = _sources()[name]
    keys = ("source", "title", "publisher", "year", "url", "licence", "retrieved")
    return {"short": row[f"short_{lang}"], **{key: row[key] for key in keys}}


def _used() -> dict[str, list[str]]:
    """The lessons that name a table in their header or in the key of a number."""
    used: dict[str, set[str]] = {}
    for lesson, lang in lessons.found():
        named = set(lessons.header(lesson, lang).get("tables", []))
        held = (number for claim in claims(lang, lesson) for number in claim["numbers"])
        named |= {name for number in held for name in number["tables"]}
        for name in named:
            used.setdefault(name, set()).add(lesson)
    return {name: sorted(found) for name, found in used.items()}


def claims(lang: str, lesson: str) -> list[dict[str, Any]]:
    """The sentences of a lesson and its exercises that hold keyed numbers, in one language.

    Each has: pieces (text, number, text, …), numbers (what stands behind each), part ("text" or
    "exercise"), place (the heading, or the exercise's id), anchor, and hidden: whether it belongs
    to notes for instructors or would give an answer away.
    """
    said = [*_prose(lang, lesson), *_items(lang, lesson)]
    return [{**about, **held} for text, about in said for held in _sentences(text, lang)]


def _sentences(text: str, lang: str) -> Iterator[dict[str, Any]]:
    found = list(facts.WRITTEN.finditer(text))
    count = iter(range(len(found)))
    marked = facts.WRITTEN.sub(lambda _: f"\0{next(count)}\0", text)
    for sentence in _ENDS.split(_MARKUP.sub("", marked)):
        pieces = sentence.strip().split("\0")
        numbers = [_number(found[int(n)], lang) for n in pieces[1::2]]
        pieces[1::2] = [number["shown"] for number in numbers]
        if numbers:
            yield {"pieces": pieces, "numbers": numbers}


def _number(found: re.Match[str], lang: str) -> dict[str, Any]:
    proof = _proof(found["key"])
    sources = [_sources()[name][f"short_{lang}"] for name in proof["source_keys"]]
    return {"shown": found["shown"], "key": found["key"], **proof, "sources": sources}


@cache
def _proof(key: str) -> dict[str, Any]:
    """What stands behind a key: paths, tables, sources, the poorest standing, the evidence."""
    paths = facts.paths(key)
    frames = [facts.rows(path) for path in paths]
    tables = list(dict.fromkeys(path.split("/")[0] for path in paths))
    named = [name for frame in frames if "source" in frame for name in frame["source"]]
    seen = {name for frame in frames if "confidence" in frame for name in frame["confidence"]}
    return {
        "paths": paths,
        "tables": tables,
        "rows": sum(map(len, frames)),
        "source_keys": list(dict.fromkeys(named)),
        "standing": max(seen, key=STANDINGS.index, default=""),
        "evidence": list(dict.fromkeys(catalog.record(name)["evidence"] for name in tables)),
    }


def _prose(lang: str, lesson: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The markdown cells that learners see, with the heading above and its anchor on the page."""
    path = lessons.found()[lesson, lang]
    heading, count = "", 0
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        hidden = HIDDEN_TAGS & set(cell["metadata"].get("tags", []))
        if cell["cell_type"] != "markdown":
            continue
        text = "".join(cell["source"])
        titles = _HEADING.findall(text)
        if titles:
            heading = _MARKUP.sub("", titles[0])
        anchor = "" if hidden else f"s{count + bool(titles)}"
        count += 0 if hidden else len(titles)
        yield text, {"part": "text", "place": heading, "anchor": anchor, "hidden": bool(hidden)}


def _items(lang: str, lesson: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The exercises of a lesson; only what is asked is open, the rest would give it away."""
    number = lesson.split("_")[0]
    for path in sorted((ROOT / "exercises").glob(f"{number}.*.json")):
        item = json.loads(path.read_text(encoding="utf-8"))
        about = {"part": "exercise", "place": item["id"], "anchor": ""}
        for key, part in item.items():
            hidden = key not in ASKED
            for text in _texts(part, lang):
                yield text, {**about, "hidden": hidden}


def _texts(part: Any, lang: str) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _texts(each, lang)
    if isinstance(part, dict):
        if isinstance(part.get(lang), str):
            yield part[lang]
        for value in part.values():
            yield from _texts(value, lang)


def unkeyed(path: Path = UNKEYED) -> list[dict[str, str]]:
    """Numbers in prose that carry no key, once for both languages, with the reason."""
    if not path.is_file():
        return []
    found: dict[tuple[str, str, str], None] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        where, _, reason = line.partition(" | ")
        place, _, number = where.rpartition(": ")
        for lang in LANGUAGES:
            place = place.replace(f".{lang}.ipynb", "").removesuffix(f":{lang}")
        found[place, number, reason] = None
    return [dict(zip(("place", "number", "reason"), each, strict=True)) for each in found]
