"""One lever of a province's plan divided among the units below it: the table unit by lever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, floor

from simulator.allocation_units import REST, Taker
from simulator.baseline import Evidence
from simulator.effort import Effort, hours, segments
from simulator.errors import Notice, ScenarioError
from simulator.largest_remainder import (
    EqualRate,
    LeastEffort,
    Proportion,
    Rule,
    divide,
    whole_blocks,
)
from simulator.levers import LeverRange
from simulator.rules import Lever

_SLIGHT = 1e-9
Shares = Mapping[tuple[str, str], int]  # (unit, lever) -> whole cases


class Way(StrEnum):
    """By what a plan is divided."""

    GAP = "gap"  # what is missing to full marks of the indicator
    CAPACITY = "capacity"  # cases handled
    EQUAL_RATE = "equal_rate"  # all end at the same rate; who is above it gets none
    LEAST_EFFORT = "least_effort"  # the cheapest cases first


@dataclass(frozen=True)
class Terms:
    """How a plan is divided.

    ``fixed``: shares set by hand, and ``floors``: the least a unit takes; the others share what is
    left. ``with_rest``: the cases of the province that no unit with counts accounts for take part
    as if they were one more unit, :data:`simulator.allocation_units.REST`.
    """

    way: Way
    effort: Effort
    fixed: Shares = field(default_factory=dict)
    floors: Shares = field(default_factory=dict)
    with_rest: bool = False


@dataclass(frozen=True)
class Cell:
    """The share of one unit in one lever, in whole cases.

    ``bounds``: where the lever stands on the unit; ``room``: the most it can take beside what it
    was given on other levers; ``now``, ``target``: good and all cases of the indicator as
    published, and with all shares of the unit (ahead: at the end of the period); ``hours``: effort.
    """

    unit: str
    bounds: LeverRange
    room: int
    share: int
    is_fixed: bool
    hours: float
    now: tuple[float, float]
    target: tuple[float, float]

    @property
    def now_percent(self) -> float | None:
        return _percent(*self.now)

    @property
    def line_percent(self) -> float | None:
        """The rate it starts from; ahead: that of the end of the period at present rates."""
        return _percent(self.bounds.numerator, self.bounds.denominator)

    @property
    def target_percent(self) -> float | None:
        return _percent(*self.target)


@dataclass(frozen=True)
class Row:
    """One lever divided.

    ``change``: that of the province's plan, ``amount``: its whole cases; ``cells``: units with
    counts, in the order given; ``rest``: the cases without a unit, where they take part;
    ``without_counts``: units that cannot get a share; ``listed_cases``, ``all_cases``: all cases
    of the lever's indicator so far, of the units with counts and of the province.
    """

    lever: Lever
    change: float
    amount: int
    cells: tuple[Cell, ...]
    rest: Cell | None
    without_counts: tuple[str, ...]
    listed_cases: float
    all_cases: float

    @property
    def takers(self) -> tuple[Cell, ...]:
        return self.cells if self.rest is None else (*self.cells, self.rest)

    @property
    def handed(self) -> int:
        """Whole cases that a unit, or the rest, takes."""
        return sum(cell.share for cell in self.takers)

    @property
    def named(self) -> int:
        """Whole cases that a unit with a name takes."""
        return sum(cell.share for cell in self.cells)

    @property
    def shortfall(self) -> int:
        """Whole cases that nobody can take."""
        return self.amount - self.handed

    @property
    def hours(self) -> float:
        return sum(cell.hours for cell in self.takers)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What cannot be handed out, who cannot get a share, and which cases have no unit."""
        found, lever = [], self.lever.code
        if self.shortfall:
            fields = {"lever": lever, "amount": self.amount, "handed": self.handed}
            found.append(Notice("allocation_shortfall", {**fields, "shortfall": self.shortfall}))
        if self.without_counts:
            of = len(self.cells) + len(self.without_counts)
            fields = {"lever": lever, "units": len(self.without_counts), "of": of}
            found.append(Notice("allocation_without_counts", {**fields}))
        if self.listed_cases != self.all_cases:
            cases = {"listed": self.listed_cases, "all": self.all_cases}
            found.append(Notice("allocation_cases_differ", {"lever": lever, **cases}))
        return tuple(found)


