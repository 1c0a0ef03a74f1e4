"""Cook raw tables into tidy ones: python data/recipes/make.py [table ...] [--into FOLDER].

Without names every table is made; the boundaries, the municipal tables, the ensemble of the policy
model and its results are made only when asked for by name: they need packages or minutes.
"""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from common import DATA, write_csv

HERE = Path(__file__).resolve().parent
BY_NAME = (
    "geography", "municipal", "geography_abroad",
    "policy_ensemble", "policy_results", "policy_sensitivity",
)  # fmt: skip
NOT_TABLES = {"common", "make", "measured", "seal", "figure4_layout", *BY_NAME}


def tables() -> list[str]:
    """Name every table that has a recipe."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_TABLES)


def make(name: str, folder: Path) -> Path:
    """Run one recipe and write its table into folder/tidy, or where the recipe says."""
    recipe = importlib.import_module(name)
    path = folder / getattr(recipe, "PATH", f"tidy/{name}.csv")
    write_csv(path, recipe.rows())
    return path


def main(arguments: list[str] | None = None) -> int:
    """Run the recipes named on the command line, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", nargs="*", help=", ".join([*BY_NAME, *tables()]))
    parser.add_argument("--into", type=Path, default=DATA, help="folder that receives tidy/")
    asked = parser.parse_args(arguments)
    for name in asked.table or tables():
        if name in BY_NAME:
            importlib.import_module(name).build(asked.into)
        else:
            print(make(name, asked.into).name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
