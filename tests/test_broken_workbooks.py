"""Over a hundred broken workbooks. None crashes, none is misread unseen.

Every file is made from a right one by one mutation with a fixed seed, so a failure names it.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook

from simulator.checks import Level, Report, check_files
from simulator.templates import template
from simulator.text import LANGUAGES
from tests.workbooks import EDITION, book_of, count_rows, saved, sheet_rows, workbook

SEED, EACH = 766, 8
SOURCES = {
    "scores": lambda: book_of(sheet_rows(6)),
    "counts": lambda: book_of(count_rows()),
}
SHEET = "xl/worksheets/sheet1.xml"
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(9))
    + b"]><x>&j;</x>"
)


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same archive with its parts changed; None leaves one out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


def in_part(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    return repacked(content, lambda name, data: change(data) if name == part else data)


def cells(book: Workbook, chance: random.Random):
    """A random cell with a figure."""
    sheet = book.worksheets[0]
    first = next(k for k, cell in enumerate(sheet[2], 1) if isinstance(cell.value, float))
    column = chance.randrange(first, sheet.max_column + 1)
    return sheet.cell(chance.randrange(2, sheet.max_row + 1), column)


def cut(book: Workbook, chance: random.Random) -> bytes:
    content = saved(book)
    return content[: chance.randrange(len(content))]


def flip(book: Workbook, chance: random.Random) -> bytes:
    raw = bytearray(saved(book))
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw)


def cut_sheet(book: Workbook, chance: random.Random) -> bytes:
    return in_part(saved(book), SHEET, lambda data: data[: chance.randrange(len(data))])


def flip_sheet(book: Workbook, chance: random.Random) -> bytes:
    def change(data: bytes) -> bytes:
        raw = bytearray(data)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        return bytes(raw)

    return in_part(saved(book), SHEET, change)


def lose_in_sheet(book: Workbook, chance: random.Random) -> bytes:
    def change(data: bytes) -> bytes:
        start = chance.randrange(len(data))
        return data[:start] + data[start + chance.randrange(1, 40) :]

    return in_part(saved(book), SHEET, change)


def lose_part(book: Workbook, chance: random.Random) -> bytes:
    content = saved(book)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    lost = chance.choice(names)
    return repacked(content, lambda name, data: None if name == lost else data)


def garbage_part(book: Workbook, chance: random.Random) -> bytes:
    content = saved(book)
    lost = chance.choice(zipfile.ZipFile(io.BytesIO(content)).namelist())
    return repacked(content, lambda name, data: chance.randbytes(99) if name == lost else data)


def swap_columns(book: Workbook, chance: random.Random) -> bytes:
    sheet = book.worksheets[0]
    columns = chance.sample(range(4, sheet.max_column + 1), 2)
    first, second = (sheet.cell(1, column) for column in columns)
    first.value, second.value = second.value, first.value
    return saved(book)


def merge(book: Workbook, chance: random.Random) -> bytes:
    cell = cells(book, chance)
    book.worksheets[0].merge_cells(start_row=cell.row, end_row=cell.row + 1,
                                   start_column=cell.column, end_column=cell.column)  # fmt: skip
    return saved(book)


def odd_value(book: Workbook, chance: random.Random) -> bytes:
    values = [
        "=A1*2", "=SUM(B2:B9)", "#REF!", "#DIV/0!", "#N/A", date(2026, 6, 16), True, -1, 1e300,
        "12,345", "16/,6", "x", "1.2.3", "NaN", "٣", 10**17, "=cmd|' /C calc'!A0",
    ]  # fmt: skip
    cells(book, chance).value = chance.choice(values)
    return saved(book)


def odd_name(book: Workbook, chance: random.Random) -> bytes:
    cell = book.worksheets[0].cell(2, chance.choice([1, 2, 3]))
    cell.value = chance.choice([
        "<script>alert(1)</script>", "'; DROP TABLE units", "\u202eH44", "+1+cmd|' /C calc'!A0",
        "@SUM(1)", "x" * 32000, "a\nb\tc",
    ])  # fmt: skip
    return saved(book)


def header(book: Workbook, chance: random.Random) -> bytes:
    sheet = book.worksheets[0]
    kind = chance.randrange(4)
    if kind == 0:
        sheet.delete_rows(1)
    elif kind == 1:
        sheet.insert_rows(1 + chance.randrange(5), 3)
    elif kind == 2:
        sheet.cell(1, chance.randrange(2, sheet.max_column)).value = None
    else:
        columns = chance.sample(range(2, sheet.max_column + 1), 2)
        sheet.cell(1, columns[0]).value = sheet.cell(1, columns[1]).value
    return saved(book)


def percent(book: Workbook, chance: random.Random) -> bytes:
    cells(book, chance).number_format = chance.choice(["0%", "0.00%", "dd/mm/yyyy", "[h]:mm"])
    return saved(book)


MUTATIONS = [cut, flip, cut_sheet, flip_sheet, lose_in_sheet, lose_part, garbage_part,
             swap_columns, merge, odd_value, odd_name, header, percent]  # fmt: skip
CASES = [(name, change, k) for name in SOURCES for change in MUTATIONS for k in range(EACH)]


def figures(report: Report) -> dict[tuple[str, str], object]:
    rows = {(row.unit.key, row.code): (row.numerator, row.denominator, row.published)
            for row in report.reading.rows}  # fmt: skip
    return rows | {(row.unit.key, row.group): row.published for row in report.reading.groups}


@pytest.fixture(scope="module")
def right(tmp_path_factory) -> dict[str, dict[tuple[str, str], object]]:
    found = {}
    for name, make in SOURCES.items():
        path = tmp_path_factory.mktemp("right") / f"{name}.xlsx"
        path.write_bytes(saved(make()))
        report = check_files([path], EDITION)
        assert report.is_usable
        assert not report.of(Level.DOUBTFUL)
        found[name] = figures(report)
    return found


def check(tmp_path, name: str, content: bytes) -> Report:
    """The report on a file; every finding has its sentence in both languages."""
    path = tmp_path / name
    path.write_bytes(content)
    report = check_files([path], EDITION)
    for finding in report.findings:
        for language in LANGUAGES:
            sentence = finding.sentence(language, EDITION)
            assert sentence
            assert sentence.isprintable()
            assert len(sentence) < 2000
    return report


def is_told(before: object, after: object) -> bool:
    """Other counts under the same printed score, or the same counts without it: no file tells."""
    if not (isinstance(before, tuple) and isinstance(after, tuple)):
        return False
    return before[2] == after[2] or (before[:2] == after[:2] and after[2] is None)


def test_there_are_more_than_a_hundred():
    assert len(CASES) >= 200


@pytest.mark.parametrize(
    ("name", "change", "k"), CASES,
    ids=[f"{name}-{change.__name__}-{k}" for name, change, k in CASES],
)  # fmt: skip
def test_a_broken_workbook_is_refused_or_flagged_or_says_the_same(tmp_path, right, name, change, k):
    chance = random.Random(f"{SEED}-{name}-{change.__name__}-{k}")  # noqa: S311
    report = check(tmp_path, "broken.xlsx", change(SOURCES[name](), chance))
    before, after = right[name], figures(report)
    misread = {
        key for key in after
        if key in before and after[key] != before[key] and not is_told(before[key], after[key])
    }  # fmt: skip
    if change is swap_columns and {group for _, group in misread} <= {
        "ONLINE",
        "TTTT",
        "CKMB",
        "MDHL",
        "TDGQ",
        "MDSH",
    }:
        # Swapped headers whose figures fit both: nothing in the file tells.
        return
    if misread and report.is_usable:
        assert report.of(Level.DOUBTFUL), misread


def zip_of(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


GOOD = saved(SOURCES["scores"]())
# The same figures with the texts of all cells in one part, as Excel writes them.
LISTED = template(EDITION, "vi", True)


def wide() -> bytes:
    return workbook([["Mã đơn vị", *(f"Cột {k}" for k in range(10_000)), "TDGQ"]], [["x"]])


def many_rows() -> bytes:
    row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
    rows = b"".join(row % (k, k) for k in range(1, 200_010))
    return in_part(GOOD, SHEET, lambda data: re.sub(rb"<sheetData>.*</sheetData>",
                   b"<sheetData>" + rows + b"</sheetData>", data, flags=re.S))  # fmt: skip


def one_row() -> bytes:
    cells = b'<row r="1">' + b"<c/>" * 100_000 + b"</row>"
    return in_part(GOOD, SHEET, lambda data: data.replace(b"<sheetData>", b"<sheetData>" + cells))


def merged(reference: bytes) -> bytes:
    mark = b'<mergeCells count="1"><mergeCell ref="%s"/></mergeCells>' % reference
    return in_part(GOOD, SHEET, lambda data: data.replace(b"</sheetData>", b"</sheetData>" + mark))


def fake_size() -> bytes:
    """The archive's own list says that a part is short."""
    raw = bytearray(zip_of(xl__workbook=b"a" * 5_000_000))
    at = raw.index(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(raw)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)
FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb": ("a.xlsx", lambda: zip_of(**{"xl__a.xml": bytes(210_000_000)}),
                   "workbook_too_large"),
    "marks without end": ("a.xlsx", lambda: zip_of(**{"xl__a.xml": b"<a/>" * 4_100_000}),
                          "workbook_too_large"),
    "formats without end": (
        "a.xlsx", lambda: in_part(GOOD, "xl/styles.xml", lambda data: data.replace(
            b"</cellXfs>", b"<xf/>" * 500_000 + b"</cellXfs>")), "workbook_too_large"),
    "thousands of parts": ("a.xlsx", lambda: zip_of(**{f"p{k}.xml": b"<a/>" for k in range(501)}),
                           "workbook_too_large"),
    "a size that lies": ("a.xlsx", fake_size, "workbook_broken"),
    "fifty megabytes": ("a.xlsx", lambda: b"PK\x03\x04" + bytes(50_000_001), "workbook_too_large"),
    "an entity bomb": ("a.xlsx", lambda: in_part(GOOD, SHEET, lambda data: BOMB),
                       "workbook_markup"),
    "an entity bomb in the texts": (
        "a.xlsx", lambda: in_part(LISTED, "xl/sharedStrings.xml", lambda data: BOMB),
        "workbook_markup"),
    "an entity bomb in two-byte letters": (
        "a.xlsx", lambda: in_part(GOOD, SHEET, lambda data: BOMB.decode().encode("utf-16")),
        "workbook_markup"),
    "a file from outside": (
        "a.xlsx", lambda: in_part(GOOD, SHEET, lambda data: data.replace(
            b"<worksheet", b'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet')),
        "workbook_markup"),
    "a password": ("a.xlsx", lambda: OLE, "workbook_protected"),
    "the old binary form": ("a.xls", lambda: OLE, "workbook_old"),
    "another office": ("a.ods", lambda: zip_of(mimetype=b"x"), "workbook_old"),
    "another office renamed": ("a.xlsx", lambda: zip_of(mimetype=b"x", content=b""),
                               "workbook_old"),
    "text named as a workbook": ("a.xlsx", lambda: b"unit,TDGQ\nH44,1\n", "workbook_broken"),
    "a page named as a workbook": ("a.xlsx", lambda: b"<html><table></table></html>",
                                   "workbook_broken"),
    "a picture named as a workbook": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99),
                                      "workbook_broken"),
    "a workbook named as text": ("a.csv", lambda: GOOD, "input_is_workbook"),
    "a workbook named as a response": ("a.json", lambda: GOOD, "input_is_workbook"),
    "a response named as a table": ("a.csv", lambda: b'{"code": "OK", "data": {}}', "csv_columns"),
    "an archive named as a workbook": ("a.xlsx", lambda: zip_of(**{"a.csv": b"unit,TDGQ\nH44,1"}),
                                       "workbook_broken"),
    "nothing": ("a.xlsx", lambda: b"", "input_empty"),
    "an empty archive": ("a.xlsx", lambda: zip_of(), "workbook_broken"),
    "ten thousand columns": ("a.xlsx", wide, "sheet_too_large"),
    "too many rows": ("a.xlsx", many_rows, "sheet_too_large"),
    "a row without end": ("a.xlsx", one_row, "sheet_too_large"),
    "a merge that is none": ("a.xlsx", lambda: merged(b"A0:?"), "workbook_broken"),
    "a text that is not there": (
        "a.xlsx", lambda: in_part(LISTED, SHEET, lambda data: data.replace(
            b't="s"><v>5</v>', b't="s"><v>999999</v>', 1)), "workbook_broken"),
    "headers without end": (
        "a.xlsx", lambda: workbook([["(" * 32_000, "hồ" + " " * 30_000] * 10] * 20),
        "csv_columns"),
    "an empty sheet": ("a.xlsx", lambda: workbook([]), "input_without_units"),
    "only a header": ("a.xlsx", lambda: workbook(sheet_rows(0)), "sheet_no_rows"),
    "no table": ("a.xlsx", lambda: workbook([["a", "b"], [1, 2]]), "csv_columns"),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_no_table_is_refused_with_its_reason(tmp_path, case):
    name, make, code = FILES[case]
    report = check(tmp_path, name, make())
    problems = [problem.code for problem in report.reading.problems]
    assert problems[:1] == [code]
    assert not report.units


def test_a_merge_of_the_whole_sheet_stays_within_bounds_and_changes_no_figure(tmp_path, right):
    report = check(tmp_path, "a.xlsx", merged(b"A1:XFD1048576"))
    assert figures(report) == right["scores"]


def test_names_that_a_sheet_or_a_page_would_act_on_stay_plain_text(tmp_path):
    rows = [["Mã đơn vị", "Tên đơn vị", "TDGQ"]]
    evil = ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "@SUM(1+1)", "+1+1", "-2+3"]
    book = book_of(rows)
    for k, name in enumerate(evil):
        book.worksheets[0].append([f"H{k + 10}", None, 1.5])
        cell = book.worksheets[0].cell(k + 2, 2)
        cell.value = name
        cell.data_type = "s"
    report = check(tmp_path, "a.xlsx", saved(book))
    assert {unit.name for unit in report.units} == set(evil)
