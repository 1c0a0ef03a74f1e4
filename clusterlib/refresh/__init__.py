"""Official statistics fetched again by a user with a network and, for KOSIS, an own key.

What may be fetched stands in data/refresh.json; fetched tables go to data/own/refreshed, beside
the kit's own, which keep their seal: lessons and their text stay in step. `datasets.latest` gives
the fetched table where there is one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from clusterlib import catalog, datasets
from clusterlib.errors import DataChanged, DataMissing, KitError, UnknownName
from clusterlib.refresh import abroad, judge, kosis, shapes, shelf

REGISTRY = catalog.ROOT / "refresh.json"
Say = Callable[..., None]
Row = dict[str, Any]


@cache
def registry(path: Path = REGISTRY) -> dict[str, Any]:
    """The providers, and the tables by name."""
    read = json.loads(path.read_text(encoding="utf-8"))
    return {"providers": read["providers"], "tables": {t["table"]: t for t in read["tables"]}}


def known() -> dict[str, dict[str, Any]]:
    """Each table that can be fetched: what it needs, what is sealed, when it was fetched."""
    found = registry()
    fetched = catalog.refreshed()
    return {
        name: {
            **_record(job),
            "provider": found["providers"][job["provider"]],
            "fetched": fetched.get(name, {}).get("retrieved", ""),
        }
        for name, job in found["tables"].items()
    }


def run(
    names: Sequence[str],
    say: Say,
    accept: bool = False,
    environment: Mapping[str, str] = os.environ,
    transport: Any = None,
    folder: Path | None = None,
    now: datetime | None = None,
) -> bool:
    """Fetch tables, hold them against what is there, and keep those that pass.

    Parameters
    ----------
    names : sequence of str
        Tables of the registry; none means all.
    say : callable
        Told a key of data/words/refresh.json and its values, step by step.
    accept : bool
        Take a table although a person should have looked at it.
    environment : mapping
        Where the key is.
    transport : httpx.BaseTransport, optional
        What answers instead of the network.
    folder : Path, optional
        Where the tables go: data/own/refreshed.
    now : datetime, optional
        The time to record; the last year asked for is the one before it.

    Returns
    -------
    bool
        Whether every table was kept. One that fails leaves the others and its old self alone.

    Raises
    ------
    UnknownName
        For a table that the registry does not know.
    KeyMissing
        When a table needs a key and there is none; nothing has been asked or touched.
    """
    at = now or datetime.now(UTC)
    jobs = [_job(name) for name in names] or list(registry()["tables"].values())
    office = Office(jobs, environment, transport, at.year - 1)
    place = folder or catalog.REFRESHED
    kept = [_one(job, office, say, accept, place, at) for job in jobs]
    say("done", kept=sum(kept), asked=len(kept), folder="data/own/refreshed")
    return all(kept)


def _job(name: str) -> dict[str, Any]:
    tables = registry()["tables"]
    if name not in tables:
        raise UnknownName("unknown_refresh", name, tables)
    return tables[name]


class Office:
    """The connections of one run, opened when first needed, each with its own pace."""

    def __init__(
        self, jobs: list[Row], environment: Mapping[str, str], transport: Any, last: int
    ) -> None:
        self._providers = registry()["providers"]
        self._transport, self._last = transport, last
        self._clients: dict[str, Any] = {}
        keyed = {job["provider"] for job in jobs if "key" in self._providers[job["provider"]]}
        # Before anything is asked: a key that is not there must not leave half of the tables new.
        self._keys = {name: kosis.key_of(self._providers[name], environment) for name in keyed}

    def rows(self, job: Row, say: Say) -> list[Row]:
        """Ask for one table and give its rows in the kit's shape."""
        answer = list(getattr(self, f"_from_{job['provider']}")(job, say))
        spellings = self._providers[job["provider"]].get("spellings")
        known = [shapes.regions(spellings)] if spellings else []
        try:
            return shapes.SHAPES[job["shape"]](answer, job, *known)
        except (KeyError, ValueError, TypeError) as problem:  # a code or a number unlike any other
            kind = type(problem).__name__
        raise KitError("answer_shape", missing=kind)

    def _client(self, name: str, kind: Callable[..., Any], *given: Any) -> Any:
        if name not in self._clients:
            self._clients[name] = kind(self._providers[name], *given, self._transport)
        return self._clients[name]

    def _from_kosis(self, job: Row, say: Say) -> Any:
        client = self._client("kosis", kosis.Client, self._keys["kosis"])
        spans = client.spans(job, self._last)
        for n, (first, last) in enumerate(spans, 1):
            say("asking", table=job["table"], n=n, total=len(spans), part=f"{first}-{last}")
            yield from client.rows(job, first, last)

    def _from_qcew(self, job: Row, say: Say) -> Any:
        client = self._client("qcew", abroad.Client)
        for piece in abroad.county_years(client, job, self._last):
            say("arrived", table=job["table"], part=f"{piece['area']['area']} {piece['year']}")
            yield piece

    def _from_eurostat(self, job: Row, say: Say) -> Any:
        client = self._client("eurostat", abroad.Client)
        for n, series in enumerate(job["series"], 1):
            part, total = series["dataset"], len(job["series"])
            say("asking", table=job["table"], n=n, total=total, part=part)
            yield {"series": series, "cells": abroad.nuts_cells(client, job, series)}


