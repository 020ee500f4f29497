"""*So sánh* on a projector: three scenarios of a real province without scrolling."""

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
    expect(page.locator(".comparing thead th")).to_have_count(4)
    expect(page.locator(".comparing")).to_contain_text("+220 PAKN" if "H21" in place else "+274")
