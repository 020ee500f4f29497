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

from simulator.baseline import Unit
from simulator.levers import Settings, lever_range
from simulator.outlook import Outlook
from simulator.project import Projection, Projections, project, project_many
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
    """The ceiling of the period's end as seen from the end of each of its days, highest first.

    ``days``: from the day before the period to its last. Scores in hundredths.
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

    From day ``t`` on all cases turn out well; what has failed by then is lost. Records can be
    repaired until the last day. One vectorised call.
    """
    period = outlook.period
    length = (period.last - period.first).days + 1
    days = tuple(period.first + timedelta(days=k - 1) for k in range(length + 1))
    passed = np.arange(length + 1, dtype=float)
    elapsed, remaining = float(period.elapsed_days), float(period.remaining_days)
    # Shares of the days so far that are gone, and of the days to come that are left.
    gone = np.minimum(passed / elapsed, 1.0) if elapsed else np.ones(length + 1)
    left = 1 - np.maximum(passed - elapsed, 0.0) / remaining if remaining else gone
    best: dict[str, Floats] = {}
    for code, high in _at_best(edition, unit, outlook, settings or {}).items():
        lever = edition.lever_by_code[code]
        position = edition.position[lever.indicator]
        item = unit.evidence[position]
        lost_so_far = item.denominator - item.numerator
        best[code] = np.full(length + 1, high)
        if lever.reach is Reach.COMING and high:
            # What failed between that day and now could still have turned out well then.
            best[code] = high * left + (1 - gone) * lost_so_far
    outcome: Projections = project_many(edition, unit, best, outlook)
    return Ceilings(days, outcome.groups, outcome.total)
