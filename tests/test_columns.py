"""What columns are called, where headers are, and tables whose columns a person maps."""

from __future__ import annotations

import pytest

from simulator.checks import Level, check_reading
from simulator.errors import DataError
from simulator.imports import tables_of
from simulator.readers import Reading, read_bytes
from simulator.readers.columns import Header, is_table, meanings, shared_denominators, suggest
from simulator.readers.outline import outline, sheets_of
from simulator.readers.table import read_sheet
from simulator.readers.uploads import read_contents
from simulator.readers.workbook import read_workbook
from simulator.text import explain
from tests.workbooks import EDITION, counts, scores, workbook


def meaning(header: str, *samples: object, top: str = "") -> tuple[str, bool]:
    found = suggest([Header(header, top)], [[sample] for sample in samples], EDITION)[0]
    return found.meaning, found.certain


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Mã đơn vị", "unit"), ("Mã định danh", "unit"), ("department_code", "unit"),
        ("Tên đơn vị", "name"), ("Đơn vị", "name"), ("Cơ quan, đơn vị", "name"),
        ("TT", "number"), ("STT", "number"), ("Xếp hạng", "rank"), ("Thứ hạng", "rank"),
        ("Tổng điểm", "TOTAL"), ("Tổng điểm (100)", "TOTAL"), ("Tổng điểm /100", "TOTAL"),
        ("Tiến độ giải quyết", "group:TDGQ"), ("tiến độ, kết quả giải quyết", "group:TDGQ"),
        ("tiến độ giải quyết hồ sơ", "group:TDGQ"), ("Tien do giai quyet", "group:TDGQ"),
        ("Số hóa", "group:MDSH"), ("Số hoá hồ sơ", "group:MDSH"),
        ("Số hóa hồ sơ (22)", "group:MDSH"), ("Điểm số hóa hồ sơ", "group:MDSH"),
        ("Điểm số Số hóa hồ sơ", "group:MDSH"), ("Số hóa hồ sơ (tối đa 22 điểm)", "group:MDSH"),
        ("Dịch vụ công trực tuyến", "group:ONLINE"), ("dịch vụ trực tuyến", "group:ONLINE"),
        ("CLGQ", "group:ONLINE"), ("DVCTT", "group:ONLINE"), ("DVC trực tuyến /12", "group:ONLINE"),
        ("TTTT /10", "group:TTTT"), ("tttt_10", "group:TTTT"), ("Thanh toán", "group:TTTT"),
        ("Công khai minh bạch", "group:CKMB"), ("Nhóm công khai, minh bạch", "group:CKMB"),
        ("Mức độ hài lòng (18 điểm)", "group:MDHL"), ("Hài lòng", "group:MDHL"),
        ("Timeliness", "group:TDGQ"), ("Digitisation (22)", "group:MDSH"),
        ("Tỷ lệ đúng hạn", "rate:ON_TIME"), ("Tỉ lệ hồ sơ giải quyết đúng hạn", "rate:ON_TIME"),
        ("Tiến độ giải quyết (%)", "rate:ON_TIME"), ("Đúng hạn: tử số", "numerator:ON_TIME"),
        ("Tử số: hồ sơ đúng hạn (totalOnTime)", "numerator:ON_TIME"),
        ("ON_TIME numerator", "numerator:ON_TIME"), ("Điểm ON_TIME", "points:ON_TIME"),
        ("totalReceived", "parameter:totalReceived"), ("totalCompleted", "fact:totalCompleted"),
        ("Ghi chú", "ignore"), ("Bình quân cả nước", "national"), ("Điện thoại", "ignore"),
    ],
)  # fmt: skip
def test_a_header_is_known_by_its_usual_wordings(header, expected):
    assert meaning(header) == (expected, True)


@pytest.mark.parametrize(
    ("header", "samples", "expected"),
    [
        ("Thanh toán trực tuyến (12)", (), "group:TTTT"),  # 12 is the maximum of the other one
        ("Dịch vụ công trực tuyến (10)", (), "group:ONLINE"),
        ("Số hóa hồ sơ (12)", (), "group:MDSH"),
        ("Hồ sơ nộp trực tuyến", (528684.0,), "numerator:ONLINE_SUBMISSION"),
        ("Hồ sơ nộp trực tuyến", ("98,6%",), "rate:ONLINE_SUBMISSION"),
        ("Hồ sơ nộp trực tuyến", (5.4,), "points:ONLINE_SUBMISSION"),
        ("Kết quả số hóa hồ sơ của sở", (), "group:MDSH"),
        ("Tỷ lệ số hóa hồ sơ", (), "ignore"),  # of which of the seven indicators?
    ],
)
def test_what_could_be_something_else_is_only_suggested(header, samples, expected):
    assert meaning(header, *samples) == (expected, False)


