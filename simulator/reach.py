"""What can still be reached before a period ends: floor, ceiling, and since when not.

Ceiling: every helpful lever as far as it goes (of wrong records, of which nobody publishes how
many there are, only those the scenario repairs), no harmful one. Floor: no case that is still to
come turns out well, and where it is known how many dossiers are open, these become overdue. Both
keep the peers as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from simulator.baseline import Basis, Unit
from simulator.counts import Counts
from simulator.levers import Settings, lever_range
from simulator.outlook import Outlook
from simulator.project import Projection, project, scored_many
from simulator.rank import Peers
from simulator.rules import Edition, Lever, Reach
from simulator.score import Floats


@dataclass(frozen=True)
class Reachable:
    """The end of the period at worst, at present rates, and at best."""

    outlook: Outlook
    floor: Projection
    line: Projection
    ceiling: Projection

    @property
    def unpublished_room(self) -> int:
        """Hundredths that indicators without published counts could add to the ceiling."""
        edition, unit, room = self.line.edition, self.line.unit, 0
        for group, positions in edition.group_positions.items():
            silent = sum(edition.indicators[k].maximum for k in positions if not unit.knows(k))
            level = self.ceiling.after.groups[group]
            if level is not None:
                room += min(100 * silent, 100 * edition.group_by_code[group].maximum - level)
        return room

    @property
    def held(self) -> tuple[str, ...]:
        """Groups of which no indicator is published: nobody knows their range, they stay."""
        return tuple(
            group
            for group, positions in self.line.edition.group_positions.items()
            if not any(self.line.unit.knows(k) for k in positions)
        )


def reachable(
    edition: Edition,
    unit: Unit,
    outlook: Outlook,
    settings: Settings | None = None,
    peers: Peers | None = None,
) -> Reachable:
    """Floor, do-nothing line and ceiling at the end of the period."""

    def ends(settings: Settings) -> Projection:
        return project(edition, unit, settings, peers, outlook)

    return Reachable(
        outlook=outlook,
        floor=ends(_at_worst(edition, unit, outlook)),
        line=ends({}),
        ceiling=ends(_at_best(edition, unit, outlook, settings or {})),
    )


def _at_best(
    edition: Edition, unit: Unit, outlook: Outlook, settings: Settings
) -> dict[str, float]:
    best = {}
    for lever in _helpful(edition):
        if lever.reach is Reach.FLAGGED:
            best[lever.code] = settings.get(lever.code, 0.0)
        else:
            best[lever.code] = lever_range(edition, unit, lever, outlook).high
    return best


def _at_worst(edition: Edition, unit: Unit, outlook: Outlook) -> dict[str, float]:
    worst = {
        lever.code: lever_range(edition, unit, lever, outlook).low
        for lever in _helpful(edition)
        if lever.reach is Reach.COMING
    }
    open_ = {
        lever.code: lever_range(edition, unit, lever, outlook).high
        for lever in edition.levers
        if lever.reach is Reach.OPEN
    }
    return worst | open_


def _helpful(edition: Edition) -> list[Lever]:
    return [lever for lever in edition.levers if lever.direction == "helpful" and lever.moves]


@dataclass(frozen=True)
class Ceilings:
    """The ceiling of the period's end as seen from days of the period, highest first.

    ``days``: ends of days from the one before the period to its last, and the moment of the
    capture under its own day. Scores in hundredths.
    """

    days: tuple[date, ...]
    groups: Mapping[str, Floats | None]
    total: Floats | None

    def reachable_until(self, score: int, group: str | None = None) -> date | None:
        """The last day on which ``score`` could still be reached; None if it never could.

        ``group``: of that group, else of the total.
        """
        row = self.total if group is None else self.groups[group]
        if row is None:
            return None
        possible = np.flatnonzero(row >= score)
        return self.days[int(possible[-1])] if len(possible) else None


def ceilings(
    edition: Edition, unit: Unit, outlook: Outlook, settings: Settings | None = None
) -> Ceilings:
    """Ceilings day by day, as if the present rates had held and went on to hold until that day.

    From day ``t`` on all cases turn out well; what has failed by then is lost, but for records
    that can be repaired: those until the last day. One vectorised call.
    """
    period = outlook.period
    elapsed, remaining = float(period.elapsed_days), float(period.remaining_days)
    ends = range((period.last - period.first).days + 2)
    moments = sorted(
        [(float(k), period.first + timedelta(days=k - 1)) for k in ends]
        + [(elapsed, period.captured_day)]
    )
    passed = np.array([moment for moment, _ in moments])
    # Shares of the days so far that are gone, and of the days to come.
    gone = np.minimum(passed / elapsed, 1.0) if elapsed else np.ones_like(passed)
    gone_ahead = np.maximum(passed - elapsed, 0.0) / remaining if remaining else 0.0 * passed
    best = _at_best(edition, unit, outlook, settings or {})
    end = project(edition, unit, best, None, outlook)
    numerators: list[Floats] = []
    for k, item in enumerate(edition.indicators):
        so_far, ahead = unit.evidence[k], outlook.to_come.evidence[k]
        highest = np.full_like(passed, end.counts.numerators[k])
        levers = [lever for lever in _helpful(edition) if lever.indicator == item.code]
        if so_far.basis is Basis.COUNTS and any(one.reach is Reach.COMING for one in levers):
            # Before the capture: what failed since could still have turned out well.
            highest = highest + (1 - gone) * (so_far.denominator - so_far.numerator)
            # After it: what fails until then is lost.
            highest = highest - gone_ahead * (ahead.denominator - ahead.numerator)
            if any(one.reach is Reach.PAST for one in levers):
                highest = np.full_like(passed, end.counts.numerators[k])
        numerators.append(np.minimum(highest, end.counts.denominators[k]))
    counts = Counts(numerators, list(end.counts.denominators))
    outcome = scored_many(edition, unit, counts, len(passed))
    return Ceilings(tuple(day for _, day in moments), outcome.groups, outcome.total)
