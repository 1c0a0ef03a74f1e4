"""The few functions that the equations need, on floats and on arrays of draws alike.

The same equation runs on one float (one world, fast) and on an array (many worlds at once).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

Number = Any  # a float, or an array with one value a draw
LARGEST = 700.0  # e^700 is the largest power that a float holds


def exp(x: Number) -> Number:
    """E to the x, held at the largest number that is still one."""
    if isinstance(x, float):
        return math.exp(x if x < LARGEST else LARGEST)
    return np.exp(np.minimum(x, LARGEST))


def log(x: Number) -> Number:
    """The natural logarithm."""
    return math.log(x) if isinstance(x, float) else np.log(x)


def least(x: Number, y: Number) -> Number:
    """The smaller of two, draw by draw."""
    both = isinstance(x, float) and isinstance(y, float)
    return (x if x < y else y) if both else np.minimum(x, y)


def most(x: Number, y: Number) -> Number:
    """The larger of two, draw by draw."""
    both = isinstance(x, float) and isinstance(y, float)
    return (x if x > y else y) if both else np.maximum(x, y)


def ratio(x: Number, y: Number) -> Number:
    """X / y, and 0 where there is nothing to divide by."""
    if isinstance(x, float) and isinstance(y, float):
        return x / y if y > 0 else 0.0
    x, y = np.broadcast_arrays(x, y)
    return np.divide(x, y, out=np.zeros(x.shape), where=y > 0)
