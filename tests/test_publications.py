"""Announcements and letters: what is read from their words, and what is asked instead of guessed.

The cases are the slips and habits of five published documents, by document and item: 000 and 002
are announcements of districts, 001 a page of a department, 003 a report, 004 a letter with four
annexes. Their own sentences are imitated here; the documents themselves are read in
``test_publication_files.py``.
"""

from __future__ import annotations

import time

import pytest

from simulator.checks import Level, check_reading
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
    SIX,
    TEN_MONTHS,
    assert_scores,
    averages,
    doubt,
    doubts,
    facts,
    problems,
    rates,
    read,
    scores,
)

# Far above what is needed, far below what a quadratic search takes.
LIMIT_SECONDS = 10

# 000: announcement of a district, February 2023.


def test_000_1_a_slash_inside_a_number_is_read_over_and_said():
    reading = read("- Tiến độ giải quyết: 16/,6/20 điểm.")
    assert scores(reading) == {"TDGQ": 16.6}
    found = doubt(reading, "slash_in_number")
    assert found.fields == {"value": "16,6", "printed": "16/,6/20 điểm"}
    assert found.place.fields["line"] == "1"


def test_000_2_a_maximum_of_another_group_is_a_question():
    reading = read("- Mức độ hài lòng: 17/18 điểm.\n- Số hóa hồ sơ: 11/12 điểm.")
    assert scores(reading) == {"MDHL": 17}
    assert problems(reading) == ["publication_maximum"]
    assert reading.problems[0].fields["printed"] == 12
    assert reading.problems[0].fields["maximum"] == 22
    assert reading.problems[0].fields["place"].fields["line"] == "2"


def test_000_2_the_same_score_beside_the_right_maximum_settles_it():
    reading = read("- Số hóa hồ sơ: 11/12 điểm.\n Tiêu chí thấp: Số hóa đạt 11/22 điểm.")
    assert scores(reading) == {"MDSH": 11}
    assert problems(reading) == []
    assert doubt(reading, "maximum_misprinted").fields["printed"] == 12


def test_000_2_another_score_beside_the_right_maximum_settles_nothing():
    reading = read("- Số hóa hồ sơ: 11/12 điểm.\n Tiêu chí thấp: Số hóa đạt 12/22 điểm.")
    assert problems(reading) == ["publication_maximum"]


def test_000_3_a_group_that_only_a_later_sentence_names_is_collected():
    reading = read(
        "- Công khai, minh bạch: 0/18 điểm.\n"
        " Một số tiêu chí đạt thấp như: Số hóa đạt 11/22 điểm;  Thanh toán trực tuyến 2,1/10 điểm."
    )
    assert scores(reading) == {"CKMB": 0, "MDSH": 11, "TTTT": 2.1}


def test_000_4_a_difference_that_rounding_explains_is_a_note():
    reading = read(SIX.format(total="53,39"))
    assert doubt(reading, "sum_rounded").is_note
    assert doubt(reading, "sum_rounded").fields == {"parts": "53,5", "total": "53,39"}


def test_000_5_a_code_with_a_dot_lost_is_mended_from_its_siblings_and_said():
    reading = read(INLINE)
    assert doubt(reading, "code_mended").fields == {
        "printed": "000.22.441H53", "mended": "000.22.41.H53",
    }  # fmt: skip
    assert rates(reading, "000.22.41.H53")["ONLINE_SUBMISSION"] == 71.4


def test_000_5_a_code_that_its_siblings_do_not_tell_is_a_question():
    reading = read(INLINE.replace("000.22.441H53", "000.22.77.199H53"))
    assert "publication_code" in problems(reading)


def test_000_6_a_rate_of_the_whole_outside_of_its_parts_is_doubted_and_earns_nothing():
    reading = read(INLINE)
    found = doubt(reading, "rate_not_of_parts")
    assert (found.fields["value"], found.fields["lowest"], found.fields["highest"]) == (
        "86,55", "27", "58",
    )  # fmt: skip
    assert facts(reading, "don-vi")["DIGITISED_RATE"] == 86.55
    assert rates(reading, "don-vi") == {}


def test_000_7_rates_of_the_whole_copied_from_one_row_are_doubted_and_sums_are_right():
    reading = read(INLINE)
    assert doubt(reading, "whole_copied").fields["values"] == "92; 93,5; 3,1"
    assert facts(reading, "don-vi")["OVERDUE"] == 3
    assert facts(reading, "don-vi")["CERTIFIED_COPIES"] == 71
    assert "sum_differs" not in doubts(reading)


