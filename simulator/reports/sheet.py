"""Tables as they leave the app: one CSV file each, or all as sheets of one workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]

from simulator.presentation.csv_file import csv_bytes
from simulator.reports.letter_widths import lines_in
from simulator.reports.on_paper import FONT_SIZE, UPRIGHT, options, set_up
from simulator.reports.sheet_columns import (
    FREE,
    FREE_OF_NUMBER,
    decimals_of,
    printed_width,
    shown,
    widths,
)
from simulator.text import say

LONGEST_SHEET_NAME = 31
# Of a cell of a workbook; longer texts are cut and end with an ellipsis.
LONGEST_TEXT = 32_000
# Width of a column nobody set, and the least of a title or a note.
USUAL, ACROSS = 8, 60
# Points of a line and of the highest row.
LINE, HIGHEST = 15, 400
# As wide as an upright page can be with letters of some 10 points.
PAGE = UPRIGHT * 11 // 10
BOX = {"border": 1, "border_color": "#A6A6A6", "valign": "top"}
HEAD = {**BOX, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#E8EDF3"}
# Beside what is printed.
ASIDE = {"font_color": "#7F7F7F"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Table:
    """A table with numbers inside; ``frame`` has its columns under their names in one language.

    ``key``: short and plain, for file names; ``decimals``: of the columns of numbers, those not
    named have as many as they need (at most two); ``note``: what a reader must know; ``aside``:
    columns for programs, such as codes, which stand right of what is printed.
    """

    key: str
    title: str
    frame: pd.DataFrame
    decimals: Mapping[str, int] = field(default_factory=dict)
    note: str = ""
    aside: Sequence[str] = ()


def csv_file(table: Table, language: str) -> bytes:
    """The table as a file that a spreadsheet of that language opens as it is."""
    return csv_bytes(table.frame, language)


def table_book(
    tables: Sequence[Table], about: Mapping[str, str], language: str, day: date | None = None
) -> bytes:
    """A workbook with one sheet per table, after a first one that tells what it is of.

    ``about``: label -> text; ``day``: of the file, so that equal tables are equal files.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, options())
    created = datetime.combine(day or date(2026, 1, 1), datetime.min.time())
    book.set_properties({"created": created})
    paper, taken = _Paper(about, language), set[str]()
    _about(book, tables, about, paper, taken)
    for table in tables:
        _Sheet(book, sheet_name(table.title, taken), table).write(paper)
    book.close()
    return stream.getvalue()


