"""Months of the period so far: what they tell of what is still to come, and what they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from simulator.baseline_files import load_baseline
from simulator.errors import RulesError
from simulator.history import history, history_of, monthly_rates
from simulator.rules import Flow
from simulator.scenario import Scenario, outlook_of
from tests.engine.units import EDITION, counts, make_unit

YEAR = load_baseline("phutho-2026-ytd")


def figures(period: str, captured_at: str, on_time: float, received: float):
    unit = make_unit({"ON_TIME": counts(on_time, received)})
    return replace(
        YEAR, id=f"{period}-{captured_at}", period=period, captured_at=captured_at,
        units={unit.code: unit}, default_unit=unit.code,
    )  # fmt: skip


def known(*others, captured_at="2026-09-26", received=9000.0):
    now = figures("2026-ytd", captured_at, 8000.0, received)
    return history(now, now.default_unit, others)


def test_phu_tho_received_184_513_dossiers_in_august_three_times_its_pace():
    """184,513 in 31 days are 5,952 a day; in the 96 days left that makes 571,395."""
    found = history_of("phutho-2026-ytd", "H44")
    assert [stretch.starts.month for stretch in found.recent] == [8]
    assert found.daily[Flow.DOSSIER] == Fraction(184_513, 31)
    assert found.daily[Flow.PETITION] == Fraction(247, 31)
    scenario = Scenario("phutho-2026-ytd", "H44", until="2026-12-31", pace="months")
    ahead = outlook_of(YEAR, YEAR.unit("H44"), scenario)
    assert ahead.inflows[Flow.DOSSIER].coming == 571_395
    assert ahead.inflows[Flow.DOSSIER].source == "months"
    # No procedure was published in August: that says nothing about how many will be.
    assert ahead.inflows[Flow.PROCEDURE].source == "pace"
    # 2.7 times as many dossiers, 3.8 times as many petitions as at the average so far: doubted.
    assert [notice.code for notice in ahead.notices] == [
        "history_holes", "history_far", "history_far",
    ]  # fmt: skip
    assert [notice.fields["times"] for notice in ahead.notices[1:]] == [2.7, 3.8]
    typed = replace(scenario, inflow=(("dossier", 1000),))
    assert outlook_of(YEAR, YEAR.unit("H44"), typed).inflows[Flow.DOSSIER].coming == 1000


def test_where_no_month_is_known_the_pace_goes_on_and_this_is_said():
    country = load_baseline("vn-2026-10-10")
    scenario = Scenario(country.id, "H20", until="2026-12-31", pace="months")
    ahead = outlook_of(country, country.unit("H20"), scenario)
    assert ahead.inflows[Flow.DOSSIER].source == "pace"
    assert [notice.code for notice in ahead.notices] == ["history_missing"]


def test_the_difference_between_two_readings_is_what_came_between_them():
    """9,000 by 26 September, 6,200 by 29 August: 2,800 in 28 days."""
    found = known(figures("2026-ytd", "2026-08-29", 5500.0, 6200.0))
    assert found.daily[Flow.DOSSIER] == 100
    (stretch,) = found.recent
    assert stretch.counts["ON_TIME"] == (2500, 2800)
    assert stretch.rates["ON_TIME"] == pytest.approx(100 * 25 / 28)


def test_repairs_between_two_readings_leave_the_rate_of_the_new_cases_unknown():
    """2,800 came and 3,500 more are on time: some of them are old ones."""
    (stretch,) = known(figures("2026-ytd", "2026-08-29", 4500.0, 6200.0)).recent
    assert "ON_TIME" not in stretch.rates
    assert stretch.cases(Flow.DOSSIER) == 2800


def test_a_count_that_was_started_anew_is_named_and_not_used():
    found = known(figures("2026-ytd", "2026-08-29", 9500.0, 12_000.0))
    assert (found.recent, found.daily) == ((), {})
    assert [notice.code for notice in found.notices] == ["history_restarted"]
    assert found.notices[0].fields == {"first": "2026-08-29", "second": "2026-09-26"}


def test_months_that_are_missing_in_between_are_named():
    june = figures("2026-06", "2026-07-05", 500.0, 600.0)
    august = figures("2026-08", "2026-09-05", 500.0, 620.0)
    found = known(june, august)
    assert [notice.code for notice in found.notices] == ["history_holes"]
    assert found.notices[0].fields == {"months": "7/2026, 9/2026"}
    assert found.daily[Flow.DOSSIER] == Fraction(1220, 61)


def test_at_most_the_last_three_months_count_and_no_day_twice():
    months = [
        figures(f"2026-{month:02d}", "2026-09-26", 50.0, 100.0 * month) for month in range(1, 9)
    ]
    found = known(*months, figures("2026-ytd", "2026-08-29", 5500.0, 6200.0))
    # 29 August to 26 September is the latest stretch; August overlaps it.
    assert [stretch.starts.date() for stretch in found.recent] == [
        date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 30),
    ]  # fmt: skip


def test_figures_of_another_year_edition_or_of_later_days_are_not_the_history():
    later = figures("2026-ytd", "2026-10-10", 9000.0, 10_000.0)
    last_year = figures("2025-08", "2025-09-05", 50.0, 100.0)
    september = figures("2026-10", "2026-11-05", 50.0, 100.0)
    other = replace(
        figures("2026-08", "2026-09-05", 50.0, 100.0), edition=load_baseline("tth-2022").edition
    )
    assert known(later, last_year, september, other).stretches == ()


def test_the_months_of_dak_lak_are_all_below_its_year_so_they_are_not_parts_of_it():
    """The portal's months count differently: the reason why a month's rate never enters a score."""
    country = load_baseline("vn-2026-10-10")
    found = history_of(country.id, "H15")
    rates = [stretch.rates["ON_TIME"] for stretch in found.stretches]
    assert len(rates) == 10
    year = country.unit("H15").evidence[EDITION.position["ON_TIME"]].rate_percent
    assert max(rates) == 84.57 < year
    assert found.daily == {}


def test_the_country_and_dak_lak_have_published_months():
    assert {unit: len(months) for unit, months in monthly_rates().items()} == {"VN": 9, "H15": 10}
    assert monthly_rates()["VN"][1].rates == {"ON_TIME": 37.7}
    # The last month had not ended when it was read.
    assert float(monthly_rates()["VN"][-1].days) == 17


def test_a_month_given_twice_is_refused(tmp_path):
    row = "VN,2026-01,ON_TIME,58.79,2026-09-17,x\n"
    path = tmp_path / "months.csv"
    path.write_text("unit,month,indicator,rate_percent,captured_at,source\n" + row + row)
    with pytest.raises(RulesError) as refused:
        monthly_rates(path)
    assert refused.value.fields["line"] == 3


def test_a_month_that_was_read_again_counts_as_it_was_read_last():
    first = figures("2026-08", "2026-09-01", 150, 200)
    revised = figures("2026-08", "2026-09-10", 160, 210)
    half = figures("2026-08", "2026-08-10", 60, 70)
    for others in ((revised, first, half), (half, first, revised)):
        [august] = [one for one in known(*others).stretches if one.starts.month == 8]
        assert august.counts["ON_TIME"] == (160, 210)


def test_a_reading_of_another_group_does_not_come_between_two():
    """ON_TIME on 1 August and 26 September; only petitions were read on 1 September."""
    before = figures("2026-ytd", "2026-08-01", 7000.0, 8000.0)
    petitions = make_unit({"PETITION_PROCESSING_ON_TIME": counts(5, 6)})
    between = replace(
        before, id="between", captured_at="2026-09-01", units={petitions.code: petitions},
        default_unit=petitions.code,
    )  # fmt: skip
    found = known(before, between)
    [stretch] = [one for one in found.stretches if "ON_TIME" in one.counts]
    assert stretch.counts["ON_TIME"] == (1000.0, 1000.0)
    assert found.daily[Flow.DOSSIER] == Fraction(1000) / stretch.days
