"""Levers applied to a unit: bounds, exact entry, and the counts they lead to.

A setting is the change in the lever's own unit against the baseline (+3 000 dossiers);
where only a rate is known it is a change in percentage points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from simulator.baseline import Basis, Unit
from simulator.errors import Notice, ScenarioError
from simulator.numbers import is_percentage_points, parse_number, parse_percent
from simulator.outlook import Outlook
from simulator.period import Period
from simulator.rules import CouplingKind, Edition, Lever, Reach

Settings = Mapping[str, float]


@dataclass(frozen=True)
class LeverRange:
    """A lever on a unit: where it stands and how far it can go.

    ``low`` and ``high`` bound the change; both 0 with a ``reason`` (a key of the text
    catalogue) if the lever cannot be used. ``numerator`` and ``denominator`` are the counts
    of the lever's indicator that a change starts from: those of the baseline, or of the
    do-nothing line at the end of the period. Of the latter, ``coming`` cases are still to
    come and ``good`` of them turn out well at the present rate.
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

    @property
    def count_unit(self) -> str:
        """What the change counts: a unit of the rules, or percentage points of a rate."""
        return "point" if self.basis is Basis.RATE else self.unit

    @property
    def usable(self) -> bool:
        return self.reason is None

    @property
    def moves_own_numerator(self) -> bool:
        return any(
            move.part == "numerator" and move.indicator == self.lever.indicator
            for move in self.lever.moves
        )

    @property
    def change_to_cap(self) -> float:
        """Change at which the indicator alone reaches full marks (rounded up to whole units)."""
        at_cap = self.denominator * self.cap_percent / 100
        change = at_cap - self.numerator
        return change if self.basis is Basis.RATE else math.ceil(change)


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
    room = _partner_room(edition, outlook.unit, lever, position)
    failed = so_far.denominator - so_far.numerator
    coming, good = outlook.coming[position], outlook.good[position]
    low = 0.0
    if lever.reach is Reach.COMING:
        if not coming and known.basis is Basis.RATE:
            return replace(known, reason="lever_needs_counts")
        if not coming:
            return replace(known, reason="lever_no_inflow")
        known = replace(known, coming=coming, good=good, period=outlook.period)
        low, failed = -good, coming - good
    elif lever.reach is Reach.ANY:
        low = -so_far.numerator
    low = round(low, 6) if lever.lower == "zero" else 0.0
    high = round(min(failed, room) if lever.moves else failed, 6)
    if low == high == 0:
        return replace(known, reason="lever_no_room")
    return replace(known, low=low, high=high)


def _partner_room(edition: Edition, unit: Unit, lever: Lever, position: int) -> float:
    """How far the indicator is below the one that limits it; endless if none does."""
    if lever.upper != "partner":
        return math.inf
    rooms = [
        max(0.0, unit.evidence[partner].numerator - unit.evidence[position].numerator)
        for kind, limited, partner in edition.count_couplings
        if kind is CouplingKind.LIMIT
        and limited == position
        and _comparable(unit, position, partner)
    ]
    return min(rooms, default=math.inf)


def check_setting(bounds: LeverRange, change: float) -> float:
    """Return ``change`` if the lever can take it; :class:`ScenarioError` with the bounds if not."""
    code = bounds.lever.code
    if not bounds.usable:
        raise ScenarioError("lever_unusable", lever=code, reason=bounds.reason)
    if not math.isfinite(change):
        raise ScenarioError("not_a_number", value=str(change))
    whole = bounds.basis is Basis.RATE or float(change).is_integer()
    # The ends of what is still to come need not be whole: present rates are not.
    if not whole and change not in (bounds.low, bounds.high):
        raise ScenarioError("not_whole", lever=code, value=change)
    if change > bounds.high and bounds.period is not None:
        raise _out_of_reach(bounds, bounds.period, change)
    if not bounds.low <= change <= bounds.high:
        raise ScenarioError(
            "out_of_bounds", lever=code, value=change, low=bounds.low, high=bounds.high
        )
    return float(change)


def _out_of_reach(bounds: LeverRange, period: Period, change: float) -> ScenarioError:
    """Beyond what is still to come: how much is left, and until when it had been reachable.

    Taken at present rates: the cases that failed so far were lost evenly over the days so far.
    """
    wanted = bounds.numerator + change
    most = bounds.numerator + bounds.high
    lost = (bounds.denominator - bounds.coming) - (bounds.numerator - bounds.good)
    allowed = bounds.denominator - wanted
    if allowed < 0 or not lost:
        return ScenarioError(
            "out_of_bounds",
            lever=bounds.lever.code, value=change, low=bounds.low, high=bounds.high,
        )  # fmt: skip
    days = math.floor(float(period.elapsed_days) * allowed / lost)
    until = period.first + timedelta(days=days - 1)
    return ScenarioError(
        "out_of_reach", lever=bounds.lever.code, wanted=round(wanted), most=round(most),
        until=until.strftime("%d/%m/%Y"), last=period.last.strftime("%d/%m/%Y"),
    )  # fmt: skip


