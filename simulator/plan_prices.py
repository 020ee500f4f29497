"""What a plan's goal and limits are worth: every price from plans solved again, exactly.

A price is the difference of two proved plans, not a multiplier of a relaxed model: scores rise in
steps, so what one more unit is worth can only be told by looking.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from simulator.effort import Effort
from simulator.plan_found import Plan, Status
from simulator.plan_goals import Goal, Limits
from simulator.plan_solver import Planner

# By how many hundredths the goal is moved to see what it costs.
TARGET_STEP = 10
# Units of a lever that are offered more; fewer where its whole range has less left.
MORE_UNITS = 1000
# Plans solved for one list of prices.
MOST_PLANS = 12


class Relaxed(StrEnum):
    """What is given up or asked for."""

    HARDER = "harder"  # more points wanted
    EASIER = "easier"  # fewer points wanted
    ROOM = "room"  # more units of a lever that is at the end of its capacity
    MONTH = "month"  # one more month of all capacities
    UNLOCK = "unlock"  # a locked lever may move


@dataclass(frozen=True)
class Price:
    """What one change of the goal or of a limit brings.

    ``amount``: hundredths, units, months; 1 for a lock. ``saved``: hours saved (negative: that it
    costs; None where the goal stays out of reach); ``gained``: hundredths by which the best
    possible total rises (None for the goal itself).
    """

    relaxed: Relaxed
    lever: str | None
    amount: float
    saved: float | None
    gained: int | None


def prices(planner: Planner, plan: Plan, most: int = MOST_PLANS) -> tuple[Price, ...]:
    """Prices of the goal and of the limits of ``plan``, most valuable first.

    At most ``most`` plans are solved; of more locks those are left out whose levers could add
    least to the total.
    """
    found = list(_target_prices(planner, plan)) if plan.goal.total is not None else []
    asked = sorted(_relaxed(planner), key=lambda item: -_gained(planner, item[3]))
    for relaxed, lever, amount, other in asked[: max(most - len(found), 0)]:
        found.append(_price(planner, plan, relaxed, lever, amount, other))
    return tuple(sorted(found, key=_value))


def _value(price: Price) -> tuple[bool, float, int]:
    """Most hours saved first; where none can be, most hundredths gained."""
    return price.saved is None, -(price.saved or 0.0), -(price.gained or 0)


def _target_prices(planner: Planner, plan: Plan) -> Iterator[Price]:
    """What some more points would cost, and what some fewer would save."""
    total = plan.goal.total
    assert total is not None
    for relaxed, step in ((Relaxed.HARDER, TARGET_STEP), (Relaxed.EASIER, -TARGET_STEP)):
        if plan.status is Status.IMPOSSIBLE or total + step < 0:
            continue
        other = planner.cheapest(Goal(total + step, plan.goal.groups))
        if other.status is Status.REACHED:
            saved = plan.total_hours - other.total_hours
            yield Price(relaxed, None, TARGET_STEP, saved, None)


def _relaxed(planner: Planner) -> list[tuple[Relaxed, str | None, float, Planner]]:
    """The same unit with one limit relaxed."""
    limits, left = planner.limits, planner.left
    found: list[tuple[Relaxed, str | None, float, Planner]] = []
    for code, change in limits.locked.items():
        if left.ranges[code].usable and change < left.ranges[code].high:
            locked = {lever: at for lever, at in limits.locked.items() if lever != code}
            other = _with(planner, replace(limits, locked=locked))
            found.append((Relaxed.UNLOCK, code, 1, other))
    capped = [choice for choice in left.choices if choice.most < choice.bounds.high]
    if limits.months and capped:
        other = _with(planner, replace(limits, months=limits.months + 1))
        found.append((Relaxed.MONTH, None, 1, other))
        for choice in capped:
            own = planner.effort.levers[choice.code]
            units = min(MORE_UNITS, math.ceil(choice.bounds.high - choice.most))
            # So much a month more that the months left bring so many units more.
            more = (own.per_month or 0.0) + units / limits.months
            levers = {**planner.effort.levers, choice.code: replace(own, per_month=more)}
            effort = replace(planner.effort, levers=levers)
            found.append((Relaxed.ROOM, choice.code, units, _with(planner, limits, effort)))
    return found


def _with(planner: Planner, limits: Limits, effort: Effort | None = None) -> Planner:
    return Planner(
        planner.edition, planner.unit, planner.outlook, effort or planner.effort, limits,
        planner.peers,
    )  # fmt: skip


def _gained(planner: Planner, other: Planner) -> int:
    """Hundredths by which the best possible total rises."""
    return other.ceiling.total_change - planner.ceiling.total_change


def _price(
    planner: Planner, plan: Plan, relaxed: Relaxed, lever: str | None, amount: float,
    other: Planner,
) -> Price:  # fmt: skip
    better = other.cheapest(plan.goal)
    reached = better.status is Status.REACHED and plan.status is Status.REACHED
    saved = plan.total_hours - better.total_hours if reached else None
    return Price(relaxed, lever, amount, saved, _gained(planner, other))
