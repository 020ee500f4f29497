"""Steps of a score in the counts it is made of: where each hundredth begins, and their hull."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simulator.score import Floats

# A count this much short of a corner may pass in the model; the exact engine has the last word.
EARLY = 1e-7


@dataclass(frozen=True)
class Corner:
    """The least count that gives a score, in hundredths."""

    count: float
    score: float


@dataclass(frozen=True)
class Rest:
    """A part of a step that counts can have, from ``rise`` above the lowest count on."""

    value: float
    rise: float


def corners(
    levels: npt.NDArray[np.int64], per_case: float, low: float, rests: Sequence[Rest], step: float
) -> Floats:
    """The least count for each of ``levels`` (hundredths), never later than the exact one.

    ``per_case``: hundredths per case; counts are one of ``rests`` and multiples of ``step``, any
    number where none are given; ``low``: the lowest count.
    """
    exact = (levels.astype(np.float64) - 0.5) / per_case
    if not rests:
        return exact - EARLY
    offered = [
        rest.value
        + step * np.ceil((np.maximum(exact, low + rest.rise) - rest.value - EARLY) / step)
        for rest in rests
    ]
    earliest: Floats = np.min(offered, axis=0)
    return earliest


def margin(rests: Sequence[Rest], step: float) -> float:
    """Half of the least distance between two possible counts."""
    if not rests:
        return EARLY
    values = sorted(rest.value for rest in rests)
    gaps = [after - value for value, after in pairwise([*values, values[0] + step])]
    return max(min(gaps) / 2, EARLY)


def edges(start: Corner, counts: Floats, scores: Floats) -> Iterator[tuple[Corner, float]]:
    """The hull above ``start`` and the corners: where each edge begins, and its slope.

    Whole scores under all edges are under the steps, but for ties. Corners at or before the
    start raise it.
    """
    reached = counts <= start.count + EARLY
    if reached.any():
        start = Corner(start.count, float(scores[reached].max()))
    counts, scores = counts[~reached], scores[~reached]
    while len(counts):
        slopes = (scores - start.score) / (counts - start.count)
        # The farthest of those in line.
        last = len(slopes) - 1 - int(np.argmax(slopes[::-1]))
        yield start, float(slopes[last])
        start = Corner(float(counts[last]), float(scores[last]))
        later = counts > start.count + EARLY
        counts, scores = counts[later], scores[later]


def next_count(count: float, low: float, rests: Sequence[Rest], step: float) -> float:
    """The first possible count above ``count``."""
    if not rests:
        return count + 10 * EARLY
    return min(
        rest.value
        + step * (math.floor((max(count, low + rest.rise - step) + EARLY - rest.value) / step) + 1)
        for rest in rests
    )