def parse_setting(text: str, bounds: LeverRange, language: str = "vi") -> float:
    """Read an exact entry: ``+3000``, ``-200``, ``3.000`` (a change), ``95%`` (the rate to
    reach) or ``=500000`` (the count to reach). Returns the change.

    Until the end of a period the rate is that of the cases still to come. A rate is
    reached by the smallest whole count that is at least that rate.
    """
    text = text.strip()
    code = bounds.lever.code
    if not bounds.usable:
        raise ScenarioError("lever_unusable", lever=code, reason=bounds.reason)
    in_points = bounds.basis is Basis.RATE and is_percentage_points(text)
    if text.endswith("%") and not in_points:
        repairs = not bounds.lever.whole
        if not bounds.moves_own_numerator or not bounds.denominator or repairs:
            raise ScenarioError("rate_not_possible", lever=code)
        target = parse_percent(text)
        if target > 100:
            raise ScenarioError("rate_above_100", lever=code, value=text)
        if bounds.coming:
            reached = math.ceil(target * int(bounds.coming) / 100)
            return check_setting(bounds, min(float(math.ceil(reached - bounds.good)), bounds.high))
        if bounds.basis is Basis.RATE:
            return check_setting(bounds, round(float(target) - bounds.numerator, 6))
        reached = math.ceil(target * int(bounds.denominator) / 100)
        return check_setting(bounds, reached - bounds.numerator)
    if text.startswith("="):
        if not bounds.moves_own_numerator:
            raise ScenarioError("count_not_possible", lever=code)
        change = round(float(parse_number(text[1:], language)) - bounds.numerator, 6)
        # What a change starts from until the end of a period need not be whole.
        return check_setting(bounds, float(math.ceil(change)) if bounds.coming else change)
    return check_setting(bounds, float(parse_number(text, language)))


@dataclass(frozen=True)
class Counts:
    """Counts of every indicator after the levers, in the order of the edition.

    Each entry is a number, or an array of one number per what-if.
    """

    numerators: list[Any]
    denominators: list[Any]
    notices: tuple[Notice, ...] = ()

    def rate_percent(self, position: int) -> float | None:
        """Rate of one indicator in percent, for display; None without cases."""
        denominator = self.denominators[position]
        return self.numerators[position] / denominator * 100 if denominator else None


def move_counts(
    edition: Edition,
    unit: Unit,
    settings: Mapping[str, Any],
    lowest: Callable[[Any, Any], Any] = min,
    highest: Callable[[Any, Any], Any] = max,
) -> Counts:
    """Apply levers and couplings to the counts of ``unit``.

    The result depends on the set of settings, not on their order: changes are added,
    then clamped to [0, denominator], then the couplings hold in the order of the rules.
    ``lowest`` and ``highest`` are ``min`` and ``max``, or numpy's for arrays of settings.
    """
    before = unit.numerators
    numerators: list[Any] = list(before)
    denominators: list[Any] = list(unit.denominators)
    for lever in edition.levers:
        change = settings.get(lever.code)
        if change is None:
            continue
        for move in lever.moves:
            part = numerators if move.part == "numerator" else denominators
            k = edition.position[move.indicator]
            # Counts that are not known cannot move: no difference may come from them.
            if unit.knows(k):
                part[k] = part[k] + move.by * change
    cuts: list[tuple[str, int, int, Any]] = []
    for k, wanted in enumerate(numerators):
        numerators[k] = highest(lowest(wanted, denominators[k]), 0.0)
        cuts.append(("cut_at_all", k, k, wanted - numerators[k]))
    for kind, k, partner in edition.count_couplings:
        if not _comparable(unit, k, partner):
            continue
        if kind is CouplingKind.FOLLOW:
            moved = numerators[k] + (numerators[partner] - before[partner])
            numerators[k] = highest(lowest(moved, denominators[k]), 0.0)
        else:
            # An excess that was published stays; the coupling only binds what moves.
            limit = numerators[partner]
            if before[k] > before[partner]:
                limit = before[k] + (numerators[partner] - before[partner])
            wanted = numerators[k]
            numerators[k] = lowest(wanted, limit)
            cuts.append(("cut_at_partner", k, partner, wanted - numerators[k]))
    return Counts(numerators, denominators, _cut_notices(edition, unit, settings, cuts, lowest))


def _comparable(unit: Unit, first: int, second: int) -> bool:
    """Counts couple with counts, rates with rates."""
    bases = {unit.evidence[first].basis, unit.evidence[second].basis}
    return bases in ({Basis.COUNTS}, {Basis.RATE})


def _cut_notices(
    edition: Edition,
    unit: Unit,
    settings: Mapping[str, Any],
    cuts: list[tuple[str, int, int, Any]],
    lowest: Callable[[Any, Any], Any],
) -> tuple[Notice, ...]:
    """Tell which indicator did not take all that was asked (scalar settings only)."""
    if lowest is not min:
        return ()
    moved = {
        edition.position[move.indicator]
        for code, change in settings.items()
        if change
        for move in edition.lever_by_code[code].moves
    }
    return tuple(
        Notice(
            code,
            {
                "indicator": edition.indicators[k].code,
                "partner": edition.indicators[partner].code,
                "lost": lost,
            },
        )
        for code, k, partner, lost in cuts
        if lost > 0 and k in moved and unit.knows(k)
    )
