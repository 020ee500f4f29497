"""Undo beside the lever board, which draws nothing of the frame when a lever moves."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect

from tests.bench.server import Running
from tests.browser.conftest import Watch, idle
from tests.browser.test_board import board, entry, settled
from tests.browser.test_browser import TOTAL, shows


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
