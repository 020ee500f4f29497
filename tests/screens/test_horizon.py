"""To the end of the period: the switch, the inflow, and the monthly plan."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import horizon
from simulator.cli import main
from simulator.errors import ScenarioError
from simulator.history import history_of
from simulator.month_plan import Shape, month_plan
from simulator.numbers import format_points
from simulator.presentation import plan_marks, plan_tables, tables
from simulator.presentation.speech import Speech
from simulator.presentation.view import evaluate
from simulator.scenario import Scenario
from tests.screens.shipped import DRAWN
from tests.screens.test_board_screen import board, lever, summed
from tests.screens.test_screens import baseline_picker, enter, figure, opened, slider, total, words

SIMULATE, PLAN = "pages/screens/mo_phong.py", "pages/screens/ke_hoach.py"
YTD = {"b": "phutho-2026-ytd", "u": "H44"}
UNTIL = "2026-12-31"


def speech_of(language: str) -> Speech:
    return Speech(language)


def switch(app: AppTest, way: str) -> AppTest:
    key = next(b.key for b in app.get("button_group") if str(b.key).startswith("horizon-"))
    return app.button_group(key=key).set_value(way).run()


def test_looking_ahead_bounds_the_lever_by_what_is_still_to_come() -> None:
    app = opened(SIMULATE, inputs="board", **YTD, until=UNTIL)
    shown = lever(app, "ON_TIME")
    assert shown["marks"][-1]["text"] == "đến 31/12 đạt 51,9%–91,5%"
    assert shown["marks"][-1]["at"] == len(shown["stops"]) - 1
    groups = shown["groups"]["TDGQ"]
    assert summed(groups["points"])[-1] == 1829
    assert {item["code"] for item in board(app)["levers"]} >= {"RESULT_REPAIRED"}
    assert "Giữ nhịp hiện nay đến hết 31/12/2026" in words(app)


def test_as_if_for_the_whole_period_the_slider_shows_how_far_the_year_still_lets_it_come() -> None:
    app = opened(SIMULATE, inputs="board", **YTD)
    marks = {mark["text"]: mark["at"] for mark in lever(app, "ON_TIME")["marks"]}
    assert "đến 31/12 đạt 51,9%–91,5%" in marks
    assert marks["hiện nay"] < marks["đến 31/12 đạt 51,9%–91,5%"]
    # Where the slider goes down to the floor, it is a line of its own.
    marks = {mark["text"]: mark["at"] for mark in lever(app, "REUSED_DIGITIZED_DATA")["marks"]}
    assert marks[""] < marks["hiện nay"]
    assert "RESULT_REPAIRED" not in {item["code"] for item in board(app)["levers"]}
    assert "từ 45,93 đến 83,96 điểm, cao nhất hạng 1" in words(app)


@pytest.mark.parametrize("until", ["", UNTIL])
def test_native_sliders_have_the_marks_of_the_board(until: str) -> None:
    link = YTD | ({"until": until} if until else {})
    shown = lever(opened(SIMULATE, **link, inputs="board"), "ON_TIME")["marks"]
    on_board = {mark["text"] for mark in shown}
    native = words(opened(SIMULATE, **link))
    assert len(on_board) >= 2
    assert all(f">{text}</span>" in native for text in on_board)


def test_the_present_rates_lead_to_the_published_score() -> None:
    app = opened(SIMULATE, inputs="board", **YTD, until=UNTIL)
    assert total(app) == "61,89"
    assert figure(app, "rank") == "16/34"


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"until": "2027-01-31"}, "nằm sau kỳ"),
        ({"until": "2026-09-01"}, "nằm trước ngày lấy số liệu"),
        ({"until": "hôm nay"}, "không phải là ngày"),
        ({"until": UNTIL, "in.dossier": "-5"}, "không phải là số"),
        ({"until": UNTIL, "in.cars": "5"}, "tham số lạ"),
        ({"b": "province-2023-11", "u": "unnamed-province", "until": "2023-11-30"}, "ngày lấy"),
        ({"RESULT_REPAIRED": "5"}, "chỉ dùng khi tính đến hết kỳ"),
    ],
)
def test_a_link_that_cannot_look_ahead_is_explained(link: dict[str, str], sentence: str) -> None:
    app = opened(SIMULATE, inputs="board", **(YTD | link))
    assert not app.exception
    assert sentence in app.warning[0].value.replace("\\", "")


def test_each_way_of_looking_keeps_its_own_levers() -> None:
    app = opened(SIMULATE, inputs="board", **YTD, ON_TIME="20000")
    whole = total(app)
    switch(app, "ahead")
    assert (total(app), app.session_state["written-params"]["until"]) == ("61,89", UNTIL)
    switch(app, "whole")
    assert total(app) == whole
    assert "until" not in app.session_state["written-params"]


def test_a_custom_day_is_kept_while_the_whole_period_is_looked_at() -> None:
    app = opened(SIMULATE, inputs="board", **YTD, until="2026-10-31")
    switch(app, "whole")
    switch(app, "ahead")
    assert app.session_state["written-params"]["until"] == "2026-10-31"


def test_another_unit_of_the_same_figures_is_looked_at_the_same_way() -> None:
    app = opened(SIMULATE, inputs="board", b="vn-2026-10-10", u="H44", until=UNTIL)
    app.selectbox(key="pick-unit-vn-2026-10-10").set_value("H20").run()
    assert app.session_state["written-params"]["until"] == UNTIL
    baseline_picker(app).set_value("phutho-2026-08").run()
    assert "until" not in app.session_state["written-params"]


def test_rows_are_built_anew_when_levers_come_go_or_can_no_longer_be_used() -> None:
    whole = board(opened(SIMULATE, inputs="board", **YTD))
    ahead = board(opened(SIMULATE, inputs="board", **YTD, until=UNTIL))
    none = board(opened(SIMULATE, inputs="board", **YTD, until=UNTIL, **{"in.petition": "0"}))
    moved = board(opened(SIMULATE, inputs="board", **YTD, until=UNTIL, ON_TIME="500"))
    assert len({json.dumps(shown["identity"]) for shown in (whole, ahead, none)}) == 3
    assert ahead["identity"] == moved["identity"]
    assert whole["place"] != ahead["place"]


def test_a_native_slider_that_looks_ahead_is_another_one() -> None:
    """Its labels differ; under the same key the browser's label would move another lever."""
    whole = slider(opened(SIMULATE, **YTD), "ON_TIME").key
    ahead = slider(opened(SIMULATE, **YTD, until=UNTIL), "ON_TIME").key
    typed = slider(opened(SIMULATE, **YTD, until=UNTIL, **{"in.dossier": "5000"}), "ON_TIME").key
    assert len({whole, ahead, typed}) == 3