def test_000_7_a_sum_that_is_none_is_doubted():
    reading = read(INLINE.replace("86,55 71", "86,55 70"))
    assert doubt(reading, "sum_differs").fields == {"whole": 70, "parts": 71}


def test_000_8_commas_points_and_leading_zeros_in_one_row_are_read_by_their_meaning():
    reading = read(INLINE)
    assert rates(reading, "000.20.41.H53") == {
        "ONLINE_SUBMISSION": 96.3, "DOSSIER_RECEIVING_SATISFACTION": 100,
        "ORIGINAL_RESULT_AVAILABLE": 0, "SO_HOA_GIAY_TO_GIAI_QUYET": 27,
    }  # fmt: skip
    assert facts(reading, "000.21.41.H53")["OVERDUE"] == 1
    assert doubt(reading, "decimal_marks_mixed").is_note


def test_000_9_a_row_without_code_and_name_of_its_own_is_the_whole_not_a_unit():
    units = {row.unit.key for row in read(INLINE).rows}
    assert units == {f"000.{number}.41.H53" for number in ("00", "20", "21", "22", "23", "24")}


def test_000_10_double_blanks_broken_headers_and_footnote_marks_lose_nothing():
    reading = read(INLINE)
    assert {row.unit.name for row in reading.rows} >= {"UBND xã Tân An", "UBND xã Tân Bình"}
    marks = [one.fields["mark"] for one in reading.doubts if one.code == "footnote_missing"]
    assert marks == ["(*)", "(**)"]


def test_000_11_dates_and_counters_are_no_figures():
    reading = read("Thứ hai - 20/03/2023 15:01 62 0\nCông bố kết quả tháng 02/2023\n" + SIX[:0]
                   + "- Công khai, minh bạch: 0/18 điểm.\nTổng số điểm của bài viết là: 0 trong 0 "
                   "đánh giá")  # fmt: skip
    assert scores(reading) == {"CKMB": 0}
    assert not reading.facts and not reading.problems


def test_000_12_the_same_rate_for_every_unit_is_noted():
    assert "column_alike" not in doubts(read(INLINE))
    more = "\n".join(
        f"{k} UBND xã Số{k} 000.{k}.41.H53 0 9{k - 30} 100 0.00 4{k - 30} {k}"
        for k in range(31, 37)
    )
    reading = read(INLINE.replace("7 Tỷ lệ chung", f"{more}\n7 Tỷ lệ chung"))
    alike = [one.fields for one in reading.doubts if one.code == "column_alike"]
    assert (11, 12, "100%") in [(one["count"], one["of"], one["value"]) for one in alike]


def test_000_13_no_break_spaces_are_blanks():
    text = "-\u00a0Công khai,\u00a0minh\u00a0bạch:\u00a013,3/18\u00a0điểm."
    assert scores(read(text)) == {"CKMB": 13.3}


# 001: page of a province's department, 2023.


def test_001_1_six_groups_with_their_averages_add_up_within_rounding():
    reading = read(PROVINCE)
    assert scores(reading) == {
        "TOTAL": 60.08, "CKMB": 13.3, "TDGQ": 17.7, "ONLINE": 2.5, "TTTT": 3.5, "MDHL": 17.6,
        "MDSH": 5.5,
    }  # fmt: skip
    assert "sum_rounded" in doubts(reading)


def test_001_2_a_rank_is_never_points():
    reading = read(PROVINCE)
    assert facts(reading) == {"PUBLISHED_RANK": 54, "PUBLISHED_POOL_SIZE": 63}
    assert 54 not in scores(reading).values()
    assert reading.groups[0].unit.id == "tinh-ha-xuyen"
    assert reading.groups[0].unit.name == "Tỉnh Hà Xuyên"
    assert reading.groups[0].unit.level == "province"


def test_001_3_scores_of_other_units_stay_with_them_at_their_precision():
    reading = read(
        PROVINCE + "Về tỷ lệ số hóa hồ sơ: theo Điều 7 Thông tư số 01/2023/TT-VPCP. Đối với các sở,"
        " ngành: tất cả các đơn vị sở, ngành đều có số điểm 5,53/22 điểm. Địa phương cao nhất là"
        " UBND huyện Phú Sơn, đạt 8,71/22 điểm; thấp nhất là UBND huyện Nam Sơn, đạt 3,56/22 điểm."
    )
    assert scores(reading)["MDSH"] == 5.5
    assert scores(reading, "cac-so-nganh") == {"MDSH": 5.53}
    assert scores(reading, "huyen-phu-son") == {"MDSH": 8.71}
    assert scores(reading, "huyen-nam-son") == {"MDSH": 3.56}


