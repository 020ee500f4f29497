"""Rows of a sheet as figures of units: tidy (one indicator per row) or wide (one unit per row).

Tidy needs the columns unit, indicator code, numerator and denominator; a code may also be
a plain parameter of the portal (its value in the numerator column) or a group with its
score. Wide sheets have counts, rates, parameters or group scores as columns. An empty cell is
"not published", never 0. Where there is no column of codes the name stands for the unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from simulator.errors import DataError
from simulator.readers.cells import is_blank, shown
from simulator.readers.column_names import PLAIN
from simulator.readers.columns import TIDY
from simulator.readers.fields import load_fields
from simulator.readers.headers import (
    SEARCHED,
    Layout,
    find_layout,
    is_column_numbers,
    is_sum,
    layout_at,
    likely_layout,
    mapped,
)
from simulator.readers.naming import unit_code
from simulator.readers.records import Doubt, Reading, UnitRef, find_group, quoted
from simulator.readers.sheets import Row, Sheet
from simulator.readers.spelling import unit_name
from simulator.readers.table_cells import TableCells
from simulator.readers.wide_rows import WideRows
from simulator.rules import Edition
from simulator.search import folded

# By what a file says, without case and diacritics.
LEVELS = {
    "province": "province", "tinh": "province", "department": "department",
    "agency": "department", "so, nganh": "department", "commune": "commune", "ward": "commune",
    "xa, phuong": "commune", "so, ban, nganh": "department", "so": "department",
    "xa": "commune", "phuong": "commune", "cap tinh": "province", "cap so": "department",
    "cap xa": "commune", "huyen": "district", "district": "district",
}  # fmt: skip
NAMING = {"unit", "id", "name"}
GROUP_TOTAL = "GROUP_TOTAL"  # code of a row with the score of its group
NEEDED = "unit,code,numerator,denominator | unit,totalReceived,totalOnTime,… | unit,CKMB,TDGQ,…"


def read_sheet(
    sheet: Sheet, edition: Edition, mapping: Mapping[int, str] | None = None,
    header_line: int | None = None,
) -> Reading:  # fmt: skip
    """Figures of one sheet; what cannot be read is among the problems.

    ``mapping``: meanings of columns (from 0) that a person chose, in place of all that could be
    found; ``header_line`` where the header is not the first that names enough. Raises
    :class:`DataError` if there is no header that can be read.
    """
    if not sheet.rows:
        raise DataError("input_empty", file=sheet.file)
    layout = find_layout(sheet, edition)
    if header_line is not None:
        layout = layout_at(sheet, header_line, edition)
    if mapping is not None:
        layout = mapped(layout or likely_layout(sheet, edition), mapping)
    if layout is None:
        raise _open_columns(sheet, edition) or _no_header(sheet)
    return _Table(sheet, edition, layout).reading(mapping is None)


def _open_columns(sheet: Sheet, edition: Edition) -> DataError | None:
    """The error that names columns a person has to map before there is a table."""
    layout = likely_layout(sheet, edition)
    names = [quoted(item.header) for item in layout.columns if not item.certain]
    if not names or not any(item.meaning in NAMING for item in layout.columns):
        return None
    place = sheet.place(layout.line)
    return DataError("columns_open", place=place, found=", ".join(names[:12]))


def _no_header(sheet: Sheet) -> DataError:
    """The error that names the first row with several cells."""
    rows = sheet.rows[:SEARCHED]
    first = next((row for row in rows if sum(not is_blank(cell) for cell in row.cells) > 2),
                 rows[0])  # fmt: skip
    names = [quoted(shown(cell)) for cell in first.cells if not is_blank(cell)]
    place = sheet.place(first.line)
    repeated = next((name for name in names if names.count(name) > 1), None)
    if repeated is not None and any(folded(repeated) in known for known in PLAIN.values()):
        return DataError("csv_repeated_column", place=place, value=repeated)
    return DataError("csv_columns", place=place, found=", ".join(names[:12]), expected=NEEDED)


class _Table:
    """Reads the rows of one sheet below its header."""

    def __init__(self, sheet: Sheet, edition: Edition, layout: Layout) -> None:
        self.edition, self.layout, self.sheet = edition, layout, sheet
        self.fields = load_fields(edition)
        self.cells = TableCells(sheet, edition, layout)
        self.wide = WideRows(self.cells, self.fields)
        self.codes = {
            folded(name): item.code for item in edition.indicators for name in item.name.values()
        }
        self.codes |= {
            folded(name): group.code for group in edition.groups for name in group.name.values()
        }
        self.columns = self.cells.columns
        self.is_tidy = self.columns.keys() >= set(TIDY)
        # Parameters in tidy rows: unit -> parameter -> (value, line).
        self.loose: dict[str, dict[str, tuple[float | None, int]]] = defaultdict(dict)
        self.units: dict[str, UnitRef] = {}
        # Rows that sum up and are left out: their names and lines.
        self.sums: list[tuple[str, int]] = []
        if not NAMING & self.columns.keys():
            raise _no_header(sheet)

    def reading(self, is_automatic: bool) -> Reading:
        body = self.sheet.rows[self.layout.body :]
        for row in body[1:] if body and is_column_numbers(body[0]) else body:
            with self.cells.keeping():
                self.read(row)
        self.finish()
        doubts = [self.unsure()] if is_automatic and self.unsure_columns() else []
        doubts += [self.left_out()] if self.sums else []
        cells = self.cells
        return Reading(
            tuple(cells.rows), tuple(cells.groups), tuple(cells.problems),
            tuple(cells.facts), doubts=tuple(doubts),
        )  # fmt: skip

    def unsure_columns(self) -> list[str]:
        return [quoted(item.header) for item in self.layout.columns if not item.certain]

    def unsure(self) -> Doubt:
        found = ", ".join(self.unsure_columns())
        place = self.sheet.place(self.layout.line)
        return Doubt("columns_unsure", {"found": found}, place, is_note=True)

    def left_out(self) -> Doubt:
        """The first of the rows that sum up: it may be the unit itself."""
        name, line = self.sums[0]
        fields = {"name": quoted(name), "count": len(self.sums)}
        return Doubt("sum_left_out", fields, self.sheet.place(line), is_note=True)

    def read(self, row: Row) -> None:
        unit = self.unit(row)
        if unit is None:
            return
        self.units.setdefault(unit.key, unit)
        if self.is_tidy:
            self.read_tidy(row, unit)
        else:
            self.wide.read(row, unit)

    def unit(self, row: Row) -> UnitRef | None:
        """The unit of a row; None for a row that sums up, or has no unit and no figures."""
        code, unit_id, name = (self.cells.clean(row, key) for key in ("unit", "id", "name"))
        code = unit_code(code)
        if code is None and unit_id is None and not {"unit", "id"} & self.columns.keys():
            # Without a column of codes the name is all there is to match by.
            unit_id = unit_name(name)
        sums = [text for text in (code, unit_id, name) if text]
        first = sums[0] if sums else self.cells.first_text(row)
        if is_sum(first):
            if self.cells.has_figures(row):
                self.sums.append((first, row.line))
            return None
        level = LEVELS.get(folded(self.cells.text(row, "level")))
        unit = UnitRef(code, unit_id, name, level)
        if unit.key:
            return unit
        if not self.cells.has_figures(row):
            return None
        raise DataError("input_unit_missing", place=self.sheet.place(row.line))

    def read_tidy(self, row: Row, unit: UnitRef) -> None:
        code = self.cells.clean(row, "code") or ""
        code = self.codes.get(folded(code)) or code
        facts = {fact.name: fact for fact in self.fields.facts}
        if code in self.edition.position:
            column = self.columns.get("score")
            counts = tuple(self.cells.count(row, self.columns[key]) for key in TIDY[1:])
            self.cells.add_indicator(row, unit, code, counts, column)
        elif code in self.fields.group_of:
            self.keep_parameter(row, unit, code)
        elif code == GROUP_TOTAL or find_group(code, self.edition):
            self.add_group(row, unit, code)
        elif code in facts:
            self.cells.keep_fact(row, unit, facts[code], self.columns["numerator"])
        elif not self.fields.is_information(code):
            place = self.cells.place(row, self.columns["code"])
            raise DataError(
                "input_unknown_code", place=place, value=quoted(code),
                allowed=", ".join(self.edition.position),
            )  # fmt: skip

    def add_group(self, row: Row, unit: UnitRef, code: str) -> None:
        name = self.cells.text(row, "group").strip() if code == GROUP_TOTAL else code
        group = find_group(name, self.edition)
        if group is None:
            raise DataError(
                "input_unknown_group", place=self.sheet.place(row.line), value=quoted(name),
                allowed=", ".join(self.edition.group_by_code),
            )  # fmt: skip
        self.cells.add_group(row, unit, group, self.columns.get("score"))

    def keep_parameter(self, row: Row, unit: UnitRef, name: str) -> None:
        value = self.cells.count(row, self.columns["numerator"])
        first, line = self.loose[unit.key].setdefault(name, (value, row.line))
        if first != value:
            raise DataError(
                "input_disagree", unit=unit.key, what=name, first=self.sheet.place(line),
                second=self.sheet.place(row.line), value_first=first, value_second=value,
            )  # fmt: skip

    def finish(self) -> None:
        """Turn the parameters of tidy rows into indicators."""
        for key, found in self.loose.items():
            values = {name: value for name, (value, _) in found.items()}
            place = self.sheet.place(min(line for _, line in found.values()))
            with self.cells.keeping():
                self.wide.add_counts(self.units[key], values, None, place)
