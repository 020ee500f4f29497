"""The lever board under a hand: from the pointer to the changed total, and to the charts."""

from __future__ import annotations

import time

from playwright.sync_api import Browser, Locator, Page

from pages.ui.board.payload import packed, payload
from simulator.presentation.speech import Speech
from simulator.presentation.view import evaluate
from simulator.scenario import Scenario
from tests.bench.browser import PLAIN, SCREEN, TOTAL, another, launched, open_page
from tests.bench.measure import Result, below, median, p95
from tests.bench.server import APP, serve

LEVER = '[data-lever="ON_TIME"] input[type="range"]'
STANDARD = ".st-key-lever-ON_TIME input[type='range']"
CHARTS = '[data-testid="stVegaLiteChart"]'
MOVES = 200
PIXELS, SWING = 6, 46
COMMITS = 30
FRAME_MS = 16
ANSWERS = 100
CURVES_MS = 30
THUMB = 10
# From the time stamp of the pointer's event to the total in the page, both by the page's clock.
RECORD = """([selector, slider]) => {
  const total = document.querySelector(selector);
  const taken = window.__drag = {times: [], late: 0, missed: 0};
  let before = total.textContent;
  slider.addEventListener('input', (event) => {
    const frame = new Promise(requestAnimationFrame);
    const now = total.textContent;
    if (now === before) { taken.missed += 1; return; }
    before = now;
    taken.times.push(performance.now() - event.timeStamp);
    frame.then(() => { if (total.textContent !== now) taken.late += 1; });
  });
}"""
# From the release of the key to the last change of any chart.
COMMIT = """(selector) => {
  const state = window.__commit = {released: null, drawn: null};
  window.__charts?.disconnect();
  document.addEventListener('keyup', () => { state.released = performance.now(); },
    {capture: true, once: true});
  window.__charts = new MutationObserver(() => { state.drawn = performance.now(); });
  for (const chart of document.querySelectorAll(selector)) {
    window.__charts.observe(chart, {subtree: true, childList: true, attributes: true});
  }
}"""


def thumb(slider: Locator, pixels: float = 0) -> tuple[float, float]:
    """Where on the screen the thumb of ``slider`` is, moved by ``pixels``."""
    box = slider.bounding_box()
    assert box is not None
    low, high, value = slider.evaluate("e => [+e.min, +e.max, +e.value]")
    share = (value - low) / (high - low)
    x = box["x"] + THUMB + share * (box["width"] - 2 * THUMB)
    return x + pixels, box["y"] + box["height"] / 2


def drag(page: Page, slider: Locator, offsets: list[float]) -> tuple[str, str]:
    """Take the thumb to each offset from its start and let go; totals before and at the end."""
    x, y = thumb(slider)
    before = page.locator(TOTAL).inner_text()
    page.mouse.move(x, y)
    page.mouse.down()
    for offset in offsets:
        page.mouse.move(x + offset, y)
    shown = page.locator(TOTAL).inner_text()
    page.mouse.up()
    return before, shown


def run() -> list[Result]:
    server_side = _answers()
    with launched() as first, another(first) as second, serve(APP) as server:
        return [
            *_drag(open_page(first, server.url + SCREEN)),
            *_commits(first, second, server.url),
            *server_side,
        ]


def _answers() -> list[Result]:
    """What the server does for the board after a move, in both ways of looking."""
    return [
        *_answer("server: curves, words and compression of one answer", ""),
        *_answer("the same, looking to the end of the year", "2026-12-31"),
    ]


def _answer(what: str, until: str) -> list[Result]:
    start = Scenario("phutho-2026-ytd", "H44", until=until)
    times, sizes = [], []
    for change in range(100, 100 * (ANSWERS + 1), 100):
        scenario = start.with_change("ON_TIME", float(change))
        view = evaluate(scenario)
        before = time.perf_counter()
        data = packed(payload(view, {}, Speech("vi")))
        times.append(1e3 * (time.perf_counter() - before))
        sizes.append(len(data) / 1024)
    return [
        below(what, times, CURVES_MS, "ms", 1),
        Result("the same: size", f"{median(sizes):.1f} kB", f"{p95(sizes):.1f} kB"),
    ]


def _drag(page: Page) -> list[Result]:
    """One drag of MOVES pointer moves; every one must change the total."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    slider = page.locator(LEVER)
    slider.wait_for()
    page.wait_for_timeout(2000)
    slider.evaluate("(slider, args) => (" + RECORD + ")([args, slider])", TOTAL)
    x, y = thumb(slider)
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, MOVES + 1):
        # Right, back to the left, and right again: every move is longer than a stop.
        page.mouse.move(x + PIXELS * (SWING - abs((k + SWING + 9) % (4 * SWING) - 2 * SWING)), y)
    shown = page.locator(TOTAL).inner_text()
    page.mouse.up()
    page.wait_for_url("**ON_TIME=*")
    page.wait_for_timeout(1000)
    answered = page.locator(TOTAL).inner_text()
    taken = page.evaluate("() => window.__drag")
    if taken["missed"] or taken["late"] or shown != answered:
        raise RuntimeError(f"the total did not follow the hand: {taken}, {shown} and {answered}")
    return [
        below(
            f"one drag of {len(taken['times'])} moves: pointer to changed total",
            taken["times"], FRAME_MS, "ms", 1,
        )
    ]  # fmt: skip


def _commits(first: Browser, second: Browser, url: str) -> list[Result]:
    """Release to charts drawn, on the board and on Streamlit's slider, in turns."""
    board = open_page(first, url + SCREEN)
    plain = open_page(second, url + SCREEN + PLAIN)
    samples: dict[str, list[float]] = {LEVER: [], STANDARD: []}
    for page, selector in ((board, LEVER), (plain, STANDARD)):
        page.locator(selector).first.wait_for()
        # Both charts are there once something is moved.
        _commit(page, selector, "ArrowRight")
        page.wait_for_timeout(2000)
    for k in range(COMMITS):
        for page, selector in ((board, LEVER), (plain, STANDARD)):
            took = _commit(page, selector, "ArrowLeft" if k % 2 else "ArrowRight")
            samples[selector].append(took)
    ratio = p95(samples[LEVER]) / p95(samples[STANDARD])
    return [
        _shown(f"release to charts drawn, lever board, {COMMITS} moves", samples[LEVER]),
        _shown("the same with Streamlit's slider (inputs=plain)", samples[STANDARD]),
        Result(
            "ratio of the board to the slider",
            f"{median(samples[LEVER]) / median(samples[STANDARD]):.2f}", f"{ratio:.2f}",
            "p95 ≤ 1.1", ratio <= 1.1,
        ),
    ]  # fmt: skip


def _shown(what: str, samples: list[float]) -> Result:
    return Result(what, f"{median(samples):.0f} ms", f"{p95(samples):.0f} ms")


def _commit(page: Page, selector: str, key: str) -> float:
    page.locator(selector).first.focus()
    page.wait_for_timeout(100)
    page.evaluate(COMMIT, CHARTS)
    page.keyboard.press(key)
    page.wait_for_timeout(900)
    took = page.evaluate("() => window.__commit.drawn - window.__commit.released")
    return float(took)
