"""What a plan has to reach, and what it may not touch: goals, limits, and the levers left to it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.baseline import Unit
from simulator.effort import Effort, LeverEffort, segments
from simulator.errors import ScenarioError
from simulator.lever_settings import check_setting
from simulator.levers import LeverRange, lever_of, lever_range
from simulator.outlook import Outlook
from simulator.project import FULL_TOTAL, Projection
from simulator.rules import Edition, Lever, Reach
from simulator.uncertainty import Outcomes

# An end of a range this close to a whole unit is not offered besides it.
NEAR = 1e-5
MOST_STEPS = 2000


@dataclass(frozen=True)
class Goal:
    """What has to be reached, in hundredths: a total, scores of groups, or both."""

    total: int | None = None
    groups: Mapping[str, int] = field(default_factory=dict)

    def is_met(self, projection: Projection) -> bool:
        """True if the projected scores reach the goal; a score that is not known does not."""
        return self.short(projection) == Goal()

    def short(self, projection: Projection) -> Goal:
        """The parts of the goal that the projected scores do not reach."""
        after = projection.after
        return Goal(
            self.total if _is_below(after.total, self.total) else None,
            {
                group: score
                for group, score in self.groups.items()
                if _is_below(after.groups[group], score)
            },
        )

    def raised(self, by: int) -> Goal:
        """The same with every score ``by`` hundredths higher."""
        total = None if self.total is None else self.total + by
        return Goal(total, {group: score + by for group, score in self.groups.items()})


def _is_below(score: int | None, wanted: int | None) -> bool:
    return wanted is not None and (score is None or score < wanted)


@dataclass(frozen=True)
class Limits:
    """What a plan may not do.

    ``locked``: levers that stay at a change (0: as they are); ``floors``: least changes of levers
    that have to be; ``months``: months that are left, for levers of which an office can only do
    so many a month (None: no such limit). Harmful levers, those without effect in the period and
    those of which nobody publishes how many there are only move if they are named here.
    """

    locked: Mapping[str, float] = field(default_factory=dict)
    floors: Mapping[str, float] = field(default_factory=dict)
    months: float | None = None

    def a_month(self, change: float) -> float | None:
        """How much of a change falls on a month (some days are one); None without months."""
        return None if self.months is None else change / max(self.months, 1.0)


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


def goal_of(
    edition: Edition, *, total: int | None = None, score_class: str | None = None,
    rank: int | None = None, outcomes: Outcomes | None = None, certainty: float = 1.0,
    groups: Mapping[str, int] | None = None,
) -> Goal:  # fmt: skip
    """The goal in hundredths: the highest of a total, the lowest of a class, and what a rank needs.

    ``outcomes``: where the peers end up; ``still(peers.totals)`` for peers that are held. Raises
    :class:`ScenarioError` for a class, group, rank or score that does not exist.
    """
    wanted = [] if total is None else [total]
    if score_class is not None:
        lowest = {item.code: round(item.lowest * 100) for item in edition.classes}
        if score_class not in lowest:
            allowed = ", ".join(lowest)
            raise ScenarioError("plan_unknown_class", score_class=score_class, allowed=allowed)
        wanted.append(lowest[score_class])
    if rank is not None:
        wanted.append(_needed(rank, outcomes, certainty))
    goal = Goal(max(wanted) if wanted else None, dict(groups or {}))
    check_goal(edition, goal)
    return goal


def _needed(rank: int, outcomes: Outcomes | None, certainty: float) -> int:
    if outcomes is None:
        raise ScenarioError("plan_without_peers")
    if not 1 <= rank <= outcomes.count:
        raise ScenarioError("plan_unknown_rank", rank=rank, last=outcomes.count)
    if not 0 < certainty <= 1:
        raise ScenarioError("plan_certainty", value=certainty)
    return max(outcomes.needed(rank, certainty) or 0, 0)


def check_goal(edition: Edition, goal: Goal) -> None:
    """Refuse a goal that is not a number of hundredths, or of a group that does not exist.

    A total above the full one is no mistake: the first place may need it.
    """
    if goal.total is None and not goal.groups:
        raise ScenarioError("plan_without_goal")
    if goal.total is not None and goal.total < 0:
        raise ScenarioError("plan_goal_out_of_range", value=goal.total / 100,
                            highest=FULL_TOTAL // 100)  # fmt: skip
    for code, score in goal.groups.items():
        if code not in edition.group_by_code:
            allowed = ", ".join(edition.group_by_code)
            raise ScenarioError("plan_unknown_group", code=code, allowed=allowed)
        most = edition.group_by_code[code].maximum
        if not 0 <= score <= 100 * most:
            raise ScenarioError("plan_goal_out_of_range", value=score / 100, highest=most)


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
