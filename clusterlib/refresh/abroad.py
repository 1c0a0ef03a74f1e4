"""QCEW and Eurostat: plain files over HTTPS, without a key."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

from clusterlib.errors import KitError

LARGEST = 20_000_000  # bytes of one answer; a county's year has about 1 MB
AGENT = {"User-Agent": "clusterlib refresh (teaching kit; one user, a few calls)"}
COLUMNS = {
    "area_fips", "own_code", "industry_code", "year", "disclosure_code", "annual_avg_estabs",
    "annual_avg_emplvl",
}  # fmt: skip


class Client:
    """Reads one address after another, not faster than the pace.

    Parameters
    ----------
    provider : mapping
        The registry's entry: name_en, calls_a_minute.
    transport : httpx.BaseTransport, optional
        What answers instead of the network.
    """

    def __init__(self, provider: Mapping[str, Any], transport: Any = None) -> None:
        import httpx

        self._name = provider["name_en"]
        self._delay, self._next = 60 / provider["calls_a_minute"], 0.0
        self._http = httpx.Client(transport=transport, timeout=60.0, headers=AGENT)

    def text(self, address: str, **query: Any) -> str | None:
        """The text at an address, or None where there is none (404).

        Raises KitError when nothing comes, something else comes, or too much.
        """
        import httpx

        self._wait()
        why = ""
        try:
            with self._http.stream("GET", address, params=query or None) as answer:
                if answer.status_code == 404:
                    return None
                body = _read(answer) if answer.status_code == 200 else None
                why = f"HTTP {answer.status_code}"
        except httpx.HTTPError as problem:
            body, why = None, type(problem).__name__
        if body is None:
            raise KitError("no_answer", provider=self._name, why=why)
        return self._plain(body)

    def _wait(self) -> None:
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + self._delay

    def _plain(self, body: bytes) -> str:
        try:
            said = body.decode("utf-8-sig")
        except UnicodeDecodeError:
            said = "<"
        if len(body) > LARGEST or said.lstrip().startswith("<"):
            raise KitError("answer_not_data", provider=self._name)
        return said


def _read(answer: Any) -> bytes:
    body = b""
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            break
    return body


def county_years(client: Client, job: Mapping[str, Any], last: int) -> Iterator[dict[str, Any]]:
    """Each county's years, newest first, until one is missing: {area, year, rows}.

    QCEW promises the five newest years and keeps more; a year that is not out yet is missing too.
    """
    for area in job["areas"]:
        found = False
        for year in range(last, job["from"] - 1, -1):
            text = client.text(job["ask"]["address"].format(year=year, area=area["area"]))
            if text is None and found:
                break
            if text is not None:
                found = True
                yield {"area": area, "year": year, "rows": _county_rows(text, area["area"], year)}


def _county_rows(text: str, area: str, year: int) -> list[dict[str, str]]:
    rows = list(csv.DictReader(io.StringIO(text)))
    missing = sorted(COLUMNS - set(rows[0])) if rows else sorted(COLUMNS)
    if missing:
        raise KitError("answer_shape", missing=", ".join(missing))
    if any(row["area_fips"] != area or row["year"] != str(year) for row in rows):
        raise KitError("answer_shape", missing=f"{area} {year}")
    return rows


def nuts_cells(client: Client, job: Mapping[str, Any], series: Mapping[str, Any]) -> dict[Any, Any]:
    """One Eurostat dataset as {(item, industry, area, year): value}; raises KitError."""
    query = {
        "format": "JSON",
        "lang": "EN",
        "freq": "A",
        "geo": [area["area"] for area in job["areas"]],
        "nace_r2": [each["industry"] for each in job["industries"]],
        series["dimension"]: list(series["items"]),
    }
    text = client.text(job["ask"]["address"].format(dataset=series["dataset"]), **query)
    if text is None:
        raise KitError("no_answer", provider="Eurostat", why=series["dataset"])
    try:
        cube = json.loads(text)
        return dict(_cells(cube, (series["dimension"], "nace_r2", "geo", "time")))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        pass
    raise KitError("answer_not_data", provider="Eurostat")


def _cells(cube: Mapping[str, Any], wanted: tuple[str, ...]) -> Iterator[tuple[Any, Any]]:
    """JSON-stat 2.0: values in row-major order of the dimensions, as a list or by position."""
    labels = [_codes(cube["dimension"][name]["category"]["index"]) for name in cube["id"]]
    if [len(each) for each in labels] != cube["size"]:
        raise ValueError("sizes")
    values = cube["value"]
    given = values.items() if isinstance(values, dict) else enumerate(values)
    for position, value in given:
        place, codes = int(position), {}
        for name, each in zip(reversed(cube["id"]), reversed(labels), strict=True):
            place, here = divmod(place, len(each))
            codes[name] = each[here]
        if place or not (value is None or isinstance(value, int | float)):
            raise ValueError(position)
        yield tuple(codes[name] for name in wanted), value


def _codes(index: Mapping[str, int] | list[str]) -> list[str]:
    return index if isinstance(index, list) else sorted(index, key=index.__getitem__)
