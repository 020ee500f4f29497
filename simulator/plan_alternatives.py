"""Other plans for nearly the same effort that really differ: each does without a main lever."""

from __future__ import annotations

import math
from collections.abc import Mapping

from simulator.mixed_model import Sum
from simulator.plan_found import Plan, Status
from simulator.plan_model import PlanModel
from simulator.plan_solver import Planner

# Alternatives may cost this part more.
WITHIN = 0.05
MOST = 3
# A lever is a main one of a plan if without it the plan loses this part of what it gains.
MAIN = 0.05


def alternatives(planner: Planner, plan: Plan, within: float = WITHIN, most: int = MOST) -> tuple[
    Plan, ...
]:  # fmt: skip
    """At most ``most`` plans for the goal of ``plan``, cheapest first.

    None of them uses all main levers of the plan or of one before it; each costs at most
    ``within`` more than ``plan`` and is the cheapest that does so, scored by the exact engine.
    """
    if plan.status is not Status.REACHED or not plan.settings:
        return ()
    own = Planner(
        planner.edition, planner.unit, planner.outlook, planner.effort, planner.limits,
        planner.peers,
    )  # fmt: skip
    budget = plan.total_hours * (1 + within) - own.fixed_hours
    model = own.ask(plan.goal, budget)
    used = _used(own, model)
    found: list[Plan] = []
    last = plan
    while len(found) < most:
        main = [code for code in main_levers(own, last) if code in used]
        if not main:
            break
        together = model.mixed.total((1.0, used[code]) for code in main)
        model.mixed.row(together, high=len(main) - 1)
        answer = own.search(model, plan.goal)
        if answer is None:
            break
        last = own.plan(plan.goal, *answer)
        found.append(last)
    return tuple(found)


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


def _used(planner: Planner, model: PlanModel) -> dict[str, Sum]:
    """For each lever that may stay at 0 a flag that is 1 where it does not."""
    flags = {}
    for choice in planner.left.choices:
        if choice.least == 0:
            flag = model.mixed.column(0, 1, whole=True)
            change = model.levers[choice.code]
            idle = model.mixed.total([(1.0, change), (-change.high, flag)])
            model.mixed.row(idle, high=0.0)
            flags[choice.code] = flag
    return flags
