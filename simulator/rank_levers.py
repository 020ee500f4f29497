"""What each lever alone can do to the place: from its worst stop to its best, the others as set.

Totals come from the response curves, places from the peers on the day looked at, so a place has
an interval where the peers move and is certain where they do not. Scores in hundredths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulator.levers import Settings
from simulator.response import Curve
from simulator.score import Floats
from simulator.uncertainty import Outcomes

MEDIAN, HALF = 0.5, 0.5


@dataclass(frozen=True)
class Stop:
    """A lever at one of its stops.

    ``change`` in the lever's own unit; ``total`` in hundredths; ``place``: the median, and
    ``interval`` the best and worst of the middle half; ``better``: chance of a place better than
    the median with the lever as it is set.
    """

    change: float
    total: int
    place: int
    interval: tuple[int, int]
    better: float


@dataclass(frozen=True)
class LeverPlaces:
    """A lever at its lowest and highest stop, as set, and where the total is least and most.

    Of stops that are worth the same, the one nearest to the present is named.
    """

    lever: str
    lowest: Stop
    now: Stop
    highest: Stop
    worst: Stop
    best: Stop

    @property
    def gain(self) -> int:
        """The most it can still bring, in hundredths."""
        return self.best.total - self.now.total

    @property
    def span(self) -> int:
        """Places between its worst stop and its best."""
        return self.worst.place - self.best.place


def rank_levers(
    curves: Mapping[str, Curve], settings: Settings, outcomes: Outcomes
) -> tuple[LeverPlaces, ...]:
    """Every lever of ``curves``, the widest span of places first; none without a total.

    ``settings``: the changes the levers are set to, each one of the stops of its curve.
    """
    found = [
        _places(curve, curve.total, settings.get(code, 0.0), outcomes)
        for code, curve in curves.items()
        if curve.total is not None
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.span, one.worst.total - one.best.total, one.lever))
    )


def _places(curve: Curve, totals: Floats, change: float, outcomes: Outcomes) -> LeverPlaces:
    now = curve.position(change)
    place = outcomes.place(round(totals[now]), MEDIAN)

    def at(position: int) -> Stop:
        total = round(totals[position])
        reached = outcomes.chances_at_least(total)
        return Stop(
            change=float(curve.changes[position]),
            total=total,
            place=outcomes.place(total, MEDIAN),
            interval=outcomes.interval(total, HALF),
            better=float(reached[place - 2]) if place > 1 else 0.0,
        )

    def nearest(wanted: float) -> Stop:
        positions = np.flatnonzero(totals == wanted)
        return at(int(positions[np.argmin(np.abs(positions - now))]))

    return LeverPlaces(
        curve.lever, lowest=at(0), now=at(now), highest=at(len(totals) - 1),
        worst=nearest(totals.min()), best=nearest(totals.max()),
    )  # fmt: skip
