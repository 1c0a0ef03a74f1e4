"""Where figure 4's labels stand: python data/recipes/figure4_layout.py [--check].

The places in the printed figure are lost with its drawing, so the labels are set on a grid of our
own: a seeded search swaps labels between cells as long as arrows get shorter, cross less often,
pass behind fewer labels, and blocks hold together. Whole numbers only, so that every machine finds
the same places. Takes a minute; `figure4_nodes` reads what it wrote.
"""

from __future__ import annotations

import argparse
import random
from itertools import combinations

from common import DATA, raw, write_csv

COLUMNS, ROWS = 7, 9
PITCH = (142, 72)  # px between two cells
HALF = (58, 26)  # px from the middle of a label to its edges
SEED, STEPS = 916, 16_000
COSTS = {"length": 1, "crossing": 110, "behind": 160, "block": 1}

Cell = tuple[int, int]


class Search:
    """One arrangement of labels on cells, and what it costs."""

    def __init__(self, seed: int = SEED) -> None:
        self.chance = random.Random(seed)
        nodes = [row for row in raw("coding_figure4_nodes") if row["kind"] != "heading"]
        self.names = [row["node"] for row in nodes]
        self.edges = [(row["from"], row["to"]) for row in raw("coding_figure4_edges")]
        self.touching = {n: [e for e in self.edges if n in e] for n in self.names}
        self.mates = {
            a["node"]: [b["node"] for b in nodes if b["block"] == a["block"] and a != b]
            for a in nodes
        }
        cells = [(column, row) for column in range(COLUMNS) for row in range(ROWS)]
        self.at: dict[str, Cell] = dict(zip(self.names, cells, strict=False))
        self.on: dict[Cell, str | None] = dict.fromkeys(cells)
        self.on.update({cell: name for name, cell in self.at.items()})

    def place(self, name: str) -> tuple[int, int]:
        """The middle of a label in px."""
        column, row = self.at[name]
        return column * PITCH[0], row * PITCH[1]

    def cost(self, moved: set[str]) -> int:
        """What the arrows at some labels, and those labels' blocks, cost."""
        edges = {edge for name in moved for edge in self.touching[name]}
        total = 0
        for edge in edges:
            a, b = map(self.place, edge)
            total += COSTS["length"] * (abs(a[0] - b[0]) + 2 * abs(a[1] - b[1]))
            total += COSTS["behind"] * self._behind(edge)
            for other in self.edges:
                if not set(edge) & set(other) and (other not in edges or edge < other):
                    total += COSTS["crossing"] * _cross(a, b, *map(self.place, other))
        # Labels that move may come to stand on arrows that do not.
        still = [edge for edge in self.edges if edge not in edges]
        total += COSTS["behind"] * sum(
            _covers(self.place(name), *map(self.place, edge)) for name in moved for edge in still
        )
        for name in moved:
            x, y = self.place(name)
            apart = sum(
                abs(x - self.place(mate)[0]) + abs(y - self.place(mate)[1])
                for mate in self.mates[name]
            )
            total += COSTS["block"] * apart // 4
        return total

    def _behind(self, edge: tuple[str, str]) -> int:
        ends = [*map(self.place, edge)]
        return sum(_covers(self.place(name), *ends) for name in self.names if name not in edge)

    def swap(self, one: Cell, two: Cell) -> None:
        """Exchange what stands on two cells."""
        self.on[one], self.on[two] = self.on[two], self.on[one]
        for cell in (one, two):
            if name := self.on[cell]:
                self.at[name] = cell

    def run(self, steps: int = STEPS) -> None:
        """Accept every swap that costs no more than a bound, which sinks to nothing."""
        for step in range(steps):
            bound = 700 * (steps - step) ** 2 // steps**2
            one = self.at[self.chance.choice(self.names)]
            two = (self.chance.randrange(COLUMNS), self.chance.randrange(ROWS))
            moved = {name for name in (self.on[one], self.on[two]) if name}
            if one == two:
                continue
            before = self.cost(moved)
            self.swap(one, two)
            if self.cost(moved) - before > bound:
                self.swap(one, two)

    def rows(self) -> list[dict[str, str]]:
        """One row a label: its column and row, from 0."""
        return [
            {"node": name, "col": str(self.at[name][0]), "row": str(self.at[name][1])}
            for name in self.names
        ]

    def faults(self) -> tuple[int, int]:
        """How often arrows cross, and how often one passes behind a label."""
        crossings = sum(
            _cross(*map(self.place, one + two))
            for one, two in combinations(self.edges, 2)
            if not set(one) & set(two)
        )
        return crossings, sum(map(self._behind, self.edges))


def _side(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)


def _cross(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]) -> int:
    """Whether two straight arrows cross (1) or not (0)."""
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return 0
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return 0
    return int(_side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b))


def _covers(middle: tuple[int, int], a: tuple[int, int], b: tuple[int, int]) -> int:
    """Whether a label stands on the way of a straight arrow (1) or not (0)."""
    (x, y), (wide, high) = middle, HALF
    if max(a[0], b[0]) < x - wide or min(a[0], b[0]) > x + wide:
        return 0
    if max(a[1], b[1]) < y - high or min(a[1], b[1]) > y + high:
        return 0
    corners = [(x + i * wide, y + j * high) for i in (-1, 1) for j in (-1, 1)]
    return int(abs(sum(_side(a, b, corner) for corner in corners)) < 4)


def main() -> int:
    """Search, then write the places or compare them with those that are kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if they differ")
    asked = parser.parse_args()
    search = Search()
    search.run()
    if asked.check:
        return int(search.rows() != raw("coding_figure4_places"))
    write_csv(DATA / "raw" / "coding_figure4_places.csv", search.rows())
    crossings, behind = search.faults()
    print(f"{crossings} crossings, {behind} arrows behind labels")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