def test_001_3_one_score_at_two_precisions_is_taken_at_the_finer_and_said():
    reading = read("Số hóa hồ sơ: 5,5/22 điểm.\nĐiểm số hóa hồ sơ đạt 5,53/22 điểm.")
    assert scores(reading) == {"MDSH": 5.53}
    assert "published_twice_rounded" in doubts(reading)


def test_001_4_national_averages_are_no_scores_and_no_total_is_made_of_them():
    assert averages(read(PROVINCE)) == {"CKMB": 13.4, "TDGQ": 18, "ONLINE": 5, "TTTT": 5.1}


@pytest.mark.parametrize(
    "counted",
    [
        "Theo đó, có 04/05 nhóm chỉ số đạt điểm rất thấp (dưới điểm trung bình cả nước), đặc"
        " biệt là"
        " 02 nhóm chỉ số: dịch vụ trực tuyến và số hóa hồ sơ",
        "Có 12/18 xã đạt điểm công khai, minh bạch tối đa; 10/12 đơn vị dịch vụ công trực tuyến",
        "01/16 đơn vị xếp loại Yếu; 10/10 địa phương xếp loại Trung bình về thanh toán trực tuyến.",
    ],
)
def test_001_5_numbers_of_groups_and_units_are_no_points(counted):
    reading = read(PROVINCE + counted)
    assert scores(reading) == scores(read(PROVINCE))
    assert problems(reading) == []


def test_001_6_numbers_of_references_are_no_data():
    reading = read(
        "Căn cứ Quyết định số 766/QĐ-TTg ngày 23/6/2022, Quyết định số 740/QĐ[1]UBND ngày 18/4/2023"
        " và Công văn số 12/18/CV về công khai, minh bạch.\n" + PROVINCE
    )
    assert scores(reading) == scores(read(PROVINCE))


def test_001_7_page_counters_and_telephone_numbers_are_no_data():
    noise = "Lượt xem: 26\n  • Đang truy cập: 1\nSố điện thoại : 0252.3828469. Fax: 3821656\n"
    reading = read(noise + PROVINCE + noise)
    assert scores(reading) == scores(read(PROVINCE))
    assert facts(reading) == facts(read(PROVINCE))


def test_001_8_numbers_of_departments_by_class_are_no_points():
    reading = read(PROVINCE + "15/16 đơn vị xếp loại Trung bình; 01/16 đơn vị xếp loại Yếu.")
    assert scores(reading) == scores(read(PROVINCE))


# 002: conference of a district, ten months of 2023.


def test_002_1_groups_above_their_total_are_found_wrong():
    report = check_reading(read(TEN_MONTHS), EDITION)
    found = [finding for finding in report.of(Level.WRONG) if finding.code == "parts_above_total"]
    assert found[0].fields["parts"] == 55.3
    assert found[0].fields["total"] == 46.63
    assert not report.is_usable


def test_002_2_groups_that_were_not_printed_are_missing_not_0():
    reading = read(TEN_MONTHS)
    assert set(scores(reading)) == {"TOTAL", "CKMB", "TDGQ", "MDHL", "MDSH"}
    missing = [one.fields["group"] for one in check_reading(reading, EDITION).findings
               if one.code == "group_missing"]  # fmt: skip
    assert missing == ["ONLINE", "TTTT"]


def test_002_3_lower_bounds_are_no_values():
    reading = read(
        TEN_MONTHS
        + "\ntỷ lệ số hóa kết quả giải quyết đạt hơn 31%; Tỷ lệ thanh toán trực tuyến mới"
        " đạt hơn 29%. Mức độ hài lòng đạt trên 17/18 điểm."
    )
    assert rates(reading) == {}
    assert [one.code for one in reading.doubts].count("bound_not_read") == 3
    assert scores(reading)["MDHL"] == 18


def test_002_4_full_marks_beside_complaints_are_taken_as_printed():
    text = TEN_MONTHS + " Vẫn còn nhiều hồ sơ quá hạn, số hóa đạt thấp."
    assert scores(read(text))["MDHL"] == 18


@pytest.mark.parametrize(
    "target",
    [
        "hỗ trợ người dân nộp 100% hồ sơ đối với các thủ tục toàn trình.",
        "xử lý hồ sơ trên phần mềm một cửa đúng hạn 100% hồ sơ.",
        "Phấn đấu đến cuối năm mức độ hài lòng đạt 17/18 điểm và tỷ lệ số hóa đạt 100%.",
        "Yêu cầu các xã nâng điểm số hóa hồ sơ lên 15/22 điểm.",
        "phấn đấu đạt từ 99% trở lên hồ sơ đúng hạn.",
    ],
)
def test_002_5_targets_are_no_results(target):
    reading = read(TEN_MONTHS + "\n" + target)
    assert scores(reading) == scores(read(TEN_MONTHS))
    assert rates(reading) == {}
    assert set(doubts(reading)) & {"target_not_read", "figures_not_read"}
    assert problems(reading) == []


