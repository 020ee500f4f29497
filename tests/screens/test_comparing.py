"""*So sánh*: scenarios side by side, chosen, kept in links, combined and downloaded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.comparing import chart_tables, choice, lines, offered, parts
from pages.ui.comparing.differences import difference_lines, shared_words
from pages.ui.comparing.file import file_table
from pages.ui.comparing.found import compared, presets_of
from pages.ui.comparing.table import STAR, markup
from pages.ui.shell import PAGES
from simulator import library
from simulator.errors import Notice
from simulator.peers_mode import PeersMode
from simulator.presentation import charts
from simulator.presentation.csv_file import csv_bytes
from simulator.presentation.speech import Speech
from simulator.presentation.view import evaluate
from simulator.presets import presets
from simulator.scenario import Scenario
from simulator.store import Actor, NewVersion, open_store
from simulator.text import LANGUAGES
from tests.screens import one_part
from tests.screens.test_screens import opened, slider, words
from tests.ui.test_charts import fields

SCREEN = f"pages/screens/{PAGES['so-sanh'][0]}"
PHU_THO = Scenario("phutho-2026-ytd", "H44")
AHEAD = replace(PHU_THO, until="2026-12-31")
ONE = PHU_THO.with_change("ON_TIME", 30_000).with_change("PUBLISH_ON_TIME", 10)
OTHER = PHU_THO.with_change("ON_TIME", 30_000).with_lock("PAY_DOSSIER", True)
THREE = "preset.overdue,preset.digitised,preset.petitions"
# Two scenarios of which one is better, and what makes it no use to say so.
OF_GIA_LAI = Scenario("vn-2026-10-10", "H21").with_change("PUBLISH_ON_TIME", 5)
UNLIKE = {
    "compare_units_differ": (replace(OF_GIA_LAI, unit="H44", settings=()), OF_GIA_LAI),
    "compare_figures_differ": (PHU_THO, Scenario("vn-2026-10-10", "H44")),
    "compare_periods_differ": (PHU_THO, Scenario("phutho-2026-08", "H44")),
    "compare_days_differ": (ONE, AHEAD.with_change("ON_TIME", 500)),
}
WICKED = "=cmd() <script>alert(1)</script> **đậm** ![x](y)"


pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture
def say() -> Speech:
    return Speech("vi")


def part(**link: str) -> AppTest:
    """The screen below the headline."""
    whole = {"b": "phutho-2026-ytd", "u": "H44"} | link
    return one_part.part("pages.ui.comparing.parts", "draw_comparing", whole)


def saved(name: str, unit: str = "H44", baseline: str = "phutho-2026-ytd", mark: str = "",
          **params: str) -> str:  # fmt: skip
    """Saves a scenario; the token of its version."""
    there = library.load(baseline)
    said = {"b": baseline, "u": unit, **params}
    new = NewVersion(
        name, "Nguyễn Thị Ánh", "", there.edition.code, baseline, mark or there.fingerprint, unit,
        said,
    )  # fmt: skip
    made = open_store().scenarios.create(new)
    return f"{made.scenario_id}.{made.number}"


def screen(**link: str) -> AppTest:
    """The whole screen, where what was chosen stays."""
    return opened(SCREEN, **{"b": "phutho-2026-ytd", "u": "H44"} | link)


def told(app: AppTest) -> str:
    """The first warning as it is read."""
    return str(app.warning[0].value).replace("\\", "")


def rows(app: AppTest) -> str:
    return next(item.proto.body for item in app.get("html") if "comparing-box" in item.proto.body)


def cells(found: list[lines.Line]) -> dict[str, list[str]]:
    return {line.label: [cell.text for cell in line.cells] for line in found}


# Choosing


def test_tokens_are_kept_in_links_and_what_is_none_is_named(monkeypatch):
    monkeypatch.setattr(choice.st, "session_state", {})
    given = "~,preset.overdue,0a1b.2,~,<script>,c.1,d.1"
    problems = choice.read_link({"vs": given})
    assert choice.tokens() == ("~", "preset.overdue", "0a1b.2", "c.1")
    assert [problem.code for problem in problems] == ["unknown_parameter", "compare_count"]
    assert problems[0].fields["name"] == "vs=<script>"
    assert choice.link_params() == {"vs": "~,preset.overdue,0a1b.2,c.1"}
    assert choice.read_link(choice.link_params()) == []
    assert choice.read_link({}) == []
    assert choice.link_params() == {}


def test_without_a_scenario_three_presets_are_one_click_away(store):
    app = screen()
    assert "Chưa có kịch bản nào để đặt cạnh hiện trạng" in words(app)
    assert not app.get("vega_lite_chart")
    app.button(key="comparing-presets").click().run()
    assert not app.exception
    assert choice_of(app).value == THREE.split(",")
    assert len(app.get("vega_lite_chart")) == 2
    shown = rows(app)
    for name in ("1. Dọn sạch hồ sơ quá hạn", "2. Số hóa 100%", "64,32", "66,57", "68,35"):
        assert name in shown
    # Looking creates no store.
    assert not store.exists()


def choice_of(app: AppTest):
    return app.multiselect[0]


def test_what_is_being_simulated_is_shown_without_a_choice_and_can_be_joined():
    app = screen(ON_TIME="30000")
    assert choice_of(app).value == ["~"]
    assert "1. Đang mô phỏng" in rows(app)
    assert "Kịch bản khác hiện trạng ở" in rows(app)
    assert STAR not in rows(app)
    choice_of(app).set_value(["preset.payment", "~"]).run()
    assert not app.exception
    assert rows(app).index("1. Thanh toán") < rows(app).index("2. Đang mô phỏng")
    assert app.session_state["compared-scenarios"] == ("preset.payment", "~")
    assert choice_of(part()).options[0] != "Đang mô phỏng"


def test_saved_ones_are_offered_those_of_the_unit_first():
    there = saved("Của Gia Lai", "H21", "vn-2026-10-10", PUBLISH_ON_TIME="5")
    here = saved("Của Phú Thọ", ON_TIME="2000")
    saved("Của Phú Thọ", ON_TIME="3000")
    saved("Thời trước", "000.00.31.H57", "tth-2022")
    put_away = saved("Cất đi", ON_TIME="1")
    open_store().scenarios.archive(put_away.partition(".")[0], Actor())
    app = part(vs=f"{here},{there}")
    options = choice_of(app).options
    assert len(set(options)) == len(options)
    first = [option.partition(" · ")[0] for option in options[:3]]
    assert first == ["Của Phú Thọ", "Của Phú Thọ", "Mẫu: Dọn sạch hồ sơ quá hạn"]
    assert "Của Gia Lai · Gia Lai · Phiên bản 1 · Nguyễn Thị Ánh" in options[-1]
    assert not any("Cất đi" in option or "Thời trước" in option for option in options)
    assert "Các kịch bản của những đơn vị khác nhau" in words(app)
    assert "+2.000 hồ sơ" in rows(app)
    assert "+5 thủ tục" in rows(app)


def test_an_older_version_stays_the_one_that_was_chosen():
    token = saved("Bản đầu", ON_TIME="2000")
    key = token.partition(".")[0]
    scenarios = open_store().scenarios
    first = scenarios.version(key).content
    scenarios.save(key, replace(first, parameters={**first.parameters, "ON_TIME": "4000"}), 1)
    app = part(vs=f"{token},{key}.2")
    assert "+2.000 hồ sơ" in rows(app)
    assert "+4.000 hồ sơ" in rows(app)
    assert choice_of(app).value == [token, f"{key}.2"]


def test_what_cannot_be_shown_is_named_and_the_others_are_shown():
    gone = saved("Đã mất", ON_TIME="1")
    open_store().scenarios.delete(gone.partition(".")[0], Actor())
    old = saved("Thời trước", "000.00.31.H57", "tth-2022")
    app = part(vs=f"{gone},{old},abc.1,preset.payment")
    assert not app.exception
    warned = told(app)
    assert "“Đã mất” không đặt cạnh được" in warned
    assert "Kịch bản đã bị xóa" in warned
    assert "“Thời trước” không đặt cạnh được. Kịch bản theo bộ quy tắc khác" in warned
    assert "“abc.1”" in warned
    assert "1. Thanh toán trực tuyến đủ điểm" in rows(app)
    everything = part(vs="preset.none,abc.1")
    assert "Mẫu: none" in told(everything)
    assert "Chưa có kịch bản nào" in words(everything)


def test_figures_that_are_gone_or_changed_and_levers_that_do_not_fit_are_told():
    gone = saved("Số liệu mất", ON_TIME="1")
    scenarios = open_store().scenarios
    content = replace(scenarios.version(gone.partition(".")[0]).content, baseline="gone")
    lost = scenarios.create(content)
    changed = saved("Số liệu đổi", mark="0" * 64, PUBLISH_ON_TIME="3")
    unfit = saved("Quá nhiều", ON_TIME="99999999", PUBLISH_ON_TIME="5")
    app = part(vs=f"{lost.scenario_id}.1,{changed},{unfit}")
    warned = told(app)
    assert "“Số liệu mất” không đặt cạnh được" in warned
    assert "“2. Quá nhiều”: Giải quyết đúng hạn thêm hồ sơ: 99.999.999" in warned
    assert any("“1. Số liệu đổi”" in str(item.value) for item in app.caption)
    assert "+5 thủ tục" in rows(app)


def test_a_name_is_text_wherever_it_is_shown(say):
    app = part(vs=f"{saved(WICKED, ON_TIME='99999999', PUBLISH_ON_TIME='5')},preset.payment")
    assert "<script>" not in rows(app)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **đậm**" in rows(app)
    assert "<script>" not in app.warning[0].value.replace("\\<script\\>", "")
    found = compared((ONE, OTHER))
    names = [f"1. {WICKED}", "2. x"]
    content = csv_bytes(file_table(found, names, say), "vi").decode("utf-8-sig")
    assert not any(cell.startswith("=") for cell in content.replace("\n", ";").split(";"))


def test_a_locked_lever_stays_in_a_preset_as_when_it_is_used(say):
    locked = OTHER.with_lock("ON_TIME", True)
    view = evaluate(locked)
    offer, scenario = presets_of(view)["overdue"]
    assert offer.held == ("ON_TIME",)
    assert scenario.change("ON_TIME") == 30_000
    assert scenario.settings == offer.settings
    assert scenario.locks == locked.locks
    (column,), _ = offered.resolved(view, ["preset.overdue"], (), say)
    assert column.scenario == scenario
    (said,) = [line for line in parts._notes(view, [column], say, is_loud=False) if "khóa" in line]
    assert said == (
        "“1. Dọn sạch hồ sơ quá hạn”: Đang khóa nên giữ nguyên: Giải quyết đúng hạn thêm hồ sơ."
    )


# The table


def test_three_scenarios_as_rows(say):
    three = (ONE, PHU_THO.with_change("ORIGINAL_RESULT_AVAILABLE", 100_000), OTHER)
    found = compared(three)
    shown = cells(lines.result_lines(found, say))
    assert shown["Tổng điểm"] == ["61,89", "63,68", "62,89", "63,01"]
    assert shown["Thay đổi tổng điểm"] == ["", "+1,79", "+1,00", "+1,12"]
    assert shown["Xếp loại"] == ["Trung bình"] * 4
    assert shown["Xếp hạng, đối thủ giữ nguyên"][0] == "16/34"
    for k, result in enumerate(found.results, start=1):
        best, middle, worst = result.ends
        assert shown["Khoảng hạng (90%) đến 31/12"][k] == f"{best}–{worst} (quanh {middle})"
        assert shown["Xếp hạng, đối thủ giữ nguyên"][k] == f"{result.state.standing.rank}/34"
    assert len([label for label in shown if label.endswith(")") and label[-3:-1].isdigit()]) == 6
    marked = {
        line.label: [k for k, cell in enumerate(line.cells) if cell.is_best]
        for line in lines.result_lines(found, say)
    }
    assert marked["Tổng điểm"] == marked["Công khai, minh bạch (18)"] == [1]
    assert marked["Số hóa hồ sơ (22)"] == [2]
    assert marked["Tiến độ giải quyết (20)"] == [1, 3]
    # The hours are examples: none is called the best.
    assert marked["Công sức (giờ công)"] == []
    assert marked["Dịch vụ trực tuyến (12)"] == marked["Xếp loại"] == []
    idle = lines.result_lines(compared((AHEAD, ONE)), say)
    assert not any(cell.is_best for cell in idle[5].cells)
    differing = cells(difference_lines(found, say))
    assert differing["Giải quyết đúng hạn thêm hồ sơ"] == [
        "0", "+30.000 hồ sơ", "0", "+30.000 hồ sơ",
    ]  # fmt: skip
    assert differing["Khóa: Tăng hồ sơ thanh toán trực tuyến"] == ["", "không", "không", "có"]
    assert len(differing) == 4
    assert shared_words(compared((ONE, OTHER)), say) == [
        "Giải quyết đúng hạn thêm hồ sơ: +30.000 hồ sơ"
    ]


@pytest.mark.parametrize("code", UNLIKE)
def test_none_is_called_best_where_columns_are_not_of_the_same(code, say):
    unlike = compared(UNLIKE[code])
    assert code in {notice.code for notice in unlike.notices}
    assert len({result.state.total for result in unlike.results}) == 2
    assert not lines.is_best_marked(lines.result_lines(unlike, say))
    # This one alone is enough.
    found = compared((ONE, OTHER))
    marked = {cell.is_best for line in lines.result_lines(found, say) for cell in line.cells}
    assert marked == {True, False}
    told_one = replace(found, notices=(Notice(code),))
    assert not lines.is_best_marked(lines.result_lines(told_one, say))


def test_other_ways_of_the_peers_touch_only_the_intervals(say):
    found = compared((ONE, replace(OTHER, own_moves=True)))
    assert [notice.code for notice in found.notices] == ["compare_peers_differ"]
    shown = {line.label: line for line in lines.result_lines(found, say)}
    marked = {label for label, line in shown.items() if any(cell.is_best for cell in line.cells)}
    assert {"Tổng điểm", "Thay đổi tổng điểm", "Xếp hạng, đối thủ giữ nguyên"} <= marked
    assert "Khoảng hạng (90%) đến 31/12" not in marked


def test_every_part_that_differs_is_said_in_words(say):
    one = (
        replace(AHEAD, pace="months", peers=PeersMode.TREND, seed=7, own_moves=True)
        .with_inflow("dossier", 1000).with_hours("ON_TIME", 2.5).with_floor("PUBLISH_ON_TIME", 4)
    )  # fmt: skip
    other = Scenario("vn-2026-10-10", "H21").with_assumption("ONLINE_SUPPLY", 80, 100)
    other = other.with_per_month("ON_TIME", 400)
    found = compared((one, other))
    shown = cells(difference_lines(found, say))
    assert shown["Bộ số liệu"][1:] == [
        "Phú Thọ năm 2026 đến 26/09/2026, đủ 21 chỉ tiêu (lấy 26/09/2026)",
        "34 tỉnh, thành phố, năm 2026 đến 10/10/2026 (lấy 10/10/2026 14:00)",
    ]
    assert shown["Đơn vị"] == ["", "Phú Thọ", "Gia Lai"]
    assert shown["Cách tính"] == ["", "Đến hết ngày 31/12/2026", "Như thể cả kỳ"]
    assert shown["Hồ sơ còn đến tính theo"][1:] == [
        "theo các tháng gần đây", "bình quân từ đầu kỳ",
    ]  # fmt: skip
    assert shown["Còn đến: hồ sơ"] == ["", "1.000", "theo nhịp"]
    assert shown["Các đơn vị khác"] == ["", "theo xu hướng", "biến động"]
    assert shown["Mã ngẫu nhiên"] == ["", "7", "1"]
    assert shown["Điểm của đơn vị cũng dao động"] == ["", "có", "không"]
    assert shown["Giờ công một đơn vị tính: Giải quyết đúng hạn thêm hồ sơ"] == [
        "", "2,5", "giá trị ví dụ",
    ]  # fmt: skip
    assert shown["Tối đa mỗi tháng: Giải quyết đúng hạn thêm hồ sơ"][1:] == [
        "giá trị ví dụ", "400",
    ]  # fmt: skip
    assert shown["Ít nhất phải làm: Công bố thủ tục đúng hạn"][1:] == ["4 thủ tục", "không đặt"]
    assumption = next(row for label, row in shown.items() if label.startswith("Giả định: "))
    assert assumption[1:] == ["không giả định", "80/100"]


def test_peers_that_are_held_on_their_trend_or_not_listed_are_said(say):
    found = compared((replace(ONE, peers=PeersMode.FIXED), replace(ONE, peers=PeersMode.TREND)))
    held, trend = cells(lines.result_lines(found, say))["Khoảng hạng (90%) đến 31/12"][1:]
    assert held == "đối thủ giữ nguyên"
    assert trend == f"{found.results[1].ends[1]} (theo xu hướng)"
    alone = lines.result_lines(compared((Scenario("phutho-2026-ytd", "H44.100"),)), say)
    unknown = [line.cells[1] for line in alone if "hạng" in line.label.lower()]
    assert [cell.text for cell in unknown] == ["—", "—"]
    assert all(cell.value is None and cell.why for cell in unknown)
    days = compared((replace(AHEAD, until="2026-11-30"), AHEAD))
    said = cells(lines.result_lines(days, say))["Khoảng hạng (90%)"]
    assert [text[-5:] for text in said[1:]] == ["30/11", "31/12"]


def test_the_table_names_rows_and_columns_and_can_be_reached_by_keyboard(say):
    found = compared((ONE, OTHER))
    columns = [offered.Chosen("~", "Một", "Ánh", ONE), offered.Chosen("a.1", "Hai", "", OTHER)]
    shown = markup(columns, lines.result_lines(found, say), difference_lines(found, say), say)
    assert 'tabindex="0" role="region" aria-label="Hiện trạng và các kịch bản"' in shown
    assert shown.count('scope="col"') == 3
    assert shown.count('scope="row"') == 12 + len(found.differing)
    assert 'title="Một\nÁnh"' in shown
    assert f'<span role="img" aria-label="tốt nhất">{STAR}</span> 63,68' in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("baseline", ["tth-2022", "bencau-2023-02", "gialai-2026-10-10"])
def test_every_kind_of_figures_is_drawn_in_both_languages(baseline, language):
    token = saved("Một", library.load(baseline).default_unit, baseline)
    app = part(b=baseline, u="", lang=language, until="", vs=f"~,{token}")
    assert not app.exception
    assert "comparing-box" in rows(app)
    there = library.load(baseline)
    if there.edition.estimate:
        assert not presets(there.edition.code)


# Charts


@pytest.mark.parametrize(
    ("kind", "make"),
    [("beside", chart_tables.groups_table), ("side-places", chart_tables.places_table)],
)
def test_a_chart_refers_only_to_columns_of_its_table(kind, make, say):
    table = make(compared((ONE, OTHER)), ["1. a", "2. b"], say).assign(row=0)
    assert fields(charts.compiled(kind, "vi", "a|b")) - {"shown"} <= set(table.columns)


def test_charts_have_the_same_figures_as_the_table(say):
    found = compared((ONE, OTHER))
    groups = chart_tables.groups_table(found, ["1. a", "2. b"], say)
    assert len(groups) == 18
    for k, result in enumerate((found.now, *found.results)):
        points = groups[groups["series"] == k]["points"]
        assert [round(100 * point) for point in points] == list(result.state.groups.values())
    places = chart_tables.places_table(found, ["1. a", "2. b"], say)
    assert list(places["total_label"]) == ["61,89", "63,68", "63,01"]
    assert list(places["place"]) == [one.state.standing.rank for one in (found.now, *found.results)]
    best, _, worst = found.results[0].ends
    assert (places["best"][1], places["worst"][1]) == (best, worst)
    assert places["place_label"][1] == f"{places['rank'][1]} ({best}–{worst})"
    assert (places["best"][0], places["worst"][0]) == (found.now.ends[0], found.now.ends[2])


# Combining and downloading


def test_two_are_combined_and_put_into_the_simulation_where_it_can_be_undone():
    app = screen(PAY_DOSSIER="7", vs="~,preset.overdue,preset.petitions")
    app.session_state["open-dialog"] = "combine"
    app.run()
    next(one for one in app.selectbox if one.key.startswith("combine-first-")).set_value(1)
    next(one for one in app.selectbox if one.key.startswith("combine-second-")).set_value(2)
    app.run()
    assert "Kết quả gộp:" in words(app)
    before = app.session_state["scenario"]
    app.button(key="combine-use").click().run()
    assert not app.exception
    made = app.session_state["scenario"]
    assert before.settings == (("PAY_DOSSIER", 7.0),)
    assert dict(made.settings).keys() >= {"ON_TIME", "PETITION_PROCESSING_ON_TIME"}
    assert "PAY_DOSSIER" not in dict(made.settings)
    app.button(key="step-undo").click().run()
    assert app.session_state["scenario"] == before


def test_what_could_not_be_combined_is_told_where_it_is_simulated():
    against = f"{saved('Lên', ON_TIME='500')},{saved('Xuống', ON_TIME='-500')}"
    app = screen(vs=against)
    app.session_state["open-dialog"] = "combine"
    app.run()
    app.button(key="combine-use").click().run()
    assert not app.exception
    # Only *Mô phỏng* has levers.
    assert slider(app, "ON_TIME")
    assert "đi ngược chiều nhau" in told(app)
    assert dict(app.session_state["scenario"].settings) == {"ON_TIME": 500}


def test_what_does_not_go_together_is_told():
    against = f"{saved('Lên', ON_TIME='500')},{saved('Xuống', ON_TIME='-500')}"
    elsewhere = saved("Nơi khác", "H21", "vn-2026-10-10", PUBLISH_ON_TIME="5")
    app = one_part.part(
        "pages.ui.comparing.parts", "draw_comparing",
        {"b": "phutho-2026-ytd", "u": "H44", "vs": f"{against},{elsewhere}"},
        {"open-dialog": "combine"},
    )  # fmt: skip
    assert "đi ngược chiều nhau" in app.warning[0].value
    next(one for one in app.selectbox if one.key.startswith("combine-second-")).set_value(2).run()
    assert "hai đơn vị khác nhau" in app.warning[0].value.lower()
    assert not [button for button in app.button if button.key == "combine-use"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_has_numbers_as_numbers_and_says_whose_they_are(language):
    found = compared((ONE, OTHER))
    table = file_table(found, ["1. a", "2. b"], Speech(language))
    content = csv_bytes(table, language).decode("utf-8-sig").splitlines()
    separator, mark = (";", ",") if language == "vi" else (",", ".")
    total = content[4].split(separator)
    assert total[2:] == [f"61{mark}89", f"63{mark}68", f"63{mark}01"]
    assert "Phú Thọ" in content[1]
    assert any(line.split(separator)[2:] == ["0", "30000", "30000"] for line in content) is False
    publish = next(row for row in table.to_numpy().tolist() if row[-2:] == [10, 0])
    assert publish[1] in ("thủ tục", "procedures")
