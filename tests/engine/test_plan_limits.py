"""What keeps a goal out of reach: locks, months, risks that were assumed, and since when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.baseline_files import load_baseline
from simulator.effort import default_effort
from simulator.errors import ScenarioError
from simulator.outlook import outlook
from simulator.plan_choices import levers_left
from simulator.plan_found import Plan
from simulator.plan_goals import Goal, Limits
from simulator.plan_limits import Reason, only_limits, reachable_until
from simulator.plan_solver import Planner
from simulator.text import LANGUAGES, explain
from tests.engine.units import EDITION

LIST = load_baseline("vn-2026-10-10")
UNIT = LIST.unit("H44")
AHEAD = outlook(EDITION, UNIT, LIST.whole_period())
EFFORT = default_effort(EDITION.code)
BEST = Planner(EDITION, UNIT, AHEAD, EFFORT, Limits(months=2.7)).ceiling.after
PETITIONS = ("PETITION_PROCESSING_ON_TIME", "PETITION_HANDLING_SATISFACTION")


def of(limits: Limits, **per_month: float) -> Planner:
    return Planner(EDITION, UNIT, AHEAD, EFFORT.with_own({}, per_month), limits)


def beyond(**locked: float) -> Plan:
    """The plan for what could be reached without ``locked``."""
    return of(Limits(locked, months=2.7)).cheapest(Goal(BEST.total))


def test_a_risk_that_was_assumed_is_named_with_what_it_takes():
    plan = beyond(PETITION_NEW=104.0)
    risks = {item.indicator: item for item in plan.binding if item.reason is Reason.RISK}
    assert set(risks) == set(PETITIONS)
    assert {item.levers for item in risks.values()} == {("PETITION_NEW",)}
    taken = sum(item.missing or 0 for item in risks.values())
    assert taken == BEST.total - plan.ceiling.after.total > 0


def test_what_a_risk_takes_and_what_a_lock_takes_are_told_apart():
    lever = PETITIONS[0]
    plan = beyond(PETITION_NEW=104.0, **{lever: 0.0})
    found = [item for item in plan.binding if item.indicator == lever]
    assert {item.reason: item.levers for item in found} == {
        Reason.RISK: ("PETITION_NEW",), Reason.LOCKED: (lever,),
    }  # fmt: skip
    k = EDITION.position[lever]
    full, score = 100 * EDITION.indicators[k].maximum, plan.ceiling.after.indicators[k]
    assert sum(item.missing or 0 for item in found) == full - (score or 0)


def test_without_an_assumed_risk_none_is_named():
    plan = beyond(PETITION_NEW=0.0, PAY_PROCEDURE=0.0)
    assert plan.binding
    assert Reason.RISK not in {item.reason for item in plan.binding}


def test_what_is_still_possible_at_the_capture_is_held_back_by_limits_alone():
    until = beyond(PETITION_NEW=104.0).reachable_until
    assert until == AHEAD.period.captured_day
    assert only_limits(until, AHEAD)
    assert only_limits(until + timedelta(days=1), AHEAD)
    assert not only_limits(until - timedelta(days=1), AHEAD)


def test_a_goal_of_several_scores_is_reachable_until_the_first_of_them_is_not():
    lost = {"TDGQ": BEST.groups["TDGQ"] + 5, "CKMB": BEST.groups["CKMB"]}
    days = {
        group: reachable_until(EDITION, UNIT, AHEAD, Goal(None, {group: score}), {})
        for group, score in lost.items()
    }
    assert days["TDGQ"] < days["CKMB"]
    for goal in (Goal(None, lost), Goal(BEST.total, lost)):
        assert reachable_until(EDITION, UNIT, AHEAD, goal, {}) == days["TDGQ"]


def test_a_goal_with_a_part_that_never_could_be_reached_never_could():
    goal = Goal(BEST.total, {"ONLINE": 100 * EDITION.group_by_code["ONLINE"].maximum})
    assert reachable_until(EDITION, UNIT, AHEAD, goal, {}) is None


@pytest.mark.parametrize("kind", ["lock", "floor"])
@pytest.mark.parametrize("lever", ["PAY_PROCEDURE", "OVERDUE_FLAG_REPAIRED"])
def test_locks_and_floors_above_what_the_months_can_take_are_refused(kind, lever):
    """Also of a lever that a plan does not pull by itself."""

    def asked(change: float) -> Limits:
        return Limits(**{"locked" if kind == "lock" else "floors": {lever: change}}, months=2.7)

    assert of(asked(27.0), **{lever: 10.0}).left.fixed.get(lever, 27.0) == 27.0
    with pytest.raises(ScenarioError) as caught:
        of(asked(28.0), **{lever: 10.0})
    assert caught.value.code == f"plan_{kind}_above_capacity"
    assert (caught.value.fields[kind], caught.value.fields["capacity"]) == (28, 27)
    for language in LANGUAGES:
        sentence = explain(caught.value, language, EDITION)
        assert "28" in sentence
        assert "27" in sentence
    # As if for the whole period there is no capacity.
    whole = Limits(asked(28.0).locked, asked(28.0).floors)
    levers_left(EDITION, UNIT, AHEAD, EFFORT.with_own({}, {lever: 10.0}), whole)


def test_a_risk_is_no_work_that_the_months_have_to_take():
    left = of(Limits({"PETITION_NEW": 104.0}, months=2.7), PETITION_NEW=1.0).left
    assert left.fixed == {"PETITION_NEW": 104.0}


def test_what_a_plan_gives_a_lever_at_its_capacity_can_be_locked():
    per_month = 27 / 2.7 * (1 - 1e-9)
    (choice,) = [
        one for one in of(Limits(months=2.7), PAY_PROCEDURE=per_month).left.choices
        if one.code == "PAY_PROCEDURE"
    ]  # fmt: skip
    assert choice.last_step == 27 > per_month * 2.7
    kept = of(Limits({"PAY_PROCEDURE": 27.0}, months=2.7), PAY_PROCEDURE=per_month)
    assert kept.left.fixed == {"PAY_PROCEDURE": 27.0}


@pytest.mark.parametrize(("months", "pace"), [(0.17, 7.0), (1.0, 7.0), (2.0, 3.5), (None, None)])
def test_some_days_are_no_pace_of_a_month(months, pace):
    assert Limits(months=months).a_month(7.0) == pace
