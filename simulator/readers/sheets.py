"""A sheet: rows of cells with their line numbers, from a text or from a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from simulator.errors import Place
from simulator.readers.cells import Cell
from simulator.readers.records import one_line, quoted


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``line`` as the file numbers it, from 1. Cells after the last are empty."""

    line: int
    cells: list[Cell]

    def cell(self, column: int) -> Cell:
        """The cell of ``column``, from 0; None where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    """Rows that are not blank. ``name`` is None for a text file.

    ``is_vietnamese``: how texts write numbers. ``spread``: text of merged cells by line and
    column, for all cells of the merge.
    """

    file: str
    name: str | None
    rows: list[Row]
    is_vietnamese: bool = True
    spread: Mapping[int, Mapping[int, str]] = field(default_factory=dict)

    def place(self, line: int) -> Place:
        """A row of this sheet."""
        if self.name is None:
            return Place("csv_line", {"file": self.file, "line": str(line)})
        return Place("sheet_row", {"file": self.file, "sheet": self.title, "line": str(line)})

    @cached_property
    def title(self) -> str:
        """The name of the sheet on one line."""
        return one_line(self.name or "")

    def cell_place(self, line: int, column: str) -> Place:
        """A cell of this sheet; ``column`` as :meth:`column_name` gives it."""
        code = "csv_cell" if self.name is None else "sheet_cell"
        return Place(code, {**self.place(line).fields, "column": column})

    def column_name(self, column: int, header: str) -> str:
        """A column as a person finds it: its header, and its letter in a workbook."""
        if self.name is None:
            return quoted(header)
        return f"{quoted(header)} ({letter(column)})" if header else letter(column)

    def label(self, row: Row, column: int) -> Cell:
        """A cell, or the text of the merge it belongs to."""
        cell = row.cell(column)
        return self.spread.get(row.line, {}).get(column) if cell is None else cell


def letter(column: int) -> str:
    """Name of a column as a workbook shows it: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