class _Paper:
    """What stands above and below every page: of which unit and scenario, read on which day."""

    def __init__(self, about: Mapping[str, str], language: str) -> None:
        self.language = language
        told = [about.get(say(language, f"report_tables.{key}")) for key in ("unit", "scenario")]
        self._left = " · ".join(filter(None, told))
        captured = about.get(say(language, "report_tables.captured"))
        self._right = captured and say(language, "workbook.captured_at", captured=captured)

    def set_up(self, sheet: Any, *, is_turned: bool) -> None:
        page = say(self.language, "workbook.page")
        set_up(sheet, sheet.get_name(), page, self._left, self._right or "", is_turned=is_turned)


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that a workbook accepts and that is not in ``taken`` yet; it is added there."""
    plain = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("' ") or "-"
    name, number = plain[:LONGEST_SHEET_NAME].rstrip(), 1
    while name.casefold() in taken:
        number += 1
        mark = f" ({number})"
        name = plain[: LONGEST_SHEET_NAME - len(mark)].rstrip() + mark
    taken.add(name.casefold())
    return name


def _about(
    book: Any, tables: Sequence[Table], about: Mapping[str, str], paper: _Paper, taken: set[str]
) -> None:
    """Whose figures these are, and which tables there are."""
    sheet = book.add_worksheet(sheet_name(say(paper.language, "report_tables.about"), taken))
    label = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    first, second = 26, 80
    sheet.set_column(0, 0, first)
    sheet.set_column(1, 1, second)
    lines = [*about.items(), *((str(k), table.title) for k, table in enumerate(tables, start=1))]
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, _text(name), label)
        sheet.write_string(row, 1, _text(value), text)
        height = LINE * lines_in(value[:LONGEST_TEXT], second - FREE)
        sheet.set_row(row, min(height, HIGHEST))
    paper.set_up(sheet, is_turned=False)


class _Sheet:
    """One table: title, note, header, rows; beside them what is not printed."""

    def __init__(self, book: Any, name: str, table: Table) -> None:
        self._book, self._table = book, table
        self._sheet = book.add_worksheet(name)
        self._shown = shown(table.frame, table.aside)
        self._widths = widths(self._shown, table.decimals)
        told = (f"{title}: {text}." for title, text in self._shown.told.items())
        self._note = " ".join(filter(None, (table.note, *told)))
        self._head_row = 2 if self._note else 1
        self._width = sum(self._widths[: self._shown.printed])
        # How many lines the tallest cell of a row takes.
        self._lines: dict[int, float] = {}
        self._formats: dict[str, Any] = {}

    def write(self, paper: _Paper) -> None:
        frame, sheet, head = self._shown.frame, self._sheet, self._head_row
        for k, column in enumerate(frame.columns):
            self._column(k, str(column), list(frame.iloc[:, k]))
        across = self._across(0, self._table.title, bold=True, font_size=13)
        if self._note:
            self._across(1, self._note, italic=True)
        for row, lines in self._lines.items():
            sheet.set_row(row, min(LINE * lines, HIGHEST))
        last = head + len(frame)
        sheet.freeze_panes(head + 1, 1)
        if len(frame):
            sheet.autofilter(head, 0, last, len(frame.columns) - 1)
        sheet.repeat_rows(head)
        sheet.print_area(0, 0, last, max(self._shown.printed - 1, across))
        paper.set_up(sheet, is_turned=printed_width(self._widths[: self._shown.printed]) > PAGE)

    def _column(self, k: int, title: str, values: list[Any]) -> None:
        width, head = self._widths[k], self._head_row
        is_printed = k < self._shown.printed
        aside = {} if is_printed else ASIDE
        self._sheet.set_column(k, k, width)
        self._sheet.write_string(head, k, _text(title), self._format(**HEAD, **aside))
        self._measure(head, title, width - FREE_OF_NUMBER, is_bold=True)
        text = self._format(**BOX, text_wrap=is_printed, align="left", indent=1, **aside)
        places = decimals_of(values, self._table.decimals.get(title))
        for row, (value, decimals) in enumerate(zip(values, places, strict=True), head + 1):
            if isinstance(value, str):
                self._sheet.write_string(row, k, _text(value), text)
                self._measure(row, value[:LONGEST_TEXT] * is_printed, width - FREE)
            elif pd.isna(value):
                self._sheet.write_blank(row, k, None, text)
            else:
                number = self._format(**BOX, num_format=_pattern(decimals))
                self._sheet.write_number(row, k, float(value), number)

    def _across(self, row: int, text: str, **look: Any) -> int:
        """A text over all columns, more of them over a narrow table; the last of them."""
        printed = self._shown.printed
        room = 0 if printed < len(self._widths) else ACROSS - self._width
        more = max(0, -(-room // USUAL))
        last = printed - 1 + more
        style = self._format(text_wrap=True, valign="top", **look)
        if last > 0:
            self._sheet.merge_range(row, 0, row, last, "", style)
        self._sheet.write_string(row, 0, _text(text), style)
        size = look.get("font_size", FONT_SIZE) / FONT_SIZE
        room = (self._width + more * USUAL) / size
        self._measure(row, text[:LONGEST_TEXT], room, is_bold=size > 1)
        self._lines[row] *= size
        return last

    def _measure(self, row: int, text: str, room: float, *, is_bold: bool = False) -> None:
        lines = lines_in(text, room, is_bold=is_bold)
        self._lines[row] = max(self._lines.get(row, 1), lines)

    def _format(self, **look: Any) -> Any:
        """One per look: a book holds only so many."""
        key = repr(look)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _text(value: str) -> str:
    """``value`` as a workbook can hold it."""
    clean = _CONTROL.sub(" ", value)
    return clean if len(clean) <= LONGEST_TEXT else clean[:LONGEST_TEXT] + "…"
