"""Units in their lists, ranked as they were published: those below a unit, or those beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from simulator.allocation_units import units_below
from simulator.baseline import UNKNOWN, Baseline, Basis, Unit
from simulator.presentation.dividing.found import LEVELS, lists_of
from simulator.presentation.view import View
from simulator.rank import Standing, group_scores, standing, unit_total
from simulator.reports.announcement.written import printed_rate
from simulator.rules import Edition
from simulator.search import folded

# A unit of a higher number stands below one of a lower.
OF_DISTRICT = "_of_district"
_ORDER = {"province": 0, "district": 1, "department": 2, "commune": 2}


@dataclass(frozen=True)
class Listed:
    """One unit of a list: scores in hundredths, None where they were not published.

    ``place``: None where the list is not complete, or the unit has no total.
    """

    unit: Unit
    total: int | None
    groups: Mapping[str, int | None]
    place: Standing | None
    is_idle: bool


@dataclass(frozen=True)
class UnitList:
    """Units of one level that are ranked together, highest total first.

    ``kind``: the level, and whether a district stands above it; ``is_ranked``: False where only
    a part of the list is known, or nothing but names.
    """

    kind: str
    baseline: Baseline
    rows: tuple[Listed, ...]
    is_ranked: bool

    @property
    def scored(self) -> tuple[Listed, ...]:
        return tuple(row for row in self.rows if row.total is not None)

    @property
    def has_scores(self) -> bool:
        """False where a publication names the units without any points."""
        return any(score is not None for row in self.rows for score in row.groups.values()) or any(
            self.scored
        )


def below(view: View) -> tuple[UnitList, ...]:
    """The units below the one of ``view``, departments first; none if none are listed.

    As their codes tell, in the figures read nearest to its own; in publications without such
    codes everything of a lower level belongs to the only unit above it.
    """
    found = lists_of(view.baseline.id, view.unit.code)
    if found:
        return _by_level(found[0], units_below(found[0], view.unit.code))
    units = [unit for unit in view.baseline.units.values() if unit.level in _ORDER]
    mine = _ORDER.get(view.unit.level)
    if mine is None or sum(_ORDER[unit.level] == mine for unit in units) != 1:
        return ()
    lower = (unit for unit in units if _ORDER[unit.level] > mine)
    return _by_level(view.baseline, lower, OF_DISTRICT if view.unit.level == "district" else "")


def beside(view: View) -> tuple[UnitList, ...]:
    """The whole lists of the figures a unit below a province comes from."""
    known = [
        unit
        for unit in view.baseline.units.values()
        if unit.level != "province" and _is_whole(view.baseline, unit.pool)
    ]
    return _by_level(view.baseline, known) if view.unit in known else ()


def provinces(view: View, load_from: Baseline) -> UnitList | None:
    """The list of provinces in ``load_from``; None where only some of them are known."""
    units = [unit for unit in load_from.units.values() if unit.level == "province"]
    if len(units) < 2 or not all(_is_whole(load_from, unit.pool) for unit in units):
        return None
    return _list("province", load_from, units)


def _is_whole(baseline: Baseline, pool: str | None) -> bool:
    return pool is not None and pool not in baseline.incomplete_pools


def _by_level(baseline: Baseline, units: Iterable[Unit], above: str = "") -> tuple[UnitList, ...]:
    units = list(units)
    levels = [level for level in LEVELS if any(unit.level == level for unit in units)]
    return tuple(
        _list(level + above, baseline, [unit for unit in units if unit.level == level])
        for level in levels
    )


def _list(kind: str, baseline: Baseline, units: list[Unit]) -> UnitList:
    edition = baseline.edition
    totals = {
        unit.code: total
        for unit in units
        if (total := unit_total(edition, as_printed(edition, unit))) is not None
    }
    pools = {unit.pool for unit in units}
    is_ranked = len(pools) == 1 and all(_is_whole(baseline, pool) for pool in pools)
    rows = [
        Listed(
            unit, totals.get(unit.code), group_scores(edition, as_printed(edition, unit)),
            _place(unit.code, totals) if is_ranked else None,
            unit.has_no_dossiers(edition),
        )
        for unit in units
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.total is None, -(row.total or 0), folded(row.unit.short_name)))
    return UnitList(kind, baseline, tuple(rows), is_ranked and bool(totals))


def as_printed(edition: Edition, unit: Unit) -> Unit:
    """``unit`` without what its rates would score where points of indicators were not published:
    an estimate is nothing to announce."""
    if not edition.estimate:
        return unit
    return replace(unit, evidence=tuple(UNKNOWN for _ in unit.evidence))


def _place(code: str, totals: Mapping[str, int]) -> Standing | None:
    if code not in totals:
        return None
    others = {other: total for other, total in totals.items() if other != code}
    return standing(totals[code], others)


@dataclass(frozen=True)
class Late:
    """Overdue dossiers of a unit; ``received`` and ``on_time`` (percent) where published."""

    unit: Unit
    overdue: int
    received: int | None
    on_time: float | None


@dataclass(frozen=True)
class Lateness:
    """``known``: units whose overdue dossiers are known, most first; ``silent``: the others."""

    known: tuple[Late, ...]
    silent: tuple[Unit, ...]

    @property
    def late(self) -> tuple[Late, ...]:
        return tuple(one for one in self.known if one.overdue > 0)


def lateness(lists: Iterable[UnitList]) -> Lateness:
    """Who has overdue dossiers, of all ``lists`` together."""
    known, silent = [], []
    for one in lists:
        for row in one.rows:
            late = late_of(one.baseline, row.unit)
            if late is None:
                silent.append(row.unit)
            else:
                known.append(late)
    known.sort(key=lambda late: (-late.overdue, folded(late.unit.short_name), late.unit.code))
    return Lateness(tuple(known), tuple(silent))


def late_of(baseline: Baseline, unit: Unit) -> Late | None:
    """The printed count of overdue dossiers, else those received less those on time."""
    item = unit.evidence[baseline.edition.position["ON_TIME"]]
    counted = item.basis is Basis.COUNTS and not item.assumed
    printed = unit.fact("OVERDUE")
    if printed is None and not counted:
        return None
    overdue = item.denominator - item.numerator if printed is None else printed
    received = round(item.denominator) if counted else None
    return Late(unit, round(overdue), received, printed_rate(item))
