"""Years with every equation shown: which was computed when, for whom, with what result.

The model computes the year itself; its equations are wrapped so that each says what it gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clusterlib.policy import equations
from clusterlib.policy.arithmetic import Named
from clusterlib.policy.model import history, step
from clusterlib.policy.parameters import Worlds
from clusterlib.policy.scenario import Scenario

SHARED = {1, 27, 28, 29}  # equations of what the regions have in common


@dataclass(frozen=True)
class Line:
    """One equation at work.

    equation : its number.
    region : key of the region, "" for what they share.
    results : what it gave, in the order of its left sides.
    """

    equation: int
    region: str
    results: tuple[float, ...]


def years(scenario: Scenario, world: Worlds, count: int = 1) -> list[list[Line]]:
    """The first policy years of one world, each equation by equation in the order of computation.

    >>> [line.equation for line in years(Scenario(), base_world)[0]][-1]  # doctest: +SKIP
    1
    """
    numbers = world.under(scenario.theory).numbers
    state, all_told = history(world).state.copy(), []
    for year in range(count):
        told: list[Line] = []
        eq = _telling(told, numbers, world.regions)
        step(numbers, state, scenario.at(year), float(year), 1.0, eq)
        all_told.append(told)
    return all_told


def _telling(told: list[Line], numbers: list[Named], regions: tuple[str, ...]) -> Named:
    """The equations, each of which notes its result as it gives it."""

    def noting(name: str) -> Any:
        number, function = int(name[2:4]), getattr(equations, name)

        def noted(*given: Any) -> Any:
            result = function(*given)
            told.append(Line(number, _whose(number, given, told), _flat(result)))
            return result

        return noted

    def _whose(number: int, given: tuple[Any, ...], before: list[Line]) -> str:
        closing = any(line.equation in SHARED - {27} for line in before)
        if number in SHARED or closing:  # after the regions comes only what they share
            return ""
        here = [place for place, p in enumerate(numbers) if given and given[0] is p]
        return regions[here[0]] if here else before[-1].region

    return Named(**{name: noting(name) for name in vars(equations) if name.startswith("eq")})


def _flat(result: Any) -> tuple[float, ...]:
    return tuple(result) if isinstance(result, tuple | list) else (result,)
