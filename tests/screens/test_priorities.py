"""The screen *Ưu tiên*: what levers are worth, what to do first, and what stands behind it."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.priorities import background
from pages.ui.priorities.first import step_words
from pages.ui.shell import PAGES
from simulator.baseline_files import load_baseline
from simulator.presentation import charts, priority_scatter, priority_tables
from simulator.presentation.csv_file import csv_bytes
from simulator.presentation.priorities_found import pairs_of, priorities_of, steps_of
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, evaluate
from simulator.project import project
from simulator.scenario import Scenario
from simulator.text import LANGUAGES, catalogue
from tests.screens import one_part
from tests.screens.shipped import DRAWN
from tests.screens.test_screens import figure, opened, total, words
from tests.ui.test_charts import fields

SCREEN = f"pages/screens/{PAGES['uu-tien'][0]}"
PHU_THO = Scenario("vn-2026-10-10", "H44")
AHEAD = Scenario("phutho-2026-ytd", "H44", until="2026-12-31")
BOXES = ("weights", "pairs", "effort", "skipped")


@pytest.fixture
def say() -> Speech:
    return Speech("vi")


def part(*boxes: str, **link: str) -> AppTest:
    """The screen below the headline, with only these boxes open."""
    whole = {"b": "vn-2026-10-10", "u": "H44"} | link
    opened_boxes = {f"priorities-{name}": True for name in boxes}
    return one_part.part("pages.ui.priorities.parts", "draw_priorities", whole, opened_boxes)


def control(app: AppTest, name: str):
    return next(item for item in app.get("button_group") if f"priorities-{name}" in item.key)


def chart_table(scenario: Scenario, say: Speech) -> tuple[View, pd.DataFrame, bool]:
    view = evaluate(scenario)
    found = [one for one in priorities_of(scenario) if one.gain]
    return view, *priority_scatter.scatter_table(view, found, say)


@pytest.mark.parametrize(("baseline", "language"), DRAWN)
def test_every_shipped_baseline_is_drawn_with_all_boxes_open(baseline, language):
    app = part(*BOXES, b=baseline, u="", lang=language)
    assert not app.exception
    ahead = part(*BOXES, b=baseline, u="", lang=language, until="2026-12-31")
    assert not ahead.exception


def test_the_screen_stands_after_mo_phong_and_has_the_headline():
    assert list(PAGES).index("uu-tien") == list(PAGES).index("mo-phong") + 1
    app = opened(SCREEN)
    assert total(app) == "62,18"
    assert figure(app, "rank") == "19/34"


def test_the_first_step_is_told_in_words_with_the_peers_fixed():
    shown = words(part())
    assert (
        "1. **Cập nhật, công khai thủ tục đúng hạn**: thêm 15 thủ tục, +0,83 điểm, "
        "khoảng 60 giờ công, hạng 19 → 18 (đối thủ giữ nguyên)"
    ) in shown
    assert "Cộng lại: +0,83 điểm, tổng điểm 63,01, khoảng 60 giờ công" in shown


def test_every_rank_of_the_steps_carries_that_the_peers_are_fixed():
    for language, fixed in (("vi", "(đối thủ giữ nguyên)"), ("en", "(peers held fixed)")):
        app = part(lang=language)
        shown = [str(item.value) for item in app.markdown]
        control(app, "aim").set_value("class").run()
        shown += [str(item.value) for item in app.markdown]
        ranked = [line for line in shown if "→" in line]
        assert len(ranked) > 3
        assert all(line.count("→") <= line.count(fixed) for line in ranked)
        tables = [frame.value for frame in app.dataframe]
        assert any(fixed in str(column) for table in tables for column in table.columns)


def test_the_interval_stands_beside_where_the_peers_move():
    ahead = words(part(until="2026-12-31"))
    total = re.search(r"tổng điểm (\d+),(\d\d)", ahead)
    known = evaluate(replace(PHU_THO, until="2026-12-31")).rank_ahead
    best, worst = known.interval(int(total[1] + total[2]))
    assert f"đến hết 31/12/2026 khoảng 90% là hạng {best}–{worst}" in ahead
    assert "khoảng 90%" not in words(part(until="2026-12-31", peers="fixed"))
    # What a whole period would have brought cannot be reached by then.
    assert "khoảng 90%" not in words(part())


def test_the_aim_can_be_chosen():
    app = part()
    control(app, "aim").set_value("class").run()
    shown = words(app)
    assert "tổng điểm 70,05" in shown
    assert shown.count("giờ công, ") >= 2
    control(app, "aim").set_value("point").run()
    assert "+1,00 điểm" in words(app)


def test_steps_in_words_add_up_to_what_the_engine_projects(say):
    found = steps_of(AHEAD, 811)
    view = evaluate(AHEAD)
    table = priority_tables.steps_table(view, found, say)
    settings = {step.lever: step.end for step in found.steps}
    scored = project(view.edition, view.unit, settings, view.peers, view.outlook)
    assert round(100 * table["Điểm mang lại"].sum()) == scored.total_change == found.gain
    assert table["Tổng điểm"].iloc[-1] == scored.after.total / 100
    after = table["Hạng (đối thủ giữ nguyên)"].iloc[-1]
    assert after.endswith(f"→ {scored.after.standing.rank}")
    assert list(table["STT"]) == list(range(1, len(found.steps) + 1))
    assert all(table["Thường do"])


def test_a_step_that_gains_no_place_says_so(say):
    found = steps_of(AHEAD, 811)
    same = [step for step in found.steps if step.ranks[0] == step.ranks[1]]
    assert same
    assert f"vẫn hạng {same[0].ranks[1]} (đối thủ giữ nguyên)" in step_words(same[0], say)


def test_trying_a_step_sets_its_lever_and_goes_to_mo_phong():
    app = opened(SCREEN)
    app.button(key="priorities-try-1").click().run()
    assert not app.exception
    assert dict(app.session_state["scenario"].settings) == {"PUBLIC_UPDATE_ON_TIME": 15}
    assert total(app) == "63,01"


def test_trying_the_list_sets_all_of_it():
    app = opened(SCREEN)
    control(app, "aim").set_value("class").run()
    app.button(key="priorities-try-all").click().run()
    wanted = {step.lever: step.end for step in steps_of(PHU_THO, 782).steps}
    assert dict(app.session_state["scenario"].settings) == wanted
    assert total(app) == "70,05"
    app.switch_page(SCREEN).run()
    assert not app.exception


def test_one_step_needs_no_button_for_the_whole_list():
    keys = [button.key for button in part().button]
    assert "priorities-try-1" in keys
    assert "priorities-try-all" not in keys


@pytest.mark.parametrize(
    ("order", "column", "rising"),
    [("per_hour", "Điểm/100 giờ công", False), ("gain", "Còn lấy được (điểm)", False),
     ("hours", "Giờ công", True), ("places", "Lên mấy bậc (đối thủ giữ nguyên)", False)],
)  # fmt: skip
def test_the_table_is_in_the_order_asked_for(order, column, rising):
    app = part()
    control(app, "order").set_value(order).run()
    table = app.dataframe[0].value
    values = list(table[column])
    assert values == sorted(values, reverse=not rising)
    assert list(table["STT"]) == list(range(1, len(values) + 1))


def test_a_thousand_dossiers_on_time_are_worth_four_hundredths_first():
    table = part().dataframe[0].value.set_index("Mã")
    row = table.loc["ON_TIME"]
    assert (row["Một phần"], row["Phần kế tiếp (điểm)"]) == ("1.000 hồ sơ", 0.04)
    assert row["Mỗi phần, bình quân (điểm)"] == pytest.approx(0.0309, abs=0.0001)
    assert (row["Còn lấy được (điểm)"], row["Cần thêm"]) == (2.26, 73_226)
    assert row["Hạng (đối thủ giữ nguyên)"] == "19 → 10"
    assert row["Dừng ở đâu"] == "đủ điểm từ 100%"


def test_chances_are_told_only_where_peers_move():
    ahead = {"until": "2026-12-31"}
    assert "Khả năng lên hạng (%)" in part(**ahead).dataframe[0].value
    assert "Khả năng lên hạng (%)" not in part(**ahead, peers="fixed").dataframe[0].value
    assert "Khả năng lên hạng (%)" not in part().dataframe[0].value


def test_wrong_records_nobody_counted_are_marked_and_kept_off_the_chart(say):
    table = part().dataframe[0].value.set_index("Mã")
    assert "không công bố" in table.loc["OVERDUE_FLAG_REPAIRED", "Ghi chú"]
    _, drawn, _ = chart_table(PHU_THO, say)
    assert not drawn["tip"].str.contains("Điều chỉnh hồ sơ").any()
    assert "Điều chỉnh hồ sơ bị ghi nhận sai" in words(part("skipped"))


def test_what_is_not_counted_is_named(say):
    found = background.skipped(evaluate(PHU_THO), say)
    assert "Dịch vụ công trực tuyến" in " ".join(found["unpublished"])
    assert len(found["unpublished"]) == 3
    assert found["nothing"] == ["Giải quyết xong hồ sơ đang tồn đã quá hạn"]
    assert found["full"] == ["Đồng bộ hồ sơ lên Cổng quốc gia"]
    locked = Scenario("vn-2026-10-10", "H44", locks=("ON_TIME",))
    assert background.skipped(evaluate(locked), say)["locked"] == ["Giải quyết đúng hạn thêm hồ sơ"]


def test_weights_pairs_and_hours_are_told():
    shown = words(part(*BOXES))
    assert "**Công khai, minh bạch** quyết định nhiều nhất: 31% khác biệt" in shown
    assert "cùng làm được +4,53 điểm, riêng từng việc chỉ +1,51 và +2,01" in shown
    assert "Hồ sơ số hóa không vượt quá hồ sơ có kết quả điện tử." in shown
    assert "Giá trị ví dụ" in shown


def test_a_closed_box_is_not_computed():
    assert "quyết định nhiều nhất" not in words(part())


def test_shares_of_the_groups_add_up(say):
    frames = part("weights").dataframe
    groups = next(frame.value for frame in frames if len(frame.value) == 6)
    assert groups["Trọng số thực (%)"].sum() == pytest.approx(100, abs=0.3)
    assert groups["Trọng số danh nghĩa (%)"].sum() == pytest.approx(100)


def test_a_unit_without_usable_levers_says_why():
    app = part(b="bencau-2023-02", u="")
    assert "không đòn bẩy nào dùng được" in app.info[0].value
    assert not app.get("vega_lite_chart")


def test_a_unit_without_a_list_has_steps_and_no_rank():
    app = part(b="phutho-2026-08", u="")
    shown = words(app)
    assert "Không xếp hạng" in shown
    assert "→" not in shown


def test_figures_of_an_old_edition_are_estimates():
    shown = words(part(b="tth-2022", u="000.00.31.H57"))
    assert "mọi con số dưới đây là ước tính" in shown
    assert not re.search(r"\d,\d\d điểm(?! %)", shown)


def test_a_full_lever_set_by_the_scenario_has_nothing_left():
    table = part(PUBLISH_ON_TIME="91").dataframe[0].value
    assert "PUBLISH_ON_TIME" not in set(table["Mã"])


# The chart


@pytest.mark.parametrize("scenario", [PHU_THO, AHEAD, Scenario("tth-2022", "000.00.31.H57")])
def test_the_chart_refers_only_to_columns_of_its_table(scenario, say):
    _, table, _ = chart_table(scenario, say)
    spec = charts.compiled("effort", "vi", "Giờ công")
    calculated = {"shown", "place"}
    assert fields(spec) - calculated <= {*table.columns, "row"}
    assert "data" not in spec
    inside = table[["at", "up"]]
    assert ((inside >= -1e-9) & (inside <= 1 + 1e-9)).all().all()


def test_effort_is_by_powers_of_ten_where_it_differs_much(say):
    _, table, is_log = chart_table(PHU_THO, say)
    assert is_log
    ticks = list(table[table["kind"] == "x"]["label"])
    assert ticks == ["100", "1.000", "10.000", "100.000"]
    at = table[table["kind"] == "x"]["at"].diff().dropna()
    assert at.max() == pytest.approx(at.min())


@pytest.mark.parametrize("width", [priority_scatter.NARROW, priority_scatter.WIDE, 1600])
@pytest.mark.parametrize("until", ["", "2026-12-31"])
def test_labels_never_overlap_each_other_and_most_are_there(until, width, say):
    names = "wide_label", "wide_side"
    if width < priority_scatter.WIDE:
        names = "label", "side"
    drawn = 0
    for code in load_baseline("vn-2026-10-10").units:
        _, table, _ = chart_table(Scenario("vn-2026-10-10", code, until=until), say)
        if table.empty:
            continue
        drawn += 1
        points = table[table["kind"] == "point"]
        boxes = []
        for row in points.to_dict("records"):
            text, side = (row[name] for name in names)
            centre = row["at"] * width, (1 - row["up"]) * priority_scatter.PLOT_HEIGHT
            tries = priority_scatter._tries(centre, [text]) if text else []
            boxes += [box for _, place, box in tries if place == side]
        assert len(boxes) > len(points) / 2
        assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))
    assert drawn == 24


def test_a_point_names_lever_points_and_hours(say):
    _, table, _ = chart_table(PHU_THO, say)
    assert "1. Cập nhật, công khai thủ tục đúng hạn: +3,89 điểm, 320 giờ công, dễ" in set(
        table["tip"]
    )
    assert set(table["shape"].dropna()) <= {"easy", "medium", "hard"}


# Downloads


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_downloaded_as_numbers_in_the_language(language):
    say = Speech(language)
    view = evaluate(PHU_THO)
    found = priorities_of(PHU_THO)
    table = priority_tables.priorities_table(view, found, say, moving=True)
    known = catalogue(language)
    assert table.columns[0] == known["priorities.number"]
    assert not any(str(column).startswith("priorities.") for column in table.columns)
    lines = csv_bytes(table, language).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(found)
    mark = {"vi": "2,26", "en": "2.26"}[language]
    assert mark in next(line for line in lines if "ON_TIME" in line and "73226" in line)
    pairs = priority_tables.pairs_table(view, pairs_of(PHU_THO), say)
    assert pairs[known["priorities.extra"]].abs().min() >= 0.05
