"""Rows of one unit each: counts, rates, points, portal parameters and group scores as columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from simulator.errors import DataError, Place
from simulator.readers.fields import PortalFields
from simulator.readers.records import (
    TOTAL,
    IndicatorRow,
    UnitRef,
    check_pair,
    quoted,
)
from simulator.readers.sheets import Row
from simulator.readers.table_cells import ROUNDED, TableCells


class WideRows:
    """Reads the rows of ``cells`` as units."""

    def __init__(self, cells: TableCells, fields: PortalFields) -> None:
        self.cells, self.fields = cells, fields
        # indicator -> kind (numerator, denominator, rate, points) -> column
        self.indicators: dict[str, dict[str, int]] = defaultdict(dict)
        self.parameters: dict[str, int] = {}
        self.facts: dict[str, int] = {}
        self.groups: dict[str, int] = {}
        self.shared: set[str] = set()
        plain = {"parameter": self.parameters, "fact": self.facts, "group": self.groups}
        for meaning, column in cells.columns.items():
            kind, _, what = meaning.partition(":")
            if meaning == TOTAL:
                self.groups[TOTAL] = column
            elif kind in plain and what:
                plain[kind][what] = column
            elif what:
                self._add_columns(kind, what.split("+"), column)

    def _add_columns(self, kind: str, codes: list[str], column: int) -> None:
        for code in codes:
            self.indicators[code].setdefault(kind, column)
        if len(codes) > 1:
            self.shared.update(codes)

    def read(self, row: Row, unit: UnitRef) -> None:
        """Keep all figures of one row."""
        cells = self.cells
        place = cells.sheet.place(row.line)
        with cells.keeping():
            values = {name: cells.count(row, column) for name, column in self.parameters.items()}
            published = self._score_of_parameters(row, unit, set(values))
            self.add_counts(unit, values, published, place)
        for code, columns in self.indicators.items():
            with cells.keeping():
                self._add_indicator(row, unit, code, columns, place)
        facts = {fact.name: fact for fact in self.fields.facts}
        for name, column in self.facts.items():
            with cells.keeping():
                cells.keep_fact(row, unit, facts[name], column)
        for group, column in self.groups.items():
            with cells.keeping():
                cells.add_group(row, unit, group, column)

    def _score_of_parameters(self, row: Row, unit: UnitRef, names: set[str]) -> int | None:
        """The score column of a sheet with the parameters of one group is that group's."""
        groups = {self.fields.group_of[name] for name in names}
        if len(groups) != 1:
            return None
        group = groups.pop()
        published = self.cells.add_group(row, unit, group, self.cells.columns.get("score"))
        return published if len(self.cells.edition.group_positions[group]) == 1 else None

    def _add_indicator(
        self, row: Row, unit: UnitRef, code: str, columns: Mapping[str, int], place: Place
    ) -> None:
        cells = self.cells
        counts = [
            cells.count(row, columns[kind]) if kind in columns else None
            for kind in ("numerator", "denominator")
        ]
        if counts[0] is None and code in self.shared:
            # The cases are there for the other indicators that share them.
            counts[1] = None
        rate = cells.rate(row, columns["rate"]) if "rate" in columns else None
        maximum = cells.edition.indicator(code).maximum
        published = cells.points(row, columns.get("points"), maximum)
        if rate is not None and counts[0] is None:
            cells.rows.append(IndicatorRow(unit, code, rate, 100.0, published, None, place, True))
        elif counts != [None, None] or published is not None:
            self._check_pair(row, columns, counts)
            cells.add_indicator(row, unit, code, counts, columns.get("points"), place)
            if rate is not None:
                self._check_rate(row, columns["rate"], rate, counts)

    def _check_pair(self, row: Row, columns: Mapping[str, int], counts: list[float | None]) -> None:
        """Half a pair is told at the cell that is empty, where the table has a column for it."""
        for kind, count in zip(("numerator", "denominator"), counts, strict=True):
            if count is None and kind in columns:
                check_pair(counts[0], counts[1], self.cells.place(row, columns[kind]))

    def _check_rate(self, row: Row, column: int, rate: float, counts: list[float | None]) -> None:
        numerator, denominator = counts
        if not denominator or numerator is None:
            return
        computed = numerator / denominator * 100
        if abs(computed - rate) > ROUNDED:
            place = self.cells.place(row, column)
            raise DataError("input_rate_differs", place=place, printed=quoted(f"{rate:g}%"),
                            numerator=numerator, denominator=denominator)  # fmt: skip

    def add_counts(
        self, unit: UnitRef, values: Mapping[str, float | None], published: int | None, place: Place
    ) -> None:
        """Turn portal parameters into indicators."""
        for item in self.fields.fields:
            counts = item.counts(values)
            if counts is not None:
                check_pair(*counts, place)
                self.cells.rows.append(
                    IndicatorRow(unit, item.indicator, *counts, published, None, place)
                )