@pytest.mark.parametrize(
    ("top", "text", "expected"),
    [
        ("Tiến độ giải quyết", "Tử số", "numerator:ON_TIME"),
        ("Tiến độ giải quyết", "Mẫu số", "denominator:ON_TIME"),
        ("Tiến độ giải quyết", "Tỷ lệ", "rate:ON_TIME"),
        ("Tiến độ giải quyết", "Điểm", "group:TDGQ"),
        ("Số hóa hồ sơ", "Điểm", "group:MDSH"),
        ("Hồ sơ nộp trực tuyến", "Tử số", "numerator:ONLINE_SUBMISSION"),
        ("Điểm đã công bố", "Số hóa hồ sơ (22)", "group:MDSH"),
    ],
)
def test_a_title_above_tells_what_a_count_is_of(top, text, expected):
    assert meaning(text, top=top) == (expected, True)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Tiến độ giải quyết (năm 2025)", "group:TDGQ"),
        ("Số hóa hồ sơ (chỉ tiêu giao)", "group:MDSH"),
        ("Số hóa hồ sơ (kế hoạch) (22)", "group:MDSH"), ("Tổng điểm (năm 2025)", "TOTAL"),
        ("Tỷ lệ đúng hạn (mục tiêu)", "rate:ON_TIME"),
        ("totalReceived (năm 2025)", "parameter:totalReceived"),
        ("Tổng điểm (sơ bộ)", "TOTAL"), ("Tiến độ giải quyết (CLGQ)", "group:TDGQ"),
    ],
)  # fmt: skip
def test_brackets_that_may_change_the_meaning_leave_a_column_open(header, expected):
    assert meaning(header) == (expected, False)


@pytest.mark.parametrize(
    "header",
    ["Tiến độ giải quyết (20 điểm)", "Tiến độ giải quyết (điểm đạt)",
     "Tiến độ giải quyết (điểm)", "Tiến độ giải quyết (TDGQ)",
     "Tiến độ giải quyết (thang điểm 20)", "Tiến độ giải quyết (20) (điểm)"],
)  # fmt: skip
def test_a_maximum_a_unit_or_the_code_in_brackets_changes_nothing(header):
    assert meaning(header) == ("group:TDGQ", True)


@pytest.mark.parametrize(
    "header",
    ["Chỉ tiêu giao tiến độ giải quyết", "Tiến độ giải quyết năm 2025", "Kế hoạch số hóa hồ sơ",
     "Số hóa hồ sơ cùng kỳ", "Tiến độ giải quyết năm trước"],
)  # fmt: skip
def test_words_of_a_plan_or_another_year_leave_a_column_open(header):
    assert meaning(header)[1] is False
    assert meaning("Tiến độ giải quyết", top="Kế hoạch giao") == ("group:TDGQ", False)


def test_planned_figures_below_a_title_are_not_read_as_results():
    text = (
        "Mã đơn vị;Kế hoạch giao;;Kết quả;\n"
        "Mã đơn vị;Số hóa hồ sơ;Tiến độ giải quyết;Số hóa hồ sơ;Tiến độ giải quyết\n"
        "H44;20;19;9,59;17,68\n"
    )
    reading = read_bytes(text.encode(), "a.csv", EDITION)
    assert scores(reading) == {("H44", "MDSH"): 959, ("H44", "TDGQ"): 1768}
    assert "Kế hoạch giao - Số hóa hồ sơ" in reading.doubts[0].fields["found"]
    planned = "Mã đơn vị;Kế hoạch giao;\nMã đơn vị;Số hóa hồ sơ;Tiến độ giải quyết\nH44;20;19\n"
    with pytest.raises(DataError) as caught:
        read_bytes(planned.encode(), "a.csv", EDITION)
    assert caught.value.code == "columns_open"
    assert "Kế hoạch giao - Số hóa hồ sơ" in explain(caught.value, "vi")
    chosen = read_contents([("a.csv", planned.encode())], EDITION, {
        ("a.csv", ""): ((0, "unit"), (1, "group:MDSH")),
    })  # fmt: skip
    assert scores(chosen) == {("H44", "MDSH"): 2000}


