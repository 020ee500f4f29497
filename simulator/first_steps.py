"""What to do first: steps of most points for an hour, each on top of the former, until enough.

Levers are taken in pieces, as far as a unit costs the same or to where it brings nothing more, the
piece with most points for an hour first. Pieces of one lever then make one step, in the place of
the first; each is scored by the exact engine on top of all before it, so the steps add up to the
whole. A good order of work, not the cheapest plan: that one weighs all levers against each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from simulator.effort import Effort, segments
from simulator.least_changes import Way, least_changes, total_changes, way_up
from simulator.levers import LeverRange, Settings
from simulator.priorities import effort_between, helping_ranges, ranks_of, with_moves
from simulator.project import FULL_TOTAL, Projection
from simulator.rank import Peers, standing, to_next_class
from simulator.rules import Reach

# One point more.
POINT = 100


class Aim(StrEnum):
    """What the steps are to bring."""

    PLACE = "place"  # the next place, peers fixed
    CLASS = "class"
    POINT = "point"


@dataclass(frozen=True)
class Step:
    """One lever from ``start`` to ``end``, on top of all steps before.

    ``gain`` and ``total`` (after it) in hundredths; ``ranks``: before and after, peers fixed.
    """

    bounds: LeverRange
    start: float
    end: float
    gain: int
    hours: float
    total: int | None
    ranks: tuple[int, int] | None

    @property
    def lever(self) -> str:
        return self.bounds.lever.code

    @property
    def added(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class FirstSteps:
    """Steps in their order; ``missing``: hundredths that no step can bring any more.

    ``projection``: the what-if with all of them.
    """

    steps: tuple[Step, ...]
    wanted: int
    missing: int
    projection: Projection

    @property
    def reached(self) -> bool:
        return not self.missing

    @property
    def gain(self) -> int:
        return sum(step.gain for step in self.steps)

    @property
    def hours(self) -> float:
        return sum(step.hours for step in self.steps)


def aims(projection: Projection, peers: Peers | None = None) -> dict[Aim, int]:
    """What can be aimed at, and how many hundredths more it takes."""
    total, found = projection.after.total, {}
    if total is None:
        return {Aim.POINT: POINT}
    to_next = standing(total, peers.totals).to_next if peers else None
    if to_next:
        found[Aim.PLACE] = to_next
    above = to_next_class(projection.edition, total)
    if above:
        found[Aim.CLASS] = above[1]
    if total < FULL_TOTAL:
        found[Aim.POINT] = min(POINT, FULL_TOTAL - total)
    return found


def what_to_do_first(
    projection: Projection,
    effort: Effort,
    wanted: int,
    peers: Peers | None = None,
    locks: Collection[str] = (),
) -> FirstSteps:
    """Steps that bring ``wanted`` hundredths on top of ``projection``, or all there is.

    Locked levers stay; so do those of which nobody publishes how many cases there are.
    """
    ranges = [
        bounds
        for bounds in helping_ranges(projection)
        if bounds.lever.code not in locks and bounds.lever.reach is not Reach.FLAGGED
    ]
    goal, now, ends = projection.total_change + wanted, projection, dict[str, float]()
    while now.total_change < goal:
        way = _best(now, effort, ranges)
        if way is None:
            break
        ends[way.lever] = _least(now, way, goal)
        now = with_moves(projection, ends)
    by_code = {bounds.lever.code: bounds for bounds in ranges}
    steps = _steps(projection, ends, by_code, effort, peers)
    return FirstSteps(steps, wanted, max(0, goal - now.total_change), now)


def _best(now: Projection, effort: Effort, ranges: list[LeverRange]) -> Way | None:
    """The way with most points for an hour; None where nothing brings any."""
    ways = [way_up(bounds, now.settings.get(bounds.lever.code, 0.0)) for bounds in ranges]
    tries = [
        (bounds, replace(way, end=end))
        for bounds, way, last in zip(ranges, ways, least_changes(now, ways), strict=True)
        for end in _ends(bounds, effort, way, last)
    ]
    if not tries:
        return None
    brought = total_changes(now, [{way.lever: way.end} for _, way in tries])
    worth = [
        (float(change) - now.total_change) / _price(bounds, effort, way)
        for (bounds, way), change in zip(tries, brought, strict=True)
    ]
    best = max(range(len(tries)), key=worth.__getitem__)
    return tries[best][1] if worth[best] > 0 else None


def _ends(bounds: LeverRange, effort: Effort, way: Way, last: float) -> list[float]:
    """Where the price of a unit changes on the way to ``last``, and that."""
    widths = [width for width, _ in segments(bounds, effort.levers[way.lever])]
    # Up to the present nothing costs anything.
    stops = {way.at_most(end) for end in accumulate(widths, initial=0.0)} | {last}
    return sorted(end for end in stops if way.start < end <= last)


def _price(bounds: LeverRange, effort: Effort, way: Way) -> float:
    # What costs nothing comes first.
    return max(effort_between(bounds, effort, way.start, way.end), 1e-9)


def _least(now: Projection, way: Way, goal: int) -> float:
    """The least of the way that brings what its end does, or reaches the goal."""
    brought = float(total_changes(now, [{way.lever: way.end}])[0])
    (end,) = least_changes(now, [way], [min(brought, goal)])
    return end


def _steps(
    projection: Projection, ends: Settings, ranges: Mapping[str, LeverRange], effort: Effort,
    peers: Peers | None,
) -> tuple[Step, ...]:  # fmt: skip
    """One step per lever, in the order in which they were first used, each on top of the former."""
    steps, now = list[Step](), projection
    for code, end in ends.items():
        start = projection.settings.get(code, 0.0)
        after = with_moves(now, {code: end})
        steps.append(
            Step(
                ranges[code], start, end, after.total_change - now.total_change,
                effort_between(ranges[code], effort, start, end), after.after.total,
                ranks_of(now, after, peers),
            )
        )  # fmt: skip
        now = after
    return tuple(steps)
