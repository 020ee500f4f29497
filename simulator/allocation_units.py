"""The units a plan is divided among: which they are, until when they look, what each can take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import floor, inf

from simulator import library
from simulator.allocation_ahead import start_of
from simulator.baseline import UNKNOWN, Baseline, Basis, Evidence, Unit
from simulator.counts import Counts, comparable, move_counts
from simulator.errors import SimulatorError
from simulator.levers import LeverRange, lever_range
from simulator.outlook import DECIMALS, Outlook
from simulator.period import captured_moment
from simulator.rules import CouplingKind, Edition, Lever, Reach

# Code of the cases of the province that no unit with published counts accounts for.
REST = "REST"
_SLIGHT = 1e-9


@dataclass(frozen=True)
class Below:
    """The units a plan is divided among.

    ``outlooks``: unit code -> where it looks ahead to; all of them if the province looks ahead.
    ``listed``: the figures they come from; they are ranked in its complete lists.
    """

    units: Sequence[Unit]
    outlooks: Mapping[str, Outlook] = field(default_factory=dict)
    listed: Baseline | None = None


def units_below(baseline: Baseline, parent: str) -> tuple[Unit, ...]:
    """The departments and communes of a province, as their codes tell (``H21.24`` of ``H21``)."""
    return tuple(unit for unit in baseline.units.values() if unit.code.startswith(f"{parent}."))


def lists_below(baseline: Baseline, parent: str) -> tuple[Baseline, ...]:
    """All figures of the same edition and period that hold units of ``parent``.

    The reading nearest to that of ``baseline`` comes first, then the one with more units.
    """
    found: list[tuple[float, int, str, Baseline]] = []
    for entry in library.listed():
        if (entry.edition, entry.period) != (baseline.edition.code, baseline.period):
            continue
        try:
            other = library.load(entry.id)
        except SimulatorError:
            # Where some are damaged the others must still be there.
            continue
        below = len(units_below(other, parent))
        if below:
            found.append((_seconds_between(baseline, other), -below, other.id, other))
    return tuple(other for *_, other in sorted(found, key=lambda entry: entry[:3]))


def list_above(baseline: Baseline, unit: str) -> tuple[str, str] | None:
    """Figures that hold the province of ``unit``, read nearest to ``baseline``, and its code."""
    parent = unit.rpartition(".")[0]
    if not parent:
        return None
    if parent in baseline.units:
        return baseline.id, parent
    found = library.holding(parent, baseline.edition.code, baseline.period)
    if not found:
        return None
    nearest = min(found, key=lambda other: (_seconds_between(baseline, other), other.id))
    return nearest.id, parent


def _seconds_between(first: Baseline, second: Baseline) -> float:
    """Time between two readings; endless where it is not known when they were read."""
    if not (first.captured_at and second.captured_at):
        return inf
    apart = captured_moment(first.captured_at) - captured_moment(second.captured_at)
    return abs(apart.total_seconds())


def rest_of(
    edition: Edition,
    parent: Unit,
    ahead: Outlook | None,
    units: Sequence[tuple[Unit, Outlook | None]],
) -> tuple[Unit, Outlook | None]:
    """The dossiers of ``parent`` that none of ``units`` accounts for, as if they were one unit.

    An indicator is unknown where they are not: the province's counts are not published, or those
    of its units are more.
    """
    so_far = _left(edition, parent, [start_of(unit, own) for unit, own in units])
    to_come = so_far
    if ahead is not None:
        known = [own.to_come for _, own in units if own is not None]
        to_come = _left(edition, ahead.to_come, known)
        both = [UNKNOWN not in pair for pair in zip(so_far, to_come, strict=True)]
        so_far = [item if ok else UNKNOWN for item, ok in zip(so_far, both, strict=True)]
        to_come = [item if ok else UNKNOWN for item, ok in zip(to_come, both, strict=True)]
    rest = Unit(
        code=REST, name=REST, short_name=REST, level="rest", pool=None, groups={}, total=None,
        evidence=tuple(so_far),
    )  # fmt: skip
    if ahead is None:
        return rest, None
    joined = tuple(
        replace(
            item,
            numerator=item.numerator + more.numerator,
            denominator=item.denominator + more.denominator,
        )
        for item, more in zip(so_far, to_come, strict=True)
    )
    return rest, replace(
        ahead, unit=replace(rest, evidence=joined), to_come=replace(rest, evidence=tuple(to_come))
    )


def _left(edition: Edition, parent: Unit, units: Sequence[Unit]) -> list[Evidence]:
    found = []
    for k, (item, all_) in enumerate(zip(edition.indicators, parent.evidence, strict=True)):
        listed = [unit.evidence[k] for unit in units if unit.evidence[k].basis is Basis.COUNTS]
        good = round(all_.numerator - sum(one.numerator for one in listed), DECIMALS)
        cases = all_.denominator - sum(one.denominator for one in listed)
        fits = all_.basis is Basis.COUNTS and item.count_unit == "dossier" and 0 <= good <= cases
        found.append(Evidence(Basis.COUNTS, good, cases) if fits else UNKNOWN)
    return found


@dataclass
class Taker:
    """A unit as published while a plan is handed out: ``settings`` are what it was given so far.

    ``start``: the unit on the day that ``ahead`` looks from.
    """

    edition: Edition
    unit: Unit
    ahead: Outlook | None
    settings: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Cases so far and cases still to come are apart: no lever moves both.
        self.start = start_of(self.unit, self.ahead)
        self._cohorts = [self.start] if self.ahead is None else [self.start, self.ahead.to_come]
        self._counts = [move_counts(self.edition, cohort, {}) for cohort in self._cohorts]

    def bounds(self, lever: Lever) -> LeverRange:
        """Where ``lever`` stands and how far it can go before anything was given."""
        return lever_range(self.edition, self.start, lever, self.ahead)

    def has_counts(self, lever: Lever) -> bool:
        """False where nobody can tell what a share of whole cases would be."""
        known = self.unit.evidence[self.edition.position[lever.indicator]].basis
        return known not in (Basis.UNKNOWN, Basis.RATE)

    def counts(self, position: int) -> tuple[float, float]:
        """Good and all cases of an indicator, with what was given so far."""
        return (
            sum(counts.numerators[position] for counts in self._counts),
            sum(counts.denominators[position] for counts in self._counts),
        )

    def room(self, bounds: LeverRange) -> int:
        """Whole cases the lever can still take, so that nothing given is without effect."""
        if not bounds.usable:
            return 0
        rooms = [bounds.high]
        if bounds.lever.moves:
            at = self._cohort(bounds.lever)
            rooms += _rooms(
                self.edition, self._cohorts[at], self._counts[at],
                self.edition.position[bounds.lever.indicator],
            )  # fmt: skip
        return max(0, floor(min(rooms) + _SLIGHT))

    def give(self, lever: Lever, share: int) -> None:
        """Hand out ``share`` whole cases of ``lever``."""
        if not share:
            return
        self.settings[lever.code] = float(share)
        at = self._cohort(lever)
        given = {
            code: change
            for code, change in self.settings.items()
            if self._cohort(self.edition.lever_by_code[code]) == at
        }
        self._counts[at] = move_counts(self.edition, self._cohorts[at], given)

    def _cohort(self, lever: Lever) -> int:
        return int(self.ahead is not None and lever.reach is Reach.COMING)


def _rooms(edition: Edition, before: Unit, counts: Counts, position: int) -> list[float]:
    """How far an indicator is below all of its cases, and below those that limit it."""
    good = counts.numerators[position]
    rooms = [counts.denominators[position] - good]
    for kind, limited, partner in edition.count_couplings:
        limits = kind is CouplingKind.LIMIT and limited == position
        if not limits or not comparable(before, limited, partner):
            continue
        # An excess that was published stays, as in the counts.
        excess = max(0.0, before.numerators[limited] - before.numerators[partner])
        rooms.append(counts.numerators[partner] + excess - good)
    return rooms
