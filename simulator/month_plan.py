"""The path by month: what every remaining month must look like for the settings to come true.

A change until the end of the period is spread over the months that are left, in one of three
shapes; no month can do more than all of its cases, nor more than an office can do in its days
where the months together can do it (up to the rounding to whole cases). The engine tells where
each month ends, and a month is the difference between two ends, so all levers and couplings are
in it, and the last month ends where the projection ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from simulator.baseline import Unit
from simulator.levers import LeverRange, lever_range
from simulator.month_shares import TINY, differences, month_counts, shared, split_whole
from simulator.outlook import Outlook, half_up, part_way
from simulator.period import MONTH_DAYS, months_left
from simulator.project import Projection, projected
from simulator.rank import Peers
from simulator.rules import Edition, Reach


class Shape(StrEnum):
    """How the effort is spread over the months."""

    LEVEL = "level"
    RAMP_UP = "ramp_up"
    FRONT_LOADED = "front_loaded"


@dataclass(frozen=True)
class Month:
    """One calendar month that is left: first day, last day in the period, days to come."""

    first: date
    last: date
    days: float


@dataclass(frozen=True)
class Step:
    """One lever in one month.

    ``cases``: cases that come in the month (0 for stocks and repairs); ``good``: how many of them
    must turn out well, for repairs and stocks how many are to be done; ``more``: how many more
    than at present rates. Of levers for cases to come all levers on the count are in it.
    """

    lever: str
    month: date
    cases: int
    good: int
    more: int

    @property
    def rate_percent(self) -> float | None:
        """The rate the month's cases need; None where no cases come."""
        return 100 * self.good / self.cases if self.cases else None


@dataclass(frozen=True)
class MonthPlan:
    """Where the plan (``ends``) and the do-nothing line (``lines``) are after each month.

    ``above``: levers that are to change by more than the months can take, and what they can.
    """

    months: tuple[Month, ...] = ()
    ends: tuple[Projection, ...] = ()
    lines: tuple[Projection, ...] = ()
    above: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Steps of every changed lever, in the order of the levers, then of the months."""
        return tuple(
            step
            for lever in (self.ends[-1].edition.levers if self.ends else ())
            if self.ends[-1].settings.get(lever.code) and lever.moves
            for step in self._steps(lever_range(*_of(self.ends[-1]), lever, self.ends[-1].outlook))
        )

    def counts(self, position: int) -> list[tuple[int, int]]:
        """Good and all cases of an indicator up to the end of each month, in whole cases."""
        return [
            (half_up(end.counts.numerators[position]), half_up(end.counts.denominators[position]))
            for end in self.ends
        ]

    def _steps(self, bounds: LeverRange) -> list[Step]:
        lever, edition = bounds.lever, self.ends[-1].edition
        if lever.reach is not Reach.COMING or not bounds.moves_own_numerator:
            whole = half_up(abs(self.ends[-1].settings[lever.code]))
            sign = -1 if self.ends[-1].settings[lever.code] < 0 else 1
            done = [abs(end.settings.get(lever.code, 0.0)) for end in self.ends]
            parts = split_whole(whole, differences(done))
            return [
                Step(lever.code, month.first, 0, sign * part, sign * part)
                for month, part in zip(self.months, parts, strict=True)
            ]
        position = edition.position[lever.indicator]
        planned, still = (
            month_counts([_to_come(end, position) for end in ends])
            for ends in (self.ends, self.lines)
        )
        return [
            Step(lever.code, month.first, cases, good, good - usual)
            for month, (good, cases), (usual, _) in zip(self.months, planned, still, strict=True)
        ]


def month_plan(
    projection: Projection, shape: Shape = Shape.LEVEL, peers: Peers | None = None,
    per_month: Mapping[str, float] | None = None,
) -> MonthPlan:  # fmt: skip
    """The months until the end that ``projection`` looks at; empty without one.

    ``per_month``: most units of a lever that can be done in a month. What the months together
    cannot take is spread as if there were no such limit, and named in :attr:`MonthPlan.above`.
    """
    ahead = projection.outlook
    if ahead is None or ahead.period.is_over:
        return MonthPlan()
    months = _months(ahead)
    outlooks = [part_way(projection.unit, ahead, month.last) for month in months]
    capacity = {
        code: most * sum(month.days for month in months) / MONTH_DAYS
        for code, most in (per_month or {}).items()
    }
    above = {
        code: most for code, most in capacity.items()
        if projection.settings.get(code, 0.0) > most + TINY
    }  # fmt: skip
    limits = {code: most for code, most in capacity.items() if code not in above}
    shares = _shares(projection, ahead, months, shape, limits)
    settings = [
        {code: sum(parts[: k + 1]) for code, parts in shares.items()} for k in range(len(months))
    ]
    settings[-1] = dict(projection.settings)

    def end_of(k: int, settings: dict[str, float]) -> Projection:
        return projected(*_of(projection), settings, peers, outlooks[k])

    return MonthPlan(
        tuple(months),
        tuple(end_of(k, settings[k]) for k in range(len(months))),
        tuple(end_of(k, {}) for k in range(len(months))),
        above,
    )


def _of(projection: Projection) -> tuple[Edition, Unit]:
    return projection.edition, projection.unit


def _months(ahead: Outlook) -> list[Month]:
    found, gone = [], Fraction(0)
    for first, last in months_left(ahead.period):
        by_then = ahead.period.until(last).remaining_days
        found.append(Month(first, last, float(by_then - gone)))
        gone = by_then
    return found


def _shares(
    projection: Projection, ahead: Outlook, months: Sequence[Month], shape: Shape,
    capacity: Mapping[str, float],
) -> dict[str, list[float]]:  # fmt: skip
    """What every changed lever does in each month; ``capacity``: what all months can take."""
    days = [month.days for month in months]
    shares = {}
    for code, change in projection.settings.items():
        lever = projection.edition.lever_by_code[code]
        bounds = lever_range(*_of(projection), lever, ahead)
        room = [abs(change)] * len(months)
        if lever.reach is Reach.COMING and bounds.moves_own_numerator:
            most = bounds.high if change > 0 else -bounds.low
            room = [most * length / sum(days) for length in days]
        if change > 0 and code in capacity:
            room = [
                min(most, capacity[code] * length / sum(days))
                for most, length in zip(room, days, strict=True)
            ]
        sign = -1.0 if change < 0 else 1.0
        parts = shared(abs(change), _weights(shape, days), room)
        shares[code] = [sign * part for part in parts]
    return shares


def _weights(shape: Shape, days: Sequence[float]) -> list[float]:
    """How much of the change each month takes on."""
    count = len(days)
    slope = {
        Shape.LEVEL: [1.0] * count,
        Shape.RAMP_UP: [float(k + 1) for k in range(count)],
        Shape.FRONT_LOADED: [float(count - k) for k in range(count)],
    }[shape]
    return [weight * length for weight, length in zip(slope, days, strict=True)]


def _to_come(end: Projection, position: int) -> tuple[float, float]:
    """Good and all of the cases that came after the capture."""
    return (
        end.counts.numerators[position] - end.past.numerators[position],
        end.counts.denominators[position] - end.past.denominators[position],
    )
