"""A province's plan divided among its departments and communes.

Only dossiers add up over units (the counts of a province are the sums of theirs), so only levers
on dossiers are divided; the others stay with the province and are named. Levers are taken in the
order of the rules: what a unit was given before counts for what it can still do, as digitised
dossiers need electronic results. Nobody is given more than that; what is left is named too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.allocation_scores import OWN, UnitPlan, unit_plans
from simulator.allocation_table import Row, Terms, Way, hand_out
from simulator.allocation_units import Below, Taker, rest_of
from simulator.baseline import Basis, Unit
from simulator.errors import Notice, ScenarioError
from simulator.levers import Settings, lever_of
from simulator.outlook import Outlook
from simulator.project import Projection, project
from simulator.rules import Edition, Lever

# Counts that do not add up over units.
KEPT = {
    "procedure": "allocation_kept_procedures",
    "petition": "allocation_kept_petitions",
    "commune": "allocation_kept_communes",
}


@dataclass(frozen=True)
class Kept:
    """A lever of the plan that is not divided, and why; the lever names who is responsible."""

    lever: Lever
    change: float
    why: Notice


@dataclass(frozen=True)
class Allocation:
    """A plan divided: ``rows`` by ``units`` is the table, ``kept`` what the province does itself.

    ``plan``: the province as planned; ``covered``: with what is handed out and what it keeps.
    """

    way: Way
    rows: tuple[Row, ...]
    kept: tuple[Kept, ...]
    units: tuple[UnitPlan, ...]
    plan: Projection
    covered: Projection

    @property
    def is_complete(self) -> bool:
        """True if all that can be divided is handed out, to the dossier."""
        return not any(row.shortfall for row in self.rows)

    @property
    def is_named(self) -> bool:
        """True if all of it is with units that have a name, nothing with the rest."""
        return self.is_complete and all(row.named == row.handed for row in self.rows)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(notice for row in self.rows for notice in row.notices)


def allocate(
    edition: Edition,
    parent: Unit,
    changes: Settings,
    ahead: Outlook | None,
    below: Below,
    terms: Terms,
) -> Allocation:
    """Divide the plan ``changes`` (lever -> change) of ``parent`` among the units below it.

    The result does not depend on the order of the units. Raises :class:`ScenarioError` for a
    plan, units or shares set by hand that are not possible.
    """
    plan = project(edition, parent, changes, None, ahead)
    levers = [lever for lever in edition.levers if lever.code in plan.settings]
    reasons = {lever.code: _why_kept(plan, lever) for lever in levers}
    divided = [lever for lever in levers if reasons[lever.code] is None]
    _check_units(parent, ahead, below)
    takers = _takers(plan, below, terms.with_rest)
    _check_by_hand(edition, {*terms.fixed, *terms.floors}, divided, takers)
    drafts = []
    for lever in divided:
        able = [taker for taker in takers.values() if taker.has_counts(lever)]
        drafts.append(hand_out(lever, plan.settings[lever.code], able, terms))
    order = [unit.code for unit in below.units]
    rows = tuple(
        draft.row(terms, order, parent.evidence[edition.position[draft.lever.indicator]])
        for draft in drafts
    )
    return Allocation(
        way=terms.way, rows=rows,
        kept=tuple(
            Kept(lever, plan.settings[lever.code], why)
            for lever in levers
            if (why := reasons[lever.code]) is not None
        ),
        units=unit_plans(plan, _hours(rows), below, takers),
        plan=plan, covered=_covered(plan, rows),
    )  # fmt: skip


def _why_kept(plan: Projection, lever: Lever) -> Notice | None:
    """Why a lever of the plan stays with the province; None if it is divided."""
    edition, fields = plan.edition, {"lever": lever.code}
    item = edition.indicator(lever.indicator)
    known = plan.unit.evidence[edition.position[lever.indicator]]
    if lever.direction == "harmful":
        return Notice("allocation_kept_risk", fields)
    if plan.settings[lever.code] < 0:
        return Notice("allocation_kept_lowered", fields)
    if lever.indicator in OWN:
        return Notice("allocation_kept_own", fields)
    if item.count_unit in KEPT:
        return Notice(KEPT[item.count_unit], fields)
    if known.basis is Basis.RATE:
        return Notice("allocation_kept_rate", fields)
    return None


def _check_units(parent: Unit, ahead: Outlook | None, below: Below) -> None:
    seen: set[str] = set()
    for unit in below.units:
        if unit.code in (*seen, parent.code):
            raise ScenarioError("allocation_unit_twice", unit=unit.code)
        if ahead is not None and unit.code not in below.outlooks:
            raise ScenarioError("allocation_outlook_missing", unit=unit.code)
        seen.add(unit.code)


def _takers(plan: Projection, below: Below, with_rest: bool) -> dict[str, Taker]:
    """Everybody who may get a share, by code; one order, whatever order was given."""
    ahead = plan.outlook
    found = [
        (unit, below.outlooks[unit.code] if ahead is not None else None)
        for unit in sorted(below.units, key=lambda unit: unit.code)
    ]
    if with_rest:
        found.append(rest_of(plan.edition, plan.unit, ahead, found))
    return {unit.code: Taker(plan.edition, unit, own) for unit, own in found}


def _check_by_hand(
    edition: Edition,
    places: set[tuple[str, str]],
    divided: Sequence[Lever],
    takers: Mapping[str, Taker],
) -> None:
    for unit, code in sorted(places):
        lever = lever_of(edition, code)
        if unit not in takers:
            raise ScenarioError("allocation_unknown_unit", unit=unit)
        if lever not in divided:
            raise ScenarioError("allocation_not_divided", lever=code)
        if not takers[unit].has_counts(lever):
            raise ScenarioError("allocation_unit_without_counts", unit=unit, lever=code)


def _hours(rows: Sequence[Row]) -> dict[str, float]:
    """Unit -> effort of all its shares."""
    found: dict[str, float] = {}
    for row in rows:
        for cell in row.takers:
            found[cell.unit] = found.get(cell.unit, 0.0) + cell.hours
    return found


def _covered(plan: Projection, rows: Sequence[Row]) -> Projection:
    handed = {row.lever.code: float(row.handed) for row in rows if row.shortfall}
    return project(plan.edition, plan.unit, {**plan.settings, **handed}, None, plan.outlook)
