"""How far the do-nothing line was off where the portal's later figures are known.

At present rates every rate, and so every score, stays what it is: the do-nothing line of a
capture is that capture. Its error is what was published later minus what stood there. Scores in
hundredths of a point.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean

from simulator.captures import totals_by_day

# From each of these captures to the same later one.
STARTS, TARGET = ("2026-09-17", "2026-09-26"), "2026-10-05"
NEAR = 50


@dataclass(frozen=True)
class Backtest:
    """Errors of the do-nothing line from one capture to a later one, over all units."""

    start: str
    target: str
    units: int
    mean: float
    mean_absolute: float
    largest: int
    near: int  # units within half a point


def backtests() -> list[Backtest]:
    """One result for each start."""
    days = totals_by_day()
    return [_compared(days, start, TARGET) for start in STARTS]


def _compared(days: dict[str, dict[str, int]], start: str, target: str) -> Backtest:
    before, after = days[start], days[target]
    errors = [after[unit] - before[unit] for unit in before if unit in after]
    return Backtest(
        start, target, len(errors), mean(errors), mean(map(abs, errors)),
        max(errors, key=abs), sum(abs(error) <= NEAR for error in errors),
    )  # fmt: skip
