"""The few ways to fail: each error holds a key and values; the words live in the catalogues."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import ClassVar


class KitError(Exception):
    """Base of every error that a learner may see: a key into the words and the values to fill in.

    >>> KitError("missing_file", path="data/x.csv").values
    {'path': 'data/x.csv'}
    """

    # Set by i18n, so that errors need not know the words: doors open downward only.
    speak: ClassVar[Callable[[KitError], str] | None] = None

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return self.speak() if self.speak else f"{self.key} {self.values}"


class UnknownName(KitError):
    """Something was asked by a name that does not exist.

    Parameters
    ----------
    key : str
        Which kind of name: unknown_language, unknown_table, unknown_item, …
    asked : str
        The name as it was given.
    known : iterable of str
        The names that exist; the nearest one is offered.
    """

    def __init__(self, key: str, asked: object, known: Iterable[str]) -> None:
        names = sorted(map(str, known))
        near = get_close_matches(str(asked), names, n=1, cutoff=0.0)
        super().__init__(key, asked=str(asked), known=", ".join(names), nearest="".join(near))


class DataMissing(KitError):
    """A data file that the catalogue names is not there."""


class DataChanged(KitError):
    """A data file differs from what the catalogue sealed."""


class WordsMissing(KitError):
    """A catalogue of words lacks a key or one of its languages."""


class BadInput(KitError):
    """A value that cannot be used: what was given, what is expected."""


class UploadRefused(KitError):
    """A learner's file that cannot be used: which file, where in it, what to do next.

    Parameters
    ----------
    key : str
        What is wrong: upload_empty, upload_row_too_wide, …
    file : str
        The name of the file as the learner knows it.
    line : int, optional
        The line of a text, the row of a sheet or the number of a feature, counted from 1.
    """

    def __init__(self, key: str, file: str, line: int | None = None, **values: object) -> None:
        where = {} if line is None else {"line": line}
        super().__init__(key, file=file, **where, **values)
        self.file = file
        self.line = line
