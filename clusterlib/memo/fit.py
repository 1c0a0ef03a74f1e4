"""Whether a memo is one page: lines and heights counted, before any office has opened it.

The measures are on the safe side of the fonts that offices have: letters are taken as wide as in
the wide ones, and a word is never broken to fill a line. What the learner wrote is never
cut: reasons that leave no room go on, visibly, on a second page.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from clusterlib.memo import Block, Memo, Table

PAGE = (210.0, 297.0)  # A4, millimetres
MARGINS = {"left": 18.0, "right": 18.0, "top": 14.0, "bottom": 12.0}
WIDTH = PAGE[0] - MARGINS["left"] - MARGINS["right"]
HEIGHT = PAGE[1] - MARGINS["top"] - MARGINS["bottom"]
SPARE = 5.0  # left free: fonts differ from office to office
SIZES = (10.0, 9.5, 9.0, 8.5)  # points of the body, tried in this order
POINT = 0.3528  # millimetres
LEAST_LINES = 4  # of reasons on the first page, when they go on


@dataclass(frozen=True)
class Style:
    """How a kind of block is set: points beside the body's, leading, space in points, indent."""

    more: float = 0.0
    leading: float = 1.3
    before: float = 0.0
    after: float = 1.5
    indent: float = 0.0  # millimetres; lines after the first stand under the words, not the sign


TITLE = Style(6.0, before=0.0, after=3.0)
STYLES = {
    "mark": Style(-1.0, after=1.0),
    "byline": Style(-0.5, after=2.0),
    "head": Style(1.0, before=4.0, after=1.5),
    "item": Style(indent=2.0),
    "sub": Style(-0.5, indent=5.0),
    "reason": Style(indent=5.0),
    "caption": Style(-1.5, after=2.0),
    "link": Style(-2.5, leading=1.2, after=0.0),
    "picture": Style(after=1.0),
    "table": Style(-1.5, leading=1.2, after=3.0),
}
INK, GREY, EDGE, SHADE = "1B1F24", "565D66", "83868C", "EEF2F5"
PALE = ("mark", "byline", "caption", "link")  # kinds that are set in grey
CELL = (0.7, 0.3)  # free space left and right, above and below, millimetres
NARROW = set("fijlrt.,:;'|!()[] \u00a0·-")
WIDE = set("mwMW@%&")


def em(char: str) -> float:
    """How wide a letter is, in letters of the size."""
    if unicodedata.east_asian_width(char) in "WF":
        return 0.98
    if char in NARROW:
        return 0.36
    if unicodedata.combining(char):
        return 0.0
    if char in WIDE:
        return 0.9
    if char.isdigit() or char.islower():
        return 0.56
    return 0.7 if ord(char) < 0x2000 else 1.0


def width(text: str) -> float:
    """How wide a text is on one line, in letters of the size."""
    return sum(map(em, text))


def lines(text: str, room: float) -> list[str]:
    """A text in lines no wider than `room` letters; only a word longer than a line is broken."""
    found, now, used = [], "", 0.0
    for word in text.split(" "):
        wide = width(word)
        if now and used + em(" ") + wide > room:
            found.append(now)
            now, used = "", 0.0
        while wide > room:
            at = _fits(word, room)
            found.append(word[:at])
            word = word[at:]
            wide = width(word)
        now, used = (f"{now} {word}", used + em(" ") + wide) if now else (word, wide)
    return [*found, now]


def _fits(word: str, room: float) -> int:
    used = 0.0
    for at, char in enumerate(word):
        used += em(char)
        if used > room:
            return max(at, 1)
    return len(word)


def hang(memo: Memo, kind: str) -> float:
    """How far the lines after the first move in, in millimetres: as far as the sign is wide."""
    sign = memo.marks.get(kind, "")
    letter = (memo.size + STYLES[kind].more) * POINT
    return width(f"{sign} ") * letter if sign else 0.0


def room(style: Style, size: float, moved: float = 0.0) -> float:
    """How many letters a line of a style holds."""
    return (WIDTH - style.indent - moved) / ((size + style.more) * POINT)


