"""The app behind nginx below a path: every step of a person stays below it, in two processes."""

from __future__ import annotations

import os
import re
import signal

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.bench.proxy import BELOW, behind_nginx, nginx
from tests.browser.conftest import Watch, idle
from tests.browser.test_board import entry, settled
from tests.browser.test_browser import ANSWER_MS, TOTAL, opened, shows
from tools.lan_address import lan_address

COOKIE = "mo_phong_766"
CSV = b"unit,indicator,value\nH44,ON_TIME,1\n"
LINKS = "() => [...document.querySelectorAll('a[href]')].map((link) => link.href)"


def test_levers_screens_links_and_files_stay_below_the_path(
    context: BrowserContext, browser: Browser
) -> None:
    if nginx() is None and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("nginx is not here")
    with behind_nginx() as running:
        # As another machine of the network names it: only then is there a QR code.
        host = f"{lan_address()}:{running.port}"
        home, watch = f"http://{host}/{BELOW}", Watch(f"{host}/{BELOW}")
        page = opened(context, home, watch)
        page.get_by_role("link", name="Mô phỏng", exact=True).click()
        entry(page).fill("+20000")
        entry(page).press("Enter")
        settled(page, rf"{home}/mo-phong\?.*ON_TIME=20000")
        shows(page, TOTAL, "62,85")

        page.get_by_role("link", name="Xếp hạng", exact=True).click()
        settled(page, rf"{home}/xep-hang\?.*ON_TIME=20000")
        idle(page)
        assert [link for link in page.evaluate(LINKS) if not link.startswith(home)] == []
        page.get_by_role("button", name="Chia sẻ").click()
        code = page.locator('[role="dialog"] img')
        expect(code).to_have_attribute("src", re.compile(f"/{BELOW}/media/"), timeout=ANSWER_MS)
        assert code.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100
        link = page.locator('[data-testid="stCode"]').inner_text().strip()
        assert link.startswith(f"{home}/xep-hang?")

        # Somebody else, who comes to the other process, as nobody else is in it.
        other = browser.new_context(locale="vi-VN")
        copy = opened(other, link, watch)
        shows(copy, TOTAL, "62,85")
        cookies = [one.cookies(f"{home}/") for one in (context, other)]
        assert {value(each, COOKIE) for each in cookies} == {"1", "2"}

        copy.goto(f"{home}/du-lieu")
        copy.locator('input[type="file"]').set_input_files(
            [{"name": "thu.csv", "mimeType": "text/csv", "buffer": CSV}]
        )
        expect(copy.get_by_text("thu.csv").first).to_be_visible(timeout=ANSWER_MS)
        idle(copy)
        expect(copy.get_by_text("AxiosError")).to_have_count(0)
        other.close()

        os.kill(running.processes[int(value(cookies[0], COOKIE)) - 1].pid, signal.SIGKILL)
        page.reload()
        shows(page, TOTAL, "62,85")
        assert value(context.cookies(f"{home}/"), COOKIE) == value(cookies[1], COOKIE)
        assert (watch.outside, watch.faults) == ([], [])


def value(cookies: list, name: str) -> str:
    return next(cookie["value"] for cookie in cookies if cookie["name"] == name)
