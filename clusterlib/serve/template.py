"""The page around a lesson's text: words, colours, the way through the lessons, file versions."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from clusterlib import lessons, theme
from clusterlib.i18n import LANGUAGES, Words, catalogue
from clusterlib.serve import prose
from clusterlib.serve.settings import STATIC, WEB

FOLDER = WEB / "jupyter" / "voila" / "templates" / "kit"
INSTRUMENT = "lab"  # the layout of a page that is one instrument
# Words that the page's own scripts say.
SPOKEN = ("done", "reload", "died", "away", "slow")


@dataclass(frozen=True)
class Page:
    """One lesson in one language, and the notebook it comes from."""

    lesson: str
    lang: str
    source: Path

    @property
    def file(self) -> str:
        """Name of the notebook in the served folder."""
        return f"{self.lesson}.{self.lang}.ipynb"

    @property
    def path(self) -> str:
        """Address below the server's base, without a leading slash."""
        return f"{self.lang}/{self.lesson}"

    @property
    def header(self) -> dict[str, Any]:
        """What the lesson says of itself."""
        return lessons.header(self.lesson, self.lang, self.source.parent)

    @property
    def layout(self) -> str:
        """How the page is laid out: "lesson", or as a page that is no lesson says."""
        return self.header.get("page", "lesson")

    @property
    def step(self) -> str:
        """The lesson on the path where the page stands: itself, or the one it belongs to."""
        return self.header.get("of", self.lesson)

    @property
    def title(self) -> str:
        """Title in the lesson's language."""
        return self.header.get("title", {}).get(self.lang, self.lesson)

    @property
    def minutes(self) -> int | None:
        """How long the lesson takes, if it says so."""
        return lessons.minutes(self.header)

    @property
    def twin(self) -> str | None:
        """Path of the same lesson in the other language, if it is there."""
        other = next(lang for lang in LANGUAGES if lang != self.lang)
        there = (self.lesson, other) in lessons.served(self.source.parent)
        return f"{other}/{self.lesson}" if there else None


def way(pages: list[Page], lang: str) -> list[dict[str, Any]]:
    """The way through the lessons: each with number, short name, and address if it exists yet."""
    names = {
        key.removeprefix("path."): both[lang]
        for key, both in catalogue("page").items()
        if key.startswith("path.")
    }
    own = [page for page in pages if page.lang == lang and page.layout == "lesson"]
    here = {page.lesson: page for page in own}
    for lesson, page in here.items():
        names.setdefault(lesson, page.title)
    return [
        {
            "lesson": lesson,
            "number": lesson.split("_")[0],
            "name": name,
            "path": here[lesson].path if lesson in here else None,
        }
        for lesson, name in names.items()
    ]


class Writer:
    """Writes the part of a lesson page that needs no kernel.

    Parameters
    ----------
    pages : list of Page
        All pages that are served: they make the way through the lessons.
    base_url : str
        Path of the server, with slashes at both ends.
    """

    def __init__(self, pages: list[Page], base_url: str = "/") -> None:
        self.base_url = base_url
        self.paths = {lang: way(pages, lang) for lang in LANGUAGES}
        self.template = environment(base_url).get_template("page.html.j2")

    def page(self, page: Page, cells: list[dict[str, Any]]) -> str:
        """The page as HTML: prose in its place, an empty place for what each code cell makes."""
        text = prose.Writer(self.base_url)
        shown = _places(cells, text)
        if page.layout == INSTRUMENT:  # one's own record stands below it, so it is reached after it
            shown.sort(key=lambda place: place.get("index") == 0)
        words = Words(page.lang).group("page.")
        told = {"lesson": page.lesson, "lang": page.lang, "base": self.base_url}
        told["layout"] = page.layout
        told["words"] = {key: words[key] for key in SPOKEN}
        path = self.paths[page.lang]
        return self.template.render(
            page=page, cells=shown, contents=text.contents, words=words, told=told, path=path
        )


def _places(cells: list[dict[str, Any]], text: prose.Writer) -> list[dict[str, Any]]:
    made = 0
    shown = []
    for cell in cells:
        about = cell["metadata"].get("kit", {})
        if cell["cell_type"] == "markdown":
            html = text.html("".join(cell["source"]))
            shown.append({"html": html, "lines": _lines(html)})
        else:
            shown.append({"index": made, "height": about.get("height"), "wide": about.get("wide")})
            made += 1
    return shown


def _lines(html: str) -> int:
    """About how many lines a cell's text takes: the room kept for it while it is out of sight."""
    blocks = re.split(r"</(?:p|li|h\d|tr)>", re.sub(r"<(?!/(?:p|li|h\d|tr)>)[^>]*>", "", html))
    # A Hangul syllable is as wide as two Latin letters; a line holds about 75 of those.
    widths = (sum(2 if letter > "\u1100" else 1 for letter in block.strip()) for block in blocks)
    return sum(width // 75 + 2 for width in widths if width)


def address(name: str, base_url: str = "/") -> str:
    """Address of one of the kit's own files, with its version, so that browsers may keep it."""
    return f"{base_url}kit/static/{name}?v={_version(name)}"


@cache
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def environment(base_url: str = "/") -> jinja2.Environment:
    """The kit's own templates, with what all of them show."""
    loader = jinja2.FileSystemLoader(FOLDER)
    found = jinja2.Environment(loader=loader, autoescape=True, extensions=["jinja2.ext.i18n"])
    found.install_null_translations()
    found.globals |= {
        "base": base_url,
        "files": {path.name: address(path.name, base_url) for path in STATIC.glob("*.*")},
        "colours": theme.css_variables(),
        "both": {lang: Words(lang).group("page.") for lang in LANGUAGES},
    }
    return found
