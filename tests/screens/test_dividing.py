"""The screen *Giao chỉ tiêu*: a province's plan among its units, to the dossier, and by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import state
from pages.ui.dividing import by_hand, cells, controls, editor, paper, summary
from pages.ui.shell import PAGES
from simulator import library
from simulator.allocation_links import MOST_IN_LINK, Division, Kind
from simulator.allocation_table import Way
from simulator.allocation_units import REST
from simulator.baseline import Baseline
from simulator.baseline_files import load_baseline
from simulator.errors import ScenarioError
from simulator.presentation.csv_file import csv_bytes
from simulator.presentation.dividing import annex, found, rows, unit_rows, words
from simulator.presentation.dividing.found import Divided, dividing, listed_of, taken
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, evaluate
from simulator.project import project
from simulator.scenario import Scenario
from simulator.store import open_store
from simulator.text import LANGUAGES
from tests.screens import one_part
from tests.screens.shipped import DRAWN
from tests.screens.test_saving import SIMULATE, menu, save
from tests.screens.test_screens import opened, total
from tests.screens.test_screens import words as words_on

SCREEN = f"pages/screens/{PAGES['giao-chi-tieu'][0]}"
UNTIL = "2026-12-31"
PLAN = (("ON_TIME", 3000.0), ("ORIGINAL_RESULT_AVAILABLE", 5000.0), ("PUBLISH_ON_TIME", 2.0))
LINK = {"b": "vn-2026-10-10", "u": "H21"} | {code: f"{value:.0f}" for code, value in PLAN}
GIA_LAI = Scenario("vn-2026-10-10", "H21", PLAN)
PHU_THO = Scenario("phutho-2026-ytd", "H44", (("ON_TIME", 1500.0),), until=UNTIL)
PLACES = [
    GIA_LAI, replace(GIA_LAI, until=UNTIL), PHU_THO,
    Scenario("vn-2026-10-10", "H44", (("ON_TIME", 9000.0), ("ORIGINAL_RESULT_AVAILABLE", 7000.0))),
]  # fmt: skip
TRADE, EDUCATION = "H21.05", "H21.06"


@pytest.fixture
def say() -> Speech:
    return Speech("vi")


def _page() -> None:
    """The screen below the headline, with what a person typed into its table before this run."""
    import streamlit as st

    from pages.ui import address, state
    from pages.ui.dividing import by_hand, editor
    from pages.ui.dividing.parts import draw_dividing
    from pages.ui.view import current, speech
    from simulator.presentation.dividing.found import dividing

    # The test runner keeps the first address, so that it would be read again in every run.
    if "scenario" not in st.session_state:
        address.read()
    view = current()
    lever, changes = st.session_state.pop("type", ("", {}))
    if lever:
        found = dividing(view, by_hand.division(view.scenario)).allocation
        row = next(one for one in found.rows if one.lever.code == lever)
        codes = tuple(cell.unit for cell in row.takers)
        edited = {codes.index(unit): cells for unit, cells in changes.items()}
        st.session_state["typed-cells"] = {"edited_rows": edited}
        editor.take_typed("typed-cells", codes, lever, state.language())
    draw_dividing(current(), speech(view))
    st.session_state["link"] = address.params()


def screen(**link: str) -> AppTest:
    """The screen for the plan of Gia Lai, or for another link."""
    app = AppTest.from_function(_page, default_timeout=one_part.TIMEOUT)
    for key, value in (link if "u" in link and "ON_TIME" not in link else LINK | link).items():
        app.query_params[key] = value
    return app.run()


def typed(
    app: AppTest, changes: dict[str, dict[str, int | str | None]], lever: str = "ON_TIME"
) -> None:
    texts = {
        unit: {column: None if value is None else str(value) for column, value in row.items()}
        for unit, row in changes.items()
    }
    app.session_state["type"] = (lever, texts)
    app.run()
    assert not app.exception


def shares(app: AppTest) -> pd.Series:
    table = app.data_editor[0].value
    return table.set_index("Đơn vị")["Giao thêm"].str.replace(".", "").astype(int)


def shared_link(app: AppTest) -> dict[str, str]:
    return {
        name: text
        for name, text in app.session_state["link"].items()
        if name.startswith(("share.", "least.", "div."))
    }


def button_group(app: AppTest, name: str):
    return next(item for item in app.get("button_group") if item.key.startswith(name))


def divided(scenario: Scenario, division: Division | None = None) -> tuple[View, Divided]:
    view = evaluate(scenario)
    return view, dividing(view, division or Division())


def listed(view: View) -> Baseline:
    return listed_of(view, Division())


# What is drawn


@pytest.mark.parametrize("until", ["", UNTIL])
@pytest.mark.parametrize(("baseline", "language"), DRAWN)
def test_every_shipped_baseline_is_drawn(baseline, language, until):
    assert not screen(ON_TIME="1", b=baseline, u="", lang=language, until=until).exception


def test_the_screen_stands_after_the_monthly_plan_and_has_the_headline():
    assert list(PAGES).index("giao-chi-tieu") == list(PAGES).index("ke-hoach") + 1
    app = opened(SCREEN, **LINK)
    assert not app.exception
    assert total(app) == f"{evaluate(GIA_LAI).projection.after.total / 100:.2f}".replace(".", ",")


def test_a_whole_plan_is_said_to_match_the_province_to_the_dossier():
    app = screen()
    score = evaluate(GIA_LAI).projection.after.total / 100
    assert (
        f"khớp với kế hoạch tỉnh đến từng hồ sơ: tổng điểm của tỉnh {score:.2f}".replace(".", ",")
        in app.success[0].value
    )
    assert "giao thêm **3.000** trong 3.000 của kế hoạch" in words_on(app)
    assert shares(app).sum() == 3000
    assert len(shares(app)) == 29


def test_figures_of_another_day_than_the_provinces_are_said_to_be():
    told = "của các đơn vị lấy ngày 26/09/2026, của tỉnh lấy ngày 10/10/2026"
    assert told in words_on(screen(u="H44", ON_TIME="100", PUBLISH_ON_TIME="0"))
    assert "lấy ngày" not in words_on(screen())


def test_levers_the_province_keeps_are_named_with_why_and_who():
    part = words_on(screen(u="H44", until=UNTIL, PUBLIC_UPDATE_ON_TIME="20.416667"))
    assert "Mức đặt: +21 thủ tục" in part
    shown = words_on(screen())
    assert "Công bố thủ tục đúng hạn\\: là số riêng của tỉnh" in shown
    assert "Mức đặt: +2 thủ tục; thường do: Văn phòng UBND" in shown


def test_what_nobody_can_take_is_named_with_the_score_it_costs():
    app = screen(
        b="phutho-2026-ytd", u="H44", until=UNTIL, ON_TIME="9000",
        ORIGINAL_RESULT_AVAILABLE="0", PUBLISH_ON_TIME="0",
    )  # fmt: skip
    text = app.warning[0].value
    assert "kế hoạch cần 9.000, đã giao 1.941; còn 7.059 chưa có đơn vị nào nhận được" in text
    assert "kế hoạch là 62,20, còn thiếu 0,24 điểm" in text
    assert "Tính cả phần chưa có đơn vị" in text
    app.toggle[0].set_value(True).run()
    # Handed out to the dossier, but most of it to nobody.
    assert not app.success
    text = app.warning[0].value
    named = shares(app).iloc[:-1].sum()
    assert f"đã giao cho đơn vị nêu tên: {named}; còn {9000 - named:,}".replace(",", ".") in text
    assert "thuộc phần chưa có đơn vị" in text
    assert "chỉ đạt 62,20 như kế hoạch nếu phần chưa có đơn vị" in text
    assert f"9.000 (trong đó {9000 - named:,}".replace(",", ".") in words_on(app)
    line = app.table[0].value.iloc[0]
    assert (line["Đã giao cho đơn vị"], line["Phần chưa có đơn vị"]) == tuple(
        f"{cases:,}".replace(",", ".") for cases in (named, 9000 - named)
    )
    assert list(shares(app).index)[-1] == "Phần chưa có đơn vị"
    assert shares(app).sum() == 9000


def test_nothing_set_offers_the_two_ways_to_a_plan():
    app = screen(b="vn-2026-10-10", u="H21")
    assert "chưa đòn bẩy nào được đặt" in app.info[0].value
    keys = [button.key for button in app.button]
    assert {"dividing-go-muc-tieu", "dividing-go-mo-phong"} <= set(keys)
    assert not app.data_editor


def test_a_province_without_figures_of_its_units_says_which_are_missing():
    app = screen(u="H20", ON_TIME="3000")
    text = app.info[0].value
    assert "mã bắt đầu bằng H20" in text
    assert "Năm 2026, lũy kế đến 10/10/2026" in text
    assert "dividing-go-du-lieu" in [button.key for button in app.button]


@pytest.mark.parametrize(
    ("baseline", "unit", "province"),
    [("phutho-2026-ytd", "H44.07", ("phutho-2026-ytd", "H44")),
     ("gialai-2026-10-10", "H21.24", ("vn-2026-10-10", "H21"))],
)  # fmt: skip
def test_a_unit_below_a_province_offers_the_way_there(baseline, unit, province):
    app = screen(b=baseline, u=unit)
    assert "là đơn vị nhận chỉ tiêu" in app.info[0].value
    app.button(key="dividing-province").click().run()
    assert not app.exception
    scenario = app.session_state["scenario"]
    assert (scenario.baseline, scenario.unit) == province


def test_a_plan_that_the_province_keeps_altogether_is_not_divided():
    app = screen(ON_TIME="0", ORIGINAL_RESULT_AVAILABLE="0")
    assert "không có phần nào chia được" in app.info[0].value
    assert "dividing-go-muc-tieu" in [button.key for button in app.button]
    assert not app.data_editor
    assert not app.exception


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("with_rest", [False, True])
@pytest.mark.parametrize("scenario", PLACES)
def test_totals_equal_the_plan_to_the_dossier(scenario, way, with_rest, say):
    view, result = divided(scenario, Division(way=way, with_rest=with_rest))
    plan = dict(scenario.settings)
    for row in result.allocation.rows:
        numbered = list(enumerate(row.takers, start=1))
        known = words.names((own.unit for own in result.allocation.units), say)
        table = rows.lever_table(view, row, numbered, Division(), known, say)
        assert table["Giao thêm"].sum() + row.shortfall == plan[row.lever.code]
        assert rows.sum_row(view, row, say)["Giao thêm"][0] == row.handed
    table = annex.annex(view, result.allocation, listed(view), Division(), say)
    for code, part_of in table.groupby("Mã"):
        row = next(one for one in result.allocation.rows if one.lever.code == code)
        assert part_of["Giao thêm"].sum() == row.handed
        assert len(part_of) == len(result.allocation.units) + (row.rest is not None)
    numbered = list(enumerate(result.allocation.units, start=1))
    known = words.names((own.unit for own in result.allocation.units), say)
    whole = rows.all_table(result.allocation, numbered, known, say)
    for row in result.allocation.rows:
        column = whole[say.name(row.lever.name)]
        assert column.iloc[:-1].sum() == column.iloc[-1] == row.handed


@pytest.mark.parametrize("way", list(Way))
def test_the_way_can_be_chosen_and_says_what_it_means(way):
    app = screen()
    button_group(app, "dividing-way").set_value(way).run()
    _, result = divided(GIA_LAI, Division(way=way))
    row = result.allocation.rows[0]
    assert list(shares(app)) == [cell.share for cell in row.cells]
    captions = [item.value for item in app.caption]
    assert any(Speech("vi")(f"dividing.way_{way}_how") in text for text in captions)


@pytest.mark.parametrize(
    ("level", "count", "handed"), [("department", 14, 3000), ("commune", 15, 2003)]
)
def test_only_departments_or_only_communes_can_take_part(level, count, handed):
    app = screen()
    button_group(app, "dividing-level").set_value(level).run()
    assert not app.exception
    assert len(shares(app)) == count
    assert shares(app).sum() == handed
    assert any("còn 997 chưa có" in item.value for item in app.warning) == (handed < 3000)


def test_all_levers_stand_side_by_side_with_score_and_place():
    app = screen()
    picker = next(box for box in app.selectbox if box.key.startswith("dividing-lever"))
    picker.set_value(editor.ALL).run()
    table = app.dataframe[0].value
    assert len(table) == 149 + 1
    assert list(table.iloc[-1])[1:4] == ["Cộng", 3000, 5000]
    row = table.set_index("Đơn vị").loc["Sở Nông nghiệp và Môi trường"]
    assert row["Hạng (đối thủ giữ nguyên)"] == "11 → 11/14"
    _, result = divided(GIA_LAI)
    own = next(one for one in result.allocation.units if one.unit.code == "H21.24")
    alone = project(evaluate(GIA_LAI).edition, own.unit, own.settings)
    assert row["Tổng điểm sau khi giao"] == alone.after.total / 100


def test_units_are_found_without_diacritics():
    app = screen()
    app.text_input(key="dividing-search").set_value("so cong thuong").run()
    assert list(shares(app).index) == ["Sở Công Thương"]
    app.text_input(key="dividing-search").set_value("khong co").run()
    assert "Không có đơn vị nào khớp" in words_on(app)


# By hand


def test_a_typed_share_is_kept_and_the_rest_is_divided_anew():
    app = screen()
    before = shares(app)
    typed(app, {TRADE: {"Giao thêm": 50}})
    after = shares(app)
    assert after["Sở Công Thương"] == 50
    assert after.sum() == before.sum() == 3000
    # The 36 more are taken off where most was.
    moved = after - before
    assert moved["Sở Nông nghiệp và Môi trường"] == -33
    table = app.data_editor[0].value.set_index("Đơn vị")
    assert table.loc["Sở Công Thương", "Cách giao"] == "tự đặt"
    assert shared_link(app) == {"share.ON_TIME": f"{TRADE}:50"}
    typed(app, {TRADE: {"Giao thêm": None}})
    assert list(shares(app)) == list(before)
    assert shared_link(app) == {}


def test_the_least_a_unit_takes_can_be_set():
    app = screen()
    before = shares(app)["Sở Giáo dục và Đào tạo"]
    typed(app, {EDUCATION: {"Ít nhất": 40}})
    assert before < shares(app)["Sở Giáo dục và Đào tạo"] == 40
    assert shared_link(app) == {"least.ON_TIME": f"{EDUCATION}:40"}


def test_a_share_that_cannot_be_is_told_and_nothing_is_lost():
    app = screen()
    typed(app, {TRADE: {"Giao thêm": 50}})
    kept = shares(app)
    typed(app, {TRADE: {"Giao thêm": 50}, EDUCATION: {"Giao thêm": 9999}})
    message = app.error[0].value
    assert "không giao được 9.999 cho đơn vị “Sở Giáo dục và Đào tạo”" in message
    assert "từ 0 đến 258" in message
    assert list(shares(app)) == list(kept)
    assert shared_link(app) == {"share.ON_TIME": f"{TRADE}:50"}
    typed(app, {EDUCATION: {"Giao thêm": -1}})
    assert "không giao được −1" in app.error[0].value
    typed(app, {"H21.24": {"Giao thêm": 2999}})
    assert "nhiều hơn 3.000 của kế hoạch" in app.error[0].value
    assert list(shares(app)) == list(kept)
    typed(app, {EDUCATION: {"Giao thêm": 60}})
    assert not app.error
    assert shares(app)["Sở Công Thương"] == 50


def test_two_shares_that_only_together_are_too_many_are_both_refused_and_told():
    view = evaluate(GIA_LAI)
    edits = {(Kind.FIXED, "ON_TIME", TRADE): 200, (Kind.FIXED, "ON_TIME", "H21.24"): 2900}
    division, errors = taken(view, Division(), edits)
    assert division == Division()
    assert [error.code for error in errors] == ["allocation_above_plan"]


def test_shares_set_by_hand_can_be_dropped():
    app = screen()
    before = list(shares(app))
    typed(app, {TRADE: {"Giao thêm": 50}, EDUCATION: {"Ít nhất": 40}})
    assert app.button(key="dividing-reset").label == "Bỏ các số tự đặt (2)"
    app.button(key="dividing-reset").click().run()
    assert list(shares(app)) == before
    assert shared_link(app) == {}


def test_a_smaller_plan_keeps_the_shares_and_says_that_they_do_not_fit():
    app = screen(ON_TIME="30", **{"share.ON_TIME": f"{TRADE}:50"})
    assert not app.exception
    warning = app.warning[0].value
    assert "chưa dùng được" in warning
    assert "cộng lại được 50, nhiều hơn 30 của kế hoạch" in warning
    assert shares(app).sum() == 30
    assert shared_link(app) == {"share.ON_TIME": f"{TRADE}:50"}


def test_shares_of_levers_and_units_that_get_nothing_now_are_kept():
    link = {"share.ON_TIME": f"{TRADE}:50", "div.level": "commune"}
    app = screen(**link)
    assert "1 số tự đặt chưa dùng đến" in words_on(app)
    assert shared_link(app) == link
    app = screen(ON_TIME="0", **{"share.ON_TIME": f"{TRADE}:50"})
    assert "1 số tự đặt chưa dùng đến" in words_on(app)


def test_a_share_that_leans_on_another_lever_names_the_unit():
    """H21.13 can digitise 10 more: the others wait for electronic results."""
    app = screen(SO_HOA_GIAY_TO_GIAI_QUYET="20000", ORIGINAL_RESULT_AVAILABLE="100",
                 **{"share.SO_HOA_GIAY_TO_GIAI_QUYET": "H21.13:500"})  # fmt: skip
    settings = (("ORIGINAL_RESULT_AVAILABLE", 100.0), ("SO_HOA_GIAY_TO_GIAI_QUYET", 20_000.0))
    hand = Division().with_figure(Kind.FIXED, "SO_HOA_GIAY_TO_GIAI_QUYET", "H21.13", 500)
    _, result = divided(replace(GIA_LAI, settings=settings), hand)
    (unit,) = words.cut_units(result.allocation)
    assert unit.code == "H21.13"
    assert f"vướng một chỉ tiêu khác (xem từng đơn vị bên dưới): {unit.short_name}" in words_on(app)


# Links


def test_a_link_brings_the_whole_division_back():
    link = {
        "share.ON_TIME": f"{TRADE}:50,{REST}:100", "least.ORIGINAL_RESULT_AVAILABLE": "H21.24:4500",
        "div.way": "least_effort", "div.rest": "1",
    }  # fmt: skip
    app = screen(**link)
    assert not app.exception
    assert shared_link(app) == link
    assert shares(app)["Sở Công Thương"] == 50
    assert shares(app)["Phần chưa có đơn vị"] == 100
    assert shares(app).sum() == 3000


def test_unknown_units_of_a_link_are_problems_of_the_link():
    app = opened(SCREEN, **LINK, **{"share.ON_TIME": f"{TRADE}:50,H21.999:5", "div.way": "fair"})
    assert not app.exception
    banner = app.warning[0].value
    assert "H21.999" in banner.replace("\\", "")
    assert "div.way=fair" in banner.replace("\\", "")
    assert shares(app)["Sở Công Thương"] == 50


def test_more_shares_than_a_link_can_carry_are_said_to_be_missing():
    view = evaluate(GIA_LAI)
    _, result = divided(GIA_LAI)
    division = Division()
    for row in result.allocation.rows:
        for cell in row.cells:
            for kind in (Kind.FIXED, Kind.FLOORS):
                division = division.with_figure(kind, row.lever.code, cell.unit, 0)
    assert division.count > MOST_IN_LINK
    assert taken(view, division, {}) == (division, ())
    app = screen()
    every = {cell.unit: {"Giao thêm": 0, "Ít nhất": 0} for cell in result.allocation.rows[0].cells}
    busy = {"H21.24": {"Giao thêm": None, "Ít nhất": 0}}
    typed(app, every | busy)
    typed(app, {"H21.24": {"Ít nhất": 0}, TRADE: {"Giao thêm": 1}}, "ORIGINAL_RESULT_AVAILABLE")
    typed(app, {EDUCATION: {"Giao thêm": 1, "Ít nhất": 0}}, "ORIGINAL_RESULT_AVAILABLE")
    assert shared_link(app) == {"div.more": "61"}
    assert "61 số tự đặt, quá 60 nên liên kết không mang theo" in words_on(app)
    other = opened(SCREEN, **LINK, **{"div.more": "61"})
    assert "không mang theo 61 phần tự đặt" in other.warning[0].value


@pytest.mark.usefixtures("place")
def test_what_is_saved_holds_more_shares_than_a_link():
    communes = [unit for unit in load_baseline("gialai-2026-10-10").units if unit > "H21.100"][:75]
    division = Division(fixed=tuple(("ON_TIME", unit, 3) for unit in sorted(communes)))
    app = opened(SIMULATE, **LINK)
    place = by_hand.place_of(app.session_state["scenario"])
    app.session_state[state.DIVISION_FIGURES] = {(place, ""): division}
    save(app.run(), "Chia tay", "An")
    (kept,) = open_store().scenarios.listed()
    shares = kept.newest.content.parameters["share.ON_TIME"].split(",")
    assert (len(shares), kept.newest.content.parameters.get("div.more")) == (75, None)
    address = app.session_state["written-params"]
    assert (address["div.more"], "share.ON_TIME" in address) == ("75", False)
    assert "Đúng như phiên bản đã lưu" in words_on(menu(app))
    # Whatever becomes of them, the saved version brings all of them back.
    app.session_state[state.DIVISION_FIGURES] = {}
    app.run()
    menu(app).button(key="reset-to-saved").click().run()
    assert app.session_state[state.DIVISION_FIGURES][place, ""] == division
    assert "Đúng như phiên bản đã lưu" in words_on(menu(app))


def test_each_way_of_looking_has_its_own_shares_and_the_same_way_to_divide():
    app = screen(**{"share.ON_TIME": f"{TRADE}:50", "div.way": "capacity"})
    app.session_state["scenario"] = replace(GIA_LAI, until=UNTIL)
    app.run()
    assert shared_link(app) == {"div.way": "capacity"}
    app.session_state["scenario"] = GIA_LAI
    app.run()
    assert shared_link(app) == {"div.way": "capacity", "share.ON_TIME": f"{TRADE}:50"}


def test_other_figures_of_the_units_have_their_own_shares(monkeypatch):
    nearest = load_baseline("gialai-2026-10-10")
    fewer = {code: unit for code, unit in nearest.units.items() if unit.level == "department"}
    other = replace(nearest, id="own-list", title={"vi": "Số <b>riêng</b>", "en": "x"}, units=fewer)
    load = library.load
    monkeypatch.setattr(library, "load", lambda name: other if name == other.id else load(name))
    for module in (found, controls):
        monkeypatch.setattr(module, "lists_of", lambda *_: (nearest, other))
    app = screen(**{"share.ON_TIME": f"{TRADE}:50", "div.way": "capacity"})
    picker = next(box for box in app.selectbox if box.key.startswith("dividing-list"))
    picker.set_value(other.id).run()
    assert not app.exception
    assert len(shares(app)) == 14
    assert shared_link(app) == {"div.list": "own-list", "div.way": "capacity"}
    picker = next(box for box in app.selectbox if box.key.startswith("dividing-list"))
    picker.set_value(nearest.id).run()
    assert shared_link(app) == {"div.way": "capacity", "share.ON_TIME": f"{TRADE}:50"}


# What the editor holds


def test_cells_of_the_editor_are_figures_set_by_hand(say):
    edited = {
        0: {"Giao thêm": "1.200"}, 2: {"Ít nhất": " 7 ", "Giao thêm": None}, 1: {"Đơn vị": "x"},
        3: {"Giao thêm": "1,5", "Ít nhất": "2e3"},
    }  # fmt: skip
    found, refused = cells.edits_of(edited, ["A", "B", "C", "D"], "ON_TIME", say)
    assert found == {
        (Kind.FIXED, "ON_TIME", "A"): 1200,
        (Kind.FIXED, "ON_TIME", "C"): None,
        (Kind.FLOORS, "ON_TIME", "C"): 7,
    }
    assert {(error.code, error.fields["value"]) for error in refused} == {
        ("allocation_not_whole", "1,5"), ("allocation_not_whole", "2e3")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("edited", "agrees"),
    [({}, True), ({0: {"n": "1.200"}}, True), ({0: {"n": "1200"}}, True), ({0: {"n": "6"}}, False),
     ({0: {"n": None}}, False), ({0: {"n": "1,5"}}, False), ({1: {"n": None}}, True),
     ({1: {"n": " "}}, True), ({2: {"n": "5"}}, False), ({0: {"gone": "5"}}, False)],
)  # fmt: skip
def test_an_editor_that_no_longer_agrees_with_its_table_is_noticed(edited, agrees, say):
    table = pd.DataFrame({"n": pd.array([1200, None], dtype="Int64")})
    assert cells.agrees(table, edited, say) is agrees


@pytest.mark.parametrize("text", ["1,5", "2e3", "nhiều", "1.5", "12,345"])
def test_what_is_no_whole_number_is_refused_with_a_sentence_and_the_old_value_stands(text):
    app = screen()
    typed(app, {TRADE: {"Giao thêm": 50}})
    before = shares(app)
    typed(app, {TRADE: {"Giao thêm": text}})
    assert f"“{text}” gõ cho đơn vị “Sở Công Thương”" in app.error[0].value.replace("\\", "")
    assert list(shares(app)) == list(before)
    assert shared_link(app) == {"share.ON_TIME": f"{TRADE}:50"}


def test_a_unit_that_can_take_nothing_is_said_to_in_a_sentence():
    app = screen()
    _, result = divided(GIA_LAI)
    full = next(cell for cell in result.allocation.rows[0].cells if not cell.room)
    typed(app, {full.unit: {"Giao thêm": 5}})
    assert "không nhận thêm được phần nào" in app.error[0].value
    assert "từ 0 đến 0" not in words_on(app)


def test_how_few_units_have_counts_is_said_above_the_table(say):
    app = screen()
    told = [item.value for item in app.warning]
    assert any(
        "29/149 đơn vị có số liệu" in text and "120 đơn vị không nhận được chỉ tiêu" in text
        for text in told
    )
    _, result = divided(GIA_LAI)
    lines = summary.few_units(result.allocation.rows, say)
    assert lines == [
        "Chỉ 29/149 đơn vị có số liệu (41,8% hồ sơ của tỉnh); 120 đơn vị không nhận được chỉ tiêu."
    ]
    assert "29 đơn vị; cuộn trong bảng để xem hết" in words_on(app)
    _, result = divided(PHU_THO)
    assert summary.few_units(result.allocation.rows, say) == []
    plan = (("ON_TIME", 900.0), ("ORIGINAL_RESULT_AVAILABLE", 3000.0))
    _, result = divided(replace(PHU_THO, settings=plan))
    assert summary.few_units(result.allocation.rows, say) == [
        "Cấp kết quả điện tử: chỉ 8/12 đơn vị có số liệu (5,6% hồ sơ của tỉnh); "
        "4 đơn vị không nhận được chỉ tiêu."
    ]


def test_half_a_row_tells_that_there_are_more():
    fits, more = (editor._height(pd.DataFrame({"n": range(count)})) for count in (13, 14))
    assert 0 < more - fits < editor.ROW


def test_months_of_a_unit_read_earlier_begin_with_the_provinces_figures():
    app = screen(
        b="vn-2026-10-10", u="H44", until=UNTIL, ON_TIME="900", ORIGINAL_RESULT_AVAILABLE="0",
        PUBLISH_ON_TIME="0",
    )  # fmt: skip
    columns = [column for table in app.table for column in table.value.columns]
    assert any(str(column).startswith("Tháng 10") for column in columns)
    assert not any(str(column).startswith("Tháng 09") for column in columns)
    assert "chỉ tiêu và lộ trình tính từ ngày 10/10/2026" in words_on(app)


# One unit


def test_one_unit_has_shares_groups_place_and_months():
    app = screen(until=UNTIL)
    shown = words_on(app)
    assert "**Sở Nông nghiệp và Môi trường - tỉnh Gia Lai**: tổng điểm 54,66 →" in shown
    assert "Hạng trong danh sách cùng cấp: 11 → 11/14 (đối thủ giữ nguyên)" in shown
    tables = [table.value for table in app.table]
    assert any("Tháng 12" in table.columns for table in tables)
    assert any("Với phần được giao" in table.columns for table in tables)
    picker = next(box for box in app.selectbox if box.key.startswith("dividing-unit"))
    assert picker.options[0] == "Ban Quản lý Khu kinh tế (H21.53)" or "(H21." in picker.options[0]
    picker.set_value(TRADE).run()
    assert "**Sở Công Thương" in words_on(app)


def test_a_unit_without_counts_says_that_it_gets_nothing(say):
    app = screen()
    _, result = divided(GIA_LAI)
    silent = result.allocation.rows[0].without_counts[0]
    picker = next(box for box in app.selectbox if box.key.startswith("dividing-unit"))
    picker.set_value(silent).run()
    assert not app.exception
    assert "không nhận phần nào của kế hoạch" in words_on(app)


def test_places_are_not_claimed_where_the_list_is_not_complete():
    app = screen(
        b="phutho-2026-ytd", u="H44", ON_TIME="3000", ORIGINAL_RESULT_AVAILABLE="0",
        PUBLISH_ON_TIME="0",
    )  # fmt: skip
    shown = words_on(app)
    assert "Không xếp hạng" in shown
    assert "Hạng trong danh sách" not in shown


@pytest.mark.parametrize("scenario", PLACES)
def test_shares_of_a_unit_are_those_of_the_table(scenario, say):
    view, result = divided(scenario)
    for own in result.allocation.units[:5]:
        table = unit_rows.unit_shares(view, result.allocation, own.unit, say)
        wanted = {code: say.count(share) for code, share in own.settings.items()}
        if wanted:
            assert set(wanted.values()) <= set(table["Giao thêm"])
        groups = unit_rows.unit_groups(view, own, say)
        assert groups["Với phần được giao"].iloc[-1] == say.points(own.projection.after.total)


# Downloads and paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_annex_is_downloaded_as_numbers(language):
    say = Speech(language)
    view, result = divided(replace(GIA_LAI, until=UNTIL))
    table = annex.annex(view, result.allocation, listed(view), Division(), say)
    assert len(table) == 2 * 149
    lines = csv_bytes(table, language).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(table)
    assert not any(str(column).startswith(("dividing.", "tables.")) for column in table.columns)
    share = table[say("dividing.share")]
    assert share.isna().sum() == 2 * 120
    assert pd.api.types.is_integer_dtype(share)
    assert ";283;330;85,8;85,8;3;;" in lines[1] or ",283,330,85.8,85.8,3,," in lines[1]
    assert set(table[say("dividing.way")]) == {say("dividing.way_gap")}


def test_the_months_of_every_unit_add_up_to_its_shares(say):
    view, result = divided(PHU_THO)
    table = annex.paths(view, result.allocation, listed(view), say)
    more = table.groupby("Mã đơn vị")["Nhiều hơn giữ nhịp"].sum()
    for own in result.allocation.units:
        if own.settings:
            assert more[own.unit.code] == pytest.approx(own.settings["ON_TIME"], abs=1)
    view, result = divided(GIA_LAI)
    assert annex.paths(view, result.allocation, listed(view), say).empty


def test_the_paper_has_every_row_and_names_are_only_text(say):
    view, result = divided(GIA_LAI)
    row = result.allocation.rows[0]
    numbered = list(enumerate(row.takers, start=1))
    known = words.names((own.unit for own in result.allocation.units), say)
    known[row.cells[0].unit] = "<script>alert(1)</script>"
    table = rows.lever_table(view, row, numbered, Division(), known, say)
    markup = paper.markup(table, say)
    assert markup.count("<tr>") == 29 + 1
    assert "<script>" not in markup
    assert "&lt;script&gt;" in markup
    assert "Ít nhất" not in markup


def test_names_in_sentences_are_only_text(say):
    view = evaluate(GIA_LAI)
    error = ScenarioError("allocation_unknown_unit", unit=TRADE)
    told = words.told(view, error, {TRADE: "![x](http://evil) <b>"}, say)
    assert "\\!\\[x\\]" in told
    assert "\\<b" in told
    assert "(http" not in told.replace("\\(", "")
    assert words.listed([f"unit {k}" for k in range(20)], say).endswith("và 8 đơn vị khác")
