"""Publications: other words for the same, questions where two readings are left, properties."""

from __future__ import annotations

import ast
import re
import textwrap
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.checks import Level
from simulator.checks.findings import Finding
from simulator.text import catalogue, explain
from tests.paths import PROJECT
from tests.publication_texts import (
    CELLS,
    CERTIFIED,
    CODES,
    CRITERIA,
    DISTRICTS,
    EDITION,
    INLINE,
    PROVINCE,
    REPORT,
    TEN_MONTHS,
    assert_scores,
    facts,
    problems,
    rates,
    read,
    scores,
)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("Tháng 02/2023: số hóa hồ sơ đạt 5/22 điểm, giảm so với tháng 01/2023", "2023-02"),
        ("Công bố ngày 20/03/2023, kỳ tháng 11 năm 2023\nSố hóa hồ sơ đạt 5/22 điểm", "2023-11"),
        ("Báo cáo 10 tháng năm 2023\n\nSố hóa hồ sơ đạt 5/22 điểm", "2023-10m"),
        ("Quý II/2024 số hóa hồ sơ đạt 5/22 điểm", "2024-Q2"),
        ("Trong năm 2022 theo Quyết định số 31/2021/QĐ-TTg, số hóa đạt 5/22 điểm", "2022"),
        ("Năm 2022 và năm 2023 số hóa đạt 5/22 điểm", ""),
        ("Năm 2024 số hóa đạt 5/22 điểm. Phấn đấu năm 2025 đạt 15/22 điểm", "2024"),
    ],
)
def test_the_period_is_stated_where_the_text_names_exactly_one(words, period):
    stated = read(words).stated
    assert (stated.period if stated else "") == period


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Tiến độ giải quyết: 16,6 điểm/20 điểm", {"TDGQ": 16.6}),
        ("Tiến độ: đạt 16,6 trên 20 điểm", {"TDGQ": 16.6}),
        ("Tiến độ giải quyết hồ sơ đạt 16.6/20đ", {"TDGQ": 16.6}),
        ("Số hoá hồ sơ đạt 8,0/22 điểm", {"MDSH": 8}),
        ("Mức độ hài\nlòng đạt 17,5/18 điểm", {"MDHL": 17.5}),
        ("Nhóm thanh toán phí, lệ phí trực tuyến: 7/10 điểm", {"TTTT": 7}),
        ("Công khai, minh bạch: 13,3 điểm", {"CKMB": 13.3}),
        ("Tổng điểm: 71,35", {"TOTAL": 71.35}),
        ("DVCTT đạt 5/12 điểm, tăng 1,2 điểm so với tháng trước", {"ONLINE": 5}),
        ("Chỉ số CCHC tỉnh đạt 85,5/100 điểm; số hóa hồ sơ đạt 5/22 điểm", {"MDSH": 5}),
        ("Công khai, minh bạch đạt 12/18 điểm (năm 2022 đạt 10/18 điểm)", {"CKMB": 12}),
    ],
)
def test_scores_in_other_words(words, expected):
    assert_scores(words, expected)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Số hóa hồ sơ đạt 25/22 điểm", "publication_points"),
        ("Công khai, minh bạch: 13,345/18 điểm", "publication_score_unclear"),
        ("Mức độ hài lòng về dịch vụ công trực tuyến: 17/18 điểm", "publication_two_groups"),
        ("Kết quả của đơn vị là 17/18 điểm", "publication_score_of_what"),
        ("Tiến độ giải quyết 18/20 điểm. Điểm tiến độ là 17/20 điểm", "publication_two_values"),
        ("Tỷ lệ thanh toán trực tuyến đạt 145%", "publication_rate"),
        ("Tổng điểm đạt 60/100 điểm, xếp hạng 70/63", "publication_rank"),
        ("Không có số liệu nào ở đây.", "publication_nothing"),
        ("", "publication_nothing"),
    ],
)
def test_what_has_two_readings_or_none_is_asked(words, code):
    reading = read(words)
    assert problems(reading) == [code]
    if code != "publication_nothing":
        place = reading.problems[0].fields["place"]
        assert (place.code, place.fields["line"]) == ("text_line", "1")
        assert place.fields["words"].strip("…") in " ".join(words.split())


