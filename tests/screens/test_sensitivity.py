"""What the place depends on, as the screen tells it: levers, weights of the groups, peers."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.rank.sensitivity_tables import levers_table, places_table, tornado_table
from simulator.peers_mode import PeersMode
from simulator.presentation import charts
from simulator.presentation.csv_file import csv_bytes
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, curves_of, evaluate
from simulator.rank_levers import LeverPlaces, rank_levers
from simulator.rank_peers import rank_peers, shared_doubt
from simulator.scenario import Scenario
from simulator.text import catalogue
from simulator.weights import reweighted
from tests.screens import one_part
from tests.screens.shipped import DRAWN
from tests.screens.test_screens import words
from tests.ui.test_charts import fields

BOXES = ("levers", "weights", "peers")
FIXED, TREND, UNCERTAIN = PeersMode.FIXED, PeersMode.TREND, PeersMode.UNCERTAIN


@pytest.fixture
def say() -> Speech:
    return Speech("vi")


def opened(*boxes: str, **link: str) -> AppTest:
    """The part with only these boxes open."""
    whole = {"b": "vn-2026-10-10", "u": "H44"} | link
    open_boxes = {f"sensitivity-{name}": name in boxes for name in BOXES}
    return one_part.part("pages.ui.rank.sensitivity", "draw_sensitivity", whole, open_boxes)


def found(mode: PeersMode, *settings: tuple[str, float]) -> tuple[View, tuple[LeverPlaces, ...]]:
    view = evaluate(Scenario("vn-2026-10-10", "H44", settings, peers=mode))
    ahead = view.rank_ahead
    assert ahead is not None
    return view, rank_levers(curves_of(view.scenario), view.projection.settings, ahead.outcomes)


def tornado(mode: PeersMode, say: Speech, *settings: tuple[str, float]) -> pd.DataFrame:
    view, levers = found(mode, *settings)
    return tornado_table(view, [one for one in levers if one.span], mode, say)


@pytest.mark.parametrize(("baseline", "language"), DRAWN)
def test_all_boxes_are_drawn_for_every_shipped_baseline(baseline, language):
    app = opened(*BOXES, b=baseline, u="", lang=language)
    assert not app.exception


def test_a_closed_box_is_not_computed():
    app = opened("levers")
    assert "Mỗi thanh" in words(app)
    assert "Phép thử độ bền" not in words(app)
    assert len(app.get("vega_lite_chart")) == 1
    assert words(opened()) == ""


def test_the_levers_are_open_first():
    app = one_part.part("pages.ui.rank.sensitivity", "draw_sensitivity", {})
    assert "Mỗi thanh" in words(app)


def test_levers_that_change_no_place_are_counted_and_not_drawn(say):
    app = opened("levers", peers="fixed")
    assert "Hạng tính với đối thủ giữ nguyên" in words(app)
    view, levers = found(FIXED)
    still = sum(not one.span for one in levers)
    assert still > 0
    assert f"kéo riêng không làm đổi hạng: {still}." in words(app)
    assert len(tornado(FIXED, say)) == len(levers) - still
    table = levers_table(view, levers, FIXED, say)
    assert len(table) == len(levers) == len(app.dataframe[0].value)


def test_uncertain_places_come_with_their_interval_and_what_chance_there_is_without_a_lever():
    shown = words(opened("levers", until="2026-12-31"))
    assert "Hạng đến hết 31/12/2026" in shown
    assert "khoảng 50% ở mức tốt nhất" in shown
    _, levers = found(UNCERTAIN)
    now = levers[0].now
    assert f"đứng trên hạng {now.place} đã là {round(100 * now.better)}%" in shown


def test_labels_of_the_bars_read_from_worst_over_now_to_best(say):
    table = tornado(FIXED, say).set_index("name")
    on_time = table.loc["Giải quyết đúng hạn thêm hồ sơ"]
    assert on_time["label"] == f"{on_time['worst']} ← 19 → 10"
    assert "mức tốt nhất +73.393 hồ sơ: hạng 19 → 10, +2,26 điểm" in on_time["tip"]
    assert table.loc["Phát sinh phản ánh, kiến nghị chưa xử lý", "label"].endswith(" ← 19")
    assert table.loc["Kết nối kho dữ liệu công dân", "label"].startswith("19 → ")
    assert table["half_from"].isna().all()


def test_where_peers_move_a_bar_has_the_middle_half_at_its_best(say):
    _, levers = found(UNCERTAIN)
    table = tornado(UNCERTAIN, say)
    for row, one in zip(table.itertuples(), levers, strict=False):
        if one.gain and one.best.place != one.now.place:
            assert (row.half_from, row.half_to) == one.best.interval
            assert row.edge == row.half_from
        else:
            assert pd.isna(row.half_from)
    assert "(khoảng 50%: " in table["tip"].iloc[0]


@pytest.mark.parametrize("kind", ["tornado", "reweighted"])
def test_a_chart_refers_only_to_columns_of_its_table(kind, say):
    places = reweighted({"X": 1}, {"X": {"A": 1}}, {"A": 1}, 0.1).places("X")
    table = tornado(UNCERTAIN, say) if kind == "tornado" else places_table(places, say)
    spec = charts.compiled(kind, "vi", "Hạng")
    assert fields(spec) <= {*table.columns, "row"}
    assert "data" not in spec


def test_places_get_better_to_the_right():
    spec = charts.compiled("tornado", "vi", "Hạng")
    first, last = spec["layer"][0]["encoding"]["x"]["scale"]["range"]
    # The lowest place is mapped to the first of the two: the right end, less room for labels.
    assert (first["expr"][:5], last) == ("width", 0)
    assert spec["layer"][0]["encoding"]["x"]["title"] == "Hạng"


@pytest.mark.parametrize(("band", "verdict"), [(0.05, "broad"), (0.1, "broad"), (0.3, "loose")])
def test_the_verdict_follows_the_band(band, verdict):
    app = opened("weights")
    control = next(item for item in app.get("button_group") if item.key == "sensitivity-band")
    control.set_value(band).run()
    begin = catalogue("vi")[f"sensitivity.{verdict}"].split("{")[0]
    assert begin in words(app)
    assert f"±{round(100 * band)}%" in words(app)


def test_the_usual_band_is_ten_percent_and_places_are_told_in_words():
    shown = words(opened("weights"))
    assert "±10%" in shown
    assert "hạng 19/34 theo trọng số hiện hành" in shown
    assert "khoảng 50% là hạng 19–20, khoảng 90% là hạng 19–21" in shown
    assert "Khả năng giữ đúng hạng 19: 65%" in shown
    assert "trung bình 0,96; 95% số lần tính từ 0,93 trở lên" in shown


def test_the_weights_are_those_of_the_scenario_after_the_what_if():
    shown = words(opened("weights", PUBLISH_ON_TIME="20"))
    assert "hạng 13/34 theo trọng số hiện hành" in shown


def test_neighbours_most_often_swapped_come_first():
    (pairs,) = (item.value for item in opened("weights").dataframe)
    chances = list(pairs["Khả năng đổi chỗ (%)"])
    assert chances == sorted(chances, reverse=True)
    assert list(pairs.iloc[0][["Đang đứng trên", "Đang đứng dưới"]]) == ["Hồ Chí Minh", "Quảng Trị"]
    assert pairs["Cách nhau (điểm)"].iloc[0] == 0.01


def test_units_without_a_group_score_are_named():
    shown = words(opened("weights", b="tth-2022", u="000.00.31.H57"))
    assert "thiếu điểm của ít nhất một nhóm" in shown
    names = [unit.short_name for unit in evaluate(
        Scenario("tth-2022", "000.00.31.H57")).peers.units]  # fmt: skip
    assert len(names) == 8
    assert all(name in shown for name in names)


def test_peers_that_are_held_cannot_turn_over():
    app = opened("peers", peers="fixed")
    assert "không đơn vị nào đổi thứ tự với Phú Thọ" in words(app)
    assert not app.dataframe


def test_the_ten_peers_that_decide_most():
    app = opened("peers")
    (table,) = (item.value for item in app.dataframe)
    assert len(table) == 10
    shares = list(table["Phần trong độ bất định của hạng (%)"])
    assert shares == sorted(shares, reverse=True)
    view = evaluate(Scenario("vn-2026-10-10", "H44"))
    most = rank_peers(view.rank_ahead.outcomes, 6218, view.peers.totals)[:10]
    assert list(table["Mã"]) == [peer.code for peer in most]
    assert list(table["So với đơn vị (điểm)"]) == [peer.distance / 100 for peer in most]
    assert list(table["Khả năng đổi thứ tự (%)"]) == [round(100 * peer.turns, 1) for peer in most]
    assert "trong 33 đơn vị đổi thứ tự với Phú Thọ" in words(app)
    shared = round(100 * shared_doubt(view.rank_ahead.outcomes, 6218))
    assert shared > 50
    assert f"{shared}% mức không chắc của thứ hạng là do biến động chung" in words(app)
    assert "Phần riêng của từng đơn vị: một nửa đến từ" in words(app)


def test_on_a_trend_only_those_that_turn_over_are_listed():
    app = opened("peers", b="gialai-2026-10-10", u="H21.181", peers="trend")
    (table,) = (item.value for item in app.dataframe)
    view = evaluate(Scenario("gialai-2026-10-10", "H21.181", peers=TREND))
    then = view.rank_ahead.outcomes.totals(1.0)
    turned = [code for code, total in view.peers.totals.items()
              if (total > 6656) != (then[code] > 6656)]  # fmt: skip
    assert f"số đơn vị đổi thứ tự với Phường Quy Nhơn Nam: {len(turned)}." in words(app)
    assert sorted(table["Mã"]) == sorted(turned)
    assert list(table.columns) == ["Tên", "Mã", "Tổng điểm", "So với đơn vị (điểm)"]


def test_a_download_has_every_stop_as_numbers(say):
    view, levers = found(FIXED)
    lines = csv_bytes(levers_table(view, levers, FIXED, say), "vi").decode("utf-8-sig").splitlines()
    assert lines[0].split(";")[:6] == [
        "Đòn bẩy", "Mã", "Đơn vị tính", "Mức thấp nhất", "Hạng ở mức thấp nhất", "Đang đặt",
    ]  # fmt: skip
    row = next(line.split(";") for line in lines if ";ON_TIME;" in line)
    assert row[-1] == "2,26"
    assert len(lines) == 1 + len(levers)


def test_cases_still_to_come_are_told_as_whole_numbers(say):
    view = evaluate(Scenario("phutho-2026-ytd", "H44", until="2026-12-31"))
    levers = rank_levers(curves_of(view.scenario), {}, view.rank_ahead.outcomes)
    assert any(not one.best.change.is_integer() for one in levers)
    table = levers_table(view, levers, UNCERTAIN, say)
    assert all(float(change).is_integer() for change in table["Mức tốt nhất"])
