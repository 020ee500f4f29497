"""Levers on a unit: where each stands and how far it can go."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from simulator.baseline import Basis, Unit
from simulator.counts import comparable
from simulator.errors import ScenarioError
from simulator.outlook import Outlook
from simulator.period import Period
from simulator.rules import CouplingKind, Edition, Lever, Reach

Settings = Mapping[str, float]

# Part of the last whole unit that is not worth another one.
SLIGHT = 1e-6


@dataclass(frozen=True)
class LeverRange:
    """A lever on a unit: where it stands and how far it can go.

    ``low`` and ``high`` bound the change; both 0 with a ``reason`` (a key of the text
    catalogue) if the lever cannot be used. ``numerator`` and ``denominator`` are the counts
    of the lever's indicator that a change starts from: those of the baseline, or of the
    do-nothing line at the end of the period. Of the latter, ``coming`` cases are still to
    come and ``good`` of them turn out well at the present rate; ``repairable`` tells that
    another lever can put right what failed.
    """

    lever: Lever
    basis: Basis
    numerator: float
    denominator: float
    cap_percent: float
    low: float
    high: float
    reason: str | None = None
    unit: str = "dossier"
    coming: float = 0.0
    good: float = 0.0
    period: Period | None = None
    repairable: bool = False

    @property
    def count_unit(self) -> str:
        """What the change counts: a unit of the rules, or percentage points of a rate."""
        return "point" if self.basis is Basis.RATE else self.unit

    @property
    def step(self) -> float:
        """The smallest change: a case, or a hundredth of a percentage point."""
        return 0.01 if self.basis is Basis.RATE else 1.0

    @property
    def usable(self) -> bool:
        return self.reason is None

    @property
    def moves_own_numerator(self) -> bool:
        return any(
            move.part == "numerator" and move.indicator == self.lever.indicator and move.by > 0
            for move in self.lever.moves
        )

    @property
    def change_to_cap(self) -> float:
        """Change at which the indicator alone reaches full marks (rounded up to whole units)."""
        at_cap = self.denominator * self.cap_percent / 100
        change = at_cap - self.numerator
        return change if self.basis is Basis.RATE else math.ceil(change)


def work_shown(bounds: LeverRange, change: float) -> float:
    """``change`` as work to do: its last unit counts even where only a part of it is left."""
    if bounds.basis is Basis.RATE:
        return round(change, 2)
    return float(math.ceil(change - SLIGHT) if change > 0 else round(change))


def lever_of(edition: Edition, code: str) -> Lever:
    """The lever ``code``; :class:`ScenarioError` with all there are if there is none."""
    if code not in edition.lever_by_code:
        raise ScenarioError("unknown_lever", lever=code, allowed=", ".join(edition.lever_by_code))
    return edition.lever_by_code[code]


def lever_range(
    edition: Edition, unit: Unit, lever: Lever, outlook: Outlook | None = None
) -> LeverRange:
    """Bounds of ``lever`` on ``unit``: as if for the whole period, or until its end."""
    position = edition.position[lever.indicator]
    start = unit if outlook is None else outlook.unit
    item, rule = start.evidence[position], edition.indicators[position]
    known = LeverRange(
        lever, item.basis, item.numerator, item.denominator, rule.cap_percent, 0.0, 0.0,
        unit=rule.count_unit,
    )  # fmt: skip
    if item.basis is Basis.UNKNOWN:
        return replace(known, reason="lever_unpublished")
    if outlook is None and not lever.whole:
        return replace(known, reason="lever_only_ahead")
    if outlook is not None and outlook.period.is_over and lever.reach is not Reach.NONE:
        return replace(known, reason="lever_period_over")
    if lever.upper == "half_again":
        if item.basis is Basis.RATE:
            return replace(known, reason="lever_needs_counts")
        # A risk may appear where there were no cases yet.
        high = max(10.0, float(math.ceil(item.denominator / 2)))
        return replace(known, basis=Basis.COUNTS, high=high)
    if item.denominator == 0:
        return replace(known, reason="lever_without_cases")
    if outlook is not None:
        return _range_ahead(edition, unit, known, position, outlook)
    high = min(item.denominator - item.numerator, _partner_room(edition, unit, lever, position))
    low = -round(item.numerator, 6) if lever.lower == "zero" else 0.0
    if low == high == 0:
        return replace(known, reason="lever_no_room")
    return replace(known, low=low, high=round(high, 6))


def _range_ahead(
    edition: Edition, unit: Unit, known: LeverRange, position: int, outlook: Outlook
) -> LeverRange:
    """Bounds until the end of the period: what is still to come, or can still be repaired."""
    lever, so_far = known.lever, unit.evidence[position]
    if known.basis is Basis.RATE and lever.reach is not Reach.ANY:
        # Without counts nobody can say what part of all cases is still to come.
        return replace(known, reason="lever_needs_counts")
    low, high = 0.0, so_far.denominator - so_far.numerator
    if lever.reach is Reach.COMING:
        to_come = outlook.to_come.evidence[position]
        if not to_come.denominator:
            return replace(known, reason="lever_no_inflow")
        room = _partner_room(edition, outlook.to_come, lever, position)
        low = -to_come.numerator
        high = min(to_come.denominator - to_come.numerator, room)
        known = replace(
            known, coming=to_come.denominator, good=to_come.numerator, period=outlook.period,
            repairable=any(
                other.indicator == lever.indicator and other.reach is Reach.PAST
                for other in edition.levers
            ),
        )  # fmt: skip
    elif lever.reach is Reach.ANY:
        low = -so_far.numerator
    elif lever.reach in (Reach.OPEN, Reach.NONE):
        # Of the open ones nobody publishes how many are late already.
        still_open = open_dossiers(edition, unit)
        if lever.reach is Reach.OPEN:
            if still_open is None:
                return replace(known, reason="lever_open_unknown")
            high = so_far.numerator
        high = high if still_open is None else min(high, still_open)
    low = round(low, 6) if lever.lower == "zero" else 0.0
    high = round(high, 6)
    if low == high == 0:
        return replace(known, reason="lever_no_room")
    return replace(known, low=low, high=high)


def open_dossiers(edition: Edition, unit: Unit) -> float | None:
    """Dossiers that came and are not finished; None if that was not published."""
    finished = unit.fact("COMPLETED")
    item = unit.evidence[edition.position["ON_TIME"]]
    if finished is None or item.basis is not Basis.COUNTS:
        return None
    return max(item.denominator - finished, 0.0)


def _partner_room(edition: Edition, unit: Unit, lever: Lever, position: int) -> float:
    """How far the indicator is below the one that limits it; endless if none does."""
    if lever.upper != "partner":
        return math.inf
    rooms = [
        max(0.0, unit.evidence[partner].numerator - unit.evidence[position].numerator)
        for kind, limited, partner in edition.count_couplings
        if kind is CouplingKind.LIMIT
        and limited == position
        and comparable(unit, position, partner)
    ]
    return min(rooms, default=math.inf)
