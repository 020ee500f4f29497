"""The row of a whole against the rows of its parts."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.errors import Place
from simulator.readers.publication.gathering import Gathering
from simulator.readers.records import FactRow, IndicatorRow

Figure = IndicatorRow | FactRow
# Fewer equal figures than this can be chance.
_COPIED = 2


def check_whole(
    parts: Sequence[Figure], whole: Sequence[Figure], name: str, place: Place, found: Gathering
) -> None:
    """Doubt sums that are none, rates outside of those of the parts, and copied rates."""
    for figure in whole:
        theirs = [_value(part) for part in parts if part.code == figure.code]
        if isinstance(figure, FactRow):
            if theirs and figure.value_unit != "percent" and figure.value != sum(theirs):
                found.doubt("sum_differs", place, whole=figure.value, parts=sum(theirs))
        elif theirs and not min(theirs) <= _value(figure) <= max(theirs):
            found.doubt("rate_not_of_parts", place, indicator=figure.code, name=name,
                        value=_printed(figure), lowest=_comma(min(theirs)),
                        highest=_comma(max(theirs)))  # fmt: skip
    _copied(parts, whole, name, place, found)


def _copied(
    parts: Sequence[Figure], whole: Sequence[Figure], name: str, place: Place, found: Gathering
) -> None:
    ours = {row.code: _value(row) for row in whole if isinstance(row, IndicatorRow)}
    units = dict.fromkeys(part.unit for part in parts)
    for unit in units:
        theirs = {row.code: _value(row) for row in parts
                  if row.unit == unit and isinstance(row, IndicatorRow)}  # fmt: skip
        equal = [code for code, value in ours.items() if value and theirs.get(code) == value]
        if len(equal) >= _COPIED and len(units) > 1:
            values = "; ".join(_comma(ours[code]) for code in equal)
            found.doubt("whole_copied", place, name=name, unit=unit.name or unit.key,
                        values=values)  # fmt: skip


def _value(figure: Figure) -> float:
    return figure.value if isinstance(figure, FactRow) else figure.numerator or 0.0


def _printed(figure: IndicatorRow) -> str:
    return _comma(_value(figure))


def _comma(value: float) -> str:
    return f"{value:g}".replace(".", ",")
