"""Would the order of a list survive other weights of the groups, a few percent apart?

The weight of every group is multiplied by a factor of its own, drawn evenly between ``1 - band``
and ``1 + band``; all are then scaled so that the weights again add up to what they did. A unit's
total becomes its printed total plus, for every group, its score times the factor less 1: without a
band nothing changes, whatever remainder a total holds. Uncertainty of a
composite index by its weights: OECD/JRC, Handbook on Constructing Composite Indicators (2008),
doi:10.1787/9789264043466-en, step 7.

Totals in whole hundredths of a point, rounded half up like those of the portal: equal ones tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simulator.noise import ROWS, Chance

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DRAWS = 2_000
# Parts of a hundredth in which factors are kept: sums of whole numbers are the same everywhere.
PARTS = 1_000_000
# An order is firm where on average so many of the neighbours keep it; it holds broadly where, but
# for the worst 5 % of the draws, its correlation with the printed one is at least this.
FIRM_PAIRS, BROAD_CORRELATION = 0.95, 0.9
_SLIGHT = 1e-9


class Firmness(StrEnum):
    """How well an order stands other weights."""

    FIRM = "firm"  # neighbours too keep theirs
    BROAD = "broad"  # the list as a whole does, neighbours often not
    LOOSE = "loose"


@dataclass(frozen=True)
class Places:
    """Places of one unit: with the printed weights, and the ``chances`` of each from the first to
    the last under other weights."""

    printed: int
    chances: Floats

    @property
    def kept(self) -> float:
        """Chance to keep the place."""
        return float(self.chances[self.printed - 1])

    @property
    def seen(self) -> tuple[int, int]:
        """Best and worst place of any draw."""
        drawn = np.flatnonzero(self.chances) + 1
        return int(drawn[0]), int(drawn[-1])

    def interval(self, level: float) -> tuple[int, int]:
        """Best and worst place of the middle ``level`` of all draws (0.9: from 5 % to 95 %)."""
        reached, tail = np.cumsum(self.chances), (1 - level) / 2
        best, worst = (int(np.argmax(reached >= part - _SLIGHT)) + 1 for part in (tail, 1 - tail))
        return best, worst


@dataclass(frozen=True)
class Pair:
    """Two neighbours of the list, the one ahead first, ``gap`` hundredths apart.

    ``chance``: of the draws, how many have the second strictly ahead of the first.
    """

    ahead: str
    behind: str
    gap: int
    chance: float


@dataclass(frozen=True)
class Reweighted:
    """Totals of a list under many other weights.

    ``codes``: highest printed total first, equal ones by code; ``printed``: their totals;
    ``totals``: one row per unit in that order, one column per draw; ``left_out``: units of which
    the score of a group is not known.
    """

    codes: tuple[str, ...]
    printed: tuple[int, ...]
    totals: npt.NDArray[np.int32]
    left_out: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.codes)

    def places(self, code: str) -> Places:
        """Places of a unit among those compared; :class:`ValueError` if it was left out."""
        position = self.codes.index(code)
        own = self.totals[position]
        drawn = 1 + (self.totals > own).sum(axis=0)
        return Places(
            printed=1 + sum(total > self.printed[position] for total in self.printed),
            chances=np.bincount(drawn, minlength=self.count + 1)[1:] / len(own),
        )

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Neighbours of the list, top down; those that are tied have no order to lose."""
        swapped = (self.totals[1:] > self.totals[:-1]).mean(axis=1).tolist()
        return tuple(
            Pair(*codes, ahead - behind, chance)
            for codes, (ahead, behind), chance in zip(
                pairwise(self.codes), pairwise(self.printed), swapped, strict=True
            )
            if ahead > behind
        )

    @cached_property
    def correlations(self) -> Floats:
        """Kendall's rank correlation with the printed order, per draw.

        Pairs in the same order less those turned over, divided by all pairs that are not tied
        as printed (Somers' D); 1 where there is no such pair.
        """
        balance, pairs = np.zeros(self.totals.shape[1], dtype=np.int64), 0
        for total, drawn in zip(self.printed, self.totals, strict=True):
            behind = self.totals[sum(other >= total for other in self.printed) :]
            balance += (behind < drawn).sum(axis=0)
            balance -= (behind > drawn).sum(axis=0)
            pairs += len(behind)
        return balance / pairs if pairs else np.ones(len(balance))

    @property
    def pairs_kept(self) -> float:
        """Share of the neighbours that keep their order, on average; 1 without any."""
        kept = [1 - pair.chance for pair in self.pairs]
        return sum(kept) / len(kept) if kept else 1.0

    @property
    def correlation(self) -> tuple[float, float]:
        """The mean correlation, and the one that 5 % of the draws fall short of."""
        return float(self.correlations.mean()), float(np.quantile(self.correlations, 0.05))

    @property
    def firmness(self) -> Firmness:
        if self.pairs_kept >= FIRM_PAIRS:
            return Firmness.FIRM
        is_broad = self.correlation[1] >= BROAD_CORRELATION
        return Firmness.BROAD if is_broad else Firmness.LOOSE


def reweighted(
    totals: Mapping[str, int],
    groups: Mapping[str, Mapping[str, int | None]],
    maxima: Mapping[str, int],
    band: float,
    draws: int = DRAWS,
    seed: int = 1,
) -> Reweighted:
    """The list under ``draws`` other weightings, drawn from ``seed``.

    ``totals``: unit -> printed total; ``groups``: unit -> group -> score, both in hundredths;
    ``maxima``: group -> its weight in points; ``band``: 0.1 for 10 %, below 1. Units and groups
    may come in any order. Units with an unknown group are left out and named.
    """
    known = {code: [groups[code].get(group) for group in sorted(maxima)] for code in sorted(totals)}
    left_out = tuple(code for code, scores in known.items() if None in scores)
    listed = [code for code in known if code not in left_out]
    codes = tuple(sorted(listed, key=lambda code: -totals[code]))
    printed = tuple(totals[code] for code in codes)
    scores = np.array([known[code] for code in codes], dtype=np.int64).reshape(-1, len(maxima))
    moved = scores @ (_factors(maxima, band, draws, seed) - PARTS)
    changed = np.array(printed, dtype=np.int64)[:, None] + (2 * moved + PARTS) // (2 * PARTS)
    return Reweighted(codes, printed, changed.astype(np.int32), left_out)


def _factors(maxima: Mapping[str, int], band: float, draws: int, seed: int) -> Whole:
    """Factors in millionths, one row per group by its code, one column per draw."""
    order = sorted(maxima)
    rows = Chance(seed).rows(draws, len(order)).T.astype(np.float64)
    drawn = 1 + band * (2 * rows + 1 - ROWS) / ROWS
    # Added one by one: in which order a library adds up a row is not the same everywhere.
    weight = np.zeros(draws)
    for group, factor in zip(order, drawn, strict=True):
        weight += maxima[group] * factor
    return np.rint(drawn * (sum(maxima.values()) / weight) * PARTS).astype(np.int64)
