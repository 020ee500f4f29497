"""The hours a scenario reckons with, and its own values as a screen and a file write them."""

from __future__ import annotations

from dataclasses import replace

from simulator.baseline import Basis
from simulator.effort import Effort, default_effort
from simulator.effort_files import DECIMALS, OwnEffort, takes_effort
from simulator.errors import ScenarioError
from simulator.plan_choices import levers_left
from simulator.planning import limits_of, own_effort
from simulator.presentation.view import View
from simulator.scenario import Scenario


def effort_of(view: View) -> Effort:
    """The hours that are reckoned with: those of the office, else the examples."""
    asked = view.scenario
    return own_effort(view.edition, dict(asked.hours), dict(asked.per_month))


def has_own_hours(view: View) -> bool:
    """True where all that is set to do more is reckoned with hours of the office, not examples."""
    own, levers = dict(view.scenario.hours), view.edition.lever_by_code
    return all(
        code in own
        for code, change in view.projection.settings.items()
        if change > 0 and takes_effort(levers[code])
    )


def capacities(effort: Effort) -> dict[str, float]:
    """Most units a month, of the levers that have a limit."""
    return {code: one.per_month for code, one in effort.levers.items() if one.per_month is not None}


def levers_with_effort(view: View) -> tuple[str, ...]:
    """Codes of the levers that can be worked on here."""
    return tuple(
        code
        for code, bounds in view.ranges.items()
        if bounds.usable and bounds.high > 0 and takes_effort(bounds.lever)
    )


def cases_a_unit(view: View, lever: str) -> float:
    """Cases that one unit of ``lever`` stands for: more than one where only a rate is known."""
    bounds = view.ranges[lever]
    shipped = default_effort(view.edition.code).levers[lever]
    return shipped.per_point if bounds.basis is Basis.RATE else 1.0


def own_of(view: View) -> OwnEffort:
    """The own values of the scenario, counted in cases."""
    asked = view.scenario
    return OwnEffort(
        dict(asked.hours),
        {code: round(units * cases_a_unit(view, code), DECIMALS)
         for code, units in asked.per_month},
    )  # fmt: skip


def with_own(view: View, own: OwnEffort) -> Scenario:
    """The scenario with these own values and no others."""
    per_month = {
        code: round(cases / cases_a_unit(view, code), DECIMALS)
        for code, cases in own.per_month.items()
    }
    return replace(
        view.scenario,
        hours=tuple(sorted(own.hours.items())), per_month=tuple(sorted(per_month.items())),
    )  # fmt: skip


def check_limits(view: View, scenario: Scenario, lever: str) -> None:
    """Refuse a floor or lock of ``lever`` above what its lock or the months left allow.

    Raises :class:`ScenarioError`.
    """
    floors = {code: least for code, least in scenario.floors if code == lever}
    locks = [code for code in scenario.locks if code == lever]
    settings = {code: change for code, change in scenario.settings if code == lever}
    limits = limits_of(view.edition, view.outlook, settings, locks, floors)
    effort = own_effort(view.edition, dict(scenario.hours), dict(scenario.per_month))
    levers_left(view.edition, view.unit, view.outlook, effort, limits)


def conflicts(view: View) -> list[ScenarioError]:
    """Floors and locks that no plan can keep: a link or another day can ask for them."""
    asked, found = view.scenario, []
    for lever in dict.fromkeys(code for code, _ in asked.floors + asked.settings):
        try:
            check_limits(view, view.scenario, lever)
        except ScenarioError as error:
            found.append(error)
    return found
