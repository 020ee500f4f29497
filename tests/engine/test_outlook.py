"""Looking ahead: hand-computed ends of the year, what bounds them, and what never can happen."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.baseline import Basis, Evidence
from simulator.baseline_files import load_baseline
from simulator.contributions import contributions
from simulator.errors import ScenarioError
from simulator.lever_settings import parse_setting
from simulator.levers import lever_range
from simulator.numbers import VIETNAM
from simulator.outlook import Inflow, Outlook, outlook, part_way
from simulator.period import Period, period_of
from simulator.project import project
from simulator.reach import ceilings, reachable
from simulator.rules import Flow
from tests.engine.units import (
    EDITION,
    changes,
    counts,
    load_unit,
    make_unit,
    random_units,
    units_with_parts,
)

SEPTEMBER = period_of("2026-ytd", "2026-09-26")
MIDDAY = period_of("2026-ytd", "2026-10-10T07:00:00Z")


def ahead_of(unit, period: Period = SEPTEMBER, **typed: int) -> Outlook:
    return outlook(EDITION, unit, period, {Flow(flow): count for flow, count in typed.items()})


def bounds_of(unit, code: str, ahead: Outlook):
    return lever_range(EDITION, unit, EDITION.lever_by_code[code], ahead)


def test_phu_tho_cannot_reach_more_than_18_29_of_20_for_timeliness(phu_tho):
    """597,918 dossiers by 26 September, 528,684 on time; 213,383 more come at the same pace.

    All of those on time: (528,684 + 213,383) / (597,918 + 213,383) = 91.466 %, 18.29 points.
    """
    unit = phu_tho.unit("H44")
    ahead = ahead_of(unit)
    assert ahead.inflows[Flow.DOSSIER].coming == 213_383
    on_time = bounds_of(unit, "ON_TIME", ahead)
    best = project(EDITION, unit, {"ON_TIME": on_time.high}, None, ahead)
    assert best.after.groups["TDGQ"] == 1829
    reach = reachable(EDITION, unit, ahead)
    assert reach.ceiling.after.groups["TDGQ"] == 1829
    assert reach.line.after.groups["TDGQ"] == 1768


def test_its_floor_is_what_remains_if_every_later_file_is_late(phu_tho):
    """597,918 received and 490,441 finished leave 107,477 open, which can all become overdue:
    (528,684 - 107,477) / 811,301 = 51.918 %, 10.38 points. Where the number of open dossiers is not
    published, only those still to come count: 528,684 / 811,301 = 65.165 %, 13.03 points."""
    unit = phu_tho.unit("H44")
    slipped = bounds_of(unit, "OPEN_SLIPPED", ahead_of(unit))
    assert (slipped.low, slipped.high) == (0, 107_477)
    reach = reachable(EDITION, unit, ahead_of(unit))
    assert reach.floor.after.groups["TDGQ"] == 1038
    unknown = replace(unit, facts=())
    assert bounds_of(unknown, "OPEN_SLIPPED", ahead_of(unknown)).reason == "lever_open_unknown"
    reach = reachable(EDITION, unknown, ahead_of(unknown))
    assert reach.floor.after.groups["TDGQ"] == 1303


def test_the_floor_of_satisfaction_loses_the_past_only_with_the_files_that_slip(phu_tho):
    """528,464 satisfied so far less 107,477 open ones: 420,987 / 811,301 = 51.89 %, 3.46 of 6."""
    reach = reachable(EDITION, phu_tho.unit("H44"), ahead_of(phu_tho.unit("H44")))
    k = EDITION.position["DOSSIER_RECEIVING_SATISFACTION"]
    assert reach.floor.counts.numerators[k] == 420_987
    assert reach.floor.after.indicators[k] == 346


def test_cases_to_come_cannot_lean_on_what_old_ones_left_free(phu_tho):
    """72.477 % of 213,383 get a result: 154,655 can be digitised, not all of them, although
    288,260 old results are not digitised. Petitions likewise: 105 of those to come are on time."""
    unit = phu_tho.unit("H44")
    ahead = ahead_of(unit)
    k = EDITION.position["SO_HOA_GIAY_TO_GIAI_QUYET"]
    high = bounds_of(unit, "SO_HOA_GIAY_TO_GIAI_QUYET", ahead).high
    moved = project(EDITION, unit, {"SO_HOA_GIAY_TO_GIAI_QUYET": high}, None, ahead)
    results = ahead.to_come.evidence[EDITION.position["ORIGINAL_RESULT_AVAILABLE"]].numerator
    assert moved.counts.numerators[k] == 145_096 + results
    assert [notice.code for notice in moved.notices] == ["cut_at_partner"]
    petitions = bounds_of(unit, "PETITION_HANDLING_SATISFACTION", ahead).high
    moved = project(EDITION, unit, {"PETITION_HANDLING_SATISFACTION": petitions}, None, ahead)
    k = EDITION.position["PETITION_HANDLING_SATISFACTION"]
    on_time = ahead.to_come.evidence[EDITION.position["PETITION_PROCESSING_ON_TIME"]].numerator
    assert moved.counts.numerators[k] == 230 + on_time
    # Only dislikes still to come can be prevented.
    assert bounds_of(unit, "DOSSIER_RECEIVING_SATISFACTION", ahead).high == pytest.approx(
        213_383 * (528_684 - 528_464) / 597_918, abs=1e-5
    )


@pytest.mark.parametrize(
    "place", [one for one in units_with_parts() if load_unit(one)[0] is EDITION][::5], ids="/".join
)
def test_today_the_ceiling_of_the_days_is_the_ceiling(place):
    edition, unit = load_unit(place)
    ahead = outlook(edition, unit, MIDDAY)
    best = reachable(edition, unit, ahead).ceiling
    found = ceilings(edition, unit, ahead)
    today = found.days.index(MIDDAY.captured_day)
    for group in edition.group_positions:
        if found.groups[group] is not None:
            assert found.groups[group][today] == best.after.groups[group]
            assert all(np.diff(found.groups[group]) <= 0)
            until = found.reachable_until(best.after.groups[group], group)
            assert until >= MIDDAY.captured_day


@pytest.mark.parametrize("inflow", [0, 100_000, None])
@pytest.mark.parametrize("place", ["phutho-2026-ytd/H44", "vn-2026-10-10/H20"])
def test_read_again_on_30_november_the_ceiling_is_the_one_foretold_for_that_day(place, inflow):
    """Present rates until then; late results of those weeks can be repaired, late files not."""
    baseline, _, code = place.partition("/")
    unit, period = load_unit((baseline, code))[1], load_baseline(baseline).whole_period()
    ahead = ahead_of(unit, period, **({} if inflow is None else {"dossier": inflow}))
    found = ceilings(EDITION, unit, ahead)
    then = part_way(unit, ahead, date(2026, 11, 30))
    left = {
        flow: item.coming - then.inflows[flow].coming
        for flow, item in ahead.inflows.items()
        if item.coming is not None
    }
    again = replace(period, captured=datetime(2026, 12, 1, tzinfo=VIETNAM))
    later = reachable(EDITION, then.unit, outlook(EDITION, then.unit, again, left))
    day = found.days.index(date(2026, 11, 30))
    for group, positions in EDITION.group_positions.items():
        if found.groups[group] is None:
            continue
        # Whole cases and rounded points: within two hundredths for each indicator.
        most = later.ceiling.after.groups[group]
        assert abs(found.groups[group][day] - most) <= 2 * len(positions), group


def test_without_inflow_what_was_reachable_earlier_has_its_dates(phu_tho):
    """No file comes any more: 19 of 20 allows 5 % of 597,918 = 29,896 late ones (5.025 % with
    rounding: 30,045); they were 69,234 in 269 days, so until day 116.7, 26 April."""
    unit = phu_tho.unit("H44")
    found = ceilings(EDITION, unit, ahead_of(unit, dossier=0))
    assert found.reachable_until(1900, "TDGQ") == date(2026, 4, 26)


def test_digitising_the_past_is_only_held_by_the_results_that_are_issued(phu_tho):
    """All old dossiers get an electronic result and are digitised, all later ones too: full marks
    for both. With digitising alone it is the 433,356 + 213,383 * 0.72477 results that bind."""
    unit = phu_tho.unit("H44")
    ahead = ahead_of(unit)
    best = reachable(EDITION, unit, ahead).ceiling
    at = EDITION.position["SO_HOA_GIAY_TO_GIAI_QUYET"]
    assert best.counts.numerators[at] == best.counts.denominators[at]
    alone = {
        code: bounds_of(unit, code, ahead).high
        for code in ("SO_HOA_GIAY_TO_GIAI_QUYET", "DIGITISATION_REPAIRED")
    }
    held = project(EDITION, unit, alone, None, ahead)
    results = EDITION.position["ORIGINAL_RESULT_AVAILABLE"]
    assert held.counts.numerators[at] == held.counts.numerators[results] < 588_012


def test_wrong_records_raise_the_ceiling_only_as_far_as_they_are_repaired(phu_tho):
    unit = phu_tho.unit("H44")
    ahead = ahead_of(unit)
    repaired = reachable(EDITION, unit, ahead, {"OVERDUE_FLAG_REPAIRED": 10_000.0})
    assert repaired.ceiling.after.groups["TDGQ"] == 1854  # (742,067 + 10,000) / 811,301


def test_nineteen_points_for_timeliness_were_reachable_until_june(phu_tho):
    """Late files are lost at 69,234 in 269 days; 19 of 20 allows 5 % of 811,301 = 40,565 of them:
    157.6 days, so the end of the 157th day, 6 June, was the last one. 18 of 20 allows 81,130: if
    files go on being late at that pace, 46.2 more days. Scores are rounded: 18.995 is 19.00, one
    day more each."""
    found = ceilings(EDITION, phu_tho.unit("H44"), ahead_of(phu_tho.unit("H44")))
    assert found.reachable_until(1900, "TDGQ") == date(2026, 6, 7)
    assert found.reachable_until(1829, "TDGQ") == date(2026, 9, 27)
    assert found.reachable_until(1800, "TDGQ") == date(2026, 11, 12)
    assert found.reachable_until(1767, "TDGQ") == date(2026, 12, 31)
    assert found.reachable_until(2000, "TDGQ") == date(2025, 12, 31)
    assert found.reachable_until(2001, "TDGQ") is None


def test_a_late_result_repairs_the_past_but_a_late_file_stays_late(phu_tho):
    unit = phu_tho.unit("H44")
    ahead = ahead_of(unit)
    results = unit.evidence[EDITION.position["ORIGINAL_RESULT_AVAILABLE"]]
    repair = bounds_of(unit, "RESULT_REPAIRED", ahead)
    assert (repair.low, repair.high) == (0, results.denominator - results.numerator)
    assert bounds_of(unit, "ON_TIME", ahead).high == pytest.approx(213_383 * 69_234 / 597_918)
    # Of 69,234 late ones at most 107,477 are open; of 69,234 late and 10,000 open at most 10,000.
    assert bounds_of(unit, "OVERDUE_BACKLOG_CLEARED", ahead).high == 69_234
    backlog = project(EDITION, unit, {"OVERDUE_BACKLOG_CLEARED": 3000.0}, None, ahead)
    assert backlog.total_change == 0


def test_a_rate_that_is_typed_is_that_of_the_files_to_come(phu_tho):
    unit = phu_tho.unit("H44")
    ahead = ahead_of(unit)
    bounds = bounds_of(unit, "ON_TIME", ahead)
    change = parse_setting("95%", bounds)
    assert (bounds.good + change) / bounds.coming == pytest.approx(0.95, abs=1e-5)
    assert parse_setting("100%", bounds) == bounds.high
    assert parse_setting("=700000", bounds) == math.ceil(700_000 - bounds.numerator)


def test_repairs_are_only_offered_for_the_rest_of_a_period(phu_tho):
    unit = phu_tho.unit("H44")
    lever = EDITION.lever_by_code["RESULT_REPAIRED"]
    assert lever_range(EDITION, unit, lever).reason == "lever_only_ahead"
    with pytest.raises(ScenarioError):
        project(EDITION, unit, {"RESULT_REPAIRED": 1.0})
    over = ahead_of(unit, SEPTEMBER.until(date(2026, 9, 26)))
    assert lever_range(EDITION, unit, lever, over).reason == "lever_period_over"


def test_the_satisfied_follow_the_files_to_come_that_are_on_time(phu_tho):
    unit = phu_tho.unit("H44")
    ahead = ahead_of(unit)
    moved = project(EDITION, unit, {"ON_TIME": 10_000.0}, None, ahead)
    k = EDITION.position["DOSSIER_RECEIVING_SATISFACTION"]
    assert moved.counts.numerators[k] == pytest.approx(ahead.unit.evidence[k].numerator + 10_000)


def test_a_typed_inflow_replaces_the_pace_and_stocks_do_not_grow(phu_tho):
    unit = phu_tho.unit("H44")
    ahead = ahead_of(unit, dossier=100_000, petition=0)
    assert ahead.inflows[Flow.DOSSIER] == Inflow(
        597_918, 100_000, ahead.inflows[Flow.DOSSIER].growth, "typed"
    )
    at = {code: ahead.to_come.evidence[k].denominator for code, k in EDITION.position.items()}
    assert at["ON_TIME"] == 100_000
    assert (
        at["PETITION_PROCESSING_ON_TIME"] == at["ONLINE_SUPPLY"] == at["PUBLIC_CONTENT_FULL"] == 0
    )
    assert bounds_of(unit, "PETITION_PROCESSING_ON_TIME", ahead).reason == "lever_no_inflow"


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ({"dossier": 10**9}, "inflow_absurd"),
        # Twenty times the pace so far and one more; the pace is below the cases so far.
        ({"dossier": 2001}, "inflow_absurd"),
        ({"petition": 5}, "inflow_without_base"),
        ({"procedure": 5}, "inflow_without_counts"),
    ],
)
def test_an_inflow_that_cannot_be_used_is_named_and_the_pace_used(typed, notice):
    unit = make_unit(
        {"ON_TIME": counts(80, 100), "PETITION_PROCESSING_ON_TIME": counts(0, 0)},
        groups={"TDGQ": 1600},
    )
    ahead = ahead_of(unit, **typed)
    assert [item.code for item in ahead.notices] == [notice]
    assert ahead.inflows[Flow.DOSSIER].coming == 36  # 100 * 96 / 269 = 35.7
    assert project(EDITION, unit, {}, None, ahead).notices == ahead.notices


def test_where_only_a_rate_is_known_it_goes_on(phu_tho):
    unit = make_unit({"ON_TIME": Evidence(Basis.RATE, 83.45, 100)}, groups={"TDGQ": 1669})
    ahead = ahead_of(unit)
    assert project(EDITION, unit, {}, None, ahead).total_change == 0
    assert bounds_of(unit, "ON_TIME", ahead).reason == "lever_needs_counts"


@pytest.mark.parametrize("place", units_with_parts()[::7], ids="/".join)
def test_no_time_left_reproduces_the_published_score_exactly(place):
    edition, unit = load_unit(place)
    over = outlook(edition, unit, SEPTEMBER.until(date(2026, 9, 26)))
    here, now = project(edition, unit, {}, None, over), project(edition, unit, {})
    assert (here.after, here.total_change) == (now.before, 0)


@given(random_units(), st.data())
def test_floor_line_projection_and_ceiling_are_in_this_order(unit, data):
    ahead = ahead_of(unit, SEPTEMBER)
    settings = {}
    for lever in EDITION.levers:
        bounds = lever_range(EDITION, unit, lever, ahead)
        if bounds.usable and lever.direction == "helpful" and data.draw(st.booleans()):
            settings[lever.code] = data.draw(changes(replace(bounds, high=float(int(bounds.high)))))
    reach = reachable(EDITION, unit, ahead, settings)
    here = project(EDITION, unit, settings, None, ahead)
    stock_low = any(
        settings.get(lever.code, 0) < 0 for lever in EDITION.levers if lever.reach.value == "any"
    )
    for group in EDITION.group_positions:
        low, line, some, high = (
            state.group_change[group] for state in (reach.floor, reach.line, here, reach.ceiling)
        )
        assert low <= line <= high
        assert some <= high
        assert stock_low or low <= some


@given(random_units())
def test_the_do_nothing_line_is_the_published_score_but_for_rounding(unit):
    line = project(EDITION, unit, {}, None, ahead_of(unit))
    for before, after in zip(line.before.indicators, line.after.indicators, strict=True):
        assert before is None or abs(after - before) <= 1


@given(st.integers(1, 400), st.integers(1, 40), st.integers(1, 5), st.integers(1, 5), st.data())
def test_looking_ahead_twice_is_looking_ahead_once(size, parts, first, second, data):
    """The rest of the period split in two, whole multiples of the cases so far."""
    good = data.draw(st.integers(0, size))
    unit = make_unit({"ON_TIME": counts(float(good), float(size))}, groups={"TDGQ": 1000})
    whole = ahead_of(unit, dossier=size * (first + second))
    half = ahead_of(unit, dossier=size * first)
    rest = outlook(EDITION, half.unit, SEPTEMBER, {Flow.DOSSIER: size * second})
    k = EDITION.position["ON_TIME"]
    assert rest.unit.evidence[k].denominator == whole.unit.evidence[k].denominator
    assert rest.unit.evidence[k].numerator == pytest.approx(whole.unit.evidence[k].numerator)
    assert abs(
        project(EDITION, unit, {}, None, whole).total_change
        - project(EDITION, half.unit, {}, None, rest).total_change
    ) <= 1  # fmt: skip


@given(st.integers(1, 10_000), st.integers(0, 20_000), st.integers(0, 20_000))
def test_more_inflow_never_raises_a_ceiling_that_repair_alone_reached(size, less, more):
    unit = make_unit(
        {"ON_TIME": counts(float(size), float(size)),
         "DOSSIER_SYNC": counts(0.0, float(size))}, groups={"CKMB": 0},
    )  # fmt: skip
    less, more = sorted((min(less, 20 * size), min(more, 20 * size)))
    ceilings_ = [
        reachable(EDITION, unit, ahead_of(unit, dossier=inflow)).ceiling.group_change["CKMB"]
        for inflow in (less, more)
    ]
    assert ceilings_ == [600, 600]


def test_contributions_until_the_end_add_up_and_name_what_comes_by_itself(phu_tho):
    unit = phu_tho.unit("H44")
    ahead = ahead_of(unit)
    moved = project(EDITION, unit, {"ON_TIME": 20_000.0, "RESULT_REPAIRED": 50_000.0}, None, ahead)
    parts = contributions(moved)
    assert sum(part.hundredths for part in parts) == moved.total_change
    assert {"ON_TIME", "RESULT_REPAIRED"} <= {part.lever for part in parts}
