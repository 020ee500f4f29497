"""Workbooks: what their sheets say, and what in them is not read."""

from __future__ import annotations

import time
import zipfile
from datetime import date
from io import BytesIO

import pytest

from simulator.checks import Level, check_reading
from simulator.errors import DataError
from simulator.readers import read_all, read_bytes
from simulator.readers.sheets import letter
from simulator.readers.stated import _period
from simulator.text import explain
from tests.workbooks import (
    EDITION,
    NAMES,
    book_of,
    count_rows,
    counts,
    saved,
    scores,
    sheet_rows,
    workbook,
)


def read(content: bytes, name: str = "a.xlsx"):
    return read_bytes(content, name, EDITION)


def codes(reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_a_workbook_gives_the_figures_of_the_same_table_as_text():
    rows = sheet_rows()
    text = "\n".join(
        ";".join(str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)
                 for cell in row)
        for row in rows
    )  # fmt: skip
    ours = read(workbook(rows))
    assert ours.problems == ()
    assert scores(ours) == scores(read_bytes(text.encode(), "a.csv", EDITION))
    assert len(scores(ours)) == 5 * 7


def test_one_indicator_per_row_works_as_well():
    reading = read(workbook(count_rows()))
    assert counts(reading)["H44", "ON_TIME"] == (528684, 597918)
    assert len(reading.rows) == 20
    assert not check_reading(reading, EDITION).of(Level.DOUBTFUL)


def test_places_name_sheet_row_and_column_with_its_letter():
    rows = sheet_rows(3)
    rows[2][4] = "ba điểm"
    (problem,) = read(workbook(rows)).problems
    sentence = explain(problem, "vi")
    assert "a.xlsx, trang Bảng 1, dòng 3, cột" in sentence
    assert "(E)" in sentence and "'ba điểm'" in sentence
    assert [letter(k) for k in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_titles_two_rows_of_headers_and_sums_are_understood():
    book = book_of([
        ["BIỂU TỔNG HỢP KẾT QUẢ BỘ CHỈ SỐ 766"], [],
        ["TT", "Đơn vị", "Tiến độ giải quyết", None, None, None, "Số hoá hồ sơ (22)"],
        [None, None, "Tử số", "Mẫu số", "Tỷ lệ", "Điểm"],
        ["(1)", "(2)", "(3)", "(4)", "(5)=(3)/(4)", "(6)", "(7)"],
        [1, "Sở Công Thương", 156, 161, 0.96894, 19.38, 4.43],
        [2, "UBND xã Bảo Nhai", "1.156", "1.161", None, "19,91", "5,5"],
        ["Tổng cộng", None, 1312, 1322, None, None, None],
        [None, "Người lập biểu"],
    ])  # fmt: skip
    sheet = book.worksheets[0]
    for area in ("A1:G1", "C3:F3", "A3:A4", "B3:B4", "G3:G4", "A8:B8"):
        sheet.merge_cells(area)
    sheet["E6"].number_format = "0.00%"
    reading = read(saved(book))
    assert reading.problems == ()
    assert counts(reading) == {
        ("Sở Công Thương", "ON_TIME"): (156, 161), ("UBND xã Bảo Nhai", "ON_TIME"): (1156, 1161),
    }  # fmt: skip
    assert scores(reading)["UBND xã Bảo Nhai", "TDGQ"] == 1991
    assert scores(reading)["Sở Công Thương", "MDSH"] == 443


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [(0.986, "0.0%", 98.6), (0.986, "0%", 98.6), (98.6, "General", 98.6), ("98,6", "@", 98.6),
     (0.0012, "0.00%", 0.12), (1, "0%", 100.0), (98.6, '0.0"%"', 98.6), (98.6, "0.0\\%", 98.6),
     (0.6, '0.0" %"', 0.6), (0.986, '"khoảng "0.0%', 98.6)],
)  # fmt: skip
def test_a_percent_format_tells_what_a_rate_means(value, form, expected):
    book = book_of([["Mã đơn vị", "Tỷ lệ đúng hạn"], ["H44", value]])
    book.worksheets[0]["B2"].number_format = form
    row = read(saved(book)).rows[0]
    assert (row.numerator, row.is_rate) == (expected, True)


