"""What a person does: open, move, type, share, reload, in Chromium.

Levers on the board are in ``test_board.py``; here they are moved with Streamlit's widgets.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.bench.server import APP, Running, serve
from tests.browser.conftest import Watch, idle, new_page

TOTAL = '[data-figure="total"] .figure-value'
RANK = '[data-figure="rank"] .figure-value'
LEVER = ".st-key-lever-ON_TIME"
SLIDER = f'{LEVER} :is(input[type="range"], [role="slider"])'
SCREENS = ("", "/mo-phong", "/uu-tien", "/ke-hoach", "/xep-hang", "/phuong-phap")
ANSWER_MS = 15_000


def opened(context: BrowserContext, url: str, watch: Watch | None = None, **look: Any) -> Page:
    """The page with its figures there; ``look`` as of :func:`new_page`."""
    page = new_page(context, **look)
    if watch:
        watch.on(page)
    page.goto(url)
    expect(page.locator(TOTAL)).to_be_visible(timeout=30_000)
    return page


def shows(page: Page, selector: str, text: str) -> None:
    expect(page.locator(selector)).to_have_text(text, timeout=ANSWER_MS)


def test_a_link_is_the_very_first_request_of_a_fresh_server(context: BrowserContext) -> None:
    with serve(APP) as fresh:
        page = opened(context, f"{fresh.url}/mo-phong?b=vn-2026-10-10&u=H44&ON_TIME=20000")
        shows(page, TOTAL, "62,85")
        expect(page.locator('[role="dialog"]')).to_have_count(0)
        assert page.url.split("?")[0].endswith("/mo-phong")


def test_move_type_and_share(context: BrowserContext, browser: Browser, server: Running,
                             watch: Watch) -> None:  # fmt: skip
    page = opened(context, f"{server.url}/mo-phong?inputs=plain", watch)
    shows(page, TOTAL, "62,18")
    shows(page, RANK, "19/34")

    page.locator(SLIDER).first.focus()
    page.keyboard.press("End")
    shows(page, TOTAL, "64,44")
    shows(page, RANK, "10/34")
    assert page.evaluate("(s) => document.activeElement === document.querySelector(s)", SLIDER)

    # The answer to the key press fills the field too; what is typed before it comes is lost.
    idle(page)
    field = page.locator(f'{LEVER} [data-testid="stTextInput"] input')
    field.fill("3.000")
    field.press("Enter")
    shows(page, TOTAL, "62,30")
    expect(page.locator(f'{LEVER} [data-testid="stSliderThumbValue"]')).to_contain_text(
        "+3.000 hồ sơ"
    )
    expect(page.locator(LEVER)).to_contain_text("599.701 hồ sơ · 89,5%")
    field.fill("12,345")
    field.press("Enter")
    expect(page.locator(f'{LEVER} [data-testid="stAlert"]')).to_contain_text("12345")
    shows(page, TOTAL, "62,30")

    page.wait_for_url("**ON_TIME=3000**")
    other = browser.new_context(locale="vi-VN")
    copy = opened(other, page.url, watch)
    shows(copy, TOTAL, "62,30")
    expect(copy.locator(f'{LEVER} [data-testid="stTextInput"] input')).to_have_value("+3.000")
    other.close()


def test_state_survives_screens_and_reload(context: BrowserContext, server: Running,
                                           watch: Watch) -> None:  # fmt: skip
    page = opened(context, f"{server.url}/mo-phong?ON_TIME=20000&ORIGINAL_RESULT_AVAILABLE=50000",
                  watch)  # fmt: skip
    shows(page, TOTAL, "63,29")
    for name in ("Xếp hạng", "Phương pháp", "Tổng quan", "Mô phỏng"):
        page.get_by_role("link", name=name, exact=True).click()
        shows(page, TOTAL, "63,29")
        page.wait_for_url("**ON_TIME=20000**")
    page.reload()
    shows(page, TOTAL, "63,29")


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_is_whole_and_no_wider_than_its_window(
    context: BrowserContext, server: Running, watch: Watch, screen: str
) -> None:
    page = opened(context, f"{server.url}{screen}?ON_TIME=20000", watch, width=390, height=844)
    for language, total in (("vi", "62,85"), ("en", "62.85")):
        if language == "en":
            idle(page)
            page.get_by_role("radio", name="EN", exact=True).click()
        shows(page, TOTAL, total)
        idle(page)
        page.wait_for_load_state("networkidle")
        for width in (390, 1920, 1366):
            page.set_viewport_size({"width": width, "height": 844})
            # Charts and tables take their new width a moment later.
            fits = "([s, width]) => document.querySelector(s).scrollWidth <= width"
            page.wait_for_function(fits, arg=['[data-testid="stMain"]', width], timeout=ANSWER_MS)
        expect(page.locator('[data-testid="stException"]')).to_have_count(0)
        if screen not in ("/phuong-phap", "/ke-hoach"):
            expect(page.locator('[data-testid="stVegaLiteChart"] svg').first).to_be_visible()


def test_a_script_in_a_link_is_shown_as_text(context: BrowserContext, server: Running,
                                             watch: Watch) -> None:  # fmt: skip
    evil = "<img src=x onerror=alert(1)>![x](http://outside.example/x.png)"
    page = opened(context, f"{server.url}/mo-phong?u={evil}&ON_TIME=20000", watch)
    # Levers of a unit that is not here are not set for another.
    shows(page, TOTAL, "62,18")
    expect(page.locator('[data-testid="stAlert"]').first).to_contain_text("<img src=x")
    assert page.locator('[data-testid="stAlert"] img').count() == 0


def test_numbers_in_charts_have_a_decimal_comma(context: BrowserContext, server: Running,
                                                watch: Watch) -> None:  # fmt: skip
    page = opened(context, f"{server.url}/xep-hang?peers=fixed", watch)
    axis = page.locator('[data-testid="stVegaLiteChart"] .role-axis-label text')
    expect(axis.filter(has_text=",").first).to_be_visible()
    assert axis.filter(has_text=".").count() == 0


def test_the_share_dialog_holds_the_latest_move(context: BrowserContext, server: Running,
                                                watch: Watch) -> None:  # fmt: skip
    page = opened(context, f"{server.url}/mo-phong?ON_TIME=20000&inputs=plain", watch)
    page.locator(SLIDER).first.focus()
    page.keyboard.press("End")
    shows(page, TOTAL, "64,44")
    page.get_by_role("button", name="Chia sẻ").click()
    expect(page.locator('[data-testid="stCode"]')).to_contain_text("ON_TIME=73393")


def test_the_headline_stays_in_sight_while_the_levers_scroll(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = opened(context, f"{server.url}/mo-phong", watch)
    page.locator('[data-group="MDSH"] h4 button').click()
    page.locator('[data-lever="REUSED_DIGITIZED_DATA"]').scroll_into_view_if_needed()
    page.mouse.move(300, 500)
    page.mouse.wheel(0, 900)
    expect(page.locator(TOTAL)).to_be_in_viewport()
    expect(page.locator('[data-testid="stVegaLiteChart"]').first).to_be_in_viewport()


@pytest.mark.parametrize("leave", ["EN", "Xếp hạng", "Chia sẻ"])
def test_an_entry_that_was_not_sent_harms_nothing(
    context: BrowserContext, server: Running, watch: Watch, leave: str
) -> None:
    page = opened(context, f"{server.url}/mo-phong?ON_TIME=20000&inputs=plain", watch)
    page.locator(f'{LEVER} [data-testid="stTextInput"] input').fill("5000")
    page.get_by_text(leave, exact=True).first.click()
    if leave == "EN":
        shows(page, TOTAL, "62.85")
    elif leave == "Chia sẻ":
        expect(page.locator('[data-testid="stCode"]')).to_contain_text("ON_TIME=20000")
    else:
        expect(page.get_by_role("heading", name="Đơn vị liền kề")).to_be_visible()
    expect(page.locator(TOTAL)).to_contain_text("62")
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)


def test_moves_on_several_levers_and_languages_never_make_another_lever_jump(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = opened(context, f"{server.url}/mo-phong?b=phutho-2026-ytd&inputs=plain", watch)
    both = [
        page.locator(f".st-key-lever-{code} input[type='range']").first
        for code in ("ON_TIME", "OVERDUE_FLAG_REPAIRED")
    ]
    for step in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        for thumb in both:
            before = page.locator(TOTAL).inner_text()
            thumb.focus()
            page.keyboard.press(step)
            expect(page.locator(TOTAL)).not_to_have_text(before, timeout=ANSWER_MS)
    page.wait_for_url("**ON_TIME=1000**OVERDUE_FLAG_REPAIRED=500**")
    page.get_by_text("EN", exact=True).click()
    expect(page.locator(TOTAL)).to_contain_text(".", timeout=ANSWER_MS)
    page.locator(".st-key-lever-ON_TIME input[type='range']").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**b=phutho-2026-ytd**ON_TIME=2000**OVERDUE_FLAG_REPAIRED=500**")
