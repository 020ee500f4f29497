"""How often the intervals of the model of movement held where the later figures are known.

A prediction is made from one reading for a later one, by a model that was not fitted on what came
between them, and compared with what was published. All units of a reading share one stretch of
time, so they are no independent trials: how many hits are to be expected, and how far chance
alone takes them from that, is told by worlds that are drawn from the same model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, reduce

import numpy as np
import numpy.typing as npt

from simulator.captures import Capture, shipped_captures
from simulator.movement import Movement, fit, intervals_of
from simulator.period import days_in
from simulator.uncertainty import HIGHEST, Whole, counted, draw_totals

Totals = npt.NDArray[np.int32]

LEVELS = (0.5, 0.9)
# From the first of each pair, with what was known then, to the second.
FORWARD = (
    ("2026-09-30", "2026-10-05"),
    ("2026-09-30", "2026-10-10"),
    ("2026-10-05", "2026-10-10"),
    ("2026-10-06", "2026-10-10"),
    ("2026-10-08", "2026-10-10"),
)
DRAWS, WORLDS, SEED = 4_000, 400, 1
# Nine of ten worlds of the model have as many hits as lie between these shares of them.
RANGE = (0.05, 0.95)


class Kind(StrEnum):
    """What is predicted of a unit."""

    TOTAL = "total"
    PLACE = "place"  # when all units move
    PLACE_KNOWN = "place_known"  # when its own final total is known and all others move


@dataclass(frozen=True)
class Coverage:
    """How many of ``cases`` intervals of a ``level`` held.

    ``chances``: by the model itself, the chance of 0, 1, ... ``cases`` hits. Places are whole
    numbers, so more than ``level`` of them are expected within their intervals.
    """

    kind: Kind
    level: float
    cases: int
    hits: int
    chances: tuple[float, ...]

    @property
    def expected(self) -> float:
        return float(np.dot(self.chances, np.arange(self.cases + 1)))

    @property
    def low(self) -> int:
        """Fewest hits that are no surprise."""
        return self._reached(RANGE[0])

    @property
    def high(self) -> int:
        """Most hits that are no surprise."""
        return self._reached(RANGE[1])

    @property
    def holds(self) -> bool:
        """False where the hits are further from what is expected than chance alone takes them."""
        return self.low <= self.hits <= self.high

    @property
    def surprise(self) -> float:
        """The chance that a right model does not hold."""
        return 1 - sum(self.chances[self.low : self.high + 1])

    def _reached(self, share: float) -> int:
        # Sums of shares of worlds are not exact.
        return int(np.argmax(np.cumsum(self.chances) >= share - 1e-9))


@dataclass(frozen=True)
class Check:
    """Predictions made on ISO day ``start`` for ``target``, ``days`` later, by ``movement``.

    ``coverages``: one for each kind and level.
    """

    start: str
    target: str
    days: float
    movement: Movement
    coverages: tuple[Coverage, ...]

    def coverage(self, kind: Kind, level: float) -> Coverage:
        return _found(self.coverages, kind, level)


@dataclass(frozen=True)
class Calibration:
    """``forward``: fitted on what was known on the start day; ``left_out``: each interval by a
    model fitted on all the others, and ``pooled`` all of these together."""

    forward: tuple[Check, ...]
    left_out: tuple[Check, ...]
    pooled: tuple[Coverage, ...]

    def pool(self, kind: Kind, level: float) -> Coverage:
        return _found(self.pooled, kind, level)


def _found(coverages: Iterable[Coverage], kind: Kind, level: float) -> Coverage:
    return next(one for one in coverages if (one.kind, one.level) == (kind, level))


@cache
def calibration() -> Calibration:
    """Of the 34 provinces in autumn 2026."""
    captures = shipped_captures()
    left_out = tuple(checked_without(captures, k) for k in range(len(captures) - 1))
    return Calibration(
        tuple(checked_forward(captures, start, target) for start, target in FORWARD),
        left_out, pooled(left_out),
    )  # fmt: skip


def checked_forward(captures: Sequence[Capture], start: str, target: str) -> Check:
    """From one day to a later one, by what was known on the first.

    ``captures``: oldest first, with both days and at least three readings up to ``start``.
    """
    before, after = (next(one for one in captures if one.day == day) for day in (start, target))
    return checked(before, after, known_on(captures, start))


def known_on(captures: Sequence[Capture], start: str) -> Movement:
    """The movement fitted on the readings up to ISO day ``start``."""
    known = [one for one in captures if one.day <= start]
    return fit(intervals_of(known), tuple(one.day for one in known))


def checked_without(captures: Sequence[Capture], left_out: int) -> Check:
    """The interval after reading ``left_out``, by what all other intervals tell."""
    parts = captures[: left_out + 1], captures[left_out + 1 :]
    others = [one for part in parts for one in intervals_of(part)]
    days = tuple(one.day for part in parts if len(part) > 1 for one in part)
    return checked(captures[left_out], captures[left_out + 1], fit(others, days))


def checked(before: Capture, after: Capture, movement: Movement) -> Check:
    """What ``movement`` predicts of ``after`` from ``before``, and how much of it held."""
    codes = sorted(code for code in before.totals if code in after.totals)
    start = {code: before.totals[code] for code in codes}
    days = float(days_in(after.moment - before.moment))
    draws = _final(start, movement, days, DRAWS, SEED)
    published = np.array([[after.totals[code] for code in codes]], dtype=np.int32)
    # What was published is looked at in the same way as the worlds: it is the first of them.
    rows = np.concatenate([published, _final(start, movement, days, WORLDS, SEED + 1)])
    found = [
        _coverage(kind, level, len(codes), hits)
        for kind, hits_of in _HITS.items()
        for level, hits in zip(LEVELS, hits_of(draws, rows), strict=True)
    ]
    return Check(before.day, after.day, days, movement, tuple(found))


def _final(
    start: Mapping[str, int], movement: Movement, days: float, draws: int, seed: int
) -> Totals:
    final = draw_totals(start, movement, days, draws, seed).clip(0, HIGHEST)
    whole: Totals = np.rint(final).astype(np.int32)
    return whole


def _coverage(kind: Kind, level: float, cases: int, hits: Whole) -> Coverage:
    chances = np.bincount(hits[1:], minlength=cases + 1) / (len(hits) - 1)
    return Coverage(kind, level, cases, int(hits[0]), tuple(chances.tolist()))


def pooled(checks: Sequence[Check]) -> tuple[Coverage, ...]:
    """All checks taken together, as if what came in one told nothing of the others."""
    found = []
    for kind in Kind:
        for level in LEVELS:
            parts = [check.coverage(kind, level) for check in checks]
            chances: npt.NDArray[np.float64] = reduce(
                np.convolve, (np.array(part.chances) for part in parts)
            )
            cases, hits = sum(part.cases for part in parts), sum(part.hits for part in parts)
            found.append(Coverage(kind, level, cases, hits, tuple(chances.tolist())))
    return tuple(found)


def places(totals: Totals) -> Whole:
    """Place of every unit (column) in every row: one more than the higher totals."""
    higher = totals[:, None, :] > totals[:, :, None]
    found: Whole = 1 + np.count_nonzero(higher, axis=2)
    return found


def _within(values: Whole, low: Whole, high: Whole) -> Whole:
    """Per row, how many columns are within the bounds of their column (or their own)."""
    found: Whole = np.count_nonzero((values >= low) & (values <= high), axis=1)
    return found


def _middle_hits(draws: Whole, rows: Whole) -> list[Whole]:
    """Per level and row, how many columns are in the middle ``level`` of what was drawn."""
    found = []
    for level in LEVELS:
        shares = [(1 - level) / 2, (1 + level) / 2]
        low, high = np.quantile(draws, shares, axis=0, method="inverted_cdf")
        found.append(_within(rows, low, high))
    return found


def _total_hits(draws: Totals, rows: Totals) -> list[Whole]:
    return _middle_hits(draws.astype(np.int64), rows.astype(np.int64))


def _place_hits(draws: Totals, rows: Totals) -> list[Whole]:
    return _middle_hits(places(draws), places(rows))


def _known_hits(draws: Totals, rows: Totals) -> list[Whole]:
    """As the app tells it of a what-if: the interval of a score among peers that move."""
    bounds = np.empty((len(LEVELS), 2, *rows.shape), dtype=np.int64)
    for column in range(draws.shape[1]):
        peers = np.delete(draws, column, axis=1)
        outcomes = counted([str(k) for k in range(peers.shape[1])], peers)
        for level, both in zip(LEVELS, bounds, strict=True):
            both[:, :, column] = outcomes.intervals(rows[:, column].astype(float), level)
    reached = places(rows)
    return [_within(reached, low, high) for low, high in bounds]


_HITS = {Kind.TOTAL: _total_hits, Kind.PLACE: _place_hits, Kind.PLACE_KNOWN: _known_hits}
