"""A memo of one page as bytes: .docx, .hwpx and .md; the only room that knows document formats.

`Memo` holds what the page says, block by block, whatever the format; each writer is a walk over
the blocks, so that the three files cannot say different things. What it says (numbers, sentences)
is the business of who makes it.

>>> memo = Memo("en", "A title", (Block("head", "Why"), Block("item", "Because")))
>>> write(memo, "md", date(2026, 1, 2)).decode().splitlines()[0]
'# A title'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module

from clusterlib.errors import UnknownName

# What a block can be. "page" begins a new one; "reason" is a paragraph of the learner's own.
KINDS = ("mark", "byline", "head", "item", "sub", "reason", "caption", "link",
         "table", "picture", "page")  # fmt: skip
FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "hwpx": "application/hwp+zip",
    "md": "text/markdown; charset=utf-8",
}
WRITERS = {"docx": "word", "hwpx": "hangul", "md": "markdown"}
BODY = 10.0  # points


@dataclass(frozen=True)
class Table:
    """Columns of words and figures; every cell is text.

    widths : share of the page's width, one a column.
    heads : how many columns on the left hold words; the others hold figures, set to the right.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    heads: int = 1


@dataclass(frozen=True)
class Picture:
    """A PNG, its size on paper in millimetres, and what it shows in words."""

    png: bytes
    width: float
    height: float
    alt: str


@dataclass(frozen=True)
class Block:
    """One paragraph, table or picture; `url` is what a link leads to, written out."""

    kind: str
    text: str = ""
    url: str = ""
    table: Table | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class Memo:
    """A page to be written.

    lang : "ko" or "en".
    title : stands over it, and in the file's properties.
    blocks : what follows, in order.
    marks : the sign before a block, by its kind ("□" before a head); Markdown has its own.
    fonts : the typeface by format.
    author : for the file's properties.
    size : points of the body; tables and notes follow it.
    """

    lang: str
    title: str
    blocks: tuple[Block, ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    size: float = BODY

    def said(self, block: Block) -> str:
        """The text of a block with its sign."""
        mark = self.marks.get(block.kind, "")
        return f"{mark} {block.text}" if mark else block.text


def write(memo: Memo, kind: str, when: date) -> bytes:
    """The bytes of a memo's file; the same memo and day give the same bytes.

    Parameters
    ----------
    memo : Memo
        What it says; see `fit.fitted` for making it one page.
    kind : str
        "docx", "hwpx" or "md".
    when : date
        The day in the file's properties; no clock is read here.

    Raises
    ------
    UnknownName
        For another format.
    """
    if kind not in WRITERS:
        raise UnknownName("unknown_memo_format", kind, WRITERS)
    return import_module(f"clusterlib.memo.{WRITERS[kind]}").written(memo, when)
