"""A scenario: a named delta on one unit of one baseline. Only what differs is kept.

Its form as a link: :mod:`simulator.links`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from simulator.baseline import Baseline, Unit, with_assumption
from simulator.errors import Notice, ScenarioError
from simulator.history import history_of
from simulator.lever_settings import check_setting
from simulator.levers import lever_range
from simulator.outlook import Outlook, outlook
from simulator.peers_mode import SEED, PeersMode
from simulator.rules import Edition, Flow

MONTHS = "months"
# Recent months this many times the average so far, or less than its inverse, are doubted.
FAR = 1.5
Number = TypeVar("Number", int, float)


@dataclass(frozen=True)
class Scenario:
    """Changed levers and assumptions on a unit; hashable, so results can be cached.

    ``settings``: (lever code, change), in the order they were first moved;
    ``assumptions``: (indicator code, numerator, denominator); ``locks``: levers that are not
    to be moved; ``until``: the ISO day it looks ahead to, empty for "as if for the whole period";
    ``inflow``: (kind of case, how many are still to come), where somebody typed it; ``pace``:
    whether the others come as in recent months (``months``) or as in the period so far (empty);
    ``peers``: what the units it is ranked with do until then; ``seed``: of their random movements;
    ``own_moves``: True if its own result is as uncertain as theirs. What a plan may use: ``hours``:
    (lever, person-hours for one unit) and ``per_month``: (lever, most units a month), where the
    office puts in its own values; ``floors``: (lever, least change) that has to be.
    """

    baseline: str
    unit: str
    settings: tuple[tuple[str, float], ...] = ()
    assumptions: tuple[tuple[str, float, float], ...] = ()
    locks: tuple[str, ...] = ()
    until: str = ""
    inflow: tuple[tuple[str, int], ...] = ()
    pace: str = ""
    peers: PeersMode = PeersMode.UNCERTAIN
    seed: int = SEED
    own_moves: bool = False
    hours: tuple[tuple[str, float], ...] = ()
    per_month: tuple[tuple[str, float], ...] = ()
    floors: tuple[tuple[str, float], ...] = ()

    def change(self, lever: str) -> float:
        """Change of ``lever``, 0 if it was not moved."""
        return dict(self.settings).get(lever, 0.0)

    def with_change(self, lever: str, change: float) -> Scenario:
        settings = {**dict(self.settings), lever: change}
        return replace(self, settings=tuple((k, v) for k, v in settings.items() if v))

    def with_lock(self, lever: str, locked: bool) -> Scenario:
        others = tuple(code for code in self.locks if code != lever)
        return replace(self, locks=(*others, lever) if locked else others)

    def with_hours(self, lever: str, hours: float | None) -> Scenario:
        """``None`` goes back to the shipped example."""
        return replace(self, hours=_with(self.hours, lever, hours))

    def with_per_month(self, lever: str, units: float | None) -> Scenario:
        """``None`` goes back to the shipped example."""
        return replace(self, per_month=_with(self.per_month, lever, units))

    def with_floor(self, lever: str, least: float) -> Scenario:
        return replace(self, floors=_with(self.floors, lever, least or None))

    def with_inflow(self, flow: str, coming: int | None) -> Scenario:
        return replace(self, inflow=_with(self.inflow, flow, coming))

    def with_assumption(self, indicator: str, numerator: float, denominator: float) -> Scenario:
        kept = tuple(item for item in self.assumptions if item[0] != indicator)
        return replace(self, assumptions=(*kept, (indicator, numerator, denominator)))

    def without_assumption(self, indicator: str) -> Scenario:
        kept = tuple(item for item in self.assumptions if item[0] != indicator)
        return replace(self, assumptions=kept)


def _with(
    pairs: tuple[tuple[str, Number], ...], code: str, value: Number | None
) -> tuple[tuple[str, Number], ...]:
    """``pairs`` in the order of their codes, one of them changed or left out."""
    others = {name: at for name, at in pairs if name != code}
    return tuple(sorted((others if value is None else {**others, code: value}).items()))


def assumed_unit(edition: Edition, unit: Unit, scenario: Scenario) -> Unit:
    """``unit`` with the scenario's assumptions filled in."""
    for indicator, numerator, denominator in scenario.assumptions:
        unit = with_assumption(unit, edition, indicator, numerator, denominator)
    return unit


def outlook_of(baseline: Baseline, unit: Unit, scenario: Scenario) -> Outlook | None:
    """The end of the period the scenario looks at; None for "as if for the whole period".

    Raises :class:`ScenarioError` for a day outside the period or a capture that is unknown.
    Months that are asked for and not known are named in a notice.
    """
    if not scenario.until:
        return None
    period = baseline.whole_period().until(_day(scenario.until))
    typed = {Flow(flow): coming for flow, coming in scenario.inflow}
    if scenario.pace != MONTHS:
        return outlook(baseline.edition, unit, period, typed)
    known = history_of(baseline.id, unit.code)
    ahead = outlook(baseline.edition, unit, period, typed, known.daily)
    notices = (*ahead.notices, *known.notices)
    if not known.daily:
        notices = (*notices, Notice("history_missing"))
    usual = outlook(baseline.edition, unit, period)
    return replace(ahead, notices=(*notices, *_far_off(ahead, usual)))


def _far_off(ahead: Outlook, usual: Outlook) -> list[Notice]:
    """Inflows of recent months that are far from the average so far."""
    found = []
    for flow, item in ahead.inflows.items():
        pace = usual.inflows[flow].coming
        if item.source == MONTHS and item.coming and pace:
            times = item.coming / pace
            if not 1 / FAR < times < FAR:
                fields = {"flow": flow.value, "times": round(times, 1), "months": item.coming}
                found.append(Notice("history_far", fields | {"pace": pace}))
    return found


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ScenarioError("not_a_day", value=text[:40]) from None
    # One way to write a day, so that equal scenarios are equal links.
    if day.isoformat() != text:
        raise ScenarioError("not_a_day", value=text[:40])
    return day


def fitted(baseline: Baseline, scenario: Scenario) -> tuple[Scenario, list[ScenarioError]]:
    """Leave out the settings and floors that are impossible under the scenario's assumptions.

    An assumption can tighten the bounds of a lever that was already moved.
    """
    edition, problems = baseline.edition, []
    unit = assumed_unit(edition, baseline.unit(scenario.unit), scenario)
    ahead = outlook_of(baseline, unit, scenario)
    for lever, change in scenario.settings:
        try:
            check_setting(lever_range(edition, unit, edition.lever_by_code[lever], ahead), change)
        except ScenarioError as problem:
            problems.append(problem)
            scenario = scenario.with_change(lever, 0.0)
    for lever, least in scenario.floors:
        try:
            check_setting(lever_range(edition, unit, edition.lever_by_code[lever], ahead), least)
        except ScenarioError as problem:
            problems.append(problem)
            scenario = scenario.with_floor(lever, 0.0)
    return scenario, problems
