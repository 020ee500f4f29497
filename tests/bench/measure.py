"""What a measurement is, and how it is described."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Result:
    """One line of the report; ``met`` is None where there is no target."""

    what: str
    median: str
    p95: str
    target: str = "—"
    met: bool | None = None


def median(samples: list[float]) -> float:
    return float(np.median(samples))


def p95(samples: list[float]) -> float:
    return float(np.percentile(samples, 95))


def seconds(work: Callable[[], object], repeats: int, warm_up: int = 3) -> list[float]:
    """Time of each of ``repeats`` calls, after some that are not counted."""
    for _ in range(warm_up):
        work()
    samples = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        samples.append(time.perf_counter() - start)
    return samples


def below(what: str, samples: list[float], limit: float, unit: str, digits: int = 0) -> Result:
    """A result whose 95th percentile has to stay within ``limit``."""
    return Result(
        what,
        f"{median(samples):.{digits}f} {unit}",
        f"{p95(samples):.{digits}f} {unit}",
        f"p95 ≤ {limit:g} {unit}",
        p95(samples) <= limit,
    )
