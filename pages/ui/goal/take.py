"""Putting a plan into the scenario, and going to where it is looked at."""

from __future__ import annotations

from pages.ui import moves, shell, state
from pages.ui.goal.as_if import still_running
from pages.ui.goal.found import with_plan
from simulator.plan_found import Plan
from simulator.presentation.dividing.found import lists_of
from simulator.presentation.view import View

SIMULATE, MONTHS, DIVIDING = shell.SIMULATE, "ke-hoach", "giao-chi-tieu"


def why_not(view: View, plan: Plan, path: str) -> str:
    """The text that says why a plan leads nowhere on the screen at ``path``; empty if it does."""
    if path == MONTHS and view.outlook is None:
        return f"goal.take_months_{'over' if still_running(view) is None else 'not'}"
    if path == DIVIDING and not lists_of(view.baseline.id, view.unit.code):
        return "goal.take_dividing_nobody"
    counted = {view.ranges[code].count_unit for code in plan.settings}
    return "goal.take_dividing_nothing" if path == DIVIDING and "dossier" not in counted else ""


def take(view: View, plan: Plan, path: str) -> None:
    """Set the levers of ``plan``, put back the others it may pull, and go to ``path``."""
    wanted = dict(with_plan(view.scenario, plan).settings)
    free = [code for code in view.edition.lever_by_code if code not in view.scenario.locks]
    for lever in free:
        if wanted.get(lever, 0.0) != state.scenario().change(lever):
            moves.set_change(lever, wanted.get(lever, 0.0))
    shell.go(path)
