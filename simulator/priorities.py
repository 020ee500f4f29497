"""What every lever is worth: points for its effort, points still to gain, places, ease.

Each lever is judged on top of a what-if, the others as they stand, within its range: of the whole
period, or until its end. Scores are whole hundredths of a point of the exact engine, efforts
person-hours. Risks, and levers that move nothing in the period, have no priority.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from simulator.effort import Effort, hours
from simulator.least_changes import Way, least_changes, total_changes, way_up
from simulator.levers import LeverRange, lever_range
from simulator.project import Projection, projected
from simulator.rank import Peers, standing
from simulator.rules import Reach
from simulator.uncertainty import Outcomes

# Person-hours for one point: up to about three people for a month it is easy, beyond some thirty
# people for a month it is hard.
EASY_HOURS, HARD_HOURS = 500.0, 5_000.0
# What one counts in, per unit of counting.
PORTIONS = {"dossier": 1_000.0, "procedure": 1.0, "petition": 1.0, "commune": 1.0, "point": 1.0}
MEDIAN = 0.5
# Of a unit: a count that goes up by less than the lever did was cut.
SLACK = 0.001


class Ease(StrEnum):
    """Classes of effort for a point."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Until(StrEnum):
    """Where a lever ends."""

    CAP = "cap"  # full marks of its indicator
    HELD = "held"  # another indicator holds it, or its group has full marks
    REACH = "reach"  # no more cases


@dataclass(frozen=True)
class Priority:
    """A lever that can be used and helps.

    ``start``: the change it is set to; ``end``: the least change that brings all it still can;
    ``gain``: that, in hundredths; ``portion``: in what one counts (1,000 dossiers, a procedure);
    ``first``: hundredths of the next portion, or of ``first_added`` where less is left; ``hours``:
    those of the way to the end; ``total`` after it; ``ranks``: places before and after, peers
    fixed; ``chances``: of a place better than that now expected, before and after; these three
    None where they are not known.
    """

    bounds: LeverRange
    group: str
    start: float
    end: float
    gain: int
    portion: float
    first: int
    first_added: float
    hours: float
    until: Until
    total: int | None
    ranks: tuple[int, int] | None
    chances: tuple[float, float] | None
    locked: bool = False

    @property
    def lever(self) -> str:
        return self.bounds.lever.code

    @property
    def added(self) -> float:
        """Units that bring all of it."""
        return self.end - self.start

    @property
    def average(self) -> float:
        """Hundredths for a portion, on average over the whole way."""
        return self.gain * self.portion / self.added if self.added else 0.0

    @property
    def per_100_hours(self) -> float | None:
        """Hundredths for 100 hours, on average over the whole way; None without a gain."""
        if not self.gain:
            return None
        return 100 * self.gain / self.hours if self.hours else math.inf

    @property
    def ease(self) -> Ease | None:
        """From the hours for one point."""
        if not self.gain:
            return None
        for_a_point = 100 * self.hours / self.gain
        if for_a_point <= EASY_HOURS:
            return Ease.EASY
        return Ease.MEDIUM if for_a_point <= HARD_HOURS else Ease.HARD

    @property
    def places(self) -> int | None:
        """Places gained, peers fixed."""
        return None if self.ranks is None else self.ranks[0] - self.ranks[1]

    @property
    def stock_known(self) -> bool:
        """False where nobody publishes how many cases the lever can be used for."""
        return self.bounds.lever.reach is not Reach.FLAGGED


def helping_ranges(projection: Projection) -> list[LeverRange]:
    """Ranges of the usable levers that can bring points, in the order of the rules."""
    edition, ahead = projection.edition, projection.outlook
    ranges = [
        lever_range(edition, projection.unit, lever, ahead)
        for lever in edition.levers
        if lever.direction == "helpful" and lever.moves and (lever.whole or ahead is not None)
    ]
    return [bounds for bounds in ranges if bounds.usable]


