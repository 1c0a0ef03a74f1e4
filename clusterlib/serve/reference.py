"""The pages of data, claims and the model, for browsers and as documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from clusterlib import ledger, lessons, theme
from clusterlib.i18n import LANGUAGES, Words
from clusterlib.serve import prose, template

KINDS = ("data", "claims", "model")
# Sentences of the model's page with numbers in them.
COUNTED = ("what", "signs", "step", "plan", "ensemble", "outcomes", "learned", "audit",
           "audit.answer")  # fmt: skip
DOCS = lessons.FOLDER.parent / "docs"


@dataclass(frozen=True)
class Reference:
    """One of these pages in one language: what the common header asks of a page."""

    lesson: str
    lang: str
    title: str

    @property
    def step(self) -> str:
        """It stands at no lesson of the path."""
        return self.lesson

    @property
    def twin(self) -> str:
        """Path of the same page in the other language."""
        return f"{_other(self.lang)}/{self.lesson}"


def page(kind: str, lang: str, pages: list[template.Page], base_url: str = "/") -> str:
    """The page as HTML, with the way through the lessons that are served."""
    way = template.way(pages, lang)
    said = Words(lang)
    context = _context(kind, said, hidden=False)
    if kind == "model":
        context |= _read(context, lang, base_url)
    context |= {
        "path": way,
        "words": said.group("page."),
        "told": {"lesson": kind, "lang": lang, "base": base_url, "words": {}},
    }
    steps = {step["lesson"]: step for step in way if step["path"]}
    for entry in context["entries"] if kind == "data" else ():
        entry["used"] = [steps[name] for name in entry["lessons"] if name in steps]
    context["page"] = Reference(kind, lang, context.pop("title"))
    return template.environment(base_url).get_template(f"{kind}.html.j2").render(context)


def document(kind: str, lang: str) -> str:
    """The same as Markdown, complete: with what instructors read and what answers say."""
    context = _context(kind, Words(lang), hidden=True) | {
        "lang": lang,
        "other": _other(lang),
        "other_name": Words(lang)("page.other_language"),
    }
    return _markdown(kind, context)


def _markdown(kind: str, context: dict[str, Any]) -> str:
    plain = template.environment().overlay(autoescape=False)
    return plain.get_template(f"{kind}.md.j2").render(context).rstrip() + "\n"


def _read(context: dict[str, Any], lang: str, base_url: str) -> dict[str, Any]:
    """The page of the model: its document as HTML, with the list of its sections."""
    writer = prose.Writer(base_url)
    links = [
        *((f"{base_url}{lang}/{kind}", context["doors"][kind]) for kind in ("data", "claims")),
        (f"{base_url}{lang}/0_start", context["back"]),
    ]
    said = " · ".join(f"[{text}]({address})" for address, text in links)
    html = writer.html(_markdown("model", {**context, "links": said}))
    return {"text": html, "contents": writer.contents}


def write(folder: Path = DOCS) -> list[Path]:
    """Write docs/<kind> of every kind in both languages; returns the files that changed."""
    changed = []
    for kind in KINDS:
        for lang in LANGUAGES:
            path, text = folder / f"{kind}.{lang}.md", document(kind, lang)
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8", newline="\n")
                changed.append(path)
    return changed


def _other(lang: str) -> str:
    return next(each for each in LANGUAGES if each != lang)


def _context(kind: str, said: Words, hidden: bool) -> dict[str, Any]:
    shared = {
        "say": said.group("ledger."),
        "evidence": theme.EVIDENCE,
        "words_evidence": {kind: said(f"common.evidence.{kind}") for kind in theme.EVIDENCE},
    }
    if kind == "model":
        return _model(said)
    return shared | (_data(said, hidden) if kind == "data" else _claims(said, hidden))


def _model(said: Words) -> dict[str, Any]:
    from clusterlib.serve import model_page  # the model takes a moment; the other pages need it not

    found = model_page.context(said)
    doors = {kind: said(f"ledger.{kind}") for kind in KINDS}
    other = _other(said.lang)
    documents = [f"[{Words(said.lang)('page.other_language')}](model.{other}.md)"]
    documents += [f"[{doors[kind]}]({kind}.{said.lang}.md)" for kind in ("data", "claims")]
    links = f"{said('ledger.generated')} {said('ledger.same')}: {' · '.join(documents)}"
    told = {name: said(f"model.page.{name}", **found["facts"]) for name in COUNTED}
    return {**found, "told": told, "doors": doors, "links": links, "back": said("ledger.back")}


def _data(said: Words, hidden: bool) -> dict[str, Any]:
    entries = [_described(table, said) for table in ledger.tables(said.lang)]
    return {
        "title": said("ledger.data.title", n=len(entries)),
        "entries": entries,
        "contents": [{"id": f"table-{e['name']}", "text": e["title"]} for e in entries],
    }


def _described(table: dict[str, Any], said: Words) -> dict[str, Any]:
    first, last = table["first"], table["last"]
    span = said("ledger.year" if first == last else "ledger.years", first=first, last=last)
    standings = [
        said("ledger.standing.count", standing=said(f"ledger.standing.{name}"), n=n)
        for name, n in table["standings"].items()
    ]
    fresh = {"date": table["refreshed"], "table": table["name"]}
    for source in table["sources"]:
        source["host"] = urlsplit(source["url"] or "").hostname
    return {
        **table,
        "extent": f"{said('ledger.rows', n=table['rows'])} · {span}",
        "gaps": _gaps(table, said),
        "standing_text": ", ".join(standings),
        "fields_text": said("ledger.fields", n=len(table["fields"])),
        "refreshed_text": said("ledger.refreshed", **fresh) if fresh["date"] else "",
    }


def _gaps(table: dict[str, Any], said: Words) -> list[str]:
    if not table["path"].endswith(".csv"):
        return [said("ledger.gaps.map")]
    found = []
    if table["missing_years"]:
        years = ", ".join(map(str, table["missing_years"]))
        found.append(said("ledger.gaps.years", years=years))
    blanks = [
        said("ledger.gaps.field", title=field["title"], n=field["blanks"], rows=table["rows"])
        for field in table["fields"]
        if field["blanks"]
    ]
    if blanks:
        found.append(said("ledger.gaps.blanks", fields="; ".join(blanks)))
    return found or [said("ledger.gaps.none")]


def _claims(said: Words, hidden: bool) -> dict[str, Any]:
    entries = [
        {
            "lesson": lesson,
            "number": lesson.split("_")[0],
            "name": said.pick(lessons.header(lesson, lang)["title"]),
            "claims": [
                _claim(claim, said)
                for claim in ledger.claims(lang, lesson)
                if hidden or not claim["hidden"]
            ],
        }
        for lesson, lang in lessons.found()
        if lang == said.lang
    ]
    n = sum(len(claim["numbers"]) for entry in entries for claim in entry["claims"])
    contents = [{"id": f"lesson-{e['number']}", "text": f"{e['number']} {e['name']}"}
                for e in entries]  # fmt: skip
    return {
        "title": said("ledger.claims.title", n=n),
        "entries": entries,
        "contents": [*contents, {"id": "unkeyed", "text": said("ledger.unkeyed")}],
        "titles": ledger.titles(said.lang),
        "unkeyed": ledger.unkeyed(),
    }


def _claim(claim: dict[str, Any], said: Words) -> dict[str, Any]:
    exercise = claim["part"] == "exercise"
    place = said("ledger.exercise", id=claim["place"]) if exercise else claim["place"]
    numbers = [
        {
            **number,
            "standing_text": said(f"ledger.standing.{number['standing'] or 'derived'}"),
            "rows_text": _behind(number["rows"], said),
        }
        for number in claim["numbers"]
    ]
    kinds = dict.fromkeys(kind for number in numbers for kind in number["evidence"])
    return {**claim, "place_text": place, "numbers": numbers, "evidence": list(kinds)}


def _behind(rows: int, said: Words) -> str:
    key = {0: "ledger.constants", 1: "ledger.one_row"}.get(rows, "ledger.behind")
    return said(key, n=rows)
