"""Small parts of the screens: slider stops, marks, downloads, search, origins, fonts."""

from __future__ import annotations

import importlib.util
import string
from pathlib import Path

import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from pages.ui import lever_stops
from pages.ui.server import is_same_origin
from simulator.baseline import Baseline
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.levers import LeverRange, lever_range
from simulator.presentation import csv_file
from simulator.presentation.speech import Speech
from simulator.search import folded
from simulator.stops import STOPS
from simulator.stops import lever_stops as stops_of

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)


def ranges(baseline: Baseline) -> list[LeverRange]:
    unit = baseline.unit(baseline.default_unit)
    found = [lever_range(baseline.edition, unit, lever) for lever in baseline.edition.levers]
    return [bounds for bounds in found if bounds.usable]


@pytest.mark.parametrize("baseline_id", baseline_ids())
def test_a_slider_offers_now_its_end_the_cap_and_the_typed_value(baseline_id: str) -> None:
    for bounds in ranges(load_baseline(baseline_id)):
        typed = bounds.high / 3 if bounds.basis == "rate" else float(int(bounds.high / 3))
        stops = stops_of(bounds, typed)
        assert {0.0, typed, bounds.high} <= set(stops)
        assert stops == sorted(set(stops))
        assert bounds.low <= stops[0] and stops[-1] == bounds.high
        assert len(stops) <= 2 * STOPS
        if bounds.moves_own_numerator:
            assert stops[0] <= bounds.change_to_cap <= max(bounds.high, bounds.change_to_cap)


def test_a_saturated_lever_shows_where_the_cap_was(phu_tho: Baseline) -> None:
    unit = phu_tho.unit("H44")
    lever = phu_tho.edition.lever_by_code["ONLINE_SUBMISSION"]
    bounds = lever_range(phu_tho.edition, unit, lever)
    stops = stops_of(bounds, 0.0)
    say = Speech("vi")
    assert bounds.change_to_cap in stops
    assert "đã đạt tối đa" in lever_stops.stop_text(bounds, 0.0, say)
    assert "đã đạt tối đa" not in lever_stops.stop_text(bounds, bounds.change_to_cap - 1, say)


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_a_download_is_a_formula(cell: str) -> None:
    written = csv_file.csv_bytes(pd.DataFrame({"name": [cell], "points": [-1.5]}))
    text = written.decode("utf-8-sig")
    assert f"'{cell[0]}" in text
    assert ",-1.5" in text
    assert written.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("ha noi", "Hà Nội"), ("DAK LAK", "Đắk Lắk"), ("thuy", "Hương Thuỷ"), ("thuy", "Hương Thủy")],
)
def test_names_are_found_without_diacritics(typed: str, name: str) -> None:
    assert folded(typed) in folded(name)


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        (None, "10.0.0.7:8501", True),
        ("http://10.0.0.7:8501", "10.0.0.7:8501", True),
        ("https://may-chu.so.local", "may-chu.so.local", True),
        ("http://elsewhere.example", "10.0.0.7:8501", False),
        ("null", "10.0.0.7:8501", False),
        ("http://10.0.0.7.evil.example", "10.0.0.7:8501", False),
    ],
)
def test_only_the_own_origin_opens_a_session(origin: str | None, host: str, same: bool) -> None:
    headers = [(b"Host", host.encode())]
    if origin is not None:
        headers.append((b"Origin", origin.encode()))
    assert is_same_origin(headers) is same


def test_the_font_of_the_app_has_every_vietnamese_letter() -> None:
    """Source Sans comes with Streamlit and is served by the app itself."""
    spec = importlib.util.find_spec("streamlit")
    assert spec is not None and spec.origin is not None
    media = Path(spec.origin).parent / "static/static/media"
    (path,) = media.glob("SourceSansVF-Upright*.woff2")
    letters = set(VIETNAMESE + VIETNAMESE.upper() + string.digits + "−–—“”·→±≤≥%₫")
    letters -= {"₫"}
    assert letters <= {chr(code) for code in TTFont(path).getBestCmap()}
