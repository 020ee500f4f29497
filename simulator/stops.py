"""Stops of a lever: the changes a slider offers and a response curve is computed at."""

from __future__ import annotations

import math

from simulator.baseline import Basis
from simulator.levers import LeverRange

# A lever has at most about this many stops; exact values are typed.
STOPS = 200
# Below the present state a lever offers this part of all cases, and as much below the cap.
OFFERED_BELOW = 0.1


def nice_step(span: float, smallest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides ``span`` into about STOPS."""
    raw = max(span / STOPS, smallest)
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * k for k in (1, 2, 5, 10) if power * k >= raw * 0.999)


def lever_stops(bounds: LeverRange, *typed: float) -> list[float]:
    """Changes a lever offers: round steps, its ends, now (0), the cap, and ``typed`` values."""
    low = bounds.low
    if bounds.denominator:
        below = bounds.denominator * OFFERED_BELOW
        low = max(bounds.low, min(-below, bounds.change_to_cap - below))
        low = max(bounds.low, float(math.floor(low)))
    step = nice_step(bounds.high - low, 0.01 if bounds.basis is Basis.RATE else 1)
    first, last = math.ceil(low / step), math.floor(bounds.high / step)
    stops = {round(k * step, 6) for k in range(first, last + 1)}
    stops |= {
        low,
        bounds.high,
        0.0,
        *(value for value in typed if bounds.low <= value <= bounds.high),
    }
    if bounds.moves_own_numerator and low <= bounds.change_to_cap <= bounds.high:
        stops.add(round(bounds.change_to_cap, 6))
    return sorted(stops)