def test_002_6_no_break_spaces_change_nothing():
    assert scores(read(TEN_MONTHS.replace(" ", "\u00a0"))) == scores(read(TEN_MONTHS))


# 003: report of a province that is not named, November 2023.


def test_003_1_a_unit_without_name_gets_a_neutral_id_and_a_note():
    reading = read(REPORT)
    assert {(row.unit.id, row.unit.name) for row in reading.groups} == {("don-vi", None)}
    assert doubt(reading, "unit_not_named").is_note


def test_003_2_rates_without_a_separator_are_both_read():
    reading = read(REPORT)
    assert rates(reading)["ON_TIME"] == 81.42
    assert facts(reading)["OVERDUE_RATE"] == 18.58
    assert averages(reading)["TDGQ"] == 14.8


def test_003_3_no_total_is_computed_where_none_is_printed():
    assert set(scores(read(REPORT))) == {"CKMB", "TDGQ", "ONLINE", "TTTT", "MDSH"}


def test_003_4_rates_and_scores_are_both_kept_as_printed():
    reading = read(REPORT)
    assert (scores(reading)["CKMB"], facts(reading)["CKMB_RATE"]) == (7.7, 39.56)
    assert (scores(reading)["TDGQ"], rates(reading)["ON_TIME"]) == (16.1, 81.42)
    assert all(row.is_rate for row in reading.rows if row.code != "ONLINE_SUPPLY")


def test_003_5_local_counts_that_contradict_the_printed_rate_are_doubted():
    fields = doubt(read(REPORT), "local_rate_differs").fields
    assert (fields["good"], fields["done"], fields["local"]) == (18039, 18057, "99,9")


def test_003_6_counts_that_do_not_add_up_are_doubted_once():
    found = [one.fields for one in read(REPORT).doubts if one.code == "counts_differ"]
    assert found == [{"whole": 19933, "parts": 19554, "rest": 379}]


def test_003_7_dots_for_thousands_commas_for_decimals_and_leading_zeros():
    found = facts(read(REPORT))
    assert found["RECEIVED_AND_HANDLED"] == 19933
    assert found["IN_PROGRESS_OVERDUE"] == 9
    assert found["DONE_OVERDUE"] == 18


def test_003_8_one_uneven_rate_printed_twice_is_doubted():
    assert doubt(read(REPORT), "rate_printed_twice").fields["value"] == "2,83%"


def test_003_9_a_score_without_the_word_points_is_a_score_after_the_name_of_its_group():
    assert scores(read(REPORT))["MDSH"] == 3.5


def test_003_10_other_words_before_scores_and_averages():
    assert averages(read(REPORT)) == {
        "CKMB": 10.8, "TDGQ": 14.8, "ONLINE": 3.9, "TTTT": 5.6, "MDSH": 10.2,
    }  # fmt: skip


def test_003_11_procedures_that_add_up_give_the_supply_of_online_services():
    reading = read(REPORT)
    row = next(row for row in reading.rows if row.code == "ONLINE_SUPPLY")
    assert (row.numerator, row.denominator, row.flag) == (573, 1733, "LOCAL_FIGURE")
    assert "supply_from_counts" in doubts(reading)
    other = read(REPORT.replace("31,04%", "41,04%"))
    assert "ONLINE_SUPPLY" not in rates(other)


# 004: letter of a province with four annexes, 2022.


def test_004_1_a_table_of_groups_gives_scores_and_averages_and_rounding_is_a_note():
    reading = read(CRITERIA)
    assert scores(reading) == {
        "TOTAL": 54.1, "CKMB": 8.8, "TDGQ": 15.6, "ONLINE": 3, "TTTT": 2.5, "MDHL": 16.1,
        "MDSH": 8,
    }  # fmt: skip
    assert averages(reading)["TOTAL"] == 53.5
    assert averages(reading)["MDSH"] == 6.5
    assert doubts(reading).count("sum_rounded") == 2
    assert rates(reading) == {"PETITION_HANDLING_SATISFACTION": 94}
    assert reading.groups[0].unit.id == "tinh-ha-xuyen"


