"""Sheets of the workbook: texts that stay texts, inputs, formulas with their values, print setup.

Everything is locked but the inputs, without a password. Rows and columns count from 0.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.utility import (  # type: ignore[import-untyped]
    xl_range,
    xl_rowcol_to_cell,
)

from simulator.presentation.speech import Speech
from simulator.reports.letter_widths import lines_in
from simulator.reports.on_paper import FONT, FONT_SIZE, LONGEST_LINE, cleaned, options, set_up
from simulator.reports.workbook.live import Live, live
from simulator.templates import LONGEST_MESSAGE

LONGEST_TITLE = 32
# What cells leave free beside a text; of a line in points.
PADDING, LINE_HEIGHT = 2, 15.0
INPUT, LOCKED = "#FFF2CC", "#EDEDED"
GOOD, BAD = {"bg_color": "#E2EFDA"}, {"bg_color": "#F8CBAD"}
BASE = {"font_name": FONT, "font_size": FONT_SIZE, "valign": "vcenter"}
BOX = {"border": 1, "border_color": "#A6A6A6"}
NUMBER = {**BOX, "align": "right", "indent": 1}
KINDS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "part": {"bold": True, "font_size": 12},
    "head": {**BOX, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#DDEBF7"},
    "label": {"bold": True, "valign": "top"},
    "line": {"text_wrap": True, "valign": "top"},
    "note": {"italic": True, "text_wrap": True, "valign": "top", "font_color": "#595959"},
    "text": {**BOX, "text_wrap": True, "align": "left", "indent": 1},
    "middle": {**BOX, "align": "center", "text_wrap": True},
    "count": {**NUMBER, "num_format": "#,##0"},
    "change": {**NUMBER, "num_format": "+#,##0;-#,##0;0"},
    "part_count": {**NUMBER, "num_format": "#,##0.000000"},
    "rate": {**NUMBER, "num_format": "0.00"},
    "exact": {**NUMBER, "num_format": "0.000000"},
    "points": {**NUMBER, "num_format": "0.00"},
    "gain": {**NUMBER, "num_format": "+0.00;-0.00;0.00"},
    "input": {"locked": False, "bg_color": INPUT},
    "sample": {"bg_color": INPUT},
    "closed": {"bg_color": LOCKED, "font_color": "#7F7F7F"},
    "bold": {"bold": True},
    # A name that begins with = stays a text even where somebody edits its cell.
    "foreign": {"quote_prefix": True},
    "small": {"font_size": 9, "font_color": "#7F7F7F"},
    "link": {"font_color": "#0563C1", "underline": 1},
}


class Book:
    """The workbook in memory and how its cells look. ``decimals``: those the points may claim."""

    def __init__(self, say: Speech, left: str, right: str, created: datetime) -> None:
        self.say = say
        self._stream = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._stream, options())
        self._book.set_properties({"title": cleaned(left, LONGEST_LINE), "created": created})
        self._formats: dict[tuple[str, ...], Any] = {}
        self._left, self._right = left, right

    def said(self, key: str, /, **fields: object) -> str:
        return self.say(f"workbook.{key}", **fields)

    def page(self, key: str) -> Page:
        """A new sheet under its name in the catalogue."""
        name = self.said(f"sheet_{key}")
        sheet = self._book.add_worksheet(name)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
        sheet.hide_gridlines(2)
        set_up(sheet, name, self.said("page"), self._left, self._right)
        return Page(self, name, sheet)

    def style(self, *kinds: str) -> Any:
        if kinds not in self._formats:
            look: dict[str, Any] = dict(BASE)
            for kind in kinds:
                look |= KINDS[kind]
            if self.say.decimals == 1 and kinds[0] in ("points", "gain"):
                look["num_format"] = look["num_format"].replace("0.00", "0.0")
            self._formats[kinds] = self._book.add_format(look)
        return self._formats[kinds]

    def colour(self, look: dict[str, Any]) -> Any:
        """A format of its own: the colour of a group, or one that a condition turns on."""
        return self._book.add_format(look)

    def content(self) -> bytes:
        self._book.close()
        return self._stream.getvalue()


class Page:
    """One sheet. Cells that were put are terms for the formulas of all sheets."""

    def __init__(self, book: Book, name: str, sheet: Any) -> None:
        self.book, self.name, self.sheet = book, name, sheet
        self._texts: list[tuple[int, int, int, str]] = []

    def put(self, row: int, column: int, what: Live | float | str, *kinds: str) -> Live:
        """Write a formula, a number or a text."""
        style, term = self.book.style(*kinds), live(what)
        if style.text_wrap and isinstance(term.value, str):
            self._texts.append((row, column, column, cleaned(term.value)))
        if isinstance(what, str):
            self.sheet.write_string(row, column, cleaned(what), style)
            return self.cell(row, column, what)
        if isinstance(what, Live) and not what.is_constant:
            text = term.text.replace(f"'{self.name}'!", "")
            self.sheet.write_formula(row, column, f"={text}", style, term.value)
        else:
            self.sheet.write_number(row, column, term.value, style)
        return self.cell(row, column, term.value)

    def link(self, row: int, column: int, text: str, to: Page, *kinds: str) -> None:
        """A text that leads to another sheet."""
        place, style = f"internal:'{to.name}'!A1", self.book.style(*kinds, "link")
        self.sheet.write_url(row, column, place, style, text)

    def blank(self, row: int, column: int, *kinds: str) -> Live:
        self.sheet.write_blank(row, column, None, self.book.style(*kinds))
        return self.cell(row, column, "")

    def cell(self, row: int, column: int, value: Any) -> Live:
        return Live(f"'{self.name}'!{xl_rowcol_to_cell(row, column)}", value)

    def span(self, row: int, column: int, last_row: int, last_column: int) -> str:
        """A range for formulas of any sheet."""
        return f"'{self.name}'!{xl_range(row, column, last_row, last_column)}"

    def row_of(self, row: int, column: int, texts: list[str], *kinds: str) -> None:
        for k, text in enumerate(texts, column):
            self.put(row, k, text, *kinds)

    def wide(self, row: int, first: int, last: int, what: Live | str, *kinds: str) -> Live:
        """A text over several columns."""
        self.sheet.merge_range(row, first, row, last, "", self.book.style(*kinds))
        found = self.put(row, first, what, *kinds)
        self._texts = [text for text in self._texts if text[:2] != (row, first)]
        self._texts.append((row, first, last, cleaned(str(live(what).value))))
        return found

    def band(self, row: int, last: int, text: str, colour: str) -> None:
        """The name of a group over a table, beside a stripe in its colour."""
        look = {**BASE, "bold": True, "bg_color": "#F2F2F2", "border": 1,
                "border_color": "#A6A6A6", "left": 5, "left_color": colour}  # fmt: skip
        self.sheet.merge_range(row, 0, row, last, text, self.book.colour(look))

    def rule(self, row: int, column: int, error: str, rule: dict[str, Any], **fields: Any) -> None:
        """What an input takes; ``error``: key of the sentence for everything else."""
        message = self.book.said(error, **fields)[:LONGEST_MESSAGE]
        title = self.book.said("error_title")[:LONGEST_TITLE]
        rule = {key: self._own(value) for key, value in rule.items()}
        told = {"error_title": title, "error_message": message}
        self.sheet.data_validation(row, column, row, column, {**rule, **told})

    def _own(self, value: Any) -> Any:
        return f"={value.text}".replace(f"'{self.name}'!", "") if isinstance(value, Live) else value

    def when(self, where: str, condition: Live, look: dict[str, Any]) -> None:
        """Another look of a range of this sheet while ``condition`` of its first cell holds."""
        text = condition.text.replace(f"'{self.name}'!", "")
        self.sheet.conditional_format(
            where.rpartition("!")[2],
            {"type": "formula", "criteria": f"={text}", "format": self.book.colour(look)},
        )

    def pages_from(self, rows: list[int]) -> None:
        """Begin a new page of print at each of ``rows``."""
        self.sheet.set_h_pagebreaks(rows)

    def layout(self, widths: list[float], frozen: tuple[int, int] | None = None) -> None:
        """Widths of the columns, and rows as high as their texts need; rows and columns that
        stay, the last of the rows on every page."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        lines: dict[int, int] = {}
        for row, first, last, text in self._texts:
            found = lines_in(text, sum(widths[first : last + 1]) - PADDING)
            lines[row] = max(lines.get(row, 1), found)
        for row, count in lines.items():
            self.sheet.set_row(row, LINE_HEIGHT * count + 3)
        if frozen is not None:
            self.sheet.freeze_panes(*frozen)
            self.sheet.repeat_rows(frozen[0] - 1)
