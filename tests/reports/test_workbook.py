"""The workbook as a file: what is locked, what is told, and that texts stay texts."""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from simulator.reports.on_paper import FONT, LONGEST_TEXT
from simulator.reports.workbook.book import workbook
from simulator.scenario import Scenario
from simulator.templates import LONGEST_MESSAGE
from simulator.text import LANGUAGES, say
from tests.reports.spreadsheet import Spreadsheet, subject_for

END = "2026-12-31"
AHEAD = Scenario("vn-2026-10-10", "H44", (("ON_TIME", 3000.0),), until=END)
WHOLE = Scenario("phutho-2026-ytd", "H44.01", (("ON_TIME", 300.0),))
RATES = Scenario("tth-2022", "tth", (("ORIGINAL_RESULT_AVAILABLE", 1.5),))
EACH = pytest.mark.parametrize("scenario", [AHEAD, WHOLE, RATES], ids=["ahead", "whole", "rates"])
# All of them are in Excel 2007.
FUNCTIONS = {
    "ABS", "AND", "IF", "INDEX", "INT", "ISBLANK", "ISERROR", "ISNUMBER", "LN", "MAX", "MIN", "MOD",
    "N", "OR", "ROUND", "SUM", "SUMPRODUCT",
}  # fmt: skip
CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*><f>(.*?)</f>')
SHEETS = ("result", "help", "levers", "inputs", "peers", "calculation", "rules")
EVIL = ("=cmd|'/c calc'!A1", "+1+1", "@x", "{=1}", "-2", '=HYPERLINK("http://x","y")')