def test_004_2_a_comma_in_a_count_separates_thousands():
    text = "Số lượng tài khoản Cổng Dịch vụ công quốc gia được xác thực: 304,285"
    reading = read(CRITERIA + "\n\n" + text)
    assert facts(reading)["VERIFIED_ACCOUNTS"] == 304285
    assert doubt(reading, "comma_in_count").fields["printed"] == "304,285"


def test_004_3_a_rate_printed_as_no_dossiers_is_0_and_any_other_is_not_taken():
    text = "Tỷ lệ khai thác, sử dụng lại thông tin, dữ liệu số hóa: {} hồ sơ"
    none = read(CRITERIA + "\n\n" + text.format(0))
    some = read(CRITERIA + "\n\n" + text.format(12))
    assert rates(none)["REUSED_DIGITIZED_DATA"] == 0
    assert "REUSED_DIGITIZED_DATA" not in rates(some)
    assert "rate_as_count" in doubts(none) and "rate_as_count" in doubts(some)


def test_004_4_a_count_that_its_annex_does_not_add_up_to_is_doubted():
    reading = read(CERTIFIED + "\n\n" + CODES)
    assert doubt(reading, "sum_differs").fields == {"whole": 50, "parts": 42}


def test_004_5_two_spellings_of_one_name_are_one_unit():
    reading = read(DISTRICTS + "\n\n" + CODES)
    assert scores(reading, "000.00.37.H57") == {"TOTAL": 52.03}
    fields = doubt(reading, "unit_spelt_twice").fields
    assert (fields["first"], fields["second"]) == (
        "UBND thị xã Sông Thuỷ", "UBND thị xã Sông Thủy - tỉnh Hà Xuyên",
    )  # fmt: skip


def test_004_5_numbers_that_do_not_run_are_no_ranks():
    reading = read(DISTRICTS)
    assert doubt(reading, "rows_numbered_alike").fields == {"index": "1.", "count": 3}
    assert facts(reading) == {}


def test_004_6_a_table_without_codes_takes_them_from_the_one_that_has_them():
    reading = read(DISTRICTS + "\n\n" + CODES)
    assert {row.unit.key for row in reading.groups} == {
        "000.00.31.H57", "000.00.37.H57", "huyen-phu-son",
    }  # fmt: skip


def test_004_6_a_name_with_two_codes_is_a_question():
    twice = CODES.replace("UBND thị xã Sông Thủy", "UBND huyện Nam Sơn")
    assert "publication_two_units" in problems(read(DISTRICTS + "\n\n" + twice))


def test_004_7_decimal_points_are_read_beside_decimal_commas():
    reading = read("Công khai, minh bạch đạt 8,8/18 điểm.\n\n" + CELLS)
    assert rates(reading, "000.00.16.H57") == {"ON_TIME": 78.25, "ONLINE_SUBMISSION": 36.3}
    assert "decimal_marks_mixed" in doubts(reading)


def test_004_8_a_rate_without_its_sign_is_read_and_noted():
    reading = read(CELLS)
    assert rates(reading, "000.00.20.H57") == {"ON_TIME": 100, "ONLINE_SUBMISSION": 100}
    assert doubt(reading, "percent_sign_missing").fields["printed"] == "100"


def test_004_9_zeros_throughout_mean_no_dossiers():
    reading = read(CELLS)
    assert rates(reading, "000.00.19.H57") == {"ON_TIME": None, "ONLINE_SUBMISSION": None}
    assert facts(reading, "000.00.19.H57") == {"OVERDUE": 0}
    assert doubt(reading, "read_as_no_dossiers").fields["unit"] == "Thanh tra tỉnh"


def test_004_10_blank_cells_are_missing_and_shift_nothing():
    reading = read(CELLS)
    assert rates(reading, "000.00.02.H57") == {}
    assert facts(reading, "000.00.02.H57") == {"OVERDUE": 2}
    assert doubt(reading, "cells_empty").fields["count"] == 2
    assert rates(reading, "000.00.09.H57") == {"ON_TIME": 93.33, "ONLINE_SUBMISSION": 100}


def test_004_10_a_row_that_lost_its_blank_cells_is_a_question():
    reading = read(CELLS.replace("\u00a0\n\n", ""))
    assert problems(reading) == ["publication_short_row"]
    assert reading.problems[0].fields["values"] == "2"
    assert facts(reading, "000.00.02.H57") == {}
    assert rates(reading, "000.00.09.H57") == {"ON_TIME": 93.33, "ONLINE_SUBMISSION": 100}


