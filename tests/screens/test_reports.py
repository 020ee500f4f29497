"""*Báo cáo*: what is chosen is what is ordered, made beside the server, and told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.reports import asked, asking, ordered, preview, sheet
from pages.ui.shell import PAGES
from simulator import library
from simulator.errors import DataError
from simulator.reports.blocks import (
    Align,
    Annex,
    Chart,
    Content,
    Grid,
    Heading,
    Items,
    Paragraph,
)
from simulator.reports.order import Order, Part
from simulator.reports.worker import Workshop
from simulator.reports.worker_states import Limits, Waiting, Working
from simulator.store import NewVersion, open_store
from simulator.text import catalogue
from tests.screens import one_part
from tests.screens.test_screens import opened, words

SCREEN = f"pages/screens/{PAGES['bao-cao'][0]}"
ENOUGH_S = 20.0
WICKED = "=cmd() <script>alert(1)</script> **đậm**"

pytestmark = pytest.mark.usefixtures("place", "workshop")


@pytest.fixture(scope="module")
def running() -> Iterator[Workshop]:
    made = Workshop("tests.reports.makers:make")
    yield made
    made.close()


@pytest.fixture
def workshop(running: Workshop, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """Makes small files, or does what the name of the scenario says."""
    monkeypatch.setattr(ordered, "WORKSHOP", running)
    monkeypatch.setattr(running, "limits", Limits())
    return running


def part(open_boxes: dict[str, Any] | None = None, **link: str) -> AppTest:
    """The screen below the headline."""
    whole = {"b": "phutho-2026-ytd", "u": "H44"} | link
    return one_part.part("pages.ui.reports.parts", "draw_reports", whole, open_boxes)


def saved(name: str, edition: str = "2026-portal", unit: str = "H44",
          baseline: str = "phutho-2026-ytd", note: str = "", **params: str) -> str:  # fmt: skip
    """Saves a scenario; the mark of its version."""
    there = library.load(baseline)
    said = {"b": baseline, "u": unit, **params}
    new = NewVersion(name, "Ánh", note, edition, baseline, there.fingerprint, unit, said)
    made = open_store().scenarios.create(new)
    return f"{made.scenario_id}.{made.number}"


def press(app: AppTest, key: str = "report-make") -> AppTest:
    return app.button(key=key).click().run()


def order_of(app: AppTest) -> Order:
    order: Order = app.session_state["ordered-report"].order
    return order


def finished(app: AppTest) -> AppTest:
    """The screen once the order is over."""
    ticket, end = app.session_state["ordered-report"], time.monotonic() + ENOUGH_S
    while isinstance(ticket.state, Waiting | Working) and time.monotonic() < end:
        time.sleep(0.02)
    return app.run()


def files(app: AppTest) -> list[str]:
    return [str(item.proto.label).replace("\\", "") for item in app.get("download_button")]


def tick(app: AppTest, *parts: Part) -> AppTest:
    """Exactly these parts."""
    for one in Part:
        app.checkbox(key=f"report-part-{one}").set_value(one in parts)
    return app.run()


def told(app: AppTest, kind: str) -> str:
    return "\n".join(str(item.value) for item in app.get(kind)).replace("\\", "")


def test_paper_page_and_workbook_of_the_scenario_of_now_are_one_click_away():
    app = part(ON_TIME="20000", until="2026-12-31")
    assert not app.exception
    shown = words(app).replace("\\", "")
    assert "Kịch bản đề xuất: **Kịch bản chưa lưu** · Phú Thọ" in shown
    assert "thời điểm đọc số liệu: 26/09/2026" in shown
    assert "Chưa thay đổi đòn bẩy nào" not in shown
    order = order_of(press(app))
    assert order.parts == (Part.PAPER, Part.PAGE, Part.WORKBOOK)
    assert (order.language, order.with_pdf, order.templates) == ("vi", False, {})
    assert order.day == asked.today()
    assert order.letterhead is not None
    assert order.letterhead.place == "Phú Thọ"
    (content,) = order.chosen
    assert (content.name, content.unit, content.baseline) == (
        "Kịch bản chưa lưu", "H44", "phutho-2026-ytd",
    )  # fmt: skip
    assert content.parameters["ON_TIME"] == "20000"
    assert content.parameters["until"] == "2026-12-31"


def test_what_was_made_can_be_fetched_at_once_and_file_by_file():
    app = finished(press(part(s=saved("An", note="1500000", ON_TIME="20000"), ON_TIME="20000")))
    assert not app.exception
    assert files(app) == ["Tải tất cả 2 tệp (ZIP, 1\u00a0kB)", "a.docx · 1\u00a0kB"]
    assert any("kèm theo (1)" in one.label for one in app.expander)
    assert "a warning" in words(app)
    assert "Của kịch bản “An”" in words(app)
    app.session_state[f"report-others-{app.session_state['ordered-report'].key}"] = True
    assert files(app.run())[2:] == ["bieu-do/b.png · 1,5\u00a0MB"]
    # The same again: the way to make it is there, but nothing asks for it.
    assert told(app, "warning") == ""


def test_what_was_made_before_a_change_says_so_and_can_be_made_anew():
    app = finished(press(part(ON_TIME="20000")))
    app.query_params["ON_TIME"] = "30000"
    app.run()
    assert "được lập trước khi kịch bản thay đổi" in told(app, "warning")
    assert len(files(app)) == 2
    app = finished(press(app))
    assert told(app, "warning") == ""
    assert order_of(app).chosen[0].parameters["ON_TIME"] == "30000"
    tick(app, Part.CHARTS)
    assert "lập với lựa chọn khác" in told(app, "warning")
    app.query_params["u"] = "H44.01"
    app.query_params["ON_TIME"] = "5"
    app.run()
    assert "của đơn vị khác" in told(app, "warning")


def test_parts_language_and_day_are_as_chosen_and_stay_on_other_screens():
    app = opened(SCREEN, b="phutho-2026-ytd", u="H44", ON_TIME="20000")
    tick(app, Part.ANNOUNCEMENT, Part.TABLES)
    app.date_input(key="report-day").set_value(date(2026, 12, 5)).run()
    picker = next(one for one in app.get("button_group") if "report-language" in one.key)
    picker.set_value("en").run()
    app.switch_page(f"pages/screens/{PAGES['so-sanh'][0]}").run()
    app.switch_page(SCREEN).run()
    assert not app.exception
    assert app.checkbox(key="report-part-announcement").value
    assert not app.checkbox(key="report-part-paper").value
    order = order_of(press(app))
    assert order.parts == (Part.ANNOUNCEMENT, Part.TABLES)
    assert (order.language, order.day) == ("en", date(2026, 12, 5))
    assert order.letterhead is not None
    assert "PEOPLE'S COMMITTEE" in order.letterhead.authority.upper().replace("’", "'")
    app.switch_page(f"pages/screens/{PAGES['so-sanh'][0]}").run()
    assert files(finished(app.switch_page(SCREEN).run()))


def test_what_is_chosen_in_the_moment_before_the_button_is_ordered():
    """A busy server hears of both at once."""
    app = part()
    app.checkbox(key="report-part-workbook").uncheck()
    app.checkbox(key="report-part-charts").check()
    assert order_of(press(app)).parts == (Part.PAPER, Part.PAGE, Part.CHARTS)


def test_a_press_that_comes_with_the_last_part_taken_away_orders_nothing():
    app = part()
    for one in Part:
        app.checkbox(key=f"report-part-{one}").uncheck()
    press(app)
    assert "ordered-report" not in app.session_state
    app = tick(app, Part.PAGE)
    assert "ordered-report" not in app.session_state


def test_without_a_part_there_is_nothing_to_order():
    app = tick(part())
    assert app.button(key="report-make").disabled
    assert "Chọn ít nhất một phần" in words(app)


def test_alternatives_come_from_the_library_under_the_same_rules():
    mine = saved("Của tôi", ON_TIME="20000")
    other, third = saved("Khác", ON_TIME="10000"), saved("Ba", PUBLISH_ON_TIME="5")
    saved("Cũ", edition="2022-2025", unit="tth", baseline="tth-2022")
    app = part(s=mine, ON_TIME="20000")
    assert "Kịch bản đề xuất: **Của tôi** · Phú Thọ" in words(app)
    field = next(one for one in app.multiselect if one.key.startswith("report-others-"))
    assert len(field.options) == 2
    assert not any("Của tôi" in option for option in field.options)
    field.set_value([other, third]).run()
    assert [one.name for one in order_of(press(app)).chosen] == ["Của tôi", "Khác", "Ba"]
    app.query_params["ON_TIME"] = "25000"
    app.run()
    assert "Của tôi (có thay đổi chưa lưu)" in words(app).replace("\\", "")


def test_pdf_is_offered_where_it_can_be_made_and_explained_where_not(monkeypatch):
    monkeypatch.setattr(asking, "converter", lambda: None)
    app = part()
    assert "máy chủ cần có LibreOffice Writer" in words(app)
    assert not app.toggle
    monkeypatch.setattr(asking, "converter", lambda: "soffice")
    app.run()
    app.toggle(key="report-pdf").set_value(True).run()
    assert order_of(press(app)).with_pdf
    app = tick(finished(app), Part.CHARTS)
    assert app.toggle(key="report-pdf").disabled
    assert not order_of(press(app)).with_pdf


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({}, "Chưa thay đổi đòn bẩy nào: văn bản trình ký sẽ là báo cáo hiện trạng"),
        ({"b": "bencau-2023-02", "u": "ben-cau"}, "kết quả mô phỏng là ước tính"),
        ({"b": "province-2023-11", "u": "unnamed-province"}, "chưa có tổng điểm được công bố"),
    ],
)
def test_what_weak_figures_mean_for_the_papers_is_said(link, sentence):
    app = part(**link)
    assert not app.exception
    assert sentence in words(app)


def test_without_a_library_the_open_scenario_can_be_reported_on(monkeypatch):
    def broken() -> None:
        raise DataError("store_damaged", what="x")

    monkeypatch.setattr(asking, "kept_scenarios", broken)
    app = part()
    assert not app.exception
    assert "chỉ lập được cho kịch bản đang mở" in told(app, "warning")
    assert not app.button(key="report-make").disabled


# Making


def test_while_it_is_made_one_sees_how_far_it_is_and_can_cancel():
    app = press(part(s=saved("slow", ON_TIME="20000"), ON_TIME="20000"))
    ticket, end = app.session_state["ordered-report"], time.monotonic() + ENOUGH_S
    while ticket.state != Working("workbook", 1, 2) and time.monotonic() < end:
        time.sleep(0.02)
    app.run()
    assert not app.exception
    bar = app.get("progress")[0].proto
    assert (bar.value, bar.text) == (50, "Bước 2/2: bảng tính có công thức")
    # Twice is once: there is no second button, and no second order.
    assert not [one for one in app.button if one.key == "report-make"]
    press(app, "report-cancel")
    finished(app)
    assert "Đã hủy theo yêu cầu" in words(app)
    assert app.button(key="report-make")


def test_who_orders_while_others_wait_sees_how_many(workshop):
    slow = press(part(s=saved("slow", ON_TIME="20000"), ON_TIME="20000"))
    other = press(part(ON_TIME="5"))
    assert other.get("progress")[0].proto.text == "Đang chờ: trước báo cáo này còn 1 báo cáo."
    workshop.limits = Limits(waiting=1)
    third = press(part(ON_TIME="6"))
    assert "Đang có 1 báo cáo chờ lập" in told(third, "error")
    press(slow, "report-cancel")
    assert files(finished(other))
    assert files(finished(press(third)))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("dies", "Tiến trình lập báo cáo đã bị dừng giữa chừng"),
        ("broken", "do lỗi của phần mềm"),
        ("wrong", "Việc chuyển sang PDF quá 60 giây"),
    ],
)
def test_what_failed_is_one_sentence_and_the_next_order_works(name, sentence):
    app = finished(press(part(s=saved(name, ON_TIME="20000"), ON_TIME="20000")))
    assert not app.exception
    assert sentence in told(app, "error")
    assert "Traceback" not in words(app)
    assert not files(app)
    app.query_params.clear()
    for key, value in {"b": "phutho-2026-ytd", "u": "H44", "ON_TIME": "7"}.items():
        app.query_params[key] = value
    assert files(finished(press(app.run())))


def test_a_reload_finds_what_was_ordered_and_a_link_one_shares_does_not_name_it(workshop):
    app = opened(SCREEN, b="phutho-2026-ytd", u="H44", ON_TIME="20000")
    key = press(app).session_state["ordered-report"].key
    finished(app)
    reloaded = opened(SCREEN, b="phutho-2026-ytd", u="H44", ON_TIME="20000", report=key)
    assert files(reloaded) == ["Tải tất cả 2 tệp (ZIP, 1\u00a0kB)", "a.docx · 1\u00a0kB"]
    press(reloaded, "share")
    assert not reloaded.exception
    assert key not in str(reloaded.code[0].value)
    workshop.limits = Limits(kept=0)
    assert "không còn được giữ trên máy chủ" in words(reloaded.run())
    # One that nobody knows any more says nothing.
    later = opened(SCREEN, b="phutho-2026-ytd", u="H44", ON_TIME="20000", report=key)
    assert not later.exception
    assert told(later, "warning") == ""
    assert not files(later)


def test_the_language_of_the_screen_can_change_while_a_report_is_made():
    app = press(part(s=saved("slow", ON_TIME="20000"), ON_TIME="20000"))
    app.query_params["lang"] = "en"
    app.run()
    assert not app.exception
    assert app.get("progress")[0].proto.text.startswith(("Starting", "Step"))
    press(app, "report-cancel")
    assert "Cancelled as you asked" in words(finished(app))
    assert order_of(app).language == "vi"


# Preview


@pytest.mark.parametrize("one", ["paper", "page", "announcement"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_document_can_be_seen_before_it_is_made(one, language):
    boxes = {"report-preview": True, f"report-preview-of-{language}": Part(one)}
    app = part(boxes, b="vn-2026-10-10", ON_TIME="20000", lang=language)
    assert not app.exception
    shown = words(app)
    assert {"vi": "62,18", "en": "62.18"}[language] in shown
    if one == "paper":
        assert {"vi": "62,85", "en": "62.85"}[language] in shown
        assert app.get("vega_lite_chart")
    assert catalogue(language)["document.motto"] in shown


def test_the_preview_costs_nothing_until_it_is_opened(monkeypatch):
    asked_for = []
    monkeypatch.setattr(preview, "content_of", lambda *given: asked_for.append(given))
    app = part(ON_TIME="20000")
    assert not app.exception
    assert asked_for == []


def test_a_preview_that_cannot_be_made_says_why(monkeypatch):
    def broken(*_: object) -> None:
        raise DataError("report_failed")

    monkeypatch.setattr(preview, "content_of", broken)
    app = part({"report-preview": True})
    assert not app.exception
    assert "Không lập được báo cáo do lỗi của phần mềm" in told(app, "error")


def test_a_sheet_holds_all_blocks_in_their_order_and_nothing_of_them_is_markup():
    chart = Chart("groups", WICKED, WICKED, WICKED, {}, 640, 200)
    blocks = (
        Heading(WICKED), Paragraph(WICKED), Paragraph(WICKED, is_note=True), Items((WICKED,)),
        Grid(WICKED, ("A", WICKED), ((WICKED, "1"), ("x", "2")), (Align.LEFT, Align.RIGHT),
             (2, 1), frozenset({1}), WICKED),
        chart, Annex(WICKED, WICKED),
    )  # fmt: skip
    fields = dict.fromkeys(("co_quan", "ten_loai", "trich_yeu", "nguoi_ky"), WICKED)
    content = Content(
        fields, {"mo_dau": blocks, "phu_luc": (Paragraph("last"),)}, {"noi_nhan": (WICKED,)}
    )
    before, drawn, after = sheet.pieces(content, Part.PAPER, "Nơi nhận:")
    assert drawn is chart
    assert isinstance(before, str)
    assert isinstance(after, str)
    markup = before + after
    assert "<script" not in markup
    assert markup.count("&lt;script&gt;") == 18
    assert '<td style="text-align: right">1</td>' in before
    assert '<tr class="report-sum"><td style="text-align: left">x</td>' in before
    assert after.index("Nơi nhận:") < after.index("last")


def test_charts_of_the_preview_are_drawn_for_white_paper():
    found = preview.on_screen(
        Chart("a", "", "", "", {"padding": 6, "config": {"axis": {"labelLimit": 0}}}, 640, 200)
    )
    assert found["padding"] == {"left": 6, "right": 6, "top": 6, "bottom": 6}
    assert found["config"]["axis"] == {"gridColor": preview.GRID, "labelLimit": 0}
