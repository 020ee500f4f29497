"""Speed of dividing a province's plan among all of its units, on one core."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, replace
from functools import partial

from simulator.allocation import Allocation, allocate
from simulator.allocation_ahead import outlooks_below
from simulator.allocation_table import Terms, Way
from simulator.allocation_units import Below, units_below
from simulator.baseline import Basis, Evidence, Unit
from simulator.baseline_files import load_baseline
from simulator.effort import default_effort
from simulator.levers import lever_range
from simulator.outlook import Outlook, outlook
from simulator.rules import Edition
from tests.bench.measure import Result, below, seconds

PROVINCE, ABOVE, LISTED = "H21", "vn-2026-10-10", "gialai-2026-10-10"
PART = 0.3  # of the way each lever of the province can go
LIMIT = 1.0


@dataclass(frozen=True)
class Case:
    """A province with its plan and its units."""

    edition: Edition
    parent: Unit
    plan: dict[str, float]
    ahead: Outlook | None
    below: Below


def run() -> list[Result]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        return [line for looks_ahead in (False, True) for line in _lines(case(looks_ahead))]
    finally:
        os.sched_setaffinity(0, before)


def case(looks_ahead: bool) -> Case:
    """Gia Lai's 149 units, the silent ones with the counts of those that publish them, and a
    province that has them all together."""
    listed, above = load_baseline(LISTED), load_baseline(ABOVE)
    edition, parent = listed.edition, above.unit(PROVINCE)
    units = units_below(listed, PROVINCE)
    loud = [unit for unit in units if unit.evidence[edition.position["PAY_DOSSIER"]].denominator]
    units = tuple(
        replace(unit, evidence=loud[k % len(loud)].evidence) for k, unit in enumerate(units)
    )
    parent = replace(parent, evidence=_together(edition, parent, units))
    ahead = outlook(edition, parent, above.whole_period()) if looks_ahead else None
    ranges = [lever_range(edition, parent, lever, ahead) for lever in edition.levers]
    plan = {one.lever.code: float(math.floor(PART * one.high)) for one in ranges if one.usable}
    outlooks = {} if ahead is None else outlooks_below(listed, units, ahead)
    return Case(edition, parent, plan, ahead, Below(units, outlooks, listed))


def _together(edition: Edition, parent: Unit, units: tuple[Unit, ...]) -> tuple[Evidence, ...]:
    """Evidence of ``parent`` with the sums of its units' dossiers."""
    found = list(parent.evidence)
    for k, item in enumerate(edition.indicators):
        known = [unit.evidence[k] for unit in units if unit.evidence[k].basis is Basis.COUNTS]
        if item.count_unit == "dossier" and known:
            found[k] = Evidence(
                Basis.COUNTS,
                sum(one.numerator for one in known),
                sum(one.denominator for one in known),
            )
    return tuple(found)


def _lines(one: Case) -> list[Result]:
    when = "as if for the whole period" if one.ahead is None else "to the end of the year"
    lines = []
    for way in Way:
        call = partial(divided, one, way)
        result = call()
        what = f"{len(result.rows)} levers among {len(result.units)} units {when}, by {way.value}"
        lines.append(below(what, seconds(call, 20), LIMIT, "s", 3))
    if one.ahead is not None:
        call = partial(with_paths, one)
        lines.append(
            below("the same with the months of every unit", seconds(call, 5), LIMIT, "s", 3)
        )
    return lines


def divided(one: Case, way: Way) -> Allocation:
    terms = Terms(way, default_effort(one.edition.code))
    return allocate(one.edition, one.parent, one.plan, one.ahead, one.below, terms)


def with_paths(one: Case) -> None:
    for own in divided(one, Way.LEAST_EFFORT).units:
        assert own.path is not None
