"""Random movements as tables of quantiles, drawn by whole numbers: the same on every machine.

A generator of random bits is guaranteed to give the same stream everywhere, the distributions
built on it are not. So chance only chooses rows of a table of 65,536 equally likely values, and
the table is computed once. That is also several times faster than drawing from a distribution.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from math import ceil, log1p, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Singles = npt.NDArray[np.float32]
ROWS = 1 << 16
_PER_WORD = 4  # choices of a row in 64 random bits
# Points of the grid of the sums of jumps: hundredths, or coarser where these would be more.
_LARGEST_GRID = 1 << 17


class Chance:
    """A stream of choices of rows; equal seeds give equal streams."""

    def __init__(self, seed: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence(seed))

    def rows(self, *shape: int) -> npt.NDArray[np.uint16]:
        """Rows of a table, equally likely and independent."""
        size = int(np.prod(shape))
        words = self._bits.random_raw(-(-size // _PER_WORD))
        # Little-endian on every machine, so that the order of the parts is the same.
        return words.astype("<u8", copy=False).view("<u2")[:size].reshape(shape)


@cache
def normal_table() -> Singles:
    """Standard normal values."""
    normal = NormalDist()
    lower = np.array([normal.inv_cdf((k + 0.5) / ROWS) for k in range(ROWS // 2)])
    return np.concatenate([lower, -lower[::-1]]).astype(np.float32)


def student(chance: Chance, freedom: int, size: int) -> Singles:
    """Values of Student's distribution: normal, divided by a spread that is estimated."""
    table = normal_table()
    value = table[chance.rows(size)]
    squares = np.zeros(size, dtype=np.float32)
    for _ in range(freedom):
        squares += np.square(table[chance.rows(size)])
    result: Singles = value / np.sqrt(squares / np.float32(freedom))
    return result


# All levels of unrest share it.
@lru_cache(maxsize=4)
def jump_spectrum(sizes: tuple[float, ...], width: int, grid: int) -> npt.NDArray[np.complex128]:
    """Fourier transform of the sizes of one jump, on a grid of so many points ``width`` apart."""
    steps = np.rint(np.divide(sizes, width)).astype(int)
    return np.fft.rfft(np.bincount(steps % grid, minlength=grid) / len(steps))


@lru_cache(maxsize=256)
def jump_table(expected: float, sizes: tuple[float, ...]) -> Singles:
    """Sums of a random number of jumps, ``expected`` on average, each of one of ``sizes``.

    The distribution of the sum is computed on a grid with Fourier transforms.
    """
    if not any(sizes) or expected <= 0:
        return np.zeros(ROWS, dtype=np.float32)
    reach = ceil(np.abs(sizes).max()) * ceil(expected + 6 * sqrt(expected) + 6)
    # A sum beyond the grid would come back at its other end.
    width = 1 + 2 * reach // _LARGEST_GRID
    grid = min(1 << (2 * reach // width).bit_length(), _LARGEST_GRID)
    spectrum = np.exp(expected * (jump_spectrum(sizes, width, grid) - 1))
    # Sums below zero are at the end of the grid.
    chances = np.roll(np.fft.irfft(spectrum, grid), grid // 2).clip(0)
    below = np.cumsum(chances)
    counts = np.diff(np.rint(below / below[-1] * ROWS).astype(int), prepend=0)
    sums = np.arange(-grid // 2, grid // 2) * width
    return np.repeat(sums.astype(np.float32), counts)


def unrest_levels(spread: float, count: int) -> list[float]:
    """``count`` equally likely factors with mean 1: a log-normal distribution with squared
    coefficient of variation ``spread``, each factor the mean of its part.

    Log-normal because a factor on a variance is never negative. Within a part nothing varies, so
    a little of the spread is lost.
    """
    normal, width = NormalDist(), sqrt(log1p(spread))
    edges = [normal.inv_cdf(k / count) for k in range(1, count)]
    below = [0.0, *(normal.cdf(edge - width) for edge in edges), 1.0]
    return [count * (upper - lower) for lower, upper in pairwise(below)]