def test_a_list_per_unit_stays_with_its_unit():
    reading = read(
        "UBND xã Tân An:\n- Công khai, minh bạch: 12/18 điểm\n- Số hóa hồ sơ: 5/22 điểm\n"
        "UBND xã Tân Bình:\n- Công khai, minh bạch: 13/18 điểm\n- Số hóa hồ sơ: 6/22 điểm\n"
    )
    assert scores(reading, "xa-tan-an") == {"CKMB": 12, "MDSH": 5}
    assert scores(reading, "xa-tan-binh") == {"CKMB": 13, "MDSH": 6}


def test_rates_and_counts_stay_with_their_unit_too():
    reading = read(
        "Tỉnh Hà Xuyên đạt tổng điểm 60/100 điểm.\n"
        "UBND xã Tân An: công khai, minh bạch 12/18 điểm; tỷ lệ đúng hạn đạt 98,5%.\n"
        "Sở Tư pháp đã giải quyết 1.250 hồ sơ; toàn tỉnh đã giải quyết 18.057 hồ sơ.\n"
    )
    assert rates(reading, "xa-tan-an") == {"ON_TIME": 98.5}
    assert facts(reading, "so-tu-phap") == {"DONE": 1250}
    assert facts(reading, "tinh-ha-xuyen") == {"DONE": 18057}


def test_a_score_of_a_department_is_not_that_of_the_province():
    reading = read(
        "Tỉnh Hà Xuyên đạt tiến độ giải quyết 19/20 điểm; Sở Tư pháp đạt tiến độ giải quyết 17/20"
        " điểm. Theo báo cáo của Sở Nội vụ, mức độ hài lòng của tỉnh đạt 16/18 điểm."
    )
    assert scores(reading, "tinh-ha-xuyen") == {"TDGQ": 19, "MDHL": 16}
    assert scores(reading, "so-tu-phap") == {"TDGQ": 17}


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_a_table_between_tabs_or_bars_keeps_its_empty_cells(mark):
    rows = [
        ["STT", "Tên đơn vị", "Mã định danh", "Công khai, minh bạch", "Thanh toán trực tuyến",
         "Mức độ hài lòng", "Tổng điểm", "Xếp hạng"],
        ["1", "UBND xã Tân An", "H44.101", "18", "6,1", "18", "82,1", "1"],
        ["2", "UBND xã Tân Bình", "H44.102", "17", "", "17,5", "80", "2"],
    ]  # fmt: skip
    reading = read("\n".join(mark.join(row) for row in rows))
    assert scores(reading, "H44.101") == {"CKMB": 18, "TTTT": 6.1, "MDHL": 18, "TOTAL": 82.1}
    assert scores(reading, "H44.102") == {"CKMB": 17, "MDHL": 17.5, "TOTAL": 80}
    assert facts(reading, "H44.102") == {"PUBLISHED_RANK": 2}


def test_a_header_that_does_not_fit_its_rows_is_a_question():
    reading = read(INLINE.replace("Mức độ hài lòng\n(%)\n", ""))
    assert problems(reading) == ["publication_columns"]
    assert reading.rows == ()


@pytest.mark.parametrize("width", [80, 95, 110])
@pytest.mark.parametrize("text", [PROVINCE, TEN_MONTHS, REPORT])
def test_lines_broken_by_a_converter_are_read_as_one(text, width):
    broken = "\n".join(
        "\n".join(textwrap.wrap(line, width, break_long_words=False)) for line in text.split("\n")
    )
    whole, parts = read(text), read(broken)
    assert [(row.group, row.published, row.average) for row in parts.groups] == [
        (row.group, row.published, row.average) for row in whole.groups
    ]
    assert rates(parts) == rates(whole)
    assert problems(parts) == []


def test_letters_and_marks_in_two_code_points_are_read_alike():
    text = REPORT + "\n\n" + CELLS
    assert scores(read(unicodedata.normalize("NFD", text))) == scores(read(text))


def test_every_figure_carries_its_line_and_its_words():
    reading = read(PROVINCE + CELLS)
    for row in (*reading.groups, *reading.rows, *reading.facts):
        assert row.place.code == "text_line"
        assert row.place.fields["file"] == "van-ban.txt"
        assert int(row.place.fields["line"]) > 0
        assert any(char.isdigit() for char in row.place.fields["words"])


