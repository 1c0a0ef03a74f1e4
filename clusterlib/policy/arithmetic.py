"""The few functions that the equations need, on floats and on arrays of draws alike.

The same equation runs on one float (one world, fast) and on an array (many worlds at once).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Number = Any  # a float, or an array with one value a draw
SMALLEST = 1e-300
LARGEST = 700.0  # e^700 is the largest power that a float holds


class Named:
    """Numbers read by their name, `p.kap`.

    A class of our own, set name by name, and no SimpleNamespace: the interpreter remembers where
    its attributes lie, which makes reading them four times faster, and a run reads thousands.
    """

    def __init__(self, **numbers: Number) -> None:
        for name, number in numbers.items():
            setattr(self, name, number)


def exp(x: Number) -> Number:
    """Exponential, held at the largest number that is still one."""
    if type(x) is float:
        return math.exp(x if x < LARGEST else LARGEST)
    return np.exp(np.minimum(x, LARGEST))


def fading(x: Number) -> Number:
    """1 - e to the minus x: the part of a gap that is closed, for x of 0 or more."""
    return 1.0 - math.exp(-x) if type(x) is float else 1.0 - np.exp(-x)


def log(x: Number) -> Number:
    """The natural logarithm."""
    return math.log(x) if type(x) is float else np.log(x)


def least(x: Number, y: Number) -> Number:
    """The smaller of two, draw by draw."""
    if type(x) is float and type(y) is float:
        return x if x < y else y
    return np.minimum(x, y)


def most(x: Number, y: Number) -> Number:
    """The larger of two, draw by draw."""
    if type(x) is float and type(y) is float:
        return x if x > y else y
    return np.maximum(x, y)


def ratio(x: Number, y: Number) -> Number:
    """Quotient of numbers of 0 or more, and 0 where both are 0."""
    if type(x) is float and type(y) is float:
        return x / y if y > 0 else 0.0
    return x / np.maximum(y, SMALLEST)
