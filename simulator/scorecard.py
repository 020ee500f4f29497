"""Score what files show: indicators by the rules beside the published scores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.readers.records import TOTAL, GroupRow, IndicatorRow, Reading
from simulator.rules import AtZero, Edition
from simulator.score import score_unit


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator by the rules; scores in hundredths of a point.

    ``points`` is None where the portal prints nothing without cases; it then counts 0,
    which is what ``counted`` says. ``published`` is the file's own score, None if not printed.
    ``is_rate``: only the rate is known, as a numerator in percent of 100.
    """

    code: str
    numerator: float | None
    denominator: float | None
    points: int | None
    counted: int
    maximum: int
    published: int | None
    flag: str | None
    is_rate: bool = False


@dataclass(frozen=True, slots=True)
class UnitScore:
    """All that files show of one unit; group scores and totals in hundredths.

    A group is None unless all its indicators are in the files, the total unless all
    groups are known. ``published_groups`` holds the groups whose score was printed.
    """

    unit: str
    name: str | None
    indicators: tuple[IndicatorScore, ...]
    groups: Mapping[str, int | None]
    total: int | None
    published_groups: Mapping[str, int]
    published_total: int | None


def score_reading(edition: Edition, reading: Reading) -> tuple[UnitScore, ...]:
    """Score every unit of ``reading``, in the order in which the files name them."""
    rows: dict[str, list[IndicatorRow]] = defaultdict(list)
    groups: dict[str, list[GroupRow]] = defaultdict(list)
    names: dict[str, str | None] = {}
    for unit in [row.unit for row in reading.rows] + [row.unit for row in reading.groups]:
        names[unit.key] = names.get(unit.key) or unit.name
    for row in reading.rows:
        rows[row.unit.key].append(row)
    for group in reading.groups:
        groups[group.unit.key].append(group)
    return tuple(
        _score_unit(edition, key, name, rows[key], groups[key]) for key, name in names.items()
    )


def _score_unit(
    edition: Edition, unit: str, name: str | None, rows: list[IndicatorRow], printed: list[GroupRow]
) -> UnitScore:
    numerators = [0.0] * len(edition.indicators)
    denominators = [0.0] * len(edition.indicators)
    for row in rows:
        k = edition.position[row.code]
        numerators[k], denominators[k] = row.numerator or 0.0, row.denominator or 0.0
    counted = score_unit(edition, numerators, denominators)
    indicators = tuple(
        _indicator(edition, row, counted[edition.position[row.code]]) for row in rows
    )
    declared = {row.group: row.declared_maximum for row in printed}
    groups = {
        group: _group_sum(edition, group, indicators, declared.get(group))
        for group in edition.group_by_code
    }
    known = [score for score in groups.values() if score is not None]
    published = {row.group: row.published for row in printed if row.published is not None}
    return UnitScore(
        unit=unit,
        name=name,
        indicators=indicators,
        groups=groups,
        total=sum(known) if len(known) == len(groups) else None,
        published_groups={code: published[code] for code in groups if code in published},
        published_total=published.get(TOTAL),
    )


def _indicator(edition: Edition, row: IndicatorRow, counted: int) -> IndicatorScore:
    item = edition.indicator(row.code)
    empty = not row.denominator and item.at_zero is AtZero.NULL
    return IndicatorScore(
        row.code, row.numerator, row.denominator, None if empty else counted, counted,
        item.maximum, row.published, row.flag, row.is_rate,
    )  # fmt: skip


def _group_sum(
    edition: Edition,
    group: str,
    indicators: tuple[IndicatorScore, ...],
    declared_maximum: float | None,
) -> int | None:
    """Sum of a group whose indicators are all there.

    The response of a single procedure leaves out indicators and declares a smaller
    maximum; it is complete when the maxima of what it lists add up to that.
    """
    members = [item for item in indicators if edition.indicator(item.code).group == group]
    listed = sum(item.maximum for item in members)
    if members and listed in (edition.group_by_code[group].maximum, declared_maximum):
        return sum(item.counted for item in members)
    return None
