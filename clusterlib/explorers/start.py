"""Lesson 0: the first figure, the lessons as doors, the self-test, the glossary, the tables."""

from __future__ import annotations

import os
from typing import Any

import pandas as pd
import traitlets

from clusterlib import catalog, datasets, lessons, live, progress
from clusterlib.charts import migration
from clusterlib.errors import KitError
from clusterlib.i18n import Words, catalogue, explain

ROUTES = ("seminar", "brief50", "day", "self")


def first_look(words: Words, flows: pd.DataFrame) -> live.LiveFigure:
    """Answer the first prediction: fifty-six years of balance, the years of loss marked."""
    return live.explorer(migration.first_look(flows, words), words)


class Panel(live.Engine):
    """A panel of the first page: what it shows is in `about`, how stands in panel.js."""

    _esm = live.script("dom", "engine", "panel")
    _css = live.style()
    about = traitlets.Dict().tag(sync=True)


def doors(words: Words) -> Panel:
    """The lessons in their order, with minutes and progress, and the parts each route takes."""
    routes = {
        name: {
            "label": words(f"common.doors.route.{name}"),
            "help": words(f"common.doors.route.{name}.help"),
        }
        for name in ROUTES
    }
    return _panel("doors", words, lessons=_doors(words), routes=routes)


def _doors(words: Words) -> list[dict[str, Any]]:
    path = [key for key in catalogue("page") if key.startswith("path.")]
    return [_door(key.removeprefix("path."), words) for key in path]


def _door(lesson: str, words: Words) -> dict[str, Any]:
    door = {"id": lesson, "number": lesson[0], "title": words(f"page.path.{lesson}"), "routes": {}}
    if (lesson, words.lang) not in lessons.found():
        return {**door, "href": "", "said": words("common.doors.coming")}
    said = lessons.header(lesson, words.lang)
    served = os.environ.get("KIT_SERVED") == "1"
    parts = {
        route: [words(f"common.section.{part}") for part in said.get("routes", {}).get(route, [])]
        for route in ROUTES
    }
    return {
        **door,
        "title": words.pick(said["title"]),
        "href": lesson if served else f"{lesson}.{words.lang}.ipynb",
        "said": words("common.doors.minutes", n=lessons.minutes(said)),
        "routes": parts,
    }


def selftest(words: Words) -> Panel:
    """Look whether kernel, data, saving, fonts and charts work; a sentence on what to do if not."""
    checks = [
        (words("common.test.kernel"), ""),
        (words("common.test.data", n=len(catalog.records())), _problem(catalog.verify, words)),
        (words("common.test.work"), _problem(progress.Store, words)),
    ]
    return _panel("test", words, kind="selftest", checks=checks)


def _problem(action: Any, words: Words) -> str:
    try:
        action()
    except KitError as problem:
        return explain(problem, words.lang)
    except OSError as problem:
        return words("errors.cannot_write", why=problem.strerror or str(problem))
    return ""


def glossary(words: Words) -> Panel:
    """Every term of the kit with its explanation, to search."""
    terms = {name: words.pick(entry) for name, entry in catalogue("glossary").items()}
    return _panel("glossary", words, terms=terms)


def tables(words: Words) -> Panel:
    """Every table with its standing, years, sources and caveats, to search."""
    served = os.environ.get("KIT_SERVED") == "1"
    shown = {name: _table(about, words) for name, about in catalog.records().items()}
    for name, entry in shown.items():
        entry["href"] = f"data#table-{name}" if served else ""
    said = words.group("ledger.tables.")
    return Panel(about={"kind": "glossary", "lang": words.lang, "words": said, "terms": shown})


def _table(about: dict[str, Any], words: Words) -> dict[str, str]:
    first, last = about["coverage"]["from"], about["coverage"]["to"]
    years = words("ledger.year" if first == last else "ledger.years", first=first, last=last)
    sources = datasets.citation(pd.DataFrame({"source": about["sources"]}), words.lang)
    parts = [words(f"common.evidence.{about['evidence']}"), years, about["name"], sources]
    caveats = about[f"caveats_{words.lang}"]
    return {"term": about[f"title_{words.lang}"], "text": f"{' · '.join(parts)}. {caveats}"}


def _panel(group: str, words: Words, kind: str = "", **about: Any) -> Panel:
    said = words.group(f"common.{group}.")
    return Panel(about={"kind": kind or group, "lang": words.lang, "words": said, **about})
