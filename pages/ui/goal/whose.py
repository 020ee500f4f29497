"""Whose hours a plan is reckoned with: the examples that are shipped, the office's, or both."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.plan_found import Plan
from simulator.presentation.effort import levers_with_effort
from simulator.presentation.speech import Speech
from simulator.presentation.view import View

OWN, EXAMPLES, PARTLY = "own", "examples", "partly"
_TITLES = {OWN: "goal.hours", EXAMPLES: "goal.hours_example", PARTLY: "goal.hours_mixed"}


def whose_hours(view: View, levers: Iterable[str]) -> str:
    """Whose hours these levers have."""
    given = {code for code, _ in view.scenario.hours}
    are_own = {code in given for code in levers}
    if are_own == {True}:
        return OWN
    return PARTLY if True in are_own else EXAMPLES


def beside_hours(view: View, plan: Plan, say: Speech) -> str:
    """What stands beside the hours of a plan; empty where all are the office's."""
    whose = whose_hours(view, plan.hours or plan.settings)
    return "" if whose == OWN or not plan.total_hours else say(f"goal.hours_{whose}")


def hours_key(view: View, levers: Iterable[str]) -> str:
    """The text that names a column of hours."""
    return _TITLES[whose_hours(view, levers)]


def axis_key(view: View) -> str:
    """The text that names an axis for the hours of any plan."""
    return hours_key(view, levers_with_effort(view))
