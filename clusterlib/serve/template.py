"""What the page template is given: words, colours, the way through the lessons, file versions."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import jinja2

from clusterlib import theme
from clusterlib.i18n import LANGUAGES, Words
from clusterlib.serve.pages import Page, lesson_path
from clusterlib.serve.settings import STATIC, WEB

FOLDER = WEB / "jupyter" / "voila" / "templates" / "kit"


def resources(pages: list[Page], base_url: str = "/") -> dict[str, Any]:
    """Everything that the template of a lesson page shows besides the lesson itself."""
    return {
        "words": {lang: Words(lang).group("page.") for lang in LANGUAGES},
        "lessons": {lang: lesson_path(pages, lang) for lang in LANGUAGES},
        "colours": theme.css_variables(),
        "files": {path.name: address(path.name, base_url) for path in STATIC.glob("*.*")},
    }


def address(name: str, base_url: str = "/") -> str:
    """Address of one of the kit's own files, with its version, so that browsers may keep it."""
    return f"{base_url}kit/static/{name}?v={_version(name)}"


@cache
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def environment(base_url: str = "/") -> jinja2.Environment:
    """The templates of the pages that are no lessons: entrance, errors, not found."""
    loader = jinja2.FileSystemLoader(FOLDER)
    found = jinja2.Environment(loader=loader, autoescape=True, extensions=["jinja2.ext.i18n"])
    found.install_null_translations()
    found.globals["kit"] = resources([], base_url)
    return found
