"""Text that others wrote, made fit for a document: no character that breaks or steers it."""

from __future__ import annotations

import unicodedata

MOST_LINES = 12  # paragraphs; line breaks after that are shown as a stroke
# Marks that turn the direction of what follows; letters that run right to left stay.
STEERING = {*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0xFEFF}
BREAKS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))


def line(text: str, most: int) -> str:
    r"""One line of at most `most` characters, without what XML forbids or what turns direction.

    >>> line("a\x00b\n c\u202e", 80)
    'ab c'
    """
    kept = (
        " " if char in "\n\t" else char
        for char in unicodedata.normalize("NFC", text.translate(BREAKS))
        if char in "\n\t" or _stays(char)
    )
    return " ".join("".join(kept).split())[:most].rstrip()


def paragraphs(text: str, most: int) -> tuple[str, ...]:
    r"""The paragraphs of a text, empty ones left out, at most `MOST_LINES` of them.

    >>> paragraphs("one\r\n\r\n two ", 80)
    ('one', 'two')
    """
    broken = text[:most].replace("\r\n", "\n").translate(BREAKS).split("\n")
    lines = [said for each in broken if (said := line(each, most))]
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    return (*lines[: MOST_LINES - 1], " / ".join(lines[MOST_LINES - 1 :]))


def _stays(char: str) -> bool:
    code = ord(char)
    forbidden = unicodedata.category(char) in ("Cc", "Cs", "Cn") or code & 0xFFFE == 0xFFFE
    return not forbidden and code not in STEERING
