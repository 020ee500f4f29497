"""Marks of what somebody typed that the app would refuse: 0 fine, 1 refused, 2 left out.

Texts and empty cells are asked for as such: a spreadsheet takes an empty cell for 0, and any text
for more than any number.
"""

from __future__ import annotations

from simulator.reports.workbook.live import Live, choose, every, is_number, live, number_in, whole
from simulator.score import LARGEST_COUNT

FINE, REFUSED, LEFT_OUT = range(3)


def marked(is_fine: Live) -> Live:
    return choose(is_fine, FINE, REFUSED)


def is_count(cell: Live) -> Live:
    """A whole number from 0 that the engine can count with."""
    number = number_in(cell)
    return every(
        is_number(cell), live(0) <= number, number < LARGEST_COUNT, whole(number).same(number)
    )


def are_counts(good: Live, cases: Live) -> Live:
    return every(is_count(good), is_count(cases), number_in(good) <= number_in(cases))


def is_between(cell: Live, low: float, high: float) -> Live:
    number = number_in(cell)
    return every(is_number(cell), live(low) <= number, number <= high)


def how_many(marks: list[Live], where: str, mark: int) -> Live:
    """How many cells of the range ``where``, those of ``marks``, have this mark."""
    return Live(f"SUMPRODUCT(--({where}={mark}))", sum(one.value == mark for one in marks))
