"""A setting of a lever: read from what somebody typed, and checked against the bounds.

A setting is the change in the lever's own unit against the baseline (+3 000 dossiers);
where only a rate is known it is a change in percentage points.
"""

from __future__ import annotations

import math
from datetime import timedelta

from simulator.baseline import Basis
from simulator.errors import ScenarioError
from simulator.levers import LeverRange
from simulator.numbers import is_percentage_points, parse_number, parse_percent
from simulator.period import Period


def check_setting(bounds: LeverRange, change: float) -> float:
    """Return ``change`` if the lever can take it; :class:`ScenarioError` with the bounds if not."""
    code = bounds.lever.code
    if not bounds.usable:
        raise ScenarioError("lever_unusable", lever=code, reason=bounds.reason)
    if not math.isfinite(change):
        raise ScenarioError("not_a_number", value=str(change))
    if change > bounds.high and bounds.period is not None:
        raise _out_of_reach(bounds, bounds.period, change)
    if not bounds.low <= change <= bounds.high:
        raise _out_of_bounds(bounds, change)
    whole = bounds.basis is Basis.RATE or float(change).is_integer()
    # The ends of what is still to come need not be whole: present rates are not.
    if not whole and change not in (bounds.low, bounds.high):
        raise ScenarioError("not_whole", lever=code, value=change)
    return float(change)


def _out_of_bounds(bounds: LeverRange, change: float) -> ScenarioError:
    """The bounds as somebody can type them: whole cases, or percentage points as they are."""
    low, high = bounds.low, bounds.high
    if bounds.basis is not Basis.RATE:
        low, high = math.ceil(low), math.floor(high)
    return ScenarioError("out_of_bounds", lever=bounds.lever.code, value=change, low=low, high=high)


def _out_of_reach(bounds: LeverRange, period: Period, change: float) -> ScenarioError:
    """Beyond what is still to come: how much is left, and until when it had been reachable.

    Taken at present rates: the cases that failed so far were lost evenly over the days so far.
    """
    lever = bounds.lever.code
    wanted, most = bounds.numerator + change, bounds.numerator + bounds.high
    lost = (bounds.denominator - bounds.coming) - (bounds.numerator - bounds.good)
    allowed = bounds.denominator - wanted
    held_by_partner = bounds.high < bounds.coming - bounds.good
    if allowed < 0 or not lost or held_by_partner:
        return _out_of_bounds(bounds, change)
    days = math.floor(float(period.elapsed_days) * allowed / lost)
    until = period.first + timedelta(days=days - 1)
    code = "out_of_reach"
    if bounds.repairable:
        code = "out_of_reach_alone"
    elif until < period.first:
        code = "out_of_reach_ever"
    return ScenarioError(
        code, lever=lever, wanted=math.floor(wanted), most=math.floor(most),
        until=until.isoformat(), last=period.last.isoformat(),
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
