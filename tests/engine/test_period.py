"""Periods: their days, how far figures reach into them, and what is refused."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from simulator.errors import ScenarioError
from simulator.period import months_left, period_of


def test_a_year_to_date_read_at_the_end_of_26_september_has_96_of_365_days_left():
    period = period_of("2026-ytd", "2026-09-26")
    assert (period.elapsed_days, period.remaining_days) == (269, 96)
    assert period.last == date(2026, 12, 31)
    assert not period.is_over


def test_a_moment_is_counted_in_vietnam_time():
    """07:00 in Greenwich on 10 October is 14:00 in Hà Nội: 282 days and 14 hours of the year."""
    period = period_of("2026-ytd", "2026-10-10T07:00:00Z")
    assert period.elapsed_days == 282 + Fraction(14, 24)
    assert period.elapsed_days + period.remaining_days == 365


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-ytd", "2024-01-01", "2024-12-31"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026-08", "2026-08-01", "2026-08-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-10m", "2023-01-01", "2023-10-31"),
    ],
)
def test_the_days_of_a_period_follow_from_its_code(code, first, last):
    period = period_of(code, "2030-01-01")
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert period.is_over
    assert months_left(period) == []


@pytest.mark.parametrize("code", ["", "26", "2026-13", "2026-00", "2026-Q5", "2026-13m", "ytd"])
def test_an_unknown_period_is_refused(code):
    with pytest.raises(ScenarioError) as refused:
        period_of(code, "2026-09-26")
    assert refused.value.code == "unknown_period"


def test_without_a_capture_nothing_can_be_looked_ahead():
    with pytest.raises(ScenarioError) as refused:
        period_of("2023", "")
    assert refused.value.code == "capture_unknown"


def test_an_earlier_end_is_taken_and_one_outside_refused():
    period = period_of("2026-ytd", "2026-09-26")
    assert period.until(date(2026, 10, 31)).remaining_days == 35
    assert period.until(date(2026, 9, 26)).is_over
    with pytest.raises(ScenarioError) as early:
        period.until(date(2026, 9, 25))
    with pytest.raises(ScenarioError) as late:
        period.until(date(2027, 1, 1))
    assert (early.value.code, late.value.code) == ("until_before_capture", "until_after_period")


def test_figures_read_before_the_period_leave_all_of_it():
    period = period_of("2026-12", "2026-11-21")
    assert (period.elapsed_days, period.remaining_days) == (0, 31)


def test_the_months_left_begin_with_that_of_the_capture():
    period = period_of("2026-ytd", "2026-09-26")
    months = months_left(period)
    assert [(first.isoformat(), last.isoformat()) for first, last in months] == [
        ("2026-09-01", "2026-09-30"), ("2026-10-01", "2026-10-31"),
        ("2026-11-01", "2026-11-30"), ("2026-12-01", "2026-12-31"),
    ]  # fmt: skip
    assert months_left(period.until(date(2026, 10, 15)))[-1][1] == date(2026, 10, 15)
