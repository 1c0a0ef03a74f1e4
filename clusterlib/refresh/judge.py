"""Whether a fetched table may stand in for the one before: what is wrong, what is only new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from clusterlib.errors import KitError

Row = dict[str, Any]
LEAST = 1000  # differences of small numbers are measured against this one
TYPES = {"integer": int, "number": (int, float), "string": str, "boolean": str}


def broken(rows: list[Row], schema: Mapping[str, Any]) -> list[KitError]:
    """What makes a table unusable: nothing there, a wrong cell, a key twice."""
    if not rows:
        return [KitError("refresh_empty")]
    keys = Counter(tuple(row[key] for key in schema["primaryKey"]) for row in rows)
    twice = [key for key, times in keys.items() if times > 1]
    found = [KitError("refresh_twice", where=_where(twice[0]), n=len(twice))] if twice else []
    for field in schema["fields"]:
        bad = [row for row in rows if not _fits(row.get(field["name"]), field)]
        if bad:
            where = _where(bad[0].get(key) for key in schema["primaryKey"])
            value = str(bad[0].get(field["name"]))[:40]
            found.append(KitError("refresh_cell", column=field["name"], where=where, value=value))
    return found


def _fits(value: Any, field: Mapping[str, Any]) -> bool:
    rules = field.get("constraints", {})
    if value is None or value == "":
        return not rules.get("required")
    if not isinstance(value, TYPES[field["type"]]):
        return False
    low, high = rules.get("minimum", value), rules.get("maximum", value)
    return value in rules.get("enum", [value]) and low <= value <= high


def doubtful(
    rows: list[Row], old: list[Row], schema: Mapping[str, Any], rules: Mapping[str, Any]
) -> list[KitError]:
    """What a person should look at before it is taken: lost years or places, large changes.

    Parameters
    ----------
    rows, old : list of dict
        The fetched table and the one that it would stand in for (none: an empty list).
    schema : mapping
        Fields and primary key.
    rules : mapping
        `differs`: how far an old cell may be revised; `jump`: how far a new cell may stand
        from the year before; `places`: which places must be there. Shares: 0.1 is a tenth.
    """
    place = "area" if any("area" in row for row in rows) else "region"
    found = _lost("refresh_years", {r["year"] for r in old} - {r["year"] for r in rows})
    newest = max(row["year"] for row in rows)
    there = {row[place] for row in rows if row["year"] == newest}
    wanted = set(rules.get("places", ())) | _places(old, place)
    found += _lost("refresh_places", wanted - there)
    if old and "differs" in rules:
        found += _revised(rows, old, schema, rules["differs"])
    if "jump" in rules:
        found += _jumps(rows, old, schema, rules["jump"])
    return found


def _places(rows: list[Row], place: str) -> set[str]:
    newest = max((row["year"] for row in rows), default=None)
    return {row[place] for row in rows if row["year"] == newest}


def _lost(key: str, missing: set[Any]) -> list[KitError]:
    said = ", ".join(map(str, sorted(missing)))
    return [KitError(key, missing=said)] if missing else []


def _by_key(rows: list[Row], schema: Mapping[str, Any]) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[key] for key in schema["primaryKey"]): row for row in rows}


def _measures(schema: Mapping[str, Any]) -> list[str]:
    return [
        field["name"]
        for field in schema["fields"]
        if field["type"] in ("integer", "number") and field["name"] not in schema["primaryKey"]
    ]


def _revised(
    rows: list[Row], old: list[Row], schema: Mapping[str, Any], limit: float
) -> list[KitError]:
    before, now = _by_key(old, schema), _by_key(rows, schema)
    pairs = [(key, before[key], row) for key, row in now.items() if key in before]
    return _largest("refresh_revised", _changes(pairs, _measures(schema), limit))


def _jumps(
    rows: list[Row], old: list[Row], schema: Mapping[str, Any], limit: float
) -> list[KitError]:
    seen, now = _by_key(old, schema), _by_key(rows, schema)  # what was there, somebody has seen
    at = schema["primaryKey"].index("year")
    before = ((key[:at] + (key[at] - 1,) + key[at + 1 :], key) for key in now if key not in seen)
    pairs = [(key, now[last], now[key]) for last, key in before if last in now]
    return _largest("refresh_jump", _changes(pairs, _measures(schema), limit))


def _changes(
    pairs: list[tuple[Any, Row, Row]], names: list[str], limit: float
) -> Iterator[tuple[float, dict[str, Any]]]:
    for key, one, two in pairs:
        for name in names:
            a, b = one.get(name), two.get(name)
            if a is None or b is None:
                continue
            share = abs(b - a) / max(abs(a), LEAST)
            if share > limit:
                yield share, {"where": _where(key), "column": name, "old": a, "new": b}


def _largest(key: str, changes: Iterator[tuple[float, dict[str, Any]]]) -> list[KitError]:
    found = sorted(changes, key=lambda change: -change[0])
    return [KitError(key, **found[0][1], n=len(found))] if found else []


def _where(key: Any) -> str:
    return " / ".join(map(str, key))