def height(memo: Memo) -> float:
    """How high the title and all blocks stand, in millimetres."""
    title = lines(memo.title, room(TITLE, memo.size))
    return _high(TITLE, memo.size, len(title)) + sum(_block(memo, each) for each in memo.blocks)


def _high(style: Style, size: float, count: int) -> float:
    return ((size + style.more) * style.leading * count + style.before + style.after) * POINT


def _block(memo: Memo, block: Block) -> float:
    if block.kind == "page":
        return 0.0
    style = STYLES[block.kind]
    if block.table:
        return sum(rows(block.table, memo.size)) + style.after * POINT
    if block.picture:
        return block.picture.height + style.after * POINT
    said = f"{memo.said(block)} {block.url}" if block.url else memo.said(block)
    most = room(style, memo.size, hang(memo, block.kind))
    return _high(style, memo.size, len(lines(said, most)))


def rows(table: Table, size: float) -> list[float]:
    """How high the rows of a table stand, that of its head first, in millimetres."""
    style = STYLES["table"]
    letter = (size + style.more) * POINT
    wide = [share * WIDTH - 2 * CELL[0] for share in table.widths]
    counts = (
        max(len(lines(cell, w / letter)) for cell, w in zip(row, wide, strict=True))
        for row in (table.columns, *table.rows)
    )
    return [count * letter * style.leading + 2 * CELL[1] for count in counts]


def fitted(memo: Memo, goes_on: Block, heading: Block) -> Memo:
    """The memo at the largest size at which it is one page.

    Where even the smallest leaves no room for all reasons, the page takes as many as it can, says
    `goes_on`, and the rest stands on a second page under `heading`.

    Parameters
    ----------
    memo : Memo
        At any size; its blocks of kind "reason" may be moved.
    goes_on, heading : Block
        What is said where the reasons stop, and over the rest of them.
    """
    tried = [replace(memo, size=size) for size in SIZES]
    most = HEIGHT - SPARE
    for each in tried:
        if height(each) <= most:
            return each
    for each in tried:
        others = [b for b in each.blocks if b.kind != "reason"]
        free = most - height(replace(each, blocks=(*others, goes_on)))
        line = _high(STYLES["reason"], each.size, 1)
        if free >= LEAST_LINES * line or each.size == SIZES[-1]:
            return _parted(each, free, goes_on, heading)
    return tried[-1]


def _parted(memo: Memo, free: float, goes_on: Block, heading: Block) -> Memo:
    first, rest = [], []
    for block in (b for b in memo.blocks if b.kind == "reason"):
        high = _block(memo, block)
        if rest or high > free:
            head, tail = ("", block.text) if rest else _cut(memo, block, free)
            first += [replace(block, text=head)] if head else []
            rest += [replace(block, text=tail)]
        else:
            first.append(block)
            free -= high
    places = [n for n, block in enumerate(memo.blocks) if block.kind == "reason"]
    before, after = memo.blocks[: places[0]], memo.blocks[places[-1] + 1 :]
    second = (Block("page"), heading, *rest)
    return replace(memo, blocks=(*before, *first, goes_on, *after, *second))


def _cut(memo: Memo, block: Block, free: float) -> tuple[str, str]:
    """What of a paragraph stands in the free height, and the rest, which begins with a word."""
    style, sign = STYLES[block.kind], memo.said(replace(block, text=""))
    one = (memo.size + style.more) * style.leading * POINT
    count = int((free - style.after * POINT) / one)
    set_in = lines(sign + block.text, room(style, memo.size, hang(memo, block.kind)))
    head = " ".join(set_in[:count]).removeprefix(sign) if count > 0 else ""
    if not block.text.startswith(head):  # a broken word stands in no line whole
        head = _common(block.text, head)
    return head, block.text[len(head) :].lstrip()


def _common(text: str, head: str) -> str:
    """As much of a text as the joined lines hold, spaces aside."""
    left = len(head.replace(" ", ""))
    for at, char in enumerate(text):
        if left == 0:
            return text[:at]
        left -= char != " "
    return text