def test_a_column_of_groups_beside_group_scores_is_text():
    text = "Mã đơn vị;Nhóm;Tiến độ giải quyết\nH44;Nhóm I;17,68\n;Nhóm II;\n"
    reading = read_bytes(text.encode(), "a.csv", EDITION)
    assert (reading.problems, scores(reading)) == ((), {("H44", "TDGQ"): 1768})


def test_a_row_that_sums_up_is_said_once():
    text = "Đơn vị;Tiến độ giải quyết\nToàn tỉnh;17\nSở A;18\nTổng cộng;35\nCộng;\n"
    (doubt,) = read_bytes(text.encode(), "a.csv", EDITION).doubts
    assert (doubt.code, doubt.is_note, doubt.place.fields["line"]) == ("sum_left_out", True, "2")
    assert doubt.fields == {"name": "Toàn tỉnh", "count": 2}


def test_a_count_below_a_title_nobody_knows_is_no_figure():
    assert meaning("Điểm", top="Năm 2025") == ("ignore", True)


def test_a_denominator_belongs_to_the_group_above_it():
    shared = {codes[0]: "+".join(codes) for codes in shared_denominators(EDITION)}
    digitised = shared["ORIGINAL_RESULT_AVAILABLE"]
    assert digitised.count("+") == 4
    text = "Mẫu số: hồ sơ tiếp nhận"
    assert meaning(text, top="Số hóa hồ sơ") == (f"denominator:{digitised}", True)
    assert meaning(text, top="Công khai, minh bạch") == ("denominator:DOSSIER_SYNC", True)
    # Without the group it is one of several.
    assert meaning(text)[1] is False


def test_every_suggestion_is_among_the_meanings_to_choose_from():
    offered = meanings(EDITION)
    for header in ("TT", "Mã đơn vị", "Tiến độ", "Tỷ lệ đúng hạn", "totalReceived", "Ghi chú",
                   "Tử số: hồ sơ đúng hạn"):  # fmt: skip
        assert meaning(header)[0] in offered
    for codes in shared_denominators(EDITION):
        assert f"denominator:{'+'.join(codes)}" in offered
    for language in ("vi", "en"):
        names = [text[language] for text in offered.values()]
        assert len(names) == len(set(names))


def test_a_table_needs_a_unit_and_a_figure():
    assert is_table(["name", "group:TDGQ"])
    assert is_table(["unit", "code", "numerator", "denominator"])
    assert is_table(["unit", "name", "TOTAL"])
    assert not is_table(["unit", "name"])
    assert not is_table(["group:TDGQ", "group:MDSH"])


PASTED = (
    "BIỂU TỔNG HỢP KẾT QUẢ, THÁNG 8 NĂM 2026\t\t\t\t\n"
    "(Kèm theo Báo cáo số 12/BC-UBND)\t\t\t\t\n\n"
    "TT\tĐơn vị\tTiến độ giải quyết\tSố hoá hồ sơ (22)\tTTTT /10\n"
    "(1)\t(2)\t(3)\t(4)\t(5)\n"
    "I\tSở, ban, ngành\t\t\t\n"
    "1\tSở Công Thương\t19,38\t4,43\t0\n"
    "2\tUBND xã Bảo Nhai\t17,6\t12\t6,67\n"
    "\tTổng cộng\t36,98\t16,43\t6,67\n"
    "Bình quân\t\t18,49\t8,2\t3,33\n"
)


def test_titles_column_numbers_sections_and_sums_of_pasted_cells_are_no_units():
    reading = read_bytes(PASTED.encode(), "dan.tsv", EDITION)
    assert reading.problems == ()
    assert scores(reading) == {
        ("Sở Công Thương", "TDGQ"): 1938, ("Sở Công Thương", "MDSH"): 443,
        ("Sở Công Thương", "TTTT"): 0, ("UBND xã Bảo Nhai", "TDGQ"): 1760,
        ("UBND xã Bảo Nhai", "MDSH"): 1200, ("UBND xã Bảo Nhai", "TTTT"): 667,
    }  # fmt: skip


