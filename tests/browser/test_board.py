"""The lever board under a hand: mouse, touch, keys, typing, bad input, and when it cannot load."""

from __future__ import annotations

import os
import re
import signal
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from pages.ui.board.files import VERSION
from simulator.baseline_files import load_baseline
from simulator.numbers import format_count, format_points
from simulator.project import project
from simulator.rank import peers_of, to_next_class
from simulator.rank_ahead import Question, rank_ahead
from tests.bench.board import drag, thumb
from tests.bench.server import APP, Running, serve
from tests.browser.conftest import Watch, idle
from tests.browser.test_browser import ANSWER_MS, RANK, TOTAL, opened, shows

CLASS_NOTE = '[data-figure="class"] .figure-note'
RANK_NOTE = '[data-figure="rank"] .figure-note'
RANK_RANGE = '[data-figure="rank"] .figure-range'
# The address without a lever.
BARE = r"e=2026-portal&f=\w+&seed=1$"


def row(page: Page, lever: str) -> Locator:
    return page.locator(f'[data-lever="{lever}"]')


def slider(page: Page, lever: str = "ON_TIME") -> Locator:
    return row(page, lever).locator('input[type="range"]')


def entry(page: Page, lever: str = "ON_TIME") -> Locator:
    return row(page, lever).locator(".entry")


def board(
    context: BrowserContext, server: Running, watch: Watch | None = None, query: str = "",
    **look: Any,
) -> Page:  # fmt: skip
    page = opened(context, f"{server.url}/mo-phong{query}", watch, **look)
    expect(row(page, "ON_TIME")).to_be_visible(timeout=ANSWER_MS)
    return page


def settled(page: Page, address: str) -> None:
    """Wait for the server's answer: the address carries the scenario."""
    page.wait_for_url(re.compile(address), timeout=ANSWER_MS)


def test_the_room_sees_points_and_rank_follow_the_hand_and_the_server_agrees(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch)
    shows(page, TOTAL, "62,18")
    baseline = load_baseline("vn-2026-10-10")
    unit = baseline.unit("H44")
    peers = peers_of(baseline, unit, load_baseline)
    sure = rank_ahead(Question(baseline.id, unit.code))
    assert sure
    page.mouse.move(*thumb(slider(page)))
    page.mouse.down()
    for step in range(1, 60):
        page.mouse.move(*thumb(slider(page), 3))
        change = float(slider(page).input_value())
        one = project(baseline.edition, unit, {"ON_TIME": change}, peers)
        assert page.locator(TOTAL).inner_text() == format_points(one.after.total or 0), step
        place, above = one.after.standing, to_next_class(baseline.edition, one.after.total or 0)
        assert place and above
        assert page.locator(RANK).inner_text() == f"{place.rank}/34"
        assert page.locator(RANK_NOTE).inner_text().startswith("đồng hạng") == place.tied
        best, middle, worst = sure.ends(one.after.total or 0)
        told = page.locator(RANK_RANGE).inner_text()
        assert f"quanh hạng {middle} (90%: {best}–{worst})" in told
        assert (
            page.locator(CLASS_NOTE).inner_text() == f"còn {format_points(above[1])} điểm đến Khá"
        )
        assert format_count(change, sign=True) in row(page, "ON_TIME").inner_text()
    # Nothing has been committed: the address and the charts still show the published state.
    assert "ON_TIME" not in page.url
    shown = page.locator(".headline").inner_text()
    page.mouse.up()
    settled(page, r"ON_TIME=\d+")
    page.wait_for_timeout(500)
    assert page.locator(".headline").inner_text() == shown


def test_the_hand_stops_at_the_cap_and_reads_why(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch)
    drag(page, slider(page), [2000])
    settled(page, "ON_TIME=73393")
    shows(page, TOTAL, "64,44")
    shows(page, RANK, "10/34")
    expect(row(page, "ON_TIME")).to_contain_text("+73.393 → 670.094 hồ sơ · 100,0%")
    expect(row(page, "ON_TIME")).to_contain_text("tăng nữa không thêm điểm")


def test_what_is_shown_at_release_is_what_the_server_answers_every_time(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch, "?b=phutho-2026-ytd")
    page.get_by_role("radio", name="Theo điểm tối đa mang lại").check()
    levers = page.locator('[data-lever]:has(input[type="range"]:enabled)')
    codes = [levers.nth(k).get_attribute("data-lever") for k in range(levers.count())]
    assert len(codes) == 23
    for code in codes:
        assert code
        slider(page, code).scroll_into_view_if_needed()
        before = page.url
        _, released = drag(page, slider(page, code), [-40, 15, 60, 33])
        if slider(page, code).input_value() != "0":
            page.wait_for_function("(url) => location.href !== url", arg=before, timeout=ANSWER_MS)
        page.wait_for_timeout(200)
        assert page.locator(TOTAL).inner_text() == released, code


