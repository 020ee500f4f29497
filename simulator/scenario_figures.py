"""The figures a saved scenario can be opened on besides its own: newer ones, or the nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from simulator.baseline import Baseline, Unit
from simulator.errors import SimulatorError
from simulator.library import Listed
from simulator.links import UNTIL
from simulator.period import captured_moment, period_of
from simulator.rank import peers_of, unit_total
from simulator.store import NewVersion

Load = Callable[[str], Baseline]
# (units, edition, period) -> the figures that hold one of them, as the library has it.
Holding = Callable[[Iterable[str], str, str], tuple[Listed, ...]]


def newer_figures(
    content: NewVersion, baseline: Baseline, unit: Unit, load: Load, holding: Holding
) -> Listed | None:
    """The newest later reading of the list of ``unit`` in the same period.

    One that says nothing of a lever that was moved is only taken where no other is there.
    """
    if not baseline.captured_at:
        return None
    levers = baseline.edition.lever_by_code
    moved = [
        baseline.edition.position[levers[name].indicator]
        for name in content.parameters
        if name in levers
    ]
    read = captured_moment(baseline.captured_at)
    later = [
        entry
        for entry in holding([unit.code], baseline.edition.code, baseline.period)
        if entry.is_whole and entry.captured_at and captured_moment(entry.captured_at) > read
    ]
    first = None
    for entry in sorted(later, key=lambda one: captured_moment(one.captured_at), reverse=True):
        try:
            other = load(entry.id)
            there = other.unit(unit.code)
        except SimulatorError:
            # Damaged figures must not keep others from being offered.
            continue
        if _is_of_same_list(baseline, unit, other, there, load):
            if all(there.knows(position) for position in moved):
                return entry
            first = first or entry
    return first


def _is_of_same_list(
    baseline: Baseline, unit: Unit, other: Baseline, there: Unit, load: Load
) -> bool:
    """True if the unit stands in the same list there, with a total and a rank if it had them."""
    if there.pool != unit.pool:
        return False
    if unit_total(other.edition, there) is None:
        return unit_total(baseline.edition, unit) is None
    return peers_of(other, there, load) is not None or peers_of(baseline, unit, load) is None


def nearest_figures(content: NewVersion, load: Load, holding: Holding) -> Listed | None:
    """The newest figures of the unit, those of the period the scenario looks at first."""
    until = content.parameters.get(UNTIL, "")
    others = [
        entry
        for entry in holding([content.unit], content.edition, "")
        if entry.id != content.baseline
    ]
    others.sort(key=lambda one: (_holds(one, until), one.is_whole, one.captured_at), reverse=True)
    return next((entry for entry in others if _can_be_loaded(entry.id, load)), None)


def _can_be_loaded(baseline_id: str, load: Load) -> bool:
    try:
        load(baseline_id)
    except SimulatorError:
        return False
    return True


def _holds(entry: Listed, until: str) -> bool:
    """True if the day ``until`` lies in the period of ``entry``."""
    try:
        period = period_of(entry.period, entry.captured_at or until)
        return period.first <= date.fromisoformat(until) <= period.last
    except (SimulatorError, ValueError):
        return False
