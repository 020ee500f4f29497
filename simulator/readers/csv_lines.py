"""CSV text to rows with their line numbers, refusing ragged and broken ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from simulator.errors import DataError, Place
from simulator.readers.records import quoted


def csv_lines(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The header, then all rows that are not blank, with their line numbers."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    try:
        for cells in reader:
            place = Place("csv_line", {"file": file, "line": str(reader.line_num)})
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = [cell.strip() for cell in cells]
                for name in header:
                    if header.count(name) > 1:
                        raise DataError("csv_repeated_column", place=place, value=quoted(name))
                cells = header
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
