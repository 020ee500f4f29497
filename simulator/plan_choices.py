"""The levers a plan may pull, and those that stand where its limits put them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.baseline import Unit
from simulator.effort import Effort, LeverEffort, segments
from simulator.errors import ScenarioError
from simulator.lever_settings import check_setting
from simulator.levers import LeverRange, lever_of, lever_range
from simulator.outlook import Outlook
from simulator.plan_goals import Limits
from simulator.rules import Edition, Lever, Reach

# An end of a range this close to a whole unit is not offered besides it.
NEAR = 1e-5
MOST_STEPS = 2000


@dataclass(frozen=True)
class Choice:
    """A lever the plan may pull: from ``least`` to ``most``, in whole ``step``, or to its end.

    ``prices``: (width in units, hours a unit) from 0 on, rising; ``capacity``: what the months
    that are left can take, None without a limit.
    """

    bounds: LeverRange
    least: float
    most: float
    prices: tuple[tuple[float, float], ...]
    capacity: float | None = None

    @property
    def code(self) -> str:
        return self.bounds.lever.code

    @property
    def step(self) -> float:
        return self.bounds.step

    @property
    def last_step(self) -> float:
        return round(math.floor(self.most / self.step + NEAR) * self.step, 6)

    @property
    def first_step(self) -> int:
        """Whole steps that have to be."""
        return math.ceil(round(self.least / self.step, 4))

    @property
    def is_counted(self) -> bool:
        """True if the solver counts every step: with more of them a part of one does not matter,
        and numbers this large made it call solutions the best that were not."""
        return round(self.last_step / self.step) - self.first_step <= MOST_STEPS

    @property
    def odd_end(self) -> float:
        """What the end of the range adds to the last whole step."""
        rest = self.bounds.high - self.last_step
        return rest if self.most == self.bounds.high and rest > NEAR else 0.0

    @property
    def top(self) -> float:
        """The largest change that can be set."""
        return self.bounds.high if self.odd_end else min(self.last_step, self.bounds.high)


@dataclass(frozen=True)
class LeversLeft:
    """``choices`` a plan has, levers that are ``fixed`` at a change, and the ranges of all."""

    choices: tuple[Choice, ...]
    fixed: Mapping[str, float]
    ranges: Mapping[str, LeverRange]


def is_offered(lever: Lever) -> bool:
    """True if a plan may pull ``lever`` by itself."""
    only_adds = all(move.part == "numerator" and move.by > 0 for move in lever.moves)
    return (
        lever.direction == "helpful"
        and bool(lever.moves)
        and only_adds
        and lever.reach is not Reach.FLAGGED
    )


def levers_left(
    edition: Edition, unit: Unit, outlook: Outlook | None, effort: Effort, limits: Limits
) -> LeversLeft:
    """The levers a plan may pull, and those that stand where ``limits`` put them.

    Raises :class:`ScenarioError` for a lock or floor that the lever cannot take, or that is more
    than the months can take: no risk, which nobody works on.
    """
    ranges = {lever.code: lever_range(edition, unit, lever, outlook) for lever in edition.levers}
    fixed: dict[str, float] = {}
    for code, change in limits.locked.items():
        lever_of(edition, code)
        fixed[code] = check_setting(ranges[code], change) if change else 0.0
    floors = _floors(edition, ranges, limits, fixed)
    for kind, changes in (("lock", fixed), ("floor", floors)):
        for code, change in changes.items():
            _check_capacity(ranges[code], kind, change, effort.levers[code], limits.months)
    choices = []
    for code, bounds in ranges.items():
        if code in fixed:
            continue
        if not is_offered(bounds.lever) or not bounds.usable or bounds.high <= 0:
            fixed |= {code: floors[code]} if floors.get(code) else {}
            continue
        capacity = _capacity(bounds, effort.levers[code], limits.months)
        most = bounds.high if capacity is None else min(bounds.high, capacity)
        choice = Choice(bounds, floors.get(code, 0.0), most, segments(bounds, effort.levers[code]),
                        capacity)  # fmt: skip
        # A floor between the last whole step and the end leaves no choice.
        if choice.least > choice.last_step or choice.least >= choice.top:
            fixed |= {code: choice.least} if choice.least else {}
        else:
            choices.append(choice)
    return LeversLeft(tuple(choices), fixed, ranges)


def _floors(
    edition: Edition, ranges: Mapping[str, LeverRange], limits: Limits, fixed: Mapping[str, float]
) -> dict[str, float]:
    floors = {}
    for code, least in limits.floors.items():
        lever_of(edition, code)
        floors[code] = check_setting(ranges[code], least) if least > 0 else 0.0
        if fixed.get(code, floors[code]) < floors[code]:
            raise ScenarioError("plan_lock_below_floor", lever=code, locked=fixed[code],
                                floor=floors[code])  # fmt: skip
    return floors


def _capacity(bounds: LeverRange, effort: LeverEffort, months: float | None) -> float | None:
    """Units the months that are left can take; None without a limit."""
    if months is None or effort.per_month is None or bounds.lever.direction == "harmful":
        return None
    return effort.per_month * months


def _check_capacity(
    bounds: LeverRange, kind: str, change: float, effort: LeverEffort, months: float | None
) -> None:
    """``kind``: what asks for the change, a lock or a floor."""
    capacity = _capacity(bounds, effort, months)
    if capacity is not None and change > capacity + NEAR * bounds.step:
        most = round(math.floor(capacity / bounds.step + NEAR) * bounds.step, 6)
        raise ScenarioError(f"plan_{kind}_above_capacity", lever=bounds.lever.code,
                            **{kind: change}, capacity=most)  # fmt: skip
