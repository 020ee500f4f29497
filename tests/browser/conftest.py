"""A real browser against a real server on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.bench.browser import chromium, launched
from tests.bench.server import APP, Running, serve

# On a deep link Streamlit's page looks for its server below the link first.
PROBES = ("/_stcore/health", "/_stcore/host-config")

# The same engine without windows to draw on: a quarter less work for this machine.
WINDOWLESS = "chromium-headless-shell"


@dataclass
class Watch:
    """What must not happen while a person works: outside requests, faults in the page."""

    origin: str
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        page.on("request", lambda request: self._requested(request.url))
        page.on("websocket", lambda socket: self._requested(socket.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on(
            "response",
            lambda response: self._answered(response.status, response.url),
        )

    def _requested(self, url: str) -> None:
        if not url.split("://", 1)[-1].startswith(self.origin) and not url.startswith(
            ("data:", "blob:")
        ):
            self.outside.append(url)

    def _said(self, kind: str, text: str) -> None:
        # A failed request is reported here without its address, and by _answered with it.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.faults.append(text)

    def _answered(self, status: int, url: str) -> None:
        if status >= 400 and not url.endswith(PROBES):
            self.faults.append(f"{status} {url}")


def idle(page: Page) -> None:
    """Waits for the end of the run: what is typed or opened before it may be drawn anew."""
    expect(page.locator('[data-testid="stApp"]')).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=30_000
    )


def new_page(
    context: BrowserContext, width: int = 1366, height: int = 768, scheme: str = "light"
) -> Page:
    """A page of this size, ``light`` or ``dark``."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    return page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        chromium(WINDOWLESS)
    except RuntimeError as missing:
        if os.environ.get("REQUIRE_ALL"):
            raise
        pytest.skip(str(missing))
    with launched(WINDOWLESS) as running:
        yield running


@pytest.fixture(scope="session")
def server() -> Iterator[Running]:
    with serve(APP) as running:
        yield running


@pytest.fixture
def watch(server: Running) -> Iterator[Watch]:
    """Every test ends with the proof that nothing left the machine and nothing broke."""
    seen = Watch(f"127.0.0.1:{server.port}")
    yield seen
    assert seen.outside == []
    assert seen.faults == []


@pytest.fixture(scope="session")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    yield made
    made.close()


@pytest.fixture
def context(visitor: BrowserContext) -> Iterator[BrowserContext]:
    """Somebody who was never here before, but for the scripts: reading and compiling those anew
    for every test takes longer than most tests."""
    yield visitor
    for page in visitor.pages:
        page.close()
    visitor.clear_cookies()
    page = visitor.new_page()
    # Also of servers that are gone, so it cannot be done by a page of theirs.
    forget = visitor.new_cdp_session(page)
    for origin in visitor.storage_state()["origins"]:
        forget.send(
            "Storage.clearDataForOrigin",
            {"origin": origin["origin"], "storageTypes": "local_storage,indexeddb"},
        )
    page.close()
