"""The path by month: what every remaining month must look like for the settings to come true.

A change until the end of the period is spread over the months that are left, in one of three
shapes; no month can do more than all of its cases. Counts add up exactly to the setting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from simulator.levers import LeverRange, lever_range
from simulator.period import months_left
from simulator.project import Projection
from simulator.rules import Reach


class Shape(StrEnum):
    """How the effort is spread over the months."""

    LEVEL = "level"
    RAMP_UP = "ramp_up"
    FRONT_LOADED = "front_loaded"


@dataclass(frozen=True)
class Step:
    """One lever in one month, and where its indicator stands at the end of it.

    ``cases``: cases that come in the month (0 for stocks and repairs); ``change``: how many more
    than at present rates; ``good``: how many of the cases must turn out well; ``numerator`` and
    ``denominator``: counts of the lever's indicator by then, of this lever's doing.
    """

    lever: str
    month: date
    cases: int
    change: int
    good: int
    numerator: float
    denominator: float

    @property
    def rate_percent(self) -> float | None:
        """The rate the month's cases need; None where no cases come."""
        return 100 * self.good / self.cases if self.cases else None

    @property
    def end_percent(self) -> float:
        return 100 * self.numerator / self.denominator if self.denominator else 0.0


def month_plan(projection: Projection, shape: Shape = Shape.LEVEL) -> list[Step]:
    """Steps of every changed lever, month by month, in the order of the levers."""
    outlook = projection.outlook
    if outlook is None or outlook.period.is_over:
        return []
    months = months_left(outlook.period)
    steps = []
    for lever in projection.edition.levers:
        change = projection.settings.get(lever.code)
        if not change or not lever.moves:
            continue
        bounds = lever_range(projection.edition, projection.unit, lever, outlook)
        known = projection.unit.evidence[projection.edition.position[lever.indicator]]
        start = (known.numerator, known.denominator)
        steps += _steps(bounds, change, months, shape, start)
    return steps


def _steps(
    bounds: LeverRange,
    change: float,
    months: Sequence[tuple[date, Fraction]],
    shape: Shape,
    start: tuple[float, float],
) -> list[Step]:
    days = [float(length) for _, length in months]
    cases = split_whole(round(bounds.coming), days)
    good = split_whole(round(bounds.good), days)
    if bounds.lever.reach is Reach.COMING and bounds.moves_own_numerator:
        room = [all_ - some for all_, some in zip(cases, good, strict=True)]
        low = [-some for some in good]
    else:
        room, low = [abs(round(change))] * len(months), [-abs(round(change))] * len(months)
    changes = _shared(round(change), _weights(shape, days), low, room)
    steps, numerator, denominator = [], *start
    for (month, _), came, turned_out, more in zip(months, cases, good, changes, strict=True):
        numerator += turned_out + (more if bounds.moves_own_numerator else 0)
        denominator += came
        steps.append(
            Step(bounds.lever.code, month, came, more, turned_out + more, numerator, denominator)
        )
    return steps


def _weights(shape: Shape, days: Sequence[float]) -> list[float]:
    """How much of the change each month takes on."""
    count = len(days)
    slope = {
        Shape.LEVEL: [1.0] * count,
        Shape.RAMP_UP: [float(k + 1) for k in range(count)],
        Shape.FRONT_LOADED: [float(count - k) for k in range(count)],
    }[shape]
    return [weight * length for weight, length in zip(slope, days, strict=True)]


def _shared(
    change: int, weights: Sequence[float], low: Sequence[int], high: Sequence[int]
) -> list[int]:
    """``change`` shared by ``weights``; what a month cannot take goes to the others."""
    shares = [0] * len(weights)
    open_ = list(range(len(weights)))
    left = change
    while left and open_:
        parts = split_whole(left, [weights[k] for k in open_])
        for k, part in zip(list(open_), parts, strict=True):
            wanted = shares[k] + part
            shares[k] = min(max(wanted, low[k]), high[k])
            if shares[k] != wanted:
                open_.remove(k)
        left = change - sum(shares)
    return shares


def split_whole(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to ``weights`` that add up to ``total`` (largest remainder)."""
    whole = sum(weights)
    if not whole:
        return [total, *[0] * (len(weights) - 1)]
    sign = -1 if total < 0 else 1
    exact = [abs(total) * weight / whole for weight in weights]
    floors = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda k: (floors[k] - exact[k], k))
    for k in by_remainder[: abs(total) - sum(floors)]:
        floors[k] += 1
    return [sign * part for part in floors]