def test_to_the_end_of_the_year_the_hand_stops_at_what_is_still_to_come(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch, "?b=phutho-2026-ytd")
    expect(row(page, "ON_TIME")).to_contain_text("đến 31/12 đạt 51,9%–91,5%")
    page.get_by_text("Đến hết kỳ (31/12/2026)", exact=True).click()
    settled(page, "until=2026-12-31")
    expect(row(page, "ON_TIME")).to_contain_text("phần còn đến", timeout=ANSWER_MS)
    expect(row(page, "ON_TIME")).to_contain_text("đến 31/12 đạt 51,9%–91,5%")
    slider(page).scroll_into_view_if_needed()
    _, released = drag(page, slider(page), [2000])
    settled(page, r"ON_TIME=24\d\d\d")
    page.wait_for_timeout(500)
    assert page.locator(TOTAL).inner_text() == released == "62,61"
    expect(page.locator('[data-group="TDGQ"] .points')).to_have_text("18,29/20")
    expect(row(page, "ON_TIME")).to_contain_text("phần còn đến 100,0%")
    page.get_by_role("link", name="Kế hoạch theo tháng").click()
    expect(page.get_by_role("heading", name="Mỗi tháng cần làm gì")).to_be_visible(
        timeout=ANSWER_MS
    )
    page.get_by_role("link", name="Mô phỏng", exact=True).click()
    # Both screens have the switch: the one of the screen left would be gone before it acts.
    expect(row(page, "ON_TIME")).to_be_visible(timeout=ANSWER_MS)
    page.get_by_text("Như thể cả kỳ", exact=True).click()
    expect(row(page, "ON_TIME")).not_to_contain_text("phần còn đến", timeout=ANSWER_MS)
    expect(row(page, "ON_TIME")).to_contain_text("đến 31/12 đạt")
    shows(page, TOTAL, "61,89")


def test_a_finger_moves_a_lever(browser: Browser, server: Running, watch: Watch) -> None:
    phone = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="vi-VN"
    )
    page = board(phone, server, watch)
    slider(page).scroll_into_view_if_needed()
    box = slider(page).bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    settled(page, "ON_TIME=")
    expect(page.locator(TOTAL)).not_to_have_text("62,18")
    phone.close()


def test_the_whole_board_by_keyboard_only(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch)

    def tab_to(found: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(ACTIVE).startswith(found):
                return
        raise AssertionError(f"{found} is not reached by the Tab key")

    tab_to("radio:group")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".list > .row").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    tab_to("button:Công khai, minh bạch")
    page.keyboard.press("Enter")
    expect(row(page, "PUBLISH_ON_TIME")).to_be_visible()
    page.keyboard.press("Enter")
    expect(row(page, "PUBLISH_ON_TIME")).to_be_hidden()
    tab_to("range:ON_TIME")
    for key, change in [
        ("ArrowRight", 1000), ("ArrowUp", 2000), ("ArrowLeft", 1000), ("ArrowDown", 0),
        ("PageUp", 10_000), ("PageDown", 0), ("End", 73_393),
    ]:  # fmt: skip
        page.keyboard.press(key)
        settled(page, rf"ON_TIME={change}\b" if change else BARE)
        assert page.evaluate(ACTIVE) == "range:ON_TIME", key
    # Held down, many steps are one move; Escape gives it up, Enter commits it at once.
    page.keyboard.down("ArrowLeft")
    page.keyboard.press("Escape")
    page.keyboard.up("ArrowLeft")
    shows(page, TOTAL, "64,44")
    page.keyboard.down("Home")
    page.keyboard.press("Enter")
    settled(page, "ON_TIME=-")
    page.keyboard.up("Home")
    tab_to("text:ON_TIME")
    page.keyboard.type("95%")
    page.keyboard.press("Enter")
    settled(page, "ON_TIME=39889")
    assert page.evaluate(ACTIVE) == "text:ON_TIME"
    tab_to("button:Đặt lại Giải quyết đúng hạn")
    page.keyboard.press("Enter")
    settled(page, BARE)
    tab_to("button:Khóa Giải quyết đúng hạn")
    page.keyboard.press("Enter")
    settled(page, "lock=ON_TIME")
    expect(slider(page)).to_be_disabled()
    expect(row(page, "ON_TIME").locator(".lock")).to_have_attribute("aria-pressed", "true")


