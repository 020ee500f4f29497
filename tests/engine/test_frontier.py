"""The frontier between effort and score."""

from __future__ import annotations

from itertools import pairwise

import pytest

from simulator.baseline_files import load_baseline
from simulator.effort import default_effort
from simulator.errors import ScenarioError
from simulator.frontier import POINTS, WITHIN, frontier
from simulator.outlook import outlook
from simulator.plan_goals import Goal, Limits
from simulator.plan_solver import Planner
from simulator.project import project
from tests.engine.plan_problems import problem
from tests.engine.units import EDITION, counts, make_unit

LIST = load_baseline("vn-2026-10-10")
UNIT = LIST.unit("H44")
AHEAD = outlook(EDITION, UNIT, LIST.whole_period())
EFFORT = default_effort("2026-portal")


def test_it_runs_from_doing_nothing_to_the_best_possible_and_every_point_is_exact():
    found = frontier(EDITION, UNIT, AHEAD, EFFORT)
    of = Planner(EDITION, UNIT, AHEAD, EFFORT)
    assert 20 <= len(found) <= POINTS
    assert (found[0].hours, found[0].total) == (0.0, of.line.after.total)
    assert found[-1].total == of.ceiling.after.total
    for before, after in pairwise(found):
        assert before.hours < after.hours
        assert before.total < after.total
    for point in found:
        assert project(EDITION, UNIT, point.settings, None, AHEAD).after.total == point.total


def test_no_point_is_far_above_the_least_effort():
    of = Planner(EDITION, UNIT, AHEAD, EFFORT)
    found = frontier(EDITION, UNIT, AHEAD, EFFORT)
    assert all(point.gap <= WITHIN * point.hours for point in found)
    for point in found[:12]:
        least = of.cheapest(Goal(point.total)).total_hours
        assert point.hours - point.gap <= least + 1e-6 <= point.hours + 1e-5


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_no_combination_of_a_small_problem_beats_it(seed):
    found = problem(seed)
    of = found.planner
    for point in frontier(of.edition, of.unit, of.outlook, of.effort, of.limits, points=8):
        least = found.hours[found.totals >= point.total].min()
        assert point.hours - point.gap - 1e-4 <= least <= point.hours + 1e-4


def test_it_can_end_before_the_best_possible():
    of = Planner(EDITION, UNIT, AHEAD, EFFORT)
    found = frontier(EDITION, UNIT, AHEAD, EFFORT, points=12, highest=6500)
    assert found[0].total == of.line.after.total
    assert 6500 <= found[-1].total < 6510
    assert len(found) == 12
    assert len(frontier(EDITION, UNIT, AHEAD, EFFORT, points=12, highest=0)) == 1


def test_limits_shorten_it():
    limits = Limits(locked={"ON_TIME": 0.0}, floors={"PUBLISH_ON_TIME": 5.0})
    found = frontier(EDITION, UNIT, AHEAD, EFFORT, limits, points=4)
    assert all(point.settings["PUBLISH_ON_TIME"] >= 5 for point in found)
    assert all("ON_TIME" not in point.settings for point in found)
    assert found[0].hours > 0


def test_a_unit_without_a_total_has_none():
    unit = make_unit({"ON_TIME": counts(50, 100)})
    with pytest.raises(ScenarioError, match="plan_total_unknown"):
        frontier(EDITION, unit, None, EFFORT)
