"""What the model does, statement by statement, and the assumption on which one of them hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterlib import live, loops
from clusterlib.charts.figure import Content
from clusterlib.explorers import grids, policy_room
from clusterlib.policy import behaviour, parameters

if TYPE_CHECKING:
    import pandas as pd

    from clusterlib.i18n import Words

WORDS, POLICY = "model.behaviours.", "policy."
TIMES = (0.5, 1.0, 1.5, 2.0)  # of the assumed starting support
SUPPORT, WATCHED, HALF = "R0", "closed_worse", 50.0


def model_behaviours(words: Words) -> live.Framed:
    """Each statement with the worlds in which it holds, and whose it is; one assumption moves.

    Parameters
    ----------
    words : Words
        The reader's language.
    """
    room = policy_room.room()
    reports: dict[float, pd.DataFrame] = {}

    def report(times: float) -> pd.DataFrame:
        if times not in reports:
            reports[times] = behaviour.report(room.ready, moved(room.worlds, times))
        return reports[times]

    def respond(values: dict[str, Any]) -> Content:
        times = float(values["times"])
        return _content(report(times), report(1.0), times, words)

    control = {
        "id": "times",
        "label": words(WORDS + "times"),
        "value": "1.0",
        "options": [[str(t), words(WORDS + "times.option", n=f"{t:g}")] for t in TIMES],
    }
    return loops.canvas(
        "6.behaviours", respond, [control], words(WORDS + "sources"), words, "teaching"
    )


def moved(worlds: parameters.Worlds, times: float) -> parameters.Worlds:
    """The same worlds with every region's starting support multiplied."""
    changed = {name: value * times for name, value in worlds.values.items() if _is_support(name)}
    return parameters.Worlds(worlds.regions, {**worlds.values, **changed}, worlds.beliefs)


def _is_support(name: str) -> bool:
    return name.partition(":")[0] == SUPPORT


def _content(report: pd.DataFrame, usual: pd.DataFrame, times: float, words: Words) -> Content:
    rows = report.to_dict("records")
    before = usual.set_index("key")["of_100"].to_dict()
    agreed = behaviour.agreed(report)
    against = (agreed < HALF).tolist()
    lines = [
        _line(row, before[row["key"]], apart, words)
        for row, apart in zip(rows, against, strict=True)
    ]
    columns = [{"name": words(WORDS + "column.worlds")}, {"name": words(WORDS + "column.why")}]
    made = grids.grid(columns, lines, tight=True)
    watched = {row["key"]: row["of_100"] for row in rows}[WATCHED]
    said = {
        "all": len(rows),
        "n": int(agreed.notna().sum()),
        "ours": int(agreed.isna().sum()),
        "against": sum(against),
        "built": sum(bool(row["built_in"]) for row in rows),
        "worlds": int(report["worlds"].iloc[0]),
        "times": f"{times:g}",
        "before": round(before[WATCHED]),
        "watched": round(watched),
        "statement": words(f"{POLICY}claim_{WATCHED}"),
    }
    reading = "reading.usual" if times == 1.0 else "reading.moved"
    return grids.content(made, words, WORDS, said, reading=reading, head="column.statement")


def _line(
    row: dict[str, Any], before: float, against: bool, words: Words
) -> tuple[grids.Cell, list[grids.Cell]]:
    of_100 = round(row["of_100"])
    said = words(WORDS + "of_100", n=of_100)
    shade = "assumed" if against else "teaching"
    bar = {"share": row["of_100"] / 100, "shade": shade, "said": said}
    changed = words(WORDS + "was", n=round(before)) if of_100 != round(before) else ""
    if row["built_in"]:
        why = words(f"{POLICY}built_in", equations=", ".join(row["built_in"].split()))
    else:
        why = words(f"{POLICY}emerges", worlds=of_100)
    mark = {"kind": "warn", "text": words(WORDS + "against")} if against else None
    head = grids.cell(words(f"{POLICY}claim_{row['key']}"),
                      note=words(WORDS + f"stance.{row['stance']}", n=row["thesis"]))  # fmt: skip
    return head, [
        grids.cell("", bar=bar, note=changed, lit=bool(changed)), grids.cell(why, tag=mark),
    ]  # fmt: skip
