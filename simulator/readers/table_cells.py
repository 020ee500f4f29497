"""The cells of one table: read by meaning, checked, and kept as rows of figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from simulator.errors import DataError, Place
from simulator.readers.cells import Cell, cell_text, is_blank, number, rate_value, shown
from simulator.readers.cells import rate as rate_of
from simulator.readers.columns import IGNORE, Suggestion
from simulator.readers.fields import FactField
from simulator.readers.headers import Layout
from simulator.readers.problems import keep
from simulator.readers.records import (
    FactRow,
    GroupRow,
    IndicatorRow,
    UnitRef,
    check_count,
    check_group_points,
    check_pair,
    check_points,
    clean_text,
    quoted,
)
from simulator.readers.sheets import Row, Sheet
from simulator.rules import Edition
from simulator.score import LARGEST_COUNT

NO_FIGURE = {"unit", "id", "name", "level", "number", "rank", "national", IGNORE}
# Words beside figures: no row needs a unit because of them.
WORDS = {"group", "flag", "code"}
LONGEST_TEXT = 300  # of a name or code of a unit
# A rate that is printed beside its counts is rounded to one decimal or better.
ROUNDED = 0.1


class TableCells:
    """Cells of ``sheet`` under ``layout``; collects ``rows``, ``groups``, ``facts``.

    ``problems``: what could not be read, in the order in which it was met.
    """

    def __init__(self, sheet: Sheet, edition: Edition, layout: Layout) -> None:
        self.sheet, self.edition, self.layout = sheet, edition, layout
        self.rows: list[IndicatorRow] = []
        self.groups: list[GroupRow] = []
        self.facts: list[FactRow] = []
        self.percents: dict[int, bool] = {}
        self.problems: list[DataError] = []
        known = [item for item in layout.columns if item.certain and item.meaning != IGNORE]
        self.headers = {item.column: item.header for item in layout.columns}
        self.names = {k: sheet.column_name(k, header) for k, header in self.headers.items()}
        self._refuse_twice(known)
        self.columns: dict[str, int] = {}
        for item in known:
            self.columns.setdefault(item.meaning, item.column)
        self.figures = [item.column for item in known if item.meaning not in NO_FIGURE | WORDS]

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Go on with the next cell or row after one that cannot be read."""
        try:
            yield
        except DataError as problem:
            keep(self.problems, problem, self.sheet.file)

    def _refuse_twice(self, known: Sequence[Suggestion]) -> None:
        """Refuse two columns of one header or one figure: nobody can tell which one counts."""
        headers: set[str] = set()
        figures: dict[str, Suggestion] = {}
        place = self.sheet.place(self.layout.line)
        for item in known:
            if item.header and item.header in headers:
                raise DataError("csv_repeated_column", place=place, value=quoted(item.header))
            headers.add(item.header)
            first = figures.setdefault(item.meaning, item)
            if first is not item and item.meaning not in NO_FIGURE:
                names = {"first": self.names[first.column], "second": self.names[item.column]}
                raise DataError("columns_same", place=place, **names)

    def place(self, row: Row, column: int) -> Place:
        return self.sheet.cell_place(row.line, self.names[column])

    def text(self, row: Row, meaning: str) -> str:
        column = self.columns.get(meaning)
        if column is None:
            return ""
        cell = self.sheet.label(row, column)
        text = cell if isinstance(cell, str) else cell_text(cell, self.place(row, column))
        if len(text) > LONGEST_TEXT:
            fields = {"found": len(text), "most": LONGEST_TEXT}
            raise DataError("input_long", place=self.place(row, column), **fields)
        return text

    def clean(self, row: Row, meaning: str) -> str | None:
        """The text of a column without outer blanks; None if there is none."""
        column = self.columns.get(meaning)
        place = None if column is None else self.place(row, column)
        return clean_text(self.text(row, meaning), place)

    def first_text(self, row: Row) -> str:
        return next((shown(cell) for cell in row.cells if not is_blank(cell)), "")

    def has_figures(self, row: Row) -> bool:
        return any(not is_blank(row.cell(column)) for column in self.figures)

    def number(self, row: Row, column: int, code: str = "input_points") -> float | None:
        cell = row.cell(column)
        if cell is None:
            return None
        if type(cell) is float:
            return cell
        return number(cell, self.place(row, column), self.sheet.is_vietnamese, code)

    def count(self, row: Row, column: int) -> float | None:
        value = self.number(row, column, code="input_count")
        if value is None or (0 <= value < LARGEST_COUNT and value.is_integer()):
            return value
        return check_count(value, shown(row.cell(column)), self.place(row, column))

    def points(self, row: Row, column: int | None, maximum: float) -> int | None:
        if column is None or (score := self.number(row, column)) is None:
            return None
        return check_points(score, shown(row.cell(column)), maximum, self.place(row, column))

    def rate(self, row: Row, column: int) -> float | None:
        if column not in self.percents:
            self.percents[column] = self._is_percent(column)
        return rate_of(row.cell(column), self.place(row, column), self.percents[column])

    def _is_percent(self, column: int) -> bool:
        """True if the column's rates are in percent beyond doubt."""
        cells: list[Cell] = [row.cell(column) for row in self.sheet.rows[self.layout.body :]]
        # A cell with a sign of its own tells nothing of those without, nor does the header:
        # "Tỷ lệ (%)" stands above 0.91 as often as above 91.
        found = [pair for cell in cells if (pair := rate_value(cell)) and not pair[1]]
        return any(value > 1 for value, _ in found)

    def add_indicator(
        self, row: Row, unit: UnitRef, code: str, counts: Sequence[float | None],
        score: int | None = None, place: Place | None = None,
    ) -> None:  # fmt: skip
        """Keep the counts of an indicator with the points in column ``score``."""
        place = place or self.sheet.place(row.line)
        check_pair(counts[0], counts[1], place)
        published = self.points(row, score, self.edition.indicator(code).maximum)
        flag = self.clean(row, "flag")
        self.rows.append(IndicatorRow(unit, code, counts[0], counts[1], published, flag, place))

    def add_group(self, row: Row, unit: UnitRef, group: str, column: int | None) -> int | None:
        """Keep the printed score of a group if there is one; return it."""
        if column is None or (score := self.number(row, column)) is None:
            return None
        place = self.place(row, column)
        found = shown(row.cell(column))
        published = check_group_points(score, found, group, self.edition, place)
        self.groups.append(GroupRow(unit, group, published, None, place))
        return published

    def keep_fact(self, row: Row, unit: UnitRef, fact: FactField, column: int) -> None:
        is_count = fact.unit == "dossier"
        value = self.number(row, column, "input_count" if is_count else "input_points")
        if value is not None:
            place = self.place(row, column)
            self.facts.append(FactRow(unit, fact.code, value, fact.unit, place))
