"""*So sánh* on a projector and on paper: scenarios of a real province, nothing cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.bench.server import Running
from tests.browser.conftest import Watch, idle

PRESETS = "preset.overdue,preset.digitised,preset.petitions"


@pytest.mark.parametrize("place", ["b=phutho-2026-ytd&u=H44", "b=vn-2026-10-10&u=H21"])
def test_three_scenarios_fit_one_projector_screen(
    context: BrowserContext, server: Running, watch: Watch, place: str
) -> None:
    page = context.new_page()
    watch.on(page)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{server.url}/so-sanh?{place}&vs={PRESETS}")
    charts = page.locator('[data-testid="stVegaLiteChart"] svg')
    expect(charts).to_have_count(2)
    idle(page)
    for selector in ('[data-testid="stMain"]', ".comparing-box"):
        box = page.locator(selector)
        assert box.evaluate("box => box.scrollHeight <= box.clientHeight"), selector
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth"), selector
    for chart in charts.all():
        place_of = chart.bounding_box()
        assert place_of is not None
        assert place_of["y"] + place_of["height"] <= 1080
    ranks = charts.nth(1).locator(".role-axis-label").nth(1).locator("text")
    expect(ranks.first).to_have_text("1")
    expect(page.locator(".comparing thead th")).to_have_count(4)
    expect(page.locator(".comparing")).to_contain_text("+220 PAKN" if "H21" in place else "+274")


@pytest.mark.parametrize(("width", "height"), [(1123, 794), (794, 1123)])
def test_on_paper_there_are_the_whole_table_and_both_charts_and_no_buttons(
    context: BrowserContext, server: Running, width: int, height: int
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    # On older figures the frame has a banner, with buttons.
    page.goto(f"{server.url}/so-sanh?b=phutho-2026-ytd&u=H44&PUBLISH_ON_TIME=5&vs={PRESETS},~")
    charts = page.locator('[data-testid="stVegaLiteChart"] svg')
    expect(charts).to_have_count(2)
    expect(page.locator(".st-key-banner")).to_be_visible()
    idle(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": height})
    table = page.locator(".comparing-box")
    assert table.evaluate("box => box.scrollHeight <= box.clientHeight")
    parts = page.locator(".comparing td, .comparing th").all() + charts.all()
    for part in parts:
        place = part.bounding_box()
        assert place is not None
        assert 0 <= place["x"] <= place["x"] + place["width"] <= width
    for chart in charts.all():
        above, below = table.bounding_box(), chart.bounding_box()
        assert above is not None and below is not None
        assert above["y"] + above["height"] <= below["y"]
    expect(page.locator('[data-testid="stMain"] button:visible')).to_have_count(0)
    expect(page.locator('[data-testid="stMain"] input:visible')).to_have_count(0)
