"""Text files of cells as sheets: commas, semicolons or tabs between them.

With commas numbers have a decimal point; with semicolons or tabs they are written the
Vietnamese way (17,68 and 597.918), and what could be either is refused. Titles may stand above
the header. What the columns and rows mean is in :mod:`simulator.readers.table`.
"""

from __future__ import annotations

from simulator.errors import DataError
from simulator.readers.csv_lines import csv_rows, delimiters_of, fitted
from simulator.readers.headers import find_layout
from simulator.readers.records import Reading
from simulator.readers.sheets import Row, Sheet
from simulator.readers.table import read_sheet
from simulator.rules import Edition


def read_tidy_csv(text: str, file: str, edition: Edition) -> Reading:
    """Rows of one file; :class:`DataError` naming ``file``, line and column."""
    return read_sheet(text_sheet(text, file, edition), edition)


def text_sheet(text: str, file: str, edition: Edition) -> Sheet:
    """The cells of a text; rows below the header must be as long as it is."""
    broken: DataError | None = None
    first: Sheet | None = None
    for delimiter in delimiters_of(text):
        try:
            rows = [Row(line, list(cells)) for line, cells in csv_rows(text, file, delimiter)]
        except DataError as problem:
            broken = broken or problem
            continue
        sheet = Sheet(file, None, rows, delimiter != ",")
        first = first or sheet
        layout = find_layout(sheet, edition)
        if layout is not None:
            return fitted(sheet, layout)
    if broken is not None:
        raise broken
    assert first is not None
    return first
