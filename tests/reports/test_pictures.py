"""Pictures for reports: whole, readable on paper, with words of their own, made without a net."""

from __future__ import annotations

import io
import json
import re
import struct
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops

from simulator import library
from simulator.baseline_files import baseline_ids
from simulator.peers_mode import PeersMode
from simulator.reports import picture_files, pictures
from simulator.reports.blocks import Chart
from simulator.reports.paper_spec import WIDTH
from simulator.scenario import Scenario
from simulator.summary import places
from simulator.text import LANGUAGES
from tests.reports.papers import EIGHT, PHU_THO, UNTIL, VN, saved

AHEAD = Scenario(PHU_THO, "H44", EIGHT, until=UNTIL)
# A picture is 16 cm wide on a page; a point is 1/72 inch.
PAGE_POINTS = 16 / 2.54 * 72
LEAST_POINTS = 9


@cache
def all_charts() -> dict[str, Chart]:
    return {chart.key: chart for chart in pictures.charts(saved(AHEAD))}


def words(chart: Chart) -> list[str]:
    """Texts of the drawing; the lines of a name with a space between."""
    root = ElementTree.fromstring(pictures.svg(chart))  # noqa: S314 - made here
    texts = [one for one in root.iter() if one.tag.endswith("}text")]
    return [" ".join(part.strip() for part in one.itertext()) for one in texts]


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_plan_ahead_has_all_pictures_in_their_order():
    assert tuple(all_charts()) == pictures.KEYS


def test_a_picture_has_exactly_the_size_its_chart_tells():
    for chart in all_charts().values():
        png = pictures.png(chart)
        assert png.startswith(b"\x89PNG"), chart.key
        assert size(png) == (2 * WIDTH, 2 * chart.height), chart.key


def test_text_is_nowhere_smaller_than_nine_points_on_a_page():
    for chart in all_charts().values():
        sizes = re.findall(r'font-size="([\d.]+)px"', pictures.svg(chart).decode())
        assert sizes
        assert min(map(float, sizes)) * PAGE_POINTS / WIDTH >= LEAST_POINTS, chart.key


def test_names_and_figures_are_in_the_drawing_whole_and_with_their_letters():
    view = saved(AHEAD).view
    charts = all_charts()
    groups = words(charts["groups"])
    for group in view.edition.groups:
        assert group.name["vi"] in groups
    now = view.projection.before.total
    assert now == 6189
    steps = words(charts["waterfall"])
    assert "61,89" in steps
    assert "Giải quyết đúng hạn thêm hồ sơ" in steps
    for chart in charts.values():
        assert not [text for text in words(chart) if "…" in text], chart.key


def test_a_long_name_stands_in_lines_of_about_the_same_length():
    chart = all_charts()["losses"]
    names = [row["name"] for row in chart.spec["data"]["values"]]
    assert any("\n" in name for name in names)
    for name in names:
        lines = [len(line) for line in name.split("\n")]
        assert max(lines) <= 30
        assert len(lines) == 1 or max(lines) - min(lines) <= 12, name
    assert {name.replace("\n", " ") for name in names} <= set(words(chart))


def test_nothing_answers_to_a_pointer_or_a_window():
    for chart in all_charts().values():
        text = json.dumps(chart.spec, allow_nan=False)
        assert "windowSize" not in text
        assert '"tooltip"' not in text
        assert chart.spec["background"] == "#FFFFFF"


def test_a_drawing_refers_to_nothing_outside():
    for chart in all_charts().values():
        text = pictures.svg(chart).decode()
        assert not re.findall(r"(?:href|src)=", text)
        names = set(re.findall(r"https?://[^\"]+", text))
        assert names <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/a.csv", "file:///etc/passwd"])
def test_nothing_is_ever_fetched_for_a_picture(url):
    chart = all_charts()["losses"]
    spec = {**chart.spec, "data": {"url": url, "format": {"type": "csv"}}}
    try:
        drawn = pictures.svg(replace(chart, spec=spec)).decode()
    except ValueError:
        return
    assert "root:" not in drawn
    assert "Thủ tục" not in drawn