def test_a_sum_with_a_code_of_its_own_is_a_unit():
    text = "Mã đơn vị;Đơn vị;TDGQ\nH44;Toàn tỉnh Phú Thọ;17,68\nH44.01;Văn phòng;19,38\n"
    reading = read_bytes(text.encode(), "a.csv", EDITION)
    assert scores(reading) == {("H44", "TDGQ"): 1768, ("H44.01", "TDGQ"): 1938}


@pytest.mark.parametrize(
    "name",
    ["Công an tỉnh", "Cong an tinh", "Tổng công ty Điện lực", "Tổng cục Thuế", "Công Thương",
     "Cộng đồng doanh nghiệp", "UBND xã Trung Bình", "Sở Công Thương"],
)  # fmt: skip
def test_units_whose_names_begin_like_sums_are_units(name):
    reading = read_bytes(f"Đơn vị;TDGQ\n{name};17,68\n".encode(), "a.csv", EDITION)
    assert scores(reading) == {(name, "TDGQ"): 1768}


@pytest.mark.parametrize(
    "name",
    ["Tổng cộng", "TỔNG CỘNG:", "Cộng (I+II)", "Tổng số", "Toàn tỉnh", "Bình quân cả nước",
     "Trung bình", "tong cong", "Total", "Cả nước", "Tổng"],
)  # fmt: skip
def test_rows_that_sum_up_are_no_units(name):
    text = f"Đơn vị;TDGQ\nSở Y tế;17,68\n{name};18\n"
    reading = read_bytes(text.encode(), "a.csv", EDITION)
    assert scores(reading) == {("Sở Y tế", "TDGQ"): 1768}


def test_a_row_of_small_numbers_without_a_unit_is_not_taken_for_column_numbers():
    text = "TT;Đơn vị;TDGQ;MDSH\n1;Sở Y tế;17;12\n2;;3;4\n"
    reading = read_bytes(text.encode(), "a.csv", EDITION)
    assert [problem.code for problem in reading.problems] == ["input_unit_missing"]


def test_a_title_with_commas_does_not_hide_the_semicolons_below_it():
    text = "Biểu 1, năm 2026, tỉnh Phú Thọ\nMã đơn vị;TDGQ;MDSH\nH44;17,68;9,59\n"
    reading = read_bytes(text.encode(), "a.csv", EDITION)
    assert scores(reading) == {("H44", "TDGQ"): 1768, ("H44", "MDSH"): 959}


def test_pasted_cells_may_have_two_rows_of_headers():
    text = (
        "Đơn vị\tTiến độ giải quyết\t\t\tTổng điểm\n\tTử số\tMẫu số\tTỷ lệ\t\n"
        "Phú Thọ\t528.684\t597.918\t88,4%\t61,89\n"
    )
    reading = read_bytes(text.encode(), "a.tsv", EDITION)
    assert counts(reading) == {("Phú Thọ", "ON_TIME"): (528684, 597918)}
    assert scores(reading) == {("Phú Thọ", "TOTAL"): 6189}


def test_a_row_of_figures_is_no_second_row_of_a_header():
    text = "unit_code,unit_name,indicator_id,value\n,UBND huyện Phú Quý,MDSH,8.71\n"
    with pytest.raises(DataError) as caught:
        read_bytes(text.encode(), "a.csv", EDITION)
    assert caught.value.code == "csv_columns"


def test_columns_nobody_is_sure_of_are_named_and_not_read():
    text = "Mã đơn vị;TDGQ;Thanh toán trực tuyến (12)\nH44;17,68;8,56\n"
    reading = read_bytes(text.encode(), "a.csv", EDITION)
    assert scores(reading) == {("H44", "TDGQ"): 1768}
    found = check_reading(reading, EDITION).of(Level.NOTE)
    assert any("Thanh toán trực tuyến (12)" in one.sentence("vi", EDITION) for one in found)


def test_a_payment_above_ten_tells_of_swapped_columns():
    text = "Mã đơn vị;Dịch vụ công trực tuyến;Thanh toán trực tuyến\nH44;6,67;11,5\n"
    reading = read_bytes(text.encode(), "a.csv", EDITION)
    assert [problem.code for problem in reading.problems] == ["input_groups_swapped"]


