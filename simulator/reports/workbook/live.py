"""Terms of spreadsheet formulas that know what they come to.

A formula and its cached value are made by the same expression, so a viewer that does not
recalculate shows the figure that one that does would find. Values are computed in double
precision in the order in which the formula is written, as spreadsheets do.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

COMPARED, ADDED, MULTIPLIED, SINGLE = range(4)
MILLION = 1_000_000


@dataclass(frozen=True)
class Live:
    """``text``: as it stands in a formula; ``value``: a number, a text or a truth value."""

    text: str
    value: Any
    binding: int = SINGLE

    @property
    def is_constant(self) -> bool:
        """True for a plain number, which is no formula."""
        return isinstance(self.value, int | float) and self.text == live(self.value).text

    def __add__(self, other: Term) -> Live:
        return _joined(self, "+", other, ADDED, operator.add)

    def __sub__(self, other: Term) -> Live:
        return _joined(self, "-", other, ADDED, operator.sub)

    def __mul__(self, other: Term) -> Live:
        return _joined(self, "*", other, MULTIPLIED, operator.mul)

    def __rmul__(self, other: float) -> Live:
        return live(other) * self

    def __truediv__(self, other: Term) -> Live:
        return _joined(self, "/", other, MULTIPLIED, _divided)

    def __neg__(self) -> Live:
        return live(0) - self

    def __lt__(self, other: Term) -> Live:
        return _joined(self, "<", other, COMPARED, operator.lt)

    def __gt__(self, other: Term) -> Live:
        return _joined(self, ">", other, COMPARED, operator.gt)

    def __le__(self, other: Term) -> Live:
        return _joined(self, "<=", other, COMPARED, operator.le)

    def same(self, other: Term) -> Live:
        return _joined(self, "=", other, COMPARED, operator.eq)

    def differs(self, other: Term) -> Live:
        return _joined(self, "<>", other, COMPARED, operator.ne)


Term = Live | float | str


def live(term: Term) -> Live:
    """A number or a text of a formula as a term; a term as it is."""
    if isinstance(term, Live):
        return term
    if isinstance(term, str):
        quoted = term.replace('"', '""')
        return Live(f'"{quoted}"', term)
    text = str(int(term)) if float(term).is_integer() else repr(float(term))
    return Live(text, term, SINGLE if term >= 0 else ADDED)


def _joined(
    left: Term, sign: str, right: Term, binding: int, compute: Callable[[Any, Any], Any]
) -> Live:
    first, second = live(left), live(right)
    # From the left, as written: (a + b) + c and a + (b + c) differ in their last bit.
    before = first.text if first.binding >= binding else f"({first.text})"
    after = second.text if second.binding > binding else f"({second.text})"
    return Live(f"{before}{sign}{after}", compute(first.value, second.value), binding)


def _divided(first: float, second: float) -> float:
    # Only in a branch that is not taken.
    return first / second if second else math.nan


def _called(name: str, value: Any, *terms: Term) -> Live:
    return Live(f"{name}({','.join(live(term).text for term in terms)})", value)


def lowest(*terms: Term) -> Live:
    return _called("MIN", min(live(term).value for term in terms), *terms)


def highest(*terms: Term) -> Live:
    return _called("MAX", max(live(term).value for term in terms), *terms)


def choose(condition: Live, true: Term, false: Term) -> Live:
    value = live(true).value if condition.value else live(false).value
    return _called("IF", value, condition, true, false)


def every(*conditions: Live) -> Live:
    return _called("AND", all(one.value for one in conditions), *conditions)


def some(*conditions: Live) -> Live:
    return _called("OR", any(one.value for one in conditions), *conditions)


def is_number(cell: Live) -> Live:
    return _called("ISNUMBER", isinstance(cell.value, int | float), cell)


def is_error(term: Live) -> Live:
    return _called("ISERROR", False, term)


def anchored(cell: Live) -> Live:
    """A cell of the same sheet, always of this column, whatever cell a condition is looked at
    for."""
    return Live(f"${cell.text.rpartition('!')[2]}", cell.value)


def number_in(cell: Live) -> Live:
    """The number in a cell; 0 if it is empty or holds a text."""
    value = cell.value if isinstance(cell.value, int | float) else 0
    return _called("N", value, cell)


def whole(term: Live) -> Live:
    """INT, which takes what is nearly the next whole number for it."""
    value = math.floor(term.value) if math.isfinite(term.value) else math.nan
    return _called("INT", value, term)


def exact_floor(cell: Live) -> Live:
    """The whole number below a number of at least 0, to the last bit.

    Spreadsheets compare, subtract and cut with a tolerance: INT(7.999999999999999) is 8. Only
    dividing and LN have none, and the logarithm of the quotient is negative where INT went up.
    """
    upper = whole(cell)
    went_up = Live(f"LN({(cell / upper).text})<0", False, COMPARED)
    return upper - choose(upper > 0, choose(went_up, 1, 0), 0)


def rounded(cell: Live) -> Live:
    """To six decimals as the app does it: the nearest, of two equally near ones the even.

    Whole part and decimals apart, as ROUND takes numbers that are nearly a half for one.
    """
    millionths = (cell - whole(cell)) * MILLION + 0.5
    upper = whole(millionths)
    odd = choose(millionths.same(upper), _called("MOD", upper.value % 2, upper, 2), 0)
    found = (whole(cell) * MILLION + (upper - odd)) / MILLION
    return Live(found.text, round(cell.value, 6), found.binding)


def half_up(numerator: Live, denominator: Live) -> Live:
    """The whole number nearest to a fraction of two whole numbers, halves upwards; exact."""
    top, bottom = 2 * numerator + denominator, 2 * denominator
    found = whole(top / bottom)
    return found - choose(top < found * bottom, 1, 0)


def total(terms: list[Live]) -> Live:
    """The sum, one by one: no text in between can pass for 0."""
    found = live(0)
    for k, term in enumerate(terms):
        found = found + term if k else term
    return found
