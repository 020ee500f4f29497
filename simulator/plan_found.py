"""A plan as it was found: what to move, what it costs, what the exact engine makes of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from simulator.plan_goals import Goal, Limits
from simulator.plan_limits import Binding
from simulator.project import Projection

# Efforts that differ by less than this part, or so many hours, are equal.
SAME, NEARLY = 1e-6, 1e-3


class Status(StrEnum):
    REACHED = "reached"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class Plan:
    """Changes of levers that reach a goal, or come as near to it as possible.

    ``settings``: lever -> change, without those left at 0; ``hours``: effort of each, and
    ``total_hours`` of all; ``projection``: what the exact engine makes of it, ``line``: without
    any, ``ceiling``: with all that the limits allow; ``bound``: effort that no plan can undercut;
    ``binding``: what keeps the ceiling down, and ``reachable_until``: the last day on which the
    goal could be reached (both only where it is impossible); ``most_total``: the total (hundredths)
    that is not excluded for the hours, where these were given.
    """

    status: Status
    goal: Goal
    limits: Limits
    settings: Mapping[str, float]
    hours: Mapping[str, float]
    projection: Projection
    line: Projection
    ceiling: Projection
    bound: float
    binding: tuple[Binding, ...] = ()
    reachable_until: date | None = None
    most_total: int | None = None

    @property
    def total_hours(self) -> float:
        return math.fsum(self.hours.values())

    @property
    def gap(self) -> float:
        """Hours by which a cheaper plan is not excluded; 0 where the plan is proved."""
        gap = self.total_hours - self.bound
        return 0.0 if gap <= NEARLY + SAME * self.total_hours else gap


@dataclass(frozen=True)
class Rounded:
    """``settings`` with what the exact engine makes of them; ``bound``: hours of the choices that
    no plan for the goal can undercut."""

    settings: dict[str, float]
    projection: Projection
    bound: float