def test_a_target_beyond_the_ceiling_is_out_of_reach_since_a_day() -> None:
    app = opened(SIMULATE, **YTD, until=UNTIL)
    enter(app, "ON_TIME", "=780000")
    said = app.error[0].value
    assert "không còn đạt được" in said and "742.067" in said
    assert "đến ngày 01/05/2026" in said or "đến ngày 02/05/2026" in said


def box(app: AppTest, until: str = UNTIL) -> str:
    """Open the box of inflow and last day; the place its keys name."""
    app.session_state["inflow-box"] = True
    app.run()
    return f"phutho-2026-ytd-H44-{until}"


def use(app: AppTest, place: str) -> dict[str, str]:
    """Press the button of the box; the parameters of the link after it."""
    next(b for b in app.button if b.proto.form_id == f"inflow-{place}").click().run()
    params: dict[str, str] = app.session_state["written-params"]
    return params


def test_day_and_inflow_are_typed_together() -> None:
    app = opened(SIMULATE, **YTD, until=UNTIL)
    place = box(app)
    app.selectbox(key=f"inflow-until-{place}-vi").set_value("31/10/2026 – hết tháng 10")
    app.text_input(key=f"inflow-dossier-{place}").set_value("60.000/tháng")
    params = use(app, place)
    assert (params["until"], params["in.dossier"]) == ("2026-10-31", "69041")
    place = box(app, "2026-10-31")
    app.text_input(key=f"inflow-dossier-{place}").set_value("nhiều")
    assert use(app, place)["in.dossier"] == "69041"
    assert "không phải là số" in app.error[0].value


def test_ends_of_months_and_quarters_are_offered_and_any_other_day_is_taken() -> None:
    app = opened(SIMULATE, **YTD, until=UNTIL)
    place = box(app)
    offered = app.selectbox(key=f"inflow-until-{place}-vi")
    assert offered.options == [
        "30/09/2026 – hết quý 3", "31/10/2026 – hết tháng 10", "30/11/2026 – hết tháng 11",
        "31/12/2026 – hết kỳ",
    ]  # fmt: skip
    app = opened(SIMULATE, **YTD, until="2026-11-15")
    assert "còn 50 ngày" in words(app)
    place = box(app, "2026-11-15")
    assert app.selectbox(key=f"inflow-until-{place}-vi").value == "15/11/2026"


