"""*Dữ liệu* in a real browser: from a template or the portal's files to a what-if."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as Late

from tests.bench.server import APP, Running, serve
from tests.browser.conftest import Watch, idle
from tests.browser.test_browser import ANSWER_MS, TOTAL, shows
from tests.paths import PROJECT

DATA = "/du-lieu"
PHU_THO = PROJECT.parent / "shared/data/portal/phutho"
# Counts of two made-up communes: enough to move the first two groups.
COUNTS = {
    "hồ sơ đúng hạn (totalOnTime)": (900, 1800),
    "hồ sơ tiếp nhận (totalReceived)": (1000, 2000),
    "hồ sơ nộp trực tuyến (channelOnlineSum)": (450, 800),
    "hồ sơ nộp qua mọi kênh (channelTotalSum)": (1000, 2000),
}


@pytest.fixture
def server(tmp_path) -> Iterator[Running]:
    """A server whose store is empty and belongs to one test."""
    with serve(APP, SIMULATOR_DATA_DIR=str(tmp_path / "kept")) as running:
        yield running


def on_data(context: BrowserContext, server: Running, watch: Watch, link: str = "") -> Page:
    page = context.new_page()
    watch.on(page)
    page.goto(f"{server.url}{DATA}{link}")
    expect(page.locator('[data-testid="stFileUploader"]')).to_be_visible(timeout=ANSWER_MS)
    return page


def drop(page: Page, *files: str | Path | dict[str, object]) -> None:
    page.locator('input[type="file"]').set_input_files(list(files))


def year_to_date(page: Page) -> None:
    """The period is asked, like the day: no file of the portal tells it."""
    idle(page)
    box = page.get_by_role("combobox", name="Kỳ tính điểm")
    wanted = page.get_by_role("option", name="Năm, lũy kế đến ngày lấy số liệu")
    for _ in range(3):
        # An answer of the server that arrives now draws the box anew and closes its list.
        box.press("ArrowDown")
        with suppress(Late):
            wanted.click(timeout=ANSWER_MS / 6)
            break
        idle(page)
    expect(box).to_have_value("Năm, lũy kế đến ngày lấy số liệu")
    idle(page)


def date_is(page: Page, digits: str) -> None:
    page.locator('[data-testid="stDateInput"] [role="spinbutton"]').first.click()
    page.keyboard.type(digits)
    page.keyboard.press("Escape")


def keep(page: Page) -> None:
    button = page.locator(".st-key-keep-figures button")
    expect(button).to_be_enabled(timeout=ANSWER_MS)
    button.click()
    expect(page.get_by_text("Đã nạp “")).to_be_visible(timeout=ANSWER_MS)


def filled(template: bytes) -> bytes:
    """The template as a person fills it: two communes, a few counts, the period."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    for k, (code, name) in enumerate([("H44.301", "UBND xã Một"), ("H44.302", "UBND xã Hai")]):
        row = 3 + k
        for column, value in enumerate((code, name, "Xã, phường"), start=1):
            sheet.cell(row, column, value)
        for column in range(4, sheet.max_column + 1):
            header = str(sheet.cell(2, column).value).partition(": ")[2]
            for words, values in COUNTS.items():
                if header == words:
                    sheet.cell(row, column, values[k])
    about = book.worksheets[1]
    about["B1"] = "2026-ytd"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_who_has_never_seen_the_app_fills_two_rows_of_the_template_and_simulates(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = on_data(context, server, watch)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải biểu mẫu trống").click()
    content = filled(Path(download.value.path()).read_bytes())
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    drop(page, {"name": "bieu-mau.xlsx", "mimeType": kind, "buffer": content})
    expect(page.get_by_text("Đọc được 2 đơn vị")).to_be_visible(timeout=ANSWER_MS)
    date_is(page, "20112026")
    keep(page)
    page.get_by_role("button", name="Mở để mô phỏng").click()
    page.wait_for_url("**/mo-phong?**")
    expect(page.get_by_label("Đơn vị")).to_be_visible(timeout=ANSWER_MS)
    # 900 of 1,000 on time: 18 of 20; the other groups are not all known, so there is no total.
    expect(page.get_by_text("18,00/20").first).to_be_visible(timeout=ANSWER_MS)


@pytest.mark.skipif(
    not PHU_THO.is_dir(), reason="the collection of real figures ../shared/data is not here"
)
def test_the_six_files_of_phu_tho_dropped_together_give_61_89(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = on_data(context, server, watch)
    drop(page, *sorted(PHU_THO.glob("*/year.json")))
    expect(page.get_by_text("Đọc được 13 đơn vị")).to_be_visible(timeout=ANSWER_MS)
    year_to_date(page)
    date_is(page, "26092026")
    keep(page)
    page.get_by_role("button", name="Mở để mô phỏng").click()
    page.wait_for_url("**/mo-phong?**")
    shows(page, TOTAL, "61,89")
    # Another person finds the office's figures first.
    other = context.new_page()
    watch.on(other)
    other.goto(server.url)
    shows(other, TOTAL, "61,89")


def test_swapped_columns_are_refused_with_the_swap_named(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = on_data(context, server, watch)
    text = "unit,name,level,CLGQ,TTTT\nH44,UBND tỉnh Phú Thọ,province,6.67,11.20\n"
    drop(page, {"name": "doi-cot.csv", "mimeType": "text/csv", "buffer": text.encode()})
    expect(page.get_by_text("đổi chỗ").first).to_be_visible(timeout=ANSWER_MS)
    expect(page.get_by_text("Chưa nạp được")).to_be_visible()
    expect(page.locator(".st-key-keep-figures")).to_have_count(0)


def test_columns_nobody_could_know_are_asked(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = on_data(context, server, watch)
    text = "Cột một;Cột hai;Cột ba\nH44.301;UBND xã Một;17,68\nH44.302;UBND xã Hai;16,50\n"
    drop(page, {"name": "bang.csv", "mimeType": "text/csv", "buffer": text.encode()})
    expect(page.get_by_text("Cho biết ý nghĩa các cột")).to_be_visible(timeout=ANSWER_MS)
    expect(page.locator('[data-testid="stDataFrame"]').first).to_be_visible()


def test_deleted_figures_are_brought_back(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = on_data(context, server, watch)
    text = (
        "unit,name,level,code,numerator,denominator\nH44,UBND tỉnh Phú Thọ,province,ON_TIME,9,10\n"
    )
    drop(page, {"name": "mot.csv", "mimeType": "text/csv", "buffer": text.encode()})
    expect(page.get_by_text("Đọc được 1 đơn vị")).to_be_visible(timeout=ANSWER_MS)
    year_to_date(page)
    date_is(page, "20112026")
    keep(page)
    page.get_by_text("Kho số liệu", exact=True).click()
    table = page.locator('[data-testid="stDataFrame"]').first
    expect(table).to_be_visible(timeout=ANSWER_MS)
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + 53)
    page.get_by_role("button", name="Xóa", exact=True).click()
    expect(page.get_by_text(re.compile("Đã xóa “"))).to_be_visible(timeout=ANSWER_MS)
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    expect(page.get_by_text(re.compile("Đã xóa “"))).to_have_count(0, timeout=ANSWER_MS)
