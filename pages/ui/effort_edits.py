"""What was typed into the table of effort values, taken into the scenario cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from simulator.effort import default_effort
from simulator.effort_files import kept, parse_amount
from simulator.errors import ScenarioError
from simulator.lever_settings import check_setting
from simulator.numbers import plain_number
from simulator.presentation.effort import cases_a_unit, check_limits
from simulator.presentation.view import View
from simulator.scenario import Scenario

HOURS, PER_MONTH, FLOOR, LOCKED = "hours", "per_month", "floor", "locked"
Edits = Mapping[int, Mapping[str, object]]


@dataclass(frozen=True)
class Refused:
    """A cell that could not be taken: whose, which column, what was typed, and why."""

    lever: str
    column: str
    text: str
    error: ScenarioError


def with_edits(
    view: View, levers: Sequence[str], edits: Edits, language: str
) -> tuple[Scenario, list[Refused]]:
    """The scenario with the edited cells, and the cells that stay as they were.

    ``levers``: codes of the rows; ``edits``: row -> column -> what stands there now, as
    ``st.data_editor`` tells it. Cells that say what the scenario says already are not judged again.
    """
    scenario, refused = view.scenario, []
    for row, cells in edits.items():
        for column, value in cells.items():
            lever = levers[int(row)]
            text = "" if value is None else str(value).strip()
            try:
                if column == LOCKED:
                    scenario = _locked(view, scenario, lever, bool(value))
                else:
                    scenario = _with_amount(view, scenario, lever, column, text, language)
            except ScenarioError as error:
                refused.append(Refused(lever, column, text, error))
    return scenario, refused


def _locked(view: View, scenario: Scenario, lever: str, locked: bool) -> Scenario:
    if (lever in scenario.locks) == locked:
        return scenario
    changed = scenario.with_lock(lever, locked)
    check_limits(view, changed, lever)
    return changed


def _with_amount(
    view: View, scenario: Scenario, lever: str, column: str, text: str, language: str
) -> Scenario:
    setters: dict[str, Callable[[View, Scenario, str, float | None], Scenario]] = {
        HOURS: _with_hours, PER_MONTH: _with_per_month, FLOOR: _with_floor,
    }  # fmt: skip
    amount = parse_amount(text, language) if text else None
    changed = setters[column](view, scenario, lever, amount)
    if changed != scenario and column != HOURS:
        check_limits(view, changed, lever)
    return changed


def _with_hours(view: View, scenario: Scenario, lever: str, hours: float | None) -> Scenario:
    """``hours`` of a unit on the screen; the scenario keeps those of one case."""
    if hours is None:
        return scenario.with_hours(lever, None)
    cases = cases_a_unit(view, lever)
    a_case = kept(hours, plain_number(hours), cases)
    try:
        default_effort(view.edition.code).with_own({lever: a_case}, {})
    except ScenarioError as error:
        highest = int(error.fields["highest"] * cases)
        raise ScenarioError(
            "effort_out_of_range", lever=lever, value=hours, highest=highest
        ) from None
    return scenario.with_hours(lever, a_case)


def _with_per_month(view: View, scenario: Scenario, lever: str, units: float | None) -> Scenario:
    if units is not None:
        default_effort(view.edition.code).with_own({}, {lever: units})
    return scenario.with_per_month(lever, units)


def _with_floor(view: View, scenario: Scenario, lever: str, least: float | None) -> Scenario:
    bounds = view.ranges[lever]
    if least is not None and least < 0:
        raise ScenarioError("effort_floor_negative", lever=lever, value=least)
    return scenario.with_floor(lever, check_setting(bounds, least) if least else 0.0)