ACTIVE = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at) return "";
  const lever = at.closest("[data-lever]")?.dataset.lever;
  if (at.type === "radio") return `radio:${at.value}`;
  if (at.tagName === "INPUT" && lever) return `${at.type}:${lever}`;
  return `${at.tagName.toLowerCase()}:${at.ariaLabel || at.textContent || ""}`;
}"""


def test_exact_values_are_typed_as_offices_write_them(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch)
    for typed, change, shown in (
        ("1.234", 1234, "+1.234"),
        ("12.345 hồ sơ", 12345, "+12.345"),
        ("+3000", 3000, "+3.000"),
        ("-500", -500, "−500"),
        ("=600.000", 3299, "+3.299"),
        ("90%", 6384, "+6.384"),
    ):
        entry(page).fill(typed)
        entry(page).press("Enter")
        settled(page, rf"ON_TIME={change}\b")
        expect(entry(page)).to_have_value(shown)
        expect(row(page, "ON_TIME").locator(".problem")).to_be_hidden()
    # Marked to be typed over before the answer is there: still marked when it is.
    entry(page).fill("4321")
    entry(page).press("Enter")
    entry(page).select_text()
    settled(page, r"ON_TIME=4321\b")
    expect(entry(page)).to_have_value("+4.321")
    page.keyboard.insert_text("7")
    expect(entry(page)).to_have_value("7")


def test_what_cannot_be_taken_is_refused_beside_the_field_and_the_old_value_kept(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch, "?ON_TIME=20000")
    problem, refused = row(page, "ON_TIME").locator(".problem"), 0
    for typed in ("abc", "1234,5", "12,345", "-1000000", "9999999", "120%", "NaN", "=", "<b>1</b>"):
        entry(page).fill(typed)
        entry(page).press("Enter")
        expect(problem).to_be_visible(timeout=ANSWER_MS)
        expect(entry(page)).to_have_value(typed)
        expect(entry(page)).to_have_attribute("aria-invalid", "true")
        shows(page, TOTAL, "62,85")
        assert slider(page).input_value() == "20000"
        refused += 1
        # Another value each time, and back: what was refused is told no longer.
        for taken in (500 + refused, 20000):
            entry(page).fill(str(taken))
            entry(page).blur()
            settled(page, rf"ON_TIME={taken}\b")
            expect(problem).to_be_hidden()
    assert refused == 9


def test_percentage_points_take_a_decimal_comma(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = opened(context, f"{server.url}/mo-phong?b=tth-2022", watch)
    page.locator('[data-group="MDSH"] h4 button').click()
    entry(page, "ORIGINAL_RESULT_AVAILABLE").fill("10,25")
    entry(page, "ORIGINAL_RESULT_AVAILABLE").press("Enter")
    settled(page, r"ORIGINAL_RESULT_AVAILABLE=10\.25")
    expect(row(page, "ORIGINAL_RESULT_AVAILABLE")).to_contain_text("+10,25 điểm % → ")


def test_an_empty_field_means_as_it_is_now(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch, "?ON_TIME=20000")
    entry(page).fill("")
    entry(page).press("Enter")
    settled(page, BARE)
    shows(page, TOTAL, "62,18")


def test_a_hand_faster_than_the_server_loses_nothing(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch)
    for lever in ("ON_TIME", "OVERDUE_FLAG_REPAIRED", "OVERDUE_BACKLOG_CLEARED") * 4:
        slider(page, lever).focus()
        page.keyboard.press("ArrowRight")
    settled(page, "ON_TIME=4000&OVERDUE_FLAG_REPAIRED=2000&OVERDUE_BACKLOG_CLEARED=2000&seed=1$")
    expect(page.locator(TOTAL)).to_have_text("62,42", timeout=ANSWER_MS)
    assert slider(page).input_value() == "4000"


def test_a_move_made_while_the_server_was_away_is_done_when_it_is_back(
    context: BrowserContext,
) -> None:
    with serve(APP) as first:
        page = opened(context, f"{first.url}/mo-phong?ON_TIME=20000")
        slider(page).focus()
        page.keyboard.press("ArrowRight")
        settled(page, r"ON_TIME=21000\b")
    page.keyboard.press("ArrowRight")
    shows(page, TOTAL, "62,91")
    with serve(APP, port=first.port):
        page.wait_for_url(re.compile(r"ON_TIME=22000\b"), timeout=60_000)
        shows(page, TOTAL, "62,91")
        assert slider(page).input_value() == "22000"


def test_a_move_right_after_the_server_came_back_is_done(context: BrowserContext) -> None:
    """Nothing had been moved before: the new server does not know the part of the page yet."""
    with serve(APP) as first:
        page = board(context, first, query="?OVERDUE_FLAG_REPAIRED=1000")
    with serve(APP, port=first.port):
        page.wait_for_timeout(9000)
        slider(page).focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_url(re.compile(r"ON_TIME=1000\b"), timeout=60_000)
        expect(page.locator(".headline")).not_to_have_class(re.compile("is-waiting"))


def test_a_move_and_another_language_at_once_lose_nothing_on_a_busy_server(
    context: BrowserContext,
) -> None:
    with serve(APP) as own:
        page = board(context, own)
        page.wait_for_timeout(1000)
        os.kill(own.pid, signal.SIGSTOP)
        drag(page, slider(page), [40])
        page.get_by_text("EN", exact=True).click()
        os.kill(own.pid, signal.SIGCONT)
        page.wait_for_url(re.compile(r"(?=.*ON_TIME=\d)(?=.*lang=en)"), timeout=60_000)
        expect(row(page, "ON_TIME")).to_contain_text("dossiers", timeout=ANSWER_MS)


def test_a_move_while_another_unit_is_on_its_way_is_not_done_there(
    context: BrowserContext,
) -> None:
    with serve(APP) as own:
        page = board(context, own)
        page.wait_for_timeout(1000)
        picker = page.locator(".st-key-pick-unit-vn-2026-10-10 input")
        for _ in range(4):
            idle(page)
            picker.click()
            option = page.get_by_role("option", name="Đồng Nai")
            expect(option).to_be_visible()
            os.kill(own.pid, signal.SIGSTOP)
            option.click()
            page.wait_for_timeout(300)
            if picker.input_value() == "Đồng Nai":
                break
            # A list that was drawn anew just then took no click.
            os.kill(own.pid, signal.SIGCONT)
            page.keyboard.press("Escape")
        assert picker.input_value() == "Đồng Nai"
        drag(page, slider(page), [40])
        os.kill(own.pid, signal.SIGCONT)
        page.wait_for_url("**u=H19**", timeout=60_000)
        page.wait_for_timeout(4000)
        assert "ON_TIME" not in page.url
        assert slider(page).input_value() == "0"


def test_what_is_given_up_is_put_away(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch)
    problem = row(page, "ON_TIME").locator(".problem")
    entry(page).fill("abc")
    entry(page).press("Enter")
    expect(problem).to_be_visible(timeout=ANSWER_MS)
    expect(page.locator(".reset-all")).to_be_enabled()
    entry(page).press("Escape")
    expect(problem).to_be_hidden(timeout=ANSWER_MS)
    expect(entry(page)).to_have_value("")
    # Escape with the button still down: the hand moves nothing until it lets go.
    x, y = thumb(slider(page))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y)
    page.keyboard.press("Escape")
    page.mouse.move(x + 60, y)
    shows(page, TOTAL, "62,18")
    page.mouse.up()
    page.wait_for_timeout(1000)
    assert "ON_TIME" not in page.url
    drag(page, slider(page), [40])
    settled(page, "ON_TIME=")


def test_a_lever_that_is_locked_under_the_hand_stays_where_it_was(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch)
    slider(page).focus()
    page.keyboard.down("End")
    row(page, "ON_TIME").locator(".lock").evaluate("button => button.click()")
    page.keyboard.up("End")
    settled(page, "lock=ON_TIME")
    shows(page, TOTAL, "62,18")
    expect(row(page, "ON_TIME").locator(".problem")).to_be_hidden()


def test_an_unpublished_indicator_leads_to_the_form_for_its_starting_value(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch)
    page.locator('[data-group="ONLINE"] h4 button').click()
    row(page, "ONLINE_SERVICE_USED").get_by_role("button", name="Nhập giá trị khởi đầu").click()
    form = page.locator(".st-key-starting-values").get_by_text("Tử số").first
    expect(form).to_be_visible(timeout=ANSWER_MS)


def test_a_link_another_screen_and_another_language_fill_the_board(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch, "?ON_TIME=20000&lock=OVERDUE_FLAG_REPAIRED")
    assert slider(page).input_value() == "20000"
    expect(slider(page, "OVERDUE_FLAG_REPAIRED")).to_be_disabled()
    page.get_by_role("link", name="Xếp hạng", exact=True).click()
    expect(page.get_by_role("heading", name="Đơn vị liền kề")).to_be_visible(timeout=ANSWER_MS)
    page.get_by_role("link", name="Mô phỏng", exact=True).click()
    expect(row(page, "ON_TIME")).to_be_visible(timeout=ANSWER_MS)
    assert slider(page).input_value() == "20000"
    page.get_by_text("EN", exact=True).click()
    expect(row(page, "ON_TIME")).to_contain_text("+20,000 → 616,701 dossiers", timeout=ANSWER_MS)


def test_what_the_page_formats_is_what_the_server_formats(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    """Numbers are the only thing written twice, so both ways are compared."""
    page = board(context, server, watch)
    wholes = [*range(-1200, 1300, 7), 6218, 10_000, -123_456, 1_234_567, 99_999_999]
    changes = [*wholes, 10.25, -0.5, 12.125, 83.45, -1234.5]
    for language in ("vi", "en"):
        found = page.evaluate(
            """async ([address, language, wholes, changes]) => {
              const { Numbers } = await import(address);
              const numbers = new Numbers(language);
              return [
                wholes.map((value) => numbers.decimal(value, 2, true)),
                changes.map((value) => numbers.count(value, true)),
              ];
            }""",
            [f"{server.url}/board/{VERSION}/numbers.js", language, wholes, changes],
        )
        assert found[0] == [format_points(value, 2, language, sign=True) for value in wholes]
        assert found[1] == [format_count(value, language, sign=True) for value in changes]


@pytest.mark.parametrize("way", ["module", "loader", "script"])
def test_where_the_board_cannot_load_the_standard_sliders_take_over(
    context: BrowserContext, server: Running, watch: Watch, way: str
) -> None:
    page = context.new_page()
    if way == "module":
        page.route(re.compile(r"/board/.*\.js"), refuse)
    elif way == "loader":
        page.add_init_script("delete window.DecompressionStream;")
    else:
        page.add_init_script("URL.createObjectURL = () => { throw new Error('blocked'); };")
    page.goto(f"{server.url}/mo-phong?ON_TIME=20000")
    shows(page, TOTAL, "62,85")
    plain = page.locator(".st-key-lever-ON_TIME")
    expect(plain).to_contain_text("+20.000", timeout=ANSWER_MS)
    expect(page.get_by_text("không tải được bảng đòn bẩy")).to_be_visible()
    assert "inputs=plain" not in page.url


def refuse(route: Route) -> None:
    route.abort()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(
    context: BrowserContext, server: Running, watch: Watch, scheme: str
) -> None:
    page = board(
        context, server, watch,
        "?b=phutho-2026-ytd&ON_TIME=30000&OVERDUE_FLAG_REPAIRED=60000&lock=OVERDUE_FLAG_REPAIRED",
        width=390, height=900, scheme=scheme,
    )  # fmt: skip
    entry(page).fill("abc")
    entry(page).press("Enter")
    expect(row(page, "ON_TIME").locator(".problem")).to_be_visible(timeout=ANSWER_MS)
    row(page, "ON_TIME").locator(".helper").click()
    page.locator('[data-group="MDHL"] h4 button').click()
    for width in (390, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        idle(page)
        found = Axe().run(page, {"include": [[".st-key-board-place"], [".st-key-headline"]]})
        serious = [
            (width, item["id"], item["help"], [node["target"] for node in item["nodes"]][:3])
            for item in found.response["violations"]
            if item["impact"] in ("serious", "critical")
        ]
        assert serious == []
        assert found.response["passes"]


def test_nothing_moves_under_the_hand_and_nothing_is_wider_than_the_screen(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = board(context, server, watch, width=390, height=844)
    for group in ("CKMB", "ONLINE", "TTTT", "MDSH", "MDHL"):
        page.locator(f'[data-group="{group}"] h4 button').click()
    headline = page.locator(".headline")
    for width, way in ((390, 1), (768, -1), (1366, 1), (1920, -1)):
        page.set_viewport_size({"width": width, "height": 844})
        slider(page).scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        places = set()

        def measure(places: set[tuple[int, ...]] = places) -> None:
            box, top = slider(page).bounding_box(), headline.bounding_box()
            assert box and top
            places.add((round(box["y"]), round(box["width"]), round(top["height"])))

        measure()
        before = page.url
        page.mouse.move(*thumb(slider(page)))
        page.mouse.down()
        for _ in range(20):
            page.mouse.move(*thumb(slider(page), 8 * way))
            measure()
        page.mouse.up()
        page.wait_for_function("(url) => location.href !== url", arg=before, timeout=ANSWER_MS)
        page.wait_for_timeout(500)
        measure()
        assert len(places) == 1, (width, places)
        main = '[data-testid="stMain"]'
        assert page.evaluate("(s) => document.querySelector(s).scrollWidth", main) <= width
        inner = page.locator('[data-lever="ON_TIME"]').evaluate(
            "e => [e.scrollWidth, e.clientWidth]"
        )
        assert inner[0] <= inner[1], width
