"""*Báo cáo*: ordered with the keyboard, fetched as files that hold the figures on the screen."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.bench.server import Running
from tests.browser.conftest import Watch, idle, new_page
from tests.browser.test_browser import TOTAL, shows
from tests.browser.test_scenarios import MISSED, MOST_TABS, REACHED

PHU_THO = "b=vn-2026-10-10&u=H44&ON_TIME=20000"
GIA_LAI = "b=vn-2026-10-10&u=H21&PUBLISH_ON_TIME=5"
FILES, MAKE, PROGRESS = ".st-key-report-files", ".st-key-report-make button", "stProgress"
CHART = '[data-testid="stVegaLiteChart"]'
ENOUGH_MS = 60_000


def opened(
    context: BrowserContext, server: Running, watch: Watch, link: str, scheme: str = "light"
) -> Page:
    page = new_page(context, scheme=scheme)
    watch.on(page)
    page.goto(f"{server.url}/bao-cao?{link}")
    expect(page.locator(MAKE)).to_be_visible(timeout=30_000)
    idle(page)
    return page


def order(page: Page) -> None:
    page.locator(MAKE).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id(PROGRESS)).to_be_visible(timeout=30_000)


def made(page: Page) -> None:
    expect(page.locator(FILES)).to_be_visible(timeout=ENOUGH_MS)
    idle(page)


def only(page: Page, *names: str) -> None:
    """Ticks exactly the parts whose labels begin with ``names``."""
    for box in page.locator('.st-key-report-parts [data-testid="stCheckbox"]').all():
        is_wanted = box.inner_text().strip().startswith(names)
        if box.locator("input").is_checked() != is_wanted:
            box.locator("label").click()
            idle(page)


def fetched(page: Page, name: str) -> bytes:
    """What the button whose words hold ``name`` saves."""
    button = page.locator(FILES).get_by_role("button").filter(has_text=re.compile(name)).first
    button.focus()
    with page.expect_download(timeout=ENOUGH_MS) as waiting:
        page.keyboard.press("Enter")
    return Path(waiting.value.path()).read_bytes()


def text_of(docx: bytes) -> str:
    document = Document(io.BytesIO(docx))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(one.text for one in (*document.paragraphs, *cells))


def worker_of(server: Running) -> psutil.Process:
    children = psutil.Process(server.pid).children(recursive=True)
    return next(one for one in children if "simulator.reports.worker_process" in one.cmdline())


def test_a_report_ordered_with_the_keyboard_holds_the_figures_on_the_screen(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = opened(context, server, watch, PHU_THO)
    shows(page, TOTAL, "62,85")
    order(page)
    made(page)
    archive = zipfile.ZipFile(io.BytesIO(fetched(page, "ZIP")))
    assert archive.testzip() is None
    names = archive.namelist()
    assert any(name.endswith("manifest.json") for name in names)
    papers = [name for name in names if name.endswith(".docx")]
    assert len(papers) == 2
    paper = fetched(page, r"ke-hoach.*\.docx")
    assert paper in [archive.read(name) for name in papers]
    said = text_of(paper)
    for figure in ("62,85", "62,18", "19/34"):
        assert figure in said
    assert zipfile.ZipFile(io.BytesIO(fetched(page, r"\.xlsx"))).testzip() is None
    # The page was not drawn anew for any of them.
    expect(page.locator(FILES)).to_be_visible()


def test_a_reload_another_screen_and_another_language_lose_nothing_that_is_being_made(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = opened(context, server, watch, PHU_THO)
    only(page, "Văn bản", "Biểu đồ")
    order(page)
    idle(page)
    page.wait_for_url("**report=*")
    page.reload()
    expect(page.locator(f'[data-testid="{PROGRESS}"], {FILES}')).to_be_visible(timeout=30_000)
    idle(page)
    page.get_by_role("link", name="So sánh").click()
    expect(page.locator('[data-testid="stMultiSelect"]').first).to_be_visible(timeout=30_000)
    idle(page)
    page.get_by_role("radio", name="EN").click()
    page.get_by_role("link", name="Reports").click()
    made(page)
    expect(page.locator(FILES)).to_contain_text("ke-hoach")
    # Nothing of it is in the way of another report, nor in what one sends to others.
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog").locator("code")).not_to_contain_text("report=")


def test_two_people_order_at_once_and_each_gets_the_own_report(
    browser: Browser, context: BrowserContext, server: Running, watch: Watch
) -> None:
    an = opened(context, server, watch, PHU_THO)
    other = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    binh = opened(other, server, watch, GIA_LAI)
    for page in (an, binh):
        only(page, "Tóm tắt")
    order(an)
    order(binh)
    for page, unit in ((an, "PHÚ THỌ"), (binh, "GIA LAI")):
        made(page)
        assert unit in text_of(fetched(page, r"\.docx")).upper()
    other.close()


def test_a_process_that_is_killed_is_told_and_the_next_order_works(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = opened(context, server, watch, PHU_THO)
    order(page)
    worker_of(server).kill()
    failed = page.locator('.st-key-report-making [data-testid="stAlert"]')
    expect(failed).to_contain_text("đã bị dừng giữa chừng", timeout=30_000)
    idle(page)
    only(page, "Tóm tắt")
    order(page)
    made(page)
    expect(failed).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_keyboard_reaches_everything_and_axe_finds_no_serious_violation(
    context: BrowserContext, server: Running, watch: Watch, scheme: str
) -> None:
    page = opened(context, server, watch, PHU_THO, scheme=scheme)
    page.locator(".st-key-report-preview summary").press("Enter")
    expect(page.locator(".st-key-report-sheet")).to_contain_text("62,85", timeout=30_000)
    chart = page.locator(f".st-key-report-sheet {CHART}").first
    expect(chart.locator("svg.marks")).to_be_visible()
    assert "8,07" in (chart.get_attribute("aria-label") or "")
    idle(page)
    # Vega's drawings are Vega's own; what they show is said by the name of the whole.
    violations = Axe().run(page, {"exclude": [[CHART]]}).response["violations"]
    serious = [
        (one["id"], [node["target"] for node in one["nodes"]][:3])
        for one in violations
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    # The first round begins where the preview was opened.
    for _ in range(2):
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            if not page.evaluate(REACHED):
                break
    # The day can be typed and has a button for its calendar; the browser's own field is no stop.
    assert [one for one in page.evaluate(MISSED) if 'tabindex="-1"' not in one] == []
    # The sheet is white paper on any screen, and no wider than the window.
    sheet = page.locator(".st-key-report-sheet")
    assert sheet.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