def test_the_caption_tells_how_to_read_it_and_whose_figures_it_shows():
    charts = all_charts()
    source = "Nguồn: Phú Thọ năm 2026 đến 26/09/2026, đủ 21 chỉ tiêu (đọc ngày 26/09/2026)"
    others = "so sánh với 34 tỉnh, thành phố, năm 2026 đến 26/09/2026 (đọc ngày 27/09/2026)"
    for chart in charts.values():
        has_peers = chart.key in ("groups", "ladder", "places")
        whole = f"{source}; {others}." if has_peers else f"{source}."
        assert chart.caption.endswith(whole), chart.key
        assert len(chart.caption) > len(source) + 20
        assert "Phú Thọ" in chart.title
    assert "Hiện nay: 61,89" in charts["waterfall"].alt


def test_the_means_drawn_are_those_the_paper_prints():
    alt = all_charts()["groups"].alt
    assert "Dịch vụ trực tuyến · Hiện nay: 8,56 · Sau phương án: 8,98 · Bình quân: 8,39" in alt
    assert "Bình quân: 10,27" in alt


def test_figures_without_a_day_say_so_by_leaving_it_out():
    chart = pictures.chart(saved(Scenario("binhthuan-2023", "binhthuan")), "groups")
    assert chart is not None
    assert chart.caption.endswith("Nguồn: Tỉnh Bình Thuận, năm 2023.")


def test_levers_without_room_for_a_name_are_named_in_the_caption():
    chart = all_charts()["priorities"]
    numbers = {text for text in words(chart) if text.isdigit() and len(text) <= 2}
    points = [row for row in chart.spec["data"]["values"] if row["kind"] == "point"]
    alone = [row["wide_label"] for row in points if row["wide_label"].isdigit()]
    assert alone
    for number in alone:
        assert f" {number}. " in chart.caption
        assert number in numbers


def test_the_months_are_those_of_the_indicator_whose_score_moves_most():
    subject = saved(AHEAD)
    ends, lines = subject.path.ends[-1].after.indicators, subject.path.lines[-1].after.indicators
    gains = {
        item.name["vi"]: abs((end or 0) - (line or 0))
        for item, end, line in zip(subject.view.edition.indicators, ends, lines, strict=True)
    }
    chart = pictures.chart(subject, "path")
    assert chart is not None
    assert chart.title.startswith(max(gains, key=lambda name: gains[name]))


def test_a_picture_that_would_say_nothing_is_not_drawn():
    still = saved(Scenario("bencau-2023-02", library.load("bencau-2023-02").default_unit))
    assert [chart.key for chart in pictures.charts(still)] == ["groups", "losses"]
    whole = saved(Scenario(VN, "H44", (("ON_TIME", 3000.0),)))
    keys = {chart.key for chart in pictures.charts(whole)}
    assert "path" not in keys
    assert "waterfall" in keys


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("baseline", baseline_ids())
def test_pictures_of_all_shipped_figures_are_drawn(baseline, language):
    unit = library.load(baseline).default_unit
    for chart in pictures.charts(saved(Scenario(baseline, unit), language)):
        text = pictures.svg(chart).decode()
        assert "NaN" not in text
        assert "undefined" not in text


def file_words(svg: bytes) -> str:
    root = ElementTree.fromstring(svg)  # noqa: S314 - made here
    texts = [one for one in root.iter() if one.tag.endswith("}text")]
    return " ".join(" ".join(part.strip() for part in one.itertext()) for one in texts)


def test_a_file_tells_what_it_shows_of_which_scenario_and_whose_figures():
    subject = saved(AHEAD, name="Đợt 1")
    for key, chart in all_charts().items():
        png, svg = picture_files.files(chart, subject)
        told = file_words(svg)
        assert chart.title in told and chart.caption in told, key
        looked = "Kịch bản “Đợt 1”, đến hết ngày 31/12/2026"
        # Points are lost as things stand, whatever is planned.
        what = "Hiện trạng (kịch bản “Đợt 1”)" if key == picture_files.PRESENT else looked
        assert f"{what} · số liệu đọc ngày 26/09/2026" in told, key
        width, height = size(png)
        assert width == 2 * (WIDTH + 2 * picture_files.MARGIN)
        assert height > 2 * chart.height
        found = "Công khai, minh bạch Tiến độ giải quyết Dịch vụ trực tuyến" in told
        assert found == (key in ("groups", *picture_files.COLOURED))
    whole = saved(Scenario(PHU_THO, "H44", EIGHT), name="Đợt 1")
    for one, words_of in ((whole, "tính cho cả kỳ"), (saved(Scenario(VN, "H44")), "Hiện trạng")):
        chart = pictures.charts(one)[0]
        assert words_of in file_words(picture_files.files(chart, one)[1])


