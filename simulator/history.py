"""What came in single months of a period, and between two readings of it.

Three sources, all of the unit itself: figures of a single month, the difference between two
readings of the same period, and monthly rates that were published without counts. The portal's
months do not add up to its year (a unit can be better in the year than in any of its months), so
they tell how many cases come and how a month was, never what the year's figures are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from simulator import library
from simulator.baseline import Baseline, Basis, Unit
from simulator.errors import Notice, RulesError, ScenarioError
from simulator.outlook import COUNTED_BY
from simulator.paths import HISTORY
from simulator.period import Period, captured_moment, days_in, months_between, period_of
from simulator.rules import Edition, Flow
from simulator.strict_files import read_csv_rows

COUNTRY = "VN"
COLUMNS = ("unit", "month", "indicator", "rate_percent", "captured_at", "source")
# What recent months are: those that ended not longer ago than this, at most so many of them.
RECENT_DAYS, RECENT = 100, 3
# A shorter stretch tells more about holidays than about the pace.
SHORTEST_DAYS = 7


@dataclass(frozen=True)
class Stretch:
    """What came from one moment to another.

    ``counts``: indicator -> (good cases, all cases); ``rates``: indicator -> percent, also of
    those whose counts are not known.
    """

    starts: datetime
    ends: datetime
    counts: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        return (self.ends - timedelta(microseconds=1)).date()

    @property
    def days(self) -> Fraction:
        return days_in(self.ends - self.starts)

    def cases(self, flow: Flow) -> int | None:
        """Cases of a kind that came, None if not known."""
        for code in COUNTED_BY[flow]:
            if code in self.counts:
                return int(self.counts[code][1])
        return None


@dataclass(frozen=True)
class History:
    """Stretches of one unit's period so far, oldest first, and what was wrong with them.

    ``daily``: cases a day in ``recent``, the latest stretches with counts.
    """

    stretches: tuple[Stretch, ...] = ()
    recent: tuple[Stretch, ...] = ()
    daily: Mapping[Flow, Fraction] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


@library.remembered(maxsize=256)
def history_of(baseline_id: str, unit: str) -> History:
    """All that is known of the months of ``unit`` before figures of the library were read."""
    try:
        baseline = library.load(baseline_id)
        others = library.holding(unit, baseline.edition.code)
        return history(baseline, unit, others, monthly_rates())
    except ScenarioError:
        # The days of its period are not known, so nothing can be before them.
        return History()


def history(
    baseline: Baseline,
    unit: str,
    others: Iterable[Baseline],
    rates: Mapping[str, tuple[Stretch, ...]] | None = None,
) -> History:
    """The history of ``unit`` from ``others``, figures of the same edition."""
    period = baseline.whole_period()
    months: dict[date, Stretch] = {}
    read: dict[date, datetime] = {}
    readings = {period.captured: _counts(baseline.edition, baseline.unit(unit))}
    for other in others:
        if other.edition.code != baseline.edition.code or unit not in other.units:
            continue
        counts = _counts(baseline.edition, other.units[unit])
        if not counts or not other.captured_at:
            continue
        if other.period == baseline.period:
            readings.setdefault(captured_moment(other.captured_at), counts)
            continue
        part = period_of(other.period, other.captured_at)
        # A month that was read again later was revised, or had not been over the first time.
        is_newest = part.captured >= read.get(part.first, part.captured)
        if _is_month(part) and _lies_in(part, period) and is_newest:
            read[part.first] = part.captured
            ends = min(part.ends, part.captured)
            months[part.first] = Stretch(part.starts, ends, counts, _rates(counts))
    for stretch in (rates or {}).get(unit, ()):
        first = stretch.starts.date()
        if stretch.starts < period.captured and first.year == period.first.year:
            ends = min(stretch.ends, period.captured)
            months.setdefault(first, Stretch(stretch.starts, ends, {}, stretch.rates))
    between, notices = _between(readings, period)
    return _with_recent(sorted((*months.values(), *between), key=_when), period, notices)


def _when(stretch: Stretch) -> tuple[datetime, datetime]:
    return stretch.ends, stretch.starts


def _is_month(period: Period) -> bool:
    return (period.first.year, period.first.month) == (period.last.year, period.last.month)


def _lies_in(part: Period, period: Period) -> bool:
    return period.first <= part.first and part.starts < period.captured


def _counts(edition: Edition, unit: Unit) -> dict[str, tuple[float, float]]:
    """Counts of the indicators whose cases come over time."""
    return {
        item.code: (known.numerator, known.denominator)
        for item, known in zip(edition.indicators, unit.evidence, strict=True)
        if item.flow in COUNTED_BY and known.basis is Basis.COUNTS and not known.assumed
    }


def _rates(counts: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    return {code: 100 * good / all_ for code, (good, all_) in counts.items() if all_}


def _between(
    readings: Mapping[datetime, Mapping[str, tuple[float, float]]], period: Period
) -> tuple[list[Stretch], list[Notice]]:
    """What came between each two readings; a count that began anew is named and left out.

    Every indicator goes from one reading that has it to the next: one that has others only must
    not come between.
    """
    stretches, notices = [], []
    moments = sorted(moment for moment in readings if moment <= period.captured)
    shared: dict[tuple[datetime, datetime], list[str]] = defaultdict(list)
    for code in dict.fromkeys(code for moment in moments for code in readings[moment]):
        having = [moment for moment in moments if code in readings[moment]]
        for pair in pairwise(having):
            shared[pair].append(code)
    for (first, second), codes in sorted(shared.items()):
        before, after = readings[first], readings[second]
        if any(after[code][1] < before[code][1] for code in codes):
            notices.append(
                Notice("history_restarted", {"first": _day(first), "second": _day(second)})
            )
            continue
        counts = {
            code: (after[code][0] - before[code][0], after[code][1] - before[code][1])
            for code in codes
        }
        # Records that were repaired in between make a rate of the new cases unknown.
        kept = {code: pair for code, pair in counts.items() if 0 <= pair[0] <= pair[1]}
        if counts:
            stretches.append(Stretch(first, second, counts, _rates(kept)))
    return stretches, notices


def _with_recent(stretches: list[Stretch], period: Period, notices: list[Notice]) -> History:
    daily, used = {}, []
    for flow in COUNTED_BY:
        known = _latest([one for one in stretches if one.cases(flow) is not None], period)
        cases = sum(one.cases(flow) or 0 for one in known)
        # No case at all in some months says nothing about how many will come.
        if cases:
            daily[flow] = cases / sum((one.days for one in known), Fraction(0))
        used += known
    recent = [one for one in stretches if one in used]
    holes = _holes(recent, period)
    if holes:
        months = ", ".join(f"{month.month}/{month.year}" for month in holes)
        notices = [*notices, Notice("history_holes", {"months": months})]
    return History(tuple(stretches), tuple(recent), daily, tuple(notices))


def _latest(stretches: list[Stretch], period: Period) -> list[Stretch]:
    """The last few of ``stretches`` that are long enough and do not overlap."""
    found: list[Stretch] = []
    for stretch in reversed(stretches):
        is_late = period.captured - stretch.ends <= timedelta(days=RECENT_DAYS)
        is_free = all(stretch.ends <= other.starts for other in found)
        if is_late and is_free and stretch.days >= SHORTEST_DAYS and len(found) < RECENT:
            found.append(stretch)
    return found


def _holes(recent: list[Stretch], period: Period) -> list[date]:
    """Months from the first recent stretch to the capture of which nothing is known."""
    if not recent:
        return []
    return [
        month.date()
        for month, end in months_between(recent[0].starts, period.captured)
        if end - month > timedelta(days=SHORTEST_DAYS)
        and not any(part.starts < end and month < part.ends for part in recent)
    ]


def _day(moment: datetime) -> str:
    return (moment - timedelta(microseconds=1)).date().isoformat()


@lru_cache(maxsize=1)
def monthly_rates(path: Path = HISTORY / "months-2026.csv") -> dict[str, tuple[Stretch, ...]]:
    """Published monthly rates without counts: unit -> stretches, oldest first."""
    months: dict[str, dict[str, tuple[str, dict[str, float]]]] = {}
    for line, row in read_csv_rows(path, COLUMNS):
        _, rates = months.setdefault(row["unit"], {}).setdefault(
            row["month"], (row["captured_at"], {})
        )
        if row["indicator"] in rates:
            raise RulesError("duplicate", code=row["indicator"], file=path.name, line=line)
        rates[row["indicator"]] = float(row["rate_percent"])
    return {
        unit: tuple(_stretch(month, captured, rates) for month, (captured, rates) in rows.items())
        for unit, rows in months.items()
    }


def _stretch(month: str, captured: str, rates: dict[str, float]) -> Stretch:
    period = period_of(month, captured)
    return Stretch(period.starts, min(period.ends, period.captured), {}, rates)
