"""Other plans for nearly the same effort: each spares one of the plan's main levers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.plan_found import SAME, Plan, Status
from simulator.plan_goals import Goal
from simulator.plan_solver import Planner

# Alternatives may cost this part more.
WITHIN = 0.05
MOST = 3
# A lever is a main one of a plan if without it the plan loses this part of what it gains.
MAIN = 0.05
# A lever is spared if this part of its change falls away.
SPARED = 0.1


@dataclass(frozen=True)
class Alternative:
    """``plan`` moves ``lever`` as little as the effort allows: by ``spared`` units less."""

    plan: Plan
    lever: str
    spared: float


def alternatives(
    planner: Planner, plan: Plan, within: float = WITHIN, most: int = MOST
) -> tuple[Alternative, ...]:
    """At most ``most`` other plans for the goal of ``plan``, those that spare most first.

    Each costs at most ``within`` more than ``plan``, moves one of its main levers as little as
    that allows, and is the cheapest that does so; all are scored by the exact engine.
    """
    if plan.status is not Status.REACHED:
        return ()
    found = [_sparing(planner, plan, code, within) for code in main_levers(planner, plan)]
    by_share = sorted(
        (
            one
            for one in found
            if one is not None and one.spared >= SPARED * plan.settings[one.lever]
        ),
        key=lambda one: (-one.spared / plan.settings[one.lever], one.plan.total_hours),
    )
    different: list[Alternative] = []
    for one in by_share:
        if all(one.plan.settings != other.plan.settings for other in different):
            different.append(one)
    return tuple(different[:most])


def _sparing(planner: Planner, plan: Plan, lever: str, within: float) -> Alternative | None:
    """The plan that moves ``lever`` least; None where the limits leave no choice."""
    if lever not in {choice.code for choice in planner.left.choices}:
        return None
    most = plan.total_hours * (1 + within)
    # Whole cases can cost more than the solver reckons with.
    for spare in (0.0, planner.rounding):
        other = _least_of(planner, plan.goal, lever, most - spare)
        if other is not None and other.total_hours <= most * (1 + SAME):
            less = plan.settings[lever] - other.settings.get(lever, 0.0)
            return Alternative(other, lever, less)
    return None


def _least_of(planner: Planner, goal: Goal, lever: str, most: float) -> Plan | None:
    own = Planner(
        planner.edition, planner.unit, planner.outlook, planner.effort, planner.limits,
        planner.peers,
    )  # fmt: skip
    model = own.ask(goal, most - own.fixed_hours)
    least = own.search(model, goal, model.levers[lever])
    if least is None:
        return None
    model.mixed.row(model.levers[lever], high=least[0].get(lever, 0.0))
    cheapest = own.search(model, goal)
    return None if cheapest is None else own.plan(goal, *cheapest)


def main_levers(planner: Planner, plan: Plan) -> tuple[str, ...]:
    """Levers without which ``plan`` loses a good part of what it gains."""
    gained = plan.projection.total_change - plan.line.total_change
    least = max(math.ceil(MAIN * gained), 1)
    return tuple(
        code
        for code in plan.settings
        if plan.projection.total_change - _without(planner, plan.settings, code) >= least
    )


def _without(planner: Planner, settings: Mapping[str, float], code: str) -> int:
    others = {lever: change for lever, change in settings.items() if lever != code}
    return planner.scored(others).total_change