def effort_between(bounds: LeverRange, effort: Effort, start: float, end: float) -> float:
    """Hours from the change ``start`` to ``end``; what is below the present costs nothing."""
    lever = effort.levers[bounds.lever.code]
    return hours(bounds, lever, end) - hours(bounds, lever, start)


def priorities(
    projection: Projection,
    effort: Effort,
    peers: Peers | None = None,
    outcomes: Outcomes | None = None,
    locks: Collection[str] = (),
) -> tuple[Priority, ...]:
    """Every usable lever that helps, most points for an hour first, then the most points.

    ``outcomes``: where the peers end up, for the chance to gain a place.
    """
    found = helping_ranges(projection)
    ways = [way_up(bounds, projection.settings.get(bounds.lever.code, 0.0)) for bounds in found]
    ends = least_changes(projection, ways)
    stops = [
        way.at_most(min(way.start + PORTIONS[bounds.count_unit], end))
        for bounds, way, end in zip(found, ways, ends, strict=True)
    ]
    first = total_changes(
        projection, [{way.lever: stop} for way, stop in zip(ways, stops, strict=True)]
    )
    rows = []
    for bounds, way, end, stop, brought in zip(found, ways, ends, stops, first, strict=True):
        after = with_moves(projection, {way.lever: end})
        rows.append(
            Priority(
                bounds=bounds,
                group=_group(projection, bounds),
                start=way.start,
                end=end,
                gain=after.total_change - projection.total_change,
                portion=PORTIONS[bounds.count_unit],
                first=round(brought) - projection.total_change,
                first_added=stop - way.start,
                hours=effort_between(bounds, effort, way.start, end),
                until=_until(projection, with_moves(projection, {way.lever: way.end}), bounds, way),
                total=after.after.total,
                ranks=ranks_of(projection, after, peers),
                chances=_chances(projection, after, outcomes),
                locked=way.lever in locks,
            )
        )
    return tuple(sorted(rows, key=_order))


def with_moves(projection: Projection, moves: Mapping[str, float]) -> Projection:
    """``projection`` with levers put to the changes ``moves``, without a rank."""
    settings = {**projection.settings, **moves}
    settings = {code: change for code, change in settings.items() if change}
    return projected(projection.edition, projection.unit, settings, None, projection.outlook)


def _until(projection: Projection, after: Projection, bounds: LeverRange, way: Way) -> Until:
    """``after``: with the lever at the end of its way."""
    position = projection.edition.position[bounds.lever.indicator]
    full = 100 * projection.edition.group_by_code[_group(projection, bounds)].maximum
    if after.is_saturated(position) or after.after.groups[_group(projection, bounds)] == full:
        return Until.CAP
    taken = after.counts.numerators[position] - projection.counts.numerators[position]
    cut = taken < way.end - way.start - SLACK
    return Until.HELD if cut or bounds.lever.upper == "partner" else Until.REACH


def _group(projection: Projection, bounds: LeverRange) -> str:
    return projection.edition.indicator(bounds.lever.indicator).group


def ranks_of(before: Projection, after: Projection, peers: Peers | None) -> tuple[int, int] | None:
    """Places before and after, peers fixed; None without peers or a total."""
    totals = (before.after.total, after.after.total)
    if peers is None or totals[0] is None or totals[1] is None:
        return None
    return standing(totals[0], peers.totals).rank, standing(totals[1], peers.totals).rank


def _chances(
    before: Projection, after: Projection, outcomes: Outcomes | None
) -> tuple[float, float] | None:
    """Chances of a place better than the one that is expected before."""
    if outcomes is None or before.after.total is None or after.after.total is None:
        return None
    place = outcomes.place(before.after.total, MEDIAN)
    if place == 1:
        return 0.0, 0.0
    now, then = (
        float(outcomes.chances_at_least(total)[place - 2])
        for total in (before.after.total, after.after.total)
    )
    return now, then


def _order(row: Priority) -> tuple[float, float, str]:
    return -(row.per_100_hours or 0.0), -row.gain, row.lever
