"""Putting a plan into the scenario, and going to where it is looked at."""

from __future__ import annotations

from pages.ui import moves, shell, state
from pages.ui.goal.found import with_plan
from pages.ui.view import View
from simulator.plan_found import Plan

SIMULATE, MONTHS, DIVIDING = shell.SIMULATE, "ke-hoach", "giao-chi-tieu"


def take(view: View, plan: Plan, path: str) -> None:
    """Set the levers of ``plan``, put back the others it may pull, and go to ``path``."""
    wanted = dict(with_plan(view.scenario, plan).settings)
    free = [code for code in view.edition.lever_by_code if code not in view.scenario.locks]
    for lever in free:
        if wanted.get(lever, 0.0) != state.scenario().change(lever):
            moves.set_change(lever, wanted.get(lever, 0.0))
    shell.go(path)
