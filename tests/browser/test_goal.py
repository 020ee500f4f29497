"""From a goal to its plan, the scenario, the months and the units, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.bench.server import Running
from tests.browser.conftest import Watch, idle
from tests.browser.test_board import settled
from tests.browser.test_browser import ANSWER_MS, opened

GOAL = "/muc-tieu?b=vn-2026-10-10&u=H44&until=2026-12-31"
PROMISED = re.compile(r"tổng điểm 62,18 → ([0-9,]+)")


def asked(context: BrowserContext, server: Running, watch: Watch, link: str = GOAL) -> Page:
    page = opened(context, server.url + link, watch)
    expect(page.get_by_role("heading", name="Muốn đạt")).to_be_visible(timeout=ANSWER_MS)
    idle(page)
    return page


def promised(page: Page) -> str:
    """The total the sentence of the answer promises."""
    answer = page.get_by_text(PROMISED).first
    expect(answer).to_be_visible(timeout=ANSWER_MS)
    found = PROMISED.search(answer.inner_text())
    assert found
    return found[1].rstrip(",")


def total(page: Page) -> str:
    return page.locator('[data-figure="total"] .figure-value').inner_text()


def test_a_typed_goal_is_answered_and_taking_the_plan_gives_the_promised_total(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = asked(context, server, watch)
    page.get_by_role("radio", name="Tổng điểm").or_(
        page.get_by_role("button", name="Tổng điểm", exact=True)
    ).first.click()
    idle(page)
    field = page.get_by_label("Tổng điểm (0–100)")
    field.fill("65,5")
    field.press("Enter")
    settled(page, r"t\.total=65\.5(&|$)")
    expect(page.get_by_text("Ít giờ công nhất để đạt 65,50 điểm").first).to_be_visible(
        timeout=ANSWER_MS
    )
    score = promised(page)
    idle(page)
    page.get_by_role("button", name="Đưa vào và xem theo tháng").click()
    expect(page).to_have_url(re.compile("/ke-hoach"), timeout=ANSWER_MS)
    idle(page)
    assert total(page) == score
    page.get_by_role("link", name="Giao chỉ tiêu").click()
    expect(page).to_have_url(re.compile("/giao-chi-tieu"), timeout=ANSWER_MS)
    idle(page)
    assert total(page) == score


def test_the_link_of_a_question_gives_another_browser_the_same_answer(
    browser: Browser, context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = asked(context, server, watch, f"{GOAL}&t.rank=12&t.certainty=0.8&h.PAY_PROCEDURE=20")
    score, link = promised(page), page.url
    assert "t.rank=12" in link
    other = browser.new_context(locale="en-US")
    try:
        there = opened(other, link, watch)
        assert promised(there) == score
    finally:
        other.close()
