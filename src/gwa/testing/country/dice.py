"""Draws of many values at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


def pick(rng: np.random.Generator, weights: ArrayLike, count: int) -> Integers:
    """Draw `count` positions in a list of weights."""
    steps = np.cumsum(np.asarray(weights, dtype=np.float64))
    found: Integers = np.searchsorted(steps, rng.random(count) * steps[-1], side="right")
    return found


def pick_by_row(rng: np.random.Generator, table: ArrayLike, rows: Integers) -> Integers:
    """Draw one position for each entry of `rows`, by the weights of that row of the table."""
    weights = np.asarray(table, dtype=np.float64)
    steps = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    found = np.empty(len(rows), dtype=np.int64)
    thrown = rng.random(len(rows))
    for row in np.unique(rows):
        mine = rows == row
        found[mine] = np.searchsorted(steps[row], thrown[mine], side="right")
    return np.asarray(np.minimum(found, weights.shape[1] - 1))


def flip(rng: np.random.Generator, chance: ArrayLike, count: int) -> Flags:
    """Say yes with the given chance, one for all or one each."""
    said: Flags = rng.random(count) < np.asarray(chance, dtype=np.float64)
    return said


def sigmoid(values: Floats) -> Floats:
    """Turn any number into a chance."""
    chance: Floats = 1.0 / (1.0 + np.exp(-values))
    return chance


def whole(values: ArrayLike) -> Integers:
    """Round down to whole numbers."""
    return np.floor(np.asarray(values, dtype=np.float64)).astype(np.int64)