def test_a_percentage_where_points_belong_is_refused():
    book = book_of([["Mã đơn vị", "Tiến độ giải quyết"], ["H44", 0.88]])
    book.worksheets[0]["B2"].number_format = "0%"
    assert codes(read(saved(book))) == ["sheet_percent"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (date(2026, 6, 16), "sheet_date"), ("#REF!", "sheet_error"), ("#DIV/0!", "sheet_error"),
        ("=C2/2", "sheet_formula"), ("12,345", "input_ambiguous"), ("mười bảy", "input_points"),
        (-1, "input_points"), (20.5, "input_points"), (True, "input_points"),
        ("16/,6", "input_points"),
    ],
)  # fmt: skip
def test_what_is_no_score_is_refused_with_its_cell(value, code):
    book = book_of([["Mã đơn vị", "Tiến độ giải quyết", "MDSH"], ["H44", value, 9.59]])
    reading = read(saved(book))
    assert codes(reading) == [code]
    assert "(B)" in explain(reading.problems[0], "vi")


def test_numbers_stored_as_text_follow_the_rules_of_texts():
    rows = [["Mã đơn vị", "Chỉ tiêu", "Tử số", "Mẫu số"], ["H44", "ON_TIME", "528.684", "597 918"]]
    assert counts(read(workbook(rows))) == {("H44", "ON_TIME"): (528684, 597918)}


def test_counts_are_whole_and_scores_keep_what_the_workbook_holds():
    rows = [["Mã đơn vị", "TDGQ", "CKMB"], ["H44", 0.1 + 0.2, 7.96]]
    assert scores(read(workbook(rows)))["H44", "TDGQ"] == 30
    rows = [["Mã đơn vị", "Chỉ tiêu", "Tử số", "Mẫu số"], ["H44", "ON_TIME", 1.5, 3]]
    assert codes(read(workbook(rows))) == ["input_count"]


def test_a_name_in_merged_cells_belongs_to_all_their_rows_and_a_number_to_none():
    rows = [["Mã đơn vị", "Chỉ tiêu", "Tử số", "Mẫu số"], ["H44", "ON_TIME", 1, 2],
            [None, "PAY_DOSSIER", 3, 4]]  # fmt: skip
    book = book_of(rows)
    book.worksheets[0].merge_cells("A2:A3")
    assert counts(read(saved(book))) == {("H44", "ON_TIME"): (1, 2), ("H44", "PAY_DOSSIER"): (3, 4)}
    book = book_of([["Mã đơn vị", "TDGQ"], ["H44", 17.68], ["H45", None]])
    book.worksheets[0].merge_cells("B2:B3")
    assert codes(read(saved(book))) == ["sheet_merged"]


def test_errors_in_columns_that_are_not_read_do_not_matter():
    rows = [["TT", "Mã đơn vị", "TDGQ", "Xếp hạng"], ["#REF!", "H44", 17.68, "=RANK(C2,C:C)"]]
    reading = read(workbook(rows))
    assert reading.problems == ()
    assert scores(reading) == {("H44", "TDGQ"): 1768}


def test_hidden_sheets_are_named_and_not_read():
    book = book_of(sheet_rows(2), [["Mã đơn vị", "TDGQ"], ["H44", 1]])
    for state in ("hidden", "veryHidden"):
        book.worksheets[1].sheet_state = state
        reading = read(saved(book))
        assert ("H44", "TDGQ") not in scores(reading) or scores(reading)["H44", "TDGQ"] != 100
        (doubt,) = reading.doubts
        assert (doubt.code, doubt.is_note) == ("sheet_hidden", True)
        (finding,) = [one for one in check_reading(reading, EDITION).findings
                      if one.code == "sheet_hidden"]  # fmt: skip
        assert "Bảng 2" in finding.sentence("vi", EDITION)


def test_a_sheet_without_a_table_beside_one_is_named():
    book = book_of(sheet_rows(2), [["Ghi chú của người lập"], ["Số liệu tạm tính"]], [])
    reading = read(saved(book))
    assert reading.problems == ()
    assert [(doubt.code, doubt.place.fields["sheet"]) for doubt in reading.doubts] == [
        ("sheet_skipped", "Bảng 2")
    ]


