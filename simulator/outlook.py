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

    ``unit`` carries the counts of that line; ``coming`` and ``good`` are the cases still to come
    and those of them that turn out well at the present rate, in the order of the indicators.
    """

    period: Period
    inflows: Mapping[Flow, Inflow]
    unit: Unit
    coming: tuple[float, ...]
    good: tuple[float, ...]
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
        if not so_far:
            notices.append(Notice("inflow_without_base", {"flow": flow.value}))
        elif wanted > ABSURD * so_far * max(pace, Fraction(1)):
            notices.append(Notice("inflow_absurd", {"flow": flow.value, "typed": wanted}))
        else:
            inflows[flow] = Inflow(so_far, wanted, Fraction(wanted, so_far), "typed")
    evidence, coming_all, good_all = [], [], []
    for item, known in zip(edition.indicators, unit.evidence, strict=True):
        growth = inflows[item.flow].growth if item.flow in inflows else Fraction(0)
        ahead, coming_, good = _grown(known, growth)
        evidence.append(ahead)
        coming_all.append(coming_)
        good_all.append(good)
    return Outlook(
        period, inflows, replace(unit, evidence=tuple(evidence)),
        tuple(coming_all), tuple(good_all), tuple(notices),
    )  # fmt: skip


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
    return flow, _half_up(number * period.remaining_days * 12 / 365) if slash else _half_up(number)


def part_way(unit: Unit, ahead: Outlook, last: date) -> Outlook:
    """``ahead``, which looks from ``unit``, seen at the end of an earlier day.

    The cases to come are spread evenly over the days; the end of the period is ``ahead`` itself.
    """
    period = ahead.period.until(last)
    share = period.remaining_days / ahead.period.remaining_days
    coming = tuple(float(_half_up(share * Fraction(count))) for count in ahead.coming)
    good = tuple(round(float(share) * count, DECIMALS) for count in ahead.good)
    evidence = tuple(
        replace(known, numerator=known.numerator + turned_out, denominator=known.denominator + came)
        for known, came, turned_out in zip(unit.evidence, coming, good, strict=True)
    )
    return replace(
        ahead, period=period, unit=replace(ahead.unit, evidence=evidence), coming=coming, good=good
    )


def _estimated(so_far: int | None, period: Period, daily: Fraction | None) -> Inflow:
    """The inflow nobody typed: as in recent months where they are known, else as so far."""
    pace = _pace(period)
    if so_far is None:
        return Inflow(None, None, pace, "pace")
    if daily and so_far and not period.is_over:
        coming = _half_up(daily * period.remaining_days)
        return Inflow(so_far, coming, Fraction(coming, so_far), "months")
    return Inflow(so_far, _half_up(pace * so_far), pace, "pace")


def _pace(period: Period) -> Fraction:
    """Cases to come per case so far, if every day brings as many as the days so far."""
    return period.remaining_days / period.elapsed_days if period.elapsed_days else Fraction(0)


def _so_far(edition: Edition, unit: Unit, flow: Flow) -> int | None:
    for code in COUNTED_BY[flow]:
        known = unit.evidence[edition.position[code]]
        if known.basis is Basis.COUNTS:
            return int(known.denominator)
    return None


def _half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def _grown(known: Evidence, growth: Fraction) -> tuple[Evidence, float, float]:
    """Evidence at the end of the period, cases to come, and the good ones among them."""
    if not growth or not known.denominator:
        return known, 0.0, 0.0
    if known.basis is Basis.RATE:
        # Only the rate is known: it goes on, and counts stay out of sight.
        return known, 0.0, 0.0
    coming = _half_up(growth * int(known.denominator))
    good = round(known.numerator / known.denominator * coming, DECIMALS)
    ahead = replace(known, numerator=known.numerator + good, denominator=known.denominator + coming)
    return ahead, float(coming), good
