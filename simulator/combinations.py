"""Pairs of levers that are worth more, or less, together than the sum of both alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from simulator.least_changes import total_changes
from simulator.levers import LeverRange
from simulator.priorities import helping_ranges
from simulator.project import Projection
from simulator.rules import Coupling, CouplingKind, Edition, Reach

# Hundredths: less can come from rounding.
LEAST_EXTRA = 5


@dataclass(frozen=True)
class Pair:
    """Two levers, each as far as it goes; gains in hundredths.

    ``couplings``: the rules that tie their indicators; ``same``: both move one indicator.
    """

    levers: tuple[str, str]
    alone: tuple[int, int]
    together: int
    couplings: tuple[Coupling, ...]
    same: bool

    @property
    def extra(self) -> int:
        """What the pair brings beyond the sum of both; negative where it brings less."""
        return self.together - sum(self.alone)


def coupled_pairs(projection: Projection, locks: Collection[str] = ()) -> tuple[Pair, ...]:
    """Pairs whose whole differs from its parts by more than rounding, the largest difference first.

    On top of ``projection``, the other levers as set. Levers of which nobody publishes how many
    cases there are stay out, and so do locked ones.
    """
    found = [
        bounds
        for bounds in helping_ranges(projection)
        if bounds.lever.code not in locks and bounds.lever.reach is not Reach.FLAGGED
    ]
    pairs = list(combinations(found, 2))
    if not pairs:
        return ()
    moves = [_ends(bounds) for bounds in found] + [_ends(*pair) for pair in pairs]
    gains = [round(change) - projection.total_change for change in total_changes(projection, moves)]
    alone = {bounds.lever.code: gain for bounds, gain in zip(found, gains, strict=False)}
    result = []
    for (one, other), together in zip(pairs, gains[len(found) :], strict=True):
        codes = (one.lever.code, other.lever.code)
        pair = Pair(
            codes, (alone[codes[0]], alone[codes[1]]), together,
            couplings=_ties(projection.edition, *codes),
            same=one.lever.indicator == other.lever.indicator,
        )  # fmt: skip
        if abs(pair.extra) >= LEAST_EXTRA:
            result.append(pair)
    return tuple(sorted(result, key=lambda pair: (-abs(pair.extra), pair.levers)))


def _ends(*ranges: LeverRange) -> dict[str, float]:
    return {bounds.lever.code: bounds.high for bounds in ranges}


def _ties(edition: Edition, one: str, other: str) -> tuple[Coupling, ...]:
    moved = [
        {move.indicator for move in edition.lever_by_code[code].moves} for code in (one, other)
    ]
    return tuple(
        coupling
        for coupling in edition.couplings
        if coupling.kind is not CouplingKind.DECLARED
        for first, second in (moved, moved[::-1])
        if coupling.indicator in first and coupling.partner in second
    )