def raised() -> set[tuple[str, str]]:
    """Tables and codes of all problems, doubts and notes in the reader's own code."""
    found = set()
    for path in (PROJECT / "simulator" / "readers" / "publication").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", "")
            if name in ("problem", "doubt", "note") and isinstance(node, ast.Call):
                code = node.args[0]
                if isinstance(code, ast.Constant):
                    found.add(("errors" if name == "problem" else "findings", code.value))
    return found


def test_every_problem_and_doubt_has_a_sentence():
    assert len(raised()) > 30
    assert {f"{table}.{code}" for table, code in raised()} <= set(catalogue("vi"))


@pytest.mark.parametrize("text", [INLINE, PROVINCE, TEN_MONTHS, REPORT, CELLS, CERTIFIED + CODES,
                                  DISTRICTS + "\n\n" + CODES, CRITERIA, "Số hóa: 25/22 điểm",
                                  "Số hóa hồ sơ: 11/12 điểm", "Số hóa: 5/22. Số hóa: 6/22",
                                  "Mức độ hài lòng về dịch vụ công trực tuyến: 17/18 điểm",
                                  "Số hóa không đạt 5/22 điểm. Tổng điểm 70-75/100. Tiến độ -3/20.",
                                  "Năm 2024 đạt 70/100 điểm. Số hóa năm 2023 đạt 5/22 điểm.",
                                  "Công khai, số hóa lần lượt đạt 5/18 điểm", "pakn " * 5000,
                                  "số hóa đạt 5,5/22 điểm, " * 201,
                                  CELLS.replace("\u00a0\n\n", "")])  # fmt: skip
@pytest.mark.parametrize("language", ["vi", "en"])
def test_everything_found_is_said_in_both_languages(text, language):
    reading = read(text)
    sentences = [explain(problem, language) for problem in reading.problems]
    for one in reading.doubts:
        level = Level.NOTE if one.is_note else Level.DOUBTFUL
        finding = Finding(level, one.code, one.fields, one.place)
        sentences.append(finding.sentence(language, EDITION))
    for sentence in sentences:
        assert "{" not in sentence and not re.search(r"\b[A-Z]+_[A-Z_]+\b", sentence)


TEMPLATES = {
    "CKMB": "- Công khai, minh bạch: {}/18 điểm.",
    "TDGQ": "Tiến độ, kết quả giải quyết hồ sơ: đạt {}/20 điểm, tỷ lệ đúng hạn đạt 81,42%.",
    "ONLINE": "Dịch vụ công trực tuyến đạt {}/12 điểm (bình quân cả nước 5,0/12);",
    "TTTT": "Thanh toán trực tuyến trên Cổng, tỉnh đạt {}/10 điểm, tỷ lệ 5,46%;",
    "MDHL": "Điểm đánh giá nhóm chỉ số về mức độ hài lòng: {}/18 điểm;",
    "MDSH": "Kết quả số hoá hồ sơ tỉnh đạt được {}/22 (tỷ lệ 2,83%)",
    "TOTAL": "Tổng số điểm của tỉnh Hà Xuyên đạt {}/100 điểm, xếp hạng 54/63.",
}


@given(st.data())
def test_any_score_within_its_maximum_is_read_back_exactly(data):
    group = data.draw(st.sampled_from(sorted(TEMPLATES)))
    maximum = EDITION.group_by_code[group].maximum if group != "TOTAL" else 100
    hundredths = data.draw(st.integers(0, 100 * maximum))
    decimals = data.draw(st.sampled_from([2, 1, 0]))
    hundredths -= hundredths % (1, 10, 100)[2 - decimals]
    mark = data.draw(st.sampled_from(",."))
    printed = f"{hundredths / 100:.{decimals}f}".replace(".", mark)
    reading = read(TEMPLATES[group].format(printed))
    assert scores(reading)[group] == hundredths / 100
    assert len(reading.groups) == 1
    assert problems(reading) == []


@given(st.text(alphabet="0123456789/,.%-() \n\tđiểmCông khai,số hóatỷ lệSTTH44.", max_size=300))
def test_no_text_breaks_the_reader(text):
    reading = read(text)
    for row in reading.groups:
        maximum = 100 if row.group == "TOTAL" else EDITION.group_by_code[row.group].maximum
        assert row.published is None or 0 <= row.published <= 100 * maximum
