"""The path month by month, computed once and shared by all sessions."""

from __future__ import annotations

from simulator import library
from simulator.month_plan import MonthPlan, Shape, month_plan
from simulator.presentation.effort import capacities, effort_of
from simulator.presentation.view import evaluate
from simulator.scenario import Scenario


@library.remembered(maxsize=64)
def plan_of(scenario: Scenario, shape: Shape) -> MonthPlan:
    """The months that are left, within what an office can do in each; empty where none are."""
    view = evaluate(scenario)
    return month_plan(view.projection, shape, view.peers, capacities(effort_of(view)))
