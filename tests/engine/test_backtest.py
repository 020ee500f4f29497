"""The do-nothing forecast against what the portal published later."""

from __future__ import annotations

from simulator.backtest import backtests
from simulator.captures import totals_by_day


def test_the_history_holds_34_provinces_on_each_of_ten_days():
    assert {len(day) for day in totals_by_day().values()} == {34}
    assert len(totals_by_day()) == 10


def test_the_shipped_history_agrees_with_the_shipped_provinces(provinces):
    """The list of 10 October is read twice: as a baseline and as a day of the history."""
    day = totals_by_day()["2026-10-10"]
    assert day == {code: provinces.unit(code).total for code in day}


def test_the_errors_are_those_of_the_published_totals():
    """Recomputed here by hand: later total minus earlier total, province by province."""
    days = totals_by_day()
    for result in backtests():
        errors = [days["2026-10-05"][code] - total for code, total in days[result.start].items()]
        assert result.units == len(errors) == 34
        assert result.mean * 34 == sum(errors)
        assert result.mean_absolute * 34 == sum(abs(error) for error in errors)
        assert abs(result.largest) == max(abs(error) for error in errors)
        assert result.near == len([error for error in errors if -50 <= error <= 50])


def test_in_september_the_forecast_was_low_on_average_and_often_half_a_point_off():
    first, second = backtests()
    assert 0 < second.mean < first.mean < 50
    assert 50 < second.mean_absolute < 100
