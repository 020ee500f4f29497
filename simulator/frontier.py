"""The frontier between effort and score: plans from what is done anyway to the best possible.

Each is a real plan, scored by the exact engine, and close to the least effort for its score: the
relaxed model gives it at once and tells how much less could do at most.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.baseline import Unit
from simulator.effort import Effort
from simulator.outlook import Outlook
from simulator.plan_found import SAME
from simulator.plan_goals import Goal, Limits
from simulator.plan_solver import Planner
from simulator.rules import Edition

POINTS = 30
# A point further above its bound than this part is solved to the end.
WITHIN = 0.01


@dataclass(frozen=True)
class FrontierPoint:
    """A plan: no other reaches ``total`` (hundredths) for less than ``hours - gap``."""

    hours: float
    total: int
    settings: Mapping[str, float]
    gap: float = 0.0


def frontier(
    edition: Edition, unit: Unit, outlook: Outlook | None, effort: Effort,
    limits: Limits | None = None, points: int = POINTS, highest: int | None = None,
) -> tuple[FrontierPoint, ...]:  # fmt: skip
    """At most ``points`` plans from what is done anyway to the best possible, rising in both.

    ``highest``: the total (hundredths) to end at, where the best possible is too far away.
    Totals are those the exact engine gives; one model answers all of them. Raises
    :class:`ScenarioError` where the total of the unit is not known.
    """
    planner = Planner(edition, unit, outlook, effort, limits)
    first, last = planner.least.after.total, planner.ceiling.after.total
    if first is None or last is None:
        planner.cheapest(Goal(total=0))
        return ()
    if highest is not None:
        last = max(min(last, highest), first)
    between = [first + round(k * (last - first) / (points - 1)) for k in range(1, points - 1)]
    found = [_exact(planner, first)]
    for total in sorted({*between, last} - {first}):
        # A plan that goes beyond its own total stands for those in between too.
        if found[-1].total < total:
            found.append(_exact(planner, total) if total == last else _near(planner, total))
    return tuple(_rising(found))


def _exact(planner: Planner, total: int) -> FrontierPoint:
    plan = planner.cheapest(Goal(total))
    reached = plan.projection.after.total
    assert reached is not None
    return FrontierPoint(plan.total_hours, reached, plan.settings, plan.gap)


def _near(planner: Planner, total: int) -> FrontierPoint:
    """A plan for about ``total`` that costs little more than the least."""
    near = planner.rounded(Goal(total))
    reached = None if near is None else near.projection.after.total
    if near is None or reached is None:
        return _exact(planner, total)
    bound = near.bound
    if reached != total:
        model = planner.ask(Goal(reached))
        own = model.mixed.relaxed(model.hours)
        bound = 0.0 if own is None else own.bound
    spent = math.fsum(planner.hours_of(near.settings).values())
    gap = spent - planner.fixed_hours - bound
    if gap > WITHIN * spent:
        return _exact(planner, total)
    return FrontierPoint(spent, reached, near.settings, gap if gap > SAME * spent else 0.0)


def _rising(points: list[FrontierPoint]) -> list[FrontierPoint]:
    """Without those that cost as much as one with a higher total."""
    found: list[FrontierPoint] = []
    for point in sorted(points, key=lambda point: (-point.total, point.hours)):
        if not found or (point.hours < found[-1].hours and point.total < found[-1].total):
            found.append(point)
    return found[::-1]
