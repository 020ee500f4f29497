"""What more room for a lever is worth, and how much room that is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.baseline_files import load_baseline
from simulator.effort import default_effort
from simulator.outlook import outlook
from simulator.plan_goals import Goal, Limits
from simulator.plan_prices import MORE_UNITS, Price, Relaxed, prices
from simulator.plan_solver import Planner
from tests.engine.units import EDITION

LIST = load_baseline("vn-2026-10-10")
UNIT = LIST.unit("H44")
AHEAD = outlook(EDITION, UNIT, LIST.whole_period())
MONTHS = 2.5


def planner(**per_month: float) -> Planner:
    effort = default_effort(EDITION.code).with_own({}, per_month)
    return Planner(EDITION, UNIT, AHEAD, effort, Limits(months=MONTHS))


def room(of: Planner, goal: Goal) -> Price:
    (found,) = [price for price in prices(of, of.cheapest(goal)) if price.relaxed is Relaxed.ROOM]
    return found


@pytest.mark.parametrize("lever", ["RESULT_REPAIRED", "ORIGINAL_RESULT_AVAILABLE"])
def test_room_is_so_many_units_more_in_all_the_months_left(lever):
    of = planner(**{lever: 4000.0})
    goal = Goal(of.line.after.total + 800)
    found = room(of, goal)
    assert (found.lever, found.amount) == (lever, MORE_UNITS)
    wider = planner(**{lever: 4000.0 + MORE_UNITS / MONTHS})
    assert found.saved == of.cheapest(goal).total_hours - wider.cheapest(goal).total_hours
    assert found.gained == wider.ceiling.total_change - of.ceiling.total_change
    (before, after) = (
        next(one.capacity for one in either.left.choices if one.code == lever)
        for either in (of, wider)
    )
    assert after - before == pytest.approx(found.amount)


def test_no_more_room_is_offered_than_the_lever_has_left():
    """27 procedures in all, of which the months left can take 10."""
    of = planner(PUBLISH_ON_TIME=4.0)
    found = room(of, Goal(of.line.after.total + 300))
    assert (found.lever, found.amount) == ("PUBLISH_ON_TIME", 17)


def test_room_for_a_part_of_a_case_is_a_whole_one():
    of = planner(PUBLIC_UPDATE_ON_TIME=4.0)
    (choice,) = [one for one in of.left.choices if one.code == "PUBLIC_UPDATE_ON_TIME"]
    assert choice.bounds.high == pytest.approx(20.416667)
    goal = Goal(of.line.after.total + 300)
    found = room(of, goal)
    assert found.amount == 11
    free = replace(of.effort.levers["PUBLIC_UPDATE_ON_TIME"], per_month=None)
    levers = {**of.effort.levers, "PUBLIC_UPDATE_ON_TIME": free}
    whole = Planner(EDITION, UNIT, AHEAD, replace(of.effort, levers=levers), of.limits)
    assert found.gained == whole.ceiling.total_change - of.ceiling.total_change