def test_004_11_names_with_and_without_the_province_are_names():
    names = {row.unit.code: row.unit.name for row in read(CELLS).rows}
    assert names["000.00.20.H57"] == "Ban Dân tộc"
    assert names["000.00.09.H57"] == "Sở Ngoại vụ - tỉnh Hà Xuyên"


def test_004_12_no_rate_of_the_whole_is_made_of_those_of_its_units():
    reading = read(CELLS)
    assert {row.unit.key for row in reading.rows}.isdisjoint({"don-vi", "tinh-ha-xuyen"})


def test_004_13_slips_in_words_and_footnote_marks_in_headings_lose_nothing():
    text = (
        "Trong năm 2022, kết quả đánh giá Bộ chỉ số tỉnh Hà Xuyên theo Quyết định số 766/QĐ-TTg"
        " ngày"
        " 23/6/2022 trên Cổng (https://dichvucong gov.vn) được công bố đạt: 54,1/100 điểm, xếp hạng"
        " 28/63 tỉnh, thành phố. Thanh toán trực tiến đạt 2,5/10 điểm."
    )
    reading = read(text + "\n\n" + CELLS)
    assert scores(reading) == {"TOTAL": 54.1, "TTTT": 2.5}
    assert doubt(reading, "footnote_told").fields["mark"] == "[1]"


def test_004_14_units_that_do_out_of_all_units_are_counts_not_points():
    reading = read(CERTIFIED)
    row = next(row for row in reading.rows if row.unit.id == "thi-xa-song-thuy")
    assert (row.code, row.numerator, row.denominator) == ("ELECTRONIC_CERTIFIED_COPY", 36, 37)
    assert not row.is_rate
    assert facts(reading, "huyen-nam-son") == {
        "CERTIFIED_COPIES": 12, "CERTIFIED_COPY_UNITS_NOT_DEPLOYED": 9,
    }  # fmt: skip
    assert not reading.groups


def test_004_15_blank_lines_and_page_counters_are_no_data():
    noise = "\n\u00a0\n" * 30 + "Truy cập tổng 320.067\nTruy cập hiện tại 778"
    assert read(CELLS + noise).facts == read(CELLS).facts


def test_004_16_a_rank_of_a_province_is_a_fact_of_the_province():
    reading = read("Tỉnh Hà Xuyên được công bố đạt: 54,1/100 điểm, xếp hạng 28/63 tỉnh.")
    assert facts(reading, "tinh-ha-xuyen") == {"PUBLISHED_RANK": 28, "PUBLISHED_POOL_SIZE": 63}


def test_004_17_a_figure_of_another_capture_is_never_mixed_with_the_published_one():
    text = "Tỉnh Hà Xuyên đạt 54,1/100 điểm. Điểm của tỉnh Hà Xuyên nay là 58,43/100 điểm."
    reading = read(text)
    assert problems(reading) == ["publication_two_values"]
    assert scores(reading) == {}
    noted = read("Tỉnh Hà Xuyên đạt 58,43/100 điểm (năm 2022 đạt 54,1/100 điểm).")
    assert scores(noted) == {"TOTAL": 58.43}
    assert "other_period_not_read" in doubts(noted)


# What looks like a result and is none.


@pytest.mark.parametrize(
    "words",
    [
        "Đơn vị mất 5/20 điểm tiến độ",
        "Công khai, minh bạch còn thiếu 3/18 điểm",
        "Tiến độ giải quyết bị trừ 2/20",
        "Thanh toán trực tuyến chưa đạt 7/10",
        "Thanh toán trực tuyến chưa đạt được mức 7/10 điểm",
        "Số hóa hồ sơ không đạt 5/22 điểm",
        "Tiến độ giải quyết: -3/20",
        "Tiến độ giải quyết − 3/20 điểm",
        "Điểm tiến độ bị mất: 5/20 điểm",
        "Tiến độ giải quyết giảm 2/20",
        "Dịch vụ công trực tuyến tăng 1/12 điểm",
        "Tỷ lệ đúng hạn chưa đạt 95%",
    ],
)
def test_what_was_lost_or_not_reached_is_not_the_score_and_is_told(words):
    reading = read(f"Mức độ hài lòng đạt 17/18 điểm.\n\n{words}")
    assert scores(reading) == {"MDHL": 17}
    assert rates(reading) == {}
    assert problems(reading) == []
    assert doubt(reading, "loss_not_read").place.fields["line"] == "3"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Tiến độ giải quyết -3/20 điểm", "publication_score_or_loss"),
        ("Số hóa mất điểm nhiều, 5/22 điểm", "publication_score_or_loss"),
        ("Số điểm còn thiếu của nhóm số hóa là 3/22 điểm", "publication_score_or_loss"),
        ("Tổng điểm từ 70 đến 75/100", "publication_range"),
        ("Tổng điểm 70-75/100 điểm", "publication_range"),
        ("Tổng điểm 70 – 75/100 điểm", "publication_range"),
        ("Công khai, minh bạch từ 10 lên 12/18 điểm", "publication_range"),
    ],
)
def test_a_figure_that_may_be_lost_or_is_a_range_is_asked(words, code):
    reading = read(words)
    assert problems(reading) == [code]
    assert reading.groups == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Tổng điểm tăng từ 70 lên 75/100", {"TOTAL": 75}),
        ("Tổng điểm giảm từ 80/100 điểm xuống còn 75/100 điểm", {"TOTAL": 75}),
        ("Tiến độ giải quyết giảm 2 điểm, còn 15/20 điểm", {"TDGQ": 15}),
        ("Tiến độ giải quyết đạt 18/20 điểm, mất 2/20 điểm", {"TDGQ": 18}),
        ("Tiến độ giải quyết không đạt điểm tối đa, chỉ đạt 15/20 điểm", {"TDGQ": 15}),
        ("Tiến độ giải quyết - 13/20 điểm", {"TDGQ": 13}),
    ],
)
def test_the_score_reached_is_taken_beside_what_was_lost(words, expected):
    assert_scores(words, expected)


