"""How far a lever has to go: the least change that brings a score, found by halving.

A helpful lever never costs points on its way up, so the least change that brings what is wanted
is found in about twenty vectorised calls, for any number of levers at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.baseline import Basis
from simulator.levers import LeverRange
from simulator.project import Projection, project_many
from simulator.score import Floats


@dataclass(frozen=True)
class Way:
    """A lever from the change ``start`` up to the change ``end``.

    In between it stops at whole cases, or hundredths of a percentage point: position 0 is the
    start, ``length`` the end. Both ends need not be whole.
    """

    lever: str
    start: float
    end: float
    step: float

    @property
    def length(self) -> int:
        return max(0, math.ceil(self.end / self.step) - math.floor(self.start / self.step))

    def change(self, position: int) -> float:
        """Change of the lever at ``position``."""
        if position <= 0:
            return self.start
        if position >= self.length:
            return self.end
        return round((math.floor(self.start / self.step) + position) * self.step, 6)

    def at_most(self, change: float) -> float:
        """The last stop that is not beyond ``change``."""
        if change >= self.end:
            return self.end
        return max(self.start, round(math.floor(change / self.step + 1e-9) * self.step, 6))


def way_up(bounds: LeverRange, start: float) -> Way:
    """The way of a lever from ``start`` to the end of its range."""
    step = 0.01 if bounds.basis is Basis.RATE else 1.0
    return Way(bounds.lever.code, start, max(start, bounds.high), step)


def total_changes(projection: Projection, moves: Sequence[Mapping[str, float]]) -> Floats:
    """Change of the total (hundredths, against the baseline) if to the settings of
    ``projection`` comes each of ``moves``: levers and the changes they are put to."""
    codes = {code for move in moves for code in move} | set(projection.settings)
    settings = {
        code: np.array([move.get(code, projection.settings.get(code, 0.0)) for move in moves])
        for code in sorted(codes)
    }
    found = project_many(projection.edition, projection.unit, settings, projection.outlook)
    return np.broadcast_to(found.total_change, (len(moves),))


def least_changes(
    projection: Projection, ways: Sequence[Way], wanted: Sequence[float] | None = None
) -> list[float]:
    """For each way, the others as set, the least change at which the change of the total is
    ``wanted`` or more; without ``wanted`` what the end of the way brings.

    What the end of a way does not bring gives that end.
    """
    if not ways:
        return []
    if wanted is None:
        wanted = list(total_changes(projection, [{way.lever: way.end} for way in ways]))
    low, high = [-1] * len(ways), [way.length for way in ways]
    while any(top - bottom > 1 for bottom, top in zip(low, high, strict=True)):
        middle = [(bottom + top) // 2 for bottom, top in zip(low, high, strict=True)]
        moves = [{way.lever: way.change(k)} for way, k in zip(ways, middle, strict=True)]
        brought = total_changes(projection, moves)
        for k, position in enumerate(middle):
            if high[k] - low[k] > 1:
                if brought[k] >= wanted[k]:
                    high[k] = position
                else:
                    low[k] = position
    return [way.change(k) for way, k in zip(ways, high, strict=True)]
