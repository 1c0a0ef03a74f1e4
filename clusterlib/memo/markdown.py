"""A memo as Markdown, for those who paste it elsewhere; words of others stay words."""

from __future__ import annotations

import base64
import re
from datetime import date

from clusterlib.memo import Block, Memo, Table

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
# At the beginning of a line these would make a list, a rule or a heading.
OPENING = re.compile(r"^(\d+)([.)])|^([-+=])")
BEFORE = {"head": "## ", "item": "- ", "sub": "  - ", "reason": "> ", "mark": "**"}
AFTER = {"mark": "**"}
PICTURE = "bands"


def written(memo: Memo, when: date) -> bytes:
    """The bytes of the .md; the picture is at its end, so that the text reads well as it is."""
    parts, ends = [f"# {plain(memo.title)}"], []
    last = ""
    for block in memo.blocks:
        said = _said(block)
        if block.picture:
            data = base64.b64encode(block.picture.png).decode()
            ends.append(f"[{PICTURE}]: data:image/png;base64,{data}")
        # Items follow each other without a gap; everything else is a part of its own.
        gap = "\n" if {block.kind, last} <= {"item", "sub"} else "\n\n"
        parts.append(gap + said)
        last = block.kind
    return ("".join(parts) + "\n\n" + "".join(f"{end}\n" for end in ends)).encode()


def _said(block: Block) -> str:
    if block.table:
        return _table(block.table)
    if block.picture:
        return f"![{plain(block.picture.alt)}][{PICTURE}]"
    if block.kind == "page":
        return "---"
    if block.kind == "link":
        address = f"<{block.url}>" if block.url.startswith("http") else f"`{block.url}`"
        return f"{plain(block.text)} {address}"
    return f"{BEFORE.get(block.kind, '')}{plain(block.text)}{AFTER.get(block.kind, '')}"


def plain(text: str) -> str:
    r"""A text in which nothing is a sign of Markdown.

    >>> plain("<b> 1. _x_"), plain("- a"), plain("1. b")
    ('\\<b\\> 1. \\_x\\_', '\\- a', '1\\. b')
    """
    return OPENING.sub(r"\1\\\2\3", SPECIAL.sub(r"\\\1", text))


def _table(table: Table) -> str:
    rows = [table.columns, *table.rows]
    lines = [f"| {' | '.join(plain(cell) for cell in row)} |" for row in rows]
    rule = ["---" if n < table.heads else "---:" for n in range(len(table.columns))]
    lines.insert(1, f"| {' | '.join(rule)} |")
    return "\n".join(lines)