def test_two_columns_of_one_meaning_are_refused():
    text = "Mã đơn vị;Số hóa hồ sơ;MDSH\nH44;9,59;9,60\n"
    with pytest.raises(DataError) as caught:
        read_bytes(text.encode(), "a.csv", EDITION)
    assert caught.value.code == "columns_same"
    assert "Số hóa hồ sơ" in explain(caught.value, "vi")


def rates(*values: object, header: str = "Tỷ lệ đúng hạn") -> Reading:
    rows = [["Mã đơn vị", header], *([f"H{k + 10}", value] for k, value in enumerate(values))]
    return read_bytes(workbook(rows), "a.xlsx", EDITION)


def test_a_rate_is_in_percent_of_a_hundred():
    row = rates("98,6").rows[0]
    assert (row.numerator, row.denominator, row.is_rate) == (98.6, 100, True)
    assert rates("98,6%").rows[0].numerator == rates(98.6).rows[0].numerator == 98.6
    table = tables_of(rates("98,6%"), EDITION)
    assert table["indicators"][0]["basis"] == "rate"


def test_a_rate_below_one_needs_its_sign():
    assert [problem.code for problem in rates(0.986).problems] == ["input_rate_ambiguous"]
    assert rates("0,5%").rows[0].numerator == 0.5
    # Others of the column above 1 tell that all are in percent.
    assert [row.numerator for row in rates(0.5, 97.2).rows] == [0.5, 97.2]
    assert rates(0).rows[0].numerator == 0


def test_neither_the_header_nor_a_sign_in_another_cell_tells_what_a_part_of_one_is():
    (problem,) = rates(0.5, header="Tỷ lệ đúng hạn (%)").problems
    assert "0,5% hoặc 50%" in explain(problem, "vi")
    mixed = rates("98.6%", 0.91)
    assert [row.numerator for row in mixed.rows] == [98.6]
    assert "0,91% hoặc 91%" in explain(mixed.problems[0], "vi")
    assert "dòng 3" in explain(mixed.problems[0], "vi")


@pytest.mark.parametrize("value", [101, "-3", "nhiều", "98,6,1", "hơn 31%"])
def test_what_is_no_rate_is_refused(value):
    reading = rates(value)
    assert [problem.code for problem in reading.problems] == ["input_rate"]
    assert reading.rows == ()


def test_a_rate_must_agree_with_its_counts():
    text = "Mã đơn vị;Tử số đúng hạn;Mẫu số đúng hạn;Tỷ lệ đúng hạn\nH44;156;161;{}\n"
    right = read_bytes(text.format("96,9%").encode(), "a.csv", EDITION)
    assert right.problems == ()
    assert counts(right) == {("H44", "ON_TIME"): (156, 161)}
    wrong = read_bytes(text.format("86,9%").encode(), "a.csv", EDITION)
    assert [problem.code for problem in wrong.problems] == ["input_rate_differs"]


def test_rounded_rates_do_not_contradict_their_points():
    text = "Mã đơn vị;Tỷ lệ đúng hạn;Tiến độ giải quyết\nH44;88,4%;17,69\nH45;50%;19\n"
    report = check_reading(read_bytes(text.encode(), "a.csv", EDITION), EDITION)
    doubtful = [(one.code, one.fields["unit"]) for one in report.of(Level.DOUBTFUL)]
    assert doubtful == [("group_differs", "H45")]


def test_a_rate_is_not_compared_with_the_counts_of_other_groups():
    text = (
        "Mã đơn vị;Tỷ lệ đúng hạn;Tử số ORIGINAL_RESULT_AVAILABLE;"
        "Mẫu số ORIGINAL_RESULT_AVAILABLE\nH44;88,4%;433356;597918\nH45;88,4%;433356;597918\n"
    )
    report = check_reading(read_bytes(text.encode(), "a.csv", EDITION), EDITION)
    assert report.is_usable
    assert report.of(Level.DOUBTFUL) == []
    assert (report.reproduced, report.published) == (0, 0)


FREE = [
    ["Nơi báo cáo", "Cột thứ nhất", "Cột thứ hai", "Đạt"],
    ["Sở Công Thương", 156, 161, 19.38],
    ["UBND xã Bảo Nhai", 10, 12, 16.67],
]  # fmt: skip


def test_the_outline_of_a_free_table_asks_for_its_columns():
    found = outline(workbook(FREE), "a.xlsx", EDITION)[0]
    assert (found.sheet, found.header_line, found.needs_mapping) == ("Bảng 1", 1, True)
    assert [item.header for item in found.suggestions] == FREE[0]
    assert found.samples[0] == ("Sở Công Thương", "156", "161", "19.38")


