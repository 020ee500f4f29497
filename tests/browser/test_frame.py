"""Undo beside the lever board, which draws nothing of the frame when a lever moves."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Route, expect

from tests.bench.server import Running
from tests.browser.conftest import Watch, idle, new_page
from tests.browser.test_board import board, entry, settled
from tests.browser.test_browser import ANSWER_MS, TOTAL, shows


def test_a_move_on_the_board_is_undone_and_done_again(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch)
    shows(page, TOTAL, "62,18")
    entry(page).fill("+20000")
    entry(page).press("Enter")
    settled(page, "ON_TIME=20000")
    shows(page, TOTAL, "62,85")
    idle(page)
    page.get_by_role("button", name="Hoàn tác thay đổi vừa rồi").click()
    shows(page, TOTAL, "62,18")
    idle(page)
    assert "ON_TIME=" not in page.url
    page.get_by_role("button", name="Làm lại thay đổi vừa hoàn tác").click()
    shows(page, TOTAL, "62,85")
    settled(page, "ON_TIME=20000")
    expect(page.locator('[data-testid="stToast"]')).to_have_count(0)


def test_pickers_drawn_late_show_and_keep_what_the_link_says(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    """On a slow line one can press something before the script of the pickers is there."""
    page = new_page(context)
    watch.on(page)
    late: list[Route] = []
    for script in ("Selectbox", "ButtonGroup"):
        page.route(f"**/{script}.*.js", lambda route: late.append(route))
    page.goto(f"{server.url}/ke-hoach?b=phutho-2026-ytd&u=H44&until=2026-12-31&ON_TIME=9000")
    page.get_by_text("Đổi ngày cuối, lượng còn đến").click(timeout=ANSWER_MS)
    button = page.get_by_role("button", name="Dùng", exact=True)
    expect(button).to_be_visible(timeout=ANSWER_MS)
    idle(page)
    place = page.get_by_label("Đơn vị", exact=True)
    expect(place).to_have_count(0)
    assert len(late) == 2
    for one in late:
        one.continue_()
    expect(place).to_have_value("Phú Thọ")
    idle(page)
    button.click()
    idle(page)
    page.wait_for_timeout(500)
    idle(page)
    expect(place).to_have_value("Phú Thọ")
    expect(page.get_by_role("radio", name="VI", exact=True)).to_be_checked()
    assert "u=H44&" in page.url
    assert "ON_TIME=9000" in page.url
    assert "until=2026-12-31" in page.url
