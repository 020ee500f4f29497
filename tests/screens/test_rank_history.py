"""*Diễn biến thứ hạng*: the chart of ranks over time, its words, its table and its comparison."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from itertools import pairwise

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.rank import history
from pages.ui.rank.history_rows import (
    chart_rows,
    day_labels,
    places_table,
    positions,
    spread,
)
from pages.ui.rank.story import FAINT, WHOLE, Story
from simulator.numbers import VIETNAM
from simulator.peers_mode import PeersMode
from simulator.presentation import charts
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, evaluate
from simulator.rank_history import PlaceAhead, PlacesRead, RankHistory, places_of
from simulator.scenario import Scenario
from simulator.text import catalogue
from tests.screens import one_part

NOW = Scenario("vn-2026-10-10", "H44")
MOVED = Scenario("vn-2026-10-10", "H44", (("ON_TIME", 73393.0),))
START = datetime(2026, 9, 1, tzinfo=VIETNAM)


@pytest.fixture
def say() -> Speech:
    return Speech("vi")


def opened(**link: str) -> AppTest:
    return one_part.part("pages.ui.rank.history", "draw_history", link)


def story_of(view: View) -> Story:
    story = history.story_of(view)
    assert story is not None
    return story


def rows_of(scenario: Scenario, say: Speech) -> pd.DataFrame:
    return chart_rows(story_of(evaluate(scenario)), say)


def labels(table: pd.DataFrame, kind: str) -> list[str]:
    return list(table[table["kind"] == kind]["label"])


def long_story(count: int, own: int, ahead: PlaceAhead | None = None) -> Story:
    """A list of ``count`` units in the order of their names, read twice; ``own`` gained a place."""
    codes = [f"X{k:03d}" for k in range(1, count + 1)]
    totals = {code: 9000 - 10 * k for k, code in enumerate(codes)}
    unit = codes[own - 1]
    before = {**totals, unit: totals[unit] - 15}
    readings = tuple(
        PlacesRead(START + timedelta(days), f"2026-09-{days:02d}", one, places_of(one))
        for days, one in ((1, before), (8, totals))
    )
    return Story(RankHistory(readings, {code: code for code in codes}), unit, unit, ahead=ahead)


def test_the_chart_writes_its_numbers_in_the_language_and_refers_to_its_columns(say):
    spec = charts.compiled("bump", "vi", "")
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert spec is charts.compiled("bump", "vi", "")
    written = json.dumps(spec)
    table = rows_of(MOVED, say)
    assert set(re.findall(r'"field": "(\w+)"', written)) <= set(table.columns)
    assert set(re.findall(r"datum\.(\w+)", written)) <= set(table.columns)


def test_every_kind_of_row_is_drawn_and_no_other(say):
    written = json.dumps(charts.compiled("bump", "vi", ""))
    drawn = {kind for found in re.findall(r'"oneOf": \[(.*?)\]', written)
             for kind in re.findall(r'"(\w+)"', found)}  # fmt: skip
    assert set(rows_of(MOVED, say)["kind"]) == drawn - {"other"}


def test_the_own_line_has_its_places_and_tips_in_words(say):
    table = rows_of(NOW, say)
    own = table[table["kind"] == "own"]
    assert list(own["place"]) == [14, 12, 16, 18, 18, 19, 19, 19]
    assert list(own["tip"])[-1] == "Phú Thọ: hạng 19/34, 62,18 điểm, 10/10/2026"
    assert (own["at"].min(), own["at"].max()) == (0, 1)
    assert own["at"].is_monotonic_increasing
    assert labels(table, "start") == ["14"]


def test_neighbours_are_named_and_all_others_faint(say):
    table = rows_of(NOW, say)
    names = labels(table, "name")
    assert names == [
        "16 · Lâm Đồng", "17 · Cà Mau", "18 · Cao Bằng", "19 · Phú Thọ", "20 · Vĩnh Long",
        "21 · Nghệ An", "22 · Cần Thơ",
    ]  # fmt: skip
    assert table[table["kind"] == "faint"]["unit"].nunique() == 34 - 7
    assert labels(table, "tick") == ["1", "5", "10", "15", "20", "25", "30"]


def test_the_best_place_is_on_top_and_the_last_at_the_bottom(say):
    table = rows_of(NOW, say)
    lines = table[table["kind"].isin(["own", "named", "faint"])]
    assert set(lines[lines["place"] == 1]["y"]) == {0.0}
    assert set(lines[lines["place"] == 34]["y"]) == {1.0}


def test_days_are_spaced_by_time_and_written_where_there_is_room(say):
    days = rows_of(NOW, say)
    days = days[days["kind"] == "day"].set_index("label")
    assert list(days.index) == [
        "17/09", "26/09", "30/09", "05/10", "06/10", "08/10", "09/10", "10/10",
    ]  # fmt: skip
    gap = days["at"].diff()
    assert gap["26/09"] / gap["06/10"] == pytest.approx(9)
    for width in (150, 400, 900, 2000):
        shown = days[days["least"] <= width]
        assert {"17/09", "10/10"} <= set(shown.index)
        assert (shown["at"].diff().dropna() * width).min() >= 46 - 1e-6


def test_a_day_read_twice_is_told_with_its_hour():
    readings = [
        PlacesRead(START + timedelta(hours=hours), "2026-09-01", {"a": 1}, {"a": 1})
        for hours in (1, 23)
    ]
    assert day_labels(readings) == ["01/09 01:00", "01/09 23:00"]
    assert positions(readings) == [0, 1]


def test_after_a_move_a_diamond_stands_at_the_place_of_the_headline(say):
    view = evaluate(MOVED)
    after = view.projection.after.standing
    assert after is not None
    table = rows_of(MOVED, say)
    assert list(table[table["kind"] == "after"]["place"]) == [after.rank] == [10]
    assert labels(table, "after_name") == ["10 · sau mô phỏng"]
    said = history.legend(story_of(view), say)
    assert "Hình thoi: sau mô phỏng, đối thủ giữ nguyên: hạng 10/34, 64,44 điểm." in said
    assert not set(rows_of(NOW, say)["kind"]) & {"after", "after_name"}
    assert "Hình thoi" not in history.legend(story_of(evaluate(NOW)), say)


def test_looking_ahead_names_the_day(say):
    scenario = Scenario("phutho-2026-ytd", "H44", (("ON_TIME", 500.0),), until="2026-11-30")
    said = history.legend(story_of(evaluate(scenario)), say)
    assert "Hình thoi: dự kiến đến hết 30/11/2026, đối thủ giữ nguyên" in said
    assert "Cột bên phải: đến hết 30/11/2026" in said
    assert labels(rows_of(scenario, say), "ahead") == ["30/11"]


def test_figures_in_use_that_differ_from_those_of_the_list_are_told(say):
    story = story_of(evaluate(Scenario("phutho-2026-ytd", "H44")))
    assert [one.places["H44"] for one in story.history.readings] == [14, 12]
    said = history.legend(story, say)
    assert "theo số liệu đang mở của Phú Thọ: hạng 16/34, 61,89 điểm" in said
    assert "trong danh sách ngày 26/09/2026 là 62,76 điểm" in said


def test_the_column_is_the_interval_of_the_day_looked_at(say):
    view = evaluate(NOW)
    ahead = view.rank_ahead
    assert ahead is not None
    table = rows_of(NOW, say).set_index("kind")
    wide, likely = ahead.outcomes.interval(6218, 0.9), ahead.outcomes.interval(6218, 0.5)
    assert tuple(table.loc["wide", ["place", "to"]]) == wide
    assert tuple(table.loc["likely", ["place", "to"]]) == likely
    assert table.loc["middle", "place"] == ahead.outcomes.place(6218, 0.5)
    assert [table.loc[kind, "label"] for kind in ("best", "worst")] == [str(end) for end in wide]
    assert table.loc["ahead", "label"] == "31/12"
    said = history.legend(story_of(view), say)
    assert f"khoảng 90%: hạng {wide[0]}–{wide[1]}" in said


def test_an_end_of_the_interval_that_is_the_middle_is_written_once(say):
    ahead = PlaceAhead(START.date(), PeersMode.UNCERTAIN, 12, 12, (12, 12), (10, 12))
    table = chart_rows(long_story(12, 12, ahead), say)
    assert (labels(table, "best"), labels(table, "worst")) == (["10"], [])
    assert "khoảng 50%: hạng 12; vạch nhạt là khoảng 90%: hạng 10–12" in history.legend(
        long_story(12, 12, ahead), say
    )


@pytest.mark.parametrize(
    ("mode", "words"),
    [(PeersMode.FIXED, "đối thủ giữ nguyên: hạng 19/34"), (PeersMode.TREND, "theo xu hướng: hạng")],
)
def test_peers_that_are_certain_leave_one_place_without_ends(mode, words, say):
    scenario = Scenario("vn-2026-10-10", "H44", peers=mode)
    table = rows_of(scenario, say)
    assert not set(table["kind"]) & {"best", "worst"}
    assert len(table[table["kind"] == "middle"]) == 1
    assert words in history.legend(story_of(evaluate(scenario)), say)


def test_a_long_list_is_drawn_around_the_unit_and_says_so(say):
    ahead = PlaceAhead(START.date(), PeersMode.UNCERTAIN, 135, 52, (50, 55), (40, 60))
    story = long_story(135, 50, ahead)
    first, last = story.window
    assert last - first + 1 == WHOLE
    assert first <= 40
    assert last >= 60
    assert len(story.faint) == WHOLE - 7 <= FAINT
    table = chart_rows(story, say)
    lines = table[table["kind"].isin(["own", "named", "faint"])]
    assert lines["y"].dropna().between(0, 1).all()
    assert labels(table, "tick")[0] == str(first)
    assert f"chỉ vẽ từ hạng {first} đến hạng {last} trong 135 đơn vị" in history.legend(story, say)
    assert len(places_table(story, say)) == 135


@pytest.mark.parametrize(("own", "window"), [(1, (1, 45)), (135, (91, 135)), (128, (91, 135))])
def test_at_the_ends_of_a_long_list_as_many_places_are_drawn(own, window):
    assert long_story(135, own).window == window


def test_a_wide_interval_makes_places_narrower_and_keeps_labels_apart(say):
    ahead = PlaceAhead(START.date(), PeersMode.UNCERTAIN, 135, 60, (40, 90), (10, 130))
    story = long_story(135, 60, ahead)
    assert story.window == (8, 132)
    assert len(story.faint) == FAINT
    assert story.height < 800
    table = chart_rows(story, say)
    spots = sorted(table[table["kind"] == "name"]["to"])
    gaps = [(high - low) * story.row for low, high in pairwise(spots)]
    assert min(gaps) >= 15 - 1e-6


def test_labels_of_one_place_are_moved_apart_and_stay_in_the_picture():
    assert spread([5, 5, 5], 1, 1, (1, 10)) == [4, 5, 6]
    assert spread([1, 1, 1], 2, 1, (1, 10)) == [1, 2, 3]
    assert spread([9, 10, 10], 0, 1, (1, 10)) == [8, 9, 10]
    assert spread([2, 7], 0, 1, (1, 10)) == [2, 7]
    assert spread([], 0, 1, (1, 10)) == []


def test_a_unit_that_is_missing_leaves_a_gap_that_is_told(say):
    story = long_story(12, 5)
    first, second = story.history.readings
    fewer = {code: total for code, total in first.totals.items() if code != "X006"}
    story = Story(
        RankHistory(
            (PlacesRead(first.moment, first.day, fewer, places_of(fewer)), second),
            story.history.names,
        ),
        "X005", "X005",
    )  # fmt: skip
    table = chart_rows(story, say)
    line = table[table["unit"] == "X006"]
    assert list(line["place"].isna()) == [True, False]
    assert catalogue("vi")["rank_history.gap"] in history.legend(story, say)
    shown = places_table(story, say).set_index("Mã").loc["X006"]
    assert pd.isna(shown["Hạng 01/09"])
    assert (shown["Hạng 08/09"], shown["Điểm 08/09"]) == (6, 89.5)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_history_is_drawn_in_both_languages(language: str):
    app = opened(b="vn-2026-10-10", u="H44", lang=language)
    assert not app.exception
    assert app.subheader[0].value == catalogue(language)["rank_history.title"]
    table = app.dataframe[0].value
    own = table[table.iloc[:, 0] == "H44"].iloc[0]
    assert list(own)[:4] == ["H44", "Phú Thọ", 14, 62.6]
    assert len(table) == 34
    assert list(table.iloc[:, -2]) == sorted(table.iloc[:, -2])


def test_another_unit_is_compared_on_this_screen_only():
    app = opened(b="vn-2026-10-10", u="H44")
    box = app.selectbox[0]
    assert box.value is None
    assert "Phú Thọ · H44" not in box.options
    assert "Hà Nội · H26" in box.options
    before = app.query_params
    box.set_value("H20").run()
    assert not app.exception
    assert app.selectbox[0].value == "H20"
    assert app.query_params == before
    view = evaluate(NOW)
    story = story_of(view)
    compared = Story(story.history, story.unit, story.name, other="H20", ahead=story.ahead)
    table = chart_rows(compared, Speech("vi"))
    other = table[table["kind"] == "other"]
    assert list(other["place"]) == [one.places["H20"] for one in story.history.readings]
    assert len(labels(table, "start")) == 2
    beside = Story(story.history, story.unit, story.name, other=story.named[0])
    assert story.named[0] not in beside.named


def test_one_reading_gives_a_sentence_and_no_chart():
    app = opened(b="gialai-2026-10-10", u="H21.100")
    assert not app.exception
    assert "mới có một lần ghi nhận trong kỳ (ngày 10/10/2026)" in app.info[0].value
    assert "*Dữ liệu*" in app.info[0].value
    assert not app.dataframe
    assert not app.selectbox


@pytest.mark.parametrize("baseline", ["phutho-2026-08", "tth-2022", "province-2023-11"])
def test_a_unit_that_is_not_ranked_has_no_history(baseline: str):
    app = opened(b=baseline)
    assert not app.exception
    assert not app.subheader