def test_a_mapping_of_a_person_is_what_counts():
    sheet = sheets_of(workbook(FREE), "a.xlsx", EDITION)[0]
    chosen = {0: "name", 1: "numerator:ON_TIME", 2: "denominator:ON_TIME", 3: "points:ON_TIME"}
    reading = read_sheet(sheet, EDITION, chosen)
    assert reading.problems == ()
    assert counts(reading) == {
        ("Sở Công Thương", "ON_TIME"): (156, 161), ("UBND xã Bảo Nhai", "ON_TIME"): (10, 12),
    }  # fmt: skip
    assert [row.published for row in reading.rows] == [1938, 1667]


def test_a_mapping_wins_over_what_a_header_says():
    rows = [["Mã đơn vị", "Thanh toán trực tuyến", "Dịch vụ công trực tuyến"], ["H44", 8.56, 6.67]]
    sheet = sheets_of(workbook(rows), "a.xlsx", EDITION)[0]
    chosen = {0: "unit", 1: "group:ONLINE", 2: "group:TTTT"}
    reading = read_sheet(sheet, EDITION, chosen)
    assert scores(reading) == {("H44", "ONLINE"): 856, ("H44", "TTTT"): 667}


def test_a_mapping_without_a_unit_is_refused():
    sheet = sheets_of(workbook(FREE), "a.xlsx", EDITION)[0]
    with pytest.raises(DataError) as caught:
        read_sheet(sheet, EDITION, {1: "group:TDGQ"})
    assert caught.value.code == "csv_columns"


def test_the_header_can_be_on_a_line_that_a_person_names():
    rows = [["Mã đơn vị", "TDGQ"], ["Bản cũ", None], ["Mã đơn vị", "TDGQ"], ["H44", 17.68]]
    sheet = sheets_of(workbook(rows), "a.xlsx", EDITION)[0]
    assert scores(read_sheet(sheet, EDITION, None, 3)) == {("H44", "TDGQ"): 1768}


def test_a_column_without_a_title_can_be_mapped():
    rows = [["Mã đơn vị", None], ["H44", 17.68]]
    found = outline(workbook(rows), "a.xlsx", EDITION)[0]
    assert [item.header for item in found.suggestions] == ["Mã đơn vị", ""]
    chosen = {"Bảng 1": {0: "unit", 1: "group:TDGQ"}}
    reading = read_workbook(workbook(rows), "a.xlsx", EDITION, chosen)
    assert scores(reading) == {("H44", "TDGQ"): 1768}


def test_the_header_of_a_free_table_is_looked_for_above_its_first_figures():
    rows = [["BÁO CÁO THÁNG 8"], ["Kèm theo công văn"], *FREE[:1], ["(1)", "(2)", "(3)", "(4)"],
            *FREE[1:]]  # fmt: skip
    found = outline(workbook(rows), "a.xlsx", EDITION)[0]
    assert (found.header_line, found.needs_mapping) == (3, True)
    assert [item.header for item in found.suggestions] == FREE[0]
    chosen = {0: "name", 1: "numerator:ON_TIME", 2: "denominator:ON_TIME"}
    [sheet] = sheets_of(workbook(rows), "a.xlsx", EDITION)
    reading = read_sheet(sheet, EDITION, chosen)
    assert reading.problems == ()
    assert counts(reading)["Sở Công Thương", "ON_TIME"] == (156, 161)


@pytest.mark.parametrize(
    ("header", "meaning", "certain"),
    [
        ("Số hồ sơ đúng hạn", "numerator:ON_TIME", True),
        ("Số hồ sơ nộp trực tuyến", "numerator:ONLINE_SUBMISSION", True),
        ("Số hồ sơ nộp qua mọi kênh", "denominator:ONLINE_SUBMISSION", True),
    ],
)
def test_a_number_of_cases_is_a_count_not_a_score(header, meaning, certain):
    [found] = suggest([header], [], EDITION)
    assert (found.meaning, found.certain) == (meaning, certain)


def test_dossiers_received_are_counted_for_several_groups_so_it_is_asked():
    [found] = suggest(["Số hồ sơ tiếp nhận"], [], EDITION)
    assert found.meaning.startswith("denominator:")
    assert not found.certain
