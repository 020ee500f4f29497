"""CSV text to rows with their line numbers, refusing ragged and broken ones.

Commas, semicolons (a Vietnamese Excel) or tabs (cells pasted from a sheet): the first line with
any of them tells, titles above it left aside.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace

from simulator.errors import DataError, Place
from simulator.readers.cells import LONGEST_CELL, is_blank
from simulator.readers.headers import Layout
from simulator.readers.sheets import Row, Sheet

DELIMITERS = (",", ";", "\t")
# A country's communes with all their indicators have 210,000.
MOST_LINES = 300_000


def delimiters_of(text: str) -> tuple[str, ...]:
    """What can stand between the cells, likeliest first: the first line that is not blank tells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    likely = ";" if outside.count(";") > outside.count(",") else ","
    likely = "\t" if "\t" in outside else likely
    return (likely, *(mark for mark in reversed(DELIMITERS) if mark != likely and mark in text))


def csv_rows(text: str, file: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """All rows that are not blank, with their line numbers."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    found = 0
    # Most cells repeat: the same text once instead of a hundred thousand times.
    seen: dict[str, str] = {}
    try:
        for cells in reader:
            if max(map(len, cells), default=0) > LONGEST_CELL:
                place = Place("csv_line", {"file": file, "line": str(reader.line_num)})
                raise DataError("cell_long", place=place, most=LONGEST_CELL)
            if any(cell.strip() for cell in cells):
                found += 1
                if found > MOST_LINES:
                    raise DataError("input_too_many_lines", file=file, most=MOST_LINES)
                yield reader.line_num, [seen.setdefault(cell, cell) for cell in cells]
    except csv.Error as cause:
        place = Place("csv_line", {"file": file, "line": str(reader.line_num)})
        raise DataError("csv_broken", place=place, detail=str(cause)) from None
    if not found:
        raise DataError("input_empty", file=file)


def fitted(sheet: Sheet, layout: Layout) -> Sheet:
    """``sheet`` if every row below its header is as long as it is.

    Empty cells after the last column are left out: sheets write them.
    """
    width = len(layout.columns)
    body = [_fitted(sheet, row, width) for row in sheet.rows[layout.body :]]
    return replace(sheet, rows=[*sheet.rows[: layout.body], *body])


def _fitted(sheet: Sheet, row: Row, width: int) -> Row:
    cells = row.cells
    if all(is_blank(cell) for cell in cells[width:]):
        cells = cells[:width]
    if len(cells) != width:
        raise DataError(
            "csv_row_length", place=sheet.place(row.line), found=len(cells), expected=width
        )
    return Row(row.line, cells)
