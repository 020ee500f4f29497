"""The screen *Mục tiêu*: what is asked, the plan that answers it, and what stands in the way."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import address
from pages.ui.goal import asked, barriers, curve, found, proof, rows, words
from pages.ui.goal.asked import Kind
from pages.ui.shell import PAGES
from simulator import library, plan_target
from simulator.errors import ScenarioError
from simulator.frontier import FrontierPoint
from simulator.plan_alternatives import SPARED
from simulator.plan_found import Status
from simulator.plan_limits import Binding, Reason
from simulator.plan_prices import Price, Relaxed
from simulator.plan_solver import Planner
from simulator.plan_target import Target
from simulator.presentation import charts
from simulator.presentation.csv_file import csv_bytes
from simulator.presentation.effort import effort_of
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import evaluate
from simulator.project import project
from simulator.scenario import Scenario
from simulator.text import LANGUAGES
from tests.screens import one_part
from tests.screens.shipped import DRAWN
from tests.screens.test_screens import figure, opened
from tests.screens.test_screens import total as shown_total
from tests.screens.test_screens import words as said
from tests.ui.test_charts import fields

SCREEN = f"pages/screens/{PAGES['muc-tieu'][0]}"
PHU_THO = Scenario("vn-2026-10-10", "H44")
AHEAD = replace(PHU_THO, until="2026-12-31")
BOXES = ("prices", "others", "effort")
HOURS_SHOWN = "Giờ công (giá trị ví dụ)"
HELD = {"vi": "đối thủ giữ nguyên", "en": "peers held fixed"}


@pytest.fixture(autouse=True)
def few_points(monkeypatch):
    """The curve is tested by itself; here it only has to be there."""
    monkeypatch.setattr(found, "POINTS", 4)


@pytest.fixture
def say() -> Speech:
    return Speech("vi")


def part(*boxes: str, **link: str) -> AppTest:
    """The screen below the headline, with only these boxes open."""
    whole = {"b": "vn-2026-10-10", "u": "H44"} | link
    opened_boxes = {f"goal-{name}": True for name in boxes}
    return one_part.part("pages.ui.goal.parts", "draw_goal", whole, opened_boxes)


def control(app: AppTest, name: str):
    return next(item for item in app.get("button_group") if item.key.startswith(f"goal-{name}"))


def typed(app: AppTest, name: str, text: str) -> AppTest:
    field = next(item for item in app.text_input if item.key.startswith(f"goal-{name}"))
    return field.set_value(text).run()


def target(app: AppTest) -> Target:
    return app.session_state["target"]


def answer_line(app: AppTest) -> str:
    """The sentence of the answer."""
    boxes = [*app.success, *app.info]
    return next(str(box.value) for box in boxes if "điểm" in str(box.value))


# All figures


@pytest.mark.parametrize(("baseline", "language"), DRAWN)
def test_every_shipped_baseline_is_drawn_with_all_boxes_open(baseline, language):
    app = part(*BOXES, b=baseline, u="", lang=language)
    assert not app.exception
    ahead = part(*BOXES, b=baseline, u="", lang=language, until="2026-12-31")
    assert not ahead.exception


def test_the_screen_stands_after_uu_tien_and_has_the_headline():
    assert list(PAGES).index("muc-tieu") == list(PAGES).index("uu-tien") + 1
    app = opened(SCREEN)
    assert not app.exception
    assert shown_total(app) == "62,18"
    assert figure(app, "rank") == "19/34"


# What is asked


def test_where_nobody_asked_three_places_up_are_proposed():
    app = part()
    assert target(app) == Target()
    assert "lên hạng 16" in answer_line(app)
    assert "Đây là mục tiêu gợi ý" in said(app)


def test_the_first_is_asked_to_stay_so_with_eight_in_ten_certainty():
    peers = evaluate(PHU_THO).peers
    best = max(peers.totals, key=peers.totals.get)
    first = replace(AHEAD, unit=best)
    view = evaluate(first)
    assert asked.proposed(view, found.range_of(first)) == Target(rank=1, certainty=0.8)
    assert "giữ hạng 1 với khả năng ít nhất 80%" in said(part(u=best, until="2026-12-31"))


def test_without_a_list_the_next_class_is_proposed():
    app = part(b="phutho-2026-08", u="")
    shown = said(app)
    assert "đạt loại Khá" in shown
    assert "hạng" not in answer_line(app)


def test_without_a_total_one_more_point_of_a_group_is_proposed():
    shown = answer_line(part(b="province-2023-11", u=""))
    assert re.search(r"đạt \d+,\d điểm ở nhóm", shown)
    assert "ước tính" in shown


def test_a_unit_without_usable_levers_says_why():
    app = part(b="bencau-2023-02", u="")
    assert "không đòn bẩy nào dùng được" in app.info[0].value
    assert not app.get("vega_lite_chart")


def test_another_kind_takes_what_is_proposed_of_it_and_comes_back_to_what_was_asked():
    app = opened(SCREEN)
    typed(app, "rank", "10")
    assert target(app) == Target(rank=10)
    control(app, "kind").set_value(Kind.TOTAL).run()
    assert target(app) == Target(total=6300)
    control(app, "kind").set_value(Kind.HOURS).run()
    assert target(app) == Target(hours=1000.0)
    control(app, "kind").set_value(Kind.RANK).run()
    assert target(app) == Target(rank=10)
    assert not app.exception


def test_a_quick_choice_and_a_certainty_are_taken():
    app = opened(SCREEN, until="2026-12-31")
    control(app, "quick").set_value(14).run()
    assert target(app).rank == 14
    control(app, "certainty").set_value(0.9).run()
    assert target(app) == Target(rank=14, certainty=0.9)
    assert "90% khả năng đạt hạng 14 hoặc cao hơn" in answer_line(app)
    assert "khả năng đứng hạng 14 hoặc cao hơn đến hết 31/12/2026 là 90%" in said(app)


def test_scores_of_groups_are_asked_one_by_one_and_an_empty_field_asks_nothing():
    app = opened(SCREEN, **{"t.group.TDGQ": "19"})
    typed(app, "group-MDHL", "12,5")
    assert target(app) == Target(groups=(("MDHL", 1250), ("TDGQ", 1900)))
    typed(app, "group-TDGQ", "")
    assert target(app) == Target(groups=(("MDHL", 1250),))
    assert "đang 11,24, cao nhất 18,00/18" in said(app)


@pytest.mark.parametrize(
    ("link", "field", "text", "sentence"),
    [({"t.total": "65"}, "total", "650", "Mục tiêu 650 điểm không dùng được"),
     ({"t.total": "65"}, "total", "65,2555", "Mục tiêu 65,2555 điểm không dùng được"),
     ({"t.total": "65"}, "total", "nhiều", "nhiều"),
     ({"t.rank": "10"}, "rank", "0", "Thứ hạng “0” không dùng được"),
     ({"t.hours": "100"}, "hours", "-5", "Số giờ công “-5” không dùng được"),
     ({"t.group.TDGQ": "19"}, "group-TDGQ", "21", "cần một số từ 0 đến 20")],
)  # fmt: skip
def test_a_wrong_entry_is_told_beside_its_field_and_nothing_is_lost(link, field, text, sentence):
    app = opened(SCREEN, **link)
    before = target(app)
    typed(app, field, text)
    assert sentence in app.error[0].value
    assert next(f for f in app.text_input if f"goal-{field}" in f.key).value == text
    assert target(app) == before
    assert answer_line(app)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [({"t.rank": "99"}, "Không có hạng 99. Chọn một hạng từ 1 đến 34."),
     ({"t.rank": "3", "t.hours": "500"}, "Chỉ chọn một trong hai"),
     ({"b": "phutho-2026-08", "u": "", "t.rank": "3"}, "không có danh sách xếp hạng"),
     ({"b": "province-2023-11", "u": "", "t.total": "60"}, "Chưa biết tổng điểm")],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_with_the_controls_still_there(link, sentence):
    app = part(**link)
    assert sentence in app.error[0].value
    assert control(app, "kind")
    assert not app.exception


def test_a_goal_of_another_edition_does_not_break_the_screen_of_this_one():
    app = opened(SCREEN, **{"t.group.TDGQ": "19"})
    app.session_state["target"] = Target(score_class="gone", groups=(("GONE", 100),))
    app.run()
    assert not app.exception
    assert "gone" in app.error[0].value


@pytest.mark.parametrize(
    "asked_for",
    [Target(total=6525), Target(score_class="FAIR"), Target(rank=9, certainty=0.8),
     Target(groups=(("MDHL", 1250), ("TDGQ", 1900))), Target(hours=512.5)],
)  # fmt: skip
def test_a_target_travels_in_a_link(asked_for):
    link = plan_target.to_params(asked_for)
    app = part(until="2026-12-31", **link)
    assert target(app) == asked_for
    assert link.items() <= link_params_of(app).items()
    assert not app.error


def link_params_of(app: AppTest) -> dict[str, str]:
    """The link of the session of ``app``."""
    import streamlit as st

    kept = {key: app.session_state[key] for key in ("scenario", "language", "target")}
    st.session_state.update(kept)
    try:
        return address.params()
    finally:
        for key in kept:
            del st.session_state[key]


# The answer


@pytest.mark.parametrize("scenario", [PHU_THO, AHEAD])
def test_the_answer_is_that_of_the_engine_scored_again(scenario, say):
    wanted = Target(rank=12)
    view, answer = evaluate(scenario), found.answer_of(scenario, wanted)
    effort, limits = effort_of(view), answer.plan.limits
    planner = Planner(view.edition, view.unit, view.outlook, effort, limits, view.peers)
    direct = planner.cheapest(answer.goal)
    assert dict(answer.plan.settings) == dict(direct.settings)
    scored = project(view.edition, view.unit, direct.settings, view.peers, view.outlook)
    assert scored.after == answer.plan.projection.after
    assert scored.after.standing.rank <= 12
    text = words.answer_words(view, answer, say)
    assert f"tổng điểm 62,18 → **{say.points(scored.after.total)}**" in text
    assert f"**{scored.after.standing.rank}** (đối thủ giữ nguyên" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rank_says_how_the_peers_are_taken(language):
    app = part("prices", "others", lang=language, until="2026-12-31", **{"t.rank": "9"})
    ranked = [line for line in said(app).split("\n") if re.search(r"(hạng|rank) \d+ →", line)]
    assert ranked
    assert all(HELD[language] in line for line in ranked)
    assert "90%:" in ranked[0]
    held = said(part(lang=language, until="2026-12-31", peers="fixed", **{"t.rank": "9"}))
    assert "90%:" not in held
    assert HELD[language] in held


def test_the_table_adds_up_to_the_plan(say):
    wanted = Target(total=7000)
    view, plan = evaluate(AHEAD), found.answer_of(AHEAD, wanted).plan
    numbers = rows.plan_numbers(view, found.answer_of(AHEAD, wanted), "x", say)
    levers = numbers[numbers["Cần thêm"].notna()]
    assert dict(zip(levers["Mã"], levers["Cần thêm"], strict=True)) == dict(plan.settings)
    assert levers[HOURS_SHOWN].sum() == pytest.approx(plan.total_hours)
    months = plan.limits.months
    assert levers["Mỗi tháng"].tolist() == pytest.approx((levers["Cần thêm"] / months).tolist())
    total = numbers[numbers["Nội dung"].str.startswith("Cộng")].iloc[0]
    assert total[HOURS_SHOWN] == pytest.approx(plan.total_hours)
    assert round(100 * total.iloc[list(numbers.columns).index(say("goal.points"))]) == (
        plan.projection.after.total - plan.line.after.total
    )
    scores = numbers.set_index("Mã")["Điểm, hạng theo kế hoạch"]
    for group, score in plan.projection.after.groups.items():
        assert scores[group] == score / 100
    table = rows.plan_table(view, plan, effort_of(view), say)
    assert len(table) == len(plan.settings) + 1
    assert table.iloc[-1][HOURS_SHOWN] == say.count(round(plan.total_hours))


def test_the_points_of_a_lever_are_what_the_plan_loses_without_it():
    view, plan = evaluate(AHEAD), found.answer_of(AHEAD, Target(total=7000)).plan
    lost = rows.brought(view, plan)
    for code in plan.settings:
        others = {lever: at for lever, at in plan.settings.items() if lever != code}
        without = project(view.edition, view.unit, others, None, view.outlook)
        assert lost[code] == plan.projection.after.total - without.after.total


@pytest.mark.parametrize("until", ["", "2026-12-31"])
def test_a_plan_put_into_the_scenario_gives_exactly_what_it_promised(until):
    app = opened(SCREEN, until=until, ONLINE_SUBMISSION="0", ON_TIME="1000", **{"t.rank": "5"})
    scenario = replace(PHU_THO, until=until)
    plan = found.answer_of(scenario, Target(rank=5)).plan
    assert "ON_TIME" not in plan.settings or plan.settings["ON_TIME"] != 1000
    app.button(key="goal-take-simulate").click().run()
    assert not app.exception
    taken = app.session_state["scenario"]
    assert dict(taken.settings) == dict(plan.settings)
    assert evaluate(taken).projection.after == plan.projection.after
    assert shown_total(app) == Speech("vi").points(plan.projection.after.total)
    assert figure(app, "rank") == f"{plan.projection.after.standing.rank}/34"


def test_taking_a_plan_leaves_locks_and_assumed_risks_as_they_are():
    scenario = Scenario(
        "vn-2026-10-10", "H44", (("ON_TIME", 2000.0), ("PETITION_NEW", 20.0)), locks=("ON_TIME",)
    )
    plan = found.answer_of(scenario, Target(rank=10)).plan
    assert plan.settings["ON_TIME"] == 2000
    taken = found.with_plan(scenario, plan)
    assert dict(taken.settings) == dict(plan.settings)
    link = {"ON_TIME": "2000", "PETITION_NEW": "20", "lock": "ON_TIME", "t.rank": "10"}
    app = opened(SCREEN, **link)
    shown = said(app)
    assert (
        "Đang khóa nên giữ nguyên: “Giải quyết đúng hạn thêm hồ sơ” (+2.000\u00a0hồ\u00a0sơ)"
        in shown
    )
    assert (
        "“Phát sinh phản ánh, kiến nghị chưa xử lý” (+20"
        in shown.split("kịch bản đã giả định")[1][:120]
    )
    app.button(key="goal-take-simulate").click().run()
    assert not app.exception
    kept = app.session_state["scenario"]
    assert dict(kept.settings) == dict(plan.settings)
    assert evaluate(kept).projection.after == plan.projection.after


@pytest.mark.parametrize("way", ["months", "dividing"])
def test_a_plan_goes_on_to_the_months_and_to_who_does_what(way):
    app = opened(SCREEN, until="2026-12-31", **{"t.total": "70"})
    plan = found.answer_of(AHEAD, Target(total=7000)).plan
    app.button(key=f"goal-take-{way}").click().run()
    assert not app.exception
    assert dict(app.session_state["scenario"].settings) == dict(plan.settings)
    assert target(app) == Target(total=7000)
    assert shown_total(app) == Speech("vi").points(plan.projection.after.total)


def test_what_is_there_already_is_said_with_total_and_place():
    app = part(**{"t.total": "60"})
    assert "Không phải làm gì thêm" in answer_line(app)
    assert "tổng điểm **62,18**, vẫn hạng 19 (đối thủ giữ nguyên" in answer_line(app)
    assert not app.table


def test_the_best_for_hours_stays_within_them():
    app = part(until="2026-12-31", **{"t.hours": "2000"})
    plan = found.answer_of(AHEAD, Target(hours=2000.0)).plan
    assert plan.total_hours <= 2000
    assert "Với 2.000 giờ công" in answer_line(app)
    assert Speech("vi").points(plan.projection.after.total) in answer_line(app)


def test_whole_and_ahead_say_which_they_are():
    assert "tính như thể cả kỳ đã diễn ra như vậy" in answer_line(part())
    assert "đến hết 31/12/2026" in answer_line(part(until="2026-12-31"))


def test_moved_levers_change_no_plan_but_it_is_said():
    moved = replace(AHEAD, settings=(("ON_TIME", 3000.0),))
    assert found.answer_of(moved, Target(rank=9)) is found.answer_of(AHEAD, Target(rank=9))
    assert "không tính từ các đòn bẩy đang đặt" in said(part(until="2026-12-31", ON_TIME="3000"))


def test_a_plan_that_is_not_proven_says_by_how_much(say):
    plan = found.answer_of(AHEAD, Target(total=7000)).plan
    assert "Đã chứng minh" in proof.proof_words(replace(plan, bound=plan.total_hours), say)
    doubted = replace(plan, bound=0.9 * plan.total_hours)
    hours = words.hours_text(0.1 * plan.total_hours, say)
    assert f"không ít hơn quá {hours} giờ công (10,0%)" in proof.proof_words(doubted, say)


def test_a_part_of_the_last_case_is_a_whole_case_to_be_done(say):
    bounds = evaluate(PHU_THO).ranges["PETITION_PROCESSING_ON_TIME"]
    assert words.units(0.5, bounds, say) == "1"
    assert words.units(12.0, bounds, say) == "12"


# Out of reach


def test_out_of_reach_tells_the_best_what_binds_and_since_when():
    app = part(until="2026-12-31", **{"t.total": "85"})
    plan = found.answer_of(AHEAD, Target(total=8500)).plan
    assert plan.status is Status.IMPOSSIBLE
    warning = app.warning[0].value
    best = plan.ceiling.after
    assert "Không thể đạt 85,00 điểm, đến hết 31/12/2026" in warning
    assert f"còn thiếu {Speech('vi').points(8500 - best.total)} điểm" in warning
    assert f"hạng {best.standing.rank} (đối thủ giữ nguyên" in warning
    assert "chỉ còn đạt được đến ngày 14/07/2026" in warning
    shown = said(app)
    first = plan.binding[0]
    name = evaluate(AHEAD).edition.indicator(first.indicator).name["vi"]
    assert f"{name}: thiếu {Speech('vi').points(first.missing)} điểm" in shown
    assert "Chưa công bố số liệu nên không tính vào được: Dịch vụ công trực tuyến" in shown
    assert "Ít giờ công nhất để đến gần mục tiêu nhất" in app.info[0].value
    assert app.table


def test_only_the_limits_stand_in_the_way_where_the_day_is_still_to_come():
    levers = [lever.code for lever in evaluate(AHEAD).edition.levers]
    app = part(until="2026-12-31", lock=",".join(levers), **{"t.total": "65"})
    assert "Chỉ các giới hạn đang đặt" in app.warning[0].value
    assert "Đòn bẩy đang bị khóa:" in said(app)


def test_capacity_of_the_months_is_named_where_it_binds():
    app = part(until="2026-12-31", **{"cap.ON_TIME": "10", "t.group.TDGQ": "18.2"})
    assert "Hết năng lực của các tháng còn lại:" in said(app)
    assert "“Giải quyết đúng hạn thêm hồ sơ”" in said(app)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_sentence(reason, language):
    view = evaluate(PHU_THO)
    missing = None if reason is Reason.UNPUBLISHED else 120
    found_one = (Binding("ON_TIME", reason, missing, ("ON_TIME",)),)
    (sentence, held), *more = barriers.binding_words(view, found_one, Speech(language))
    assert not more
    assert "{" not in sentence
    assert bool(held) is (missing is not None)
    assert all("1,20" in line or "1.20" in line for line in held)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("relaxed", list(Relaxed))
def test_every_price_has_its_sentence(relaxed, language):
    view, say = evaluate(PHU_THO), Speech(language)
    lever = "ON_TIME" if relaxed in (Relaxed.ROOM, Relaxed.UNLOCK) else None
    amount = {Relaxed.ROOM: 1000.0, Relaxed.HARDER: 10, Relaxed.EASIER: 10}.get(relaxed, 1)
    for saved, gained in ((120.0, 4), (-120.0, 0), (0.0, None), (None, 4)):
        sentence = barriers.price_words(view, Price(relaxed, lever, amount, saved, gained), say)
        assert "{" not in sentence
        assert ("120" in sentence) is bool(saved)
        assert ("0,04" in sentence or "0.04" in sentence) is bool(gained)
    room = Price(Relaxed.ROOM, "ON_TIME", 1000.0, None, 4)
    assert barriers.price_words(view, room, Speech("vi")) == (
        "Nới thêm 1.000 hồ sơ cho “Giải quyết đúng hạn thêm hồ sơ”: mức cao nhất thêm 0,04 điểm."
    )


def test_prices_of_an_estimate_claim_one_decimal_only():
    shown = said(part("prices", b="nari-2023-10m", u=""))
    assert "Mục tiêu cao hơn 0,1 điểm: tốn thêm" in shown
    assert not re.search(r"\d,\d\d điểm(?! %)", shown)


# Other plans


def test_other_plans_stand_side_by_side_and_can_be_taken(say):
    scenario, wanted = other_plans()
    plan, others = found.answer_of(scenario, wanted).plan, found.alternatives_of(scenario, wanted)
    view = evaluate(scenario)
    names = rows.plan_names(view, [one.lever for one in others], say)
    table = rows.alternatives_table(view, [plan, *(one.plan for one in others)], names, say)
    assert list(table.columns[1:]) == names
    assert len(set(names)) == len(names)
    cells = table.set_index("Đòn bẩy")
    for code, lever in view.edition.lever_by_code.items():
        changes = [each.settings.get(code, 0.0) for each in (plan, *(one.plan for one in others))]
        name = lever.name["vi"]
        assert (f"≠ {name}" in cells.index) is (len(set(changes)) > 1)
        assert (name in cells.index) is (len(set(changes)) == 1 and changes[0] != 0)
        for row in {name, f"≠ {name}"} & set(cells.index):
            assert list(cells.loc[row]) == [
                words.amount(code, at, view, say, short=True) if at else "–" for at in changes
            ]
    hours = table[table["Đòn bẩy"] == HOURS_SHOWN].iloc[0]
    assert hours["Kế hoạch này"] == words.hours_text(plan.total_hours, say)
    for name, one in zip(names[1:], others, strict=True):
        less = plan.settings[one.lever] - one.plan.settings.get(one.lever, 0.0)
        assert less == pytest.approx(one.spared)
        assert less >= SPARED * plan.settings[one.lever]
        assert view.edition.lever_by_code[one.lever].name["vi"] in name
        assert cells.loc[HOURS_SHOWN, name] == words.hours_text(one.plan.total_hours, say)
        assert cells.loc["Tổng điểm", name] == say.points(one.plan.projection.after.total)
        assert one.plan.total_hours <= 1.05 * plan.total_hours + 1e-6
        taken = evaluate(found.with_plan(scenario, one.plan))
        assert taken.projection.after == one.plan.projection.after


def test_another_plan_is_taken_with_its_own_button():
    _, wanted = other_plans()
    app = opened(SCREEN, until="2026-12-31", **plan_target.to_params(wanted))
    app.session_state["goal-others"] = True
    app.run()
    one = found.alternatives_of(AHEAD, wanted)[0].plan
    app.button(key="goal-take-1").click().run()
    assert not app.exception
    taken = app.session_state["scenario"]
    assert dict(taken.settings) == dict(one.settings)
    assert evaluate(taken).projection.after == one.projection.after


def other_plans() -> tuple[Scenario, Target]:
    """A question with several plans for nearly the same effort."""
    for total in range(6300, 7900, 100):
        if found.alternatives_of(AHEAD, Target(total=total)):
            return AHEAD, Target(total=total)
    raise AssertionError("no goal has another plan")


# The curve


@pytest.fixture(scope="module")
def points() -> tuple[FrontierPoint, ...]:
    scenario = replace(PHU_THO, unit="H21")
    return found.frontier_of(scenario)


def test_the_curve_ends_around_the_plan_unless_the_whole_is_asked_for():
    wanted = Target(total=6500)
    app = part(**plan_target.to_params(wanted), until="2026-12-31")
    control = next(item for item in app.get("button_group") if "goal-curve" in item.key)
    assert control.options == ["Quanh kế hoạch (đến 68,00)", "Đến mức cao nhất (79,71)"]
    assert "đến 68,00 điểm thêm" in said(app)


def test_what_lies_above_a_shorter_curve_is_not_marked_on_it(say):
    wanted = Target(total=6500)
    plan, known = found.answer_of(AHEAD, wanted).plan, found.range_of(AHEAD)
    view = evaluate(AHEAD)
    for highest, marks in ((6800, 1), (None, 3)):
        points = found.frontier_of(AHEAD, highest)
        table = curve.curve_table(view, known, points, plan, say)
        assert (table["kind"] == "line").sum() == marks
        assert table["up"].max() == points[-1].total / 100


def test_the_curve_refers_only_to_columns_of_its_table(points, say):
    view = evaluate(replace(PHU_THO, unit="H21"))
    plan = found.answer_of(view.scenario, Target(score_class="FAIR")).plan
    table = curve.curve_table(view, found.range_of(view.scenario), points, plan, say)
    spec = charts.compiled("frontier", "vi", "Giờ công")
    assert fields(spec) <= {*table.columns, "row"}
    assert "data" not in spec
    assert (table["kind"] == "path").sum() == len(points)
    (at,) = table[table["kind"] == "plan"]["at"]
    assert at == plan.total_hours
    bounds = table[table["kind"] == "line"]
    assert "Loại Khá: 70,00" in set(bounds["tip"])
    assert all(HELD["vi"] in tip for tip in table[table["kind"] != "line"]["tip"])


def test_the_curve_is_downloaded_with_the_settings_of_every_plan(points, say):
    view = evaluate(replace(PHU_THO, unit="H21"))
    table = rows.frontier_numbers(view, points, say)
    assert len(table) == len(points)
    assert table["Tổng điểm"].is_monotonic_increasing
    name = next(column for column in table.columns if column.endswith("(ON_TIME)"))
    assert table[name].iloc[-1] == points[-1].settings["ON_TIME"]


def plan_at(hours: float, total: int) -> FrontierPoint:
    return FrontierPoint(hours, total, {})


def test_the_elbow_is_where_effort_starts_to_buy_little(say):
    bent = [plan_at(0, 6000), plan_at(100, 6800), plan_at(200, 7000), plan_at(1000, 7100)]
    assert curve.elbow(bent) == plan_at(200, 7000)
    assert curve.elbow_words(bent, say) == (
        "Đến 70,00 điểm, 200 giờ công đem lại +10,00 điểm; từ đó đến 71,00 điểm thêm 800 giờ "
        "công chỉ được +1,00 điểm."
    )
    straight = [plan_at(0, 6000), plan_at(100, 6100), plan_at(200, 6200)]
    assert curve.elbow(straight) is None
    assert curve.elbow([plan_at(0, 6000), plan_at(0, 6100)]) is None
    assert "đều nhau" in curve.elbow_words(straight, say)


# Texts and files


EVIL = "<img src=x> ![a](http://b.c)"


def test_marks_in_the_name_of_a_unit_are_shown_as_text(monkeypatch):
    baseline = library.load("bencau-2023-02")
    view = evaluate(Scenario(baseline.id, baseline.default_unit))
    marked = replace(view, unit=replace(view.unit, name=EVIL, short_name=EVIL))
    monkeypatch.setattr("pages.ui.view.current", lambda: marked)
    shown = part(b=baseline.id, u="").info[0].value
    assert "![a]" not in shown
    assert literal(EVIL) in shown


def test_marks_that_somebody_types_are_shown_as_text():
    app = typed(opened(SCREEN, **{"t.total": "65"}), "total", EVIL[:20])
    assert not app.exception
    assert literal(EVIL[:20]) in app.error[0].value


def test_a_floor_that_no_plan_can_keep_is_told_and_can_be_mended_below():
    app = part("effort", until="2026-12-31", **{"min.ON_TIME": "1000", "cap.ON_TIME": "10"})
    assert "phải đạt ít nhất 1000" in app.error[0].value.replace(".", "")
    assert "Giá trị ví dụ" in said(app)
    assert not app.table


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_is_downloaded_as_numbers_in_the_language(language):
    say = Speech(language)
    view, answer = evaluate(AHEAD), found.answer_of(AHEAD, Target(total=7000))
    goal = words.goal_words(view, answer.target, say)
    table = rows.plan_numbers(view, answer, goal, say)
    assert not any(str(column).startswith("goal.") for column in table.columns)
    text = csv_bytes(table, language).decode("utf-8-sig")
    assert {"vi": "đạt 70,00 điểm", "en": "reach 70.00 points"}[language] in text
    line = next(row for row in text.splitlines() if row.startswith(say("tables.total")))
    assert {"vi": "70", "en": "70"}[language] in line


def test_a_question_that_makes_no_sense_is_an_error_of_the_engine():
    with pytest.raises(ScenarioError):
        found.answer_of(PHU_THO, Target())
