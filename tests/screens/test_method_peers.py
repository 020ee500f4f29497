"""The section of *Phương pháp* that says how the other units are thought to move."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import method_peers
from simulator.calibration import Kind, calibration
from simulator.movement import Basis, default_movement
from simulator.rank_ahead import Question, RankAhead, rank_ahead
from simulator.text import catalogue
from tests.screens.test_screens import opened, words

SCREEN = "pages/screens/phuong_phap.py"


def coverage(app: AppTest, place: int = 0) -> pd.DataFrame:
    """The table of coverage, or the one behind the expander."""
    column = catalogue("vi")["tables.held_place_known"]
    tables = [item.value for item in app.table if column in item.value.columns]
    assert len(tables) == 2
    return tables[place]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_line_of_the_section_is_drawn(language: str) -> None:
    app = opened(SCREEN, lang=language)
    assert not app.exception
    said = words(app)
    for key in ("title", "coverage", "weak"):
        assert catalogue(language)[f"method_peers.{key}"] in said
    assert not re.search(r"\{\w+\}", said)


def test_the_list_of_provinces_has_a_history_of_its_own() -> None:
    said = words(opened(SCREEN, b="vn-2026-10-10", u="H44"))
    assert "8 lần đọc từ 17/09/2026 đến 10/10/2026" in said
    assert "Khớp từ 7 đợt cập nhật giữa 8 lần đọc" in said
    assert "23 ngày, 34 đơn vị" in said
    assert "đã thấy 10 lần, từ −1,85 đến +8,17 điểm" in said
    assert "khi nhìn đến hết 31/12/2026 (82 ngày)" in said
    assert "Xu hướng riêng của từng đơn vị" in said


def test_communes_read_once_borrow_the_movement_of_the_provinces() -> None:
    said = words(opened(SCREEN, b="gialai-2026-10-10", u="H21.100"))
    assert "chưa có đủ lần đọc trong kỳ (hiện có: 1)" in said
    assert "23 ngày, 34 đơn vị" in said
    assert "Xu hướng riêng của từng đơn vị" not in said


def test_where_no_peer_moves_the_model_of_the_provinces_is_shown_as_such() -> None:
    said = words(opened(SCREEN, b="phutho-2026-08"))
    assert "không còn biến động (kỳ đã kết thúc), hoặc không có danh sách để so" in said
    assert "Khớp từ 7 đợt cập nhật" in said
    assert "khi nhìn trước 5 ngày." in said


def test_the_history_is_told_whatever_the_scenario_says_of_its_peers() -> None:
    """Peers that are held on the screens of the scenario are no other peers here."""
    here = words(opened(SCREEN, b="vn-2026-10-10", u="H44"))
    held = words(opened(SCREEN, b="vn-2026-10-10", u="H44", peers="fixed"))
    line = re.compile(r"Tương quan.*\(82 ngày\)")
    assert line.findall(here) == line.findall(held) != []


def test_the_table_shows_the_computed_coverage_and_the_verdict_follows_from_it() -> None:
    app = opened(SCREEN)
    table, found = coverage(app), calibration()
    assert len(table) == 2 * (len(found.forward) + 1)
    names = catalogue("vi")
    row = table[
        (table[names["tables.forecast"]] == "05/10/2026 → 10/10/2026")
        & (table[names["tables.level"]] == "90%")
    ].iloc[0]
    assert row[names["tables.fitted"]] == "3 đợt, đến 05/10/2026"
    assert row[names["tables.held_total"]] == "31/34 (mô hình chờ 31, từ 19 đến 34)"
    assert row[names["tables.held_place"]] == "27/34 (mô hình chờ 32, từ 24 đến 34)"
    assert row[names["tables.held_place_known"]] == "30/34 (mô hình chờ 32, từ 18 đến 34)"
    most = found.pool(Kind.PLACE_KNOWN, 0.9)
    said = words(app)
    assert f"đúng {most.hits}/238 lần (94%), mô hình chờ {round(most.expected)}" in said
    assert "Cả 36 so sánh trong bảng nằm trong miền" in said
    assert "6/42 so sánh nằm ngoài miền" in said


def test_intervals_that_did_not_hold_are_named_one_by_one() -> None:
    app = opened(SCREEN)
    outside = [cell for cell in coverage(app, 1).to_numpy().ravel() if "ngoài miền" in str(cell)]
    assert len(outside) == 6
    (named,) = re.findall(r"Ngoài miền: (.*)\.", words(app))
    assert len(named.split("; ")) == 6
    assert "17/09/2026 → 26/09/2026, tổng điểm 50%: trúng nhiều hơn (khoảng quá rộng)" in named
    assert "06/10/2026 → 08/10/2026, hạng, biết điểm của mình 90%: trúng ít hơn" in named


def test_a_list_read_three_times_says_which_parts_are_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Readings of a list that never jumped, put in place of its history."""
    days = ("2026-08-01", "2026-08-11", "2026-08-21")
    partly = replace(
        default_movement(), basis=Basis.PARTLY, days=days, own_days=days, units=14, span=20.0,
        jump_rate=0.5 / (14 * 20), jumps_seen=0,
    )  # fmt: skip

    def answer(question: Question) -> RankAhead | None:
        found = rank_ahead(question)
        return found and replace(found, movement=partly)

    monkeypatch.setattr(method_peers, "rank_ahead", answer)
    said = words(opened(SCREEN, b="vn-2026-10-10", u="H44"))
    assert "mới có 3 lần đọc từ 01/08/2026 đến 21/08/2026" in said
    assert "Pha trộn từ 2 đợt cập nhật giữa 3 lần đọc" in said
    assert "danh sách có 14 đơn vị" in said
    assert "cỡ lấy theo 10 lần của 34 tỉnh, thành phố" in said
    assert "khoảng 0,2 lần trong 10 ngày ở cả 14 đơn vị" in said
