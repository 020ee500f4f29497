"""What a score counts: a period of days, how far its figures reach, and what is still to come.

All moments are of Vietnam (Asia/Ho_Chi_Minh, UTC+7 without daylight saving time since 1979).
A capture that names only a day holds everything up to the end of that day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property

from simulator.errors import ScenarioError
from simulator.numbers import VIETNAM

DAY = timedelta(days=1)
# An average month: what an office can do in a month is spread over its days.
MONTH_DAYS = 365 / 12
_CODE = re.compile(
    r"(?P<year>\d{4})(-(ytd|(?P<month>\d{2})|Q(?P<quarter>[1-4])|(?P<months>\d+)m))?"
)


@dataclass(frozen=True)
class Period:
    """From the start of day ``first`` to the end of day ``last``; figures reach to ``captured``."""

    first: date
    last: date
    captured: datetime

    @cached_property
    def starts(self) -> datetime:
        return datetime.combine(self.first, time(), VIETNAM)

    @cached_property
    def ends(self) -> datetime:
        return datetime.combine(self.last, time(), VIETNAM) + DAY

    @property
    def captured_day(self) -> date:
        """The last day of which the figures hold anything."""
        return (self.captured - timedelta(microseconds=1)).date()

    @cached_property
    def elapsed_days(self) -> Fraction:
        """Days the figures hold, at least none and at most all of them."""
        return days_in(min(max(self.captured, self.starts), self.ends) - self.starts)

    @cached_property
    def remaining_days(self) -> Fraction:
        return days_in(self.ends - self.starts) - self.elapsed_days

    @property
    def is_over(self) -> bool:
        """True if nothing can come any more."""
        return self.remaining_days == 0

    def until(self, last: date) -> Period:
        """The same figures, looked at until the end of ``last`` only.

        Raises :class:`ScenarioError` for a day that is over or after the period.
        """
        until = last.isoformat()
        if self.is_over and last != self.captured_day:
            raise ScenarioError("period_over", last=self.last.isoformat())
        if last > self.last:
            raise ScenarioError("until_after_period", until=until, last=self.last.isoformat())
        if last < max(self.captured_day, self.first):
            first = max(self.captured_day, self.first).isoformat()
            raise ScenarioError("until_before_capture", until=until, first=first)
        return replace(self, last=last)


def days_in(span: timedelta) -> Fraction:
    """``span`` in days, exactly."""
    return Fraction(span // timedelta(microseconds=1), DAY // timedelta(microseconds=1))


def period_of(code: str, captured_at: str) -> Period:
    """The period with ``code`` (``2026-ytd``, ``2026``, ``2026-08``, ``2026-Q3``, ``2023-10m``).

    A year to date ends on 31 December. Raises :class:`ScenarioError` if it is not known when
    the figures were read, or for a code of another form.
    """
    parts = _CODE.fullmatch(code)
    if parts is None:
        raise ScenarioError("unknown_period", period=code)
    if not captured_at:
        raise ScenarioError("capture_unknown")
    year = int(parts["year"])
    first, last = 1, 12
    if parts["month"]:
        first = last = int(parts["month"])
    elif parts["quarter"]:
        last = 3 * int(parts["quarter"])
        first = last - 2
    elif parts["months"]:
        last = int(parts["months"])
    if not 1 <= first <= last <= 12:
        raise ScenarioError("unknown_period", period=code)
    end = date(year, last, monthrange(year, last)[1])
    return Period(date(year, first, 1), end, captured_moment(captured_at))


def captured_moment(captured_at: str) -> datetime:
    """An ISO day (its end) or moment, in Vietnam's time; without a zone it is Vietnam's."""
    moment = datetime.fromisoformat(captured_at)
    if len(captured_at) <= len("2026-10-10"):
        return moment.replace(tzinfo=VIETNAM) + DAY
    if moment.tzinfo is None:
        return moment.replace(tzinfo=VIETNAM)
    return moment.astimezone(VIETNAM)


def months_left(period: Period) -> list[tuple[date, date]]:
    """The calendar months that still lie ahead: first day of each, and its last in the period."""
    start = max(period.captured, period.starts)
    return [
        (first.date().replace(day=1), (end - DAY).date())
        for first, end in months_between(start, period.ends)
    ]


def months_between(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """From ``start`` to ``end``, cut where calendar months begin."""
    found = []
    while start < end:
        following = (start.replace(day=1) + timedelta(days=31)).replace(day=1)
        cut = min(datetime.combine(following.date(), time(), VIETNAM), end)
        found.append((start, cut))
        start = cut
    return found
