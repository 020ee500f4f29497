"""What the shares of a plan make of each unit's own score and place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from simulator.allocation_units import Below, Taker
from simulator.baseline import Baseline, Basis, Unit
from simulator.levers import Settings
from simulator.month_plan import MonthPlan, Shape, month_plan
from simulator.outlook import Outlook
from simulator.project import Projection, project
from simulator.rank import Standing, standing, unit_total

# The province's own counts, copied to every one of its units.
OWN = ("PUBLISH_ON_TIME", "PUBLIC_UPDATE_ON_TIME", "PUBLIC_CONTENT_FULL")


@dataclass(frozen=True)
class UnitPlan:
    """What one unit gets of all levers, and what that makes of its own score.

    ``unit``: on the day the plan begins; ``settings``: its shares; ``line``: the unit without them
    (ahead: at present rates); ``projection``: with them; ``shared``: also with the province's own
    levers, which count for its units. ``before``, ``after``: its place as published and with
    ``projection``, its peers as they are; None where they are not all listed. ``hours``: effort of
    its shares.
    """

    unit: Unit
    settings: Settings
    hours: float
    line: Projection
    projection: Projection
    shared: Projection
    before: Standing | None
    after: Standing | None

    @cached_property
    def path(self) -> MonthPlan | None:
        """The same effort in every month that is left; None as if for the whole period."""
        if self.projection.outlook is None:
            return None
        return month_plan(self.projection, Shape.LEVEL)


def unit_plans(
    plan: Projection, hours: Mapping[str, float], below: Below, takers: Mapping[str, Taker]
) -> tuple[UnitPlan, ...]:
    """Every unit below with the shares its taker was given; ``plan`` is the province's."""
    lists = _lists(below.listed)
    return tuple(
        _unit_plan(
            plan, takers[unit.code], hours.get(unit.code, 0.0), lists.get(unit.pool or "", {})
        )
        for unit in below.units
    )


def _unit_plan(plan: Projection, taker: Taker, hours: float, totals: Mapping[str, int]) -> UnitPlan:
    edition, unit, ahead = plan.edition, taker.start, taker.ahead

    def end(settings: Settings) -> Projection:
        return project(edition, unit, settings, None, ahead)

    def place(total: int | None) -> Standing | None:
        if total is None or unit.code not in totals:
            return None
        return standing(total, {code: one for code, one in totals.items() if code != unit.code})

    own = end(taker.settings)
    shared = _shared(plan, taker)
    return UnitPlan(
        unit=unit, settings=own.settings, hours=hours,
        line=end({}) if own.settings else own, projection=own,
        shared=end({**own.settings, **shared}) if shared else own,
        before=place(own.before.total), after=place(own.after.total),
    )  # fmt: skip


def _shared(plan: Projection, taker: Taker) -> dict[str, float]:
    """The province's own changes, where the counts of the unit are those of the province."""
    found = {}
    for code, change in plan.settings.items():
        lever = plan.edition.lever_by_code[code]
        if lever.indicator in OWN:
            position = plan.edition.position[lever.indicator]
            if _counts(plan.unit, plan.outlook, position) == _counts(
                taker.start, taker.ahead, position
            ):
                found[code] = change
    return found


def _counts(unit: Unit, ahead: Outlook | None, position: int) -> list[tuple[Basis, float, float]]:
    cohorts = [unit] if ahead is None else [unit, ahead.to_come]
    known = [cohort.evidence[position] for cohort in cohorts]
    return [(one.basis, one.numerator, one.denominator) for one in known]


def _lists(listed: Baseline | None) -> dict[str, dict[str, int]]:
    """Totals by list and unit; only of lists that are complete."""
    found: dict[str, dict[str, int]] = {}
    if listed is not None:
        for unit in listed.units.values():
            total = unit_total(listed.edition, unit)
            if unit.pool and unit.pool not in listed.incomplete_pools and total is not None:
                found.setdefault(unit.pool, {})[unit.code] = total
    return found