def test_a_workbook_without_any_table_is_refused_with_its_columns():
    reading = read(workbook([["a", "b", "c"], [1, 2, 3]]))
    assert codes(reading) == ["csv_columns"]
    assert read(workbook([])).rows == ()


def test_two_sheets_that_disagree_are_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    head = ["Mã đơn vị", "TDGQ"]
    path.write_bytes(workbook([head, ["H44", 17.68]], [head, ["H44", 17.69]]))
    assert codes(read_all([path], EDITION)) == ["input_disagree"]


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    stream = BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def test_macros_are_told_and_never_run():
    content = with_part(workbook(sheet_rows(2)), "xl/vbaProject.bin", b"\x00evil")
    reading = read(content, "a.xlsm")
    assert len(scores(reading)) == 14
    assert [doubt.code for doubt in reading.doubts] == ["workbook_macros"]
    for finding in check_reading(reading, EDITION).findings:
        assert finding.sentence("vi", EDITION)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", OLE, "workbook_old"), ("a.ods", b"PK\x03\x04", "workbook_old"),
        ("a.xlsb", b"PK\x03\x04", "workbook_old"), ("a.xlsx", OLE, "workbook_protected"),
        ("a.xlsx", b"", "input_empty"), ("a.xlsx", b"unit,TDGQ\nH44,1\n", "workbook_broken"),
        ("a.csv", workbook(sheet_rows(1)), "input_is_workbook"),
        ("a.json", workbook(sheet_rows(1)), "input_is_workbook"),
        ("a.csv", OLE, "input_is_workbook"),
    ],
)  # fmt: skip
def test_other_containers_are_named_with_what_to_do(name, content, code):
    with pytest.raises(DataError) as caught:
        read(content, name)
    assert caught.value.code == code
    for language in ("vi", "en"):
        assert name in explain(caught.value, language)


def test_a_workbook_in_an_archive_is_read():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("thang 8/bang.xlsx", workbook(sheet_rows(2)))
    assert len(scores(read(stream.getvalue(), "a.zip"))) == 14


def test_formats_without_values_may_lie_anywhere():
    book = book_of(sheet_rows(2))
    book.worksheets[0]["XFD1048576"].number_format = "0.00"
    assert len(scores(read(saved(book)))) == 14
    book.worksheets[0]["XFD9"] = 1
    with pytest.raises(DataError) as caught:
        read(saved(book))
    assert caught.value.code == "sheet_too_large"


def test_thousands_of_units_are_read_in_seconds():
    rows = [["Mã đơn vị", "Tên đơn vị", *NAMES.values(), "Tổng điểm"]]
    rows += [[f"H{10 + k // 100}.{k % 100:02}", f"Đơn vị {k}", 1, 2.5, 3, 4, 5, 6, 21.5]
             for k in range(5000)]  # fmt: skip
    content = workbook(rows)
    start = time.monotonic()
    reading = read(content)
    assert len(reading.groups) == 5000 * 7
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Tháng 8/2026", "2026-08"), ("tháng 08 năm 2026", "2026-08"), ("Quý III/2026", "2026-Q3"),
        ("Quý 3 năm 2026", "2026-Q3"), ("Năm 2026", "2026"), ("Năm 2026 đến nay", "2026-ytd"),
        ("2026-ytd", "2026-ytd"), ("Tháng 13/2026", None), ("Quý V/2026", None),
    ],
)  # fmt: skip
def test_a_period_may_be_written_in_words(written, code):
    assert _period(written) == code


def test_the_row_of_maxima_and_a_table_of_totals_are_read_as_what_they_are():
    text = "Đơn vị,Tổng điểm\nĐiểm tối đa,100\nUBND xã Một,61.89\nUBND xã Hai,58.10\n"
    reading = read_bytes(text.encode(), "xep-hang.csv", EDITION)
    assert [(row.unit.name, row.published) for row in reading.groups] == [
        ("UBND xã Một", 6189), ("UBND xã Hai", 5810),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["thong-bao.pdf", "bang.json", "bang.xlsx", "bang.csv"])
def test_a_pdf_says_what_to_do_with_it(name):
    with pytest.raises(DataError) as refused:
        read_bytes(b"%PDF-1.7\n%\xe2\xe3", name, EDITION)
    assert refused.value.code == "input_pdf"
    assert "PDF" in explain(refused.value, "vi")
