"""Which peers decide the place of a score: who may still change sides, and how likely it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.uncertainty import Outcomes

# A variance below this is what sums of chances leave of none.
TINY = 1e-9


@dataclass(frozen=True)
class PeerChance:
    """A peer beside the score that is looked up; ``total`` now, ``distance`` ahead of the score
    (negative behind), both in hundredths.

    ``above``: chance to end above the score; ``turns``: chance that the order of the two is then
    not that of now; ``share``: of the sum of the peers' variances, 0 where nothing is uncertain.
    """

    code: str
    total: int
    distance: int
    above: float
    turns: float
    share: float


def shared_doubt(outcomes: Outcomes, score: int) -> float:
    """Share of the variance of the place that no single peer makes: what all share, which lifts or
    lowers many of them at once. 0 where nothing is uncertain."""
    places = outcomes.chances(score)
    steps = np.arange(1, outcomes.count + 1) - outcomes.expected_place(score)
    variance = float(places @ steps**2)
    alone = sum(chance * (1 - chance) for chance in outcomes.chances_above(score).values())
    return max(0.0, 1 - alone / variance) if variance > TINY else 0.0


def rank_peers(outcomes: Outcomes, score: int, totals: Mapping[str, int]) -> tuple[PeerChance, ...]:
    """All peers, those that decide most first.

    The place is 1 plus the number of peers above, so each adds ``p (1 - p)`` to its variance,
    besides what they share. ``totals``: of the peers, now. One that is tied counts as not above.
    """
    chances = outcomes.chances_above(score)
    whole = sum(chance * (1 - chance) for chance in chances.values())
    found = [
        PeerChance(
            code, totals[code], totals[code] - score, above,
            turns=1 - above if totals[code] > score else above,
            share=above * (1 - above) / whole if whole else 0.0,
        )
        for code, above in chances.items()
    ]  # fmt: skip
    return tuple(
        sorted(found, key=lambda peer: (-peer.share, -peer.turns, abs(peer.distance), peer.code))
    )
