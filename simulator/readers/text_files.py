"""Text files and pasted text: cells of a sheet, or an announcement in words."""

from __future__ import annotations

from simulator.errors import DataError
from simulator.readers.headers import find_layout
from simulator.readers.publication import read_publication
from simulator.readers.records import Reading
from simulator.readers.tidy_csv import read_tidy_csv, text_sheet
from simulator.rules import Edition


def read_text(text: str, file: str, edition: Edition) -> Reading:
    """Read a table or a publication, whichever the text is."""
    read = read_publication if is_prose(text, edition) else read_tidy_csv
    return read(text, file, edition)


def is_prose(text: str, edition: Edition) -> bool:
    """True unless most lines are cells between tabs, or a header of columns is found."""
    lines = [line for line in text.splitlines() if line.strip()]
    if 2 * sum("\t" in line.strip() for line in lines) >= len(lines):
        return False
    try:
        return find_layout(text_sheet(text, "-", edition), edition) is None
    except DataError:
        return True
