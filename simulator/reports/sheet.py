"""Tables as they leave the app: one CSV file each, or all as sheets of one workbook."""

from __future__ import annotations

import io
import math
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]

from simulator.presentation.csv_file import csv_bytes
from simulator.templates import OPTIONS
from simulator.text import say

LONGEST_SHEET_NAME = 31
# Of a cell of a workbook; longer texts are cut and end with an ellipsis.
LONGEST_TEXT = 32_000
NARROW, WIDE = 11, 44
# Width of a column nobody set, the least of a title or a note, and the size of plain letters.
USUAL, ACROSS, TEXT_SIZE = 8, 60, 11
# Points of a line and of the highest row; letters that a page has room for side by side.
LINE, HIGHEST, PAGE = 15, 400, 90
# From here on a count is meant: beside it only figures with decimals show any.
MANY = 1000
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Table:
    """A table with numbers inside; ``frame`` has its columns under their names in one language.

    ``key``: short and plain, for file names; ``decimals``: of the columns of numbers, those not
    named have as many as they need (at most two); ``note``: what a reader must know.
    """

    key: str
    title: str
    frame: pd.DataFrame
    decimals: Mapping[str, int] = field(default_factory=dict)
    note: str = ""


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
    book = xlsxwriter.Workbook(stream, OPTIONS)
    created = datetime.combine(day or date(2026, 1, 1), datetime.min.time())
    book.set_properties({"created": created})
    taken: set[str] = set()
    _about(book, tables, about, language, taken)
    for table in tables:
        _Sheet(book, sheet_name(table.title, taken), table).write()
    book.close()
    return stream.getvalue()


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
    book: Any, tables: Sequence[Table], about: Mapping[str, str], language: str, taken: set[str]
) -> None:
    """Whose figures these are, and which tables there are."""
    sheet = book.add_worksheet(sheet_name(say(language, "report_tables.about"), taken))
    label = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    lines = [*about.items(), *((str(k), table.title) for k, table in enumerate(tables, start=1))]
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, _text(name), label)
        sheet.write_string(row, 1, _text(value), text)
    _on_paper(sheet, is_wide=False)


class _Sheet:
    """One table: title, note, header, rows."""

    def __init__(self, book: Any, name: str, table: Table) -> None:
        self._book, self._table = book, table
        self._sheet = book.add_worksheet(name)
        self._head_row = 2 if table.note else 1
        self._width = 0
        # How many lines the tallest cell of a row takes.
        self._lines: dict[int, float] = {}
        self._formats: dict[str, Any] = {}

    def write(self) -> None:
        frame, sheet, head = self._table.frame, self._sheet, self._head_row
        look = self._format(bold=True, text_wrap=True, valign="top", border=1, bg_color="#E8EDF3")
        for k, column in enumerate(frame.columns):
            sheet.write_string(head, k, _text(str(column)), look)
            self._column(k, str(column), list(frame[column]))
        self._across(0, self._table.title, bold=True, font_size=13)
        if self._table.note:
            self._across(1, self._table.note, italic=True)
        for row, lines in self._lines.items():
            sheet.set_row(row, min(LINE * lines, HIGHEST))
        last = head + len(frame)
        sheet.freeze_panes(head + 1, 1)
        if len(frame):
            sheet.autofilter(head, 0, last, len(frame.columns) - 1)
        sheet.repeat_rows(head)
        _on_paper(sheet, is_wide=self._width > PAGE)

    def _column(self, k: int, title: str, values: list[Any]) -> None:
        decimals = self._table.decimals.get(title)
        longest = max((len(str(value)) for value in values), default=0)
        width = min(max(longest + 3, min(len(title), 18), NARROW), WIDE)
        self._sheet.set_column(k, k, width)
        self._width += width
        self._measure(self._head_row, title, width)
        text = self._format(text_wrap=longest > WIDE, align="left", valign="top", indent=1)
        for row, (value, pattern) in enumerate(
            zip(values, _patterns(values, decimals), strict=True), start=self._head_row + 1
        ):
            if isinstance(value, str):
                self._sheet.write_string(row, k, _text(value), text)
                self._measure(row, value[:LONGEST_TEXT], width)
            elif not pd.isna(value):
                number = self._format(num_format=pattern, valign="top")
                self._sheet.write_number(row, k, float(value), number)

    def _across(self, row: int, text: str, **look: Any) -> None:
        """A text over all columns: what runs out of the table shrinks the page it is printed on."""
        more = max(0, math.ceil((ACROSS - self._width) / USUAL))
        last = len(self._table.frame.columns) - 1 + more
        style = self._format(text_wrap=True, valign="top", **look)
        if last > 0:
            self._sheet.merge_range(row, 0, row, last, "", style)
        self._sheet.write_string(row, 0, _text(text), style)
        size = look.get("font_size", TEXT_SIZE) / TEXT_SIZE
        self._measure(row, text[:LONGEST_TEXT], int((self._width + more * USUAL) / size))
        self._lines[row] *= size

    def _measure(self, row: int, text: str, width: int) -> None:
        """Not every program makes a row as high as its texts."""
        lines = len(textwrap.wrap(text, width - 3))
        self._lines[row] = max(self._lines.get(row, 1), lines)

    def _format(self, **look: Any) -> Any:
        """One per look: a book holds only so many."""
        key = repr(look)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]


def _patterns(values: Sequence[Any], decimals: int | None) -> list[str]:
    """How numbers of a column are written: all with the same decimals, but for counts beside
    figures that have some."""
    numbers = [float(one) for one in values if not isinstance(one, str) and not pd.isna(one)]
    if decimals is not None:
        return [_pattern(decimals)] * len(values)
    most = max((_needed(one) for one in numbers), default=0)
    if not any(abs(one) >= MANY for one in numbers):
        return [_pattern(most)] * len(values)
    return [
        _pattern(0 if isinstance(one, str) or pd.isna(one) else _needed(float(one)))
        for one in values
    ]


def _needed(number: float) -> int:
    return next((k for k in (0, 1) if round(number, k) == round(number, 2)), 2)


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _text(value: str) -> str:
    """``value`` as a workbook can hold it."""
    clean = _CONTROL.sub(" ", value)
    return clean if len(clean) <= LONGEST_TEXT else clean[:LONGEST_TEXT] + "…"


def _on_paper(sheet: Any, *, is_wide: bool) -> None:
    """A4, as many pages high as it takes and one wide, numbered."""
    sheet.set_paper(9)
    if is_wide:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
