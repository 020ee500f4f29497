"""What changed between two readings of the same units, and whether they can be compared at all.

Units are matched by code. Scores in hundredths of a point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.baseline import Baseline, Basis, Unit
from simulator.errors import Notice, ScenarioError
from simulator.rank import group_scores, unit_total


@dataclass(frozen=True)
class CountChange:
    """Counts of one indicator before and after: ``(good, all)``."""

    indicator: str
    before: tuple[float, float]
    after: tuple[float, float]


@dataclass(frozen=True)
class UnitChange:
    """One unit in both readings; a score is None where it was not published.

    ``counts``: indicators whose counts are known in both and differ.
    """

    unit: str
    name: str
    total: tuple[int | None, int | None]
    groups: Mapping[str, tuple[int | None, int | None]]
    counts: tuple[CountChange, ...]

    @property
    def is_same(self) -> bool:
        pairs = [self.total, *self.groups.values()]
        return not self.counts and all(before == after for before, after in pairs)


@dataclass(frozen=True)
class Changes:
    """Units in both readings (in the order of the later), those that came, those that went."""

    units: tuple[UnitChange, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]
    notices: tuple[Notice, ...]


def changes(before: Baseline, after: Baseline) -> Changes:
    """Compare two readings; :class:`ScenarioError` if they are of different rules.

    A reading that is older than the other, a refresh in which nothing moved, and counts that
    became smaller within one period are named.
    """
    if before.edition.code != after.edition.code:
        raise ScenarioError("editions_differ", first=before.edition.code, second=after.edition.code)
    found = tuple(
        _unit_change(before, before.units[code], unit)
        for code, unit in after.units.items()
        if code in before.units
    )
    if not found:
        raise ScenarioError("nothing_in_common", before=before.id, after=after.id)
    return Changes(
        found,
        tuple(code for code in after.units if code not in before.units),
        tuple(code for code in before.units if code not in after.units),
        tuple(_notices(before, after, found)),
    )


def _unit_change(before: Baseline, first: Unit, second: Unit) -> UnitChange:
    edition = before.edition
    groups_before, groups_after = group_scores(edition, first), group_scores(edition, second)
    counts = [
        CountChange(item.code, (was.numerator, was.denominator), (now.numerator, now.denominator))
        for item, was, now in zip(edition.indicators, first.evidence, second.evidence, strict=True)
        if was.basis is now.basis is Basis.COUNTS and not (was.assumed or now.assumed)
    ]
    return UnitChange(
        second.code,
        second.short_name,
        (unit_total(edition, first), unit_total(edition, second)),
        {code: (groups_before[code], groups_after[code]) for code in edition.group_by_code},
        tuple(change for change in counts if change.before != change.after),
    )


def _notices(before: Baseline, after: Baseline, found: tuple[UnitChange, ...]) -> list[Notice]:
    notices = []
    if before.captured_at and after.captured_at and before.captured_at > after.captured_at:
        fields = {"first": before.captured_at, "second": after.captured_at}
        notices.append(Notice("captures_reversed", fields))
    if before.period != after.period:
        notices.append(Notice("periods_differ", {"before": before.period, "after": after.period}))
    if all(change.is_same for change in found):
        notices.append(Notice("nothing_changed", {"count": len(found)}))
    if before.period == after.period:
        restarted = [
            change.unit
            for change in found
            if any(one.after[1] < one.before[1] for one in change.counts)
        ]
        if restarted:
            shown = ", ".join(restarted[:5])
            notices.append(Notice("counts_fell", {"count": len(restarted), "units": shown}))
    return notices
