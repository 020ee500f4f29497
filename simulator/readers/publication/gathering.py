"""What was found in a publication, before it becomes rows: one figure per unit and subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from simulator.errors import DataError, Place
from simulator.readers.publication.units import name_key
from simulator.readers.records import (
    Doubt,
    FactRow,
    GroupRow,
    IndicatorRow,
    Reading,
    UnitRef,
    one_line,
)


@dataclass(frozen=True)
class Points:
    """A printed score: ``value`` and the ``maximum`` printed beside it (None if none), in points.

    ``is_average``: of the whole country.
    """

    unit: UnitRef
    group: str
    value: Fraction
    maximum: int | None
    is_average: bool
    place: Place


@dataclass
class Gathering:
    """Figures, problems and doubts in the order in which they were found."""

    points: list[Points] = field(default_factory=list)
    rows: list[IndicatorRow] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)
    problems: list[DataError] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def problem(self, code: str, place: Place, **fields: Any) -> None:
        self.problems.append(DataError(code, place=place, **fields))

    def doubt(self, code: str, place: Place, **fields: Any) -> None:
        self.doubts.append(Doubt(code, fields, place))

    def note(self, code: str, place: Place, **fields: Any) -> None:
        self.doubts.append(Doubt(code, fields, place, is_note=True))

    def rate(self, unit: UnitRef, code: str, percent: Fraction, place: Place) -> None:
        """A rate of an indicator; outside 0 to 100 it is a problem."""
        if 0 <= percent <= 100:
            row = IndicatorRow(unit, code, float(percent), 100.0, None, None, place, is_rate=True)
            self.rows.append(row)
        else:
            self.problem("publication_rate", place, value=shown(percent))

    def fact(self, unit: UnitRef, code: str, value: Fraction, kind: str, place: Place) -> None:
        """A number beside the score; ``kind`` is what it counts."""
        self.facts.append(FactRow(unit, code, float(value), kind, place))

    def join_units(self) -> None:
        """Give units without a code that of the one unit with a code that bears their name."""
        units = [row.unit for row in self.rows] + [row.unit for row in self.facts]
        join = Names([*units, *(one.unit for one in self.points)])
        for spellings, place in join.two_codes(self.points):
            self.problem("publication_two_units", place, units=spellings)
        self.rows = [replace(row, unit=join.unit(row.unit)) for row in self.rows]
        self.points = [replace(row, unit=join.unit(row.unit)) for row in self.points]
        self.facts = [replace(row, unit=join.unit(row.unit)) for row in self.facts]

    def reading(self) -> Reading:
        """All of it as rows, each figure once; contradictions are among the problems."""
        rows, groups, facts = (
            self._rows(self.rows), self._groups(self.points), self._facts(self.facts)
        )  # fmt: skip
        return Reading(rows, groups, tuple(self.problems), facts, doubts=tuple(self.doubts))

    def _rows(self, found: Sequence[IndicatorRow]) -> tuple[IndicatorRow, ...]:
        kept: dict[tuple[str, str], IndicatorRow] = {}
        clashing = set()
        for row in found:
            first = kept.setdefault((row.unit.key, row.code), row)
            if (first.numerator, first.denominator) != (row.numerator, row.denominator):
                clashing.add((row.unit.key, row.code))
                self._two_values(row.unit, _counts(first), first.place, _counts(row), row.place)
        return tuple(row for key, row in kept.items() if key not in clashing)

    def _groups(self, found: Sequence[Points]) -> tuple[GroupRow, ...]:
        kept: dict[tuple[str, str], dict[bool, Points]] = {}
        clashing = set()
        for one in found:
            known = kept.setdefault((one.unit.key, one.group), {})
            first = known.setdefault(one.is_average, one)
            if first.value == one.value:
                continue
            if is_rounding(first.value, one.value):
                known[one.is_average] = max(first, one, key=lambda item: item.value.denominator)
                values = shown(first.value), shown(one.value)
                self.doubt("published_twice_rounded", one.place, group=one.group,
                           value_first=values[0], value_second=values[1])  # fmt: skip
            else:
                clashing.add((one.unit.key, one.group, one.is_average))
                values = shown(first.value), shown(one.value)
                self._two_values(one.unit, values[0], first.place, values[1], one.place)
        rows = []
        for (key, group), known in kept.items():
            own = None if (key, group, False) in clashing else known.get(False)
            average = None if (key, group, True) in clashing else known.get(True)
            if own or average:
                rows.append(_group_row(own, average))
        return tuple(rows)

    def _facts(self, found: Sequence[FactRow]) -> tuple[FactRow, ...]:
        kept: dict[tuple[str, str], FactRow] = {}
        for fact in found:
            first = kept.setdefault((fact.unit.key, fact.code), fact)
            if first.value != fact.value:
                self.doubt("published_twice", fact.place, unit=_name(fact.unit),
                           value_first=first.value, value_second=fact.value)  # fmt: skip
        return tuple(kept.values())

    def _two_values(self, unit: UnitRef, one: str, first: Place, other: str, second: Place) -> None:
        self.problem("publication_two_values", second, unit=_name(unit), value_first=one,
                     first=first, value_second=other)  # fmt: skip


class Names:
    """Units with a code stand for those of the same name without one."""

    def __init__(self, units: Sequence[UnitRef]) -> None:
        self._coded: dict[str, dict[str, UnitRef]] = {}
        for unit in units:
            if unit.code and unit.name:
                self._coded.setdefault(name_key(unit.name), {}).setdefault(unit.code, unit)

    def unit(self, unit: UnitRef) -> UnitRef:
        """The unit with a code that bears the name of ``unit``; itself if not exactly one does."""
        if unit.code or not unit.name:
            return unit
        found = list(self._coded.get(name_key(unit.name), {}).values())
        return found[0] if len(found) == 1 else unit

    def two_codes(self, points: Sequence[Points]) -> list[tuple[str, Place]]:
        """Units without a code whose name two coded ones bear."""
        found = {}
        for one in points:
            key = name_key(one.unit.name) if one.unit.name and not one.unit.code else ""
            if len(self._coded.get(key, {})) > 1:
                found[key] = (", ".join(self._coded[key]), one.place)
        return list(found.values())


def shown(value: Fraction) -> str:
    """A number for a sentence, with a decimal comma."""
    return f"{float(value):g}".replace(".", ",")


def is_rounding(one: Fraction, other: Fraction) -> bool:
    """True if one of two scores is the other with one decimal less, of two."""
    is_coarse = [(score * 10).denominator == 1 for score in (one, other)]
    return is_coarse[0] != is_coarse[1] and abs(one - other) <= Fraction(1, 20)


def _group_row(own: Points | None, average: Points | None) -> GroupRow:
    one = own or average
    assert one is not None
    return GroupRow(
        one.unit, one.group, None if own is None else int(own.value * 100), None, one.place,
        None if average is None else int(average.value * 100),
    )  # fmt: skip


def _counts(row: IndicatorRow) -> str:
    if row.numerator is None or row.denominator is None:
        return "–"
    if row.is_rate:
        return f"{row.numerator:g}%".replace(".", ",")
    return f"{row.numerator:g}/{row.denominator:g}"


def _name(unit: UnitRef) -> str:
    return one_line(unit.name or unit.key)
