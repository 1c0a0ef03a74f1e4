"""Cook raw tables into tidy ones: python data/recipes/make.py [table ...] [--into FOLDER].

Without names every table is made; the boundaries and the municipal tables are made only when
asked for by name, because they need a package that the kit does not need at run time.
"""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from common import DATA, write_csv

HERE = Path(__file__).resolve().parent
BY_NAME = ("geography", "municipal", "geography_abroad")
NOT_TABLES = {"common", "make", "measured", "seal", "figure4_layout", *BY_NAME}


def tables() -> list[str]:
    """Name every table that has a recipe."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_TABLES)


def make(name: str, folder: Path) -> Path:
    """Run one recipe and write its table into folder/tidy."""
    path = folder / "tidy" / f"{name}.csv"
    write_csv(path, importlib.import_module(name).rows())
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
