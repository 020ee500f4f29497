"""How the totals of a list move from one reading to another, fitted from its history.

Between two readings ``h`` days apart the total of unit ``i`` moves by

    drift h + shift + own_i h + noise + jumps

``shift`` is shared by all units (a refresh, a holiday, a rule reaches all of them); ``own_i`` is
the unit's own drift, shrunk towards none by as much as the history cannot tell it from noise;
noise grows with the square root of time, in some intervals more than in others (``unrest``);
jumps come at random, rarely, in the sizes that were seen (data of a whole group arriving).

Everything in hundredths of a point and days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from itertools import pairwise
from math import sqrt

import numpy as np
import numpy.typing as npt

from simulator.captures import Capture, shipped_captures

Floats = npt.NDArray[np.float64]

# What lies further from the middle than this many standard deviations is a jump.
JUMP = 4.0
# And further than this, in hundredths: where most units stand still any change would be far.
LEAST_JUMP = 50.0
# From the median of absolute deviations to the standard deviation of a normal distribution.
MAD = 1.4826
# Fewer units in common say nothing about noise.
FEWEST_UNITS = 8
# How intervals differ from each other is not told by fewer of them.
FEWEST_INTERVALS = 4
# Half a jump more than was seen: that none came yet does not mean that none can come.
UNSEEN_JUMPS = 0.5


class Basis(StrEnum):
    """Whose history a movement was fitted from."""

    OWN = "own"  # the list's
    PARTLY = "partly"  # the list's and the provinces', by how many intervals the list has
    DEFAULT = "default"  # the provinces'


@dataclass(frozen=True)
class Movement:
    """The fitted model of a list, and what it was fitted from.

    ``days``: ISO days of the readings it was fitted from, ``own_days`` those of the list itself
    (others where the basis is the default); ``units``: how many were compared; ``span``: days from
    the first reading to the last; ``interval``: days between two readings on average;
    ``drift``: hundredths a day, shared;
    ``shift``: standard deviation of what is shared, per square root of a day, estimated with
    ``freedom`` degrees of freedom;
    ``noise``: standard deviation per square root of a day; ``unrest``: how much the noise's
    variance differs between intervals (squared coefficient of variation);
    ``jump_rate``: jumps per unit and day; ``jumps``: their sizes, the default's
    where none were seen (``jumps_seen``);
    ``own``: code -> own drift beside the shared one, ``own_doubt``: what is not known of it
    (standard deviation), both per day.
    """

    basis: Basis
    days: tuple[str, ...]
    own_days: tuple[str, ...]
    units: int
    span: float
    interval: float
    drift: float
    shift: float
    freedom: int
    noise: float
    unrest: float
    jump_rate: float
    jumps: tuple[float, ...]
    jumps_seen: int = 0
    own: Mapping[str, float] = field(default_factory=dict)
    own_doubt: float = 0.0

    def correlation(self, days: float) -> float:
        """Correlation between the totals of two units as they are drawn ``days`` ahead.

        It grows with time: that the drift is not known concerns all units alike. With fewer than
        three degrees of freedom the variance of what is shared has no bound.
        """
        if self.freedom < 3:
            return 1.0
        widening = self.freedom / (self.freedom - 2)
        shared = self.shift**2 * (days + days**2 / self.span) * widening
        jumps = self.jump_rate * float(np.mean(np.square(self.jumps)))
        alone = (self.noise**2 + jumps) * days + (self.own_doubt * days) ** 2
        return shared / (shared + alone)


@dataclass(frozen=True)
class Interval:
    """What came between two readings: changes of the units that are in both, in hundredths."""

    days: float
    codes: tuple[str, ...]
    changes: Floats

    @cached_property
    def shared(self) -> float:
        return float(np.median(self.changes))

    @cached_property
    def rest(self) -> Floats:
        rest: Floats = self.changes - self.shared
        return rest

    @cached_property
    def spread(self) -> float:
        """Standard deviation of the rest, told by its middle half: jumps do not count."""
        return MAD * float(np.median(np.abs(self.rest)))

    def is_quiet(self, noise: float) -> npt.NDArray[np.bool_]:
        """Which units did not jump, with noise of ``noise`` per square root of a day."""
        usual = max(noise * sqrt(self.days), self.spread)
        quiet: npt.NDArray[np.bool_] = np.abs(self.rest) <= max(JUMP * usual, LEAST_JUMP)
        return quiet


def intervals_of(captures: Sequence[Capture]) -> tuple[Interval, ...]:
    """What came between each two readings that have enough units in common."""
    found = []
    for before, after in pairwise(captures):
        codes = tuple(code for code in before.totals if code in after.totals)
        if len(codes) >= FEWEST_UNITS:
            changes = np.array([after.totals[code] - before.totals[code] for code in codes], float)
            found.append(Interval(_days(before, after), codes, changes))
    return tuple(found)


def _days(before: Capture, after: Capture) -> float:
    """Calendar days: of many readings only the day is known. Half a day within one."""
    first, last = date.fromisoformat(before.day), date.fromisoformat(after.day)
    return float((last - first).days) or 0.5


@cache
def default_movement() -> Movement:
    """The 34 provinces in autumn 2026: what stands in where a list has no history of its own."""
    captures = shipped_captures()
    movement = fit(intervals_of(captures), tuple(one.day for one in captures))
    return replace(movement, basis=Basis.DEFAULT, own={}, own_doubt=0.0)


def movement_of(captures: Sequence[Capture]) -> Movement:
    """The movement of a list with these readings; what they cannot tell is the default."""
    usual, days = default_movement(), tuple(one.day for one in captures)
    intervals = intervals_of(captures)
    if not intervals:
        return replace(usual, own_days=days)
    found = fit(intervals, days)
    if len(intervals) >= FEWEST_INTERVALS:
        return found if found.jumps else replace(found, jumps=usual.jumps)
    # One interval can be the quietest or the most restless of many: the fewer there are, the more
    # the default counts, and a drift by the days it was seen. How intervals differ, how sure a
    # drift is and how large jumps are, they do not tell at all.
    share, lasted = len(intervals) / FEWEST_INTERVALS, found.span / (found.span + usual.span)
    return replace(
        usual, basis=Basis.PARTLY, days=days, own_days=days, units=found.units,
        drift=lasted * found.drift + (1 - lasted) * usual.drift,
        noise=sqrt(share * found.noise**2 + (1 - share) * usual.noise**2),
        jump_rate=share * found.jump_rate + (1 - share) * usual.jump_rate, jumps_seen=0,
    )  # fmt: skip


def fit(intervals: Sequence[Interval], days: tuple[str, ...]) -> Movement:
    """The movement told by these intervals alone; how they differ is known from the second on."""
    span = sum(one.days for one in intervals)
    rough = sqrt(sum(one.spread**2 for one in intervals) / span)
    quiet = [one.is_quiet(rough) for one in intervals]
    variances = [
        float(np.mean(np.square(one.rest[still])))
        for one, still in zip(intervals, quiet, strict=True)
    ]
    variance = sum(variances) / span
    drift = sum(one.shared for one in intervals) / span
    off = sum((one.shared - drift * one.days) ** 2 / one.days for one in intervals)
    jumps = np.concatenate([one.rest[~still] for one, still in zip(intervals, quiet, strict=True)])
    own, doubt = _own_drifts(intervals, quiet, variance)
    freedom = max(len(intervals) - 1, 1)
    return Movement(
        basis=Basis.OWN, days=days, own_days=days,
        units=max(len(one.codes) for one in intervals),
        span=span, interval=span / len(intervals), drift=drift, shift=sqrt(off / freedom),
        freedom=freedom, noise=sqrt(variance), unrest=_unrest(intervals, variances, variance),
        jump_rate=(len(jumps) + UNSEEN_JUMPS) / sum(len(one.codes) * one.days for one in intervals),
        jumps=tuple(sorted(jumps.tolist())), jumps_seen=len(jumps), own=own, own_doubt=doubt,
    )  # fmt: skip


def _unrest(intervals: Sequence[Interval], variances: Sequence[float], variance: float) -> float:
    """How much the noise of intervals differs, beyond what chance alone would show."""
    if len(intervals) < 2 or variance == 0:
        return 0.0
    ratios = [seen / one.days / variance for one, seen in zip(intervals, variances, strict=True)]
    seen = sum((ratio - 1) ** 2 for ratio in ratios) / (len(ratios) - 1)
    units = min(len(one.codes) for one in intervals)
    return max(seen - 2 / units, 0.0)


def _own_drifts(
    intervals: Sequence[Interval], quiet: Sequence[npt.NDArray[np.bool_]], variance: float
) -> tuple[dict[str, float], float]:
    """Own drift of each unit beside the shared one, shrunk, and the doubt that is left.

    Where noise alone would make units differ as much as they do, nothing is left of it.
    """
    moved: dict[str, float] = defaultdict(float)
    time: dict[str, float] = defaultdict(float)
    for one, still in zip(intervals, quiet, strict=True):
        for code, change, counts in zip(one.codes, one.rest, still, strict=True):
            moved[code] += float(change) if counts else 0.0
            time[code] += one.days
    rates = {code: moved[code] / time[code] for code in moved}
    seen = float(np.var(list(rates.values()), ddof=1))
    by_noise = variance * float(np.mean([1 / days for days in time.values()]))
    share = max(0.0, 1 - by_noise / seen) if seen else 0.0
    return {code: share * rate for code, rate in rates.items()}, sqrt(share * (1 - share) * seen)
