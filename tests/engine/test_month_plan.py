"""The path by month: hand-computed months, and sums that must hold for any path."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.baseline_files import load_baseline
from simulator.levers import lever_range
from simulator.month_plan import MonthPlan, Shape, month_plan
from simulator.month_shares import split_whole
from simulator.outlook import outlook, part_way
from simulator.period import MONTH_DAYS, period_of
from simulator.project import project
from simulator.rules import Flow, Reach
from tests.engine.units import (
    EDITION,
    changes,
    counts,
    load_unit,
    make_unit,
    random_units,
    units_with_parts,
)

RUNNING = ("phutho-2026-ytd", "vn-2026-10-10", "gialai-2026-10-10")
SEPTEMBER = period_of("2026-ytd", "2026-09-26")
# 9,600 dossiers come in the 96 days left: 400, 3,100, 3,000 and 3,100 by month.
UNIT = make_unit({"ON_TIME": counts(20_000, 25_000)}, groups={"TDGQ": 1600})
AHEAD = outlook(EDITION, UNIT, SEPTEMBER, {Flow.DOSSIER: 9600})


# An office that can do ten a day: 40, 310, 300 and 310 by month, 960 in all.
TEN_A_DAY = 10 * MONTH_DAYS


def plan_of(
    settings: dict[str, float], shape: Shape = Shape.LEVEL, **per_month: float
) -> MonthPlan:
    return month_plan(project(EDITION, UNIT, settings, None, AHEAD), shape, None, per_month)


def test_a_level_path_asks_the_same_rate_of_every_month():
    """80 % of 9,600 are 7,680; 960 more make 90 % of every month: (20,000 + 8,640) / 34,600 =
    82.775 %, 16.55 points."""
    plan = plan_of({"ON_TIME": 960.0})
    assert [step.cases for step in plan.steps] == [400, 3100, 3000, 3100]
    assert [step.good for step in plan.steps] == [360, 2790, 2700, 2790]
    assert [step.rate_percent for step in plan.steps] == [90, 90, 90, 90]
    assert [month.last for month in plan.months] == [
        date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31),
    ]  # fmt: skip
    # 30 September: (20,000 + 360) / 25,400 = 80.157 %; 31 October: 23,150 / 28,500 = 81.228 %.
    assert [end.after.groups["TDGQ"] for end in plan.ends] == [1603, 1625, 1641, 1655]
    assert [line.after.groups["TDGQ"] for line in plan.lines] == [1600] * 4


def test_a_ramp_asks_more_of_every_month_and_a_front_loaded_path_less():
    """Shares by days and slope: 4, 62, 90, 124 of 280 parts of 960; reversed 16, 93, 60, 31 of
    200, of which September can take 80 only: 3 more to be shared, no month takes 0.5 of 440."""
    ramp = [step.more for step in plan_of({"ON_TIME": 960.0}, Shape.RAMP_UP).steps]
    assert ramp == [14, 212, 309, 425]
    front = [step.more for step in plan_of({"ON_TIME": 960.0}, Shape.FRONT_LOADED).steps]
    assert front == [77, 446, 288, 149]


def test_no_month_does_more_than_all_of_its_cases():
    """Front-loaded: September would take 16 of 200 parts of 1,900, which are 152, and has 80."""
    steps = plan_of({"ON_TIME": 1900.0}, Shape.FRONT_LOADED).steps
    assert all(step.good <= step.cases for step in steps)
    assert (steps[0].good, sum(step.more for step in steps)) == (400, 1900)


def test_levers_on_one_indicator_add_up_in_the_months_ends():
    """Wrong flags repaired and files on time together: 20,000 + 8,640 + 500 of 34,600."""
    plan = plan_of({"ON_TIME": 960.0, "OVERDUE_FLAG_REPAIRED": 500.0})
    at = EDITION.position["ON_TIME"]
    assert plan.counts(at)[-1] == (29_140, 34_600)
    repairs = [step for step in plan.steps if step.lever == "OVERDUE_FLAG_REPAIRED"]
    # 4, 31, 30, 31 of 96 days: 20.8, 161.5, 156.3, 161.5.
    assert [step.good for step in repairs] == [21, 162, 156, 161]
    assert {step.rate_percent for step in repairs} == {None}


def test_a_month_of_the_satisfied_has_the_files_in_it_that_became_on_time():
    """80 % of all satisfied; 960 more on time bring 960 more satisfied, 50 on top of them less
    disliked: (3,100 * 0.8 + 310 + 16) of 3,100 in October."""
    unit = make_unit(
        {"ON_TIME": counts(20_000, 25_000),
         "DOSSIER_RECEIVING_SATISFACTION": counts(19_000, 25_000)},
        groups={"TDGQ": 1600, "MDHL": 1000},
    )  # fmt: skip
    ahead = outlook(EDITION, unit, SEPTEMBER, {Flow.DOSSIER: 9600})
    settings = {"ON_TIME": 960.0, "DOSSIER_RECEIVING_SATISFACTION": 50.0}
    plan = month_plan(project(EDITION, unit, settings, None, ahead))
    steps = [step for step in plan.steps if step.lever == "DOSSIER_RECEIVING_SATISFACTION"]
    # 76 % of 9,600 are 7,296, and 1,010 more.
    assert sum(step.good for step in steps) == 8306
    assert [step.good for step in steps] == [346, 2682, 2596, 2682]
    at = EDITION.position["DOSSIER_RECEIVING_SATISFACTION"]
    assert plan.counts(at)[-1] == (27_306, 34_600)


def test_without_an_end_or_a_change_there_is_no_path():
    assert month_plan(project(EDITION, UNIT, {"ON_TIME": 960.0})).months == ()
    over = outlook(EDITION, UNIT, SEPTEMBER.until(date(2026, 9, 26)))
    assert month_plan(project(EDITION, UNIT, {}, None, over)).months == ()
    still = plan_of({})
    assert (still.steps, len(still.ends)) == ((), 4)


def test_half_way_half_of_what_comes_has_come():
    middle = part_way(UNIT, AHEAD, date(2026, 11, 13))
    at = EDITION.position["ON_TIME"]
    assert middle.period.remaining_days == 48
    to_come = middle.to_come.evidence[at]
    assert (to_come.denominator, to_come.numerator) == (4800, 3840)
    assert middle.inflows[Flow.DOSSIER].coming == 4800
    assert part_way(UNIT, AHEAD, date(2026, 12, 31)) == AHEAD


@given(random_units(), st.sampled_from(list(Shape)), st.integers(0, 3000), st.data())
def test_months_add_up_and_no_month_does_the_impossible(unit, shape, inflow, data):
    ahead = outlook(EDITION, unit, SEPTEMBER, {Flow.DOSSIER: inflow})
    settings = {}
    for lever in EDITION.levers:
        bounds = lever_range(EDITION, unit, lever, ahead)
        if bounds.usable and lever.moves and data.draw(st.booleans()):
            ends = st.sampled_from([bounds.low, bounds.high])
            settings[lever.code] = data.draw(changes(bounds) | ends)
    projection = project(EDITION, unit, settings, None, ahead)
    plan = month_plan(projection, shape)
    assert plan.ends[-1].counts == projection.counts
    for code, change in projection.settings.items():
        steps = [step for step in plan.steps if step.lever == code]
        if EDITION.lever_by_code[code].reach is not Reach.COMING:
            assert sum(step.good for step in steps) == math.copysign(
                math.floor(abs(change) + 0.5), change
            )
            assert all(step.good * change >= 0 for step in steps)
            continue
        assert all(0 <= step.good <= step.cases or not step.cases for step in steps)
        k = EDITION.position[EDITION.lever_by_code[code].indicator]
        came = projection.counts.numerators[k] - projection.past.numerators[k]
        if any(step.cases for step in steps):
            assert sum(step.good for step in steps) == math.floor(came + 0.5)
    for earlier, later in zip(plan.ends, plan.ends[1:], strict=False):
        for before, after in zip(
            earlier.counts.denominators, later.counts.denominators, strict=True
        ):
            assert before <= after


@pytest.mark.parametrize(
    "place", [p for p in units_with_parts() if p[0] in RUNNING][::4], ids="/".join
)
def test_at_present_rates_every_month_ends_at_the_published_score(place):
    """Whole cases come, at the rate there is: no month wobbles."""
    edition, unit = load_unit(place)
    ahead = outlook(edition, unit, load_baseline(place[0]).whole_period())
    plan = month_plan(project(edition, unit, {}, None, ahead))
    for line in plan.lines:
        for before, after in zip(line.before.indicators, line.after.indicators, strict=True):
            assert before is None or abs(before - after) <= 1


@given(st.integers(0, 10**6), st.lists(st.integers(0, 40), min_size=1, max_size=12))
def test_whole_shares_add_up(total, weights):
    shares = split_whole(total, weights)
    assert sum(shares) == total
    assert min(shares) >= 0


def test_a_setting_at_the_end_of_its_bounds_is_reached():
    """1,920 of 9,600 fail at present rates; all of them on time is every file of every month."""
    steps = plan_of({"ON_TIME": 1920.0}).steps
    assert [step.good for step in steps] == [step.cases for step in steps]
    assert steps[0].rate_percent == pytest.approx(100)


def repairs(change: float, shape: Shape, **per_month: float) -> tuple[list[int], dict[str, float]]:
    """Repairs of each month, and the levers that ask for more than the months can take."""
    plan = plan_of({"OVERDUE_FLAG_REPAIRED": change}, shape, **per_month)
    return [step.good for step in plan.steps], dict(plan.above)


def test_no_month_takes_more_than_the_office_can_do_in_its_days():
    """Front-loaded, 900 would be 72, 418.5, 270 and 139.5: the first two months are full, then
    the third, and December takes the rest."""
    found = repairs(900, Shape.FRONT_LOADED, OVERDUE_FLAG_REPAIRED=TEN_A_DAY)
    assert found == ([40, 310, 300, 250], {})
    assert repairs(900, Shape.FRONT_LOADED)[0] == [72, 419, 270, 139]


@pytest.mark.parametrize("shape", list(Shape))
def test_what_just_fits_fills_every_month(shape):
    found = repairs(960, shape, OVERDUE_FLAG_REPAIRED=TEN_A_DAY)
    assert found == ([40, 310, 300, 310], {})


@pytest.mark.parametrize("shape", list(Shape))
def test_what_does_not_fit_is_spread_as_before_and_named(shape):
    steps, above = repairs(961, shape, OVERDUE_FLAG_REPAIRED=TEN_A_DAY)
    assert above == pytest.approx({"OVERDUE_FLAG_REPAIRED": 960})
    assert steps == repairs(961, shape)[0]


def test_a_capacity_holds_for_the_cases_to_come_too():
    """Ten a day of the 20 a day that fail: front-loaded cannot take 960 as it would."""
    plan = plan_of({"ON_TIME": 960.0}, Shape.FRONT_LOADED, ON_TIME=TEN_A_DAY)
    assert [step.more for step in plan.steps] == [40, 310, 300, 310]


def test_lowering_a_lever_needs_no_capacity():
    plan = plan_of({"ON_TIME": -960.0}, Shape.LEVEL, ON_TIME=0.0)
    assert not plan.above
    assert [step.more for step in plan.steps] == [-40, -310, -300, -310]


@given(random_units(), st.sampled_from(list(Shape)), st.integers(0, 3000), st.data())
def test_no_month_is_above_its_capacity_where_the_sum_fits(unit, shape, inflow, data):
    ahead = outlook(EDITION, unit, SEPTEMBER, {Flow.DOSSIER: inflow})
    settings, per_month = {}, {}
    for lever in EDITION.levers:
        bounds = lever_range(EDITION, unit, lever, ahead)
        if bounds.usable and lever.moves and data.draw(st.booleans()):
            settings[lever.code] = data.draw(changes(bounds))
            per_month[lever.code] = data.draw(st.floats(0, 1.5 * bounds.high))
    projection = project(EDITION, unit, settings, None, ahead)
    plan, free = month_plan(projection, shape, None, per_month), month_plan(projection, shape)
    assert plan.ends[-1].counts == projection.counts
    days = float(ahead.period.remaining_days)
    for code, change in projection.settings.items():
        fits = change <= per_month[code] * days / MONTH_DAYS + 1e-9
        assert (code in plan.above) == (not fits)
        for k, month in enumerate(plan.months):
            done = plan.ends[k].settings.get(code, 0.0)
            if not fits:
                assert done == free.ends[k].settings.get(code, 0.0)
                continue
            before = plan.ends[k - 1].settings.get(code, 0.0) if k else 0.0
            assert done - before <= per_month[code] * month.days / MONTH_DAYS + 1e-6
