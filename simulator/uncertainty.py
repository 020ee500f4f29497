"""Where the peers end up, drawn many times, and what a score is worth among them.

What a unit reaches is up to its plan; its peers move by themselves (:mod:`simulator.movement`).
As no lever moves a peer, they are drawn once, and any score can then be looked up: its chance of
each place, and the score that a place needs. Totals in whole hundredths of a point.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

import numpy as np
import numpy.typing as npt

from simulator.movement import Movement
from simulator.noise import Chance, Singles, jump_table, normal_table, student, unrest_levels
from simulator.peers_mode import DRAWS, SEED
from simulator.rank import POINTS_TO_PASS

Whole = npt.NDArray[np.int64]
Counts = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

HIGHEST = 10_000
# Draws are dealt out to so many histories, from quiet to restless ones.
LEVELS = 20
# Thousandths of a hundredth: no difference between the mathematics of two machines is larger.
DECIMALS = 3
# Certainties are written with decimals; a chance is a whole number of draws.
_SLIGHT = 1e-9


@dataclass(frozen=True)
class Outcomes:
    """Final totals of the peers of a unit in many draws, counted.

    ``codes``: the peers in the order given; ``low``: the lowest total of any of them in any draw;
    ``peers``: per peer, and ``places``: per place (the highest total first), in how many draws
    the total was at most ``low``, ``low + 1``, ... Rows of both have the same length.
    """

    codes: tuple[str, ...]
    draws: int
    low: int
    peers: Counts
    places: Counts

    @property
    def count(self) -> int:
        """Units that are ranked, with the one whose score is looked up."""
        return len(self.codes) + 1

    def chances_at_least(self, score: int) -> Floats:
        """Chance of place 1 or better, 2 or better, ... up to the last, which is certain."""
        reached = self._column(self.places, score) / self.draws
        return np.append(reached, 1.0)

    def chances(self, score: int) -> Floats:
        """Chance of each place from the first to the last; they add up to 1."""
        return np.diff(self.chances_at_least(score), prepend=0.0)

    def expected_place(self, score: int) -> float:
        return float(self.chances(score) @ np.arange(1, self.count + 1))

    def place(self, score: int, certainty: float) -> int:
        """The best place that is reached, or bettered, with at least this certainty."""
        reached = self._column(self.places, score)
        return int(np.count_nonzero(reached < self._wanted(certainty))) + 1

    def interval(self, score: int, level: float) -> tuple[int, int]:
        """Best and worst place of the middle ``level`` of all draws (0.9: from 5 % to 95 %)."""
        tail = (1 - level) / 2
        return self.place(score, tail), self.place(score, 1 - tail)

    def intervals(self, scores: Floats, level: float) -> tuple[Whole, Whole]:
        """Best and worst places, as :meth:`interval` gives them, of many scores."""
        tail = (1 - level) / 2
        return self.places_at(scores, tail), self.places_at(scores, 1 - tail)

    def places_at(self, scores: Floats, certainty: float) -> Whole:
        """:meth:`place` of each of ``scores``."""
        ascending = self.thresholds(certainty)[::-1]
        return self.count - np.searchsorted(ascending, scores, side="right")

    def chances_above(self, score: int) -> dict[str, float]:
        """For every peer the chance to end with more than ``score``."""
        above = 1 - self._column(self.peers, score) / self.draws
        return dict(zip(self.codes, above.tolist(), strict=True))

    def thresholds(self, certainty: float) -> Whole:
        """The lowest score that reaches place 1, 2, ... with at least this certainty.

        The place of any score is then one more than the thresholds above it. A tie counts as
        reached, as in the ranking.
        """
        found: Whole = self.low + np.argmax(self.places >= self._wanted(certainty), axis=1)
        return found

    def needed(self, place: int, certainty: float) -> int | None:
        """The lowest score that alone reaches ``place``, one hundredth ahead of a tie; None for
        a place below the last but one, which needs nothing."""
        if place > len(self.codes):
            return None
        return int(self.thresholds(certainty)[place - 1]) + POINTS_TO_PASS

    def missing(self, score: int, place: int, certainty: float) -> int:
        """Hundredths that ``score`` misses to ``place`` with this certainty; 0 where it has it."""
        needed = self.needed(place, certainty)
        if needed is None or self.place(score, certainty) <= place:
            return 0
        return needed - score

    def totals(self, certainty: float) -> dict[str, int]:
        """For every peer the lowest total that it does not exceed with this certainty."""
        found = self.low + np.argmax(self.peers >= self._wanted(certainty), axis=1)
        return dict(zip(self.codes, found.tolist(), strict=True))

    def _wanted(self, certainty: float) -> int:
        """In how many draws, at least in one, something with this certainty has to be so."""
        return max(1, int(np.ceil(certainty * self.draws - _SLIGHT)))

    def _column(self, counts: Counts, score: int) -> Counts:
        if score < self.low:
            return np.zeros(len(counts), dtype=np.int32)
        return counts[:, min(score - self.low, counts.shape[1] - 1)]


def counted(codes: Sequence[str], totals: npt.NDArray[np.int32]) -> Outcomes:
    """Outcomes of ``totals``: one row per draw, one column per peer."""
    draws, peers = totals.shape
    low, high = (int(totals.min()), int(totals.max())) if peers else (0, 0)
    width = high - low + 1
    ranked = np.sort(totals, axis=1)[:, ::-1]
    return Outcomes(
        tuple(codes), draws, low, _at_most(totals - low, width), _at_most(ranked - low, width)
    )


def _at_most(values: npt.NDArray[np.int32], width: int) -> Counts:
    """Per column, how many values are at most 0, 1, ... ``width - 1``."""
    columns = np.ascontiguousarray(values.T)
    counts = [np.bincount(column, minlength=width) for column in columns]
    rows = np.array(counts, dtype=np.int32).reshape(len(columns), width)
    # In place: of a long list these are the largest arrays there are.
    return np.cumsum(rows, axis=1, dtype=np.int32, out=rows)


def still(totals: Mapping[str, int]) -> Outcomes:
    """Peers that do not move: the certain case."""
    return counted(tuple(totals), np.array([list(totals.values())], dtype=np.int32))


def trend(
    totals: Mapping[str, int], movement: Movement, days: float, held: Collection[str] = ()
) -> dict[str, int]:
    """Totals of the peers after ``days`` if only their drift goes on; ``held`` ones stay."""
    return {
        code: total
        if code in held
        else min(max(round(total + _drift(movement, code) * days), 0), HIGHEST)
        for code, total in totals.items()
    }


def _drift(movement: Movement, code: str) -> float:
    return movement.drift + movement.own.get(code, 0.0)


def _expected(movement: Movement, code: str, days: float) -> float:
    """Mean movement of a unit in ``days``: its drift, and what jumps bring on average."""
    jumps = movement.jump_rate * fmean(movement.jumps or (0.0,))
    return (_drift(movement, code) + jumps) * days


def drawn(
    totals: Mapping[str, int], movement: Movement, days: float, draws: int = DRAWS,
    seed: int = SEED, held: Collection[str] = (), own: str | None = None,
) -> Outcomes:  # fmt: skip
    """Peers that move for ``days`` as their history tells, drawn ``draws`` times from ``seed``.

    ``held``: peers that stay. The peers are drawn in the order of their codes, so that a list in
    another order, and any machine, gives the same. Time and memory grow with draws times peers.

    ``own``: the unit that is ranked, where its result is as uncertain as theirs: it moves around
    its score, without their drift, as that score is what it is expected to reach. Only how far a
    peer is from it counts for its place, so its movement is taken from theirs; of the shared shift
    nothing is left, except where a peer reaches the end of the scale.
    """
    codes = tuple(sorted(totals))
    start = {code: totals[code] for code in codes}
    if own is None:
        final = draw_totals(start, movement, days, draws, seed)
    else:
        around = -_expected(movement, own, days)
        final = draw_totals({**start, own: around}, movement, days, draws, seed)
    moved, peers = final[:, len(codes) :], final[:, : len(codes)].clip(0, HIGHEST)
    for column, code in enumerate(codes):
        if code in held:
            peers[:, column] = totals[code]
    if own is not None:
        peers -= moved
    return counted(codes, np.rint(peers).astype(np.int32))


def draw_totals(
    totals: Mapping[str, float], movement: Movement, days: float, draws: int, seed: int
) -> Singles:
    """Final totals, one row per draw, one column per unit in the order given, not yet bounded.

    Every column is the start, the shared drift and shift of the draw, the unit's own drift, its
    noise and its jumps. Draws are dealt out evenly to levels of unrest: in a restless one noise
    and jumps are both larger.
    """
    chance = Chance(seed)
    start = np.array(
        [round(total + _drift(movement, code) * days, DECIMALS) for code, total in totals.items()],
        dtype=np.float32,
    )
    spread = movement.shift * sqrt(days + days**2 / movement.span) if movement.span else 0.0
    shared = student(chance, movement.freedom, draws) * np.float32(round(spread, DECIMALS))
    final = start + shared[:, None]
    noise, jumps = chance.rows(draws, len(start)), chance.rows(draws, len(start))
    edges = [round(k * draws / LEVELS) for k in range(LEVELS + 1)]
    levels = unrest_levels(_unrest(movement, days), LEVELS)
    for level, first, last in zip(levels, edges[:-1], edges[1:], strict=True):
        variance = movement.noise**2 * days * level + (movement.own_doubt * days) ** 2
        deviation = np.float32(round(sqrt(variance), DECIMALS))
        expected = round(movement.jump_rate * days * level, 2 * DECIMALS)
        sums = jump_table(expected, movement.jumps)
        final[first:last] += normal_table()[noise[first:last]] * deviation
        final[first:last] += sums[jumps[first:last]]
    return final


def _unrest(movement: Movement, days: float) -> float:
    """Unrest of ``days``: long stretches hold many intervals, but the average is not known."""
    if not days or not movement.interval:
        return 0.0
    return movement.unrest * (movement.interval / days + movement.interval / movement.span)
