"""The cells of one sheet of a workbook, row by row, from its XML.

Read here and not through openpyxl's cells, because these do not tell a formula without a stored
value from an empty cell, and because a broken sheet must stop at bounds, not at the memory's end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel

from simulator.errors import DataError, Place
from simulator.readers.cells import LONGEST_CELL, Cell, Odd, Percent, is_blank, shown
from simulator.readers.sheets import Row

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_COLUMNS, MOST_ROWS = 200, 200_000
WIDEST, LONGEST = 16_384, 1_048_576  # what a workbook itself can have
MOST_MERGES, MOST_SPREAD = 20_000, 500_000
# Elements: how deep, how many that say nothing of figures, how many in one cell.
DEEPEST, MOST_OTHERS, MOST_INSIDE = 100, 1_000_000, 20_000
USED = {"row", "c", "v", "f", "is", "t", "mergeCell"}
ODD_KINDS = {"e": "error", "d": "date"}
HAS_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Styles:
    """What the formats of cells say: positions of dates, of percentages (0.986 shown as 98.6%)

    and of numbers with a sign that is only printed behind them.
    """

    texts: Sequence[str]
    dates: frozenset[int]
    percents: frozenset[int]
    signs: frozenset[int]
    epoch: datetime


@dataclass
class Body:
    """``rows`` that are not blank, and the merged ranges as (left, top, right, bottom)."""

    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def read_body(source: IO[bytes], styles: Styles, place: Place) -> Body:
    """All cells of a sheet; :class:`DataError` naming ``place`` beyond the bounds.

    Raises :class:`~xml.etree.ElementTree.ParseError`, ValueError or IndexError if it is broken.
    """
    parser = _Parser(styles, place)
    parents: list[Element] = []
    # No part with a DOCTYPE gets here, and without one there are no entities.
    for event, element in iterparse(source, events=("start", "end")):  # noqa: S314
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            parents.append(element)
            parser.start(tag, element, len(parents))
            continue
        parents.pop()
        if parser.end(tag, element) and parents:
            # What was read is let go, or a long sheet fills the memory.
            parents[-1].remove(element)
    return parser.body


class _Parser:
    """Collects the rows of one sheet."""

    def __init__(self, styles: Styles, place: Place) -> None:
        self.styles, self.place, self.body = styles, place, Body()
        self.line, self.count = 0, 0
        # Elements of no use for figures, and those of the cell that is being read (0: none is).
        self.others, self.inside = 0, 0
        self.cells: list[Cell] = []

    def start(self, tag: str, element: Element, depth: int) -> None:
        self.others += tag not in USED
        self.inside += bool(self.inside) or tag == "c"
        if depth > DEEPEST or self.others > MOST_OTHERS or self.inside > MOST_INSIDE:
            raise DataError("sheet_elements", place=self.place)
        if tag == "row":
            self.line = int(element.get("r") or self.line + 1)
            self.cells, self.count = [], 0

    def end(self, tag: str, element: Element) -> bool:
        """Keep what has ended; True if nothing more of the element is needed."""
        if tag == "c":
            self.inside = 0
            self.add_cell(element)
        elif tag == "row":
            self.add_row()
        elif tag == "mergeCell":
            self.body.merges.append(_range(element.get("ref") or ""))
            self.refuse(len(self.body.merges) > MOST_MERGES)
        return not self.inside

    def add_cell(self, element: Element) -> None:
        self.count += 1
        column = _column(element, len(self.cells))
        value = _value(element, self.styles)
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            fields = {**self.place.fields, "line": str(self.line)}
            raise DataError("cell_long", place=Place("sheet_row", fields), most=LONGEST_CELL)
        is_outside = column >= MOST_COLUMNS
        # Formats without a value may lie anywhere.
        self.refuse(self.count > WIDEST or (is_outside and not is_blank(value)))
        if not is_outside:
            self.cells += [None] * (column + 1 - len(self.cells))
            self.cells[column] = value

    def add_row(self) -> None:
        if not all(is_blank(cell) for cell in self.cells):
            self.refuse(self.line > LONGEST or len(self.body.rows) >= MOST_ROWS)
            self.body.rows.append(Row(self.line, self.cells))

    def refuse(self, is_too_large: bool) -> None:
        if is_too_large:
            raise DataError(
                "sheet_too_large", place=self.place, columns=MOST_COLUMNS, rows=MOST_ROWS
            )


def _range(reference: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(reference)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(reference)
    return left - 1, top, right - 1, bottom


def _column(element: Element, following: int) -> int:
    reference = element.get("r")
    if not reference:
        return following
    return column_index_from_string(coordinate_from_string(reference)[0]) - 1


def _child(element: Element, name: str) -> Element | None:
    return element.find(NAMESPACE + name)


def _value(element: Element, styles: Styles) -> Cell:
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return _inline(element)
    value = _child(element, "v")
    text = "" if value is None else value.text or ""
    if not text:
        # A formula that gives an empty text stores one; without a value nobody computed it.
        is_open = _child(element, "f") is not None and kind != "str"
        return Odd("formula", "=") if is_open else None
    if kind in ODD_KINDS:
        return Odd(ODD_KINDS[kind], text)
    if kind == "s":
        return styles.texts[int(text)]
    if kind == "b":
        return "TRUE" if text == "1" else "FALSE"
    return text if kind == "str" else _number(text, int(element.get("s") or 0), styles)


def _inline(element: Element) -> str | None:
    child = _child(element, "is")
    if child is None:
        return None
    parts = [part.text or "" for part in child.iter() if part.tag.rpartition("}")[2] == "t"]
    return "".join(parts) or None


def _number(text: str, style: int, styles: Styles) -> Cell:
    number = float(text)
    if not abs(number) < 1e300:
        return text
    if style in styles.dates:
        return Odd("date", _day(number, styles.epoch))
    if style in styles.signs:
        return Percent(number)
    # 0.986 * 100 has noise in its last digits.
    return Percent(round(number * 100, 10)) if style in styles.percents else number


def _day(number: float, epoch: datetime) -> str:
    try:
        moment = from_excel(number, epoch)
    except (OverflowError, ValueError):
        return f"{number:g}"
    if isinstance(moment, datetime):
        return moment.date().isoformat() if moment.hour == moment.minute == 0 else str(moment)
    return str(moment)


def spread_merges(body: Body, place: Place) -> dict[int, dict[int, str]]:
    """Text of merged cells by line and column; numbers in them are marked in ``body``."""
    rows = {row.line: row for row in body.rows}
    lines = sorted(rows)
    spread: dict[int, dict[int, str]] = {}
    size = 0
    for left, top, right, bottom in body.merges:
        row = rows.get(top)
        cell = row.cell(left) if row else None
        if row is None or is_blank(cell) or (left, top) == (right, bottom):
            continue
        if not (isinstance(cell, str) and HAS_LETTER.search(cell)):
            row.cells[left] = cell if isinstance(cell, Odd) else Odd("merged", shown(cell))
            continue
        covered = lines[bisect_left(lines, top) : bisect_right(lines, bottom)]
        columns = range(left, min(right, MOST_COLUMNS - 1) + 1)
        size += len(covered) * len(columns)
        if size > MOST_SPREAD:
            raise DataError("sheet_too_large", place=place, columns=MOST_COLUMNS, rows=MOST_ROWS)
        for line in covered:
            spread.setdefault(line, {}).update(dict.fromkeys(columns, cell))
    return spread