@dataclass(frozen=True)
class Draft:
    """One lever divided, before the targets are known: those need the shares of all levers."""

    lever: Lever
    change: float
    takers: tuple[Taker, ...]
    bounds: tuple[LeverRange, ...]
    rooms: tuple[int, ...]
    shares: tuple[int, ...]

    def row(self, terms: Terms, order: Sequence[str], above: Evidence) -> Row:
        """The finished row, its units in ``order``; ``above``: what the province publishes.

        All levers of the plan have to be handed out.
        """
        cells = {
            taker.unit.code: self._cell(k, taker, terms) for k, taker in enumerate(self.takers)
        }
        rest = cells.pop(REST, None)
        return Row(
            lever=self.lever, change=self.change, amount=whole(self.change),
            cells=tuple(cells[code] for code in order if code in cells), rest=rest,
            without_counts=tuple(code for code in order if code not in cells),
            listed_cases=sum(cell.now[1] for cell in cells.values()),
            all_cases=above.denominator,
        )  # fmt: skip

    def _cell(self, k: int, taker: Taker, terms: Terms) -> Cell:
        position = taker.edition.position[self.lever.indicator]
        known, code = taker.unit.evidence[position], taker.unit.code
        return Cell(
            unit=code, bounds=self.bounds[k], room=self.rooms[k], share=self.shares[k],
            is_fixed=(code, self.lever.code) in terms.fixed,
            hours=hours(self.bounds[k], terms.effort.levers[self.lever.code], self.shares[k]),
            now=(known.numerator, known.denominator), target=taker.counts(position),
        )  # fmt: skip


def hand_out(lever: Lever, change: float, takers: Sequence[Taker], terms: Terms) -> Draft:
    """Divide one lever and give everybody their share.

    All ``takers`` have counts. Raises :class:`ScenarioError` for a share set by hand that a unit
    cannot take, or if those are more than there is.
    """
    amount = whole(change)
    bounds = tuple(taker.bounds(lever) for taker in takers)
    rooms = tuple(taker.room(one) for taker, one in zip(takers, bounds, strict=True))
    fixed = _by_hand(lever, terms.fixed, takers, bounds)
    floors = _by_hand(lever, terms.floors, takers, bounds)
    floors = {k: least for k, least in floors.items() if k not in fixed}
    by_hand = sum(fixed.values()) + sum(floors.values())
    if by_hand > amount:
        raise ScenarioError(
            "allocation_above_plan", lever=lever.code, by_hand=by_hand, amount=amount
        )
    # A share set by hand may lean on another lever; the unit's projection tells what is lost.
    wide = [max(room, floors.get(k, 0)) for k, room in enumerate(rooms)]
    shares = divide(amount, wide, _rule(lever, takers, bounds, terms), floors, fixed)
    for taker, share in zip(takers, shares, strict=True):
        taker.give(lever, share)
    return Draft(lever, change, tuple(takers), bounds, rooms, shares)


def whole(change: float) -> int:
    """Whole cases of a change; the ends of what is still to come need not be whole."""
    return floor(change + _SLIGHT)


def _by_hand(
    lever: Lever, shares: Shares, takers: Sequence[Taker], bounds: Sequence[LeverRange]
) -> dict[int, int]:
    """Position of the taker -> what was set by hand for ``lever``, checked."""
    found = {}
    for k, (taker, one) in enumerate(zip(takers, bounds, strict=True)):
        share = shares.get((taker.unit.code, lever.code))
        if share is None:
            continue
        highest = whole(one.high)
        if share > highest == 0:
            raise ScenarioError("allocation_no_room", lever=lever.code, unit=taker.unit.code)
        if not 0 <= share <= highest or share != floor(share):
            raise ScenarioError(
                "allocation_above_room",
                lever=lever.code, unit=taker.unit.code, value=share, high=highest,
            )  # fmt: skip
        found[k] = int(share)
    return found


def _rule(
    lever: Lever, takers: Sequence[Taker], bounds: Sequence[LeverRange], terms: Terms
) -> Rule:
    counts = [taker.counts(taker.edition.position[lever.indicator]) for taker in takers]
    cases = [int(all_) for _, all_ in counts]
    if terms.way is Way.CAPACITY:
        return Proportion(cases)
    if terms.way is Way.LEAST_EFFORT:
        effort = terms.effort.levers[lever.code]
        return LeastEffort([whole_blocks(segments(one, effort)) for one in bounds])
    if terms.way is Way.EQUAL_RATE and lever.moves:
        return EqualRate([good for good, _ in counts], cases)
    # Where nothing moves the rate, there is only what is missing.
    full = [all_ * one.cap_percent / 100 for (_, all_), one in zip(counts, bounds, strict=True)]
    missing = [ceil(end - good - _SLIGHT) for end, (good, _) in zip(full, counts, strict=True)]
    return Proportion([max(0, gap) for gap in missing])


def _percent(good: float, cases: float) -> float | None:
    return good / cases * 100 if cases else None