def test_a_file_of_figures_without_a_day_leaves_it_out():
    subject = saved(Scenario("binhthuan-2023", "binhthuan"))
    chart = pictures.charts(subject)[0]
    assert "số liệu đọc" not in file_words(picture_files.files(chart, subject)[1])


def inked_columns(png: bytes) -> tuple[int, int]:
    """The first and the last column of pixels that are not white."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    assert box is not None
    return box[0], box[2]


@pytest.mark.parametrize(
    "name",
    [
        '<script>alert("x")</script> & "ngoặc"', "rất dài " * 40, "x" * 300, "W" * 200,
        "PHƯƠNG ÁN " * 20, "<&#" * 60, "甲" * 120, "a\x00\x0b\nb",
    ],
)  # fmt: skip
def test_a_name_neither_breaks_a_file_nor_runs_out_of_it(name):
    subject = saved(AHEAD, name=name)
    chart = all_charts()["places"]
    png, svg = picture_files.files(chart, subject)
    root = ElementTree.fromstring(svg)  # noqa: S314 - made here
    assert not [one for one in root.iter() if one.tag.endswith("script")]
    left, right = inked_columns(png)
    assert left >= 2 * picture_files.MARGIN
    assert right <= 2 * (WIDTH + picture_files.MARGIN)
    if name.startswith("<s"):
        assert name in " ".join(one.text or "" for one in root if one.tag.endswith("}text"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_file_runs_out_of_it(language):
    subject = saved(AHEAD, language)
    for chart in pictures.charts(subject):
        assert inked_columns(picture_files.files(chart, subject)[0])[1] <= 2 * (
            WIDTH + picture_files.MARGIN
        ), chart.key


def test_equal_scenarios_make_equal_files():
    chart = all_charts()["groups"]
    assert picture_files.files(chart, saved(AHEAD)) == picture_files.files(chart, saved(AHEAD))


def test_words_of_the_screen_do_not_go_on_paper():
    told = " ".join(
        f"{chart.caption} {chart.alt} {' '.join(words(chart))}" for chart in all_charts().values()
    )
    assert "mô phỏng" not in told.lower() and "đối thủ" not in told.lower()
    assert "Sau phương án" in words(all_charts()["waterfall"])


def test_the_ladder_says_what_each_of_its_marks_is():
    view, chart = saved(AHEAD).view, all_charts()["ladder"]
    # Those between the old and the new place are passed, so their ranks are not those of now.
    passed = [
        one
        for one in places(view.projection, view.peers)
        if not one.is_own and one.before.rank != one.after.rank
    ]
    assert passed
    for one in passed:
        assert any(text.startswith(f"{one.after.rank} · {one.unit.short_name}")
                   for text in words(chart))  # fmt: skip
    for told in (
        "hạng tính với điểm sau phương án của Phú Thọ và điểm hiện nay của các đơn vị khác",
        "Chấm xanh và nét đứt: Phú Thọ sau phương án",
        "hình thoi ở dòng “Phú Thọ (trước)”: hạng và điểm hiện nay",
        "Chấm xám: điểm hiện nay của các đơn vị khác",
        "dải nhạt: điểm giữa, 50% và 90% khả năng của các đơn vị khác đến 31/12/2026",
    ):
        assert told in chart.caption
    held = pictures.chart(saved(replace(AHEAD, peers=PeersMode.FIXED)), "ladder")
    assert held is not None
    assert "Các đơn vị khác giữ nguyên điểm." in held.caption and "dải" not in held.caption
    still = pictures.chart(saved(Scenario(VN, "H44")), "ladder")
    assert still is not None
    assert "trước" not in still.caption and "phương án" not in still.caption


def test_equal_charts_are_equal_pictures():
    chart = all_charts()["ladder"]
    assert pictures.png(chart) == pictures.png(chart)