# Other periods in the same text.


@pytest.mark.parametrize(
    "words",
    [
        "Năm 2024 tỉnh Hà Xuyên đạt 70/100 điểm. Tiến độ giải quyết năm 2023 đạt 15/20",
        "Năm 2024 tỉnh Hà Xuyên đạt 70/100 điểm. Tiến độ giải quyết đạt 15/20 điểm (năm 2023).",
        "Năm 2024 tỉnh Hà Xuyên đạt 70/100 điểm. Năm 2023 xếp hạng 30/63.",
        "Năm 2024 tỉnh Hà Xuyên đạt 70/100 điểm. Tỷ lệ đúng hạn năm 2023 đạt 95%.",
        "Kết quả năm 2024\n\nNăm 2023 tỉnh Hà Xuyên đạt 65/100 điểm. Năm 2024 tỉnh Hà Xuyên đạt"
        " 70/100 điểm.",
    ],
)
def test_a_figure_of_another_period_is_not_taken_and_told(words):
    reading = read(words)
    assert scores(reading) == {"TOTAL": 70}
    assert (rates(reading), facts(reading), problems(reading)) == ({}, {}, [])
    assert doubt(reading, "period_differs_not_read").fields == {
        "period": "năm 2023", "own": "năm 2024",
    }  # fmt: skip
    assert reading.stated is not None
    assert reading.stated.period == "2024"


@pytest.mark.parametrize(
    "words",
    [
        "Năm 2023 tỉnh Hà Xuyên đạt 70/100 điểm. Năm 2024 tỉnh Hà Xuyên đạt 75/100 điểm.",
        "Tỉnh Hà Xuyên đạt 70/100 điểm năm 2023 và 75/100 điểm năm 2024.",
        "Tỷ lệ đúng hạn năm 2023 đạt 95%. Tỷ lệ đúng hạn năm 2024 đạt 97%.",
    ],
)
def test_two_years_of_one_figure_are_asked_where_the_text_has_no_period_of_its_own(words):
    reading = read(words)
    assert problems(reading) == ["publication_two_values"]
    assert (reading.groups, reading.rows, reading.stated) == ((), (), None)


def test_a_comparison_with_another_year_does_not_change_the_period_of_the_heading():
    reading = read(
        "Báo cáo kết quả năm 2024\n\n- Công khai: 12/18 điểm (năm 2023: 10/18 điểm), tăng 2 điểm\n"
        "- Tiến độ giải quyết: 15/20 điểm, giảm 1 điểm so với năm 2023"
    )
    assert scores(reading) == {"CKMB": 12, "TDGQ": 15}
    assert reading.stated is not None
    assert reading.stated.period == "2024"


def test_a_month_and_its_year_are_no_two_periods():
    reading = read("Tháng 11 năm 2023 công khai đạt 12/18 điểm. Số hóa năm 2023 đạt 11/22 điểm.")
    assert scores(reading) == {"CKMB": 12, "MDSH": 11}