def _one(job: Row, office: Office, say: Say, accept: bool, folder: Path, at: datetime) -> bool:
    record = _record(job)
    try:
        rows = _typed(office.rows(job, say), job)
        wrong = judge.broken(rows, record["schema"])
        doubts = [] if wrong else judge.doubtful(rows, _old(job, folder), *_rules(job, record))
        if wrong or (doubts and not accept):
            _refuse(job, wrong or doubts, say, hopeless=bool(wrong))
            return False
        kept = {**record, "accepted": [doubt.key for doubt in doubts]}
        sealed = shelf.put(kept, rows, at, folder)
    except KitError as problem:
        say("failed", table=job["table"])
        say("because", error=problem)
        return False
    say("kept", table=job["table"], rows=sealed["rows"], **sealed["coverage"])
    return True


def _refuse(job: Row, reasons: list[KitError], say: Say, hopeless: bool) -> None:
    say("refused" if hopeless else "look", table=job["table"])
    for reason in reasons[:5]:
        say("because", error=reason)
    if not hopeless:
        say("accept", table=job["table"])


def _record(job: Row) -> Row:
    """What the catalogue says of a table, and the registry where the fetched one differs."""
    about = catalog.records().get(job["table"], {}) | job["record"]
    return {
        "name": job["table"],
        "format": "csv",
        **{key: about[key] for key in ("title_ko", "title_en", "evidence", "schema")},
        **{key: about[key] for key in ("caveats_ko", "caveats_en")},
        "sources": [job["source"]["source"]],
        "source": job["source"],
        "missingValues": [""],
    }


def _typed(rows: list[Row], job: Row) -> list[Row]:
    standing = {"source": job["source"]["source"], "confidence": job["confidence"]}
    return [{**row, **standing} for row in rows]


def _rules(job: Row, record: Row) -> tuple[Row, Row]:
    rules = dict(job.get("judge", {}))
    if "areas" in job:
        rules["places"] = [area["area"] for area in job["areas"]]
    elif rules.pop("regions", None):
        frame = datasets.regions()
        rules["places"] = list(frame.loc[frame["kind"] == "province", "region"])
    return record["schema"], rules


def _old(job: Row, folder: Path) -> list[Row]:
    """The table that a new one is held against: the one fetched before, else the sealed one."""
    name, frame = job["table"], None
    with suppress(DataChanged, DataMissing):  # a damaged one is no measure: it is fetched again
        if name in catalog.refreshed(folder):
            frame = datasets.typed(catalog.read(name, folder), _record(job)["schema"]["fields"])
    if frame is None:
        if name not in catalog.records():
            return []
        frame = datasets.table(name)
    return shapes.plain(frame)
