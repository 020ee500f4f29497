"""The frontier between effort and score: the least effort for each of evenly spaced totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.baseline import Unit
from simulator.effort import Effort
from simulator.outlook import Outlook
from simulator.plan_goals import Goal, Limits
from simulator.plan_solver import Planner
from simulator.rules import Edition

POINTS = 30


@dataclass(frozen=True)
class FrontierPoint:
    """A plan: ``hours`` is the least effort for ``total`` (hundredths), but for ``gap`` hours."""

    hours: float
    total: int
    settings: Mapping[str, float]
    gap: float = 0.0


def frontier(
    edition: Edition, unit: Unit, outlook: Outlook | None, effort: Effort,
    limits: Limits | None = None, points: int = POINTS,
) -> tuple[FrontierPoint, ...]:  # fmt: skip
    """At most ``points`` plans from what is done anyway to the best possible, rising in both.

    Totals are those the exact engine gives; one model answers all of them. Raises
    :class:`ScenarioError` where the total of the unit is not known.
    """
    planner = Planner(edition, unit, outlook, effort, limits)
    first, last = planner.least.after.total, planner.ceiling.after.total
    if first is None or last is None:
        planner.cheapest(Goal(total=0))
        return ()
    wanted = sorted({first + round(k * (last - first) / (points - 1)) for k in range(points)})
    found: list[FrontierPoint] = []
    for total in wanted:
        # A plan that goes beyond its own total stands for those in between too.
        if found and found[-1].total >= total:
            continue
        plan = planner.cheapest(Goal(total))
        reached = plan.projection.after.total
        assert reached is not None
        found.append(FrontierPoint(plan.total_hours, reached, plan.settings, plan.gap))
    return tuple(found)
