"""KOSIS: the one module that knows its client, its codes and its key."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from clusterlib.errors import KitError

# Codes that KOSIS documents; each has its own words. They arrive with HTTP status 200.
CODES = ("10", "11", "20", "21", "30", "31", "40", "41", "42", "50")
TOO_MANY = "31"
NEEDED = {"prd_de", "itm_id", "c1_nm", "data_value"}


class KeyMissing(KitError):
    """There is no key in the environment."""


def key_of(provider: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> str:
    """The user's key; raises KeyMissing, which says where to get one."""
    found = environment.get(provider["key"], "").strip()
    if not found:
        raise KeyMissing("no_key", variable=provider["key"], signup=provider["signup"])
    return found


class Client:
    """One connection and one pace for a whole run.

    Parameters
    ----------
    provider : mapping
        The registry's entry: calls_a_minute, cells_a_call.
    key : str
        Goes into the address of each call and nowhere else.
    transport : httpx.BaseTransport, optional
        What answers instead of the network.
    """

    def __init__(self, provider: Mapping[str, Any], key: str, transport: Any = None) -> None:
        self._provider = provider
        self._api = _open(key, 60 / provider["calls_a_minute"], transport)
        self._known: dict[tuple[Any, ...], list[dict[str, Any]]] = {}

    def spans(self, job: Mapping[str, Any], last: int) -> list[tuple[int, int]]:
        """The years of a table in pieces that stay under the cells of one call."""
        step = max(1, self._provider["cells_a_call"] // job["cells_a_year"])
        return [(y, min(y + step - 1, last)) for y in range(job["from"], last + 1, step)]

    def rows(self, job: Mapping[str, Any], first: int, last: int) -> list[dict[str, Any]]:
        """What KOSIS holds for some years; a piece that it finds too large is halved."""
        asked = (*sorted(job["ask"].items()), first, last)
        if asked not in self._known:
            self._known[asked] = self._halving(job["ask"], first, last)
        return self._known[asked]

    def _halving(self, ask: Mapping[str, str], first: int, last: int) -> list[dict[str, Any]]:
        try:
            return self._fetched(ask, first, last)
        except KitError as refused:
            if refused.key != f"kosis_{TOO_MANY}" or first == last:
                raise
        half = (first + last) // 2
        return self._halving(ask, first, half) + self._halving(ask, half + 1, last)

    def _fetched(self, ask: Mapping[str, str], first: int, last: int) -> list[dict[str, Any]]:
        from pykosis import KOSISError

        failed = None
        try:
            with quiet():
                found = self._api.fetch_data(
                    frequency="Y", start_period=str(first), end_period=str(last), **ask
                )
        except KOSISError as problem:
            failed = _in_our_words(problem)
        if failed:
            raise failed  # outside the except: the client's own error is not dragged along
        missing = {name for row in found for name in NEEDED - set(row)}
        if missing:
            raise KitError("answer_shape", missing=", ".join(sorted(missing)))
        years = {str(year) for year in range(first, last + 1)}
        return [row for row in found if str(row["prd_de"])[:4] in years]


def _open(key: str, delay: float, transport: Any) -> Any:
    from pykosis import KOSIS, KOSISError

    try:
        return KOSIS(key, delay_seconds=delay, timeout=60.0, transport=transport)
    except KOSISError:
        pass
    raise KitError("key_unusable")


def _in_our_words(problem: Exception) -> KitError:
    """The client's error as one of ours: its code only, never a text that a server wrote."""
    code = getattr(problem, "code", None)
    if code in CODES:
        return KitError(f"kosis_{code}")
    if code == "429":
        return KitError("kosis_40")
    if code is None:
        return KitError("no_answer", provider="KOSIS", why=str(problem).split("(")[-1].strip(")"))
    return KitError("answer_not_data", provider="KOSIS")


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the HTTP library from writing addresses, and with them the key, into a log."""
    loggers = [logging.getLogger(name) for name in ("httpx", "httpcore")]
    before = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.WARNING)
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
