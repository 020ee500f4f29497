"""The template workbook: what it asks for, and that it reads back as it was filled in."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from simulator.baseline import Basis
from simulator.baseline_tables import units_of
from simulator.checks import Level, check_reading
from simulator.imports import tables_of
from simulator.project import project
from simulator.readers import Reading, Stated, read_bytes
from simulator.readers.columns import shared_denominators
from simulator.readers.outline import outline
from simulator.rule_files import load_edition
from simulator.templates import EXAMPLE_UNITS, FIRST_ROW, HEADER_ROW, template
from simulator.text import LANGUAGES, explain
from tests.workbooks import EDITION, counts, saved, scores

BOTH = pytest.mark.parametrize("language", LANGUAGES)


def opened(language: str, example: bool = False) -> Workbook:
    return load_workbook(BytesIO(template(EDITION, language, example)))


def filled(language: str, *rows: dict[str, object]) -> Reading:
    """What comes back of rows under the header texts of the template."""
    book = opened(language)
    sheet = book.worksheets[0]
    column = {}
    for cell in sheet[HEADER_ROW + 1]:
        column.setdefault(cell.value, cell.column)
    for k, row in enumerate(rows, FIRST_ROW + 1):
        for title, value in row.items():
            sheet.cell(k, column[title]).value = value
    return read_bytes(saved(book), "mau.xlsx", EDITION)


@BOTH
def test_the_example_loads_as_it_is_and_is_what_was_published(language, phu_tho):
    reading = read_bytes(template(EDITION, language, True), "mau.xlsx", EDITION)
    assert reading.problems == reading.doubts == ()
    assert reading.stated == Stated("2026-ytd", "2026-09-26", phu_tho.source, "2026-portal")
    for code in EXAMPLE_UNITS:
        unit = phu_tho.units[code]
        for group, points in unit.groups.items():
            assert scores(reading)[code, group] == points
        for item, known in zip(EDITION.indicators, unit.evidence, strict=True):
            if known.basis is Basis.COUNTS and not known.assumed:
                expected = (known.numerator, known.denominator)
                assert counts(reading)[code, item.code] == expected
    assert {row.unit.level for row in reading.rows} == {"province", "department"}
    assert not check_reading(reading, EDITION).of(Level.WRONG)


def test_a_what_if_on_the_example_is_the_one_on_the_shipped_figures(phu_tho):
    reading = read_bytes(template(EDITION, "vi", True), "mau.xlsx", EDITION)
    own = units_of(tables_of(reading, EDITION), EDITION)["H44"]
    levers = [lever.code for lever in EDITION.levers if lever.indicator == "ONLINE_SERVICE_USED"]
    changes = {levers[0]: 100.0}
    ours = project(EDITION, own, changes, None).after
    theirs = project(EDITION, phu_tho.units["H44"], changes, None).after
    assert ours.groups["ONLINE"] == theirs.groups["ONLINE"]


@BOTH
def test_an_untouched_template_says_that_no_rows_are_filled_in(language):
    reading = read_bytes(template(EDITION, language), "mau.xlsx", EDITION)
    assert [problem.code for problem in reading.problems] == ["sheet_no_rows"]
    assert explain(reading.problems[0], language)


@BOTH
def test_every_column_is_recognised_without_mapping(language):
    (found,) = outline(template(EDITION, language, True), "mau.xlsx", EDITION)
    assert not found.needs_mapping
    known = [item.meaning for item in found.suggestions]
    assert "ignore" not in known
    assert len(known) == len(set(known))
    assert {f"numerator:{item.code}" for item in EDITION.indicators} <= set(known)
    assert {f"group:{group.code}" for group in EDITION.groups} <= set(known)


@BOTH
def test_figures_of_many_units_come_back_as_they_were_filled_in(language):
    book = opened(language)
    sheet = book.worksheets[0]
    known = outline(template(EDITION, language, True), "mau.xlsx", EDITION)[0].suggestions
    expected: dict[tuple[str, str], float] = {}
    for k in range(40):
        code = f"H{10 + k}"
        for item in known:
            value = k + (100 if item.meaning.startswith("denominator:") else item.column % 7 / 4)
            if item.meaning.startswith(("numerator:", "group:")) or item.meaning == "TOTAL":
                value = k % 10 if item.meaning.startswith("numerator:") else value % 10
            if item.meaning in ("unit", "name", "level"):
                value = {"unit": code, "name": f"Đơn vị {k}", "level": None}[item.meaning]
            else:
                expected[code, item.meaning] = value
            sheet.cell(FIRST_ROW + 1 + k, item.column + 1).value = value
    reading = read_bytes(saved(book), "mau.xlsx", EDITION)
    assert [problem.code for problem in reading.problems] == []
    assert len(reading.rows) == 40 * len(EDITION.indicators)
    for row in reading.rows:
        assert row.numerator == expected[row.unit.key, f"numerator:{row.code}"]
        cases = next(value for (unit, meaning), value in expected.items()
                     if unit == row.unit.key and meaning.startswith("denominator:")
                     and row.code in meaning.partition(":")[2].split("+"))  # fmt: skip
        assert row.denominator == cases
    for row in reading.groups:
        meaning = "TOTAL" if row.group == "TOTAL" else f"group:{row.group}"
        assert row.published == round(expected[row.unit.key, meaning] * 100)


def test_a_shared_denominator_counts_for_all_its_indicators():
    reading = filled("vi", {
        "Mã đơn vị": "H44.07", "Tên đơn vị": "Sở Công Thương", "Cấp": "Sở, ngành",
        "Tử số: phản ánh, kiến nghị xử lý đúng hạn": 9, "Mẫu số: phản ánh, kiến nghị": 12,
        "Tử số: phản ánh, kiến nghị được đánh giá hài lòng": 7,
    })  # fmt: skip
    assert reading.problems == ()
    assert counts(reading) == {
        ("H44.07", "PETITION_PROCESSING_ON_TIME"): (9, 12),
        ("H44.07", "PETITION_HANDLING_SATISFACTION"): (7, 12),
    }
    assert reading.rows[0].unit.level == "department"
    shared = {code for codes in shared_denominators(EDITION) for code in codes}
    assert {"PAY_PROCEDURE", "FEE_PROCEDURE", "REUSED_DIGITIZED_DATA"} <= shared


def test_a_row_may_be_filled_in_only_partly():
    reading = filled(
        "vi",
        {"Mã đơn vị": "H44.01", "Tổng điểm (100)": 61.89},
        {"Mã đơn vị": "H44.02", "Mẫu số: thủ tục thu phí (totalFeeFormality)": 10,
         "Tử số: thủ tục thu phí có thanh toán (totalFeeDossierFormality)": 4},
    )  # fmt: skip
    assert reading.problems == ()
    assert scores(reading) == {("H44.01", "TOTAL"): 6189}
    assert counts(reading) == {("H44.02", "FEE_PROCEDURE"): (4, 10)}


def test_a_numerator_without_its_denominator_is_refused():
    reading = filled("vi", {"Mã đơn vị": "H44", "Tử số: hồ sơ đúng hạn (totalOnTime)": 9})
    assert [problem.code for problem in reading.problems] == ["input_half_pair"]


def test_a_row_without_a_unit_is_refused():
    reading = filled("en", {"Numerator: totalOnTime": 9, "Denominator: totalReceived": 10})
    assert [problem.code for problem in reading.problems] == ["input_unit_missing"]


@pytest.mark.parametrize(
    ("row", "value", "part", "expected"),
    [
        (1, "2026-08", "period", "2026-08"), (1, 2026, "period", "2026"),
        (1, datetime(2026, 8, 1), "period", "2026-08"), (1, "2026-Q3", "period", "2026-Q3"),
        (2, date(2026, 10, 10), "captured_at", "2026-10-10"),
        (2, "10/10/2026", "captured_at", "2026-10-10"),
        (2, "2026-10-10", "captured_at", "2026-10-10"),
        (3, "Cổng Dịch vụ công", "source", "Cổng Dịch vụ công"), (4, "2022-2025", "edition",
                                                                  "2022-2025"),
    ],
)  # fmt: skip
def test_the_sheet_of_the_period_is_read_in_the_forms_people_use(row, value, part, expected):
    book = opened("vi", True)
    book["Kỳ"].cell(row, 2).value = value
    reading = read_bytes(saved(book), "mau.xlsx", EDITION)
    assert reading.problems == ()
    assert getattr(reading.stated, part) == expected


@pytest.mark.parametrize(
    ("row", "value"),
    [(1, "tháng tám"), (1, "2026-13"), (2, "31/02/2026"), (2, "hôm qua"), (4, "2030")],
)
def test_a_period_nobody_can_use_is_refused_with_its_cell(row, value):
    book = opened("vi", True)
    book["Kỳ"].cell(row, 2).value = value
    (problem,) = read_bytes(saved(book), "mau.xlsx", EDITION).problems
    assert problem.code == "stated_unreadable"
    assert f"trang Kỳ, dòng {row}" in explain(problem, "vi")


@BOTH
def test_cells_are_checked_while_they_are_filled_in(language):
    sheet = opened(language).worksheets[0]
    rules = sheet.data_validations.dataValidation
    assert {rule.type for rule in rules} == {"list", "whole", "decimal"}
    assert all(rule.error and len(rule.error) <= 255 for rule in rules)
    assert len(rules) == sheet.max_column - 2
    assert sheet.freeze_panes == "C3"
    assert all(cell.comment is not None for cell in sheet[HEADER_ROW + 1])
    maxima = sorted(float(rule.formula2) for rule in rules if rule.type == "decimal")
    assert maxima == [10, 12, 18, 18, 20, 22, 100]


def test_groups_stand_above_their_columns_in_their_colours():
    sheet = opened("vi").worksheets[0]
    bands = {cell.value: cell.fill.start_color.rgb[2:] for cell in sheet[1] if cell.value}
    for group in EDITION.groups:
        assert f"#{bands[group.name['vi']]}" == group.colour


@BOTH
@pytest.mark.parametrize("example", [True, False])
def test_no_cell_is_a_formula_and_every_template_is_the_same(language, example):
    book = opened(language, example)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert template(EDITION, language, example) == template(EDITION, language, example)


def test_the_older_edition_has_its_template():
    edition = load_edition("2022-2025")
    reading = read_bytes(template(edition, "vi", True), "mau.xlsx", edition)
    assert reading.problems == ()
    assert reading.stated is not None
    assert len(reading.rows) == 34