# Names in a row, then as many figures.


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("An Bình và Bình An lần lượt đạt 70/100 và 65/100 điểm",
         {("an-binh", "TOTAL"): 70, ("binh-an", "TOTAL"): 65}),
        ("Các xã An Bình, Bình An và Tân Mỹ lần lượt đạt 70; 65; 60/100 điểm",
         {("xa-an-binh", "TOTAL"): 70, ("xa-binh-an", "TOTAL"): 65, ("xa-tan-my", "TOTAL"): 60}),
        ("Sở Văn hóa và Thể thao và Sở Nội vụ có điểm số hóa lần lượt là 10/22 và 12/22 điểm",
         {("so-van-hoa-va-the-thao", "MDSH"): 10, ("so-noi-vu", "MDSH"): 12}),
        ("Công khai, tiến độ và số hóa lần lượt đạt 13/18, 15/20 và 11/22 điểm",
         {("don-vi", "CKMB"): 13, ("don-vi", "TDGQ"): 15, ("don-vi", "MDSH"): 11}),
        ("Xã An Bình và xã Bình An đạt tương ứng 70/100 và 65/100 điểm",
         {("xa-an-binh", "TOTAL"): 70, ("xa-binh-an", "TOTAL"): 65}),
    ],
)  # fmt: skip
def test_figures_in_a_row_belong_to_the_names_in_their_order(words, expected):
    reading = read(words)
    found = {(row.unit.key, row.group): (row.published or 0) / 100 for row in reading.groups}
    assert found == expected
    assert problems(reading) == []


def test_rates_in_a_row_belong_to_the_units_in_their_order():
    reading = read("Tỷ lệ đúng hạn của xã An Bình và xã Bình An lần lượt là 95% và 96,5%")
    assert rates(reading, "xa-an-binh") == {"ON_TIME": 95}
    assert rates(reading, "xa-binh-an") == {"ON_TIME": 96.5}


@pytest.mark.parametrize(
    "words",
    [
        "Xã An Bình, xã Bình An và xã Tân Mỹ lần lượt đạt 70/100 và 65/100 điểm",
        "Xã An Bình và xã Bình An lần lượt đạt 70/100 điểm",
        "Hai xã An Bình, Bình An đạt 70/100 và 65/100 điểm",
        "Công khai và số hóa lần lượt đạt 13/18, 15/20 và 11/22 điểm",
        "Công khai và số hóa lần lượt đạt 11/22 và 13/18 điểm",
        "Tỷ lệ đúng hạn và thanh toán trực tuyến lần lượt là 95% và 40%",
    ],
)
def test_a_row_of_figures_that_does_not_fit_its_names_is_asked(words):
    reading = read(words)
    assert problems(reading) == ["publication_respectively"]
    assert (reading.groups, reading.rows) == ((), ())


def test_a_row_that_was_lost_is_told_once_and_not_read():
    reading = read("Xã An Bình và xã Bình An lần lượt mất 5/20 và 3/20 điểm tiến độ")
    assert reading.groups == ()
    assert "loss_not_read" in doubts(reading)


def test_a_score_without_the_word_for_points_and_without_a_group_is_told():
    reading = read("Tỉnh Hà Xuyên đạt 70/100. Số hóa hồ sơ đạt 11/22 điểm.")
    assert scores(reading) == {"MDSH": 11}
    assert doubt(reading, "figures_not_read").fields["count"] == 1


# Long lines.


@pytest.mark.parametrize("words", ["số hóa đạt 5,5/22 điểm,", "pakn ", "An Bình và ", "1"])
def test_a_line_that_is_too_long_is_refused_at_once_with_its_place(words):
    began = time.perf_counter()
    reading = read("Công khai đạt 12/18 điểm.\n\n" + words * (264_000 // len(words)))
    assert time.perf_counter() - began < LIMIT_SECONDS
    assert problems(reading) == ["publication_line_long"]
    assert reading.problems[0].fields["place"].fields["line"] == "3"
    assert reading.problems[0].fields["limit"] == 20_000
    assert scores(reading) == {"CKMB": 12}


def test_short_lines_that_make_one_endless_paragraph_are_refused():
    reading = read("pakn đã xử lý và\n" * 2000)
    assert problems(reading) == ["publication_line_long"]


def test_a_sentence_of_too_many_figures_is_refused():
    reading = read("số hóa đạt 5,5/22 điểm, " * 201)
    assert problems(reading) == ["publication_figures_many"]
    assert reading.problems[0].fields["count"] == 201


@pytest.mark.parametrize(
    "line", ["pakn " * 3800 + "5%.", "số hóa đạt 5,5/22 điểm. " * 700, "1" * 19_000, "1, " * 6000]
)
def test_lines_just_below_the_limit_are_read_in_good_time(line):
    began = time.perf_counter()
    read(f"{line}\n\n" * 3)
    assert time.perf_counter() - began < LIMIT_SECONDS
