"""Tables as files: numbers stay numbers, texts stay texts, sheets are ready to read and print."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pandas as pd
import pytest

from simulator.reports.letter_widths import lines_in, width_of
from simulator.reports.on_paper import FONT
from simulator.reports.sheet import LONGEST_TEXT, Table, csv_file, sheet_name, table_book
from simulator.reports.sheet_columns import MOST, printed_width, shown, widths

HOSTILE = [
    "=cmd|'/c calc'!A1", "+1+1", "@SUM(A1)", "{=1}", "-2", "http://x.vn", "007",
    "a\x00b\x0bc", "x" * (LONGEST_TEXT + 500),
]  # fmt: skip


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Tên": ["Phú Thọ", "Hà Nội", "Đắk Lắk"],
            "Điểm": [61.89, None, 62.1],
            "Hồ sơ": pd.Series([597918, None, 0], dtype="Int64"),
        }
    )


def opened(*tables: Table, about: dict[str, str] | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(table_book(tables, about or {}, "vi")))


def test_numbers_are_numbers_with_their_decimals_and_unknown_ones_are_empty():
    sheet = opened(Table("a", "Điểm các tỉnh", frame(), {"Điểm": 2}))["Điểm các tỉnh"]
    assert [cell.value for cell in sheet[3][:3]] == ["Phú Thọ", 61.89, 597918]
    assert [cell.value for cell in sheet[4][:3]] == ["Hà Nội", None, None]
    assert sheet["B3"].number_format == "#,##0.00"
    assert sheet["C3"].number_format == "#,##0"
    assert sheet["C5"].value == 0


def test_the_first_sheet_tells_what_the_file_is_of_and_what_is_in_it():
    book = opened(Table("a", "Điểm", frame()), about={"Đơn vị": "UBND tỉnh Phú Thọ"})
    assert book.sheetnames == ["Về tệp này", "Điểm"]
    told = [[cell.value for cell in row] for row in book["Về tệp này"].iter_rows()]
    assert told == [["Đơn vị", "UBND tỉnh Phú Thọ"], ["1", "Điểm"]]


def test_the_header_stays_in_sight_filters_and_repeats_on_paper():
    table = Table("a", "Điểm", frame(), note="Số liệu đọc ngày 26/09/2026.")
    sheet = opened(table)["Điểm"]
    assert sheet["A2"].value == table.note
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == "A3:C6"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.paperSize == 9


def test_a_long_note_is_wrapped_over_the_columns_so_that_it_does_not_shrink_the_page():
    table = Table("a", "Điểm", frame(), note="Số liệu đọc ngày 26/09/2026; chưa công bố. " * 8)
    sheet = opened(table)["Điểm"]
    assert sheet["A2"].alignment.wrap_text
    (across,) = [found for found in sheet.merged_cells.ranges if found.min_row == 2]
    assert across.min_col == 1
    assert 3 <= across.max_col <= 8
    assert 60 <= sheet.row_dimensions[2].height <= 120
    one = opened(Table("a", "A", frame()[["Tên"]]))["A"]
    assert one["A1"].value == "A"


def test_columns_that_say_nothing_are_left_out_of_the_sheet_but_not_of_the_file():
    table = Table("a", "A", frame().assign(**{"Hạng": "—", "Ghi chú": "", "Cũ": None}))
    sheet = opened(table)["A"]
    assert [cell.value for cell in sheet[2]][:4] == ["Tên", "Điểm", "Hồ sơ", None]
    assert csv_file(table, "vi").decode("utf-8-sig").startswith("Tên;Điểm;Hồ sơ;Hạng;Ghi chú;Cũ")
    nothing = Table("a", "A", pd.DataFrame({"Tên": ["—", ""], "Cũ": [None, None]}))
    assert [cell.value for cell in opened(nothing)["A"][2]][:2] == ["Tên", None]


def test_a_long_text_that_all_rows_say_is_told_once_above_them():
    told = {"Cách chia": "Theo khoảng cách còn thiếu", "Loại": "Khá"}
    sheet = opened(Table("a", "A", frame().assign(**told), note="Điểm của kỳ."))["A"]
    assert sheet["A2"].value == "Điểm của kỳ. Cách chia: Theo khoảng cách còn thiếu."
    assert [cell.value for cell in sheet[3]][:5] == ["Tên", "Điểm", "Hồ sơ", "Loại", None]
    one = opened(Table("a", "A", frame().iloc[:1].assign(**told)))["A"]
    assert [cell.value for cell in one[2]][3] == "Cách chia"


def test_codes_stand_right_of_what_is_printed():
    codes = frame().assign(Mã=["A_B", "C_D", "E_F"], Loại=["a", "b", "c"])
    wide = codes.assign(**{"Vì sao": "chữ " * 20 + codes["Tên"]})
    sheet = opened(Table("a", "A", wide, aside=("Mã",)))["A"]
    assert [cell.value for cell in sheet[2]] == ["Tên", "Điểm", "Hồ sơ", "Loại", "Vì sao", "Mã"]
    assert sheet["F3"].value == "A_B"
    assert sheet.print_area == "'A'!$A$1:$E$5"
    assert sheet.auto_filter.ref == "A2:F5"


def test_two_columns_of_one_name_stay_two():
    double = pd.concat([frame()[["Tên"]], frame()[["Tên"]]], axis=1)
    sheet = opened(Table("a", "A", double))["A"]
    assert [cell.value for cell in sheet[3]][:3] == ["Phú Thọ", "Phú Thọ", None]


def test_long_texts_are_wrapped_until_the_table_can_be_read_on_paper():
    many = pd.DataFrame({f"Cột {k}": ["chữ dài " * 9 + str(j) for j in range(3)] for k in range(9)})
    found = shown(many, ())
    fitted = widths(found, {})
    assert printed_width(fitted) <= MOST
    assert min(fitted) >= 14 and max(fitted) - min(fitted) <= 1
    sheet = opened(Table("a", "A", many))["A"]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.row_dimensions[3].height >= 15 * 4
    assert sheet["A3"].alignment.wrap_text
    narrow = opened(Table("a", "A", frame()))["A"]
    assert narrow.page_setup.orientation == "portrait"
    # No word of a heading is broken, no number is too wide for its column.
    wide = shown(pd.DataFrame({"Maximum": [1.0], "n": [123456789.5]}), ())
    assert widths(wide, {})[0] > width_of("Maximum", is_bold=True)
    assert widths(wide, {})[1] > width_of("123,456,789.5")


def test_lines_are_counted_by_the_widths_of_letters():
    assert width_of("mmm") > width_of("nnn") > width_of("iii")
    assert width_of("Ở") == width_of("O") > width_of("o")
    assert lines_in("a", 5) == lines_in("", 5) == 1
    assert lines_in("nnnn nnnn", 9) == 1
    assert lines_in("nnnn nnnn", 8) == lines_in("nnnn\nnnnn", 90) == 2
    assert lines_in("n" * 25, 10) == 3
    assert lines_in("nnnn nnnn", 9, is_bold=True) == 2


def test_pages_tell_whose_figures_they_are_the_sheet_and_the_page():
    about = {"Đơn vị": "UBND tỉnh A & B (H1)", "Kịch bản": "Phương án",
             "Thời điểm đọc số liệu": "26/09/2026"}  # fmt: skip
    sheet = opened(Table("a", "Điểm", frame()), about=about)["Điểm"]
    assert sheet.oddHeader.left.text.strip() == "UBND tỉnh A && B (H1) · Phương án"
    assert sheet.oddHeader.right.text.strip() == "Thời điểm đọc số liệu: 26/09/2026"
    assert "Điểm" in sheet.oddFooter.left.text
    assert "Trang &P/&N" in sheet.oddFooter.right.text
    assert sheet["A3"].font.name == FONT
    assert sheet["A3"].border.left.style == "thin"


def test_no_text_becomes_a_formula_a_link_or_a_number():
    table = Table("a", "=A1", pd.DataFrame({"=B1": HOSTILE}))
    content = table_book([table], {"=C1": "=D1"}, "vi")
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert set(HOSTILE[:7]) <= {cell.value for cell in cells}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in parts.read(name)


def test_a_text_longer_than_a_cell_ends_with_an_ellipsis():
    sheet = opened(Table("a", "A", pd.DataFrame({"B": HOSTILE})))["A"]
    value = sheet.cell(len(HOSTILE) + 2, 1).value
    assert len(value) == LONGEST_TEXT + 1
    assert value.endswith("x…")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Điểm/hạng: [tháng 10]?", "Điểm hạng tháng 10"),
        ("'Kế hoạch'", "Kế hoạch"),
        ("x" * 40, "x" * 31),
        ("***", "-"),
    ],
)
def test_a_title_becomes_a_name_that_a_workbook_accepts(title, name):
    assert sheet_name(title, set()) == name


def test_no_two_sheets_have_one_name_not_even_in_other_letters():
    taken: set[str] = set()
    names = [sheet_name(title, taken) for title in ("x" * 40, "X" * 35, "x" * 31)]
    assert len({name.casefold() for name in names}) == 3
    assert all(len(name) <= 31 for name in names)


def test_a_table_without_rows_is_a_sheet_with_its_header():
    sheet = opened(Table("a", "A", frame().iloc[:0]))["A"]
    assert [cell.value for cell in sheet[2][:3]] == ["Tên", "Điểm", "Hồ sơ"]
    assert sheet.max_row == 2


def test_equal_tables_are_equal_files():
    table = Table("a", "A", frame())
    assert table_book([table], {}, "vi") == table_book([table], {}, "vi")


def test_a_vietnamese_file_has_decimal_commas_and_its_letters():
    text = csv_file(Table("a", "A", frame()), "vi").decode("utf-8-sig")
    assert text.splitlines()[:2] == ["Tên;Điểm;Hồ sơ", "Phú Thọ;61,89;597918"]
