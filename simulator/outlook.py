"""What is still to come until the end of a period, and the line on which nothing changes.

With ``n`` of ``d`` cases so far and ``f`` still to come, a rate ends at
``(n + r * f + repaired) / (d + f)``: ``r`` is the rate of the cases to come, ``repaired`` are past
records that can still be put right. The do-nothing line is ``r = n / d`` and nothing repaired.
Cases to come are whole, rounded half up; the good ones among them are kept to a millionth, so
that the rate of the do-nothing line is the present one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import floor

from simulator.baseline import Basis, Evidence, Unit
from simulator.errors import Notice, ScenarioError
from simulator.numbers import parse_number
from simulator.period import Period
from simulator.rules import Edition, Flow

# Which indicator tells how many cases of a kind there were so far, the first that is known.
COUNTED_BY = {
    Flow.DOSSIER: ("ON_TIME", "ORIGINAL_RESULT_AVAILABLE", "ONLINE_SUBMISSION"),
    Flow.PETITION: ("PETITION_PROCESSING_ON_TIME", "PETITION_HANDLING_SATISFACTION"),
    Flow.PROCEDURE: ("PUBLISH_ON_TIME", "PUBLIC_UPDATE_ON_TIME"),
}
# An inflow this many times the pace so far is taken for a slip of the pen.
ABSURD = 20
MONTHLY = ("month", "tháng")
DECIMALS = 6


@dataclass(frozen=True)
class Inflow:
    """Cases of one kind: how many so far, how many are still to come, and says who.

    ``source``: ``pace`` (as many a day as so far), ``months`` (as many a day as in recent months)
    or ``typed``.
    """

    so_far: int | None
    coming: int | None
    growth: Fraction
    source: str


@dataclass(frozen=True)
class Outlook:
    """A unit at the end of its period if present rates go on.

    ``unit`` carries the counts of that line, ``to_come`` those of the cases still to come alone.
    """

    period: Period
    inflows: Mapping[Flow, Inflow]
    unit: Unit
    to_come: Unit
    notices: tuple[Notice, ...] = ()


def outlook(
    edition: Edition,
    unit: Unit,
    period: Period,
    typed: Mapping[Flow, int] | None = None,
    daily: Mapping[Flow, Fraction] | None = None,
) -> Outlook:
    """Look ahead to the end of ``period``.

    ``daily`` (cases a day in recent months) replaces the pace so far, and ``typed`` inflows
    (whole counts) replace both. A typed inflow that cannot be used (absurdly high, or nothing
    so far to compare it with) falls back to them, and a notice says so.
    """
    inflows: dict[Flow, Inflow] = {}
    notices: list[Notice] = []
    pace = _pace(period)
    for flow in COUNTED_BY:
        so_far = _so_far(edition, unit, flow)
        wanted = (typed or {}).get(flow)
        inflows[flow] = _estimated(so_far, period, (daily or {}).get(flow))
        if wanted is None or period.is_over:
            continue
        if so_far is None:
            notices.append(Notice("inflow_without_counts", {"flow": flow.value}))
        elif not so_far:
            notices.append(Notice("inflow_without_base", {"flow": flow.value}))
        elif wanted > ABSURD * so_far * max(pace, Fraction(1)):
            fields = {"flow": flow.value, "typed": wanted, "used": inflows[flow].coming}
            notices.append(Notice("inflow_absurd", fields))
        else:
            inflows[flow] = Inflow(so_far, wanted, Fraction(wanted, so_far), "typed")
    to_come = tuple(
        _to_come(known, inflows[item.flow].growth if item.flow in inflows else Fraction(0))
        for item, known in zip(edition.indicators, unit.evidence, strict=True)
    )
    return Outlook(period, inflows, _joined(unit, to_come), _with(unit, to_come), tuple(notices))


def parse_inflow(text: str, period: Period, language: str = "vi") -> tuple[Flow, int]:
    """Read a typed inflow: ``200000`` or ``67000/month`` (dossiers), ``petition=30/month``.

    A monthly number counts for the days that are left, twelve months to 365 days. Raises
    :class:`ScenarioError` for an unknown kind of case or what is no whole number from 0.
    """
    name, equals, amount = text.rpartition("=")
    if equals and name.strip() not in COUNTED_BY:
        raise ScenarioError("unknown_flow", flow=name.strip(), allowed=", ".join(COUNTED_BY))
    flow = Flow(name.strip()) if equals else Flow.DOSSIER
    count, slash, per = amount.partition("/")
    if slash and per.strip() not in MONTHLY:
        raise ScenarioError("not_a_number", value=amount[:40])
    number = parse_number(count, language)
    if number < 0:
        raise ScenarioError("not_a_number", value=amount[:40])
    return flow, half_up(number * period.remaining_days * 12 / 365) if slash else half_up(number)


def part_way(unit: Unit, ahead: Outlook, last: date) -> Outlook:
    """``ahead``, which looks from ``unit``, seen at the end of an earlier day.

    The cases to come are spread evenly over the days; the end of the period is ``ahead`` itself.
    """
    period = ahead.period.until(last)
    share = period.remaining_days / ahead.period.remaining_days
    to_come = tuple(_to_come(known, share) for known in ahead.to_come.evidence)
    inflows = {
        flow: item if item.coming is None else replace(item, coming=half_up(share * item.coming))
        for flow, item in ahead.inflows.items()
    }
    return Outlook(period, inflows, _joined(unit, to_come), _with(unit, to_come), ahead.notices)


def _estimated(so_far: int | None, period: Period, daily: Fraction | None) -> Inflow:
    """The inflow nobody typed: as in recent months where they are known, else as so far."""
    pace = _pace(period)
    if so_far is None:
        return Inflow(None, None, pace, "pace")
    if daily and so_far and not period.is_over:
        coming = half_up(daily * period.remaining_days)
        return Inflow(so_far, coming, Fraction(coming, so_far), "months")
    return Inflow(so_far, half_up(pace * so_far), pace, "pace")


def _pace(period: Period) -> Fraction:
    """Cases to come per case so far, if every day brings as many as the days so far."""
    return period.remaining_days / period.elapsed_days if period.elapsed_days else Fraction(0)


def _so_far(edition: Edition, unit: Unit, flow: Flow) -> int | None:
    for code in COUNTED_BY[flow]:
        known = unit.evidence[edition.position[code]]
        if known.basis is Basis.COUNTS:
            return int(known.denominator)
    return None


def half_up(value: Fraction | float) -> int:
    """The nearest whole number, halves upwards."""
    return floor(value + Fraction(1, 2))


def _to_come(known: Evidence, growth: Fraction) -> Evidence:
    """The cases still to come, turning out as those so far."""
    # Only the rate is known: it goes on, and counts stay out of sight.
    if not growth or not known.denominator or known.basis is Basis.RATE:
        return replace(known, numerator=0.0, denominator=0.0)
    coming = half_up(growth * int(known.denominator))
    good = round(known.numerator / known.denominator * coming, DECIMALS)
    return replace(known, numerator=good, denominator=float(coming))


def _with(unit: Unit, evidence: tuple[Evidence, ...]) -> Unit:
    return replace(unit, evidence=evidence)


def _joined(unit: Unit, to_come: tuple[Evidence, ...]) -> Unit:
    """Those so far and those to come."""
    return _with(unit, tuple(
        replace(
            known,
            numerator=known.numerator + more.numerator,
            denominator=known.denominator + more.denominator,
        )
        for known, more in zip(unit.evidence, to_come, strict=True)
    ))  # fmt: skip
