"""What the words of a room say for a figure: its sentences, its columns, its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusterlib.charts.figure import Column, Mark
from clusterlib.i18n import Words

Ends = str | Sequence[str] | None


def sentences(
    words: Words,
    room: str,
    said: Mapping[str, Any],
    *,
    title: Ends = "",
    subtitle: Ends = "",
    alt: Ends = "",
    reading: Ends = "",
) -> dict[str, str]:
    """Title, subtitle, alternative text and reading from the words of a room, for `Content`.

    Parameters
    ----------
    words : Words
        The reader's language.
    room : str
        How the keys begin: "lesson5.transfer.".
    said : mapping
        What fills their blanks.
    title, subtitle, alt, reading : str, sequence of str or None
        How a key ends where a room has several: title="lost" says title.lost. Of several ends each
        is said, one after the other. None leaves the sentence out.

    >>> from clusterlib.i18n import Words
    >>> said = {"n": 15, "brief": 6, "ours": 9}
    >>> sentences(Words("en"), "lesson5.transfer.", said, reading="ours")["reading"]
    'These 9 are ours. Find one that you can refute.'
    """
    ends = {"title": title, "subtitle": subtitle, "alt": alt, "reading": reading}
    return {
        name: _joined(words, room + name, said, end)
        for name, end in ends.items()
        if end is not None
    }


def _joined(words: Words, key: str, said: Mapping[str, Any], ends: str | Sequence[str]) -> str:
    return " ".join(words(f"{key}.{end}" if end else key, **said) for end in _several(ends))


def _several(one: str | Sequence[str]) -> Sequence[str]:
    return [one] if isinstance(one, str) else one


def columns(words: Words, room: str, /, **specs: str) -> list[Column]:
    """Columns under the words of a room, for `tabled`.

    Parameters
    ----------
    words : Words
        The reader's language.
    room : str
        How the keys begin: "lesson3.plants.".
    specs : keywords
        For each column, whose label is at column.<name>, how numbers are said, or "text".

    >>> from clusterlib.i18n import Words
    >>> columns(Words("en"), "lesson3.plants.", plants="count")
    [Column(name='plants', label='Plants', spec='count')]
    """
    return [Column(name, words(f"{room}column.{name}"), spec) for name, spec in specs.items()]


def key(
    words: Words, room: str, said: Mapping[str, Any] | None = None, /, **looks: str | Sequence[str]
) -> list[Mark]:
    """Entries of a key in the words of a room, for `Content`.

    Parameters
    ----------
    words : Words
        The reader's language.
    room : str
        How the keys begin: "lesson3.plants.".
    said : mapping
        What fills their blanks.
    looks : keywords
        For each entry, whose text is at key.<name>, its shade, or its shade and its look.

    >>> from clusterlib.i18n import Words
    >>> key(Words("en"), "lesson3.plants.", share="accent", even=("edge", "◆"))[0]
    Mark(text='This industry', shade='accent', look='fill')
    """
    return [
        Mark(words(f"{room}key.{name}", **(said or {})), *_several(look))
        for name, look in looks.items()
    ]
