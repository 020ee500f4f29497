"""What a person can do to a lever, however it was asked for: one way into the scenario.

The board and the native widgets both end here, and so does the engine's check of every value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pages.ui import state
from pages.ui.view import current
from simulator.errors import ScenarioError
from simulator.lever_settings import check_setting, parse_setting
from simulator.levers import LeverRange, lever_of, lever_range
from simulator.scenario import Scenario


def set_change(lever: str, change: float) -> None:
    """Move ``lever`` to ``change``; what cannot be is explained beside it, nothing is lost."""
    _take(lever, str(change), lambda bounds: check_setting(bounds, change))


def set_changes(changes: Mapping[str, float]) -> None:
    """Move several levers in one step; what cannot be is explained beside each."""
    view, scenario = current(), state.scenario()
    for lever, change in changes.items():
        try:
            if lever in scenario.locks:
                raise ScenarioError("lever_locked", lever=lever)
            scenario = scenario.with_change(lever, check_setting(view.ranges[lever], change))
        except ScenarioError as error:
            state.set_entry_problem(lever, state.EntryProblem(str(change), error))
    state.set_scenario(scenario)
    state.forget_link_problems()


def type_in(lever: str, text: str) -> None:
    """Take what was typed for ``lever``; an empty field means: as it is now."""
    language = state.language()
    _take(
        lever, text,
        lambda bounds: parse_setting(text, bounds, language) if text.strip() else 0.0,
    )  # fmt: skip


def forget(lever: str) -> None:
    """Put away what was refused beside ``lever``."""
    state.set_entry_problem(lever, None)


def reset(lever: str) -> None:
    """Put ``lever`` back to where it is now."""
    set_change(lever, 0.0)


def reset_all() -> None:
    """Put all levers back but the locked ones."""
    scenario = state.scenario()
    for lever, _ in scenario.settings:
        if lever not in scenario.locks:
            scenario = scenario.with_change(lever, 0.0)
    state.set_scenario(scenario)
    state.forget_link_problems()
    state.forget_entry_problems()


def lock(lever: str, locked: bool) -> None:
    """Keep ``lever`` where it is, or let it be moved again."""
    state.set_scenario(state.scenario().with_lock(lever, locked))


def plan_with(scenario: Scenario) -> None:
    """Take ``scenario`` with other means of a plan: hours, capacities, floors or locks."""
    state.set_scenario(scenario)
    state.forget_link_problems()


def can_reset_all() -> bool:
    """True if something is moved that is not locked, or an entry was refused."""
    scenario = state.scenario()
    moved = any(lever not in scenario.locks for lever, _ in scenario.settings)
    return moved or bool(state.entry_problems())


def _take(lever: str, text: str, read: Callable[[LeverRange], float]) -> None:
    view, scenario = current(), state.scenario()
    try:
        bounds = lever_range(view.edition, view.unit, lever_of(view.edition, lever), view.outlook)
        if lever in scenario.locks:
            raise ScenarioError("lever_locked", lever=lever)
        change = read(bounds)
    except ScenarioError as error:
        state.set_entry_problem(lever, state.EntryProblem(text, error))
        return
    state.set_entry_problem(lever, None)
    state.forget_link_problems()
    state.set_scenario(scenario.with_change(lever, change))
