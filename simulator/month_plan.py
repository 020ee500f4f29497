"""The path by month: what every remaining month must look like for the settings to come true.

A change until the end of the period is spread over the months that are left, in one of three
shapes; no month can do more than all of its cases. Counts add up exactly to the setting, and the
last month ends where the projection ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import floor

from simulator.levers import LeverRange, lever_range
from simulator.outlook import Outlook, part_way
from simulator.period import months_left
from simulator.project import Projection, project
from simulator.rank import Peers
from simulator.rules import Reach


class Shape(StrEnum):
    """How the effort is spread over the months."""

    LEVEL = "level"
    RAMP_UP = "ramp_up"
    FRONT_LOADED = "front_loaded"


@dataclass(frozen=True)
class Month:
    """One calendar month that is left: its days to come, and its share of what is to come."""

    first: date
    last: date
    days: float


@dataclass(frozen=True)
class Step:
    """One lever in one month.

    ``cases``: cases that come in the month (0 for stocks and repairs); ``change``: how many more
    than at present rates; ``good``: how many of the cases must turn out well, for repairs and
    stocks how many are to be done.
    """

    lever: str
    month: date
    cases: int
    change: int
    good: int

    @property
    def rate_percent(self) -> float | None:
        """The rate the month's cases need; None where no cases come."""
        return 100 * self.good / self.cases if self.cases else None


@dataclass(frozen=True)
class MonthPlan:
    """Steps of every changed lever, and where they lead by the end of each month.

    ``steps``: in the order of the levers, then of the months. ``ends`` and ``lines``: the plan and
    the do-nothing line at the end of each of ``months``, as projections.
    """

    months: tuple[Month, ...]
    steps: tuple[Step, ...]
    ends: tuple[Projection, ...]
    lines: tuple[Projection, ...]


def month_plan(
    projection: Projection, shape: Shape = Shape.LEVEL, peers: Peers | None = None
) -> MonthPlan:
    """The months until the end that ``projection`` looks at; empty without one."""
    ahead = projection.outlook
    if ahead is None or ahead.period.is_over:
        return MonthPlan((), (), (), ())
    months = _months(ahead)
    outlooks = [part_way(projection.unit, ahead, month.last) for month in months]
    steps: list[Step] = []
    for lever in projection.edition.levers:
        change = projection.settings.get(lever.code)
        if change and lever.moves:
            bounds = lever_range(projection.edition, projection.unit, lever, ahead)
            position = projection.edition.position[lever.indicator]
            steps += _steps(bounds, change, months, shape, _cases(outlooks, position))

    def end_of(k: int, settings: dict[str, float]) -> Projection:
        return project(projection.edition, projection.unit, settings, peers, outlooks[k])

    ends = [
        end_of(k, _settings_by(projection, outlooks[k], steps, month.first))
        for k, month in enumerate(months[:-1])
    ]
    ends.append(end_of(len(months) - 1, dict(projection.settings)))
    lines = [end_of(k, {}) for k in range(len(months))]
    return MonthPlan(tuple(months), tuple(steps), tuple(ends), tuple(lines))


def _months(ahead: Outlook) -> list[Month]:
    found, gone = [], Fraction(0)
    for first, last in months_left(ahead.period):
        by_then = ahead.period.until(last).remaining_days
        found.append(Month(first, last, float(by_then - gone)))
        gone = by_then
    return found


def _cases(outlooks: Sequence[Outlook], position: int) -> list[tuple[int, int]]:
    """Cases that come in each month, and how many of them turn out well at present rates."""
    coming = [round(ahead.coming[position]) for ahead in outlooks]
    good = [_half_up(ahead.good[position]) for ahead in outlooks]
    return [
        (came - came_before, well - well_before)
        for came, came_before, well, well_before in zip(
            coming, [0, *coming], good, [0, *good], strict=False
        )
    ]


def _half_up(value: float) -> int:
    return floor(value + 0.5)


def _steps(
    bounds: LeverRange,
    change: float,
    months: Sequence[Month],
    shape: Shape,
    cases: Sequence[tuple[int, int]],
) -> list[Step]:
    whole = round(change)
    if bounds.lever.reach is Reach.COMING and bounds.moves_own_numerator:
        room = [all_ - good for all_, good in cases]
        low = [-good for _, good in cases]
    else:
        cases = [(0, 0)] * len(months)
        room, low = [abs(whole)] * len(months), [-abs(whole)] * len(months)
    changes = _shared(whole, _weights(shape, [month.days for month in months]), low, room)
    return [
        Step(bounds.lever.code, month.first, came, more, good + more)
        for month, (came, good), more in zip(months, cases, changes, strict=True)
    ]


def _settings_by(
    projection: Projection, ahead: Outlook, steps: Sequence[Step], month: date
) -> dict[str, float]:
    """What the levers have done by the end of ``month``, within what is possible by then."""
    done: dict[str, float] = {}
    for step in steps:
        if step.month <= month:
            done[step.lever] = done.get(step.lever, 0.0) + step.change
    settings = {}
    for code, change in done.items():
        lever = projection.edition.lever_by_code[code]
        bounds = lever_range(projection.edition, projection.unit, lever, ahead)
        if bounds.usable:
            settings[code] = min(max(change, bounds.low), bounds.high)
    return settings


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
