"""CSV text to rows with their line numbers, refusing ragged and broken ones.

Commas, semicolons (a Vietnamese Excel) or tabs (cells pasted from a sheet): the first line tells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from simulator.errors import DataError, Place
from simulator.readers.records import quoted


def delimiter_of(text: str) -> str:
    """What stands between the cells of the first line that is not blank."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    if "\t" in outside:
        return "\t"
    return ";" if outside.count(";") > outside.count(",") else ","


def csv_lines(text: str, file: str, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The header, then all rows that are not blank, with their line numbers.

    Empty cells after the last column are left out: sheets write them.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    header: list[str] = []
    try:
        for cells in reader:
            place = Place("csv_line", {"file": file, "line": str(reader.line_num)})
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                cells = header = _header(cells, place)
            if not any(cell.strip() for cell in cells[len(header) :]):
                cells = cells[: len(header)]
            if len(cells) != len(header):
                raise DataError(
                    "csv_row_length", place=place, found=len(cells), expected=len(header)
                )
            yield reader.line_num, cells
    except csv.Error as cause:
        place = Place("csv_line", {"file": file, "line": str(reader.line_num)})
        raise DataError("csv_broken", place=place, detail=str(cause)) from None
    if not header:
        raise DataError("input_empty", file=file)


def _header(cells: list[str], place: Place) -> list[str]:
    """Names of the columns, each once."""
    header = [cell.strip() for cell in cells]
    while not header[-1]:
        header.pop()
    for name in header:
        if header.count(name) > 1:
            raise DataError("csv_repeated_column", place=place, value=quoted(name))
    return header
