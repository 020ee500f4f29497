"""Shares typed into the table of *Giao chỉ tiêu*, which only a real browser can do."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.bench.server import Running
from tests.browser.conftest import Watch, idle
from tests.browser.test_board import settled
from tests.browser.test_browser import ANSWER_MS, opened

DIVIDING = "/giao-chi-tieu?b=vn-2026-10-10&u=H21&ON_TIME=3000"
GRID = ".st-key-dividing-grid [data-testid='stDataFrame']"
# Pixels: the second unit's row below the head, and the column of the shares.
ROW, ROW_HEIGHT, HEAD = 1, 35, 35
SCROLLED_MS = 300
# A table that is still drawing the cell one stands in takes no key.
STEP_MS = 150
# How many columns stand left of that of the shares.
BEFORE = 4


def divided(context: BrowserContext, server: Running, watch: Watch) -> Page:
    page = opened(context, server.url + DIVIDING, watch)
    expect(page.locator(f"{GRID} canvas").first).to_be_visible(timeout=ANSWER_MS)
    idle(page)
    return page


def type_share(page: Page, text: str) -> None:
    """Into the second row: Sở Công Thương."""
    # Its upper rows would else be below the headline, which stays in sight.
    page.locator(GRID).evaluate("grid => grid.scrollIntoView({ block: 'end' })")
    page.wait_for_timeout(SCROLLED_MS)
    box = page.locator(GRID).bounding_box()
    assert box
    middle = HEAD + ROW_HEIGHT * ROW + ROW_HEIGHT / 2
    page.mouse.click(box["x"] + 20, box["y"] + middle)
    for _ in range(BEFORE):
        page.wait_for_timeout(STEP_MS)
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(STEP_MS)
    page.keyboard.press("Enter")
    cell = page.locator("#portal textarea")
    expect(cell).to_be_focused(timeout=ANSWER_MS)
    cell.fill(text)
    cell.press("Enter")


def test_a_typed_share_is_in_the_link_and_the_rest_is_divided_anew(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = divided(context, server, watch)
    type_share(page, "50")
    settled(page, r"share\.ON_TIME=H21\.05(:|%3A)50$")
    expect(page.get_by_text("giao thêm 3.000 trong 3.000 của kế hoạch")).to_be_visible()
    idle(page)
    type_share(page, "9999")
    refused = page.get_by_text("không giao được 9.999 cho đơn vị “Sở Công Thương”")
    expect(refused).to_be_visible(timeout=ANSWER_MS)
    settled(page, r"share\.ON_TIME=H21\.05(:|%3A)50$")
    idle(page)
    for text in ("1,5", "2e3"):
        type_share(page, text)
        refused = page.get_by_text(f"“{text}” gõ cho đơn vị “Sở Công Thương”")
        expect(refused).to_be_visible(timeout=ANSWER_MS)
        settled(page, r"share\.ON_TIME=H21\.05(:|%3A)50$")
        idle(page)
    page.get_by_role("button", name="Bỏ các số tự đặt (1)").click()
    settled(page, r"ON_TIME=3000(?!.*share)")
    page.go_back()
    settled(page, r"share\.ON_TIME=H21\.05(:|%3A)50$")


def test_the_paper_has_all_units_and_the_sum(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = divided(context, server, watch)
    paper = page.locator(".dividing-paper")
    expect(paper).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(GRID)).to_be_hidden()
    expect(paper).to_be_visible()
    expect(paper.locator("tbody tr")).to_have_count(29 + 1)
    expect(paper.locator("tbody tr").last).to_contain_text("3.000")