def formulas(content: bytes) -> list[str]:
    """Every formula in the parts of the file, cell by cell."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return [
            f"{name} {address} {html.unescape(formula)}"
            for name in sorted(parts.namelist())
            if name.startswith("xl/worksheets/sheet")
            for address, formula in CELL.findall(parts.read(name).decode())
        ]


def texts(book: Spreadsheet, key: str) -> list[str]:
    return [cell for row in book.rows(key) for cell in row if isinstance(cell, str)]


def test_names_of_people_and_units_never_become_formulas():
    honest = subject_for(AHEAD, note="x")
    view = honest.view
    for k, evil in enumerate(EVIL):
        subject = subject_for(AHEAD, name=evil, author=EVIL[k - 1], note=EVIL[k - 2])
        others = tuple(replace(unit, short_name=evil, name=evil) for unit in view.peers.units)
        unit = replace(view.unit, name=evil, short_name=evil)
        seen = replace(view, unit=unit, peers=replace(view.peers, units=others))
        subject.__dict__["view"] = seen
        content = workbook(subject)
        assert formulas(content) == formulas(workbook(honest))
        cells = [cell for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows()
                 for cell in row if cell.value == evil]  # fmt: skip
        assert len(cells) >= len(others) + 1
        # Also after somebody edits the cell it is a text.
        assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_endless_names_and_control_characters_do_not_break_the_file():
    subject = subject_for(AHEAD, name="A" * 33_000, author="a\x00b\x0bc\r\nđ", note="&P&D" * 90)
    book = Spreadsheet(subject)
    names = [text for text in texts(book, "result") if text.startswith("AAA")]
    assert names == ["A" * (LONGEST_TEXT - 1) + "…"]
    assert "a b c  đ" in texts(book, "result")
    opened = load_workbook(BytesIO(book.content))
    assert all(len(sheet.oddHeader.left.text) < 200 for sheet in opened)


@EACH
def test_both_languages_compute_by_the_same_formulas(scenario):
    books = [Spreadsheet(subject_for(scenario, language)) for language in LANGUAGES]
    found = []
    for book in books:
        lines = formulas(book.content)
        for key in SHEETS:
            lines = [line.replace(f"'{book.name(key)}'!", f"{key}!") for line in lines]
        found.append(lines)
    assert len(found[0]) > 150
    assert found[0] == found[1]
    assert not {book.name(key) for key in SHEETS for book in books[:1]} & {
        books[1].name(key) for key in SHEETS
    }


@EACH
def test_formulas_need_nothing_newer_than_excel_2007(scenario):
    content = workbook(subject_for(scenario))
    used = {name for line in formulas(content) for name in re.findall(r"([A-Z][A-Z.]+)\(", line)}
    assert used <= FUNCTIONS
    assert not any("_xl" in line for line in formulas(content))


@EACH
def test_everything_is_locked_without_a_password_but_the_inputs(scenario):
    book = load_workbook(BytesIO(workbook(subject_for(scenario))))
    open_cells = 0
    for sheet in book:
        assert sheet.protection.sheet and sheet.protection.password is None
        assert not sheet.protection.selectUnlockedCells
        ruled = set()
        for rule in sheet.data_validations.dataValidation:
            assert 0 < len(rule.error) <= LONGEST_MESSAGE and rule.showErrorMessage
            for part in str(rule.sqref).split():
                left, top, _, _ = range_boundaries(part)
                ruled.add((top, left))
        unlocked = {
            (cell.row, cell.column)
            for row in sheet.iter_rows()
            for cell in row
            if cell.has_style and not cell.protection.locked
        }
        assert unlocked == ruled
        open_cells += len(unlocked)
        assert all(sheet.cell(*at).data_type != "f" for at in unlocked)
        assert all(sheet.cell(*at).fill.start_color.rgb == "FFFFF2CC" for at in unlocked)
    assert open_cells > 40


def test_what_was_not_published_is_a_dash_that_nobody_can_overwrite():
    book = load_workbook(BytesIO(workbook(subject_for(AHEAD))))
    spread = Spreadsheet(subject_for(AHEAD))
    for column in "BC":
        sheet, address = spread.count("ONLINE_SUBMISSION", column)
        cell = book[sheet][address]
        assert (cell.value, cell.protection.locked) == ("—", True)
    sheet, address = spread.lever("ONLINE_SUBMISSION")
    assert book[sheet][address].protection.locked
    state = book[sheet][address.replace("B", "F")].value
    assert state == say("vi", "reasons.lever_unpublished")


def test_levers_moved_in_the_scenario_stand_in_their_cells():
    book = Spreadsheet(subject_for(AHEAD))
    sheet, address = book.lever("ON_TIME")
    values = load_workbook(BytesIO(book.content))[sheet]
    assert values[address].value == 3000
    assert values[address.replace("B", "I")].value == 3000


def test_a_message_of_an_input_is_in_the_language_of_the_book():
    for language in LANGUAGES:
        book = load_workbook(BytesIO(workbook(subject_for(AHEAD, language))))
        sheet = book[say(language, "workbook.sheet_levers")]
        errors = {rule.error for rule in sheet.data_validations.dataValidation}
        assert errors == {say(language, "workbook.change_error")}


@EACH
def test_sheets_print_on_a4_with_their_heads_whose_and_of_when(scenario):
    subject = subject_for(scenario)
    book = load_workbook(BytesIO(workbook(subject)))
    for sheet in book:
        is_first = sheet.title == say("vi", "workbook.sheet_result")
        assert sheet.page_setup.orientation == ("portrait" if is_first else "landscape")
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert subject.view.unit.name[:30] in sheet.oddHeader.left.text
        assert "&P" in sheet.oddFooter.right.text
        assert sheet.title in sheet.oddFooter.left.text
        assert sheet.HeaderFooter.scaleWithDoc is False
        if sheet.title not in (
            say("vi", "workbook.sheet_result"),
            say("vi", "workbook.sheet_help"),
        ):
            assert sheet.freeze_panes or sheet.title == say("vi", "workbook.sheet_peers")
    assert say("vi", "workbook.captured_at", captured="10/10/2026 14:00") == (
        load_workbook(BytesIO(workbook(subject_for(AHEAD))))["Kết quả"].oddHeader.right.text.strip()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_leads_to_what_can_be_changed(language):
    subject = subject_for(AHEAD, language)
    book = load_workbook(BytesIO(workbook(subject)))
    assert book.sheetnames == [say(language, f"workbook.sheet_{key}") for key in SHEETS]
    first = book.active
    assert first.title == book.sheetnames[0]
    assert subject.view.unit.name in first["A1"].value
    assert say(language, "workbook.guide") == first["B2"].value
    leads = {
        cell.hyperlink.location: cell.value
        for row in first.iter_rows() for cell in row if cell.hyperlink
    }  # fmt: skip
    names = [
        say(language, f"workbook.sheet_{key}") for key in ("levers", "inputs", "peers", "help")
    ]
    assert list(leads) == [f"'{name}'!A1" for name in names]
    assert all(name in told for name, told in zip(names, leads.values(), strict=True))
    told = " ".join(str(first.cell(row, 2).value) for row in range(3, 7))
    assert say(language, "workbook.denominator") in told
    alone = load_workbook(BytesIO(workbook(subject_for(RATES, language)))).active
    assert sum(bool(cell.hyperlink) for cell in alone["A"]) == 3


def test_sentences_of_checks_that_do_not_hold_are_out_of_sight():
    sheet = load_workbook(BytesIO(workbook(subject_for(WHOLE)))).active
    told = {
        cell.column_letter
        for row in sheet.iter_rows() for cell in row
        if cell.value and "SAI LỆCH" in str(cell.value)
    }  # fmt: skip
    assert told
    # Columns that look alike are kept as one.
    assert sheet.column_dimensions["H"].hidden
    assert (sheet.column_dimensions["H"].min, sheet.column_dimensions["H"].max) == (8, 9)
    assert told <= {"H", "I"}


@EACH
def test_every_block_with_a_head_of_its_own_begins_on_a_new_page(scenario):
    book = Spreadsheet(subject_for(scenario))
    opened = load_workbook(BytesIO(book.content))
    sheet = opened[book.name("calculation")]
    tops = [sheet.cell(one.id + 1, 1).value for one in sheet.row_breaks.brk]
    parts = ("past", "ahead", "before", "after") if scenario.until else ("before", "after")
    assert tops == [book.said(f"part_{one}") for one in parts]
    assert sheet.print_title_rows == "$1:$1"
    rules = opened[book.name("rules")]
    (cut,) = rules.row_breaks.brk
    assert [rules.cell(cut.id + 1, k).value for k in (1, 2)] == [
        book.said("group"), book.said("group_code"),
    ]  # fmt: skip


def test_cells_keep_their_typeface_whatever_the_theme():
    with zipfile.ZipFile(BytesIO(workbook(subject_for(WHOLE)))) as parts:
        styles = parts.read("xl/styles.xml").decode()
    fonts = re.findall(r'<name val="([^"]*)"', styles)
    assert set(fonts) == {FONT}
    assert "<scheme" not in styles


def test_points_of_percent_are_written_in_full():
    book = Spreadsheet(subject_for(RATES))
    units = {row[4] for row in book.rows("levers")[4:] if len(row) > 4 and row[4]}
    assert "điểm phần trăm" in units
    assert not [text for text in texts(book, "levers") if "điểm %" in text]


def test_an_estimate_says_so_and_claims_one_decimal():
    book = Spreadsheet(subject_for(RATES))
    assert say("vi", "workbook.total_estimate") in texts(book, "result")
    opened = load_workbook(BytesIO(book.content))["Kết quả"]
    row = book.row("result", say("vi", "workbook.total_estimate"))
    assert opened.cell(row, 2).number_format == "0.0"
    assert opened.cell(row, 4).number_format == "+0.0;-0.0;0.0"


def test_without_a_list_it_says_why_there_is_no_rank():
    book = Spreadsheet(subject_for(Scenario("nari-2023-10m", "nari")))
    assert say("vi", "notices.no_rank_without_list") in texts(book, "peers")
    row = book.row("result", say("vi", "workbook.rank_none"))
    assert book.rows("result")[row - 1][1:3] == ("—", "—")


def test_everything_a_reader_must_know_is_on_the_first_sheet():
    subject = subject_for(RATES)
    assert subject.warnings
    told = texts(Spreadsheet(subject), "result")
    assert {f"– {warning}" for warning in subject.warnings} <= set(told)


def test_a_rest_that_the_rules_do_not_explain_stands_in_a_cell_of_its_own():
    # The portal prints 8.10 for the first group, its indicators add up to 8.11.
    book = Spreadsheet(subject_for(Scenario("vn-2026-10-10", "H55")))
    top = book.row("calculation", book.said("part_levels"))
    name = book.view.edition.groups[0].name["vi"]
    row = book.rows("calculation")[book.row("calculation", name, top) - 1]
    assert row[3] == -1


def test_the_same_what_if_is_the_same_file():
    assert workbook(subject_for(WHOLE)) == workbook(subject_for(WHOLE))
