"""The monthly plan on screen and on paper: another last day, the path, a wanted score."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page, expect

from tests.bench.server import Running
from tests.browser.conftest import Watch, idle
from tests.browser.test_board import settled
from tests.browser.test_browser import ANSWER_MS, opened

PLAN = "/ke-hoach?b=phutho-2026-ytd&until=2026-12-31&ON_TIME=9000"


def planned(context: BrowserContext, server: Running, watch: Watch) -> Page:
    page = opened(context, server.url + PLAN, watch)
    expect(page.get_by_role("heading", name="Mỗi tháng cần làm gì")).to_be_visible(
        timeout=ANSWER_MS
    )
    return page


def look_until(page: Page, day: str) -> None:
    # The list of days closes when the page is drawn anew, or what is above it moves.
    idle(page)
    box = page.get_by_label("Đến hết ngày")
    if not box.is_visible():
        page.get_by_text("Đổi ngày cuối, lượng còn đến").click()
    expect(box).to_be_visible()
    page.wait_for_timeout(500)
    box.click()
    box.press_sequentially(day)
    # Enter takes the day into the form, once it is offered; as long as the list of days is open
    # nothing else is there.
    offered = page.get_by_role("option").filter(has_text=day).first
    if not offered.is_visible():
        box.press("ArrowDown")
    expect(offered).to_be_visible(timeout=ANSWER_MS)
    box.press("Enter")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(box).to_have_value(day)
    idle(page)
    page.get_by_role("button", name="Dùng").click()


def test_any_day_can_be_typed_and_the_plan_ends_there(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = planned(context, server, watch)
    look_until(page, "15/11/2026")
    settled(page, "until=2026-11-15")
    expect(page.get_by_text("Đến hết ngày 15/11/2026", exact=True)).to_be_visible(timeout=ANSWER_MS)
    expect(page.get_by_role("columnheader", name="Hết 15/11")).to_have_count(2)
    expect(page.get_by_role("columnheader", name="Hết 31/12")).to_have_count(0)


def test_a_day_that_cannot_be_looked_ahead_to_is_refused_and_nothing_changes(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = planned(context, server, watch)
    for day, sentence in (
        ("15/01/2027", "nằm sau kỳ"),
        ("01/09/2026", "nằm trước ngày"),
        ("mai", "không phải là ngày"),
    ):
        look_until(page, day)
        expect(page.get_by_text(sentence)).to_be_visible(timeout=ANSWER_MS)
        assert "until=2026-12-31" in page.url
        assert "ON_TIME=9000" in page.url


def test_a_front_loaded_path_does_more_in_its_first_whole_month(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = planned(context, server, watch)
    # 88.42 % of 68,905 at present rates and 2,906 of the 9,000 more: 63,833, 92.6 %.
    # In October and, of 31 days too, in December.
    expect(page.get_by_role("cell", name="63.833/68.905 (92,6%)")).to_have_count(2)
    page.get_by_text("Dồn vào các tháng đầu", exact=True).click()
    settled(page, "shape=front_loaded")
    expect(page.get_by_role("cell", name="63.833/68.905 (92,6%)")).to_have_count(0)
    expect(page.get_by_role("cell", name="+9.000")).to_be_visible()


def test_on_paper_there_are_figures_and_no_forms(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    page = planned(context, server, watch)
    wanted = page.get_by_label("Mức muốn đạt (điểm)")
    wanted.fill("90")
    wanted.press("Enter")
    expect(page.get_by_text("không còn đạt được đến hết 31/12/2026")).to_be_visible(
        timeout=ANSWER_MS
    )
    page.emulate_media(media="print")
    expect(wanted).to_be_hidden()
    expect(page.get_by_text("Đổi ngày cuối, lượng còn đến")).to_be_hidden()
    expect(page.get_by_text("Dồn vào các tháng đầu", exact=True)).to_be_hidden()
    expect(page.get_by_text("Kế hoạch theo tháng: UBND tỉnh Phú Thọ")).to_be_visible()
    # In October and, of 31 days too, in December.
    expect(page.get_by_role("cell", name="63.833/68.905 (92,6%)")).to_have_count(2)
    assert page.pdf().startswith(b"%PDF")


def test_levers_that_no_longer_fit_another_inflow_are_named_beside_the_board(
    context: BrowserContext, server: Running, watch: Watch
) -> None:
    link = "/mo-phong?b=phutho-2026-ytd&until=2026-12-31&ON_TIME=9000&RESULT_REPAIRED=50000"
    page = opened(context, server.url + link, watch)
    expect(page.locator('[data-lever="ON_TIME"]')).to_be_visible(timeout=ANSWER_MS)
    page.get_by_text("Đổi ngày cuối, lượng còn đến").click()
    page.get_by_role("textbox", name="Hồ sơ còn đến").fill("5000")
    page.get_by_role("button", name="Dùng", exact=True).click()
    settled(page, "in.dossier=5000")
    expect(page.get_by_text("9.000 nằm ngoài phạm vi")).to_be_visible(timeout=ANSWER_MS)
    assert "ON_TIME" not in page.url and "RESULT_REPAIRED=50000" in page.url
