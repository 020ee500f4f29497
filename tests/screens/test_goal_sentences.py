"""*Mục tiêu*: how sure a plan is, whose hours it takes, and what it does not claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pages.ui import horizon
from pages.ui.goal import (
    asked,
    barriers,
    chances,
    curve,
    found,
    pace,
    proof,
    rows,
    take,
    whose,
    words,
)
from pages.ui.goal.asked import Kind
from simulator.baseline import Basis
from simulator.errors import ScenarioError
from simulator.frontier import FrontierPoint
from simulator.plan_found import Status
from simulator.plan_target import Target
from simulator.presentation.speech import Speech
from simulator.presentation.view import evaluate
from simulator.scenario import Scenario
from tests.screens.test_goal import (
    AHEAD,
    PHU_THO,
    SCREEN,
    answer_line,
    control,
    part,
    target,
    typed,
)
from tests.screens.test_screens import opened
from tests.screens.test_screens import words as said

KNOWN = Scenario("phutho-2026-ytd", "H44", until="2026-12-31")
ESTIMATE = Scenario("nari-2023-10m", "nari")


@pytest.fixture(autouse=True)
def few_points(monkeypatch):
    monkeypatch.setattr(found, "POINTS", 4)


@pytest.fixture
def say() -> Speech:
    return Speech("vi")


# Out of reach, or not known


def test_what_unpublished_indicators_could_still_bring_is_not_called_impossible():
    app = part(until="2026-12-31", **{"t.total": "82"})
    warning = app.warning[0].value
    assert "Chưa kết luận được có thể đạt 82,00 điểm" in warning
    assert "Hồ sơ nộp trực tuyến (còn tối đa 3,52 điểm) chưa công bố số liệu" in warning
    assert "Không thể" not in warning
    assert "chỉ còn đạt được đến ngày" not in warning
    assert "không thể đạt trong kỳ" not in said(app)


def test_a_shortfall_of_a_hundredth_more_than_that_is_impossible():
    view = evaluate(AHEAD)
    ceiling = found.range_of(AHEAD).ceiling.after.total
    just = found.answer_of(AHEAD, Target(total=ceiling + 352))
    assert barriers.may_be_unpublished(view, just).most == 352
    assert (
        barriers.may_be_unpublished(view, found.answer_of(AHEAD, Target(total=ceiling + 353)))
        is None
    )


def test_of_groups_only_what_is_hidden_in_them_counts():
    view = evaluate(AHEAD)
    online = found.answer_of(AHEAD, Target(groups=(("ONLINE", 1100),)))
    assert barriers.may_be_unpublished(view, online).most == 352
    both = found.answer_of(AHEAD, Target(groups=(("MDHL", 1700), ("ONLINE", 1100))))
    assert both.plan.status is Status.IMPOSSIBLE
    assert barriers.may_be_unpublished(view, both) is None


def test_where_everything_is_published_it_is_impossible():
    answer = found.answer_of(KNOWN, Target(total=9000))
    assert barriers.may_be_unpublished(evaluate(KNOWN), answer) is None


def test_limits_that_alone_stand_in_the_way_are_named_rather_than_what_is_not_published():
    locked = replace(AHEAD, locks=tuple(sorted(evaluate(AHEAD).edition.lever_by_code)))
    answer = found.answer_of(locked, Target(total=6500))
    assert answer.plan.status is Status.IMPOSSIBLE
    assert barriers.may_be_unpublished(evaluate(locked), answer) is None


# Places among peers that move


def test_a_place_among_held_peers_tells_its_chance_if_they_move_and_is_no_success(say):
    app = part(until="2026-12-31", **{"t.rank": "16"})
    plan = found.answer_of(AHEAD, Target(rank=16)).plan
    chance = chances.chance_if_moving(evaluate(AHEAD), plan, Target(rank=16))
    ahead = found.moving(evaluate(AHEAD))
    assert chance == ahead.outcomes.chances_at_least(plan.projection.after.total)[15]
    assert 0 < chance < chances.LIKELY
    line = answer_line(app)
    assert f"khả năng đạt hạng 16 nếu đối thủ biến động: {round(100 * chance)}%" in line
    assert "(thường quanh hạng 26)" in line
    assert not app.success


def test_a_place_that_is_likely_among_moving_peers_is_a_success():
    answer = found.answer_of(AHEAD, Target(rank=30))
    assert chances.is_likely(evaluate(AHEAD), answer.plan, Target(rank=30))
    assert part(until="2026-12-31", **{"t.rank": "30"}).success


def test_a_place_that_is_kept_tells_the_chance_to_keep_it():
    line = answer_line(part(until="2026-12-31", **{"t.rank": "19"}))
    assert "Không phải làm gì thêm" in line
    assert "nếu các đơn vị khác biến động thì khả năng giữ được hạng 19 là 8%" in line


def test_where_the_reader_holds_the_peers_no_chance_is_told():
    app = part(until="2026-12-31", peers="fixed", **{"t.rank": "16"})
    assert "nếu đối thủ biến động:" not in answer_line(app)
    assert app.success


def test_a_certainty_comes_first_and_no_place_among_held_peers_stands_beside_it():
    line = answer_line(part(until="2026-12-31", **{"t.rank": "10", "t.certainty": "0.8"}))
    assert line.startswith("**80% khả năng đạt hạng 10 hoặc cao hơn.**")
    assert "hạng 19" not in line
    assert "đối thủ giữ nguyên" not in line


# As if for the whole period


def test_as_if_says_first_that_what_is_over_cannot_be_done_again_and_leads_on():
    app = opened(SCREEN)
    assert "phần đã qua không làm lại được" in app.warning[0].value
    assert "nếu cả kỳ đều tốt" in said(part(**{"t.total": "65"}))
    app.button(key="goal-as-if").click().run()
    assert app.session_state["scenario"].until == "2026-12-31"
    assert not any(item.key == "goal-as-if" for item in app.button)
    assert not app.exception


def test_as_if_nothing_is_called_still_possible(say):
    view = evaluate(PHU_THO)
    known = found.range_of(PHU_THO)
    points = [FrontierPoint(0.0, 6218, {}), FrontierPoint(9.0, known.ceiling.after.total, {})]
    for scenario, name in ((PHU_THO, "Nếu cả kỳ đều tốt"), (AHEAD, "Cao nhất còn đạt")):
        view = evaluate(scenario)
        table = curve.curve_table(view, found.range_of(scenario), points, None, say)
        assert any(name in tip for tip in table["tip"])
    text = said(part(**{"t.total": "99"}))
    assert "còn làm được thì" not in text
    assert "Nếu cả kỳ đều tốt thì cao nhất là" in text


def test_a_period_that_is_over_needs_no_such_warning():
    assert not part(b="bencau-2023-02", u="").warning


# Effort


def test_examples_are_named_beside_the_hours_until_the_office_has_given_its_own(say):
    wanted = Target(total=6500)
    plan = found.answer_of(AHEAD, wanted).plan
    assert "**606 giờ công** (giá trị ví dụ)" in answer_line(
        part(until="2026-12-31", **{"t.total": "65"})
    )
    codes = tuple(plan.settings)
    own = replace(AHEAD, hours=tuple(sorted((code, 2.0) for code in codes)))
    partly = replace(AHEAD, hours=((codes[0], 2.0),))
    for scenario, name in (
        (AHEAD, whose.EXAMPLES), (own, whose.OWN), (partly, whose.PARTLY),
    ):  # fmt: skip
        view = evaluate(scenario)
        assert whose.whose_hours(view, codes) == name
        table = rows.plan_table(view, plan, found.effort_of(view), say)
        assert say(whose.hours_key(view, codes)) in table.columns
    assert whose.beside_hours(evaluate(own), plan, say) == ""
    assert whose.axis_key(evaluate(AHEAD)) == "goal.hours_example"


def test_proof_tells_what_is_left_open(say):
    plan = found.answer_of(AHEAD, Target(total=7000)).plan
    sure = replace(plan, bound=plan.total_hours)
    nearly = replace(plan, bound=plan.total_hours * 0.9995)
    far = replace(plan, bound=plan.total_hours * 0.99)
    assert proof.proof_words(sure, say).startswith("Đã chứng minh")
    assert "không kế hoạch nào ít hơn quá" in proof.proof_words(nearly, say)
    assert "Gần như ít nhất" in proof.proof_words(nearly, say)
    assert "chưa chứng minh được" in proof.proof_words(far, say)
    for one in (sure, nearly, far):
        assert "heo giá trị giờ công đang dùng" in proof.proof_words(one, say)
    for one in (sure, nearly):
        text = proof.proof_words(one, say, is_estimate=True)
        assert "chứng minh," not in text
        assert "theo mô hình ước tính" in text


def test_a_total_that_the_hours_do_not_exclude_is_told(say):
    plan = found.answer_of(AHEAD, Target(hours=500.0)).plan
    reached = plan.projection.after.total
    assert "loại trừ" not in proof.proof_words(replace(plan, most_total=reached), say)
    open_ = proof.proof_words(replace(plan, most_total=reached + 3), say)
    assert f"không loại trừ được tới {say.points(reached + 3)} điểm" in open_


def test_estimates_claim_one_decimal_of_percentage_points():
    view = evaluate(ESTIMATE)
    bounds = next(one for one in view.ranges.values() if one.basis is Basis.RATE)
    assert words.units(3.21, bounds, Speech("vi", 1)) == "3,3"
    assert words.units(3.2, bounds, Speech("vi", 1), sign=True) == "+3,2"
    assert words.units(3.21, bounds, Speech("vi", 2)) == "3,21"
    assert "Đã chứng minh" not in said(part(b="nari-2023-10m", u=""))


def test_months_carry_their_unit(say):
    view, plan = evaluate(AHEAD), found.answer_of(AHEAD, Target(total=6500)).plan
    table = rows.plan_table(view, plan, found.effort_of(view), say)
    assert "31\u00a0PAKN" in list(table["Mỗi tháng"])


def test_a_total_that_is_just_reached_says_so_and_a_reserve_can_be_added():
    app = opened(SCREEN, until="2026-12-31", **{"t.total": "65"})
    assert "Vừa đủ 65,00 điểm, không có dự phòng." in said(app)
    app.button(key="goal-add-reserve").click().run()
    assert target(app) == Target(total=6510)
    assert not app.exception


def test_a_reserve_for_a_class_is_a_total_and_a_rank_has_none():
    assert asked.with_reserve(Target(score_class="FAIR"), 7000) == Target(total=7010)
    assert asked.with_reserve(Target(total=9995), 9995) == Target(total=10_000)
    assert "không có dự phòng" not in said(part(until="2026-12-31", **{"t.rank": "16"}))


# Fields


@pytest.mark.parametrize(
    ("link", "field", "kind"),
    [({"t.hours": "500"}, "hours", Kind.HOURS), ({"t.total": "65"}, "total", Kind.TOTAL),
     ({"t.rank": "10"}, "rank", Kind.RANK), ({"t.group.TDGQ": "19"}, "group-TDGQ", Kind.GROUPS)],
)  # fmt: skip
def test_an_emptied_field_keeps_the_kind_and_asks_for_a_number(link, field, kind):
    app = opened(SCREEN, until="2026-12-31", **link)
    before = target(app)
    typed(app, field, "")
    assert control(app, "kind").value == kind
    assert target(app) == before
    assert "hập một số" in app.error[0].value


@pytest.mark.parametrize(
    ("read", "sentence"),
    [(lambda: asked.typed_total("nhiều", "vi"), "nhập số từ 0 đến 100, ví dụ 65,5"),
     (lambda: asked.typed_total("many", "en"), "enter a number from 0 to 100, for example 65.5"),
     (lambda: asked.typed_hours("nhiều", "vi"), "nhập số từ 0 đến 100.000.000, ví dụ 500"),
     (lambda: asked.typed_group(Target(), "TDGQ", "x", "vi", 20), "từ 0 đến 20, ví dụ 10")],
)  # fmt: skip
def test_a_refused_entry_names_what_this_field_takes(read, sentence):
    from simulator.text import explain

    with pytest.raises(ScenarioError) as caught:
        read()
    assert sentence in explain(caught.value, "en" if "enter" in sentence else "vi")


# Where to go from here


@pytest.mark.parametrize(
    ("today", "sentence"),
    [(date(2026, 10, 15), ""), (date(2026, 11, 22), "còn thực tế 40 ngày"),
     (date(2026, 11, 22), "gấp 2,1 lần"), (date(2027, 1, 5), "ngày 31/12/2026 đã qua")],
)  # fmt: skip
def test_old_figures_leave_less_time_than_the_plan_was_made_for(monkeypatch, say, today, sentence):
    monkeypatch.setattr(horizon, "today", lambda: today)
    text = pace.late_words(evaluate(AHEAD), say)
    assert sentence in text
    assert bool(text) is bool(sentence)
    assert pace.late_words(evaluate(PHU_THO), say) == ""


def test_a_button_that_leads_nowhere_says_why():
    plan = found.answer_of(AHEAD, Target(rank=16)).plan
    large = found.answer_of(AHEAD, Target(total=7000)).plan
    ahead, whole = evaluate(AHEAD), evaluate(PHU_THO)
    assert take.why_not(ahead, plan, take.DIVIDING) == "goal.take_dividing_nothing"
    assert take.why_not(ahead, large, take.DIVIDING) == ""
    assert take.why_not(ahead, plan, take.MONTHS) == ""
    assert take.why_not(whole, plan, take.MONTHS) == "goal.take_months_not"
    assert take.why_not(ahead, plan, take.SIMULATE) == ""
    over = evaluate(ESTIMATE)
    assert take.why_not(over, plan, take.MONTHS) == "goal.take_months_over"
    assert take.why_not(over, plan, take.DIVIDING) == "goal.take_dividing_nobody"
    app = part(until="2026-12-31", **{"t.rank": "16"})
    assert app.button(key="goal-take-dividing").disabled


def test_the_effort_box_ends_with_where_the_plan_stands():
    text = said(part("effort", until="2026-12-31", **{"t.total": "65"}))
    assert (
        "Kế hoạch hiện tại: **606 giờ công** (giá trị ví dụ), tổng điểm 62,18 → **65,00**." in text
    )


def test_with_goals_of_groups_it_is_said_why_the_plan_lies_below_the_curve():
    assert "Hình thoi nằm dưới đường" in said(part(until="2026-12-31", **{"t.group.MDHL": "12"}))
    assert "Hình thoi nằm dưới đường" not in said(part(until="2026-12-31", **{"t.total": "65"}))


def test_on_paper_the_goal_and_the_figures_are_named():
    html = part(until="2026-12-31", **{"t.total": "65"}).get("html")
    assert any(
        "Mục tiêu của UBND tỉnh Phú Thọ: đạt 65,00 điểm" in item.proto.body
        and "số liệu lấy đến 10/10/2026" in item.proto.body
        for item in html
    )
