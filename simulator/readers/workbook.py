"""Excel workbooks (.xlsx, .xlsm): their visible sheets as figures.

Macros never run, formulas are read by the values stored with them, links are not followed.
openpyxl reads what a workbook says of its sheets, texts and formats; the cells are read by
:mod:`simulator.readers.workbook_cells`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.exceptions import (
    CellCoordinatesException,
    InvalidFileException,
    SheetTitleException,
)

from simulator.errors import DataError, Place
from simulator.readers.archives import BROKEN_ZIP
from simulator.readers.headers import find_layout
from simulator.readers.records import Doubt, Reading, one_line, quoted
from simulator.readers.sheets import Sheet
from simulator.readers.stated import is_help, is_stated, read_stated
from simulator.readers.table import read_sheet
from simulator.readers.workbook_bounds import check_workbook
from simulator.readers.workbook_cells import Styles, read_body, spread_merges
from simulator.rules import Edition

# What openpyxl and the XML under it raise for a broken workbook: whatever its parts raise. Each of
# the two readers of XML it may use has an error of its own; both are SyntaxErrors.
BROKEN = (*BROKEN_ZIP, SyntaxError, KeyError, TypeError, IndexError, AttributeError,
          AssertionError, CellCoordinatesException, InvalidFileException,
          SheetTitleException)  # fmt: skip
# Quoted or escaped signs of a format are only printed: 98.6 in 0.0"%" is 98.6 %.
LITERAL = re.compile(r'"[^"]*"|\\.|[_*].')


@dataclass(frozen=True)
class Workbook:
    """The visible sheets that are not empty, and what was left out."""

    sheets: tuple[Sheet, ...]
    doubts: tuple[Doubt, ...]


def read_workbook(
    content: bytes, file: str, edition: Edition,
    mappings: Mapping[str, Mapping[int, str]] | None = None,
) -> Reading:  # fmt: skip
    """Figures of all sheets; a sheet without a table is named, not silently left out.

    ``mappings``: meanings a person chose for the columns (from 0) of sheets, by their names.
    Raises :class:`DataError` if the file cannot be opened.
    """
    book = open_workbook(content, file)
    parts: list[Reading] = []
    unread: list[DataError] = []
    stated, problems = None, []
    for sheet in book.sheets:
        if is_stated(sheet):
            stated, wrong = read_stated(sheet)
            problems += wrong
        elif not is_help(sheet):
            try:
                parts.append(_read(sheet, edition, (mappings or {}).get(sheet.name or "")))
            except DataError as problem:
                unread.append(problem)
    has_figures = any(part.rows or part.groups or part.problems for part in parts)
    skipped = [_skipped(problem) for problem in unread] if has_figures else []
    return Reading(
        tuple(row for part in parts for row in part.rows),
        tuple(row for part in parts for row in part.groups),
        (*problems, *(problem for part in parts for problem in part.problems),
         *(unread if not has_figures else ())),
        tuple(fact for part in parts for fact in part.facts),
        stated,
        (*book.doubts, *(doubt for part in parts for doubt in part.doubts), *skipped),
    )  # fmt: skip


def _read(sheet: Sheet, edition: Edition, mapping: Mapping[int, str] | None) -> Reading:
    reading = read_sheet(sheet, edition, mapping)
    if not (reading.rows or reading.groups or reading.problems):
        layout = find_layout(sheet, edition)
        line = sheet.rows[0].line if layout is None else layout.line
        raise DataError("sheet_no_rows", place=sheet.place(line))
    return reading


def _skipped(problem: DataError) -> Doubt:
    at = problem.fields["place"]
    return Doubt("sheet_skipped", {}, replace(at, code="sheet"), is_note=True)


def open_workbook(content: bytes, file: str) -> Workbook:
    """The sheets of a workbook; :class:`DataError` for what is none or cannot be opened."""
    name = one_line(file)
    has_macros = check_workbook(content, name)
    try:
        book: Any = load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        return _opened(book, name, has_macros)
    except BROKEN as cause:
        detail = quoted(f"{type(cause).__name__}: {cause}")
        raise DataError("workbook_broken", file=name, detail=detail) from None


def _opened(book: Any, file: str, has_macros: bool) -> Workbook:
    styles = _styles(book)
    sheets, doubts = [], []
    if has_macros:
        doubts.append(Doubt("workbook_macros", {}, Place("file", {"file": file}), is_note=True))
    for part in book.worksheets:
        place = Place("sheet", {"file": file, "sheet": one_line(part.title)})
        if part.sheet_state != "visible":
            doubts.append(Doubt("sheet_hidden", {}, place, is_note=True))
            continue
        texts = replace(styles, texts=part._shared_strings)
        with part._get_source() as source:
            body = read_body(source, texts, place)
        spread = spread_merges(body, place)
        if body.rows:
            sheets.append(Sheet(file, part.title, body.rows, True, spread))
    return Workbook(tuple(sheets), tuple(doubts))


def _styles(book: Any) -> Styles:
    """Which formats of the workbook are dates and which bear a percent sign."""
    percents, signs = set(), set()
    for k, style in enumerate(book._cell_styles):
        number = style.numFmtId
        code = BUILTIN_FORMATS.get(number)
        if number >= BUILTIN_FORMATS_MAX_SIZE:
            code = book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]
        if "%" in LITERAL.sub("", code or ""):
            percents.add(k)
        elif "%" in (code or ""):
            signs.add(k)
    dates = frozenset(book._date_formats)
    return Styles((), dates, frozenset(percents), frozenset(signs), book.epoch)
