"""Tables of the annexes: one definition, for the document and for the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import pandas as pd

from simulator.presentation.speech import Speech
from simulator.reports.announcement.written import (
    percent,
    percent_decimals,
    points,
    points_decimals,
)
from simulator.reports.blocks import Align, Grid
from simulator.reports.sheet import Table

Cell = str | float | int | None


class Kind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    CENTER = "center"  # a short text
    NUMBER = "number"  # a place in a list
    COUNT = "count"
    POINTS = "points"  # hundredths of a point
    DIFFERENCE = "difference"  # hundredths, with their sign
    PERCENT = "percent"  # per hundred


@dataclass(frozen=True)
class Column:
    """``title`` as it is printed; ``width`` in relation to the other columns; ``is_key``: to look
    rows up by, in a workbook and not on paper."""

    title: str
    kind: Kind = Kind.TEXT
    width: float = 10
    is_key: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table of an annex. ``rows``: cells as :class:`Kind` says, None where nothing was
    published; ``bold``: positions of sums and of the unit's own row; ``is_wide``: on a page turned
    sideways. ``short``: another name for a sheet of a workbook."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    bold: frozenset[int] = frozenset()
    note: str = ""
    is_wide: bool = False
    short: str = ""

    def without_empty(self) -> Sheet:
        """The same without columns in which nothing is known."""
        return self._with(
            [
                k
                for k in range(len(self.columns))
                if any(row[k] is not None and row[k] != "" for row in self.rows)
            ]
        )

    def printed(self) -> Sheet:
        """The same as it goes on paper: no columns of codes, none in which nothing is known."""
        return self._with(
            [k for k, column in enumerate(self.columns) if not column.is_key]
        ).without_empty()

    def _with(self, kept: Sequence[int]) -> Sheet:
        return replace(
            self,
            columns=[self.columns[k] for k in kept],
            rows=[tuple(row[k] for k in kept) for row in self.rows],
        )

    def grid(self, say: Speech, title: str = "") -> Grid:
        """The table as it is printed."""
        return Grid(
            title=title,
            head=tuple(column.title for column in self.columns),
            rows=tuple(
                tuple(
                    _shown(value, column.kind, say)
                    for value, column in zip(row, self.columns, strict=True)
                )
                for row in self.rows
            ),
            aligns=tuple(_ALIGNS[column.kind] for column in self.columns),
            widths=tuple(column.width for column in self.columns),
            bold=self.bold,
            note=self.note,
        )

    def table(self, say: Speech) -> Table:
        """The table as a sheet of a workbook: numbers as numbers, points in points."""
        frame = pd.DataFrame(
            {
                column.title: _values([row[k] for row in self.rows], column.kind)
                for k, column in enumerate(self.columns)
            }
        )
        decimals = {
            column.title: self._decimals(k, say)
            for k, column in enumerate(self.columns)
            if column.kind not in (Kind.TEXT, Kind.CENTER)
        }
        return Table(self.key, self.title, frame, decimals, self.note)

    def _decimals(self, k: int, say: Speech) -> int:
        kind, values = self.columns[k].kind, [row[k] for row in self.rows]
        if kind in _IN_POINTS:
            return points_decimals([one for one in values if isinstance(one, int)], say)
        if kind is Kind.PERCENT:
            return percent_decimals([one for one in values if isinstance(one, int | float)])
        return 0


_IN_POINTS = (Kind.POINTS, Kind.DIFFERENCE)
_ALIGNS = {
    Kind.TEXT: Align.LEFT, Kind.CENTER: Align.CENTER, Kind.NUMBER: Align.CENTER,
    Kind.COUNT: Align.RIGHT,
    Kind.POINTS: Align.RIGHT, Kind.DIFFERENCE: Align.RIGHT, Kind.PERCENT: Align.RIGHT,
}  # fmt: skip


def _shown(value: Cell, kind: Kind, say: Speech) -> str:
    if value is None:
        return say("unit.unknown")
    if isinstance(value, str):
        return value
    if kind in _IN_POINTS:
        return points(round(value), say, sign=kind is Kind.DIFFERENCE)
    return percent(value, say).removesuffix("%") if kind is Kind.PERCENT else say.count(value)


def _values(values: list[Cell], kind: Kind) -> pd.Series:
    if kind in (Kind.TEXT, Kind.CENTER):
        return pd.Series(values, dtype="object")
    scale = 100 if kind in _IN_POINTS else 1
    # A row of another kind, such as one that heads others, has no number here.
    known = [None if isinstance(one, str) or one is None else one / scale for one in values]
    if kind in (Kind.COUNT, Kind.NUMBER):
        return pd.Series(known, dtype="Int64")
    return pd.Series(known, dtype="float64")
