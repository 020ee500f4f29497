"""What a person at a browser waits for: the first page, and the answer to a slider."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.bench.measure import Result, below, median, p95
from tests.bench.server import APP, BARE_APP, serve

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# In the headline of the app, and in the metric of the pages it is compared with.
TOTAL = '[data-figure="total"] .figure-value, .st-key-total [data-testid="stMetricValue"]'
SLIDER = (
    '[data-testid="stSlider"] :is(input[type="range"], [role="slider"]), '
    '[data-lever] input[type="range"]'
)
SCREEN, PLAIN = "/mo-phong", "?inputs=plain"
STARTS = 5
FIRST_PAGE_S = 5
LARGEST_RATIO = 1.5
MOVES = 40
WARM_UP = 5
PAUSE_MS = 500
# From the press of a key, as the page itself sees it, to the first change of the total.
WATCH = """(selector) => {
  const read = () => document.querySelector(selector)?.textContent;
  const before = read();
  const state = window.__move = {pressed: null, answered: null};
  window.__observer?.disconnect();
  document.addEventListener('keydown', () => { state.pressed ??= performance.now(); },
    {capture: true, once: true});
  window.__observer = new MutationObserver(() => {
    const now = read();
    if (state.answered === null && state.pressed !== null && now && now !== before) {
      state.answered = performance.now();
    }
  });
  window.__observer.observe(document.body,
    {subtree: true, childList: true, characterData: true});
}"""
ANSWERED = "() => window.__move.answered !== null"
TOOK = "() => window.__move.answered - window.__move.pressed"


def chromium(*rather: str) -> str:
    """Path of the installed Chromium (``CHROMIUM`` overrides), ``rather`` one of these names."""
    names = (*rather, *NAMES)
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        raise RuntimeError(f"no browser found; install one of {', '.join(NAMES)} or set CHROMIUM")
    return path


@contextmanager
def launched(*rather: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = chromium(*rather)
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def another(browser: Browser) -> Iterator[Browser]:
    """A second browser process, so that no measured page is ever in the background."""
    running = browser.browser_type.launch(executable_path=chromium(), args=list(ARGUMENTS))
    try:
        yield running
    finally:
        running.close()


def open_page(browser: Browser, url: str) -> Page:
    """A page without cache or history, as a person sees it for the first time."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="vi-VN")
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(TOTAL, timeout=30_000)
    return page


def run() -> list[Result]:
    with launched() as first, another(first) as second, another(first) as third:
        return [*_first_page(first), *_latency(first, second, third)]


def _first_page(browser: Browser) -> list[Result]:
    samples = []
    for _ in range(STARTS):
        with serve(APP) as server:
            page = open_page(browser, server.url)
            samples.append(time.perf_counter() - server.started_at)
            page.context.close()
    return [
        below(
            f"start of the server to the total on the screen, {STARTS} starts", samples, 5, "s", 2
        )
    ]


def _latency(*browsers: Browser) -> list[Result]:
    """Moves on the three pages take turns, so that all meet the same state of the machine.

    Each has a browser of its own in the foreground.
    """
    with serve(APP) as ours, serve(BARE_APP) as bare:
        urls = (ours.url + SCREEN, bare.url, ours.url + SCREEN + PLAIN)
        pages = [open_page(browser, url) for browser, url in zip(browsers, urls, strict=True)]
        levers = [levers_that_count(page) for page in pages]
        samples: list[list[float]] = [[], [], []]
        for k in range(WARM_UP + MOVES):
            for page, usable, times in zip(pages, levers, samples, strict=True):
                took = move(page, usable[k % len(usable)], k // len(usable))
                if k >= WARM_UP:
                    times.append(took)
    board, floor, plain = samples
    ratio = p95(board) / p95(floor)
    return [
        _shown(f"key to new total, lever board, {MOVES} moves on {len(levers[0])} levers", board),
        _shown("the same, barest Streamlit app (one slider, one figure)", floor),
        Result(
            "ratio of the lever board to the barest app", f"{median(board) / median(floor):.2f}",
            f"{ratio:.2f}", f"p95 ≤ {LARGEST_RATIO:g}", ratio <= LARGEST_RATIO,
        ),
        _shown("for comparison: Mô phỏng with Streamlit's sliders (inputs=plain)", plain),
        Result(
            "ratio of those to the barest app", f"{median(plain) / median(floor):.2f}",
            f"{p95(plain) / p95(floor):.2f}",
        ),
    ]  # fmt: skip


def _shown(what: str, samples: list[float]) -> Result:
    return Result(what, f"{median(samples):.0f} ms", f"{p95(samples):.0f} ms")


def levers_that_count(page: Page, most: int = 8) -> list[int]:
    """Sliders in view of the page's own layout that change the total both ways."""
    page.locator(SLIDER).filter(visible=True).first.wait_for()
    page.wait_for_timeout(2000)
    found: list[int] = []
    for position in range(page.locator(SLIDER).count()):
        if len(found) < most and page.locator(SLIDER).nth(position).is_visible():
            try:
                move(page, position, 0, timeout=2000)
                move(page, position, 1, timeout=2000)
            except Error:
                continue
            found.append(position)
    if not found:
        raise RuntimeError(f"no slider of {page.url} changes the total")
    return found


def move(page: Page, position: int, turn: int, timeout: int = 10_000) -> float:
    """Press an arrow key on a slider, right and left in turn; milliseconds to the new total."""
    page.locator(SLIDER).nth(position).focus()
    page.wait_for_timeout(100)
    page.evaluate(WATCH, TOTAL)
    page.keyboard.press("ArrowLeft" if turn % 2 else "ArrowRight")
    page.wait_for_function(ANSWERED, timeout=timeout)
    took: float = page.evaluate(TOOK)
    page.wait_for_timeout(PAUSE_MS)
    return took
