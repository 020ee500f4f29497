"""What the screen *Mục tiêu* says of risks, of the last day, of months, certainties and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pages.ui.goal import asked, barriers, found, rows, words
from simulator.errors import ScenarioError
from simulator.plan_limits import Binding, Reason
from simulator.plan_prices import Price, Relaxed
from simulator.plan_target import MOST_HOURS, Target, parse_hours
from simulator.presentation.effort import effort_of
from simulator.presentation.literal import HARD_SPACE
from simulator.presentation.speech import Speech
from simulator.presentation.view import evaluate
from simulator.scenario import Scenario
from tests.screens import one_part
from tests.screens.test_screens import words as said

AHEAD = Scenario("vn-2026-10-10", "H44", until="2026-12-31")


@pytest.fixture
def say() -> Speech:
    return Speech("vi")


def test_an_assumed_risk_is_named_where_it_stands_in_the_way():
    best = found.range_of(AHEAD).ceiling.after.groups["MDHL"]
    app = one_part.part(
        "pages.ui.goal.parts", "draw_goal",
        {"b": AHEAD.baseline, "u": AHEAD.unit, "until": AHEAD.until, "PETITION_NEW": "104",
         "t.group.MDHL": str(best / 100)},
        {},
    )  # fmt: skip
    assert "Chỉ các giới hạn đang đặt (khóa, năng lực tháng hoặc rủi ro" in app.warning[0].value
    assert "Rủi ro đang thử làm mất điểm:" in said(app)
    lever = evaluate(AHEAD).edition.lever_by_code["PETITION_NEW"]
    assert f"đòn bẩy “{lever.name['vi']}”" in said(app)


def test_the_day_of_the_capture_means_only_the_limits(say):
    view = evaluate(AHEAD)
    captured = view.outlook.period.captured_day
    assert "Chỉ các giới hạn" in barriers.since_words(view, captured, say)
    day_before = captured - timedelta(days=1)
    assert day_before.strftime("%d/%m/%Y") in barriers.since_words(view, day_before, say)


def test_a_risk_is_named_however_little_it_takes(say):
    view = evaluate(AHEAD)
    codes = [item.code for item in view.edition.indicators]
    many = [Binding(code, Reason.PERIOD, 50, ()) for code in codes[: barriers.MOST_BINDINGS + 2]]
    small = Binding("PETITION_PROCESSING_ON_TIME", Reason.RISK, 1, ("PETITION_NEW",))
    shown = dict(barriers.binding_words(view, (*many, small), say))
    assert any("0,01 điểm" in line for line in shown["Rủi ro đang thử làm mất điểm:"])
    assert any(line.startswith("2 chỉ tiêu khác") and "1,00 điểm" in line for line in shown)


def test_some_days_are_no_pace_of_a_month(say):
    scenario = replace(AHEAD, until="2026-10-15")
    view, answer = evaluate(scenario), found.answer_of(scenario, Target(total=10_000))
    assert answer.plan.limits.months < 1
    assert answer.plan.settings
    numbers = rows.plan_numbers(view, answer, "x", say).set_index("Mã")
    table = rows.plan_table(view, answer.plan, effort_of(view), say).set_index("Đòn bẩy")
    for code, change in answer.plan.settings.items():
        assert numbers.loc[code, "Mỗi tháng"].max() == change
        shown = table.loc[view.edition.lever_by_code[code].name["vi"], "Mỗi tháng"]
        assert shown == words.a_month(change, view.ranges[code], say)


@pytest.mark.parametrize(
    ("certainty", "shown"), [(0.8, "80%"), (0.875, "87,5%"), (0.999, "99,9%"), (0.9999, "99,9%")]
)
def test_a_certainty_is_shown_as_it_was_asked(certainty, shown, say):
    text = words.goal_words(evaluate(AHEAD), Target(rank=15, certainty=certainty), say)
    assert text.endswith(f" {shown}")


def test_part_of_a_case_is_a_whole_one_to_work_on(say):
    view = evaluate(AHEAD)
    shown = words.amount("PUBLIC_UPDATE_ON_TIME", 20.416667, view, say)
    assert shown.replace(HARD_SPACE, " ") == "+21 thủ tục"


def test_room_is_told_in_what_the_lever_has_left(say):
    view = evaluate(AHEAD)
    room = Price(Relaxed.ROOM, "PUBLISH_ON_TIME", 17, 12.0, 4)
    assert "Nới thêm 17 thủ tục cho" in barriers.price_words(view, room, say)


@pytest.mark.parametrize("text", ["-1", "100.000.001", "100000000,5"])
def test_hours_are_refused_where_a_link_refuses_them(text):
    with pytest.raises(ScenarioError) as caught:
        asked.typed_hours(text, "vi")
    assert caught.value.fields["value"] == text
    with pytest.raises(ScenarioError):
        parse_hours(text.replace(".", "").replace(",", "."))


def test_hours_are_typed_as_the_language_writes_them():
    assert asked.typed_hours("5000,5", "vi") == asked.typed_hours("5000.5", "en")
    assert asked.typed_hours("100.000.000", "vi") == Target(hours=MOST_HOURS)