@pytest.mark.parametrize(
    ("typed", "day"),
    [("15/11/2026", "2026-11-15"), (" 2026-11-15 ", "2026-11-15"), ("1/2/2026", "2026-02-01")],
)
def test_a_day_is_read_as_it_is_written_in_an_office(typed: str, day: str) -> None:
    assert horizon.typed_day(typed) == day


@pytest.mark.parametrize("typed", ["mai", "31/02/2026", "15/11", "", "15-11-2026"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        horizon.typed_day(typed)
    assert refused.value.code == "not_a_day"


def test_the_months_can_tell_what_is_still_to_come() -> None:
    app = opened(SIMULATE, **YTD, until=UNTIL)
    place = box(app)
    app.radio(key=f"inflow-pace-{place}-vi").set_value("months")
    assert use(app, place)["pace"] == "months"
    assert "571.395 hồ sơ (theo các tháng gần đây)" in words(app)
    assert "thiếu tháng 9/2026" in words(app)


def test_where_no_month_is_known_this_is_said_and_nothing_is_asked() -> None:
    app = opened(SIMULATE, b="vn-2026-10-10", u="H20", until=UNTIL)
    box(app)
    assert not [radio for radio in app.radio if str(radio.key).startswith("inflow-pace")]
    assert "chưa có số liệu từng tháng" in words(app)


@pytest.mark.parametrize(("day", "is_old"), [(date(2026, 10, 1), False), (date(2026, 10, 9), True)])
def test_days_that_are_gone_are_named(
    day: date, is_old: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(horizon, "today", lambda: day)
    app = opened(SIMULATE, **YTD, until=UNTIL)
    assert ("cách đây 13 ngày" in words(app)) is is_old


def test_an_absurd_inflow_is_named_and_the_pace_used() -> None:
    app = opened(SIMULATE, inputs="board", **YTD, until=UNTIL, **{"in.dossier": "999999999"})
    assert not app.exception
    assert "lớn bất thường" in words(app)
    assert "213.383" in words(app)


@pytest.mark.parametrize(("baseline", "language"), DRAWN)
def test_the_plan_is_drawn_for_every_shipped_baseline(baseline: str, language: str) -> None:
    assert not opened(PLAN, b=baseline, lang=language).exception


def test_the_plan_adds_up_to_the_setting() -> None:
    app = opened(PLAN, **YTD, until=UNTIL, ON_TIME="18000", RESULT_REPAIRED="50000")
    assert not app.exception
    tasks, ends, indicators = (app.table[k].value for k in range(3))
    assert list(tasks["Mức đặt"]) == ["+18.000", "+50.000"]
    assert tasks["Tháng 10"][0] == "66.739/68.905 (96,9%)"
    assert tasks["Tháng 09 (còn 4 ngày)"][1] == "+2.083"
    assert ends["Hết 31/12"][0] == total(app)
    assert ends["Hiện nay"][0] == "61,89"
    assert "Hồ sơ có kết quả điện tử" in list(indicators["Chỉ tiêu"])


def test_the_shape_of_the_path_changes_the_months_and_not_the_end() -> None:
    app = opened(PLAN, **YTD, until=UNTIL, ON_TIME="18000")
    level = app.table[0].value, app.table[1].value
    app.button_group(key="plan-shape-vi").set_value(Shape.FRONT_LOADED).run()
    front = app.table[0].value, app.table[1].value
    assert level[0]["Tháng 10"][0] != front[0]["Tháng 10"][0]
    assert level[1]["Hết 31/12"][0] == front[1]["Hết 31/12"][0]


@pytest.mark.parametrize(
    ("unit", "kinds", "sentence"),
    [
        ({"b": "vn-2026-10-10", "u": "H15"}, 10, "các tháng đã qua theo số Cổng công bố"),
        ({"b": "vn-2026-10-10", "u": "H20"}, 9, "bình quân cả nước"),
        (YTD, 1, "các tháng đã qua theo số Cổng công bố"),
    ],
)
def test_the_chart_shows_the_months_so_far_as_ghosts(
    unit: dict[str, str], kinds: int, sentence: str
) -> None:
    app = opened(PLAN, **unit, until=UNTIL, ON_TIME="500")
    view = evaluate(Scenario(unit["b"], unit["u"], (("ON_TIME", 500.0),), until=UNTIL))
    plan = month_plan(view.projection)
    item = view.edition.indicator("ON_TIME")
    known = history_of(view.baseline.id, view.unit.code)
    assert view.outlook
    table = plan_marks.path(view, plan, view.outlook.period, item, known, speech_of("vi"))
    assert list(table["kind"]).count("ghost") == kinds
    assert list(table["kind"]).count("needed") == len(plan.months)
    assert sentence in words(app)


def asked(app: AppTest, place: str, what: str, points: str) -> AppTest:
    """Ask whether a score can still be reached."""
    app.selectbox(key=f"target-what-{place}").set_value(what)
    app.text_input(key=f"target-points-{place}").set_value(points)
    return next(b for b in app.button if b.proto.form_id == f"target-{place}").click().run()


def test_a_day_that_is_over_is_not_offered_as_the_last_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(horizon, "today", lambda: date(2026, 11, 22))
    app = asked(opened(PLAN, **YTD), "phutho-2026-ytd-H44-vi", "TDGQ", "18")
    assert "mốc cuối là 12/11/2026, đã qua" in app.info[-1].value


def test_what_unpublished_indicators_could_add_is_not_called_impossible() -> None:
    """Đắk Lắk can reach 83.0 with what is published; the online service has 3.03 points left."""
    app = asked(opened(PLAN, b="vn-2026-10-10", u="H15"), "vn-2026-10-10-H15-vi", "total", "85")
    assert "chưa kết luận được" in app.info[-1].value
    assert "thêm tối đa 3,03 điểm" in app.info[-1].value


def test_risks_are_no_tasks() -> None:
    link = {"PETITION_NEW": "100", "OPEN_SLIPPED": "5000", "ON_TIME": "500"}
    app = opened(PLAN, **YTD, until=UNTIL, **link)
    assert list(app.table[0].value["Mức đặt"]) == ["+500"]
    risks = next(item.value for item in app.warning if "rủi ro" in item.value)
    assert "Để hồ sơ đang mở thành quá hạn, Phát sinh phản ánh" in risks


def test_the_shape_of_the_path_is_in_the_link() -> None:
    app = opened(PLAN, **YTD, until=UNTIL, ON_TIME="18000", shape="front_loaded")
    assert app.table[0].value["Tháng 10"][0] == "68.905/68.905 (100,0%)"
    app.button_group(key="plan-shape-vi").set_value(Shape.RAMP_UP).run()
    assert app.session_state["written-params"]["shape"] == "ramp_up"
    strange = opened(PLAN, **YTD, until=UNTIL, ON_TIME="18000", shape="wave")
    assert "tham số lạ" in strange.warning[0].value


@pytest.mark.parametrize(
    ("what", "points", "sentence"),
    [
        ("TDGQ", "19", "không còn đạt được đến hết 31/12/2026; cao nhất còn đạt 18,29"),
        ("TDGQ", "18", "sau ngày 12/11/2026 sẽ không còn kịp"),
        ("TDGQ", "17,5", "giữ nhịp hiện nay đã đủ, dự kiến 17,68"),
        ("total", "70", "còn đạt được (cao nhất 83,96 điểm"),
        ("total", "99", "chỉ còn đạt được đến ngày 17/01/2026"),
        ("TDGQ", "20,5", "điểm phải từ 0 đến 20"),
        ("TDGQ", "cao", "không phải là số"),
    ],
)
def test_a_wanted_score_is_answered_with_a_day(
    what: str, points: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(horizon, "today", lambda: date(2026, 10, 1))
    app = asked(opened(PLAN, **YTD), "phutho-2026-ytd-H44-vi", what, points)
    assert sentence in "\n".join(item.value for item in (*app.info, *app.error))


def test_where_nothing_is_published_no_range_is_claimed() -> None:
    app = opened(PLAN, b="vn-2026-09-26", u="H44", until=UNTIL)
    assert "còn có thể đạt" not in words(app)
    assert "nên không tính được phần còn đến" in words(app)
    assert "chưa lập được kế hoạch" in app.info[0].value
    shown = board(opened(SIMULATE, inputs="board", b="vn-2026-09-26", u="H44", until=UNTIL))
    assert {group["reach"] for group in shown["groups"]} == {""}


def test_a_group_that_is_not_published_is_said_to_stay() -> None:
    app = opened(PLAN, b="vn-2026-10-10", u="H15")
    assert "phần Dịch vụ trực tuyến giữ nguyên vì chưa công bố số liệu" in words(app)
    table = app.table[0].value.set_index("Chỉ tiêu")
    assert table.loc["Dịch vụ trực tuyến", ["Thấp nhất", "Giữ nhịp", "Cao nhất"]].isna().all()
    offered = app.selectbox(key="target-what-vn-2026-10-10-H15-vi").options
    assert not [name for name in offered if name.startswith("Dịch vụ trực tuyến")]


def test_when_no_day_is_left_the_plan_says_so() -> None:
    app = opened(PLAN, **YTD, until="2026-09-26")
    assert "không còn ngày nào" in app.info[0].value


def test_every_export_names_the_unit_and_how_it_looks_at_the_period() -> None:
    scenario = Scenario("phutho-2026-ytd", "H44", (("ON_TIME", 500.0),), until=UNTIL)
    say = speech_of("vi")
    view = evaluate(scenario)
    ahead = tables.with_source(tables.groups(view, say), view, say)
    whole_view = evaluate(replace(scenario, until=""))
    whole = tables.with_source(tables.groups(whole_view, say), whole_view, say)
    assert set(ahead["Tên đơn vị"]) == {"UBND tỉnh Phú Thọ"}
    assert "Đến hết 31/12/2026, còn đến: 213.383 hồ sơ" in ahead["Cách tính"][0]
    assert "như thể cả kỳ" in whole["Cách tính"][0]


def test_the_command_line_gives_the_figures_of_the_screen(capsys: pytest.CaptureFixture) -> None:
    link = {"until": UNTIL, "pace": "months", "ON_TIME": "20000", "RESULT_REPAIRED": "9000"}
    app = opened(SIMULATE, **YTD, **link)
    arguments = ["whatif", "--baseline", "phutho-2026-ytd", "--until", UNTIL, "--format", "json",
                 "--inflow", "months", "--set", "ON_TIME=+20000",
                 "--set", "RESULT_REPAIRED=+9000"]  # fmt: skip
    assert main(arguments) == 0
    written = json.loads(capsys.readouterr().out)
    assert format_points(round(100 * written["after"]["total"]), 2, "vi") == total(app)
    assert f"{written['after']['rank']}/34" == figure(app, "rank")


MONTHS = {"b": "vn-2026-10-10", "u": "H44", "until": UNTIL}
PLANNED = Scenario(
    "vn-2026-10-10", "H44",
    (
        ("ON_TIME", 9000.0), ("ORIGINAL_RESULT_AVAILABLE", 6000.0), ("PUBLISH_ON_TIME", 3.0),
        ("PUBLIC_UPDATE_ON_TIME", 20.416667),
    ),
    until=UNTIL,
)  # fmt: skip


def test_months_say_how_many_more_and_which_are_above_the_capacity() -> None:
    view, say = evaluate(PLANNED), Speech("vi")
    per_month = {"ON_TIME": 3000.0, "ORIGINAL_RESULT_AVAILABLE": 3000.0, "PUBLISH_ON_TIME": 0.5}
    plan = month_plan(view.projection, Shape.LEVEL, view.peers, per_month)
    rows = plan_tables.tasks(view, plan, say, per_month).set_index("Đòn bẩy")
    on_time = list(rows.loc["Giải quyết đúng hạn thêm hồ sơ (hồ sơ)"])
    assert [cell.split("; ")[1] for cell in on_time[1:4]] == [
        "+2.339 (năng lực 2.112)", "+3.276 (năng lực 2.959)", "+3.385 (năng lực 3.058)"
    ]  # fmt: skip
    assert all(cell.startswith("▲") for cell in on_time[1:4])
    # 6,000 in 82 days are less than 3,000 a month.
    results = list(rows.loc["Cấp kết quả điện tử (hồ sơ)"])[1:4]
    assert [cell.split("; ")[1] for cell in results] == ["+1.559", "+2.184", "+2.257"]
    assert not any("▲" in cell for cell in results)
    assert "+1 (năng lực 0,5)" in rows.loc["Công bố thủ tục đúng hạn (thủ tục)", "Tháng 12"]
    # Its last procedure is one even where only a part of it is left.
    assert rows.loc["Cập nhật, công khai thủ tục đúng hạn (thủ tục)", "Mức đặt"] == "+21"
    without = plan_tables.tasks(view, plan, say)
    assert not without.astype(str).apply(lambda column: column.str.contains("▲")).any().any()


def test_the_note_below_the_months_tells_of_capacities_only_where_there_is_one() -> None:
    link = MONTHS | {"ON_TIME": "9000"}
    plain = words(opened(PLAN, **link))
    assert "ô chỉ có một số mang dấu + là số phải làm thêm" in plain
    assert "▲ là tháng vượt năng lực" not in plain
    capped = words(opened(PLAN, **link, **{"cap.ON_TIME": "3000"}))
    assert "▲ là tháng vượt năng lực" in capped
    other = words(opened(PLAN, **link, **{"cap.PAY_DOSSIER": "3000"}))
    assert "▲ là tháng vượt năng lực" not in other
