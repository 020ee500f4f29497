"""The units below a province at the end of the period that their province looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from simulator.baseline import Baseline, Basis, Unit
from simulator.outlook import COUNTED_BY, DECIMALS, Outlook, half_up, outlook
from simulator.rules import Edition, Flow


def outlooks_below(baseline: Baseline, units: Sequence[Unit], ahead: Outlook) -> dict[str, Outlook]:
    """Each of ``units`` of ``baseline`` at the end of the period that their province looks at.

    None looks ahead from before the day of the province's figures: what came to a unit until then
    is not known, and taken as passed, at the present rate. Where the province's inflow is not
    simply that of the days so far, theirs changes as much.
    """
    above, read = ahead.period, baseline.whole_period().until(ahead.period.last)
    period = replace(read, captured=max(read.captured, above.captured))
    passed = Fraction(0)
    if read.elapsed_days:
        passed = (period.elapsed_days - read.elapsed_days) / read.elapsed_days
    scale = Fraction(0)
    if above.remaining_days and above.elapsed_days and period.elapsed_days:
        pace = period.remaining_days / period.elapsed_days
        scale = pace / (above.remaining_days / above.elapsed_days)
    found = {}
    for listed in units:
        unit = _caught_up(baseline.edition, listed, passed)
        own = outlook(baseline.edition, unit, period)
        typed: dict[Flow, int] = {}
        for flow, item in ahead.inflows.items():
            so_far = own.inflows[flow].so_far
            if item.source != "pace" and so_far:
                typed[flow] = half_up(item.growth * scale * so_far)
        found[unit.code] = outlook(baseline.edition, unit, period, typed) if typed else own
    return found


def _caught_up(edition: Edition, unit: Unit, passed: Fraction) -> Unit:
    """``unit`` with ``passed`` as many cases more as so far, turned out as those."""
    found = []
    for item, known in zip(edition.indicators, unit.evidence, strict=True):
        more = half_up(passed * int(known.denominator))
        if item.flow not in COUNTED_BY or known.basis is not Basis.COUNTS or not more:
            found.append(known)
            continue
        good = round(known.numerator * (1 + more / known.denominator), DECIMALS)
        found.append(replace(known, numerator=good, denominator=known.denominator + more))
    k = edition.position["ON_TIME"]
    came = found[k].denominator - unit.evidence[k].denominator
    # As many are open as there were.
    facts = tuple(
        replace(fact, value=fact.value + came)
        if fact.code == "COMPLETED" and fact.value is not None
        else fact
        for fact in unit.facts
    )
    return replace(unit, evidence=tuple(found), facts=facts)


def start_of(unit: Unit, ahead: Outlook | None) -> Unit:
    """``unit`` on the day that ``ahead`` looks from: its figures, and what came to it since."""
    if ahead is None:
        return unit
    return replace(
        ahead.unit,
        evidence=tuple(
            replace(
                all_,
                numerator=round(all_.numerator - more.numerator, DECIMALS),
                denominator=all_.denominator - more.denominator,
            )
            for all_, more in zip(ahead.unit.evidence, ahead.to_come.evidence, strict=True)
        ),
    )
