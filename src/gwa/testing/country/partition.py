"""Cutting points into neighbouring groups, and numbers into whole shares."""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Labels = NDArray[np.int64]


def spread(
    points: Points,
    count: int,
    rng: np.random.Generator,
    *,
    fixed: Points | None = None,
    rounds: int = 12,
) -> tuple[Points, Labels]:
    """Place `count` centres evenly among the points; centres given as fixed do not move."""
    held = 0 if fixed is None else len(fixed)
    drawn = points[rng.choice(len(points), size=count - held, replace=False)]
    centres = drawn.copy() if fixed is None else np.vstack([fixed, drawn])
    labels = nearest(points, centres)
    for _ in range(rounds):
        sizes = np.bincount(labels, minlength=count)
        sums = np.stack(
            [np.bincount(labels, weights=points[:, axis], minlength=count) for axis in (0, 1)],
            axis=1,
        )
        movable = (np.arange(count) >= held) & (sizes > 0)
        centres[movable] = sums[movable] / sizes[movable, None]
        labels = nearest(points, centres)
    return centres, labels


def nearest(points: Points, centres: Points) -> Labels:
    """The index of the centre nearest to each point."""
    found = np.empty(len(points), dtype=np.int64)
    for start in range(0, len(points), 4096):
        block = points[start : start + 4096]
        gaps = ((block[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
        found[start : start + 4096] = gaps.argmin(axis=1)
    return found


def share_out(total: int, weights: NDArray[np.float64], *, least: int = 0) -> Labels:
    """Divide a whole number by weights, largest remainders first, nobody under `least`."""
    rest = total - least * len(weights)
    exact = rest * weights / weights.sum()
    shares: Labels = np.floor(exact).astype(np.int64)
    missing = rest - int(shares.sum())
    shares[np.argsort(shares - exact, kind="stable")[:missing]] += 1
    shares += least
    return shares
