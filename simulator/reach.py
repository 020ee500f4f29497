"""What can still be reached before a period ends: floor, ceiling, and since when not.

Ceiling: every helpful lever as far as it goes (of wrong records, of which nobody publishes how
many there are, only those the scenario repairs), no harmful one. Floor: no case that is still to
come turns out well. Both keep the peers as they are.
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
    return {
        lever.code: lever_range(edition, unit, lever, outlook).low
        for lever in _helpful(edition)
        if lever.reach is Reach.COMING
    }


def _helpful(edition: Edition) -> list[Lever]:
    return [lever for lever in edition.levers if lever.direction == "helpful" and lever.moves]


@dataclass(frozen=True)
class Ceilings:
    """The ceiling of the period's end as it was on every day so far, highest first.

    ``days``: the end of each day; the last one is the capture. Scores in hundredths.
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
    """Ceilings day by day, as if the present rates had held since the period began.

    On day ``t`` the cases of that day's future could still all have turned out well; what has
    failed since then is lost. One vectorised call.
    """
    period = outlook.period
    shares, days = [], []
    day = period.first
    elapsed = float(period.elapsed_days)
    while (passed := (day - period.first).days) < elapsed:
        shares.append(passed / elapsed)
        days.append(day - timedelta(days=1))
        day += timedelta(days=1)
    shares.append(1.0)
    days.append(day - timedelta(days=1))
    gone = np.array(shares)
    best: dict[str, Floats] = {}
    for code, high in _at_best(edition, unit, outlook, settings or {}).items():
        lever = edition.lever_by_code[code]
        position = edition.position[lever.indicator]
        item = unit.evidence[position]
        lost_so_far = item.denominator - item.numerator
        extra = np.zeros_like(gone)
        if lever.reach is Reach.COMING and high:
            # What failed between that day and now could still have turned out well then.
            extra = (1 - gone) * lost_so_far
        best[code] = high + extra
    outcome: Projections = project_many(edition, unit, best, outlook)
    return Ceilings(tuple(days), outcome.groups, outcome.total)
