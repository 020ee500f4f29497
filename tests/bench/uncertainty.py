"""Speed of drawing where all peers end up, in a process of its own with one core and one thread.

``python -m tests.bench.uncertainty`` prints the results as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial

import numpy as np
import pandas as pd

from simulator import library
from simulator.captures import captures_of
from simulator.movement import Movement, movement_of
from simulator.noise import jump_spectrum, jump_table, normal_table, unrest_levels
from simulator.peers_mode import DRAWS, SEED, PeersMode
from simulator.rank import peers_of
from simulator.rank_ahead import Question, rank_ahead
from simulator.uncertainty import HIGHEST, LEVELS, Outcomes, drawn
from tests.bench.measure import Result, median, p95, seconds
from tests.paths import PROJECT

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
ROUNDS = 15
# What one drawing tells of a chance, four standard errors, for two of them.
CLOSE = 4 * np.sqrt(2 * 0.25 / DRAWS)


@dataclass(frozen=True)
class Case:
    """A unit of a shipped list, and how many milliseconds its peers may take."""

    name: str
    baseline: str
    pool: str
    limit: float


CASES = (
    Case("34 provinces", "vn-2026-10-10", "provinces", 40),
    Case("135 communes", "gialai-2026-10-10", "H21-communes", 300),
)


def run() -> list[Result]:
    environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
    command = [sys.executable, "-m", "tests.bench.uncertainty"]
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    )
    return [Result(**row) for row in json.loads(done.stdout)]


def measured(case: Case) -> list[Result]:
    totals, score, movement, days = question(case)
    call = partial(drawn, totals, movement, days)
    frame = partial(places_in_pandas, totals, score, movement, days)
    _check_equal(call, frame, score)
    memory = megabytes(call)
    warm, cold, normals, plain = in_turn(
        call, partial(without_tables, call), partial(plain_normals, len(totals)), frame
    )
    return [
        fast(f"{DRAWS:,} draws of {case.name} to the end of the year", warm, case.limit),
        fast("the same with tables of chance computed anew", cold, case.limit),
        Result("the same: most memory of one call", f"{memory:.0f} MB", "—"),
        compared("normal noise of numpy alone", normals, warm),
        compared("place of one score in plain pandas, same model", plain, warm),
    ]


def question(case: Case) -> tuple[dict[str, int], int, Movement, float]:
    """Totals of the peers of a unit in the middle, its own, how they move, and for how long."""
    figures = library.load(case.baseline)
    units = [unit for unit in figures.units.values() if unit.pool == case.pool]
    unit = sorted(units, key=lambda one: one.total or 0)[len(units) // 2]
    peers = peers_of(figures, unit, library.load)
    ahead = rank_ahead(Question(case.baseline, unit.code, PeersMode.FIXED))
    assert peers is not None and ahead is not None and unit.total is not None
    movement = movement_of(captures_of(case.baseline, case.pool))
    return dict(peers.totals), unit.total, movement, ahead.days


def in_turn(*works: Callable[[], object]) -> list[list[float]]:
    """Milliseconds of each of ``works``; they take turns, so that other work harms all alike."""
    rounds = [[seconds(work, 1, warm_up=0)[0] for work in works] for _ in range(ROUNDS)]
    return [[1e3 * sample for sample in samples] for samples in zip(*rounds, strict=True)]


def fast(what: str, samples: list[float], limit: float) -> Result:
    middle = median(samples)
    return Result(
        what, f"{middle:.1f} ms", f"{p95(samples):.1f} ms", f"median ≤ {limit:g} ms",
        middle <= limit,
    )  # fmt: skip


def compared(what: str, samples: list[float], engine: list[float]) -> Result:
    times = median(samples) / median(engine)
    return Result(
        f"for comparison: {what} ({times:.1f} times as long)",
        f"{median(samples):.1f} ms",
        f"{p95(samples):.1f} ms",
    )


def without_tables(call: Callable[[], object]) -> None:
    for table in (normal_table, jump_table, jump_spectrum):
        table.cache_clear()
    call()


def megabytes(call: Callable[[], object]) -> float:
    """The most memory one call needs at any time, with its tables."""
    tracemalloc.start()
    without_tables(call)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def plain_normals(peers: int) -> None:
    np.random.default_rng(SEED).standard_normal((DRAWS, peers))


def places_in_pandas(
    totals: dict[str, int], score: int, movement: Movement, days: float
) -> pd.Series:
    """The same model as one would write it with tables: the place of ``score`` in every draw."""
    random = np.random.default_rng(SEED)
    start = pd.Series(totals, dtype=float)
    start += [(movement.drift + movement.own.get(code, 0.0)) * days for code in totals]
    spread = movement.shift * np.sqrt(days + days**2 / movement.span)
    shift = pd.Series(spread * random.standard_t(movement.freedom, DRAWS))
    unrest = movement.unrest * movement.interval * (1 / days + 1 / movement.span)
    level = pd.Series(np.repeat(unrest_levels(unrest, LEVELS), DRAWS // LEVELS))
    noise = pd.DataFrame(random.standard_normal((DRAWS, len(totals))), columns=start.index)
    deviation = np.sqrt(movement.noise**2 * days * level + (movement.own_doubt * days) ** 2)
    final = noise.mul(deviation, axis=0).add(shift, axis=0).add(start, axis=1)
    final += _jumps(random, level * movement.jump_rate * days, len(totals), movement.jumps)
    final = final.clip(0, HIGHEST).round()
    final["own"] = float(score)
    return final.rank(axis=1, method="min", ascending=False)["own"]


def _jumps(
    random: np.random.Generator, expected: pd.Series, peers: int, sizes: tuple[float, ...]
) -> np.ndarray:
    counts = random.poisson(expected.to_numpy()[:, None], (DRAWS, peers)).ravel()
    where = np.repeat(np.arange(counts.size), counts)
    drawn_sizes = random.choice(np.array(sizes), len(where))
    return np.bincount(where, drawn_sizes, counts.size).reshape(DRAWS, peers)


def _check_equal(call: Callable[[], Outcomes], frame: Callable[[], pd.Series], score: int) -> None:
    """A comparison is only fair if both compute the same, as far as chance allows."""
    reached = call().chances_at_least(score)
    places = frame()
    plain = [float((places <= place).mean()) for place in range(1, len(reached) + 1)]
    np.testing.assert_allclose(reached, plain, atol=CLOSE)


def main() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(json.dumps([asdict(result) for case in CASES for result in measured(case)]))


if __name__ == "__main__":
    main()
