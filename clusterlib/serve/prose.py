"""A lesson's markdown as HTML: headings with the same ids in every language, links that work."""

from __future__ import annotations

import re
from html import unescape

_LETTER = re.compile(r"&#(\d{3,});")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"<h([1-6])(?: [^>]*)?>(.*?)</h\1>", re.DOTALL)
_ANCHOR = re.compile(r'<a class="anchor-link"[^>]*>.*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LESSON_LINK = re.compile(r'href="(?:\./)?([0-9a-z_]+)\.(ko|en)\.ipynb(#[^"]*)?"')
_BOOK_LINK = re.compile(r'href="\.\./docs/(data|claims|model)\.(ko|en)\.md(#[^"]*)?"')
_PICTURE = re.compile(r'src="(?:\./)?assets/([\w.-]+)"')
_OUTSIDE = re.compile(r'<a href="(https?://[^"]+)"')
# Between the parts of one Korean number, 11만 7,378, no line may end.
_WITHIN = re.compile(r"(?<=\d[만억조]) (?=\d)")
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


class Writer:
    """Turns the prose cells of one page into HTML and keeps the list of its sections.

    Parameters
    ----------
    base_url : str
        Path of the server, with slashes at both ends.
    """

    def __init__(self, base_url: str = "/") -> None:
        self.base_url = base_url
        self.headings = 0
        self.contents: list[dict[str, str]] = []

    def html(self, markdown: str) -> str:
        r"""Render one cell; headings are numbered on from the cell before.

        >>> Writer().html("## One <!--fact: a/b--> two")
        '<h2 id="s1">One two</h2>'
        >>> Writer().html("11만 7,378")
        '<p>11만\xa07,378</p>'
        """
        text = _WITHIN.sub("\u00a0", _COMMENT.sub("", _render(markdown)).strip())
        text = _HEADING.sub(self._heading, text)
        text = _LESSON_LINK.sub(rf'href="{self.base_url}\2/\1\3"', text)
        text = _BOOK_LINK.sub(rf'href="{self.base_url}\2/\1\3"', text)
        text = _PICTURE.sub(rf'src="{self.base_url}kit/assets/\1"', text)
        text = _OUTSIDE.sub(r'<a rel="noopener noreferrer" href="\1"', text)
        # A wide table scrolls inside its own frame; the frame takes focus so that keys can move it.
        return _TABLE.sub(r'<div class="kit-scroll" tabindex="0" role="group">\g<0></div>', text)

    def _heading(self, match: re.Match[str]) -> str:
        self.headings += 1
        level, inner = match[1], _LETTER.sub(_letter, " ".join(_ANCHOR.sub("", match[2]).split()))
        name = f"s{self.headings}"
        if level == "2":
            self.contents.append({"id": name, "text": plain(inner)})
        return f'<h{level} id="{name}">{inner}</h{level}>'


def _letter(match: re.Match[str]) -> str:
    """Hangul as itself: nbconvert writes it in headings as numbers, three times as long."""
    return chr(int(match[1]))


def plain(html: str) -> str:
    """The text of a piece of HTML, without its tags."""
    return unescape(_TAG.sub("", html)).strip()


def _render(markdown: str) -> str:
    # nbconvert costs 0.2 s; a server that only answers for Lab need not pay it.
    from nbconvert.filters.markdown import markdown2html

    return markdown2html(markdown)
