"""From a scenario and a target to a plan: limits, efforts, and how the peers are taken."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import library
from simulator.baseline_files import load_baseline
from simulator.effort import default_effort
from simulator.errors import ScenarioError
from simulator.levers import lever_range
from simulator.outlook import Outlook
from simulator.peers_mode import PeersMode
from simulator.plan_choices import is_offered
from simulator.plan_found import Status
from simulator.plan_solver import Planner
from simulator.plan_target import Target
from simulator.planning import answer, limits_of, own_effort, question_for
from simulator.project import project
from simulator.rank import peers_of
from simulator.rank_ahead import Question, RankAhead, ahead_of
from simulator.scenario import Scenario, outlook_of
from simulator.text import LANGUAGES, explain
from tests.engine.units import EDITION

LIST = load_baseline("vn-2026-10-10")
UNIT = LIST.unit("H44")
PEERS = peers_of(LIST, UNIT, library.load)
QUESTION = Question(LIST.id, UNIT.code, until="2026-12-31", draws=2000)
LEVERS = sorted(EDITION.lever_by_code)


@cache
def outlook() -> Outlook:
    return outlook_of(LIST, UNIT, Scenario(LIST.id, UNIT.code, until="2026-12-31"))


@cache
def peers_for(target: Target) -> RankAhead:
    return ahead_of(LIST, UNIT, PEERS, question_for(target, QUESTION))


def planner(**given: object) -> Planner:
    limits = limits_of(EDITION, outlook(), given.pop("settings", {}), **given)
    return Planner(EDITION, UNIT, outlook(), default_effort(EDITION.code), limits, PEERS)


@given(
    st.dictionaries(st.sampled_from(LEVERS), st.integers(1, 50).map(float)),
    st.sets(st.sampled_from(LEVERS)),
    st.dictionaries(st.sampled_from(LEVERS), st.integers(1, 50).map(float)),
)
def test_locks_and_what_no_plan_pulls_by_itself_are_taken_as_given(settings, locks, floors):
    limits = limits_of(EDITION, outlook(), settings, locks, floors)
    for code, lever in EDITION.lever_by_code.items():
        if code in locks:
            assert limits.locked[code] == settings.get(code, 0.0)
        elif code in settings and not is_offered(lever):
            assert limits.locked[code] == settings[code]
        else:
            assert code not in limits.locked
    assert limits.floors == floors


def test_a_month_is_a_twelfth_of_a_year():
    months = limits_of(EDITION, outlook(), {}).months
    assert months == pytest.approx(float(outlook().period.remaining_days) * 12 / 365)
    assert 2.7 < months < 2.72
    assert limits_of(EDITION, None, {}).months is None


def test_moved_levers_that_are_not_locked_are_the_solvers_to_set():
    settings = {"PAY_PROCEDURE": 20.0, "PETITION_NEW": 3.0, "OVERDUE_FLAG_REPAIRED": 40.0}
    of = planner(settings=settings)
    assert of.left.fixed == {"PETITION_NEW": 3.0, "OVERDUE_FLAG_REPAIRED": 40.0}
    assert "PAY_PROCEDURE" in {choice.code for choice in of.left.choices}
    locked = planner(settings=settings, locks=("PAY_PROCEDURE",))
    assert locked.left.fixed["PAY_PROCEDURE"] == 20.0
    plan = answer(locked, Target(total=6400), None).plan
    assert {code: plan.settings[code] for code in settings} == settings


def test_own_effort_goes_over_the_examples():
    effort = own_effort(EDITION, {"ON_TIME": 2.5}, {"PAY_DOSSIER": 300})
    assert effort.levers["ON_TIME"].hours == 2.5
    assert effort.levers["PAY_DOSSIER"].per_month == 300
    assert own_effort(EDITION, {}, {}) == default_effort(EDITION.code)
    for wrong in ({"SPEED": 1.0}, {"ON_TIME": -1.0}, {"ON_TIME": float("nan")}):
        with pytest.raises(ScenarioError):
            own_effort(EDITION, wrong, {})


@pytest.mark.parametrize("mode", PeersMode)
@pytest.mark.parametrize("own", [False, True])
def test_peers_are_held_unless_a_certainty_is_asked_and_the_unit_never_moves(mode, own):
    asked = Question(LIST.id, "H44", mode, "2026-12-31", 500, 7, own)
    held = question_for(Target(rank=3), asked)
    assert (held.mode, held.own) == (PeersMode.FIXED, False)
    sure = question_for(Target(rank=3, certainty=0.9), asked)
    assert (sure.mode, sure.own) == (PeersMode.UNCERTAIN, False)
    assert (sure.baseline, sure.unit, sure.until, sure.draws, sure.seed) == (
        LIST.id, "H44", "2026-12-31", 500, 7,
    )  # fmt: skip


@pytest.mark.parametrize("certainty", [None, 0.5, 0.8, 0.9])
def test_a_rank_is_reached_as_surely_as_was_asked(certainty):
    target = Target(rank=12, certainty=certainty)
    found = answer(planner(), target, peers_for(target))
    assert found.plan.status is Status.REACHED
    score = project(EDITION, UNIT, found.plan.settings, PEERS, outlook()).after
    assert score == found.plan.projection.after
    if certainty is None:
        assert score.standing.rank == 12
        assert score.total == found.goal.total
    else:
        assert found.ahead.outcomes.chances_at_least(score.total)[11] >= certainty
        # Two hundredths less are not enough; one less may tie.
        assert found.ahead.outcomes.chances_at_least(found.goal.total - 2)[11] < certainty


def test_surer_costs_more_and_so_does_a_better_place():
    spent = []
    for rank, certainty in ((16, None), (12, None), (12, 0.5), (12, 0.8), (12, 0.9), (8, 0.9)):
        target = Target(rank=rank, certainty=certainty)
        spent.append(answer(planner(), target, peers_for(target)).plan.total_hours)
    assert spent == sorted(spent)
    assert len(set(spent)) == len(spent)


@given(st.integers(1, 2000).map(float))
def test_hours_bring_what_no_goal_above_takes_less_for(hours):
    found = answer(planner(), Target(hours=hours), None)
    assert found.plan.total_hours <= hours * (1 + 1e-6)
    assert found.goal.total == found.plan.projection.after.total
    assert found.ahead is None


def next_class(total: int) -> str:
    above = [item for item in EDITION.classes if total < round(item.lowest * 100)]
    return above[-1].code


@pytest.mark.parametrize("code", LIST.units)
def test_three_targets_of_every_province_are_answered_and_scored_exactly(code):
    unit = LIST.unit(code)
    ahead = outlook_of(LIST, unit, Scenario(LIST.id, code, until="2026-12-31"))
    of = Planner(EDITION, unit, ahead, default_effort(EDITION.code))
    group = min(EDITION.groups, key=lambda group: unit.groups[group.code] / group.maximum)
    for target in (
        Target(total=unit.total + 150),
        Target(score_class=next_class(unit.total)),
        Target(groups=((group.code, unit.groups[group.code] + 50),)),
    ):
        found = answer(of, target, None)
        plan = found.plan
        again = project(EDITION, unit, plan.settings, None, ahead)
        assert again.after == plan.projection.after
        assert found.goal.is_met(again) == (plan.status is Status.REACHED)
        assert plan.gap <= 0.005 * plan.total_hours
        assert plan.binding or plan.status is Status.REACHED
        for lever, change in plan.settings.items():
            assert 0 < change <= of.left.ranges[lever].high


def test_all_parts_of_a_target_hold_at_once():
    target = Target(6300, "AVERAGE", 15, None, (("TDGQ", 1790), ("TTTT", 700)))
    found = answer(planner(), target, peers_for(target))
    after = found.plan.projection.after
    assert after.total >= 6300 and after.standing.rank <= 15
    assert after.groups["TDGQ"] >= 1790 and after.groups["TTTT"] >= 700
    assert found.target is target


HIGH = lever_range(EDITION, UNIT, EDITION.lever_by_code["PAY_DOSSIER"], outlook()).high


@pytest.mark.parametrize(
    ("target", "given", "code", "sentences"),
    [
        (Target(6500, hours=10.0), {}, "plan_goal_and_hours", ("one of the two", "Chỉ chọn một")),
        (Target(), {}, "plan_without_goal", ("no goal", "Chưa có mục tiêu")),
        (Target(rank=99), {}, "plan_unknown_rank", ("from 1 to 34", "từ 1 đến 34")),
        (Target(hours=1.0), {"floors": {"PAY_DOSSIER": 90.0}}, "plan_budget_below_musts",
         ("Give more hours", "Tăng quỹ công")),
        (Target(6500), {"locks": ("PAY_DOSSIER",), "floors": {"PAY_DOSSIER": 90.0}},
         "plan_lock_below_floor", ("Unlock it", "Mở khóa")),
        (Target(6500), {"floors": {"PAY_DOSSIER": HIGH + 1}}, "out_of_bounds",
         ("out of bounds", "ngoài phạm vi")),
        (Target(6500), {"floors": {"PAY_DOSSIER": 0.5}}, "not_whole", ("whole", "số nguyên")),
        (Target(6500), {"locks": ("SPEED",)}, "unknown_lever", ("no lever", "Không có đòn bẩy")),
        (Target(6500), {"floors": {"SPEED": 1.0}}, "unknown_lever",
         ("no lever", "Không có đòn bẩy")),
    ],
)  # fmt: skip
def test_what_makes_no_sense_has_a_sentence_in_both_languages(target, given, code, sentences):
    with pytest.raises(ScenarioError) as caught:
        answer(planner(**given), target, peers_for(target))
    assert caught.value.code == code
    for language, words in zip(("en", "vi"), sentences, strict=True):
        assert words in explain(caught.value, language, EDITION)


def test_a_rank_of_a_unit_without_a_list_is_refused():
    with pytest.raises(ScenarioError) as caught:
        answer(planner(), Target(rank=3), None)
    assert caught.value.code == "plan_without_peers"
    assert {explain(caught.value, language)[:8] for language in LANGUAGES} == {
        "Đơn vị k", "The unit",
    }  # fmt: skip
