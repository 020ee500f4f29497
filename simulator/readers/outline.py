"""What is in a file of tables, for a person who maps its columns before it is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.readers.cells import shown
from simulator.readers.columns import Suggestion
from simulator.readers.headers import SAMPLES, find_layout, likely_layout
from simulator.readers.records import one_line, quoted
from simulator.readers.sheets import Sheet
from simulator.readers.stated import is_help, is_stated
from simulator.readers.texts import text_of
from simulator.readers.tidy_csv import text_sheet
from simulator.readers.workbook import open_workbook
from simulator.readers.workbook_bounds import ENDINGS, FOREIGN_ENDINGS
from simulator.rules import Edition


@dataclass(frozen=True)
class Outline:
    """One sheet: where its header is, what its columns seem to mean, and some rows as text.

    ``sheet`` is empty for a text file. ``needs_mapping``: a person has to say what the columns
    mean before all of them can be read.
    """

    file: str
    sheet: str
    header_line: int
    suggestions: tuple[Suggestion, ...]
    samples: tuple[tuple[str, ...], ...]
    needs_mapping: bool


def outline(content: bytes, file: str, edition: Edition) -> list[Outline]:
    """All sheets with cells, those of the template that hold no figures left out.

    Raises :class:`~simulator.errors.DataError` if the file cannot be opened.
    """
    return [_outline(sheet, file, edition) for sheet in sheets_of(content, file, edition)]


def sheets_of(content: bytes, file: str, edition: Edition) -> list[Sheet]:
    """The sheets of a workbook or the one sheet of a text that may hold figures."""
    if Path(file).suffix.lower() in (*ENDINGS, *FOREIGN_ENDINGS):
        sheets = open_workbook(content, file).sheets
        return [sheet for sheet in sheets if not (is_help(sheet) or is_stated(sheet))]
    name = one_line(file)
    return [text_sheet(text_of(content, name), name, edition)]


def _outline(sheet: Sheet, file: str, edition: Edition) -> Outline:
    layout = likely_layout(sheet, edition)
    samples = tuple(
        tuple(quoted(shown(sheet.label(row, item.column))) for item in layout.columns)
        for row in sheet.rows[layout.body : layout.body + SAMPLES]
    )
    is_sure = find_layout(sheet, edition) is not None and all(
        item.certain for item in layout.columns
    )
    name = sheet.name or ""
    return Outline(file, name, layout.line, tuple(layout.columns), samples, not is_sure)
