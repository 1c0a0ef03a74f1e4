"""Calibrate the policy model and draw its ensemble: python data/recipes/make.py policy_ensemble.

Writes raw/policy_calibrated.csv, policy/parameters.csv, policy/ensemble.csv and policy/values.csv
(worst and best medians over the ready-made plans, to which the 0-1 values are anchored).
"""

from __future__ import annotations

import csv
import importlib
import sys
from pathlib import Path

from common import DATA, Row, write_csv

sys.path.insert(0, str(DATA.parent))


def build(into: Path) -> None:
    """Run the four steps in their order."""
    import pandas as pd

    from clusterlib.policy import decision, ensemble, parameters

    anchors = pd.DataFrame(importlib.import_module("policy_anchors").rows())
    anchors = anchors.astype({"year": int, "value": float})
    rates = ensemble.calibrate(table(importlib.import_module("policy_parameters").rows()), anchors)
    written = [calibrated(name, value) for name, value in rates.items()]
    write_csv(into / "raw" / "policy_calibrated.csv", written)
    filled = filled_in(written)
    write_csv(into / "policy" / "parameters.csv", filled)
    numbers = table(filled)
    kept = ensemble.matched(numbers, rounded(ensemble.hypercube(numbers)), anchors)
    save(kept.map(lambda value: f"{value:.4g}"), into / "policy" / "ensemble.csv")
    plans = typed(pd.DataFrame(importlib.import_module("policy_plans").rows()))
    anchored = decision.anchors(plans, parameters.worlds(numbers, kept))
    told = anchored.assign(worst=anchored["worst"].map(short), best=anchored["best"].map(short))
    save(told, into / "policy" / "values.csv")
    print(f"{len(kept)} of {ensemble.DRAWS} draws kept; now run seal.py")


def calibrated(name: str, value: float) -> Row:
    """Give the row of a calibrated number."""
    name, region = name.split(":")
    return {"name": name, "region": region, "value": f"{value:.9g}"}


def filled_in(written: list[Row]) -> list[Row]:
    """Give the parameter table with the rates just found."""
    recipe = importlib.import_module("policy_parameters")
    found = {(row["name"], row["region"]): row["value"] for row in written}
    rows = importlib.import_module("common").raw("coding_policy_parameters")
    return [recipe.filled(row, found.get((row["name"], row["region"]))) for row in rows]


def table(rows: list[Row]):
    """Give the rows as a frame with numbers where numbers belong."""
    import pandas as pd

    frame = pd.DataFrame(rows)
    for column in ("low", "base", "high", "people", "jobs"):
        frame[column] = pd.to_numeric(frame[column])
    return frame


def typed(plans):
    """Give the plans with numbers where numbers belong, a blank staying blank."""
    import pandas as pd

    texts = {"plan", "name_ko", "name_en", "region", "source", "confidence"}
    for column in set(plans) - texts:
        plans[column] = pd.to_numeric(plans[column])
    return plans


def rounded(draws):
    """Give the draws as the file will hold them, so that what is kept is what was judged."""
    return draws.map(lambda value: float(f"{value:.4g}"))


def short(value: float) -> str:
    """Write a number with six significant digits."""
    return f"{value:.6g}"


def save(frame, path: Path) -> None:
    """Write a frame as the tidy tables are written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.to_csv(path, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
